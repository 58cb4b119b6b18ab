"""From draft to article: every field through the gate, the lines judged, the date read, the identity given."""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from briefing.extract.cleaning import clean_field, clean_line
from briefing.extract.datelines import author_named, author_told, date_told
from briefing.extract.dates import UnlikelyDateError, parse_moment
from briefing.extract.draft import cut_at, problem, remark
from briefing.extract.marking import MARKING, is_marking, marking_of, without_label
from briefing.extract.plain_text import split_titled
from briefing.extract.sequence import tidy
from briefing.models import PARAGRAPH_BREAK, Article, Paragraph, Removal

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from briefing.config import Limits
    from briefing.extract.draft import Draft
    from briefing.models import Document, Moment, Problem

_LANGUAGE = re.compile(r"([A-Za-z]{2,3})(?:[-_].*)?")
_SENTENCE_END = re.compile(r"[.!?…][\"'”’»)]*(?=\s)|[。！？؟।]")
_FIELD_CHARS = 500
"""A title, an outlet, an author longer than this is none."""
_URL_CHARS = 2_000
_MARKED_LINES = 4


def assemble(draft: Draft, document: Document, limits: Limits) -> Iterator[Article | Problem]:
    """Return the article of a draft with remarks on what was cut, or the one Problem that says why there is none."""
    origin = f"{document.origin}#{draft.entry}" if draft.entry else document.origin
    title, translation = _short(draft.title), _short(draft.title_translation)
    lines = [Paragraph(text=text, role=line.role) for line in draft.lines if (text := clean_line(line.text))]
    marking, embargo = marking_of(title, [line.text for line in lines])
    marks: list[Removal] = []
    if marking or embargo or any(is_marking(line.text) for line in lines[:_MARKED_LINES]) or is_marking(title or ""):
        title, lines, marks = _unmarked(title, lines)
    kept, removed = tidy(lines, titles=(title, translation, *map(clean_line, draft.other_titles)), outlet=draft.outlet)
    told = tuple(Removal(text=text, reason=line.reason) for line in draft.removed if (text := clean_line(line.text)))
    fitting = _within(kept, limits.text_chars)
    if not fitting:
        yield problem(origin, _why_empty(title, kept, limits))
        return
    if fitting != kept:
        yield remark(origin, cut_at(limits.text_chars))
    published, complaint = _published(draft.published or date_told(removed), draft.language)
    if complaint:
        yield remark(origin, complaint)
    digest = hashlib.sha256(document.content).hexdigest()
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
    )


def _unmarked(title: str | None, lines: list[Paragraph]) -> tuple[str | None, list[Paragraph], list[Removal]]:
    """Return title and lines without those that only mark; the line that was hidden below them is the title."""
    marks = [Removal(text=line.text, reason=MARKING) for line in lines if is_marking(line.text)]
    kept = [line for line in lines if not is_marking(line.text)]
    if title and is_marking(title):
        marks.insert(0, Removal(text=title, reason=MARKING))
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
