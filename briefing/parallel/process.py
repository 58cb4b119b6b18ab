"""One process that does jobs for an executor: the side of who started it (an effect)."""

from __future__ import annotations

import json
import os
import pickle
import subprocess
import sys
import tempfile
import time
from concurrent.futures import BrokenExecutor
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, Pipe
from typing import IO, TYPE_CHECKING, Any

from briefing.parallel.keeping import kept_in
from briefing.parallel.worker import DONE

if TYPE_CHECKING:
    from collections import deque
    from concurrent.futures import Future

    from briefing.parallel.executor import Terms

START_SECONDS = 60.0
"""Time for a process to start and for a job to load libraries, which is not the job's fault."""
BATCH_BYTES = 1_000_000
"""Pickled jobs that a process is handed at once, but for one job that is larger by itself."""

_PROGRAM = """
import json, sys
sys.path[:] = json.loads(sys.argv[2])
from briefing.parallel.keeping import keep_in
from briefing.parallel.worker import serve
keep_in(sys.argv[4])
serve(int(sys.argv[1]), int(sys.argv[3]))
"""


@dataclass(slots=True, eq=False)
class Job:
    """A job that waits or runs."""

    future: Future[Any]
    call: tuple[object, ...]
    """What is called, its arguments, its named arguments."""
    seconds: float
    tried: bool = False
    """Whether a process died before it began with this job."""


@dataclass(slots=True, eq=False)
class Process:
    """A running process: one batch of jobs at a time."""

    process: subprocess.Popen[bytes]
    connection: Connection[Any, Any]
    errors: IO[bytes]
    begun: bool = field(default=False, init=False)
    """Whether the time of the job that it does runs already."""

    def do(self, jobs: deque[Job]) -> bool:
        """Do the first of these jobs and take them out; return False where the process is no good any more."""
        try:
            for _ in range(self._hand_over(jobs)):
                kind, answer = self._answer(jobs[0])
                job = jobs.popleft()
                (job.future.set_result if kind == DONE else job.future.set_exception)(answer)
        except (EOFError, ConnectionError):
            if self.begun or jobs[0].tried:
                jobs.popleft().future.set_exception(BrokenExecutor(self.last_words()))
            else:
                jobs[0].tried = True
            return False
        except Exception as error:
            jobs.popleft().future.set_exception(error)
            return False
        return True

    def _hand_over(self, jobs: deque[Job]) -> int:
        """Send a batch of jobs; return how many there are in it."""
        self.begun = False
        batch: list[tuple[float, bytes]] = []
        size = 0
        while len(batch) < len(jobs) and size < BATCH_BYTES:
            job = jobs[len(batch)]
            try:
                payload = pickle.dumps(job.call, pickle.HIGHEST_PROTOCOL)
            except (pickle.PicklingError, AttributeError, TypeError) as error:
                job.future.set_exception(error)
                jobs.remove(job)
                continue
            batch.append((job.seconds, payload))
            size += len(payload)
        if batch:
            self.connection.send(batch)
        return len(batch)

    def _answer(self, job: Job) -> tuple[int, Any]:
        """Wait for the answer to a job; TimeoutError where it takes too long, EOFError where the process dies of it."""
        self.begun = False
        deadline = time.monotonic() + START_SECONDS
        while self.connection.poll(max(0.0, deadline - time.monotonic())):
            message: tuple[int, Any] | None = self.connection.recv()
            if message is not None:
                return message
            self.begun = True
            deadline = time.monotonic() + job.seconds
        raise TimeoutError(f"it took longer than {job.seconds:g} seconds")

    def last_words(self) -> str:
        """Return what a dead process said last, or the signal that ended it."""
        code = self.process.wait()
        self.errors.seek(0)
        lines = self.errors.read()[-2_000:].decode("utf-8", "replace").strip().splitlines()
        return f"signal {-code}" if code < 0 else (lines[-1].strip()[:200] if lines else f"exit code {code}")

    def kill(self) -> None:
        """End the process at once."""
        self.process.kill()

    def end(self) -> None:
        """End the process and free what it held."""
        self.process.kill()
        self.process.wait()
        self.connection.close()
        self.errors.close()


def start_process(terms: Terms) -> Process:
    """Start a process, and have it load; OSError where the system has none to give."""
    with ExitStack() as stack:
        ours, theirs = map(stack.enter_context, Pipe())
        errors = stack.enter_context(tempfile.TemporaryFile())
        process = subprocess.Popen(  # noqa: S603 - this very interpreter, with a program of ours
            # -P keeps the current folder, which may hold anything, out of the imports
            [
                sys.executable,
                "-P",
                "-c",
                _PROGRAM,
                str(theirs.fileno()),
                json.dumps(sys.path),
                str(terms.memory_bytes),
                str(kept_in() or ""),
            ],
            pass_fds=[theirs.fileno()],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=errors,
            env={**os.environ, "PYTHONHASHSEED": "0", "OPENBLAS_NUM_THREADS": "1"},
        )
        theirs.close()
        with suppress(OSError):  # it died; what it did not begin is tried once more
            ours.send((terms.load, terms.prepare))
        stack.pop_all()  # what is open is closed by Process.end
        return Process(process, ours, errors)
