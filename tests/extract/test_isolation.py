"""What is loaded to read a page, and what is not."""

from __future__ import annotations

import subprocess
import sys

PROGRAM = """
import sys
from briefing.extract import load_libraries
from briefing.models import Document
load_libraries(Document(origin="o", media_type="text/html", content=b"<html><p>A page.</p></html>"))
print([name for name in ("trafilatura", "numpy", "py3langid") if name in sys.modules])
import py3langid
"""


def test_a_page_is_read_without_the_model_of_languages_which_still_loads_for_others() -> None:
    ran = subprocess.run([sys.executable, "-c", PROGRAM], capture_output=True, text=True, check=True)
    assert ran.stdout == "['trafilatura']\n"
