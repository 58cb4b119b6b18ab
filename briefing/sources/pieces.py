"""A large file of records as documents of some hundred records each, so that it is never read whole.

dump.jsonl ─► dump~1.jsonl, dump~413.jsonl, …: named by their first line, or row; their bytes are fetched when needed.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, fields
from hashlib import sha256
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any
from weakref import finalize

from briefing.models import Document, Problem
from briefing.opening import open_regular

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

WHOLE, PIECE = 4 << 20, 1 << 19
"""Bytes up to which a file is one document, and those of a piece of a larger one."""
TABLES = frozenset({"text/csv", "text/tab-separated-values"})
RECORDS = frozenset({"application/jsonl", *TABLES})
"""Media types whose records stand one behind the other, parted by the ends of lines."""


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
                found = os.pread(self._file.fileno(), length, start)
            except OSError:
                return b""
            self._last = start, length, found
        return found


def pieces_of(
    path: Path, *, origin: str, media_type: str, room: Room, most_bytes: int, within: Path | None, source: str = ""
) -> Iterator[Document | Problem] | None:
    """Return the pieces of a large file of records, as many as there is `room` for; None for any other file.

    Raises OSError. What has no room is counted; a record of more than `most_bytes` is left out.
    """
    if media_type not in RECORDS:
        return None
    file = OpenFile(path, within)
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
        place = PurePosixPath(origin)
        name = str(place.with_name(f"{place.stem}~{number}{place.suffix}"))
        yield PieceOfFile(file, head, (at, len(block)), origin=name, media_type=media_type, first=number, source=source)
        at, number, room.left = at + len(block), number + _lines(block), max(0, room.left - _lines(block))
    if at < file.size:
        more = sum(file.read(place, PIECE).count(b"\n") for place in range(at, file.size, PIECE))
        more += not file.read(file.size - 1, 1).endswith(b"\n")
        reason = f"{more:,} more lines have no room in a day of limits.records"
        yield Problem(origin=f"{origin}:{number}", stage="read", reason=reason)


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
