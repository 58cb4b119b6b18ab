"""What a browser shows of HTML, read twice as fast and less well where that is enough."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any, TypeAlias

    _Tree: TypeAlias = Any

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
_SET_TO = re.compile(r"([^{}@;]+)\{[^{}]*?(?<![\w-])display\s*:\s*([\w-]+)[^{}]*\}")


def _is_hidden(element: _Tree) -> bool:
    style = re.sub(r"\s", "", element.get("style") or "")
    return element.get("hidden") is not None or element.get("role") == "tooltip" or bool(_HIDING.search(style))


def _by_style_sheet(shown: _Tree) -> Iterator[_Tree]:
    """Yield the elements that the page's own style sheet never shows, by one class or id; and those for the ear."""
    sheets = "\n".join(re.sub(r"(?s)/\*.*?\*/", "", style.text or "") for style in shown.iter("style"))
    everywhere = _CONDITIONAL.sub("", sheets)
    seen = {
        name.strip() for names, value in _SET_TO.findall(sheets) if value.lower() != "none" for name in names.split(",")
    }
    unseen = {
        name.strip()
        for names, value in _SET_TO.findall(everywhere)
        if value.lower() == "none"
        for name in names.split(",")
    }
    unseen = {name for name in unseen - seen if re.fullmatch(r"[.#][\w-]+", name)}
    for element in shown.xpath("//body//*[@class or @id]"):
        names = {*(f".{name}" for name in (element.get("class") or "").split()), f"#{element.get('id')}"}
        if not names.isdisjoint(unseen) or _FOR_THE_EAR.search(element.get("class") or ""):
            yield element


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
