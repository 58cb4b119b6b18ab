"""HTML pages: trafilatura tells which blocks are the article's; their words are the page's own.

What trafilatura returns as text loses words and blanks inside sentences, so it is used for the choice alone.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from briefing.extract.boilerplate import reason_to_remove
from briefing.extract.decoding import declared_charset, decode
from briefing.extract.draft import UNDECODABLE, Draft, Found, problem, remark
from briefing.extract.fragments import Block, blocks_of, fragment_lines, looks_like_markup
from briefing.extract.lines import closes
from briefing.extract.markup import TOO_DEEP, bounded_markup, parse_markup
from briefing.extract.page_parts import is_beside_text, named_place_of, place_of
from briefing.extract.sequence import ends_sentence, is_long, key
from briefing.extract.translated import translation_of_page
from briefing.extract.web_metadata import PageMetadata, page_metadata
from briefing.models import Paragraph, Removal, Role

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from lxml.html import HtmlElement

    from briefing.config import Limits
    from briefing.models import Document

BROKEN_OFF = "the page has no end (no </html>); if it broke off on the way, its text is not whole"

_EDGE_CHARS = 4_000
_HEAD_BYTES = 4_000
_STANDFIRST_CHARS = 40
_LEAD = 4
_BODY_RATIO = 2
"""JSON-LD's text is taken where it is this many times as long as what was found in the page."""
_SHORT_KEY = 25
"""A shorter line is the article's only where trafilatura has it as a line: it may stand in another by chance."""
_NEAR = 3
_SHARED = 0.6
"""The share of a line's neighbouring pairs of words that trafilatura must have kept of it."""
_WORD = re.compile(r"\w+")
_MARKDOWN_LINK = re.compile(r"\[([^\]\n]{1,300})\]\((?:https?:|/|mailto:)[^()\s]{0,1000}\)")


def read_web_page(document: Document, limits: Limits) -> Iterator[Found]:
    """Read one article from an HTML page."""
    text = decode(document.content, declared=declared_charset(document.content[:_HEAD_BYTES]))
    if text is None:
        yield problem(document.origin, UNDECODABLE)
        return
    markup, complaints = bounded_markup(text, limits.page_bytes)
    tree, marks, too_deep = parse_markup(markup)
    broken_off = _is_broken_off(text)
    told = (*complaints, *([TOO_DEEP] if too_deep else []), *([BROKEN_OFF] if broken_off else []))
    yield from (remark(document.origin, complaint) for complaint in told)
    if tree is None:
        yield problem(document.origin, "no HTML can be read in it")
        return
    draft = draft_of_page(tree)
    removed = (*draft.removed, *(Removal(text=mark, reason="reference mark") for mark in marks))
    draft = replace(draft, removed=removed)
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
    blocks = blocks_of(tree)
    metadata = page_metadata(tree)
    lines, removed = _body(tree, blocks, metadata)
    return Draft(
        lines=lines,
        title=metadata.title,
        other_titles=metadata.other_titles,
        removed=removed,
        outlet=metadata.outlet,
        url=metadata.url,
        author=metadata.author,
        published=metadata.published,
        language=metadata.language,
        translation=translation_of_page(tree),
    )


def _body(
    tree: HtmlElement, blocks: Sequence[Block], metadata: PageMetadata
) -> tuple[tuple[Paragraph, ...], tuple[Removal, ...]]:
    places = [place_of(block) for block in blocks]
    found = _found_by_trafilatura(tree)
    chosen = _completed(blocks, places, _chosen(blocks, found))
    linked = _linked_body(metadata.body)
    if sum(len(line.text) for line in linked) > _BODY_RATIO * _length(blocks, chosen):
        return linked, tuple(Removal(text=block.text, reason="not in the page's own data") for block in blocks)
    standfirst = _standfirst(blocks, metadata.description, chosen)
    lines: list[Paragraph] = []
    removed: list[Removal] = []
    for at, (block, place) in enumerate(zip(blocks, places, strict=True)):
        if at == standfirst or at in chosen:
            role = Role.STANDFIRST if at == standfirst and _is_above(lines) else block.role
            lines.append(Paragraph(text=block.text, role=role))
        else:
            removed.append(Removal(text=block.text, reason=_reason(block, place)))
    return tuple(lines), tuple(removed)


def _is_above(lines: Sequence[Paragraph]) -> bool:
    return all(line.role is Role.HEADING for line in lines)


def _found_by_trafilatura(tree: HtmlElement) -> list[str]:
    """Return the lines that trafilatura takes for the article's."""
    from trafilatura import bare_extraction

    found = bare_extraction(tree, include_comments=False, include_tables=False, include_links=True)
    body = getattr(found, "body", None)
    texts = ("".join(map(str, element.itertext())) for element in (body if body is not None else ()))
    return [text for text in texts if text.strip()]


def _chosen(blocks: Sequence[Block], found: Sequence[str]) -> set[int]:
    """Return which blocks are in what trafilatura found, whatever words it lost in them.

    A short line counts as often as trafilatura has it, near the long ones.
    """
    lines = Counter(key(line) for text in found for line in text.split("\n"))
    whole = "\n".join(map(key, found))
    pairs = {pair for text in found for pair in _pairs(text)}
    keys = [key(block.text) for block in blocks]
    wanted = [at for at, block in enumerate(blocks) if not block.is_link]
    chosen = set()
    for at in wanted:
        if len(keys[at]) >= _SHORT_KEY:
            own = _pairs(blocks[at].text)
            if keys[at] in whole or (own and sum(pair in pairs for pair in own) >= _SHARED * len(own)):
                chosen.add(at)
    beside = {at for at in chosen if is_beside_text(blocks[at])}
    if _length(blocks, beside) * 2 < _length(blocks, chosen):  # else it is a page of pictures, told in captions
        chosen -= beside
        wanted = [at for at in wanted if not is_beside_text(blocks[at])]
    first, last = min(chosen, default=0), max(chosen, default=len(blocks))
    for at in sorted((at for at in wanted if keys[at]), key=lambda at: (not first <= at <= last, at)):
        if len(keys[at]) < _SHORT_KEY and lines[keys[at]] > 0 and first - _NEAR <= at <= last + _NEAR:
            lines[keys[at]] -= 1
            chosen.add(at)
    return chosen


def _length(blocks: Sequence[Block], chosen: Iterable[int]) -> int:
    return sum(len(blocks[at].text) for at in chosen)


def _pairs(text: str) -> list[tuple[str, str]]:
    words = _WORD.findall(text.casefold())
    return list(pairwise(words))


def _completed(blocks: Sequence[Block], places: Sequence[str | None], chosen: set[int]) -> set[int]:
    """Add the lists, the bare text and the paragraphs that stand among the chosen ones in the same element."""
    if not chosen:
        return chosen
    holders = {_holder(blocks[at]) for at in chosen if is_long(blocks[at].text)} - {None}
    first, last = min(chosen), max(chosen)
    added = {
        at
        for at in range(first, last + 1)
        if at not in chosen
        and places[at] is None
        and not blocks[at].is_link
        and closes(blocks[at].text)
        and _holder(blocks[at]) in holders
        and not reason_to_remove(blocks[at].text)
    }
    return chosen | added


def _holder(block: Block) -> HtmlElement | None:
    """Return the element whose children the paragraphs are; a list's items count as its parent's."""
    element = block.element
    if element is not None and element.tag == "li":
        element = element.getparent()
    return element.getparent() if element is not None else None


def _reason(block: Block, place: str | None) -> str:
    if reason := reason_to_remove(block.text) or place or named_place_of(block):
        return reason
    if block.is_link or 2 * block.linked > len(block.text):
        return "link to elsewhere"
    return "outside of the main text" if closes(block.text) else "label outside of the text"


def _linked_body(body: str | None) -> tuple[Paragraph, ...]:
    """Return the lines of the text that JSON-LD carries, without the markup that some of it has."""
    if not body:
        return ()
    if looks_like_markup(body):
        return fragment_lines(body, most=len(body.encode("utf-8", "replace")) + 1)[0]
    plain = _MARKDOWN_LINK.sub(r"\1", body)
    return tuple(Paragraph(text=line) for line in plain.split("\n") if line.strip())


def _standfirst(blocks: Sequence[Block], description: str | None, chosen: set[int]) -> int | None:
    """Return which block is the page's description word for word, above the text or among its first lines."""
    wanted = key(description or "")
    if len(wanted) < _STANDFIRST_CHARS:
        return None
    first = sorted(chosen)[:_LEAD]
    if any(key(blocks[at].text) == wanted for at in first):
        return next(at for at in first if key(blocks[at].text) == wanted)
    if any(wanted in key(blocks[at].text) for at in chosen):
        return None
    return next((at for at, block in enumerate(blocks) if key(block.text) == wanted), None)
