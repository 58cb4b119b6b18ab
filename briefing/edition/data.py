"""The brief as bytes: an edition's files, brief.json, and the list of a large day's articles."""

from __future__ import annotations

import gzip
import json
import zlib
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from io import BytesIO
from itertools import chain
from typing import TYPE_CHECKING, Any

from briefing.edition.schema import VERSION, Brief
from briefing.errors import RenderError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from pydantic import TypeAdapter

    from briefing.models import Problem

LISTING = "articles.jsonl.gz"
"""The file beside a large day's brief.json: a line of JSON for each article that was read, by origin."""
_RARE = ("coverage", "corrections", "first_seen", "is_summary", "unverified", "kind", "claimed")
_OF_LARGE_DAYS = ("day", "whole", "untold", "untold_copies")
"""Fields that brief.json has where they say something."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """A brief and its files."""

    brief: Brief
    files: tuple[tuple[str, bytes], ...]
    """(name, bytes): `brief.pdf`, `brief.html`, …"""
    problems: tuple[Problem, ...] = ()
    """What setting it in type found: a character without a font, a logo that cannot be read."""
    beside: tuple[tuple[str, bytes], ...] = ()  # not handed over: inputs.jsonl


class IncompleteError(RenderError):
    """A file of the edition could not be made; `edition` holds those that stand."""

    def __init__(self, message: str, edition: Edition) -> None:
        self.edition = edition
        super().__init__(message)


def read_brief(content: bytes) -> Brief:
    """Return the brief that a brief.json holds; ValueError, which names the place, where it holds none."""
    from pydantic import ValidationError

    try:
        brief = _adapter().validate_json(content, strict=True)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        raise ValueError(": ".join(filter(None, (".".join(map(str, first["loc"])), first["msg"])))) from error
    if brief.version != VERSION:
        raise ValueError(f"version: {brief.version} is not {VERSION}")
    return brief


def as_data(brief: Brief) -> dict[str, Any]:
    """Return the brief as JSON values: times in UTC (`2019-03-20T18:10:00Z`), days as `2019-03-20`."""
    data: dict[str, Any] = _adapter().dump_python(brief, mode="json", exclude={"listing"})
    listed = chain.from_iterable((part["stories"], part["more"]) for part in data["sections"])
    stories = chain(*listed, data["also_today"], data["also_today_more"])
    for part in (data, *data["sections"], *data["articles"], *data["figures"], *stories):
        for key in (*_RARE, *_OF_LARGE_DAYS):
            if key in part and part[key] in (None, False, []):
                del part[key]
    return data


def json_bytes(brief: Brief) -> bytes:
    """Return brief.json: UTF-8 text that a person can read and compare."""
    return (json.dumps(as_data(brief), ensure_ascii=False, indent=1, allow_nan=False) + "\n").encode()


@cache
def _adapter() -> TypeAdapter[Brief]:
    from pydantic import TypeAdapter

    return TypeAdapter(Brief)


# ── the list of a large day ───────────────────────────────────────────────────────────────────────────────────────────


def listing_of(rows: Iterable[Mapping[str, object]]) -> tuple[bytes, str]:
    """Return articles.jsonl.gz of a row for each article, and the SHA-256 of its lines, which no zlib changes."""
    packed, digest = BytesIO(), sha256()
    with gzip.GzipFile("", "wb", fileobj=packed, mtime=0) as file:
        for row in rows:
            line = f"{json.dumps(row, ensure_ascii=False)}\n".encode()
            digest.update(line)
            file.write(line)
    return packed.getvalue(), digest.hexdigest()


def listed_in(listing: bytes) -> Iterator[dict[str, Any]]:
    """Yield the rows of articles.jsonl.gz; ValueError where it is none."""
    try:
        with gzip.open(BytesIO(listing)) as file:
            for line in file:
                row = json.loads(line)
                if not isinstance(row, dict):
                    raise ValueError(f"{LISTING} has a line that is no object")  # noqa: TRY004 - of its content
                yield row
    except (OSError, EOFError, zlib.error) as error:
        raise ValueError(f"{LISTING} cannot be unpacked: {error}") from error


def sum_of_listing(listing: bytes) -> str:
    """Return the SHA-256 of the lines of articles.jsonl.gz; ValueError where it is none."""
    digest = sha256()
    try:
        with gzip.open(BytesIO(listing)) as file:
            while piece := file.read(1 << 20):
                digest.update(piece)
    except (OSError, EOFError, zlib.error) as error:
        raise ValueError(f"{LISTING} cannot be unpacked: {error}") from error
    return digest.hexdigest()
