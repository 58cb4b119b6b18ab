"""A document that hangs or kills its reader costs itself and nothing else; where work is done changes no byte."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from dataclasses import astuple, replace
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING

import pytest

from briefing import per_document
from briefing.config import Limits
from briefing.extract import Extraction, extract, needs_process
from briefing.extract.reading import likely_articles
from briefing.models import Document, Sighting
from briefing.parallel import ProcessExecutor, here, open_cache
from briefing.per_document import (
    TERMS,
    WORTH_WORKERS,
    Compiled,
    draft_each,
    extract_each,
    rank_text,
    read_all,
    readers,
    remembering,
    understand_all,
    understand_each,
    unread_in,
)
from briefing.themes import compile_sections
from tests.extract.reading_cases import CASES, document_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

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


def moody_each(documents: tuple[Document, ...], limits: Limits) -> tuple[Extraction, ...]:
    return tuple(moody_extract(document, limits) for document in documents)


def dying_each(items: tuple[object, ...], *_: object) -> tuple[object, ...]:
    """Stand in for a job of plain texts whose process is killed; it can be done where the tests run."""
    if "pytest" not in sys.modules:
        os._exit(9)
    return items


def read(documents: list[Document], limits: Limits = LIMITS) -> list[Extraction]:
    with readers() as executor:
        return list(read_all(documents, limits, executor))


def test_order_and_bytes_are_those_of_reading_one_by_one() -> None:
    documents = [plain(0), *map(page, range(1, 16)), plain(16), page(17)]
    assert read(documents) == [extract(document, LIMITS) for document in documents]


def test_a_process_reads_every_case_as_this_one_does() -> None:
    documents = [document for document in map(document_of, CASES) if needs_process(document)]
    assert len(documents) > 15
    assert read(documents) == [extract(document, LIMITS) for document in documents]


@pytest.mark.parametrize(
    ("mood", "seconds", "told"),
    [
        ("HANG", 3.0, "reading it took longer than limits.seconds allows (3 s)"),
        ("DIE", 60.0, "its reader crashed (exit code 3)"),
        ("RAISE", 60.0, "its reader crashed (RuntimeError: the parser is confused)"),
    ],
)
def test_one_that_fails_costs_itself(mood: str, seconds: float, told: str, monkeypatch: pytest.MonkeyPatch) -> None:
    documents = [page(1), plain(2), page(3, word=mood), page(4), plain(5), page(6)]
    limits = Limits(seconds=seconds)
    monkeypatch.setattr(per_document, "extract_each", moody_each)
    found = read(documents, limits)
    assert found[2].articles == ()
    assert [(problem.origin, problem.lost) for problem in found[2].problems] == [("desk/3.html", True)]
    assert told in found[2].problems[0].reason
    whole = [extract(document, limits) for document in documents]
    assert [*found[:2], *found[3:]] == [*whole[:2], *whole[3:]]


def test_plain_text_starts_no_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(subprocess, "Popen", None)
    markdown = Document(origin="desk/a.md", media_type="text/markdown", content=SENTENCE.encode())
    assert len(read([plain(1), markdown])) == 2


def test_a_process_that_is_killed_costs_time_and_no_result(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(per_document, "understand_each", dying_each)
    articles = [article for number in range(40) for article in extract(plain(number), LIMITS).articles]
    with ProcessExecutor(replace(TERMS, apart=lambda *_: True), most=1) as executor:
        found: list[object] = list(understand_all(articles, LIMITS, "fusion", (), executor))
    assert found == articles


@pytest.mark.parametrize(
    "change",
    [
        lambda one: replace(one, origin="desk/other.txt"),
        lambda one: replace(one, content=one.content + b"."),
        lambda one: replace(one, media_type="text/markdown"),
        lambda one: replace(one, charset="latin-1"),
        lambda one: replace(one, source="river"),
        lambda one: replace(one, sighting=Sighting(first_seen=datetime(2019, 3, 21, tzinfo=UTC))),
    ],
)
def test_all_that_a_document_is_tells_its_key(change: Callable[[Document], Document]) -> None:
    keys = [per_document._keys(extract_each, (one,), LIMITS) for one in (plain(1), change(plain(1)))]
    assert keys[0] != keys[1]


def test_settings_and_the_cut_of_a_text_tell_a_key() -> None:
    (article,) = extract(plain(1), LIMITS).articles
    others = (LIMITS, replace_limit(sentences=3), replace_limit(sentence_chars=50))
    jobs = [
        ((article,), limits, method, packs)
        for limits in others
        for method in ("lead", "fusion")
        for packs in ((), ("conflict",))
    ]
    assert len({tuple(per_document._keys(understand_each, *job) or ()) for job in jobs}) == len(jobs)
    text = understand_each((article,), LIMITS, "lead", ())[0].ranked.text
    cut = replace(text, sentences=text.sentences[:1])
    terms = [Compiled(name, compile_sections([], {})) for name in ("a", "b")]
    keys = {tuple(per_document._keys(draft_each, (one,), each) or ()) for one in (text, cut) for each in terms}
    assert len(keys) == 4
    assert per_document._keys(rank_text, text, "lead") is None


def replace_limit(**changes: int) -> Limits:
    return LIMITS.model_copy(update=changes)


@pytest.mark.parametrize(
    ("documents", "workers", "apart"),
    [(WORTH_WORKERS, 2, True), (WORTH_WORKERS, 1, False), (WORTH_WORKERS - 1, 2, False), (0, 2, False)],
)
def test_many_articles_are_worth_processes(documents: int, workers: int, *, apart: bool) -> None:
    with readers(workers, map(plain, range(documents))) as executor:
        assert executor.terms.apart((plain(1),), LIMITS) is apart
        assert executor.terms.apart((page(1),), LIMITS)


def test_what_an_earlier_build_read_is_worth_no_process(tmp_path: Path) -> None:
    documents = tuple(map(plain, range(20)))
    with open_cache(tmp_path) as cache:
        assert unread_in(documents, LIMITS, cache, "fusion") == documents
        with remembering(here(), cache) as lent:
            list(read_all(documents[:15], LIMITS, lent))
        cache.save()
        assert unread_in(documents, LIMITS, cache, "fusion") == documents[15:]
        assert unread_in(documents, replace_limit(sentences=3), cache, "fusion") == documents
        assert unread_in(documents, LIMITS, cache, "lead") == documents


def test_articles_are_understood_alike_everywhere() -> None:
    documents = [document for document in map(document_of, CASES) if not needs_process(document)]
    articles = [found for item in map(partial(extract, limits=LIMITS), documents) for found in item.articles]
    assert len(articles) > 15
    with ProcessExecutor(replace(TERMS, apart=lambda *_: True), most=2) as executor:
        there, own = (
            [
                (one, astuple(one.compared.profile), one.compared.keys, astuple(one.compared.facts))
                for one in understand_all(articles, LIMITS, "fusion", (), place)
            ]
            for place in (executor, here())
        )
    assert there == own


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
    assert needs_process(Document(origin="o", media_type=media_type, content=content)) is guarded


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
