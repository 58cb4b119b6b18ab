"""HTML pages: trafilatura tells which blocks are the article's; their words are the page's own.

What trafilatura returns as text loses words and blanks inside sentences, so it is used for the choice alone.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from briefing.extract.boilerplate import is_beside_text, named_place_of, place_of, reason_to_remove
from briefing.extract.cleaning import declared_charset, decode
from briefing.extract.dates import BYLINE, date_in, is_published_line, reason_above_text
from briefing.extract.draft import UNDECODABLE, Draft, Found, problem, remark
from briefing.extract.fields import known_fields, marks_of, translation_of_page
from briefing.extract.lines import closes, ends_sentence
from briefing.extract.markup import (
    HEADINGS,
    TOO_DEEP,
    Block,
    blocks_of,
    bounded_markup,
    fragment_lines,
    looks_like_markup,
    parse_markup,
)
from briefing.extract.sequence import is_long, key
from briefing.extract.text_files import without_emphasis
from briefing.extract.web_metadata import PageMetadata, earliest_named, page_metadata
from briefing.models import Paragraph, Removal, Role

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from lxml.html import HtmlElement

    from briefing.config import Limits
    from briefing.models import Document, Moment

_NEEDS_SCRIPT = re.compile(r"<noscript[^>]*>[^<]{0,200}javascript", re.IGNORECASE)
BROKEN_OFF = "the page has no end (no </html>); if it broke off on the way, its text is not whole"

TEASER = "teaser of another article"
_EDGE_CHARS = 4_000
_HEAD_BYTES = 4_000
_STANDFIRST_CHARS = 40
_LEAD = 4
_BODY_RATIO = 2
"""JSON-LD's text is taken where it is this many times as long as what was found in the page."""
_SHORT_KEY = 25
"""A shorter line is the article's only where trafilatura has it as a line: it may stand in another by chance."""
_ASIDE = frozenset(("nav", "aside", "footer", "button"))
_SHORT_ARTICLE = 600
_FOUND_SHARE = 0.6
"""Where trafilatura finds less than this of what reads like text, it is asked to compare its finding with others."""
_NEAR = 3
_SHARED = 0.6
"""The share of a line's neighbouring pairs of words that trafilatura must have kept of it."""
_TIME_HINT = re.compile(r"publi|posted|created|entry-date|dateline", re.IGNORECASE)
_WORD = re.compile(r"\w+")
_MARKDOWN_LINK = re.compile(r"\[([^\]\n]{1,300})\]\((?:https?:|/|mailto:)[^()\s]{0,1000}\)")


def read_web_page(document: Document, limits: Limits) -> Iterator[Found]:
    """Read one article from an HTML page."""
    text = decode(document.content, declared=declared_charset(document.content[:_HEAD_BYTES]) or document.charset)
    if text is None:
        yield problem(document.origin, UNDECODABLE)
        return
    markup, complaints = bounded_markup(text, limits.page_bytes)
    tree, taken_out, too_deep = parse_markup(markup)
    broken_off = _is_broken_off(text)
    told = (*complaints, *([TOO_DEEP] if too_deep else []), *([BROKEN_OFF] if broken_off else []))
    yield from (remark(document.origin, complaint) for complaint in told)
    if tree is None:
        yield problem(document.origin, "no HTML can be read in it")
        return
    draft = draft_of_page(tree)
    if not draft.lines and _NEEDS_SCRIPT.search(text):
        yield problem(
            document.origin, "it shows nothing without JavaScript; save it from a browser as it is shown there"
        )
        return
    draft = replace(draft, removed=(*draft.removed, *taken_out))
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
    chosen, linked = _body(tree, blocks, metadata)
    lines, removed = (linked, _not_in_data(blocks)) if linked else _sorted_out(blocks, metadata, chosen)
    return Draft(
        lines=lines,
        title=metadata.title,
        other_titles=metadata.other_titles,
        removed=removed,
        outlet=metadata.outlet,
        url=metadata.url,
        author=metadata.author,
        published=metadata.published or _printed_date(blocks, chosen, metadata.language),
        modified=metadata.modified,
        language=metadata.language,
        translation=translation_of_page(tree),
        marks=marks_of(known_fields({meta.get("name"): meta.get("content") for meta in tree.iter("meta")})),
    )


def _body(tree: HtmlElement, blocks: Sequence[Block], metadata: PageMetadata) -> tuple[set[int], tuple[Paragraph, ...]]:
    """Return which blocks are the article's, and the text of the page's own data where that is much longer."""
    chosen = _completed(blocks, _chosen(blocks, _found_by_trafilatura(tree, fast=True)))
    likely = [at for at, block in enumerate(blocks) if _is_likely(block)]
    if _length(blocks, chosen) < max(_FOUND_SHARE * _length(blocks, likely), _SHORT_ARTICLE):
        chosen = _completed(blocks, _chosen(blocks, _found_by_trafilatura(tree, fast=False)))
    linked = _linked_body(metadata.body)
    longer = sum(len(line.text) for line in linked) > _BODY_RATIO * _length(blocks, chosen)
    return chosen, linked if longer else ()


def _not_in_data(blocks: Sequence[Block]) -> tuple[Removal, ...]:
    return tuple(Removal(text=block.text, reason="not in the page's own data") for block in blocks)


def _sorted_out(
    blocks: Sequence[Block], metadata: PageMetadata, chosen: set[int]
) -> tuple[tuple[Paragraph, ...], tuple[Removal, ...]]:
    standfirst = _standfirst(blocks, metadata.description, chosen)
    titles = {key(title) for title in (metadata.title, *metadata.other_titles) if title}
    lines: list[Paragraph] = []
    removed: list[Removal] = []
    for at, block in enumerate(blocks):
        if at == standfirst or at in chosen:
            role = Role.STANDFIRST if at == standfirst and _is_above(lines) else block.role
            lines.append(Paragraph(text=block.text, role=role))
        else:
            teases = _is_under_link(blocks, at) and place_of(block) is None
            reason = "repeated title" if key(block.text) in titles else TEASER if teases else _reason(block)
            removed.append(Removal(text=block.text, reason=reason))
    return tuple(lines), tuple(removed)


def _printed_date(blocks: Sequence[Block], chosen: set[int], language: str | None) -> Moment | None:
    """Return the date that stands between the headline and the text, as a `<time>` or in words; else one that says so.

    A date in the head of the page, beside the text or inside a sentence is another one.
    """
    chosen = {at for at in chosen if not (reason_above_text(blocks[at].text) or "h1" in blocks[at].tags)}
    first = min(chosen, default=len(blocks))
    heads = [at for at in range(first + 1) if at < len(blocks) and "h1" in blocks[at].tags]
    start = heads[-1] if heads else max(first - _NEAR, 0)
    near = [blocks[at] for at in (*range(start, first), *range(first, min(first + 2, len(blocks)))) if at not in chosen]
    near = [block for block in near if {"nav", "aside", "footer"}.isdisjoint(block.tags)]
    near.sort(key=lambda block: reason_above_text(block.text) != BYLINE)  # a day beside the author is the article's
    hinted = (block for at, block in enumerate(blocks) if at not in chosen and place_of(block) is None)
    marked = (time.get("datetime") for block in hinted for time in _times(block) if _is_hinted(time))
    said = [block.text for block in blocks if place_of(block) is None and is_published_line(block.text)]
    times = (time.get("datetime") for block in near for time in _times(block))
    return earliest_named(
        [*times, *map(date_in, (block.text for block in near)), *map(date_in, said), *marked], language
    )


def _is_hinted(time: HtmlElement) -> bool:
    holder = time.getparent()
    return bool(
        _TIME_HINT.search(f"{time.get('class') or ''} {(holder.get('class') or '') if holder is not None else ''}")
    )


def _times(block: Block) -> Iterator[HtmlElement]:
    return block.element.iter("time") if block.element is not None and block.element.tag != "body" else iter(())


def _is_above(lines: Sequence[Paragraph]) -> bool:
    return all(line.role is Role.HEADING for line in lines)


def _is_likely(block: Block) -> bool:
    """Return whether a block reads like running text of the article."""
    return (
        is_long(block.text) and closes(block.text) and 2 * block.linked <= len(block.text) and not _ASIDE & block.tags
    )


def _found_by_trafilatura(tree: HtmlElement, *, fast: bool) -> list[str]:
    """Return the lines that trafilatura takes for the article's."""
    from trafilatura import bare_extraction

    found = bare_extraction(tree, include_comments=False, include_tables=False, include_links=False, fast=fast)
    body = getattr(found, "body", None)
    texts = ("".join(map(str, element.itertext())) for element in (body if body is not None else ()))
    return [text for text in texts if text.strip()]


def _chosen(blocks: Sequence[Block], found: Sequence[str]) -> set[int]:
    """Return which blocks are in what trafilatura found, whatever words it lost in them.

    A short line counts as often as trafilatura has it, near the long ones.
    """
    lines = Counter(key(line) for text in found for line in text.split("\n"))
    whole = "\n".join(map(key, found))
    pairs: set[tuple[str, str]] = set()
    keys = [key(block.text) for block in blocks]
    wanted = [at for at, block in enumerate(blocks) if not (block.is_link or _is_teaser(block))]
    chosen = set()
    for at in wanted:
        if len(keys[at]) < _SHORT_KEY:
            continue
        if keys[at] in whole:
            chosen.add(at)
        elif place_of(blocks[at]) is None:
            pairs = pairs or {pair for text in found for pair in _pairs(text)}
            own = _pairs(blocks[at].text)
            if own and sum(pair in pairs for pair in own) >= _SHARED * len(own):
                chosen.add(at)
    beside = {at for at in chosen if is_beside_text(blocks[at]) or _is_of_card(blocks, at, chosen)}
    if _length(blocks, beside) * 2 < _length(blocks, chosen):  # else it is a page of pictures, told in captions
        chosen -= beside
        wanted = [at for at in wanted if not is_beside_text(blocks[at])]
    first, last = min(chosen, default=0), max(chosen, default=len(blocks))
    for at in sorted((at for at in wanted if keys[at]), key=lambda at: (not first <= at <= last, at)):
        if len(keys[at]) < _SHORT_KEY and lines[keys[at]] > 0 and first - _NEAR <= at <= last + _NEAR:
            lines[keys[at]] -= 1
            chosen.add(at)
    return chosen


def _is_teaser(block: Block) -> bool:
    """Return whether most of a line that is no sentence leads elsewhere."""
    return 2 * block.linked > len(block.text) and not ends_sentence(block.text) and block.role is Role.BODY


def _is_of_card(blocks: Sequence[Block], at: int, chosen: set[int]) -> bool:
    """Return whether a block stands under a linked headline and apart from the rest of the text: it teases a page."""
    return _is_under_link(blocks, at) and all(
        _holder(blocks[other]) is not _holder(blocks[at]) for other in chosen if other != at
    )


def _is_under_link(blocks: Sequence[Block], at: int) -> bool:
    return at > 0 and blocks[at - 1].is_link and bool(HEADINGS & blocks[at - 1].tags)


def _length(blocks: Sequence[Block], chosen: Iterable[int]) -> int:
    return sum(len(blocks[at].text) for at in chosen)


def _pairs(text: str) -> list[tuple[str, str]]:
    words = _WORD.findall(text.casefold())
    return list(pairwise(words))


def _completed(blocks: Sequence[Block], chosen: set[int]) -> set[int]:
    """Add the lists, the bare text and the paragraphs that stand among the chosen ones in the same element."""
    if not chosen:
        return chosen
    holders = {_holder(blocks[at]) for at in chosen if is_long(blocks[at].text)} - {None}
    first, last = min(chosen), max(chosen)
    while last + 1 < len(blocks) and _goes_on(blocks[last], blocks[last + 1]):
        last += 1
    added = {
        at
        for at in range(first, last + 1)
        if at not in chosen
        and place_of(blocks[at]) is None
        and not blocks[at].is_link
        and (closes(blocks[at].text) or (ends_sentence(blocks[at].text) and is_long(blocks[at].text)))
        and (_holder(blocks[at]) in holders or blocks[at].element in holders)
        and not reason_to_remove(blocks[at].text)
    }
    whole = chosen | added
    return whole | {
        at for at in range(max(first - 1, 0), last) if at + 1 in whole and _heads_chosen(blocks, at, holders)
    }


def _heads_chosen(blocks: Sequence[Block], at: int, holders: set[HtmlElement | None]) -> bool:
    """Return whether a block is a heading of the text that stands below it, in the same element."""
    block = blocks[at]
    is_heading = block.role is Role.HEADING and "h1" not in block.tags
    return is_heading and not block.is_link and place_of(block) is None and _holder(block) in holders


def _goes_on(before: Block, block: Block) -> bool:
    """Return whether an item, or text that stands bare in the same element, is right behind the text."""
    if block.element is None or not closes(block.text) or 2 * block.linked > len(block.text) or place_of(block):
        return False
    if block.element.tag == "li":
        return _holder(block) in (_holder(before), before.element)
    return block.element is _holder(before) and is_long(block.text) and not reason_to_remove(block.text)


def _holder(block: Block) -> HtmlElement | None:
    """Return the element whose children the paragraphs are; a list's items count as its parent's."""
    element = block.element
    if element is not None and element.tag == "li":
        element = element.getparent()
    return element.getparent() if element is not None else None


def _reason(block: Block) -> str:
    if reason := place_of(block):
        return reason
    if block.is_link or 2 * block.linked > len(block.text):
        return "link to elsewhere"
    if reason := reason_to_remove(block.text) or named_place_of(block):
        return reason
    return "outside of the main text" if closes(block.text) else "label outside of the text"


def _linked_body(body: str | None) -> tuple[Paragraph, ...]:
    """Return the lines of the text that JSON-LD carries, without the markup that some of it has."""
    if not body:
        return ()
    if looks_like_markup(body):
        return fragment_lines(body, most=len(body.encode("utf-8", "replace")) + 1)[0]
    plain = _MARKDOWN_LINK.sub(r"\1", body)
    return tuple(Paragraph(text=without_emphasis(line.lstrip("# "))) for line in plain.split("\n") if line.strip())


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
