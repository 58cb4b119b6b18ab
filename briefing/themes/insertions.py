"""Insertions between commas that say in passing what something is: "The mayor, a former nurse, opened the library"."""

from __future__ import annotations

import re

from briefing.text import words as words_of

_COMMA = re.compile(r"[,،](?=\s)")
_LONGEST = 8
"""Words of an insertion; a longer one tells something of its own."""
_OPENERS = {
    "en": "a an who whose which unlike formerly once",
    "fr": "un une qui dont ancien ancienne contrairement",
    "es": "un una quien quienes cuyo cuya antiguo antigua",
    "de": "ein eine der die das deren dessen anders",
}
"""How they begin; without them items of a list would be taken for insertions."""
_FIRST_WORDS = {language: frozenset(words.split()) for language, words in _OPENERS.items()}
_NOTHING: frozenset[int] = frozenset()


def inserted(text: str, language: str) -> frozenset[int]:
    """Return the places of the words that stand in an insertion between two commas."""
    openers = _FIRST_WORDS.get(language)
    if openers is None:
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
