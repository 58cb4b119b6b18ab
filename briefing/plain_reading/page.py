"""What a browser shows of HTML, read twice as fast and less well where that is enough; and what Word shows."""

from __future__ import annotations

import html
import io
import re
import zipfile
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any, TypeAlias

    _Tree: TypeAlias = Any  # the stubs of lxml do not know `keep_tail`

_DROPPED = re.compile(r"<(script|style|head|svg|noscript|template)\b.*?</\1\s*>|<!--.*?-->", re.DOTALL | re.IGNORECASE)
_PARTING = re.compile(
    r"</?(?:p|div|li|br|t[dhr]|h[1-6]|ul|ol|section|article|header|footer|figure|figcaption|blockquote|pre)\b[^>]*>",
    re.IGNORECASE,
)
_ANY_TAG = re.compile(r"<[^>]*>")


def glanced(markup: str) -> str:
    """Return the text of HTML without its tags, on one line: what stands in it, the page shows or hides."""
    return " ".join(html.unescape(_ANY_TAG.sub("", _PARTING.sub(" ", _DROPPED.sub(" ", markup)))).split())


_BLOCKS = re.findall(
    r"\w+",
    "address article aside blockquote body br button caption center dd details dialog div dl dt fieldset figcaption "
    "figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr html label legend li main menu nav ol p pre section summary "
    "table tbody td tfoot th thead tr ul",
)
_UNSEEN = re.findall(
    r"\w+",
    "head script style template noscript svg iframe object embed select textarea datalist audio video canvas title rp "
    "annotation",
)
_HIDDEN = (
    "//*[@hidden or @role='tooltip']|//*[contains(@style,'none') or contains(@style,'hidden') or contains(@style,'0')]"
)
_HIDING = re.compile(r"display:none|visibility:hidden|max-height:0|font-size:0(?![.\d])", re.IGNORECASE)
_MARK_CHARS = 6
_FOR_THE_EAR = re.compile(
    r"(?:^|\s)(?:sr[-_]?only|screen-?reader(?:-text|-only)?|(?:u-|is-)?visually-?hidden|hidden-visually|a11y-hidden"
    r"|accessibly-hidden|element-invisible|show-for-sr|assistive-text|u-hiddenVisually)(?:\s|$)",
    re.IGNORECASE,
)
_CONDITIONAL = re.compile(r"@[\w-]++[^{};]*+\{(?:[^{}]*+\{[^{}]*+\})*+[^{}]*+\}")
_SET = re.compile(r"display\s*:\s*([\w-]+)", re.IGNORECASE)


def _is_hidden(element: _Tree) -> bool:
    style = re.sub(r"\s", "", element.get("style") or "")
    return element.get("hidden") is not None or element.get("role") == "tooltip" or bool(_HIDING.search(style))


def _by_style_sheet(shown: _Tree) -> Iterator[_Tree]:
    """Yield the elements that the page's own style sheet never shows, by one class or id; and those for the ear."""
    sheets = "\n".join(style.text or "" for style in shown.iter("style"))
    unseen: set[str] = set()
    if "none" in sheets:
        sheets = re.sub(r"(?s)/\*.*?\*/", "", sheets)
        unseen = set(_named(_CONDITIONAL.sub("", sheets), none=True))
        unseen -= set(_named(sheets, none=False)) if unseen else set()
    for element in shown.xpath("//body//*[@class or @id]"):
        names = {*(f".{name}" for name in (element.get("class") or "").split()), f"#{element.get('id')}"}
        if not names.isdisjoint(unseen) or _FOR_THE_EAR.search(element.get("class") or ""):
            yield element


def _named(sheets: str, *, none: bool) -> Iterator[str]:
    """Yield the single classes and ids whose rules say, or do not say, that there is nothing to display."""
    for found in _SET.finditer(sheets):
        if (found[1].lower() == "none") is none:
            rule = sheets[max(0, found.start() - 2_000) : found.start()]
            head, brace, body = rule.rpartition("{")
            if brace and "}" not in body:
                yield from (name.strip() for name in re.split("[{};]", head)[-1].split(","))


def _holds_most(element: _Tree, tree: _Tree) -> bool:
    """Return whether a hidden element holds most of the page: then a script shows it."""
    if element.get("hidden") is not None:
        return False
    size = len(element.text_content())
    return size > 400 and 2 * size > len(tree.text_content())


def visible(markup: str) -> str:
    """Return what a browser shows of HTML, each block on a line of its own."""
    from lxml import etree
    from lxml import html as lxml_html

    parser = lxml_html.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True)
    try:
        tree = lxml_html.document_fromstring(markup.encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, ValueError):
        return ""
    shown: _Tree = tree
    for template in shown.xpath("//template[@shadowrootmode]"):
        template.tag = "div"
    hidden = [*(element for element in shown.xpath(_HIDDEN) if _is_hidden(element)), *_by_style_sheet(shown)]
    for element in [*shown.iter(*_UNSEEN)]:
        if element.getparent() is not None:
            element.drop_tree()
    for element in hidden:
        if element.getparent() is not None and not _holds_most(element, shown):
            element.tail = ("\n" if element.tag in _BLOCKS else "") + (element.tail or "")
            element.drop_tree()
    marks = [mark for mark in shown.xpath("//sup[.//a]") if len(mark.text_content().strip()) <= _MARK_CHARS]
    marks += [mark for mark in shown.iter("del", "s", "strike", "rt") if not _holds_most(mark, shown)]
    said = [mark.text_content() for mark in marks]  # it stands at the sentence, and is none of its words
    for mark in marks:
        if mark.getparent() is not None:
            mark.drop_tree()
    for element in shown.iter(*_BLOCKS):
        element.text = "\n" + (element.text or "")
        element.tail = "\n" + (element.tail or "")
    return "\n".join(("".join(shown.itertext()), *said))


# ── what Word shows of a Word file: every part of it, with every tracked change accepted ──────────────────────────────


_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_NAMES = {"w": _W[1:-1], "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006"}
_GONE = (
    "//w:del[not(parent::w:rPr|parent::w:trPr)]|//w:moveFrom[not(parent::w:rPr|parent::w:trPr)]|//w:delText"
    "|//w:instrText|//mc:Fallback|//w:tr[w:trPr/w:del]|//w:tc[w:tcPr/w:cellDel]|//w:ruby/w:rt"
)
_JOINED = "//w:p[w:pPr/w:rPr/w:del or w:pPr/w:rPr/w:moveFrom or w:pPr/w:framePr[@w:dropCap!='none']]"
_PART = re.compile(
    r"word/(?:document\d?|header\d*|footer\d*|footnotes|endnotes|comments|charts/chart\d*|diagrams/data\d*)\.xml"
)
_MOST_BASES = 20
_OLD_NAMES = re.compile(rb"http://purl\.oclc\.org/ooxml/(\w+)/(\w+)")


def shown_by_word(content: bytes, *, most: int) -> str:
    """Return the text of a Word file; raises ValueError where it unpacks to more than `most` bytes."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        infos = [info for info in archive.infolist() if _PART.fullmatch(info.filename)]
        if sum(info.file_size for info in infos) > most:
            raise ValueError(f"more than {most:,} bytes")
        trees = [_tree(archive.read(info)) for info in infos]
        named = [_tree(archive.read(name)) for name in archive.namelist() if name == "word/styles.xml"]
    hiding = set(_styles(named, "vanish"))
    striking = {*_styles(named, "strike"), *_styles(named, "dstrike")}
    return "\n".join(text for tree in trees for text in _story(tree, hiding, striking))


def _tree(content: bytes) -> _Tree:
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
    return etree.fromstring(_OLD_NAMES.sub(rb"http://schemas.openxmlformats.org/\1/2006/\2", content), parser)


def _styles(trees: list[_Tree], name: str) -> Iterator[str]:
    """Yield the ids of the styles that have a property, by themselves or through the style that they are based on."""
    styles = {style.get(_W + "styleId"): style for tree in trees for style in tree.iter(_W + "style")}
    for key, own in styles.items():
        style = own
        for _ in range(_MOST_BASES):
            if (said := _said(style, name)) is not None:
                if said:
                    yield key
                break
            base = style.find(_W + "basedOn")
            style = styles.get("" if base is None else base.get(_W + "val"))
            if style is None:
                break


def _story(tree: _Tree, hiding: set[str], striking: set[str]) -> Iterator[str]:
    """Yield the text of a part as it is with every change accepted: boxes and notes are of it, what is struck apart."""
    from lxml import etree

    for element in tree.xpath(_GONE, namespaces=_NAMES):
        element.clear(keep_tail=True)
    joined = set(tree.xpath(_JOINED, namespaces=_NAMES))
    kinds = [mark.get(_W + "fldCharType") for mark in tree.iter(_W + "fldChar")]
    whole = kinds.count("begin") == kinds.count("end")
    pieces = {_W + "tab": "\t", _W + "br": "\n", _W + "cr": "\n", _W + "noBreakHyphen": "-"}
    stack: list[tuple[list[str], list[str]]] = [([], [])]
    fields: list[bool] = []
    for event, element in etree.iterwalk(tree, events=("start", "end")):
        if element.tag in (_W + "p", _A + "p"):
            if event == "start":
                stack.append(([], []))
                continue
            own, struck = stack.pop()
            stack[0][0].append("".join(own) + ("" if element in joined else "\n"))
            stack[0][1].append("".join(struck))
        elif event == "end":
            continue
        elif element.tag == _W + "fldChar" and whole:
            kind = element.get(_W + "fldCharType")
            fields = [*fields, False] if kind == "begin" else [*fields[:-1], *([True] if kind == "separate" else [])]
        elif element.tag in (_W + "t", _M + "t", _A + "t") and all(fields):
            run = element.getparent()
            if not _is_on(run, ("vanish",), hiding):
                stack[-1][_is_on(run, ("strike", "dstrike"), striking)].append(element.text or "")
        elif element.tag in pieces and element.getparent().tag != _W + "tabs":
            stack[-1][0].append(pieces[element.tag])
    yield "".join(stack[0][0])
    yield "\n".join(stack[0][1])


def _said(holder: _Tree, name: str) -> bool | None:
    mark = holder.find(f"{_W}rPr/{_W}{name}")
    return None if mark is None else mark.get(_W + "val") not in ("0", "false", "off")


def _is_on(run: _Tree, names: tuple[str, ...], styles: set[str]) -> bool:
    """Return whether one of these properties is on for a run: it says so itself, or a style of its does."""
    said = [on for name in names if (on := _said(run, name)) is not None]
    if said:
        return any(said)
    paragraph = next(run.iterancestors(_W + "p"), None) if styles else None
    used = (run.find(f"{_W}rPr/{_W}rStyle"), None if paragraph is None else paragraph.find(f"{_W}pPr/{_W}pStyle"))
    return any(style.get(_W + "val") in styles for style in used if style is not None)
