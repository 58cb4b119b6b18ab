"""A large file of records as documents of some hundred records each, so that it is never read whole.

dump.jsonl ─► dump~1.jsonl, dump~413.jsonl, …: named by their first line, or row; their bytes are fetched when needed.
Of dump.jsonl.gz likewise, which is unpacked as far as it is asked for.
"""

from __future__ import annotations

import gzip
import os
import sys
import zlib
from collections import OrderedDict
from dataclasses import dataclass, fields
from hashlib import sha256
from itertools import takewhile
from pathlib import PurePosixPath
from threading import Lock
from typing import TYPE_CHECKING, Any, cast
from weakref import finalize

from briefing.models import Document, Problem
from briefing.opening import open_regular

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from typing import BinaryIO

WHOLE, PIECE = 4 << 20, 1 << 19
"""Bytes up to which a file is one document, and those of a piece of a larger one."""
TABLES = frozenset({"text/csv", "text/tab-separated-values"})
RECORDS = frozenset({"application/jsonl", *TABLES})
"""Media types whose records stand one behind the other, parted by the ends of lines."""
PLACES, BLOCKS = 6, 16
"""Places of a packed file that are unpacked side by side, as whoever asks for its pieces goes through it in order, and
blocks of it that are held: 8 MB."""
MOST_RATIO = 200
"""Unpacked bytes for one packed byte, beyond which a file is no text."""


@dataclass(slots=True)
class Room:
    """How many more records a day takes of large files."""

    left: int


class PieceOfFile(Document):
    """A document whose bytes are read from an open file when they are asked for; it is pickled with them."""

    __slots__ = ("_digest", "_file", "_head", "_span")
    _digest: bytes
    _file: OpenFile
    _head: bytes
    _span: tuple[int, int]

    def __init__(self, file: OpenFile, head: bytes, span: tuple[int, int], **told: Any) -> None:  # noqa: ANN401
        for name, value in {**_PLAIN, **told, "_file": file, "_head": head, "_span": span, "_digest": b""}.items():
            object.__setattr__(self, name, value)
        object.__setattr__(self, "_digest", sha256(self.content).digest())

    @property
    def content(self) -> bytes:
        """The bytes; none where the file was changed meanwhile."""
        found = self._head + self._file.read(*self._span)
        return found if self._digest in {b"", sha256(found).digest()} else b""

    def __reduce__(self) -> tuple[Any, ...]:
        return _document, tuple((field.name, getattr(self, field.name)) for field in fields(Document))

    def __hash__(self) -> int:
        return hash((self.origin, self._digest))


_PLAIN = {field.name: field.default for field in fields(Document) if field.name != "content"}


def _document(*values: tuple[str, Any]) -> Document:
    return Document(**dict(values))


class OpenFile:
    """A file that stays open as long as pieces of it are in use; it holds the one that was read last."""

    fault = ""
    """Why it ends before its end."""

    def __init__(self, path: Path, within: Path | None) -> None:
        self._file = open_regular(path, within=within)
        finalize(self, self._file.close)
        self.size = os.fstat(self._file.fileno()).st_size
        self._last: tuple[int, int, bytes] = (0, 0, b"")

    def read(self, start: int, length: int) -> bytes:
        """Return what stands at a place, less where the file ends; nothing where it cannot be read."""
        at, size, found = self._last
        if (at, size) != (start, length):
            try:
                found = self._fetch(start, length)
            except OSError:
                return b""
            self._last = start, length, found
        return found

    def _fetch(self, start: int, length: int) -> bytes:
        return os.pread(self._file.fileno(), length, start)


class PackedFile(OpenFile):
    """A gzip file, read as what it unpacks to, block by block; its size is known when its end was read."""

    def __init__(self, path: Path, within: Path | None) -> None:
        super().__init__(path, within)
        self._packed, self.size = self.size, sys.maxsize
        self._blocks: OrderedDict[int, bytes] = OrderedDict()
        """Those that were asked for last, by their numbers."""
        self._places: dict[int, gzip.GzipFile] = {}
        """By the number of the block that each unpacks next."""
        self._lock = Lock()
        self.read(0, WHOLE + 1)

    def _fetch(self, start: int, length: int) -> bytes:
        with self._lock:
            first, last = start // PIECE, (start + length - 1) // PIECE
            found = b"".join(map(self._block, range(first, last + 1)))
        return found[start - first * PIECE :][:length]

    def _block(self, number: int) -> bytes:
        """Return a block; nothing behind the end."""
        if number * PIECE >= self.size:
            return b""
        self._blocks[number] = found = self._blocks.pop(number, None) or self._unpacked(number)
        if len(self._blocks) > BLOCKS:
            self._blocks.popitem(last=False)
        if len(found) < PIECE:
            self.size = number * PIECE + len(found)
        return found

    def _unpacked(self, number: int) -> bytes:
        """Unpack a block, from the nearest place before it or from the beginning."""
        nearest = max((at for at in self._places if at <= number), default=None)
        if nearest is None:
            place = gzip.GzipFile(fileobj=cast("BinaryIO", _Packed(self._file.fileno())))
        else:
            place = self._places.pop(nearest)
        try:
            place.seek(number * PIECE)
            found = place.read(PIECE)
        except (EOFError, zlib.error, OSError) as error:
            self.fault = f"the gzip archive breaks off, or is damaged ({error}); fetch it again"
            return b""
        if place.tell() > MOST_RATIO * max(self._packed, PIECE):
            self.fault = "it unpacks to so much more that it is taken for a bomb; unpack it first"
            return b""
        self._places[number + 1] = place
        if len(self._places) > PLACES:
            del self._places[next(iter(self._places))]
        return found


class _Packed:
    """What a packed file's bytes are read from, each of which is at a place of its own."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor, self._at = descriptor, 0

    def read(self, size: int) -> bytes:
        """Return the next bytes."""
        found = os.pread(self._descriptor, size, self._at)
        self._at += len(found)
        return found


def pieces_of(
    path: Path, *, origin: str, media_type: str, room: Room, most_bytes: int, within: Path | None, source: str = ""
) -> Iterator[Document | Problem] | None:
    """Return the pieces of a large file of records, as many as there is `room` for; None for any other file.

    Raises OSError. What has no room is counted; a record of more than `most_bytes` is left out.
    """
    if media_type not in RECORDS:
        return None
    file = (PackedFile if path.suffix.lower() == ".gz" else OpenFile)(path, within)
    start = file.read(0, PIECE)
    if file.size <= WHOLE or b"\0" in start:  # in UTF-16 or UTF-32 lines end otherwise
        return None
    return _pieces(file, origin, media_type, room=room, most_bytes=most_bytes, source=source)


def _pieces(
    file: OpenFile, origin: str, media_type: str, *, room: Room, most_bytes: int, source: str
) -> Iterator[Document | Problem]:
    is_table = media_type in TABLES
    head = file.read(0, PIECE).partition(b"\n")[0] + b"\n" if is_table else b""
    at, number = len(head), 1
    while at < file.size and room.left > 0:
        block = file.read(at, PIECE)
        length = len(block) if at + len(block) >= file.size else _end(block, is_table=is_table)
        if length == 0:
            length = _end_of_line(file, at + len(block)) - at
            if length > most_bytes:
                told = f"a record of {length:,} bytes, more than limits.document_bytes allows ({most_bytes:,})"
                yield Problem(origin=f"{origin}:{number}", stage="read", reason=told)
                at, number = at + length, number + 1
                continue
            block = file.read(at, length)
        block = block[:length]
        if _lines(block) > room.left:
            block = b"".join(block.splitlines(keepends=True)[: room.left])
            block = block[: _end(block, is_table=is_table)]
            block = b"" if is_table and block.count(b'"') % 2 else block
            room.left = 0
        if not block:
            break
        name = _numbered(PurePosixPath(origin), number)
        yield PieceOfFile(file, head, (at, len(block)), origin=name, media_type=media_type, first=number, source=source)
        at, number, room.left = at + len(block), number + _lines(block), max(0, room.left - _lines(block))
    if file.fault:
        yield Problem(origin=f"{origin}:{number}", stage="read", reason=file.fault)
    elif at < file.size:
        more, block = 0, b"\n"
        for block in takewhile(bool, (file.read(place, PIECE) for place in range(at, file.size, PIECE))):
            more += block.count(b"\n")
        more += not block.endswith(b"\n")
        reason = f"{more:,} more lines have no room in a day of limits.records"
        yield Problem(origin=f"{origin}:{number}", stage="read", reason=reason)


def _numbered(place: PurePosixPath, number: int) -> str:
    """Return the name of a piece: dump~413.jsonl, dump~413.jsonl.gz."""
    stem, suffix = place.stem, place.suffix
    if suffix.lower() == ".gz":
        stem, suffix = PurePosixPath(stem).stem, f"{PurePosixPath(stem).suffix}{suffix}"
    return str(place.with_name(f"{stem}~{number}{suffix}"))


def _lines(block: bytes) -> int:
    return block.count(b"\n") + (not block.endswith(b"\n"))


def _end(block: bytes, *, is_table: bool) -> int:
    """Return where the last whole record of a block ends; 0 where none does. A row of a table may hold line ends."""
    end = block.rfind(b"\n") + 1
    if is_table:
        inside = end
        while inside and block.count(b'"', 0, inside) % 2:
            inside = block.rfind(b"\n", 0, inside - 1) + 1
        end = inside or end  # marks that are no quotes are odd wherever one looks
    return end


def _end_of_line(file: OpenFile, at: int) -> int:
    """Return the place behind the next end of a line, or the end of the file."""
    while at < file.size:
        block = file.read(at, PIECE)
        found = block.find(b"\n")
        if found >= 0 or not block:
            return at + found + 1
        at += len(block)
    return file.size
