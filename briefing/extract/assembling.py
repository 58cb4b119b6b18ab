"""From draft to article: fields cleaned, lines judged, dates read, the text held against a plain reading."""

from __future__ import annotations

import hashlib
import re
from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from briefing.extract import media_types
from briefing.extract.boilerplate import is_wall
from briefing.extract.cleaning import clean_field, clean_line, decode
from briefing.extract.dates import UnlikelyDateError, author_named, author_told, date_told, parse_moment
from briefing.extract.draft import cut_at, problem, remark
from briefing.extract.marking import MARKING, is_marking, marking_of, may_mark, only_marks, without_label
from briefing.extract.sequence import tidy
from briefing.extract.text_files import split_titled
from briefing.models import PARAGRAPH_BREAK, Article, Paragraph, Removal
from briefing.plain_reading import glance, plain_reading

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from briefing.config import Limits
    from briefing.extract.draft import Draft
    from briefing.models import Document, Moment, Problem
    from briefing.plain_reading import Reading

WALL = "no article: what a server or a guard shows in its place (an error, a check, a request to log in or to pay)"
UNCOMPARED = "its text could not be compared with what the document shows"
UNLIKE_DOCUMENT = "unlike what the document shows"
_FIELDS = frozenset((media_types.JSON, media_types.JSON_LINES, media_types.CSV))
"""Kinds in which a text is a value: there is nothing to read in another way."""
_TEXTS = frozenset((media_types.TEXT, media_types.MARKDOWN))
"""Kinds whose bytes may be in any encoding: which it is, is not read twice."""
_MOST_COMPARED = 300_000_000
"""Characters that are looked through: more of them are a file of thousands of articles, each of which is short."""
_SENTENCE = re.compile(r".+?(?:[.!?…][\"'”’»)]*(?=\s)|[。！？؟।]|$)\s*", re.DOTALL)


def conserved(document: Document, articles: Sequence[Article]) -> Iterator[Article | Problem]:
    """Yield the articles without the sentences whose words the document does not show so, and remarks that tell it."""
    is_read = not articles or media_types.media_type(document) in _FIELDS or _is_seen_at_a_glance(document, articles)
    reading = None if is_read else _reading(document, articles)
    if reading is None and not is_read:
        yield remark(document.origin, UNCOMPARED)
    for article in articles:
        lines = article.paragraphs if reading is None else tuple(_held(article.paragraphs, reading))
        if lines == article.paragraphs:
            yield article
            continue
        if not lines and len(article.paragraphs) > 1:  # then it was the second reading that failed
            yield remark(article.origin, UNCOMPARED)
            yield article
            continue
        kept = {line.text for line in lines}
        gone = [Removal(text=line.text, reason=UNLIKE_DOCUMENT) for line in article.paragraphs if line.text not in kept]
        if not lines:
            yield problem(article.origin, f"its text is {UNLIKE_DOCUMENT}; save it anew, as text or PDF")
            continue
        yield remark(article.origin, f"{len(gone)} of its paragraphs are {UNLIKE_DOCUMENT}, and are not quoted whole")
        yield replace(article, paragraphs=lines, removed=(*article.removed, *gone))


def _is_seen_at_a_glance(document: Document, articles: Sequence[Article]) -> bool:
    """Return whether all paragraphs of a page or a text stand in it as they are, which is the rule and soon seen."""
    kind = media_types.media_type(document)
    if kind != media_types.HTML and kind not in _TEXTS:
        return False
    seen = glance(document.content) if kind == media_types.HTML else document.content.decode("utf-8", "replace")
    at = 0
    for text in (line.text for article in articles for line in article.paragraphs):
        at = max(0, seen.find(text, at))  # in their order, so that it is looked through once
        if not seen.startswith(text, at) and text not in seen:
            return False
    return True


def _reading(document: Document, articles: Sequence[Article]) -> Reading | None:
    content = document.content
    if media_types.media_type(document) in _TEXTS:
        content = (decode(content) or "").encode("utf-8", "ignore")
    size = len(content) * sum(len(article.paragraphs) for article in articles)
    return plain_reading(content, name=document.origin) if size <= _MOST_COMPARED else None


def _held(lines: Sequence[Paragraph], reading: Reading) -> Iterator[Paragraph]:
    """Yield the paragraphs that a document shows; of others the sentences that it shows."""
    for line in lines:
        if reading.holds(line.text):
            yield line
            continue
        piece = ""
        for match in _SENTENCE.finditer(line.text):
            if reading.holds(match[0]):
                piece += match[0]
                continue
            if text := clean_line(piece):  # anew: what a whole line hid from the repair of characters, a part may show
                yield replace(line, text=text)
            piece = ""
        if text := clean_line(piece):
            yield replace(line, text=text)


_LANGUAGE = re.compile(r"([A-Za-z]{2,3})(?:[-_].*)?")
_SENTENCE_END = re.compile(r"[.!?…][\"'”’»)]*(?=\s)|[。！？؟।]")
_READ_ON, _LINE = 4, 40
"""How many times the characters of a text are read for it, most of which may be removed, and what a line counts."""
_FIELD_CHARS = 500
"""A title, an outlet, an author longer than this is none."""
_URL_CHARS = 2_000


def assemble(draft: Draft, document: Document, limits: Limits, *, digest: str) -> Iterator[Article | Problem]:
    """Return the article of a draft with remarks on what was cut, or the one Problem that says why there is none.

    `digest` is the SHA-256 of the document's bytes, in hexadecimal digits: one document may have many articles.
    """
    origin = f"{document.origin}#{draft.entry}" if draft.entry else document.origin
    title, translation = _short(draft.title), _short(draft.title_translation)
    lines, is_whole = _readable(draft.lines, limits.text_chars)
    if is_wall(title, [line.text for line in lines]):
        yield problem(origin, WALL)
        return
    told = tuple(Removal(text=text, reason=line.reason) for line in draft.removed if (text := clean_line(line.text)))
    marking, embargo, marks = None, None, list[Removal]()
    beside = (*draft.marks, origin.rpartition("/")[2], *(removal.text for removal in told))
    if may_mark(title, [line.text for line in lines], beside):
        marking, embargo = marking_of(title, [line.text for line in lines], beside)
        title, lines, marks = _unmarked(title, lines)
    kept, removed = tidy(lines, titles=(title, translation, *map(clean_line, draft.other_titles)), outlet=draft.outlet)
    fitting = _within(kept, limits.text_chars)
    if not fitting:
        yield problem(origin, _why_empty(title, kept, limits))
        return
    if fitting != kept or not is_whole:
        yield remark(origin, cut_at(limits.text_chars))
    published, complaint = _published(draft.published or date_told(removed), draft.language)
    if complaint:
        yield remark(origin, complaint)
    yield Article(
        id=hashlib.sha256(f"{document.origin}\0{draft.entry}\0{digest}".encode()).hexdigest()[:12],
        origin=origin,
        title=title,
        title_translation=translation,
        paragraphs=fitting,
        removed=(*marks, *told, *removed),
        outlet=_short(draft.outlet),
        url=web_address(draft.url),
        author=_short(author_named(draft.author)) or author_told(removed),
        published=published,
        marking=marking,
        embargo=embargo,
        modified=_published(draft.modified, draft.language)[0],
        language=language_code(draft.language),
        sha256=digest,
        translation=draft.translation,
        sender=draft.sender,
    )


def _unmarked(title: str | None, lines: list[Paragraph]) -> tuple[str | None, list[Paragraph], list[Removal]]:
    """Return title and lines without those that only mark; the line that was hidden below them is the title."""
    marks = [Removal(text=line.text, reason=MARKING) for line in lines if is_marking(line.text)]
    kept = [line for line in lines if not is_marking(line.text)]
    hid_title = title is None and bool(lines) and is_marking(lines[0].text)
    if title and only_marks(title):
        marks.insert(0, Removal(text=title, reason=MARKING))
        hid_title = True
    if hid_title:
        title, _, rest = split_titled(tuple(kept))
        return title, list(rest), marks
    return without_label(title), kept, marks


def _why_empty(title: str | None, kept: Sequence[Paragraph], limits: Limits) -> str:
    if kept:
        return f"no sentence ends within its first {limits.text_chars:,} characters (limits.text_chars)"
    return "no text in it; what it holds is a title at most" if title else "no text in it"


def web_address(url: str | None) -> str | None:
    """Return an absolute http or https address, or None for anything else."""
    url = (url or "").strip()
    if len(url) > _URL_CHARS or not url.isprintable() or any(char.isspace() for char in url):
        return None
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    return url if parts.scheme.lower() in {"http", "https"} and parts.hostname else None


def language_code(tag: str | None) -> str | None:
    """Return the language of a tag such as `fr-FR` or `pt_BR` as ISO 639 has it, or None."""
    match = _LANGUAGE.fullmatch((tag or "").strip())
    return match[1].lower() if match else None


def _short(text: str | None) -> str | None:
    line = clean_field(text)
    return line if line and len(line) <= _FIELD_CHARS else None


def _published(told: str | date | None, language: str | None) -> tuple[Moment | None, str | None]:
    try:
        moment = parse_moment(told, language=language_code(language))
    except UnlikelyDateError as error:
        return None, f"its date cannot be right and is left out: {clean_line(str(error))[:60]}"
    if moment is None and told:
        return None, f"its date cannot be read and is left out: {clean_line(str(told))[:60]}"
    return moment, None


def _readable(lines: Sequence[Paragraph], most: int) -> tuple[list[Paragraph], bool]:
    """Return lines cleaned, up to well behind where the text is cut, and whether they are all: judging costs, too."""
    found, left = list[Paragraph](), _READ_ON * most
    for line in lines:
        if left <= 0:
            return found, False
        text = clean_line(line.text)
        left -= len(text) + _LINE
        if text:
            found.append(Paragraph(text=text, role=line.role))
    return found, True


def _within(lines: Sequence[Paragraph], most: int) -> tuple[Paragraph, ...]:
    """Return the lines that fit, the last one cut behind a sentence."""
    kept: list[Paragraph] = []
    left = most
    for line in lines:
        if len(line.text) > left:
            ends = [match.end() for match in _SENTENCE_END.finditer(line.text, 0, left)]
            cut = line.text[: ends[-1]].rstrip() if ends else ""
            return (*kept, Paragraph(text=cut, role=line.role)) if cut else tuple(kept)
        kept.append(line)
        left -= len(line.text) + len(PARAGRAPH_BREAK)
    return tuple(kept)
