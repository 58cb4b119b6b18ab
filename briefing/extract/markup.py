"""Bounds on HTML and XML before a parser sees it, and the one way in which lxml is called.

Nothing here opens a file or a connection, and no entity that a document declares is ever expanded.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.html import HtmlElement

MOST_ATTRIBUTES = 500
"""Attributes of one tag: lxml takes a second for 10,000 and never ends with 300,000."""

TOO_DEEP = "its tags are nested too deep; what stands more than 250 deep is not read"

_SUBSET = re.compile(
    r"<!DOCTYPE[^\[>]{0,1000}\[(?:[^\]\"']|\"[^\"]*+\"|'[^']*+')*+\]\s*>|<!ENTITY[^>]{0,10000}>", re.IGNORECASE
)
_QUOTED = re.compile(r"\"[^\"]*+\"|'[^']*+'")
_FOOTNOTE_MARK = re.compile(r"\s*\[?(?:\d{1,3}|[a-z*†‡])\]?\s*")
_BULK = ("script", "style", "svg", "noscript", "iframe")


def bounded_markup(text: str, most: int) -> tuple[str, tuple[str, ...]]:
    """Return markup that a parser can take, at most `most` bytes of it, and what was left out, with its place."""
    complaints: list[str] = []
    text, line = _without_entities(text)
    if line:
        complaints.append(f"line {line}: it declares XML entities of its own, which are not expanded")
    text, line = _without_attribute_floods(text)
    if line:
        complaints.append(f"line {line}: a tag has more than {MOST_ATTRIBUTES} attributes, which are not read")
    if len(text) > most // 4 and len(text.encode("utf-8", "replace")) > most:
        text = _without_bulk(text)
        encoded = text.encode("utf-8", "replace")
        if len(encoded) > most:
            text = encoded[:most].decode("utf-8", "ignore")
            complaints.append(f"only its first {most:,} bytes are read (limits.page_bytes)")
    return text, tuple(complaints)


def parse_markup(markup: str) -> tuple[HtmlElement | None, tuple[str, ...], bool]:
    """Return the tree of HTML, the marks of footnotes taken out of it, and whether it nests deeper than lxml follows.

    The tree is None where there is none. What the page marks as hidden is not in it.
    """
    from lxml import etree, html

    parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True)
    try:
        tree = html.document_fromstring(markup.encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return None, (), False
    too_deep = any(entry.type_name in {"ERR_INTERNAL_ERROR", "ERR_RESOURCE_LIMIT"} for entry in parser.error_log)
    marks: tuple[str, ...] = ()
    for element in cast("list[HtmlElement]", tree.xpath("//body//*[@hidden] | //sup[.//a]")):
        text = element.text_content()
        is_hidden = element.get("hidden") is not None
        if is_hidden or _FOOTNOTE_MARK.fullmatch(text):
            marks += () if is_hidden else (text.strip(),)
            element.clear(keep_tail=True)
    return tree, marks, too_deep


def _without_entities(text: str) -> tuple[str, int]:
    """Return the text without entity declarations, and the line of the first one (0: there was none)."""
    at = text.find("<!ENTITY")
    if at < 0:
        return text, 0
    return _SUBSET.sub("", text), text.count("\n", 0, at) + 1


def _without_attribute_floods(text: str) -> tuple[str, int]:
    """Return the text with overgrown tags cut down to their names, and the line of the first (0: none)."""
    floods = list(_floods(text))
    if not floods:
        return text, 0
    line = text.count("\n", 0, floods[0][0]) + 1
    for start, end in reversed(floods):
        text = text[:start] + text[end:]
    return text, line


def _floods(text: str) -> Iterator[tuple[int, int]]:
    """Yield where the attributes of overgrown tags start and end."""
    end = -1
    while (after := text.find(">", end + 1)) >= 0:
        start = text.rfind("<", end + 1, after)
        if start >= 0 and after - start > 2 * MOST_ATTRIBUTES:
            words = _QUOTED.sub("", text[start:after]).split()
            if len(words) > MOST_ATTRIBUTES:
                yield start + len(words[0]), after
        end = after


def _without_bulk(text: str) -> str:
    """Drop what carries no text and fills pages: scripts other than JSON-LD, styles, drawings."""
    for name in _BULK:
        parts, at = [], 0
        folded = text.lower()
        while (start := folded.find(f"<{name}", at)) >= 0:
            end = folded.find(f"</{name}", start)
            if end < 0:
                break
            keep = "ld+json" in folded[start : start + 300].partition(">")[0]
            parts.append(text[at : end if keep else start])
            at = end
        text = "".join((*parts, text[at:]))
    return text
