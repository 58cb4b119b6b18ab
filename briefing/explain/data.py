"""An explanation as JSON values, for `briefing explain --json`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from briefing.explain.explanation import Explanation, SectionOutcome, SentenceOutcome
    from briefing.stories import Corroboration
    from briefing.text import KindOfPage

DIGITS = 6
"""Decimals of scores in the data for programs, as in brief.json."""


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
            "accounts": [_corroboration(kin) for kin in explanation.kin if kin.same],
            "near_misses": [_corroboration(kin) for kin in explanation.kin if not kin.same],
        },
        "kind": _kind(explanation.kind) | {"nearly": explanation.kind.nearly and _kind(explanation.kind.nearly)},
        "weight": {
            "total": _short(explanation.weight.total),
            "place": explanation.place,
            "signs": {name: _short(value) for name, value in explanation.weight.signs},
            "key_point": explanation.is_key_point,
        },
        "sections": [_section_values(outcome) for outcome in explanation.sections],
        "sentences": [_sentence_values(outcome) for outcome in explanation.sentences],
        "figures": [
            [{"article": account.article, "text": account.text} for account in difference.accounts]
            for difference in explanation.figures
        ],
    }


def _kind(found: KindOfPage) -> dict[str, Any]:
    return {"name": found.kind.value, "points": found.points, "signs": dict(found.signs)}


def _corroboration(kin: Corroboration) -> dict[str, Any]:
    return {"id": kin.article, "origin": kin.origin, "likeness": _short(kin.likeness), "shared": list(kin.shared)}


def _section_values(outcome: SectionOutcome) -> dict[str, Any]:
    return {
        "id": outcome.section,
        "title": outcome.title,
        "score": _short(outcome.score),
        "lent": _short(outcome.lent),
        "threshold": outcome.threshold,
        "outcome": outcome.outcome,
        "terms": [
            {"term": t.term, "count": t.count, "weight": _short(t.weight), "found": t.found} for t in outcome.terms
        ],
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
