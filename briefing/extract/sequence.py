"""What can be told only from the lines together: repetitions, headings between paragraphs, a title said again."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from briefing.extract.boilerplate import reason_to_remove
from briefing.extract.dates import reason_above_text
from briefing.extract.lines import ends_sentence
from briefing.models import Paragraph, Removal, Role

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

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


def is_long(text: str) -> bool:
    """Return whether a line is longer than headings are."""
    return len(text) >= _PARAGRAPH_CHARS


def is_paragraph(text: str) -> bool:
    """Return whether a line reads like running text, not like a heading."""
    return is_long(text) or ends_sentence(text)


def tidy(
    lines: Sequence[Paragraph], *, titles: Iterable[str | None] = (), outlet: str | None = None
) -> tuple[tuple[Paragraph, ...], tuple[Removal, ...]]:
    """Return the article's own lines, with headings told, and what was removed; doing it twice changes nothing."""
    names = _Names(titles=frozenset(key(title) for title in titles if title), outlet=key(outlet or ""))
    kept, removed = list(lines), []
    while True:  # what is taken away brings other lines to the top or to the end; nearly always once is enough
        kept, gone = _sifted(kept, names)
        removed.extend(gone)
        if not gone:
            return tuple(_with_headings(kept)), tuple(removed)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Names:
    """What an article calls itself, as keys."""

    titles: frozenset[str]
    outlet: str


def _sifted(lines: Sequence[Paragraph], names: _Names) -> tuple[list[Paragraph], list[Removal]]:
    kept: list[Paragraph] = []
    removed: list[Removal] = []
    seen: set[str] = set()
    keys = [key(line.text) for line in lines]
    teasers = _teasers(lines, keys)
    for line, same in zip(lines, keys, strict=True):
        reason = reason_to_remove(line.text) or _reason_here(line.text, same, at=len(kept), names=names)
        if not reason and same in teasers and len(kept) >= _LEAD:
            reason = "repeated line"
        if not reason and same in seen and len(line.text) >= _REPEATED_CHARS:
            reason = "repeated lead" if len(kept) < _LEAD else "repeated paragraph"
        if reason:
            removed.append(Removal(text=line.text, reason=reason))
        else:
            seen.add(same)
            kept.append(line)
    return _without_bare_headings(_without_cut_leads(kept, removed), removed), removed


def _teasers(lines: Sequence[Paragraph], keys: Sequence[str]) -> frozenset[str]:
    """Return the keys of lines that a page prints again and that no stop ends: headlines of other pages, all of them.

    What is said twice in sentences is the article's own, and stays once.
    """
    long = [(line, same) for line, same in zip(lines, keys, strict=True) if len(line.text) >= _REPEATED_CHARS]
    counts = Counter(same for _, same in long)
    return frozenset(same for line, same in long if counts[same] > 1 and not ends_sentence(line.text))


def _reason_here(text: str, same: str, *, at: int, names: _Names) -> str | None:
    """Return why a line does not belong where it stands: near the start, what only repeats or dates the article."""
    if at >= _LEAD:
        return None
    if _says_title(text, same, names.titles):
        return "repeated title"
    if same and same == names.outlet:
        return "outlet's name"
    return reason_above_text(text)


def _says_title(text: str, same: str, titles: frozenset[str]) -> bool:
    """Return whether a line is a title again: all of it, its greater part, or all of it with a tail."""
    if same in titles:
        return True
    if ends_sentence(text) or len(same) < _REPEATED_CHARS:
        return False
    return any(
        len(title) >= _REPEATED_CHARS
        and (same.startswith(title) or (title.endswith(same) and 2 * len(same) > len(title)))
        for title in titles
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
    punctuated = is_punctuated(line.text for line in lines)
    first = next((index for index, line in enumerate(lines) if is_paragraph(line.text)), 0)
    for index, line in enumerate(lines):
        above = index < first and index < _LEAD
        if line.role is Role.BODY and punctuated and (above or _is_heading(lines, index)):
            yield Paragraph(text=line.text, role=Role.HEADING)
        else:
            yield line


def is_punctuated(lines: Iterable[str]) -> bool:
    """Return whether the long lines of a text end in full stops, so that a short one without is a heading."""
    long_ones = [line for line in lines if is_long(line)]
    return bool(long_ones) and sum(map(ends_sentence, long_ones)) * 3 >= len(long_ones) * 2


def _is_heading(lines: Sequence[Paragraph], index: int) -> bool:
    if not 0 < index < len(lines) - 1:
        return False
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
