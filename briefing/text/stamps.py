"""What a page puts right before a sentence: a date ("Published April 13 2017 An air strike"), an hour, a note."""

from __future__ import annotations

import re

from briefing.text.months import dates_in
from briefing.text.weekdays import weekday_names

_LABEL = re.compile(
    r"(?:(?:first |last )?(?:published|updated|posted)(?: on| at)?|date of publication"
    r"|publiée?(?: le)?|mise? à jour(?: le)?|publicado(?: el)?|actualizado(?: el)?|veröffentlicht(?: am)?)\s*:?\s+",
    re.IGNORECASE,
)
_AGENCY = re.compile(r"(?:AFP|AP|EFE|DPA|dpa|SANA|TASS|UPI|REUTERS|Reuters|Xinhua|Anadolu)\s+(?:[–—|•·-]\s+)?")
_SHARED = re.compile(r".{0,80}?Get short URL(?:\s\d{1,4}){0,4}\s+(?=\S)")
"""The way to share a page, and how often it was, with the agency, the section, the day and the hour before it."""
_WEEKDAY = re.compile(r"([^\W\d_]{2,12})\.?,?\s+")
_DIGITS = re.compile(r"\d{1,2}[./-]\d{1,2}[./-]20\d\d|20\d\d-\d{1,2}-\d{1,2}")
_YEAR = re.compile(r"(?:19|20)\d\d$")
_ZONE = r"(?:\s?[ap]\.?m\b\.?)?(?:\s?(?:GMT|UTC|CES?T|BST|E[SD]T)(?:[+-]\d+)?)?"
_HOUR = re.compile(r"[,T]?\s?\d{1,2}[:.h]\d\d" + _ZONE)
_GAP = re.compile(r"\s+(?:[–—|•·-]\s+)?(?=[^\W_]|[\"“«¿(])")
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
    place = _behind(_AGENCY, head, _behind(_LABEL, head, 0))
    end = date_end(head, _behind_weekday(head, place, language), language)
    if not end:
        return 0
    gap = _GAP.match(head, _behind(_HOUR, head, end))
    if gap is None or head[gap.end()].islower():
        return 0
    text_start = _behind(_AGENCY, head, gap.end())
    return gap.end() if head[text_start : text_start + 1].islower() else text_start


def label_end(text: str) -> int:
    """Return where the text goes on behind the hour or the note in brackets that opens it; 0 where neither does.

    What goes on in small letters is one with it: "[The mayor of Lormes] said".
    """
    found = _ENTRY.match(text, 0, 2 * _HEAD_CHARS) if text[:1] == "[" or text[:1].isdigit() else None
    return found.end() if found and not text[found.end()].islower() else 0


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
