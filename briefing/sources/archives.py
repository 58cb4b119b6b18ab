"""A large zip file as its members, each a document whose bytes are unpacked when they are asked for.

day.zip ─► day.zip#a.txt, day.zip#dump~413.jsonl, …: named as the members of a small one are; of a large file of records
in it come the pieces. Its directory is read whole, within bounds.
"""

from __future__ import annotations

from io import BufferedReader, FileIO
from typing import TYPE_CHECKING
from zipfile import ZipFile

from briefing.extract import MOST_MEMBERS, bomb, foreign, members_in, name_promises, nested
from briefing.models import Problem
from briefing.sources import open_files
from briefing.sources.open_files import OpenFile, PackedFile
from briefing.sources.pieces import piece, pieces_in

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from zipfile import ZipInfo

    from briefing.models import Document
    from briefing.sources.lines import Room

_MOST_DIRECTORY = 1 << 25
"""Bytes of the directory of an archive, of some 300,000 members."""
_SAMPLE = 4_000


class _Archive(BufferedReader):
    """What zipfile reads an archive from."""

    def __init__(self, file: OpenFile) -> None:
        super().__init__(FileIO(file.descriptor, closefd=False))
        self.file = file  # which closes when nobody reads it anymore

    def read(self, size: int | None = -1, /) -> bytes:
        """Return the next bytes; raises OSError where so many are asked for as only a directory has."""
        if size is not None and size > _MOST_DIRECTORY:
            raise OSError(f"its directory has {size:,} bytes; at most {_MOST_DIRECTORY:,} are read")
        return super().read(size)


def members_of(
    path: Path, *, origin: str, room: Room, most_bytes: int, within: Path | None, source: str = ""
) -> Iterator[Document | Problem] | None:
    """Return the members of a large zip file, as many as there is `room` for; None for a small one. Raises OSError."""
    file = OpenFile(path, within)
    try:
        archive = ZipFile(_Archive(file))
    except Exception as error:  # a damaged directory makes it raise anything
        reason = f"no zip archive that can be opened: {error}"
        return None if file.size <= most_bytes else iter((_problem(origin, reason),))
    infos = archive.infolist()
    size = sum(info.file_size for info in infos)
    if size <= open_files.WHOLE and len(infos) <= MOST_MEMBERS:
        return None
    if refusal := foreign(file.read(0, _SAMPLE)) or bomb(size, packed=file.size, most=size):
        return iter((_problem(origin, refusal),))
    return _members(archive, origin, room=room, most_bytes=most_bytes, source=source)


def _members(
    archive: ZipFile, origin: str, *, room: Room, most_bytes: int, source: str
) -> Iterator[Document | Problem]:
    members = list(members_in(archive))
    if not members:
        yield _problem(origin, "an archive without articles")
    for at, (name, info) in enumerate(members):
        if room.left <= 0:
            yield _problem(origin, f"{len(members) - at:,} more files have no room in a day of limits.records")
            return
        yield from _member(archive, info, f"{origin}#{name}", room=room, most_bytes=most_bytes, source=source)


def _member(
    archive: ZipFile, info: ZipInfo, origin: str, *, room: Room, most_bytes: int, source: str
) -> Iterator[Document | Problem]:
    media_type = name_promises(info.filename)
    file = PackedFile(lambda: archive.open(info), info.compress_size, "cannot be unpacked: {}")
    pieces = pieces_in(file, origin=origin, media_type=media_type, room=room, most_bytes=most_bytes, source=source)
    if pieces is not None:
        yield from pieces
        return
    if info.file_size > most_bytes:
        reason = f"{info.file_size:,} bytes, more than limits.document_bytes allows ({most_bytes:,})"
        yield _problem(origin, file.fault or reason)
        return
    document = piece(file, (0, info.file_size), origin=origin, media_type=media_type, source=source)
    refusal = _problem(origin, file.fault) if file.fault else nested(document)
    room.left -= not refusal
    yield refusal or document


def _problem(origin: str, reason: str) -> Problem:
    return Problem(origin=origin, stage="read", reason=reason)
