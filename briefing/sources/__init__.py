"""Where documents come from: one file per kind of source. An edge of the program: it reads the disk and the network.

Folders are read when a brief is built; every other kind is asked by `briefing collect`, by its row in `SOURCES`, and a
brief is built of what the store holds.
"""

# mypy: implicit-reexport

from __future__ import annotations

from typing import TYPE_CHECKING

from briefing.faces import late

if TYPE_CHECKING:
    from briefing.sources.addresses import site_of
    from briefing.sources.collecting import Around, Outcome, Pass, collect
    from briefing.sources.fetched import Holding, by_hash
    from briefing.sources.finding import ask_once, find, listed
    from briefing.sources.folder import UNKNOWN, Found, folders_of, origin_of, read_note, read_paths
    from briefing.sources.guard import Net
    from briefing.sources.health import (
        Health,
        alarms_of,
        coverage_of,
        gaps_of,
        health_of,
        is_pressing,
        next_pass,
        withdrawn_since,
    )
    from briefing.sources.opml import OPML_BYTES, Listed, as_yaml, feeds_of
    from briefing.sources.stored import Span, read_store
else:
    __getattr__ = late(__name__)
