"""The brief as plain values (dict, list, str, int): everything that a template may print.

Each entry has every field of its own, as `edition` declares it, so that a new one needs no line here; beside them, or
in their place, stands what takes the words of a language, a citation number, or a measure of the page.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime
from itertools import chain, repeat
from typing import TYPE_CHECKING, Any

from briefing.edition import ALSO_TODAY, WholeSection
from briefing.models import Status
from briefing.render.references import (
    LONGEST_SECTION,
    Citations,
    gaps_view,
    history_view,
    how_view,
    languages_of,
    languages_view,
    safe_link,
    sources_view,
)
from briefing.render.stories import LONGEST_NAME, LONGEST_TITLE, StoryViews, language_tag
from briefing.render.words import direction, label, plain, printable

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from briefing.edition import Brief, KeyPointEntry, NoteParagraph, Section, StoryEntry
    from briefing.models import Moment
    from briefing.render.words import Words

SENTENCE_LENGTHS, TITLE_LENGTHS = (110, 220), (45, 90)
"""Characters up to which a sentence, or the title, of the first page is short, and up to which it is medium."""
LONGEST_SILENCE = 300
"""Characters of what is said of an empty section."""
ACCENTS = 6
"""Accent colours that the style sheets name `k1` to `k6`; sections take them in turn, `k0` belongs to no section."""
MOST_HEADLINES = 24
"""Headlines alone that paper lists in a section, and a screen shows unasked: half of a page, which is still read."""
HEADING = 2
"""The level of a section's heading; those under it stand a level deeper."""
FIGURES = "figures"
"""The block of figures that accounts give differently, and its anchor."""


def view_of(brief: Brief, words: Words) -> dict[str, Any]:
    """Return the whole brief in the order in which it is printed; citations are numbered on the way."""
    citations = Citations(brief, no_outlet=words.text("no_outlet"), unnamed=words.text("unnamed"))
    stories = StoryViews(brief, words, citations)
    accents = accents_of(brief)
    points = [
        _key_point(point, stories.paragraphs([point], where), brief=brief, words=words, accents=accents)
        for point, where in zip(brief.key_points, _places(words), strict=False)
    ]
    sections = _sections(brief, stories, accents)
    figures = _figures(brief, stories)
    also = _section(replace(brief.rest, title=words.text("also_today")), brief, stories, accent=0)
    others = replace(brief, key_points=(), sections=(), also_today=(), also_today_more=(), articles=(), figures=())
    return plain(others) | {
        "lang": words.language,
        "dir": direction(words.language, ""),
        "edition": _edition(brief, words),
        "thin": _coverage(brief, words, "coverage_thin") if brief.coverage and brief.coverage.is_thin else None,
        "no_article": None if brief.articles else words.text("no_article"),
        "note": note_view(brief.note),
        "bottom_line": points[0] if points else None,
        "key_points": points[1:],
        "sections": sections,
        "figures": figures,
        "still_open": _still_open(brief),
        "corrections": _corrections(brief, words),
        "also_today": also,
        "keywords": _keywords(brief),
        "numbers": _numbers(brief, words),
        "languages": languages_view(brief, words),
        "history": history_view(brief, words, accents),
        "gaps": gaps_view(brief, words),
        "sources": sources_view(brief, words=words, citations=citations),
        "how": how_view(brief, words),
        "labels": {key: text for key, text in words.labels.items() if isinstance(text, str)},
    }


def _places(words: Words) -> Iterator[str]:
    """Yield what the key points' places are called: the first is the bottom line."""
    return chain([words.text("bottom_line")], repeat(words.text("key_points")))


def _sections(brief: Brief, stories: StoryViews, accents: Mapping[str, int]) -> list[dict[str, Any]]:
    """Return the sections in the order of printing; each holds those under it once more, as `subsections`."""
    views = {one.id: _section(one, brief, stories, accent=accents[one.id]) for one in brief.sections}
    for section in brief.sections:
        if section.parent in views:
            views[section.parent]["subsections"].append(views[section.id])
    return list(views.values())


def accents_of(brief: Brief) -> dict[str, int]:
    """Return each section's accent colour by its id; those under another one have its colour."""
    top = [section.id for section in brief.sections if section.parent is None]
    accents = {name: 1 + index % ACCENTS for index, name in enumerate(top)}
    return {section.id: accents[section.parent or section.id] for section in brief.sections}


def note_view(note: Sequence[NoteParagraph] | None) -> list[dict[str, Any]]:
    """Return an editor's note as paragraphs of text and links."""
    return [
        {
            "dir": direction("und", paragraph.text),
            "spans": [{"text": printable(text), "link": safe_link(href)} for text, href in paragraph.spans],
        }
        for paragraph in note or ()
    ]


def _section(section: Section, brief: Brief, stories: StoryViews, *, accent: int) -> dict[str, Any]:
    words, title = stories.words, label(section.title, LONGEST_SECTION)
    family = brief.family_of(section)
    told = [story for one in family for story in (*one.stories, *one.more)]
    articles = {article for story in told for article in (story.article, *story.also)}
    whole = section.whole or WholeSection(stories=len({story.id for story in told}), articles=len(articles), untold=0)
    count = whole.stories
    silence = label(section.when_empty, LONGEST_SILENCE) if section.when_empty and brief.is_silent(section) else None
    said = any(one.note or (one.when_empty and brief.is_silent(one)) for one in family)
    return plain(replace(section, stories=(), more=())) | {
        "anchor": f"section-{section.id}",
        "title": title,
        "accent": accent,
        "parent": None if section.parent is None else f"section-{section.parent}",
        "level": HEADING if section.parent is None else HEADING + 1,
        "shown": bool(told) or said,
        "count": words.number(count),
        "summary": f"{words.count('stories_from', count)} {words.count('from_articles', whole.articles)}"
        if count
        else "",
        "note": note_view(section.note),
        "when_empty": silence,
        "stories": [stories.story(story, section=section.id, where=title) for story in section.stories],
        "more_label": words.count("more", len(section.more) + whole.untold) if section.more else None,
        "more": [stories.headline(story, section=section.id, where=title) for story in section.more],
        "folded": len(section.more) > MOST_HEADLINES,
        "more_rest": words.count("and_others", whole.untold) if whole.untold else None,
        "untold": whole.untold,
        "subsections": [],
    }


def _figures(brief: Brief, stories: StoryViews) -> dict[str, Any]:
    """Return what independent accounts count differently, as a part of the page."""
    title = stories.words.text("figures")
    return {
        "anchor": FIGURES,
        "title": title,
        "shown": bool(brief.figures),
        "accent": 0,
        "parent": None,
        "count": stories.words.number(len(brief.figures)),
        "differences": [stories.difference(difference, title) for difference in brief.figures],
    }


def _still_open(brief: Brief) -> list[dict[str, Any]]:
    """Return what was delivered and has nothing new, by headline."""
    return [
        plain(past)
        | {
            "headline": label(past.headline, LONGEST_TITLE),
            "lang": language_tag(past.language),
            "dir": direction(past.language, past.headline),
            "outlet": None if past.outlet is None else label(past.outlet, LONGEST_NAME),
            "link": safe_link(past.url),
        }
        for past in brief.still_open
    ]


def _corrections(brief: Brief, words: Words) -> list[dict[str, Any]]:
    """Return what outlets have changed since editions quoted it: both wordings, each with when it stood there."""
    year = brief.edition.date.year
    return [
        {
            "outlet": label(one.outlet or "", LONGEST_NAME) or None,
            "title": label(one.title or "", LONGEST_TITLE) or None,
            "lang": language_tag(one.language),
            "dir": direction(one.language, one.quoted),
            "quoted": printable(one.quoted),
            "quoted_in": words.text("corrected_quoted", edition=one.edition),
            "now": None if one.now is None else printable(one.now),
            "now_when": words.text("corrected_now", when=words.when(one.changed_at, year)),
        }
        for one in brief.corrections
    ]


def _edition(brief: Brief, words: Words) -> dict[str, Any]:
    edition = brief.edition
    return plain(edition) | {
        "title": label(edition.title, 200),
        "length": _length(edition.title, TITLE_LENGTHS),
        "date": words.long_date(edition.date),
        "issue": None if edition.number is None else words.text("issue", number=words.number(edition.number)),
        "marking_class": re.sub(r"[^a-z]+", "-", (edition.marking or "").lower()),
        "handling": None if edition.handling is None else label(edition.handling, 200),
        "facts": _facts(brief, words),
        "page": _page_label(words),
    }


def _facts(brief: Brief, words: Words) -> list[dict[str, str | None]]:
    edition, year = brief.edition, brief.edition.date.year
    facts: list[dict[str, str | None]] = []
    if _has_period(brief):
        facts.append({"name": words.text("period"), "value": _period(brief, words)})
    latest = _latest(brief, words)
    key, until = ("cut_off", edition.cut_off) if latest is None else ("latest_article", latest)
    facts.append({"name": words.text(key), "value": f"{words.when(until, year)} ({words.place})"})
    if edition.next_at is not None:
        facts.append({"name": words.text("next_issue"), "value": words.weekday(edition.next_at)})
    if brief.coverage is not None:
        facts.append({"name": words.text("sources"), "value": _coverage(brief, words, "coverage")})
    return facts


def _coverage(brief: Brief, words: Words, key: str) -> str | None:
    """Return how many of the collected sources answered, and after which hour; None where nothing is collected."""
    found = brief.coverage
    if found is None:
        return None
    hour = words.hour(found.since.astimezone(words.zone))
    return words.text(key, answered=words.number(found.answered), asked=words.number(found.asked), hour=hour)


def _has_period(brief: Brief) -> bool:
    return brief.edition.period_start is not None or bool(brief.articles)


def _latest(brief: Brief, words: Words) -> Moment | None:
    """Return when the latest article was published where no cut-off held it back: without a period all are taken."""
    until, published = brief.edition.cut_off, _published(brief)
    if brief.edition.period_start is not None:
        return None
    hours = [each for each in published if isinstance(each, datetime) and each > until]
    days = [each for each in published if each is not None and not isinstance(each, datetime)]
    late = max((each for each in days if each > until.astimezone(words.zone).date()), default=None)
    last = max(hours, default=None)
    return late if last is None or (late is not None and late > last.astimezone(words.zone).date()) else last


def _published(brief: Brief) -> Sequence[Moment | None]:
    """Return when articles were published; of a large day, the first and the last of these."""
    return brief.day.published if brief.day else [article.published for article in brief.articles]


def _period(brief: Brief, words: Words) -> str:
    """Return the period that was set, else the days on which the articles are dated."""
    edition, year = brief.edition, brief.edition.date.year
    if edition.period_start is not None:
        return f"{words.when(edition.period_start, year)} – {words.when(edition.cut_off, year)}"
    dated = [each for each in _published(brief) if each is not None]
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


def _key_point(
    point: KeyPointEntry,
    paragraphs: list[dict[str, Any]],
    *,
    brief: Brief,
    words: Words,
    accents: Mapping[str, int],
) -> dict[str, Any]:
    titles = {section.id: label(section.title, LONGEST_SECTION) for section in brief.sections}
    known = point.section in titles
    (paragraph,) = paragraphs
    (sentence,) = paragraph["sentences"]
    section, story = _told_in(point, brief)
    article, cite = brief.by_id[point.article], sentence["cite"]
    dated = article.published or article.first_seen
    return plain(point) | {
        "sentence": sentence,
        "outlet": cite["outlet"] if cite["named"] or cite["link"] else None,
        "when": words.dated(article, brief.edition.date.year) if dated else None,
        "kind_label": words.text(f"kind_{story.kind}") if story and story.kind else None,
        "story": f"{section.id}-{story.id}" if story else None,
        "lang": language_tag(point.language),
        "dir": paragraph["dir"],
        "language_name": paragraph["language_name"],
        "accent": accents.get(point.section or "", 0),
        "section": titles[point.section or ""] if known else words.text("also_today"),
        "href": f"#section-{point.section if known else ALSO_TODAY}",
        "length": _length(sentence["text"], SENTENCE_LENGTHS),
    }


def _told_in(point: KeyPointEntry, brief: Brief) -> tuple[Section, StoryEntry | None]:
    """Return the story that a key point tells, with its section: in the section that it names, else wherever it is."""
    named = sorted(brief.parts, key=lambda part: part.id != (point.section or ALSO_TODAY))
    for part in named:
        for story in part.stories:
            if point.article in {story.article, *story.also}:
                return part, story
    return named[0], None


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
    entries = [entry for section in brief.parts for entry in (*section.stories, *section.more)]
    stories = {entry.id: entry.status for entry in entries}
    day = brief.day
    counts = {
        "articles": brief.count,
        "outlets": day.outlets if day else len({article.outlet for article in brief.articles if article.outlet}),
        "stories": day.stories if day else len(stories),
    }
    if not counts["outlets"]:  # none is named, which is not that there was none
        del counts["outlets"]
    if any(stories.values()):  # against an earlier brief
        new = sum(status is Status.NEW for status in stories.values())
        counts["new"] = new if day is None or day.new is None else day.new
    if len(counts) % 2:  # they stand in pairs
        counts["languages"] = len(languages_of(brief).keys() - {"und"})
    return [{"value": words.number(n), "name": words.count(key, n)} for key, n in counts.items()]
