"""What Word shows of a Word file: every part of it, with every tracked change accepted."""

from __future__ import annotations

import io
import re
import zipfile
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any, TypeAlias

    _Tree: TypeAlias = Any  # the stubs of lxml do not know `keep_tail`

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_NAMES = {"w": _W[1:-1], "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006"}
_GONE = (
    "//w:del[not(parent::w:rPr|parent::w:trPr)]|//w:moveFrom[not(parent::w:rPr|parent::w:trPr)]|//w:delText"
    "|//w:instrText|//mc:Fallback|//w:tr[w:trPr/w:del]|//w:r[w:rPr/w:vanish[not(@w:val='0' or @w:val='false')]]"
)
_PART = re.compile(r"word/(?:document\d?|header\d*|footer\d*|footnotes|endnotes|comments)\.xml")


def shown_by_word(content: bytes, *, most: int) -> str:
    """Return the text of a Word file; raises ValueError where it unpacks to more than `most` bytes."""
    from lxml import etree

    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        infos = [info for info in archive.infolist() if _PART.fullmatch(info.filename)]
        if sum(info.file_size for info in infos) > most:
            raise ValueError(f"more than {most:,} bytes")
        parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
        trees = [etree.fromstring(archive.read(info), parser) for info in infos]
    return "\n".join(text for tree in trees for text in _story(tree))


def _story(tree: _Tree) -> Iterator[str]:
    """Yield the text of a part of a Word file as it is with every change accepted; boxes and notes are of it."""
    for element in tree.xpath(_GONE, namespaces=_NAMES):
        element.clear(keep_tail=True)
    merged = set(tree.xpath("//w:p[w:pPr/w:rPr/w:del or w:pPr/w:rPr/w:moveFrom]", namespaces=_NAMES))
    yield from _paragraphs(tree, merged)


def _paragraphs(tree: _Tree, merged: set[_Tree]) -> Iterator[str]:
    """Yield the paragraphs of a part, what is struck out apart from the sentence; a box's stand for themselves."""
    from lxml import etree

    pieces = {_W + "tab": "\t", _W + "br": "\n", _W + "cr": "\n", _W + "noBreakHyphen": "-"}
    stack: list[tuple[list[str], list[str]]] = [([], [])]
    for event, element in etree.iterwalk(tree, events=("start", "end")):
        if element.tag == _W + "p":
            if event == "start":
                stack.append(([], []))
                continue
            own, struck = stack.pop()
            stack[0][0].append("".join(own) + ("" if element in merged else "\n"))
            stack[0][1].append("".join(struck))
        elif event == "start" and element.tag in (_W + "t", _M + "t"):
            out = any(_is_on(element.getparent(), name) for name in ("strike", "dstrike"))
            stack[-1][1 if out else 0].append(element.text or "")
        elif event == "start" and element.tag in pieces and element.getparent().tag != _W + "tabs":
            stack[-1][0].append(pieces[element.tag])
    yield "".join(stack[0][0])
    yield "\n".join(stack[0][1])


def _is_on(run: _Tree, name: str) -> bool:
    mark = run.find(f"{_W}rPr/{_W}{name}") if run is not None else None
    return mark is not None and mark.get(_W + "val") not in ("0", "false", "off")
