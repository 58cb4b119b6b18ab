"""RSS, Atom and RDF feeds, read by feedparser, and the wire formats of agencies: every entry is an article.

feedparser is handed bytes and nothing else: a string it would open as a file or an address.
"""

from __future__ import annotations

import re
from contextlib import suppress
from io import BytesIO
from typing import TYPE_CHECKING

from briefing.extract.cleaning import declared_charset, decode
from briefing.extract.draft import UNDECODABLE, Draft, Found, problem, remark
from briefing.extract.lines import unwrapped
from briefing.extract.markup import bounded_markup, fragment_lines, looks_like_markup
from briefing.models import Paragraph, Removal, Role

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from typing import Any, TypeAlias

    from briefing.config import Limits
    from briefing.models import Document

    _Tree: TypeAlias = Any

MOST_ENTRIES = 2_000
_DECLARATION = re.compile(r"^\s*<\?xml[^>]{0,200}\?>")
_BARE_AMPERSAND = re.compile(r"&(?!(?:#\d{1,7}|#x[0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,30});)")
_CDATA = re.compile(r"(<!\[CDATA\[.*?\]\]>)", re.DOTALL)
_PUBLISHED = ("published", "created", "updated")
"""RSS 1.0 and Atom 0.3 have only later dates; the first that is there is taken."""


def read_feed(document: Document, limits: Limits) -> Iterator[Found]:
    """Read the entries of a feed file."""
    text = decode(document.content, declared=declared_charset(document.content[:500]))
    if text is None:
        yield problem(document.origin, UNDECODABLE)
        return
    markup, complaints = bounded_markup(_DECLARATION.sub("", text), limits.document_bytes)
    yield from (remark(document.origin, complaint) for complaint in complaints)
    try:
        feed, entries = _parsed(_with_ampersands(markup).encode("utf-8", "replace"))
    except ValueError:  # what feedparser's strict parser makes of a namespace with a blank in it, of any script
        yield problem(document.origin, "not read: a namespace of the feed is no address (`xmlns`)")
        return
    if not entries:
        yield problem(document.origin, "no entry of a feed in it; RSS, RDF and Atom are read")
    for number, entry in enumerate(entries[:MOST_ENTRIES], start=1):
        yield from _draft(entry, feed, origin=document.origin, entry_name=str(number), limits=limits)
    if len(entries) > MOST_ENTRIES:
        yield problem(document.origin, f"only its first {MOST_ENTRIES:,} entries are read")


def _with_ampersands(markup: str) -> str:
    """Return XML in which an ampersand that opens no entity is one that is shown: "AT&T"."""
    parts = _CDATA.split(markup) if "<![CDATA[" in markup else [markup]
    return "".join(part if part.startswith("<![CDATA[") else _BARE_AMPERSAND.sub("&amp;", part) for part in parts)


def _parsed(content: bytes) -> tuple[Mapping[str, object], list[Mapping[str, object]]]:
    import feedparser

    parsed = feedparser.parse(BytesIO(content), sanitize_html=False, resolve_relative_uris=False)
    return parsed.feed, parsed.entries


def _draft(
    entry: Mapping[str, object], feed: Mapping[str, object], *, origin: str, entry_name: str, limits: Limits
) -> Iterator[Found]:
    lines, removed, complaints = _lines(_body(entry), limits.page_bytes)
    tags = entry.get("tags")
    yield from (remark(f"{origin}#{entry_name}", complaint) for complaint in complaints)
    yield Draft(
        entry=entry_name,
        lines=lines,
        removed=removed,
        title=_plain(entry.get("title")),
        outlet=_source(entry) or _plain(feed.get("title")),
        url=_text(entry.get("link")),
        author=_plain(entry.get("author")),
        published=next((_text(entry.get(name)) for name in _PUBLISHED if name in entry), None),
        language=_language(entry) or _text(feed.get("language")),
        marks=tuple(str(tag.get("term") or "") for tag in tags) if isinstance(tags, list) else (),
    )


def _body(entry: Mapping[str, object]) -> str:
    """Return the longest text that an entry has: its contents, or its summary."""
    contents = entry.get("content")
    texts = (
        [_text(item.get("value")) for item in contents if hasattr(item, "get")] if isinstance(contents, list) else []
    )
    return max((*(text or "" for text in texts), _text(entry.get("summary")) or ""), key=len)


def _lines(text: str, most: int) -> tuple[tuple[Paragraph, ...], tuple[Removal, ...], tuple[str, ...]]:
    if looks_like_markup(text):
        return fragment_lines(text, most=most)
    return tuple(Paragraph(text=line) for line in unwrapped(text)), (), ()


def _plain(value: object) -> str | None:
    """Return a text without the markup that feeds put into titles."""
    text = _text(value)
    if text is None or not looks_like_markup(text):
        return text
    lines, _, _ = fragment_lines(text, most=10_000)
    return " ".join(line.text for line in lines) or None


def _source(entry: Mapping[str, object]) -> str | None:
    """Return the outlet that an aggregated entry names as its source."""
    source = entry.get("source")
    return _plain(source.get("title")) if hasattr(source, "get") else None


def _language(entry: Mapping[str, object]) -> str | None:
    for name in ("summary_detail", "title_detail"):
        detail = entry.get(name)
        if hasattr(detail, "get") and _text(detail.get("language")):
            return _text(detail.get("language"))
    return None


def _text(value: object) -> str | None:
    return value if isinstance(value, str) and value.strip() else None


MOST_ITEMS = 2_000
_PROLOGUE = re.compile(r"^\s*<\?xml[^>]{0,200}\?>|<!DOCTYPE[^>\[]{0,500}>")
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
    markup, complaints = bounded_markup(_PROLOGUE.sub("", text), limits.page_bytes)
    yield from (remark(document.origin, complaint) for complaint in complaints)
    parser = etree.XMLParser(recover=True, resolve_entities=False, no_network=True)
    tree: _Tree = None
    with suppress(etree.XMLSyntaxError):  # of bytes in which nothing is left to recover
        tree = etree.fromstring(markup.encode("utf-8", "replace"), parser)
    items = [] if tree is None else [node for node in tree.iter() if _name(node) in ("newsItem", "NewsItem")]
    if tree is not None and not items:
        items = [node for node in tree.iter() if _name(node) == "nitf"]
    if not items:
        yield problem(document.origin, "no item of a wire service in it; NITF and NewsML are read")
    for number, item in enumerate(items[:MOST_ITEMS], start=1):
        yield _item_draft(item, str(number) if len(items) > 1 else "")


def _name(node: _Tree) -> str:
    return node.tag.rpartition("}")[2] if isinstance(node.tag, str) else ""


def _item_draft(item: _Tree, entry: str) -> Draft:
    body = next((node for name in _BODIES for node in item.iter() if _name(node) == name), item)
    lines = [
        Paragraph(text=text, role=Role.HEADING if _name(node) in _HEADINGS else Role.BODY)
        for node in body.iter()
        if _name(node) in _PARAGRAPHS | _HEADINGS and (text := _inner_text(node))
    ]
    if not lines and (text := _inner_text(body)):
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
                said = _inner_text(node) or next((node.get(at) for at in _SAID_IN if node.get(at)), None)
                if said:
                    return str(said)
    return None


def _inner_text(node: _Tree) -> str:
    return " ".join("".join(node.itertext()).split())
