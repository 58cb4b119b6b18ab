"""RSS, Atom and RDF feeds, read by feedparser: every entry is an article.

feedparser is handed bytes and nothing else: a string it would open as a file or an address.
"""

from __future__ import annotations

import re
from io import BytesIO
from typing import TYPE_CHECKING

from briefing.extract.decoding import declared_charset, decode
from briefing.extract.draft import UNDECODABLE, Draft, Found, problem, remark
from briefing.extract.fragments import fragment_lines, looks_like_markup
from briefing.extract.lines import unwrapped
from briefing.extract.markup import bounded_markup
from briefing.models import Paragraph, Removal

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from briefing.config import Limits
    from briefing.models import Document

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
