"""A large JSON list is cut at the ends of its records, whatever stands in and around them."""

from __future__ import annotations

import gzip
import json
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from briefing.config import Limits
from briefing.extract import extract, likely_articles
from briefing.models import Document
from briefing.sources import open_files, read_paths
from tests.large_files import made_twice, make_small

if TYPE_CHECKING:
    from pathlib import Path

    from briefing.models import Article
    from briefing.sources import Found

COUNT = 40


@pytest.fixture(autouse=True)
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    make_small(monkeypatch)


def record(number: int) -> dict[str, Any]:
    text = f'The ferry number {number} left at noon, the pilot said. "It was ]}},{{[ late", \\he\\ told the {number}.'
    return {
        "id": f"r{number}",
        "title": f"Ferry {number} leaves",
        "text": text,
        "date": f"2019-03-{1 + number % 28:02}T10:00:00Z",
        "tags": ["sea", {"kind": ["ferry", None, -1.5e3]}, []],
    }


RECORDS = [record(number) for number in range(COUNT)]
LISTED = json.dumps(RECORDS)
LINES = "\n".join(map(json.dumps, RECORDS))
SHARED: dict[str, Any] = {"title": 'The "Post"', "language": "fr"}


def found(
    folder: Path, content: str | bytes, name: str = "dump.json", *, most_bytes: int = 2_000, most: int = 10_000
) -> Found:
    path = folder / "in" / name
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return read_paths([path.parent], most_bytes=most_bytes, most_records=most)


def articles(of: Found) -> list[Article]:
    return [article for one in of.documents for article in extract(one, Limits()).articles]


def titles(of: Found) -> list[str | None]:
    return [article.title for article in articles(of)]


def told(of: Found) -> list[str]:
    return [f"{problem.origin} {problem.reason}" for problem in of.problems]


FORMS = {
    "a list": LISTED,
    "indented": json.dumps(RECORDS, indent=3, ensure_ascii=False),
    "a mark and blanks before, blanks behind": f"\ufeff \r\n{LISTED}\n\n",
    "named": json.dumps({"items": RECORDS}),
    "among other lists and objects": json.dumps(
        {"meta": {"items": [1, {}]}, "errors": ["x"], "docs": RECORDS, "next": None, "links": [[], [{}]]}
    ),
    "the first of two names": json.dumps({"data": RECORDS[:9], "articles": RECORDS, "results": []}),
    "a name that is escaped": json.dumps({"version": "https://jsonfeed.org/version/1.1", "items": RECORDS}).replace(
        '"items"', '"it\\u0065ms"'
    ),
    "the last of two of one name": f'{{"items": [{{}}], "items": {LISTED}}}',
    "lines in spite of its name": LINES,
    "lines that hold lists": LINES.replace('"tags"', '"data"'),
}


@pytest.mark.parametrize("is_packed", [False, True])
@pytest.mark.parametrize("form", FORMS)
def test_the_records_of_a_large_list_are_those_of_its_lines(tmp_path: Path, form: str, *, is_packed: bool) -> None:
    content = FORMS[form].encode()
    given = found(tmp_path, *((gzip.compress(content), "dump.json.gz") if is_packed else (content, "dump.json")))
    assert given.problems == ()
    assert len(given.documents) >= 8
    assert given.documents[0].origin == "in/dump~1.json" + ".gz" * is_packed
    assert max(len(one.content) for one in given.documents) <= 1_100
    other = extract(Document(origin="x", media_type="application/jsonl", content=LINES.encode()), Limits()).articles
    read = [(one.title, one.text, one.outlet, one.published, one.language) for one in articles(given)]
    assert read == [(one.title, one.text, one.outlet, one.published, one.language) for one in other]
    entries = [one.origin.replace(":", "#").rpartition("#")[2] for one in articles(given)]
    assert entries == [f"r{number}" for number in range(COUNT)]
    assert sum(map(likely_articles, given.documents)) >= COUNT - 1  # the last line may have no end


@pytest.mark.parametrize(
    "content",
    [
        json.dumps(SHARED | {"items": RECORDS}),
        json.dumps({"items": RECORDS} | SHARED),
        json.dumps({"title": SHARED["title"], "about": {"title": "no"}, "items": RECORDS, "language": "fr"}, indent=1),
    ],
    ids=["before", "behind", "around"],
)
def test_what_is_said_of_all_records_reaches_each(tmp_path: Path, content: str) -> None:
    read = articles(found(tmp_path, content))
    assert len(read) == COUNT
    assert {(one.outlet, one.language) for one in read} == {('The "Post"', "fr")}


def test_records_without_ids_are_numbered_in_the_file(tmp_path: Path) -> None:
    bare = [{"text": one["text"]} for one in RECORDS]
    given = found(tmp_path, json.dumps([*bare[:30], 7, *bare[30:]]))
    entries = [article.origin.rpartition("#")[2] for article in articles(given)]
    assert entries == [str(number) for number in range(1, COUNT + 2) if number != 31]
    lost = [problem.origin for one in given.documents for problem in extract(one, Limits()).problems]
    assert [origin.rpartition("#")[2] for origin in lost] == ["31"]
    assert all(one.origin == f"in/dump~{one.first}.json" for one in given.documents)


@pytest.mark.parametrize("is_named", [False, True])
@pytest.mark.parametrize("most", [0, 1, 7, 39, 40])
def test_what_a_day_has_no_room_for_is_counted(tmp_path: Path, most: int, *, is_named: bool) -> None:
    given = found(tmp_path, json.dumps({"items": RECORDS}) if is_named else LISTED, most=most)
    assert titles(given) == [f"Ferry {number} leaves" for number in range(most)]
    more = f"in/dump.json:{most + 1} {COUNT - most} more records have no room in a day of limits.records"
    assert told(given) == ([more] if most < COUNT else [])


def test_lists_and_lines_share_the_room_of_a_day(tmp_path: Path) -> None:
    found(tmp_path, LISTED, "a.json")
    given = found(tmp_path, LINES, "b.jsonl", most=COUNT + 5)
    assert len(titles(given)) == COUNT + 5
    assert told(given) == ["in/b.jsonl:6 35 more lines have no room in a day of limits.records"]


LARGE = {"id": "x", "text": "word " * 1_000}


def test_a_record_that_is_too_large_costs_only_itself(tmp_path: Path) -> None:
    content = json.dumps([*RECORDS[:5], LARGE, *RECORDS[5:]])
    given = found(tmp_path, content)
    assert titles(given) == [f"Ferry {number} leaves" for number in range(COUNT)]
    assert told(given) == ["in/dump.json:6 a record of 5,024 bytes, more than limits.document_bytes allows (2,000)"]
    assert len(titles(found(tmp_path, content, most_bytes=6_000))) == COUNT + 1


@pytest.mark.parametrize("before", ["", '{"title": "The Post", "items": '])
def test_a_list_that_breaks_off_gives_what_stands_before(tmp_path: Path, before: str) -> None:
    content = before + LISTED
    for end in range(content.index('{"id": "r30"'), content.index('{"id": "r31"'), 7):
        given = found(tmp_path, content[:end])
        assert titles(given) == [f"Ferry {number} leaves" for number in range(30)]
        reason = "it breaks off, and what stands before that is read; fetch it again"
        assert told(given) == [f"in/dump.json:31 {reason}"]
    assert {one.outlet for one in articles(given)} == {"The Post" if before else None}


def test_a_packed_list_that_breaks_off_is_told_once(tmp_path: Path) -> None:
    packed = gzip.compress(LISTED.encode(), 0)
    given = found(tmp_path, packed[: 3 * len(packed) // 4], "dump.json.gz")
    assert 0 < len(titles(given)) < COUNT
    assert len(given.problems) == 1
    assert "the gzip archive breaks off" in given.problems[0].reason


@pytest.mark.parametrize("behind", ["]", "\n[1]", " x", '{"text": "y"}', "\n\n{"])
def test_what_stands_behind_a_list_is_told(tmp_path: Path, behind: str) -> None:
    given = found(tmp_path, LISTED + behind)
    assert len(titles(given)) == COUNT
    assert told(given) == ["in/dump.json:41 what stands behind the list is not read"]


def test_a_broken_record_costs_its_piece_alone(tmp_path: Path) -> None:
    given = found(tmp_path, LISTED.replace('"id": "r20"', '"id": r20'))
    assert COUNT - 5 < len(titles(given)) < COUNT
    problems = [problem for one in given.documents for problem in extract(one, Limits()).problems]
    assert ["no JSON" in problem.reason for problem in problems] == [True]


@pytest.mark.parametrize(
    "content",
    [
        json.dumps(LARGE),
        json.dumps({"news": RECORDS}),
        json.dumps({"text": "x", "items": {"items": RECORDS}}),
        json.dumps(RECORDS[0]) + json.dumps(LARGE),
        json.dumps(RECORDS[0], indent=1) + "\n" + json.dumps(LARGE),
        '"' + "x" * 5_000 + '"',
        "<p>" + "x" * 5_000,
        LISTED.encode("utf-16"),
        LISTED.encode("utf-32"),
        json.dumps([{"text": "船は正午に港を出た。" * 50}] * 9, ensure_ascii=False).encode("shift-jis"),
    ],
)
def test_what_is_no_list_is_one_document(tmp_path: Path, content: str | bytes) -> None:
    (only,) = found(tmp_path, content, most_bytes=10**6).documents
    assert (type(only), only.origin) == (Document, "in/dump.json")
    assert told(found(tmp_path, content))[0].startswith("in/dump.json ")


def test_a_small_list_is_one_document(tmp_path: Path) -> None:
    (only,) = found(tmp_path, json.dumps(RECORDS[:5])).documents
    assert (type(only), only.origin) == (Document, "in/dump.json")


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(st.sampled_from('ab"\\[]{},:é\u2028😀\n'), max_size=12),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=8,
)


@given(
    records=st.lists(VALUES, max_size=12),
    shared=st.none() | st.fixed_dictionaries({}, optional={"title": VALUES, "language": VALUES, "x": VALUES}),
    piece=st.integers(1, 90),
    indent=st.sampled_from([None, 0, 1]),
    ascii_only=st.booleans(),
    is_behind=st.booleans(),
)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_pieces_joined_are_the_records_of_the_whole(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    *,
    records: list[Any],
    shared: dict[str, Any] | None,
    piece: int,
    indent: int | None,
    ascii_only: bool,
    is_behind: bool,
) -> None:
    monkeypatch.setattr(open_files, "WHOLE", 0)
    monkeypatch.setattr(open_files, "PIECE", piece)
    data: Any = records
    if shared is not None:
        data = {"items": records, **shared} if is_behind else {**shared, "items": records}
    given = found(tmp_path, json.dumps(data, indent=indent, ensure_ascii=ascii_only), most_bytes=10**6)
    assert given.problems == () or not records
    whole = [json.loads(one.content) for one in given.documents]
    if shared is not None:
        said = {name: shared[name] for name in ("title", "language") if isinstance(shared.get(name), str)}
        assert all({name: value for name, value in one.items() if name != "items"} == said for one in whole)
        whole = [one["items"] for one in whole]
    assert [one for part in whole for one in part] == records
    assert [one.first for one in given.documents] == [1 + sum(map(len, whole[:at])) for at in range(len(whole))]


def test_an_edition_of_a_list_is_made_again_and_verified(tmp_path: Path) -> None:
    found(tmp_path, json.dumps({"items": RECORDS} | SHARED))
    said, _ = made_twice(tmp_path, "document_bytes: 2000, records: 33")
    assert "7 more records have no room" in said
    assert "33 compared" in said
