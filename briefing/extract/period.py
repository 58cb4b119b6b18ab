"""Which articles are of a day: those of its period, or of a scheduled edition all that no delivered one has read."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime, time, timedelta
from hashlib import sha256
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from briefing.models import Problem

if TYPE_CHECKING:
    from collections.abc import Sequence

    from briefing.edition import EditionInfo
    from briefing.models import Article, Delivered, Document, Moment

EARLY = timedelta(minutes=15)
"""How far the clock of an outlet may run ahead of ours."""
LATE = timedelta(hours=96)
"""How long before an edition's period what is collected late may be dated, and what is undated may have been seen."""


def within_period(
    articles: Sequence[Article], *, edition: EditionInfo, zone: ZoneInfo
) -> tuple[tuple[Article, ...], tuple[Problem, ...]]:
    """Return the articles dated within the edition's period, and a Problem for each of the others.

    The period runs from `period_start` (inclusive) to `cut_off` (inclusive). Undated articles are of the day: nothing
    says otherwise. An article of which only the day is known belongs where any hour of that day would. Without a
    period all are of the day, and a date after it cannot be right: it is taken off.
    """
    if edition.period_start is None:
        believed = [_without_late_date(article, edition.cut_off, zone) for article in articles]
        return tuple(article for article, _ in believed), tuple(told for _, told in believed if told is not None)
    kept, left = [], []
    for article in articles:
        reason = _outside(article.published or article.first_seen, edition.period_start, edition.cut_off, zone)
        if reason is None:
            kept.append(article)
        else:
            left.append(Problem(origin=article.origin, stage="read", reason=reason))
    return tuple(kept), tuple(left)


def sighted(article: Article, document: Document) -> Article:
    """Return the article with what is known of its document beside what that says."""
    seen = document.sighting
    if seen is None:
        return replace(article, source=document.source)
    return replace(
        article,
        source=document.source,
        url=seen.url or article.url,
        title=article.title or seen.title,
        published=article.published or seen.published,
        outlet=seen.named_outlet or article.outlet or seen.outlet,
        language=article.language or seen.language,
        first_seen=seen.first_seen,
        first_pass=seen.first_pass,
        changed_at=seen.changed_at,
        is_summary=seen.is_summary,
    )


def of_these_days(
    articles: Sequence[Article], *, start: datetime, cut_off: datetime, zone: ZoneInfo
) -> tuple[tuple[Article, ...], tuple[Problem, ...]]:
    """Return what was collected of the time between two moments, and Problems for the rest.

    A date that lies after the first sight cannot be right: it is taken off with a remark, and the first sight counts.
    An article without a date is of the time at which it was first seen, and one that was there when its source was
    first asked is old. One that comes late is taken where it is dated up to `LATE` before the start. What was found in
    folders is returned as it is.
    """
    kept, told = [], list[Problem]()
    for article in articles:
        if article.first_seen is None:
            kept.append(article)
            continue
        day, seen = article.published, article.first_seen
        if day is not None and _outside(day, seen - timedelta(days=36_500), seen + EARLY, zone):
            remark = f"its date, {day:%Y-%m-%d}, is later than its first sight and is left out"
            told.append(_problem(article, remark, lost=False))
            article = replace(article, published=None)  # noqa: PLW2901 - what follows is about the date that is believed
        reason = _not_of(article, start, cut_off, zone)
        if reason is None:
            kept.append(article)
        else:
            told.append(_problem(article, reason))
    return tuple(kept), tuple(told)


def _not_of(article: Article, start: datetime, cut_off: datetime, zone: ZoneInfo) -> str | None:
    """Return why a collected article is not of the time between two moments."""
    seen = article.first_seen or cut_off
    if article.published is not None:
        strict = article.first_pass and article.changed_at is None
        return _outside(article.published, start if strict else start - LATE, cut_off, zone)
    if article.first_pass:
        return "not dated, and there already when its source was first asked"
    told = _outside(seen, max(start, cut_off - LATE), cut_off, zone)
    return told and told.replace("published", "first seen")


def _problem(article: Article, reason: str, *, lost: bool = True) -> Problem:
    return Problem(origin=article.origin, stage="read", reason=reason, lost=lost)


def _without_late_date(article: Article, cut_off: datetime, zone: ZoneInfo) -> tuple[Article, Problem | None]:
    reason = _outside(article.published, cut_off - timedelta(days=36_500), cut_off, zone)
    if reason is None:
        return article, None
    told = f"its date, {article.published:%Y-%m-%d}, is after the day of the brief and is left out"
    return replace(article, published=None), Problem(origin=article.origin, stage="read", reason=told, lost=False)


def _outside(published: Moment | None, start: datetime, end: datetime, zone: ZoneInfo) -> str | None:
    first, last = _span(published, zone)
    if last is not None and last < start:
        return f"published {published:%Y-%m-%d}, before the period"
    return f"published {published:%Y-%m-%d}, after the cut-off" if first is not None and first > end else None


# ── what a scheduled edition takes ────────────────────────────────────────────────────────────────────────────────────


FLOOR = timedelta(days=366)
"""How long before the edition before it an article may be dated: the longest `period_hours`, so that no holiday and no
outage loses news, while the pages of years ago that a folder or a feed brings along stay out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Unread:
    """The articles of a scheduled edition, and what was held back for good."""

    articles: tuple[Article, ...]
    passed: tuple[str, ...] = ()
    """Identities of what lies below the floor: the edition names it once, and later ones pass it over."""
    problems: tuple[Problem, ...] = ()


def identified(article: Article) -> Article:
    """Return the article with the SHA-256 of its title and text as they were found: what tells that it was read."""
    words = f"{article.title or ''}\0{article.text}"
    return replace(article, identity=sha256(words.encode(errors="surrogatepass")).hexdigest())


def unread(articles: Sequence[Article], delivered: Delivered, *, edition: EditionInfo) -> Unread:
    """Return what no delivered edition has read.

    An edition that is made again takes what it took the first time. What is dated between the cut-off and the building
    of a late edition is left to the next; what is dated later still has a wrong date, for it is here already.
    """
    taken: list[Article] = []
    passed: list[Article] = []
    floor = (delivered.since or edition.cut_off) - FLOOR
    zone = ZoneInfo(edition.timezone)
    for article in articles:
        marks = {article.id, article.identity}
        if marks & delivered.read or (delivered.own is not None and not marks & delivered.own):
            continue
        first, last = _span(article.published, zone)
        if last is not None and last < floor:
            passed.append(article)
        elif delivered.own is not None or first is None or not edition.cut_off < first <= edition.built_at:
            taken.append(article)
    return Unread(
        articles=tuple(taken),
        passed=tuple(sorted({article.identity for article in passed})),
        problems=tuple(
            Problem(
                origin=article.origin,
                stage="read",
                reason=f"published {article.published:%Y-%m-%d}, more than a year before this edition's period",
            )
            for article in passed
        ),
    )


def _span(published: Moment | None, zone: ZoneInfo) -> tuple[datetime | None, datetime | None]:
    """Return the first and the last moment at which an article can have come out; None where it has no date."""
    if published is None or isinstance(published, datetime):
        return published, published
    first = datetime.combine(published, time(), zone)
    return first.astimezone(UTC), (first + timedelta(days=1)).astimezone(UTC)
