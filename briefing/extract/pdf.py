"""PDFs that hold text: the lines of each page, joined to paragraphs. A scanned page holds none."""

from __future__ import annotations

import re
from collections import Counter
from statistics import median
from typing import TYPE_CHECKING

from briefing.extract.cleaning import clean_line
from briefing.extract.draft import Draft, Found, problem, remark
from briefing.extract.plain_text import split_title
from briefing.extract.sequence import ends_sentence, key
from briefing.models import Paragraph, Removal

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pypdfium2 import PdfDocument, PdfTextpage

    from briefing.config import Limits
    from briefing.models import Document

MOST_PAGES = 200
_PAGE_NUMBER = re.compile(
    r"\W*(?:page|p\.|seite|página|pagina)?\s*\d{1,4}(?:\s*(?:/|of|sur|von|de|di)\s*\d{1,4})?\W*", re.IGNORECASE
)
_HYPHEN = re.compile(r"(?<=[^\W\d_])[-\u00ad\u2010\ufffe\x02]$")
_LAM_ALEF = re.compile("[\u0622\u0623\u0625\u0627]\u0644")
"""Read from left to right by PDFium where it is one glyph, so that it looks like the article: الثالثاء for الثلاثاء."""
_RUNNING_PAGES = 3
"""A line that stands at the edge of this many pages (of both, where there are two) and of half of them is a running
head."""
_SHORT_LINE = 0.75
"""A line shorter than this part of the usual one, closed like a sentence, ends its paragraph."""


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
        pages = [_page_lines(pdf, number) for number in range(min(len(pdf), MOST_PAGES))]
        metadata, length = pdf.get_metadata_dict(), len(pdf)
    if length > MOST_PAGES:
        yield remark(document.origin, f"only its first {MOST_PAGES} pages are read")
    if not any(pages):
        yield problem(document.origin, "scanned, no text in it; run a text recognition over it first")
        return
    pages, removed = _without_running_heads(pages)
    lines = [clean_line(line) for line in _paragraphs([line for page in pages for line in page])]
    title, translation, lines = split_title(lines)
    yield Draft(
        lines=tuple(Paragraph(text=line) for line in lines),
        removed=removed,
        title=title or metadata.get("Title") or None,
        title_translation=translation,
        author=metadata.get("Author") or None,
    )


def _page_lines(pdf: PdfDocument, number: int) -> list[str]:
    """Return the lines of a page, "" where one is empty; none of a page that cannot be read."""
    import pypdfium2

    try:
        text = _text(pdf[number].get_textpage())
    except pypdfium2.PdfiumError:
        return []
    lines = [line.strip() for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n")]
    return lines if any(lines) else []


def _text(page: PdfTextpage) -> str:
    """Return a page's text; the letters of an Arabic ligature, which are one glyph, in the order of speech."""
    text = str(page.get_text_range())
    if page.count_chars() != len(text):
        return text
    letters = list(text)
    for found in _LAM_ALEF.finditer(text):
        first, second = found.start(), found.start() + 1
        if page.get_charbox(first) == page.get_charbox(second):
            letters[first], letters[second] = letters[second], letters[first]
    return "".join(letters)


def _without_running_heads(pages: Sequence[list[str]]) -> tuple[list[list[str]], tuple[Removal, ...]]:
    """Take out page numbers, and the lines that stand at the edge of page after page."""
    counts = Counter(key(line) for page in pages for line in {*page[:2], *page[-2:]} if line)
    running = {
        said for said, count in counts.items() if count >= max(min(_RUNNING_PAGES, len(pages)), 2, len(pages) / 2)
    }
    kept: list[list[str]] = []
    removed: list[Removal] = []
    for page in pages:
        edges = {*range(2), *range(len(page) - 2, len(page))}
        out = {i for i in edges if 0 <= i < len(page) and page[i] and _is_furniture(page[i], running)}
        removed.extend(Removal(text=page[i], reason="page number or running head") for i in sorted(out))
        kept.append([line for i, line in enumerate(page) if i not in out])
    return kept, tuple(removed)


def _is_furniture(line: str, running: set[str]) -> bool:
    return bool(_PAGE_NUMBER.fullmatch(line)) or key(line) in running


def _paragraphs(lines: Sequence[str]) -> list[str]:
    """Join lines to paragraphs: one ends at an empty line, or at a short one that closes a sentence or heads text."""
    usual = median([len(line) for line in lines if len(line) > 30] or [80])
    paragraphs: list[str] = []
    open_line = ""
    for line, following in zip(lines, [*lines[1:], ""], strict=True):
        open_line = _joined(open_line, line)
        short = len(line) < _SHORT_LINE * usual and (ends_sentence(line) or following[:1].isupper())
        if open_line and (not line or not following or short):
            paragraphs.append(open_line)
            open_line = ""
    return [*paragraphs, open_line] if open_line else paragraphs


def _joined(before: str, line: str) -> str:
    """Return two lines as one; a word divided at the end of the first is whole again."""
    if not before or not line:
        return before or line
    if _HYPHEN.search(before) and line[:1].islower():
        return before[:-1] + line
    return f"{before} {line}"
