"""The store: whole wherever it is killed, and nothing in it that is no longer what it was."""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from hashlib import sha256
from pathlib import Path

import pytest

from briefing.errors import StoreError
from briefing.store import Objects, State, open_store
from tests.collect.kills import FEEDS
from tests.collect.passes import NIGHT, Night, item, rss
from tests.collect.web import Web

DAY = timedelta(days=1)
EVERY = 1 if os.environ.get("EVERY_KILL") else 23
"""Each side effect of a pass is killed by `make sources`, each twenty-third by `make test`."""
LARGE = "The water of the dam is shared by the towns of the river until the spring comes. " * 2_000


def state(name: str, content: bytes = b"{}", **more: object) -> tuple[State, bytes]:
    usual: dict[str, object] = {
        "source": "River",
        "key": name,
        "seen_at": NIGHT,
        "first_seen": NIGHT,
        "first_pass": False,
        "sha256": sha256(content).hexdigest(),
        "words": name,
        "media_type": "application/json",
        "url": f"http://river.example/{name}",
    }
    return State(**{**usual, **more}), content  # type: ignore[arg-type]


def test_what_is_kept_comes_back_small_or_large(tmp_path: Path) -> None:
    kept = [state("a", b"small"), state("b", b"large" * 20_000, published=NIGHT.date(), note="why")]
    with open_store(tmp_path / "store") as store:
        store.commit(kept, marks={("River", "a"): "1"}, memos={("url", "u"): {"etag": 'W/"1"'}}, now=NIGHT)
    with open_store(tmp_path / "store") as store:
        assert store.between(NIGHT, NIGHT) == [one for one, _ in kept]
        assert [store.content(one) for one, _ in kept] == [content for _, content in kept]
        assert store.marks("River") == {"a": "1", "b": ""}
        assert store.memos("url") == {"u": {"etag": 'W/"1"'}}
        assert store.newest("River", ["b", "c"]) == {"b": kept[1][0]}
        assert store.meant_by("http://river.example/a") == [kept[0][0]]


def test_an_entry_keeps_when_it_was_first_seen_in_all_its_states(tmp_path: Path) -> None:
    with open_store(tmp_path) as store:
        store.commit([state("a", first_pass=True)], now=NIGHT)
        store.commit([state("a", b"[]", seen_at=NIGHT + DAY)], now=NIGHT + DAY)
        assert [(one.first_seen, one.first_pass) for one in store.between(NIGHT, NIGHT + DAY)] == [(NIGHT, True)] * 2


def test_damaged_bytes_are_not_handed_out(tmp_path: Path) -> None:
    objects = Objects(tmp_path)
    digest = objects.put([b"whole"])[0]
    objects.path(digest).write_bytes(b"other")
    with pytest.raises(StoreError, match="damaged"):
        objects.get(digest)
    with pytest.raises(StoreError, match="is not in the store"):
        objects.get("0" * 64)


def test_a_foreign_or_broken_database_is_refused_and_left_as_it_is(tmp_path: Path) -> None:
    for name, content in (("foreign", None), ("broken", b"SQLite format 3\0" + b"x" * 5_000)):
        path = tmp_path / name / "state.sqlite"
        path.parent.mkdir()
        if content is None:
            connection = sqlite3.connect(path)
            connection.execute("CREATE TABLE t (a)")
            connection.close()
        else:
            path.write_bytes(content)
        before = path.read_bytes()
        with pytest.raises(StoreError), open_store(path.parent):
            pass
        assert path.read_bytes() == before


def test_what_is_old_goes_and_what_a_source_still_holds_stays_known(tmp_path: Path) -> None:
    with open_store(tmp_path) as store:
        store.commit([state("old", b"o" * 99_999)], marks={("Gone", "x"): "1"}, now=NIGHT)
        store.commit([state("new", seen_at=NIGHT + 9 * DAY)], marks={("Gone", "y"): "1"}, now=NIGHT + 9 * DAY)
        store.commit([state("quiet", source="Quiet")], marks={("Quiet", "quiet"): "1"}, now=NIGHT)
        store.log(NIGHT.date(), [{"status": 200}])
        path = store.objects.path(state("old", b"o" * 99_999)[0].sha256)
        os.utime(path, (0, 0))
        store.prune(NIGHT + 5 * DAY)
        assert [one.key for one in store.between(NIGHT, NIGHT + 9 * DAY)] == ["new"]
        assert (store.marks("Gone"), store.marks("Quiet")) == ({"y": "1"}, {"quiet": "1"})
        assert not path.exists()
        assert list((tmp_path / "fetches").iterdir()) == []


def test_what_is_withdrawn_is_gone_and_does_not_come_back(tmp_path: Path) -> None:
    secret = b"a name that must go" + b"!" * 99_999
    with open_store(tmp_path) as store:
        store.commit([state("a", secret), state("b", b'{"t": "another name"}')], now=NIGHT)
        store.forget(store.between(NIGHT, NIGHT))
        store.commit([state("a", secret, seen_at=NIGHT + DAY)], now=NIGHT + DAY)
        assert store.between(NIGHT, NIGHT + DAY) == []
        assert store.marks("River").keys() == {"a", "b"}
    left = b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
    assert b"another name" not in left


def test_a_line_that_a_kill_cut_short_does_not_spoil_the_next(tmp_path: Path) -> None:
    path = tmp_path / "fetches" / f"{NIGHT.date()}.jsonl"
    with open_store(tmp_path) as store:
        store.log(NIGHT.date(), [{"status": 200}])
        path.write_bytes(path.read_bytes() + b'{"stat')
        store.log(NIGHT.date(), [{"status": 304}])
    lines = path.read_text("utf-8").splitlines()
    assert [json.loads(line) for line in (lines[0], lines[2])] == [{"status": 200}, {"status": 304}]


def test_a_full_disk_ends_a_pass_in_words_and_leaves_a_whole_store(
    tmp_path: Path, web: Web, monkeypatch: pytest.MonkeyPatch
) -> None:
    night = Night(tmp_path, web)
    fill(web)
    night.collect(FEEDS[0])

    def full(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(StoreError, match="free space"):
        night.collect(*FEEDS)
    monkeypatch.undo()
    night.collect(*FEEDS)
    assert contents(tmp_path) == expected()


# ── kill -9 ──────────────────────────────────────────────────────────────────────────────────────────────────────


def fill(web: Web) -> None:
    for number, feed in enumerate(FEEDS):
        web.replies[feed.feed] = rss(item(f"small {number}", "Water."), item(f"large {number}", LARGE))


def contents(folder: Path) -> list[tuple[str, str | None, int]]:
    with open_store(folder, writing=True) as store:
        states = store.between(NIGHT, NIGHT)
        return [(one.source, one.title, len(store.content(one)) // 1_000) for one in states]


def expected() -> list[tuple[str, str | None, int]]:
    large = len(LARGE) // 1_000
    return [
        (feed.label, f"{size} {number}", large if size == "large" else 0)
        for number, feed in enumerate(FEEDS)
        for size in ("large", "small")
    ]


@contextmanager
def nursery() -> Iterator[Callable[[int, int, Path], int]]:
    """Keep a process that has loaded everything, from which each pass is forked."""
    command = [sys.executable, "-m", "tests.collect.kills"]
    with subprocess.Popen(
        command, cwd=Path(__file__).parents[2], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as child:
        assert child.stdin is not None
        assert child.stdout is not None
        write, read = child.stdin, child.stdout

        def run(effect: int, port: int, folder: Path) -> int:
            write.write(f"{effect} {port} {folder}\n")
            write.flush()
            return int(read.readline())

        yield run
        child.stdin.close()


def test_a_pass_that_is_killed_anywhere_is_whole_and_complete_at_the_next(tmp_path: Path, web: Web) -> None:
    fill(web)
    with nursery() as run:
        for effect in range(1, 10_000, EVERY):
            folder = tmp_path / str(effect)
            killed = run(effect, web.port, folder) == -signal.SIGKILL
            assert run(0, web.port, folder) == 0
            found = contents(folder)
            assert (effect, [(source, title) for source, title, _ in found]) == (
                effect,
                [(source, title) for source, title, _ in expected()],
            )
            assert not list(folder.rglob("*.partial"))
            if not killed:
                return
    raise AssertionError("a pass without end")
