"""Where documents come from: one file per kind of source. An edge of the program: it reads the disk and the network.

Folders are read when a brief is built; every other kind is asked by `briefing collect`, by its row in `SOURCES`, and a
brief is built of what the store holds.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

from briefing.sources.folder import UNKNOWN, Found, read_paths
from briefing.sources.notes import origin_of, read_note

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from briefing.config import CollectedSource, FolderSource
    from briefing.sources.finding import ask_once as ask_once
    from briefing.sources.finding import find as find
    from briefing.sources.finding import listed as listed
    from briefing.sources.opml import OPML_BYTES as OPML_BYTES
    from briefing.sources.opml import as_yaml as as_yaml
    from briefing.sources.opml import feeds_of as feeds_of

__all__ = [
    "OPML_BYTES",
    "UNKNOWN",
    "Found",
    "as_yaml",
    "ask_once",
    "feeds_of",
    "find",
    "folders_of",
    "listed",
    "origin_of",
    "read_note",
    "read_paths",
]
_MODULES = {
    **dict.fromkeys(("OPML_BYTES", "as_yaml", "feeds_of"), "opml"),
    **dict.fromkeys(("ask_once", "find", "listed"), "finding"),
}
"""What needs a library of the network or of markup is loaded when it is asked for: a build does without."""


def __getattr__(name: str) -> Any:  # noqa: ANN401 - whatever the module holds
    """Return a name of a module that is loaded when it is first asked for."""
    if name not in _MODULES:
        raise AttributeError(name)
    return getattr(importlib.import_module(f"{__name__}.{_MODULES[name]}"), name)


def folders_of(sources: Iterable[FolderSource | CollectedSource], home: Path) -> dict[Path, str]:
    """Return the folders that sources are read from, each with what config.yaml calls its source, in its order."""
    return {home / source.address: source.label for source in sources if source.kind == "folder"}
