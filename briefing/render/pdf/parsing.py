"""HTML into a tree: by the XML parser in C where the document allows it, which takes a twentieth of the time."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any
from xml.etree.ElementTree import ParseError, XMLParser

from briefing.render.pdf.fetching import BASE_URL
from briefing.render.pdf.lean_loading import is_known_weasyprint
from briefing.render.shipped import are_shipped

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path
    from xml.etree.ElementTree import Element

    from briefing.render.pdf.fetching import TemplateFetcher

_DOCTYPE = "<!doctype html>"
_VOID = re.compile(r"<(area|br|col|hr|img|input|link|meta|source|track|wbr)\b([^<>]*?)/?>")
"""Elements without an end (HTML, 13.1.2)."""
_SVG = re.compile(r"<svg\b(?![^<>]*xmlns=)")
_ENDS_P = re.compile(
    "address|article|aside|blockquote|div|dl|fieldset|figure|footer|form|h[1-6]|header|hr|main|nav|ol|p|pre|section|ul"
)
"""Elements that cannot stand in a paragraph, which HTML ends where they begin (HTML, 13.2.6.4.7)."""


def parsed(html: str, fetcher: TemplateFetcher, folders: Sequence[Path]) -> Any:  # noqa: ANN401 - WeasyPrint ships no types
    """Return the document as WeasyPrint takes it.

    What a desk's own templates make is read as HTML: people write `<div/>` and leave ends out, which XML takes amiss.
    """
    from cssselect2 import ElementWrapper  # type: ignore[import-untyped]  # ships no types
    from weasyprint import HTML

    root = well_formed(html) if is_known_weasyprint() and are_shipped(folders) else None
    if root is None:
        return HTML(string=html, base_url=BASE_URL, url_fetcher=fetcher)
    document = HTML.__new__(HTML)  # its constructor does nothing else than this
    document.base_url, document.url_fetcher, document.media_type = BASE_URL, fetcher, "print"
    document.wrapper_element = ElementWrapper.from_html_root(root, content_language=None)
    document.etree_element = document.wrapper_element.etree_element
    return document


def well_formed(html: str) -> Element | None:
    """Return the tree of a document of our templates; None where HTML might be read otherwise, or is no XML."""
    start, body = html[: len(_DOCTYPE)], html[len(_DOCTYPE) :]
    if start.lower() != _DOCTYPE or any(mark in body for mark in ("<!", "<table", "<base")):
        return None
    parser = XMLParser()  # noqa: S314 - a document without a DTD declares no entities
    try:
        parser.feed(_SVG.sub('<svg xmlns="http://www.w3.org/2000/svg"', _VOID.sub(r"<\1\2/>", body)).strip())
        root: Element = parser.close()
    except ParseError:
        return None
    misplaced = any(
        _ENDS_P.fullmatch(inner.tag) for outer in root.iter("p") for inner in outer.iter() if inner is not outer
    )
    nested = any(inner is not outer for outer in root.iter("a") for inner in outer.iter("a"))
    return None if misplaced or nested else root
