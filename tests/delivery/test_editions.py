from __future__ import annotations

import os
import resource
import stat
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from briefing.edition.files import edition_ids, read_files, write_atomically, write_files
from briefing.errors import RenderError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

FILES = (("brief.json", b"{}"), ("brief.pdf", b"%PDF-1"))


def snapshot(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not path.name.endswith(".lock")
    }


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    disk = tmp_path / "disk"
    disk.mkdir()
    if os.geteuid() != 0:
        pytest.skip("a tmpfs of 1 MB needs root to be mounted")
    done = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(disk)], check=False, capture_output=True
    )
    if done.returncode != 0:
        pytest.skip(f"no tmpfs here: {done.stderr.decode().strip()}")
    yield disk
    subprocess.run(["umount", str(disk)], check=True)


def test_an_edition_is_written_and_read_back(tmp_path: Path) -> None:
    folder = write_files("2019-03-21", FILES, tmp_path)
    assert folder == tmp_path / "2019-03-21"
    assert read_files(folder) == FILES
    assert (tmp_path / "latest.pdf").read_bytes() == b"%PDF-1"
    assert edition_ids(tmp_path) == ("2019-03-21",)
    assert stat.S_IMODE(folder.stat().st_mode) & 0o555 == 0o555


def test_a_rebuilt_edition_holds_only_its_own_files(tmp_path: Path) -> None:
    write_files("2019-03-21", (*FILES, ("brief.md", b"old")), tmp_path)
    (tmp_path / "2019-03-21" / "note.txt").write_text("mine")
    write_files("2019-03-21", (("brief.json", b"[]"), ("brief.pdf", b"%PDF-2")), tmp_path)
    assert snapshot(tmp_path) == {
        "2019-03-21/brief.json": b"[]",
        "2019-03-21/brief.pdf": b"%PDF-2",
        "2019-03-21/note.txt": b"mine",
        "latest.pdf": b"%PDF-2",
    }


def test_an_older_edition_does_not_become_the_latest(tmp_path: Path) -> None:
    write_files("2019-03-21", FILES, tmp_path)
    write_files("2019-03-20", (("brief.json", b"{}"), ("brief.pdf", b"%PDF-0")), tmp_path)
    assert (tmp_path / "latest.pdf").read_bytes() == b"%PDF-1"


@pytest.mark.parametrize("name", ["", ".", "..", "../x", "a/b", ".hidden", "a\0b"])
def test_a_name_cannot_leave_the_folder(tmp_path: Path, name: str) -> None:
    with pytest.raises(RenderError, match="cannot be the name"):
        write_files(name, FILES, tmp_path)
    with pytest.raises(RenderError, match="cannot be the name"):
        write_files("2019-03-21", ((name, b""),), tmp_path)
    assert snapshot(tmp_path) == {}


def test_a_full_disk_leaves_what_was_there(small_disk: Path) -> None:
    write_files("2019-03-20", FILES, small_disk)
    write_files("2019-03-21", FILES, small_disk)
    before = snapshot(small_disk)
    big = (("brief.json", b"{}"), ("brief.pdf", bytes(2_000_000)))
    for day in ("2019-03-21", "2019-03-22"):
        with pytest.raises(
            RenderError, match=f"the edition {day} could not be written to .*: No space left on device; "
        ):
            write_files(day, big, small_disk)
    assert snapshot(small_disk) == before
    assert edition_ids(small_disk) == ("2019-03-20", "2019-03-21")


def test_no_room_for_the_second_copy_leaves_what_was_there(small_disk: Path) -> None:
    write_files("2019-03-21", FILES, small_disk)
    before = snapshot(small_disk)
    with pytest.raises(RenderError, match="No space left"):
        write_files("2019-03-21", (("brief.json", b"{}"), ("brief.pdf", bytes(700_000))), small_disk)
    assert snapshot(small_disk) == before


def test_a_read_only_place_is_a_clear_error(small_disk: Path) -> None:
    write_files("2019-03-21", FILES, small_disk)
    before = snapshot(small_disk)
    subprocess.run(["mount", "-o", "remount,ro", str(small_disk)], check=True)
    for day in ("2019-03-21", "2019-03-22"):
        with pytest.raises(RenderError, match="Read-only file system; free space or permit writing"):
            write_files(day, FILES, small_disk)
    assert snapshot(small_disk) == before


def test_a_file_size_limit_leaves_what_was_there(tmp_path: Path) -> None:
    write_files("2019-03-21", FILES, tmp_path)
    before = snapshot(tmp_path)
    script = (
        "import sys; from pathlib import Path; from briefing.edition.files import write_files\n"
        "write_files('2019-03-21', (('brief.json', b'{}'), ('brief.pdf', bytes(200_000))), Path(sys.argv[1]))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, str(tmp_path)],
        check=False,
        capture_output=True,
        text=True,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000)),
    )
    assert "RenderError" in done.stderr
    assert "File too large; free space or permit writing" in done.stderr
    assert snapshot(tmp_path) == before


def test_a_place_that_is_no_folder_is_a_clear_error(tmp_path: Path) -> None:
    place = tmp_path / "output"
    place.write_text("a file")
    with pytest.raises(RenderError, match=r"could not be written to .*output: File exists; "):
        write_files("2019-03-21", FILES, place)


def test_what_a_killed_run_left_is_cleared(tmp_path: Path) -> None:
    (tmp_path / ".2019-03-21.abc.partial").mkdir()
    write_files("2019-03-21", FILES, tmp_path)
    assert [path.name for path in sorted(tmp_path.iterdir())] == [".editions.lock", "2019-03-21", "latest.pdf"]


def test_one_file_is_replaced_whole(tmp_path: Path) -> None:
    write_atomically(tmp_path / "index.html", b"one")
    write_atomically(tmp_path / "index.html", b"two")
    assert snapshot(tmp_path) == {"index.html": b"two"}
