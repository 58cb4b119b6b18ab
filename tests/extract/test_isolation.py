"""What is kept from loading beside trafilatura, and what happens to a version that needs it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

DATED = '<html><head><meta property="article:published_time" content="2019-03-21"></head>'
PAGE = (
    "<html><body><article><p>" + "The bridge over the lower canal reopened on Tuesday. " * 9 + "</p></article></body>"
)


def said(program: str, *path: Path) -> str:
    start = (
        f"import sys; sys.path[:0] = {[str(one) for one in path]!r}\nfrom briefing.extract import load_libraries\n"
        "from briefing.models import Document\n"
        "def load(name): load_libraries(Document(origin='o', media_type='text/html', content=b'<html><p>x'))\n"
    )
    ran = subprocess.run([sys.executable, "-c", start + program], capture_output=True, text=True, check=True)
    return ran.stdout.strip()


def test_nothing_that_fetches_is_loaded() -> None:
    program = (
        "load('trafilatura')\n"
        "import trafilatura\n"
        f"text = trafilatura.bare_extraction({PAGE!r}).text\n"
        "print([name for name in ('urllib3', 'htmldate', 'babel', 'certifi') if name in sys.modules], text[:10])"
    )
    assert said(program) == "[] The bridge"


def test_what_is_called_after_all_is_loaded_then() -> None:
    program = (
        "load('trafilatura')\n"
        "import trafilatura\n"
        f"page = {PAGE!r}.replace('<html>', {DATED!r})\n"
        "print(trafilatura.bare_extraction(page, with_metadata=True).date, 'htmldate' in sys.modules)"
    )
    assert said(program) == "2019-03-21 True"


def test_a_version_that_needs_one_of_them_at_once_loads_it(tmp_path: Path) -> None:
    (tmp_path / "trafilatura.py").write_text("import urllib3\nAGENT = urllib3.util.make_headers()\n")
    assert said("load('trafilatura')\nimport trafilatura\nprint(trafilatura.AGENT)", tmp_path) == "{}"
    (tmp_path / "trafilatura.py").write_text(f"import htmldate\nDAY = htmldate.find_date({DATED!r})\n")
    assert said("load('trafilatura')\nimport trafilatura\nprint(trafilatura.DAY)", tmp_path) == "2019-03-21"
