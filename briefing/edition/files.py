"""Editions on disk: written whole or not at all, and read back.

output/2019-03-21/brief.pdf …     every file is written beside its place, synced, and renamed
output/latest.pdf                 a copy of the newest edition's PDF
"""

from __future__ import annotations

import os
import shutil
import tempfile
from contextlib import contextmanager, suppress
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

from filelock import FileLock, Timeout

from briefing.edition.data import LISTING, listed_in
from briefing.errors import RenderError
from briefing.opening import read_regular

if TYPE_CHECKING:
    from collections.abc import Iterator

    from briefing.edition.data import Edition

Files = tuple[tuple[str, bytes], ...]
"""(name, bytes) in order, as `Edition.files`."""

LATEST = "latest.pdf"
_LOCK = ".editions.lock"
_STAGED = ".partial"
_LOCK_SECONDS = 30.0


def write_edition(edition: Edition, output: Path) -> Path:
    """Write an edition's files to `output/<id>/`, return that folder; RenderError, with nothing changed, if it fails.

    Everything is on the disk before the first name changes, so a full disk or a kill leaves the files that were there.
    """
    return write_files(edition.brief.edition.id, edition.files + edition.beside, output)


def write_files(edition_id: str, files: Files, output: Path) -> Path:
    """Write files as the edition `output/<edition_id>/`, in the manner of `write_edition`."""
    for name in (edition_id, *(name for name, _ in files)):
        _check_name(name)
    folder = output / edition_id
    with _refused_as(f"the edition {edition_id} could not be written to {output}"):
        output.mkdir(parents=True, exist_ok=True)
        with FileLock(output / _LOCK, timeout=_LOCK_SECONDS):
            _clear_staged(output)
            _replace(folder, files, output)
    return folder


def read_files(folder: Path) -> Files:
    """Return an edition's files by name; RenderError where there is no such edition."""
    with _refused_as(f"the edition {folder} cannot be read"):
        return tuple((path.name, read_regular(path, within=folder)) for path in own_files(folder))


def own_files(folder: Path) -> list[Path]:
    """Return the files in an edition's folder that are handed over, by name; OSError where there is no such folder."""
    return sorted(
        path for path in folder.iterdir() if (path.name.startswith("brief.") or path.name == LISTING) and path.is_file()
    )


def listing_beside(folder: Path) -> Iterator[dict[str, Any]]:
    """Yield the rows of articles.jsonl.gz in an edition's folder, none where it has none; OSError and ValueError."""
    path = folder / LISTING
    if path.exists():
        yield from listed_in(read_regular(path, within=folder))


def edition_ids(output: Path) -> tuple[str, ...]:
    """Return the ids of the editions that lie under a folder, oldest first."""
    if not output.is_dir():
        return ()
    with _refused_as(f"{output} cannot be read"):
        return tuple(sorted(path.parent.name for path in output.glob("[!.]*/brief.*") if path.suffix == ".json"))


def write_atomically(path: Path, content: bytes) -> None:
    """Write one file beside its place, sync it and rename it; RenderError, with the old file untouched, if it fails."""
    with _refused_as(f"{path} could not be written"):
        staged = path.with_name(f".{path.name}{_STAGED}")
        try:
            _write_synced(staged, content)
            staged.replace(path)
        except OSError:
            with suppress(OSError):
                staged.unlink(missing_ok=True)
            raise
        _sync_folder(path.parent)


def checksums(files: Files) -> dict[str, str]:
    """Return the SHA-256 of each file by name."""
    return {name: sha256(content).hexdigest() for name, content in files}


def checksum(files: Files) -> str:
    """Return one SHA-256 for all files: of the lines `<sha256>  <name>`, as sha256sum prints them."""
    lines = (f"{digest}  {name}\n" for name, digest in sorted(checksums(files).items()))
    return sha256("".join(lines).encode()).hexdigest()


# ── the steps ────────────────────────────────────────────────────────────────────────────────────────────────────


def _replace(folder: Path, files: Files, output: Path) -> None:
    staged = Path(tempfile.mkdtemp(prefix=f".{folder.name}.", suffix=_STAGED, dir=output))
    try:
        for name, content in files:
            _write_synced(staged / name, content)
        latest = _stage_latest(folder, dict(files), output)
        _sync_folder(staged)
        _put_in_place(staged, folder, [name for name, _ in files])
        if latest:
            latest.replace(output / LATEST)
    finally:
        shutil.rmtree(staged, ignore_errors=True)
    _sync_folder(output)


def _put_in_place(staged: Path, folder: Path, names: list[str]) -> None:
    staged.chmod(0o777 & ~_umask())
    if not folder.exists():
        staged.rename(folder)
        return
    for name in names:
        (staged / name).replace(folder / name)
    for path in own_files(folder):
        if path.name not in names:  # of an earlier build: it would contradict the files beside it
            path.unlink()
    _sync_folder(folder)


def _stage_latest(folder: Path, files: dict[str, bytes], output: Path) -> Path | None:
    """Write the copy of the PDF before anything changes its name, where this edition is the newest."""
    if "brief.pdf" not in files or folder.name < max(edition_ids(output), default=""):
        return None
    staged = output / f".{LATEST}{_STAGED}"
    try:
        _write_synced(staged, files["brief.pdf"])
    except OSError:
        staged.unlink(missing_ok=True)
        raise
    return staged


def _clear_staged(output: Path) -> None:
    """Remove what a killed run left behind; the lock is held, so nobody is at work in it."""
    for path in output.glob(f".*{_STAGED}"):
        if path.is_dir():
            shutil.rmtree(path, ignore_errors=True)
        else:
            path.unlink()


def _write_synced(path: Path, content: bytes) -> None:
    with path.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _umask() -> int:
    mask = os.umask(0o022)
    os.umask(mask)
    return mask


def _check_name(name: str) -> None:
    if not name or name.startswith(".") or "/" in name or "\0" in name:
        raise RenderError(f"{name!r} cannot be the name of an edition or of its file; use letters, digits, '-' and '.'")


@contextmanager
def _refused_as(what: str) -> Iterator[None]:
    try:
        yield
    except Timeout as error:
        raise RenderError(f"{what}: another briefing is writing there; try again in a minute") from error
    except OSError as error:
        reason = error.strerror or str(error)
        raise RenderError(f"{what}: {reason}; free space or permit writing, then try again") from error
