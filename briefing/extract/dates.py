"""When something was published, and the lines above a text that say so, or who wrote it; never a guess.

An hour without a zone could be any of 26 instants, so that only its day is kept. A day is one only with its year.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta, timezone
from email.utils import parsedate_to_datetime
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from briefing.languages import language_data, languages

if TYPE_CHECKING:
    from collections.abc import Iterable

    from briefing.models import Moment, Removal

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
_ZONES = {
    "WET": "+0000", "WEST": "+0100", "CET": "+0100", "CEST": "+0200", "MEZ": "+0100", "MESZ": "+0200", "EET": "+0200",
    "EEST": "+0300", "MSK": "+0300", "TRT": "+0300", "EAT": "+0300", "SAST": "+0200", "WAT": "+0100", "PKT": "+0500",
    "WIB": "+0700", "HKT": "+0800", "SGT": "+0800", "JST": "+0900", "KST": "+0900", "AEST": "+1000", "AEDT": "+1100",
    "NZST": "+1200", "NZDT": "+1300",
}  # fmt: skip
"""Zones by name that mean one offset; IST, CST, BST and "ET" mean several."""
_NAMED_ZONE = re.compile(rf"(?<=\d)\s*\b({'|'.join(_ZONES)})\b")
_ZONED = re.compile(r":\d{2}\s*(?:[+-]\d{4}|[A-Z]{1,4}\b)")
_SURE_ZONE = re.compile(r"\b(?:GMT|UTC|E[SD]T|P[SD]T)\b|[+-]\d{2}:?\d{2}\b")
_NUMERIC = re.compile(r"(\d{1,2})([./-])(\d{1,2})\2((?:19|20|21)\d\d)\b")
_SHORT_YEAR = re.compile(r"(\d{1,2})([./])(\d{1,2})\2(\d\d)(?![\d.])")
_CHINESE = re.compile(r"(\d{4})\s?[年년]\s?(\d{1,2})\s?[月월]\s?(\d{1,2})\s?[日일]")
_FIRST = ("en", "fr", "de", "es", "it", "pt", "nl", "ru", "ar")
"""The languages that are tried where a document does not name its own."""
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


_OF_FEEDS = re.compile(
    r"[A-Z][a-z]{2}, (?:0?[1-9]|1\d|2[0-8]) (?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) [12]\d{3} "
    r"(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d (?:GMT|[+-](?:0\d|1[012])00)"
)


def moment_told(value: str | None, *, language: str | None = None) -> Moment | None:
    """Return what `parse_moment` does, and None for a date that cannot be right too.

    The dates of feeds are nearly all of one form, which is tried first: there are thousands of them.
    """
    if value and _OF_FEEDS.fullmatch(value):
        moment = parsedate_to_datetime(value).astimezone(UTC)
        return moment if EARLIEST <= moment.year <= LATEST else None
    try:
        return parse_moment(value, language=language)
    except UnlikelyDateError:
        return None


def _read(value: str | float | date | None, language: str | None) -> Moment | None:
    if isinstance(value, datetime):
        return _in_utc(value)
    if value is None or isinstance(value, date):
        return value
    text = _NAMED_ZONE.sub(lambda match: f" {_ZONES[match[1]]}", str(value).strip())
    if not text or len(text) > _MOST_CHARS:
        return None
    if _EPOCH.fullmatch(text):
        seconds = float(text) / (1000 if len(text.partition(".")[0]) > 10 else 1)
        return datetime.fromtimestamp(seconds, UTC).replace(microsecond=0)
    return _iso(text) or _compact(text) or _rfc_2822(text) or _numeric(text, language) or _in_words(text, language)


def _numeric(text: str, language: str | None) -> Moment | None:
    """Return a day in figures: day first with stops, or where no month can stand first; else as the language has it."""
    chinese = _CHINESE.search(text)
    if chinese:
        return _built(*chinese.groups())
    match = _NUMERIC.search(text) or _SHORT_YEAR.match(text)
    if match is None:
        return None
    first, sign, second, year = match.groups()
    year = f"20{year}" if len(year) == 2 else year
    if sign == "." or int(first) > 12 or (language not in (None, "en") and int(second) <= 12):
        return _built(year, second, first)
    return _built(year, first, second) if int(second) > 12 else None


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
        if offset is None or text.endswith("-0000") or not _ZONED.search(text):
            return date(year, month, day)
        zone = timezone(timedelta(seconds=offset))
        return _in_utc(datetime(year, month, day, hour, minute, min(second, 59), tzinfo=zone))
    except (ValueError, OverflowError):
        return None


def _in_words(text: str, language: str | None) -> Moment | None:
    if not _YEAR.search(text) or not re.search(r"[^\W\d_]", text):
        return None
    has_hour = bool(_HOUR.search(text) and _SURE_ZONE.search(text))
    first, second = (_parsed, _monthed) if has_hour else (_monthed, _parsed)
    return first(text, language) or (first(text, None) if has_hour else None) or second(text, language)


def _monthed(text: str, language: str | None) -> Moment | None:
    """Return the day of a date that names its month, as the files of languages have them."""
    for code in dict.fromkeys((*((language,) if language else ()), *_FIRST, *languages())):
        names, pattern = _months(code)
        match = pattern.search(text) if pattern else None
        if match:
            day = match["day"] or match["behind"] or match["last"]
            name = match["month"] or match["before"] or match["middle"]
            return _built(match["year"] or match["ahead"], str(names[_plain(name)]), day)
    return None


@cache
def _months(code: str) -> tuple[dict[str, int], re.Pattern[str] | None]:
    """Return the months of a language by their names, and what finds a day with one of them and its year."""
    listed = enumerate(language_data(code).dates.months, start=1)
    names = {_plain(form): number for number, forms in listed for form in forms.split()}
    if not names:
        return names, None
    said = "|".join(re.escape(name).replace(r"\ ", r"\s") for name in sorted(names, key=len, reverse=True))
    year = r"(?:\s?/\s?[^\W\d_]{2,12})?[\s,،]{1,2}(?:de\s|del\s|г\.?\s)?(?P<year>(?:19|20|21)\d\d|[٠-٩۰-۹]{4})\b"
    day_first = rf"\b(?P<day>\d{{1,2}})(?:st|nd|rd|th|er|º)?\.?[\s-](?:de\s|of\s)?(?P<month>{said})\.?"
    month_first = rf"\b(?P<before>{said})\.?\s(?P<behind>\d{{1,2}})(?:st|nd|rd|th)?"
    year_first = rf"\b(?P<ahead>(?:19|20|21)\d\d)\.?\s(?:m\.\s)?(?P<middle>{said})\s(?P<last>\d{{1,2}})\b"
    return names, re.compile(rf"(?:{day_first}|{month_first}){year}|{year_first}", re.IGNORECASE)


def _plain(month: str) -> str:
    """Return a month's name in the form in which it is looked up: without a dot on the Turkish i, or with."""
    return " ".join(month.replace("_", " ").lower().replace("ı", "i").replace("\u0307", "").split())


def _parsed(text: str, language: str | None) -> Moment | None:
    import dateparser

    settings = {"STRICT_PARSING": True, "PARSERS": ["absolute-time"]}
    try:
        found = dateparser.parse(text, languages=[language] if language else list(_FIRST), settings=settings)
    except (ValueError, OverflowError):  # an unknown language among them
        found = None
    if found is None:
        return None
    return _in_utc(found) if _HOUR.search(text) and _SURE_ZONE.search(text) else found.date()


BYLINE, DATE_LINE = "byline", "date line"

_CHARS = 100
_NAME = (
    r"(?:(?:[A-ZÀ-ÖØ-ÞĀ-Ž\u0400-\u042f\u05d0-\u06ff\u3400-\u9fff][\w.'’-]*"
    r"|de|del|della|di|da|van|von|der|den|la|le|al|el|bin|ben|ibn|abu)\.?)"
)
_MONTHED = (
    r"\d{1,2}(?:st|nd|rd|th|er)?\.?\s+(?:de\s+)?[^\W\d_]{2,12}\.?(?:\s(?:ال)?(?:ثاني|[أا]ول))?,?\s+(?:de\s+)?\d{4}"
    r"|[^\W\d_]{3,12}\.?\s+\d{1,2}(?:st|nd|rd|th)?,?\s+\d{4}"
)
_NUMBERED = r"\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[-/.]\d{1,2}[-/.]\d{4}|\d{4}年\d{1,2}月\d{1,2}日"
_DAY = rf"(?:{_MONTHED}|{_NUMBERED})"


_STRAY = " ,;:.|()–—·•/-"
_PARTED = re.compile(r"\s*[|•·–—/;,]\s*|\s-\s|\d{1,2}\s?[:.hH]\s?\d{2}|\d{1,2}\s?[ap]\.?m\.?")
_MOST_WORDS = 5
_BETWEEN_NAMES = frozenset(("of", "the", "de", "la", "le", "du", "des", "del", "der", "und", "and", "et", "y", "&"))


class _Patterns(NamedTuple):
    """The patterns of all languages: a page may label in another than its text's."""

    byline: re.Pattern[str]
    date_line: re.Pattern[str]
    dated: re.Pattern[str]
    """A date wherever it stands in a line."""
    later: re.Pattern[str]
    label: re.Pattern[str]
    """What stands before a date or an hour, by itself."""


@cache
def _patterns() -> _Patterns:
    tables = [language_data(code).boilerplate for code in languages()]
    by, and_, said, hour, later = (
        "|".join(dict.fromkeys(word for table in tables for word in sorted(getattr(table, name))))
        for name in ("bylines", "byline_conjunctions", "date_labels", "hour_words", "change_labels")
    )
    at = rf"(?:[T\s,|·–-]+(?:{hour})?\s*\d{{1,2}}\s?(?:[:.hH時时]\s?\d{{2}}|[ap]\.?m).{{0,30}})?"
    return _Patterns(
        byline=re.compile(
            rf"(?:{by})\s?:?\s+(?P<names>{_NAME}(?:\s+{_NAME}){{1,4}}"
            rf"(?:\s*(?:,|&|{and_})\s+{_NAME}(?:\s+{_NAME}){{0,4}}){{0,4}}|[A-Z]{{2,}})"
            r"\s*(?P<rest>[,|/·•–—-].{0,60}|(?:in|with|avec|mit|con|for|für|pour|para)\s.{2,40})?"
        ),
        date_line=re.compile(
            rf"(?P<said>{said})?\s*[:：]?\s*(?P<date>(?:[^\W\d_]{{2,12}}\.?,?\s+)?{_DAY}{at})\W*(?:\(.{{0,50}}\))?",
            re.IGNORECASE,
        ),
        dated=re.compile(rf"(?P<said>{said})?\s*[:：]?\s*(?P<date>(?<![\w./-]){_DAY}{at})", re.IGNORECASE),
        later=re.compile(later, re.IGNORECASE),
        label=re.compile(rf"(?:(?:{said}|{hour}|{later}\w*|on|le|am|el|il|em|on the)\s?)+", re.IGNORECASE),
    )


def reason_above_text(line: str) -> str | None:
    """Return why a line near the start is not text: it names the author, or gives the date, and nothing else."""
    if len(line) > _CHARS:
        return None
    if _patterns().byline.fullmatch(line):
        return BYLINE
    if not any(char.isdigit() for char in line):
        return None
    return DATE_LINE if _patterns().date_line.fullmatch(line) or _only_tells(line) else None


def _only_tells(line: str) -> bool:
    """Return whether a line tells a day and beside it nothing but names, hours and words of change."""
    rest, days = _patterns().dated.subn(" | ", line)
    parts = [part.strip(_STRAY) for part in _PARTED.split(rest)] if days else []
    return bool(parts) and all(
        not part or _patterns().byline.fullmatch(part) or _patterns().label.fullmatch(part) or _is_name(part)
        for part in parts
    )


def _is_name(text: str) -> bool:
    """Return whether a text of a few words is a name, by the capitals of them all."""
    words = text.split()
    return len(words) <= _MOST_WORDS and all(word[:1].isupper() or word in _BETWEEN_NAMES for word in words)


def date_in(line: str) -> str | None:
    """Return the date that a short line of a page's head holds, not that of a later change, or None."""
    if len(line) > _CHARS or not any(char.isdigit() for char in line):
        return None
    found = (match for match in _patterns().dated.finditer(line) if not _patterns().later.match(match["said"] or ""))
    return next((match["date"] for match in found), None)


def is_published_line(line: str) -> bool:
    """Return whether a line says that on this day the article was published, and nothing else."""
    match = _patterns().date_line.fullmatch(line) if len(line) <= _CHARS and any(map(str.isdigit, line)) else None
    return bool(match and match["said"] and not _patterns().later.match(match["said"]))


def author_told(removed: Iterable[Removal]) -> str | None:
    """Return the author that a byline names, or None."""
    for removal in removed:
        line = _patterns().dated.sub(" | ", removal.text) if removal.reason == DATE_LINE else removal.text
        for part in _PARTED.split(line) if removal.reason == DATE_LINE else [line] if removal.reason == BYLINE else []:
            if match := _patterns().byline.fullmatch(part.strip(_STRAY)):
                return match["names"]
    return None


def author_named(author: str | None) -> str | None:
    """Return an author without the words of a byline, which some pages and feeds give along: the brief has its own."""
    match = _patterns().byline.fullmatch(author or "")
    return match["names"] + (match["rest"] or "") if match else author


def date_told(removed: Iterable[Removal]) -> str | None:
    """Return the date that a date line gives, not that of a later change, or None."""
    for removal in removed:
        if removal.reason in (DATE_LINE, BYLINE) and (day := date_in(removal.text)):
            return day
    return None
