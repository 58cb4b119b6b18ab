"""Values that composing takes beside the placements: key points, and what the editor wrote."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from briefing.models.choosing import Quote


class Status(StrEnum):
    """A story against the last brief delivered."""

    NEW = "new"
    UPDATED = "updated"
    UNCHANGED = "unchanged"


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
class KeyPoint:
    """A sentence that carries the day, and the section that it comes from (None: "also today")."""

    quote: Quote
    section: str | None
