"""Stories as plain values: what a template prints of each."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any

from briefing.render.characters import direction, label, printable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from briefing.models import Article, Quote, StoryEntry
    from briefing.render.citations import Citations
    from briefing.render.words import Words

LONGEST_TITLE = 240
"""Characters of a headline that are printed; `brief.json` holds the whole."""

WHOLE = 900
"""Characters of a story's sentences up to which a page does not split it."""

MOST_ALSO = 6
"""Other outlets that are named under a story; the source list holds all."""


def story_view(story: StoryEntry, *, section: str, words: Words, citations: Citations, year: int) -> dict[str, Any]:
    """Return a story with its sentences, outlet, hour, other outlets and marks."""
    paragraphs = paragraph_views(story.quotes, words=words, citations=citations)
    return {
        **headline_view(story, section=section, words=words, citations=citations, year=year),
        "paragraphs": paragraphs,
        "length": "whole" if sum(len(quote.sentence.text) for quote in story.quotes) <= WHOLE else "split",
        "language_name": _foreign(story.language, words),
        "also": _outlets([a for a in story.also if a.id not in _copies(story)], words=words, citations=citations),
        "same_text": _outlets([a for a in story.also if a.id in _copies(story)], words=words, citations=citations),
        "independent": words.count("independent", story.independent) if story.also else None,
        "status": story.status.value if story.status else None,
        "status_label": words.text(f"status_{story.status.value}") if story.status else None,
    }


def headline_view(story: StoryEntry, *, section: str, words: Words, citations: Citations, year: int) -> dict[str, Any]:
    """Return what is printed of a story for which there is no room: headline, outlet, hour, number."""
    headline = None if story.headline is None else label(story.headline, LONGEST_TITLE) or None
    language = story.language
    return {
        "anchor": f"{section}-{story.id}",
        "headline": headline,
        "lang": language_tag(language),
        "dir": direction(language, headline or ""),
        "when": words.when(story.lead.published, year),
        "dated": story.lead.published is not None,
        "grade": citations.source(story.lead).grade,
        "lead": citations.refer(story.lead),
    }


def paragraph_views(quotes: Sequence[Quote], *, words: Words, citations: Citations) -> list[dict[str, Any]]:
    """Return sentences in their order, those of one article and language together."""
    groups = groupby(quotes, key=lambda quote: (quote.article.id, quote.sentence.language))
    return [
        {
            "lang": language_tag(language),
            "dir": direction(language, first.sentence.text),
            "language_name": _foreign(language, words),
            "sentences": [sentence_view(quote, citations) for quote in (first, *rest)],
        }
        for (_, language), group in groups
        for first, *rest in [list(group)]
    ]


def sentence_view(quote: Quote, citations: Citations) -> dict[str, Any]:
    """Return one sentence with its citation."""
    return {"text": printable(quote.sentence.text), "cite": citations.cite(quote.article)}


def language_tag(language: str) -> str:
    """Return the BCP 47 tag; the empty one says "not known" in HTML."""
    return "" if language == "und" else language


def _foreign(language: str, words: Words) -> str | None:
    """Return the language's name where it is not the brief's own."""
    return None if language in {words.language, "und"} else words.language_name(language)


def _copies(story: StoryEntry) -> frozenset[str]:
    return frozenset(copy.article for copy in story.copies)


def _outlets(articles: Sequence[Article], *, words: Words, citations: Citations) -> dict[str, Any] | None:
    if not articles:
        return None
    rest = len(articles) - MOST_ALSO
    named = [citations.refer(article) for article in articles[:MOST_ALSO]]
    return {"named": named, "others": words.count("and_others", rest) if rest > 0 else None}
