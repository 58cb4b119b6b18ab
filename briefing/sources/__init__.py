"""Where documents come from: one file per kind of source. An edge of the program: it reads the disk."""

from __future__ import annotations

from typing import TYPE_CHECKING

from briefing.sources.folder import UNKNOWN, Found, read_paths
from briefing.sources.notes import origin_of, read_note

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from briefing.config import FolderSource

__all__ = ["SOURCES", "UNKNOWN", "Found", "folders_of", "origin_of", "read_note", "read_paths"]

SOURCES: dict[str, Callable[[FolderSource, Path], Path]] = {"folder": lambda source, home: home / source.folder}
"""Kind → where the documents of such a source lie, seen from the folder of config.yaml."""


def folders_of(sources: Iterable[FolderSource], home: Path) -> dict[Path, str]:
    """Return the folders that sources are read from, each with what config.yaml calls its source, in its order."""
    return {SOURCES[source.kind](source, home): source.label for source in sources}
