from __future__ import annotations

import re
import shutil
import subprocess
from datetime import timedelta
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest

from briefing.config import Archive, BriefSettings
from briefing.delivery.archive import feed, read_entries, remove_older, tidy
from briefing.edition.files import edition_ids, write_files
from tests.delivery.desk import MORNING, TEMPLATES, files

if TYPE_CHECKING:
    from pathlib import Path

BRIEF = BriefSettings(title="Daily brief <& co>", timezone="Europe/Paris", marking="TLP:GREEN")
ATOM = {"a": "http://www.w3.org/2005/Atom"}
CHROMIUM = next(
    (path for name in ("chromium", "chromium-browser", "google-chrome") if (path := shutil.which(name))), None
)


@pytest.fixture
def output(tmp_path: Path) -> Path:
    for day, headline in (
        ("2019-02-28", "Snow on the pass"),
        ("2019-03-20", "Été à Baghouz"),
        ("2019-03-21", "<b>Bold</b>"),
    ):
        write_files(day, files(day, headline=headline), tmp_path)
    return tmp_path


def rebuild(output: Path, **settings: object) -> str:
    tidy(output, Archive.model_validate(settings), brief=BRIEF, templates=TEMPLATES, now=MORNING)
    return (output / "index.html").read_text()


def test_the_page_lists_all_editions_newest_first(output: Path) -> None:
    page = rebuild(output)
    assert re.findall(r'<article id="e-([^"]*)"', page) == ["2019-03-21", "2019-03-20", "2019-02-28"]
    assert re.findall(r"<h2>(.*)</h2>", page) == ["March 2019", "February 2019"]
    assert 'href="2019-03-21/brief.pdf"' in page
    assert 'href="2019-03-21/brief.html"' in page
    assert "3 editions" in page
    assert "Daily brief &lt;&amp; co&gt;" in page
    assert "&lt;b&gt;Bold&lt;/b&gt;" in page


def test_the_page_needs_no_other_file(output: Path) -> None:
    page = rebuild(output)
    assert not re.findall(r"<(?:script|img|iframe)[^>]*\bsrc=|<link[^>]*stylesheet|url\(|@import", page)
    assert "default-src 'none'" in page


def test_the_feed_is_atom_with_links_and_stable_ids(output: Path) -> None:
    rebuild(output, url="https://desk.example/briefs/")
    root = ET.fromstring((output / "feed.atom").read_bytes())  # noqa: S314 - our own file
    assert root.findtext("a:title", namespaces=ATOM) == BRIEF.title
    assert root.findtext("a:updated", namespaces=ATOM) == "2019-03-21T05:30:00Z"
    entries = root.findall("a:entry", ATOM)
    assert entries[0].findtext("a:title", namespaces=ATOM) == "[TLP:GREEN] Daily brief, 2019-03-21"
    links = [(link.get("rel"), link.get("href")) for link in entries[0].findall("a:link", ATOM)]
    assert links == [
        ("alternate", "https://desk.example/briefs/2019-03-21/brief.html"),
        ("enclosure", "https://desk.example/briefs/2019-03-21/brief.pdf"),
    ]
    ids = [entry.findtext("a:id", namespaces=ATOM) for entry in entries]
    assert len(set(ids)) == 3
    again = feed(read_entries(output), brief=BRIEF, url="https://desk.example/briefs/")
    assert again == (output / "feed.atom").read_bytes()


def test_a_folder_that_is_no_edition_does_not_cost_the_page(output: Path) -> None:
    (output / "2019-03-19").mkdir()
    (output / "2019-03-19" / "brief.json").write_text('{"edition": 7}')
    assert "3 editions" in rebuild(output)


def test_old_editions_are_removed_but_never_the_newest_nor_what_is_not_ours(output: Path) -> None:
    (output / "2019-02-28" / "note.txt").write_text("mine")
    page = rebuild(output, keep_days=1)
    assert edition_ids(output) == ("2019-03-20", "2019-03-21")
    assert [path.name for path in (output / "2019-02-28").iterdir()] == ["note.txt"]
    assert "2 editions" in page
    assert remove_older(output, MORNING + timedelta(days=400)) == ("2019-03-20",)
    assert edition_ids(output) == ("2019-03-21",)


@pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed")
@pytest.mark.parametrize(
    ("query", "shown", "said"),
    [
        ("", ["2019-03-21", "2019-03-20", "2019-02-28"], "3 editions"),
        ("ete BAGHOUZ", ["2019-03-20"], "1 found"),
        ("bridge snow", ["2019-02-28"], "1 found"),
        ("nowhere", [], "Nothing found"),
    ],
)
def test_search_in_the_browser(output: Path, query: str, shown: list[str], said: str) -> None:
    """Type into the page as a reader does, in a real browser, and read what it shows."""
    page = rebuild(output)
    typing = f"<script>query.value = {query!r}; query.dispatchEvent(new Event('input'));</script></body>"
    (output / "typed.html").write_text(page.replace("</body>", typing))
    command = [str(CHROMIUM), "--headless", "--no-sandbox", "--disable-gpu", "--virtual-time-budget=2000", "--dump-dom"]
    profile = f"--user-data-dir={output / 'profile'}"
    done = subprocess.run(
        [*command, profile, (output / "typed.html").as_uri()], check=True, capture_output=True, text=True, timeout=60
    )
    articles = re.findall(r'<article id="e-([^"]*)"([^>]*)>', done.stdout)
    assert [name for name, attributes in articles if "hidden" not in attributes] == shown
    assert re.search(r'id="state"[^>]*>([^<]*)<', done.stdout).group(1) == said  # type: ignore[union-attr]
    months = re.findall(r'<section class="month"([^>]*)>', done.stdout)
    assert sum("hidden" not in attributes for attributes in months) == len({name[:7] for name in shown})
