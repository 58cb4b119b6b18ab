"""An article or the config from standard input."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.command import ROOT, call

BRIEFING = str(Path(sys.executable).parent / "briefing")
SAMPLE = ["--date", "2019-03-21", "-c", str(ROOT / "config.yaml")]
ONE = ["--format", "json"]


def run(*arguments: object, cwd: Path = ROOT, given: str = "") -> subprocess.CompletedProcess[str]:
    command = [BRIEFING, *map(str, arguments)]
    return subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False, input=given)


@pytest.mark.parametrize(
    ("ask", "given"),
    [
        (run, "The camp falls\n\nThe camp of Baghouz fell on Monday. Nobody is left in the enclave.\n"),
        (call, "# The camp falls\n\nThe camp of **Baghouz** fell on Monday. Nobody is left in the enclave.\n"),
        (
            call,
            "<html><head><title>The camp falls</title></head><body><article>"  # noqa: ISC004 - one page
            "<p>The camp of Baghouz fell on Monday. Nobody is left in the enclave.</p></article></body></html>",
        ),
    ],
    ids=["text", "Markdown", "HTML"],
)
def test_an_article_is_read_from_standard_input(
    tmp_path: Path, ask: Callable[..., subprocess.CompletedProcess[str]], given: str
) -> None:
    result = ask("build", "-", *SAMPLE, *ONE, "-o", tmp_path, given=given)
    assert result.returncode == 0, result.stderr
    data = json.loads((tmp_path / "2019-03-21" / "brief.json").read_text())
    (article,) = data["articles"]
    assert (article["origin"], article["title"]) == ("standard input", "The camp falls")
    assert "The camp of Baghouz fell on Monday." in article["text"]
    explained = call("explain", "-", *SAMPLE, "--json", given=given)
    assert json.loads(explained.stdout)["id"] == article["id"]


def test_an_empty_standard_input_is_no_article(tmp_path: Path) -> None:
    result = call("build", "-", *SAMPLE, *ONE, "-o", tmp_path)
    assert result.returncode == 1
    assert "left out: standard input: " in result.stderr


def test_the_config_is_read_from_standard_input(tmp_path: Path) -> None:
    (tmp_path / "night").mkdir()
    (tmp_path / "night" / "a.txt").write_text("The bakery in the old town opened again. Bread costs less than it did.")
    config = (
        "sources: [{folder: night}]\nsections: [{id: bread, title: Bread, terms: {en: [bread]}, examples: [Rain]}]\n"
    )
    built = run("build", "-c", "-", "--date", "2019-03-21", *ONE, cwd=tmp_path, given=config)
    assert built.stdout == "output/2019-03-21/brief.json\n"
    checked = run("check", "-c", "-", cwd=tmp_path, given=config)
    assert checked.returncode == 1
    assert checked.stderr.startswith("<stdin>:2:71: section 'bread': the example should belong here")
    assert checked.stdout.startswith("<stdin>: no mistakes\n")
    wrong = run("check", "-c", "-", cwd=tmp_path, given=config.replace("night", "day"))
    assert (wrong.returncode, wrong.stderr.splitlines()[0]) == (2, "<stdin>:1:20: there is no folder 'day'")


@pytest.mark.parametrize("command", ["run", "schedule", "install", "status", "preview"])
def test_what_reads_the_config_again_takes_none_from_standard_input(command: str) -> None:
    result = run(command, "-c", "-")
    assert result.returncode == 2
    assert "a configuration from standard input cannot be read again; give a file" in result.stderr


def test_standard_input_holds_one_thing() -> None:
    result = run("build", "-", "-c", "-", given=(ROOT / "config.yaml").read_text())
    assert result.returncode == 2
    assert "standard input holds the configuration already" in result.stderr


def test_a_file_is_no_standard_input_for_its_name(tmp_path: Path) -> None:
    (tmp_path / "-").write_text("The camp of Baghouz fell on Monday. Nobody is left in the enclave.")
    explained = call("explain", "./-", *SAMPLE, "--json", cwd=tmp_path)
    assert json.loads(explained.stdout)["origin"].endswith("/-"), explained.stderr
    built = call("build", "./-", *SAMPLE, *ONE, "-o", tmp_path / "out", cwd=tmp_path)
    assert built.returncode == 0, built.stderr


def test_one_file_goes_to_standard_output_and_nothing_is_kept(tmp_path: Path) -> None:
    given = "The camp falls\n\nThe camp of Baghouz fell on Monday. Nobody is left in the enclave.\n"
    built = run("build", "-", *SAMPLE, *ONE, "-o", "-", cwd=tmp_path, given=given)
    assert json.loads(built.stdout)["articles"][0]["origin"] == "standard input"
    assert list(tmp_path.iterdir()) == []
    several = run("build", "-", *SAMPLE, "-o", "-", cwd=tmp_path, given=given)
    assert several.returncode == 2
    assert "say which, as in --format md" in several.stderr
    kept = run("status", "-o", "-", cwd=tmp_path)
    assert kept.returncode == 2
    assert "`briefing build -o -` prints one of their files" in kept.stderr
    assert list(tmp_path.iterdir()) == []
