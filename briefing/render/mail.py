"""What goes round of an edition: the mail, which is the brief itself, and the page of the archive."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from datetime import timedelta
from itertools import accumulate, groupby
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from briefing.edition import cut_at_word, headlines, key_lines, one_line, without_controls
from briefing.errors import RenderError
from briefing.render.references import safe_link
from briefing.render.templates import fill, template_folders, text_of
from briefing.render.view import view_of
from briefing.render.words import direction, read_words

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from datetime import datetime
    from pathlib import Path

    from briefing.config import BriefSettings
    from briefing.edition import Brief, Line
    from briefing.render.words import Words

MAIL = "mail"
"""The folder under templates/ with `mail.html.j2` and `mail.txt.j2`; the labels are those of the page."""

ARCHIVE = "archive"
"""The folder under templates/ with `archive.html.j2` and its labels."""

MOST_BYTES = 74_000
"""Of the HTML: Gmail cuts a message at 102 kB, and base64 makes four bytes of three."""

LONGEST_LEAD = 90
"""Characters of the lead in a subject; a list of mails shows fewer."""

Late = tuple[timedelta, "datetime | None"]
"""How long after its time an edition was ready, and when it was due."""

Listed = tuple["Brief", "Collection[str]"]
"""An edition and the names of its files."""


class Mail(NamedTuple):
    """A mail without its headers: one line of subject, HTML whose styles are inlined, plain text."""

    subject: str
    html: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """What stands around the brief in a mail."""

    late: Late = (timedelta(), None)
    link: str | None = None
    """Where the edition can be opened."""
    pdf: Literal["attached", "too_large", "without_pdf"] = "without_pdf"
    """What became of the PDF: each is a label."""
    body: Literal["full", "short"] = "full"
    contact: str | None = None
    unsubscribe: str | None = None
    """An address that ends the subscription: mailto or web."""


class Extent(NamedTuple):
    """How much of each section a mail prints."""

    sentences: int
    """Of each story."""
    told: int
    """Stories with their sentences; the others by headline."""
    listed: int
    """Headlines; the others are counted."""


FULL, SHORT = Extent(1000, 1000, 12), Extent(0, 0, 12)
EXTENTS = (
    FULL, Extent(3, 1000, 12), Extent(2, 1000, 12), Extent(1, 1000, 12), Extent(1, 8, 12), Extent(1, 4, 12),
    Extent(1, 2, 6), Extent(1, 1, 3), Extent(1, 1, 0), Extent(0, 0, 1),
)  # fmt: skip
"""From the whole brief to one headline in each section: a mail that would be cut off takes the first that is not."""


def mail_of(brief: Brief, frame: Frame, *, templates: Sequence[Path]) -> Mail:
    """Return the mail of an edition; RenderError where a template is wrong.

    A mail that is too long for mail programs prints fewer sentences, then fewer stories, and says so.
    """
    folders = template_folders(MAIL, templates)
    words = read_words(brief.edition.language, folders, timezone=brief.edition.timezone)
    view = view_of(brief, words) | {
        "late": _late(frame.late, words),
        "link": safe_link(frame.link),
        "pdf": words.text(frame.pdf),
        "contact": None if frame.contact is None else one_line(frame.contact, 500),
        "unsubscribe": safe_link(frame.unsubscribe),
        "articles": f"{words.number(brief.count)} {words.count('articles', brief.count)}",
    }
    made: dict[Extent, tuple[Mapping[str, Any], str]] = {}

    def html_of(extent: Extent) -> str:
        """Return the HTML that prints so much."""
        cut = _cut(view, extent, words)
        made[extent] = cut, _inlined(fill("mail.html.j2", folders, cut))
        return made[extent][1]

    extents = EXTENTS if frame.body == "full" else (SHORT, *EXTENTS[-1:])
    chosen = extents[0]
    if len(html_of(chosen).encode()) > MOST_BYTES:
        fits = bisect_left(extents, 1, lo=1, key=lambda extent: len(html_of(extent).encode()) <= MOST_BYTES)
        chosen = extents[min(fits, len(extents) - 1)]
        html_of(chosen)
    values, html = made[chosen]
    text = text_of("mail.txt.j2", values, folders)
    lines = (without_controls(line) for line in text.split("\n"))  # none of them breaks or turns a line
    return Mail(_subject(brief, words), html, "\n".join(lines))


def _inlined(html: str) -> str:
    import css_inline

    try:
        return css_inline.inline(html, keep_style_tags=True)
    except css_inline.InlineError as error:
        raise RenderError(f"the styles of templates/{MAIL}/mail.html.j2 cannot be inlined: {error}") from error


def _subject(brief: Brief, words: Words) -> str:
    """Return marking, title, what the day leads with in its own words, and the date."""
    marking = f"[{brief.edition.marking}] " if brief.edition.marking else ""
    told = [one_line(brief.edition.title), *(cut_at_word(line.text, LONGEST_LEAD) for line in key_lines(brief)[:1])]
    return f"{marking}{words.text('colon').join(told)} · {words.long_date(brief.edition.date)}"


def _cut(view: Mapping[str, Any], extent: Extent, words: Words) -> dict[str, Any]:
    """Return the values with so much of each section; the sections are one list, with what fits none of them last."""
    parts = [part for part in (*view["sections"], view["also_today"]) if part["shown"]]
    sections = [_part(part, extent, words) for part in parts]
    shortened = extent not in {FULL, SHORT} or any(section["rest"] for section in sections)
    return {**view, "sections": sections, "shortened": shortened}


def _part(part: Mapping[str, Any], extent: Extent, words: Words) -> dict[str, Any]:
    told, others = part["stories"][: extent.told], [*part["stories"][extent.told :], *part["more"]]
    rest = len(others) + part["untold"] - min(extent.listed, len(others))
    return {
        **part,
        "stories": [_shortened(story, extent.sentences) for story in told],
        "more": others[: extent.listed],
        "rest": words.count("more", rest) if rest > 0 else None,
    }


def _shortened(story: Mapping[str, Any], most: int) -> Mapping[str, Any]:
    """Return a story with its first sentences."""
    paragraphs = story["paragraphs"]
    before = [0, *accumulate(len(paragraph["sentences"]) for paragraph in paragraphs)]
    kept = [
        {**paragraph, "sentences": paragraph["sentences"][: most - start]}
        for paragraph, start in zip(paragraphs, before, strict=False)
        if start < most
    ]
    return {**story, "paragraphs": kept}


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
    edition, articles = brief.edition, brief.count
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
