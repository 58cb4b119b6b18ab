"""Where documents come from: one file per kind of source. An edge of the program: it reads the disk and the network.

Folders are read when a brief is built; every other kind is asked by `briefing collect`, by its row in `SOURCES`, and a
brief is built of what the store holds.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from briefing.sources.folder import UNKNOWN, Found, read_paths
from briefing.sources.notes import origin_of, read_note

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from briefing.config import CollectedSource, FolderSource
    from briefing.sources.collecting import Around, Pass, collect
    from briefing.sources.guard import Net
    from briefing.sources.health import Health, alarms_of, coverage_of, gaps_of, health_of, is_pressing, next_pass
    from briefing.sources.stored import Span, read_store

__all__ = [
    "UNKNOWN",
    "Around",
    "Found",
    "Health",
    "Net",
    "Pass",
    "Span",
    "alarms_of",
    "collect",
    "coverage_of",
    "folders_of",
    "gaps_of",
    "health_of",
    "is_pressing",
    "next_pass",
    "origin_of",
    "read_note",
    "read_paths",
    "read_store",
]
_MODULES = {
    "collecting": ("Around", "Pass", "collect"),
    "guard": ("Net",),
    "health": ("Health", "alarms_of", "coverage_of", "gaps_of", "health_of", "is_pressing", "next_pass"),
    "stored": ("Span", "read_store"),
}


def __getattr__(name: str) -> object:
    """Load what asks the network, and what reads the store, when it is asked for: a folder needs neither."""
    for module, names in _MODULES.items():
        if name in names:
            return getattr(import_module(f"{__name__}.{module}"), name)
    raise AttributeError(name)


def folders_of(sources: Iterable[FolderSource | CollectedSource], home: Path) -> dict[Path, str]:
    """Return the folders that sources are read from, each with what config.yaml calls its source, in its order."""
    return {home / source.address: source.label for source in sources if source.kind == "folder"}
