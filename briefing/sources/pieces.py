"""A large file of records as documents of some hundred records each, so that it is never read whole.

dump.jsonl ─► dump~1.jsonl, dump~413.jsonl, …: named by their first line, row or record; their bytes are fetched when
needed. Of dump.jsonl.gz likewise, which is unpacked as far as it is asked for.
"""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

from briefing.models import Problem
from briefing.sources import open_files
from briefing.sources.fetched import FetchedDocument
from briefing.sources.lines import TABLES, Lines
from briefing.sources.open_files import OpenFile, gunzipped

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from briefing.models import Document
    from briefing.sources.lines import Room
    from briefing.sources.lists import Listing
    from briefing.sources.open_files import AnyFile

JSON = "application/json"
RECORDS = frozenset({"application/jsonl", JSON, *TABLES})
"""Media types whose records stand one behind the other."""


def piece(file: AnyFile, span: tuple[int, int], around: tuple[bytes, bytes] = (b"", b""), **told: Any) -> Document:  # noqa: ANN401
    """Return what stands at a place of an open file, between what stands around all of its pieces, as a document."""
    return FetchedDocument(lambda: file.read(*span).join(around), **told)


def pieces_of(
    path: Path, *, origin: str, media_type: str, room: Room, most_bytes: int, within: Path | None, source: str = ""
) -> Iterator[Document | Problem] | None:
    """Return the pieces of a large file of records, as many as there is `room` for; None for any other file.

    Raises OSError. What has no room is counted; a record of more than `most_bytes` is left out.
    """
    if media_type not in RECORDS:
        return None
    file = OpenFile(path, within)
    unpacked = gunzipped(file) if path.suffix.lower() == ".gz" else file
    return pieces_in(unpacked, origin=origin, media_type=media_type, room=room, most_bytes=most_bytes, source=source)


def pieces_in(
    file: AnyFile, *, origin: str, media_type: str, room: Room, most_bytes: int, source: str
) -> Iterator[Document | Problem] | None:
    """Return the pieces of an open file, as `pieces_of` does."""
    if media_type not in RECORDS:
        return None
    start = file.read(0, open_files.PIECE)
    if file.size <= open_files.WHOLE or b"\0" in start:  # in UTF-16 or UTF-32 lines end otherwise
        return None
    length = max(1, min(open_files.PIECE, most_bytes // 2))  # what stands before the records of each needs room, too
    records: Listing | Lines | None
    if media_type == JSON:
        from briefing.sources.lists import records_in

        records = records_in(file, most=room.left, piece=length)
    else:
        records = Lines(file, media_type, piece=length)
    if records is None:
        return None
    return _pieces(file, records, origin, room=room, most_bytes=most_bytes, source=source)


def _pieces(
    file: AnyFile, records: Listing | Lines, origin: str, *, room: Room, most_bytes: int, source: str
) -> Iterator[Document | Problem]:
    number = 1
    for at, length, count in records.groups(room):
        if count == 1 and length > most_bytes:
            told = f"a record of {length:,} bytes, more than limits.document_bytes allows ({most_bytes:,})"
            yield Problem(origin=f"{origin}:{number}", stage="read", reason=told)
        else:
            room.left -= count
            yield piece(
                file,
                (at, length),
                (records.head, records.tail),
                origin=_numbered(PurePosixPath(origin), number),
                media_type=records.media_type,
                first=number,
                source=source,
            )
        number += count
    left = 0 if file.fault else records.left()
    reasons = (
        file.fault or records.complaint,
        left and f"{left:,} more {records.unit} have no room in a day of limits.records",
    )
    yield from (Problem(origin=f"{origin}:{number}", stage="read", reason=reason) for reason in reasons if reason)


def _numbered(place: PurePosixPath, number: int) -> str:
    """Return the name of a piece: dump~413.jsonl, dump~413.jsonl.gz."""
    stem, suffix = place.stem, place.suffix
    if suffix.lower() == ".gz":
        stem, suffix = PurePosixPath(stem).stem, f"{PurePosixPath(stem).suffix}{suffix}"
    return str(place.with_name(f"{stem}~{number}{suffix}"))
