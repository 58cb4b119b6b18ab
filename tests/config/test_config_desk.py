"""`briefing init`, `briefing schema` and the reading of config.yaml from the disk, by the commands themselves."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from briefing.cli.desk import init, schema
from briefing.cli.session import load_file
from briefing.config import schema_text
from briefing.errors import ConfigError


def run(*arguments: str) -> Result:
    return CliRunner().invoke(init, arguments, standalone_mode=False)


@pytest.mark.parametrize("example", ["standard", "humanitarian", "newsroom", "security"])
def test_a_desk_is_ready_to_build(example: str, tmp_path: Path) -> None:
    desk = tmp_path / "my desk"
    result = run(str(desk), "--example", example)
    assert result.stdout == f"{desk / 'config.yaml'}\n"
    assert "briefing build" in result.stderr
    assert sorted(path.name for path in desk.iterdir()) == [
        "config.schema.json",
        "config.yaml",
        "output",
        "seeds",
        "templates",
    ]
    assert (desk / "templates" / "standard" / "brief.html.j2").is_file()
    assert load_file(desk / "config.yaml", environ={}).sources[0].address == "seeds"


def test_a_config_that_is_there_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "config.yaml").write_text("mine\n", "utf-8")
    result = run(str(tmp_path))
    assert result.return_value == 1
    assert "already exists" in result.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["config.yaml"]


def test_no_file_is_overwritten(tmp_path: Path) -> None:
    mine = tmp_path / "templates" / "standard" / "style.css"
    mine.parent.mkdir(parents=True)
    mine.write_text("body {}\n", "utf-8")
    result = run(str(tmp_path))
    assert mine.read_text("utf-8") == "body {}\n"
    assert f"{mine} already exists and was kept" in result.stderr
    assert (tmp_path / "config.yaml").is_file()


def test_a_template_alone_is_copied_into_a_desk(tmp_path: Path) -> None:
    (tmp_path / "config.yaml").write_text("mine\n", "utf-8")
    result = run(str(tmp_path), "--template", "standard")
    assert result.stdout == f"{tmp_path / 'templates' / 'standard'}\n"
    assert (tmp_path / "templates" / "standard" / "style.css").is_file()
    assert run(str(tmp_path), "--template", "nothing").return_value == 1


def test_a_place_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "seeds").write_text("a file where a folder must be\n", "utf-8")
    result = run(str(tmp_path))
    assert result.return_value == 1
    assert "seeds" in result.stderr


def test_the_schema_is_printed_as_json() -> None:
    assert json.loads(CliRunner().invoke(schema, standalone_mode=False).stdout) == json.loads(schema_text())


def told(path: Path) -> str:
    with pytest.raises(ConfigError) as raised:
        load_file(path, environ={})
    (mistake,) = raised.value.mistakes
    return str(mistake)


def test_what_is_no_file_is_told_in_one_line(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "large.yaml").write_bytes(b"a: b\n" * 1_000_000)
    (tmp_path / "link.yaml").symlink_to(tmp_path / "nowhere")
    lost = " there is no such file; `briefing init desk` makes a desk with one, and -c or BRIEFING_CONFIG names another"
    assert told(tmp_path) == f"{tmp_path}: cannot be read: it is a folder"
    assert told(tmp_path / "pipe").startswith(f"{tmp_path / 'pipe'}: cannot be read: it is no regular file")
    assert told(tmp_path / "nowhere.yaml") == f"{tmp_path / 'nowhere.yaml'}:{lost}"
    assert told(tmp_path / "link.yaml") == f"{tmp_path / 'link.yaml'}:{lost}"
    assert told(tmp_path / "large.yaml").endswith("larger than 1,000,000 bytes: this is no config")


def test_folders_start_from_the_config_and_extends_is_followed(tmp_path: Path) -> None:
    (tmp_path / "articles").mkdir()
    (tmp_path / "base.yaml").write_text("sections: [{id: water, title: Water, terms: {en: [water]}}]\n", "utf-8")
    path = tmp_path / "config.yaml"
    path.write_text("extends: base.yaml\nsources: [{folder: articles}]\n", "utf-8")
    assert load_file(path, environ={}).sections[0].id == "water"
    path.write_text("extends: base.yaml\nsources: [{folder: article}]\npage: {template: mail}\n", "utf-8")
    with pytest.raises(ConfigError) as raised:
        load_file(path, environ={})
    first, second = (mistake.message for mistake in raised.value.mistakes)
    assert first == f"there is no folder 'article' in '{tmp_path}', the folder of this file"
    assert second.startswith("there is no template 'mail'")


def test_the_command_exits_2_underlines_and_writes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "config.yaml"
    path.write_text("version: 1\nsectoins: []\nbrief: {title: 5}\n", "utf-8")
    command = (sys.executable, "-c", "from briefing.cli import main; main()", "build", "-c", str(path))
    result = subprocess.run(command, capture_output=True, text=True, check=False)
    assert result.returncode == 2
    assert f"{path}:2:1: unknown key 'sectoins', did you mean 'sections'?" in result.stderr
    assert "  2 | sectoins: []\n    | ^^^^^^^^\n" in result.stderr
    assert "Traceback" not in result.stderr
    assert not result.stdout
    assert [one.name for one in tmp_path.iterdir()] == ["config.yaml"]


@pytest.mark.parametrize("line", ["use: conflict", "use: [conflict]", "extends: conflict-words.yaml"])
def test_the_words_of_a_pack_stand_under_those_of_the_desk(tmp_path: Path, line: str) -> None:
    path = tmp_path / "config.yaml"
    (tmp_path / "seeds").mkdir()
    path.write_text(
        f"{line}\nsources: [{{folder: seeds}}]\naliases: {{detention: {{en: [cell]}}}}\n"
        "sections: [{id: held, title: Held, terms: {en: [detention]}, learned: detainees}]\n",
        "utf-8",
    )
    config = load_file(path, environ={})
    shipped = config.aliases["detention"]
    assert config.use == ["conflict"]
    assert isinstance(shipped, dict)
    assert shipped["en"] == ["cell"]
    assert "prisonnier" in shipped["fr"]


def test_a_file_that_has_the_name_of_the_words_of_a_pack_is_read_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "config.yaml"
    (tmp_path / "seeds").mkdir()
    path.write_text(
        "extends: conflict-words.yaml\nsources: [{folder: seeds}]\n"
        "sections: [{id: held, title: Held, terms: {en: [detention]}}]\n",
        "utf-8",
    )
    (tmp_path / "conflict-words.yaml").write_text("aliases: {detention: {en: [cell]}}\n", "utf-8")
    config = load_file(path, environ={})
    assert (config.use, config.aliases) == ([], {"detention": {"en": ["cell"]}})
