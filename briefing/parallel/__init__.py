"""Jobs done by other processes, which may die, or known from before: executors in the shape of `concurrent.futures`."""

# mypy: implicit-reexport

from __future__ import annotations

from typing import TYPE_CHECKING

from briefing.faces import late

if TYPE_CHECKING:
    from briefing.parallel.cache import MISS, Cache, CachedExecutor, clear_cache, key_of, open_cache
    from briefing.parallel.cluster import clustered
    from briefing.parallel.executor import (
        MemoryExecutor,
        ProcessExecutor,
        Terms,
        all_done,
        always,
        batched,
        here,
        in_order,
        processors,
        result_of,
    )
    from briefing.parallel.keeping import keep_in, kept, kept_value
    from briefing.parallel.shelf import Part, Shelf, Shelved, give_back
else:
    __getattr__ = late(__name__)
