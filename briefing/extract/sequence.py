"""What can be told only from the lines together: repetitions, headings between paragraphs, a title said again."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from briefing.extract.boilerplate import reason_to_remove
from briefing.models import Paragraph, Removal, Role

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

_SENTENCE_END = re.compile(r"[.!?…。！？؟।:;؛,،][\"'”’»›)\]\s]*$")
_LETTERS = re.compile(r"\W+")
_BULLET = re.compile(r"^(?:[•·▪‣●○*]|-\s|\d{1,2}[.)]\s)")
_FRAMED = re.compile(r"^[–—-]\s?\S.{0,80}\S\s?[–—-]$")

_HEADING_CHARS = 90
_PARAGRAPH_CHARS = 60
"""A line this long, or closed by a full stop, is a paragraph."""
_REPEATED_CHARS = 25
"""A line shorter than this may come back: "Yes.", a refrain."""
_LEAD = 4
"""The lines in which a repetition is one of the lead."""


def key(text: str) -> str:
    """Return what two lines have in common when they say the same: letters and digits, folded."""
    return _LETTERS.sub("", text.casefold())


def ends_sentence(text: str) -> bool:
    """Return whether a line closes like a sentence, or runs on like one (colon, comma)."""
    return bool(_SENTENCE_END.search(text))


def is_paragraph(text: str) -> bool:
    """Return whether a line reads like running text, not like a heading."""
    return len(text) >= _PARAGRAPH_CHARS or ends_sentence(text)


def tidy(
    lines: Sequence[Paragraph], *, titles: Iterable[str | None] = ()
) -> tuple[tuple[Paragraph, ...], tuple[Removal, ...]]:
    """Return the article's own lines, with headings told, and what was removed; doing it twice changes nothing."""
    kept: list[Paragraph] = []
    removed: list[Removal] = []
    seen: dict[str, int] = {}
    title_keys = {key(title) for title in titles if title}
    for line in lines:
        reason = _reason(line, seen=seen, at=len(kept), titles=title_keys)
        if reason:
            removed.append(Removal(text=line.text, reason=reason))
        else:
            seen.setdefault(key(line.text), len(kept))
            kept.append(line)
    kept = _without_bare_headings(_without_cut_leads(kept, removed), removed)
    return tuple(_with_headings(kept)), tuple(removed)


def _reason(line: Paragraph, *, seen: dict[str, int], at: int, titles: set[str]) -> str | None:
    reason = reason_to_remove(line.text)
    if reason:
        return reason
    same = key(line.text)
    if at < _LEAD and _says_title(line, same, titles):
        return "repeated title"
    if same in seen and (len(line.text) >= _REPEATED_CHARS or line.role is not Role.BODY):
        return "repeated lead" if at < _LEAD else "repeated paragraph"
    return None


def _says_title(line: Paragraph, same: str, titles: set[str]) -> bool:
    """Return whether a line is a title again, or a heading is one with a tail (an outlet, a programme)."""
    if same in titles:
        return True
    return line.role is Role.HEADING and any(
        len(title) > _REPEATED_CHARS and same.startswith(title) for title in titles
    )


def _without_bare_headings(kept: list[Paragraph], removed: list[Removal]) -> list[Paragraph]:
    """Take out the headings behind the last paragraph: nothing of the article stands under them."""
    end = len(kept)
    while end and kept[end - 1].role is Role.HEADING:
        end -= 1
    removed.extend(Removal(text=line.text, reason="heading without text") for line in kept[end:])
    return kept[:end]


def _without_cut_leads(kept: list[Paragraph], removed: list[Removal]) -> list[Paragraph]:
    """Take out a lead that ends in "…" where the whole of it follows."""
    cut = [
        index
        for index, line in enumerate(kept[:_LEAD])
        if line.text.endswith(("…", "...", "[…]", "[...]"))
        and len(key(line.text)) >= _REPEATED_CHARS
        and any(key(other.text).startswith(key(line.text)) for other in kept[index + 1 : index + _LEAD])
    ]
    removed.extend(Removal(text=kept[index].text, reason="repeated lead") for index in cut)
    return [line for index, line in enumerate(kept) if index not in cut]


def _with_headings(lines: Sequence[Paragraph]) -> Iterator[Paragraph]:
    punctuated = _is_punctuated(lines)
    for index, line in enumerate(lines):
        between = 0 < index < len(lines) - 1
        if line.role is Role.BODY and between and punctuated and _is_heading(lines, index):
            yield Paragraph(text=line.text, role=Role.HEADING)
        else:
            yield line


def _is_punctuated(lines: Sequence[Paragraph]) -> bool:
    """Return whether the long lines of this text end in full stops, so that a short one without is a heading."""
    long_ones = [line.text for line in lines if len(line.text) >= _PARAGRAPH_CHARS]
    return bool(long_ones) and sum(map(ends_sentence, long_ones)) * 3 >= len(long_ones) * 2


def _is_heading(lines: Sequence[Paragraph], index: int) -> bool:
    text, before, after = lines[index].text, lines[index - 1], lines[index + 1]
    if _FRAMED.match(text) and len(text) <= _HEADING_CHARS:
        return True
    return (
        len(text) <= _HEADING_CHARS
        and not ends_sentence(text)
        and not _BULLET.match(text)
        and text[:1] == text[:1].upper()
        and is_paragraph(before.text)
        and is_paragraph(after.text)
        and after.role is Role.BODY
    )
