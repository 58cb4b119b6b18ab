"""Why articles are one story, or just are not: the independent accounts most like an article, and what they share."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from briefing.stories.events import SAME, Events
from briefing.stories.substance import reader

if TYPE_CHECKING:
    from collections.abc import Sequence

    from briefing.models import Ranked, Story

NEEDED = SAME
"""The likeness from which two articles are taken for accounts of one event."""
WORTH_TELLING = 0.3
"""The likeness from which an account of another story is a near miss."""
MOST_TOLD = 3
"""Near misses that are told, the likeliest."""
MOST_SHARED = 8
"""Words that are told, the most telling."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Kinship:
    """An independent account that is of the same story as an article, or nearly so."""

    article: str
    origin: str
    same: bool
    """Whether it is of the same story."""
    likeness: float
    """How likely the two tell the same event, 0 to 1."""
    shared: tuple[str, ...]
    """Words, or across languages names and figures, that both leads have: the most telling first."""


def kinships(article: str, stories: Sequence[Story]) -> tuple[Kinship, ...]:
    """Return the accounts of an article's own story, then its near misses, each the likeliest first.

    A copy has the kin of the article that was copied.
    """
    story = next(story for story in stories if article in {one.article.id for one in story.articles})
    original = _original(article, story)
    events = Events(_accounts(stories), reader())
    own = {one.article.id for one in story.articles}
    likeness = events.likenesses(original)
    others = sorted(
        (one.article for one in events.ranked if one.article.id != original),
        key=lambda other: (-likeness[other.id], other.origin),
    )
    kin = [other for other in others if other.id in own]
    near = [other for other in others if other.id not in own and likeness[other.id] >= WORTH_TELLING][:MOST_TOLD]
    return tuple(
        Kinship(
            article=other.id,
            origin=other.origin,
            same=other.id in own,
            likeness=likeness[other.id],
            shared=events.shared(original, other.id)[:MOST_SHARED],
        )
        for other in (*kin, *near)
    )


def _original(article: str, story: Story) -> str:
    copied = {copy.article: copy.of for copy in story.copies}
    while article in copied:
        article = copied[article]
    return article


def _accounts(stories: Sequence[Story]) -> list[Ranked]:
    """Return the articles that are nobody's copy."""
    copies = {copy.article for story in stories for copy in story.copies}
    return [one for story in stories for one in story.articles if one.article.id not in copies]
