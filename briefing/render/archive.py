"""The page of all editions: one file that needs no other, with search in the browser."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any

from briefing.edition import headlines, key_lines
from briefing.render.characters import direction
from briefing.render.mail import fill, spoken
from briefing.render.templates import read_words, template_folders

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from pathlib import Path

    from briefing.config import BriefSettings
    from briefing.edition import Brief
    from briefing.render.words import Words

ARCHIVE = "archive"
"""The folder under templates/ with `archive.html.j2` and its labels."""


Listed = tuple["Brief", "Collection[str]"]
"""An edition and the names of its files."""


def archive_page(editions: Sequence[Listed], *, brief: BriefSettings, feed: str, templates: Sequence[Path]) -> str:
    """Return the page; editions come newest first. RenderError where the template is wrong."""
    folders = tuple(template_folders(ARCHIVE, templates))
    words = read_words(brief.language, folders, timezone=brief.timezone)
    months = groupby(editions, key=lambda listed: (listed[0].edition.date.year, listed[0].edition.date.month))
    values = {
        "title": brief.title,
        "language": words.language,
        "direction": direction(words.language, brief.title),
        "marking": brief.marking,
        "feed": feed,
        "in_all": words.count("editions_in_all", len(editions)),
        "months": [_month(tuple(group), words) for _, group in months],
        "labels": dict(words.labels),
    }
    return fill("archive.html.j2", folders, values)


def _month(editions: Sequence[Listed], words: Words) -> dict[str, Any]:
    from babel.dates import format_skeleton

    name = format_skeleton("yMMMM", editions[0][0].edition.date, locale=words.locale)
    return {"name": name, "editions": [_edition(brief, files, words) for brief, files in editions]}


def _edition(brief: Brief, files: Collection[str], words: Words) -> dict[str, Any]:
    edition, articles = brief.edition, len(brief.articles)
    return {
        "id": edition.id,
        "date": edition.date.isoformat(),
        "day": words.long_date(edition.date),
        "marking": edition.marking,
        "articles": f"{words.number(articles)} {words.count('articles', articles)}",
        "key_points": [spoken(line) for line in key_lines(brief)],
        "sections": [
            {
                "title": title or words.text("also_today"),
                "headlines": [spoken(line) for line in lines],
            }
            for title, lines in headlines(brief)
        ],
        "files": [
            {"name": f"{edition.id}/{name}", "kind": kind}
            for name, kind in (("brief.pdf", "PDF"), ("brief.html", "HTML"))
            if name in files
        ],
    }
