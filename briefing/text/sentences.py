"""The sentences of a paragraph, in one pass over its stops."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from briefing.text.boundaries import Boundaries, candidates

if TYPE_CHECKING:
    from collections.abc import Iterator

_BLANK_LINE = re.compile(r"\n[^\S\n]*\n")
_BULLET = re.compile(r"(?<!\S)[•⁃‣▪●]\s*")
_MARKER = re.compile(r"(?<!\S)(?:[•⁃‣▪●]\s*)?(\d{1,3}|[a-z])[.)]{1,2}(?=\s)|(?<!\S)[•⁃‣▪●](\d{1,3})[.)]")
_LONGEST_PARENTHESIS = 300
"""Characters; a parenthesis that stays open for longer was never closed."""


def split(text: str, language: str) -> tuple[tuple[int, int], ...]:
    """Return (start, end) of each sentence of a paragraph, in order, without blanks around; linear in its length."""
    hard = sorted({found.end() for found in _BLANK_LINE.finditer(text)} | set(_list_items(text)))
    spans = []
    start = 0
    for end in (*sorted({*hard, *_ends(text, language, hard)}), len(text)):
        span = _trimmed(text, start, end)
        if span[0] < span[1]:
            spans.append(span)
        start = end
    return tuple(spans)


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def _list_items(text: str) -> Iterator[int]:
    """Where the items of a list set in one line start: `1. … 2. …`, `a) … b) …`, `• … • …`."""
    first = _MARKER.match(text)
    if first is None:
        if _BULLET.match(text):
            yield from (found.start() for found in _BULLET.finditer(text))
        return
    expected = _successor(first[1] or first[2])
    for marker in _MARKER.finditer(text, first.end()):
        if (marker[1] or marker[2]) == expected:
            yield marker.start()
            expected = _successor(expected)


def _successor(marker: str) -> str:
    return str(int(marker) + 1) if marker.isdigit() else chr(ord(marker) + 1)


def _ends(text: str, language: str, hard: list[int]) -> Iterator[int]:
    """Yield the offset behind each stop that ends a sentence; `hard` are ends that stand already, sorted."""
    boundaries = Boundaries(text, language)
    waiting = iter((*hard, len(text) + 1))
    upcoming = next(waiting)
    start = counted = depth = 0
    for found in candidates(text):
        end = found.end()
        while upcoming <= found.start():
            start = counted = upcoming
            depth = 0
            upcoming = next(waiting)
        opened, closed = text.count("(", counted, end), text.count(")", counted, end)
        depth, counted = max(0, depth + opened - closed), end
        if depth and text.find(")", end, end + _LONGEST_PARENTHESIS) > 0:
            continue
        if end < len(text) and boundaries.ends(found, start):
            yield end
            start, depth = end, 0
