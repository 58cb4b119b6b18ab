"""What was worked out before, kept by its content (an effect): it may be lost at any moment, and never be wrong.

store/cache/results.sqlite    key → a value, pickled and packed, with a hash of both before it

A key is a hash of all that a value is made of, this program's own code included. What is damaged, of another version
or locked is a miss, and so is everything on a full disk. A pickle can run code, so that nothing is read unless the
folder and the file are this user's and closed to all others.
"""

from __future__ import annotations

import os
import pickle
import sqlite3
import stat
import sys
import zlib
from collections import deque
from concurrent.futures import CancelledError, Executor, Future
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cache as once
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, ParamSpec, TypeVar

from briefing.parallel.executor import ahead_of
from briefing.parallel.keeping import is_private

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

Parameters = ParamSpec("Parameters")
Result = TypeVar("Result")

FILE = "results.sqlite"
MOST_BYTES = 1 << 30
"""Packed values that are kept, about those of 55,000 articles; what was used longest ago goes first."""
KEPT_BUILDS = 60
"""Builds after which a value goes that none of them used: no text is kept for ever because there is room for it."""
WAITING_BYTES = 32 << 20
"""Packed values that wait in memory before they are written."""
BUSY_SECONDS = 2.0
"""How long another process may hold the file before it is done without."""
DIGEST = 16
"""Bytes of the hash that stands before a value."""
PACKAGE = Path(__file__).parents[1]
MISS: Final = object()
"""What is returned for a value that is not there."""

_SCHEMA = """
CREATE TABLE IF NOT EXISTS known (
    id INTEGER PRIMARY KEY, key BLOB NOT NULL UNIQUE, used INTEGER NOT NULL, size INTEGER NOT NULL
);
CREATE INDEX IF NOT EXISTS known_by_use ON known (used, size);
CREATE TABLE IF NOT EXISTS contents (id INTEGER PRIMARY KEY, content BLOB NOT NULL);
"""


class Cache:
    """Values by their keys; without a file it knows nothing and keeps nothing."""

    def __init__(
        self, file: sqlite3.Connection | None, folder: Path, *, writing: bool = True, most_bytes: int = MOST_BYTES
    ) -> None:
        self._file = file
        self._writing = writing and file is not None
        self._folder = folder
        self._most_bytes = most_bytes
        self._used: list[bytes] = []
        self._new: dict[bytes, bytes] = {}
        self._waiting = 0
        self._build: int | None = None

    def get(self, key: bytes) -> Any:  # noqa: ANN401 - whatever was put
        """Return the value of a key, or MISS."""
        try:
            rows = self._asked("SELECT content FROM known JOIN contents USING (id) WHERE key = ?", key)
            content = rows[0][0] if rows else b""
            if not isinstance(content, bytes) or content[:DIGEST] != _check(key, content[DIGEST:]):
                return MISS
            value = pickle.loads(zlib.decompress(content[DIGEST:]))  # noqa: S301 - this user's alone, and whole
        except Exception:  # whatever it is that cannot be read is worked out again
            return MISS
        if self._writing:
            self._used.append(key)
        return value

    def has(self, key: bytes) -> bool:
        """Tell whether there seems to be a value of a key, which may turn out to be damaged."""
        try:
            return bool(self._asked("SELECT 1 FROM known WHERE key = ?", key))
        except sqlite3.Error:
            return False

    def put(self, key: bytes, value: object) -> None:
        """Keep a value, which may be packed; it is written by `save`, or once there are many."""
        if not self._writing:
            return
        packed = (value if isinstance(value, Packed) else Packed(value)).content
        self._new[key] = _check(key, packed) + packed
        self._waiting += len(packed)
        if self._waiting > WAITING_BYTES:
            self._write()

    def save(self) -> None:
        """Write what is new, and forget what is too old or too much."""
        self._write()
        if self._build is None or self._file is None:
            return
        with suppress(sqlite3.Error), self._file:
            self._file.execute("BEGIN IMMEDIATE")
            self._forget(self._file, self._build)

    def _write(self) -> None:
        new, used = self._new, self._used
        self._new, self._used, self._waiting = {}, [], 0
        if self._file is None or not (new or used):
            return
        try:
            with self._file:
                self._file.execute("BEGIN IMMEDIATE")
                if self._build is None:
                    self._build = 1 + (self._asked("SELECT max(used) FROM known")[0][0] or 0)
                known = "INSERT INTO known (key, used, size) VALUES (?, ?, ?) ON CONFLICT DO NOTHING"
                for key, content in new.items():
                    row = self._file.execute(known, (key, self._build, len(content)))
                    if row.rowcount:
                        self._file.execute("INSERT INTO contents VALUES (?, ?)", (row.lastrowid, content))
                    else:
                        place = "(SELECT id FROM known WHERE key = ?)"  # as it was, or damaged
                        self._file.execute(f"REPLACE INTO contents VALUES ({place}, ?)", (key, content))  # noqa: S608
                renewed = ((self._build, key) for key in used)
                self._file.executemany("UPDATE known SET used = ? WHERE key = ?", renewed)
        except sqlite3.OperationalError:  # locked, full, not to be written to
            return
        except sqlite3.Error:  # damaged: the next build makes a new one
            self._file = None
            with suppress(OSError):
                (self._folder / FILE).unlink()

    def _forget(self, file: sqlite3.Connection, build: int) -> None:
        file.execute("DELETE FROM known WHERE used <= ?", (build - KEPT_BUILDS,))
        (total,) = file.execute("SELECT coalesce(sum(size), 0) FROM known").fetchone()
        over = []
        for number, size in file.execute("SELECT id, size FROM known ORDER BY used, id"):
            if total <= self._most_bytes:
                break
            over.append((number,))
            total -= size
        file.executemany("DELETE FROM known WHERE id = ?", over)
        file.execute("DELETE FROM contents WHERE id NOT IN (SELECT id FROM known)")

    def _asked(self, query: str, *values: object) -> list[Any]:
        return self._file.execute(query, values).fetchall() if self._file else []


@contextmanager
def open_cache(folder: Path, *, writing: bool = True, most_bytes: int = MOST_BYTES) -> Iterator[Cache]:
    """Open the cache in a folder, making it where `writing`; whatever is wrong with it, it is an empty one."""
    file = _opened(folder, writing=writing)
    try:
        yield Cache(file, folder, writing=writing, most_bytes=most_bytes)
    finally:
        if file is not None:
            file.close()


def clear_cache(folder: Path) -> None:
    """Remove all that is kept; OSError where it cannot be."""
    for path in folder.glob(f"{FILE}*"):
        path.unlink(missing_ok=True)


def _opened(folder: Path, *, writing: bool) -> sqlite3.Connection | None:
    path = folder / FILE
    if not PACKAGE.is_dir():  # in an archive, its code cannot be told from another version's
        return None
    try:
        if writing:
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            with suppress(FileExistsError):
                os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o600))
        if not (is_private(folder, stat.S_ISDIR) and is_private(path, stat.S_ISREG)):
            return None
        mode = "rw" if writing else "ro"
        file = sqlite3.connect(
            f"{path.absolute().as_uri()}?mode={mode}", uri=True, isolation_level=None, check_same_thread=False
        )
    except (OSError, sqlite3.Error):
        return None
    try:
        file.execute(f"PRAGMA busy_timeout = {int(BUSY_SECONDS * 1000)}")
        if writing:
            file.execute("PRAGMA synchronous = OFF")  # what a crash leaves damaged is a miss
            file.executescript(_SCHEMA)
        else:
            file.execute("SELECT count(*) FROM sqlite_schema")
    except sqlite3.OperationalError:
        file.close()
        return None
    except sqlite3.Error:
        file.close()
        if writing:
            with suppress(OSError):
                path.unlink()
        return None
    return file


def _check(key: bytes, packed: bytes) -> bytes:
    return sha256(key + packed).digest()[:DIGEST]


def key_of(*parts: object) -> bytes:
    """Return the key of what is made of these parts, by code as it is now; equal parts are written alike."""
    digest = sha256(own_code())
    for part in parts:
        is_bytes = isinstance(part, bytes)
        written = part if isinstance(part, bytes) else repr(part).encode("utf-8", "surrogatepass")
        digest.update(b"%d %d:" % (is_bytes, len(written)))
        digest.update(written)
    return digest.digest()


@once
def own_code() -> bytes:
    """Return a hash of this program, code and data, of the Python that runs it and of the libraries beside it."""
    digest = sha256(sys.version.encode())
    for place in filter(os.path.isdir, sys.path):  # versions, without asking each library
        digest.update("\n".join(sorted(path.name for path in Path(place).glob("*-info"))).encode())
    for folder, inner, names in os.walk(PACKAGE):
        inner[:] = sorted(set(inner) - {"__pycache__"})
        for name in sorted(names):
            path = Path(folder, name)
            digest.update(f"{path.relative_to(PACKAGE)}\0".encode())
            digest.update(sha256(path.read_bytes()).digest())
    return digest.digest()


class Packed:
    """A value, or what it is packed into, each made of the other when it is asked for.

    It travels packed: what another process made is packed there, and kept without being packed once more.
    """

    def __init__(self, value: object = MISS, content: bytes = b"") -> None:
        self._value, self._content = value, content

    @property
    def value(self) -> Any:  # noqa: ANN401 - whatever was packed
        """The value itself."""
        return pickle.loads(zlib.decompress(self._content)) if self._value is MISS else self._value  # noqa: S301 - ours

    @property
    def content(self) -> bytes:
        """What it is packed into."""
        return self._content or zlib.compress(pickle.dumps(self._value, pickle.HIGHEST_PROTOCOL), 1)

    def __reduce__(self) -> tuple[Any, ...]:
        return _packed, (self.content,)


def _packed(content: bytes) -> Packed:
    return Packed(content=content)


@dataclass(frozen=True, slots=True)
class Packing:
    """A job of another function, whose results come packed."""

    fn: Callable[..., Sequence[object]]

    def __call__(self, items: object, *settings: object) -> tuple[Packed, ...]:
        """Return what the function makes of each item."""
        return tuple(map(Packed, self.fn(items, *settings)))


class CachedExecutor(Executor):
    """Has done by another executor what is not in a cache.

    A job does a tuple of items, its first argument, and returns a tuple of results. `keys` are those of the items; None
    for a job that is never kept.
    """

    def __init__(self, executor: Executor, cache: Cache, keys: Callable[..., Sequence[bytes] | None]) -> None:
        self._executor = executor
        self._cache = cache
        self._keys = keys
        self.ahead = ahead_of(executor)
        self._done: deque[tuple[list[bytes], Future[Any]]] = deque()

    def submit(
        self, fn: Callable[Parameters, Result], /, *args: Parameters.args, **kwargs: Parameters.kwargs
    ) -> Future[Result]:
        """Return the future of a job; only those of its items are done whose result is not known."""
        keys = None if kwargs else self._keys(fn, *args)
        if keys is None:
            return self._executor.submit(fn, *args, **kwargs)
        return self._submit_rest(fn, keys, *args)

    def _submit_rest(
        self,
        fn: Callable[..., Any],
        keys: Sequence[bytes],
        items: Any,  # noqa: ANN401 - a tuple of whatever the job does
        *settings: object,
    ) -> Future[Any]:
        found = [self._cache.get(key) for key in keys]
        rest = [place for place, value in enumerate(found) if value is MISS]
        whole: Future[Any] = Future()
        whole.set_running_or_notify_cancel()

        def fill(part: Future[Any]) -> None:
            error = CancelledError() if part.cancelled() else part.exception()
            if error is not None:
                whole.set_exception(error)
                return
            for place, packed in zip(rest, part.result(), strict=True):
                found[place] = packed.value
            whole.set_result(tuple(found))
            found.clear()  # the other future is held until its results are kept

        if rest:
            part = self._executor.submit(Packing(fn), tuple(items[place] for place in rest), *settings)
            self._done.append(([keys[place] for place in rest], part))
            part.add_done_callback(fill)
            self._keep()
        else:
            whole.set_result(tuple(found))
        return whole

    def _keep(self) -> None:
        """Put in the cache what is done; a job that failed is done again: a time limit may not strike twice."""
        while self._done and self._done[0][1].done():
            keys, future = self._done.popleft()
            if not future.cancelled() and future.exception() is None:
                for key, value in zip(keys, future.result(), strict=True):
                    self._cache.put(key, value)

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:  # noqa: ARG002, FBT001, FBT002 - Executor's signature
        """Put what is done in the cache; the other executor is its owner's."""
        self._keep()
