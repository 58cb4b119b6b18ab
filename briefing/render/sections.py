"""Sections as plain values, each with those under it, and what the desk says in its own words."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from briefing.render.characters import direction, label, printable
from briefing.render.links import safe_link
from briefing.render.stories import headline_view, story_view

if TYPE_CHECKING:
    from collections.abc import Sequence

    from briefing.models import Brief, Note, Section
    from briefing.render.citations import Citations
    from briefing.render.words import Words

LONGEST_SECTION = 120
LONGEST_SILENCE = 300
"""Characters of what is said of an empty section."""
ACCENTS = 6
"""Accent colours that the style sheets name `k1` to `k6`; sections take them in turn, `k0` belongs to no section."""
MOST_HEADLINES = 24
"""Headlines alone that paper lists in a section, and a screen shows unasked: half of a page, which is still read."""
HEADING = 2
"""The level of a section's heading; those under it stand a level deeper."""

ALSO_TODAY = "also-today"


def section_views(brief: Brief, words: Words, citations: Citations) -> list[dict[str, Any]]:
    """Return the sections in the order of printing; each holds those under it once more, as `subsections`."""
    accents = accents_of(brief)
    views = {
        section.id: _section(section, accent=accents[section.id], brief=brief, words=words, citations=citations)
        for section in brief.sections
    }
    for section in brief.sections:
        if section.parent in views:
            views[section.parent]["subsections"].append(views[section.id])
    return list(views.values())


def also_view(brief: Brief, words: Words, citations: Citations) -> dict[str, Any]:
    """Return what fits no section, as a section."""
    untold = replace(brief.also_today, id=ALSO_TODAY, title=words.text("also_today"))
    return _section(untold, accent=0, brief=brief, words=words, citations=citations)


def accents_of(brief: Brief) -> dict[str, int]:
    """Return each section's accent colour by its id; those under another one have its colour."""
    top = [section.id for section in brief.sections if section.parent is None]
    accents = {name: 1 + index % ACCENTS for index, name in enumerate(top)}
    return {section.id: accents[section.parent or section.id] for section in brief.sections}


def family_of(section: Section, brief: Brief) -> tuple[Section, ...]:
    """Return a section and those under it."""
    return (section, *(other for other in brief.sections if other.parent == section.id))


def note_view(note: Note | None) -> list[dict[str, Any]]:
    """Return an editor's note as paragraphs of text and links."""
    paragraphs = note.paragraphs if note else ()
    return [
        {
            "dir": direction("und", "".join(span.text for span in spans)),
            "spans": [{"text": printable(span.text), "link": safe_link(span.href)} for span in spans],
        }
        for spans in paragraphs
    ]


def is_silent(sections: Sequence[Section]) -> bool:
    """Tell whether none of these sections has a story."""
    return not any(section.stories or section.more for section in sections)


def _section(section: Section, *, accent: int, brief: Brief, words: Words, citations: Citations) -> dict[str, Any]:
    year, title = brief.edition.date.year, label(section.title, LONGEST_SECTION)
    family = family_of(section, brief)
    stories = [story for one in family for story in (*one.stories, *one.more)]
    articles = {article.id for story in stories for article in (story.lead, *story.also)}
    count = len({story.id for story in stories})
    silence = label(section.when_empty, LONGEST_SILENCE) if section.when_empty and is_silent(family) else None
    said = any(one.note or (one.when_empty and is_silent(family_of(one, brief))) for one in family)
    return {
        "anchor": f"section-{section.id}",
        "title": title,
        "accent": accent,
        "parent": None if section.parent is None else f"section-{section.parent}",
        "level": HEADING if section.parent is None else HEADING + 1,
        "shown": bool(stories) or said,
        "count": words.number(count),
        "summary": f"{words.count('stories_from', count)} {words.count('from_articles', len(articles))}"
        if count
        else "",
        "note": note_view(section.note),
        "when_empty": silence,
        "stories": [
            story_view(story, section=section.id, where=title, words=words, citations=citations, year=year)
            for story in section.stories
        ],
        "more_label": words.count("more", len(section.more)) if section.more else None,
        "more": [
            headline_view(story, section=section.id, where=title, words=words, citations=citations, year=year)
            for story in section.more
        ],
        "folded": len(section.more) > MOST_HEADLINES,
        "more_rest": None,
        "subsections": [],
    }
