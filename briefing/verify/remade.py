"""The files of an edition against those that its `brief.json` gives once more: whether they say the same."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from html.parser import HTMLParser
from typing import TYPE_CHECKING, NamedTuple
from unicodedata import normalize

from briefing.render import FORMATS
from briefing.verify.editions import RIGHT_TO_LEFT, bare, pdf_pages, unmarked_words
from briefing.verify.quotations import shown

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

ALIKE = 0.7
"""Share of the texts from which a file was made with a page; below, it was made with one that is not at hand."""
BEFORE = 24
"""Characters that a message repeats of what stands before a changed word."""
_SAID = ("aria-label", "content", "href", "title")
"""Attributes that say or lead somewhere."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """What files say that `brief.json` does not, or lack, and those that cannot be compared, as messages."""

    wrong: tuple[str, ...]
    apart: tuple[str, ...]


class Piece(NamedTuple):
    """A text of a file, the line on which it stands, from 1, and the attribute that says it, if one does."""

    text: str
    line: int
    name: str = ""


def check_remade(files: Mapping[str, bytes], made: Sequence[Mapping[str, str]]) -> Compared:
    """Compare the HTML, Markdown and text of an edition with what its data give, blanks and style apart.

    `made` maps names of files to texts, once for each page that the edition may have been set with; a file must say
    what one of them says. Pieces are lines, of HTML the texts between tags and the attributes that are read out or
    followed.
    """
    wrong: list[str] = []
    apart: list[str] = []
    names = {"brief.html", *(f"brief.{ending}" for ending, text in FORMATS.items() if text is not None)}
    for name in sorted(files.keys() & names):
        texts = [pages[name] for pages in made if name in pages]
        read = html_pieces if name == "brief.html" else _lines
        pieces = read(files[name].decode(errors="replace"))
        closest = _closest(pieces, [read(text) for text in dict.fromkeys(texts)])
        if closest is None:
            apart.append(f"{name}: not compared text by text: made with a template or a config that is not at hand")
        else:
            wrong += [f"{name}, {message}" for message in _differing(pieces, closest)]
    return Compared(wrong=tuple(wrong), apart=tuple(apart))


def _closest(pieces: Sequence[Piece], made: Sequence[Sequence[Piece]]) -> Sequence[Piece] | None:
    """Return the pieces that are most like those of the file; None where none are alike."""
    own = [piece.text for piece in pieces]
    best, most = None, ALIKE
    for other in made:
        texts = [piece.text for piece in other]
        if own == texts:
            return other
        like = SequenceMatcher(None, own, texts, autojunk=False).ratio()
        if like >= most:
            best, most = other, like
    return best


def _differing(pieces: Sequence[Piece], made: Sequence[Piece]) -> Iterator[str]:
    """Yield what stands in one sequence alone."""
    own, others = [piece.text for piece in pieces], [piece.text for piece in made]
    for kind, start, end, from_, to in SequenceMatcher(None, own, others, autojunk=False).get_opcodes():
        if kind == "equal":
            continue
        for nth in range(max(end - start, to - from_)):
            piece = pieces[start + nth] if start + nth < end else None
            wanted = made[from_ + nth].text if from_ + nth < to else None
            yield _message(piece, wanted, pieces[min(start, len(pieces) - 1)].line if pieces else 1)


def _message(piece: Piece | None, wanted: str | None, line: int) -> str:
    if piece is None:
        return f"line {line}: lacks {shown(wanted or '')}"
    if wanted is None:
        return f"line {piece.line}: {shown(piece.text)} is not what brief.json gives"
    at = _before(piece.text, wanted)
    return f"line {piece.line}: {shown(piece.text[at:])} stands where brief.json gives {shown(wanted[at:])}"


def _before(one: str, other: str) -> int:
    """Return where two texts are told from: a few words before they part, where that is not at once."""
    parting = next((place for place, pair in enumerate(zip(one, other, strict=False)) if len(set(pair)) > 1), len(one))
    return 0 if parting <= BEFORE else one.rfind(" ", 0, parting - BEFORE) + 1


def _lines(text: str) -> list[Piece]:
    numbered = enumerate(text.splitlines(), start=1)
    return [Piece(" ".join(line.split()), number) for number, line in numbered if line.strip()]


def html_pieces(text: str) -> list[Piece]:
    """Return what a page says: the texts between its tags, and what is read out or followed in its attributes."""
    reader = _Reader()
    reader.feed(text)
    reader.close()
    reader.end()
    return reader.pieces


class _Reader(HTMLParser):
    """Collects what a page says: texts between tags, and what stands in attributes."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[Piece] = []
        self._text = ""
        self._line = 1
        self._style = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """End a text, and keep what the tag says; a place where a line may break is none."""
        if tag == "wbr":
            return
        self.end()
        self._style = tag == "style"
        named = dict(attrs)
        if tag != "img" and "http-equiv" not in named:  # a logo and the rules of style are no matter of the data
            self.pieces += [Piece(said, self.getpos()[0], key) for key in _SAID if (said := named.get(key))]

    def handle_endtag(self, tag: str) -> None:  # noqa: ARG002 - the name is the parser's
        """End a text."""
        self.end()
        self._style = False

    def handle_data(self, data: str) -> None:
        """Keep a piece of text."""
        if not self._style:
            self._line = self._line if self._text.strip() else self.getpos()[0]
            self._text += data

    def end(self) -> None:
        """Close the text that was being read."""
        if self._text.strip():
            self.pieces.append(Piece(" ".join(self._text.split()), self._line))
        self._text = ""


# ── figures, row by row ───────────────────────────────────────────────────────────────────────────────────────────────


_BLOCK = re.compile(r'<section[^>]* id="figures".*?</section>', re.DOTALL)
_HEADING = re.compile(r'<h3.*?</h3>|<p class="summary">.*?</p>|(?<=<p>)<b>.*?</b>', re.DOTALL)
"""What happened to whom, with the range, and the line below the title: readers of PDF give these first or last."""

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
    """Yield what the text does not hold; the rows stand behind that title or heading which most of them follow."""
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
    heads = "|".join(re.escape(bare(head)) for head in (block.title, *block.headings[:2]))
    starts = [found.end() for found in re.finditer(heads, plain)]
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
