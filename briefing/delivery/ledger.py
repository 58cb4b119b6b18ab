"""The ledger: editions, slots and delivery records in one SQLite file, `output/briefing.sqlite3`.

Every state is written before and after the effect that it records, and is on the disk when the call returns (WAL,
synchronous=FULL). A file that is damaged, not ours, or of a newer version is refused and never changed.
"""

from __future__ import annotations

import json
import sqlite3
from contextlib import contextmanager, nullcontext, suppress
from datetime import UTC
from typing import TYPE_CHECKING

from briefing.delivery.receipts import read_receipts, with_receipts, write_receipts
from briefing.delivery.records import DeliveryRecord, DeliveryState, EditionRecord, Read, plain, restored
from briefing.delivery.slots import SlotRecord, SlotState
from briefing.edition import checksum, read_files
from briefing.errors import DeliveryError, RenderError
from briefing.opening import check_regular

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import datetime
    from pathlib import Path

    from briefing.delivery.slots import Slot
    from briefing.edition import Files

FILE = "briefing.sqlite3"
LOCK = ".run.lock"
VERSION = 1
APPLICATION = 0x42524945
"""`BRIE` in ASCII; marks the file as ours (SQLite's application_id)."""

BUSY_SECONDS = 10.0

_SCHEMA = """
CREATE TABLE slots (
    edition TEXT PRIMARY KEY, due TEXT NOT NULL, state TEXT NOT NULL, tries INTEGER NOT NULL DEFAULT 0,
    retry_at TEXT, reason TEXT NOT NULL DEFAULT '', changed_at TEXT NOT NULL
) STRICT;
CREATE TABLE editions (
    edition TEXT PRIMARY KEY, sha256 TEXT NOT NULL, files TEXT NOT NULL, due TEXT, built_at TEXT NOT NULL
) STRICT;
CREATE TABLE handovers (
    edition TEXT NOT NULL REFERENCES editions, channel TEXT NOT NULL, recipient TEXT NOT NULL, state TEXT NOT NULL,
    tries INTEGER NOT NULL DEFAULT 0, doubts INTEGER NOT NULL DEFAULT 0, retry_at TEXT, expires_at TEXT NOT NULL,
    since TEXT NOT NULL, changed_at TEXT NOT NULL, detail TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (edition, channel, recipient)
) STRICT;
CREATE TABLE notices (key TEXT PRIMARY KEY, at TEXT NOT NULL) STRICT;
"""
_READS = """
CREATE TABLE IF NOT EXISTS reads (edition TEXT PRIMARY KEY REFERENCES editions, follows TEXT) STRICT;
CREATE TABLE IF NOT EXISTS marks (
    edition TEXT NOT NULL REFERENCES editions, mark TEXT NOT NULL, PRIMARY KEY (edition, mark)
) STRICT, WITHOUT ROWID;
"""
"""What each edition has read, and after which editions; a ledger from before they were kept is given these tables."""


_PUT_SLOT = "INSERT OR REPLACE INTO slots VALUES (:edition, :due, :state, :tries, :retry_at, :reason, :changed_at)"
_EDITION = "editions VALUES (:edition, :sha256, :files, :due, :built_at)"
_PUT_DELIVERY = (
    "INSERT OR REPLACE INTO handovers VALUES (:edition, :channel, :recipient, :state, :tries, :doubts, :retry_at, "
    ":expires_at, :since, :changed_at, :detail)"
)


class LedgerLostError(DeliveryError):
    """The ledger is gone, empty or damaged, and editions beside it were handed over."""


@contextmanager
def open_ledger(output: Path) -> Iterator[Ledger]:
    """Open the ledger of an output folder, making it where there is none; DeliveryError where it cannot be used."""
    path = output / FILE
    with as_delivery_error(path):
        try:
            output.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise DeliveryError(f"{output} cannot be made: {error.strerror}") from error
        _check_file(path)
        if not path.exists() or path.stat().st_size == 0:
            _refuse_lost(path, "empty" if path.exists() else "gone")
        connection = sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None)
    try:
        with as_delivery_error(path):
            _prepare(connection, path)
        yield Ledger(connection, path)
    finally:
        connection.close()


def has_ledger(output: Path) -> bool:
    """Tell whether an output folder has a ledger; LedgerLostError where receipts say that it had one."""
    path = output / FILE
    there = path.exists() and not (path.is_file() and path.stat().st_size == 0)
    if not there:
        _refuse_lost(path, "empty" if path.exists() else "gone")
    return there


class Ledger:
    """The open file; one at a time writes (see `briefing.delivery.runs`), others read."""

    def __init__(self, connection: sqlite3.Connection, path: Path) -> None:
        self._db = connection
        self._db.row_factory = sqlite3.Row
        self._path = path

    # ── slots ──

    def slots(self) -> tuple[SlotRecord, ...]:
        """Return every slot on record, oldest first."""
        with as_delivery_error(self._path):
            rows = self._db.execute("SELECT * FROM slots ORDER BY due, edition").fetchall()
            return tuple(restored(SlotRecord, dict(row)) for row in rows)

    def put_slot(self, record: SlotRecord, now: datetime) -> None:
        """Write a slot's state."""
        values = plain(record) | {"changed_at": _text_of(now)}
        with self._writing():
            self._db.execute(_PUT_SLOT, values)

    # ── editions ──

    def built(self, edition: EditionRecord, slot: Slot | None, now: datetime, *, read: Read) -> None:
        """Record an edition, as it now is, what it has read, and, in the same breath, that its slot is built."""
        self._write_receipts(edition.edition, [edition])
        with self._writing():
            self._db.execute(f"INSERT OR REPLACE INTO {_EDITION}", _row_of(edition))
            self._put_read(edition.edition, read)
            if slot is not None:
                self._db.execute(
                    "UPDATE slots SET state = ?, retry_at = NULL, tries = 0, reason = '', changed_at = ? "
                    "WHERE edition = ?",
                    (SlotState.BUILT.value, _text_of(now), slot.edition),
                )

    def edition(self, edition: str) -> EditionRecord | None:
        """Return an edition, or None where none was recorded under this name."""
        with as_delivery_error(self._path):
            row = self._db.execute("SELECT * FROM editions WHERE edition = ?", (edition,)).fetchone()
            return None if row is None else _edition_of(row)

    def editions(self) -> tuple[EditionRecord, ...]:
        """Return every edition on record, oldest first."""
        with as_delivery_error(self._path):
            rows = self._db.execute("SELECT * FROM editions ORDER BY edition").fetchall()
            return tuple(map(_edition_of, rows))

    # ── what editions have read ──

    def read(self, edition: str) -> Read | None:
        """Return what an edition has read; None where that is not on record."""
        with as_delivery_error(self._path):
            row = self._db.execute("SELECT follows FROM reads WHERE edition = ?", (edition,)).fetchone()
            if row is None:
                return None
            marks = self._db.execute("SELECT mark FROM marks WHERE edition = ?", (edition,)).fetchall()
            follows = None if row[0] is None else tuple(json.loads(row[0]))
            return Read(marks=frozenset(mark for (mark,) in marks), follows=follows)

    def _put_read(self, edition: str, read: Read) -> None:
        follows = None if read.follows is None else json.dumps(read.follows)
        self._db.execute("DELETE FROM marks WHERE edition = ?", (edition,))
        self._db.execute("INSERT OR REPLACE INTO reads VALUES (?, ?)", (edition, follows))
        self._db.executemany("INSERT OR IGNORE INTO marks VALUES (?, ?)", [(edition, mark) for mark in read.marks])

    # ── recipients ──

    def expect(self, edition: str, channel: str, expiry: Mapping[str, datetime], now: datetime) -> None:
        """Enter recipients with the moment at which each expires; those already entered stay as they are."""
        known = {record.recipient for record in self.deliveries(edition) if record.channel == channel}
        new = [
            DeliveryRecord(
                edition=edition, channel=channel, recipient=name, expires_at=until, since=now, changed_at=now
            )
            for name, until in expiry.items()
            if name not in known
        ]
        self.put_deliveries(new)

    def deliveries(self, edition: str | None = None) -> tuple[DeliveryRecord, ...]:
        """Return the recipients of one edition, or of all, by channel and name."""
        with as_delivery_error(self._path):
            rows = self._db.execute(
                "SELECT * FROM handovers WHERE ?1 IS NULL OR edition = ?1 ORDER BY edition, channel, recipient",
                (edition,),
            ).fetchall()
            return tuple(restored(DeliveryRecord, dict(row)) for row in rows)

    def put_deliveries(self, records: Sequence[DeliveryRecord]) -> None:
        """Write the state of recipients of one edition, all in one transaction.

        Before the step after which nobody can tell, the receipts must hold it too; later the truth may lie here alone.
        """
        if records:
            strict = any(record.state is DeliveryState.UNKNOWN for record in records)
            with nullcontext() if strict else suppress(DeliveryError):
                self._write_receipts(records[0].edition, records)
        with self._writing():
            self._db.executemany(_PUT_DELIVERY, map(plain, records))

    def catch_up(self, edition: str) -> EditionRecord | None:
        """Return an edition, once what its receipts know later than this file, perhaps an older copy, is taken over.

        None where neither knows the edition.
        """
        record, rows = read_receipts(self._path.parent, edition)
        own = self.edition(edition)
        known = {(row.channel, row.recipient): row.changed_at for row in self.deliveries(edition)}
        newer = [
            row
            for row in rows
            if (changed_at := known.get((row.channel, row.recipient))) is None or changed_at < row.changed_at
        ]
        found = own or record
        if found is not None and (own is None or newer):
            with self._writing():
                self._db.execute(f"INSERT OR IGNORE INTO {_EDITION}", _row_of(found))
                self._db.executemany(_PUT_DELIVERY, map(plain, newer))
        return found

    def was_delivered(self, edition: str) -> bool:
        """Tell whether anybody has the edition, or may have it."""
        got = {DeliveryState.SENT, DeliveryState.UNKNOWN}
        return any(record.state in got for record in self.deliveries(edition))

    # ── notices ──

    def noted(self, key: str) -> bool:
        """Tell whether people have been told of this already."""
        with as_delivery_error(self._path):
            return self._db.execute("SELECT 1 FROM notices WHERE key = ?", (key,)).fetchone() is not None

    def note(self, keys: Iterable[str], now: datetime) -> None:
        """Record that people have been told."""
        rows = [(key, _text_of(now)) for key in keys]
        if rows:
            with self._writing():
                self._db.executemany("INSERT OR REPLACE INTO notices VALUES (?, ?)", rows)

    # ── receipts and SQLite ──

    def _write_receipts(self, edition: str, records: Sequence[EditionRecord | DeliveryRecord]) -> None:
        try:
            write_receipts(self._path.parent, edition, records)
        except OSError as error:
            raise DeliveryError(
                f"the receipts of {edition} cannot be written: {error.strerror or error}; free space or permit "
                "writing, then try again"
            ) from error

    @contextmanager
    def _writing(self) -> Iterator[None]:
        with as_delivery_error(self._path):
            self._db.execute("BEGIN IMMEDIATE")
            try:
                yield
                self._db.execute("COMMIT")
            except BaseException:
                if self._db.in_transaction:
                    self._db.execute("ROLLBACK")
                raise


def _edition_of(row: sqlite3.Row) -> EditionRecord:
    return restored(EditionRecord, {**dict(row), "files": json.loads(row["files"])})


def _row_of(edition: EditionRecord) -> dict[str, str | None]:
    return plain(edition) | {"files": json.dumps(dict(edition.files))}


def _text_of(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat()


# ── opening the file ──


def _check_file(path: Path) -> None:
    """Refuse what SQLite would wait for, or write to elsewhere, and never told apart from a ledger."""
    try:
        check_regular(path)
    except OSError as error:
        raise DeliveryError(f"the ledger {path} cannot be used: {error.strerror or error}; move it away") from error


def _refuse_lost(path: Path, how: str) -> None:
    """Refuse to begin a ledger anew beside editions that were handed over: everybody would get them again."""
    editions = with_receipts(path.parent)
    if editions:
        count = f"{len(editions)} editions have" if len(editions) > 1 else f"the edition {editions[0]} has"
        raise LedgerLostError(
            f"the ledger {path} is {how}, and {count} receipts beside it: nothing is handed over, lest anybody gets a "
            "brief twice; put a copy of it back, or: briefing ledger rebuild"
        )


def _prepare(connection: sqlite3.Connection, path: Path) -> None:
    connection.execute("PRAGMA synchronous = FULL")
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    if version > VERSION:
        raise DeliveryError(
            f"{path} is of version {version}, and this briefing knows version {VERSION}: update briefing; "
            "nothing was changed, and `briefing build` still works"
        )
    if connection.execute("PRAGMA quick_check(1)").fetchone()[0] != "ok":
        raise sqlite3.DatabaseError("its pages do not fit together")
    # in this order: another process that makes the tables meanwhile marks the file as ours in the same step
    if connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0] == 0:
        _refuse_lost(path, "empty")
        create_tables(connection)
    elif connection.execute("PRAGMA application_id").fetchone()[0] != APPLICATION:
        raise DeliveryError(f"{path} is a database of another program: nothing was changed; move it away")
    elif connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'marks'").fetchone() is None:
        connection.executescript(_READS)
    if connection.execute("PRAGMA journal_mode").fetchone()[0] != "wal":
        with suppress(sqlite3.OperationalError):  # another process is at it: SQLite does not wait here
            connection.execute("PRAGMA journal_mode = WAL")


def create_tables(connection: sqlite3.Connection) -> None:
    """Lay the tables, in one step with the mark that the file is ours."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        if connection.execute("PRAGMA user_version").fetchone()[0] == 0:  # another process may have been faster
            for statement in (_SCHEMA + _READS).split(";")[:-1]:
                connection.execute(statement)
            connection.execute(f"PRAGMA application_id = {APPLICATION}")
            connection.execute(f"PRAGMA user_version = {VERSION}")
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


# ── what SQLite says ──


@contextmanager
def as_delivery_error(path: Path) -> Iterator[None]:
    """Translate what SQLite says, and what cannot be read in its rows."""
    try:
        yield
    except sqlite3.OperationalError as error:
        raise DeliveryError(
            f"the ledger {path} cannot be used: {error}; free space or permit writing, then try again"
        ) from error
    except (sqlite3.DatabaseError, ValueError) as error:
        raise LedgerLostError(
            f"the ledger {path} is damaged: {error}; nothing was changed: put a copy of it back, or: "
            "briefing ledger rebuild (`briefing build` still works)"
        ) from error
    except OSError as error:
        raise DeliveryError(f"the ledger {path} cannot be used: {error.strerror or error}") from error


# ── one run at a time ──


class Busy(Exception):  # noqa: N818 - no error: somebody else does the work
    """Another run holds the output folder."""


@contextmanager
def held(output: Path) -> Iterator[None]:
    """Hold an output folder for one run; raises Busy where another run does, DeliveryError where it cannot be held."""
    from filelock import FileLock, Timeout

    try:
        output.mkdir(parents=True, exist_ok=True)
        lock = FileLock(output / LOCK, timeout=0)
        lock.acquire()
    except Timeout as error:
        raise Busy from error
    except OSError as error:
        raise DeliveryError(
            f"{output} cannot be written to: {error.strerror or error}; free space or permit writing, then try again"
        ) from error
    try:
        yield
    finally:
        lock.release()


# ── what is delivered stays ──


def check_unsent(edition: str, files: Files, output: Path) -> None:
    """Refuse to replace an edition that somebody has, or may have: RenderError. The same bytes are no replacement."""
    folder = output / edition
    if not folder.exists() or checksum(read_files(folder)) == checksum(files):
        return
    try:
        if not has_ledger(output):
            return
        with open_ledger(output) as ledger:
            sent = ledger.was_delivered(edition)
    except DeliveryError as error:
        raise RenderError(f"{error}; so {folder} stays as it is: build into another folder with -o") from error
    if sent:
        raise RenderError(f"{folder} has been delivered and stays as it is; build into another folder with -o")
