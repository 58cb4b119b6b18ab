"""Which day a brief is of, and which articles are of that day."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING

from briefing.edition import EditionInfo, from_settings
from briefing.models import Problem

if TYPE_CHECKING:
    from collections.abc import Sequence
    from zoneinfo import ZoneInfo

    from briefing.config import BriefSettings
    from briefing.models import Article, Document, Moment

EARLY = timedelta(minutes=15)
"""How far the clock of an outlet may run ahead of ours."""
LATE = timedelta(hours=96)
"""How long before an edition's period what is collected late may be dated, and what is undated may have been seen."""


def plan_edition(
    settings: BriefSettings, *, day: date, built_at: datetime, cut_off: datetime, next_at: datetime | None = None
) -> EditionInfo:
    """Return the head of the edition of a day; `built_at`, `cut_off` and `next_at` are aware."""
    hours = settings.period_hours
    return from_settings(
        EditionInfo,
        settings,
        id=day.isoformat(),
        date=day,
        built_at=built_at.astimezone(UTC),
        cut_off=cut_off.astimezone(UTC),
        period_start=None if hours is None else cut_off.astimezone(UTC) - timedelta(hours=hours),
        next_at=None if next_at is None else next_at.astimezone(UTC),
        number=None,
    )


def cut_off_of(day: date, *, at: str | None, zone: ZoneInfo) -> datetime:
    """Return until when a day's brief reads: its hour `HH:MM` in the zone, or the end of the day where it has none."""
    if at is None:
        return datetime.combine(day + timedelta(days=1), time(), zone)
    return datetime.combine(day, time.fromisoformat(at), zone)


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
            told.append(
                _problem(article, f"dated {day:%d %B %Y}, after it was first seen; that is left out", lost=False)
            )
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
        return _outside(article.published, start if article.first_pass else start - LATE, cut_off, zone)
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
    if published is None:
        return None
    if isinstance(published, datetime):
        first = last = published
    else:
        first = datetime.combine(published, time(), zone)
        last = first + timedelta(days=1)
    if last < start:
        return f"published {published:%Y-%m-%d}, before the period"
    return f"published {published:%Y-%m-%d}, after the cut-off" if first > end else None
