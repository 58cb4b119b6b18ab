"""Large files in small: what tests of pieces, lists and archives share."""

from __future__ import annotations

from typing import TYPE_CHECKING

from briefing.sources import open_files
from tests.command import call

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


def make_small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Take four kilobytes for a large file, and a few records for a piece."""
    monkeypatch.setattr(open_files, "WHOLE", 4_000)
    monkeypatch.setattr(open_files, "PIECE", 1_000)


def made_twice(desk: Path, limits: str) -> tuple[str, bytes]:
    """Make an edition of a desk's `in`, then again of its inputs, and verify it; return what was said, and the inputs.

    It must be the same to the byte, with every document compared.
    """
    config, folder = desk / "config.yaml", desk / "output" / "2019-03-21"
    config.write_text(
        "version: 1\nsources: [{folder: in}]\nsections: [{id: all, title: All, rest: true}]\n"
        f"limits: {{{limits}}}\n"
    )
    built = call("build", "-c", config, "--date", "2019-03-21", "--format", "json,md")
    assert built.returncode == 0, built.stderr
    made = {path.name: path.read_bytes() for path in folder.iterdir()}
    assert call("build", "--inputs", folder / "inputs.jsonl").returncode == 0
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == made
    said = built.stderr
    for sources in ((), (desk / "in",)):
        checked = call("verify", "-c", config, folder, *sources)
        assert (checked.returncode, " compared" in checked.stdout) == (0, True), checked.stdout + checked.stderr
        assert "not " not in checked.stdout, checked.stdout
        said += checked.stdout
    return said, made["inputs.jsonl"]
