"""An article explained, as lines for people: what was read, what was taken out, where it went, sentence by sentence."""

from __future__ import annotations

import textwrap
from itertools import groupby
from typing import TYPE_CHECKING, Any

from briefing.stories import NEEDED
from briefing.text import ENOUGH
from briefing.themes import beside

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from briefing.explain.explanation import Explanation, SectionOutcome, SentenceOutcome
    from briefing.models import Article, Ranked, Story
    from briefing.stories import Corroboration
    from briefing.text import KindOfPage

_MOST_SENTENCES = 6
"""Of those that made a section's score, as many as can be read in a line."""
_LEAST = 0.005
"""What is told of a score with two decimals."""
_NARROWEST = 40
_LABEL_CHARS = 60
"""Menus and buttons of a page are this short: they stand on one line."""


def folded(line: str, width: int) -> str:
    """Return a line broken between words at a terminal's width, what runs on set in; newlines in it stay."""
    return "\n".join(_folded(part, max(width, _NARROWEST)) for part in line.split("\n"))


def _folded(line: str, width: int) -> str:
    text = line.lstrip()
    lead = line[: len(line) - len(text)]
    folds = textwrap.TextWrapper(width, lead, lead + " " * 4, break_long_words=False, break_on_hyphens=False)
    return folds.fill(text)


def explanation_lines(explained: Explanation) -> Iterator[str]:
    """Yield the lines that explain one article of the day."""
    yield from _article(explained.ranked)
    yield from _story(explained.ranked, explained.story)
    yield _kind(explained.kind)
    yield _weight(explained)
    yield from _kin(explained.kin)
    yield from _removed(explained.ranked.article)
    yield from _sections(explained)
    yield from _figures(explained)
    yield from _sentences(explained)


def _article(ranked: Ranked) -> Iterator[str]:
    article = ranked.article
    yield article.origin
    facts = (
        ("id", article.id),
        ("title", article.title or "none"),
        ("translation", article.title_translation),
        ("outlet", article.outlet or "unknown"),
        ("author", article.author),
        ("published", "undated" if article.published is None else article.published.isoformat()),
        ("language", ranked.text.language),
        ("url", article.url),
        ("text", f"{len(article.paragraphs)} paragraphs, {len(ranked.text.sentences)} sentences"),
    )
    for name, value in facts:
        if value is not None:
            yield f"  {name:12}{value}"


def _story(ranked: Ranked, story: Story) -> Iterator[str]:
    if not story.others:
        return
    role = "leads" if story.lead is ranked else "stands behind"
    yield f"  {'story':12}{role}; {len(story.articles)} articles, {story.independent} independent"
    origins = {other.article.id: other.article.origin for other in story.articles}
    for copy in story.copies:
        yield f"  {'':12}{origins[copy.article]} copies {origins[copy.of]}: {copy.share:.0%} of its text"


def _kind(found: KindOfPage) -> str:
    told = f"  {'kind':12}{found.kind}"
    if found.signs:
        told += f", {found.points} points: {_signs(found)}"
    if found.nearly:
        told += f"; {found.nearly.points} of {ENOUGH} points for {found.nearly.kind}: {_signs(found.nearly)}"
    return told


def _signs(found: KindOfPage) -> str:
    return ", ".join(f"{name} {points:+d}" for name, points in found.signs)


def _weight(explained: Explanation) -> str:
    signs = ", ".join(f"{name} {value:+.2f}" for name, value in explained.weight.signs) or "no sign of news"
    key = "; a key point" if explained.is_key_point else ""
    return f"  {'weight':12}{explained.weight.total:.2f}, number {explained.place} of the day: {signs}{key}"


def _kin(kin: Sequence[Corroboration]) -> Iterator[str]:
    for found in kin:
        name = "same event" if found.same else "near miss"
        told = f"likeness {found.likeness:.2f}"
        if not found.same:
            enough = found.likeness >= NEEDED
            told += ", enough for these two and not for all of their stories" if enough else f" of {NEEDED:.2f}"
        yield f"  {name:12}{found.origin}: {told}; both leads say {', '.join(found.shared) or 'nothing alike'}"


def _removed(article: Article) -> Iterator[str]:
    if article.removed:
        yield "\nnot the article's own words:"
    for reason, found in groupby(article.removed, key=lambda removal: removal.reason):
        texts = [removal.text for removal in found]
        lines = [" · ".join(texts)] if max(map(len, texts)) <= _LABEL_CHARS else texts
        yield from (f"  {reason}: {line}" for line in lines)


def _sections(explained: Explanation) -> Iterator[str]:
    yield "\nsections (score : threshold, and the terms and sentences that made it):"
    for found in explained.sections:
        terms = ", ".join(f"{term.told} ×{term.count} ({term.weight:+.2f})" for term in found.terms)
        terms = terms or "no term of it stands here"
        told = _by_sentences(explained.sentences, found.section)
        score = beside(found.score - found.lent, found.threshold, " : ")
        by_day = found.lent - found.of_fields
        lent = f"; {by_day:+.2f} by its likeness to the day's articles" if abs(by_day) >= _LEAST else ""
        fields = f" ({', '.join(found.field_words)})" if found.field_words else ""
        lent += f"; {found.of_fields:+.2f} by words of its fields{fields}" if abs(found.of_fields) >= _LEAST else ""
        yield f"  {found.section:14} {score}  {found.outcome}; {terms}{told}{lent}"


def _by_sentences(sentences: Sequence[SentenceOutcome], section: str) -> str:
    """Return the numbers of the sentences that speak to a section, the most relevant first."""
    about = [
        (value, -number)
        for number, found in enumerate(sentences, 1)
        for name, value in found.relevance
        if name == section
    ]
    told = [f"{-number} ({value:.2f})" for value, number in sorted(about, reverse=True)]
    more = f" and {len(told) - _MOST_SENTENCES} more" if len(told) > _MOST_SENTENCES else ""
    return f"; in sentences {', '.join(told[:_MOST_SENTENCES])}{more}" if told else ""


def _figures(explained: Explanation) -> Iterator[str]:
    if explained.figures:
        yield "\nfigures that others give differently:"
    for difference in explained.figures:
        accounts = [(account.text, explained.articles[account.article]) for account in difference.accounts]
        told = (f"{text} ({article.outlet or article.origin})" for text, article in accounts)
        yield f"  {difference.happening:14} {'; '.join(told)}"


def _sentences(explained: Explanation) -> Iterator[str]:
    names = " + ".join(name for name, _ in explained.ranked.parts)
    yield f"\nsentences (rank{f' = {names}' if names else ''}; relevance to each section; what became of it):"
    for number, found in enumerate(explained.sentences, start=1):
        parts = " ".join(f"{name} {value:.2f}" for name, value in found.parts)
        relevance = " ".join(f"{name} {value:.2f}" for name, value in found.relevance)
        yield f"  {number:3}. {found.sentence.text}"
        yield f"       rank {found.rank:.2f} ({parts}); {relevance or 'of no section'}; {found.outcome}"


# ── the same as JSON values ───────────────────────────────────────────────────────────────────────────────────────────


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
        "kind": _kind_data(explanation.kind)
        | {"nearly": explanation.kind.nearly and _kind_data(explanation.kind.nearly)},
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


def _kind_data(found: KindOfPage) -> dict[str, Any]:
    return {"name": found.kind.value, "points": found.points, "signs": dict(found.signs)}


def _corroboration(kin: Corroboration) -> dict[str, Any]:
    return {"id": kin.article, "origin": kin.origin, "likeness": _short(kin.likeness), "shared": list(kin.shared)}


def _section_values(outcome: SectionOutcome) -> dict[str, Any]:
    return {
        "id": outcome.section,
        "title": outcome.title,
        "score": _short(outcome.score),
        "lent": _short(outcome.lent),
        "of_fields": _short(outcome.of_fields),
        "field_words": list(outcome.field_words),
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
