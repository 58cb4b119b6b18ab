"""Words are conserved: all that a document shows is in the text or among what was removed, and nothing else is."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from benchmarks.quality.written_documents import mails, word_files
from briefing.config import Limits
from briefing.extract import extract
from briefing.extract.assembling import UNCOMPARED
from briefing.extract.media_types import name_promises
from briefing.models import Document
from briefing.plain_reading import plain_reading, words_of
from tests.extract.reading_cases import CASES, document_of

WRITTEN = {name: (content, shown) for name, content, shown in (*word_files(), *mails())}


@pytest.mark.parametrize("name", WRITTEN)
def test_every_word_is_kept_and_none_is_new(name: str) -> None:
    content, shown = WRITTEN[name]
    extraction = extract(Document(origin=name, media_type=name_promises(name), content=content), Limits())
    reading = plain_reading(content, name=name)
    assert reading is not None
    wanted = Counter(word for line in shown for word in words_of(line))
    assert Counter(reading.words()) == wanted
    for article in extraction.articles:
        assert all(reading.holds(line.text) for line in article.paragraphs)
    kept = [text for article in extraction.articles
            for text in (article.title, article.outlet, *(line.text for line in article.paragraphs),
                         *(gone.text for gone in article.removed))]  # fmt: skip
    assert not wanted - Counter(word for text in kept for word in words_of(text or ""))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_every_paragraph_of_a_case_is_shown_by_its_document(case: Path) -> None:
    document = document_of(case)
    reading = plain_reading(document.content, name=document.origin)
    articles = extract(document, Limits()).articles
    assert [
        line.text for article in articles for line in article.paragraphs if reading and not reading.holds(line.text)
    ] == []


def test_a_document_that_cannot_be_read_a_second_time_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("briefing.extract.assembling.plain_reading", lambda *_, **__: None)
    content, _ = WRITTEN["word-inserted.docx"]
    found = extract(Document(origin="a.docx", media_type=name_promises("a.docx"), content=content), Limits())
    assert [(told.reason, told.lost) for told in found.problems] == [(UNCOMPARED, False)]
    assert found.articles
