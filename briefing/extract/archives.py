"""Archives: `.gz` of one document, `.zip` of many, one level deep, within bounds on what they unpack to."""

from __future__ import annotations

import stat
import zipfile
import zlib
from dataclasses import replace
from io import BytesIO
from typing import TYPE_CHECKING

from briefing.extract import media_types
from briefing.extract.cleaning import clean_line
from briefing.extract.draft import problem
from briefing.models import Document, Problem

if TYPE_CHECKING:
    from collections.abc import Iterator
    from zipfile import ZipFile, ZipInfo

    from briefing.config import Limits

MOST_MEMBERS = 2_000
MOST_RATIO = 200
"""Unpacked bytes for one packed byte: text packs to a fifth, repeated rows to a hundredth, bombs to a thousandth."""
_SMALL = 100_000
"""An archive that unpacks to less than this is no bomb whatever its ratio."""


def gunzipped(document: Document, limits: Limits) -> Document | Problem:
    """Return the one document of a gzip file, or a Problem where it is broken or unpacks to too much."""
    packed = len(document.content)
    most = min(limits.document_bytes, max(MOST_RATIO * packed, _SMALL))
    unpacker = zlib.decompressobj(wbits=31)
    try:
        content = unpacker.decompress(document.content, most + 1)
    except zlib.error as error:
        return problem(document.origin, f"no gzip archive that can be unpacked: {error}")
    if len(content) > most:
        return problem(
            document.origin, f"it unpacks to more than {most:,} bytes, which is taken for a bomb; unpack it first"
        )
    if not unpacker.eof:
        return problem(document.origin, "the gzip archive breaks off; fetch it again")
    name = document.origin.removesuffix(".gz")
    return replace(document, media_type=media_types.name_promises(name), content=content)


def zip_members(document: Document, limits: Limits) -> Iterator[tuple[str, Document | Problem]]:
    """Yield each member of a zip file by a name of its own, as a document or as a Problem; names are never paths."""
    refusal = too_much(document.content, limits)
    if refusal:
        yield "", problem(document.origin, refusal)
        return
    with zipfile.ZipFile(BytesIO(document.content)) as archive:
        members = [info for info in archive.infolist() if _is_wanted(info)]
        if not members:
            yield "", problem(document.origin, "an archive without articles")
        taken: set[str] = set()
        for info in members:
            name = _unlike(taken, clean_line(info.filename))
            yield name, _member(archive, info, f"{document.origin}#{name}")


def too_much(content: bytes, limits: Limits) -> str | None:
    """Return why a zip file is not unpacked, by what its directory says, or None."""
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            infos = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, EOFError) as error:
        return f"no zip archive that can be opened: {error}"
    if len(infos) > MOST_MEMBERS:
        return f"an archive of {len(infos):,} members; at most {MOST_MEMBERS:,} are read"
    size = sum(info.file_size for info in infos)
    if size > limits.document_bytes or size > max(MOST_RATIO * len(content), _SMALL):
        return f"it unpacks to {size:,} bytes, which is taken for a bomb; unpack it first"
    return None


def _is_wanted(info: ZipInfo) -> bool:
    name = info.filename.rpartition("/")[2]
    is_link = stat.S_ISLNK(info.external_attr >> 16)
    return not (info.is_dir() or is_link or info.filename.startswith("__MACOSX/") or name.startswith((".", "README")))


def _unlike(taken: set[str], name: str) -> str:
    """Return the name with marks behind it until no member had it: an archive may hold two of one name."""
    while name in taken:
        name += "~"
    taken.add(name)
    return name


def _member(archive: ZipFile, info: ZipInfo, origin: str) -> Document | Problem:
    try:
        with archive.open(info) as file:
            content = file.read(info.file_size + 1)  # no more than was declared and weighed above
    except (zipfile.BadZipFile, zlib.error, RuntimeError, NotImplementedError, EOFError, OSError, ValueError) as error:
        return problem(origin, f"cannot be unpacked: {error}")
    return Document(origin=origin, media_type=media_types.name_promises(info.filename), content=content)
