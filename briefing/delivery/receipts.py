"""What the ledger holds, as values: editions, and how far each has come to each recipient."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime


class Handed(StrEnum):
    """How far an edition has come to one recipient."""

    PENDING = "pending"
    """Not handed over yet, or refused for the moment and tried again at `retry_at`."""
    SENDING = "sending"
    """Being handed over; found at a start, it means that nothing was handed over."""
    UNKNOWN = "unknown"
    """Written just before the last step: the recipient has it or not, and nobody can tell."""
    SENT = "sent"
    REFUSED = "refused"
    """Refused for good."""
    EXPIRED = "expired"
    """Tried until its time was up."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EditionRecord:
    """An edition as it was built: its files' checksums never change."""

    edition: str
    sha256: str
    files: Mapping[str, str]
    """SHA-256 by name."""
    due: datetime | None
    """None for an edition that was made by hand."""
    built_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class HandoverRecord:
    """One recipient of one edition."""

    edition: str
    channel: str
    recipient: str
    state: Handed
    tries: int
    doubts: int
    """How often the link died after the last step."""
    retry_at: datetime | None
    expires_at: datetime
    since: datetime
    changed_at: datetime
    detail: str
