"""Processor time and wall time against goosepaper and calibre, on the same forty articles: `make bench ARGS=peers`.

    python -m benchmarks.peers              the comparison, of what is installed
    python -m benchmarks.peers --install    goosepaper, in an environment of its own in the user's cache

All fetch the same feeds, and the pages that those name, from loopback and write a PDF. Each runs once to warm up, then
all of them in turn; the ratio quoted is the median of the rounds'. A command is charged with all processes that come of
it, those that outlive it included.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from benchmarks.bench import DAY, ROOT, START, Cost, cost_of, report, texts, write_articles
from benchmarks.peers.site import EACH, OUTLETS, served

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

ROUNDS = int(os.environ.get("ROUNDS", "3"))
MOST = Cost(float("inf"), 0.5, float("inf"))
COLLECTED = "2019-03-21T04:00:00Z"
CACHE = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache", "briefing-peers")
"""The environment of goosepaper."""
PYTHONS = ("python3", "python3.14", "python3.13", "python3.12")
REAPER = """
import ctypes, os, signal, subprocess, sys
if sys.platform == "linux":
    ctypes.CDLL(None).prctl(36, 1, 0, 0, 0)
status = subprocess.run(sys.argv[1:], stdin=subprocess.DEVNULL).returncode
signal.alarm(60)
try:
    while True:
        os.wait()
except ChildProcessError:
    sys.exit(status)
"""
"""Runs a command and waits for what it leaves behind, too (PR_SET_CHILD_SUBREAPER): Qt's processes outlive calibre."""


class Peer(NamedTuple):
    """A program, and how it makes a paper of the feeds."""

    name: str
    command: str
    install: str
    setup: Callable[[Path, Sequence[str]], list[str]]
    """Writes its configuration into a folder, and returns its arguments."""
    makes: str
    """The file that it writes there."""

    def path(self) -> str | None:
        """Return where its command is, None where it is not installed."""
        return shutil.which(self.command, path=f"{CACHE / 'bin'}{os.pathsep}{os.environ.get('PATH', '')}")


def goosepaper(folder: Path, feeds: Sequence[str]) -> list[str]:
    """Configure goosepaper: on A4, in the style that fetches no fonts from the web."""
    sources = [{"type": "rss", "url": feed, "limit": EACH} for feed in feeds]
    paper = {"style": "Academy", "page_profile": "a4"}
    (folder / "goose.json").write_text(json.dumps({"version": 2, "paper": paper, "sources": sources}))
    return ["-c", str(folder / "goose.json"), "-o", str(folder / "goose.pdf")]


def calibre(folder: Path, feeds: Sequence[str], kind: str) -> list[str]:
    """Write a recipe for calibre, which finds the text of a page by itself."""
    (folder / "day.recipe").write_text(
        "from calibre.web.feeds.news import BasicNewsRecipe\n\n\nclass Day(BasicNewsRecipe):\n"
        f"    title = 'The day'\n    feeds = {[(feed, feed) for feed in feeds]!r}\n"
        f"    max_articles_per_feed = {EACH}\n    oldest_article = 100_000\n    auto_cleanup = True\n"
    )
    paper = ["--paper-size", "a4"] if kind == "pdf" else []
    return [str(folder / "day.recipe"), str(folder / f"calibre.{kind}"), *paper]


APT = "`apt-get install calibre`, or see calibre-ebook.com"
PEERS = (
    Peer("goosepaper", "goosepaper", "`python -m benchmarks.peers --install`", goosepaper, "goose.pdf"),
    Peer("calibre's PDF", "ebook-convert", APT, lambda folder, feeds: calibre(folder, feeds, "pdf"), "calibre.pdf"),
    Peer("calibre's EPUB", "ebook-convert", APT, lambda folder, feeds: calibre(folder, feeds, "epub"), "calibre.epub"),
)


def compare_with_peers() -> None:
    """Print the costs of each program that is installed, and a line for each that is not."""
    there = []
    for peer in PEERS:
        if path := peer.path():
            there.append((peer, path))
        else:
            print(f"{peer.name:<22}skipped: not installed; install it with {peer.install}")
    if not there:
        return
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")  # calibre sets its PDF in a browser, which needs no screen
    if not os.getuid():
        os.environ.setdefault("QTWEBENGINE_DISABLE_SANDBOX", "1")  # a sandbox refuses the superuser
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        os.environ["CALIBRE_CONFIG_DIRECTORY"] = str(folder / "calibre")
        articles = [path.read_text() for path in sorted(write_articles(folder / "day", OUTLETS * EACH).iterdir())]
        with served(articles) as feeds:
            _compare(folder, feeds, there)


def _compare(folder: Path, feeds: Sequence[str], there: Sequence[tuple[Peer, str]]) -> None:
    """Run all in turn; a peer that fails the first time is told and left out."""
    _brief(folder, feeds)
    print(f"peers: {OUTLETS * EACH} articles of {OUTLETS} feeds, {texts()[1]}; all fetch the feeds and their pages")
    print(f"  briefing: a brief of them, {_told(next(folder.glob('out/2*/brief.pdf')))}; wall time has its pauses")
    commands: dict[Peer, list[str]] = {}
    for peer, path in there:
        command = [sys.executable, "-ISc", REAPER, path, *peer.setup(folder, feeds)]
        try:
            cost_of(command)
        except subprocess.CalledProcessError as error:
            why = (error.stderr.strip().splitlines() or [f"exit status {error.returncode}"])[-1]
            print(f"{peer.name:<22}skipped: it fails here: {why}")
            continue
        commands[peer] = command
        print(f"  {peer.name}: the articles in full, {_told(folder / peer.makes)}")
    rounds = [
        (_brief(folder, feeds), {peer: cost_of(command) for peer, command in commands.items()}) for _ in range(ROUNDS)
    ]
    for peer in commands:
        report(f"to {peer.name}", [(one, others[peer]) for one, others in rounds], most=MOST)


def _brief(folder: Path, feeds: Sequence[str]) -> Cost:
    """Return what it costs to collect the feeds and to build a brief, both from nothing."""
    config, out = folder / "config.yaml", folder / "out"
    rows = "".join(f"  - {{feed: '{feed}', allow_private: true}}\n" for feed in feeds)
    config.write_text(f"extends: {ROOT / 'config.yaml'}\narchive: {{folder: {out}}}\nsources:\n{rows}")
    shutil.rmtree(out, ignore_errors=True)
    program = [sys.executable, "-c", START]
    steps = (["collect", "--now", COLLECTED], ["build", *DAY, "--format", "pdf"])
    costs = [cost_of([*program, *step, "-q", "-c", str(config)]) for step in steps]
    return Cost(sum(cost.wall for cost in costs), sum(cost.cpu for cost in costs), max(cost.memory for cost in costs))


def _told(path: Path) -> str:
    """Return the kind and extent of what was written."""
    if path.suffix != ".pdf":
        return f"{path.suffix[1:].upper()} of {path.stat().st_size // 1000} kB"
    from pypdfium2 import PdfDocument

    with PdfDocument(path) as pdf:
        words = sum(len(page.get_textpage().get_text_range().split()) for page in pdf)
        return f"PDF of {len(pdf)} pages and {words:,} words"


def install() -> None:
    """Install goosepaper, which needs Python 3.12, in an environment of its own."""
    recent = "import sys; sys.exit(sys.version_info < (3, 12))"
    for python in filter(None, map(shutil.which, PYTHONS)):
        if subprocess.run([python, "-c", recent], check=False).returncode == 0:
            break
    else:
        raise SystemExit(f"goosepaper needs Python 3.12 or later; none of {', '.join(PYTHONS)} is one")
    subprocess.run([python, "-m", "venv", "--clear", str(CACHE)], check=True)
    # older versions of pip pass over lxml's extra of this name
    subprocess.run([str(CACHE / "bin" / "pip"), "install", "-q", "goosepaper", "lxml_html_clean"], check=True)
    print(f"goosepaper lies in {CACHE}; delete that folder to remove it")


if __name__ == "__main__":
    install() if sys.argv[1:] == ["--install"] else compare_with_peers()
