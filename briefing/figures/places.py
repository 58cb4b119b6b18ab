"""Where a sentence that names several places puts a figure."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from briefing.figures.counting import Span
from briefing.figures.words import weekdays
from briefing.languages import language_data
from briefing.text import fold

_NAME = r"[A-ZÀ-ÖØ-Þ][\w'’-]+(?:\s[A-ZÀ-ÖØ-Þ][\w'’-]+)*"
HEADLINE = 0.6
"""Share of words in capitals from which capitals say nothing."""


class Places(NamedTuple):
    """What a sentence says of where: words that are of other places, and whether the figure is of several at once."""

    others: tuple[Span, ...]
    several: bool


def places_of(text: str, language: str, span: Span, room: Span) -> Places:
    """Return the places beside a figure; `room` goes from the amount before it to the one behind.

    A place in the figure's own clause is its place, and those of other clauses are not; where its clause names none and
    others name several, none is.
    """
    if not language_data(language).figures.place_prepositions or _is_headline(text):
        return Places((), several=False)
    found = [
        (Span(*match.span("names")), _named(match["names"], language)) for match in _located(language).finditer(text)
    ]
    found = [(place, names) for place, names in found if names]
    own = _clause(text, language, span, room)
    inside = [names for (start, end), names in found if own[0] <= start and end <= own[1]]
    away = [(place, names) for place, names in found if not (own[0] <= place[0] and place[1] <= own[1])]
    elsewhere = {name for _, names in away for name in names}
    if inside or len(elsewhere) > 1:
        same = {name for names in inside for name in names}
        others = tuple(place for place, names in away if not set(names) & same)
        return Places(others, several=any(len(names) > 1 for names in inside))
    return Places((), several=False)


def _is_headline(text: str) -> bool:
    """Tell whether capitals say nothing of names in a text."""
    words = re.findall(r"[^\W\d_]+", text)
    return sum(str(word)[0].isupper() for word in words) >= HEADLINE * len(words)


def _clause(text: str, language: str, span: Span, room: Span) -> tuple[int, int]:
    openers = "|".join(language_data(language).figures.clause_openers)
    ends = re.compile(rf"[;:]\s|[,]\s(?:{openers})\b")
    start = max((end.end() for end in ends.finditer(text, room.start, span.start)), default=room.start)
    end = next((end.start() for end in ends.finditer(text, span.end, room.end)), room.end)
    return start, end


def _named(written: str, language: str) -> tuple[str, ...]:
    """Return the names of places that are joined by "and"."""
    names = re.split(rf"\s(?:{'|'.join(language_data(language).figures.place_conjunctions)})\s|,\s", written)
    plain = [re.search(_NAME, name) for name in names]
    days = weekdays(language)
    return tuple(name[0] for name in plain if name and fold(name[0]) not in days)


@cache
def _located(language: str) -> re.Pattern[str]:
    known = language_data(language).figures
    before, between, and_ = "|".join(known.place_prepositions), known.place_articles, "|".join(known.place_conjunctions)
    joined = rf"(?:(?:,\s{_NAME})*\s(?:{and_})\s(?:(?:{before})\s)?{between}{_NAME})?"
    return re.compile(rf"\b(?:{before})\s?{between}(?P<names>{_NAME}{joined})")
