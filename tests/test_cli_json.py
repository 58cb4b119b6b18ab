"""What the commands that make something tell a program: one JSON object on stdout, and nothing else there."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.command import call

AT = ("--now", "2019-03-21T06:31:00+00:00")
CONFIG = """\
sources: [{folder: night}]
brief: {title: The river}
sections: [{id: water, title: Water, terms: {en: [dam, river]}}]
schedule: {at: ['06:30']}
deliver: [{folder: {path: share}}]
"""


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    (tmp_path / "config.yaml").write_text(CONFIG)
    (tmp_path / "night").mkdir()
    (tmp_path / "night" / "dam.txt").write_text("The dam\n\nThe dam on the river broke at noon, the board said.\n")
    (tmp_path / "night" / "empty.txt").write_text("")
    return tmp_path


def told(desk: Path, *words: str) -> dict[str, Any]:
    done = call(*words, "--json", cwd=desk)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)  # type: ignore[no-any-return]


def test_build_tells_what_was_made_and_what_was_left_out(desk: Path) -> None:
    made = told(desk, "build", "--format", "json,md", *AT)
    assert made == {
        "edition": "2019-03-21",
        "folder": "output/2019-03-21",
        "files": ["brief.json", "brief.md"],
        "articles": 1,
        "stories": 1,
        "left_out": [{"origin": "night/empty.txt", "stage": "extract", "reason": "an empty file", "lost": True}],
        "problems": [],
    }
    again = told(desk, "build", "--inputs", "output/2019-03-21/inputs.jsonl", "-o", "again")
    assert again == {**made, "folder": "again/2019-03-21"}
    assert call("build", "--json", "--format", "md", "-o", "-", cwd=desk).returncode == 2


@pytest.mark.parametrize(("template", "is_told"), [("<p>Good morning</p>", True), (None, False)])
def test_a_template_of_the_desk_s_own_that_shows_nothing_of_the_brief_is_told(
    desk: Path,
    template: str | None,
    is_told: bool,  # noqa: FBT001 - a table
) -> None:
    folder = desk / "templates" / "standard"
    folder.mkdir(parents=True)
    if template is not None:
        (folder / "brief.html.j2").write_text(template)
    made = told(desk, "build", "--format", "html,md", *AT)
    hidden = [problem["reason"] for problem in made["problems"] if problem["origin"] == "brief.html"]
    assert bool(hidden) is is_told
    assert all("templates/ leaves it out, or hides it" in reason for reason in hidden)


def test_run_and_deliver_tell_who_has_the_brief(desk: Path) -> None:
    due = {"edition": "2019-03-21", "channel": "folder", "recipient": "share"}
    assert told(desk, "run", "--dry-run", *AT) == {"due": [due]}
    (brief,) = told(desk, "run", *AT)["briefs"]
    assert (brief["title"], brief["editions"], brief["incidents"]) == ("The river", ["2019-03-21"], [])
    row = {key: brief["deliveries"][0][key] for key in (*due, "state")}
    assert row == {**due, "state": "sent"}
    (brief,) = told(desk, "run", *AT)["briefs"]
    assert (brief["editions"], brief["deliveries"], brief["wake"]) == ([], [], "2019-03-22T06:30:00+00:00")
    assert told(desk, "deliver", "2019-03-21", "--dry-run") == {"due": []}
    assert told(desk, "deliver", "2019-03-21")["deliveries"] == []


def test_a_run_that_fails_tells_why(desk: Path) -> None:
    (desk / "output").write_text("in the way")
    done = call("run", "--json", *AT, cwd=desk)
    (brief,) = json.loads(done.stdout)["briefs"]
    assert (done.returncode, brief["error"]) == (4, done.stderr.strip())


def test_collect_tells_how_each_source_answered(desk: Path) -> None:
    config = desk / "config.yaml"
    config.write_text(config.read_text().replace("[{folder: night}]", "[{command: [./posts], name: posts}]"))
    (desk / "posts").write_text('#!/bin/sh\necho \'{"id": "1", "text": "The dam broke."}\'\n')
    (desk / "posts").chmod(0o755)
    assert told(desk, "collect", *AT) == {
        "passes": [
            {
                "config": "config.yaml",
                "void": None,
                "sources": [{"source": "posts", "state": "new", "new": 1, "reason": None}],
            }
        ]
    }
    gone = told(desk, "store", "forget", "1", *AT)
    assert gone == {"forgotten": [{"source": "posts", "key": "1"}], "editions": []}
