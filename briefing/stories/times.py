"""When articles came out: for ordering, and how far apart."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from briefing.models import Article, Moment


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
