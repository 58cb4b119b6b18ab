"""Values that composing takes beside the placements: key points, and what the editor wrote."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime  # noqa: TC003 - pydantic reads the annotations of what is printed
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


@dataclass(frozen=True, slots=True, kw_only=True)
class SilentSource:
    """A source that was asked and did not answer."""

    source: str
    reason: str | None
    answered_at: datetime | None
    """When it last did; None where it never has."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """How many of the collected sources answered in time for the edition."""

    answered: int
    asked: int
    since: datetime
    """Those that answered before this do not count."""
    silent: tuple[SilentSource, ...] = ()
    no_network: tuple[datetime, datetime] | None = None
    """From when to when nobody could be reached, where that was so in the last pass."""

    @property
    def is_thin(self) -> bool:
        """Fewer than half answered."""
        return 2 * self.answered < self.asked
