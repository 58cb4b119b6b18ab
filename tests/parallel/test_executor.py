"""A job that hangs or kills its process costs itself and nothing else; what is known is not done again."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from concurrent.futures import BrokenExecutor, Executor, Future
from operator import truediv
from typing import Any

import pytest

from briefing.parallel import MemoryExecutor, ProcessExecutor, Terms, here, in_order
from briefing.parallel import executor as module
from tests.parallel import jobs

LONG = Terms(seconds=lambda *_: 60.0)
SHORT = Terms(seconds=lambda *_: 1.0)


def outcome(future: Future[Any]) -> object:
    error = future.exception(timeout=60)
    return future.result() if error is None else type(error)


@pytest.mark.parametrize("most", [1, 2, 3])
def test_results_come_in_order_whatever_the_number_of_processes(most: int) -> None:
    with ProcessExecutor(LONG, most=most) as executor:
        assert list(executor.map(jobs.double, range(40))) == [2 * number for number in range(40)]
    assert list(here().map(jobs.double, range(40))) == [2 * number for number in range(40)]


@pytest.mark.parametrize(
    ("terms", "job", "error", "told"),
    [
        (SHORT, (jobs.hang,), TimeoutError, "it took longer than 1 seconds"),
        (LONG, (jobs.leave, 3), BrokenExecutor, "exit code 3"),
        (LONG, (jobs.abort,), BrokenExecutor, f"signal {int(signal.SIGABRT)}"),
        (LONG, (truediv, 1, 0), ZeroDivisionError, "division by zero"),
        (LONG, (jobs.fail_oddly,), RuntimeError, "OddError: 1 and 2"),
        (Terms(seconds=lambda *_: 60.0, memory_bytes=1 << 30), (bytes, 2 << 30), BrokenExecutor, "MemoryError"),
        (LONG, (jobs.return_what_nobody_reads,), Exception, "unreadable"),
        (LONG, (jobs.return_function,), Exception, "<lambda>"),
        (LONG, (lambda: 0,), Exception, "<lambda>"),
    ],
)
def test_a_job_that_fails_costs_itself(terms: Terms, job: tuple[Any, ...], error: type[Exception], told: str) -> None:
    calls: list[tuple[Any, ...]] = [(jobs.double, number) for number in range(20)]
    calls[3:3] = [job]
    with ProcessExecutor(terms, most=2) as executor:
        futures = [executor.submit(*call) for call in calls]
        with pytest.raises(error, match=told):
            futures[3].result(timeout=60)
        del futures[3]
        assert [future.result(timeout=60) for future in futures] == [2 * number for number in range(20)]


def test_time_runs_from_when_the_job_is_prepared() -> None:
    terms = Terms(seconds=lambda *_: 1.0, load=jobs.be_slow, prepare=jobs.be_slow)
    with ProcessExecutor(terms) as executor:
        assert executor.submit(jobs.double, 1).result(timeout=60) == 2


def test_a_process_that_cannot_load_is_told() -> None:
    terms = Terms(seconds=lambda *_: 60.0, load=jobs.be_missing)
    told = "ImportError: there is no such library"
    with ProcessExecutor(terms) as executor, pytest.raises(BrokenExecutor, match=told):
        executor.submit(jobs.double, 1).result(timeout=60)


def test_one_that_died_before_it_began_is_replaced() -> None:
    with ProcessExecutor(LONG) as executor:
        executor.start()
        os.kill(executor.submit(os.getpid).result(), signal.SIGKILL)
        assert executor.submit(jobs.double, 1).result(timeout=60) == 2


def test_a_renewed_process_is_another_one() -> None:
    with ProcessExecutor(LONG, most=1) as executor:
        first = executor.submit(os.getpid).result()
        executor.renew()
        assert executor.submit(os.getpid).result(timeout=60) != first
        with pytest.raises(ProcessLookupError):
            os.kill(first, 0)
        executor.renew()
        assert executor.submit(jobs.double, 1).result(timeout=60) == 2


def test_what_needs_no_process_starts_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(subprocess, "Popen", None)
    with ProcessExecutor(Terms(seconds=lambda *_: 60.0, apart=lambda number, *_: number > 5), most=1) as executor:
        assert executor.submit(jobs.double, 1).result() == 2
        assert outcome(executor.submit(truediv, 1, 0)) is ZeroDivisionError


def test_a_system_without_processes_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise BlockingIOError("no more processes")

    monkeypatch.setattr(subprocess, "Popen", refuse)
    with ProcessExecutor(LONG) as executor, pytest.raises(BlockingIOError):
        executor.submit(jobs.double, 1).result(timeout=60)


def test_leaving_ends_everything_at_once() -> None:
    before = threading.active_count()
    with ProcessExecutor(LONG, most=1) as executor:
        pid = executor.submit(os.getpid).result()
        futures = [executor.submit(jobs.hang) for _ in range(30)]
    assert all(future.cancelled() or isinstance(future.exception(), BrokenExecutor) for future in futures)
    assert threading.active_count() == before
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)
    with pytest.raises(RuntimeError):
        executor.submit(jobs.double, 1)


def test_jobs_are_taken_as_they_are_needed() -> None:
    taken: list[int] = []

    def endless() -> Any:  # noqa: ANN401 - a generator of arguments
        while True:
            taken.append(len(taken))
            yield (taken[-1],)

    done = in_order(here(), jobs.double, endless())
    assert [(job, future.result()) for job, future in (next(done), next(done))] == [((0,), 0), ((1,), 2)]
    assert len(taken) < 100


class Counting(Executor):
    """Does jobs here, and counts them."""

    def __init__(self) -> None:
        self.done: list[tuple[object, ...]] = []

    def submit(self, fn: Any, /, *args: Any, **kwargs: Any) -> Future[Any]:  # noqa: ANN401 - Executor's signature
        self.done.append((fn, *args))
        return here().submit(fn, *args, **kwargs)


@pytest.mark.parametrize("in_memory", [0, 1, 500])
def test_what_is_remembered_is_not_done_again(in_memory: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "IN_MEMORY", in_memory)
    counting = Counting()
    memory = MemoryExecutor(counting)
    for numbers in ((1, 2), (1, 2), (1, 3)):
        memory.new_generation()
        assert list(memory.map(jobs.double, numbers)) == [2 * number for number in numbers]
    assert counting.done == [(jobs.double, 1), (jobs.double, 2), (jobs.double, 3)]


@pytest.mark.parametrize("in_memory", [0, 500])
def test_what_two_generations_did_not_use_is_forgotten_and_failures_are_tried_again(
    in_memory: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "IN_MEMORY", in_memory)
    counting = Counting()
    memory = MemoryExecutor(counting)
    for number in (1, 2, 2, 1):
        memory.new_generation()
        memory.submit(jobs.double, number)
    assert counting.done == [(jobs.double, 1), (jobs.double, 2), (jobs.double, 1)]
    for _ in range(2):
        assert outcome(memory.submit(truediv, 1, 0)) is ZeroDivisionError
    assert counting.done[3:] == [(truediv, 1, 0)] * 2


def test_a_program_from_standard_input_can_use_it() -> None:
    program = (
        "import math; from briefing.parallel import ProcessExecutor, Terms\n"
        "with ProcessExecutor(Terms(seconds=lambda *_: 60)) as executor:\n"
        "    print(executor.submit(math.sqrt, 4).result())\n"
    )
    ran = subprocess.run([sys.executable, "-"], input=program, capture_output=True, text=True, check=True)
    assert ran.stdout == "2.0\n"
