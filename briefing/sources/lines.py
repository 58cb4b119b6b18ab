"""A large file whose records stand one behind the other, parted by the ends of lines: JSON Lines, tables."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import takewhile
from typing import TYPE_CHECKING, NamedTuple

from briefing.sources import open_files

if TYPE_CHECKING:
    from collections.abc import Iterator

    from briefing.sources.open_files import AnyFile

TABLES = frozenset({"text/csv", "text/tab-separated-values"})


@dataclass(slots=True)
class Room:
    """How many more records a day takes of large files."""

    left: int


class Group(NamedTuple):
    """Whole records that stand one behind the other: where, how many bytes, how many records."""

    at: int
    length: int
    records: int


class Lines:
    """The lines of a file, or the rows of a table, which may hold the ends of lines."""

    unit, tail, complaint = "lines", b"", ""

    def __init__(self, file: AnyFile, media_type: str, *, piece: int) -> None:
        self.media_type = media_type
        self._file, self._is_table, self._piece = file, media_type in TABLES, piece
        self.head = file.read(0, open_files.PIECE).partition(b"\n")[0] + b"\n" if self._is_table else b""
        self._at = len(self.head)

    def groups(self, room: Room) -> Iterator[Group]:
        """Yield records by pieces as long as there is room, of which whoever takes them takes it."""
        file = self._file
        while self._at < file.size and room.left > 0:
            at = self._at
            block = file.read(at, self._piece)
            length = len(block) if at + len(block) >= file.size else self._end(block)
            if length == 0:
                count, length = 1, end_of_line(file, at + len(block)) - at
            elif (count := _count(block[:length])) > room.left:
                count, length = room.left, self._first(block[:length], room.left)
            if length <= 0:
                break
            self._at += length
            yield Group(at, length, count)

    def left(self) -> int:
        """Return how many lines stand behind those that were yielded."""
        at, size, step = self._at, self._file.size, open_files.PIECE
        more, block = 0, b"\n"
        for block in takewhile(bool, (self._file.read(place, step) for place in range(at, size, step))):
            more += block.count(b"\n")
        return more + (not block.endswith(b"\n"))

    def _first(self, block: bytes, most: int) -> int:
        """Return where the last whole record of the first lines of a block ends."""
        block = b"".join(block.splitlines(keepends=True)[:most])
        end = self._end(block)
        return 0 if self._is_table and block[:end].count(b'"') % 2 else end

    def _end(self, block: bytes) -> int:
        """Return where the last whole record of a block ends; 0 where none does."""
        end = block.rfind(b"\n") + 1
        if self._is_table:
            inside = end
            while inside and block.count(b'"', 0, inside) % 2:
                inside = block.rfind(b"\n", 0, inside - 1) + 1
            end = inside or end  # marks that are no quotes are odd wherever one looks
        return end


def end_of_line(file: AnyFile, at: int) -> int:
    """Return the place behind the next end of a line, or the end of the file."""
    while at < file.size:
        block = file.read(at, open_files.PIECE)
        found = block.find(b"\n")
        if found >= 0 or not block:
            return at + found + 1
        at += len(block)
    return file.size


def _count(block: bytes) -> int:
    return block.count(b"\n") + (not block.endswith(b"\n"))
