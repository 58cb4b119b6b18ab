"""HTML pages: trafilatura finds the body, the page's own metadata say the rest."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from briefing.extract.boilerplate import reason_to_remove
from briefing.extract.decoding import declared_charset, decode
from briefing.extract.draft import Draft, Found, problem, remark
from briefing.extract.fragments import lines_of
from briefing.extract.markup import TOO_DEEP, bounded_markup, parse_markup
from briefing.extract.plain_text import UNDECODABLE, paragraphs_of
from briefing.extract.sequence import ends_sentence, key
from briefing.extract.translated import translation_of_page
from briefing.extract.web_metadata import PageMetadata, page_metadata
from briefing.models import Paragraph, Removal, Role

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from lxml.etree import _Element
    from lxml.html import HtmlElement

    from briefing.config import Limits
    from briefing.models import Document

BROKEN_OFF = "the page has no end (no </html>); if it broke off on the way, its text is not whole"

_EDGE_CHARS = 4_000
_OUTSIDE_CHARS = 60
"""Shorter lines outside of the main text are menus and buttons: nobody misses them."""
_HEAD_BYTES = 4_000
_STANDFIRST_CHARS = 40
_LEAD = 4
_BODY_RATIO = 2
"""JSON-LD's text is taken where it is this many times as long as what was found in the page."""
_LINK_SHARE = 0.9
_LINK_CHARS = 250


def read_web_page(document: Document, limits: Limits) -> Iterator[Found]:
    """Read one article from an HTML page."""
    text = decode(document.content, declared=declared_charset(document.content[:_HEAD_BYTES]))
    if text is None:
        yield problem(document.origin, UNDECODABLE)
        return
    markup, complaints = bounded_markup(text, limits.page_bytes)
    tree, too_deep = parse_markup(markup)
    broken_off = _is_broken_off(text)
    told = (*complaints, *([TOO_DEEP] if too_deep else []), *([BROKEN_OFF] if broken_off else []))
    yield from (remark(document.origin, complaint) for complaint in told)
    if tree is None:
        yield problem(document.origin, "no HTML can be read in it")
        return
    draft = draft_of_page(tree)
    yield _without_last_scrap(draft) if broken_off else draft


def _is_broken_off(text: str) -> bool:
    """Return whether a page that begins as a whole one does not end as one."""
    return "<html" in text[:_EDGE_CHARS].lower() and "</html" not in text[-_EDGE_CHARS:].lower()


def _without_last_scrap(draft: Draft) -> Draft:
    """Take out the line in the middle of which a page broke off."""
    if not draft.lines or ends_sentence(draft.lines[-1].text):
        return draft
    scrap = Removal(text=draft.lines[-1].text, reason="broken off")
    return replace(draft, lines=draft.lines[:-1], removed=(*draft.removed, scrap))


def draft_of_page(tree: HtmlElement) -> Draft:
    """Return the draft of a parsed page."""
    metadata = page_metadata(tree)
    shown = [(key(line.text), line.text) for line in lines_of(tree)[0]]
    standfirst = _visible_standfirst(shown, metadata.description)
    lines, removed = _body(tree, metadata)
    return Draft(
        lines=_with_standfirst(lines, standfirst),
        title=metadata.title,
        other_titles=metadata.other_titles,
        removed=(*removed, *_outside(shown, (*lines, *removed), (standfirst, *metadata.other_titles))),
        outlet=metadata.outlet,
        url=metadata.url,
        author=metadata.author,
        published=metadata.published,
        language=metadata.language,
        translation=translation_of_page(tree),
    )


def _visible_standfirst(shown: Sequence[tuple[str, str]], description: str | None) -> str | None:
    """Return the page's description where the page shows it word for word as a line: then it is its standfirst."""
    wanted = key(description or "")
    if len(wanted) < _STANDFIRST_CHARS:
        return None
    return next((text for said, text in shown if said == wanted), None)


def _outside(
    shown: Sequence[tuple[str, str]], known: Sequence[Paragraph | Removal], said_above: Iterable[str | None]
) -> Iterator[Removal]:
    """Yield the page's longer lines that are no part of its main text, so that nothing of weight is lost unseen."""
    told = "\n".join((*(key(line.text) for line in known), *(key(line or "") for line in said_above)))
    for said, text in shown:
        if len(text) >= _OUTSIDE_CHARS and said not in told:
            yield Removal(text=text, reason=reason_to_remove(text) or "outside of the main text")


def _body(tree: HtmlElement, metadata: PageMetadata) -> tuple[tuple[Paragraph, ...], tuple[Removal, ...]]:
    lines, removed = main_text(tree)
    linked = [Paragraph(text=line) for line in (metadata.body or "").split("\n") if line.strip()]
    if sum(len(line.text) for line in linked) > _BODY_RATIO * sum(len(line.text) for line in lines):
        return tuple(linked), ()
    return lines, removed


def main_text(tree: HtmlElement) -> tuple[tuple[Paragraph, ...], tuple[Removal, ...]]:
    """Return a page's main text as trafilatura tells it from the rest, and its lines that are links to elsewhere."""
    from trafilatura import bare_extraction

    found = bare_extraction(tree, include_comments=False, include_tables=False, include_links=True)
    lines: list[Paragraph] = []
    removed: list[Removal] = []
    for element in _elements(getattr(found, "body", None)):
        role = Role.HEADING if element.tag == "head" else Role.BODY
        texts = _lines(element)
        if _is_link(element, sum(map(len, texts))):
            removed.extend(Removal(text=text, reason="link to elsewhere") for text in texts)
        else:
            lines.extend(Paragraph(text=text, role=role) for text in texts)
    return tuple(lines), tuple(removed)


def _elements(body: _Element | None) -> Iterator[_Element]:
    for element in body if body is not None else ():
        yield from element.iterchildren("item") if element.tag == "list" else (element,)


def _is_link(element: _Element, length: int) -> bool:
    """Return whether a line is a link and nothing else."""
    linked = sum(len("".join(map(str, link.itertext())).strip()) for link in element.iter("ref"))
    return linked > 0 and linked >= _LINK_SHARE * length and length <= _LINK_CHARS


def _lines(element: _Element) -> list[str]:
    """Return the text of an element, divided where the page breaks the line."""
    parts = [element.text or ""]
    for child in element.iterdescendants():
        parts += ["\n" if child.tag in {"lb", "p"} else "", child.text or "", child.tail or ""]
    text = "".join(parts)
    if "\n" in (element.text or ""):  # set with its own line ends (<pre>), which may be mere wrapping
        return paragraphs_of(text)
    return [line for line in text.split("\n") if line.strip()]


def _with_standfirst(lines: tuple[Paragraph, ...], standfirst: str | None) -> tuple[Paragraph, ...]:
    """Put the standfirst above the text, or mark the line above or at the start of the text that it is."""
    if not standfirst:
        return lines
    said = key(standfirst)
    for index, line in enumerate(lines[:_LEAD]):
        if key(line.text) == said:
            above = all(before.role is Role.HEADING for before in lines[:index])
            marked = Paragraph(text=line.text, role=Role.STANDFIRST) if above else line
            return (*lines[:index], marked, *lines[index + 1 :])
    if any(said in key(line.text) for line in lines):
        return lines
    return (Paragraph(text=standfirst, role=Role.STANDFIRST), *lines)
