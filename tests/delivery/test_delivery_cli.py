"""The commands themselves, on a desk of two articles: run, deliver, status, schedule, install.

One round and the daemon run as programs of their own; the others are called here, and a press prints their briefs.
"""

from __future__ import annotations

import json
import resource
import signal
import subprocess
import sys
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Protocol

import pytest

from briefing.cli import group, run
from briefing.cli.output import outcome_of
from briefing.delivery.ledger import FILE
from briefing.delivery.status import last_beat
from tests.delivery.desk import Press
from tests.delivery.smtp_server import Server, smtp_server

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

COMMAND = [sys.executable, "-c", "import sys; from briefing.cli import main; sys.exit(main())"]
MORNING, NEXT = "2019-03-21T06:30:00+01:00", "2019-03-22T06:30:00+01:00"
ARTICLE = """---
title: {title}
outlet: Quay Post
url: https://quay.example/{name}
published: 2019-03-20T18:00:00Z
---
The bridge over the river at the quay was opened to lorries again on Wednesday, the harbour office said. Engineers had
closed it in January after a barge struck the second pier. {tail}
"""
CONFIG = """version: 1
brief: {{title: River desk, timezone: Europe/Paris, marking: "TLP:AMBER"}}
sources: [{{folder: seeds}}]
sections:
  - {{id: roads, title: Roads, terms: {{en: [bridge, road, lorries]}}}}
schedule: {{at: ["06:30"]}}
deliver:
  - email:
      to: [a@example.org, b@example.org]
      from: Desk <brief@example.org>
      smtp: smtp://127.0.0.1:{port}
      tls: none
  - folder: {{path: share}}
on_failure:
  - email: {{to: [chief@example.org], from: brief@example.org, smtp: "smtp://127.0.0.1:{port}", tls: none}}
"""


@pytest.fixture
def server() -> Iterator[Server]:
    with smtp_server() as found:
        yield found


@pytest.fixture
def desk(tmp_path: Path, server: Server) -> Path:
    seeds = tmp_path / "seeds"
    seeds.mkdir()
    for name, tail in (("a", "Tolls stay as they were."), ("b", "A second inspection is due in the summer.")):
        (seeds / f"{name}.md").write_text(ARTICLE.format(name=name, title=f"Bridge open again, {name}", tail=tail))
    (tmp_path / "config.yaml").write_text(CONFIG.format(port=server.port))
    return tmp_path


@dataclass(frozen=True)
class Said:
    stdout: str
    stderr: str


class Call(Protocol):
    def __call__(self, *arguments: str, code: int = 0) -> Said: ...


@pytest.fixture
def brief(desk: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Call:
    """Return what calls a command at the desk and holds it to its exit code."""
    monkeypatch.chdir(desk)

    def call(*arguments: str, code: int = 0) -> Said:
        before = signal.getsignal(signal.SIGTERM)
        try:
            found = outcome_of(lambda: group(arguments, standalone_mode=False))
        finally:
            signal.signal(signal.SIGTERM, before)
        said = Said(*capsys.readouterr())
        assert found == code, said.stderr
        return said

    return call


@pytest.fixture
def press(monkeypatch: pytest.MonkeyPatch) -> Press:
    """Print briefs here instead of building them in a process of their own."""
    press = Press(bytes_of_pdf=100_000)
    monkeypatch.setattr(run, "build_apart", lambda _build, order, **_more: press(order.slot))
    return press


@contextmanager
def file_size_limit(most: int) -> Iterator[None]:
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (most, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def test_a_morning_at_the_desk(desk: Path, server: Server, brief: Call) -> None:
    foretold = brief("run", "--dry-run", "--now", MORNING).stdout
    assert foretold == "2019-03-21\temail\ta@example.org\n2019-03-21\temail\tb@example.org\n2019-03-21\tfolder\tshare\n"
    assert not (desk / "output").exists()

    late = [*COMMAND, "run", "--now", "2019-03-21T08:40:00+01:00"]
    done = subprocess.run(late, cwd=desk, check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert server.delivered == ["a@example.org", "b@example.org"]
    message = server.mails[0].parsed
    assert message["Subject"].startswith("[TLP:AMBER] River desk: ")
    assert message["Subject"].endswith(" · Thursday 21 March 2019")
    assert next(message.iter_attachments()).get_content().startswith(b"%PDF-")
    body = message.get_body(("plain",))
    assert body is not None
    assert "This brief is 2 h 10 min late: it was due Thu 21 Mar, 06:30 (Paris)." in body.get_content().replace(
        "\n", " "
    )
    assert (desk / "share" / "2019-03-21" / "brief.pdf").exists()
    assert (desk / "output" / "index.html").exists()

    assert "nothing is due" in brief("schedule", "--once", "--now", "2019-03-21T09:00:00+01:00").stderr
    assert len(server.mails) == 2

    told = brief("deliver", "2019-03-21", "--test-to", "me@example.org").stderr
    assert told == "2019-03-21: sent to me@example.org; nothing is recorded\n"
    data = json.loads(brief("deliver", "2019-03-21", "--test-to", "me@example.org", "--json").stdout)
    assert data == {"edition": "2019-03-21", "sent_to": "me@example.org"}
    assert server.delivered[2:] == ["me@example.org"] * 2
    assert "me@example.org" not in brief("status", "--now", "2019-03-21T09:00:00+01:00").stdout

    text = brief("status", "--now", "2019-03-21T09:00:00+01:00").stdout
    assert "  last   2019-03-21  done, built 2019-03-21 08:40, 130 min late\n" in text
    assert "  alive  2019-03-21 09:00\n" in text
    data = json.loads(brief("status", "--json", "--now", "2019-03-22T09:00:00+01:00", code=1).stdout)
    assert data["healthy"] is False
    assert {row["name"] for row in data["briefs"][0]["recipients"]} == {"a@example.org", "b@example.org", "share"}

    assert brief("deliver", "output/2019-03-21", "--dry-run").stdout == ""
    assert brief("deliver", "2019-03-21").stderr == "2019-03-21: everybody has received it; nothing is delivered\n"
    again = brief("deliver", "2019-03-21", "--to", "a@example.org").stderr
    assert again == "2019-03-21: these have received it; nothing is delivered\n"
    assert len(server.mails) == 4
    refused = brief("deliver", "2019-03-21", "--to", "x@y.z", code=4).stderr
    assert "x@y.z is nobody under `deliver:`" in refused

    stays = brief("build", "--date", "2019-03-21", "--format", "json", "-q", code=1).stderr
    assert "has been delivered and stays as it is; build into another folder with -o" in stays
    brief("build", "--date", "2019-03-21", "--format", "json", "-q", "-o", "trial")


@pytest.mark.usefixtures("press")
def test_what_goes_wrong_is_told_and_ends_in_its_code(desk: Path, server: Server, brief: Call) -> None:
    brief("run", "--now", MORNING)
    before = {path: path.read_bytes() for path in (desk / "output").rglob("brief.*")}
    server.mails.clear()

    with file_size_limit(20_000):
        limited = brief("run", "--now", NEXT, code=4)
    assert "File too large" in limited.stderr or "disk I/O error" in limited.stderr or "is full" in limited.stderr
    assert {path: path.read_bytes() for path in before} == before
    assert server.delivered == ["chief@example.org"]
    assert "What still works: earlier" in server.mails[0].parsed.get_content()

    ledger = desk / "output" / FILE
    kept = ledger.read_bytes()
    ledger.write_bytes(b"nonsense" * 1000)
    for _ in range(2):
        damaged = brief("run", "--now", NEXT, code=4)
        assert "is damaged: file is not a database; nothing was changed: put a copy of it back, or" in damaged.stderr
    assert server.delivered == ["chief@example.org"] * 2
    brief("build", "--date", "2019-03-23", "--format", "json", "-q")
    ledger.write_bytes(kept)
    for beside in ("-wal", "-shm"):
        (desk / "output" / f"{FILE}{beside}").unlink(missing_ok=True)
    brief("run", "--now", "2019-03-22T07:30:00+01:00")
    assert server.delivered[2:] == ["a@example.org", "b@example.org"]

    assert "has no `schedule:`" in _without("schedule", desk, brief)
    (desk / "other.yaml").write_text((desk / "config.yaml").read_text())
    both = brief("run", "-c", "config.yaml", "-c", "other.yaml", code=4).stderr
    assert "config.yaml and other.yaml both keep their editions in output" in both


@pytest.mark.usefixtures("press")
def test_an_output_that_is_no_folder_is_told_once_a_day(
    desk: Path, server: Server, brief: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    (desk / "tmp").mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(desk / "tmp"))
    (desk / "output").write_text("a file where a folder must be\n")
    for _ in range(2):
        assert "output cannot be written to" in brief("run", "--now", MORNING, code=4).stderr
        assert "output is no folder" in brief("status", "--now", MORNING, code=4).stderr
    assert server.delivered == ["chief@example.org"]
    brief("run", "--now", NEXT, code=4)
    assert server.delivered == ["chief@example.org"] * 2
    (desk / "output").unlink()
    brief("run", "--now", NEXT)
    assert list((desk / "tmp").iterdir()) == []


@pytest.mark.usefixtures("press")
@pytest.mark.parametrize("empty", [True, False])
def test_a_lost_ledger_is_told_and_rebuilt(desk: Path, server: Server, brief: Call, *, empty: bool) -> None:
    brief("run", "--now", MORNING)
    ledger = desk / "output" / FILE
    for path in (desk / "output").glob(f"{FILE}*"):
        path.unlink()
    if empty:
        ledger.touch()
    for command in (("run", "--now", MORNING), ("status",), ("run", "--dry-run", "--now", MORNING)):
        assert "or: briefing ledger rebuild" in brief(*command, code=4).stderr
    assert brief("ledger", "rebuild").stdout == "2019-03-21\n"
    assert "nothing is due" in brief("run", "--now", MORNING).stderr
    assert [name for name in server.delivered if name != "chief@example.org"] == ["a@example.org", "b@example.org"]
    assert "there and whole" in brief("ledger", "rebuild", code=4).stderr


def _without(block: str, desk: Path, brief: Call) -> str:
    lines = [line for line in (desk / "config.yaml").read_text().splitlines() if not line.startswith(block)]
    (desk / "less.yaml").write_text("\n".join(lines))
    return brief("run", "-c", "less.yaml", code=2).stderr


def test_the_daemon_leaves_a_sign_of_life_and_ends_at_once(desk: Path) -> None:
    (desk / "config.yaml").write_text((desk / "config.yaml").read_text().replace("06:30", "23:59"))
    process = subprocess.Popen(
        [*COMMAND, "schedule", "--now", "2019-03-21T20:30:00+01:00"], cwd=desk, stderr=subprocess.PIPE, text=True
    )
    assert process.stderr is not None
    assert process.stderr.readline() == "River desk: waiting; editions go to output\n"
    process.send_signal(signal.SIGTERM)
    assert process.wait(10) == 0
    process.communicate()
    assert last_beat(desk / "output") == datetime(2019, 3, 21, 19, 30, tzinfo=UTC)


def test_an_empty_day_is_skipped_and_an_unreadable_one_is_not_called_empty(
    desk: Path, server: Server, brief: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(run, "build_apart", lambda build, order, **_more: build(order))
    config = desk / "config.yaml"
    config.write_text(config.read_text().replace('["06:30"]', '["06:30"], empty: skip'))
    for path in (desk / "seeds").iterdir():
        path.unlink()
    brief("run", "--now", MORNING)
    assert server.mails == []
    (desk / "seeds" / "a.bin").write_bytes(bytes(range(256)) * 40)
    assert "not one article could be read: seeds/a.bin" in brief("run", "--now", NEXT, code=4).stderr


def test_install_writes_and_tells_how_to_enable(desk: Path, brief: Call) -> None:
    done = brief("install", "--kind", "systemd", "--into", "units")
    assert done.stdout.splitlines() == ["units/briefing.service", "units/briefing.timer"]
    assert "enable --now briefing.timer" in done.stderr
    assert f"as lines NAME=value in {desk / 'briefing.env'}, readable by the owner alone\n" in done.stderr
    brief("install", "--kind", "systemd", "--into", "units")  # the same again
    (desk / "other.yaml").write_text((desk / "config.yaml").read_text())
    other = brief("install", "--kind", "systemd", "--into", "units", "-c", "other.yaml", code=1).stderr
    assert "briefing.service is there already and starts something else" in other
    assert f"-c {desk / 'config.yaml'}" in (desk / "units" / "briefing.service").read_text()
    assert "crontab -" in brief("install", "--kind", "cron").stderr
    wants = desk / "units" / "timers.target.wants"  # what systemctl enable makes
    wants.mkdir()
    (wants / "briefing.timer").symlink_to(desk / "units" / "briefing.timer")
    (wants / "other.timer").symlink_to("/dev/null")
    removed = brief("install", "--kind", "systemd", "--into", "units", "--remove")
    assert removed.stdout == f"{done.stdout}units/timers.target.wants/briefing.timer\n"
    assert "stop briefing.timer" in removed.stderr
    assert [path.name for path in (desk / "units").rglob("*.*") if path != wants] == ["other.timer"]
    assert brief("install", "--kind", "systemd", "--into", "units", "--remove").stdout == done.stdout  # the same again
    assert "grep -vxF" in brief("install", "--kind", "cron", "--remove").stderr
