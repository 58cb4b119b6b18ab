"""An edition that is made of the same as before is taken as it is; whatever has changed, it is as if it were new."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from briefing import text
from briefing.parallel.cache import FILE
from tests.command import call

if TYPE_CHECKING:
    from pathlib import Path

    from briefing.models import Article

CONFIG = """\
version: 1
brief: {title: Rivers, timezone: UTC}
sources: [{folder: night}]
sections:
  - {id: river, title: River, terms: {en: [river, flood]}}
  - {id: harbour, title: Harbour, terms: {en: [harbour, ship]}}
"""
ARTICLES = {
    "a.txt": "The flood\n\nThe river rose by two metres on Monday, the board said. Three villages were cut off.\n",
    "b.txt": "The harbour\n\nThe harbour of Port Sud was closed on Tuesday. Forty ships waited, its master said.\n",
    "c.md": "# A page\n\nThe river board met on Wednesday and voted for a new dam. It will cost 40 million euros.\n",
}
CHANGES = {
    "the configuration": ("config.yaml", CONFIG.replace("title: Rivers", "title: Waters")),
    "the terms of a section": ("config.yaml", CONFIG.replace("[river, flood]", "[dam]")),
    "an article": ("night/b.txt", ARTICLES["b.txt"].replace("Forty", "Fifty")),
    "one more article": (
        "night/d.txt",
        "Ships\n\nA ship with 300 containers ran aground at Port Sud, the harbour said.\n",
    ),
    "a note of the editor": ("notes/2019-03-21.md", "Ask the harbour.\n"),
    "a label": ("templates/standard/labels.en.yaml", "sources: Where from\n"),
}


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    folder = tmp_path / "desk"
    (folder / "night").mkdir(parents=True)
    (folder / "config.yaml").write_text(CONFIG)
    for name, words in ARTICLES.items():
        (folder / "night" / name).write_text(words)
    return folder


def build(desk: Path, *more: str) -> dict[str, bytes]:
    done = call("build", "-q", "--date", "2019-03-21", "--format", "html,md,json", *more, cwd=desk)
    assert done.returncode == 0, done.stderr
    return {path.name: path.read_bytes() for path in (desk / "output" / "2019-03-21").iterdir()}


def as_new(desk: Path) -> dict[str, bytes]:
    """Build in a copy of the desk that knows nothing."""
    copy = desk.with_name("new")
    shutil.rmtree(copy, ignore_errors=True)
    shutil.copytree(desk, copy, ignore=shutil.ignore_patterns("output"))
    return build(copy)


def refuse(*_: object, **__: object) -> None:
    raise AssertionError("it was made again")


def test_the_same_again_is_not_made_again(desk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = build(desk)
    monkeypatch.setattr("briefing.cli.making.brief_of_day", refuse)
    shutil.rmtree(desk / "output" / "2019-03-21")
    shutil.rmtree(desk / "output" / "store" / "objects")
    assert build(desk) == first
    assert len(list((desk / "output" / "store" / "objects").glob("*/*"))) == len(ARTICLES)


@pytest.mark.parametrize("change", CHANGES)
def test_whatever_has_changed_is_seen(change: str, desk: Path) -> None:
    first = build(desk)
    name, words = CHANGES[change]
    (desk / name).parent.mkdir(parents=True, exist_ok=True)
    (desk / name).write_text(words)
    second = build(desk)
    assert second != first
    assert second == as_new(desk)
    if (desk / name).read_text() not in (CONFIG, *ARTICLES.values()) and change != "one more article":
        assert build(desk) == second


def test_only_what_is_new_is_read(desk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    build(desk)
    (desk / "night" / "d.txt").write_text("The dam\n\nThe dam on the river broke at noon, the water board said.\n")
    read: list[str] = []
    analyse = text.analyse

    def noted(article: Article, *, max_sentences: int, max_sentence_chars: int) -> object:
        read.append(article.origin)
        return analyse(article, max_sentences=max_sentences, max_sentence_chars=max_sentence_chars)

    monkeypatch.setattr(text, "analyse", noted)
    assert build(desk) == as_new(desk)
    assert read[:1] == ["night/d.txt"]
    assert len(read) == 1 + len(ARTICLES) + 1  # as_new reads all


@pytest.mark.parametrize("state", ["deleted", "damaged", "another's"])
def test_a_cache_that_cannot_be_used_changes_no_byte(state: str, desk: Path) -> None:
    first = build(desk)
    cache = desk / "output" / "store" / "cache"
    if state == "deleted":
        shutil.rmtree(cache)
    elif state == "damaged":
        content = bytearray((cache / FILE).read_bytes())
        content[4096::97] = b"\xff" * len(content[4096::97])
        (cache / FILE).write_bytes(content)
    else:
        cache.chmod(0o777)
    assert build(desk) == first
    assert build(desk) == first


@pytest.mark.parametrize("command", [("check",), ("explain", "night/a.txt")])
def test_commands_that_only_look_write_nothing(command: tuple[str, ...], desk: Path) -> None:
    said = call(*command, "--date", "2019-03-21", cwd=desk)
    assert not (desk / "output").exists()
    build(desk)
    before = {path: path.stat().st_mtime_ns for path in desk.rglob("*")}
    assert call(*command, "--date", "2019-03-21", cwd=desk).stdout == said.stdout
    assert {path: path.stat().st_mtime_ns for path in desk.rglob("*")} == before
