"""Bytes by their SHA-256: written beside their place, synced, renamed, so that a name always stands for whole bytes."""

from __future__ import annotations

import os
import tempfile
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING

from briefing.errors import StoreError
from briefing.opening import read_regular

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator
    from pathlib import Path

_STAGED = ".partial"


@dataclass(frozen=True, slots=True)
class Objects:
    """The folder of objects."""

    folder: Path

    def path(self, digest: str) -> Path:
        """Return where the bytes of this hash lie, or would."""
        return self.folder / digest[:2] / digest

    def put(self, contents: Iterable[bytes]) -> list[str]:
        """Keep what is not there yet; return the SHA-256 of each. Raises OSError, with nothing half written."""
        digests = []
        staged: list[tuple[str, Path]] = []
        try:
            for content in contents:
                digest = sha256(content).hexdigest()
                digests.append(digest)
                if self._touched(digest):
                    continue
                place = self.path(digest).parent
                place.mkdir(parents=True, exist_ok=True)
                handle, name = tempfile.mkstemp(suffix=_STAGED, dir=place)
                staged.append((digest, place / name))
                with os.fdopen(handle, "wb") as file:
                    file.write(content)
            _sync([path for _, path in staged])
            for digest, path in staged:
                path.replace(self.path(digest))
            _sync({path.parent for _, path in staged})
        except OSError:
            for _, path in staged:
                with suppress(OSError):
                    path.unlink(missing_ok=True)
            raise
        return digests

    def get(self, digest: str) -> bytes:
        """Return the bytes of a hash; StoreError where they are not there, or are no longer those."""
        try:
            content = read_regular(self.path(digest), within=self.folder)
        except OSError as error:
            raise StoreError(f"{self.path(digest)} is not in the store: {error.strerror or error}") from error
        if sha256(content).hexdigest() != digest:
            raise StoreError(f"{self.path(digest)} is damaged: its bytes have another SHA-256")
        return content

    def remove(self, digest: str) -> None:
        """Remove the bytes of a hash, where they are there."""
        self.path(digest).unlink(missing_ok=True)

    def prune(self, before: float, *, keep: Collection[str]) -> None:
        """Remove what was last put before a moment (seconds of the epoch) and is not in `keep`."""
        for path in self._paths():
            with suppress(FileNotFoundError):
                if path.name not in keep and path.stat().st_mtime < before:
                    path.unlink()

    def clear_staged(self) -> None:
        """Remove what a killed pass left half written; nobody else may be at work."""
        for path in self._paths():
            if path.name.endswith(_STAGED):
                path.unlink(missing_ok=True)

    def _paths(self) -> Iterator[Path]:
        return self.folder.glob("[0-9a-f][0-9a-f]/*")

    def _touched(self, digest: str) -> bool:
        """Tell whether the bytes are there, and mark them as used now."""
        try:
            os.utime(self.path(digest))
        except FileNotFoundError:
            return False
        return True


AT_ONCE = 8
"""Files that are synced side by side: a disk writes one journal for all that wait for it."""


def _sync(paths: Collection[Path]) -> None:
    """Wait until the disk has these files or folders; raises OSError."""
    if len(paths) <= 1:
        for path in paths:
            _sync_one(path)
        return
    from concurrent.futures import ThreadPoolExecutor

    with ThreadPoolExecutor(min(AT_ONCE, len(paths))) as waiting:
        list(waiting.map(_sync_one, paths))


def _sync_one(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
