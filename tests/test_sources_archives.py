"""A large zip file is read member by member, as a small one is, and never whole."""

from __future__ import annotations

import csv
import gzip
import io
import json
import zipfile
from typing import TYPE_CHECKING

import pytest

from briefing.config import Limits
from briefing.extract import extract
from briefing.models import Document
from briefing.sources import archives, open_files, read_paths
from tests.large_files import made_twice, make_small

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from briefing.models import Article, Problem
    from briefing.sources import Found


@pytest.fixture(autouse=True)
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    make_small(monkeypatch)


def text(number: int) -> str:
    return (
        f"Ferry {number} leaves\n\nThe ferry number {number} left the harbour at noon, the pilot said, and was late. "
        f"It came back at {number} the next day, said the owner of the line."
    )


def record(number: int) -> dict[str, str]:
    title, _, words = text(number).partition("\n\n")
    return {"id": f"r{number}", "title": title, "text": words}


def table(count: int) -> str:
    out = io.StringIO()
    writer = csv.DictWriter(out, ["id", "title", "text"])
    writer.writeheader()
    writer.writerows(record(number) for number in range(count))
    return out.getvalue()


TEXTS = {f"day/{number}.txt": text(number) for number in range(40)}
LINES = "".join(json.dumps(record(number)) + "\n" for number in range(40))


def zipped(members: Mapping[str, str | bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def found(folder: Path, content: bytes, *, most_bytes: int = 2_000, most: int = 10_000) -> Found:
    path = folder / "in" / "day.zip"
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(content)
    return read_paths([path.parent], most_bytes=most_bytes, most_records=most)


def read(of: Found) -> tuple[list[Article], list[Problem]]:
    extractions = [extract(one, Limits()) for one in of.documents]
    problems = [problem for one in extractions for problem in one.problems]
    return [article for one in extractions for article in one.articles], [*of.problems, *problems]


def told(problems: list[Problem] | tuple[Problem, ...]) -> list[str]:
    return [f"{problem.origin} {problem.reason}" for problem in problems]


METHODS = [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA]


@pytest.mark.parametrize("method", METHODS)
def test_a_large_archive_gives_what_a_small_one_does(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, method: int
) -> None:
    others: dict[str, str | bytes] = {
        "../../etc/climbs.txt": text(90),
        "a/.hidden.txt": text(91),
        "__MACOSX/x.txt": text(92),
        "README.txt": text(93),
        "page.html": f"<html><body><h1>Ferry 94 leaves</h1><p>{text(94)}</p></body></html>",
        "list.json": json.dumps([record(95), record(96)]),
        "table.csv": table(2),
        "empty.txt": "",
        "inner.zip": zipped({"a.txt": text(97)}),
        "inner.txt.gz": gzip.compress(text(98).encode()),
        "picture.jpg": b"\xff\xd8\xff" + bytes(99),
    }
    content = zipped({**TEXTS, **others}, method)
    large = found(tmp_path, content)
    monkeypatch.setattr(open_files, "WHOLE", 1 << 20)
    (whole,) = found(tmp_path, content, most_bytes=10**6).documents
    assert type(whole) is Document
    small = extract(whole, Limits())
    articles, problems = read(large)
    assert [(one.origin, one.title, one.text) for one in articles] == [
        (one.origin, one.title, one.text) for one in small.articles
    ]
    assert sorted(told(problems)) == sorted(told(small.problems))
    assert "in/day.zip#../../etc/climbs.txt" in [one.origin for one in articles]
    assert len(problems) == 4


def test_two_members_of_one_name_are_two_articles(tmp_path: Path) -> None:
    buffer = io.BytesIO(zipped(TEXTS))
    with zipfile.ZipFile(buffer, "a") as archive, pytest.warns(UserWarning, match="Duplicate name"):
        archive.writestr("day/7.txt", text(99))
    origins = [article.origin for article in read(found(tmp_path, buffer.getvalue()))[0]]
    assert len(set(origins)) == 41
    assert origins[-1] == "in/day.zip#day/7.txt~"


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("dump.jsonl", LINES),
        ("dump.csv", table(40)),
        ("dump.json", json.dumps({"title": "The Post", "items": [record(number) for number in range(40)]})),
    ],
)
def test_large_files_of_records_in_it_come_in_pieces(tmp_path: Path, name: str, content: str) -> None:
    given = found(tmp_path, zipped({"a/" + name: content, "b.txt": text(50)}))
    articles, problems = read(given)
    assert problems == []
    assert [one.title for one in articles] == [f"Ferry {number} leaves" for number in [*range(40), 50]]
    assert max(len(one.content) for one in given.documents) <= 1_100
    assert given.documents[0].origin == f"in/day.zip#a/dump~1.{name[5:]}"
    again = [one.content for one in given.documents[::-1]]
    assert again[::-1] == [one.content for one in given.documents]


def test_members_are_unpacked_once_for_each_time_that_they_are_gone_through(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []

    class Counting(zipfile.ZipFile):
        def open(self, name, *args, **named):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN002, ANN003, ANN202
            opened.append(name.filename)
            return super().open(name, *args, **named)

    monkeypatch.setattr(archives, "ZipFile", Counting)
    monkeypatch.setattr(open_files, "BLOCKS", 2)
    given = found(tmp_path, zipped(TEXTS | {"dump.jsonl": LINES}))
    for _ in range(2):
        assert sorted(opened) <= sorted([*TEXTS, "dump.jsonl", "dump.jsonl"])  # its beginning is looked at first
        opened.clear()
        assert all(one.content for one in given.documents for _ in range(3))


@pytest.mark.parametrize("most", [0, 1, 39, 40, 45, 80])
def test_what_a_day_has_no_room_for_is_counted(tmp_path: Path, most: int) -> None:
    given = found(tmp_path, zipped(TEXTS | {"dump.jsonl": LINES}), most=most)
    assert len(read(given)[0]) == most
    if most == 45:
        reason = "in/day.zip#dump.jsonl:6 35 more lines have no room in a day of limits.records"
    else:
        reason = f"in/day.zip {41 - most} more files have no room in a day of limits.records"
    assert told(given.problems) == ([reason] if most < 80 else [])


def test_many_members_are_a_large_archive(tmp_path: Path) -> None:
    given = found(tmp_path, zipped({f"{number}.txt": "x" for number in range(2_001)}))
    assert len(given.documents) == 2_001


def forged(content: bytes, name: str, *, flag: int = 0, crc: int = 0) -> bytes:
    """Return an archive with other flags, or another sum, of one member, in its header and in the directory."""
    data = bytearray(content)
    for mark, places in ((b"PK\x03\x04", (6, 14, 30)), (b"PK\x01\x02", (8, 16, 46))):
        at = data.find(mark)
        while data[at + places[2] : at + places[2] + len(name)] != name.encode():
            at = data.find(mark, at + 1)
        data[at + places[0]] |= flag
        data[at + places[1]] ^= crc
    return bytes(data)


@pytest.mark.parametrize(
    ("damage", "reason"),
    [
        ({"flag": 1}, "is encrypted, password required for extraction"),
        ({"crc": 1}, "Bad CRC-32 for file 'day/7.txt'"),
    ],
)
def test_a_member_that_cannot_be_unpacked_costs_itself(tmp_path: Path, damage: dict[str, int], reason: str) -> None:
    given = found(tmp_path, forged(zipped(TEXTS), "day/7.txt", **damage))
    (only,) = told(given.problems)
    assert only.startswith("in/day.zip#day/7.txt cannot be unpacked: ")
    assert only.endswith(reason)
    assert len(read(given)[0]) == 39


@pytest.mark.parametrize("method", METHODS)
def test_damaged_members_never_crash(tmp_path: Path, method: int) -> None:
    content = bytearray(zipped(TEXTS, method))
    for at in range(40, content.index(b"PK\x01\x02"), 61):
        content[at] ^= 0x55
    given = found(tmp_path, bytes(content))
    assert len(given.documents) + len(given.problems) == 40
    assert all("cannot be unpacked" in problem.reason for problem in given.problems)


def test_records_with_a_wrong_sum_are_read_up_to_the_end(tmp_path: Path) -> None:
    given = found(tmp_path, forged(zipped({"dump.jsonl": LINES * 3}), "dump.jsonl", crc=1))
    assert 40 < len(read(given)[0]) < 120
    (only,) = given.problems
    assert only.origin.startswith("in/day.zip#dump.jsonl:")
    assert only.reason == "cannot be unpacked: Bad CRC-32 for file 'dump.jsonl'"
    given = found(tmp_path, forged(zipped({"dump.jsonl": LINES[:5_000]}), "dump.jsonl", crc=1))
    assert (given.documents, told(given.problems)) == ((), [f"in/day.zip#dump.jsonl {only.reason}"])


def test_a_member_that_is_too_large_costs_itself(tmp_path: Path) -> None:
    given = found(
        tmp_path, zipped(TEXTS | {"long.txt": "word " * 500, "one.json": json.dumps(record(1) | {"x": LINES})})
    )
    assert len(given.documents) == 40
    assert [problem.origin for problem in given.problems] == ["in/day.zip#long.txt", "in/day.zip#one.json"]
    assert "2,500 bytes, more than limits.document_bytes allows (2,000)" in given.problems[0].reason


def refused(folder: Path, content: bytes, *, most_bytes: int = 2_000) -> str:
    given = found(folder, content, most_bytes=most_bytes)
    assert given.documents == ()
    return " ".join(told(given.problems))


def test_archives_that_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = zipped(TEXTS)
    assert "unpacks to 9,000,000 bytes, which is taken for a bomb" in refused(
        tmp_path, zipped({f"{number}.txt": "0" * 900_000 for number in range(10)})
    )
    assert "no zip archive that can be opened" in refused(tmp_path, whole[:-30])
    assert "no zip archive that can be opened" in refused(tmp_path, whole.replace(b"PK\x01\x02", b"PK\x01\x09"))
    assert "without articles" in refused(tmp_path, zipped({f".{number}": "y" * 500 for number in range(9)}))
    assert "a spreadsheet" in refused(tmp_path, zipped({"[Content_Types].xml": "<x/>", "xl/a.xml": LINES}))
    (only,) = found(tmp_path, whole[:-30], most_bytes=10**6).documents  # as it was, and refused by its reader
    assert "no zip archive that can be opened" in extract(only, Limits()).problems[0].reason
    monkeypatch.setattr(archives, "_MOST_DIRECTORY", 1_000)
    assert "its directory has 2," in refused(tmp_path, whole)


def test_an_archive_of_more_than_its_format_once_held(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(zipfile, "ZIP_FILECOUNT_LIMIT", 3)
    monkeypatch.setattr(zipfile, "ZIP64_LIMIT", 300)
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in (TEXTS | {"dump.jsonl": LINES}).items():
            with archive.open(name, "w", force_zip64=True) as member:
                member.write(content.encode())
    assert b"PK\x06\x06" in buffer.getvalue()
    monkeypatch.undo()
    monkeypatch.setattr(open_files, "WHOLE", 4_000)
    articles, problems = read(found(tmp_path, buffer.getvalue()))
    assert (len(articles), problems) == (80, [])


def test_a_member_of_an_archive_that_changes_meanwhile_is_empty(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(open_files, "BLOCKS", 1)
    given = found(tmp_path, zipped({name: words * 9 for name, words in TEXTS.items()}, zipfile.ZIP_STORED))
    (tmp_path / "in" / "day.zip").write_bytes(zipped(dict.fromkeys(TEXTS, "x" * 2_000), zipfile.ZIP_STORED))
    assert {one.content for one in given.documents[:-1]} == {b""}
    with (tmp_path / "in" / "day.zip").open("r+b") as file:
        file.truncate(100)
    assert {one.content for one in given.documents} == {b""}


def test_an_edition_of_an_archive_is_made_again_and_verified(tmp_path: Path) -> None:
    found(
        tmp_path,
        zipped(
            {f"{number}.md": text(number).replace("pilot", "[pilot](https://a.org/b)") for number in range(40)}
            | {"table.csv": table(50)}
        ),
    )
    _, inputs = made_twice(tmp_path, "document_bytes: 20000")
    assert b'"in/day.zip#7.md"' in inputs
