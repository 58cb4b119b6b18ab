"""A ledger that is gone, empty or damaged, made anew from the receipts beside the editions."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import timedelta
from typing import TYPE_CHECKING

from briefing.delivery.ledger import FILE, Ledger, LedgerLostError, as_delivery_error, create_tables, open_ledger
from briefing.delivery.receipts import with_receipts
from briefing.delivery.runs import Busy, held
from briefing.delivery.slots import SlotRecord, SlotState
from briefing.errors import DeliveryError

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime
    from pathlib import Path

    from briefing.delivery.records import DeliveryRecord, EditionRecord

RECENT = timedelta(hours=20)
"""How long after it was built an edition without a single receipt may still be on its way."""


def rebuild(output: Path, now: datetime) -> tuple[str, ...]:
    """Make the ledger of an output folder anew, return its editions; DeliveryError where it is there and whole.

    It is put in place whole; a damaged one is kept beside it.
    """
    try:
        with held(output):
            _check_lost(output)
            return _rebuilt(output, now)
    except Busy as busy:
        raise DeliveryError(f"{output}: a run is at work there; try again when it is done") from busy


def _check_lost(output: Path) -> None:
    if not with_receipts(output):
        raise DeliveryError(f"there are no receipts in {output} to rebuild a ledger from; nothing was changed")
    try:
        with open_ledger(output):
            pass
    except LedgerLostError:
        return
    raise DeliveryError(f"the ledger {output / FILE} is there and whole; nothing was changed")


def _rebuilt(output: Path, now: datetime) -> tuple[str, ...]:
    path, staged = output / FILE, output / f".{FILE}.partial"
    with as_delivery_error(path):
        _remove(staged)
        with closing(sqlite3.connect(staged, isolation_level=None)) as connection:
            connection.execute("PRAGMA synchronous = FULL")
            create_tables(connection)
            ledger = Ledger(connection, path)
            restored = [record for edition in with_receipts(output) if (record := ledger.catch_up(edition))]
            for record in restored:
                ledger.put_slot(_slot_of(record, ledger.deliveries(record.edition), now), now)
        if path.exists() and path.stat().st_size:
            path.replace(path.with_name(f"{FILE}.damaged"))
        _remove(path)
        staged.replace(path)
    return tuple(record.edition for record in restored)


def _slot_of(record: EditionRecord, rows: Collection[DeliveryRecord], now: datetime) -> SlotRecord:
    """Return how far an edition's slot has come by its receipts: still BUILT where somebody is to be served yet."""
    waiting = [row.expires_at > now for row in rows if row.is_open(resends=True)]
    on_its_way = any(waiting) or (not rows and now - record.built_at < RECENT)
    state = SlotState.BUILT if on_its_way else SlotState.DONE
    return SlotRecord(edition=record.edition, due=record.due or record.built_at, state=state)


def _remove(path: Path) -> None:
    """Remove a database, and what SQLite keeps beside it."""
    for suffix in ("", "-wal", "-shm", "-journal"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)
