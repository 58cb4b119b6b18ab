"""Documents whose bytes lie on a shelf or in the store are those whose bytes lie in memory."""

from __future__ import annotations

import pickle
from dataclasses import fields
from typing import TYPE_CHECKING

import pytest

from briefing.errors import StoreError
from briefing.models import Document
from briefing.parallel.cache import own_code
from briefing.parallel.cluster import there
from briefing.parallel.worker import AWAY, DONE
from briefing.per_document import extract_each
from briefing.sources import Holding, by_hash, read_paths
from briefing.store import Objects
from tests.command import call
from tests.edition.test_known_editions import ARTICLES, CONFIG

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path


@pytest.fixture
def night(tmp_path: Path) -> Path:
    folder = tmp_path / "night"
    folder.mkdir()
    for name, words in ARTICLES.items():
        (folder / name).write_text(words)
    (folder / "empty.txt").write_text("")
    return folder


def values(document: Document) -> dict[str, object]:
    return {field.name: getattr(document, field.name) for field in fields(Document)} | {"sha256": document.sha256}


@pytest.mark.parametrize("most", [0, 200, 10_000])
@pytest.mark.parametrize("folder", ["", "not there"])
def test_what_memory_need_not_hold_is_fetched(
    most: int, folder: str, night: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("briefing.sources.fetched.IN_MEMORY", most)
    documents = read_paths([night], most_bytes=1_000, hold=Holding(night / folder)).documents
    expected = read_paths([night], most_bytes=1_000).documents
    assert [*map(values, documents)] == [*map(values, expected)]
    assert [*map(pickle.loads, map(pickle.dumps, documents))] == [*expected]
    assert (type(documents[0]) is Document) == (most > 0)
    assert (type(documents[-2]) is Document) == (most > 1_000)
    assert sorted(path.name for path in night.iterdir()) == [*sorted(ARTICLES), "empty.txt"]


def test_a_document_of_the_store_travels_by_its_hash(night: Path, tmp_path: Path) -> None:
    documents = read_paths([night], most_bytes=1_000).documents
    here = Objects(tmp_path / "store" / "objects")
    here.put(document.content for document in documents)
    stored = by_hash(documents, (str(tmp_path / "elsewhere"), str(here.folder)))
    packed = pickle.dumps(stored)
    assert b"river rose" not in packed
    assert b"river rose" in pickle.dumps(documents)
    assert [*map(values, stored)] == [*map(values, documents)]
    assert pickle.loads(packed) == documents  # noqa: S301 - our own


def test_what_the_store_has_no_longer_is_read_as_nothing_here_and_refused_elsewhere(
    night: Path, tmp_path: Path
) -> None:
    (first, *_) = documents = read_paths([night], most_bytes=1_000).documents
    objects = Objects(tmp_path / "objects")
    objects.put(document.content for document in documents)
    stored, *_ = by_hash(documents, (str(objects.folder),))
    packed = pickle.dumps(stored)
    objects.path(first.sha256).write_bytes(b"another")
    assert stored.content == b""
    with pytest.raises(StoreError, match=f"{first.sha256} is not there"):
        pickle.loads(packed)  # noqa: S301 - our own


@pytest.mark.parametrize(("place", "kind"), [("objects", DONE), ("elsewhere", AWAY)])
def test_a_worker_without_the_store_says_so(place: str, kind: int, night: Path, tmp_path: Path) -> None:
    documents = read_paths([night], most_bytes=1_000).documents
    Objects(tmp_path / "objects").put(document.content for document in documents)
    stored = by_hash(documents, (str(tmp_path / place),))
    payload = pickle.dumps((extract_each_prepared, extract_each_prepared, (stored,), {}))
    found, value = pickle.loads(there(payload, own_code(), 60.0))  # noqa: S301 - our own
    assert found == kind
    assert value == len(ARTICLES) if kind == DONE else "is not there" in value


def extract_each_prepared(documents: tuple[Document, ...]) -> int:
    """Stand in for a job on documents; the job's libraries are loaded by the same."""
    from briefing.config import Limits

    return sum(len(one.articles) for one in extract_each(documents, Limits()))


def test_a_brief_is_the_same_wherever_its_documents_lie(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found, named = [], list[tuple[str, ...]]()

    def noted(documents: Iterable[Document], places: tuple[str, ...]) -> tuple[Document, ...]:
        named.append(places)
        return by_hash(documents, places)

    monkeypatch.setattr("briefing.cli.inputs.by_hash", noted)
    for number, most in enumerate((64 << 20, 0, 100)):
        monkeypatch.setattr("briefing.sources.fetched.IN_MEMORY", most)
        desk = tmp_path / str(number) / "desk"
        (desk / "night").mkdir(parents=True)
        for name, words in ARTICLES.items():
            (desk / "night" / name).write_text(words)
        shared = f"cluster: {{local: 2, store: {desk}/output/store}}\n" if most == 100 else ""
        (desk / "config.yaml").write_text(CONFIG + shared)
        done = call("build", "-q", "--date", "2019-03-21", "--format", "html,md,json", cwd=desk)
        assert done.returncode == 0, done.stderr
        found.append({path.name: path.read_bytes() for path in (desk / "output" / "2019-03-21").iterdir()})
    assert found[0] == found[1] == found[2]
    assert named == [(f"{desk}/output/store/objects",) * 2]
