"""In which order stories stand in a section: by how much they are about it, who else tells them, how fresh they are."""

from __future__ import annotations

import math
from datetime import UTC, datetime, time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from briefing.models import Moment, Placement, Story

HALF_LIFE = 48.0
"""Hours after which a story counts half: yesterday's still stands, the day before yesterday's makes room."""
UNDATED_AGE = 24.0
"""Hours that an article without a date is taken to be old: neither news nor history."""


def in_order(placements: Iterable[Placement], sort: str, cut_off: datetime) -> list[Placement]:
    """Return a section's stories as they are printed, by one of ORDERS; what they quote has no part in it."""
    order = ORDERS[sort]
    return sorted(placements, key=lambda item: (*order(item, cut_off), -importance(item, cut_off), item.story.id))


def importance(placement: Placement, cut_off: datetime) -> float:
    """Return relevance times corroboration times freshness; in the rest, all is equally relevant."""
    story = placement.story
    relevance = math.log2(1 + placement.score) if placement.score > 0 else 1.0
    freshness = math.pow(0.5, _youngest(story, cut_off) / HALF_LIFE)
    return round(relevance * math.log2(1 + story.independent) * freshness, 6)


def _recency(placement: Placement, cut_off: datetime) -> tuple[float, ...]:
    """Return hours since the latest dated article; what is undated comes last."""
    dated = [ranked for ranked in placement.story.articles if ranked.article.published is not None]
    return (min((_age(ranked.article.published, cut_off) for ranked in dated), default=math.inf),)


ORDERS: Mapping[str, Callable[[Placement, datetime], tuple[float, ...]]] = {
    "importance": lambda _placement, _cut_off: (),
    "relevance": lambda placement, _cut_off: (-round(placement.score, 6),),
    "time": _recency,
    "corroboration": lambda placement, _cut_off: (-placement.story.independent,),
}
"""What a section's stories are sorted by, smallest first; importance decides between equals."""


def _youngest(story: Story, cut_off: datetime) -> float:
    return min(_age(ranked.article.published, cut_off) for ranked in story.articles)


def _age(published: Moment | None, cut_off: datetime) -> float:
    """Return hours before the cut-off; a bare day counts from its noon, what is undated as a day old."""
    if published is None:
        return UNDATED_AGE
    if not isinstance(published, datetime):
        published = datetime.combine(published, time(12), UTC)
    return max(0.0, (cut_off - published).total_seconds() / 3600)
