"""HTML within bounds, and its visible blocks: each as one line, with where it stands and how much of it is linked.

Nothing here opens a file or a connection, and no entity that a document declares is ever expanded.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from briefing.extract.lines import closes, grouped, joined, unwrapped
from briefing.models import Paragraph, Removal, Role

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from lxml.html import HtmlElement

MOST_ATTRIBUTES = 500
"""Attributes of one tag: lxml takes a second for 10,000 and never ends with 300,000."""

TOO_DEEP = "its tags are nested too deep; what stands more than 250 deep is not read"

_SUBSET = re.compile(
    r"<!DOCTYPE[^\[>]{0,1000}\[(?:[^\]\"']|\"[^\"]*+\"|'[^']*+')*+\]\s*>|<!ENTITY[^>]{0,10000}>", re.IGNORECASE
)
_QUOTED = re.compile(r"\"[^\"]*+\"|'[^']*+'")
_FOOTNOTE_MARK = re.compile(r"\s*\[?(?:\d{1,3}|[a-z*†‡])\]?\s*")
REFERENCE_MARK = "reference mark"
_STRUCK = frozenset(("del", "s", "strike"))
_NOTE_TAGS = frozenset(("li", "p", "dd", "td", "div"))
_NOTE_CHARS = 1_500
_MOST_NOTES = 500
_READ_ALOUD = frozenset(
    re.findall(
        r"\S+",
        "sr-only sr_only sronly screen-reader-text screen-reader-only screenreader screenreader-only screen-reader "
        "visually-hidden visuallyhidden visuallyHidden hidden-visually is-visually-hidden u-visually-hidden "
        "a11y-hidden accessibly-hidden element-invisible show-for-sr assistive-text u-hiddenVisually",
    )
)
"""The classes by which frameworks call what is for screen readers alone."""
_MAYBE_UNSEEN = (
    "//body//*[@hidden or @role='tooltip' or @class or @id or self::del or self::s or self::strike or self::rt"
    " or (self::sup and .//a)]"
)
_CSS_CHARS = 400_000
_CSS_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_RULE_CHARS = 2_000
_AT_RULE = re.compile(r"@[\w-]++[^{};]*+\{(?:[^{}]*+\{[^{}]*+\})*+[^{}]*+\}")
"""A block of rules for some screens, or for print."""
_DISPLAY = re.compile(r"(?<![\w-])display\s*:\s*([\w-]+)", re.IGNORECASE)
_ONE_NAME = re.compile(r"[.#][\w-]+")
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


def parse_markup(markup: str) -> tuple[HtmlElement | None, tuple[Removal, ...], bool]:
    """Return the tree of HTML, what was taken out of its sentences, and whether it nests deeper than lxml follows.

    The tree is None where there is none. What the page hides is not in it, nor what is struck out or marks a note.
    """
    from lxml import etree, html

    parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True)
    try:
        tree = html.document_fromstring(markup.encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return None, (), False
    too_deep = any(entry.type_name in {"ERR_INTERNAL_ERROR", "ERR_RESOURCE_LIMIT"} for entry in parser.error_log)
    for template in tree.iter("template"):
        if template.get("shadowrootmode"):  # browsers show what a component holds
            template.tag = "div"
    removed: list[Removal] = []
    hidden = _hidden_names(tree)
    named = {element.get("id", ""): element for element in cast("list[HtmlElement]", tree.xpath("//*[@id]"))}
    marks = 0
    for element in cast("list[HtmlElement]", tree.xpath(_MAYBE_UNSEEN)):
        if element.getparent() is None:
            continue
        reason = _reason_to_drop(element, tree, hidden)
        if reason:
            removed += [Removal(text=text, reason=reason) for text in (_said(element),) if text]
            marks += reason == REFERENCE_MARK
            removed += _notes_of(element, named) if reason == REFERENCE_MARK and marks <= _MOST_NOTES else ()
        if reason is not None:
            element.clear(keep_tail=True)
    return tree, tuple(removed), too_deep


def _reason_to_drop(element: HtmlElement, tree: HtmlElement, hidden: frozenset[str]) -> str | None:
    """Return why an element is no part of the sentences around it; "" where nobody sees it, None where it is."""
    tag = element.tag
    if tag == "sup":
        return REFERENCE_MARK if _FOOTNOTE_MARK.fullmatch(element.text_content()) else None
    if tag in _STRUCK:
        return None if _holds_most(element, tree) else "struck out"
    if tag == "rt":
        return "ruby text"
    if element.get("hidden") is not None or element.get("role") == "tooltip":
        return ""
    names = {*(element.get("class") or "").split(), f"#{element.get('id')}"}
    return None if names.isdisjoint(hidden) or tag in ("html", "body") or _holds_most(element, tree) else ""


def _hidden_names(tree: HtmlElement) -> frozenset[str]:
    """Return the classes, and the ids behind a `#`, whose elements are not shown: by custom, or by the page's styles.

    A rule counts where it is for one class or id, and no other rule of the page shows the same.
    """
    hiding: set[str] = set()
    showing: set[str] = set()
    for style in tree.iter("style"):
        sheet = (style.text or "")[:_CSS_CHARS]
        if "none" in sheet:
            sheet = _CSS_COMMENT.sub("", sheet)
            hiding |= {name for name, shown in _displays(_AT_RULE.sub("", sheet)) if not shown}
            showing |= {name for name, shown in _displays(sheet) if shown} if hiding else set()
    return frozenset(hiding - showing) | _READ_ALOUD


def _displays(sheet: str) -> Iterator[tuple[str, bool]]:
    """Yield each class, or id behind its `#`, of which a style sheet says whether it is shown."""
    for match in _DISPLAY.finditer(sheet):
        opening = sheet.rfind("{", max(0, match.start() - _RULE_CHARS), match.start())
        if opening < 0 or sheet.find("}", opening, match.start()) >= 0:
            continue
        start = max(sheet.rfind(sign, max(0, opening - _RULE_CHARS), opening) for sign in "{};")
        for name in sheet[start + 1 : opening].split(","):
            if _ONE_NAME.fullmatch(name.strip()):
                yield name.strip().removeprefix("."), match[1].lower() != "none"


def _notes_of(mark: HtmlElement, named: Mapping[str, HtmlElement]) -> list[Removal]:
    """Take out the note to which a reference mark leads."""
    removed = []
    for link in mark.iter("a"):
        note: HtmlElement | None = named.get((link.get("href") or "").removeprefix("#"))
        while note is not None and note.tag not in _NOTE_TAGS:
            note = note.getparent()
        if note is not None and note not in [*mark.iterancestors()] and len(text := _said(note)) <= _NOTE_CHARS:
            removed.append(Removal(text=text, reason="footnote"))
            note.clear(keep_tail=True)
    return removed


def _said(element: HtmlElement) -> str:
    return " ".join(element.text_content().split())


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


_BLOCKS = frozenset(
    re.findall(
        r"\w+",
        "address article aside blockquote body button caption center dd details dialog div dl dt fieldset figcaption "
        "figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main menu nav ol p pre section summary "
        "table tbody td tfoot th thead tr ul",
    )
)
HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_SILENT = frozenset(
    re.findall(
        r"\w+",
        "script style head title template svg object embed iframe noscript select textarea datalist audio video canvas "
        "annotation rp",
    )
)
_HIDDEN = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|max-height\s*:\s*0|font-size\s*:\s*0(?![.\d])", re.IGNORECASE
)
_MARKUP = re.compile(r"<(?:/?[a-zA-Z][^<>]{0,5000}|!--)>?")
_ENTITY = re.compile(r"&(?:#\d{1,7}|#x[0-9a-fA-F]{1,6}|[a-zA-Z]{2,10});")
_SPACES = re.compile(r"[ \t\n\r\f]+")
_TEASING = re.compile(r"(?:[?!؟…]|\.\.\.)$")
_FOLLOWS = re.compile(r"[,.;:!?)\]”»’،؛؟](?!\.)")
"""How a block begins that a script or a style sheet shows on the line of the one before it."""
LINK_SHARE = 0.9
"""A block of which so much is linked is a link."""
_LINK_CHARS = 250
_HEADING_CHARS = 90
_PARAGRAPH_CHARS = 60
_MOST_TEXT = 500
"""A hidden element with fewer characters stays hidden, whatever its share."""
_TEXTUAL = ("p", "div", "span", "li", "td", "a", "b", "strong", "em", "i", "h1", "h2", "h3")
_MOST_BETWEEN = 2
"""Lines that may stand between a linked heading and its text: an outlet's name, a date."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A line of a page as it is shown."""

    text: str
    tags: frozenset[str] = frozenset()
    """The names of the elements in which it stands."""
    linked: int = 0
    """How many of its characters are linked."""
    links: int = 0
    element: HtmlElement | None = None
    """The innermost block element that holds it."""

    @property
    def is_link(self) -> bool:
        """Whether it is a link and nothing else; a paragraph that ends as a sentence is text, whoever links it."""
        is_sentence = len(self.text) >= _PARAGRAPH_CHARS and closes(self.text) and not _TEASING.search(self.text)
        return self.linked >= LINK_SHARE * len(self.text) and len(self.text) <= _LINK_CHARS and not is_sentence

    @property
    def role(self) -> Role:
        """Whether it is marked up as a heading; a heading that was never closed does not make one of the page."""
        is_heading = HEADINGS & self.tags and ("p" not in self.tags or len(self.text) <= _HEADING_CHARS)
        return Role.HEADING if is_heading and len(self.text) <= _LINK_CHARS else Role.BODY


def looks_like_markup(text: str) -> bool:
    """Return whether a text that may be HTML or plain is HTML."""
    return bool(_MARKUP.search(text) or _ENTITY.search(text))


def fragment_blocks(markup: str, *, most: int) -> tuple[tuple[Block, ...], tuple[Removal, ...], tuple[str, ...]]:
    """Return the blocks of an HTML fragment, what was taken out of its sentences, and what its bounds cut."""
    text, complaints = bounded_markup(markup, most)
    tree, removed, too_deep = parse_markup(text)
    blocks = blocks_of(tree) if tree is not None else ()
    return blocks, removed, (*complaints, TOO_DEEP) if too_deep else complaints


def fragment_lines(markup: str, *, most: int) -> tuple[tuple[Paragraph, ...], tuple[Removal, ...], tuple[str, ...]]:
    """Return the lines of an HTML fragment, those that are captions or only links, and what its bounds cut."""
    blocks, marks, complaints = fragment_blocks(markup, most=most)
    lines: list[Paragraph] = []
    removed = list(marks)
    for index, block in enumerate(blocks):
        reason = reason_of_block(blocks, index)
        if reason:
            removed.append(Removal(text=block.text, reason=reason))
        else:
            lines.append(Paragraph(text=block.text, role=Role.HEADING if block.is_link else block.role))
    return tuple(lines), tuple(removed), complaints


def reason_of_block(blocks: Sequence[Block], index: int) -> str | None:
    """Return why a block of an article's own markup is not its text: a caption, a button, a link to elsewhere."""
    block = blocks[index]
    if "figcaption" in block.tags:
        return "photo caption"
    if not {"nav", "button", "form"}.isdisjoint(block.tags):
        return "menu or form"
    if block.is_link and not heads_text(blocks, index):
        return "link to elsewhere"
    return None


def heads_text(blocks: Sequence[Block], index: int) -> bool:
    """Return whether a link is the heading of the text that follows it."""
    if blocks[index].links > 1 or len(blocks[index].text.split()) < 2:
        return False
    for after in blocks[index + 1 : index + 2 + _MOST_BETWEEN]:
        if after.is_link:
            return False
        if closes(after.text):
            return True
    return False


def blocks_of(tree: HtmlElement) -> tuple[Block, ...]:
    """Return the visible blocks of a tree in their order."""
    walk = _Walk()
    walk.through(tree)
    return tuple(walk.blocks)


class _Walk:
    """Collects the blocks of a tree; without recursion, since a hostile one is deep."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self._parts: list[str] = []
        self._rows: list[tuple[str, int, int]] = []
        """Finished lines of the block that is open: text, linked characters, links."""
        self._linked = self._links = self._in_link = 0
        self._tags: list[str] = []
        self._holders: list[HtmlElement] = []

    def through(self, tree: HtmlElement) -> None:
        """Read a whole tree in document order, but for what browsers do not show."""
        from lxml import etree

        events = etree.iterwalk(tree, events=("start", "end"))
        for event, element in events:
            tag = element.tag
            if tag in _BLOCKS and not (tag == "button" and "p" in self._tags):  # a word of a sentence may be a button
                self._close()
                if event == "start":
                    self._holders.append(element)
                else:
                    self._holders.pop()
            elif event == "start" and (
                tag == "br" or (tag == "cite" and "blockquote" in self._tags and self._closed())
            ):
                self._end_row()
            elif tag == "a":
                self._in_link += 1 if event == "start" else -1
                self._links += event == "start"
            if event == "end":
                self._tags.pop()
                if tag == "q":  # browsers put an inline quotation in marks
                    self._add("”")
                self._add(element.tail if element is not tree else None)
                continue
            self._tags.append(str(tag))
            style = element.get("style")
            if tag in _SILENT or (style and _HIDDEN.search(style) and not _holds_most(element, tree)):
                events.skip_subtree()
            else:
                if tag == "q":
                    self._add("“")
                self._add(element.text)
        self._close()

    def _add(self, text: str | None) -> None:
        if text:
            self._parts.append(text)
            if self._in_link > 0:
                self._linked += len(text.strip())

    def _closed(self) -> bool:
        return closes("".join(self._parts[-2:]))

    def _end_row(self) -> None:
        text = "".join(self._parts)
        if not text or text.isspace():
            self._parts.clear()
            self._rows.append(("", 0, 0))
            self._linked = self._links = 0
            return
        pieces = unwrapped(text) if "pre" in self._tags else [_SPACES.sub(" ", text).strip()]
        for place, piece in enumerate(pieces or [""]):
            if place:
                self._rows.append(("", 0, 0))  # an empty line: a paragraph ends
            self._rows.append((piece, self._linked, self._links))
        self._parts.clear()
        self._linked = self._links = 0

    def _close(self) -> None:
        """Finish the lines of the block that is open: a lone break inside a sentence is a blank."""
        if not self._parts and not self._rows:
            self._linked = self._links = 0  # a picture was linked
            return
        self._end_row()
        rows, self._rows = self._rows, []
        for start, end in _runs(rows):
            at = start
            for group in grouped([text for text, _, _ in rows[start:end]]):
                members, at = rows[at : at + len(group)], at + len(group)
                before = self.blocks[-1] if self.blocks else None
                text, linked, links = joined(group), sum(row[1] for row in members), sum(row[2] for row in members)
                holder = self._holders[-1] if self._holders else None
                if before and _FOLLOWS.match(text) and not closes(before.text):
                    text, linked, links = before.text + text, before.linked + linked, before.links + links
                    holder = before.element
                    self.blocks.pop()
                tags = frozenset(self._tags)
                self.blocks.append(Block(text=text, tags=tags, linked=linked, links=links, element=holder))


def _holds_most(element: HtmlElement, tree: HtmlElement) -> bool:
    """Return whether a hidden element holds most of the page: then a script shows it."""
    inner = sum(len(text.strip()) for text in element.itertext(*_TEXTUAL))
    return inner > _MOST_TEXT and 2 * inner > sum(len(text.strip()) for text in tree.itertext(*_TEXTUAL))


def _runs(rows: Sequence[tuple[str, int, int]]) -> Iterator[tuple[int, int]]:
    """Yield where runs of filled lines start and end."""
    start = 0
    for at in range(len(rows) + 1):
        if at == len(rows) or not rows[at][0]:
            if at > start:
                yield start, at
            start = at + 1
