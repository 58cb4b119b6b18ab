"""Large files that stay open, as they are or as what they unpack to, and are read from wherever they are asked for."""

from __future__ import annotations

import gzip
import os
import sys
from collections import OrderedDict
from threading import Lock
from typing import TYPE_CHECKING, ClassVar, TypeAlias, cast
from weakref import finalize

from briefing.opening import open_regular

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from typing import IO, BinaryIO

WHOLE, PIECE = 4 << 20, 1 << 19
"""Bytes up to which a file is one document, and those of a piece of a larger one."""
PLACES, BLOCKS = 6, 16
"""Places of a packed file that are unpacked side by side, as whoever asks for its pieces goes through it in order, and
blocks of all of them that are held: 8 MB."""
MOST_RATIO = 200
"""Unpacked bytes for one packed byte, beyond which a file is no text."""


class OpenFile:
    """A file that stays open as long as pieces of it are in use."""

    fault = ""
    """Why it ends before its end."""

    def __init__(self, path: Path, within: Path | None) -> None:
        file = open_regular(path, within=within)
        finalize(self, file.close)
        self.descriptor = file.fileno()
        self.size = os.fstat(self.descriptor).st_size

    def read(self, start: int, length: int) -> bytes:
        """Return what stands at a place, less where the file ends; nothing where it cannot be read."""
        try:
            return os.pread(self.descriptor, length, start)
        except OSError:
            return b""


class PackedFile:
    """What a packed file unpacks to, block by block; its size is known when its end was read."""

    _blocks: ClassVar[OrderedDict[tuple[object, int], bytes]] = OrderedDict()
    """Those of all files that were asked for last, by their numbers."""
    _lock: ClassVar[Lock] = Lock()

    def __init__(self, unpack: Callable[[], IO[bytes]], packed: int, broken: str) -> None:
        """Take what starts to unpack it, its bytes, and what is said where it cannot be: `damaged ({})`."""
        self.size, self.fault = sys.maxsize, ""
        self._unpack, self._packed, self._broken = unpack, packed, broken
        self._key = object()
        self._places: dict[int, IO[bytes]] = {}
        """By the number of the block that each unpacks next."""
        self.read(0, WHOLE + 1)

    def read(self, start: int, length: int) -> bytes:
        """Return what stands at a place, less where the file ends; nothing where it cannot be read."""
        with self._lock:
            first, last = start // PIECE, (start + length - 1) // PIECE
            found = b"".join(map(self._block, range(first, last + 1)))
        return found[start - first * PIECE :][:length]

    def _block(self, number: int) -> bytes:
        """Return a block; nothing behind the end."""
        if number * PIECE >= self.size:
            return b""
        key = self._key, number
        self._blocks[key] = found = self._blocks.pop(key, None) or self._unpacked(number)
        if len(self._blocks) > BLOCKS:
            self._blocks.popitem(last=False)
        if len(found) < PIECE:
            self.size = number * PIECE + len(found)
        return found

    def _unpacked(self, number: int) -> bytes:
        """Unpack a block, from the nearest place before it or from the beginning."""
        nearest = max((at for at in self._places if at <= number), default=None)
        try:
            place = self._unpack() if nearest is None else self._places.pop(nearest)
            place.seek(number * PIECE)
            found = place.read(PIECE)
        except Exception as error:  # a damaged archive makes its library raise anything
            self.fault = self._broken.format(error)
            return b""
        if place.tell() > MOST_RATIO * max(self._packed, PIECE):
            self.fault = "it unpacks to so much more that it is taken for a bomb; unpack it first"
            return b""
        if len(found) == PIECE:
            self._places[number + 1] = place
        if len(self._places) > PLACES:
            del self._places[next(iter(self._places))]
        return found


AnyFile: TypeAlias = OpenFile | PackedFile


def gunzipped(file: OpenFile) -> PackedFile:
    """Return what a gzip file unpacks to."""
    return PackedFile(
        lambda: cast("IO[bytes]", gzip.GzipFile(fileobj=cast("BinaryIO", _Packed(file)))),
        file.size,
        "the gzip archive breaks off, or is damaged ({}); fetch it again",
    )


class _Packed:
    """What a packed file's bytes are read from, each of which is at a place of its own."""

    def __init__(self, file: OpenFile) -> None:
        self._file, self._at = file, 0

    def read(self, size: int) -> bytes:
        """Return the next bytes."""
        found = self._file.read(self._at, size)
        self._at += len(found)
        return found
