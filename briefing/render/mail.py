"""What goes round of an edition, and lists them all: the two bodies of a mail, the page of the archive."""

from __future__ import annotations

from datetime import timedelta
from itertools import groupby
from typing import TYPE_CHECKING, Any

from briefing.edition import account_line, gap_lines, headlines, key_lines, one_line, without_controls
from briefing.errors import RenderError
from briefing.render.characters import direction
from briefing.render.citations import safe_link
from briefing.render.templates import fill, template_folders
from briefing.render.words import read_words

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from datetime import datetime
    from pathlib import Path

    from briefing.config import BriefSettings
    from briefing.edition import Brief, DifferenceEntry, Line, NoteParagraph
    from briefing.render.words import Words

MAIL = "mail"
"""The folder under templates/ with `mail.html.j2`, `mail.txt.j2` and the labels of both."""

ARCHIVE = "archive"
"""The folder under templates/ with `archive.html.j2` and its labels."""

MOST_HEADLINES = 12
"""Of one section; the rest is counted. A mail is read on a phone."""

MOST_GAPS = 10
LONGEST_NAME = 60

Late = tuple[timedelta, "datetime | None"]
"""How long after its time an edition was ready, and when it was due."""

Listed = tuple["Brief", "Collection[str]"]
"""An edition and the names of its files."""


def mail_bodies(
    brief: Brief, *, late: Late, link: str | None, pdf: str | None, has_pdf: bool, templates: Sequence[Path]
) -> tuple[str, str]:
    """Return a mail's HTML, its styles inlined, and its plain text; RenderError where a template is wrong.

    `pdf` is the name of the attachment, None where it is too large or there is none; `link` is where the edition can
    be opened.
    """
    import css_inline

    folders = template_folders(MAIL, templates)
    words = read_words(brief.edition.language, folders, timezone=brief.edition.timezone)
    values = _values(brief, words) | {
        "late": _late(late, words),
        "link": safe_link(link),
        "pdf": pdf,
        "has_pdf": has_pdf,
    }
    html = fill("mail.html.j2", folders, values)
    try:
        return css_inline.inline(html, keep_style_tags=True), fill("mail.txt.j2", folders, values)
    except css_inline.InlineError as error:
        raise RenderError(f"the styles of templates/{MAIL}/mail.html.j2 cannot be inlined: {error}") from error


def _values(brief: Brief, words: Words) -> dict[str, Any]:
    edition, gaps = brief.edition, gap_lines(brief)
    title = one_line(edition.title)
    return {
        "title": title,
        "date": words.long_date(edition.date),
        "language": edition.language,
        "direction": direction(edition.language, title),
        "marking": edition.marking,
        "handling": edition.handling,
        "articles": words.count("articles", len(brief.articles)),
        "article_count": words.number(len(brief.articles)),
        "note": [_paragraph(paragraph) for paragraph in brief.note or ()],
        "key_points": [spoken(line) for line in key_lines(brief)],
        "sections": [_section(name or words.text("also_today"), lines, words) for name, lines in headlines(brief)],
        "figures": [_difference(difference, brief, words) for difference in brief.figures],
        "gaps": list(gaps[:MOST_GAPS]),
        "more_gaps": max(0, len(gaps) - MOST_GAPS),
        "labels": dict(words.labels),
    }


def _section(title: str, lines: Sequence[Line], words: Words) -> dict[str, Any]:
    stories = [
        spoken(line)
        | {"link": safe_link(line.url), "outlet": line.outlet, "kind": line.kind and words.text(f"kind_{line.kind}")}
        for line in lines[:MOST_HEADLINES]
    ]
    return {"title": title, "stories": stories, "more": max(0, len(lines) - MOST_HEADLINES)}


def _difference(difference: DifferenceEntry, brief: Brief, words: Words) -> dict[str, Any]:
    names = words.text("comma").join(one_line(name, LONGEST_NAME) for name in difference.names)
    title = words.text("colon").join(filter(None, [words.text(f"happening_{difference.happening}"), names]))
    lines = [account_line(account, brief) for account in difference.accounts]
    return {"title": title, "accounts": [spoken(line) | {"outlet": line.outlet} for line in lines]}


def _paragraph(paragraph: NoteParagraph) -> dict[str, Any]:
    spans = [(without_controls(text), href) for text, href in paragraph.spans]
    return {
        "direction": direction("und", "".join(text for text, _ in spans)),
        "spans": [{"text": text, "link": safe_link(href)} for text, href in spans],
    }


def spoken(line: Line) -> dict[str, Any]:
    """Return words of an article with their language and its direction."""
    return {"text": line.text, "language": line.language, "direction": direction(line.language, line.text)}


def _late(late: Late, words: Words) -> str | None:
    delay, due = late
    if due is None or not delay:
        return None
    minutes = int(delay.total_seconds()) // 60
    span = f"{minutes // 60} h {minutes % 60:02} min" if minutes >= 60 else f"{minutes} min"
    return words.text("late", span=span, due=words.weekday(due), zone=words.place)


def archive_page(editions: Sequence[Listed], *, brief: BriefSettings, feed: str, templates: Sequence[Path]) -> str:
    """Return the page; editions come newest first. RenderError where the template is wrong."""
    folders = template_folders(ARCHIVE, templates)
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
    return {"name": name, "editions": [_listed(brief, files, words) for brief, files in editions]}


def _listed(brief: Brief, files: Collection[str], words: Words) -> dict[str, Any]:
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
