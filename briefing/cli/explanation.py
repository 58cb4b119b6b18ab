"""An article explained, as lines for people: what was read, what was taken out, where it went, sentence by sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from briefing.models import Standing

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from briefing.config.schema import Config
    from briefing.models import Article, Placement, Ranked, Sentence, Story
    from briefing.pipeline import Reading
    from briefing.themes import Verdict

UNFIT = {
    Standing.FRAGMENT: "a fragment",
    Standing.UNBALANCED: "half of a quotation",
    Standing.QUOTATION: "mostly quotation, nobody named",
    Standing.NEEDS_PREVIOUS: "needs the sentence before",
}


def explanation(ranked: Ranked, reading: Reading, config: Config) -> Iterator[str]:
    """Yield the lines that explain one article of the day."""
    from briefing.pipeline import assign

    stories, placed = assign(reading.ranked, config=config)
    story = next(story for story in stories if ranked.article.id in {other.article.id for other in story.articles})
    placements = [placement for placement in placed.placements if placement.story.id == story.id]
    verdicts = {v.section: v for v in placed.verdicts if v.article == ranked.article.id}
    yield from _article(ranked)
    yield from _story(ranked, story)
    yield from _removed(ranked.article)
    yield from _sections(verdicts, placements, config)
    yield from _sentences(ranked, verdicts, placements)


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


def _removed(article: Article) -> Iterator[str]:
    if article.removed:
        yield "\nnot the article's own words:"
    for removal in article.removed:
        yield f"  {removal.reason}: {removal.text}"


def _sections(verdicts: Mapping[str, Verdict], placements: Sequence[Placement], config: Config) -> Iterator[str]:
    yield "\nsections (score : threshold, and the terms that made it):"
    printed = {placement.section for placement in placements}
    for section in config.sections:
        verdict = verdicts.get(section.id)
        if verdict is None:
            yield f"  {section.id:14} 0.00 : {section.threshold:.2f}  no term of it stands here"
            continue
        terms = ", ".join(f"{term.term} ×{term.count} ({term.weight:+.2f})" for term in verdict.terms)
        outcome = "in" if section.id in printed else "near miss" if verdict.near_miss else "out"
        if verdict.reached and section.id not in printed:
            outcome = "reached, but its sentences serve better elsewhere"
        yield f"  {section.id:14} {verdict.score:.2f} : {verdict.threshold:.2f}  {outcome}; {terms}"


def _sentences(ranked: Ranked, verdicts: Mapping[str, Verdict], placements: Sequence[Placement]) -> Iterator[str]:
    names = "+".join(name for name, _ in ranked.parts)
    yield f"\nsentences (rank{f' = {names}' if names else ''}; relevance to each section; what became of it):"
    where = {
        (quote.article.id, quote.sentence.start): placement.section
        for placement in placements
        for quote in placement.quotes
    }
    for index, sentence in enumerate(ranked.text.sentences):
        parts = " ".join(f"{name} {values[index]:.2f}" for name, values in ranked.parts)
        relevance = " ".join(
            f"{name} {v.relevance[index]:.2f}" for name, v in verdicts.items() if v.relevance[index] > 0
        )
        section = where.get((ranked.article.id, sentence.start))
        outcome = f"printed in {section}" if section else _why_not(sentence, index, verdicts)
        yield f"  {index + 1:3}. {sentence.text}"
        yield f"       rank {ranked.scores[index]:.2f} ({parts}); {relevance or 'of no section'}; {outcome}"


def _why_not(sentence: Sentence, index: int, verdicts: Mapping[str, Verdict]) -> str:
    about = [verdict for verdict in verdicts.values() if index in verdict.relevant]
    if sentence.standing in UNFIT:
        return f"not printed: {UNFIT[sentence.standing]}"
    if not about:
        return "not printed: about no section"
    if not any(verdict.reached for verdict in about):
        return "not printed: the article does not reach the section"
    return "not printed: others say more within the words allowed"
