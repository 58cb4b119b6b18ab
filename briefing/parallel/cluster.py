"""Jobs done by the processes of other machines, through the executor of Dask's `distributed` (an effect).

A job travels as bytes that only the process beside a Dask worker unpacks: it has the same memory, time and threads as
one that is started here, so that a job ends alike wherever it is done. What the cluster loses is done here.
"""

from __future__ import annotations

import logging
import pickle
import threading
import time
from concurrent.futures import BrokenExecutor, Executor, Future
from contextlib import ExitStack, suppress
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any, ParamSpec, TypeVar

from briefing.errors import StoreError
from briefing.parallel.cache import own_code
from briefing.parallel.executor import AHEAD, ProcessExecutor, Terms, always
from briefing.parallel.worker import AWAY, DONE, FAILED, failure

if TYPE_CHECKING:
    from collections.abc import Callable

    from distributed import Client, LocalCluster

Parameters = ParamSpec("Parameters")
Result = TypeVar("Result")

CONNECT_SECONDS = 15.0
"""Time for the scheduler to answer, and for its first worker to be there."""
SILENCE = 20.0
"""Seconds without an answer after which it is asked whether any worker is left."""
AHEAD_OF_EACH = 4
"""Jobs that are under way for each thread of the cluster: one runs, and the next ones travel."""


class ClusterError(Exception):
    """The cluster cannot do a job as this program would."""


class ClusterExecutor(Executor):
    """Has jobs done by a cluster, and by processes here once it is gone, which is told once."""

    def __init__(
        self, client: Client, terms: Terms, *, most: int, tell: Callable[[str], None], own: LocalCluster | None = None
    ) -> None:
        """Take a client of the cluster, which is closed with the executor as an `own` cluster is."""
        self._client, self._own = client, own
        self._remote = client.get_executor(pure=False)
        self._terms = terms
        self._here = ProcessExecutor(replace(terms, apart=always), most=most)
        self._tell = tell
        self._lock = threading.Lock()
        self._waiting: dict[Future[Any], Callable[[], Future[Any]]] = {}
        """Jobs that the cluster has, and what does them here."""
        self._heard = time.monotonic()
        self._lost = self._away = False
        self._closed = threading.Event()
        self.ahead = max(AHEAD, AHEAD_OF_EACH * sum(client.nthreads().values()))
        threading.Thread(target=self._watch, daemon=True).start()

    def submit(
        self, fn: Callable[Parameters, Result], /, *args: Parameters.args, **kwargs: Parameters.kwargs
    ) -> Future[Result]:
        """Return the future of a job; a worker finds `fn` by module and name."""
        whole: Future[Result] = Future()
        whole.set_running_or_notify_cancel()
        do_here = partial(self._here.submit, fn, *args, **kwargs)
        with self._lock:
            lost = self._lost
            if not lost:
                self._waiting[whole] = do_here
        if lost:
            _follow(whole, do_here())
            return whole
        payload = pickle.dumps((self._terms.prepare, fn, args, kwargs), pickle.HIGHEST_PROTOCOL)
        try:
            remote = self._remote.submit(there, payload, own_code(), self._terms.seconds(*args))
        except Exception as error:  # whatever Dask raises without its scheduler
            self._lose(error)
        else:
            remote.add_done_callback(partial(self._answered, whole))
        return whole

    def _answered(self, whole: Future[Any], remote: Future[bytes]) -> None:
        """Give out what a job came to; where the cluster failed, have it done here."""
        self._heard = time.monotonic()
        try:
            kind, value = pickle.loads(remote.result())  # noqa: S301 - from workers that run what they are sent
        except Exception as error:
            if type(error).__name__ == "KilledWorker":  # of this job, several times; the others go on
                self._do_here(whole)
            else:
                self._lose(error)
            return
        if kind == AWAY:
            first, self._away = not self._away, True
            if first:
                self._tell(f"cluster: a worker does not find what is shared, which is done here: {value}")
            self._do_here(whole)
            return
        with self._lock:
            known = self._waiting.pop(whole, None)
        if known is not None:
            (whole.set_result if kind == DONE else whole.set_exception)(value)

    def _do_here(self, whole: Future[Any]) -> None:
        with self._lock:
            do_here = self._waiting.pop(whole, None)
        if do_here is not None:
            _follow(whole, do_here())

    def _lose(self, error: BaseException) -> None:
        """Do all that the cluster has not answered, and all that comes, here."""
        with self._lock:
            first, self._lost = not self._lost, True
            waiting = list(self._waiting)
        if self._closed.is_set():
            return
        if first:
            self._tell(f"the cluster is gone, and the rest is done here ({type(error).__name__}: {error})")
        for whole in waiting:
            self._do_here(whole)

    def _watch(self) -> None:
        """Look, while nothing is heard, whether any worker is left: without one, jobs would wait for ever."""
        while not self._closed.wait(1.0) and not self._lost:
            if not self._waiting or time.monotonic() - self._heard < SILENCE:
                continue
            try:
                left = self._client.nthreads()
            except Exception as error:
                self._lose(error)
            else:
                self._heard = time.monotonic()
                if not left:
                    self._lose(ClusterError("no worker is left"))

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = True) -> None:  # noqa: ARG002, FBT001, FBT002 - Executor's signature
        """Leave the cluster, whatever it is doing, and end every process here."""
        self._closed.set()
        with suppress(Exception):
            self._remote.shutdown(wait=False)
        with suppress(Exception):
            self._client.close(timeout=CONNECT_SECONDS)
        if self._own is not None:
            with suppress(Exception):
                self._own.close(timeout=CONNECT_SECONDS)
        self._here.shutdown()


def _follow(whole: Future[Any], part: Future[Any]) -> None:
    """Give out through one future what another comes to."""

    def copy(done: Future[Any]) -> None:
        error = BrokenExecutor("the executor is shut down") if done.cancelled() else done.exception()
        if error is None:
            whole.set_result(done.result())
        else:
            whole.set_exception(error)

    part.add_done_callback(copy)


def clustered(
    scheduler: str | None, local: int | None, terms: Terms, *, most: int, tell: Callable[[str], None]
) -> Executor | None:
    """Return an executor on the cluster of a scheduler, or on one of so many `local` workers; None, told, without it.

    `most` are the processes that do here what the cluster does not.
    """
    try:
        from distributed import Client, LocalCluster
    except ImportError:
        tell("cluster: needs Dask's distributed, so all is done here; to have it: pip install 'briefing[cluster]'")
        return None
    logging.getLogger("distributed").setLevel(logging.CRITICAL)  # what is lost is told once, by us
    with ExitStack() as stack:
        try:
            own = None
            if scheduler is None:
                own = LocalCluster(n_workers=local, threads_per_worker=1, dashboard_address=None, memory_limit=None)
                stack.callback(own.close)
            client = Client(own or scheduler, timeout=CONNECT_SECONDS, set_as_default=False)
            stack.callback(client.close)
            client.wait_for_workers(1, timeout=CONNECT_SECONDS)
            made = ClusterExecutor(client, terms, most=most, tell=tell, own=own)
        except Exception as error:  # whatever Dask and its transports raise
            told = f"({type(error).__name__}: {error})"
            tell(f"cluster: {scheduler or 'local'} does not answer, so all is done here {told}")
            return None
        stack.pop_all()
        return made


# ── on the side of a Dask worker ──────────────────────────────────────────────────────────────────────────────────────

_beside = threading.local()
"""For each thread of a Dask worker, the process that does its jobs."""


def there(payload: bytes, code: bytes, seconds: float) -> bytes:
    """Do a packed job in a process beside a Dask worker; ClusterError where another version of the program runs."""
    if code != own_code():
        raise ClusterError("another version of the program, of Python or of a library runs on a worker")
    if not hasattr(_beside, "executor"):
        terms = Terms(seconds=_seconds, prepare=_prepare)
        _beside.executor = ProcessExecutor(terms, most=1)
    future: Future[bytes] = _beside.executor.submit(unpacked, payload, seconds)
    try:
        return future.result()
    except StoreError as error:  # raised as the job was unpickled
        return pickle.dumps((AWAY, str(error)))
    except (BrokenExecutor, TimeoutError, OSError) as error:
        return pickle.dumps((FAILED, error))


def unpacked(payload: bytes, _seconds: float) -> bytes:
    """Do a packed job; MemoryError ends the process as it would here."""
    _, fn, args, named = pickle.loads(payload)  # noqa: S301 - from whom the worker takes its work
    try:
        return pickle.dumps((DONE, fn(*args, **named)), pickle.HIGHEST_PROTOCOL)
    except MemoryError:
        raise
    except Exception as error:
        return failure(error)


def _seconds(_payload: bytes, seconds: float) -> float:
    return seconds


def _prepare(payload: bytes, _seconds: float) -> None:
    prepare, _, args, _ = pickle.loads(payload)  # noqa: S301 - the same
    prepare(*args)
