"""PDF/UA-1 and PDF/A-3a, as veraPDF judges them."""

from __future__ import annotations

import shutil
import subprocess
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

FLAVOURS = ("ua1", "3a")


def validator(root: Path) -> Path | str:
    """Return veraPDF, set up once into .venv; or the reason why there is none."""
    setup, home = root.parent / "shared" / "tools" / "verapdf" / "setup.sh", root / ".venv" / "verapdf"
    if not setup.is_file():
        return "no ../shared"
    if shutil.which("java") is None:
        return "no java"
    if not (home / "verapdf").is_file():
        done = subprocess.run(["bash", str(setup), str(home)], capture_output=True, check=False)
        if done.returncode != 0:
            return "veraPDF cannot be set up"
    return home / "verapdf"


def judged(program: Path, files: Sequence[Path]) -> dict[str, tuple[int, list[str]]]:
    """Return for each flavour how many files pass, and a line for each that does not."""
    verdicts = {}
    for flavour in FLAVOURS:
        command = [str(program), flavour, *map(str, files)]
        lines = subprocess.run(command, capture_output=True, text=True, check=True).stdout.splitlines()
        failed = [line for line in lines if line.split("\t")[1] != "PASS"]
        verdicts[flavour] = (len(lines) - len(failed), failed)
    return verdicts
