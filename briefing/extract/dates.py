"""When something was published: an instant in UTC, a day, or nothing; never a guess.

An hour without a zone could be any of 26 instants, so that only its day is kept. A day is one only with its year.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta, timezone
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from briefing.models import Moment

EARLIEST, LATEST = 1990, 2100
"""Years outside of these are mistakes of whoever wrote them: 0001-01-01, 1970-01-01."""

_ISO = re.compile(
    r"(?P<year>\d{4})[-/.](?P<month>\d{1,2})[-/.](?P<day>\d{1,2})"
    r"(?:[T\s]\s*(?P<hour>\d{1,2}):?(?P<minute>\d{2})(?::?(?P<second>\d{2})(?:[.,]\d+)?)?\s*(?P<zone>Z|UTC|GMT|[+-]\d{2}:?\d{2}|[+-]\d{2})?)?\s*",
    re.IGNORECASE,
)
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})(?:T(\d{2})(\d{2})(\d{2})?(Z|[+-]\d{4})?)?")
_EPOCH = re.compile(r"\d{9,10}(?:\.\d+)?|\d{12,13}")
_RFC_2822 = re.compile(
    r"(?:[A-Za-z]{3,9},?\s+)?\d{1,2}[\s-][A-Za-z]{3,9}[\s-]\d{2,4}\s+\d{1,2}:\d{2}(?::\d{2})?"
    r"\s*(?:[+-]\d{4}|Z|UTC?|GMT|[ECMP][SD]T)?(?:\s*\(.*\))?"
)
_SURE_ZONE = re.compile(r"\b(?:GMT|UTC|CES?T|EES?T|E[SD]T|P[SD]T|MSK)\b|[+-]\d{2}:?\d{2}\b")
"""Zones that mean one offset; IST, CST, BST and "ET" mean several."""
_YEAR = re.compile(r"(?:19|20|21)\d\d|[٠-٩۰-۹]{4}")
_HOUR = re.compile(r"\d{1,2}[:.hH]\d{2}|\d\s?[ap]\.?m\b", re.IGNORECASE)
_MOST_CHARS = 100


class UnlikelyDateError(ValueError):
    """A date that can be read and cannot be right; its text is the date as found."""


def parse_moment(value: str | float | date | None, *, language: str | None = None) -> Moment | None:
    """Return an aware datetime in UTC, a date where no zone or hour is known, or None where nothing can be read.

    Raises UnlikelyDateError for a year before 1990 or after 2100. `language` helps with names of months.
    """
    moment = _read(value, language)
    if moment is not None and not EARLIEST <= moment.year <= LATEST:
        raise UnlikelyDateError(str(value))
    return moment


def _read(value: str | float | date | None, language: str | None) -> Moment | None:
    if isinstance(value, datetime):
        return _in_utc(value)
    if value is None or isinstance(value, date):
        return value
    text = str(value).strip()
    if not text or len(text) > _MOST_CHARS:
        return None
    if _EPOCH.fullmatch(text):
        seconds = float(text) / (1000 if len(text.partition(".")[0]) > 10 else 1)
        return datetime.fromtimestamp(seconds, UTC).replace(microsecond=0)
    return _iso(text) or _compact(text) or _rfc_2822(text) or _in_words(text, language)


def _in_utc(moment: datetime) -> Moment | None:
    try:
        return moment.date() if moment.utcoffset() is None else moment.astimezone(UTC).replace(microsecond=0)
    except OverflowError:  # within a day of the year 1 or 9999
        return None


def _iso(text: str) -> Moment | None:
    match = _ISO.match(text)
    if not match or (match.end() != len(text) and match["hour"] is None and text[match.end() :][:1].isdigit()):
        return None
    if match.end() != len(text) and match["zone"] is None and match["hour"]:
        return _built(match["year"], match["month"], match["day"])
    return _built(*match.group("year", "month", "day", "hour", "minute", "second", "zone"))


def _compact(text: str) -> Moment | None:
    match = _COMPACT.fullmatch(text)
    return _built(*match.groups()) if match else None


def _built(
    year: str, month: str, day: str, hour: str | None = None, minute: str | None = None, second: str | None = None,
    zone: str | None = None,
) -> Moment | None:  # fmt: skip
    try:
        if hour is None or zone is None:
            return date(int(year), int(month), int(day))
        seconds = timedelta(hours=int(hour), minutes=int(minute or 0), seconds=min(int(second or 0), 59))
        if seconds > timedelta(days=1):
            return None
        return _in_utc(datetime(int(year), int(month), int(day), tzinfo=_zone(zone)) + seconds)
    except ValueError:
        return None


def _zone(text: str) -> timezone:
    """Return the zone of `Z`, `UTC`, `+01`, `+0100` or `+01:00`."""
    if text[0] not in "+-":
        return UTC
    digits = text[1:].replace(":", "")
    offset = timedelta(hours=int(digits[:2]), minutes=int(digits[2:] or 0))
    return timezone(-offset if text[0] == "-" else offset)


def _rfc_2822(text: str) -> Moment | None:
    if not _RFC_2822.fullmatch(text):
        return None
    from email.utils import parsedate_tz

    parsed = parsedate_tz(text)
    if parsed is None:
        return None
    year, month, day, hour, minute, second, *_, offset = parsed
    try:
        if offset is None or text.endswith("-0000"):
            return date(year, month, day)
        zone = timezone(timedelta(seconds=offset))
        return _in_utc(datetime(year, month, day, hour, minute, min(second, 59), tzinfo=zone))
    except (ValueError, OverflowError):
        return None


def _in_words(text: str, language: str | None) -> Moment | None:
    if not _YEAR.search(text) or not re.search(r"[^\W\d_]", text):
        return None
    import dateparser

    languages = [language] if language else ["en", "fr", "de", "es", "it", "pt", "nl", "ru", "ar"]
    settings = {"STRICT_PARSING": True, "PARSERS": ["absolute-time"]}
    try:
        found = dateparser.parse(text, languages=languages, settings=settings)
    except (ValueError, OverflowError):  # an unknown language among them
        found = None
    if found is None:
        return None
    return _in_utc(found) if _HOUR.search(text) and _SURE_ZONE.search(text) else found.date()
