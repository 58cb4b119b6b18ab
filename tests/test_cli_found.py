"""Which configuration is meant where none is named, and what is said where there is none."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.command import call

if TYPE_CHECKING:
    from pathlib import Path

TEXT = "brief: {title: T}\nsources: [{folder: articles}]\nsections: [{id: water, title: Water, terms: {en: [flood]}}]\n"
ARTICLE = "# A flood\n\nThe flood reached the mill on Monday, the board of the harbour said. Nobody was hurt.\n"


def desk(folder: Path) -> Path:
    (folder / "articles").mkdir(parents=True)
    (folder / "articles" / "a.md").write_text(ARTICLE, "utf-8")
    (folder / "config.yaml").write_text(TEXT, "utf-8")
    return folder


def built(cwd: Path, *more: object, **environ: str) -> tuple[int, str, str]:
    done = call("build", "--date", "2019-03-21", "--format", "md", *more, cwd=cwd, **environ)
    return done.returncode, done.stdout, done.stderr


def test_it_is_found_by_its_variable_upward_and_at_home(tmp_path: Path) -> None:
    below = desk(tmp_path / "desk") / "notes" / "march"
    below.mkdir(parents=True)
    code, paths, _ = built(below)
    assert (code, paths) == (0, f"{tmp_path}/desk/output/2019-03-21/brief.md\n")
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    assert built(elsewhere, BRIEFING_CONFIG="../desk/config.yaml")[0] == 0
    desk(tmp_path / "home" / "briefing")
    assert built(elsewhere, XDG_CONFIG_HOME=str(tmp_path / "home"))[1].startswith(str(tmp_path / "home" / "briefing"))


def test_another_programs_config_above_is_not_taken(tmp_path: Path) -> None:
    (tmp_path / "config.yaml").write_text("logging: {level: debug}\n", "utf-8")
    (tmp_path / "below").mkdir()
    code, _, told = built(tmp_path / "below", XDG_CONFIG_HOME=str(tmp_path))
    assert code == 2
    assert told.startswith("config.yaml: there is no such file; `briefing init desk` makes a desk with one")


def test_one_in_a_folder_beside_is_named(tmp_path: Path) -> None:
    desk(tmp_path / "desk")
    code, _, told = built(tmp_path, XDG_CONFIG_HOME=str(tmp_path))
    assert code == 2
    assert told.startswith("config.yaml: there is none here, but one in desk/; `cd desk` first, or name it with -c")
    desk(tmp_path / "other")
    assert "one in desk/ (and in other/); `cd desk` first" in built(tmp_path, XDG_CONFIG_HOME=str(tmp_path))[2]


def test_a_single_file_may_be_a_source(tmp_path: Path) -> None:
    home = desk(tmp_path / "desk")
    (home / "config.yaml").write_text(TEXT.replace("folder: articles", "folder: articles/a.md"), "utf-8")
    code, _, told = built(home)
    assert code == 0, told
    assert "1 story from 1 article" in told


def test_folders_of_the_config_may_be_missing_where_others_are_given(tmp_path: Path) -> None:
    home = desk(tmp_path / "desk")
    (home / "articles").rename(tmp_path / "mine")
    assert built(home)[0] == 2
    code, _, told = built(home, tmp_path / "mine")
    assert code == 0
    assert told.splitlines()[-1].startswith("made brief.md: 1 story from 1 article, 0 left out, in ")


def test_help_says_what_the_exit_codes_mean(tmp_path: Path) -> None:
    assert "4 made but not delivered" in " ".join(call("--help", cwd=tmp_path).stdout.split())


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["bild"], "no such command 'bild', did you mean 'build'?"),
        (["collect"], "no source is asked: folders are read when a brief is built"),
        (["sources"], "no source is asked: folders are read when a brief is built"),
    ],
)
def test_what_a_new_user_tries_is_answered(words: list[str], told: str, tmp_path: Path) -> None:
    assert told in call(*words, cwd=desk(tmp_path / "desk")).stderr
