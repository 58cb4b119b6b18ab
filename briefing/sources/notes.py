"""The file that holds the editor's note for a day."""

from __future__ import annotations

from typing import TYPE_CHECKING

from briefing.models import Problem

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path


def read_note(folder: Path, day: date, *, most_bytes: int) -> bytes | Problem | None:
    """Return the bytes of `<folder>/2019-03-21.md`, at most one more than `most_bytes`; None where there is no note."""
    path = folder / f"{day.isoformat()}.md"
    try:
        with path.open("rb") as file:
            return file.read(most_bytes + 1)
    except FileNotFoundError:
        return None
    except OSError as error:
        reason = f"cannot be read, so the editor's note is not printed: {error.strerror or error}"
        return Problem(origin=origin_of(folder, day), stage="note", reason=reason, lost=False)


def origin_of(folder: Path, day: date) -> str:
    """Return how a note is named: the folder's name and the day, and nothing of where the folder lies."""
    return f"{folder.name}/{day.isoformat()}.md"
