from __future__ import annotations

import os
import socket
from typing import TYPE_CHECKING

import pytest

from briefing.config import CollectedSource, FeedSource, FolderSource
from briefing.sources import folders_of, read_paths

if TYPE_CHECKING:
    from pathlib import Path

MOST = 1_000


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    path = tmp_path / "night"
    (path / "deep").mkdir(parents=True)
    (path / "b.txt").write_text("second")
    (path / "a.md").write_text("first")
    (path / "deep" / "c.html").write_text("third")
    return path


def test_a_folder_is_read_with_its_sub_folders_in_order(folder: Path) -> None:
    found = read_paths([folder], most_bytes=MOST)
    assert [(d.origin, d.media_type, d.content) for d in found.documents] == [
        ("night/a.md", "text/markdown", b"first"),
        ("night/b.txt", "text/plain", b"second"),
        ("night/deep/c.html", "text/html", b"third"),
    ]
    assert found.problems == ()


def test_hidden_files_and_readmes_are_no_articles(folder: Path) -> None:
    for name in (".DS_Store", "README.md", "README", ".git"):
        (folder / name).write_text("x")
    (folder / ".cache").mkdir()
    (folder / ".cache" / "d.txt").write_text("x")
    assert len(read_paths([folder], most_bytes=MOST).documents) == 3


def make_fifo(path: Path) -> None:
    os.mkfifo(path)


def make_link_out(path: Path) -> None:
    path.symlink_to("/etc/passwd")


def make_link_out_by_folder(path: Path) -> None:
    (path.parent / ".up").symlink_to("..")
    (path.parent.parent / "secret.txt").write_text("elsewhere")
    path.symlink_to(".up/secret.txt")


def make_broken_link(path: Path) -> None:
    path.symlink_to("nowhere")


def make_link_loop(path: Path) -> None:
    path.symlink_to(path.name)


def make_huge(path: Path) -> None:
    with path.open("wb") as file:
        file.truncate(50_000_000)


def make_socket(path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(path))


def make_link_to_folder(path: Path) -> None:
    path.symlink_to(path.parent)


@pytest.mark.parametrize(
    ("make", "reason"),
    [
        (make_link_to_folder, "a link to a folder is not followed; name that folder among the sources"),
        (make_fifo, "cannot be read: it is no regular file (a pipe, a socket or a device)"),
        (make_socket, "cannot be read: it is no regular file (a pipe, a socket or a device)"),
        (make_link_out, "cannot be read: it is a link that leads out of its folder"),
        (make_link_out_by_folder, "cannot be read: it is a link that leads out of its folder"),
        (make_broken_link, "cannot be read: a link to nowhere"),
        (make_link_loop, "cannot be read: a link to nowhere"),
        (make_huge, "50,000,000 bytes, more than limits.document_bytes allows (1,000)"),
    ],
)
def test_what_cannot_be_read_is_left_out_and_the_rest_goes_on(folder: Path, make: object, reason: str) -> None:
    assert callable(make)
    make(folder / "bad")
    found = read_paths([folder], most_bytes=MOST)
    assert len(found.documents) == 3
    assert [(p.origin, p.stage, p.reason) for p in found.problems] == [("night/bad", "read", reason)]


@pytest.mark.parametrize(("closed", "read"), [("deep", 2), (".", 0)])
def test_a_folder_that_cannot_be_listed_costs_itself(
    folder: Path, closed: str, read: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    scan = os.scandir

    def refuse(path: str) -> object:
        if os.fspath(path) == os.fspath(folder / closed):
            raise PermissionError(13, "Permission denied", os.fspath(path))
        return scan(path)

    monkeypatch.setattr(os, "scandir", refuse)
    found = read_paths([folder], most_bytes=MOST)
    assert len(found.documents) == read
    assert [problem.reason for problem in found.problems] == ["cannot be listed: Permission denied"]


def test_a_single_file_and_a_single_fifo_do_not_hang(folder: Path) -> None:
    make_fifo(folder / "pipe")
    found = read_paths([folder / "a.md", folder / "pipe"], most_bytes=MOST)
    assert [d.origin for d in found.documents] == ["night/a.md"]
    assert [p.origin for p in found.problems] == ["night/pipe"]


def test_an_empty_folder_and_a_missing_one_are_told(tmp_path: Path, folder: Path) -> None:
    (tmp_path / "empty").mkdir()
    found = read_paths([tmp_path / "empty", tmp_path / "gone", folder], most_bytes=MOST)
    assert len(found.documents) == 3
    assert [(p.stage, p.reason) for p in found.problems] == [
        ("read", "the folder holds no articles"),
        ("source", "there is no such file or folder; check the path"),
    ]


def test_overlapping_sources_give_each_document_once(folder: Path) -> None:
    found = read_paths([folder, folder / "a.md", folder], most_bytes=MOST)
    assert len(found.documents) == 3


def test_folders_of_one_name_are_told_apart(tmp_path: Path) -> None:
    for parent in ("x", "y", "z"):
        (tmp_path / parent / "in").mkdir(parents=True)
        (tmp_path / parent / "in" / "a.txt").write_text(parent)
    found = read_paths([tmp_path / parent / "in" for parent in ("x", "y", "z")], most_bytes=MOST)
    assert [(d.origin, d.content) for d in found.documents] == [
        ("in/a.txt", b"x"),
        ("in~2/a.txt", b"y"),
        ("in~3/a.txt", b"z"),
    ]


def test_names_of_any_bytes_become_printable_origins(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    for name in (b"caf\xe9.txt", b"a\nb.txt", "c\u202ed.txt".encode(), "é.txt".encode()):
        with open(os.path.join(os.fsencode(tmp_path / "in"), name), "w") as file:  # noqa: PTH118,PTH123 - bytes, not text
            file.write("x")
    origins = [document.origin for document in read_paths([tmp_path / "in"], most_bytes=MOST).documents]
    assert sorted(origins) == ["in/a\\nb.txt", "in/c\\u202ed.txt", "in/caf\\xe9.txt", "in/é.txt"]
    assert all(origin.isprintable() for origin in origins)


def test_a_link_within_its_folder_is_followed_and_a_file_that_is_named_may_be_one(tmp_path: Path, folder: Path) -> None:
    (folder / "z.txt").symlink_to("deep/c.html")
    (tmp_path / "named.txt").symlink_to(folder / "b.txt")
    (tmp_path / "also").symlink_to(folder)
    assert [d.content for d in read_paths([folder], most_bytes=MOST).documents] == [
        b"first",
        b"second",
        b"third",
        b"third",
    ]
    assert [d.content for d in read_paths([tmp_path / "named.txt"], most_bytes=MOST).documents] == [b"second"]
    assert len(read_paths([tmp_path / "also"], most_bytes=MOST).documents) == 4


def test_a_file_that_becomes_a_link_meanwhile_is_not_followed(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Between the look at a path and the reading of it, somebody puts a link in its place."""
    real = os.path.realpath

    def swap(path: str, **more: bool) -> str:
        found = real(path, **more)
        (folder / "b.txt").unlink(missing_ok=True)
        (folder / "b.txt").symlink_to("/etc/passwd")
        return found

    monkeypatch.setattr(os.path, "realpath", swap)
    found = read_paths([folder], most_bytes=MOST)
    assert all(b"root" not in document.content for document in found.documents)
    assert "night/b.txt" in {problem.origin for problem in found.problems}


def test_what_grows_meanwhile_is_not_read_to_its_end(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    look = os.fstat

    def grow(descriptor: int) -> os.stat_result:
        status = look(descriptor)
        make_huge(folder / "b.txt")
        return status

    monkeypatch.setattr(os, "fstat", grow)
    found = read_paths([folder / "b.txt"], most_bytes=MOST)
    assert found.documents == ()
    assert "more than limits.document_bytes allows" in found.problems[0].reason


def test_folders_are_read_when_a_brief_is_built_and_other_sources_are_not(tmp_path: Path) -> None:
    sources: list[FolderSource | CollectedSource] = [
        FolderSource(folder="seeds"),
        FeedSource(feed="https://river.example/rss"),
        FolderSource(folder="wire", name="Wire"),
    ]
    assert folders_of(sources, tmp_path) == {tmp_path / "seeds": "seeds", tmp_path / "wire": "Wire"}
