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

_STRING = rb'[^"]*(?:(?<=\\)"[^"]*)*(?:"|(\Z))'
"""A string behind its first quote, where no backslash stands for itself; the group is there where it does not end."""
_REST = re.compile(_STRING)
_BRACKET = re.compile(rb'(?:[^]["{}]+|"' + _STRING + rb")*(?:([][{}])|\Z)")
_MARK = re.compile(rb'(?:[^]["{},]+|"' + _STRING + rb")*(?:([][{},])|\Z)")
"""What stands before the next bracket outside of strings, or comma, and that."""
_COMMA, _LIST = b",["
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
        return self._records(_Marks(self._file, at + 1), at + 1, self.found)

    def _object(self, at: int) -> int | None:
        """Go through the members of an object, and the records of each list in it, up to its end."""
        marks = _Marks(self._file, at + 1)
        depth, start, listing = 0, at + 1, None
        while mark := marks.next(_BRACKET if depth else _MARK):
            if mark == _LIST and depth == 0:
                listing = self._new()
                if self._records(marks, marks.at, listing) is None:
                    break
            elif depth == 0 and mark not in _OPENING:
                self._member(start, marks.at - 1, listing)
                start, listing = marks.at, None
                if mark != _COMMA:
                    self.found = self._named()
                    return marks.at
            else:
                depth += 1 if mark in _OPENING else -1
        self._member(start, self._file.size, listing)
        self.found = self._named()
        return None

    def _records(self, marks: _Marks, start: int, listing: Listing) -> int | None:
        """Take the records of a list up to its end, whose place is returned."""
        depth = 0
        while mark := marks.next(_BRACKET if depth else _MARK):
            if depth == 0 and mark not in _OPENING:
                if mark == _COMMA or not self._is_blank(start, marks.at - 1):
                    listing.add(start, marks.at - 1)
                if mark != _COMMA:
                    return marks.at
                start = marks.at
            else:
                depth += 1 if mark in _OPENING else -1
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


class _Marks:
    """Goes through a file from one bracket or comma outside of strings to the next, block by block."""

    def __init__(self, file: AnyFile, at: int) -> None:
        self._file, self._start = file, at
        self._block, self._at = b"", 0
        self._is_inside = False

    @property
    def at(self) -> int:
        """The place behind the mark that was found last."""
        return self._start + self._at

    def next(self, pattern: re.Pattern[bytes]) -> int:
        """Return the next mark that a pattern looks for; 0 at the end of the file."""
        while self._at < len(self._block) or self._load():
            if match := pattern.match(self._block, self._at):
                self._at = match.end()
                if match[2]:
                    return match[2][0]
                self._is_inside = match[1] is not None
        return 0

    def _load(self) -> bool:
        """Take the next block, behind what is left of a string that the last one broke."""
        while block := self._file.read(self._start + len(self._block), max(2, open_files.PIECE)):
            self._start += len(self._block)
            block = block.replace(rb"\\", b"__")
            self._block = block[:-1] if len(block) > 1 and block.endswith(b"\\") else block  # it says what follows is
            rest = _REST.match(self._block) if self._is_inside else None
            self._at, self._is_inside = (rest.end(), rest[1] is not None) if rest else (0, False)
            if not self._is_inside:
                return True
        return False


def _behind_blanks(file: AnyFile, at: int) -> int:
    """Return the place of the next byte that is no blank, or the end of the file."""
    while block := file.read(at, open_files.PIECE):
        if rest := block.lstrip(_BLANK):
            return at + len(block) - len(rest)
        at += len(block)
    return at
