"""Quotations: where they open and close, which span sentences, which are broken."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_MARK = re.compile(r"""["“”„‟«»‹›「」『』‘’]""")
_SINGLE = re.compile(r"(?<![\w'])'(?=\w)[^'\"]*(?:(?<=\w)'\w[^'\"]*)*[.,!?…]'(?!\w)")
"""A quotation in straight single marks, whose end alone tells it from an apostrophe: a stop or a comma before it."""
_LEFT = frozenset("“„‟«‹「『‘")
_CLOSED_BY = {
    "“": "”",
    "„": "“”",
    "‟": "”",
    "«": "»",
    "»": "«",
    "‹": "›",
    "›": "‹",
    "「": "」",
    "『": "』",
    "‘": "’",
    "”": "”",
}
_AFTER_CLOSING = frozenset(".,;:!?…)]}»”’،؛؟。，、—–-")

_DEEPEST = 4
"""Quotations within quotations; what opens deeper was never closed."""

_STOPS = ".!?…"
_REACH = 1_500
"""Characters behind a mark without its partner that count as quoted."""

LONGEST_JOINED = 400
"""Characters of a passage that is kept in one piece for the quotation in it; about sixty words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """One sentence, or several that one quotation holds together; `balanced` if no quotation reaches beyond it."""

    start: int
    end: int
    balanced: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Quotations:
    """The quotations of a paragraph as (start, end), outermost only, and the stretches where marks do not pair."""

    whole: tuple[tuple[int, int], ...]
    broken: tuple[tuple[int, int], ...]


_NONE = Quotations(whole=(), broken=())


def quotations(text: str) -> Quotations:
    """Find the quotations of one paragraph by their marks, of any style, straight ones by the blanks beside them."""
    singles = [found.span() for found in _SINGLE.finditer(text)] if "'" in text else []
    if not singles and not _MARK.search(text):
        return _NONE
    reader = _Reader(text)
    for mark in _MARK.finditer(text):
        reader.take(mark[0], mark.start())
    found = reader.finish()
    return Quotations(whole=_outermost([*found.whole, *singles]), broken=found.broken) if singles else found


def passages(text: str, spans: Sequence[tuple[int, int]], longest: int = LONGEST_JOINED) -> tuple[Passage, ...]:
    """Return the sentences of a paragraph, those joined that one quotation holds, to at most `longest` characters."""
    found = quotations(text)
    return tuple(
        Passage(start=start, end=end, balanced=_balanced(start, end, found))
        for start, end in _joined(spans, found.whole, min(longest, LONGEST_JOINED))
    )


def _balanced(start: int, end: int, found: Quotations) -> bool:
    """Whether no quotation reaches out of the span, and none in it is broken."""
    if _holds(found.whole, start) or _holds(found.whole, end):
        return False
    before = bisect_left(found.broken, (end, 0)) - 1
    return before < 0 or found.broken[before][1] <= start


def _holds(parts: Sequence[tuple[int, int]], place: int) -> bool:
    """Whether one of these sorted, disjoint parts has `place` in its midst."""
    before = bisect_left(parts, (place, 0)) - 1
    return before >= 0 and place < parts[before][1]


def _joined(
    spans: Sequence[tuple[int, int]], whole: Sequence[tuple[int, int]], longest: int
) -> Iterator[tuple[int, int]]:
    """Join neighbours that a quotation spans, where the passage stays short."""
    waiting = list(reversed(whole))
    index = 0
    while index < len(spans):
        start, end = spans[index]
        last = index
        while waiting and waiting[-1][0] < end:
            closing = waiting.pop()[1]
            reach = last
            while closing > spans[reach][1] and reach + 1 < len(spans) and spans[reach + 1][1] - start <= longest:
                reach += 1
            if closing <= spans[reach][1]:
                last, end = reach, spans[reach][1]
        yield start, end
        index = last + 1


class _Reader:
    """Pairs the marks of a paragraph, read in order."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._open: list[tuple[str, int]] = []
        self._whole: list[tuple[int, int]] = []
        self._broken: list[tuple[int, int]] = []
        self._last = 0

    def take(self, mark: str, place: int) -> None:
        """Read the next mark."""
        if mark in "‘’" and self._is_apostrophe(mark, place):
            return
        if mark == '"':
            self._take_straight(place)
        elif self._open and mark in _CLOSED_BY.get(self._open[-1][0], ""):
            self._close(place)
        elif mark in _LEFT or (self._opens(place) and mark in _CLOSED_BY):
            self._push(mark, place)
        elif self._closer_of_outer(mark):
            self._close(place)
        elif mark not in "’»":  # an apostrophe, or a guillemet that points at something
            self._stray(place)
        self._last = place

    def finish(self) -> Quotations:
        """Return what was found; what is still open is broken up to the end."""
        for _, place in self._open:
            self._broken.append((place, min(len(self._text), place + _REACH)))
        return Quotations(whole=_outermost(self._whole), broken=_merged(self._broken))

    def _take_straight(self, place: int) -> None:
        is_open = bool(self._open) and self._open[-1][0] == '"'
        if is_open and self._opens(place) and not self._closes(place):
            self._give_up(self._open.pop()[1], place)
            self._push('"', place)
        elif is_open:
            self._close(place)
        elif self._closes(place) and not self._opens(place):
            self._stray(place)
        else:
            self._push('"', place)

    def _push(self, mark: str, place: int) -> None:
        if self._open and self._open[-1][0] == mark:
            self._give_up(self._open.pop()[1], place)
        self._open.append((mark, place))
        if len(self._open) > _DEEPEST:
            self._give_up(self._open.pop(0)[1], place)

    def _give_up(self, opened: int, place: int) -> None:
        """Take down an opening mark that nothing closed before the next opened: broken up to the last stop between."""
        reach = min(place, opened + _REACH)
        stop = max(self._text.rfind(mark, opened, reach) for mark in _STOPS)
        self._broken.append((opened, stop + 1 if stop > opened else place))

    def _closer_of_outer(self, mark: str) -> bool:
        """Whether an outer quotation ends here although an inner one was not closed; drops the inner one."""
        for depth in range(len(self._open) - 1, -1, -1):
            if mark in _CLOSED_BY.get(self._open[depth][0], ""):
                del self._open[depth + 1 :]
                return True
        return False

    def _close(self, place: int) -> None:
        self._whole.append((self._open.pop()[1], place + 1))

    def _is_apostrophe(self, mark: str, place: int) -> bool:
        before, after = self._text[place - 1 : place], self._text[place + 1 : place + 2]
        if mark == "‘":
            return before.isalnum() or not after.isalnum()
        return not before or before.isspace() or after.isalnum()

    def _stray(self, place: int) -> None:
        """Take down a closing mark that nothing opened: what stands before it, back to the last mark, is quoted."""
        if not self._text[place - 1 : place].isdigit():  # inches
            self._broken.append((max(self._last, place - _REACH), place + 1))

    def _opens(self, place: int) -> bool:
        before, after = self._text[place - 1 : place], self._text[place + 1 : place + 2]
        return (not before or before.isspace() or before in "([—–-:'’‘") and bool(after) and not after.isspace()

    def _closes(self, place: int) -> bool:
        before, after = self._text[place - 1 : place], self._text[place + 1 : place + 2]
        return bool(before) and not before.isspace() and (not after or after.isspace() or after in _AFTER_CLOSING)


def _merged(found: list[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    merged: list[tuple[int, int]] = []
    for start, end in sorted(found):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return tuple(merged)


def _outermost(found: list[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    kept: list[tuple[int, int]] = []
    for part in sorted(found, key=lambda part: (part[0], -part[1])):
        if not kept or part[0] >= kept[-1][1]:
            kept.append(part)
    return tuple(kept)


def quoted_share(text: str) -> float:
    """Return the share of a text, 0 to 1, that stands in quotation marks."""
    return sum(end - start for start, end in quotations(text).whole) / max(1, len(text))
