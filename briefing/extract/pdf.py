"""PDFs that hold text: the lines of each page, joined to paragraphs. A scanned page holds none."""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise, takewhile
from statistics import median
from typing import TYPE_CHECKING

from briefing.extract.cleaning import clean_line
from briefing.extract.dates import reason_above_text
from briefing.extract.draft import Draft, Found, problem, remark
from briefing.extract.lines import closes, ends_sentence, joined
from briefing.extract.pdf_layout import PdfLine, page_lines
from briefing.extract.sequence import key
from briefing.extract.text_files import split_title
from briefing.models import Paragraph, Removal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from briefing.config import Limits
    from briefing.models import Document

MOST_PAGES = 200
_PAGE_NUMBER = re.compile(
    r"\W*(?:page|p\.|seite|página|pagina|стр\.?|صفحة)?\s*\d{1,4}(?:\s*(?:/|of|sur|von|de|di|из|من)\s*\d{1,4})?\W*",
    re.IGNORECASE,
)
_PRINTED = re.compile(
    r"\S*https?://\S+(?:\s+\d{1,4}\s?/\s?\d{1,4})?|\d{1,2}[./]\d{1,2}[./]\d{2,4},?\s.{0,120}|\d{1,4}\s?/\s?\d{1,4}"
)
"""What browsers print at the head and the foot of a page: the address, the day, the page's number."""
_FOOT = re.compile(r".{3,80}\s[|·•–—]\s*\d{1,4}|\d{1,4}\s*[|·•–—]\s.{3,80}")
"""A running head or foot with the page's number, where there is but one page to tell it by."""
_HEAD_WITH_NUMBER = re.compile(r"(?P<first>\d{1,4})\s+\S.{2,80}|\S.{2,80}?\s+(?P<last>\d{1,4})")
_DIGITS = re.compile(r"\d+")
_HYPHEN = re.compile(r"(?<=[^\W\d_])[-\u00ad\u2010\ufffe\x02]$")
_NOTE = re.compile(r"(?:\[?\d{1,3}[\]).]?|[*†‡])\s+\S")
_RUNNING_PAGES = 3
"""A line that stands at the edge of this many pages (of both, where there are two) and of half of them is a running
head."""
_SAME_PLACE = 4.0
_APART = 1.4
_SMALL = 0.93
"""Print this much smaller than the text's is no text: a note, a caption."""
_LARGE = 1.15
_SHORT_LINE = 0.75
"""A line shorter than this part of the usual one, closed like a sentence, ends its paragraph."""
_WIDE_GAP = 1.25
"""Lines further apart than this many times the usual distance are of two paragraphs."""
_MOST_TITLE_LINES = 6


def read_pdf(document: Document, limits: Limits) -> Iterator[Found]:  # noqa: ARG001 - an adapter's signature
    """Read one article from a PDF."""
    import pypdfium2

    try:
        pdf = pypdfium2.PdfDocument(document.content)
    except pypdfium2.PdfiumError as error:
        reason = "it is locked by a password" if "password" in str(error).lower() else "it is broken"
        yield problem(document.origin, f"no PDF that can be read: {reason}")
        return
    with pdf:
        pages = [page_lines(pdf, number) for number in range(min(len(pdf), MOST_PAGES))]
        metadata, length = pdf.get_metadata_dict(), len(pdf)
    if length > MOST_PAGES:
        yield remark(document.origin, f"only its first {MOST_PAGES} pages are read")
    if not any(pages):
        yield problem(document.origin, "scanned, no text in it; run a text recognition over it first")
        return
    pages, removed = _without_running_heads(pages)
    pages, notes = _without_notes(pages)
    marks = [Removal(text=mark, reason="footnote mark") for page in pages for line in page for mark in line.marks]
    lines = [line for page in pages for line in page]
    title, translation, lines, beside = _title(lines)
    texts = [clean_line(line) for line in _paragraphs(lines)]
    if title is None:
        title, translation, texts = split_title(texts)
    yield Draft(
        lines=tuple(Paragraph(text=text) for text in texts),
        removed=(*removed, *notes, *marks, *beside),
        title=title or metadata.get("Title") or None,
        title_translation=translation,
        author=metadata.get("Author") or None,
    )


def _without_running_heads(pages: Sequence[list[PdfLine]]) -> tuple[list[list[PdfLine]], tuple[Removal, ...]]:
    """Take out page numbers, and the lines that stand at one place of page after page, whatever their figures."""
    enough = max(min(_RUNNING_PAGES, len(pages)), 2, len(pages) / 2)
    places = Counter(place for page in pages for place in {_place(line) for line in page} if place)
    edges = Counter(said for page in pages for said in {_masked(line) for line in _edges(page)})
    body, leading = _usual_size(pages), _leading([line for page in pages for line in page])
    numbered = _numbered(pages)

    def is_furniture(line: PdfLine) -> bool:
        odd = not line.is_placed or abs(line.size - body) > 0.05 * body
        if _NOTE.match(line.text) and line.is_placed and line.size < _SMALL * body:
            return False
        if (
            _PAGE_NUMBER.fullmatch(line.text)
            or _FOOT.fullmatch(line.text)
            or (_PRINTED.fullmatch(line.text) and (odd or "://" in line.text))
        ):
            return True
        if id(line) in numbered:
            return True
        place = _place(line)
        return (places[place] if place else edges[_masked(line)]) >= enough

    kept: list[list[PdfLine]] = []
    removed: list[Removal] = []
    for page in pages:
        downwards = sorted(page, key=lambda line: -line.top) if all(line.is_placed for line in page) else list(page)
        out = {id(line) for order in (downwards, downwards[::-1]) for line in _outermost(order, is_furniture, leading)}
        removed += [Removal(text=line.text, reason="page number or running head") for line in page if id(line) in out]
        kept.append([line for line in page if id(line) not in out])
    return kept, tuple(removed)


def _numbered(pages: Sequence[list[PdfLine]]) -> set[int]:
    """Return the lines at the edges of pages that begin or end with a number which counts the pages, by their ids.

    A book's heads alternate, so that none may stand on as many pages as a running head needs.
    """
    found: dict[int, list[tuple[int, int]]] = {}
    for number, page in enumerate(pages):
        for line in _edges(page):
            match = _HEAD_WITH_NUMBER.fullmatch(line.text)
            if match and not closes(line.text):
                found.setdefault(int(match["first"] or match["last"]) - number, []).append((number, id(line)))
    return {line for lines in found.values() if len({page for page, _ in lines}) > 1 for _, line in lines}


def _outermost(lines: Sequence[PdfLine], is_furniture: Callable[[PdfLine], bool], leading: float) -> Sequence[PdfLine]:
    """Return the furniture at one edge of a page, its outermost line first: it stands apart from the text."""
    found = list(takewhile(is_furniture, lines))
    for size in range(len(found), 0, -1):
        last, after = lines[size - 1], lines[size] if size < len(lines) else None
        if after is None or not last.is_placed or not leading or _is_number(last):
            return found[:size]
        apart = abs(last.bottom - after.bottom) > _APART * leading
        if apart or abs(last.size - after.size) > 0.05 * after.size:
            return found[:size]
    return []


def _is_number(line: PdfLine) -> bool:
    return bool(_PAGE_NUMBER.fullmatch(line.text))


def _place(line: PdfLine) -> tuple[str, int] | None:
    return (_masked(line), round(line.top / _SAME_PLACE)) if line.is_placed else None


def _masked(line: PdfLine) -> str:
    """Return a line as it is on every page: its figures do not count."""
    return key(_DIGITS.sub("0", line.text))


def _edges(page: Sequence[PdfLine]) -> list[PdfLine]:
    return [*page[:2], *page[2:][-2:]]


def _usual_size(pages: Sequence[Sequence[PdfLine]]) -> float:
    sizes: Counter[float] = Counter()
    for page in pages:
        for line in page:
            sizes[line.size] += len(line.text)
    return sizes.most_common(1)[0][0] if sizes else 0.0


def _without_notes(pages: Sequence[list[PdfLine]]) -> tuple[list[list[PdfLine]], tuple[Removal, ...]]:
    """Take out the notes at the foot of a page: numbered, in smaller print."""
    body = _usual_size(pages)
    kept: list[list[PdfLine]] = []
    removed: list[Removal] = []
    for page in pages:
        small = list(takewhile(lambda line: line.is_placed and line.size < _SMALL * body, reversed(page)))[::-1]
        start = next((at for at, line in enumerate(small) if _NOTE.match(line.text)), None)
        notes = small[start:] if start is not None else []
        removed += [Removal(text=line.text, reason="footnote") for line in notes]
        kept.append(page[: len(page) - len(notes)])
    return kept, tuple(removed)


def _title(
    lines: list[PdfLine],
) -> tuple[str | None, str | None, list[PdfLine], tuple[Removal, ...]]:
    """Return the title where the largest print of the first page stands out, and the lines without it.

    What stands before it and is no byline is a side box or a kicker, unless it is running text: that goes to the end.
    """
    first = [line for line in lines if lines and line.page == lines[0].page]
    body = _usual_size([lines])
    largest = max((line.size for line in first), default=0.0)
    if not body or largest < _LARGE * body:
        return None, None, lines, ()
    large = [at for at, line in enumerate(first) if line.size == largest]
    run = [large[0], *(at for last, at in pairwise(large) if _go_together(first[last], first[at]))]
    title = clean_line(" ".join(first[at].text for at in run))
    if len(run) > _MOST_TITLE_LINES or len(run) < len(large) - 1 or not title or len(title) > 300:
        return None, None, lines, ()
    above = [line for at, line in enumerate(lines[: run[-1]]) if at not in run]
    below = lines[run[-1] + 1 :]
    if any(closes(line.text) for line in above):
        return title, None, [*below, *above], ()
    told = [line for line in above if reason_above_text(line.text)]
    boxes = tuple(Removal(text=line.text, reason="side box") for line in above if not reason_above_text(line.text))
    return title, None, [*told, *below], boxes


def _go_together(line: PdfLine, after: PdfLine) -> bool:
    """Return whether two lines of the largest print are of one title."""
    return 0 < line.bottom - after.bottom < 2.2 * line.size


def _paragraphs(lines: Sequence[PdfLine]) -> list[str]:
    """Join lines to paragraphs: one ends at a gap, at an indent, or at a short line that closes a sentence."""
    usual = median([_width(line) for line in lines if len(line.text) > 30] or [80])
    leading = _leading(lines)
    paragraphs: list[str] = []
    open_line = ""
    before: PdfLine | None = None
    for line in lines:
        if open_line and before is not None and _is_parted(before, line, usual=usual, leading=leading):
            paragraphs.append(open_line)
            open_line = ""
        open_line = _joined(open_line, line.text)
        before = line
    return [*paragraphs, open_line] if open_line else paragraphs


def _width(line: PdfLine) -> float:
    return line.right - line.left if line.is_placed else float(len(line.text))


def _leading(lines: Sequence[PdfLine]) -> float:
    """Return the usual distance between two lines of one paragraph."""
    pairs = [(before, line) for before, line in pairwise(lines) if before.page == line.page and not closes(before.text)]
    steps = [before.bottom - line.bottom for before, line in pairs]
    steps = [step for step, (_, line) in zip(steps, pairs, strict=True) if 0 < step < 4 * line.size]
    return median(steps) if steps else 0.0


def _is_parted(before: PdfLine, line: PdfLine, *, usual: float, leading: float) -> bool:
    short = _width(before) < _SHORT_LINE * usual and (ends_sentence(before.text) or line.text[:1].isupper())
    if not (before.is_placed and line.is_placed):
        return short
    step = before.bottom - line.bottom
    if before.page != line.page or step <= 0:  # the next page or column
        return closes(before.text) and (short or line.text[:1].isupper())
    if abs(before.size - line.size) > 0.12 * max(before.size, line.size):
        return True
    if leading and step > _WIDE_GAP * leading:
        return True
    indented = line.left - before.left > 0.6 * line.size and before.left < line.left
    return (closes(before.text) and (short or indented)) or (
        short and not line.text[:1].islower() and ends_sentence(before.text)
    )


def _joined(before: str, line: str) -> str:
    """Return two lines as one; a word divided at the end of the first is whole again."""
    if not before or not line:
        return before or line
    if _HYPHEN.search(before) and line[:1].islower():
        return before[:-1] + line
    return joined((before, line))
