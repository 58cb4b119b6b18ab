"""HTML that is an article already (a feed's entry, a mail): block by block into lines, nothing chosen."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from briefing.extract.markup import TOO_DEEP, bounded_markup, parse_markup
from briefing.extract.sequence import ends_sentence
from briefing.models import Paragraph, Removal, Role

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_BLOCKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "br",
        "center",
        "dd",
        "details",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "html",
        "li",
        "main",
        "nav",
        "ol",
        "p",
        "pre",
        "section",
        "summary",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "ul",
    ]
)
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_SILENT = frozenset(
    [
        "script",
        "style",
        "head",
        "title",
        "template",
        "svg",
        "math",
        "object",
        "embed",
        "iframe",
        "noscript",
        "select",
        "button",
        "textarea",
    ]
)
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|max-height\s*:\s*0|font-size\s*:\s*0", re.IGNORECASE)
_MARKUP = re.compile(r"<(?:/?[a-zA-Z][^<>]{0,5000}|!--)>?")
_ENTITY = re.compile(r"&(?:#\d{1,7}|#x[0-9a-fA-F]{1,6}|[a-zA-Z]{2,10});")
_SPACES = re.compile(r"[ \t\n\r\f]+")
_EMPTY_LINE = re.compile(r"\n[ \t\r]*\n\s*")
"""What parts paragraphs in <pre>; a single line end there may be mere wrapping."""
_LINK_SHARE = 0.9
_LINK_CHARS = 250


def looks_like_markup(text: str) -> bool:
    """Return whether a text that may be HTML or plain is HTML."""
    return bool(_MARKUP.search(text) or _ENTITY.search(text))


def fragment_lines(markup: str, *, most: int) -> tuple[tuple[Paragraph, ...], tuple[Removal, ...], tuple[str, ...]]:
    """Return the lines of an HTML fragment, those that are captions or only links, and what its bounds cut."""
    text, complaints = bounded_markup(markup, most)
    tree, too_deep = parse_markup(text)
    if tree is None:
        return (), (), complaints
    lines, removed = lines_of(tree)
    if not lines:  # all of it is one link, as feeds like to have it
        lines = tuple(Paragraph(text=line.text) for line in removed if ends_sentence(line.text))
        removed = tuple(line for line in removed if not ends_sentence(line.text))
    return lines, removed, (*complaints, TOO_DEEP) if too_deep else complaints


def lines_of(tree: HtmlElement) -> tuple[tuple[Paragraph, ...], tuple[Removal, ...]]:
    """Return the visible lines of a tree in their order, and those that are captions or only links."""
    walk = _Walk()
    walk.through(tree)
    walk.close_line()
    return tuple(walk.lines), tuple(walk.removed)


class _Walk:
    """Collects the lines of a tree; without recursion, since a hostile one is deep."""

    def __init__(self) -> None:
        self.lines: list[Paragraph] = []
        self.removed: list[Removal] = []
        self._parts: list[str] = []
        self._linked = 0
        self._tags: list[str] = []

    def through(self, tree: HtmlElement) -> None:
        """Read a whole tree in document order, but for what browsers do not show."""
        from lxml import etree

        events = etree.iterwalk(tree, events=("start", "end"))
        for event, element in events:
            if element.tag in _BLOCKS:
                self.close_line()
            if event == "end":
                self._tags.pop()
                self._add(element.tail if element is not tree else None)
                continue
            self._tags.append(str(element.tag))
            if element.tag in _SILENT or _HIDDEN.search(element.get("style") or ""):
                events.skip_subtree()
            else:
                self._add(element.text)

    def _add(self, text: str | None) -> None:
        for place, block in enumerate(_EMPTY_LINE.split(text or "") if "pre" in self._tags else (text or "",)):
            if place:
                self.close_line()
            self._parts.append(block)
            if "a" in self._tags:
                self._linked += len(block.strip())

    def close_line(self) -> None:
        """Finish the line that the parts so far make up."""
        text, linked = _SPACES.sub(" ", "".join(self._parts)).strip(), self._linked
        self._parts.clear()
        self._linked = 0
        if not text:
            return
        if "figcaption" in self._tags:
            self.removed.append(Removal(text=text, reason="photo caption"))
        elif linked >= _LINK_SHARE * len(text) and len(text) <= _LINK_CHARS:
            self.removed.append(Removal(text=text, reason="link to elsewhere"))
        else:
            role = Role.HEADING if _HEADINGS.intersection(self._tags) else Role.BODY
            self.lines.append(Paragraph(text=text, role=role))
