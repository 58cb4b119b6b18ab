"""Reads many documents; parsers that can hang or crash run in worker processes (an effect).

A document that runs over its time or kills its parser costs itself: the worker is ended, the next document gets a new
one, and all others come out as if nothing had been. Plain text and Markdown are read here, without any process.
"""

from __future__ import annotations

import os
import time
from collections import deque
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING

from briefing.extract import media_types
from briefing.extract.draft import Extraction, problem
from briefing.extract.reading import extract

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from briefing.config import Limits
    from briefing.models import Document
    from briefing.parallel.worker import Extract, Worker

_AHEAD = 64
"""Documents that are taken from the input before the first of them is given out."""
_WORTH_A_WORKER = 12
"""Documents that wait before one more worker is worth its start."""
_MARKDOWN_BYTES = 50_000
"""Markdown longer than this is no article; some of it makes its parser slow."""
_RECORDS = (media_types.JSON, media_types.JSON_LINES)


def extract_all(
    documents: Iterable[Document], limits: Limits, *, extract: Extract = extract, worker: Worker | None = None
) -> Iterator[Extraction]:
    """Yield one extraction for each document, in their order.

    `extract` reads one document; in a worker it is found by its module and name. `worker` is one that loads already.
    """
    rest = enumerate(documents)
    window: deque[tuple[int, Document, bool]] = deque()
    pool = _Pool(extract, limits)
    try:
        if worker is not None:
            pool.engage(worker)
        while True:
            for number, document in islice(rest, _AHEAD - len(window)):
                guarded = needs_guard(document)
                window.append((number, document, guarded))
                if guarded:
                    pool.put(number, document)
            if not window:
                return
            number, document, guarded = window.popleft()
            yield pool.take(number) if guarded else extract(document, limits)
    finally:
        pool.close()


@contextmanager
def loading_worker() -> Iterator[Worker | None]:
    """Start a worker before anyone knows whether one is needed, so that it loads meanwhile; end it in any case.

    None where there is but one processor: there it would load at the expense of all else.
    """
    from briefing.parallel.worker import start_worker

    worker = start_worker() if _cores() > 1 else None
    try:
        yield worker
    finally:
        if worker is not None:
            worker.end()


def needs_guard(document: Document) -> bool:
    """Return whether a document is read by a parser that can hang or crash."""
    kind = media_types.media_type(document)
    if kind in _RECORDS and b"<" not in document.content:  # no HTML in it: the standard library reads it
        return False
    if kind == media_types.MARKDOWN:
        return len(document.content) > _MARKDOWN_BYTES
    return kind != media_types.TEXT


@dataclass(slots=True)
class _Pool:
    """Workers, what waits for them, and what they have answered."""

    extract: Extract
    limits: Limits
    waiting: deque[tuple[int, Document]] = field(default_factory=deque)
    reading: dict[int, Document] = field(default_factory=dict)
    done: dict[int, Extraction] = field(default_factory=dict)
    workers: list[Worker] = field(default_factory=list)

    def engage(self, worker: Worker) -> None:
        """Take on a worker that somebody started; one that died since is not taken."""
        try:
            worker.engage(self.extract, self.limits)
        except OSError:
            return
        self.workers.append(worker)

    def put(self, number: int, document: Document) -> None:
        """Queue a document, and hand on what can be handed on."""
        self.waiting.append((number, document))
        self._hand_out()

    def take(self, number: int) -> Extraction:
        """Return the answer to a document as soon as it is there."""
        while number not in self.done:
            self._hand_out()
            self._collect()
        self._hand_out()
        return self.done.pop(number)

    def close(self) -> None:
        """End all workers."""
        for worker in self.workers:
            worker.end()
        self.workers.clear()

    def _hand_out(self) -> None:
        while self.waiting:
            worker = next((worker for worker in self.workers if worker.slot is None), None) or self._one_more()
            if worker is None:
                return
            number, document = self.waiting.popleft()
            self.reading[number] = document
            try:
                worker.read(number, document)
            except OSError:  # it died; what it said is read below
                self._lose(worker, f"its reader crashed ({worker.last_words()}); leave it out or save it anew")

    def _one_more(self) -> Worker | None:
        """Start a worker where none runs, or where enough waits to pay for it."""
        from briefing.parallel.worker import start_worker

        if self.workers and (len(self.workers) >= _cores() or len(self.waiting) < _WORTH_A_WORKER):
            return None
        worker = start_worker()
        worker.engage(self.extract, self.limits)
        self.workers.append(worker)
        return worker

    def _collect(self) -> None:
        """Wait for an answer, a death or a deadline."""
        from multiprocessing.connection import wait

        busy = [worker for worker in self.workers if worker.slot is not None]
        until = min(worker.deadline for worker in busy)
        ready = wait([worker.connection for worker in busy], timeout=max(0.0, until - time.monotonic()))
        for worker in busy:
            if worker.connection in ready:
                self._receive(worker)
        now = time.monotonic()
        for worker in [worker for worker in self.workers if worker.slot is not None and worker.deadline <= now]:
            self._lose(worker, f"reading it took longer than limits.seconds allows ({self.limits.seconds:g} s)")

    def _receive(self, worker: Worker) -> None:
        try:
            answer = worker.connection.recv()
        except (EOFError, OSError):
            self._lose(worker, f"its reader crashed ({worker.last_words()}); leave it out or save it anew")
            return
        if isinstance(answer, int):
            worker.begin(self.limits.seconds, articles=answer)
        elif worker.slot is not None:
            self.reading.pop(worker.slot)
            self.done[worker.slot] = answer
            worker.slot = None

    def _lose(self, worker: Worker, reason: str) -> None:
        """Give a worker up together with the one document that it was reading."""
        self.workers.remove(worker)
        worker.end()
        if worker.slot is not None:
            document = self.reading.pop(worker.slot)
            self.done[worker.slot] = Extraction(problems=(problem(document.origin, reason),))


def _cores() -> int:
    """Return how many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
