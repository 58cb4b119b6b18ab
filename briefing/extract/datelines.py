"""The lines between title and text that say who wrote it and when: not sentences, but facts for the metadata."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from briefing.languages import language_data, languages

if TYPE_CHECKING:
    from collections.abc import Iterable

    from briefing.models import Removal

BYLINE, DATE_LINE = "byline", "date line"

_CHARS = 100
_NAME = r"(?:(?:[A-ZÀ-ÖØ-ÞĀ-Ž][\w.'’-]*|de|del|della|di|da|van|von|der|den|la|le|al|el|bin|ben|ibn|abu)\.?)"
_MONTHED = (
    r"\d{1,2}(?:st|nd|rd|th|er)?\.?\s+(?:de\s+)?[^\W\d_]{2,12}\.?(?:\s(?:ال)?(?:ثاني|[أا]ول))?,?\s+(?:de\s+)?\d{4}"
    r"|[^\W\d_]{3,12}\.?\s+\d{1,2}(?:st|nd|rd|th)?,?\s+\d{4}"
)
_NUMBERED = r"\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[-/.]\d{1,2}[-/.]\d{4}|\d{4}年\d{1,2}月\d{1,2}日"
_DAY = rf"(?:{_MONTHED}|{_NUMBERED})"


class _Patterns(NamedTuple):
    """The patterns of all languages: a page may label in another than its text's."""

    byline: re.Pattern[str]
    date_line: re.Pattern[str]
    dated: re.Pattern[str]
    """A date wherever it stands in a line."""
    later: re.Pattern[str]


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
            rf"(?:\s*(?:,|&|{and_})\s+{_NAME}(?:\s+{_NAME}){{0,4}}){{0,4}})\s*(?P<rest>[,|/–—-].{{0,60}}|in\s.{{2,40}})?"
        ),
        date_line=re.compile(
            rf"(?P<said>{said})?\s*[:：]?\s*(?P<date>(?:[^\W\d_]{{2,12}}\.?,?\s+)?{_DAY}{at})\W*(?:\(.{{0,50}}\))?",
            re.IGNORECASE,
        ),
        dated=re.compile(rf"(?P<said>{said})?\s*[:：]?\s*(?P<date>(?<![\w./-]){_DAY}{at})", re.IGNORECASE),
        later=re.compile(later, re.IGNORECASE),
    )


def reason_above_text(line: str) -> str | None:
    """Return why a line near the start is not text: it names the author, or gives the date, and nothing else."""
    if len(line) > _CHARS:
        return None
    if _patterns().byline.fullmatch(line):
        return BYLINE
    return DATE_LINE if any(char.isdigit() for char in line) and _patterns().date_line.fullmatch(line) else None


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
        match = _patterns().byline.fullmatch(removal.text) if removal.reason == BYLINE else None
        if match:
            return match["names"]
    return None


def author_named(author: str | None) -> str | None:
    """Return an author without the words of a byline, which some pages and feeds give along: the brief has its own."""
    match = _patterns().byline.fullmatch(author or "")
    return match["names"] + (match["rest"] or "") if match else author


def date_told(removed: Iterable[Removal]) -> str | None:
    """Return the date that a date line gives, not that of a later change, or None."""
    for removal in removed:
        match = _patterns().date_line.fullmatch(removal.text) if removal.reason == DATE_LINE else None
        if match and not _patterns().later.match(match["said"] or ""):
            return match["date"]
    return None
