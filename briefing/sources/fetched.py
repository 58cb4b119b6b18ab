"""Documents whose bytes lie elsewhere, in a file, on a shelf or in the store, and are fetched when asked for."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import fields
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

from briefing.errors import StoreError
from briefing.models import Document
from briefing.parallel import Shelf
from briefing.store import Objects

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

IN_MEMORY = 64 << 20
"""Bytes of a day's documents that are held in memory; the rest lies on a shelf."""


class FetchedDocument(Document):
    """A document whose bytes are fetched when they are asked for; it is pickled with them."""

    __slots__ = ("_digest", "_fetch")
    _fetch: Callable[[], bytes]
    _digest: str

    def __init__(self, fetch: Callable[[], bytes], digest: str = "", **told: Any) -> None:  # noqa: ANN401
        """Take what fetches the bytes, their SHA-256 where it is known, and every other field by its name."""
        values = {**_PLAIN, **told, "_fetch": fetch, "_digest": digest or sha256(fetch()).hexdigest()}
        for name, value in values.items():
            object.__setattr__(self, name, value)

    @property
    def content(self) -> bytes:
        """The bytes; none where they were changed meanwhile, or are gone."""
        found = self._fetch()
        return found if sha256(found).hexdigest() == self._digest else b""

    @property
    def sha256(self) -> str:
        """That of the bytes as they were found."""
        return self._digest

    def __reduce__(self) -> tuple[Any, ...]:
        return _document, ({**_told(self), "content": self.content},)

    def __hash__(self) -> int:
        return hash((self.origin, self._digest))


class StoredDocument(FetchedDocument):
    """A document whose bytes lie in the store; it is pickled by their hash, and fetched by whoever unpickles it."""

    __slots__ = ("_places",)
    _places: tuple[str, ...]

    def __init__(self, places: Sequence[str], digest: str, **told: Any) -> None:  # noqa: ANN401
        """Take the folders of objects, of which each machine finds one, the SHA-256, and every other field."""
        object.__setattr__(self, "_places", tuple(places))
        super().__init__(lambda: _found_in(self._places, digest) or b"", digest, **told)

    def __reduce__(self) -> tuple[Any, ...]:
        return fetched, (self._places, self._digest, _told(self))


_PLAIN = {field.name: field.default for field in fields(Document) if field.name != "content"}


def _told(document: Document) -> dict[str, Any]:
    return {name: getattr(document, name) for name in _PLAIN}


def _document(told: dict[str, Any]) -> Document:
    return Document(**told)


def _found_in(places: Sequence[str], digest: str) -> bytes | None:
    """Return the bytes of a hash from the first place that has them."""
    for place in places:
        with suppress(StoreError):
            return Objects(Path(place)).get(digest)
    return None


def fetched(places: Sequence[str], digest: str, told: dict[str, Any]) -> Document:
    """Return a document with its bytes; StoreError where no place has them."""
    content = _found_in(places, digest)
    if content is None:
        raise StoreError(f"{Path(places[-1], digest[:2], digest)} is not there")
    return Document(content=content, **told)


def by_hash(documents: Iterable[Document], places: Sequence[str]) -> tuple[Document, ...]:
    """Return documents whose bytes lie in folders of objects, so that their hashes alone travel."""
    return tuple(StoredDocument(places, one.sha256, **_told(one)) for one in documents)


class Holding:
    """Holds the bytes of a day's documents: the first in memory, the others in a file without a name."""

    def __init__(self, folder: Path) -> None:
        """Keep the file in a folder, where there is one."""
        self._folder, self._left = folder, IN_MEMORY
        self._shelf: Shelf | None = None

    def __call__(self, document: Document) -> Document:
        """Return a document that holds its bytes, or fetches them."""
        if isinstance(document, FetchedDocument):
            return document
        self._left -= len(document.content)
        if self._left >= 0:
            return document
        self._shelf = self._shelf or Shelf(self._folder if self._folder.is_dir() else None)
        number = self._shelf.keep_bytes(document.content)
        return FetchedDocument(partial(self._shelf.fetch_bytes, number), document.sha256, **_told(document))
