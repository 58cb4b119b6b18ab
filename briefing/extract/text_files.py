"""Plain text and Markdown: where paragraphs are, whether the first lines are a title, what the fields say."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from itertools import takewhile
from typing import TYPE_CHECKING

from briefing.extract.boilerplate import reason_to_remove
from briefing.extract.cleaning import clean_line, decode
from briefing.extract.dates import reason_above_text
from briefing.extract.draft import UNDECODABLE, Draft, Found, cut_at, problem, remark
from briefing.extract.fields import (
    Fields,
    languages_apart,
    marks_of,
    split_front_matter,
    split_labelled_lines,
    translation_of_fields,
)
from briefing.extract.lines import ends_sentence, joined, unwrapped
from briefing.extract.sequence import is_long, is_punctuated, key
from briefing.models import Paragraph, Removal, Role

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from markdown_it import MarkdownIt
    from markdown_it.token import Token

    from briefing.config import Limits
    from briefing.models import Document

_TITLE_CHARS = 200
_TITLE_WORDS = 30
_MOST_ABOVE = 3
_SENTENCE_CHARS = 120
"""A first line longer than this that holds two sentences is text."""
_SENTENCES = re.compile(r"[.!?]\s+[^\W\d_a-z]")
_STANDFIRST_WORDS = 6
_UNTITLED = re.compile(r"[.,:;،؛。][\"'”’»)\]\s]*$|…$|^[(\[].*[)\]]$")
"""How a line ends that is no title: like a sentence, or like half of one."""
_EMPHASIS = re.compile(r"(?<![\w\\])(?P<mark>_{1,3}|\*{1,3})(?=\S)(?P<inside>[^_*]{1,1000}?)(?P=mark)(?!\w)")
_EDGE_MARK = re.compile(r"(?<![\w@/:._-])_{1,3}(?=[\w\"'«“(])|(?<=[\w.,!?\"'»”)…])_{1,3}(?![\w@/_])")
"""An underscore beside a word, not inside one: half of a pair that a conversion has torn apart."""


def read_plain_text(document: Document, limits: Limits) -> Iterator[Found]:
    """Read one article from plain text."""
    text = decode(document.content[: 4 * limits.text_chars + 4])
    if text is None:
        yield problem(document.origin, UNDECODABLE)
        return
    if len(document.content) > 4 * limits.text_chars + 4:
        yield remark(document.origin, cut_at(limits.text_chars))
    text = text.lstrip("\ufeff\n\r ").replace("\r\n", "\n").replace("\r", "\n")
    fields, body = split_labelled_lines(text)
    head = text[: len(text) - len(body)].split("\n")
    for draft in drafts_of(body, fields=fields):
        yield replace(draft, removed=tuple(Removal(text=line, reason="field") for line in head if line.strip()))


def drafts_of(body: str, *, fields: Fields, entry: str = "") -> Iterator[Draft]:
    """Make the draft of an article in plain text; what its fields say goes before what its lines look like."""
    lines = [line for found in unwrapped(body) if (line := clean_line(without_emphasis(found)))]
    title, translation, rest = (fields.text("title"), None, lines) if fields.text("title") else split_title(lines)
    paragraphs = tuple(Paragraph(text=line) for line in rest)
    if title and not fields.values:
        paragraphs = _with_standfirst(paragraphs)
    yield drafted(paragraphs, fields, title=(title, translation), entry=entry)


def drafted(
    lines: tuple[Paragraph, ...], fields: Fields, *, title: tuple[str | None, str | None], entry: str = ""
) -> Draft:
    """Make the draft of an article out of its lines, its title (with its translation), and what its fields say."""
    standfirst = fields.text("standfirst")
    if standfirst:
        lines = (Paragraph(text=standfirst, role=Role.STANDFIRST), *lines)
    return Draft(
        entry=entry,
        lines=lines,
        title=title[0],
        title_translation=title[1],
        outlet=fields.text("outlet"),
        url=fields.text("url"),
        author=fields.text("author"),
        published=fields.values.get("published"),
        language=fields.text("language"),
        translation=translation_of_fields(fields.values, fields.text("language")),
        marks=marks_of(fields.values),
    )


def without_emphasis(line: str) -> str:
    """Take the emphasis marks of Markdown off, which plain text often carries."""
    if "_" not in line and "*" not in line:
        return line
    line = _EMPHASIS.sub(lambda match: match["inside"], line)
    return _EDGE_MARK.sub("", line) if len(_EDGE_MARK.findall(line)) > 1 else line


def split_title(lines: Sequence[str]) -> tuple[str | None, str | None, list[str]]:
    """Return the title where the first line stands as one, its translation where the second is that, and the rest.

    Lines above it that only name an author or a date stay in the rest.
    """
    above = list(takewhile(lambda line: reason_above_text(line) or reason_to_remove(line), lines[:_MOST_ABOVE]))
    below = list(lines[len(above) :])
    if len(below) < 2 or not _is_title(below[0]) or not _is_body(below[1:]):
        return None, None, list(lines)
    title, second = below[0], below[1]
    if len(below) > 2 and _is_title(second) and key(second) != key(title) and _is_body(below[2:]):
        alike = len(title) / 2 <= len(second) <= len(title) * 2
        if alike and languages_apart(title, second):
            return title, second, [*above, *below[2:]]
    return title, None, [*above, *below[1:]]


def split_titled(lines: Sequence[Paragraph]) -> tuple[str | None, str | None, tuple[Paragraph, ...]]:
    """Do what split_title does on lines that have roles: a heading on top is the title."""
    if lines and lines[0].role is Role.HEADING:
        return lines[0].text, None, tuple(lines[1:])
    texts = [clean_line(line.text) for line in lines]
    title, translation, _ = split_title(texts)
    gone = {texts.index(said) for said in (title, translation) if said is not None}
    return title, translation, tuple(line for index, line in enumerate(lines) if index not in gone)


def _is_title(line: str) -> bool:
    return (
        2 < len(line) <= _TITLE_CHARS
        and len(line.split()) <= _TITLE_WORDS
        and not _UNTITLED.search(line)
        and not (len(line) > _SENTENCE_CHARS and _SENTENCES.search(line))
        and any(char.isalpha() for char in line)
        and not line[0].islower()
    )


def _is_body(lines: Sequence[str]) -> bool:
    """Return whether running text follows, whose lines close like sentences."""
    return is_punctuated(lines) or (not any(map(is_long, lines)) and any(map(ends_sentence, lines)))


def _with_standfirst(lines: tuple[Paragraph, ...]) -> tuple[Paragraph, ...]:
    """Mark the line under the title as the standfirst where it is printed twice, or stands without full stop."""
    if len(lines) < 3:
        return lines
    first, second = lines[0].text, lines[1].text
    doubled = key(first) == key(second)
    unclosed = _is_title(first) and not ends_sentence(first) and len(first.split()) >= _STANDFIRST_WORDS
    return (replace(lines[0], role=Role.STANDFIRST), *lines[1:]) if doubled or unclosed else lines


_TAG = re.compile(r"<!--.*?-->|<[^<>]{1,1000}>", re.DOTALL)
_SOFT = "\n"
_LINE_CHARS = 120
"""Where a line is longer than this they were not wrapped by hand: each is a paragraph, but for what goes on."""
_MOST_LINKS = 5_000
"""Brackets that may open a link in Markdown; where there are more, they are text: each is looked behind to the end."""
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
    return tuple(_paragraphs(_parser(is_linked=text.count("[") <= _MOST_LINKS).parse(text)))


@cache
def _parser(*, is_linked: bool) -> MarkdownIt:
    from markdown_it import MarkdownIt

    parser = MarkdownIt("commonmark")
    return parser if is_linked else parser.disable(["link", "image"])


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
        return [joined(lines)] if lines else []
    own: list[str] = []
    for line in lines:
        if own and _goes_on(own[-1], line):
            own[-1] = joined((own[-1], line))
        else:
            own.append(line)
    return own


def _goes_on(before: str, line: str) -> bool:
    """Whether a break tears a sentence apart."""
    if before[-1] in _COLONS:
        return line[-1] not in _COLONS
    return before[-1] in _COMMAS or (line[0].islower() and not ends_sentence(before))
