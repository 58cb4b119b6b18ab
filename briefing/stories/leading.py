"""Articles that tell one story, as a story: who leads it, who copied whom, how many told it by themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from briefing.models import Copy, Story
from briefing.stories.times import published

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from briefing.models import Ranked

UNGRADED = "C~"
"""Where an outlet without a grade stands: behind C, fairly reliable, and before D, not usually so (Admiralty code)."""


def story_of(articles: Sequence[Ranked], copies: tuple[Copy, ...], grades: Mapping[str, str]) -> Story:
    """Return the story: the best graded, most complete and earliest article leads, the others in the same order."""
    lead, *others = sorted(articles, key=lambda item: _precedence(item, grades))
    return Story(
        id=f"s{lead.article.id}",
        lead=lead,
        others=tuple(others),
        copies=copies,
        independent=len(articles) - len(copies),
    )


def _precedence(ranked: Ranked, grades: Mapping[str, str]) -> tuple[str, int, datetime, str]:
    """Sort key of the article that leads: grade, length to the nearest hundred words, time, origin."""
    article = ranked.article
    length = sum(len(sentence.words) for sentence in ranked.text.sentences)
    return grades.get(article.outlet or "", UNGRADED), -round(length, -2), published(article), article.origin
