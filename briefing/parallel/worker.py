"""A process of its own that reads documents for another, and may hang or die of one (an effect).

It is started with the number of an open socket and the import path, and loads what every reader needs. Over the
socket come the function that reads, the limits, and then one document after the other; each is answered twice: when
all libraries are loaded and its time starts to run, with the number of articles it may hold; and with its extraction.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from multiprocessing.connection import Connection, Pipe
from types import SimpleNamespace
from typing import IO, TYPE_CHECKING, Any, cast

from briefing.extract import media_types
from briefing.parallel.lean_import import load

if TYPE_CHECKING:
    from collections.abc import Callable

    from briefing.config import Limits
    from briefing.extract.draft import Extraction
    from briefing.models import Document

    Extract = Callable[[Document, Limits], Extraction]

MOST_MEMORY = 4 << 30
"""Bytes of address space of a worker; a parser that asks for more dies of it."""

_START_SECONDS = 60.0
"""Time for a worker to start and to load libraries, which is not the document's fault."""

_LIBRARIES = {
    media_types.HTML: ("trafilatura", "lxml.html"),
    media_types.MAIL: ("lxml.html",),
    media_types.FEED: ("feedparser", "lxml.html"),
    media_types.WORD: ("lxml.etree",),
    media_types.PDF: ("pypdfium2",),
}
"""What is slow to load, by the media type that needs it."""

_MARKS = {
    media_types.ZIP: (b"PK\x01\x02",),
    media_types.MAILBOX: (b"\nFrom ",),
    media_types.FEED: (b"<item", b"<entry"),
    media_types.JSON: (b'"url"',),
    media_types.JSON_LINES: (b"\n",),
}
"""What stands once for each article in a document of many."""
_MOST_ARTICLES = 2_000
_SECONDS_EACH = 0.5
_NOT_NEEDED = ("py3langid",)
"""What trafilatura loads if it can, only to filter by language; numpy comes along, for 0.2 s."""

_GRACE = 60
"""Seconds beyond twice its time after which a worker ends by itself."""

_START = """
import json, sys
sys.path[:] = json.loads(sys.argv[2])
from briefing.parallel.worker import serve
serve(int(sys.argv[1]))
"""


@dataclass(slots=True, kw_only=True)
class Worker:
    """A running worker: one document at a time."""

    process: subprocess.Popen[bytes]
    connection: Connection[Any, Any]
    errors: IO[bytes]
    slot: int | None = None
    """Which document it reads."""
    deadline: float = 0.0
    """Until when, by time.monotonic."""

    def engage(self, extract: Extract, limits: Limits) -> None:
        """Say how documents are read; `extract` is found there by its module and name. OSError where it is dead."""
        self.connection.send((extract, _bare(limits)))

    def read(self, slot: int, document: Document) -> None:
        """Hand over a document; raises OSError where the worker is dead."""
        self.slot, self.deadline = slot, time.monotonic() + _START_SECONDS
        self.connection.send(document)

    def begin(self, seconds: float, *, articles: int) -> None:
        """Let the document's time run: so many seconds, and a little more for each further article in it."""
        self.deadline = time.monotonic() + seconds + _SECONDS_EACH * (articles - 1)

    def last_words(self) -> str:
        """Return what a dead worker said last, or the signal that ended it."""
        code = self.process.wait()
        self.errors.seek(0)
        lines = self.errors.read()[-2_000:].decode("utf-8", "replace").strip().splitlines()
        return f"signal {-code}" if code < 0 else (lines[-1].strip()[:200] if lines else f"exit code {code}")

    def end(self) -> None:
        """Kill the process and free what it held."""
        self.process.kill()
        self.process.wait()
        self.connection.close()
        self.errors.close()


def start_worker() -> Worker:
    """Start a worker, which is to be engaged before it reads."""
    ours, theirs = Pipe()
    errors = tempfile.TemporaryFile()  # noqa: SIM115 - closed by Worker.end
    process = subprocess.Popen(  # noqa: S603 - this very interpreter, with a program of ours
        [sys.executable, "-c", _START, str(theirs.fileno()), json.dumps(sys.path)],
        pass_fds=[theirs.fileno()],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=errors,
        env={**os.environ, "PYTHONHASHSEED": "0", "OPENBLAS_NUM_THREADS": "1"},
    )
    theirs.close()
    return Worker(process=process, connection=ours, errors=errors)


def _bare(limits: Limits) -> Limits:
    """Return the limits without their model: with it, a worker would load pydantic, for half of its start."""
    return cast("Limits", SimpleNamespace(**dict(limits)))


def serve(descriptor: int) -> None:
    """Answer documents with extractions until the other side is gone."""
    _bound_memory()
    sys.modules.update(dict.fromkeys(_NOT_NEEDED))  # type: ignore[arg-type]  # None: as if it were not installed
    connection: Connection[Any, Any] = Connection(descriptor)
    extract, limits = connection.recv()
    try:
        while True:
            document = connection.recv()
            for library in _LIBRARIES.get(media_types.media_type(document), ()):
                load(library)
            connection.send(likely_articles(document))
            signal.alarm(_alarm(document, limits))  # ends it even in C code, should nobody be left to kill it
            connection.send(extract(document, limits))
            signal.alarm(0)
    except (EOFError, ConnectionError):
        return


def _alarm(document: Document, limits: Limits) -> int:
    return int(2 * limits.seconds + _SECONDS_EACH * likely_articles(document)) + _GRACE


def likely_articles(document: Document) -> int:
    """Return about how many articles a document holds, one at least, without reading it."""
    marks = _MARKS.get(media_types.media_type(document), ())
    return min(_MOST_ARTICLES, max(1, sum(document.content.count(mark) for mark in marks)))


def _bound_memory() -> None:
    import resource

    try:
        resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, resource.getrlimit(resource.RLIMIT_AS)[1]))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    except (ValueError, OSError):
        return  # macOS knows the limit and refuses it
