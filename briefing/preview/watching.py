"""Which files make a brief, and a wait for one of them to change (an effect)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from threading import Event, Thread
from typing import TYPE_CHECKING

from briefing.opening import read_regular

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

STEP, MOST = 20, 400
"""Milliseconds of quiet after which a burst of changes is over, and after which it is taken as it is."""
MOST_FILES = 5
"""How many files may extend each other, as config.yaml's own limit says."""
_EXTENDS = re.compile(r"""^extends:[ \t]*["']?([^"'#\r\n]+?)["']?[ \t]*(?:#.*)?$""", re.MULTILINE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Watched:
    """What is watched: folders for their own files, folders with all that is below."""

    flat: frozenset[Path]
    deep: frozenset[Path]


def watched(config: Path, sources: Iterable[Path]) -> Watched:
    """Return what a brief depends on: its config and those that it extends, its own templates, its sources.

    Folders, not files: editors save by writing a new file and renaming it.
    """
    folders = (config.parent / "templates", *sources)
    files = (*config_files(config), *(path for path in folders if path.is_file()))
    return Watched(
        flat=frozenset(path.parent.resolve() for path in files if path.parent.is_dir()),
        deep=frozenset(path.resolve() for path in folders if path.is_dir()),
    )


def config_files(config: Path) -> tuple[Path, ...]:
    """Return a config and the files that it extends, as far as they can be read, broken ones too."""
    found = [config]
    while len(found) < MOST_FILES:
        try:
            text = read_regular(found[-1]).decode("utf-8", "replace")
        except OSError:
            break
        name = _EXTENDS.search(text)
        if name is None or found[-1].parent / name[1] in found:
            break
        found.append(found[-1].parent / name[1])
    return tuple(found)


class Watcher:
    """Waits for changes below folders that may be other ones after each of them."""

    def __init__(self) -> None:
        self._changed = Event()
        self._watched: Watched | None = None
        self._stop = Event()
        self._threads: list[Thread] = []

    def watch(self, wanted: Watched) -> None:
        """Watch these; where they are not those of before, something may have changed meanwhile."""
        if wanted == self._watched:
            return
        self.close()
        self._watched, self._stop = wanted, Event()
        for folders, recursive in ((wanted.flat, False), (wanted.deep, True)):
            if folders:
                changes = _changes(folders, self._stop, recursive=recursive)
                thread = Thread(target=_notice, args=(changes, self._changed), daemon=True)
                thread.start()
                self._threads.append(thread)
        self._changed.set()

    def wait(self) -> None:
        """Return when something has changed."""
        self._changed.wait()
        self._changed.clear()

    def close(self) -> None:
        """Watch nothing any more."""
        self._stop.set()
        for thread in self._threads:
            thread.join()
        self._threads.clear()


def _changes(folders: frozenset[Path], stop: Event, *, recursive: bool) -> Iterator[object]:
    """Return the changes below folders as they come, nothing of which runs before the first is asked for.

    Imported by who asks for a thread, not in it: two threads that compile while they import may fail (CPython 3.11).
    """
    from watchfiles import DefaultFilter, watch

    return watch(
        *sorted(folders),
        watch_filter=DefaultFilter(),
        debounce=MOST,
        step=STEP,
        stop_event=stop,
        recursive=recursive,
        raise_interrupt=False,
        ignore_permission_denied=True,
    )


def _notice(changes: Iterator[object], changed: Event) -> None:
    for _ in changes:
        changed.set()
