"""Who may read a source, as it says itself, and what a brief may therefore not print."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from benchmarks.quality.written_documents import paragraph, word_file
from briefing.config import Limits
from briefing.extract import extract
from briefing.extract.marking import is_marking, marking_of, within_marking, without_label
from briefing.extract.media_types import name_promises
from briefing.models import Document
from tests.making import article

CUT_OFF = datetime(2021, 5, 4, 5, tzinfo=UTC)


@pytest.mark.parametrize(
    ("line", "only"),
    [
        ("TLP:RED", True),
        ("TLP: AMBER+STRICT", True),
        ("CONFIDENTIAL - NOT FOR PUBLICATION", True),
        ("*** TLP:GREEN ***", True),
        ("EMBARGOED UNTIL 6 MAY 2021 00:01 GMT", True),
        ("Sperrfrist: 6. Mai 2021", True),
        ("Traffic Light Protocol: RED", True),
        ("TLP:AMBER - limited disclosure, on a need-to-know basis", True),
        ("Not for publication before 6 May 2021", True),
        ("Publication sous embargo jusqu'au lundi 6 mai 2021", True),
        ("The embargo on arms was extended until 6 May 2021, the council said.", False),
        ("TLP:RED means that nobody else may read it.", False),
        ("The embargo on grain ended on Monday.", False),
        ("Confidential papers were found in the mill.", False),
    ],
)
def test_a_line_that_only_marks(line: str, *, only: bool) -> None:
    assert is_marking(line) is only


def test_the_narrowest_label_and_the_embargo_count() -> None:
    lines = ["TLP:GREEN", "Embargoed until 6 May 2021", "The mill burned.", "TLP:AMBER"]
    assert marking_of("[TLP:CLEAR] Mill", lines) == ("TLP:AMBER", date(2021, 5, 6))
    assert marking_of("Mill burns", ["The mill burned on Monday."]) == (None, None)
    assert marking_of("Mill burns", ["The rules of TLP:RED were explained on Monday."]) == (None, None)
    assert marking_of("Mill burns", [], ["Report of the brigade (TLP:RED), page 2"]) == ("TLP:RED", None)
    assert without_label("[TLP:RED] River note") == "River note"


TEXT = "Mill burns at Tessin\n\nThe mill at Tessin caught fire on Monday night, the brigade said.\n\nNobody was hurt."
MAIL = "From: a@a.example\nTo: b@b.example\nDate: Tue, 4 May 2021 07:30:00 +0200\nSubject: "
ATTACHED = """Mill
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary="e"

--e
Content-Type: text/plain

TLP:RED

See attached.
--e
Content-Type: text/plain
Content-Disposition: attachment; filename="mill.txt"

"""


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.txt", f"{TEXT}\n\nTLP:RED – not for disclosure, restricted to participants only."),
        ("mill_TLP-RED.txt", TEXT),
        ("a.md", f"---\ntitle: Mill\ntlp: red\n---\n{TEXT}"),
        ("a.json", json.dumps({"title": "Mill", "text": TEXT, "classification": "TLP RED"})),
        ("a.csv", f'title;text;tlp\nMill;"{TEXT}";RED\n'),
        ("a.eml", f"{MAIL}Fwd: [TLP:RED] Mill\n\n{TEXT}"),
        ("a.eml", f"{MAIL}Mill\nX-TLP: TLP:RED\n\n{TEXT}"),
        ("a.eml", f"{MAIL}{ATTACHED}{TEXT}\n--e--"),
        ("a.html", f"<html><body><div>TLP:RED</div><article><h1>Mill</h1><p>{TEXT}</p></article></body></html>"),
        ("a.html", f"<html><head><meta name=tlp content=red></head><body><h1>Mill</h1><p>{TEXT}</p></body></html>"),
        ("a.docx", word_file(paragraph(TEXT), parts={"header1": paragraph("TLP:RED")})),
        ("a.xml", f"<rss><item><category>TLP:RED</category><description>{TEXT}</description></item></rss>"),
    ],
)  # fmt: skip
def test_a_marking_is_found_wherever_a_document_has_it(name: str, content: str | bytes) -> None:
    held = content if isinstance(content, bytes) else content.encode()
    document = Document(origin=f"desk/{name}", media_type=name_promises(name), content=held)
    (found,) = extract(document, Limits()).articles
    assert found.marking == "TLP:RED"
    assert not any("TLP" in line.text for line in found.paragraphs)


@pytest.mark.parametrize(
    ("marked", "brief", "allowed", "kept"),
    [
        ("TLP:RED", "TLP:GREEN", (), False),
        ("TLP:RED", "TLP:RED", (), True),
        ("TLP:RED", "TLP:GREEN", ("TLP:RED",), True),
        ("TLP:AMBER+STRICT", "TLP:AMBER", (), False),
        ("TLP:AMBER", "TLP:AMBER", (), True),
        ("TLP:AMBER", None, (), False),
        ("TLP:GREEN", None, (), True),
        (None, "TLP:GREEN", (), True),
    ],
)
def test_a_brief_prints_nothing_above_its_marking(
    marked: str | None, brief: str | None, allowed: tuple[str, ...], *, kept: bool
) -> None:
    one = replace(article("Text."), marking=marked)
    found, told = within_marking([one], marking=brief, allowed=allowed, cut_off=CUT_OFF)
    assert found == ((one,) if kept else ())
    assert bool(told) is not kept


@pytest.mark.parametrize(
    ("until", "allowed", "kept"),
    [
        (datetime(2021, 5, 6, tzinfo=UTC), (), False),
        (datetime(2021, 5, 4, 5, tzinfo=UTC), (), True),
        (date(2021, 5, 6), (), False),
        (date(2021, 5, 6), ("embargo",), True),
        (date(2021, 5, 4), (), True),
    ],
)
def test_what_is_under_embargo_waits(until: date, allowed: tuple[str, ...], *, kept: bool) -> None:
    one = replace(article("Text."), embargo=until)
    assert bool(within_marking([one], marking="TLP:RED", allowed=allowed, cut_off=CUT_OFF)[0]) is kept
