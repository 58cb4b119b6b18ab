"""Articles that tell one story, as a story: who leads it, who copied whom, how many told it by themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from briefing.models import Copy, Story
from briefing.stories.times import earliest, published

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from briefing.models import Ranked

NOTICE = 0.5
"""Share of the longest account's words below which another is a brief notice."""
UNGRADED = "C~"
"""Where an outlet without a grade stands: behind C, fairly reliable, and before D, not usually so (Admiralty code)."""


def story_of(articles: Sequence[Ranked], copies: tuple[Copy, ...], grades: Mapping[str, str]) -> Story:
    """Return the story: the best graded, most complete and latest account leads, the others in the same order.

    One that says less than half of what another does is a brief notice, and leads no story whatever its grade. An
    account stands where its original stands in time, and the original before its copies.
    """
    longest = max(map(_length, articles))
    by_id = {one.article.id: one.article for one in articles}
    of = {copy.article: copy.of for copy in copies}

    def precedence(ranked: Ranked) -> tuple[bool, str, int, float, datetime, str]:
        """Sort key: notices last, grade, length to the nearest hundred words, latest account, time, origin."""
        article = ranked.article
        told = earliest(by_id[_original(article.id, of)]).timestamp()
        length = _length(ranked)
        grade = grades.get(article.outlet or "", UNGRADED)
        return length < NOTICE * longest, grade, -round(length, -2), -told, published(article), article.origin

    lead, *others = sorted(articles, key=precedence)
    return Story(
        id=f"s{lead.article.id}",
        lead=lead,
        others=tuple(others),
        copies=copies,
        independent=len(articles) - len(copies),
    )


def _length(ranked: Ranked) -> int:
    return sum(len(sentence.words) for sentence in ranked.text.sentences)


def _original(article: str, of: Mapping[str, str]) -> str:
    while article in of:
        article = of[article]
    return article
