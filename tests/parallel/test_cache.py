"""What was worked out is taken from the cache; whatever is wrong with it, it is worked out again."""

from __future__ import annotations

import os
import pickle
import sqlite3
import subprocess
import sys
import zlib
from concurrent.futures import CancelledError, Executor, Future
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.parallel import MISS, CachedExecutor, clear_cache, here, key_of, open_cache
from briefing.parallel.cache import FILE, KEPT_BUILDS, Cache, Packed

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

KEYS = [key_of("key", number) for number in range(8)]
VALUE = ("a value", 1.5, None)


def put(folder: Path, **values: object) -> None:
    with open_cache(folder) as cache:
        for name, value in values.items():
            cache.put(KEYS[int(name[1:])], value)
        cache.save()


def got(folder: Path, number: int = 0, *, writing: bool = True) -> object:
    with open_cache(folder, writing=writing) as cache:
        return cache.get(KEYS[number])


def rewrite(folder: Path, query: str, *values: object) -> None:
    file = sqlite3.connect(folder / FILE)
    with file:
        file.execute(query, values)
    file.close()


def test_a_value_is_there_for_the_next_one_who_asks(tmp_path: Path) -> None:
    folder = tmp_path / "store" / "cache"
    assert got(folder, writing=False) is MISS
    assert not folder.exists()
    put(folder, k0=VALUE, k1=None)
    for writing in (True, False):
        assert got(folder, writing=writing) == VALUE
        assert got(folder, 1, writing=writing) is None
        assert got(folder, 2, writing=writing) is MISS


def test_who_only_reads_leaves_nothing(tmp_path: Path) -> None:
    put(tmp_path / "cache", k0=VALUE)
    before = (tmp_path / "cache" / FILE).read_bytes()
    with open_cache(tmp_path / "cache", writing=False) as cache:
        assert cache.get(KEYS[0]) == VALUE
        cache.put(KEYS[1], VALUE)
        cache.save()
    assert (tmp_path / "cache" / FILE).read_bytes() == before
    assert [path.name for path in (tmp_path / "cache").iterdir()] == [FILE]


class Trap:
    """Makes a folder as it is unpickled."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __reduce__(self) -> tuple[Any, ...]:
        return os.mkdir, (str(self.path),)


def _of_a_stranger(folder: Path, path: Path) -> None:
    packed = zlib.compress(pickle.dumps(Trap(path)))
    rewrite(folder, "UPDATE contents SET content = ?", b"\0" * 16 + packed)


def _link(path: Path) -> None:
    path.rename(path.with_name("own"))
    path.symlink_to("own")


def _write(folder: Path, content: bytes) -> None:
    (folder / FILE).write_bytes(content)


DAMAGE: dict[str, Callable[[Path], None]] = {
    "a folder that others may write to": lambda folder: folder.chmod(0o720),
    "a folder that others may read": lambda folder: folder.chmod(0o750),
    "a file that others may write to": lambda folder: (folder / FILE).chmod(0o602),
    "a folder that is a link": _link,
    "a file that is a link": lambda folder: _link(folder / FILE),
    "no database": lambda folder: _write(folder, b"not SQLite, but long enough to be read" * 100),
    "half a database": lambda folder: os.truncate(folder / FILE, 9_000),
    "an empty file": lambda folder: os.truncate(folder / FILE, 0),
    "zeros": lambda folder: _write(folder, b"\0" * 30_000),
    "tables of another version": lambda folder: rewrite(folder, "ALTER TABLE contents RENAME content TO other"),
    "no contents": lambda folder: rewrite(folder, "DELETE FROM contents"),
    "half a value": lambda folder: rewrite(folder, "UPDATE contents SET content = substr(content, 1, 20)"),
    "a value of another type": lambda folder: rewrite(folder, "UPDATE contents SET content = 'text'"),
    "another key's value": lambda folder: rewrite(
        folder, "UPDATE contents SET content = (SELECT content FROM contents WHERE id = 2)"
    ),
    "a pickle of a stranger": lambda folder: _of_a_stranger(folder, folder / "trapped"),
}


@pytest.mark.parametrize("damage", DAMAGE)
def test_what_is_damaged_or_not_ours_alone_is_a_miss(damage: str, tmp_path: Path) -> None:
    folder = tmp_path / "cache"
    put(folder, k0=VALUE, k1="another")
    DAMAGE[damage](folder)
    assert got(folder, writing=False) is MISS
    assert got(folder) is MISS
    assert not (folder / "trapped").exists()
    put(folder, k0=VALUE)  # at the latest after one more build it is whole again, or stays as it is where it is foreign
    put(folder, k0=VALUE)
    private = "others" not in damage and "link" not in damage and "version" not in damage
    assert got(folder) == (VALUE if private else MISS)


def test_a_folder_that_cannot_be_made_keeps_nothing(tmp_path: Path) -> None:
    (tmp_path / "store").write_text("a file where a folder should be")
    put(tmp_path / "store" / "cache", k0=VALUE)
    assert got(tmp_path / "store" / "cache") is MISS


def test_a_full_disk_costs_what_is_new(tmp_path: Path) -> None:
    put(tmp_path, k0=VALUE)
    with open_cache(tmp_path) as cache:
        assert cache._file is not None
        cache._file.execute("PRAGMA max_page_count = 10")  # SQLite says then what it says of a full disk
        cache.put(KEYS[1], os.urandom(200_000))
        cache.save()
    assert got(tmp_path) == VALUE
    assert got(tmp_path, 1) is MISS


def test_who_finds_it_locked_does_without(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("briefing.parallel.cache.BUSY_SECONDS", 0.01)
    put(tmp_path, k0=VALUE)
    with open_cache(tmp_path) as cache:
        other = sqlite3.connect(tmp_path / FILE, isolation_level=None)
        other.execute("BEGIN EXCLUSIVE")
        assert cache.get(KEYS[0]) is MISS
        cache.put(KEYS[1], VALUE)
        cache.save()
        assert got(tmp_path) is MISS
        other.execute("ROLLBACK")
        other.close()
    assert (got(tmp_path), got(tmp_path, 1)) == (VALUE, MISS)


def test_two_builds_at_once_keep_what_both_found(tmp_path: Path) -> None:
    with open_cache(tmp_path) as one, open_cache(tmp_path) as other:
        one.put(KEYS[0], "one")
        other.put(KEYS[0], "one")
        other.put(KEYS[1], "other")
        one.save()
        other.save()
    assert (got(tmp_path), got(tmp_path, 1)) == ("one", "other")


def test_it_may_be_deleted_at_any_time(tmp_path: Path) -> None:
    put(tmp_path, k0=VALUE)
    with open_cache(tmp_path) as cache:
        clear_cache(tmp_path)
        cache.put(KEYS[1], VALUE)
        cache.save()
    assert got(tmp_path) is MISS
    clear_cache(tmp_path / "none")


def test_what_was_used_longest_ago_goes_first(tmp_path: Path) -> None:
    values = [os.urandom(1_000) for _ in range(6)]

    def build(number: int, used: int | None = None) -> None:
        with open_cache(tmp_path, most_bytes=4_500) as cache:
            if used is not None:
                cache.get(KEYS[used])
            cache.put(KEYS[number], values[number])
            cache.save()

    for number in range(3):
        build(number)
    build(3, used=0)
    assert [got(tmp_path, number) is not MISS for number in range(5)] == [True, True, True, True, False]
    build(4)
    assert [got(tmp_path, number) is not MISS for number in range(5)] == [True, False, True, True, True]


def test_what_no_build_uses_goes_in_the_end(tmp_path: Path) -> None:
    put(tmp_path, k0=VALUE, k1=VALUE)
    for _ in range(KEPT_BUILDS):
        with open_cache(tmp_path) as cache:
            cache.get(KEYS[1])
            cache.save()
    assert got(tmp_path) is MISS
    assert got(tmp_path, 1) == VALUE
    assert (tmp_path / FILE).stat().st_size < 100_000


def test_many_values_are_written_before_the_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("briefing.parallel.cache.WAITING_BYTES", 100)
    with open_cache(tmp_path) as cache:
        cache.put(KEYS[0], os.urandom(200))
        assert got(tmp_path) is not MISS


def test_an_executor_does_only_what_is_not_known(tmp_path: Path) -> None:
    done: list[int] = []

    def job(numbers: tuple[int, ...], factor: int) -> tuple[int, ...]:
        done.extend(numbers)
        return tuple(factor * number if number < 9 else number // 0 for number in numbers)

    def keys(fn: object, numbers: tuple[int, ...], factor: int) -> list[bytes] | None:
        return [key_of(number, factor) for number in numbers] if fn is job and 5 not in numbers else None

    def run(*batches: tuple[int, ...]) -> list[object]:
        with open_cache(tmp_path) as cache:
            with CachedExecutor(here(), cache, keys) as executor:
                futures = [executor.submit(job, batch, 2) for batch in batches]
            cache.save()
            return [type(error) if (error := future.exception()) else future.result() for future in futures]

    assert run((1, 2), (5,), (3, 9)) == [(2, 4), (10,), ZeroDivisionError]
    assert run((2, 4, 1), (), (5,), (3, 9)) == [(4, 8, 2), (), (10,), ZeroDivisionError]
    assert done == [1, 2, 5, 3, 9, 4, 5, 3, 9]  # what failed, and what has no key, is done again


def test_what_another_process_made_is_kept_as_it_packed_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    travelled = pickle.loads(pickle.dumps(Packed(VALUE)))  # noqa: S301 - it was made here
    assert travelled.value == Packed(VALUE).value == VALUE
    monkeypatch.setattr(pickle, "dumps", None)
    with open_cache(tmp_path) as cache:
        cache.put(KEYS[0], travelled)
        cache.save()
    assert got(tmp_path) == VALUE


def test_what_is_cancelled_below_ends_above(tmp_path: Path) -> None:
    class Idle(Executor):
        def submit(self, *_: object, **__: object) -> Future[Any]:
            return Future()

    with open_cache(tmp_path) as cache, CachedExecutor(Idle(), cache, lambda *_: [key_of(1)]) as executor:
        future = executor.submit(tuple, (1,))
        executor._done[0][1].cancel()
        with pytest.raises(CancelledError):
            future.result(timeout=5)


@given(st.lists(st.one_of(st.text(), st.binary(), st.integers(), st.none()), max_size=4), st.data())
def test_keys_tell_parts_apart(parts: list[object], data: st.DataObject) -> None:
    others = data.draw(st.lists(st.one_of(st.text(), st.binary(), st.integers(), st.none()), max_size=4))
    assert (key_of(*parts) == key_of(*others)) == (
        parts == others and list(map(type, parts)) == list(map(type, others))
    )


def test_a_key_is_the_same_in_every_process_and_under_any_hash_seed() -> None:
    program = "from briefing.parallel import key_of; print(key_of('a', 1, b'c', ('é', None)).hex())"
    ran = [
        subprocess.run(
            [sys.executable, "-c", program],
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": os.pathsep.join(sys.path)},
            capture_output=True,
            text=True,
            check=True,
        ).stdout.strip()
        for seed in ("1", "2")
    ]
    assert len(set(ran)) == 1


def test_without_a_file_nothing_is_known(tmp_path: Path) -> None:
    cache = Cache(None, tmp_path)
    cache.put(KEYS[0], VALUE)
    cache.save()
    assert cache.get(KEYS[0]) is MISS
