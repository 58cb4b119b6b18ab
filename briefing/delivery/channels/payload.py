"""The payload of a delivery: an edition that lies on the disk, with its brief.

Pure: the same files give the same messages, however often and whenever they are made.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from briefing.delivery.slots import lateness
from briefing.edition import checksum, read_brief
from briefing.errors import DeliveryError

if TYPE_CHECKING:
    from briefing.edition import Brief, Files


@dataclass(frozen=True, slots=True, kw_only=True)
class Payload:
    """An edition, ready to be handed over."""

    brief: Brief
    files: Files
    sha256: str
    """Of all files: see `checksum`."""
    due: datetime | None
    """UTC; None for an edition that was made by hand."""
    built_at: datetime
    """When the slot was built: an edition itself may say the hour of its day."""

    @property
    def id(self) -> str:
        """The edition's."""
        return self.brief.edition.id

    @property
    def late(self) -> timedelta:
        """How long after its time it was ready; zero where it was punctual."""
        return timedelta() if self.due is None else lateness(self.due, self.built_at)

    def file(self, name: str) -> bytes | None:
        """Return a file's content, or None where the edition has none of this name."""
        return dict(self.files).get(name)


def payload_of(files: Files, *, due: datetime | None, built_at: datetime) -> Payload:
    """Return the payload that files make; DeliveryError where they hold no brief.json or a strange one."""
    content = dict(files).get("brief.json")
    if content is None:
        raise DeliveryError(
            "the edition has no brief.json, which messages are made from; build it with --format json too"
        )
    try:
        brief = read_brief(content)
    except ValueError as error:
        raise DeliveryError(f"the edition's brief.json cannot be read: {error}; build the edition again") from error
    return Payload(brief=brief, files=files, sha256=checksum(files), due=due, built_at=built_at)
