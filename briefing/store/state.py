"""Entries with every state in which they were seen, and memos: what is known of addresses, domains and sources.

One SQLite file (WAL, synchronous=FULL). What a pass learns of a source is one transaction, so that a kill leaves it as
before or as after; content of any size comes first, as objects, and what no state names is removed by `prune`.
"""

from __future__ import annotations

import json
import os
import sqlite3
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from filelock import FileLock, Timeout

from briefing.errors import StoreError
from briefing.opening import check_regular
from briefing.store.objects import Objects

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

FILE = "state.sqlite"
APPLICATION = 0x42524953
"""`BRIS` in ASCII; marks the file as ours."""
VERSION = 1
BUSY_SECONDS = 10.0
PAGE = 16_384
"""Bytes of a page of the file: an article fits in one, which halves the time of a commit."""
INLINE = 65_536
"""Bytes up to which a document lies in the database itself: a file for each of a feed's entries costs more than all
else of a pass."""

Memo = dict[str, Any]
"""What is remembered of an address, a domain or a source: JSON values; times as ISO 8601 in UTC."""

_SCHEMA = """
CREATE TABLE memos (kind TEXT NOT NULL, key TEXT NOT NULL, value TEXT NOT NULL, PRIMARY KEY (kind, key)) STRICT;
CREATE TABLE entries (
    source TEXT NOT NULL, key TEXT NOT NULL, first_seen TEXT NOT NULL, last_seen TEXT NOT NULL,
    first_pass INTEGER NOT NULL, mark TEXT NOT NULL, withdrawn INTEGER NOT NULL DEFAULT 0, PRIMARY KEY (source, key)
) STRICT, WITHOUT ROWID;
CREATE TABLE states (
    source TEXT NOT NULL, key TEXT NOT NULL, seen_at TEXT NOT NULL, sha256 TEXT NOT NULL, words TEXT NOT NULL,
    media_type TEXT NOT NULL, charset TEXT, url TEXT, title TEXT, published TEXT, outlet TEXT,
    language TEXT, fingerprint TEXT, note TEXT, content BLOB,
    PRIMARY KEY (source, key, seen_at), FOREIGN KEY (source, key) REFERENCES entries
) STRICT;
CREATE INDEX states_by_time ON states (seen_at);
CREATE INDEX states_by_fingerprint ON states (fingerprint) WHERE fingerprint IS NOT NULL;
"""
_STATES = (
    "SELECT s.source, s.key, s.seen_at, e.first_seen, e.first_pass, s.sha256, s.words, s.media_type, s.charset, s.url,"
    " s.title, s.published, s.outlet, s.language, s.fingerprint, s.note"
    " FROM states s JOIN entries e USING (source, key)"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """An entry as it was seen at a moment."""

    source: str
    """What config.yaml calls its source."""
    key: str
    seen_at: datetime
    """When it was first seen in this state."""
    first_seen: datetime
    """When it was first seen at all."""
    first_pass: bool
    """Whether that was the first pass over its source: then it may be of any age."""
    sha256: str
    """Of the document's bytes."""
    words: str
    """A hash of the words of its text: the same where only markup or blanks have changed."""
    media_type: str
    charset: str | None = None
    url: str | None = None
    title: str | None = None
    published: datetime | date | None = None
    outlet: str | None = None
    language: str | None = None
    fingerprint: str | None = None
    """Of a page, by which a wall is known again under another address."""
    note: str | None = None


@contextmanager
def open_store(folder: Path, *, writing: bool = False, patience: float = 0.0) -> Iterator[Store]:
    """Open a store, making it where there is none; StoreError where it cannot be used.

    One at a time may be `writing`; StoreError where somebody else still is after `patience` seconds.
    """
    lock = FileLock(folder / ".lock", timeout=patience)
    path = folder / FILE
    with _as_store_error(path):
        folder.mkdir(parents=True, exist_ok=True)
        check_regular(path)
        if writing:
            try:
                lock.acquire()
            except Timeout as error:
                raise StoreError(f"{folder}: another `briefing collect` is at work there; try again later") from error
    try:
        with _as_store_error(path), closing(sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None)) as db:
            _prepare(db, path)
            store = Store(folder, db)
            if writing:
                store.objects.clear_staged()
            yield store
    finally:
        lock.release()


def has_store(folder: Path) -> bool:
    """Tell whether anything was ever collected into a folder."""
    return (folder / FILE).exists()


class Store:
    """The open store."""

    def __init__(self, folder: Path, db: sqlite3.Connection) -> None:
        self.folder = folder
        self.objects = Objects(folder / "objects")
        self._db = db

    # ── memos ──

    def memos(self, kind: str) -> dict[str, Memo]:
        """Return what is remembered of a kind, by key."""
        rows = self._db.execute("SELECT key, value FROM memos WHERE kind = ? ORDER BY key", (kind,))
        return {key: json.loads(value) for key, value in rows}

    # ── entries ──

    def marks(self, source: str) -> dict[str, str]:
        """Return the marks of all entries of a source by key."""
        return dict(self._db.execute("SELECT key, mark FROM entries WHERE source = ?", (source,)))

    def commit(
        self,
        states: Sequence[tuple[State, bytes]] = (),
        *,
        marks: Mapping[tuple[str, str], str] | None = None,
        first_pass: bool = False,
        memos: Mapping[tuple[str, str], Memo] | None = None,
        now: datetime,
    ) -> None:
        """Keep what a pass learned, whole or not at all.

        `states` are what is new, each with its bytes; `marks` the marks of all entries that a source holds, by source
        and key, those among them of which no state is kept; `memos` by kind and key.
        """
        large = [content for _, content in states if len(content) > INLINE]
        with _as_store_error(self.folder / FILE):
            self.objects.put(large)
            with _transaction(self._db):
                self._put(states)
                at = text_of(now)
                self._db.executemany(
                    "INSERT INTO entries VALUES (?, ?, ?, ?, ?, ?, 0)"
                    " ON CONFLICT DO UPDATE SET last_seen = excluded.last_seen, mark = excluded.mark",
                    [(*entry, at, at, first_pass, mark) for entry, mark in (marks or {}).items()],
                )
                self._db.executemany(
                    "INSERT OR REPLACE INTO memos VALUES (?, ?, ?)",
                    [(*memo, json.dumps(value, ensure_ascii=False)) for memo, value in (memos or {}).items()],
                )

    def _put(self, states: Sequence[tuple[State, bytes]]) -> None:
        self._db.executemany(
            "INSERT OR IGNORE INTO entries VALUES (?, ?, ?, ?, ?, '', 0)",
            [(one.source, one.key, text_of(one.first_seen), text_of(one.seen_at), one.first_pass) for one, _ in states],
        )
        self._db.executemany(
            "INSERT OR REPLACE INTO states VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [
                (
                    *(one.source, one.key, text_of(one.seen_at), one.sha256, one.words, one.media_type, one.charset),
                    *(one.url, one.title, one.published and one.published.isoformat()),
                    *(one.outlet, one.language, one.fingerprint, one.note),
                    content if len(content) <= INLINE else None,
                )
                for one, content in states
            ],
        )

    def newest(self, source: str, keys: Iterable[str]) -> dict[str, State]:
        """Return the newest state of entries by key; of those that were never seen, none."""
        found = (self._states("e.source = ? AND e.key = ?", (source, key)) for key in keys)
        return {states[-1].key: states[-1] for states in found if states}

    def between(self, since: datetime, until: datetime) -> list[State]:
        """Return every state that was first seen between two moments (both included), by source, key and time."""
        return self._states("s.seen_at BETWEEN ? AND ?", (text_of(since), text_of(until)))

    def meant_by(self, what: str) -> list[State]:
        """Return every state with this address, or of an entry with this key, or with this SHA-256."""
        return self._states("(s.url = ? OR s.key = ? OR s.sha256 = ?)", (what, what, what))

    def states_of(self, state: State) -> list[State]:
        """Return every state of an entry, oldest first."""
        return self._states("s.source = ? AND s.key = ?", (state.source, state.key))

    def pages(self, since: datetime) -> list[State]:
        """Return the states that were fetched as pages since a moment."""
        return self._states("s.fingerprint IS NOT NULL AND s.seen_at >= ?", (text_of(since),))

    def content(self, state: State) -> bytes:
        """Return a state's bytes; StoreError where they are gone or damaged."""
        row = self._db.execute(
            "SELECT content FROM states WHERE source = ? AND key = ? AND seen_at = ?",
            (state.source, state.key, text_of(state.seen_at)),
        ).fetchone()
        if row is None or row[0] is None:
            return self.objects.get(state.sha256)
        content = bytes(row[0])
        if sha256(content).hexdigest() != state.sha256:
            raise StoreError(f"{self.folder / FILE} is damaged: {state.key} of {state.source} has another SHA-256")
        return content

    def _states(self, condition: str, values: Sequence[str]) -> list[State]:
        where = f" WHERE NOT e.withdrawn AND {condition} ORDER BY s.source, s.key, s.seen_at"
        rows = self._db.execute(_STATES + where, values)
        return [_state_of(row) for row in rows]

    # ── housekeeping ──

    def log(self, day: date, lines: Iterable[Mapping[str, Any]]) -> None:
        """Append lines to the day's list of requests, each on a line of its own, whatever a kill left of the last."""
        text = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)
        path = self.folder / "fetches" / f"{day.isoformat()}.jsonl"
        with _as_store_error(path):
            path.parent.mkdir(exist_ok=True)
            with path.open("a+b") as file:
                if file.tell() and _last_byte(path) != b"\n":
                    file.write(b"\n")
                file.write(text.encode("utf-8", "backslashreplace"))

    def prune(self, before: datetime) -> None:
        """Remove what was last seen before a moment: states, entries, lists of requests, objects that nothing names."""
        limit = text_of(before)
        with _as_store_error(self.folder / FILE):
            with _transaction(self._db):
                self._db.execute("DELETE FROM states WHERE seen_at < ?", (limit,))
                self._db.execute(  # a source that has not changed since holds those that it held the last time it did
                    "DELETE FROM entries WHERE last_seen < ? AND NOT withdrawn AND (source, last_seen) NOT IN"
                    " (SELECT source, max(last_seen) FROM entries GROUP BY source)"
                    " AND NOT EXISTS (SELECT 1 FROM states s WHERE s.source = entries.source AND s.key = entries.key)",
                    (limit,),
                )
            named = {row[0] for row in self._db.execute("SELECT sha256 FROM states WHERE content IS NULL")}
            self.objects.prune(before.timestamp(), keep=named)
            for path in (self.folder / "fetches").glob("*.jsonl"):
                if path.stem < before.date().isoformat():
                    path.unlink(missing_ok=True)

    def forget(self, states: Sequence[State]) -> None:
        """Remove entries with all their states for good; they are not taken again, whatever their source holds."""
        with _as_store_error(self.folder / FILE):
            self._db.execute("PRAGMA secure_delete = ON")
            with _transaction(self._db):
                for source, key in {(state.source, state.key) for state in states}:
                    self._db.execute("UPDATE entries SET withdrawn = 1 WHERE source = ? AND key = ?", (source, key))
                    self._db.execute("DELETE FROM states WHERE source = ? AND key = ?", (source, key))
            self._db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            for state in states:
                self.objects.remove(state.sha256)


def text_of(moment: datetime) -> str:
    """Return a moment as the database has it: ISO 8601 in UTC, of one length, so that texts sort like moments."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


def _moment_of(text: str) -> datetime | date:
    return date.fromisoformat(text) if len(text) == len("2019-03-21") else datetime.fromisoformat(text)


def _state_of(row: Sequence[Any]) -> State:
    source, key, seen_at, first_seen, first_pass, digest, words, media_type, charset, url, title, published, *rest = row
    outlet, language, fingerprint, note = rest
    return State(
        source=source,
        key=key,
        seen_at=datetime.fromisoformat(seen_at),
        first_seen=datetime.fromisoformat(first_seen),
        first_pass=bool(first_pass),
        sha256=digest,
        words=words,
        media_type=media_type,
        charset=charset,
        url=url,
        title=title,
        published=published and _moment_of(published),
        outlet=outlet,
        language=language,
        fingerprint=fingerprint,
        note=note,
    )


def _prepare(db: sqlite3.Connection, path: Path) -> None:
    db.execute("PRAGMA synchronous = FULL")
    if db.execute("SELECT count(*) FROM sqlite_master").fetchone()[0] == 0:
        db.execute(f"PRAGMA page_size = {PAGE}")
        with _transaction(db):
            if db.execute("PRAGMA user_version").fetchone()[0] == 0:  # another process may have been faster
                for statement in _SCHEMA.split(";")[:-1]:
                    db.execute(statement)
                db.execute(f"PRAGMA application_id = {APPLICATION}")
                db.execute(f"PRAGMA user_version = {VERSION}")
    elif db.execute("PRAGMA application_id").fetchone()[0] != APPLICATION:
        raise StoreError(f"{path} is a database of another program: nothing was changed; name another `store:`")
    if (version := db.execute("PRAGMA user_version").fetchone()[0]) > VERSION:
        raise StoreError(f"{path} is of version {version}, and this briefing knows {VERSION}: update briefing")
    if db.execute("PRAGMA journal_mode").fetchone()[0] != "wal":
        with suppress(sqlite3.OperationalError):  # another process is at it
            db.execute("PRAGMA journal_mode = WAL")


@contextmanager
def _transaction(db: sqlite3.Connection) -> Iterator[None]:
    db.execute("BEGIN IMMEDIATE")
    try:
        yield
        db.execute("COMMIT")
    except BaseException:
        if db.in_transaction:
            db.execute("ROLLBACK")
        raise


@contextmanager
def _as_store_error(path: Path) -> Iterator[None]:
    """Turn what the disk and SQLite say into one sentence that says what to do."""
    try:
        yield
    except sqlite3.DatabaseError as error:
        damaged = not isinstance(error, sqlite3.OperationalError)
        cure = "move it away, and collecting begins anew" if damaged else "free space or permit writing, then try again"
        raise StoreError(f"the store {path} cannot be used: {error}; {cure}") from error
    except OSError as error:
        told = error.strerror or error
        raise StoreError(f"{path} cannot be used: {told}; free space or permit writing, then try again") from error


def _last_byte(path: Path) -> bytes:
    with path.open("rb") as file:
        file.seek(-1, os.SEEK_END)
        return file.read(1)
