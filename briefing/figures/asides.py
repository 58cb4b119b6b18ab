"""Figures that a sentence tells beside the event's own count: a part of it, one of another time, of what came later."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from briefing.languages import language_data

if TYPE_CHECKING:
    from briefing.figures.counting import Span

_BREAK = re.compile(r"[;:!?()«»“”\"]|\.(?=\s|$)|[,،]\s|\s[–—]\s")
"""Where a clause may end."""


FOLLOWED = frozenset({"killed", "wounded", "missing", "custody"})
"""What befalls people of whom fewer are counted again afterwards: treated, buried, tried."""


def is_aside(text: str, language: str, amount: Span, span: Span, *, happening: str) -> bool:
    """Tell whether a figure is a part of another, of another time, or of what followed.

    `amount` is where its number stands, `span` where the number stands with what it counts.
    """
    part_behind, part_before, at_first, ago, once, afterwards = _patterns(language)
    start = max((end.end() for end in _BREAK.finditer(text, 0, amount.start)), default=0)
    end = next((end.start() for end in _BREAK.finditer(text, span.end)), len(text))
    if part_behind.match(text, amount.end) or part_before.match(text, start, amount.start):
        return True
    if part_before.search(text, _before(text, start), amount.start) and _leads(text, start, amount.start, part_before):
        return True
    opening = text[_before(text, start) : max(0, start - 2)].strip()
    if once.fullmatch(opening) or at_first.fullmatch(opening):
        return True
    followed = (afterwards,) if happening in FOLLOWED else ()
    return any(cue.search(text, start, end) for cue in (at_first, ago, *followed))


def _before(text: str, start: int) -> int:
    """Return where the clause before a place begins."""
    return max((end.end() for end in _BREAK.finditer(text, 0, max(0, start - 2))), default=0)


def _leads(text: str, start: int, end: int, cue: re.Pattern[str]) -> bool:
    """Tell whether a part's cue opens the clause before, or stands right before the amount: of the dead, 12."""
    opened = cue.match(text, _before(text, start))
    last = [found.end() for found in cue.finditer(text, start, end)]
    return opened is not None or (bool(last) and not text[last[-1] : end].strip())


@cache
def _patterns(language: str) -> tuple[re.Pattern[str], ...]:
    known = language_data(language).figures
    cues = (known.at_first, known.other_time, known.other_time_first, known.afterwards)
    return (
        re.compile(rf"\s(?:{'|'.join(known.part_behind)})\b", re.IGNORECASE),
        re.compile(rf"\b(?:{'|'.join(known.part_before)})\b", re.IGNORECASE),
        *(re.compile(rf"\b(?:{'|'.join(cue)})\b", re.IGNORECASE) for cue in cues),
    )
