"""The date that a page puts right before its first sentence: "Published April 13 2017 An air strike"."""

from __future__ import annotations

import re

from briefing.language.months import dates_in
from briefing.language.weekdays import weekday_names

_LABEL = re.compile(
    r"(?:(?:first |last )?(?:published|updated|posted)(?: on| at)?|date of publication"
    r"|publiée?(?: le)?|mise? à jour(?: le)?|publicado(?: el)?|actualizado(?: el)?|veröffentlicht(?: am)?)\s*:?\s+",
    re.IGNORECASE,
)
_WEEKDAY = re.compile(r"([^\W\d_]{2,12})\.?,?\s+")
_DIGITS = re.compile(r"\d{1,2}[./-]\d{1,2}[./-]20\d\d|20\d\d-\d{1,2}-\d{1,2}")
_YEAR = re.compile(r"(?:19|20)\d\d$")
_HOUR = re.compile(r"[,T]?\s?\d{1,2}[:.h]\d\d(?:\s?[ap]\.?m\b\.?)?(?:\s?(?:GMT|UTC|CES?T|BST|E[SD]T)(?:[+-]\d+)?)?")
_GAP = re.compile(r"\s+(?:[–—|•·-]\s+)?(?=[^\W_]|[\"“«¿(])")
_HEAD_CHARS = 90
_SHORTEST = 3
"""Letters of a weekday that is cut short: Thu, jeu."""


def stamp_end(text: str, language: str) -> int:
    """Return where the text goes on behind the date that it is stamped with; 0 where it is not.

    A date is a stamp if it has its year and what follows opens like a sentence: no small letter, no comma.
    """
    head = text[:_HEAD_CHARS]
    label = _LABEL.match(head)
    place = _behind_weekday(head, label.end() if label else 0, language)
    end = _date_end(head, place, language)
    if not end:
        return 0
    hour = _HOUR.match(head, end)
    gap = _GAP.match(head, hour.end() if hour else end)
    return gap.end() if gap and not head[gap.end()].islower() else 0


def _behind_weekday(head: str, place: int, language: str) -> int:
    word = _WEEKDAY.match(head, place)
    if word is None or len(word[1]) < _SHORTEST:
        return place
    names = weekday_names(language)
    return word.end() if any(name.startswith(word[1].lower()) for name in names) else place


def _date_end(head: str, place: int, language: str) -> int:
    digits = _DIGITS.match(head, place)
    if digits:
        return digits.end()
    ends = (end for _, _, start, end in dates_in(head, language) if start == place)
    return next((end for end in ends if _YEAR.search(head, place, end)), 0)
