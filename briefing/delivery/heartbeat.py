"""A sign of life in each output folder, for watchdogs and `briefing status`."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from briefing.opening import read_regular

if TYPE_CHECKING:
    from pathlib import Path

HEARTBEAT = ".heartbeat"
"""Holds when the loop, or a run that cron started, was last at work, as ISO 8601."""

_MOST_BYTES = 100


def leave_beat(output: Path, now: datetime) -> None:
    """Write that somebody is at work; where that cannot be written, the run that meets the reason tells it.

    The file is put in place whole, so that a link or a pipe of its name is replaced and never written to.
    """
    staged = output / f"{HEARTBEAT}.partial"
    with suppress(OSError):
        output.mkdir(parents=True, exist_ok=True)
        staged.unlink(missing_ok=True)
        with staged.open("x", encoding="ascii") as file:
            file.write(now.astimezone(UTC).isoformat(timespec="seconds"))
        staged.replace(output / HEARTBEAT)


def last_beat(output: Path) -> datetime | None:
    """Return when somebody was last at work on an output folder, or None."""
    try:
        return datetime.fromisoformat(read_regular(output / HEARTBEAT, most_bytes=_MOST_BYTES).decode("ascii"))
    except (OSError, ValueError):
        return None
