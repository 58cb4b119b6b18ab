"""An edition as it is handed over: its files, and what a message says of it, all taken from those files.

Pure: the same files give the same messages, however often and whenever they are made.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from briefing.delivery.slots import lateness
from briefing.edition.files import checksum
from briefing.errors import DeliveryError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from briefing.edition.files import Files

LONGEST_LINE = 200
"""Characters of a title or headline in a message."""

# C0 and C1 controls, line and paragraph separators, direction overrides, lone surrogates: none belongs in one line.
_UNFIT = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Headline:
    """A story in a message: one line, and where it can be read (None: it has no address)."""

    text: str
    url: str | None
    outlet: str | None
    language: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """A key point: quoted, so never cut."""

    text: str
    language: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Remark:
    """A piece of the editor's note, and where it leads if it is a link."""

    text: str
    url: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class HandoutSection:
    """A section that has stories."""

    title: str
    headlines: tuple[Headline, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """What one account gives, quoted, and its outlet."""

    text: str
    outlet: str
    language: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Dispute:
    """What independent accounts count differently: the class of what befell it, names, and what each gives."""

    happening: str
    names: tuple[str, ...]
    figures: tuple[Figure, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Handout:
    """An edition that lies on the disk, ready to be handed over."""

    id: str
    title: str
    date: date
    timezone: str
    language: str
    marking: str | None
    handling: str | None
    due: datetime | None
    """UTC; None for an edition that was made by hand."""
    built_at: datetime
    sha256: str
    """Of all files: see `checksum`."""
    note: tuple[tuple[Remark, ...], ...]
    """The editor's, on the whole brief: paragraphs."""
    key_points: tuple[Point, ...]
    sections: tuple[HandoutSection, ...]
    disputes: tuple[Dispute, ...]
    articles: int
    gaps: tuple[str, ...]
    """What was left out, each with its reason."""
    files: Files

    @property
    def late(self) -> timedelta:
        """How long after its time it was ready; zero where it was punctual."""
        return timedelta() if self.due is None else lateness(self.due, self.built_at)

    def file(self, name: str) -> bytes | None:
        """Return a file's content, or None where the edition has none of this name."""
        return dict(self.files).get(name)


def handout_of(files: Files, *, due: datetime | None, built_at: datetime) -> Handout:
    """Return what there is to hand over; DeliveryError where the files hold no brief.json or a strange one."""
    content = dict(files).get("brief.json")
    if content is None:
        raise DeliveryError(
            "the edition has no brief.json, which messages are made from; build it with --format json too"
        )
    try:
        return _handout(json.loads(content), files, due=due, built_at=built_at)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise DeliveryError(f"the edition's brief.json cannot be read: {error!r}; build the edition again") from error


def one_line(text: str, longest: int = LONGEST_LINE) -> str:
    """Return the text on one line that no header can break out of, cut at `longest` characters."""
    line = " ".join(_UNFIT.sub(" ", text).split())
    return line if len(line) <= longest else line[: longest - 1].rstrip() + "…"


def _handout(data: Mapping[str, Any], files: Files, *, due: datetime | None, built_at: datetime) -> Handout:
    edition = data["edition"]
    articles = {article["id"]: article for article in data["articles"]}
    also = {"title": "", "stories": [*data.get("also_today", ()), *data.get("also_today_more", ())]}
    sections = [_section(section, articles) for section in (*data["sections"], also)]
    return Handout(
        id=edition["id"],
        title=one_line(edition["title"]),
        date=date.fromisoformat(edition["date"]),
        timezone=edition["timezone"],
        language=edition["language"],
        marking=edition.get("marking"),
        handling=edition.get("handling"),
        due=due,
        built_at=built_at,
        sha256=checksum(files),
        note=tuple(tuple(_remarks(paragraph)) for paragraph in data.get("note") or ()),
        key_points=tuple(_point(point, edition["language"]) for point in data["key_points"]),
        sections=tuple(section for section in sections if section.headlines),
        disputes=tuple(_dispute(difference, articles) for difference in data.get("figures", ())),
        articles=len(articles),
        gaps=tuple(one_line(f"{item['origin']}: {item['reason']}") for item in data["left_out"]),
        files=files,
    )


def _point(point: Mapping[str, Any], language: str) -> Point:
    return Point(text=" ".join(_UNFIT.sub(" ", point["text"]).split()), language=point.get("language") or language)


def _remarks(paragraph: Mapping[str, Any]) -> Iterator[Remark]:
    """Yield a paragraph's text in pieces, cut where its links begin and end."""
    text, done = paragraph["text"], 0
    for link in paragraph["links"]:
        yield Remark(text=_UNFIT.sub(" ", text[done : link["start"]]), url=None)
        yield Remark(text=_UNFIT.sub(" ", text[link["start"] : link["end"]]), url=link["href"])
        done = link["end"]
    yield Remark(text=_UNFIT.sub(" ", text[done:]), url=None)


def _dispute(difference: Mapping[str, Any], articles: Mapping[str, Mapping[str, Any]]) -> Dispute:
    return Dispute(
        happening=difference["happening"],
        names=tuple(one_line(name, 60) for name in difference["names"]),
        figures=tuple(
            Figure(
                text=" ".join(_UNFIT.sub(" ", account["text"]).split()),
                outlet=one_line(articles[account["article"]]["outlet"] or articles[account["article"]]["origin"], 60),
                language=account["language"],
            )
            for account in difference["accounts"]
        ),
    )


def _section(section: Mapping[str, Any], articles: Mapping[str, Mapping[str, Any]]) -> HandoutSection:
    stories = (*section["stories"], *section.get("more", ()))
    return HandoutSection(
        title=one_line(section["title"]),
        headlines=tuple(_headline(story, articles[story["article"]]) for story in stories),
    )


def _headline(story: Mapping[str, Any], article: Mapping[str, Any]) -> Headline:
    first = next((sentence["text"] for sentence in story.get("sentences", ())), "")
    outlet = article.get("outlet")
    return Headline(
        text=one_line(story.get("headline") or first or article["origin"]),
        url=article.get("url"),
        outlet=one_line(outlet, 60) if outlet else None,
        language=story.get("language") or "und",
    )
