"""A document that hangs or kills its reader costs itself and nothing else."""

from __future__ import annotations

import os
import subprocess
import sys
import time

import pytest

from briefing.config import Limits
from briefing.extract import Extraction, extract, extract_all, loading_worker
from briefing.models import Document
from briefing.parallel import guarded
from briefing.parallel.guarded import needs_guard
from briefing.parallel.worker import likely_articles
from tests.extract.reading_cases import CASES, document_of

LIMITS = Limits()
SENTENCE = "The bridge over the lower canal reopened on Tuesday after eleven weeks of repairs, the engineer said."


def page(number: int, *, word: str = "") -> Document:
    body = f"<html lang=en><body><article><p>{SENTENCE} It is page {number}. {word}</p></article></body></html>"
    return Document(origin=f"desk/{number}.html", media_type="text/html", content=body.encode())


def plain(number: int) -> Document:
    return Document(origin=f"desk/{number}.txt", media_type="text/plain", content=f"{SENTENCE} {number}".encode())


def moody_extract(document: Document, limits: Limits) -> Extraction:
    """Stand in for a parser: hangs, dies, or raises, as the document says."""
    if b"HANG" in document.content:
        time.sleep(600)
    if b"DIE" in document.content:
        os._exit(3)
    if b"RAISE" in document.content:
        raise RuntimeError("the parser is confused")
    return extract(document, limits)


def test_order_and_bytes_are_those_of_reading_one_by_one() -> None:
    documents = [plain(0), *map(page, range(1, 16)), plain(16), page(17)]
    assert list(extract_all(documents, LIMITS)) == [extract(document, LIMITS) for document in documents]


def test_a_worker_reads_every_case_as_this_process_does() -> None:
    documents = [document for document in map(document_of, CASES) if needs_guard(document)]
    assert len(documents) > 15
    assert list(extract_all(documents, LIMITS)) == [extract(document, LIMITS) for document in documents]


def test_a_worker_that_loads_already_is_the_one_that_reads(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guarded, "_cores", lambda: 2)
    with loading_worker() as worker:
        assert worker is not None
        monkeypatch.setattr(subprocess, "Popen", None)  # no other can be started
        assert list(extract_all([page(1), plain(2)], LIMITS, worker=worker)) == [
            extract(document, LIMITS) for document in (page(1), plain(2))
        ]
        assert worker.process.poll() is not None


def test_a_worker_that_nobody_needs_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guarded, "_cores", lambda: 2)
    with pytest.raises(RuntimeError), loading_worker() as worker:
        raise RuntimeError
    assert worker is not None
    assert worker.process.poll() is not None


def test_a_worker_that_died_while_it_loaded_is_replaced(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guarded, "_cores", lambda: 2)
    with loading_worker() as worker:
        assert worker is not None
        worker.process.kill()
        worker.process.wait()
        assert list(extract_all([page(1)], LIMITS, worker=worker)) == [extract(page(1), LIMITS)]


def test_one_processor_loads_nothing_ahead(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guarded, "_cores", lambda: 1)
    monkeypatch.setattr(subprocess, "Popen", None)
    with loading_worker() as worker:
        assert worker is None


@pytest.mark.parametrize(
    ("mood", "seconds", "told"),
    [
        ("HANG", 3.0, "reading it took longer than limits.seconds allows (3 s)"),
        ("DIE", 60.0, "its reader crashed (exit code 3)"),
        ("RAISE", 60.0, "its reader crashed (RuntimeError: the parser is confused)"),
    ],
)
def test_one_that_fails_costs_itself(mood: str, seconds: float, told: str) -> None:
    documents = [page(1), plain(2), page(3, word=mood), page(4), plain(5), page(6)]
    limits = Limits(seconds=seconds)
    found = list(extract_all(documents, limits, extract=moody_extract))
    assert found[2].articles == ()
    assert [(problem.origin, problem.lost) for problem in found[2].problems] == [("desk/3.html", True)]
    assert told in found[2].problems[0].reason
    whole = [extract(document, limits) for document in documents]
    assert [*found[:2], *found[3:]] == [*whole[:2], *whole[3:]]


def test_plain_text_starts_no_process(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a process was started")

    monkeypatch.setattr(subprocess, "Popen", refuse)
    markdown = Document(origin="desk/a.md", media_type="text/markdown", content=SENTENCE.encode())
    assert len(list(extract_all([plain(1), markdown], LIMITS))) == 2


def test_documents_are_taken_as_they_are_needed() -> None:
    taken: list[int] = []

    def documents() -> object:
        for number in range(1_000):
            taken.append(number)
            yield plain(number)

    extractions = extract_all(documents(), LIMITS)  # type: ignore[arg-type]  # a generator of documents
    next(extractions)
    assert len(taken) < 100
    extractions.close()  # type: ignore[attr-defined]  # a generator can be left half-way


@pytest.mark.parametrize(
    ("media_type", "content", "guarded"),
    [
        ("text/plain", b"Some text.", False),
        ("text/markdown", b"Some text.", False),
        ("text/markdown", b"[" * 60_000, True),
        ("application/jsonl", b'{"text": "Some text."}', False),
        ("application/jsonl", b'{"text": "<p>Some text."}', True),
        ("text/html", b"<p>Some text.", True),
        ("text/plain", b"<html><p>Some text.", True),
        ("application/pdf", b"%PDF-1.7", True),
    ],
)
def test_what_is_guarded(media_type: str, content: bytes, *, guarded: bool) -> None:
    assert needs_guard(Document(origin="o", media_type=media_type, content=content)) is guarded


@pytest.mark.parametrize(
    ("media_type", "content", "articles"),
    [
        ("text/html", b"<html><item><item>", 1),
        ("application/xml", b"<rss><item/><item/><item/></rss>", 3),
        ("application/jsonl", b'{"text": ""}\n{"text": ""}\n', 2),
        ("application/xml", b"<rss>" + b"<item/>" * 5_000, 2_000),
    ],
)
def test_a_document_of_many_articles_has_more_time(media_type: str, content: bytes, articles: int) -> None:
    assert likely_articles(Document(origin="o", media_type=media_type, content=content)) == articles


def test_a_program_from_standard_input_can_use_it() -> None:
    program = (
        "from briefing.config import Limits\n"
        "from briefing.extract import extract_all\n"
        "from briefing.models import Document\n"
        "page = Document(origin='o', media_type='text/html', content=b'<html><p>' + b'A sentence of a page. ' * 20)\n"
        "print([len(found.articles) for found in extract_all([page], Limits())])\n"
    )
    ran = subprocess.run([sys.executable, "-"], input=program, capture_output=True, text=True, check=True)
    assert ran.stdout == "[1]\n"
