"""A sign of life in each output folder, for watchdogs and `briefing status`."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

HEARTBEAT = ".heartbeat"
"""Holds when the loop, or a run that cron started, was last at work, as ISO 8601."""


def leave_beat(output: Path, now: datetime) -> None:
    """Write that somebody is at work; where that cannot be written, the run that meets the reason tells it."""
    with suppress(OSError):
        output.mkdir(parents=True, exist_ok=True)
        (output / HEARTBEAT).write_text(now.astimezone(UTC).isoformat(timespec="seconds"), "ascii")


def last_beat(output: Path) -> datetime | None:
    """Return when somebody was last at work on an output folder, or None."""
    try:
        return datetime.fromisoformat((output / HEARTBEAT).read_text("ascii"))
    except (OSError, ValueError):
        return None
