"""A desk of three articles, `briefing preview` on it, and a browser that looks at it."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import dataclass
from html import escape
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.browser import CHROMIUM, MISSING, Browser, browser

if TYPE_CHECKING:
    from collections.abc import Iterator

COMMAND = str(Path(sys.executable).parent / "briefing")
CONFIG = """\
version: 1
brief: {title: River desk NUMBER, timezone: UTC}
sources:
  - folder: night
sections:
  - id: river
    title: The river
    terms: {en: [river, bank, harbour]}
  - id: bread
    title: Bread
    terms: {en: [bakery, wheat, old town]}
    threshold: 4.5
"""
NUMBERS = count(1)
HOSTILE = escape("<img src=x onerror='top.stolen=1'><script>top.stolen=2</script> & </p>")
ARTICLES = {
    "a.txt": "River rises\n\nThe river rose two metres on Monday. Families left the bank before night.",
    "b.html": f"<html><head><title>River warning {HOSTILE}</title></head><body><article>"
    f"<p>The river {HOSTILE} was closed by the harbour office on Monday, and nobody crossed it.</p></article></body>",
    "c.txt": "Bread again\n\nThe bakery in the old town opened its doors again on Tuesday morning.",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """A folder with a config, and the address of its preview."""

    folder: Path
    url: str

    @property
    def config(self) -> Path:
        return self.folder / "config.yaml"

    @property
    def story(self) -> Path:
        """The desk's own template of a story."""
        return self.folder / "templates" / "standard" / "story.html.j2"

    def reset(self) -> str:
        """Lay the files anew and return the brief's new title; who sees it sees all of them, for it is written last."""
        self.story.unlink(missing_ok=True)
        for name, text in ARTICLES.items():
            (self.folder / "night" / name).write_text(text)
        number = str(next(NUMBERS))
        self.config.write_text(CONFIG.replace("NUMBER", number))
        return f"River desk {number}"


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    folder = tmp_path_factory.mktemp("desk")
    for name in ("night", "templates/standard"):
        (folder / name).mkdir(parents=True)
    Desk(folder=folder, url="").reset()
    command = [
        COMMAND,
        "preview",
        "--no-open",
        "--port",
        "0",
        "--date",
        "2019-03-21",
        "-c",
        str(folder / "config.yaml"),
    ]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    assert process.stdout is not None
    try:
        yield Desk(folder=folder, url=process.stdout.readline().strip())
        process.terminate()  # not SIGINT, which what a shell starts in the background ignores
        _, said = process.communicate(timeout=30)
    finally:
        process.kill()
    told = "open this address; the brief is rebuilt whenever you save a file; Ctrl-C ends it\n"
    assert (process.returncode, said) == (0, f"{told}the preview has ended\n")


@pytest.fixture(scope="module")
def chromium(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    if CHROMIUM is None:
        pytest.skip(MISSING)
    with browser(tmp_path_factory.mktemp("chromium")) as started:
        yield started


@pytest.fixture
def desk(running: Desk) -> Desk:
    return running


@pytest.fixture
def page(desk: Desk, chromium: Browser) -> Browser:
    """The desk's preview, opened anew, with the brief in it and without a mistake."""
    chromium.events.clear()
    title = desk.reset()
    chromium.open(desk.url)
    chromium.wait(
        f"""document.getElementById("mistakes").hidden
        && document.getElementById("title").innerText.includes("{title},")
        && document.getElementById("brief").contentDocument.body.innerText.includes("{title}")
        && document.getElementById("brief").contentDocument.documentElement.dataset.ready"""
    )
    return chromium
