"""What the commands that make something tell a program: one JSON object on stdout, and nothing else there."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import click
import pytest

from briefing.cli import COMMANDS, group
from tests.command import call
from tests.sources.test_finding import serving

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
    assert "name the edition to deliver, such as 2019-03-21" in call("deliver", cwd=desk).stderr


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


FEED = "https://river.example/feed"
OPML = (
    '<opml version="2.0"><body><outline text="River Post" xmlUrl="{feed}"/>'
    '<outline text="Own" xmlUrl="file:///etc/hosts"/></body></opml>'
)


def test_what_lays_files_tells_which(desk: Path) -> None:
    made = told(desk, "init", "new")
    assert (made["laid"], made["kept"]) == ("new/config.yaml", [])
    assert {"new/config.yaml", "new/config.schema.json", "new/templates/standard/style.css"} <= {*made["files"]}
    assert told(desk, "init", "new", "--template", "standard")["files"] == []
    units = ["units/briefing.service", "units/briefing.timer"]
    enabled = told(desk, "install", "--kind", "systemd", "--into", "units")
    assert (enabled["files"], enabled["commands"][-1][:9], "briefing.env" in enabled["secrets"]) == (
        units,
        "systemctl" if os.geteuid() == 0 else "loginctl ",
        True,
    )
    removed = told(desk, "install", "--kind", "systemd", "--into", "units", "--remove")
    assert (removed["files"], removed["secrets"], [*(desk / "units").iterdir()]) == (units, None, [])


def test_sources_that_are_found_or_imported_are_data(desk: Path) -> None:
    (desk / "feeds.opml").write_text(OPML.format(feed=FEED))
    read = told(desk, "import", "feeds.opml")
    assert read["sources"] == [{"feed": FEED, "name": "River Post"}]
    assert [one["url"] for one in read["refused"]] == ["file:///etc/hosts"]
    feed = '<rss version="2.0"><channel><title>Post</title><item><title>Dam</title></item></channel></rss>'
    with serving({"/r": feed}) as address:
        found = told(desk, "add", f"{address}/r", "--allow-private")
    assert found == {"sources": [{"feed": f"{address}/r", "name": "Post", "allow_private": True}], "refused": []}


@pytest.mark.parametrize(
    "name", sorted(COMMANDS.keys() - {"preview", "schedule", "schema", "completion", "man", "summarise"})
)
def test_every_command_but_those_that_stay_or_print_a_text_takes_json(name: str) -> None:
    command = group.get_command(click.Context(group), name)
    parts = list(command.commands.values()) if isinstance(command, click.Group) else [command]
    assert all("--json" in {flag for param in part.params for flag in param.opts} for part in parts if part)
