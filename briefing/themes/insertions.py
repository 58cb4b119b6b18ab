"""Insertions between commas that say in passing what something is: "The mayor, a former nurse, opened the library"."""

from __future__ import annotations

import re

from briefing.languages import language_data
from briefing.text import words as words_of

_COMMA = re.compile(r"[,،](?=\s)")
_LONGEST = 8
"""Words of an insertion; a longer one tells something of its own."""
_NOTHING: frozenset[int] = frozenset()


def inserted(text: str, language: str) -> frozenset[int]:
    """Return the places of the words that stand in an insertion between two commas."""
    openers = language_data(language).sentences.insertion_openers
    if not openers:
        return _NOTHING
    parts = _COMMA.split(text)
    if len(parts) < 3:
        return _NOTHING
    found: set[int] = set()
    place = 0
    for number, part in enumerate(parts):
        row = words_of(part, language)
        if 0 < number < len(parts) - 1 and 0 < len(row) <= _LONGEST and row[0] in openers:
            found.update(range(place, place + len(row)))
        place += len(row)
    return frozenset(found)
