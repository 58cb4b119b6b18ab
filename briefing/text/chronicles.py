"""Entries of a chronology: sentences that a date of years ago opens as a label.

"2016: the army retakes the city", "March 15, 2011 Protests begin": what happened when, told again below the day's news.
It is about a section as much as the news is, and is none.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from briefing.models import Standing
from briefing.text.months import is_month
from briefing.text.stamps import date_end

if TYPE_CHECKING:
    from collections.abc import Sequence

    from briefing.models import Article, Sentence

_YEAR = re.compile(r"(?:(?P<month>[^\W\d_]{3,10}\.?)\s)?(?:19|20)\d\d(?!\d)")
_BEHIND = re.compile(r"\s?[:–—|]\s*(?=\S)|\s-\s|\s+(?=[^\W_]|[\"“«¿(])")
_HEAD_CHARS = 90
_DIGITS = re.compile(r"(?:19|20)\d\d")
_FEWEST = 2
"""Entries that make a chronology where the article's date is known."""
_FEWEST_UNDATED = 3
"""And where it is not, of two different years at least."""


def with_chronicles_marked(sentences: Sequence[Sentence], article: Article) -> tuple[Sentence, ...]:
    """Return the sentences, those of a chronology marked as such; never the first, whose date is the article's."""
    years = [
        label_year(sentence.text, sentence.language) if place else None for place, sentence in enumerate(sentences)
    ]
    known = {year for year in years if year is not None}
    if article.published is not None:
        past = {year for year in known if year < article.published.year}
        enough = _FEWEST
    else:
        past, enough = (known if len(known) > 1 else set()), _FEWEST_UNDATED
    if sum(year in past for year in years) < enough:
        return tuple(sentences)
    return tuple(
        replace(sentence, standing=Standing.CHRONICLE) if year in past else sentence
        for sentence, year in zip(sentences, years, strict=True)
    )


def label_year(text: str, language: str) -> int | None:
    """Return the year of the date that a sentence has as its label, or None.

    Behind no more than a blank, what goes on in small letters belongs to the date's own sentence: "2018 was".
    """
    head = text[:_HEAD_CHARS]
    if not head[:1].isdigit() and not is_month(head.partition(" ")[0], language):
        return None  # most sentences, at little cost
    end = date_end(head, 0, language) or _year_end(head, language)
    gap = _BEHIND.match(head, end) if end else None
    if gap is None or (not gap[0].strip() and head[gap.end()].islower()):
        return None
    year = _DIGITS.search(head, 0, end)
    return int(year[0]) if year else None


def _year_end(head: str, language: str) -> int:
    """Return where a year ends that stands at the beginning, by itself or behind a month; 0 where none does."""
    found = _YEAR.match(head)
    return found.end() if found and (not found["month"] or is_month(found["month"], language)) else 0
