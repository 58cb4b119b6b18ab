"""Why an article stands where it stands, as values: its story, every section, every sentence."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from briefing.models import Standing

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from briefing.config.schema import SectionSettings
    from briefing.models import DecidingTerm, Placement, Ranked, Sentence, Story
    from briefing.themes import Verdict

UNFIT = {
    Standing.FRAGMENT: "a fragment",
    Standing.UNBALANCED: "half of a quotation",
    Standing.QUOTATION: "mostly quotation, nobody named",
    Standing.NEEDS_PREVIOUS: "needs the sentence before",
}
DIGITS = 6
"""Decimals of scores in the data for programs, as in brief.json."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SectionOutcome:
    """An article against one section."""

    section: str
    title: str
    score: float
    threshold: float
    terms: tuple[DecidingTerm, ...]
    """Those that added most first; none where no term of the section stands in the article."""
    outcome: str
    """`in`, `near miss`, `out`, or why it is not printed though it reaches the section."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SentenceOutcome:
    """What became of one sentence, and why."""

    sentence: Sentence
    rank: float
    parts: tuple[tuple[str, float], ...]
    """What the rank is made of: (name, value)."""
    relevance: tuple[tuple[str, float], ...]
    """(section, value) for the sections that it speaks to at all."""
    section: str | None
    """Where it is printed."""
    outcome: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """One article of the day, explained."""

    ranked: Ranked
    story: Story
    sections: tuple[SectionOutcome, ...]
    sentences: tuple[SentenceOutcome, ...]


def explain_article(
    article: str,
    stories: Sequence[Story],
    *,
    placements: Sequence[Placement],
    verdicts: Sequence[Verdict],
    sections: Sequence[SectionSettings],
) -> Explanation | None:
    """Return why the article of this id stands where it stands; None where no story of the day tells it."""
    story = next((story for story in stories if article in {other.article.id for other in story.articles}), None)
    if story is None:
        return None
    ranked = next(other for other in story.articles if other.article.id == article)
    own = [placement for placement in placements if placement.story.id == story.id]
    by_section = {verdict.section: verdict for verdict in verdicts if verdict.article == article}
    printed = {placement.section for placement in own}
    return Explanation(
        ranked=ranked,
        story=story,
        sections=tuple(_section(settings, by_section.get(settings.id), printed) for settings in sections),
        sentences=tuple(_sentences(ranked, by_section, own)),
    )


def _section(settings: SectionSettings, verdict: Verdict | None, printed: set[str]) -> SectionOutcome:
    outcome = "out"
    if verdict is not None:
        outcome = "in" if settings.id in printed else "near miss" if verdict.near_miss else "out"
        if verdict.reached and settings.id not in printed:
            outcome = "reached, but its sentences serve better elsewhere"
    return SectionOutcome(
        section=settings.id,
        title=settings.title,
        score=verdict.score if verdict else 0.0,
        threshold=verdict.threshold if verdict else settings.threshold,
        terms=verdict.terms if verdict else (),
        outcome=outcome,
    )


def _sentences(
    ranked: Ranked, verdicts: Mapping[str, Verdict], placements: Sequence[Placement]
) -> Iterator[SentenceOutcome]:
    where = {
        (quote.article.id, quote.sentence.start): placement.section
        for placement in placements
        for quote in placement.quotes
    }
    for index, sentence in enumerate(ranked.text.sentences):
        section = where.get((ranked.article.id, sentence.start))
        yield SentenceOutcome(
            sentence=sentence,
            rank=ranked.scores[index],
            parts=tuple((name, values[index]) for name, values in ranked.parts),
            relevance=tuple((name, v.relevance[index]) for name, v in verdicts.items() if v.relevance[index] > 0),
            section=section,
            outcome=f"printed in {section}" if section else _why_not(sentence, index, verdicts),
        )


def _why_not(sentence: Sentence, index: int, verdicts: Mapping[str, Verdict]) -> str:
    about = [verdict for verdict in verdicts.values() if index in verdict.relevant]
    if sentence.standing in UNFIT:
        return f"not printed: {UNFIT[sentence.standing]}"
    if not about:
        return "not printed: about no section"
    if not any(verdict.reached for verdict in about):
        return "not printed: the article does not reach the section"
    return "not printed: others say more within the words allowed"


def as_values(explanation: Explanation) -> dict[str, Any]:
    """Return the explanation as JSON values; `text[start:end]` of the article is the sentence."""
    article, story = explanation.ranked.article, explanation.story
    return {
        "id": article.id,
        "origin": article.origin,
        "title": article.title,
        "title_translation": article.title_translation,
        "outlet": article.outlet,
        "author": article.author,
        "published": None if article.published is None else article.published.isoformat(),
        "language": explanation.ranked.text.language,
        "url": article.url,
        "paragraphs": [
            {"text": paragraph.text, "start": start, "role": paragraph.role.value}
            for paragraph, start in zip(article.paragraphs, article.paragraph_starts, strict=True)
        ],
        "removed": [{"text": removal.text, "reason": removal.reason} for removal in article.removed],
        "story": {
            "id": story.id,
            "leads": story.lead is explanation.ranked,
            "independent": story.independent,
            "articles": [{"id": other.article.id, "origin": other.article.origin} for other in story.articles],
            "copies": [{"article": copy.article, "of": copy.of, "share": _short(copy.share)} for copy in story.copies],
        },
        "sections": [_section_values(outcome) for outcome in explanation.sections],
        "sentences": [_sentence_values(outcome) for outcome in explanation.sentences],
    }


def _section_values(outcome: SectionOutcome) -> dict[str, Any]:
    return {
        "id": outcome.section,
        "title": outcome.title,
        "score": _short(outcome.score),
        "threshold": outcome.threshold,
        "outcome": outcome.outcome,
        "terms": [{"term": t.term, "count": t.count, "weight": _short(t.weight)} for t in outcome.terms],
    }


def _sentence_values(outcome: SentenceOutcome) -> dict[str, Any]:
    sentence = outcome.sentence
    return {
        "text": sentence.text,
        "paragraph": sentence.paragraph,
        "start": sentence.start,
        "end": sentence.end,
        "rank": _short(outcome.rank),
        "parts": {name: _short(value) for name, value in outcome.parts},
        "relevance": {name: _short(value) for name, value in outcome.relevance},
        "section": outcome.section,
        "outcome": outcome.outcome,
    }


def _short(value: float) -> float:
    return round(float(value), DIGITS) + 0.0
