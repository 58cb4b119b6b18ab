"""What the stages found, as brief.json holds it: the one place where a printed field is filled in."""

from __future__ import annotations

from dataclasses import fields, is_dataclass, replace
from datetime import UTC, datetime
from hashlib import sha256
from itertools import accumulate
from typing import TYPE_CHECKING, Literal, TypeVar

from briefing.edition import (
    AccountEntry,
    ArticleEntry,
    DifferenceEntry,
    KeyPointEntry,
    NoteLink,
    NoteParagraph,
    SentenceEntry,
    StoryEntry,
    encodable,
)
from briefing.text import Kind, kind_of

if TYPE_CHECKING:
    from briefing.edition import EditionInfo
    from briefing.models import Account, Difference, KeyPoint, Moment, Note, Placement, Quote, Ranked, Status

Value = TypeVar("Value")

SCORE_DIGITS = 6
MARKED: dict[Kind, Literal["opinion", "analysis", "live"]] = {
    Kind.OPINION: "opinion",
    Kind.ANALYSIS: "analysis",
    Kind.LIVE: "live",
}
"""Kinds of pages that are printed with their name."""


def head_entry(edition: EditionInfo) -> EditionInfo:
    """Return the head of the brief with its times in UTC."""
    return replace(
        edition,
        built_at=_utc(edition.built_at),
        cut_off=_utc(edition.cut_off),
        period_start=edition.period_start and _utc(edition.period_start),
        next_at=edition.next_at and _utc(edition.next_at),
    )


def key_point_entry(point: KeyPoint) -> KeyPointEntry:
    """Return a key point."""
    sentence = point.quote.sentence
    return KeyPointEntry(
        text=sentence.text,
        article=point.quote.article.id,
        start=sentence.start,
        end=sentence.end,
        section=point.section,
        language=sentence.language,
    )


def story_entry(placement: Placement, *, status: Status | None) -> StoryEntry:
    """Return a story as a section prints it."""
    story, lead = placement.story, placement.led_by or placement.story.lead
    return StoryEntry(
        id=story.id,
        headline=lead.article.title,
        language=lead.text.language,
        article=lead.article.id,
        also=tuple(ranked.article.id for ranked in story.articles if ranked is not lead),
        independent=story.independent,
        status=status,
        score=_score(placement.score),
        terms=tuple(replace(term, weight=_score(term.weight)) for term in placement.terms),
        sentences=tuple(_sentence_entry(quote) for quote in placement.quotes),
        copies=tuple(replace(copy, share=_score(copy.share)) for copy in story.copies),
        kind=MARKED.get(kind_of(lead.text).kind),
    )


def article_entry(ranked: Ranked, *, number: int, grade: str | None) -> ArticleEntry:
    """Return an article as the source list prints it."""
    article, text = ranked.article, encodable(ranked.article.text)
    return ArticleEntry(
        id=article.id,
        origin=article.origin,
        title=article.title,
        outlet=article.outlet,
        url=article.url,
        published=_moment(article.published),
        language=ranked.text.language,
        sha256=article.sha256,
        words=sum(len(sentence.words) for sentence in ranked.text.sentences),
        text=text,
        text_sha256=sha256(text.encode()).hexdigest(),
        number=number,
        author=article.author,
        title_translation=article.title_translation,
        grade=grade,
        translation=article.translation,
        identity=article.identity,
        first_seen=article.first_seen,
    )


def difference_entry(difference: Difference) -> DifferenceEntry:
    """Return what independent accounts count differently."""
    return DifferenceEntry(
        counted=difference.counted,
        happening=difference.happening,
        names=difference.names,
        low=difference.low,
        high=difference.high,
        accounts=tuple(_account_entry(account) for account in difference.accounts),
    )


def note_entry(note: Note | None) -> tuple[NoteParagraph, ...] | None:
    """Return an editor's note: its paragraphs, and where in them which links stand."""
    if note is None:
        return None
    paragraphs = []
    for spans in note.paragraphs:
        ends = list(accumulate(len(span.text) for span in spans))
        links = tuple(
            NoteLink(start=end - len(span.text), end=end, href=span.href)
            for span, end in zip(spans, ends, strict=True)
            if span.href is not None
        )
        paragraphs.append(NoteParagraph(text="".join(span.text for span in spans), links=links))
    return tuple(paragraphs)


def without_surrogates(value: Value) -> Value:
    """Return a value of the schema with every text in it encodable; what is so already comes back as it is."""
    changed: object = value
    if isinstance(value, str):
        changed = encodable(value)
    elif isinstance(value, tuple):
        changed = tuple(map(without_surrogates, value))
    elif is_dataclass(value) and not isinstance(value, type):
        known = {field.name: getattr(value, field.name) for field in fields(value)}
        better = {name: without_surrogates(each) for name, each in known.items()}
        changed = replace(value, **better) if better != known else value
    return changed  # type: ignore[return-value]  # as narrow as it came


def _sentence_entry(quote: Quote) -> SentenceEntry:
    sentence = quote.sentence
    return SentenceEntry(
        text=sentence.text,
        article=quote.article.id,
        paragraph=sentence.paragraph,
        start=sentence.start,
        end=sentence.end,
        score=_score(quote.score),
        language=sentence.language,
    )


def _account_entry(account: Account) -> AccountEntry:
    return AccountEntry(
        article=account.article.id,
        text=account.figure.text,
        start=account.figure.start,
        end=account.figure.end,
        language=account.language,
        low=account.low,
        high=account.high,
        hedge=account.hedge,
        vague=account.vague,
        latest=account.latest,
        told_by=account.told_by,
        sentence=account.sentence,
        copies=tuple(article.id for article in account.copies),
    )


def _moment(value: Moment | None) -> Moment | None:
    return _utc(value) if isinstance(value, datetime) else value


def _utc(value: datetime) -> datetime:
    return value.astimezone(UTC).replace(microsecond=0)


def _score(value: float) -> float:
    return round(float(value), SCORE_DIGITS) + 0.0
