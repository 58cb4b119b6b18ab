"""Opening the ledger's file: made where there is none, refused and never changed where it is not ours or damaged."""

from __future__ import annotations

import sqlite3
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from briefing.delivery.ledger.book import Ledger, as_delivery_error
from briefing.errors import DeliveryError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

FILE = "briefing.sqlite3"
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


@contextmanager
def open_ledger(output: Path) -> Iterator[Ledger]:
    """Open the ledger of an output folder, making it where there is none; DeliveryError where it cannot be used."""
    path = output / FILE
    with as_delivery_error(path):
        try:
            output.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise DeliveryError(f"{output} cannot be made: {error.strerror}") from error
        connection = sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None)
    try:
        with as_delivery_error(path):
            _prepare(connection, path)
        yield Ledger(connection, path)
    finally:
        connection.close()


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
        _create(connection)
    elif connection.execute("PRAGMA application_id").fetchone()[0] != APPLICATION:
        raise DeliveryError(f"{path} is a database of another program: nothing was changed; move it away")
    if connection.execute("PRAGMA journal_mode").fetchone()[0] != "wal":
        with suppress(sqlite3.OperationalError):  # another process is at it: SQLite does not wait here
            connection.execute("PRAGMA journal_mode = WAL")


def _create(connection: sqlite3.Connection) -> None:
    connection.execute("BEGIN IMMEDIATE")
    try:
        if connection.execute("PRAGMA user_version").fetchone()[0] == 0:  # another process may have been faster
            _lay_tables(connection)
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def _lay_tables(connection: sqlite3.Connection) -> None:
    for statement in _SCHEMA.split(";")[:-1]:
        connection.execute(statement)
    connection.execute(f"PRAGMA application_id = {APPLICATION}")
    connection.execute(f"PRAGMA user_version = {VERSION}")
