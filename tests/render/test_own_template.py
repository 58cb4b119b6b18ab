"""A desk's own template: slips in its labels and style sheets are told at their lines."""

from __future__ import annotations

import re
import shutil
from typing import TYPE_CHECKING

import pytest

from briefing.config import Page, Theme
from briefing.errors import RenderError
from briefing.render import page_problems, shipped_templates
from briefing.render.page import css_mistakes

if TYPE_CHECKING:
    from pathlib import Path


def told(templates: Path, *, language: str = "en", page: Page | None = None) -> list[tuple[str, str]]:
    found = page_problems(language, page=page or Page(template="own"), templates=[templates])
    return [(problem.origin, problem.reason) for problem in found]


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """A whole copy of the standard template under a name of its own."""
    shutil.copytree(shipped_templates() / "standard", tmp_path / "own")
    return tmp_path / "own"


def test_a_copy_of_the_shipped_template_has_nothing_wrong(own: Path) -> None:
    assert told(own.parent) == []


def test_labels_that_break_off_are_told_where_it_began(own: Path) -> None:
    path = own / "labels.en.yaml"
    lines = path.read_text("utf-8").splitlines()
    number = next(index for index, line in enumerate(lines) if re.match(r"\w+: \w", line))
    lines[number] = re.sub(r": ", ': "', lines[number], count=1)
    lines[number + 6] = 'closing: "words"'
    path.write_text("\n".join(lines), "utf-8")
    with pytest.raises(RenderError) as raised:
        told(own.parent)
    assert str(raised.value) == (
        f"{path}:{number + 1}: this quotation mark is closed some lines below only: one is missing before that"
    )


def test_a_label_without_words_is_told(own: Path) -> None:
    (own / "labels.en.yaml").write_text("sources: Where from\ngaps:\n", "utf-8")
    with pytest.raises(RenderError, match=r"labels\.en\.yaml:2: the label `gaps` has no words$"):
        told(own.parent)


def test_a_mistyped_label_is_told_and_one_of_its_own_is_not(own: Path) -> None:
    (own / "labels.en.yaml").write_text("sources: Where from\nsorces: x\ngapz: Not known\nmasthead: Ours\n", "utf-8")
    assert told(own.parent) == [
        (f"{own.parent.name}/own/labels.en.yaml:3", "unknown label 'gapz', did you mean 'gaps'?")
    ]


def test_labels_that_a_language_lacks_are_counted(own: Path) -> None:
    (own / "labels.cs.yaml").write_text("locale: cs\nsources: Zdroje\n", "utf-8")
    ((origin, reason),) = told(own.parent, language="cs")
    assert origin == f"{own.parent.name}/own/labels.cs.yaml"
    assert re.fullmatch(r"\d\d+ labels are not given and stand in en: (\w+, ){5}…", reason)


def test_a_language_without_words_and_a_logo_that_is_not_there_are_told(tmp_path: Path) -> None:
    page = Page(theme=Theme(logo="ours.svg"))
    assert told(tmp_path, language="he", page=page) == [
        ("brief.language", "there is no labels.he.yaml in the templates: the brief's own words are in en"),
        ("page.theme", "no picture ours.svg of up to a megabyte lies in templates/standard"),
    ]


def test_a_style_sheet_is_told_with_its_line(own: Path) -> None:
    sheet = own / "style.css"
    sheet.write_text(sheet.read_text("utf-8") + "\nbody {{{\n", "utf-8")
    line = len(sheet.read_text("utf-8").splitlines())
    assert told(own.parent) == [
        (f"{own.parent.name}/own/style.css:{line}", "this { is never closed: what follows it is not applied")
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a { color: red }\n@media print { b { c: d } }", []),
        ("/* { */ a::before { content: '}\\'{'; background: url({) }", []),
        ("a { color: red }\n}\nb { }", [(2, "this } closes nothing: what follows it is not applied")]),
        ("a {\n  color red;\n  b: c\n}", [(2, "this is no rule of CSS and is not applied")]),
        ("a { b: c }\nnothing more", [(2, "this is no rule of CSS and is not applied")]),
        ("a { b: c", [(1, "this { is never closed: what follows it is not applied")]),
    ],
)
def test_what_is_no_css(text: str, expected: list[tuple[int, str]]) -> None:
    assert list(css_mistakes(text)) == expected
