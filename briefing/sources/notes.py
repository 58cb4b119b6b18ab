"""The file that holds the editor's note for a day."""

from __future__ import annotations

from typing import TYPE_CHECKING

from briefing.models import Problem
from briefing.opening import TooLargeError, read_regular

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path


def read_note(folder: Path, day: date, *, most_bytes: int) -> bytes | Problem | None:
    """Return the bytes of `<folder>/2019-03-21.md`, at most `most_bytes`; None where there is no note."""
    path = folder / f"{day.isoformat()}.md"
    try:
        return read_regular(path, most_bytes=most_bytes, within=folder)
    except FileNotFoundError:
        return None
    except TooLargeError:
        reason = f"more than {most_bytes:,} bytes, so the editor's note is not printed"
    except OSError as error:
        reason = f"cannot be read, so the editor's note is not printed: {error.strerror or error}"
    return Problem(origin=origin_of(folder, day), stage="note", reason=reason, lost=False)


def origin_of(folder: Path, day: date) -> str:
    """Return how a note is named: the folder's name and the day, and nothing of where the folder lies."""
    return f"{folder.name}/{day.isoformat()}.md"
