"""The page of all editions: one file that needs no other, with search in the browser."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any

from briefing.render.characters import direction
from briefing.render.mail import fill
from briefing.render.templates import read_words, template_folders

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from pathlib import Path

    from briefing.config import BriefSettings
    from briefing.delivery.channels.handout import Handout
    from briefing.render.words import Words

ARCHIVE = "archive"
"""The folder under templates/ with `archive.html.j2` and its labels."""


Listed = tuple["Handout", "Collection[str]"]
"""An edition and the names of its files."""


def archive_page(editions: Sequence[Listed], *, brief: BriefSettings, feed: str, templates: Sequence[Path]) -> str:
    """Return the page; editions come newest first. RenderError where the template is wrong."""
    folders = tuple(template_folders(ARCHIVE, templates))
    words = read_words(brief.language, folders, timezone=brief.timezone)
    months = groupby(editions, key=lambda listed: (listed[0].date.year, listed[0].date.month))
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

    name = format_skeleton("yMMMM", editions[0][0].date, locale=words.locale)
    return {"name": name, "editions": [_edition(edition, files, words) for edition, files in editions]}


def _edition(edition: Handout, files: Collection[str], words: Words) -> dict[str, Any]:
    return {
        "id": edition.id,
        "date": edition.date.isoformat(),
        "day": words.long_date(edition.date),
        "marking": edition.marking,
        "articles": f"{words.number(edition.articles)} {words.count('articles', edition.articles)}",
        "key_points": [_spoken(point.text, point.language) for point in edition.key_points],
        "sections": [
            {
                "title": section.title or words.text("also_today"),
                "headlines": [_spoken(headline.text, headline.language) for headline in section.headlines],
            }
            for section in edition.sections
        ],
        "files": [
            {"name": f"{edition.id}/{name}", "kind": kind}
            for name, kind in (("brief.pdf", "PDF"), ("brief.html", "HTML"))
            if name in files
        ],
    }


def _spoken(text: str, language: str) -> dict[str, str]:
    return {"text": text, "language": language, "direction": direction(language, text)}
