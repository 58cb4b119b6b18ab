"""Word documents (.docx): paragraphs and headings as python-docx reads them."""

from __future__ import annotations

import zipfile
import zlib
from io import BytesIO
from typing import TYPE_CHECKING

from briefing.extract.archives import too_much
from briefing.extract.draft import Draft, Found, problem
from briefing.extract.plain_text import split_titled
from briefing.models import Paragraph, Role

if TYPE_CHECKING:
    from collections.abc import Iterator

    from docx.document import Document as WordDocument

    from briefing.config import Limits
    from briefing.models import Document

_GENERATED = "python-docx"
"""The author that the library's own template names: nobody."""


def read_word(document: Document, limits: Limits) -> Iterator[Found]:
    """Read one article from a Word document."""
    refusal = too_much(document.content, limits)
    if refusal:
        yield problem(document.origin, refusal)
        return
    read = _read(document.content)
    if read is None:
        yield problem(document.origin, "no Word document can be read in it; save it anew as .docx")
    else:
        yield read


def _read(content: bytes) -> Draft | None:
    import docx
    from docx.opc.exceptions import OpcError
    from lxml import etree

    try:
        return _draft(docx.Document(BytesIO(content)))
    except (
        OpcError,
        etree.LxmlError,
        zipfile.BadZipFile,
        zlib.error,
        LookupError,
        ValueError,
        AttributeError,
        OSError,
        EOFError,
    ):
        return None  # what python-docx raises for broken parts, as they come


def _draft(word: WordDocument) -> Draft:
    title, translation, lines = split_titled(tuple(_lines(word)))
    properties = word.core_properties
    return Draft(
        lines=lines,
        title=title or properties.title or None,
        title_translation=translation,
        author=properties.author if properties.author != _GENERATED else None,
        language=properties.language or None,
    )


def _lines(word: WordDocument) -> Iterator[Paragraph]:
    for paragraph in word.paragraphs:
        style = (paragraph.style.name or "") if paragraph.style is not None else ""
        role = _role(style)
        for line in paragraph.text.split("\n"):
            if line.strip():
                yield Paragraph(text=line, role=role)


def _role(style: str) -> Role:
    if style.startswith(("Heading", "Title")):
        return Role.HEADING
    return Role.STANDFIRST if style == "Subtitle" else Role.BODY
