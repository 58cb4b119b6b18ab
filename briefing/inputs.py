"""inputs.jsonl: all that an edition was made of, so that it can be made again without network, ledger or clock. Pure.

The first line holds the head, the configuration without its secrets, notes, what the edition was compared with, and its
templates by hash; each further line is a document by hash. The bytes lie in the store.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING, Any

from briefing.compose import Earlier  # noqa: TC001 - pydantic reads the annotations
from briefing.edition import EditionInfo  # noqa: TC001 - the same
from briefing.errors import StoreError
from briefing.models import Coverage, Delivered, Document, Notes, Problem, Sighting

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from pydantic import TypeAdapter

    from briefing.config import Config

VERSION = 1
FILE = "inputs.jsonl"
_LEFT_OUT = {"deliver", "on_failure", "extends", "archive", "workers", "cluster"}
"""Blocks of the configuration that an edition does not depend on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentEntry:
    """A document by its hash."""

    origin: str
    source: str
    media_type: str
    sha256: str
    charset: str | None = None
    sighting: Sighting | None = None
    first: int | None = None
    """Of a piece of a file of records, the number of the first; None where it is 1."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Inputs:
    """All that an edition was made of but the documents."""

    version: int = VERSION
    program: str
    """The program's version: another one may set other bytes."""
    edition: EditionInfo
    formats: tuple[str, ...]
    config: dict[str, Any]
    """As config.yaml would say it, resolved."""
    store: str
    """Where the store lies, from the edition's folder."""
    notes: Notes
    problems: tuple[Problem, ...]
    """What was left out before anything was read."""
    coverage: Coverage | None
    earlier: Earlier | None
    delivered: Delivered | None
    """With those marks alone that met one of the documents."""
    templates: dict[str, str]
    """The desk's own templates: path → SHA-256."""
    shipped: str
    """One SHA-256 of the templates that came with the program."""


def config_data(config: Config) -> dict[str, Any]:
    """Return a configuration as JSON values: secrets by the names of their variables, nothing of delivery."""
    data: dict[str, Any] = config.model_dump(mode="json", by_alias=True, exclude=_LEFT_OUT, exclude_none=True)
    return data


def entry_of(document: Document) -> DocumentEntry:
    """Return a document by its hash."""
    return DocumentEntry(
        origin=document.origin,
        source=document.source,
        media_type=document.media_type,
        sha256=document.sha256,
        charset=document.charset,
        sighting=document.sighting,
        first=None if document.first == 1 else document.first,
    )


def document_of(entry: DocumentEntry, content: Callable[[str], bytes]) -> Document:
    """Return a document whose bytes `content` gives by their hash."""
    return Document(
        origin=entry.origin,
        source=entry.source,
        media_type=entry.media_type,
        content=content(entry.sha256),
        charset=entry.charset,
        sighting=entry.sighting,
        first=entry.first or 1,
    )


def met(delivered: Delivered | None, marks: frozenset[str]) -> Delivered | None:
    """Return what was delivered before with those marks alone that stand in `marks`."""
    if delivered is None:
        return None
    own = None if delivered.own is None else delivered.own & marks
    return replace(delivered, read=delivered.read & marks, own=own)


def inputs_bytes(inputs: Inputs, documents: Sequence[DocumentEntry]) -> bytes:
    """Return inputs.jsonl; the same inputs give the same bytes."""
    head = _head().dump_python(inputs, mode="json")
    for part, name in (("delivered", "read"), ("delivered", "own"), ("earlier", "texts")):  # sets have no order
        if head[part] is not None and head[part][name] is not None:
            head[part][name].sort()
    rows = (_row().dump_python(entry, mode="json", exclude_none=True) for entry in documents)
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in (head, *rows)).encode(
        "utf-8", "backslashreplace"
    )


def read_inputs(content: bytes, *, name: str) -> tuple[Inputs, tuple[DocumentEntry, ...]]:
    """Return what inputs.jsonl says; StoreError where it is none."""
    try:
        first, *rest = content.decode().splitlines()
        inputs = _head().validate_json(first, strict=True)
        return inputs, tuple(_row().validate_json(line, strict=True) for line in rest)
    except ValueError as error:
        raise StoreError(f"{name} is no inputs.jsonl of version {VERSION}: {str(error).splitlines()[0]}") from error


@cache
def _head() -> TypeAdapter[Inputs]:
    from pydantic import TypeAdapter

    return TypeAdapter(Inputs)


@cache
def _row() -> TypeAdapter[DocumentEntry]:
    from pydantic import TypeAdapter

    return TypeAdapter(DocumentEntry)
