"""The figures that accounts give differently, as a PDF shows them: heading, range and rows in their order."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple
from unicodedata import normalize

from briefing.verify.editions import RIGHT_TO_LEFT, bare, pdf_pages, unmarked_words
from briefing.verify.quotations import shown
from briefing.verify.remade import html_pieces

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

_BLOCK = re.compile(r'<section[^>]* id="figures".*?</section>', re.DOTALL)
_HEADING = re.compile(r"<h3.*?</h3>|(?<=<p>)<b>.*?</b>", re.DOTALL)
"""What befell whom, and the range: some readers of PDF give all headings of a section first."""

LINES = 3
"""Lines that a heading takes at the most; what runs from right to left is looked for word by word in so many."""


class Block(NamedTuple):
    """What a page prints where figures differ."""

    headings: tuple[str, ...]
    rows: tuple[str, ...]
    """The title first, then what stands in the rows, in their order."""


def check_rows(files: Mapping[str, bytes], made: Sequence[Mapping[str, str]]) -> tuple[str, ...]:
    """Return what the PDF of an edition lacks of its figures, as messages; nothing where it leaves the block out.

    `made` are the pages that the edition may have been set with: the one of which least is missing is asked for. What
    runs from right to left is looked for by its words between what stands before it and behind it.
    """
    if "brief.pdf" not in files:
        return ()
    shown_text = "\n".join(pdf_pages(files["brief.pdf"]))
    blocks = dict.fromkeys(block for pages in made for block in _blocks(pages["brief.html"]))
    lacking = [list(_lacking(block, shown_text)) for block in blocks if bare(block.rows[0]) in bare(shown_text)]
    fewest = min(lacking, key=len, default=[])
    return tuple(f"brief.pdf: does not show {shown(each)} where figures differ" for each in fewest)


def _blocks(html: str) -> Iterator[Block]:
    for block in _BLOCK.findall(html):
        headings = tuple(" ".join(piece.text for piece in html_pieces(each)) for each in _HEADING.findall(block))
        yield Block(headings=headings, rows=tuple(_texts(_HEADING.sub("", block))))


def _texts(html: str) -> Iterator[str]:
    """Yield the texts of a piece of a page without numbers that stand alone: those of citations stand everywhere."""
    for piece in html_pieces(html):
        if not piece.name and re.search(r"[^\W\d]", piece.text):
            yield piece.text


def _lacking(block: Block, text: str) -> Iterator[str]:
    """Yield what does not stand in the text; the rows stand behind that title which most of them follow."""
    printed = text.splitlines()
    near = [bare("".join(printed[line : line + LINES])) for line in range(len(printed))]
    yield from (heading for heading in block.headings if not any(_stands(heading, lines) for lines in near))
    text = bare(text)
    title, *rows = block.rows
    starts = [found.end() for found in re.finditer(re.escape(bare(title)), text)]
    yield from min(([*_missing(rows, text, start)] for start in starts), key=len)


def _missing(rows: Sequence[str], text: str, start: int) -> Iterator[str]:
    """Yield the rows that do not follow each other from a place on."""
    waiting: list[str] = []
    for row in rows:
        if RIGHT_TO_LEFT.search(row):
            waiting.append(row)
            continue
        found = text.find(bare(row), start)
        if found < 0:
            yield row
            continue
        yield from (each for each in waiting if not _stands(each, text[start:found]))
        waiting, start = [], found + len(bare(row))
    yield from (each for each in waiting if not _stands(each, text[start:]))


def _stands(row: str, text: str) -> bool:
    if RIGHT_TO_LEFT.search(row):
        return all(bare(word) in text for word in unmarked_words(normalize("NFKC", row)))
    return bare(row) in text
