"""Five real documents, told by their structure."""

from __future__ import annotations

from pathlib import Path

import pytest

from briefing.config import Limits
from briefing.extract import extract
from briefing.models import Article, Document, Role

SEEDS = Path(__file__).parents[2].parent / "shared" / "seeds"
pytestmark = pytest.mark.skipif(not SEEDS.is_dir(), reason="no ../shared")


def seed(number: str) -> Article:
    path = next(iter(SEEDS.glob(f"{number}_*.txt")))
    extraction = extract(Document(origin=path.name, media_type="text/plain", content=path.read_bytes()), Limits())
    assert extraction.problems == ()
    return extraction.articles[0]


STRUCTURE = {
    # number: (title, its translation, body, headings, standfirsts, reasons of what was removed)
    "000": (True, False, 28, 0, 1, ["repeated lead", "call to action"]),
    "001": (True, True, 23, 2, 0, []),
    "002": (False, False, 12, 0, 0, []),
    "003": (False, False, 10, 0, 0, []),
    "004": (True, False, 6, 1, 0, ["photo caption"]),
}


@pytest.mark.parametrize("number", STRUCTURE)
def test_structure(number: str) -> None:
    article = seed(number)
    roles = [paragraph.role for paragraph in article.paragraphs]
    assert (
        article.title is not None,
        article.title_translation is not None,
        roles.count(Role.BODY),
        roles.count(Role.HEADING),
        roles.count(Role.STANDFIRST),
        [removal.reason for removal in article.removed],
    ) == STRUCTURE[number]


@pytest.mark.parametrize("number", STRUCTURE)
def test_nothing_is_lost_and_nothing_is_invented(number: str) -> None:
    article = seed(number)
    raw = next(iter(SEEDS.glob(f"{number}_*.txt"))).read_text("utf-8").replace("_", "")
    lines = {"".join(line.split()) for line in raw.split("\n") if line.strip()}
    told = [article.title, article.title_translation, *(paragraph.text for paragraph in article.paragraphs)]
    told += [removal.text for removal in article.removed]
    assert {"".join(text.split()) for text in told if text} == lines
    assert (article.published, article.outlet, article.url, article.author, article.language) == (None,) * 5


def test_marks_of_markdown_do_not_print() -> None:
    assert "_" not in seed("003").text
    assert "*" not in seed("003").text
