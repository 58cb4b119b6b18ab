"""The sentences that carry the day: of the stories that weigh most, each by the best sentence of its opening."""

from __future__ import annotations

from typing import TYPE_CHECKING

from briefing.models import KeyPoint, Quotability, Quote
from briefing.ranking import NEAR_TOP, common_share, content, worths
from briefing.text import Kind, kind_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from briefing.compose.weighing import Weight
    from briefing.models import Sentence, Story

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
