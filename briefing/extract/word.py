"""Word documents (.docx), as Word shows them with every tracked change accepted.

mammoth and docx2python were tried on forty ways of losing words: 31 and 29 came through whole.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from collections import Counter
from dataclasses import dataclass, field
from io import BytesIO
from typing import TYPE_CHECKING

from briefing.extract.draft import Draft, Found, Inner, problem
from briefing.extract.lines import closes, rejoined
from briefing.extract.media_types import name_promises, too_much
from briefing.extract.sequence import is_paragraph
from briefing.extract.text_files import split_titled
from briefing.models import Document, Paragraph, Removal, Role

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any, TypeAlias

    from briefing.config import Limits

    _Tree: TypeAlias = Any

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_COMPATIBILITY = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_FACTS = "{http://purl.org/dc/elements/1.1/}"
_PARTS = (
    (re.compile(r"word/document\d*\.xml"), None),
    (re.compile(r"word/footnotes\d*\.xml"), "footnote"),
    (re.compile(r"word/endnotes\d*\.xml"), "footnote"),
    (re.compile(r"word/(?:header|footer)\d*\.xml"), "page header or footer"),
    (re.compile(r"word/comments\d*\.xml"), "reviewer's comment"),
    (re.compile(r"word/(?:charts/chart|diagrams/data)\d*\.xml"), "chart or diagram"),
)
"""The parts that Word shows, and why all but the first are no text."""
_SKIPPED = frozenset(_W + name for name in ("del", "moveFrom", "delText", "instrText", "delInstrText", "rt"))
_STRICT = re.compile(rb"http://purl\.oclc\.org/ooxml/(\w+)/(\w+)")
"""How the namespaces of a "Strict Open XML" file begin (ISO/IEC 29500-1), which are else the same."""
_PARAGRAPHS = frozenset((f"{_W}p", f"{_DRAWING}p"))
_TEXTS = frozenset((f"{_W}t", f"{_MATH}t", f"{_DRAWING}t"))
_IMPORTED = re.compile(r"word/[^/]*chunk[^/]*\.(?:docx|html?|mht|txt|xhtml)", re.IGNORECASE)
"""A file within the file that Word shows as part of its text (`w:altChunk`)."""
_SIGNS = {_W + "tab": "\t", _W + "br": "\n", _W + "cr": "\n", _W + "noBreakHyphen": "-"}
_OFF = frozenset({"0", "false", "off"})
_GENERATED = "python-docx"
"""The author that a library's own template names: nobody."""
_LABEL_CHARS = 40
_MOST_BASES = 12
"""Styles that are based on each other, one on the next."""


def read_word(document: Document, limits: Limits) -> Iterator[Found]:
    """Read one article from a Word document."""
    refusal = too_much(document.content, limits)
    if refusal:
        yield problem(document.origin, refusal)
        return
    from lxml import etree

    try:
        with zipfile.ZipFile(BytesIO(document.content)) as archive:
            imported = [name for name in archive.namelist() if _IMPORTED.fullmatch(name)]
            draft = _draft(archive)
            if draft.lines or not imported:
                yield draft
            for name in imported:
                inner = Document(origin=document.origin, media_type=name_promises(name), content=archive.read(name))
                yield Inner(document=inner, entry=name.rpartition("/")[2])
    except (etree.LxmlError, zipfile.BadZipFile, zlib.error, LookupError, ValueError, OSError, EOFError, RuntimeError):
        yield problem(document.origin, "no Word document can be read in it; save it anew as .docx")


def _draft(archive: zipfile.ZipFile) -> Draft:
    names = archive.namelist()
    styles = _styles(_parsed(archive, "word/styles.xml")) if "word/styles.xml" in names else {}
    facts = _parsed(archive, "docProps/core.xml") if "docProps/core.xml" in names else None
    lines: list[Paragraph] = []
    removed: list[Removal] = []
    for pattern, reason in _PARTS:
        for name in sorted(filter(pattern.fullmatch, names)):
            story = _Story(styles)
            story.read(_parsed(archive, name))
            removed += story.removed
            if reason is None:
                lines += story.lines
            else:
                removed += [Removal(text=line.text, reason=reason) for line in story.lines]
    if not any(re.fullmatch(_PARTS[0][0], name) for name in names):
        raise LookupError("word/document.xml")
    title, translation, rest = split_titled(tuple(lines))
    author = _fact(facts, "creator")
    return Draft(
        lines=rest,
        removed=tuple(removed),
        title=title or _fact(facts, "title"),
        title_translation=translation,
        author=author if author != _GENERATED else None,
        language=_fact(facts, "language"),
    )


def _parsed(archive: zipfile.ZipFile, name: str) -> _Tree:
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
    tree = etree.fromstring(_STRICT.sub(rb"http://schemas.openxmlformats.org/\1/2006/\2", archive.read(name)), parser)
    if tree is None:
        raise ValueError(name)
    return tree


def _fact(facts: _Tree, name: str) -> str | None:
    return None if facts is None else (facts.findtext(_FACTS + name) or "").strip() or None


@dataclass(frozen=True, slots=True)
class _Style:
    """What a style says of its text; names are the same in every language, ids are not."""

    name: str = ""
    vanish: bool = False
    struck: bool = False


_PLAIN = _Style()


def _styles(tree: _Tree) -> dict[str, _Style]:
    """Return the styles by their ids, each with what it takes over from the style that it is based on."""
    found: dict[str, _Style] = {}
    for _ in range(_MOST_BASES):
        before = dict(found)
        for style in tree.iter(f"{_W}style"):
            name, base = style.find(f"{_W}name"), style.find(f"{_W}basedOn")
            over = before.get(base.get(f"{_W}val", ""), _PLAIN) if base is not None else _PLAIN
            run = style.find(f"{_W}rPr")
            vanish, struck = _says(run, "vanish"), _struck(run)
            found[style.get(f"{_W}styleId", "")] = _Style(
                "" if name is None else name.get(f"{_W}val", "").lower(),
                over.vanish if vanish is None else vanish,
                over.struck if struck is None else struck,
            )
        if found == before:
            break
    return found


def _role(style: str) -> Role:
    if style.startswith(("heading", "title")):
        return Role.HEADING
    return Role.STANDFIRST if style == "subtitle" else Role.BODY


def _says(properties: _Tree, name: str) -> bool | None:
    """Return whether a property is on, or None where nothing is said of it."""
    mark = properties.find(_W + name) if properties is not None else None
    return None if mark is None else mark.get(f"{_W}val") not in _OFF


def _struck(properties: _Tree) -> bool | None:
    said = [on for name in ("strike", "dstrike") if (on := _says(properties, name)) is not None]
    return any(said) if said else None


@dataclass(slots=True)
class _Open:
    """A paragraph or a cell that is being read."""

    parts: list[str] = field(default_factory=list)
    struck: list[str] = field(default_factory=list)
    boxes: list[Paragraph] = field(default_factory=list)
    """What boxes that are anchored in it hold: it stands behind the paragraph."""
    style: str = ""


@dataclass(slots=True)
class _Row:
    cells: list[list[Paragraph]] = field(default_factory=list)


@dataclass(slots=True)
class _Story:
    """Reads one part; without recursion, since a hostile one is deep."""

    styles: dict[str, _Style]
    lines: list[Paragraph] = field(default_factory=list)
    removed: list[Removal] = field(default_factory=list)
    _open: list[_Open] = field(default_factory=list)
    _kept: list[_Open] = field(default_factory=list)
    """Paragraphs whose mark a reviewer has struck: they go on in the next one."""
    _places: list[list[Paragraph]] = field(default_factory=list)
    """Where finished lines go: cells that are open, the innermost last."""
    _rows: list[_Row] = field(default_factory=list)
    _fields: list[bool] = field(default_factory=list)
    """Fields that are open, the innermost last: whether their result has begun, which alone is shown."""

    def read(self, tree: _Tree) -> None:
        """Read a whole part in document order."""
        from lxml import etree

        marks = Counter(mark.get(f"{_W}fldCharType") for mark in tree.iter(f"{_W}fldChar"))
        has_fields = marks["begin"] == marks["end"]  # else it is damaged, and all of it is shown
        events = etree.iterwalk(tree, events=("start", "end"))
        for event, element in events:
            if not isinstance(element.tag, str):
                continue
            if event == "end":
                self._end(element)
            elif element.tag in _SKIPPED or self._is_unseen(element):
                events.skip_subtree()
            elif has_fields and element.tag == f"{_W}fldChar":
                self._mark_field(element.get(f"{_W}fldCharType"))
            elif all(self._fields) or element.tag not in _TEXTS:
                self._start(element)

    def _mark_field(self, kind: str | None) -> None:
        if kind == "begin":
            self._fields.append(False)
        elif kind == "separate" and self._fields:
            self._fields[-1] = True
        elif self._fields:
            self._fields.pop()

    def _is_unseen(self, element: _Tree) -> bool:
        if element.tag == f"{_W}r":
            said = _says(element.find(f"{_W}rPr"), "vanish")
            return any(style.vanish for style in self._styles_of(element)) if said is None else said
        if element.tag == f"{_W}tc":
            return element.find(f"{_W}tcPr/{_W}cellDel") is not None
        if element.tag == f"{_W}tr":
            properties = element.find(f"{_W}trPr")
            return properties is not None and properties.find(f"{_W}del") is not None
        if element.tag == f"{_COMPATIBILITY}Fallback":
            return element.getparent().find(f"{_COMPATIBILITY}Choice") is not None
        return False

    def _start(self, element: _Tree) -> None:
        tag = element.tag
        if tag in _PARAGRAPHS:
            self._open.append(_Open(style=self._style_of(element)))
        elif tag == f"{_W}tr":
            self._rows.append(_Row())
        elif tag == f"{_W}tc":
            self._places.append([])
        elif self._open and tag in _TEXTS:
            struck = _struck(element.getparent().find(f"{_W}rPr"))
            if struck is None:
                struck = any(style.struck for style in self._styles_of(element.getparent()))
            (self._open[-1].struck if struck else self._open[-1].parts).append(element.text or "")
        elif self._open and tag in _SIGNS and element.getparent().tag == f"{_W}r":
            self._open[-1].parts.append(_SIGNS[tag])

    def _end(self, element: _Tree) -> None:
        if element.tag in _PARAGRAPHS and self._open:
            self._end_paragraph(element)
        elif element.tag == f"{_W}tc" and self._places:
            cell = self._places.pop()
            if self._rows:
                self._rows[-1].cells.append(cell)
        elif element.tag == f"{_W}tr" and self._rows:
            for line in _row(self._rows.pop().cells):
                self._give(line)

    def _end_paragraph(self, element: _Tree) -> None:
        closed = self._open.pop()
        if self._kept and not self._open:
            before = self._kept.pop()
            closed = _Open(
                [*before.parts, *closed.parts],
                [*before.struck, *closed.struck],
                [*before.boxes, *closed.boxes],
                before.style,
            )
        mark = element.find(f"{_W}pPr/{_W}rPr")
        struck = mark is not None and any(mark.find(_W + name) is not None for name in ("del", "moveFrom"))
        if not self._open and (struck or _is_initial(element)):
            self._kept.append(closed)
            return
        role = _role(self.styles[closed.style].name if closed.style in self.styles else closed.style.lower())
        lines = rejoined([line for part in "".join(closed.parts).split("\n") if (line := " ".join(part.split()))])
        self.removed += [Removal(text=text, reason="struck out") for text in closed.struck if text.strip()]
        own = [Paragraph(text=line, role=role) for line in lines]
        for paragraph in (*own, *closed.boxes):
            if self._open:
                self._open[-1].boxes.append(paragraph)
            else:
                self._give(paragraph)

    def _give(self, line: Paragraph) -> None:
        (self._places[-1] if self._places else self.lines).append(line)

    def _style_of(self, paragraph: _Tree) -> str:
        style = paragraph.find(f"{_W}pPr/{_W}pStyle")
        return "" if style is None else style.get(f"{_W}val", "")

    def _styles_of(self, run: _Tree) -> Iterator[_Style]:
        """Yield the styles of a run and of its paragraph."""
        own = run.find(f"{_W}rPr/{_W}rStyle")
        yield self.styles.get("" if own is None else own.get(f"{_W}val", ""), _PLAIN)
        yield self.styles.get(self._open[-1].style if self._open else "", _PLAIN)


def _is_initial(paragraph: _Tree) -> bool:
    """Return whether a paragraph is the large first letter of the next one."""
    frame = paragraph.find(f"{_W}pPr/{_W}framePr")
    return frame is not None and frame.get(f"{_W}dropCap") in ("drop", "margin")


def _row(cells: list[list[Paragraph]]) -> Iterator[Paragraph]:
    """Yield the lines of a table's row: a short cell before a sentence is its label, as in "Dorrin: The dam …"."""
    filled = [cell for cell in cells if cell]
    label = " ".join(line.text for line in filled[0]) if filled else ""
    is_label = len(filled) == 2 and len(label) <= _LABEL_CHARS and not closes(label) and is_paragraph(filled[1][0].text)
    if is_label:
        first, *rest = filled[1]
        yield Paragraph(text=f"{label.rstrip(': ')}: {first.text}", role=Role.BODY)
        yield from rest
    elif len(filled) > 1 and not any(is_paragraph(line.text) for cell in filled for line in cell):
        yield Paragraph(text=" | ".join(line.text for cell in filled for line in cell), role=Role.HEADING)
    else:
        yield from (line for cell in filled for line in cell)
