"""An edition is made again of what it was made of: the same bytes, without network, ledger, clock or the folders."""

from __future__ import annotations

import json
import shutil
import socket
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path

import pytest

from tests.collect.passes import LONG, item, rss
from tests.collect.test_collect_cli import NOW, SCHEDULE, Desk, desk, news  # noqa: F401 - a fixture
from tests.command import ROOT, call


def hashes(folder: Path) -> dict[str, str]:
    return {path.name: sha256(path.read_bytes()).hexdigest() for path in sorted(folder.glob("brief.*"))}


@pytest.fixture
def edition(desk: Desk) -> Path:  # noqa: F811 - the fixture above
    """Build an edition of a feed, a folder, notes and a template of the desk's own, after another that it follows."""
    articles = desk.folder / "articles"
    articles.mkdir()
    (articles / "dam.md").write_text(f"# The dam\n\nThe dam {LONG}")
    (desk.folder / "notes").mkdir()
    (desk.folder / "notes" / "2019-03-21.md").write_text("A note of the desk.\n")
    own = desk.folder / "templates" / "ours"
    own.mkdir(parents=True)
    (own / "labels.en.yaml").write_text("bottom_line: In one line\n")
    desk.write("river", more="page: {template: ours}\n")
    config = desk.folder / "config.yaml"
    config.write_text(config.read_text().replace("sources:\n", "sources:\n  - {folder: articles}\n"))
    desk.serve("river", rss(news("Hajin", 30)))
    desk.call("collect", now=NOW - timedelta(hours=25))
    desk.call("build", "--format", "json", "-q", now=NOW - timedelta(hours=24))
    desk.serve("river", rss(news("Raqqa"), news("Hajin", 30)))
    desk.call("collect")
    done = desk.call("build", "--format", "json,html,md", "-q", now=NOW + timedelta(minutes=10))
    assert done.returncode == 0, done.stderr
    return desk.folder / "output" / "2019-03-21"


def test_the_same_bytes_from_the_edition_s_folder_and_the_store_alone(
    edition: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = hashes(edition)
    assert "In one line" in (edition / "brief.md").read_text("utf-8")
    elsewhere = tmp_path / "elsewhere" / "output"
    shutil.copytree(edition, elsewhere / edition.name)
    shutil.copytree(edition.parent / "store" / "objects", elsewhere / "store" / "objects")
    for path in (elsewhere / edition.name).glob("brief.*"):
        path.unlink()
    shutil.rmtree(edition.parents[1] / "articles")

    def refused(*_: object) -> socket.socket:
        raise AssertionError("a socket was opened")

    monkeypatch.setattr(socket, "socket", refused)
    done = call("build", "--inputs", elsewhere / edition.name / "inputs.jsonl", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert hashes(elsewhere / edition.name) == before
    assert (elsewhere / edition.name / "inputs.jsonl").read_bytes() == (edition / "inputs.jsonl").read_bytes()


def test_inputs_name_no_path_of_the_machine_and_no_secret(edition: Path) -> None:
    text = (edition / "inputs.jsonl").read_text("utf-8")
    assert str(edition.parents[2]) not in text
    rows = [json.loads(line) for line in text.splitlines()]
    assert [row["origin"].partition("/")[0] for row in rows[1:]] == ["articles", "river", "river"]
    assert rows[0]["store"] == "../store"


def test_verify_checks_what_an_edition_was_made_of(edition: Path) -> None:
    done = call("verify", edition, cwd=edition.parents[1])
    assert done.returncode == 0, done.stderr
    row = json.loads((edition / "inputs.jsonl").read_text("utf-8").splitlines()[1])
    path = edition.parent / "store" / "objects" / row["sha256"][:2] / row["sha256"]
    path.write_bytes(b"other")
    done = call("verify", edition, cwd=edition.parents[1])
    assert done.returncode == 1
    assert "is damaged" in done.stderr


@pytest.mark.parametrize(
    ("broken", "told"),
    [
        ("", "is no inputs.jsonl"),
        ("{}\n", "is no inputs.jsonl"),
        ('{"version": 1}\n', "is no inputs.jsonl"),
        ("[]\n", "is no inputs.jsonl"),
    ],
)
def test_what_is_no_inputs_file_is_told_in_a_sentence(broken: str, told: str, tmp_path: Path) -> None:
    path = tmp_path / "inputs.jsonl"
    path.write_text(broken)
    done = call("build", "--inputs", path, cwd=tmp_path)
    assert (done.returncode, told in done.stderr) == (1, True)


def test_a_template_whose_name_leads_out_of_its_folder_is_refused(edition: Path) -> None:
    path = edition / "inputs.jsonl"
    head, *rest = path.read_text("utf-8").splitlines()
    data = json.loads(head)
    data["templates"] = {"../../evil": next(iter(data["templates"].values()))}
    path.write_text("\n".join([json.dumps(data), *rest]))
    done = call("build", "--inputs", path, cwd=edition)
    assert (done.returncode, "is no name of a template" in done.stderr) == (1, True)


@pytest.mark.long
@pytest.mark.skipif(shutil.which("unshare") is None, reason="no unshare on this machine")
def test_a_scheduled_edition_with_its_pdf_is_made_again_without_a_network(
    desk: Desk,  # noqa: F811 - the fixture above
) -> None:
    desk.write("river", more=SCHEDULE)
    first = datetime(2019, 3, 21, 5, 31, tzinfo=UTC)
    desk.serve("river", rss(news("Raqqa")))
    desk.call("run", now=first)
    desk.serve("river", rss(news("Raqqa"), item("Dam", f"Dam {LONG}", date=first + timedelta(hours=5))))
    desk.call("run", now=first + timedelta(days=1))
    edition = desk.folder / "output" / "2019-03-22"
    brief = json.loads((edition / "brief.json").read_text("utf-8"))
    assert [entry["title"] for entry in brief["articles"]] == ["Dam"]
    before = hashes(edition)
    (desk.folder / "config.yaml").unlink()
    (desk.folder / "output" / "briefing.sqlite3").unlink()
    again = desk.folder / "again"
    command = [sys.executable, "-c", "import sys; from briefing.cli import main; sys.exit(main())", "build"]
    arguments = ["--inputs", str(edition / "inputs.jsonl"), "-o", str(again)]
    done = subprocess.run(
        ["unshare", "-rn", *command, *arguments],
        cwd=desk.folder,
        env={"PYTHONPATH": str(ROOT), "PYTHONHASHSEED": "7", "PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        check=False,
    )
    if "unshare" in done.stderr:
        pytest.skip("no namespaces on this machine")
    assert done.returncode == 0, done.stderr
    assert "brief.pdf" in before
    assert hashes(again / "2019-03-22") == before
