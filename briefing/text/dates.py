"""Days as texts write them: dates, weekdays, months, and the date or hour that a page stamps on a sentence."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from briefing.languages import language_data
from briefing.text.agencies import agency_names
from briefing.text.words import lower, words

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

_DIGIT = re.compile(r"\d")


def weekdays_in(found: Collection[str], language: str) -> frozenset[int]:
    """Return the days of the week among the words of a text, 0 for Monday."""
    names = weekday_names(language)
    return frozenset() if names.keys().isdisjoint(found) else frozenset(names[word] for word in found if word in names)


@lru_cache(maxsize=64)
def weekday_names(language: str) -> Mapping[str, int]:
    """Return the words that name a day of the week, with the day: 0 for Monday."""
    listed = language_data(language).dates.weekdays or _cldr_names(language, "days")
    return {word: day for day, forms in enumerate(listed) for form in forms.split() for word in words(form, language)}


def dates_in(text: str, language: str) -> tuple[tuple[int, int, int, int], ...]:
    """Return the dates of a text as (month, day, start, end), years within."""
    if not _DIGIT.search(text) or not _months(language):
        return ()
    found = []
    for match in _pattern(language).finditer(text):
        day = int(match["day"] or match["behind"])
        month = _months(language)[(match["month"] or match["before"]).lower()]
        if 1 <= day <= 31:
            found.append((month, day, match.start(), match.end()))
    return tuple(found)


_YEARS = re.compile(r"(?<![\w.,:/$€£-])(?:19|20)\d\d(?![\d:/%]|[.,]\d|-\d)")


def is_of_years_ago(text: str, now: int) -> bool:
    """Whether all years that a text names lie before last year, seen from the year `now`: it tells background."""
    years = [int(found) for found in _YEARS.findall(text)]
    return bool(years) and max(years) < now - 1


def is_month(word: str, language: str) -> bool:
    """Tell whether a word is a month's name in a language, or short for it; a stop behind it is allowed."""
    return word.lower().rstrip(".") in _months(language)


@cache
def _months(language: str) -> dict[str, int]:
    """Return the words that name a month, with its number."""
    listed = language_data(language).dates.months or _cldr_names(language, "months")
    return {form: number for number, forms in enumerate(listed, start=1) for form in forms.split()}


def _cldr_names(language: str, kind: str) -> tuple[str, ...]:
    """Return the names of days or months in dates as CLDR has them; none where they are of several words or digits."""
    from babel import Locale, UnknownLocaleError

    try:
        listed = getattr(Locale.parse(language), kind)["format"]["wide"]
    except (UnknownLocaleError, ValueError):
        return ()
    names = tuple(lower(listed[number], language) for number in sorted(listed))
    return names if all(map(str.isalpha, names)) else ()


@cache
def _pattern(language: str) -> re.Pattern[str]:
    forms = sorted(_months(language), key=len, reverse=True)
    capitalised = language_data(language).dates.months_capitalised
    names = "|".join(form.capitalize() if capitalised else form for form in forms)
    year = r"(?:,?\s?(?:de\s)?(?:19|20)\d\d)?(?!\d)"
    return re.compile(
        rf"\b(?P<day>\d{{1,2}})(?:st|nd|rd|th|er|º)?\.?\s(?:de\s|of\s)?(?P<month>{names})\b\.?{year}"
        rf"|\b(?P<before>{names})\.?\s(?P<behind>\d{{1,2}})(?:st|nd|rd|th)?{year}(?![:.,]\d)",
        re.NOFLAG if capitalised else re.IGNORECASE,
    )


_STROKE = r"\s+(?:[–—|•·-]\s+)?"
_SHARED = re.compile(r".{0,80}?Get short URL(?:\s\d{1,4}){0,4}\s+(?=\S)")
"""The way to share a page, and how often it was, with the agency, the section, the day and the hour before it."""
_WEEKDAY = re.compile(r"([^\W\d_]{2,12})\.?,?\s+")
_DIGITS = re.compile(r"\d{1,2}[./-]\d{1,2}[./-]20\d\d|20\d\d-\d{1,2}-\d{1,2}")
_YEAR = re.compile(r"(?:19|20)\d\d$")
_ZONE = r"(?:\s?[ap]\.?m\b\.?)?(?:\s?(?:GMT|UTC|CES?T|BST|E[SD]T)(?:[+-]\d+)?)?"
_HOUR = re.compile(r"[,T]?\s?\d{1,2}[:.h]\d\d" + _ZONE)
_GAP = re.compile(_STROKE + r"(?=[^\W_]|[\"“«¿(])")
_ENTRY = re.compile(
    rf"(?:\d{{1,2}}[:h]\d\d{_ZONE}\s*(?:[–—|•·:-]\s*)?"
    r"|\[(?:[^\[\]\s]+\s+){2,12}[^\[\]\s]+\]\s+)(?=[^\W\d_]|[\"“«¿(])"
)
"""An hour as live reports have it, or a note of three words or more in brackets: "[Links are in French]"."""
_HEAD_CHARS = 90
_SHORTEST = 3
"""Letters of a weekday that is cut short: Thu, jeu."""


def stamp_end(text: str, language: str) -> int:
    """Return where the text goes on behind the date that it is stamped with; 0 where it is not.

    A date is a stamp if it has its year and what follows opens like a sentence: no small letter, no comma.
    """
    head = text[:_HEAD_CHARS]
    if shared := _SHARED.match(head):
        return shared.end() if not text[shared.end()].islower() else 0
    label, agency = _labels(language)
    place = _behind(agency, head, _behind(label, head, 0))
    end = date_end(head, _behind_weekday(head, place, language), language)
    if not end:
        return 0
    gap = _GAP.match(head, _behind(_HOUR, head, end))
    if gap is None or head[gap.end()].islower():
        return 0
    text_start = _behind(agency, head, gap.end())
    return gap.end() if head[text_start : text_start + 1].islower() else text_start


def label_end(text: str) -> int:
    """Return where the text goes on behind the hour or the note in brackets that opens it; 0 where neither does.

    What goes on in small letters is one with it: "[The mayor of Lormes] said".
    """
    found = _ENTRY.match(text, 0, 2 * _HEAD_CHARS) if text[:1] == "[" or text[:1].isdigit() else None
    return found.end() if found and not text[found.end()].islower() else 0


@cache
def _labels(language: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Return what finds "Published on", and the name of a news agency."""
    english, own = language_data("en").boilerplate, language_data(language).boilerplate
    labels = "|".join((*english.date_labels, *own.date_labels))  # pages in any language may label in English
    return (
        re.compile(rf"(?:{labels})\s*:?\s+", re.IGNORECASE),
        re.compile(rf"(?:{'|'.join(map(re.escape, agency_names()))}){_STROKE}"),
    )


def _behind(pattern: re.Pattern[str], head: str, place: int) -> int:
    """Return the end of what stands at `place` if it is this, else `place`."""
    found = pattern.match(head, place)
    return found.end() if found else place


def _behind_weekday(head: str, place: int, language: str) -> int:
    word = _WEEKDAY.match(head, place)
    if word is None or len(word[1]) < _SHORTEST:
        return place
    names = weekday_names(language)
    return word.end() if any(name.startswith(word[1].lower()) for name in names) else place


def date_end(head: str, place: int, language: str) -> int:
    """Return where a date with its year ends that begins at `place`; 0 where there is none."""
    digits = _DIGITS.match(head, place)
    if digits:
        return digits.end()
    ends = (end for _, _, start, end in dates_in(head, language) if start == place)
    return next((end for end in ends if _YEAR.search(head, place, end)), 0)
