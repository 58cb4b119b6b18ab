"""Articles that tell one story, as a story: who leads it, who copied whom, how many told it by themselves."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from typing import TYPE_CHECKING

from briefing.models import Copy, Story
from briefing.text import sources_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from briefing.models import Article, Moment, Ranked

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
        independent=independent_accounts(one.article for one in articles if one.article.id not in of),
    )


def independent_accounts(articles: Iterable[Article]) -> int:
    """Return how many of the articles, none a copy of another, are independent: one for each outlet and each agency.

    What an outlet corrects, brings up to date or words anew is its account still, and so is an agency's report
    whoever prints it.
    """
    above: dict[tuple[str, str], tuple[str, str]] = {}

    def root(source: tuple[str, str]) -> tuple[str, str]:
        """Return what stands for all sources that are joined with this one, by ever shorter ways."""
        above.setdefault(source, source)
        while above[source] != source:
            above[source] = above[above[source]]
            source = above[source]
        return source

    for one in articles:
        own = root(("article", one.id))
        for source in sources_of(one):
            above[root(source)] = own
    return len({root(source) for source in above})


def _length(ranked: Ranked) -> int:
    return sum(len(sentence.words) for sentence in ranked.text.sentences)


def _original(article: str, of: Mapping[str, str]) -> str:
    while article in of:
        article = of[article]
    return article


def published(article: Article) -> datetime:
    """Return when an article came out, for ordering: a bare day counts as its end, no date at all as last."""
    if isinstance(article.published, datetime):
        return article.published
    if article.published is None:
        return datetime.max.replace(tzinfo=UTC)
    return datetime.combine(article.published, time.max, UTC)


def earliest(article: Article) -> datetime:
    """Return from when an article can be: a bare day from its start, one without a date from the beginning of time."""
    if isinstance(article.published, datetime):
        return article.published
    return datetime.combine(article.published or date.min, time.min, UTC)


def days_between(one: Moment | None, other: Moment | None) -> float | None:
    """Return the days from one moment to the other, whole ones where either is a bare day; None without both."""
    if one is None or other is None:
        return None
    if isinstance(one, datetime) and isinstance(other, datetime):
        return abs((one - other).total_seconds()) / 86_400
    return float(abs((_day(one) - _day(other)).days))


def _day(moment: Moment) -> date:
    return moment.date() if isinstance(moment, datetime) else moment
