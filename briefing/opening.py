"""The one door through which every file of the desk is read: a regular file, opened once, checked by its descriptor.

A pipe or a device would hang whoever reads it, a file of endless size would fill the memory, and a link in a folder of
articles would quote what lies elsewhere. An edge of the program.
"""

from __future__ import annotations

import os
import stat
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import BinaryIO

_FLAGS = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)
_NO_LINK = getattr(os, "O_NOFOLLOW", 0)
_FOLDER = getattr(os, "O_DIRECTORY", 0)
_PIECE = 1 << 20
"""Bytes that are read at a time."""


class UnreadableError(OSError):
    """Something that is there and is not read; `strerror` says why."""

    def __init__(self, reason: str, path: Path) -> None:
        super().__init__(None, reason, str(path))


class TooLargeError(UnreadableError):
    """A file of more bytes than are taken; `size` has them."""

    def __init__(self, path: Path, size: int) -> None:
        self.size = size
        super().__init__(f"it has {size:,} bytes, too many", path)


def read_regular(path: Path, *, most_bytes: int | None = None, within: Path | None = None) -> bytes:
    """Return a regular file's bytes; raises OSError, TooLargeError above `most_bytes`.

    Links are followed, since whoever names a path may name a link; with `within`, none that leads out of that folder.
    """
    with open_regular(path, within=within) as file:
        size = os.fstat(file.fileno()).st_size
        if most_bytes is not None and size > most_bytes:
            raise TooLargeError(path, size)
        content = file.read() if most_bytes is None else b"".join(_pieces(file, most_bytes + 1))
    if most_bytes is not None and len(content) > most_bytes:  # it grew, or belongs to a file system without sizes
        raise TooLargeError(path, len(content))
    return content


def open_regular(path: Path, *, within: Path | None = None) -> BinaryIO:
    """Return a regular file, opened as `read_regular` does, for whoever reads it in pieces; raises OSError."""
    descriptor = _opened(path) if within is None else _opened_within(path, within)
    file = os.fdopen(descriptor, "rb")
    status = os.fstat(descriptor)
    if not stat.S_ISREG(status.st_mode):
        file.close()
        raise UnreadableError(_kind(status.st_mode), path)
    return file


def _pieces(file: BinaryIO, most: int) -> Iterator[bytes]:
    """Yield up to `most` bytes piece by piece: to ask for all at once would set that much memory aside."""
    while most > 0 and (piece := file.read(min(most, _PIECE))):
        yield piece
        most -= len(piece)


def check_regular(path: Path) -> None:
    """Refuse, where something is at `path`, all but a regular file in its own folder: what a library opens by name."""
    try:
        status = path.stat()
        resolved = path.resolve()
    except FileNotFoundError:
        if path.is_symlink():
            raise UnreadableError("it is a link to nowhere", path) from None
        return
    if not stat.S_ISREG(status.st_mode):
        raise UnreadableError(_kind(status.st_mode), path)
    if resolved.parent != path.parent.resolve():
        raise UnreadableError("it is a link that leads out of its folder", path)


def _opened(path: Path) -> int:
    status = path.stat()
    if not stat.S_ISREG(status.st_mode):  # a device is not even opened: that alone may do something
        raise UnreadableError(_kind(status.st_mode), path)
    return os.open(path, _FLAGS)


def _opened_within(path: Path, folder: Path) -> int:
    """Open a file step by step from its folder, so that no link set meanwhile leads elsewhere."""
    root, target = folder.resolve(), Path(os.path.realpath(path, strict=True))
    if not target.is_relative_to(root):
        raise UnreadableError("it is a link that leads out of its folder", path)
    if os.open not in os.supports_dir_fd:
        return _opened(target)
    if not stat.S_ISREG(mode := target.lstat().st_mode):
        raise UnreadableError(_kind(mode), path)
    *parents, name = target.relative_to(root).parts
    here = os.open(root, _FLAGS | _FOLDER)
    try:
        for parent in parents:
            below = os.open(parent, _FLAGS | _FOLDER | _NO_LINK, dir_fd=here)
            os.close(here)
            here = below
        return os.open(name, _FLAGS | _NO_LINK, dir_fd=here)
    finally:
        os.close(here)


def _kind(mode: int) -> str:
    return "it is a folder" if stat.S_ISDIR(mode) else "it is no regular file (a pipe, a socket or a device)"
