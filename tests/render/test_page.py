"""The PDF: what it says of itself, how it is tagged, where its links lead, what it carries, that it never changes."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from dataclasses import replace
from io import BytesIO
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pikepdf
import pypdfium2
import pytest

from briefing.config import Page
from briefing.edition import read_brief
from briefing.render import render
from briefing.verify import check_editions
from tests.render.sample import rendered

if TYPE_CHECKING:
    from collections.abc import Iterator

    from briefing.edition import Brief

PROGRAM = """
import sys
from hashlib import sha256
from briefing.config import Page
from briefing.render import render
from tests.render.sample import sample_brief
formats = ("pdf", "html", "md", "json", "txt")
for name, content in render(sample_brief(), formats=formats, page=Page(), templates=[]).files:
    print(name, sha256(content).hexdigest())
"""


@pytest.fixture(scope="module")
def pdf(files: dict[str, bytes]) -> Iterator[pikepdf.Pdf]:
    with pikepdf.open(BytesIO(files["brief.pdf"])) as document:
        yield document


def test_it_names_its_title_author_language_and_keywords(pdf: pikepdf.Pdf) -> None:
    info = {key: str(value) for key, value in pdf.docinfo.items()}
    assert info["/Title"] == "Marram Coast, Tuesday 14 May 2024"
    assert info["/Author"] == "Marram Coast"
    assert info["/Keywords"] == "Roads and bridges, The sea, TLP:AMBER+STRICT"
    assert info["/CreationDate"] == "D:20240514042531Z"
    assert str(pdf.Root.Lang) == "en"
    assert bool(pdf.Root.ViewerPreferences.DisplayDocTitle)


@pytest.mark.parametrize("language", ["en", "ar"])
def test_each_element_of_another_language_says_so(language: str) -> None:
    made = dict(rendered(language).files)
    with pikepdf.open(BytesIO(made["brief.pdf"])) as document:
        told = [str(element.Lang) for element in _elements(document.Root.StructTreeRoot) if "/Lang" in element]
    body = made["brief.html"].decode().partition("<body")[2]
    there = re.findall(r'<(?:p|h3|h4|cite|span|td)[^>]* lang="([^"]+)"', body)
    assert len(there) > 5
    assert set(told) == set(there)
    assert all(told.count(name) >= there.count(name) for name in set(there))


def test_where_figures_differ_is_a_table(pdf: pikepdf.Pdf) -> None:
    kinds = [str(element.S) for element in _elements(pdf.Root.StructTreeRoot)]
    assert kinds.count("/Table") == 1
    assert kinds.count("/TH") == 2
    assert kinds.count("/TD") == 2 * 2


def test_its_title_has_the_comma_of_its_language() -> None:
    made = dict(rendered("ar").files)
    with pikepdf.open(BytesIO(made["brief.pdf"])) as document:
        assert str(document.docinfo["/Title"]).startswith("Marram Coast، ")


def test_it_claims_both_standards_in_one_rdf(pdf: pikepdf.Pdf) -> None:
    xmp = pdf.Root.Metadata.read_bytes()
    assert xmp.count(b"<rdf:RDF") == 1
    assert b'pdfuaid:part="1"' in xmp
    assert b'pdfaid:part="3"' in xmp
    assert b'pdfaid:conformance="A"' in xmp


def test_its_headings_and_lists_are_tagged_in_order(pdf: pikepdf.Pdf) -> None:
    kinds = [str(element.S) for element in _elements(pdf.Root.StructTreeRoot)]
    assert kinds.count("/H1") == 1
    assert kinds.index("/H1") < kinds.index("/H2") < kinds.index("/H3")
    assert kinds.count("/Art") == 6
    assert kinds.count("/Figure") == 7
    levels = [int(kind[2]) for kind in kinds if kind in {"/H1", "/H2", "/H3"}]
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_its_bookmarks_are_the_sections_and_stories(pdf: pikepdf.Pdf) -> None:
    with pdf.open_outline() as outline:
        titles = [item.title for item in outline.root]
        stories = [item.title for item in outline.root[0].children]
    assert titles == [
        "Roads and bridges",
        "The sea",
        "Where figures differ",
        "Also today",
        "Gaps",
        "Sources",
        "How to read this brief",
    ]
    assert stories == ["Engineers reopen the northern bridge to lorries", "Flood wall: what the survey found"]


def test_citations_lead_to_the_source_list_and_back(pdf: pikepdf.Pdf) -> None:
    names = _destinations(pdf)
    inside = [str(link.Dest) for link in _links(pdf) if "/Dest" in link]
    assert {"source-1", "c1-1", "section-roads"} <= set(inside)
    assert set(inside) <= set(names)


def test_a_link_says_in_words_where_it_leads(pdf: pikepdf.Pdf) -> None:
    words = {str(link.get("/Dest", "")): str(link.Contents) for link in _links(pdf)}
    assert words["source-1"] == "Source 1: Marram Gazette"
    assert words["section-sea"] == "The sea"
    assert words["c1-1"] == "Cited in Bottom line"
    assert not [said for said in words.values() if said.startswith(("c1", "source-", "section-"))]


def test_only_addresses_of_the_articles_become_links(pdf: pikepdf.Pdf, data: dict[str, Any]) -> None:
    outside = {str(link.A.URI) for link in _links(pdf) if "/A" in link}
    assert outside == {article["url"] for article in data["articles"] if article["url"]}


def test_it_carries_its_source_and_its_evidence(
    pdf: pikepdf.Pdf, files: dict[str, bytes], data: dict[str, Any]
) -> None:
    carried = {name: spec.get_file().read_bytes() for name, spec in pdf.attachments.items()}
    relations = {str(spec.UF): str(spec.AFRelationship) for spec in pdf.Root.AF}
    assert carried["brief.json"] == files["brief.json"]
    assert len(pdf.Root.AF) == len(carried)
    assert relations["brief.json"] == "/Source"
    quoted = {
        one.article for one in (*read_brief(files["brief.json"]).quotations, *read_brief(files["brief.json"]).accounts)
    }
    assert 0 < len(quoted) < len(data["articles"])
    assert len(carried) == 1 + len(quoted)
    for article in data["articles"]:
        if article["id"] not in quoted:
            continue
        name = f"source-{article['number']:04}-{article['id']}.txt"
        assert carried[name].decode() == article["text"]
        assert relations[name] == "/Supplement"


def test_its_sentences_read_in_order(files: dict[str, bytes], data: dict[str, Any]) -> None:
    text = " ".join(_text(files["brief.pdf"]).split())
    said = [
        sentence["text"]
        for section in data["sections"]
        for story in section["stories"]
        for sentence in story["sentences"]
        if sentence["language"] != "ar"
    ]
    places = [text.index(sentence, text.index("2 stories from 3 articles")) for sentence in said]
    assert places == sorted(places)


def test_every_page_has_its_marking_twice_and_its_number(files: dict[str, bytes]) -> None:
    document = pypdfium2.PdfDocument(files["brief.pdf"])
    pages = [page.get_textpage().get_text_bounded() for page in document]
    for number, text in enumerate(pages, start=1):
        assert text.count("TLP:AMBER+STRICT") == 2
        assert f"Page {number} of {len(pages)}" in text
    document.close()


@pytest.mark.parametrize(("size", "width"), [("letter", 612), ("phone", 255)])
def test_it_fits_its_paper(size: str, width: int) -> None:
    made = dict(rendered(size=size).files)
    # on small pages sentences run over their ends
    assert check_editions(read_brief(made["brief.json"]), made) == ()
    document = pypdfium2.PdfDocument(made["brief.pdf"])
    for sheet in document:
        assert sheet.get_size()[0] == pytest.approx(width, abs=1)
        text = sheet.get_textpage()
        boxes = [text.get_charbox(index) for index in range(text.count_chars())]
        assert all(left >= 0 and right <= width for left, _, right, _ in boxes)
    document.close()


def test_the_same_brief_gives_the_same_bytes_in_another_process(files: dict[str, bytes]) -> None:
    from hashlib import sha256

    here = [f"{name} {sha256(content).hexdigest()}" for name, content in files.items()]
    environment = os.environ | {"PYTHONHASHSEED": "4711"}
    there = subprocess.run([sys.executable, "-c", PROGRAM], env=environment, capture_output=True, text=True, check=True)
    assert there.stdout.splitlines() == here


def _elements(element: Any) -> Iterator[Any]:  # noqa: ANN401 - pikepdf objects take any shape
    if "/S" in element:
        yield element
    kids = element.get("/K", [])
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, pikepdf.Dictionary) and kid.get("/Type") == "/StructElem":
            yield from _elements(kid)


def _links(pdf: pikepdf.Pdf) -> Iterator[Any]:
    for page in pdf.pages:
        yield from (annotation for annotation in page.get("/Annots", []) if annotation.Subtype == "/Link")


def _destinations(pdf: pikepdf.Pdf) -> list[str]:
    return [str(name) for name in list(pdf.Root.Names.Dests.Names)[::2]]


def _text(content: bytes) -> str:
    document = pypdfium2.PdfDocument(content)
    text = "\n".join(page.get_textpage().get_text_bounded() for page in document)
    document.close()
    return text


def test_a_long_first_page_runs_on_and_keeps_its_contents(brief: Brief) -> None:
    long = "Commanders said that the tents had been taken before dawn, while the shooting went on " * 10
    points = tuple(replace(point, text=long.strip()) for point in brief.key_points)
    made = render(replace(brief, key_points=points), formats=("pdf",), page=Page(), templates=[])
    document = pypdfium2.PdfDocument(dict(made.files)["brief.pdf"])
    first = document[0].get_textpage().get_text_bounded()
    document.close()
    assert "Commanders said" in first
    assert "How to read this brief" in first
