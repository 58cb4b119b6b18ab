"""A brief of Dask's workers: the same results, whatever is killed when, and told once."""

from __future__ import annotations

import json
import os
import pickle
import subprocess
import sys
import time
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

import pytest

from briefing.config import Limits
from briefing.extract import extract
from briefing.models import Document
from briefing.parallel import cluster as clusters
from briefing.parallel import clustered, here
from briefing.parallel.cache import own_code
from briefing.parallel.cluster import ClusterError, ClusterExecutor, there, unpacked
from briefing.parallel.worker import DONE, FAILED
from briefing.per_document import TERMS, read_all, understand_all
from briefing.sources import by_hash
from briefing.store import Objects
from briefing.stories import group

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from concurrent.futures import Executor
    from pathlib import Path

    from briefing.extract import Extraction
    from briefing.models import Story
    from briefing.per_document import Understood

LIMITS = Limits()
SENTENCE = "The bridge over the lower canal reopened on Tuesday after eleven weeks of repairs, the engineer said."


def page(number: int) -> Document:
    body = f"<html lang=en><body><article><p>{SENTENCE} It is page {number}.</p></article></body></html>"
    return Document(origin=f"desk/{number}.html", media_type="text/html", content=body.encode())


def plain(number: int) -> Document:
    content = f"{SENTENCE} {number} people crossed it, and {number + 20} were injured.".encode()
    return Document(origin=f"desk/{number}.txt", media_type="text/plain", content=content)


def understood(
    documents: list[Document], executor: Executor
) -> tuple[list[Extraction], list[Understood], tuple[Story, ...]]:
    read = list(read_all(documents, LIMITS, executor))
    articles = [article for one in read for article in one.articles]
    found = list(understand_all(articles, LIMITS, "fusion", (), executor))
    known = {one.ranked.article.id: one.compared for one in found}
    return read, found, group([one.ranked for one in found], grades={}, known=known, executor=executor)


# ── without Dask ──


def test_without_dask_it_is_told_and_done_here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    told: list[str] = []
    assert clustered("tcp://127.0.0.1:8786", None, TERMS, most=1, tell=told.append) is None
    assert [line for line in told if "pip install 'briefing[cluster]'" in line] == told != []


def test_a_worker_of_another_version_does_nothing() -> None:
    payload = pickle.dumps((print, print, (), {}))
    with pytest.raises(ClusterError, match="another version"):
        there(payload, own_code() + b".", 1.0)


@pytest.mark.parametrize(("number", "kind"), [("7", DONE), ("seven", FAILED)])
def test_a_job_travels_packed(number: str, kind: int) -> None:
    job = pickle.dumps((str, int, (number,), {}))
    for answer in (there(job, own_code(), 10.0), unpacked(job, 10.0)):
        found, value = pickle.loads(answer)  # noqa: S301 - our own
        assert found == kind
        assert value == 7 if kind == DONE else isinstance(value, ValueError)


# ── with Dask ──


@dataclass
class Started:
    """A scheduler and two workers, as a desk starts them."""

    address: str
    scheduler: subprocess.Popen[bytes]
    workers: list[subprocess.Popen[bytes]]

    def kill(self, processes: list[subprocess.Popen[bytes]]) -> None:
        for process in processes:
            process.kill()
            process.wait()


@pytest.fixture
def started(tmp_path: Path) -> Iterator[Started]:
    pytest.importorskip("distributed")
    file = tmp_path / "scheduler.json"

    def start(*arguments: str) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", *arguments, "--no-dashboard", "--scheduler-file", str(file)]
        return subprocess.Popen(
            command, stderr=subprocess.DEVNULL, env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
        )

    scheduler = start("distributed.cli.dask_scheduler", "--host", "127.0.0.1", "--port", "0")
    deadline = time.monotonic() + 60
    while not (file.exists() and file.stat().st_size) and time.monotonic() < deadline:
        time.sleep(0.1)
    workers = [start("distributed.cli.dask_worker", "--nthreads", "1", "--no-nanny") for _ in range(2)]
    found = Started(json.loads(file.read_text())["address"], scheduler, workers)
    yield found
    found.kill([*workers, scheduler])


def nothing_is_killed(_: Started) -> None:
    return


def a_worker_is_killed(started: Started) -> None:
    started.kill(started.workers[:1])


def both_workers_are_killed(started: Started) -> None:
    started.kill(started.workers)


def the_scheduler_is_killed(started: Started) -> None:
    started.kill([started.scheduler])


@pytest.mark.long
@pytest.mark.parametrize(
    ("kill", "told_of"),
    [
        (nothing_is_killed, []),
        (a_worker_is_killed, []),
        (both_workers_are_killed, ["no worker is left"]),
        (the_scheduler_is_killed, ["the cluster is gone"]),
    ],
)
def test_what_is_killed_costs_time_and_no_result(
    kill: Callable[[Started], None], told_of: list[str], started: Started, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clusters, "SILENCE", 3.0)
    documents = [page(number) if number % 3 == 0 else plain(number) for number in range(400)]
    told: list[str] = []
    executor = clustered(started.address, None, TERMS, most=2, tell=told.append)
    assert executor is not None
    with executor:
        reading = read_all(documents, LIMITS, executor)
        first = [next(reading) for _ in range(20)]
        kill(started)
        read = [*first, *reading]
        articles = [article for one in read for article in one.articles]
        found = list(understand_all(articles, LIMITS, "fusion", (), executor))
    assert read == [extract(document, LIMITS) for document in documents]
    assert found == list(understand_all(articles, LIMITS, "fusion", (), here()))
    assert len(told) == len(told_of)
    assert all(part in line for part, line in zip(told_of, told, strict=True))


@pytest.mark.long
def test_workers_may_be_started_for_one_build() -> None:
    pytest.importorskip("distributed")
    documents = [page(number) for number in range(6)]
    told: list[str] = []
    executor = clustered(None, 2, TERMS, most=1, tell=told.append)
    assert executor is not None
    with executor:
        assert understood(documents, executor) == understood(documents, here())
    assert told == []


@pytest.mark.long
@pytest.mark.parametrize(("place", "told_of"), [("objects", []), ("elsewhere", ["a worker does not find"])])
def test_workers_that_share_the_store_are_sent_no_documents(
    place: str, told_of: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("distributed")
    documents = [plain(number) for number in range(60)]
    objects = Objects(tmp_path / "objects")
    objects.put(document.content for document in documents)
    told: list[str] = []
    executor = clustered(None, 2, TERMS, most=1, tell=told.append)
    assert isinstance(executor, ClusterExecutor)
    sent: list[bytes] = []
    submit = executor._remote.submit

    def noted(fn: Any, payload: bytes, *rest: Any) -> Any:  # noqa: ANN401 - as Dask's
        sent.append(payload)
        return submit(fn, payload, *rest)

    monkeypatch.setattr(executor._remote, "submit", noted)
    with executor:
        stored = by_hash(documents, (str(tmp_path / place),))
        for one in stored:  # as this machine has it at a place of its own
            object.__setattr__(one, "_fetch", partial(objects.get, one.sha256))
        read = list(read_all(stored, LIMITS, executor))
    assert read == [extract(document, LIMITS) for document in documents]
    assert sent
    assert not any(SENTENCE.encode() in payload for payload in sent)
    assert len(told) == len(told_of)
    assert all(part in line for part, line in zip(told_of, told, strict=True))


@pytest.mark.long
def test_a_scheduler_that_is_not_there_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("distributed")
    monkeypatch.setattr(clusters, "CONNECT_SECONDS", 1.0)
    told: list[str] = []
    assert clustered("tcp://127.0.0.1:9", None, TERMS, most=1, tell=told.append) is None
    assert len(told) == 1
    assert "tcp://127.0.0.1:9 does not answer, so all is done here" in told[0]
