"""An amount in its sentence: what it counts, what befell that, and whether it is a figure by itself."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from briefing.figures.classes import BEFALLS, CASUALTIES, MONEY, PEOPLE, SHARE
from briefing.figures.words import happenings, listed, things
from briefing.languages import language_data

if TYPE_CHECKING:
    from collections.abc import Sequence

    from briefing.figures.words import Word
    from briefing.text import Quantity

REACH = 5
"""Words behind an amount within which what is counted must stand."""
CLOSE, BEFORE, BEHIND = 2, 8, 12
"""Words within which what befell it stands: right before the amount, further before it, behind it."""
FURTHEST = 20
"""Words behind the beginning of an amount that are looked at."""
TOLL = 4
"""Words before an amount within which it is a toll's."""
_END = re.compile(r"[;:!?()«»“”\"]|\.(?=\s|$)")
"""Where a statement ends within a sentence."""
_PAUSE = re.compile(r"[,،;:.!?()«»“”\"–—]")
_DESIGNATION = re.compile(r"\b[A-Z]{1,3}\s\Z")
"""What makes a number the name of a thing: AK 47, RN 4."""


class Span(NamedTuple):
    """A place in a sentence."""

    start: int
    end: int


class Counted(NamedTuple):
    """The class of what is counted, the place of the amount with it, and what these words say befell it."""

    thing: str
    span: Span
    happening: str | None = None


class Counting:
    """An amount in its sentence, between the amounts before and behind it (`room`)."""

    def __init__(self, text: str, language: str, words: Sequence[Word], quantity: Quantity, room: Span) -> None:
        self._text, self._language, self._words, self.quantity = text, language, words, quantity
        self._place = next((place for place, word in enumerate(words) if word.end > quantity.start), len(words))
        near = words[self._place : self._place + FURTHEST]
        self._behind = [word for word in near if quantity.end <= word.start and word.end <= room.end]
        self.room = room
        self._befell = happenings(language)
        self._known = language_data(language).figures

    def counted(self) -> Counted | None:
        """Return what is counted; None where the amount counts nothing that is known."""
        quantity = self.quantity
        whole = Span(quantity.start, quantity.end)
        if _DESIGNATION.search(self._text[: quantity.start]) or self._is_name():
            return None
        if quantity.unit:
            return Counted(SHARE if quantity.unit == "%" else MONEY, whole)
        return self._named() or self._bare(whole)

    def happening(self, counted: Counted) -> str | None:
        """Return what befell what is counted: what stands right before the amount, else behind it, else before."""
        and_ = self._and()
        outwards = self._outwards(and_)
        close, further = (self._first(outwards[:reach], counted.thing) for reach in (CLOSE, len(outwards)))
        behind = [word for word in self._statement()[:BEHIND] if not self._acts(word, counted)]
        joined = next((place for place, word in enumerate(behind) if word.key in and_), len(behind))
        sooner, later = (self._first(part, counted.thing) for part in (behind[:joined], behind))
        if close and self._passive(counted.span) is None and not (close == "left" and later in CASUALTIES):
            return close
        casualty = further if further in CASUALTIES else None
        return sooner or casualty or later or further or self._only(counted.thing)

    def is_part(self, counted: Counted) -> bool:
        """Tell whether people are counted who are among those before: traders, including 12 people from one village."""
        if counted.thing != PEOPLE or counted.happening:
            return False
        return any(word.key in self._list("including") for word in self._before(CLOSE))

    def is_bare(self) -> bool:
        """Tell whether the amount stands alone, so that it counts what another does: nine in the harbour."""
        if self.quantity.unit or self.quantity.vague or self.quantity.low < self.quantity.high:
            return False
        ends = self._and() | self._list("stops")
        following = self._words[self._place + 1 : self._place + 2]
        return not following or following[0].key in ends or _PAUSE.match(self._text, self.quantity.end) is not None

    def is_apart(self, span: Span) -> bool:
        """Tell whether the figure comes on top of another one, is a rate, or belongs to something else."""
        inside = [word.key for word in self._words if span.start < word.start < span.end]
        before = [word.key for word in self._before(1)]
        behind = [word.key for word in self._behind if word.start >= span.end][:1]
        if not self._list("additional").isdisjoint([*inside, *before, *behind]):
            return True
        other = self._list("elsewhere")
        return not self._list("rates").isdisjoint(behind) or any(word.key in other for word in self._so_far())

    def _is_name(self) -> bool:
        return any(word.key in self._list("numbered") for word in self._before(1))

    def _named(self) -> Counted | None:
        """Return what the words behind the amount name."""
        stops, known = self._list("stops"), things(self._language)
        start, place = self.quantity.start, self.quantity.end
        for index, word in enumerate(self._behind[:REACH]):
            if _PAUSE.search(self._text, place, word.start) or word.key in stops:
                break
            place = word.end
            if word.key in known:
                if any(self._heads(before) for before in self._behind[:index]):
                    return None  # 200 kg of explosives killed people
                return Counted(known[word.key], Span(start, word.end))
            if self._befell.get(word.key) in CASUALTIES:
                if not all(self._qualifies(before) for before in self._behind[:index]):
                    return None  # two bombs killed: what is counted are the bombs
                whom = next(iter(self._behind[index + 1 : index + 2]), word)
                if whom.key in known and not _PAUSE.search(self._text, word.end, whom.start):  # 13 wounded children
                    return Counted(known[whom.key], Span(start, whom.end), self._befell[word.key])
                return Counted(PEOPLE, Span(start, word.end), self._befell[word.key])
        return None

    def _qualifies(self, word: Word) -> bool:
        """Tell whether a word says how what befell it did: 12 confirmed dead, 19 seriously injured."""
        return word.key in self._list("qualifying") or word.key.endswith(self._known.adverb_endings)

    def _heads(self, word: Word) -> bool:
        """Tell whether a word behind an amount is what it counts, so that what follows is not."""
        if word.key in self._list("units"):
            return not self.quantity.vague  # dozens of people
        written = self._text[word.start : word.end]
        plural = self._language == "en" and written.islower() and written.endswith("s")
        return plural and not written.endswith(("ss", "us"))

    def _bare(self, whole: Span) -> Counted | None:
        """Return what an amount counts by the words before it: a toll of 31, killing at least 100."""
        toll = self._list("toll")
        if any(word.key in toll for word in self._before(TOLL)):
            return Counted(PEOPLE, whole, "killed")
        befell = next((self._befell.get(word.key) for word in self._before(1)), None)
        ended = not self._behind or self.is_bare()
        return Counted(PEOPLE, whole, befell) if befell in CASUALTIES and ended else None

    def _acts(self, word: Word, counted: Counted) -> bool:
        """Tell whether a verb says what is done to somebody else: gunmen who killed 20 people, two men killing ten."""
        if word.key in self._list("acting"):
            return True
        if self._language != "en" or self._befell.get(word.key) not in CASUALTIES or not word.key.endswith("ed"):
            return False
        place = self._words.index(word)
        before, behind = self._words[place - 1], next(iter(self._words[place + 1 : place + 2]), None)
        if before.key in self._list("auxiliaries") or self._qualifies(before) or behind is None:
            return False
        ends = self._list("stops") | self._and() | self._list("not_objects")
        pause = _PAUSE.search(self._text, word.end, behind.start) or _PAUSE.search(
            self._text, counted.span.end, word.start
        )
        return pause is None and behind.key not in ends

    def _passive(self, span: Span) -> str | None:
        """Return what befell it by the words right behind, but for auxiliaries: 9 others were hurt."""
        helping = self._list("auxiliaries")
        behind = (word.key for word in self._behind if word.start >= span.end)
        return self._befell.get(next((key for key in behind if key not in helping), ""))

    def _first(self, words: Sequence[Word], thing: str) -> str | None:
        for word in words:
            name = self._befell.get(word.key)
            if name and thing in BEFALLS[name]:
                return name
        return None

    def _only(self, thing: str) -> str | None:
        """Return the one happening that is named from an "and" or amount before to the next, where no second is."""
        start, end = self.room
        and_ = self._and()
        joined = (word.end for word in self._words[: self._place] if word.key in and_)
        start = max([start, *joined])
        near = (word for word in self._words if start <= word.start and word.end <= end)
        named = {self._befell[word.key] for word in near if word.key in self._befell}
        return next((name for name in named if thing in BEFALLS[name]), None) if len(named) == 1 else None

    def _outwards(self, and_: frozenset[str]) -> list[Word]:
        """Return the words before the amount that may say what befell it: as far as an "and" or another amount.

        Of a part ("including five children") those of its whole.
        """
        before = self._so_far()
        if any(word.key in self._list("including") for word in before[:CLOSE]):
            return before[: BEFORE + BEHIND]
        own = [word for word in before[:BEFORE] if word.start >= self.room.start]
        return own[: next((place for place, word in enumerate(own) if word.key in and_), len(own))]

    def _statement(self) -> list[Word]:
        """Return the words behind the amount as far as its statement goes."""
        end = _END.search(self._text, self.quantity.end)
        return [word for word in self._behind if end is None or word.start < end.start()]

    def _so_far(self) -> list[Word]:
        """Return the words before the amount within its statement, from it outwards."""
        start = max((end.end() for end in _END.finditer(self._text, 0, self.quantity.start)), default=0)
        return [word for word in reversed(self._words[: self._place]) if word.start >= start]

    def _before(self, reach: int) -> list[Word]:
        """Return so many words between the amount before and this one."""
        return [w for w in self._words[max(0, self._place - reach) : self._place] if w.start >= self.room.start]

    def _and(self) -> frozenset[str]:
        return _listed("conjunctions", self._language)

    def _list(self, name: str) -> frozenset[str]:
        return _listed(name, self._language)


@cache
def _listed(name: str, language: str) -> frozenset[str]:
    """Return a list of the language file as keys of words."""
    known = language_data(language)
    return listed(getattr(known.numbers if name == "conjunctions" else known.figures, name), language)
