"""Stories as plain values: what a template prints of each."""

from __future__ import annotations

from itertools import accumulate, groupby
from math import ceil
from typing import TYPE_CHECKING, Any

from briefing.render.characters import direction, label, printable
from briefing.render.citations import outlet_name
from briefing.text import split

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from briefing.models import Article, Quote, StoryEntry
    from briefing.render.citations import Citations
    from briefing.render.words import Words

LONGEST_TITLE = 240
"""Characters of a headline that are printed; `brief.json` holds the whole."""

WHOLE = 400
"""Characters of a story's sentences up to which a page does not split it: six lines, which part into threes."""

NARROW = 26
"""Characters that stand in a line of the narrow column at the least: 46 mm of 8 pt type."""

MOST_LINES = 24
"""Lines of a byline for which the style sheet keeps room."""

LONGEST_OPENING = 140
"""Characters of the first sentence that stands for a headline; a longer one is cut."""

UNSPACED = frozenset({"zh", "ja", "yue", "wuu"})
"""Languages that put no space between sentences."""

MOST_ALSO = 6
"""Other outlets that are named under a story; the source list holds all."""

MOST_NAMED = 160
"""Characters of their names, of which one is always named: two lists of so many end within `MOST_LINES`."""

TALL_BYLINE = 9
"""Lines of a byline from which on a page does not split its story: what stands in the narrow column cannot be split."""


def story_view(
    story: StoryEntry, *, section: str, where: str, words: Words, citations: Citations, year: int
) -> dict[str, Any]:
    """Return a story with its sentences, outlet, hour, other outlets and marks; `where` is its section."""
    same, others = by_text(story)
    view = {
        **_head(story, section=section, words=words, citations=citations, year=year),
        "lead": citations.lead(story.lead, where),
        "paragraphs": paragraph_views(story.quotes, where=where, words=words, citations=citations),
        "language_name": _foreign(story.language, words),
        "translation": translation_label(story.lead, words),
        "also": _outlets(others, where=where, words=words, citations=citations),
        "same_text": _outlets(same, where=where, words=words, citations=citations),
        "independent": words.count("independent", story.independent) if story.also else None,
        "no_outlet": words.text("no_outlet"),
        "status": story.status.value if story.status else None,
        "status_label": words.text(f"status_{story.status.value}") if story.status else None,
    }
    if not view["headline"] and not _quotes_opening(story):
        view["headline"] = view["opening"]  # its news, which a section on something else does not quote
    lines, characters = _lines(view), sum(len(quote.sentence.text) for quote in story.quotes)
    whole = characters <= WHOLE or lines >= TALL_BYLINE
    return view | {"byline_lines": lines, "length": "whole" if whole else "split"}


def by_text(story: StoryEntry) -> tuple[list[Article], list[Article]]:
    """Return the other articles that have the lead's text, which may be the copy, and those that have not."""
    of = {copy.article: copy.of for copy in story.copies}

    def original(article: str) -> str:
        return original(of[article]) if article in of else article

    same = {article.id for article in story.also if original(article.id) == original(story.lead.id)}
    return [a for a in story.also if a.id in same], [a for a in story.also if a.id not in same]


def headline_view(
    story: StoryEntry, *, section: str, where: str, words: Words, citations: Citations, year: int
) -> dict[str, Any]:
    """Return what is printed of a story for which there is no room: headline or opening, outlet, hour, number."""
    head = _head(story, section=section, words=words, citations=citations, year=year)
    return head | {"lead": citations.listed(story.lead, where)}


def _head(story: StoryEntry, *, section: str, words: Words, citations: Citations, year: int) -> dict[str, Any]:
    headline = None if story.headline is None else label(story.headline, LONGEST_TITLE) or None
    language = story.language
    return {
        "anchor": f"{section}-{story.id}",
        "headline": headline,
        "opening": None if headline else opening(story.lead, language, words),
        "lang": language_tag(language),
        "dir": direction(language, headline or ""),
        "when": words.when(story.lead.published, year),
        "dated": story.lead.published is not None,
        "grade": citations.source(story.lead).grade,
    }


def paragraph_views(quotes: Sequence[Quote], *, where: str, words: Words, citations: Citations) -> list[dict[str, Any]]:
    """Return sentences in their order, those of one article and language together; `where` they are cited."""
    groups = groupby(quotes, key=lambda quote: (quote.article.id, quote.sentence.language))
    return [
        {
            "lang": language_tag(language),
            "dir": direction(language, first.sentence.text),
            "language_name": _foreign(language, words),
            "space": "" if language.split("-", maxsplit=1)[0] in UNSPACED else " ",
            "sentences": [_sentence(quote, where=where, citations=citations) for quote in (first, *rest)],
        }
        for (_, language), group in groups
        for first, *rest in [list(group)]
    ]


def language_tag(language: str) -> str:
    """Return the BCP 47 tag; the empty one says "not known" in HTML."""
    return "" if language == "und" else language


def translation_label(article: Article, words: Words) -> str | None:
    """Return what an article says of being a translation, or that it has a second title; None where neither."""
    if article.translation is None:
        return words.text("two_titles") if article.title_translation else None
    kind = "machine_translated" if article.translation.machine else "translated"
    if article.translation.original is None:
        return words.text(kind)
    return words.text(f"{kind}_from", language=words.language_name(article.translation.original))


def _foreign(language: str, words: Words) -> str | None:
    """Return the language's name where it is not the brief's own."""
    return None if language in {words.language, "und"} else words.language_name(language)


def opening(article: Article, language: str, words: Words) -> str | None:
    """Return the first sentence between quotation marks, or its first words and behind the marks an ellipsis."""
    text, (start, end) = _first_sentence(article, language)
    sentence = label(text[start:end], len(text))
    if len(sentence) <= LONGEST_OPENING:
        return words.text("opening", text=sentence) if sentence else None
    whole = sentence[: LONGEST_OPENING + 1].rpartition(" ")[0]
    return words.text("opening", text=(whole or sentence[:LONGEST_OPENING]).rstrip(",;:،؛ ")) + " …"


def _first_sentence(article: Article, language: str) -> tuple[str, tuple[int, int]]:
    """Return the first paragraph, and where its first sentence stands in it; that is nowhere in an empty one."""
    text = article.paragraphs[0].text if article.paragraphs else ""
    return text, next(iter(split(text, language)), (0, 0))


def _quotes_opening(story: StoryEntry) -> bool:
    """Whether the leading article's first sentence is quoted in the story: as its head it would stand there twice."""
    _, (_, end) = _first_sentence(story.lead, story.language)
    return any(quote.article.id == story.lead.id and quote.sentence.start < end for quote in story.quotes)


def _outlets(articles: Sequence[Article], *, where: str, words: Words, citations: Citations) -> dict[str, Any] | None:
    if not articles:
        return None
    ends = accumulate(len(outlet_name(article)) for article in articles[:MOST_ALSO])
    most = max(1, sum(end <= MOST_NAMED for end in ends))
    rest = len(articles) - most
    named = [citations.name(article, where) for article in articles[:most]]
    return {"named": named, "others": words.count("and_others", rest) if rest > 0 else None}


def _sentence(quote: Quote, *, where: str, citations: Citations) -> dict[str, Any]:
    return {"text": printable(quote.sentence.text), "cite": citations.cite(quote.article, where)}


def _lines(view: Mapping[str, Any]) -> int:
    """Return how many lines the byline may take in the narrow column, which must not run into the next story."""
    texts = [f"{view['status_label'] or ''}  {view['lead']['outlet']}  ({view['grade'] or ''})", view["when"]]
    texts += [view["language_name"] or "", view["translation"] or "", view["independent"] or ""]
    texts += [] if view["lead"]["named"] else [view["no_outlet"]]
    for outlets in (view["also"], view["same_text"]):
        named = [f"{outlet['outlet']} {outlet['number']}, " for outlet in outlets["named"]] if outlets else []
        texts.append("".join(["Same text in ", *named, outlets["others"] or ""]) if outlets else "")
    return min(MOST_LINES, sum(ceil(len(text) / NARROW) for text in texts))
