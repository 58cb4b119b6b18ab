"""In which order stories stand in a section: by how much they are about it, who tells them, how fresh they are."""

from __future__ import annotations

import math
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING

from briefing.models import KeyPoint, Quotability, Quote
from briefing.ranking import NEAR_TOP, common_share, content, worths
from briefing.text import Kind, kind_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from briefing.compose.weighing import Weight
    from briefing.models import Moment, Placement, Sentence, Story

HALF_LIFE = 48.0
"""Hours after which a story counts half: yesterday's still stands, the day before yesterday's makes room."""
UNDATED_AGE = 24.0
"""Hours that an article without a date is taken to be old: neither news nor history."""


def in_order(placements: Iterable[Placement], sort: str, cut_off: datetime) -> list[Placement]:
    """Return a section's stories as they are printed, by one of ORDERS; what they quote has no part in it."""
    items = list(placements)
    order, present = ORDERS[sort], present_of((item.story for item in items), cut_off)
    return sorted(items, key=lambda item: (*order(item, present), -importance(item, present), item.story.id))


def present_of(stories: Iterable[Story], cut_off: datetime) -> datetime:
    """Return the hour from which freshness counts: the cut-off, or the latest article's where even that is old.

    So a brief of last year's articles stands in the order of their day.
    """
    articles = (ranked.article for story in stories for ranked in story.articles)
    latest = max((_hour(article.published) for article in articles if article.published is not None), default=cut_off)
    return latest if cut_off - latest > timedelta(hours=HALF_LIFE) else cut_off


def importance(placement: Placement, present: datetime) -> float:
    """Return relevance × prominence × corroboration × freshness × the outlets' weight; in the rest, all is as relevant.

    Relevance grows with how often a section's terms stand in an article, prominence with how much its best sentence
    says: an article on something else that mentions detainees at length, and at its end, comes behind one on them.
    """
    story = placement.story
    relevance = math.log2(1 + placement.score) if placement.score > 0 else 1.0
    return round(relevance * placement.prominence * standing(story) * freshness(story, present), 6)


def freshness(story: Story, present: datetime) -> float:
    """Return 1 for what was published this hour, half of it after HALF_LIFE."""
    return math.pow(0.5, _youngest(story, present) / HALF_LIFE)


def standing(story: Story) -> float:
    """Return what who tells a story makes of it: how many independently, times the weight of the weightiest outlet."""
    return math.log2(1 + story.independent) * story.weight


def weighted(stories: Iterable[Story], weights: Mapping[str, float]) -> tuple[Story, ...]:
    """Return stories with the greatest of their outlets' `weights`, by outlet; an outlet that has none counts 1."""
    return tuple(
        replace(story, weight=max(weights.get(ranked.article.outlet or "", 1.0) for ranked in story.articles))
        for story in stories
    )


def _recency(placement: Placement, present: datetime) -> tuple[float, ...]:
    """Return hours since the latest dated article; what is undated comes last."""
    dated = [ranked for ranked in placement.story.articles if ranked.article.published is not None]
    return (min((_age(ranked.article.published, present) for ranked in dated), default=math.inf),)


ORDERS: Mapping[str, Callable[[Placement, datetime], tuple[float, ...]]] = {
    "importance": lambda _placement, _present: (),
    "relevance": lambda placement, _present: (-round(placement.score, 6),),
    "time": _recency,
    "corroboration": lambda placement, _present: (-placement.story.independent,),
}
"""What a section's stories are sorted by, smallest first; importance decides between equals."""


def _youngest(story: Story, present: datetime) -> float:
    return min(_age(ranked.article.published, present) for ranked in story.articles)


def _age(published: Moment | None, present: datetime) -> float:
    """Return hours before the present; what is undated is taken to be a day old."""
    return UNDATED_AGE if published is None else max(0.0, (present - _hour(published)).total_seconds() / 3600)


def _hour(published: Moment) -> datetime:
    """Return when an article came out; a bare day counts from its noon."""
    return published if isinstance(published, datetime) else datetime.combine(published, time(12), UTC)


# ── the key points ────────────────────────────────────────────────────────────────────────────────────────────────────


FEWEST = 3
"""How many points there are before light ones are left out."""
LIGHT = 2.3
"""Weight below which a story is no point of the first page when there are enough."""
ALIKE = 0.5
"""Share of telling stems in common, of the sentence that has fewer, from which two points say the same."""
OPENING = 8
"""Sentences at the most among which a point is looked for."""


def key_points(
    stories: Sequence[Story],
    weights: Mapping[str, Weight],
    *,
    homes: Mapping[str, str],
    language: str,
    count: int,
) -> tuple[KeyPoint, ...]:
    """Return up to `count` sentences, one a story, each standing alone, weightiest first.

    `homes` tells each story's section, where it has one. A story that is told in the `language` of the brief is quoted
    in it: the first page is read by everybody.
    """
    chosen: list[KeyPoint] = []
    for story in sorted(stories, key=lambda story: (-weights[story.id].total, story.id)):
        if len(chosen) == count or (len(chosen) >= FEWEST and weights[story.id].total < LIGHT):
            break
        quote = best_of(story, language)
        if quote is not None and not any(_say_the_same(quote, other.quote) for other in chosen):
            chosen.append(KeyPoint(quote=quote, section=homes.get(story.id)))
    return tuple(chosen)


def best_of(story: Story, language: str) -> Quote | None:
    """Return the sentence of a story's opening that tells it best; None where none of its articles has one.

    An opinion is no fact of the day, whoever holds it.
    """
    for ranked in sorted(story.articles, key=lambda ranked: ranked.text.language != language):
        if kind_of(ranked.text).kind is Kind.OPINION:
            continue
        fit = [
            (value, -place, sentence)
            for place, (value, sentence) in enumerate(
                zip(worths(ranked), ranked.text.sentences[:OPENING], strict=False)
            )
            if value > 0 and sentence.start < NEAR_TOP and _reads_alone(sentence)
        ]
        if fit:
            value, _, sentence = max(fit, key=lambda item: item[:2])
            return Quote(article=ranked.article, sentence=sentence.unstamped(), score=min(value, 1.0))
    return None


def _reads_alone(sentence: Sentence) -> bool:
    return sentence.quotability is Quotability.ALONE


def _say_the_same(one: Quote, other: Quote) -> bool:
    ours, theirs = content(one.sentence), content(other.sentence)
    return common_share(ours.keys(), theirs.keys()) > ALIKE
