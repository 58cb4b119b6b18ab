"""Values of printing: the brief, its parts, and its edition."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date, datetime

    from briefing.models.choosing import Copy, DecidingTerm, Quote
    from briefing.models.figures import Difference
    from briefing.models.reading import Article, Problem


class Status(StrEnum):
    """A story against the last brief delivered."""

    NEW = "new"
    UPDATED = "updated"
    UNCHANGED = "unchanged"


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryEntry:
    """A story as a section prints it."""

    id: str
    headline: str | None
    language: str
    lead: Article
    also: tuple[Article, ...]
    copies: tuple[Copy, ...]
    independent: int
    status: Status | None
    """None where there is no earlier brief to compare with."""
    score: float
    terms: tuple[DecidingTerm, ...]
    quotes: tuple[Quote, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """A piece of a note's paragraph, and where it leads if it is a link."""

    text: str
    href: str | None = None
    """Absolute: http, https or mailto."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """What the editor wrote for the day: paragraphs in the desk's own words, quoted from nowhere."""

    paragraphs: tuple[tuple[Span, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Notes:
    """The editor's note on the whole brief, and those on sections, by their ids."""

    brief: Note | None = None
    sections: tuple[tuple[str, Note], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A section of the brief: its stories in order, then those for which there was no room."""

    id: str
    title: str
    stories: tuple[StoryEntry, ...]
    more: tuple[StoryEntry, ...] = ()
    """Over the section's budget: printed by headline only."""
    parent: str | None = None
    """The id of the section that it stands under."""
    when_empty: str | None = None
    """What is printed, in the desk's own words, where there is no story."""
    note: Note | None = None
    """The editor's, for this section."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyPoint:
    """A sentence that carries the day, and the section that it comes from (None: "also today")."""

    quote: Quote
    section: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """An article of the day as the source list prints it."""

    number: int
    """The citation number; 1 is the first article quoted in the brief."""
    article: Article
    language: str
    words: int
    grade: str | None = None
    """The outlet's grade, as config.yaml gives it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EditionInfo:
    """What stands in the head of the brief."""

    id: str
    """The name of its folder: `2019-03-21`."""
    title: str
    date: date
    timezone: str
    """IANA name."""
    language: str
    """Of the brief's own words."""
    marking: str | None
    handling: str | None
    built_at: datetime
    cut_off: datetime
    period_start: datetime | None
    """None where no period is set: everything that the sources hold is taken."""
    next_at: datetime | None
    number: int | None
    """The issue number, where editions are counted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PastEdition:
    """How much an earlier edition had."""

    id: str
    date: date
    articles: int
    stories: tuple[tuple[str, int], ...]
    """How many stories each section had, with those under it, by its id; `also-today` had those that fitted none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Silence:
    """Whom config.yaml names and who brought no article."""

    outlets: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Brief:
    """The whole brief as a value: every edition file is made from it and from nothing else."""

    edition: EditionInfo
    key_points: tuple[KeyPoint, ...]
    sections: tuple[Section, ...]
    """In the order of printing: each one's subsections follow it."""
    also_today: Section
    sources: tuple[Source, ...]
    """Every article that was read, those quoted first, in order of their citation numbers."""
    left_out: tuple[Problem, ...]
    note: Note | None = None
    """The editor's, for the whole brief."""
    history: tuple[PastEdition, ...] = ()
    """The editions before this one, oldest first."""
    silent: Silence = Silence()
    figures: tuple[Difference, ...] = ()
    """What independent articles count differently, most accounts first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """A brief and its files."""

    brief: Brief
    files: tuple[tuple[str, bytes], ...]
    """(name, bytes): `brief.pdf`, `brief.html`, …"""
    problems: tuple[Problem, ...] = ()
    """What setting it in type found: a character without a font, a logo that cannot be read."""
