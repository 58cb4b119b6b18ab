"""One outlet that counts anew is one account: its last figure leads, and the one before is told as what it was."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from briefing.edition import Brief, read_brief
from briefing.verify import check_quotations
from tests.command import call

CONFIG = """\
version: 1
brief: {title: Valley, language: en, timezone: UTC}
sources: [{folder: in}]
sections: [{id: water, title: Water, terms: {en: [river, flood]}}]
"""
MORNING = "The flood of the river Tessel killed 12 people at Marrow on Tuesday night, the mayor said."
EVENING = "At least 19 people are dead after the river Tessel flooded Marrow on Tuesday night, the mayor said."


def made(folder: Path, *reports: tuple[str, str, str]) -> Brief:
    (folder / "in").mkdir()
    (folder / "config.yaml").write_text(CONFIG)
    for number, (outlet, hour, text) in enumerate(reports):
        head = f"---\ntitle: Flood at Marrow\noutlet: {outlet}\ndate: 2019-03-20T{hour}:00Z\n---\n"
        (folder / "in" / f"{number}.md").write_text(f"{head}{text} The rail bridge at Dorn is shut.\n")
    told = call("build", "-q", "--date", "2019-03-21", "--format", "json,md", cwd=folder)
    assert told.returncode == 0, told.stderr
    return read_brief((folder / "output/2019-03-21/brief.json").read_bytes())


def changes(brief: Brief) -> list[tuple[str, str, str]]:
    stories = [story for part in brief.parts for story in (*part.stories, *part.more)]
    return [(one.edition, one.before.text, one.after.text) for story in stories for one in story.changes]


def test_the_figure_before_is_told_with_its_hour(tmp_path: Path) -> None:
    brief = made(tmp_path, ("Valley Post", "08:00", MORNING), ("Valley Post", "18:00", EVENING))
    assert changes(brief) == [("", "12 people", "At least 19 people")]
    assert "“12 people” (20 Mar, 08:00), now “At least 19 people”" in (
        tmp_path / "output/2019-03-21/brief.md"
    ).read_text("utf-8")
    assert [point.text for point in brief.key_points[:1]] == [EVENING]
    assert check_quotations(brief) == ()


@pytest.mark.parametrize(
    "reports",
    [
        [
            ("Valley Post", "08:00", MORNING),
            ("Dorn Echo", "18:00", EVENING),
        ],  # two accounts, of which neither is earlier
        [("Valley Post", "08:00", EVENING), ("Valley Post", "18:00", EVENING.replace("are dead", "died"))],
        [("Valley Post", "08:00", MORNING), ("Valley Post", "08:00", EVENING)],
    ],
)
def test_nothing_else_is(tmp_path: Path, reports: list[tuple[str, str, str]]) -> None:
    assert changes(made(tmp_path, *reports)) == []


def test_verify_reads_the_earlier_figure_where_it_stands(tmp_path: Path) -> None:
    brief = made(tmp_path, ("Valley Post", "08:00", MORNING), ("Valley Post", "18:00", EVENING))
    (section,) = brief.sections
    (story,) = section.stories
    wrong = replace(story.changes[0], before=replace(story.changes[0].before, text="13 people"))
    changed = replace(brief, sections=(replace(section, stories=(replace(story, changes=(wrong,)),)),))
    assert any("not what stands at" in line for line in check_quotations(changed))
