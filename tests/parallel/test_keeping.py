"""What is made of the program's libraries alone is kept for the user, and lost without harm."""

from __future__ import annotations

import errno
from typing import IO, TYPE_CHECKING, NoReturn

import pytest

from briefing.config import Config
from briefing.parallel import ProcessExecutor, Terms, keep_in, kept, kept_value
from briefing.parallel.keeping import kept_in
from briefing.pipeline import terms_of
from briefing.render.templates import _compiled, environment
from briefing.text import detect, detection
from briefing.themes import compile_sections

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

UNCLEAR = "Ang mga tao sa nayon ay pumunta sa ilog upang kumuha ng tubig at maghugas ng mga damit nila."


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    keep_in(tmp_path / "kept")
    yield tmp_path / "kept"
    keep_in(None)


def write(file: IO[bytes]) -> None:
    file.write(b"whole")


def read(path: Path) -> bytes:
    content = path.read_bytes()
    if content != b"whole":
        raise ValueError("damaged")
    return content


def refuse(_: object) -> NoReturn:
    raise AssertionError("it is there already")


def full(file: IO[bytes]) -> None:
    file.write(b"wh")
    raise OSError(errno.ENOSPC, "No space left on device")


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_it_is_made_once(folder: Path) -> None:
    assert kept("thing", "1", write, read) == b"whole"
    assert kept("thing", "1", refuse, read) == b"whole"
    assert names(folder) == ["thing-1"]


def test_what_is_damaged_is_made_anew(folder: Path) -> None:
    kept("thing", "1", write, read)
    (folder / "thing-1").write_bytes(b"who")
    assert kept("thing", "1", write, read) == b"whole"
    assert (folder / "thing-1").read_bytes() == b"whole"


def test_another_version_takes_its_place(folder: Path) -> None:
    kept("thing", "1", write, read)
    kept("other", "1", write, read)
    kept("thing", "2", write, read)
    assert names(folder) == ["other-1", "thing-2"]


def test_terms_that_are_kept_are_those_of_the_sections_as_they_are(folder: Path) -> None:
    for section in ({}, {"threshold": 2.0}, {"title": "Rivers"}, {"terms": {"en": ["river"]}}, {}):
        own = {"id": "river", "title": "River", "terms": {"en": ["water"]}} | section
        config = Config.model_validate({"sources": [{"folder": "in"}], "sections": [own]})
        for _ in range(2):
            assert terms_of(config).themes.sections == compile_sections(config.sections, {}).sections
        assert len(names(folder)) == 1


def test_on_a_full_disk_nothing_is_kept(folder: Path) -> None:
    assert kept("thing", "1", full, read) is None
    assert names(folder) == []


def test_where_the_folder_cannot_be_made_nothing_is_kept(folder: Path) -> None:
    folder.write_text("no folder")
    assert kept("thing", "1", write, read) is None


def test_two_may_make_it_at_once(folder: Path) -> None:
    def slowly(file: IO[bytes]) -> None:
        assert kept("thing", "1", write, read) == b"whole"
        write(file)

    assert kept("thing", "1", slowly, read) == b"whole"
    assert names(folder) == ["thing-1"]


def test_a_file_that_others_may_write_to_is_made_anew(folder: Path) -> None:
    kept("thing", "1", write, read)
    (folder / "thing-1").chmod(0o660)
    assert kept("thing", "1", write, read) == b"whole"
    assert (folder / "thing-1").stat().st_mode & 0o777 == 0o600


def test_in_a_folder_that_others_may_write_to_nothing_is_kept(folder: Path) -> None:
    kept("thing", "1", write, read)
    folder.chmod(0o770)
    assert kept("thing", "1", refuse, read) is None


def test_without_a_folder_nothing_is_made() -> None:
    assert kept("thing", "1", refuse, read) is None


def test_a_value_is_kept_for_what_it_was_made_of(folder: Path) -> None:
    assert kept_value("value", lambda: [1], "a") == [1]
    assert kept_value("value", lambda: [2], "a") == [1]
    assert kept_value("value", lambda: [3], "b") == [3]
    (path,) = folder.iterdir()
    path.write_bytes(path.read_bytes()[:-1])
    assert kept_value("value", lambda: [4], "b") == [4], "damaged"


def test_a_value_that_cannot_be_kept_is_made_once(folder: Path) -> None:
    folder.write_text("no folder")
    numbers = iter((1, 2))
    assert kept_value("value", lambda: next(numbers), "a") == 1


def test_a_template_is_compiled_for_what_it_says(folder: Path, tmp_path: Path) -> None:
    def filled(text: str, *, ending: str = "html") -> str:
        (tmp_path / "part").mkdir(exist_ok=True)
        (tmp_path / "part/x.j2").write_text(text)
        _compiled.cache_clear()  # as another start
        return environment([tmp_path], ending).get_template("part/x.j2").render(word="<b>")

    assert [filled("{{ word }}") for _ in range(2)] == ["&lt;b&gt;"] * 2
    assert filled("{{ word }}!") == "&lt;b&gt;!"
    assert filled("{{ word }}!", ending="txt") == "<b>!"
    assert [path.name.rpartition("-")[0] for path in sorted(folder.iterdir())] == ["html-part-x.j2", "txt-part-x.j2"]


def test_a_process_keeps_in_the_same_folder(folder: Path) -> None:
    with ProcessExecutor(Terms(seconds=lambda *_: 60.0), most=1) as executor:
        assert executor.submit(kept_in).result() == folder


def test_the_unpacked_model_tells_the_same_languages(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    texts = (UNCLEAR, "Aleppo Homs Idlib", "Il governo ha detto che non ci saranno altre riunioni oggi a Roma.")

    def ranks() -> list[list[tuple[str, float]]]:
        monkeypatch.setattr(detection, "_loaded", [])
        return [detection._model().rank(text) for text in texts]

    first = ranks()
    (model,) = folder.iterdir()
    assert ranks() == first, "as it lies unpacked"
    with model.open("r+b") as file:
        file.seek(30_000_000)
        file.write(b"damaged")
    assert ranks() == first, "made anew"
    keep_in(None)
    assert ranks() == first, "as the library loads it"
    assert detect(UNCLEAR) == "tl"
