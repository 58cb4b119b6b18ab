"""An executor whose jobs run in processes that may die (an effect).

Its interface is that of `concurrent.futures.Executor`, and nothing here knows what the jobs do. A job that outruns its
time or kills its process costs itself: its future ends in TimeoutError or BrokenExecutor, the process is replaced, and
every other job ends as if nothing had happened. Each process is served by a thread here, which hands jobs over in
batches so that the process need not wait for the caller.
"""

from __future__ import annotations

import os
import pickle
from collections import deque
from concurrent.futures import BrokenExecutor, Executor, Future
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property, partial
from itertools import islice
from threading import Condition, Thread
from typing import TYPE_CHECKING, Any, ParamSpec, TypeVar

from briefing.errors import StoreError

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Iterator

    from briefing.parallel.process import Job, Process
    from briefing.parallel.shelf import Shelf

Parameters = ParamSpec("Parameters")
Result = TypeVar("Result")
Item = TypeVar("Item")
Arguments = TypeVar("Arguments", bound=tuple[Any, ...])

WORTH_A_PROCESS = 12
"""Jobs that wait before one more process is worth its start."""
BATCH = 8
"""Jobs that a process is handed at once, at most."""
IN_MEMORY = 500
"""Results that are remembered in memory, those of some eight thousand articles."""
AHEAD = 32
"""Jobs that `in_order` submits before the first of them is given out."""


def nothing(*_: object) -> None:
    """Load nothing."""


def always(*_: object) -> bool:
    """Run every job in a process."""
    return True


def never(*_: object) -> bool:
    """Run every job in the caller."""
    return False


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """How jobs run; all functions but `load` are called with the arguments of the job."""

    seconds: Callable[..., float]
    """How long a job may take, from when its libraries are loaded."""
    memory_bytes: int = 4 << 30
    """Address space of a process."""
    apart: Callable[..., bool] = always
    """Whether a job needs a process; any other runs in the caller as it is submitted."""
    load: Callable[[], object] = nothing
    """Called in each process before its first job."""
    prepare: Callable[..., object] = nothing
    """Called in the process before the time of a job runs: it loads what the job needs."""


class ProcessExecutor(Executor):
    """Runs jobs in processes that may die: as many as are worth their start and have a processor.

    Left as a context, it ends every process at once; jobs that are not done by then are cancelled or broken.
    """

    def __init__(self, terms: Terms, *, most: int | None = None) -> None:
        self.terms = terms
        self._most = most or processors()
        self._jobs: deque[Job] = deque()
        self._changed = Condition()
        self._threads: list[Thread] = []
        self._idle = 0
        self._processes: set[Process] = set()
        self._closed = False
        self._renewals = 0

    def submit(
        self, fn: Callable[Parameters, Result], /, *args: Parameters.args, **kwargs: Parameters.kwargs
    ) -> Future[Result]:
        """Return the future of a job; its process finds `fn` by module and name."""
        future: Future[Result] = Future()
        if not self.terms.apart(*args):
            _run(future, fn, args, kwargs)
            return future
        from briefing.parallel.process import Job

        with self._changed:
            if self._closed:
                raise RuntimeError("the executor is shut down")
            self._jobs.append(Job(future, (fn, args, kwargs), self.terms.seconds(*args)))
            if not self._threads or (self._idle == 0 and len(self._jobs) >= WORTH_A_PROCESS):
                self._one_more()
            self._changed.notify()
        return future

    def start(self) -> None:
        """Start a process before the first job, so that it loads while the caller goes on."""
        with self._changed:
            if not self._threads:
                self._one_more()

    def renew(self) -> None:
        """End the processes once they have nothing to do, with all that they hold: new ones do what comes."""
        with self._changed:
            self._renewals += 1
            self._changed.notify_all()

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = True) -> None:  # noqa: ARG002, FBT001, FBT002 - Executor's signature
        """End every process, whatever it is doing."""
        with self._changed:
            self._closed = True
            while self._jobs:
                self._jobs.popleft().future.cancel()
            for process in self._processes:
                process.kill()
            self._changed.notify_all()
        for thread in self._threads:
            thread.join()

    def _one_more(self) -> None:
        if len(self._threads) < self._most:
            thread = Thread(target=self._serve, daemon=True)
            self._threads.append(thread)
            thread.start()

    def _serve(self) -> None:
        """Have one process after the other do batches of jobs, until the executor is shut down."""
        process, renewals = None, self._renewals
        with suppress(OSError, BrokenExecutor):  # it is tried again with the first job
            process = self._start_process()
        while (batch := self._next_batch(renewals)) is not None:
            if renewals != self._renewals:
                renewals = self._renewals
                if process is not None:
                    self._end(process)
                    process = None
            try:
                while batch:
                    process = process or self._start_process()
                    if not process.do(batch):
                        self._end(process)
                        process = None
            except (OSError, BrokenExecutor) as error:
                for job in batch:
                    job.future.set_exception(error)
        if process is not None:
            self._end(process)

    def _start_process(self) -> Process:
        """Return a new process; OSError where the system has none, BrokenExecutor once the executor is shut down."""
        from briefing.parallel.process import start_process

        with self._changed:
            if self._closed:
                raise BrokenExecutor("the executor is shut down")
            process = start_process(self.terms)
            self._processes.add(process)
            return process

    def _end(self, process: Process) -> None:
        with self._changed:
            self._processes.discard(process)
        process.end()

    def _next_batch(self, renewals: int) -> deque[Job] | None:
        """Wait for jobs, or to renew the process, and return its share of them; None once the executor is shut down."""
        with self._changed:
            self._idle += 1
            self._changed.wait_for(lambda: self._jobs or self._closed or self._renewals != renewals)
            self._idle -= 1
            if self._closed:
                return None
            share = min(BATCH, len(self._jobs), 1 + len(self._jobs) // (2 * self._most))
            batch = [self._jobs.popleft() for _ in range(share)]
            return deque(job for job in batch if job.future.set_running_or_notify_cancel())


def here() -> ProcessExecutor:
    """Return an executor that runs every job in the caller, as it is submitted."""
    return ProcessExecutor(Terms(seconds=lambda *_: 0.0, apart=never))


def _run(future: Future[Any], fn: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]) -> None:
    try:
        future.set_result(fn(*args, **kwargs))
    except Exception as error:
        future.set_exception(error)


def ahead_of(executor: Executor) -> int:
    """Return how many jobs are submitted before the first is given out: an executor of many machines wants more."""
    return int(getattr(executor, "ahead", AHEAD))


def in_order(
    executor: Executor, fn: Callable[..., Result], jobs: Iterable[Arguments]
) -> Iterator[tuple[Arguments, Future[Result]]]:
    """Yield each job with its future, done, in the order of the jobs, which are taken as they are needed."""
    rest, ahead = iter(jobs), ahead_of(executor)
    waiting: deque[tuple[Arguments, Future[Result]]] = deque()
    try:
        while True:
            waiting.extend((job, executor.submit(fn, *job)) for job in islice(rest, ahead - len(waiting)))
            if not waiting:
                return
            waiting[0][1].exception()  # waits
            yield waiting.popleft()
    finally:
        for _, future in waiting:
            future.cancel()


def result_of(future: Future[Result], fn: Callable[..., Result], *args: object) -> Result:
    """Return the result of a job that cannot fail; where its process did, say killed for memory, it is done here.

    So it is where its process did not find what the job names.
    """
    try:
        return future.result()
    except (BrokenExecutor, TimeoutError, OSError, StoreError):
        return fn(*args)


def all_done(executor: Executor, fn: Callable[..., Result], jobs: Iterable[tuple[Any, ...]]) -> Iterator[Result]:
    """Yield the results of jobs that cannot fail, in their order; what a process died of is done here."""
    for job, future in in_order(executor, fn, jobs):
        yield result_of(future, fn, *job)


def batched(items: Iterable[Item], most: int, size: Callable[[Item], int] = len) -> Iterator[tuple[Item, ...]]:  # type: ignore[assignment]  # of what has a length
    """Yield the items in their order, several together until they come to `most` by their `size`."""
    batch: list[Item] = []
    total = 0
    for item in items:
        batch.append(item)
        total += size(item)
        if total >= most:
            yield tuple(batch)
            batch, total = [], 0
    if batch:
        yield tuple(batch)


def processors() -> int:
    """Return how many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


# ── an executor that remembers ────────────────────────────────────────────────────────────────────────────────────────


class MemoryExecutor(Executor):
    """Has each job done once by another executor; a job is known by its function and arguments, which hash.

    What the last two generations used is kept, so that no more is held than two versions of a day; results beyond
    `IN_MEMORY` lie on a shelf. A job that failed is done again: a time limit may not strike twice.
    """

    def __init__(self, executor: Executor) -> None:
        self._executor = executor
        self._last: dict[Hashable, Future[Any] | int] = {}
        self._now: dict[Hashable, Future[Any] | int] = {}

    @cached_property
    def _shelf(self) -> Shelf:
        from briefing.parallel.shelf import Shelf

        return Shelf()

    def submit(
        self, fn: Callable[Parameters, Result], /, *args: Parameters.args, **kwargs: Parameters.kwargs
    ) -> Future[Result]:
        """Return the future of a job, done already where it is known."""
        key = (fn, args, *kwargs.items())
        known = self._now.get(key, self._last.get(key))
        if isinstance(known, Future) and known.done() and (known.cancelled() or known.exception()):
            known = None
        if known is None:
            future: Future[Result] = self._executor.submit(fn, *args, **kwargs)
            self._now[key] = future
            if len(self._now) > IN_MEMORY:
                future.add_done_callback(partial(self._put_aside, key))
            return future
        self._now[key] = known
        if isinstance(known, Future):
            return known
        done: Future[Result] = Future()
        done.set_result(pickle.loads(self._shelf.fetch_bytes(known)))  # noqa: S301 - put there below
        return done

    def _put_aside(self, key: Hashable, future: Future[Any]) -> None:
        if not future.cancelled() and not future.exception():
            self._now[key] = self._shelf.keep_bytes(pickle.dumps(future.result(), pickle.HIGHEST_PROTOCOL))

    def new_generation(self, executor: Executor | None = None) -> None:
        """Forget what was not used since the last call; from now on another `executor` may do what is new."""
        self._executor = executor or self._executor
        self._last, self._now = self._now, {}
