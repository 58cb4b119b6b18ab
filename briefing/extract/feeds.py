"""RSS, Atom and RDF feeds, read by feedparser, and the wire formats of agencies: every entry is an article.

feedparser is handed bytes and nothing else: a string it would open as a file or an address.
"""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass, replace
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
"""Of a feed; a sitemap for news has 1,000 at most, and of a longer feed the rest is not even parsed."""
_DECLARATION = re.compile(r"^\s*<\?xml[^>]{0,200}\?>")
_BARE_AMPERSAND = re.compile(r"&(?!(?:#\d{1,7}|#x[0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,30});)")
_CDATA = re.compile(r"(<!\[CDATA\[.*?\]\]>)", re.DOTALL)
_ENTRY_END = re.compile(r"</(?:\w+:)?(?:item|entry)\s*>")
_FEED_END = re.compile(r"</(?:rss|(?:\w+:)?feed|rdf:RDF|(?:\w+:)?channel)\s*>")
_PUBLISHED = ("published", "created", "updated")
"""RSS 1.0 and Atom 0.3 have only later dates; the first that is there is taken."""
_PERIODS = {"hourly": 3_600, "daily": 86_400, "weekly": 7 * 86_400}


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedEntry:
    """An entry as its feed has it: nothing is cleaned."""

    guid: str | None = None
    url: str | None = None
    title: str | None = None
    body: str = ""
    """Its longest text, markup and all."""
    author: str | None = None
    published: str | None = None
    language: str | None = None
    outlet: str | None = None
    """The source that an aggregated entry names, or else the feed's title."""
    marks: tuple[str, ...] = ()
    """Its tags."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """A feed that was read."""

    title: str | None = None
    entries: tuple[FeedEntry, ...]
    left: int = 0
    """How many entries there were beyond the most that are read."""
    broken_off: bool = False
    """It ends before its end; its last entry, which may be half of one, is left out."""
    ttl: int | None = None
    """Seconds for which it says that it may be kept."""
    earlier: str | None = None
    """The address of the page of older entries (RFC 5005, JSON Feed)."""


def read_feed(document: Document, limits: Limits) -> Iterator[Found]:
    """Read the entries of a feed file."""
    text = decode(document.content, declared=declared_charset(document.content[:500]))
    if text is None:
        yield problem(document.origin, UNDECODABLE)
        return
    try:
        feed, complaints = _parsed(text, limits.document_bytes)
    except ValueError:  # what feedparser's strict parser makes of a namespace with a blank in it, of any script
        yield problem(document.origin, "not read: a namespace of the feed is no address (`xmlns`)")
        return
    yield from (remark(document.origin, complaint) for complaint in complaints)
    if not feed.entries:
        yield problem(document.origin, "no entry of a feed in it; RSS, RDF and Atom are read")
    for number, entry in enumerate(feed.entries, start=1):
        yield from _draft(entry, origin=document.origin, entry_name=str(number), limits=limits)
    if feed.left:
        yield problem(document.origin, f"only its first {MOST_ENTRIES:,} entries are read")


def parse_feed(content: bytes, *, charset: str | None = None) -> Feed:
    """Return what a feed holds: RSS, RDF or Atom; `charset` is what HTTP says. ValueError where it is none."""
    text = decode(content, declared=declared_charset(content[:500]) or charset)
    if text is None or "<" not in text[:1_000]:
        raise ValueError("no text in any encoding" if text is None else "no feed")
    feed, _ = _parsed(text, len(content))
    if not feed.entries and feed.title is None and not _FEED_END.search(text[-500:]):
        raise ValueError("no feed")
    if feed.broken_off:
        return replace(feed, entries=feed.entries[:-1])
    return feed


def _parsed(text: str, most: int) -> tuple[Feed, tuple[str, ...]]:
    """Return the feed in a text with remarks on how it was read; of what is longer, the first entries alone."""
    import feedparser

    ends = [match.end() for match in _ENTRY_END.finditer(text)]
    shown = text if len(ends) <= MOST_ENTRIES else text[: ends[MOST_ENTRIES - 1]]
    markup, complaints = bounded_markup(_DECLARATION.sub("", shown), most)
    content = _with_ampersands(markup).encode("utf-8", "replace")
    found = feedparser.parse(BytesIO(content), sanitize_html=False, resolve_relative_uris=False)
    entries = found.entries[:MOST_ENTRIES]
    ends_well = bool(ends) and _FEED_END.search(text[ends[-1] :]) is not None
    feed = Feed(
        title=_plain(found.feed.get("title")),
        entries=tuple(_entry(entry, found.feed) for entry in entries),
        left=max(len(ends), len(found.entries)) - len(entries),
        broken_off=bool(entries) and not ends_well and shown is text,
        ttl=_ttl(found.feed),
        earlier=next(
            (_text(link.get("href")) for link in found.feed.get("links", ()) if link.get("rel") in _EARLIER), None
        ),
    )
    return feed, complaints


_EARLIER = ("prev-archive", "next")


def _ttl(feed: Mapping[str, Any]) -> int | None:
    """Return the seconds that `<ttl>` (minutes) or `sy:updatePeriod` says."""
    minutes, period = str(feed.get("ttl") or ""), _PERIODS.get(str(feed.get("sy_updateperiod") or "").strip())
    if minutes.isdigit():
        return 60 * int(minutes[:6])
    often = str(feed.get("sy_updatefrequency") or "1").strip()
    return period and period // max(1, int(often[:4]) if often.isdigit() else 1)


def _with_ampersands(markup: str) -> str:
    """Return XML in which an ampersand that opens no entity is one that is shown: "AT&T"."""
    parts = _CDATA.split(markup) if "<![CDATA[" in markup else [markup]
    return "".join(part if part.startswith("<![CDATA[") else _BARE_AMPERSAND.sub("&amp;", part) for part in parts)


def _entry(entry: Mapping[str, object], feed: Mapping[str, object]) -> FeedEntry:
    tags = entry.get("tags")
    return FeedEntry(
        guid=_text(entry.get("id")),
        url=_text(entry.get("link")),
        title=_plain(entry.get("title")),
        body=_body(entry),
        author=_plain(entry.get("author")),
        published=next((_text(entry.get(name)) for name in _PUBLISHED if name in entry), None),
        language=_language(entry) or _text(feed.get("language")),
        outlet=_source(entry) or _plain(feed.get("title")),
        marks=tuple(str(tag.get("term") or "") for tag in tags) if isinstance(tags, list) else (),
    )


def _draft(entry: FeedEntry, *, origin: str, entry_name: str, limits: Limits) -> Iterator[Found]:
    lines, removed, complaints = _lines(entry.body, limits.page_bytes)
    yield from (remark(f"{origin}#{entry_name}", complaint) for complaint in complaints)
    yield Draft(
        entry=entry_name,
        lines=lines,
        removed=removed,
        title=entry.title,
        outlet=entry.outlet,
        url=entry.url,
        author=entry.author,
        published=entry.published,
        language=entry.language,
        marks=entry.marks,
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
