"""Every recipe of the cookbook, followed to the letter in a fresh desk, and looked at when it is done."""

from __future__ import annotations

import json
import re
import shlex
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pypdfium2
import pytest

from tests.test_docs import checkout, followed  # noqa: F401 - the first is a fixture

if TYPE_CHECKING:
    from collections.abc import Callable

COOKBOOK = Path(__file__).parents[1] / "docs" / "cookbook.md"
HEADING = re.compile(r"^## \d+\. (.+)$", re.MULTILINE)
BLOCK = re.compile(r"^```(\w+)(?: (\S+))?\n(.*?)^```$", re.MULTILINE | re.DOTALL)
DAY = "2019-03-21"


def recipes() -> dict[str, list[tuple[str, str, str]]]:
    """Return each recipe's blocks (kind, file or "", text) by its title."""
    _, *parts = HEADING.split(COOKBOOK.read_text("utf-8"))
    return {title: BLOCK.findall(text) for title, text in zip(parts[::2], parts[1::2], strict=True)}


RECIPES = recipes()


def brief_in(folder: Path) -> dict[str, Any]:
    data: dict[str, Any] = json.loads((folder / DAY / "brief.json").read_text("utf-8"))
    return data


def text_in(folder: Path) -> str:
    with pypdfium2.PdfDocument(folder / DAY / "brief.pdf") as pdf:
        return " ".join(" ".join(page.get_textpage().get_text_range() for page in pdf).split())


def two_languages(desk: Path) -> None:
    brief = brief_in(desk / "deux")
    assert {story["language"] for story in brief["sections"][0]["stories"]} >= {"en", "fr"}
    assert "jeudi 21 mars 2019" in text_in(desk / "deux").lower()


def press_review(desk: Path) -> None:
    brief = brief_in(desk / "press")
    outlets = {article["id"]: article["outlet"] for article in brief["articles"]}
    for section in brief["sections"][:3]:
        assert section["stories"]
        assert {outlets[s["article"]] for story in section["stories"] for s in story["sentences"]} == {section["title"]}
    assert brief["sections"][3]["stories"]


def teams(desk: Path) -> None:
    brief = brief_in(desk / "output-camps")
    assert brief["edition"]["title"] == "Camps: what changed overnight"
    assert "Camps and prisons" in [section["title"] for section in brief["sections"]]
    assert [section["id"] for section in brief_in(desk / "output-coalition")["sections"]] == ["coalition"]


def marking(desk: Path) -> None:
    assert brief_in(desk / "amber")["edition"]["marking"] == "TLP:AMBER+STRICT"
    assert "ask before you forward it" in text_in(desk / "amber")


def logo(desk: Path) -> None:
    page = (desk / "ours" / DAY / "brief.html").read_text("utf-8")
    assert "#7a1f3d" in page
    assert "data:image/svg+xml" in page


def phone(desk: Path) -> None:
    with pypdfium2.PdfDocument(desk / "phone" / DAY / "brief.pdf") as pdf:
        assert pdf[0].get_width() < 400
    assert "How to read" not in (desk / "phone" / DAY / "brief.html").read_text("utf-8")


def monday(desk: Path) -> None:
    counts = {name: len(brief_in(desk / name)["articles"]) for name in ("weekday", "monday")}
    assert 0 < counts["weekday"] < counts["monday"]


def data_alone(desk: Path) -> None:
    assert {path.name for path in (desk / "data" / DAY).iterdir()} == {"brief.json", "inputs.jsonl"}


def own_template(desk: Path) -> None:
    assert "from Euphrates Monitor" in text_in(desk / "plain")


def from_the_pdf(desk: Path) -> None:
    assert (desk / "unpacked" / "brief.json").is_file()
    assert list((desk / "unpacked").glob("source-*.txt"))


def mail(desk: Path) -> None:
    assert not (desk / "shared").exists()


def nested(desk: Path) -> None:
    sections = {section["id"]: section["stories"] for section in brief_in(desk / "nested")["sections"]}
    assert list(sections) == ["people", "camps", "prisoners", "others"]
    assert sections["camps"]
    assert sections["prisoners"]
    assert sections["others"]
    assert not brief_in(desk / "nested")["also_today"]


def about(desk: Path) -> None:
    made = brief_in(desk / "euphrates")
    assert any(problem["stage"] == "scope" for problem in made["left_out"])
    assert any(section["stories"] for section in made["sections"])


def conflict(desk: Path) -> None:
    brief = brief_in(desk / "conflict")
    assert all(section["stories"] for section in brief["sections"])
    told = [account["text"] for figure in brief["figures"] for account in figure["accounts"]]
    assert any("fighters" in text for text in told)


OUTCOMES: dict[str, Callable[[Path], None]] = {
    "Two languages in one section": two_languages,
    "A press review by outlet": press_review,
    "One brief for each team, from one file": teams,
    "A marking, and a line on handling": marking,
    "Your logo and your colour": logo,
    "A page for the phone, shorter": phone,
    "Monday catches up the weekend": monday,
    "Only the data, for another program": data_alone,
    "A template of your own": own_template,
    "Checking an edition that has only its PDF left": from_the_pdf,
    "By mail to the desk, and a message when it fails": mail,
    "Subsections, and a section that is the rest": nested,
    "Only what concerns you": about,
    "The words of armed conflict": conflict,
}


def test_every_recipe_has_an_outcome() -> None:
    assert list(RECIPES) == list(OUTCOMES)


@pytest.mark.parametrize("title", RECIPES)
def test_the_recipe_does_what_it_says(title: str, checkout: Path) -> None:  # noqa: F811 - the fixture
    for kind, name, text in RECIPES[title]:
        if name:
            path = checkout / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, "utf-8")
            continue
        assert kind == "sh", "a block is a file or commands"
        for command in text.splitlines():
            result = followed(shlex.split(command), checkout)
            assert result.returncode == 0, f"{command}\n{result.stdout}\n{result.stderr}"
    OUTCOMES[title](checkout)
