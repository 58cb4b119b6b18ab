"""What a sentence says beside a figure: who gave it, which place it is of, and that it is no count of the event."""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from briefing.figures.quantified import Span
from briefing.languages import either
from briefing.text import fold

if TYPE_CHECKING:
    from briefing.figures.lexicon import Lexicon

FOLLOWED = frozenset({"killed", "wounded", "missing", "custody"})
"""What happens to people of whom fewer are counted again afterwards: treated, buried, tried."""
LONGEST = 140
"""Characters of an attribution; a longer stretch says more than who."""
HEADLINE = 0.6
"""Share of words in capitals from which capitals say nothing."""
_BREAK = re.compile(r"[;:!?()«»“”\"]|\.(?=\s|$)|[,،]\s|\s[–—]\s")
"""Where a clause may end."""
_COMMA = re.compile(r"[,،;]\s|\s[–—]\s|$")
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
    commas = [(0, 0), *(comma.span() for comma in _COMMA.finditer(text))]
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
        re.compile(rf"(?:\s\w+){{0,2}}\s(?:{either(behind)})\b", re.IGNORECASE),
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
