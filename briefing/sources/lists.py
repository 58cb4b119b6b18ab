"""A large JSON file that holds a list of records: cut at the ends of its records, and never parsed whole.

[{…}, {…}, …] or {"title": "The Post", "items": [{…}, {…}, …], "language": "en"}, as `extract` knows them. What such an
object says of all its records, before the list or behind it, goes along with every piece of it.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from briefing.extract import LISTS, SHARED
from briefing.sources import open_files
from briefing.sources.lines import Group, Lines, end_of_line

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from briefing.sources.lines import Room
    from briefing.sources.open_files import AnyFile

_STRING = rb'[^"\\]*(?:\\.[^"\\]*)*(?:"|(\\?\Z))'
"""A string behind its first quote; the group is there where the block ends within it, and holds half an escape."""
_REST = re.compile(_STRING, re.DOTALL)
_MARK = re.compile(rb'"' + _STRING + rb"|[][{},]", re.DOTALL)
_QUOTE, _COMMA = b'",'
_OPENING, _CLOSING = b"[{", b"]}"
_MEMBER = re.compile(rb'\s*("(?:[^"\\]|\\.)*")\s*:\s*("(?:[^"\\]|\\.)*")?', re.DOTALL)
"""A member of an object: its name, and its value where that is a string."""
_MEMBER_BYTES = 10_000
"""A title is shorter."""
_BLANK = b" \t\r\n\0"
_SAMPLE, _LEAST_UTF8 = 1 << 16, 0.99
"""Bytes that are looked at, and the share of them that must be UTF-8: elsewhere a bracket may be half of a letter."""


class Listing:
    """The records of a list, those that there is room for in groups, the others counted."""

    unit, media_type = "records", "application/json"

    def __init__(self, most: int, piece: int) -> None:
        self.head, self.tail, self.complaint = b"[", b"]", ""
        self._most, self._piece, self._count = most, piece, 0
        self._groups: list[Group] = []

    def add(self, start: int, end: int) -> None:
        """Take the next record."""
        self._count += 1
        last = self._groups[-1] if self._groups else None
        if self._count > self._most:
            return
        if last and end - last.at <= self._piece:
            self._groups[-1] = Group(last.at, end - last.at, last.records + 1)
        else:
            self._groups.append(Group(start, end - start, 1))

    def groups(self, _: Room) -> Iterator[Group]:
        """Yield the groups."""
        yield from self._groups

    def left(self) -> int:
        """Return how many records there was no room for."""
        return max(0, self._count - self._most)


def records_in(file: AnyFile, *, most: int, piece: int) -> Listing | Lines | None:
    """Return the records of a JSON file, up to `most` of a list, in pieces of so many bytes; None of any other file."""
    sample = file.read(0, _SAMPLE)
    at = _behind_blanks(file, 3 if sample.startswith(b"\xef\xbb\xbf") else 0)
    first = file.read(at, 1)
    is_utf8 = len(sample.decode("utf-8", "ignore").encode()) >= _LEAST_UTF8 * len(sample)
    if first not in {b"[", b"{"} or not is_utf8:
        return None
    scan = _Scan(file, at, lambda: Listing(most, piece))
    if scan.end is None:
        if scan.found:
            scan.found.complaint = "it breaks off, and what stands before that is read; fetch it again"
        return scan.found
    behind = _behind_blanks(file, scan.end)
    if first == file.read(behind, 1) == b"{" and scan.end <= end_of_line(file, at) - 1 < behind:
        return Lines(file, "application/jsonl", piece=piece)
    if scan.found and behind < file.size:
        scan.found.complaint = "what stands behind the list is not read"
    return scan.found


class _Scan:
    """What is found in going once through a file; the end is None where it breaks off."""

    def __init__(self, file: AnyFile, at: int, new: Callable[[], Listing]) -> None:
        self._file, self._new = file, new
        self._members: dict[str, Listing | bytes | None] = {}
        self.found: Listing | None = None
        self.end = self._list(at) if file.read(at, 1) == b"[" else self._object(at)

    def _list(self, at: int) -> int | None:
        self.found = self._new()
        marks = _marks(self._file, at)
        start, _ = next(marks)
        return self._records(marks, start + 1, self.found)

    def _object(self, at: int) -> int | None:
        """Go through the members of an object, and the records of each list in it."""
        marks = _marks(self._file, at)
        depth, start, listing, end = 0, at + 1, None, None
        for place, mark in marks:
            if mark == b"["[0] and depth == 1:
                listing = self._new()
                if self._records(marks, place + 1, listing) is None:
                    break
            elif mark in _OPENING:
                depth += 1
            elif depth == 1:
                self._member(start, place, listing)
                start, listing = place + 1, None
                if mark != _COMMA:
                    end = place + 1
                    break
            elif mark in _CLOSING:
                depth -= 1
        if end is None:
            self._member(start, self._file.size, listing)
        self.found = self._named()
        return end

    def _records(self, marks: Iterator[tuple[int, int]], start: int, listing: Listing) -> int | None:
        """Take the records of a list up to its end, whose place is returned."""
        depth = 0
        for place, mark in marks:
            if mark in _OPENING:
                depth += 1
            elif depth == 0:
                if mark == _COMMA or not self._is_blank(start, place):
                    listing.add(start, place)
                if mark != _COMMA:
                    return place + 1
                start = place + 1
            elif mark in _CLOSING:
                depth -= 1
        return None

    def _is_blank(self, start: int, end: int) -> bool:
        return end - start <= _MEMBER_BYTES and not self._file.read(start, end - start).strip(_BLANK)

    def _member(self, start: int, end: int, listing: Listing | None) -> None:
        """Keep the member that stands at a place, where it says something of all records, or lists them."""
        match = _MEMBER.match(self._file.read(start, min(end - start, _MEMBER_BYTES)))
        try:
            name = json.loads(match[1]) if match else ""
        except ValueError:
            return
        if name in LISTS or name in SHARED.values():
            self._members[name] = listing or (match and match[2])  # of two of one name the last one counts

    def _named(self) -> Listing | None:
        """Return the list that `extract` would take, with what is said of all its records about it."""
        members = self._members
        for name in LISTS:
            if isinstance(found := members.get(name), Listing):
                said = ((key, members.get(key)) for key in SHARED.values())
                shared = b"".join(b'"%s":%s,' % (key.encode(), text) for key, text in said if isinstance(text, bytes))
                found.head, found.tail = b'{%s"%s":[' % (shared, name.encode()), b"]}"
                return found
        return None


def _marks(file: AnyFile, at: int) -> Iterator[tuple[int, int]]:
    """Yield the place of each bracket and comma outside of strings from a place on, and which it is."""
    half: bytes | None = None
    while block := file.read(at, open_files.PIECE):
        start = 0
        if half is not None and (rest := _REST.match(block, len(half))):
            half, start = rest[1], rest.end()
        for match in _MARK.finditer(block, start):
            mark = block[match.start()]
            if mark == _QUOTE:
                half = match[1]
            else:
                yield at + match.start(), mark
        at += len(block)


def _behind_blanks(file: AnyFile, at: int) -> int:
    """Return the place of the next byte that is no blank, or the end of the file."""
    while block := file.read(at, open_files.PIECE):
        if rest := block.lstrip(_BLANK):
            return at + len(block) - len(rest)
        at += len(block)
    return at
