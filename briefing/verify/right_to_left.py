"""Sentences that run from right to left in what a program reads back from a PDF: their words, in order.

PDFium tears a line where a vowel mark stands above or below it, and puts its pieces in an order of its own. The words
that bear such marks are torn themselves, and passed over.
"""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING
from unicodedata import combining, normalize

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

BETWEEN = 4
"""Words that may stand between two of a sentence: citation numbers, the parts of a torn word."""
ENDS = 2
"""Pieces of a sentence in any case: a column or a page may end in it."""
TORN = 2
"""More pieces for each mark in it, or one before and one behind it."""

_WORD = re.compile(r"\w+")


def in_order(text: str) -> Callable[[str], bool]:
    """Return what tells whether a text holds the words of a sentence in order, in as few pieces as tearing explains."""
    read = _WORD.findall(normalize("NFKC", text))
    places: defaultdict[str, list[int]] = defaultdict(list)
    for place, word in enumerate(read):
        places[word].append(place)
    # the marks of a neighbour on the same line tear it too
    nearby = TORN * bool(any(map(combining, text)))

    def holds(sentence: str) -> bool:
        said = normalize("NFKC", sentence)
        most = ENDS + nearby + TORN * sum(1 for character in said if combining(character))
        return _pieces(unmarked(said), places, most) <= most

    return holds


def unmarked(text: str) -> list[str]:
    """Return the words without marks above or below, in order."""
    tokens = re.findall(r"\S+", text)
    return [word for token in tokens if not any(map(combining, token)) for word in _WORD.findall(token)]


def _pieces(words: Sequence[str], places: Mapping[str, Sequence[int]], most: int) -> int:
    """Return of how many pieces words are, the longest first; more than `most` where one of them is missing."""
    start, pieces = 0, 0
    while start < len(words) and pieces <= most:
        length = max((_run(words, start, place, places) for place in places.get(words[start], ())), default=0)
        if not length:
            return most + 1
        start, pieces = start + length, pieces + 1
    return pieces


def _run(words: Sequence[str], start: int, place: int, places: Mapping[str, Sequence[int]]) -> int:
    """Return how many words stand one behind the other from a place on."""
    length = 1
    for word in words[start + 1 :]:
        after = next((other for other in places.get(word, ()) if place < other <= place + 1 + BETWEEN), None)
        if after is None:
            break
        place, length = after, length + 1
    return length
