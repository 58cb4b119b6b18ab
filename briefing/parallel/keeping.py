"""What is made of the program and its libraries alone, and costs time, kept in a folder of the user's (an effect).

It may be lost at any moment. A file is made beside its place and renamed, so that several processes may make it at
once; where it cannot be kept, each makes what it needs for itself. What is read may run as code, so that folder and
file must be this user's and closed to all others.
"""

from __future__ import annotations

import os
import pickle
import stat
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import IO, TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

Item = TypeVar("Item")

_folders: list[Path] = []


def keep_in(folder: str | Path | None) -> None:
    """Keep files in a folder from now on, in this process and those that it starts; in none where it is None."""
    _folders[:] = [Path(folder)] if folder else []


def kept_in() -> Path | None:
    """Return the folder in which files are kept."""
    return _folders[0] if _folders else None


def kept(name: str, version: str, make: Callable[[IO[bytes]], object], read: Callable[[Path], Item]) -> Item | None:
    """Return what `read` finds in a file of a name and version; None where it cannot be kept.

    `make` writes it where it is missing or cannot be read; other versions are removed then.
    """
    folder = kept_in()
    if folder is None:
        return None
    path = folder / f"{name}-{version}"
    found = _read(path, read)
    if found is None:
        with suppress(OSError):
            _make(path, name, make)
        found = _read(path, read)  # this process's, or another's that was faster
    return found


def kept_value(name: str, make: Callable[[], Item], *made_of: object) -> Item:
    """Return a value that can be pickled, as a start kept it that made it of the same, or as it is made now."""
    if kept_in() is None:
        return make()
    from briefing.parallel.cache import key_of

    made: list[Item] = []

    def write(file: IO[bytes]) -> None:
        made.append(make())
        content = pickle.dumps(made[0], pickle.HIGHEST_PROTOCOL)
        file.write(sha256(content).digest() + content)

    def read(path: Path) -> list[Item]:
        content = path.read_bytes()
        if sha256(content[32:]).digest() != content[:32]:
            raise ValueError("damaged")
        return [pickle.loads(content[32:])]  # noqa: S301 - this user's alone, and whole

    found = kept(name, key_of(name, *made_of).hex()[:32], write, read) or made or [make()]
    return found[0]


def is_private(path: Path, kind: Callable[[int], bool]) -> bool:
    """Tell whether a path is of a kind, no link, this user's, and closed to everybody else."""
    found = path.lstat()
    own = not hasattr(os, "geteuid") or found.st_uid == os.geteuid()
    return kind(found.st_mode) and own and not found.st_mode & 0o077


def _read(path: Path, read: Callable[[Path], Item]) -> Item | None:
    with suppress(Exception):  # whatever it is that cannot be read is made anew
        if is_private(path.parent, stat.S_ISDIR) and is_private(path, stat.S_ISREG):
            return read(path)
    return None


def _make(path: Path, name: str, make: Callable[[IO[bytes]], object]) -> None:
    from tempfile import mkstemp

    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    if not is_private(path.parent, stat.S_ISDIR):
        return
    descriptor, made = mkstemp(dir=path.parent, prefix=f"{name}-")
    try:
        with os.fdopen(descriptor, "wb") as file:
            make(file)
        Path(made).replace(path)
    finally:
        Path(made).unlink(missing_ok=True)
    for other in path.parent.iterdir():
        if other.name.rpartition("-")[0] == name and other != path:
            other.unlink(missing_ok=True)
