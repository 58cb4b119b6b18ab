"""Where documents come from: one file per kind of source. An edge of the program: it reads the disk and the network.

Folders are read when a brief is built; every other kind is asked by `briefing collect`, by its row in `SOURCES`, and a
brief is built of what the store holds.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from briefing.sources.folder import UNKNOWN, Found, read_paths
from briefing.sources.notes import origin_of, read_note

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from briefing.config import CollectedSource, FolderSource

__all__ = ["UNKNOWN", "Found", "folders_of", "origin_of", "read_note", "read_paths"]


def folders_of(sources: Iterable[FolderSource | CollectedSource], home: Path) -> dict[Path, str]:
    """Return the folders that sources are read from, each with what config.yaml calls its source, in its order."""
    return {home / source.address: source.label for source in sources if source.kind == "folder"}
