"""Documents from a folder, or a single file."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from briefing.errors import SourceError
from briefing.models import Document, Problem
from briefing.opening import TooLargeError, read_regular
from briefing.sources.lines import Room
from briefing.sources.pieces import pieces_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from datetime import date

    from briefing.config import CollectedSource, FolderSource
    from briefing.models import Coverage

MEDIA_TYPES = {
    ".txt": "text/plain",
    ".text": "text/plain",
    ".md": "text/markdown",
    ".markdown": "text/markdown",
    ".html": "text/html",
    ".htm": "text/html",
    ".xhtml": "application/xhtml+xml",
    ".eml": "message/rfc822",
    ".mhtml": "multipart/related",
    ".mht": "multipart/related",
    ".csv": "text/csv",
    ".tsv": "text/tab-separated-values",
    ".mbox": "application/mbox",
    ".json": "application/json",
    ".jsonl": "application/jsonl",
    ".ndjson": "application/jsonl",
    ".xml": "application/xml",
    ".rss": "application/rss+xml",
    ".atom": "application/atom+xml",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".pdf": "application/pdf",
    ".gz": "application/gzip",
    ".zip": "application/zip",
}
"""What a file is by the ending of its name; its content has the last word, later."""

UNKNOWN = "application/octet-stream"
MOST_RECORDS = 200_000
"""Records of large files, and files in large archives, that are read unless the desk sets another number."""

_OF_THE_SYSTEM = frozenset(
    ("desktop.ini", "thumbs.db", "ehthumbs.db", "icon\r", "folder.jpg", "__macosx", "$recycle.bin")
)
_LEFT_BEHIND = (
    "~", ".bak", ".tmp", ".temp", ".swp", ".swo", ".part", ".partial", ".crdownload", ".opdownload", ".download",
    ".lock", ".ffs_db", ".lnk", ".url", ".webloc", ".css", ".js",
)  # fmt: skip
"""How the names of files end that programs leave behind, that only lead elsewhere, or that dress a saved page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What a source held, in order of origin, and what could not be read of it."""

    documents: tuple[Document, ...] = ()
    problems: tuple[Problem, ...] = ()
    coverage: Coverage | None = None


def folders_of(sources: Iterable[FolderSource | CollectedSource], home: Path) -> dict[Path, str]:
    """Return the folders that sources are read from, each with what config.yaml calls its source, in its order."""
    return {home / source.address: source.label for source in sources if source.kind == "folder"}


def read_paths(
    paths: Iterable[Path],
    *,
    most_bytes: int,
    most_records: int = MOST_RECORDS,
    source_of: Callable[[Path], str] = lambda _: "",
    hold: Callable[[Document], Document] = lambda document: document,
) -> Found:
    """Read several folders and files; a source out of reach becomes a Problem, and the others go on.

    Of files of records that are larger than a document should be, `most_records` are read together.

    An origin starts with its folder's name; folders of one name are told apart by a number: `seeds`, `seeds~2`.
    `source_of` tells what config.yaml calls the source that a path belongs to; documents are held as `hold` does.
    """
    labels: dict[str, Path] = {}
    documents: dict[str, Document] = {}
    problems: dict[Problem, None] = {}
    room = Room(most_records)
    for path in paths:
        label = _label(path.resolve() if path.is_dir() else path.resolve().parent, labels)
        try:
            found = read_path(path, label=label, most_bytes=most_bytes, room=room, source=source_of(path), hold=hold)
        except SourceError as error:
            found = Found(problems=(Problem(origin=error.origin, stage="source", reason=error.reason),))
        documents.update((document.origin, document) for document in found.documents)
        problems.update(dict.fromkeys(found.problems))
    return Found(documents=tuple(documents.values()), problems=tuple(problems))


def _label(folder: Path, labels: dict[str, Path]) -> str:
    label, number = folder.name, 1
    while labels.setdefault(label, folder) != folder:
        number += 1
        label = f"{folder.name}~{number}"
    return label


def read_path(
    path: Path, *, label: str, most_bytes: int, room: Room, source: str, hold: Callable[[Document], Document]
) -> Found:
    """Read a folder with its sub-folders, or one file; raises SourceError where there is no such thing.

    Names that begin with a dot or with README are not articles and are passed over.
    """
    if not path.exists() and not path.is_symlink():
        raise SourceError(_printable(str(path)), "there is no such file or folder; check the path")
    files, closed = _files(path) if path.is_dir() else ((path,), ())
    root, within = (path, path) if path.is_dir() else (path.parent, None)
    read = [
        hold(item) if isinstance(item, Document) else item
        for file in files
        for item in _read(
            file,
            origin=_origin(label, file.relative_to(root)),
            most_bytes=most_bytes,
            within=within,
            room=room,
            source=source,
        )
    ]
    read += [_problem(_origin(label, folder.relative_to(root)), reason) for folder, reason in closed]
    if not read:
        read = [_problem(_printable(label), "the folder holds no articles")]
    return Found(
        documents=tuple(item for item in read if isinstance(item, Document)),
        problems=tuple(item for item in read if isinstance(item, Problem)),
    )


def _files(root: Path) -> tuple[tuple[Path, ...], tuple[tuple[Path, str], ...]]:
    """Return the files of a folder, sorted, and its sub-folders that are not read, with the reason."""
    found: list[Path] = []
    closed: list[tuple[Path, str]] = []

    def refuse(error: OSError) -> None:
        if Path(error.filename) == root:
            raise SourceError(_printable(str(root)), f"cannot be listed: {error.strerror}") from error
        closed.append((Path(error.filename), f"cannot be listed: {error.strerror}"))

    for parent, folders, names in os.walk(root, onerror=refuse):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        links = [Path(parent, name) for name in folders if Path(parent, name).is_symlink()]
        closed += [(link, "a link to a folder is not followed; name that folder among the sources") for link in links]
        found += [Path(parent, name) for name in names if not is_no_article(name)]
    return tuple(sorted(found)), tuple(closed)


def is_no_article(name: str) -> bool:
    """Return whether a file's name says that a system, an editor or a download left it: it is passed over."""
    lower = name.lower()
    is_autosaved = lower.startswith("#") and lower.endswith("#")
    return (
        is_autosaved
        or lower in _OF_THE_SYSTEM
        or lower.startswith((".", "~$", "readme"))
        or lower.endswith(_LEFT_BEHIND)
    )


def _read(
    path: Path, *, origin: str, most_bytes: int, within: Path | None, room: Room, source: str
) -> Iterator[Document | Problem]:
    media_type = MEDIA_TYPES.get(path.suffix.lower(), UNKNOWN)
    try:
        if media_type == MEDIA_TYPES[".zip"]:
            from briefing.sources.archives import members_of

            pieces = members_of(path, origin=origin, room=room, most_bytes=most_bytes, within=within, source=source)
        else:
            pieces = pieces_of(
                path,
                origin=origin,
                media_type=_unpacked(path),
                room=room,
                most_bytes=most_bytes,
                within=within,
                source=source,
            )
        if pieces is not None:
            yield from pieces
            return
        content = read_regular(path, most_bytes=most_bytes, within=within)
    except TooLargeError as error:
        yield _problem(origin, f"{error.size:,} bytes, more than limits.document_bytes allows ({most_bytes:,})")
    except OSError as error:
        reason = "a link to nowhere" if path.is_symlink() and not path.exists() else error.strerror or str(error)
        yield _problem(origin, f"cannot be read: {reason}")
    else:
        yield Document(origin=origin, media_type=media_type, content=content, source=source)


def _unpacked(path: Path) -> str:
    """Return what a file is by the ending of its name, of a packed one what is in it."""
    suffix = path.suffix.lower()
    return MEDIA_TYPES.get(Path(path.stem).suffix.lower() if suffix == ".gz" else suffix, UNKNOWN)


def _problem(origin: str, reason: str) -> Problem:
    return Problem(origin=origin, stage="read", reason=reason)


def _origin(label: str, relative: Path) -> str:
    return _printable(str(PurePosixPath(label, *relative.parts)))


def _printable(name: str) -> str:
    """Return a file name as text: bytes that are no UTF-8 and characters that do not print stand escaped."""
    text = os.fsencode(name).decode("utf-8", "backslashreplace")
    return "".join(char if char.isprintable() else char.encode("unicode_escape").decode("ascii") for char in text)


# ── the editor's notes ────────────────────────────────────────────────────────────────────────────────────────────────


def read_note(folder: Path, day: date, *, most_bytes: int) -> bytes | Problem | None:
    """Return the bytes of `<folder>/2019-03-21.md`, at most `most_bytes`; None where there is no note."""
    path = folder / f"{day.isoformat()}.md"
    try:
        return read_regular(path, most_bytes=most_bytes, within=folder)
    except FileNotFoundError:
        return None
    except TooLargeError:
        reason = f"more than {most_bytes:,} bytes, so the editor's note is not printed"
    except OSError as error:
        reason = f"cannot be read, so the editor's note is not printed: {error.strerror or error}"
    return Problem(origin=origin_of(folder, day), stage="note", reason=reason, lost=False)


def origin_of(folder: Path, day: date) -> str:
    """Return how a note is named: the folder's name and the day, and nothing of where the folder lies."""
    return f"{folder.name}/{day.isoformat()}.md"
