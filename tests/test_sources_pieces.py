"""A large file of records is read in pieces of whole records, and never whole."""

from __future__ import annotations

import csv
import gzip
import io
import json
import pickle
from hashlib import sha256
from typing import TYPE_CHECKING

import pytest

from briefing.config import Limits
from briefing.extract import extract
from briefing.models import Document
from briefing.sources import open_files, read_paths
from tests.large_files import made_twice, make_small

if TYPE_CHECKING:
    from pathlib import Path

    from briefing.sources import Found

RECORDS = 40


@pytest.fixture(autouse=True)
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    make_small(monkeypatch)


def record(number: int) -> dict[str, str]:
    text = (
        f"The ferry number {number} left the harbour at noon, the pilot said. “It was\n\nlate”, he told the {number}."
    )
    return {"id": f"r{number}", "title": f"Ferry {number} leaves", "text": text}


def lines(count: int = RECORDS) -> bytes:
    return b"".join(json.dumps(record(number), ensure_ascii=False).encode() + b"\n" for number in range(count))


def table(count: int = RECORDS) -> bytes:
    out = io.StringIO()
    writer = csv.DictWriter(out, ["id", "title", "text"])
    writer.writeheader()
    writer.writerows(record(number) for number in range(count))
    return out.getvalue().encode()


def found(folder: Path, name: str, content: bytes, *, most_bytes: int = 2_000, most_records: int = 10_000) -> Found:
    path = folder / "in" / name
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(content)
    return read_paths([path.parent], most_bytes=most_bytes, most_records=most_records)


def titles(documents: tuple[Document, ...]) -> list[str | None]:
    return [article.title for one in documents for article in extract(one, Limits()).articles]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("dump.jsonl", lines()),
        ("dump.csv", table()),
        ("dump.jsonl.gz", gzip.compress(lines())),
        ("dump.ndjson.gz", gzip.compress(lines()[:3_000]) + gzip.compress(lines()[3_000:]) + bytes(512)),
        ("dump.csv.gz", gzip.compress(table())),
    ],
)
def test_every_record_of_a_large_file_is_read_once(tmp_path: Path, name: str, content: bytes) -> None:
    given = found(tmp_path, name, content)
    assert given.problems == ()
    assert len(given.documents) >= 5
    assert given.documents[0].origin == f"in/dump~1.{name[5:]}"
    assert max(len(one.content) for one in given.documents) <= 1_100  # a head may be added
    assert titles(given.documents) == [f"Ferry {number} leaves" for number in range(RECORDS)]
    origins = [article.origin for one in given.documents for article in extract(one, Limits()).articles]
    assert len(set(origins)) == RECORDS


def test_a_packed_file_is_what_it_unpacks_to(tmp_path: Path) -> None:
    plain = found(tmp_path, "dump.jsonl", lines())
    (tmp_path / "in" / "dump.jsonl").unlink()
    packed = found(tmp_path, "dump.jsonl.gz", gzip.compress(lines()))
    assert [one.origin for one in packed.documents] == [f"{one.origin}.gz" for one in plain.documents]
    for order in (1, -1, 3, 1):  # in whatever order they are asked for
        asked = [one.content for one in packed.documents[::order]]
        assert asked == [one.content for one in plain.documents[::order]]
    read, other = (
        [(article.title, article.text) for one in given.documents for article in extract(one, Limits()).articles]
        for given in (plain, packed)
    )
    assert read == other


def test_a_packed_file_is_unpacked_once_for_each_time_that_it_is_gone_through(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    unpacked = 0

    class Counting(gzip.GzipFile):
        def read(self, size: int | None = -1) -> bytes:
            nonlocal unpacked
            found = super().read(size)
            unpacked += len(found)
            return found

        def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
            nonlocal unpacked
            if whence == io.SEEK_SET:
                unpacked += max(0, offset - self.tell())
            return super().seek(offset, whence)

    monkeypatch.setattr("briefing.sources.open_files.gzip.GzipFile", Counting)
    monkeypatch.setattr(open_files, "BLOCKS", 2)
    given = found(tmp_path, "dump.jsonl.gz", gzip.compress(lines()))
    assert unpacked <= 2 * len(lines())  # its beginning is looked at first
    for _ in range(3):
        unpacked = 0
        assert b"".join(one.content for one in given.documents) == lines()
        assert unpacked <= len(lines())


def test_what_is_held_of_packed_files_does_not_grow_with_their_number(tmp_path: Path) -> None:
    for name in "abcde":
        given = found(tmp_path, f"{name}.jsonl.gz", gzip.compress(lines()))
    assert len(titles(given.documents)) == 5 * RECORDS
    assert len(open_files.PackedFile._blocks) <= open_files.BLOCKS


def test_a_packed_file_that_breaks_off_gives_what_stands_before_it(tmp_path: Path) -> None:
    random = b"".join(json.dumps({"text": sha256(bytes([n])).hexdigest() * 9}).encode() + b"\n" for n in range(99))
    whole = gzip.compress(random)
    given = found(tmp_path, "dump.jsonl.gz", whole[: 2 * len(whole) // 3])
    assert given.documents
    assert (
        b"".join(one.content for one in given.documents) == random[: sum(len(one.content) for one in given.documents)]
    )
    (told,) = given.problems
    assert (told.origin.rpartition(":")[0], told.lost) == ("in/dump.jsonl.gz", True)
    assert "breaks off, or is damaged" in told.reason


def test_a_packed_file_that_unpacks_to_no_text_is_a_bomb(tmp_path: Path) -> None:
    given = found(tmp_path, "dump.jsonl.gz", gzip.compress(lines() + bytes(1_000_000)))
    assert "taken for a bomb" in given.problems[-1].reason


def test_a_file_that_is_not_large_is_one_document(tmp_path: Path) -> None:
    (only,) = found(tmp_path, "dump.jsonl", lines(10), most_bytes=4_000).documents
    assert (only.origin, only.first) == ("in/dump.jsonl", 1)
    assert type(only) is Document


@pytest.mark.parametrize("most", [1, 7, 39, 40])
def test_what_a_day_has_no_room_for_is_counted(tmp_path: Path, most: int) -> None:
    given = found(tmp_path, "dump.jsonl", lines(), most_records=most)
    assert titles(given.documents) == [f"Ferry {number} leaves" for number in range(most)]
    told = [f"{problem.origin}: {problem.reason}" for problem in given.problems]
    more = f"in/dump.jsonl:{most + 1}: {RECORDS - most} more lines have no room in a day of limits.records"
    assert told == ([more] if most < RECORDS else [])


@pytest.mark.parametrize("most", [1, 5, 11, 30])
def test_a_table_without_room_ends_with_a_whole_row(tmp_path: Path, most: int) -> None:
    given = found(tmp_path, "dump.csv", table(), most_records=most)
    read = titles(given.documents)
    assert read == [f"Ferry {number} leaves" for number in range(len(read))]
    assert len(read) == most // 3
    assert not [problem for one in given.documents for problem in extract(one, Limits()).problems]
    assert f"{3 * RECORDS - 3 * len(read)} more lines" in given.problems[0].reason


def test_files_share_the_room_of_a_day(tmp_path: Path) -> None:
    found(tmp_path, "a.jsonl", lines())
    given = found(tmp_path, "b.jsonl", lines(), most_records=RECORDS + 5)
    assert len(titles(given.documents)) == RECORDS + 5
    assert given.problems[0].origin == "in/b.jsonl:6"


def test_a_record_that_is_too_large_costs_only_itself(tmp_path: Path) -> None:
    large = json.dumps({"id": "x", "text": "word " * 1_000}).encode() + b"\n"
    given = found(tmp_path, "dump.jsonl", lines(5) + large + lines(20))
    assert len(titles(given.documents)) == 25
    assert [problem.origin for problem in given.problems] == ["in/dump.jsonl:6"]
    assert "a record of 5," in given.problems[0].reason
    whole = found(tmp_path, "dump.jsonl", lines(5) + large + lines(20), most_bytes=6_000)
    assert len(titles(whole.documents)) == 26


@pytest.mark.parametrize(
    ("name", "content"),
    [("dump.jsonl", lines()), ("dump.csv", table()), ("dump.json", b"[%s]" % lines()[:-1].replace(b"\n", b","))],
)
def test_a_piece_is_no_larger_than_a_document_may_be(tmp_path: Path, name: str, content: bytes) -> None:
    given = found(tmp_path, name, content, most_bytes=700)
    assert max(len(one.content) for one in given.documents) <= 700
    assert len(titles(given.documents)) == RECORDS


def test_a_bad_line_is_named_by_its_number_in_the_file(tmp_path: Path) -> None:
    given = found(tmp_path, "dump.jsonl", lines(30) + b"{broken\n" + lines(5))
    problems = [problem for one in given.documents for problem in extract(one, Limits()).problems]
    assert [problem.origin.rpartition(":")[2] for problem in problems] == ["31"]


def test_what_ends_its_lines_otherwise_is_read_whole_or_not_at_all(tmp_path: Path) -> None:
    given = found(tmp_path, "dump.jsonl", lines().decode().encode("utf-16"))
    assert given.documents == ()
    assert "more than limits.document_bytes" in given.problems[0].reason


def test_a_piece_of_a_file_that_changes_meanwhile_is_empty(tmp_path: Path) -> None:
    first, *others = found(tmp_path, "dump.jsonl", lines()).documents
    assert pickle.loads(pickle.dumps(others[1])).content == others[1].content  # noqa: S301 - it was made here
    with (tmp_path / "in" / "dump.jsonl").open("r+b") as file:
        file.truncate(1_500)
    assert others[-1].content == b""
    assert [problem.reason for problem in extract(others[-1], Limits()).problems] == ["an empty file"]
    assert first.content


def test_an_edition_of_pieces_is_made_again_and_verified(tmp_path: Path) -> None:
    found(tmp_path, "dump.jsonl", lines())
    said, inputs = made_twice(tmp_path, "document_bytes: 2000, records: 33")
    assert "7 more lines have no room" in said
    assert "33 compared" in said
    assert b'"first": ' in inputs
