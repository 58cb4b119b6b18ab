"""What agencies send: NITF, NewsML 1 and NewsML-G2."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from briefing.extract.decoding import declared_charset, decode
from briefing.extract.draft import UNDECODABLE, Draft, Found, problem, remark
from briefing.extract.markup import bounded_markup
from briefing.models import Paragraph, Role

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any, TypeAlias

    from briefing.config import Limits
    from briefing.models import Document

    _Tree: TypeAlias = Any

MOST_ITEMS = 2_000
_DECLARATION = re.compile(r"^\s*<\?xml[^>]{0,200}\?>|<!DOCTYPE[^>\[]{0,500}>")
_TITLES = ("headline", "HeadLine", "hl1", "title")
_DATES = (
    "versionCreated", "firstCreated", "contentCreated", "date.issue", "date.release", "story.date", "FirstCreated",
    "ThisRevisionCreated", "DateAndTime",
)  # fmt: skip
_SAID_IN = ("norm", "literal", "name", "holder", "FormalName")
"""Attributes that hold what an element without text says."""
_OUTLETS = ("creditline", "provider", "infoSource", "pubdata", "distributor", "Provider", "doc.copyright")
_PARAGRAPHS = frozenset(("p", "hl2", "li"))
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "hl2"))
_BODIES = ("body.content", "inlineXML", "inlineData", "DataContent", "body")


def read_wire(document: Document, limits: Limits) -> Iterator[Found]:
    """Read every item of a wire file."""
    from lxml import etree

    text = decode(document.content, declared=declared_charset(document.content[:500]))
    if text is None:
        yield problem(document.origin, UNDECODABLE)
        return
    markup, complaints = bounded_markup(_DECLARATION.sub("", text), limits.page_bytes)
    yield from (remark(document.origin, complaint) for complaint in complaints)
    parser = etree.XMLParser(recover=True, resolve_entities=False, no_network=True)
    tree: _Tree = etree.fromstring(markup.encode("utf-8", "replace"), parser)
    items = [] if tree is None else [node for node in tree.iter() if _name(node) in ("newsItem", "NewsItem")]
    if tree is not None and not items:
        items = [node for node in tree.iter() if _name(node) == "nitf"]
    if not items:
        yield problem(document.origin, "no item of a wire service in it; NITF and NewsML are read")
    for number, item in enumerate(items[:MOST_ITEMS], start=1):
        yield _draft(item, str(number) if len(items) > 1 else "")


def _name(node: _Tree) -> str:
    return node.tag.rpartition("}")[2] if isinstance(node.tag, str) else ""


def _draft(item: _Tree, entry: str) -> Draft:
    body = next((node for name in _BODIES for node in item.iter() if _name(node) == name), item)
    lines = [
        Paragraph(text=text, role=Role.HEADING if _name(node) in _HEADINGS else Role.BODY)
        for node in body.iter()
        if _name(node) in _PARAGRAPHS | _HEADINGS and (text := _text(node))
    ]
    if not lines and (text := _text(body)):
        lines = [Paragraph(text=part) for part in "".join(body.itertext()).split("\n") if part.strip()] or [
            Paragraph(text=text)
        ]
    language = item.get("{http://www.w3.org/XML/1998/namespace}lang")
    return Draft(
        entry=entry,
        lines=tuple(lines),
        title=_first(item, _TITLES),
        outlet=_first(item, _OUTLETS),
        author=_first(item, ("byline", "by", "ByLine")),
        published=_first(item, _DATES),
        language=language,
    )


def _first(item: _Tree, names: tuple[str, ...]) -> str | None:
    """Return what the first of these elements says, as text or as an attribute."""
    for name in names:
        for node in item.iter():
            if _name(node) == name:
                said = _text(node) or next((node.get(at) for at in _SAID_IN if node.get(at)), None)
                if said:
                    return str(said)
    return None


def _text(node: _Tree) -> str:
    return " ".join("".join(node.itertext()).split())
