"""What an edition was made of: kept beside it and in the store, and an edition made of it again."""

from __future__ import annotations

import os
import tempfile
from contextlib import contextmanager, suppress
from dataclasses import replace
from hashlib import sha256
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from briefing import __version__
from briefing.cli.making import Day, brief_of_day, set_edition
from briefing.cli.output import say
from briefing.errors import StoreError
from briefing.inputs import (
    FILE,
    Inputs,
    config_data,
    document_of,
    entry_of,
    inputs_bytes,
    met,
    read_inputs,
)
from briefing.models import NOT_COLLECTED, Problem
from briefing.opening import read_regular
from briefing.parallel import key_of
from briefing.sources import Found, by_hash
from briefing.store import Objects

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from briefing.cli.session import Session
    from briefing.config import Config
    from briefing.edition import Brief, Edition, Files
    from briefing.inputs import DocumentEntry
    from briefing.parallel import Cache
    from briefing.pipeline import Reading

_FONT_FOLDERS = ("/usr/share/fonts", "/usr/local/share/fonts", "~/.fonts", "/Library/Fonts", "~/Library/Fonts")

MadeOf = tuple[Inputs, list["DocumentEntry"]]
"""All that an edition is made of."""


def made_of(session: Session, day: Day, *, formats: Sequence[str]) -> MadeOf | None:
    """Return what an edition is made of; None where the desk's own templates cannot be read."""
    store = session.store
    try:
        own = _own_templates(session.home / "templates")
    except OSError as error:
        _not_kept(store, error)
        return None
    inputs = Inputs(
        program=__version__,
        edition=day.head,
        formats=tuple(formats),
        config=config_data(session.config),
        store=Path(os.path.relpath(store, session.output / day.head.id)).as_posix(),
        notes=day.notes,
        problems=day.found.problems,
        coverage=day.found.coverage,
        earlier=day.earlier,
        delivered=day.delivered,
        templates={name: sha256(content).hexdigest() for name, content in own.items()},
        shipped=_shipped(),
    )
    return inputs, [entry_of(document) for document in day.found.documents]


def key_of_edition(made_of: MadeOf) -> bytes:
    """Return the key by which an edition is known that was made of the same before."""
    return key_of("edition", inputs_bytes(*made_of), _fonts())


def kept_inputs(made_of: MadeOf, reading: Reading) -> Files:
    """Return the file that names what an edition is made of, without what it met nothing of."""
    inputs, entries = made_of
    return ((FILE, inputs_bytes(replace(inputs, delivered=met(inputs.delivered, reading.marks)), entries)),)


def keep_objects(session: Session, day: Day) -> bool:
    """Keep the bytes of what an edition is made of; tell whether they are there.

    A store that cannot be written to is told and costs the file that names them alone: the brief goes out.
    """
    objects = Objects(session.store / "objects")
    try:
        objects.folder.mkdir(parents=True, exist_ok=True)
        objects.put(document.content for document in day.found.documents)
        objects.put(_own_templates(session.home / "templates").values())
    except OSError as error:
        _not_kept(session.store, error)
        return False
    return True


def shared(session: Session, day: Day) -> Day:
    """Return a day whose documents travel by their hashes, where a cluster's workers find the store by themselves."""
    cluster = session.config.cluster
    if cluster is None or cluster.store is None or not keep_objects(session, day):
        return day
    places = str((session.store / "objects").resolve()), f"{cluster.store}/objects"
    return replace(day, found=replace(day.found, documents=by_hash(day.found.documents, places)))


def _not_kept(store: Path, error: OSError) -> None:
    say(f"{store}: what this edition is made of is not kept: {error.strerror or error}")


def _fonts() -> tuple[tuple[str, int], ...]:
    """Return the folders of the system's fonts with when each was last changed: a new font changes a page."""
    data = Path(os.environ.get("XDG_DATA_HOME") or "~/.local/share").expanduser()
    roots = [data / "fonts", *(Path(name).expanduser() for name in _FONT_FOLDERS)]
    walked = (folder for root in roots for folder, _, _ in os.walk(root))
    return tuple(sorted((folder, Path(folder).stat().st_mtime_ns) for folder in walked))


def rebuilt(path: Path) -> Edition:
    """Return the edition that an inputs.jsonl describes, made of the store's bytes; StoreError where any is missing."""
    inputs, entries, objects = opened(path)
    if inputs.program != __version__ or inputs.shipped != _shipped():
        say(f"{path} was made by briefing {inputs.program}: this one may set other bytes")
    config = _config(inputs, path)
    brief = remade(inputs, entries, objects, config)
    with _templates(inputs, objects) as folder:
        folders = (folder, shipped_folder())
        return set_edition(brief, inputs.formats, config.page, folders, None, beside=((FILE, read_regular(path)),))


def without(path: Path, *, urls: Collection[str], digests: Collection[str], reason: str) -> Edition | None:
    """Return an edition made again without what was withdrawn, which it says; None where it does not hold any of it.

    `urls` are addresses of articles, `digests` the SHA-256 of their documents.
    """
    inputs, entries, objects = opened(path)
    kept = [entry for entry in entries if entry.sha256 not in digests and _url(entry) not in urls]
    past = inputs.delivered
    if past is not None:
        recent = tuple(one for one in past.recent if one[1].url not in urls)
        past = replace(past, recent=recent, quoted=tuple(one for one in past.quoted if one.url not in urls))
    if len(kept) == len(entries) and past == inputs.delivered:
        return None
    gone = {entry.source or "folder" for entry in entries if entry not in kept}
    told = tuple(Problem(origin=source, stage=NOT_COLLECTED, reason=reason) for source in sorted(gone))
    left = replace(inputs, problems=(*inputs.problems, *told), delivered=past)
    config = _config(inputs, path)
    brief = remade(left, kept, objects, config)
    beside = ((FILE, inputs_bytes(left, kept)),)
    with _templates(inputs, objects) as folder:
        return set_edition(brief, inputs.formats, config.page, (folder, shipped_folder()), None, beside=beside)


def _url(entry: DocumentEntry) -> str | None:
    return entry.sighting.url if entry.sighting else None


def opened(path: Path) -> tuple[Inputs, tuple[DocumentEntry, ...], Objects]:
    """Return what an inputs.jsonl says, and the store that it names; StoreError where it cannot be read."""
    try:
        content = read_regular(path)
    except OSError as error:
        raise StoreError(f"{path} cannot be read: {error.strerror or error}") from error
    inputs, entries = read_inputs(content, name=str(path))
    return inputs, entries, Objects(path.parent / inputs.store / "objects")


def remade(
    inputs: Inputs, entries: Sequence[DocumentEntry], objects: Objects, config: Config, cache: Cache | None = None
) -> Brief:
    """Return the brief that inputs give; what a cache knows of them is not read again."""
    found = Found(
        documents=tuple(document_of(entry, objects.get) for entry in entries),
        problems=inputs.problems,
        coverage=inputs.coverage,
    )
    day = Day(found=found, head=inputs.edition, notes=inputs.notes, earlier=inputs.earlier, delivered=inputs.delivered)
    return brief_of_day(day, config, None, cache)[1]


def documents_of(path: Path) -> dict[str, bytes]:
    """Return the documents that an edition was made of, by origin, as far as the store has them still."""
    if not path.exists():
        return {}
    _, entries, objects = opened(path)
    found = {}
    for entry in entries:
        with suppress(StoreError):
            found[entry.origin] = objects.get(entry.sha256)
    return found


def wrong_inputs(path: Path, brief: Brief) -> tuple[str, ...]:
    """Return what is wrong with what an edition was made of: bytes that are gone, or that give another brief."""
    from briefing.edition import json_bytes
    from briefing.parallel import open_cache

    inputs, entries, objects = opened(path)
    missing = []
    for digest in dict.fromkeys([*(entry.sha256 for entry in entries), *inputs.templates.values()]):
        try:
            objects.get(digest)
        except StoreError as error:
            missing.append(f"{FILE}: {error}")
    if missing or inputs.program != __version__:
        return tuple(missing)
    config = _config(inputs, path)
    with open_cache(path.parent / inputs.store / "cache", writing=False) as cache:
        again = remade(inputs, entries, objects, config, cache)
    with _templates(inputs, objects) as folder:
        made = set_edition(again, ("json",), config.page, (folder, shipped_folder()), None, beside=())
    return () if json_bytes(made.brief) == json_bytes(brief) else (f"{FILE}: gives another brief than brief.json",)


def _config(inputs: Inputs, path: Path) -> Config:
    """Return the configuration of an edition; no secret is known, and none is needed."""
    from pydantic import ValidationError

    from briefing.config import Config

    try:
        return Config.model_validate(inputs.config)
    except ValidationError as error:
        raise StoreError(f"{path}: its configuration is none of this version: {error.errors()[0]['msg']}") from error


@contextmanager
def _templates(inputs: Inputs, objects: Objects) -> Iterator[Path]:
    """Lay the desk's own templates as they were, in a folder that is gone afterwards."""
    with tempfile.TemporaryDirectory() as name:
        for relative, digest in inputs.templates.items():
            parts = PurePosixPath(relative).parts
            if not parts or ".." in parts or PurePosixPath(relative).is_absolute():
                raise StoreError(f"{relative!r} is no name of a template")
            path = Path(name, *parts)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(objects.get(digest))
        yield Path(name)


def shipped_folder() -> Path:
    """Return where the templates lie that come with the program."""
    from briefing.render import shipped_templates

    return shipped_templates()


def _own_templates(folder: Path) -> dict[str, bytes]:
    """Return the files of the desk's own templates by their paths."""
    if not folder.is_dir():
        return {}
    files = (path for path in sorted(folder.rglob("*")) if path.is_file() and not path.name.startswith("."))
    return {path.relative_to(folder).as_posix(): read_regular(path, within=folder) for path in files}


def _shipped() -> str:
    """Return one SHA-256 of the templates that come with the program."""
    digest = sha256()
    for name, content in _own_templates(shipped_folder()).items():
        digest.update(f"{name}\0{sha256(content).hexdigest()}\n".encode())
    return digest.hexdigest()
