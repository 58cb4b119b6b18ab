"""When the page cannot be made: what is said, and what stands all the same."""

from __future__ import annotations

import threading
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from briefing.config import Page
from briefing.edition import IncompleteError
from briefing.errors import RenderError
from briefing.render import render, shipped_templates
from briefing.render.pdf import Limits, typesetter_for
from tests.render.sample import sample_brief

if TYPE_CHECKING:
    from pathlib import Path

    from briefing.edition import Brief

FORMATS = ("pdf", "html", "json")


@pytest.fixture
def warm() -> None:
    """Start each typesetter fresh: what its limits cost is tested here."""


@pytest.mark.parametrize(
    ("limits", "reason"),
    [
        (Limits(seconds=0.01), "not set in type within 0.01 seconds"),
        (Limits(memory_bytes=1_000_000), "not set in type: "),
    ],
)
def test_html_and_json_stand_when_the_pdf_fails(brief: Brief, limits: Limits, reason: str) -> None:
    before = threading.active_count()
    with typesetter_for(FORMATS, limits) as typesetter, pytest.raises(IncompleteError, match=reason) as caught:
        render(brief, formats=FORMATS, page=Page(), templates=[], typesetter=typesetter)
    assert [name for name, _ in caught.value.edition.files] == ["brief.html", "brief.json"]
    assert threading.active_count() <= before


@pytest.mark.parametrize(
    ("template", "message"),
    [
        ("<html>\n<p>{{ nosuch }}</p>", r"own/brief\.html\.j2:2: 'nosuch' is undefined"),
        ("<html>\n\n{{ edition.nosuch }}", r"own/brief\.html\.j2:3: .*nosuch"),
        ("<html>\n{% if %}", r"own/brief\.html\.j2:2: "),
        ("{% include 'nosuch.j2' %}", r"own/brief\.html\.j2:1: .nosuch\.j2. not found"),
        ("{{ edition.__class__.__mro__ }}", r"own/brief\.html\.j2:1: .*unsafe"),
        ("{{ sections.append(1) }}", r"own/brief\.html\.j2:1: .*safe"),
        ("{{ 1 / 0 }}", r"own/brief\.html\.j2:1: division by zero"),
        ("<p>\n{{ edition.title | safe }}", r"own/brief\.html\.j2:2: `safe` would let markup through"),
        ("{% filter safe %}x{% endfilter %}", r"own/brief\.html\.j2:1: `safe` would let markup through"),
        ("{% autoescape false %}{{ edition.title }}{% endautoescape %}", r"own/brief\.html\.j2:1: `autoescape` would"),
        ("{{ ['x'] | map('safe') | list }}", r"own/brief\.html\.j2:1: No filter named 'safe'"),
        ("{% include 'part.j2' %}", r"own/part\.j2:2: 'nosuch' is undefined"),
        ("<p>\n{% include 'brief.html.j2' %}", r"own/brief\.html\.j2:2: this goes round without an end"),
        ("\n{% extends 'brief.html.j2' %}", r"own/brief\.html\.j2:2: this goes round without an end"),
        ("{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}", r"own/brief\.html\.j2:1: this goes round without an end"),
    ],
)
def test_a_mistake_in_a_template_is_named_with_its_line(
    brief: Brief, tmp_path: Path, template: str, message: str
) -> None:
    _write(tmp_path / "own", {"brief.html.j2": template, "part.j2": "\n{{ nosuch }}"})
    with pytest.raises(RenderError, match=message):
        render(brief, formats=("html",), page=Page(template="own"), templates=[tmp_path])


def test_what_needs_no_template_stands_when_the_template_fails(brief: Brief, tmp_path: Path) -> None:
    _write(tmp_path / "own", {"brief.html.j2": "{{ nosuch }}"})
    for formats, standing in ((("pdf", "html", "md", "json"), ["brief.md", "brief.json"]), (("html",), None)):
        with pytest.raises(RenderError, match="'nosuch' is undefined") as caught:
            render(brief, formats=formats, page=Page(template="own"), templates=[tmp_path])
        edition = caught.value.edition if isinstance(caught.value, IncompleteError) else None
        assert (edition and [name for name, _ in edition.files]) == standing


def test_a_template_of_another_encoding_is_named_itself(brief: Brief, tmp_path: Path) -> None:
    _write(tmp_path / "own", {})
    (tmp_path / "own" / "story.html.j2").write_bytes("<p>été</p>".encode("latin-1"))
    with pytest.raises(RenderError, match=r"own/story\.html\.j2: not UTF-8 text \(byte 0xe9\); save the file as UTF-8"):
        render(brief, formats=("html",), page=Page(template="own"), templates=[tmp_path])


def test_a_template_that_is_not_there_is_named_with_those_that_are(brief: Brief, tmp_path: Path) -> None:
    _write(tmp_path / "own", {"brief.html.j2": ""})
    with pytest.raises(RenderError, match=r"page\.template: there is no template 'nosuch'.*own.*standard"):
        render(brief, formats=("html",), page=Page(template="nosuch"), templates=[tmp_path])


def test_a_users_template_lends_what_it_does_not_bring(brief: Brief, tmp_path: Path) -> None:
    _write(tmp_path / "own", {"story.html.j2": "<p>mine</p>", "labels.en.yaml": "sources: Where from\n"})
    made = dict(render(brief, formats=("html",), page=Page(template="own"), templates=[tmp_path]).files)
    html = made["brief.html"].decode()
    assert html.count("<p>mine</p>") == 6
    assert "Where from" in html
    assert "Bottom line" in html


def test_a_users_standard_comes_before_the_shipped_one(brief: Brief, tmp_path: Path) -> None:
    _write(tmp_path / "standard", {"how.html.j2": "<p>ours</p>"})
    made = dict(render(brief, formats=("html",), page=Page(), templates=[tmp_path, shipped_templates()]).files)
    assert "<p>ours</p>" in made["brief.html"].decode()


def test_a_template_that_changes_between_two_editions_is_read_anew(brief: Brief, tmp_path: Path) -> None:
    story = tmp_path / "own" / "story.html.j2"
    for text in ("<p>mine</p>", "<p>ours</p>", "<p>mine</p>"):
        _write(tmp_path / "own", {"story.html.j2": text})
        made = dict(render(brief, formats=("html",), page=Page(template="own"), templates=[tmp_path]).files)
        assert made["brief.html"].decode().count(text) == 6
    story.unlink()
    shipped = dict(render(brief, formats=("html",), page=Page(template="own"), templates=[tmp_path]).files)
    assert "<p>mine</p>" not in shipped["brief.html"].decode()


@pytest.mark.parametrize("labels", ["sources: [", "just words", "sources: 'x\n"])
def test_labels_that_cannot_be_read_are_named(brief: Brief, tmp_path: Path, labels: str) -> None:
    _write(tmp_path / "own", {"labels.en.yaml": labels})
    with pytest.raises(RenderError, match=r"labels\.en\.yaml"):
        render(brief, formats=("md",), page=Page(template="own"), templates=[tmp_path])


def test_a_language_without_labels_falls_back_and_says_so() -> None:
    brief = sample_brief()
    foreign = replace(brief, edition=replace(brief.edition, language="cs"))
    edition = render(foreign, formats=("md",), page=Page(), templates=[])
    assert [problem.origin for problem in edition.problems] == ["brief.language"]
    assert "labels.cs.yaml" in edition.problems[0].reason
    assert "## Sources" in dict(edition.files)["brief.md"].decode()


def test_a_template_opens_its_own_files_and_no_others(brief: Brief, tmp_path: Path) -> None:
    (tmp_path / "outside.css").write_text("h1 { bookmark-label: 'outside' }")
    addresses = ["inside.css", "../outside.css", "template:///%2e%2e/outside.css", "/etc/hosts"]
    css = "".join(f'@import "{address}";' for address in addresses)
    _write(tmp_path / "own", {"page-a4.css": css, "inside.css": "@page { size: 100mm 100mm }"})
    (tmp_path / "own" / "linked.css").symlink_to(tmp_path / "outside.css")
    _write(tmp_path / "own", {"page-letter.css": '@import "linked.css";'})
    edition = render(brief, formats=("pdf",), page=Page(template="own"), templates=[tmp_path])
    assert len([problem for problem in edition.problems if "outside.css" in problem.reason]) == 2
    linked = render(brief, formats=("pdf",), page=Page(template="own", size="letter"), templates=[tmp_path])
    assert [problem for problem in linked.problems if "linked.css" in problem.reason]


def _write(folder: Path, files: dict[str, str]) -> None:
    folder.mkdir(exist_ok=True)
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")
