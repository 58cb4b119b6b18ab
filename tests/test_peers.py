"""The comparison with other programs, as far as it goes without them."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
import requests

from benchmarks.bench import Cost, cost_of, report
from benchmarks.peers.__main__ import REAPER
from benchmarks.peers.site import EACH, OUTLETS, served
from briefing.config import Limits
from briefing.extract import extract, parse_feed
from briefing.models import Document

ROOT = Path(__file__).parents[1]


def _articles() -> list[str]:
    told = "Ferries sail to the islands again after nine days of storm. The harbour says that three of them are full. "
    return [f"Harbour <{n}> opens & sails\n\n{told * 4}Article {n} ends here." for n in range(OUTLETS * EACH)]


def test_each_feed_and_page_is_served() -> None:
    found = []
    with served(_articles()) as feeds:
        for address in feeds:
            entries = parse_feed(requests.get(address, timeout=9).content).entries
            assert len(entries) == EACH
            for entry in entries:
                assert entry.url
                page = requests.get(entry.url, timeout=9).content
                document = Document(origin="page.html", media_type="text/html", content=page)
                found += [(entry.title, article) for article in extract(document, Limits()).articles]
    assert len(feeds) == len(set(feeds)) == OUTLETS
    assert sorted((title, article.title) for title, article in found) == sorted(
        (f"Harbour <{n}> opens & sails",) * 2 for n in range(OUTLETS * EACH)
    )
    ends = {article.paragraphs[-1].text.rpartition("Article ")[2] for _, article in found}
    assert ends == {f"{n} ends here." for n in range(OUTLETS * EACH)}


def test_what_is_not_installed_is_skipped_in_a_line(tmp_path: Path) -> None:
    environ = {**os.environ, "PATH": str(tmp_path), "XDG_CACHE_HOME": str(tmp_path), "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "benchmarks.peers"]
    done = subprocess.run(command, cwd=ROOT, env=environ, capture_output=True, text=True, check=True)
    lines = done.stdout.splitlines()
    assert [line.partition("  ")[0] for line in lines] == ["goosepaper", "calibre's PDF", "calibre's EPUB"]
    assert all("skipped: not installed; install it with `" in line for line in lines)


def test_ratios_are_medians_of_pairs(capsys: pytest.CaptureFixture[str]) -> None:
    runs = [(Cost(1, 4, 50), Cost(2, 8, 100)), (Cost(3, 1, 50), Cost(4, 10, 100)), (Cost(9, 9, 50), Cost(4, 10, 100))]
    report("to a peer", runs, most=Cost(float("inf"), 0.45, 0.5))
    assert capsys.readouterr().out.removeprefix("to a peer").strip().split("   ") == [
        "wall 3.00 to 4.00 s = 0.75",
        "cpu 4.00 to 10.00 s = 0.50 (at most 0.45: missed)",
        "memory 50.00 to 100.00 MB = 0.50 (at most 0.5)",
    ]


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux hands orphans to whom they come from")
def test_a_process_that_outlives_its_command_is_charged() -> None:
    busy = "import time\nwhile time.process_time() < .5: pass"
    leaves = f"import subprocess, sys; subprocess.Popen([sys.executable, '-ISc', {busy!r}])"
    command = [sys.executable, "-ISc", leaves]
    assert cost_of(command).cpu < 0.4 < 0.5 < cost_of([sys.executable, "-ISc", REAPER, *command]).cpu


def test_a_command_that_fails_is_no_cost() -> None:
    command = [sys.executable, "-ISc", "import sys; sys.exit('no paper')"]
    with pytest.raises(subprocess.CalledProcessError) as raised:
        cost_of([sys.executable, "-ISc", REAPER, *command])
    assert raised.value.stderr.strip() == "no paper"
