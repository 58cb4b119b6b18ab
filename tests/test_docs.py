"""What the documents promise: every command in them runs, every YAML in them loads."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from briefing.config import load
from tests.command import call

ROOT = Path(__file__).parents[1]
DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md"), ROOT / "seeds" / "README.md"])
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```", re.MULTILINE | re.DOTALL)
MAKES_ITSELF = ("make brief", "make test")
"""Commands that would run this very test."""


WHOLE = "sources: [{folder: articles}]\nsections: [{id: water, title: Water, terms: {en: [river]}}]\n"
"""What makes a whole configuration of a part that a document shows."""


def blocks(language: str) -> list[tuple[str, str]]:
    found = [(path.name, kind, text) for path in DOCUMENTS for kind, text in BLOCK.findall(path.read_text("utf-8"))]
    return [(name, text) for name, kind, text in found if kind == language]


def commands(name: str) -> list[str]:
    lines = [
        line.split("  #")[0].strip() for document, text in blocks("sh") if document == name for line in text.split("\n")
    ]
    return [line for line in lines if line and not line.startswith(MAKES_ITSELF)]


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A folder with what a user has: the sample's files, and the command where the README says that it lies."""
    for name in ("config.yaml", "seeds", "templates"):
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, tmp_path / name)
        else:
            shutil.copy(source, tmp_path)
    (tmp_path / ".venv").symlink_to(Path(sys.prefix))
    return tmp_path


def followed(command: list[str], folder: Path) -> subprocess.CompletedProcess[str]:
    """Follow a command of a document in a folder; the program's own in this process, which is quicker."""
    if command[0] == ".venv/bin/briefing":
        return call(*command[1:], cwd=folder)
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


@pytest.mark.parametrize(
    "name", sorted({name for name, _ in blocks("sh")} - {"cookbook.md", "sources.md", "ten-minutes.md"})
)  # they have tests of their own
def test_every_command_in_the_documents_runs(name: str, checkout: Path) -> None:
    for command in commands(name):
        result = followed(shlex.split(command), checkout)
        assert result.returncode == 0, f"{command}\n{result.stderr}"


def test_every_exit_code_is_in_the_documents() -> None:
    from briefing.cli import output

    told = (ROOT / "docs" / "upkeep.md").read_text("utf-8")
    assert {output.DONE, output.FAILED, output.CONFIG, output.PROBLEMS, output.UNDELIVERED} == set(range(5))
    assert all(f"\n| {code} | " in told for code in range(5))


def test_the_two_commands_of_the_readme_are_targets_of_make() -> None:
    for command in MAKES_ITSELF:
        result = subprocess.run(["make", "-n", *command.split()[1:]], cwd=ROOT, capture_output=True, check=False)
        assert result.returncode == 0


@pytest.mark.parametrize(
    ("manager", "command"), [("apt-get", "sudo apt-get install -y python3-venv"), ("", "brew install")]
)
def test_a_machine_without_python_is_told_in_one_line_what_it_lacks(manager: str, command: str, tmp_path: Path) -> None:
    shutil.copytree(ROOT / ".ci", tmp_path / ".ci")
    tools = tmp_path / "bin"
    tools.mkdir()
    for tool in ("sh", "date", "dirname", "rm"):
        (tools / tool).symlink_to(shutil.which(tool) or "")
    for tool, code in [("id", "echo 1000"), *([(manager, "exit 1")] if manager else [])]:
        (tools / tool).write_text(f"#!/bin/sh\n{code}\n")
        (tools / tool).chmod(0o755)
    done = subprocess.run(
        ["sh", ".ci/setup"], cwd=tmp_path, env={"PATH": str(tools)}, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (1, "", 1)
    assert f"this machine has none. Run: {command}" in done.stderr


@pytest.mark.parametrize(("name", "text"), blocks("yaml"))
def test_every_yaml_in_the_documents_loads(name: str, text: str) -> None:
    rest = "" if "sections:" in text else WHOLE
    load(text + rest, name=name)


@pytest.mark.parametrize(("name", "text"), blocks("python"))
def test_every_program_in_the_documents_runs(
    name: str, text: str, checkout: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(checkout)
    exec(compile(text, name, "exec"), {})  # noqa: S102 - the documents' own


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_every_link_between_the_documents_leads_somewhere(path: Path) -> None:
    links = re.findall(r"\]\((?!https?:|mailto:|#)([^)#]+)", path.read_text("utf-8"))
    assert [link for link in links if not (path.parent / link).exists()] == []
