"""The brief as data: what `brief.json` holds. Imports nothing slow."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from hashlib import sha256
from itertools import accumulate
from typing import TYPE_CHECKING, Any

from briefing.render.characters import encodable
from briefing.render.figures import figures_data

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from briefing.models import (
        Brief,
        EditionInfo,
        KeyPoint,
        Moment,
        Note,
        PastEdition,
        Problem,
        Quote,
        Section,
        Source,
        Span,
        StoryEntry,
        Translation,
    )

VERSION = 1
"""Of the shape of `brief.json`: within one version keys are added, none is renamed or removed."""

SCORE_DIGITS = 6


def as_json(brief: Brief) -> dict[str, Any]:
    """Return everything that the brief holds, as JSON values; `text[start:end]` of an article is the quotation."""
    return {
        "version": VERSION,
        "edition": _edition(brief.edition),
        "key_points": [_key_point(point) for point in brief.key_points],
        "sections": [_section(section) for section in brief.sections],
        "also_today": [_story(story) for story in brief.also_today.stories],
        "also_today_more": [_story(story) for story in brief.also_today.more],
        "articles": [_article(source) for source in brief.sources],
        "left_out": [_problem(problem) for problem in brief.left_out],
        "note": _note(brief.note),
        "history": [_past(edition) for edition in brief.history],
        "silent": {
            "outlets": [encodable(name) for name in brief.silent.outlets],
            "sources": [encodable(name) for name in brief.silent.sources],
        },
        "figures": figures_data(brief.figures),
    }


def json_bytes(data: Mapping[str, Any]) -> bytes:
    """Return the data as UTF-8 text that a person can read and compare."""
    return (json.dumps(data, ensure_ascii=False, indent=1, allow_nan=False) + "\n").encode()


def moment(value: Moment | None) -> str | None:
    """Return a time as ISO 8601 in UTC (`2019-03-20T18:10:00Z`), a day as `2019-03-20`."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="seconds") + "Z"
    return None if value is None else value.isoformat()


def _edition(edition: EditionInfo) -> dict[str, Any]:
    return {
        "id": edition.id,
        "title": encodable(edition.title),
        "date": edition.date.isoformat(),
        "timezone": edition.timezone,
        "marking": edition.marking,
        "built_at": moment(edition.built_at),
        "cut_off": moment(edition.cut_off),
        "language": edition.language,
        "handling": _text(edition.handling),
        "period_start": moment(edition.period_start),
        "next_at": moment(edition.next_at),
        "number": edition.number,
    }


def _past(edition: PastEdition) -> dict[str, Any]:
    return {
        "id": edition.id,
        "date": edition.date.isoformat(),
        "articles": edition.articles,
        "stories": dict(edition.stories),
    }


def _key_point(point: KeyPoint) -> dict[str, Any]:
    quote = point.quote
    return {
        "text": encodable(quote.sentence.text),
        "article": quote.article.id,
        "start": quote.sentence.start,
        "end": quote.sentence.end,
        "section": point.section,
        "language": quote.sentence.language,
    }


def _section(section: Section) -> dict[str, Any]:
    return {
        "id": section.id,
        "title": encodable(section.title),
        "stories": [_story(story) for story in section.stories],
        "more": [_story(story) for story in section.more],
        "parent": section.parent,
        "when_empty": _text(section.when_empty),
        "note": _note(section.note),
    }


def _note(note: Note | None) -> list[dict[str, Any]] | None:
    """Return a note's paragraphs: text, and where in it which links stand."""
    return None if note is None else [_paragraph(spans) for spans in note.paragraphs]


def _paragraph(spans: Sequence[Span]) -> dict[str, Any]:
    texts = [encodable(span.text) for span in spans]
    ends = list(accumulate(map(len, texts)))
    links = [
        {"start": end - len(text), "end": end, "href": encodable(span.href)}
        for span, text, end in zip(spans, texts, ends, strict=True)
        if span.href is not None
    ]
    return {"text": "".join(texts), "links": links}


def _story(story: StoryEntry) -> dict[str, Any]:
    return {
        "id": story.id,
        "headline": _text(story.headline),
        "language": story.language,
        "article": story.lead.id,
        "also": [article.id for article in story.also],
        "independent": story.independent,
        "status": story.status,
        "score": _score(story.score),
        "terms": [
            {"term": term.term, "count": term.count, "weight": _score(term.weight), "found": term.found}
            for term in story.terms
        ],
        "sentences": [_sentence(quote) for quote in story.quotes],
        "copies": [{"article": copy.article, "of": copy.of, "share": _score(copy.share)} for copy in story.copies],
    }


def _sentence(quote: Quote) -> dict[str, Any]:
    sentence = quote.sentence
    return {
        "text": encodable(sentence.text),
        "article": quote.article.id,
        "paragraph": sentence.paragraph,
        "start": sentence.start,
        "end": sentence.end,
        "score": _score(quote.score),
        "language": sentence.language,
    }


def _article(source: Source) -> dict[str, Any]:
    article, text = source.article, encodable(source.article.text)
    return {
        "id": article.id,
        "origin": encodable(article.origin),
        "title": _text(article.title),
        "outlet": _text(article.outlet),
        "url": _text(article.url),
        "published": moment(article.published),
        "language": source.language,
        "sha256": article.sha256,
        "words": source.words,
        "text": text,
        "text_sha256": sha256(text.encode()).hexdigest(),
        "number": source.number,
        "author": _text(article.author),
        "title_translation": _text(article.title_translation),
        "grade": source.grade,
        "translation": _translation(article.translation),
    }


def _translation(translation: Translation | None) -> dict[str, Any] | None:
    return None if translation is None else {"original": translation.original, "machine": translation.machine}


def _problem(problem: Problem) -> dict[str, Any]:
    return {
        "origin": encodable(problem.origin),
        "stage": problem.stage,
        "reason": encodable(problem.reason),
        "lost": problem.lost,
    }


def _text(value: str | None) -> str | None:
    return None if value is None else encodable(value)


def _score(value: float) -> float:
    return round(float(value), SCORE_DIGITS) + 0.0
