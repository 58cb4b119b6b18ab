"""What lies on a shelf is what was put there, wherever it lies."""

from __future__ import annotations

import os
import pickle
from dataclasses import replace
from typing import TYPE_CHECKING, Any, cast

import pytest

from briefing.cli.making import Day, brief_of_day
from briefing.edition import json_bytes
from briefing.models import Notes
from briefing.parallel import Part, Shelf, Shelved, key_of, shelf
from tests.command import call
from tests.making import article
from tests.test_pipeline import REAL, ROOT, config, edition, found_in, needs_real

if TYPE_CHECKING:
    from pathlib import Path

    from briefing.edition import Brief


def test_a_part_is_the_tuple_that_it_stands_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shelf, "HELD", 2)
    kept = Shelf()
    records = [((number, "a", "b"), (number * 1.5,)) for number in range(9)]
    parts: list[Any] = [kept.put(*record) for record in records]
    for record, (words, scores) in zip(records, parts, strict=True):
        assert (words, scores) == record
        assert (len(words), words[1:], words[-1], [*words]) == (3, ("a", "b"), "b", list(record[0]))
        assert "a" in words
        assert hash(words) == hash(record[0])
        assert pickle.loads(pickle.dumps(words)) == record[0]  # noqa: S301 - it was made here
        assert isinstance(pickle.loads(pickle.dumps(words)), tuple)  # noqa: S301 - the same
        assert words != [*record[0]]


def test_an_article_with_parts_is_equal_and_has_the_same_key() -> None:
    one = article("A line.", "Another.")
    (paragraphs,) = Shelf().put(one.paragraphs)
    other = replace(one, paragraphs=cast("Any", paragraphs))
    assert isinstance(other.paragraphs, Part)
    assert other == one
    assert one == other
    assert other.text == one.text
    assert key_of(other) == key_of(one)
    assert replace(other, title="T").paragraphs is other.paragraphs


def test_on_a_full_disk_it_stays_in_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kept = Shelf(tmp_path)
    first: Any = kept.put((1, 2))
    assert not list(tmp_path.iterdir())  # it has no name

    def full(_file: int, _content: bytes, _place: int) -> int:
        raise OSError(28, "No space left on device")

    write = os.pwrite
    for pwrite in (full, lambda file, content, place: write(file, content[:5], place)):
        monkeypatch.setattr("briefing.parallel.shelf.os.pwrite", pwrite)
        second: Any = kept.put((3, 4))
        assert (*first, *second) == ((1, 2), (3, 4))
    monkeypatch.undo()
    third: Any = kept.put((6,))
    assert (*first, *second, *third) == ((1, 2), (3, 4), (6,))
    nowhere = Shelf(tmp_path / "missing")
    (alone,) = nowhere.put((5,))
    assert (*alone,) == (5,)


def test_what_records_leave_is_given_back_from_time_to_time(monkeypatch: pytest.MonkeyPatch) -> None:
    shelf.give_back()
    given: list[int] = []
    monkeypatch.setattr(shelf, "LEFT", 5)
    monkeypatch.setattr(shelf, "HELD", 1)
    monkeypatch.setattr(shelf, "give_back", lambda: given.append(1))
    kept = Shelf()
    numbers = [kept.keep((number,)) for number in range(7)]
    assert [kept.fetch(number) for number in (*numbers, 6)] == [*(((number,),) for number in range(7)), ((6,),)]
    assert len(given) == 2  # 7 put, 7 fetched, and one held


def test_a_library_that_cannot_give_back_is_no_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ctypes.CDLL", lambda _: object())
    shelf.give_back()


def test_values_are_kept_as_their_owner_packs_them(tmp_path: Path) -> None:
    for folder in (tmp_path, tmp_path / "missing"):
        kept = Shelved[int, str](Shelf(folder), pack=str.encode, unpack=bytes.decode)
        kept[3], kept[5] = "a", "b"
        kept[3] = "c"
        assert dict(kept) == {3: "c", 5: "b"}


@pytest.mark.parametrize("name", ["seeds", pytest.param("real", marks=needs_real)])
def test_a_brief_is_the_same_with_all_on_a_shelf(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings = config()
    found = found_in(REAL if name == "real" else ROOT / "seeds")
    day = Day(found=found, head=edition(settings), notes=Notes(), earlier=None, delivered=None)

    def made() -> Brief:
        return brief_of_day(day, settings, aside=tmp_path)[1]

    whole = made()
    monkeypatch.setattr("briefing.per_document.WORTH_SHELF", 1)
    monkeypatch.setattr(shelf, "HELD", 3)
    assert json_bytes(made()) == json_bytes(whole)


@pytest.mark.parametrize(
    "command", [("check",), ("explain", "2019-03-19-junud-sharq-al-furat.md"), ("suggest", "territory")], ids=" ".join
)
def test_commands_say_the_same_with_all_on_a_shelf(
    command: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "config.yaml").write_text(f"extends: {ROOT / 'config.yaml'}\nsources: [{{folder: {ROOT / 'seeds'}}}]\n")
    asked = (*command, "-c", tmp_path / "config.yaml", "--date", "2019-03-21")
    whole = call(*asked)
    monkeypatch.setattr("briefing.per_document.WORTH_SHELF", 1)
    monkeypatch.setattr(shelf, "HELD", 3)
    again = call(*asked)
    assert (again.returncode, again.stdout, again.stderr) == (whole.returncode, whole.stdout, whole.stderr)
    assert whole.stdout
