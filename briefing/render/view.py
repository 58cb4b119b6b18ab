"""The brief as plain values (dict, list, str, int): everything that a template or a text edition may print."""

from __future__ import annotations

import re
from datetime import datetime
from itertools import chain, repeat
from typing import TYPE_CHECKING, Any

from briefing.edition.data import moment
from briefing.models import Status
from briefing.render.characters import direction, label
from briefing.render.charts import history_view
from briefing.render.citations import Citations
from briefing.render.figures import figures_view
from briefing.render.references import gaps_view, how_view, languages_view, sources_view
from briefing.render.sections import ALSO_TODAY, LONGEST_SECTION, accents_of, also_view, note_view, section_views
from briefing.render.stories import language_tag, paragraph_views

if TYPE_CHECKING:
    from collections.abc import Iterator

    from briefing.models import Brief, KeyPoint, Moment
    from briefing.render.words import Words

SENTENCE_LENGTHS, TITLE_LENGTHS = (110, 220), (45, 90)
"""Characters up to which a sentence, or the title, of the first page is short, and up to which it is medium."""


def view_of(brief: Brief, words: Words) -> dict[str, Any]:
    """Return the whole brief in the order in which it is printed; citations are numbered on the way."""
    citations = Citations(brief.sources, _quoted(brief))
    points = [
        _key_point(point, where=where, brief=brief, words=words, citations=citations)
        for point, where in zip(brief.key_points, _parts(words), strict=False)
    ]
    sections = section_views(brief, words, citations)
    figures = figures_view(brief, words, citations)
    also = also_view(brief, words, citations)
    return {
        "lang": words.language,
        "dir": direction(words.language, ""),
        "edition": _edition(brief, words),
        "no_article": None if brief.sources else words.text("no_article"),
        "note": note_view(brief.note),
        "bottom_line": points[0] if points else None,
        "key_points": points[1:],
        "sections": sections,
        "figures": figures,
        "also_today": also,
        "keywords": _keywords(brief),
        "numbers": _numbers(brief, words),
        "languages": languages_view(brief.sources, words),
        "history": history_view(brief, words),
        "gaps": gaps_view(brief, words),
        "sources": sources_view(brief, words=words, citations=citations),
        "how": how_view(brief, words),
        "labels": {key: text for key, text in words.labels.items() if isinstance(text, str)},
    }


def _quoted(brief: Brief) -> frozenset[str]:
    """Return the articles that are quoted anywhere, by id."""
    stories = (story for section in (*brief.sections, brief.also_today) for story in section.stories)
    quotes = chain((point.quote for point in brief.key_points), *(story.quotes for story in stories))
    accounts = (account for difference in brief.figures for account in difference.accounts)
    return frozenset(article.id for article in (*(q.article for q in quotes), *(a.article for a in accounts)))


def _parts(words: Words) -> Iterator[str]:
    """Return what the key points' places are called: the first is the bottom line."""
    return chain([words.text("bottom_line")], repeat(words.text("key_points")))


def _edition(brief: Brief, words: Words) -> dict[str, Any]:
    edition = brief.edition
    return {
        "title": label(edition.title, 200),
        "length": _length(edition.title, TITLE_LENGTHS),
        "date": words.long_date(edition.date),
        "built_at": moment(edition.built_at),
        "issue": None if edition.number is None else words.text("issue", number=words.number(edition.number)),
        "marking": edition.marking,
        "marking_class": re.sub(r"[^a-z]+", "-", (edition.marking or "").lower()),
        "handling": None if edition.handling is None else label(edition.handling, 200),
        "facts": _facts(brief, words),
        "page": _page_label(words),
    }


def _facts(brief: Brief, words: Words) -> list[dict[str, str]]:
    edition, year = brief.edition, brief.edition.date.year
    facts = [{"name": words.text("period"), "value": _period(brief, words)}] if _has_period(brief) else []
    latest = _latest(brief, words)
    key, until = ("cut_off", edition.cut_off) if latest is None else ("latest_article", latest)
    facts.append({"name": words.text(key), "value": f"{words.when(until, year)} ({words.place})"})
    if edition.next_at is not None:
        facts.append({"name": words.text("next_issue"), "value": words.weekday(edition.next_at)})
    return facts


def _has_period(brief: Brief) -> bool:
    return brief.edition.period_start is not None or bool(brief.sources)


def _latest(brief: Brief, words: Words) -> Moment | None:
    """Return when the latest article was published where no cut-off held it back: without a period all are taken."""
    until, published = brief.edition.cut_off, [source.article.published for source in brief.sources]
    if brief.edition.period_start is not None:
        return None
    hours = [each for each in published if isinstance(each, datetime) and each > until]
    days = [each for each in published if each is not None and not isinstance(each, datetime)]
    late = max((each for each in days if each > until.astimezone(words.zone).date()), default=None)
    last = max(hours, default=None)
    return late if last is None or (late is not None and late > last.astimezone(words.zone).date()) else last


def _period(brief: Brief, words: Words) -> str:
    """Return the period that was set, else the days on which the articles are dated."""
    edition, year = brief.edition, brief.edition.date.year
    if edition.period_start is not None:
        return f"{words.when(edition.period_start, year)} – {words.when(edition.cut_off, year)}"
    dated = [source.article.published for source in brief.sources if source.article.published is not None]
    days = {each.astimezone(words.zone).date() if isinstance(each, datetime) else each for each in dated}
    return (
        " – ".join(words.when(day, year) for day in sorted({min(days), max(days)})) if days else words.text("undated")
    )


def _page_label(words: Words) -> list[dict[str, str]]:
    """Return the label of a page in pieces, those of words and those that the page counts."""
    pieces = re.split(r"\{(pages?)\}", str(words.labels["page"]))
    return [
        {"text": piece, "counter": ""} if i % 2 == 0 else {"text": "", "counter": piece}
        for i, piece in enumerate(pieces)
    ]


def _key_point(point: KeyPoint, *, where: str, brief: Brief, words: Words, citations: Citations) -> dict[str, Any]:
    order = [section.id for section in brief.sections]
    known = point.section in order
    index = order.index(point.section) if point.section in order else -1
    language = point.quote.sentence.language
    (paragraph,) = paragraph_views([point.quote], where=where, words=words, citations=citations)
    (sentence,) = paragraph["sentences"]
    return {
        "sentence": sentence,
        "lang": language_tag(language),
        "dir": paragraph["dir"],
        "language_name": paragraph["language_name"],
        "accent": accents_of(brief).get(point.section or "", 0),
        "section": label(brief.sections[index].title, LONGEST_SECTION) if known else words.text("also_today"),
        "href": f"#section-{point.section}" if known else f"#section-{ALSO_TODAY}",
        "length": _length(sentence["text"], SENTENCE_LENGTHS),
    }


def _keywords(brief: Brief) -> list[str]:
    """Return what a catalogue files the brief under; commas part keywords, so none holds one."""
    titles = (section.title for section in brief.sections if section.stories)
    words = [*titles, *([brief.edition.marking] if brief.edition.marking else [])]
    return [label(word.replace(",", " "), LONGEST_SECTION) for word in words]


def _length(text: str, most: tuple[int, int]) -> str:
    """Return how long a text of the first page is, so that type can be set smaller for long ones."""
    short, medium = most
    return "short" if len(text) <= short else "medium" if len(text) <= medium else "long"


def _numbers(brief: Brief, words: Words) -> list[dict[str, str]]:
    entries = [entry for section in (*brief.sections, brief.also_today) for entry in (*section.stories, *section.more)]
    stories = {entry.id: entry.status for entry in entries}
    counts = {
        "articles": len(brief.sources),
        "outlets": len({source.article.outlet for source in brief.sources if source.article.outlet}),
        "stories": len(stories),
    }
    if not counts["outlets"]:  # none is named, which is not that there was none
        del counts["outlets"]
    if any(stories.values()):  # against an earlier brief
        counts["new"] = sum(status is Status.NEW for status in stories.values())
    if len(counts) % 2:  # they stand in pairs
        counts["languages"] = len({source.language for source in brief.sources if source.language != "und"})
    return [{"value": words.number(n), "name": words.count(key, n)} for key, n in counts.items()]
