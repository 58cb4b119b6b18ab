"""Markdown: front matter for the fields, markdown-it for the text."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from briefing.extract.decoding import decode
from briefing.extract.draft import UNDECODABLE, Found, cut_at, problem, remark
from briefing.extract.front_matter import split_front_matter
from briefing.extract.lines import ends_sentence
from briefing.extract.plain_text import drafted, split_titled
from briefing.models import Paragraph, Role

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from markdown_it import MarkdownIt
    from markdown_it.token import Token

    from briefing.config import Limits
    from briefing.models import Document

_TAG = re.compile(r"<!--.*?-->|<[^<>]{1,1000}>", re.DOTALL)
_SOFT = "\n"
_LINE_CHARS = 120
"""Where a line is longer than this they were not wrapped by hand: each is a paragraph, but for what goes on."""
_COMMAS = ",،、"
_COLONS = ":："
"""Behind one stands what somebody said, but for another line that only announces."""


def read_markdown(document: Document, limits: Limits) -> Iterator[Found]:
    """Read one article from Markdown."""
    text = decode(document.content[: 4 * limits.text_chars + 4])
    if text is None:
        yield problem(document.origin, UNDECODABLE)
        return
    if len(document.content) > 4 * limits.text_chars + 4:
        yield remark(document.origin, cut_at(limits.text_chars))
    fields, body = split_front_matter(text.lstrip("\ufeff\n\r ").replace("\r\n", "\n").replace("\r", "\n"))
    if fields.complaint:
        yield remark(document.origin, fields.complaint)
    lines = markdown_paragraphs(body)
    title, translation = fields.text("title"), None
    if title is None:
        title, translation, lines = split_titled(lines)
    yield drafted(lines, fields, title=(title, translation))


def markdown_paragraphs(text: str) -> tuple[Paragraph, ...]:
    """Return the paragraphs and headings of Markdown, without its marks, links' targets, pictures and HTML tags."""
    return tuple(_paragraphs(_parser().parse(text)))


@cache
def _parser() -> MarkdownIt:
    from markdown_it import MarkdownIt

    return MarkdownIt("commonmark")


def _paragraphs(tokens: Sequence[Token]) -> Iterator[Paragraph]:
    role = Role.BODY
    for token in tokens:
        if token.type == "heading_open":
            role = Role.HEADING
        elif token.type == "heading_close":
            role = Role.BODY
        elif token.type == "inline":
            for line in _lines(_inline(token.children or ())):
                yield Paragraph(text=line, role=role)
        elif token.type in {"code_block", "fence", "html_block"}:
            for line in _TAG.sub(" ", token.content).split("\n\n"):
                if line.strip():
                    yield Paragraph(text=line)


def _inline(tokens: Sequence[Token]) -> str:
    parts = {"softbreak": _SOFT, "hardbreak": _SOFT, "html_inline": " ", "image": ""}
    return "".join(parts.get(token.type, token.content) for token in tokens)


def _lines(text: str) -> list[str]:
    """Return one line where the breaks were for the writer's eyes, each line where they divide paragraphs."""
    lines = [line for line in text.split(_SOFT) if line.strip()]
    if max(map(len, lines), default=0) <= _LINE_CHARS:
        return [" ".join(lines)] if lines else []
    own: list[str] = []
    for line in lines:
        if own and _goes_on(own[-1], line):
            own[-1] = f"{own[-1]} {line}"
        else:
            own.append(line)
    return own


def _goes_on(before: str, line: str) -> bool:
    """Whether a break tears a sentence apart."""
    if before[-1] in _COLONS:
        return line[-1] not in _COLONS
    return before[-1] in _COMMAS or (line[0].islower() and not ends_sentence(before))
