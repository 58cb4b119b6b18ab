"""The editor's note for a day: Markdown → clean paragraphs of plain text and links, for the brief and for sections.

What stands under a heading of the second level that is a section's id is for that section. Paragraphs, list items and
other headings become paragraphs; marks of emphasis, pictures, HTML and links to anything but http, https and mailto
leave their text alone.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from briefing.extract.cleaning import clean_line, decode
from briefing.models import Note, Notes, Problem, Span

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from markdown_it import MarkdownIt
    from markdown_it.token import Token

NOTE_BYTES = 20_000
"""Bytes of a note that is read: some eight pages."""
STAGE = "note"
BULLET = "• "

_SCHEMES = frozenset({"http", "https", "mailto"})
_Paragraph = tuple[Span, ...]


def read_notes(content: bytes, *, origin: str, sections: Collection[str]) -> tuple[Notes, tuple[Problem, ...]]:
    """Return the notes in a file, and what is wrong with it: no text, too long, a heading that is no section's id."""
    if len(content) > NOTE_BYTES:
        return Notes(), (_problem(origin, f"more than {NOTE_BYTES:,} bytes, so the editor's note is not printed"),)
    text = decode(content)
    if text is None:
        return Notes(), (_problem(origin, "it is no text, so the editor's note is not printed"),)
    parts: dict[str, list[_Paragraph]] = {}
    problems = []
    here = ""
    for heading, paragraph in _blocks(_parser().parse(text.lstrip("\ufeff"))):
        name = "".join(span.text for span in paragraph).casefold()
        if heading and name in sections:
            here = name
            continue
        if heading:
            here = ""
            problems.append(
                _problem(origin, f"no section has the id '{name}': what stands under it is for the whole brief")
            )
        parts.setdefault(here, []).append(paragraph)
    notes = {name: Note(paragraphs=tuple(found)) for name, found in parts.items()}
    whole = notes.pop("", None)
    return Notes(brief=whole, sections=tuple(notes.items())), tuple(problems)


@cache
def _parser() -> MarkdownIt:
    from markdown_it import MarkdownIt

    parser = MarkdownIt("commonmark")
    parser.validateLink = lambda _: True  # type: ignore[assignment,method-assign] # where links may lead is decided by `_address`
    return parser


def _blocks(tokens: Sequence[Token]) -> Iterator[tuple[bool, _Paragraph]]:
    """Yield paragraphs that hold something, and whether each is a heading of the second level."""
    heading, opening = False, ""
    for token in tokens:
        if token.type == "heading_open":
            heading = token.tag == "h2"
        elif token.type == "heading_close":
            heading = False
        elif token.type == "list_item_open":
            opening = BULLET
        elif token.type in {"inline", "fence", "code_block"}:
            spans = tuple(_spans(token.children or ())) if token.type == "inline" else tuple(_spans((token,)))
            if any(span.text.strip() for span in spans):
                yield heading, _trimmed((Span(text=opening), *spans) if opening else spans)
            opening = ""


def _spans(tokens: Sequence[Token]) -> Iterator[Span]:
    """Yield the pieces of a paragraph, neighbours of one address together."""
    text, href = "", None
    for token in tokens:
        if token.type in {"link_open", "link_close"}:
            yield from _span(text, href)
            text, href = "", _address(token) if token.type == "link_open" else None
        elif token.type in {"softbreak", "hardbreak"}:
            text += " "
        elif token.type in {"text", "code_inline", "fence", "code_block", "text_special", "image"}:
            text += token.content
    yield from _span(text, href)


def _span(text: str, href: str | None) -> Iterator[Span]:
    line = clean_line(text.removeprefix("mailto:") if href else text)
    if line:
        before, after = " " * text[:1].isspace(), " " * text[-1:].isspace()
        yield Span(text=f"{before}{line}{after}", href=href)
    elif text:
        yield Span(text=" ")


def _trimmed(spans: _Paragraph) -> _Paragraph:
    first, *rest = spans
    if not rest:
        return (Span(text=first.text.strip(), href=first.href),)
    *middle, last = rest
    opening = Span(text=first.text if first.text == BULLET else first.text.lstrip(), href=first.href)
    return tuple(s for s in (opening, *middle, Span(text=last.text.rstrip(), href=last.href)) if s.text)


def _address(token: Token) -> str | None:
    """Return where a link leads, or None where it may not lead there."""
    href = str(token.attrGet("href") or "")
    try:
        scheme = urlsplit(href).scheme
    except ValueError:
        return None
    return href if scheme in _SCHEMES and href.isprintable() and " " not in href else None


def _problem(origin: str, reason: str) -> Problem:
    return Problem(origin=origin, stage=STAGE, reason=reason, lost=False)
