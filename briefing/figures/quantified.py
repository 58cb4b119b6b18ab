"""What an amount counts in its sentence, and what happened to that: a rule-based reading of the words around it."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from briefing.languages import ANY, either
from briefing.packs import vocabulary
from briefing.text import fold, number_words, stop_words, weekday_names

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from briefing.languages import Figures, Language
    from briefing.text import Quantity

REACH = 5
"""Words behind an amount within which the noun that it counts must stand."""
CLOSE, BEFORE, BEHIND = 2, 8, 12
"""Words within which the verb stands: right before the amount, further before it, behind it."""
FURTHEST = 20
"""Words behind the beginning of an amount that are looked at."""
TOLL = 4
"""Words before an amount within which it is a toll's."""
YEARS = 1900, 2099
"""Numbers that are taken for years where no noun stands behind them."""
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
    """The class of what is counted, the place of the amount with it, and what these words say happened to it."""

    thing: str
    span: Span
    happening: str | None = None


class Amount:
    """An amount among the words of its sentence, between the amounts before and behind it (`room`)."""

    def __init__(self, text: str, lexicon: Lexicon, words: Sequence[Word], quantity: Quantity, room: Span) -> None:
        self.quantity, self.room = quantity, room
        self._text, self._words, self._lexicon, self._lists = text, words, lexicon, lexicon.lists
        self._place = next((place for place, word in enumerate(words) if word.end > quantity.start), len(words))
        near = words[self._place : self._place + FURTHEST]
        self._behind = [word for word in near if quantity.end <= word.start and word.end <= room.end]

    # ── what is counted ──────────────────────────────────────────────────────────────────────────────────────────────

    def counted(self) -> Counted | None:
        """Return what is counted; None where the amount counts nothing that is known."""
        quantity = self.quantity
        whole = Span(quantity.start, quantity.end)
        if _DESIGNATION.search(self._text[: quantity.start]) or self._has("numbered", self._before(1)):
            return None  # AK 47, Division 25
        if self._is_base():
            return None
        if quantity.unit:
            return Counted(SHARE if quantity.unit == "%" else MONEY, whole)
        return self._named() or self._unnamed(whole)

    def _named(self) -> Counted | None:
        """Return what the words behind the amount name."""
        known, start, place = self._lexicon.things, self.quantity.start, self.quantity.end
        for index, word in enumerate(self._behind[:REACH]):
            if _PAUSE.search(self._text, place, word.start) or word.key in self._lists["stops"]:
                break
            place = word.end
            if word.key in known:
                if any(self._is_head(before) for before in self._behind[:index]):
                    return None  # 200 kg of explosives killed people
                return Counted(known[word.key], Span(start, word.end))
            if happening := self._casualty(word):
                if not all(self._qualifies(before) for before in self._behind[:index]):
                    return None  # two bombs killed: what is counted are the bombs
                whom = next(iter(self._behind[index + 1 : index + 2]), word)
                if whom.key in known and not _PAUSE.search(self._text, word.end, whom.start):  # 13 wounded children
                    return Counted(known[whom.key], Span(start, whom.end), happening)
                return Counted(PEOPLE, Span(start, word.end), happening)
        return None

    def _unnamed(self, whole: Span) -> Counted | None:
        """Return what an amount counts by the words around it: a toll of 31, killing 100, said 50 were hurt."""
        if self._has("toll", self._before(TOLL)):
            return Counted(PEOPLE, whole, "killed")
        ended = not self._behind or self.is_bare()
        before = next((self._casualty(word) for word in self._before(1)), None) if ended else None
        happening = before or (self._passive(whole) if self._is_subject() else None)
        return Counted(PEOPLE, whole, happening) if self._is_casualty(happening) else None

    def _is_subject(self) -> bool:
        """Tell whether a number without a noun is that of people: said 50 were hurt, while 50 were hurt.

        It is no age (Hale, 34, was hurt), no year, and counts nothing that was named before (2,000 hens, and 800 died).
        """
        last, following = next(reversed(self._before(1)), None), next(iter(self._behind), None)
        if following is None or _PAUSE.search(self._text, self.quantity.end, following.start) or self._is_year():
            return False
        counted = [word for word in self._words[: self._place] if word.start >= self.room.start][:REACH]
        persons, things = self._lexicon.shared.persons, self._lexicon.things
        if self.room.start and not any(things.get(word.key) in persons or self._casualty(word) for word in counted):
            return False
        if last is None or _PAUSE.search(self._text, last.end, self.quantity.start):
            return last is None and not self.room.start
        return self._lexicon.pattern("reporting", "clause_openers").fullmatch(last.key) is not None

    def _is_base(self) -> bool:
        """Tell whether the amount is what another is taken of: 17 of 40."""
        between = [word.key for word in self._before(REACH)] if self.room.start else []
        return bool(between) and self._lists["out_of"].issuperset(between)

    def _is_year(self) -> bool:
        return not self.quantity.hedge and YEARS[0] <= self.quantity.low <= YEARS[1]

    def _is_head(self, word: Word) -> bool:
        """Tell whether a word behind the amount is what it counts, so that what follows is not."""
        if word.key in self._lists["units"]:
            return not self.quantity.vague  # dozens of people
        written = self._text[word.start : word.end]
        plural = self._lexicon.language == "en" and written.islower() and written.endswith("s")
        return plural and not written.endswith(("ss", "us"))

    # ── what happened to it ──────────────────────────────────────────────────────────────────────────────────────────

    def happening(self, counted: Counted) -> str | None:
        """Return what happened to what is counted: by words right before the amount, else behind it, else before."""
        before = self._clause_before()
        close, further = (self._first(before[:reach], counted.thing) for reach in (CLOSE, len(before)))
        behind = [word for word in self._clause_behind()[:BEHIND] if not self._is_active(word, counted)]
        joined = _first_of(behind, self._lists["conjunctions"])
        sooner, later = (self._first(part, counted.thing) for part in (behind[:joined], behind))
        if close and self._passive(counted.span) is None and not (close == "left" and self._is_casualty(later)):
            return close
        return sooner or (further if self._is_casualty(further) else None) or later or further or self._only(counted)

    def _first(self, words: Iterable[Word], thing: str) -> str | None:
        named = (self._lexicon.happenings.get(word.key) for word in words)
        return next((name for name in named if name and self._lexicon.affects(name, thing)), None)

    def _only(self, counted: Counted) -> str | None:
        """Return the one happening that is named from an "and" or amount before to the next, where no second is."""
        joined = (word.end for word in self._words[: self._place] if word.key in self._lists["conjunctions"])
        start = max([self.room.start, *joined])
        near = [word for word in self._words if start <= word.start and word.end <= self.room.end]
        named = {self._lexicon.happenings.get(word.key) for word in near} - {None}
        return self._first(near, counted.thing) if len(named) == 1 else None

    def _is_active(self, word: Word, counted: Counted) -> bool:
        """Tell whether a verb says what is done to somebody else: gunmen who killed 20 people, two men killing ten."""
        if word.key in self._lists["acting"]:
            return True
        if self._lexicon.language != "en" or not self._casualty(word) or not word.key.endswith("ed"):
            return False
        place = self._words.index(word)
        before, behind = self._words[place - 1], next(iter(self._words[place + 1 : place + 2]), None)
        if before.key in self._lists["auxiliaries"] or self._qualifies(before) or behind is None:
            return False
        if any(behind.key in self._lists[name] for name in ("stops", "conjunctions", "not_objects")):
            return False
        parts = ((word.end, behind.start), (counted.span.end, word.start))
        return not any(_PAUSE.search(self._text, *part) for part in parts)

    def _passive(self, span: Span) -> str | None:
        """Return what happened by the words right behind, but for auxiliaries: 9 others were hurt."""
        behind = (word.key for word in self._behind if word.start >= span.end)
        verb = next((key for key in behind if key not in self._lists["auxiliaries"]), "")
        return self._lexicon.happenings.get(verb)

    def _casualty(self, word: Word) -> str | None:
        """Return what a word says happened to people who may be counted without a noun: 12 dead, 40 blessés."""
        happening = self._lexicon.happenings.get(word.key)
        return happening if self._is_casualty(happening) else None

    def _is_casualty(self, happening: str | None) -> bool:
        return happening in self._lexicon.shared.casualties

    def _qualifies(self, word: Word) -> bool:
        """Tell whether a word may stand before a participle: 12 confirmed dead, 19 seriously injured."""
        endings = self._lexicon.figures.adverb_endings
        return word.key in self._lists["qualifying"] or word.key.endswith(endings)

    # ── whether it is a figure by itself ─────────────────────────────────────────────────────────────────────────────

    def is_part(self, counted: Counted) -> bool:
        """Tell whether people are counted who are among those before: traders, including 12 people from one village."""
        return counted.thing == PEOPLE and not counted.happening and self._has("including", self._before(CLOSE))

    def is_bare(self) -> bool:
        """Tell whether the amount stands alone, so that it counts what another does: nine in the harbour."""
        if self.quantity.unit or self.quantity.vague or self.quantity.low < self.quantity.high:
            return False
        following = [word for word in self._words[self._place :] if word.start >= self.quantity.end][:1]
        ended = any(self._has(name, following) for name in ("conjunctions", "stops"))
        return not following or ended or _PAUSE.match(self._text, self.quantity.end) is not None

    def is_apart(self, span: Span) -> bool:
        """Tell whether the figure comes on top of another one, is a rate, or belongs to something else."""
        inside = [word for word in self._words if span.start < word.start < span.end]
        behind = [word for word in self._behind if word.start >= span.end][:1]
        return (
            self._has("additional", [*inside, *self._before(1), *behind])
            or self._has("rates", behind)
            or self._has("elsewhere", self._so_far())
        )

    # ── words around it ──────────────────────────────────────────────────────────────────────────────────────────────

    def _has(self, name: str, words: Iterable[Word]) -> bool:
        return any(word.key in self._lists[name] for word in words)

    def _before(self, reach: int) -> list[Word]:
        """Return so many words between the amount before and this one."""
        return [w for w in self._words[max(0, self._place - reach) : self._place] if w.start >= self.room.start]

    def _clause_before(self) -> list[Word]:
        """Return the words before the amount that may say what happened: as far as an "and" or another amount.

        Of a part ("including five children") those of its whole.
        """
        before = self._so_far()
        if self._has("including", before[:CLOSE]):
            return before[: BEFORE + BEHIND]
        own = [word for word in before[:BEFORE] if word.start >= self.room.start]
        return own[: _first_of(own, self._lists["conjunctions"])]

    def _clause_behind(self) -> list[Word]:
        """Return the words behind the amount as far as its statement goes."""
        end = _END.search(self._text, self.quantity.end)
        return [word for word in self._behind if end is None or word.start < end.start()]

    def _so_far(self) -> list[Word]:
        """Return the words before the amount within its statement, from it outwards."""
        start = max((end.end() for end in _END.finditer(self._text, 0, self.quantity.start)), default=0)
        return [word for word in reversed(self._words[: self._place]) if word.start >= start]


def _first_of(words: Sequence[Word], keys: frozenset[str]) -> int:
    """Return the place of the first word of a list, or how many words there are."""
    return next((place for place, word in enumerate(words) if word.key in keys), len(words))


# ── words and patterns of a language ──────────────────────────────────────────────────────────────────────────────────


PEOPLE, MONEY, SHARE = "people", "money", "share"
"""What is counted where no noun says so, and in amounts that name a currency or per cent."""
ARABIC_PREFIXES = ("", "ال", "و", "وال", "ف", "فال", "ب", "بال", "ل", "لل", "ك", "كال")
"""The article and particles that are written as one with the word behind them."""
_ARABIC_ARTICLES = tuple(prefix for prefix in ARABIC_PREFIXES if prefix.endswith(("ال", "لل")))
"""Those that hold the article, without which the names of some days are other words: two, somebody."""
_WORD = re.compile(r"(?:[^\W_]|[\u0610-\u061a\u0640\u064b-\u065f\u0670])+(?:-[^\W_]+)*")


class Word(NamedTuple):
    """A word at `start` to `end`; `key` is what lists know it by."""

    key: str
    start: int
    end: int


def words_of(text: str) -> tuple[Word, ...]:
    """Return the words of a text, elisions apart, without the marks of Arabic."""
    return tuple([Word._make((fold(match[0]), *match.span())) for match in _WORD.finditer(text)])


class Lexicon:
    """Words and patterns of one language. Classes of words are the same in all languages, which meet in them.

    Words stand in the language files as they are written and without stems: a stem such as the French `tu` (tué) would
    find the pronoun, too. A class holds what a reader would add up: families are no people, children no women.
    """

    def __init__(self, language: str, packs: tuple[str, ...]) -> None:
        self.language = language
        self._packs = packs
        self.known: Language = vocabulary(language, packs)
        self.figures: Figures = self.known.figures
        self.shared: Figures = vocabulary(ANY, packs).figures
        tables = {**self.figures._asdict(), "conjunctions": self.known.numbers.conjunctions}
        self.lists = {name: self._keys(words) for name, words in tables.items() if isinstance(words, frozenset)}
        """The word lists of the table `figures` by name, and the `conjunctions` of numbers, as keys of words."""
        self.things, self.happenings, self.times = (
            self._classes(table) for table in (self.figures.things, self.figures.happenings, self.figures.times)
        )
        """The class of each word that names what is counted, what happened to it, and a time."""
        self.weekdays = {
            key: day
            for name, day in weekday_names(language).items()
            for key in self._joined(fold(name), _ARABIC_ARTICLES)
        }
        """The day of the week of each word that names one, 0 for Monday."""
        self.cues = frozenset().union(self.happenings, self.figures.toll, *self.figures.happenings.values())
        """The words, as sentences have them, of which a sentence with a figure has one."""
        self.generic = frozenset({*self.weekdays, *self.things, *self.happenings, *map(fold, stop_words(language))})
        """Words that say nothing of which event a sentence tells: days, classes and stop words."""
        self.no_names = self.generic.union(self.times, map(fold, number_words(language)))
        """Words that name no place or party where they have a capital."""

    def __reduce__(self) -> tuple[object, ...]:
        return lexicon, (self.language, self._packs)  # each process has its own

    def affects(self, happening: str, thing: str) -> bool:
        """Tell whether something can happen to a thing; else it is a misreading (four strikes that killed: no dead)."""
        personal = happening in self.shared.personal
        return thing in (self.shared.persons if personal else self.shared.affected.get(happening, ()))

    def same_things(self, happening: str, things: set[str]) -> bool:
        """Tell whether things are the same ones where this happens to them: who surrenders is a captive afterwards."""
        return things <= self.shared.alike.get(happening, frozenset())

    def pattern(self, *names: str) -> re.Pattern[str]:
        """Return what finds one of the patterns of some lists of the table `figures`, as whole words in any case."""
        return _compiled(self, names)

    def _classes(self, table: Mapping[str, Iterable[str]]) -> dict[str, str]:
        """Return the class of each word; a word of two counts as the first."""
        return {key: name for name, words in reversed(tuple(table.items())) for key in self._keys(words)}

    def _keys(self, words: Iterable[str]) -> frozenset[str]:
        """Return words as texts have them, folded, in Arabic behind each particle."""
        return frozenset(key for word in words for key in self._joined(fold(word), ARABIC_PREFIXES))

    def _joined(self, key: str, prefixes: Iterable[str]) -> Iterator[str]:
        if self.language != "ar":
            yield key
        else:
            yield from (prefix + key.removeprefix("ال") for prefix in prefixes)


@cache
def lexicon(language: str, packs: tuple[str, ...] = ()) -> Lexicon:
    """Return the lexicon of a language with what the packs in use add."""
    return Lexicon(language, packs)


@cache
def _compiled(known: Lexicon, names: tuple[str, ...]) -> re.Pattern[str]:
    listed = [cue for name in names for cue in getattr(known.figures, name)]
    return re.compile(rf"\b(?:{either(listed)})\b", re.IGNORECASE)
