"""Numeric claims as sentences make them: an amount, what is counted, what happened to it, since when, on which day."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache
from itertools import islice, pairwise
from typing import TYPE_CHECKING, NamedTuple

from briefing.figures.quantified import Amount, Span, lexicon, words_of
from briefing.languages import either
from briefing.models import Quotability, quickly_pickled
from briefing.text import amount_words, fold, quantities, reads_numbers

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from briefing.figures.quantified import Lexicon, Word
    from briefing.models import Ranked, Sentence
    from briefing.text import Quantity

MOST_MENTIONS = 60
"""Figures of one article that are compared, the first ones; the richest of 1,500 had 18."""
MOST_AMOUNTS = 30
"""Amounts of a sentence from which it is a table or a list, and claims nothing; the longest of news had 28."""
_COMMA = re.compile(r"[,،;](?=\s)|\s[–—]\s")
_DIGIT = re.compile(r"\d")
_YEAR = re.compile(r"(?:19|20)\d\d")


@quickly_pickled
@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """A figure in a sentence; places count within the sentence."""

    ranked: Ranked
    sentence: Sentence
    lexicon: Lexicon
    """That of the sentence's language."""
    quantity: Quantity
    span: Span
    """The amount with what is counted."""
    counted: str
    """The class of what is counted."""
    happening: str
    """The class of what happened to it."""
    scope: frozenset[str]
    """Words for the time that it runs over; empty for the event itself."""
    days: frozenset[int]
    """Days of the week named beside it, Monday is 0."""
    told_by: Span | None
    """Who gave it, in the sentence's own words."""
    words: tuple[Word, ...]
    """Those of the sentence, without those that say who gave it."""
    other_places: tuple[Span, ...]
    """Names of other places than its own."""
    subordinate: bool
    """Whether it is no count of the event by itself: a part, of another time, of what followed."""
    several: bool
    """Whether it is of several places at once."""
    beside: tuple[float, ...] = ()
    """The other numbers of the sentence that count the same, or stand alone."""

    @property
    def kind(self) -> tuple[str, str]:
        """What is counted, and what happened to it."""
        return self.counted, self.happening


def first_mentions(ranked: Ranked, packs: tuple[str, ...]) -> tuple[Mention, ...]:
    """Return the figures of an article that are compared, and the one behind them."""
    return tuple(islice(mentions_of(ranked, packs), MOST_MENTIONS + 1))


def mentions_of(ranked: Ranked, packs: tuple[str, ...] = ()) -> Iterator[Mention]:
    """Yield the figures of an article in order."""
    for sentence in ranked.text.sentences:
        yield from _in_sentence(ranked, sentence, packs)


def _in_sentence(ranked: Ranked, sentence: Sentence, packs: tuple[str, ...]) -> Iterator[Mention]:
    if sentence.quotability is Quotability.CHRONICLE or not reads_numbers(sentence.language):
        return
    text, known = sentence.text, lexicon(sentence.language, packs)
    found = quantities(text, known.language) if _may_claim(sentence, known) else ()
    if not 0 < len(found) <= MOST_AMOUNTS:
        return
    words = words_of(text)
    starts = (0, *(quantity.end for quantity in found))
    ends = _ends(found, words, known, len(text))
    amounts = [
        Amount(text, known, words, quantity, Span(start, end))
        for quantity, start, end in zip(found, starts, ends, strict=False)
    ]
    bare = [amount.quantity for amount in amounts if amount.is_bare()]
    told = [mention for each in amounts if (mention := _mention(ranked, sentence, words, known, each)) is not None]
    for mention in told:
        more = mention.subordinate or _is_one_of(mention, told)
        yield replace(mention, beside=_beside(mention, told, bare), subordinate=more)


def _ends(found: Sequence[Quantity], words: Sequence[Word], known: Lexicon, end: int) -> list[int]:
    """Return how far the words behind each amount are its own: to the next one that is no part of it.

    Of "11 people including six children and two women were killed" that is all.
    """
    parts: list[bool] = []
    for quantity in found:
        before = [word.key for word in words if word.end <= quantity.start][-2:]
        joined = parts[-1:] == [True] and not known.lists["conjunctions"].isdisjoint(before[-1:])
        is_part = joined or not known.lists["including"].isdisjoint(before)
        parts.append(is_part and _befalls_all(quantity, words, known))
    ends = [end]
    for quantity, is_part in reversed([*zip(found, parts, strict=True)][1:]):
        ends.append(ends[-1] if is_part else quantity.start)
    return ends[::-1]


def _befalls_all(part: Quantity, words: Sequence[Word], known: Lexicon) -> bool:
    """Tell whether what is said next behind a part is said of its whole, too: not of "two who died"."""
    behind = [word.key for word in words if word.start >= part.end]
    place = next((place for place, key in enumerate(behind) if key in known.happenings), 0)
    return place > 0 and (
        behind[place - 1] in known.lists["auxiliaries"] or behind[place - 1] not in known.lists["stops"]
    )


def _may_claim(sentence: Sentence, known: Lexicon) -> bool:
    """Tell at little cost whether a sentence can hold a number and something that happened to what it counts."""
    if known.cues.isdisjoint(sentence.words) or not known.figures.denials.isdisjoint(sentence.words):
        return False
    return _DIGIT.search(sentence.text) is not None or not amount_words(sentence.language).isdisjoint(sentence.words)


def _mention(
    ranked: Ranked, sentence: Sentence, words: tuple[Word, ...], known: Lexicon, amount: Amount
) -> Mention | None:
    text, quantity = sentence.text, amount.quantity
    counted = amount.counted()
    if counted is None or counts_speakers(text, known, counted.span):
        return None
    happening = counted.happening or amount.happening(counted)
    if happening is None or not known.affects(happening, counted.thing) or amount.is_apart(counted.span):
        return None
    told_by = attribution(text, known, counted.span)
    places = places_of(text, known, counted.span, amount.room)
    own = tuple(word for word in words if told_by is None or not told_by.start <= word.start < told_by.end)
    number = Span(quantity.start, quantity.end)
    return Mention(
        ranked=ranked,
        sentence=sentence,
        lexicon=known,
        quantity=quantity,
        span=counted.span,
        counted=counted.thing,
        happening=happening,
        scope=_scope(text, known, own, counted.span, happening),
        days=frozenset(known.weekdays[word.key] for word in own if word.key in known.weekdays),
        told_by=told_by,
        words=own,
        other_places=places.others,
        subordinate=amount.is_part(counted) or is_subordinate(text, known, number, counted.span, happening=happening),
        several=places.several,
    )


def _scope(text: str, known: Lexicon, words: Sequence[Word], span: Span, happening: str) -> frozenset[str]:
    """Return what says that a figure runs over a longer time: the cue, and the times that are named with it.

    A cue counts that stands before the figure or in the same part between commas: "the worst since May" is no scope.
    What money is lost over is named without a cue, too: in the third quarter.
    """
    comma = _COMMA.search(text, span.end)
    cue = known.pattern("since").search(text, 0, comma.start() if comma else len(text))
    if cue is None and happening not in known.shared.cumulative:
        return frozenset()
    named = {known.times[word.key] for word in words if word.key in known.times}
    years = {word.key for word in words if _YEAR.fullmatch(word.key)}
    return frozenset({*(["since"] if cue else []), *named, *years})


def _beside(mention: Mention, told: Sequence[Mention], bare: Sequence[Quantity]) -> tuple[float, ...]:
    """Return the other numbers of a sentence that count the same: those told of it, and those that stand alone."""
    same = [other.quantity for other in told if other.kind == mention.kind]
    other_kinds = [other.quantity for other in told if other.kind != mention.kind]
    others = [*same, *(quantity for quantity in bare if quantity not in same and quantity not in other_kinds)]
    return tuple(sorted(quantity.low for quantity in others if quantity is not mention.quantity))


def _is_one_of(mention: Mention, told: Sequence[Mention]) -> bool:
    """Tell whether a sentence counts the same once more, and more of it: then this is not all of it."""
    others = (other for other in told if other.kind == mention.kind and other.scope == mention.scope)
    return not mention.quantity.vague and any(other.quantity.low > mention.quantity.high for other in others)


# ── what qualifies a figure ───────────────────────────────────────────────────────────────────────────────────────────


FOLLOWED = frozenset({"killed", "wounded", "missing", "custody"})
"""What happens to people of whom fewer are counted again afterwards: treated, buried, tried."""
LONGEST = 140
"""Characters of an attribution; a longer stretch says more than who."""
HEADLINE = 0.6
"""Share of words in capitals from which capitals say nothing."""
_BREAK = re.compile(r"[;:!?()«»“”\"]|\.(?=\s|$)|[,،]\s|\s[–—]\s")
"""Where a clause may end."""
_AFTER_COMMA = re.compile(r"[,،;]\s|\s[–—]\s|$")
_NAME = r"[A-ZÀ-ÖØ-Þ][\w'’-]+(?:\s[A-ZÀ-ÖØ-Þ][\w'’-]+)*"
_SPEAKER = re.compile(
    r"(?:\b(?:[Tt]he|an?)\s)?[^\W\d_a-z][\w-]*(?:\s(?:(?:of|for|and|the|in)\s)*[^\W\d_a-z][\w-]*)*\s$"
)
"""A name right before a verb of saying: the Observatory for Human Rights (said)."""


# ── whether it is a part of another figure, of another time, or of what followed ─────────────────────────────────────


def is_subordinate(text: str, lexicon: Lexicon, amount: Span, span: Span, *, happening: str) -> bool:
    """Tell whether a figure is a part of another, of another time, or of what followed.

    `amount` is where its number stands, `span` where the number stands with what it counts.
    """
    start = _break_before(text, amount.start)
    before = _break_before(text, max(0, start - 2))
    end = next((found.start() for found in _BREAK.finditer(text, span.end)), len(text))
    part_before = lexicon.pattern("part_before")
    if text[amount.end : amount.end + 1].isspace() and lexicon.pattern("part_behind").match(text, amount.end + 1):
        return True
    if part_before.match(text, start, amount.start):
        return True
    if part_before.search(text, before, amount.start) and part_before.match(text, before):
        return True  # of the dead, 12
    parts = [found.end() for found in part_before.finditer(text, start, amount.start)]
    if parts and not text[parts[-1] : amount.start].strip():
        return True
    opening = text[before : max(0, start - 2)].strip()
    if any(lexicon.pattern(name).fullmatch(opening) for name in ("other_time_first", "at_first")):
        return True
    followed = ("afterwards",) if happening in FOLLOWED else ()
    return lexicon.pattern("at_first", "other_time", *followed).search(text, start, end) is not None


def _break_before(text: str, place: int) -> int:
    """Return where the clause begins that ends at a place."""
    return max((found.end() for found in _BREAK.finditer(text, 0, place)), default=0)


# ── who gave it ──────────────────────────────────────────────────────────────────────────────────────────────────────


def attribution(text: str, lexicon: Lexicon, figure: Span) -> Span | None:
    """Return where a sentence says who gave a figure; None where it does not.

    The nearest part between commas that reports, those behind the figure first; else what stands before the figure as
    far as its verb of saying, or behind it from an "according to".
    """
    parts = _parts(text)
    behind = [part for part in parts if part.start >= figure.end]
    before = [part for part in parts if part.end <= figure.start]
    own = next((part for part in parts if part.start <= figure.start < part.end), None)
    within = None if own is None else _within(text, lexicon, own, figure)
    for part in (*behind, *reversed(before), *([within] if within else [])):
        written = text[part.start : part.end]
        reported = _reports(lexicon).sub("", written)
        # a verb alone says nothing of who
        if len(written) <= LONGEST and reported != written and reported.strip():
            return part
    return None


def counts_speakers(text: str, lexicon: Lexicon, figure: Span) -> bool:
    """Tell whether a figure counts those who speak: two officers said, selon deux témoins."""
    before, behind = _speakers(lexicon)
    return before.search(text[: figure.start].rstrip()) is not None or behind.match(text[figure.end :]) is not None


def _within(text: str, lexicon: Lexicon, part: Span, figure: Span) -> Span | None:
    said = _reports(lexicon).search(text, part.start, figure.start)
    if said is not None and said.end() - part.start <= LONGEST:
        return Span(part.start, said.end())
    given = _reports(lexicon).search(text, figure.end, part.end)
    if given is None or part.end - given.start() > LONGEST:
        return None
    name = None if given["by"] else _SPEAKER.search(text, figure.end, given.start())
    return Span(name.start() if name else given.start(), part.end)


def _parts(text: str) -> list[Span]:
    """Return the parts of a sentence between commas, without the marks at their ends."""
    commas = [(0, 0), *(comma.span() for comma in _AFTER_COMMA.finditer(text))]
    parts = []
    for (_, start), (end, _) in pairwise(commas):
        if bare := text[start:end].strip().rstrip(".!?").rstrip():
            begin = start + text[start:end].index(bare)
            parts.append(Span(begin, begin + len(bare)))
    return parts


@cache
def _speakers(lexicon: Lexicon) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Return what stands right before those who speak, and what right behind them."""
    known = lexicon.figures
    before = (*known.given_by, *known.reporting) if known.verb_first else known.given_by
    behind = () if known.verb_first else known.reporting
    return (
        re.compile(rf"\b(?:{either(before)})$", re.IGNORECASE),
        re.compile(rf"(?:\s(?!(?:{either(known.auxiliaries)})\b)\w+){{0,2}}\s(?:{either(behind)})\b", re.IGNORECASE),
    )


@cache
def _reports(lexicon: Lexicon) -> re.Pattern[str]:
    known = lexicon.figures
    return re.compile(rf"\b(?:(?P<by>{either(known.given_by)})|{either(known.reporting)})\b", re.IGNORECASE)


# ── where it is of ───────────────────────────────────────────────────────────────────────────────────────────────────


class Places(NamedTuple):
    """What a sentence says of where: names of other places, and whether the figure is of several at once."""

    others: tuple[Span, ...] = ()
    several: bool = False


def places_of(text: str, lexicon: Lexicon, figure: Span, room: Span) -> Places:
    """Return the places beside a figure; `room` goes from the amount before it to the one behind.

    A place in the figure's own clause is its place, and those of other clauses are not; where its clause names none and
    others name several, none is.
    """
    if not lexicon.figures.place_prepositions or _is_headline(text):
        return Places()
    found = [
        (Span(*one.span("names")), _place_names(one["names"], lexicon)) for one in _located(lexicon).finditer(text)
    ]
    own = _clause(text, lexicon, figure, room)
    inside = [names for place, names in found if own.start <= place.start and place.end <= own.end and names]
    away = [
        (place, names) for place, names in found if names and not (own.start <= place.start and place.end <= own.end)
    ]
    if not inside and len({name for _, names in away for name in names}) <= 1:
        return Places()
    here = {name for names in inside for name in names}
    others = tuple(place for place, names in away if here.isdisjoint(names))
    return Places(others, several=any(len(names) > 1 for names in inside))


def _is_headline(text: str) -> bool:
    """Tell whether capitals say nothing of names in a text."""
    words = re.findall(r"[^\W\d_]+", text)
    return sum(str(word)[0].isupper() for word in words) >= HEADLINE * len(words)


def _clause(text: str, lexicon: Lexicon, figure: Span, room: Span) -> Span:
    ends = _clause_ends(lexicon)
    start = max((found.end() for found in ends.finditer(text, room.start, figure.start)), default=room.start)
    return Span(start, next((found.start() for found in ends.finditer(text, figure.end, room.end)), room.end))


def _place_names(written: str, lexicon: Lexicon) -> tuple[str, ...]:
    """Return the names of places that are joined by "and"."""
    names = re.split(rf"\s(?:{either(lexicon.figures.place_conjunctions)})\s|,\s", written)
    plain = (found[0] for name in names if (found := re.search(_NAME, name)))
    return tuple(name for name in plain if fold(name) not in lexicon.weekdays)


@cache
def _clause_ends(lexicon: Lexicon) -> re.Pattern[str]:
    return re.compile(rf"[;:]\s|[,]\s(?:{either(lexicon.figures.clause_openers)})\b")


@cache
def _located(lexicon: Lexicon) -> re.Pattern[str]:
    """Return what finds the names of places behind their prepositions, in the case in which they are written."""
    known = lexicon.figures
    before, between, and_ = either(known.place_prepositions), known.place_articles, either(known.place_conjunctions)
    joined = rf"(?:(?:,\s{_NAME})*\s(?:{and_})\s(?:(?:{before})\s)?{between}{_NAME})?"
    return re.compile(rf"\b(?:{before})\s?{between}(?P<names>{_NAME}{joined})")
