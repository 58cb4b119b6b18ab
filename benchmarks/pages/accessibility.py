"""What axe-core finds in the HTML editions, in a real headless Chromium."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

SCRIPT = Path(__file__).with_name("accessibility.js")
PACKAGES = ("axe-core@4", "puppeteer-core@24")
BROWSERS = ("chromium", "chromium-browser", "google-chrome")


def browser(root: Path) -> tuple[str, Path] | str:
    """Return Chromium and the folder of axe-core, fetched once into .venv; or the reason why there is none."""
    found = next(filter(None, map(shutil.which, BROWSERS)), None)
    home = root / ".venv" / "axe"
    if found is None or shutil.which("npm") is None:
        return "no Chromium or no npm"
    if not (home / "node_modules" / "axe-core").is_dir():
        command = ["npm", "install", "--silent", "--prefix", str(home), *PACKAGES]
        if subprocess.run(command, capture_output=True, check=False).returncode != 0:
            return "axe-core cannot be fetched"
    return found, home


def findings(chromium: str, home: Path, files: Sequence[Path]) -> list[dict[str, Any]]:
    """Return one finding for each file, colour scheme and width."""
    environment = os.environ | {"NODE_PATH": str(home / "node_modules")}
    command = ["node", str(SCRIPT), chromium, *(str(file.resolve()) for file in files)]
    done = subprocess.run(command, capture_output=True, text=True, check=True, env=environment)
    return [json.loads(line) for line in done.stdout.splitlines()]
