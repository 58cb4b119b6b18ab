"""The HTML and the plain-text body of a mail: key points, headlines with links, and what was left out."""

from __future__ import annotations

from datetime import timedelta
from functools import cache
from typing import TYPE_CHECKING, Any

from briefing.errors import RenderError
from briefing.render.characters import direction
from briefing.render.environment import environment, mistakes
from briefing.render.links import safe_link
from briefing.render.templates import mistake_told, read_words, template_folders

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from jinja2 import Environment

    from briefing.delivery.channels.handout import Dispute, Handout, Headline, Remark
    from briefing.render.words import Words

MAIL = "mail"
"""The folder under templates/ with `mail.html.j2`, `mail.txt.j2` and the labels of both."""

MOST_HEADLINES = 12
"""Of one section; the rest is counted. A mail is read on a phone."""

MOST_GAPS = 10


def mail_bodies(handout: Handout, *, link: str | None, pdf: str | None, templates: Sequence[Path]) -> tuple[str, str]:
    """Return a mail's HTML, its styles inlined, and its plain text; RenderError where a template is wrong.

    `pdf` is the name of the attachment, None where it is too large or there is none; `link` is where the edition can
    be opened.
    """
    import css_inline

    folders = tuple(template_folders(MAIL, templates))
    words = read_words(handout.language, folders, timezone=handout.timezone)
    values = _values(handout, words) | {
        "link": safe_link(link),
        "pdf": pdf,
        "has_pdf": handout.file("brief.pdf") is not None,
    }
    html = fill("mail.html.j2", folders, values)
    try:
        return css_inline.inline(html, keep_style_tags=True), fill("mail.txt.j2", folders, values)
    except css_inline.InlineError as error:
        raise RenderError(f"the styles of templates/{MAIL}/mail.html.j2 cannot be inlined: {error}") from error


def _values(handout: Handout, words: Words) -> dict[str, Any]:
    return {
        "title": handout.title,
        "date": words.long_date(handout.date),
        "language": handout.language,
        "direction": direction(handout.language, handout.title),
        "marking": handout.marking,
        "handling": handout.handling,
        "late": _late(handout, words),
        "articles": words.count("articles", handout.articles),
        "article_count": words.number(handout.articles),
        "note": [_paragraph(remarks) for remarks in handout.note],
        "key_points": [_spoken(point.text, point.language) for point in handout.key_points],
        "sections": [_section(s.title or words.text("also_today"), s.headlines) for s in handout.sections],
        "figures": [_dispute(dispute, words) for dispute in handout.disputes],
        "gaps": list(handout.gaps[:MOST_GAPS]),
        "more_gaps": max(0, len(handout.gaps) - MOST_GAPS),
        "labels": dict(words.labels),
    }


def _section(title: str, headlines: Sequence[Headline]) -> dict[str, Any]:
    stories = [
        _spoken(h.text, h.language) | {"link": safe_link(h.url), "outlet": h.outlet} for h in headlines[:MOST_HEADLINES]
    ]
    return {"title": title, "stories": stories, "more": max(0, len(headlines) - MOST_HEADLINES)}


def _dispute(dispute: Dispute, words: Words) -> dict[str, Any]:
    names = words.text("comma").join(dispute.names)
    title = words.text("colon").join(filter(None, [words.text(f"happening_{dispute.happening}"), names]))
    accounts = [_spoken(figure.text, figure.language) | {"outlet": figure.outlet} for figure in dispute.figures]
    return {"title": title, "accounts": accounts}


def _paragraph(remarks: Sequence[Remark]) -> dict[str, Any]:
    return {
        "direction": direction("und", "".join(remark.text for remark in remarks)),
        "spans": [{"text": remark.text, "link": safe_link(remark.url)} for remark in remarks],
    }


def _spoken(text: str, language: str) -> dict[str, Any]:
    return {"text": text, "language": language, "direction": direction(language, text)}


def _late(handout: Handout, words: Words) -> str | None:
    if handout.due is None or handout.late == timedelta():
        return None
    minutes = int(handout.late.total_seconds()) // 60
    span = f"{minutes // 60} h {minutes % 60:02} min" if minutes >= 60 else f"{minutes} min"
    return words.text("late", span=span, due=words.weekday(handout.due), zone=words.place)


def fill(name: str, folders: tuple[Path, ...], values: Mapping[str, Any]) -> str:
    """Return a template with its values, `.html.j2` escaped; RenderError names file and line."""
    try:
        return _environment(folders, name.endswith(".html.j2")).get_template(name).render(values)
    except mistakes() as error:
        raise RenderError(mistake_told(error, folders)) from error


@cache
def _environment(folders: tuple[Path, ...], markup: bool) -> Environment:  # noqa: FBT001 - Jinja's own switch
    return environment(folders, escaped=markup)
