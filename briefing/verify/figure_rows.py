"""The figures that accounts give differently, as a PDF shows them: heading, range and rows in their order."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple
from unicodedata import normalize

from briefing.verify.editions import RIGHT_TO_LEFT, bare, pdf_pages, unmarked_words
from briefing.verify.quotations import shown
from briefing.verify.remade import html_pieces

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

_BLOCK = re.compile(r'<section[^>]* id="figures".*?</section>', re.DOTALL)
_HEADING = re.compile(r"<h3.*?</h3>|(?<=<p>)<b>.*?</b>", re.DOTALL)
"""What befell whom, and the range: some readers of PDF give all headings of a section first."""

_NUMBER = re.compile(r"\d+(?:[.,:]\d+)*")
LINES = 3
"""Lines that a heading or a row takes at the most."""


class Block(NamedTuple):
    """What a page prints where figures differ."""

    title: str
    headings: tuple[str, ...]
    rows: tuple[str, ...]
    """What stands in the rows, in their order."""
    mixed: bool
    """Whether the page itself runs from right to left: then what stands on one line is read in any order."""


def check_rows(files: Mapping[str, bytes], made: Sequence[Mapping[str, str]]) -> tuple[str, ...]:
    """Return what the PDF of an edition lacks of its figures, as messages; nothing where it leaves the block out.

    `made` are the pages that the edition may have been set with: the one of which least is missing is asked for. Rows
    must follow each other; those beside what runs from right to left must have their words in the same few lines.
    """
    if "brief.pdf" not in files:
        return ()
    text = "\n".join(pdf_pages(files["brief.pdf"]))
    blocks = dict.fromkeys(block for pages in made for block in _blocks(pages["brief.html"]))
    lacking = [list(dict.fromkeys(_lacking(block, text))) for block in blocks if bare(block.title) in bare(text)]
    fewest = min(lacking, key=len, default=[])
    return tuple(f"brief.pdf: does not show {shown(each)} where figures differ" for each in fewest)


def _blocks(html: str) -> Iterator[Block]:
    for block in _BLOCK.findall(html):
        headings = tuple(" ".join(piece.text for piece in html_pieces(each)) for each in _HEADING.findall(block))
        title, *rows = _texts(_HEADING.sub("", block))
        yield Block(title, headings, tuple(rows), mixed='dir="rtl"' in html[: html.index("<head>")])


def _texts(html: str) -> Iterator[str]:
    """Yield the texts of a piece of a page without numbers that stand alone: those of citations stand everywhere."""
    for piece in html_pieces(html):
        if not piece.name and re.search(r"[^\W\d]", piece.text):
            yield piece.text


def _lacking(block: Block, text: str) -> Iterator[str]:
    """Yield what the text does not hold; the rows stand behind that title which most of them follow."""
    for heading in block.headings:
        yield from _scattered([heading], text)
    loose = [
        block.mixed or any(map(RIGHT_TO_LEFT.search, block.rows[max(0, place - 1) : place + 2]))
        for place in range(len(block.rows))
    ]
    if any(loose):
        yield from _scattered(block.rows, text)
    strict = [row for row, is_loose in zip(block.rows, loose, strict=True) if not is_loose]
    plain = bare(text)
    starts = [found.end() for found in re.finditer(re.escape(bare(block.title)), plain)]
    yield from min(([*_missing(strict, plain, start)] for start in starts), key=len)


def _scattered(rows: Sequence[str], text: str) -> list[str]:
    """Return the rows whose words do not stand in that stretch of lines which holds most of them all."""
    lines, length = normalize("NFKC", text).splitlines(), LINES * len(rows)
    words = {row: _words(normalize("NFKC", row)) for row in rows}
    stretches = (" ".join(lines[line : line + length]) for line in range(len(lines)))
    near = ((bare(stretch), frozenset(_NUMBER.findall(stretch))) for stretch in stretches)
    missing = ([row for row in rows if not _holds(words[row], *each)] for each in near)
    return min(missing, key=len, default=[])


def _words(text: str) -> list[str]:
    return [*_NUMBER.findall(text), *(word for word in sorted(unmarked_words(text)) if not word.isdecimal())]


def _holds(words: Sequence[str], text: str, numbers: Collection[str]) -> bool:
    """Tell whether words stand in a text without blanks, and numbers among its own."""
    return all(word in numbers if _NUMBER.fullmatch(word) else bare(word) in text for word in words)


def _missing(rows: Sequence[str], text: str, start: int) -> Iterator[str]:
    """Yield the rows that do not follow each other from a place on."""
    for row in rows:
        found = text.find(bare(row), start)
        if found < 0:
            yield row
        else:
            start = found + len(bare(row))
