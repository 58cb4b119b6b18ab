"""The sentences that carry the day: across sections, no two of one story, most important first."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from briefing.compose.ordering import importance, present_of
from briefing.models import KeyPoint, Standing
from briefing.ranking import NEAR_TOP, common_share, content
from briefing.text import ends_in_stop, needs_stop

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import datetime

    from briefing.models import Placement, Quote

GRADES: Mapping[str, float] = {"A": 1.15, "B": 1.1, "C": 1.0, "D": 0.9, "E": 0.8, "F": 0.7}
"""What the grade of the outlet multiplies by: the Admiralty scale from reliable to unreliable."""
FIGURE = 1.1
"""What a sentence with a figure is worth more: it tells how many, and can be checked."""
FOREIGN = 0.7
"""What a sentence in another language than the brief's is worth: the first page is read by everybody."""
STRONG = 0.25
"""Share of the day's best point from which a section's best comes before the second one of another section."""
FEWEST = 3
"""How many points there are to be before doubtful ones are left out: those from below the beginning of an article are
background more often than not, and what no stop ends may be a headline."""
ALIKE = 0.5
"""Share of telling stems in common, of the sentence that has fewer, from which two points say the same."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Point:
    """A sentence that might be a key point, and what it weighs."""

    weight: float
    story: str
    section: str
    quote: Quote


def key_points(
    placements: Sequence[Placement],
    *,
    count: int,
    cut_off: datetime,
    grades: Mapping[str, str] | None = None,
    language: str | None = None,
) -> tuple[KeyPoint, ...]:
    """Return up to `count` sentences, each standing alone, most important first.

    A sentence weighs by its story's importance in the section (see `ordering`, its own score in place of prominence), a
    figure in it, its outlet's grade in `grades`, and whether it is in the `language` of the brief. Every section with a
    strong story has a point before any has its second. Doubtful sentences come last, and only up to `FEWEST`.
    """
    present = present_of(placements, cut_off)
    plain = [replace(item, prominence=1.0) for item in placements]  # each sentence brings its own worth
    best = sorted(
        (point for item in plain for point in _points(item, importance(item, present), grades or {}, language)),
        key=_precedence,
    )
    chosen: list[_Point] = []
    told: set[str] = set()
    in_turn = (*_firsts(best), *best)
    for point in sorted(in_turn, key=_is_doubtful):
        enough = min(count, FEWEST) if _is_doubtful(point) else count
        if len(chosen) < enough and point.story not in told:
            if not any(_say_the_same(point, other) for other in chosen):
                chosen.append(point)
            # Where a story's best sentence says what stands there already, its next best is beside the point.
            told.add(point.story)
    chosen.sort(key=lambda point: (_is_doubtful(point), _precedence(point)))
    return tuple(KeyPoint(quote=point.quote, section=point.section) for point in chosen)


def _points(placement: Placement, weight: float, grades: Mapping[str, str], language: str | None) -> Iterator[_Point]:
    for quote in placement.quotes:
        if quote.score > 0 and quote.sentence.standing is Standing.ALONE:
            own = quote.score * _figure(quote) * GRADES.get(grades.get(quote.article.outlet or "", "C"), 1.0)
            own *= FOREIGN if language not in {None, quote.sentence.language} else 1.0
            yield _Point(
                weight=round(weight * own, 9), story=placement.story.id, section=placement.section, quote=quote
            )


def _precedence(point: _Point) -> tuple[float, str, int]:
    return -point.weight, point.quote.article.id, point.quote.sentence.start


def _is_doubtful(point: _Point) -> bool:
    sentence = point.quote.sentence
    unended = needs_stop(sentence.language) and not ends_in_stop(sentence.text)
    return sentence.start >= NEAR_TOP or unended


def _figure(quote: Quote) -> float:
    return FIGURE if any(character.isdecimal() for character in quote.sentence.text) else 1.0


def _firsts(best: Sequence[_Point]) -> Iterator[_Point]:
    """Yield the best point of every section whose best is strong against the day's best."""
    seen: set[str] = set()
    for point in best:
        if point.section not in seen and point.weight >= STRONG * best[0].weight:
            seen.add(point.section)
            yield point


def _say_the_same(point: _Point, other: _Point) -> bool:
    ours, theirs = content(point.quote.sentence), content(other.quote.sentence)
    return common_share(ours.keys(), theirs.keys()) > ALIKE
