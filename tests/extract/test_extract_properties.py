"""What must hold for any bytes and any text."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from briefing.config import Limits
from briefing.extract import EXTRACTORS, Extraction, clean, clean_line, extract
from briefing.extract.sequence import tidy
from briefing.models import Document, Paragraph, Role
from tests.extract.reading_cases import CASES, document_of

LIMITS = Limits()
NEEDED = "\u200b\u200c\u200d\u00a0\u202f\u0600\u0601\u0602\u0603\u0604\u0605\u06dd\u08e2"
TRICKY = "ÃÂâ€™Ðаé\u0301\u0300\u200b\u200c\u200d\u00a0«» \n\u212aa1\ud800СРµÑ\x85\u202f;\u037e\u202e\ufeff\x00"


def check(extraction: Extraction, origin: str) -> None:
    """Hold what holds for every extraction."""
    assert extraction.articles or extraction.problems
    for article in extraction.articles:
        assert article.paragraphs
        assert article.origin.startswith(origin)
        for text in (*(line.text for line in article.paragraphs), article.title or "", article.outlet or ""):
            assert clean_line(text) == text
            assert "\n" not in text
        assert article.url is None or article.url.startswith(("http://", "https://", "HTTP"))
    for problem in extraction.problems:
        assert problem.origin.startswith(origin)
        assert problem.stage == "extract"
        assert problem.reason


@settings(max_examples=25)
@pytest.mark.parametrize("kind", sorted(EXTRACTORS))
@example(content=b"\0\1")
@given(content=st.binary(max_size=2_000))
def test_any_bytes_under_any_name(kind: str, content: bytes) -> None:
    check(extract(Document(origin="o", media_type=kind, content=content), LIMITS), "o")


@settings(max_examples=15)
@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
@given(data=st.data())
def test_damaged_documents(case: Path, data: st.DataObject) -> None:
    document = document_of(case)
    content = bytearray(document.content[:20_000])
    for _ in range(data.draw(st.integers(0, 6))):
        if content:
            place = data.draw(st.integers(0, len(content) - 1))
            content[place : place + data.draw(st.integers(0, 40))] = data.draw(st.binary(max_size=8))
    damaged = Document(origin="o", media_type=document.media_type, content=bytes(content))
    check(extract(damaged, LIMITS), "o")


def test_the_part_of_a_line_that_a_document_shows_is_clean() -> None:
    document = document_of(next(case for case in CASES if case.name == "plain-title-translated"))
    content = bytearray(document.content)
    for place, length, bytes_there in ((0, 31, b"\0\0"), (85, 0, b"!\t"), (88, 0, b"\0\xb8\xa0")):
        content[place : place + length] = bytes_there
    check(extract(Document(origin="o", media_type=document.media_type, content=bytes(content)), LIMITS), "o")


@settings(max_examples=300)
@given(text=st.one_of(st.text(), st.text(alphabet=TRICKY)))
def test_cleaning_twice_changes_nothing(text: str) -> None:
    once = clean(text)
    assert clean(once) == once


@settings(max_examples=200)
@given(text=st.one_of(st.text(), st.text(alphabet=TRICKY)))
def test_clean_text_can_be_set(text: str) -> None:
    line = clean_line(text)
    assert unicodedata.is_normalized("NFC", line)
    line.encode("utf-8")
    assert all(char.isprintable() or char in NEEDED for char in line)
    assert line == line.strip()


LINES = st.lists(
    st.builds(
        Paragraph,
        text=st.one_of(
            st.text(alphabet="Ab .…,–-", max_size=80).map(clean_line).filter(bool),
            st.sampled_from(
                [
                    "The bridge over the lower canal reopened on Tuesday after eleven weeks of repairs.",
                    "The bridge over the lower canal reopened…",
                    "Read also: another story",
                    "– Dust –",
                    "Dust and broken walls",
                    "By Ilse Anders",
                    "Canal bridge reopens after eleven weeks",
                    "Some 4,200 vehicles a day had been sent through two villages, people complained.",
                ]
            ),
        ),
        role=st.sampled_from(Role),
    ),
    max_size=9,
)


@settings(max_examples=300)
@given(lines=LINES)
def test_tidying_twice_changes_nothing_and_loses_nothing(lines: list[Paragraph]) -> None:
    titles = ("Canal bridge reopens after eleven weeks",)
    kept, removed = tidy(lines, titles=titles)
    assert tidy(kept, titles=titles) == (kept, ())
    left = [line.text for line in kept] + [removal.text for removal in removed]
    assert sorted(left) == sorted(line.text for line in lines)
