"""What sections can do: cases/NAME holds a config, at will notes, and what the brief must say (see README.md)."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path, PurePosixPath
from typing import Any

import click
import pypdfium2
import pytest

from briefing.cli.documents import find
from briefing.cli.making import Wanted, make_edition, plan
from briefing.cli.run import BuildOrder, build_slot
from briefing.cli.session import Session, open_session
from briefing.delivery.slots import Slot
from briefing.edition import Edition, read_brief
from briefing.explain import BY_HEADLINE, explain_article
from briefing.pipeline import assign, brief_of, understand
from briefing.verify import check_editions, check_quotations

CASES = Path(__file__).parent / "cases"
DAY = date(2019, 3, 21)
FORMATS = ("html", "md", "txt", "json")


OUTPUT: dict[str, Path] = {}
"""Where the test that runs may write."""


@pytest.fixture(autouse=True)
def _output(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(OUTPUT, "folder", tmp_path)


def session_of(case: Path, expected: dict[str, Any]) -> Session:
    return open_session(case / "config.yaml", OUTPUT["folder"]).only(tuple(expected.get("only", ())))


def made(session: Session) -> Edition:
    wanted = Wanted(head=plan(session, day=DAY, now=None), formats=FORMATS)
    return make_edition(session, wanted, check=lambda _found, _brief: None)


def told(data: dict[str, Any]) -> dict[str, Any]:
    """Return what a brief says in the form of expected.json."""
    names = {article["id"]: PurePosixPath(article["origin"]).stem for article in data["articles"]}
    return {
        "sections": [
            {
                "id": section["id"],
                "parent": section["parent"],
                "stories": [names[story["article"]] for story in section["stories"]],
                "more": [names[story["article"]] for story in section["more"]],
                "sentences": [sentence["text"] for story in section["stories"] for sentence in story["sentences"]],
                "note": noted(section["note"]),
                "when_empty": section["when_empty"],
            }
            for section in data["sections"]
        ],
        "also_today": [names[story["article"]] for story in data["also_today"]],
        "key_points": [point["text"] for point in data["key_points"]],
        "note": noted(data["note"]),
        "left_out": [problem["reason"] for problem in data["left_out"]],
    }


def printed(content: bytes) -> Callable[[str], bool]:
    """Return what tells whether a file holds a text, whatever its lines are and whatever stands at their heads."""
    text = " ".join(content.decode().replace("\n| ", " ").split())
    return lambda wanted: wanted in text


def noted(note: list[dict[str, Any]] | None) -> list[str]:
    """Return the paragraphs of a note, its links as `[text](address)`."""
    paragraphs = []
    for paragraph in note or []:
        text = paragraph["text"]
        for link in reversed(paragraph["links"]):
            start, end = link["start"], link["end"]
            text = f"{text[:start]}[{text[start:end]}]({link['href']}){text[end:]}"
        paragraphs.append(text)
    return paragraphs


@pytest.mark.parametrize("case", sorted(CASES.iterdir()), ids=lambda case: case.name)
def test_the_brief_says_what_is_expected(case: Path) -> None:
    expected = json.loads((case / "expected.json").read_text("utf-8"))
    edition = made(session_of(case, expected))
    files = dict(edition.files)
    data = json.loads(files["brief.json"])
    found = told(data)
    for key in expected.keys() & found.keys() - {"sections"}:
        assert found[key] == expected[key], key
    for name, holds in ((name, printed(content)) for name, content in files.items() if name != "brief.json"):
        assert [text for text in expected.get("present", ()) if not holds(text)] == [], name
        assert [text for text in expected.get("absent", ()) if holds(text)] == [], name
    if "sections" in expected:
        assert [section["id"] for section in found["sections"]] == [section["id"] for section in expected["sections"]]
    for section, wanted in zip(found["sections"], expected.get("sections", ()), strict="sections" in expected):
        assert section | wanted == section, section["id"]
    assert check_quotations(edition.brief) == ()
    assert check_editions(edition.brief, files) == ()
    assert all(told_of(data, article["origin"]) for article in data["articles"])
    assert made(session_of(case, expected)).files == edition.files


def test_a_note_is_set_in_type_beside_what_is_quoted() -> None:
    session = session_of(CASES / "notes", {})
    wanted = Wanted(head=plan(session, day=DAY, now=None), formats=("pdf", "json"))
    files = dict(make_edition(session, wanted, check=lambda _found, _brief: None).files)
    document = pypdfium2.PdfDocument(files["brief.pdf"])
    text = " ".join(" ".join(page.get_textpage().get_text_bounded() for page in document).split())
    document.close()
    assert text.count("EDITOR’S NOTE") == 3
    assert "None were expected." in text
    assert check_editions(read_brief(files["brief.json"]), files) == ()


def test_what_is_wrong_with_notes_loses_no_article() -> None:
    edition = made(session_of(CASES / "note-unreadable", {}))
    assert [(problem.origin, problem.lost) for problem in edition.brief.left_out] == [("notes/2019-03-21.md", False)]


def test_a_section_that_is_not_there_is_refused() -> None:
    with pytest.raises(click.UsageError, match=r"unknown section 'nowhere'; .* has flood, crossings, levees, people"):
        session_of(CASES / "nested", {"only": ["nowhere"]})


def told_of(data: dict[str, Any], origin: str) -> bool:
    """Tell whether an article stands in the brief: nothing that was read may be lost between sections."""
    parts = [*(story for section in data["sections"] for story in (*section["stories"], *section["more"]))]
    parts += [*data["also_today"], *data["also_today_more"]]
    names = {name for story in parts for name in (story["article"], *story["also"])}
    return any(article["origin"] == origin and article["id"] in names for article in data["articles"])


def test_the_scheduled_build_makes_the_same_brief(tmp_path: Path) -> None:
    due = datetime(2019, 3, 21, 6, 30, tzinfo=UTC)
    order = BuildOrder(
        config=CASES / "notes" / "config.yaml",
        output=tmp_path,
        slot=Slot(day=DAY, due=due, edition="2019-03-21"),
        built_at=due,
        next_at=due + timedelta(days=1),
        number=7,
    )
    scheduled = json.loads(dict(build_slot(order).files)["brief.json"])
    asked = json.loads(dict(made(session_of(CASES / "notes", {})).files)["brief.json"])
    assert scheduled["edition"].pop("number") == 7
    assert asked["edition"].pop("number") == 1
    assert scheduled.pop("follows") == []  # it was asked what earlier editions have read: there are none
    assert asked.pop("follows") is None
    assert scheduled == asked


@pytest.mark.parametrize(
    ("case", "origin", "outcomes"),
    [
        (
            "nested",
            "wires/bridge.md",
            {
                "flood": "in crossings, which stands under it",
                "crossings": "in: its home, with 3 different words of it in the title and below",
                "levees": "out",
            },
        ),
        (
            "languages",
            "web/digue.md",
            {
                "french": "in: its home, with 3 different words of it in the title and below",
                "english": "out: the section does not draw from it",
            },
        ),
        ("rest", "web/mill.md", {"others": BY_HEADLINE, "levees": "out"}),
    ],
)
def test_an_article_is_explained_by_what_sections_say(case: str, origin: str, outcomes: dict[str, str]) -> None:
    session = session_of(CASES / case, {})
    config, head = session.config, plan(session, day=DAY, now=None)
    reading = understand(find(session, ()), config=config, edition=head)
    assigned = assign(reading, config=config, cut_off=head.cut_off)
    brief = brief_of(reading, assigned, config=config, edition=head)
    article = next(ranked.article.id for ranked in reading.ranked if ranked.article.origin == origin)
    found = explain_article(article, assigned, brief=brief, sections=config.every_section)
    assert found is not None
    assert {outcome.section: outcome.outcome for outcome in found.sections}.items() >= outcomes.items()


@pytest.mark.parametrize(
    ("given", "source"),
    [
        ("articles/wires/bridge.md", "wires"),
        ("articles/web", "web"),
        ("cases/sort-time/config.yaml", ""),
    ],
)
def test_what_stands_in_for_the_sources_belongs_to_the_one_that_it_lies_in(given: str, source: str) -> None:
    session = session_of(CASES / "sources", {})
    documents = find(session, (CASES.parent / given,)).documents
    assert {document.source for document in documents} == {source}
