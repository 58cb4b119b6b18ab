"""Receipts: beside each edition, who has it, so that a ledger can be lost and nobody gets a second mail.

output/2019-03-21/.receipts.jsonl holds the edition, then a line for each change of a recipient; a recipient's last line
counts. Each is on the disk before the step that follows it; only the owner can read them, for they name recipients.
"""

from __future__ import annotations

import json
import os
import stat
from contextlib import suppress
from typing import TYPE_CHECKING, Any, BinaryIO

from briefing.delivery.records import DeliveryRecord, DeliveryState, EditionRecord, plain, restored
from briefing.opening import read_regular

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

RECEIPTS = ".receipts.jsonl"

_APPEND = os.O_WRONLY | os.O_APPEND | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)


def write_receipts(output: Path, edition: str, records: Iterable[EditionRecord | DeliveryRecord]) -> None:
    """Add lines to the receipts of an edition; raises OSError where they cannot be written.

    They are on the disk when it returns. Only that somebody has it may wait for the next line, or for `sync_receipts`,
    as the ledger knows it already; and that somebody is being served is left out, for nothing is handed over yet.
    """
    told = [r for r in records if not (isinstance(r, DeliveryRecord) and r.state is DeliveryState.SENDING)]
    if not told:
        return
    lines = "".join(json.dumps(plain(record)) + "\n" for record in told)
    folder = output / edition
    folder.mkdir(parents=True, exist_ok=True)
    with _opened(folder) as file:
        file.write(lines.encode())
        file.flush()
        if any(isinstance(r, EditionRecord) or r.state is not DeliveryState.SENT for r in told):
            os.fsync(file.fileno())


def sync_receipts(output: Path, edition: str) -> None:
    """Wait until the receipts of an edition are on the disk; nothing where there are none, or where they cannot be."""
    folder = output / edition
    if (folder / RECEIPTS).exists():
        with suppress(OSError), _opened(folder) as file:
            os.fsync(file.fileno())


def _opened(folder: Path) -> BinaryIO:
    descriptor = os.open(folder / RECEIPTS, _APPEND, 0o600)
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise OSError(None, "it is no regular file", str(folder / RECEIPTS))
    return os.fdopen(descriptor, "ab")


def read_receipts(output: Path, edition: str) -> tuple[EditionRecord | None, tuple[DeliveryRecord, ...]]:
    """Return the edition and how its recipients stand; a line that a power cut left torn is passed over."""
    record: EditionRecord | None = None
    rows: dict[tuple[str, str], DeliveryRecord] = {}
    with suppress(OSError):
        for line in read_regular(output / edition / RECEIPTS, within=output / edition).splitlines():
            with suppress(ValueError, KeyError, TypeError):
                values: dict[str, Any] = json.loads(line)
                if "recipient" in values:
                    row = restored(DeliveryRecord, values)
                    rows[row.channel, row.recipient] = row
                else:
                    record = restored(EditionRecord, values)
    return record, tuple(rows.values())


def with_receipts(output: Path) -> tuple[str, ...]:
    """Return the editions in an output folder that have receipts, oldest first."""
    return tuple(sorted(path.parent.name for path in output.glob(f"[!.]*/{RECEIPTS}")))
