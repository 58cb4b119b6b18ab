"""What was collected, kept so that a brief can be made of it again: bytes by their hash, entries with all their states.

store/objects/ab/abcd…       documents by the SHA-256 of their bytes: pages, messages, all that an edition was made of
store/fetches/2019-03-21.jsonl   one line a request
store/state.sqlite           entries and their states, and what is known of addresses, domains and sources

An edge of the program: it reads and writes the disk. Every step leaves a whole store, wherever it is killed.
"""

# mypy: implicit-reexport

from __future__ import annotations

from typing import TYPE_CHECKING

from briefing.faces import late

if TYPE_CHECKING:
    from briefing.store.objects import Objects
    from briefing.store.state import Memo, State, Store, has_store, open_store
else:
    __getattr__ = late(__name__)
