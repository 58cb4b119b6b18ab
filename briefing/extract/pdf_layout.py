"""The lines of a PDF's pages as PDFium sees them: their text in the order of speech, their place and their size."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from pypdfium2 import PdfDocument, PdfTextpage

_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
_BRACKETS = {"(": ")", "[": "]", "{": "}", "«": "»", "‹": "›", "<": ">"}
_OPENING = _BRACKETS | {closing: opening for opening, closing in _BRACKETS.items()}
"""Each bracket with the one that mirrors it."""
_INNER = frozenset(" .,:;/-+_@'’&#=~")
"""What belongs to a Latin or a numeric run when it stands inside it."""
_BESIDE_NUMBER = frozenset("%$€£#°+-٪")
_RAISED = 0.8
"""A figure this much smaller than its line is the mark of a footnote."""
_UNITS = frozenset(("m", "km", "cm", "mm", "dm", "ha", "co", "h", "o"))
_OVERLAP = 0.6
_OTHER_SIZE = 0.12
_WIDEST_LETTER = 0.66
"""Wider letters, as parts of their size, than any text has on the average."""
_GAP = 1.5


@dataclass(frozen=True, slots=True, kw_only=True)
class PdfLine:
    """A line of a page; lengths in points, from the lower left corner."""

    text: str
    page: int
    size: float = 0.0
    left: float = 0.0
    right: float = 0.0
    bottom: float = 0.0
    top: float = 0.0
    marks: tuple[str, ...] = ()
    """The marks of footnotes that stood in it."""

    @property
    def is_placed(self) -> bool:
        """Whether its place is known."""
        return self.size > 0


class _Glyph(NamedTuple):
    char: str
    left: float
    right: float
    bottom: float
    top: float
    size: float


def page_lines(pdf: PdfDocument, number: int) -> list[PdfLine]:
    """Return the lines of a page; none of a page that cannot be read."""
    import pypdfium2

    try:
        page = pdf[number].get_textpage()
        text = str(page.get_text_range())
        if page.count_chars() != len(text):  # no telling which character is which
            parts = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
            return [PdfLine(text=part.strip(), page=number) for part in parts if part.strip()]
        found = []
        for start, end in _spans(text):
            leftwards = bool(_RIGHT_TO_LEFT.search(text, start, end))
            glyphs = _glyphs(page, text, (start, end), _every if leftwards else _few)
            if not leftwards and _is_of_two(glyphs):
                found += [(part, False) for part in _columns(_glyphs(page, text, (start, end), _every))]
            else:
                found.append((glyphs, leftwards))
    except pypdfium2.PdfiumError:
        return []
    return [line for glyphs in _merged(found) if (line := _line(glyphs, number)) is not None]


def _spans(text: str) -> Iterator[tuple[int, int]]:
    for match in re.finditer(r"[^\r\n]+", text):
        if match[0].strip():
            yield match.span()


def _every(text: str, at: int) -> bool:  # noqa: ARG001 - the form of a choice
    return True


def _few(text: str, at: int) -> bool:
    return text[at].isdigit() or text[at] in "*†‡"


def _glyphs(page: PdfTextpage, text: str, span: tuple[int, int], is_placed: Callable[[str, int], bool]) -> list[_Glyph]:
    """Return the glyphs of a span; only the first, the last and those asked for are placed."""
    import pypdfium2.raw as raw

    box = raw.FS_RECTF()
    start, end = span
    first = next((at for at in range(start, end) if text[at].isalnum()), start)
    last = next((at for at in range(end - 1, start - 1, -1) if text[at].isalpha()), end - 1)
    size = float(raw.FPDFText_GetFontSize(page, first))
    raw.FPDFText_GetLooseCharBox(page, first, box)
    bottom, top = box.bottom, box.top
    glyphs: list[_Glyph] = []
    for at in range(start, end):
        if at in (start, end - 1, last) or is_placed(text, at):
            raw.FPDFText_GetLooseCharBox(page, at, box)
            own = float(raw.FPDFText_GetFontSize(page, at))
            glyphs.append(_Glyph(text[at], box.left, box.right, box.bottom, box.top, own))
        else:
            glyphs.append(_Glyph(text[at], 0.0, 0.0, bottom, top, size))
    return glyphs


def _is_of_two(glyphs: Sequence[_Glyph]) -> bool:
    """Return whether a line is wider than its letters, or ends in another size: two columns stand on it."""
    letters = [glyph for glyph in glyphs if glyph.char.isalpha() and glyph.right > glyph.left]
    width = glyphs[-1].right - glyphs[0].left
    if letters and abs(letters[-1].size - glyphs[0].size) > _OTHER_SIZE * glyphs[0].size:
        return True
    return width > _WIDEST_LETTER * glyphs[0].size * len(glyphs)


def _columns(glyphs: Sequence[_Glyph]) -> Iterator[list[_Glyph]]:
    """Yield the parts of a line that a gap divides."""
    part: list[_Glyph] = []
    edge = 0.0
    for glyph in glyphs:
        if glyph.char.isspace():
            part.append(glyph)
            continue
        backwards = glyph.right < edge - glyph.size
        if part and (glyph.left - edge > _GAP * max(glyph.size, 1.0) or backwards):
            yield part
            part = []
        part.append(glyph)
        edge = glyph.right
    if part:
        yield part


def _merged(found: Sequence[tuple[list[_Glyph], bool]]) -> Iterator[list[_Glyph]]:
    """Yield the lines' glyphs in order of speech; what PDFium tears of a line from right to left is one again."""
    held: list[_Glyph] = []
    for glyphs, leftwards in found:
        if held and not (leftwards and _level(held, glyphs)):
            yield _in_speech(held)
            held = []
        if leftwards:
            held += glyphs
        else:
            yield glyphs
    if held:
        yield _in_speech(held)


def _level(one: Sequence[_Glyph], other: Sequence[_Glyph]) -> bool:
    """Return whether two pieces stand on one line."""
    low, high = max(one[0].bottom, other[0].bottom), min(one[0].top, other[0].top)
    return high - low > _OVERLAP * min(one[0].top - one[0].bottom, other[0].top - other[0].bottom)


def _in_speech(glyphs: Sequence[_Glyph]) -> list[_Glyph]:
    """Return the glyphs of a line from right to left in the order in which they are read."""
    bases = [glyph for glyph in glyphs if not unicodedata.combining(glyph.char)]

    def place(item: tuple[int, _Glyph]) -> tuple[float, int, int]:
        index, glyph = item
        centre = (glyph.left + glyph.right) / 2
        if unicodedata.combining(glyph.char) and bases:
            base = min(bases, key=lambda one: abs((one.left + one.right) / 2 - centre))
            return (-(base.left + base.right) / 2, 1, index)
        return (-centre, 0, -index)  # the letters of a ligature stand in one place, the last first

    return _brackets_turned(_latin_turned([glyph for _, glyph in sorted(enumerate(glyphs), key=place)]))


def _latin_turned(glyphs: list[_Glyph]) -> list[_Glyph]:
    """Turn the runs that are written from left to right: Latin words, numbers with their signs."""
    turned, at = [], 0
    while at < len(glyphs):
        if not _is_latin(glyphs[at].char) and not _opens_number(glyphs, at):
            turned.append(glyphs[at])
            at += 1
            continue
        end = last = at
        while end < len(glyphs) and (_is_latin(glyphs[end].char) or glyphs[end].char in _INNER | _BESIDE_NUMBER):
            last = end if _is_latin(glyphs[end].char) else last
            end += 1
        turned += reversed(glyphs[at : last + 1])
        at = last + 1
    return turned


def _opens_number(glyphs: Sequence[_Glyph], at: int) -> bool:
    """Return whether a sign belongs to the number that stands left of it: the per cent of 40 %, no hyphen (UAX 9)."""
    return glyphs[at].char in _BESIDE_NUMBER - {"-", "+"} and at + 1 < len(glyphs) and glyphs[at + 1].char.isdigit()


def _is_latin(char: str) -> bool:
    return (char.isalnum() and not _RIGHT_TO_LEFT.match(char)) or ("٠" <= char <= "٩") or ("۰" <= char <= "۹")


def _brackets_turned(glyphs: list[_Glyph]) -> list[_Glyph]:
    """Give each bracket the side on which it opens or closes, whichever way the file has it."""
    for at, glyph in enumerate(glyphs):
        if glyph.char in _OPENING:
            opening = glyph.char if glyph.char in _BRACKETS else _OPENING[glyph.char]
            before = glyphs[at - 1].char if at else " "
            after = glyphs[at + 1].char if at + 1 < len(glyphs) else " "
            opens = before.isspace() and not after.isspace()
            glyphs[at] = glyph._replace(char=opening if opens else _BRACKETS[opening])
    return glyphs


def _line(glyphs: Sequence[_Glyph], number: int) -> PdfLine | None:
    size = Counter(round(glyph.size, 1) for glyph in glyphs if not glyph.char.isspace()).most_common(1)
    usual = size[0][0] if size else 0.0
    kept: list[str] = []
    marks: list[str] = []
    for at, glyph in enumerate(glyphs):
        is_small = 0 < glyph.size < _RAISED * usual and (glyph.char.isdigit() or glyph.char in "*†‡")
        if is_small and glyph.bottom > glyphs[0].bottom - 0.1 * usual and not _is_unit(glyphs, at):
            marks.append(glyph.char)
        else:
            kept.append(glyph.char)
    text = "".join(kept).strip()
    if not text:
        return None
    placed = [glyph for glyph in glyphs if glyph.right > glyph.left]
    return PdfLine(
        text=text,
        page=number,
        size=usual,
        left=min((glyph.left for glyph in placed), default=0.0),
        right=max((glyph.right for glyph in placed), default=0.0),
        bottom=min(glyph.bottom for glyph in glyphs),
        top=max(glyph.top for glyph in glyphs),
        marks=("".join(marks),) if marks else (),
    )


def _is_unit(glyphs: Sequence[_Glyph], at: int) -> bool:
    """Return whether a raised figure belongs to a unit or a formula before it: 40 m2, CO2."""
    before = "".join(glyph.char for glyph in glyphs[max(0, at - 4) : at])
    word = re.search(r"[^\W\d_]+$", before)
    return bool(word and word[0].lower() in _UNITS)
