"""Commands as a source: real ones, run without a shell, ended with all that they started."""

from __future__ import annotations

import json
import os
import sys
import time
from pathlib import Path

import pytest

from briefing.config import CommandSource
from briefing.errors import SourceError
from briefing.sources.command import collect_command, run
from tests.sources.test_mail_sources import reach

RSS = """<rss version="2.0"><channel><title>Tamm</title><item><title>Ferries sail</title><guid>a1</guid>
<description>The ferries sail again.</description></item></channel></rss>"""
FEED = {"version": "https://jsonfeed.org/version/1.1", "title": "Tamm", "items": [
    {"id": "a1", "title": "Ferries sail", "content_text": "The ferries sail again."}]}  # fmt: skip
LINE = {"id": "a1", "title": "Ferries sail", "text": "The ferries sail again."}


def script(folder: Path, body: str) -> list[str]:
    """Return the command of a script in the folder of config.yaml."""
    path = folder / "collect.py"
    path.write_text(f"#!{sys.executable} -I\nimport os, sys, time, subprocess\n{body}\n")
    path.chmod(0o755)
    return ["./collect.py"]


@pytest.mark.parametrize("printed", [RSS, json.dumps(FEED), json.dumps(LINE) + "\n"], ids=["rss", "jsonfeed", "jsonl"])
def test_what_a_command_prints_is_read(tmp_path: Path, printed: str) -> None:
    (tmp_path / "printed").write_text(printed)
    command = script(tmp_path, "sys.stdout.write(open(sys.argv[1]).read())")
    source = CommandSource.model_validate({"command": [*command, "printed"], "outlet": "Tamm Post"})
    collected = collect_command(source, reach(tmp_path))
    assert [(entry.key, entry.title) for entry in collected.entries] == [("a1", "Ferries sail")]
    assert b"The ferries sail again." in collected.entries[0].content


def test_there_is_no_shell(tmp_path: Path) -> None:
    command = script(tmp_path, "print(sys.argv[1:])")
    printed = run([*command, "$(touch x)", "; touch y", "*"], tmp_path, seconds=20, monotonic=time.monotonic)
    assert printed.decode().strip() == "['$(touch x)', '; touch y', '*']"
    assert not (tmp_path / "x").exists()


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ("sys.exit('no key is set')", "it ended with exit code 1: no key is set"),
        ("os.kill(os.getpid(), 9)", "it ended with signal 9"),
        ("print('hello')", "it prints neither a feed nor JSON Feed nor JSON Lines"),
        ("time.sleep(60)", "it took more than 1 s and was ended"),
        ("os.close(1); os.close(2); time.sleep(60)", "it took more than 1 s and was ended"),
        ("while True: sys.stdout.write('x' * 65536)", "it printed more than 10 MB and was ended"),
    ],
)
def test_what_goes_wrong_is_told(tmp_path: Path, body: str, reason: str) -> None:
    source = CommandSource.model_validate({"command": script(tmp_path, body)})
    started = time.monotonic()
    with pytest.raises(SourceError) as caught:
        collect_command(source, reach(tmp_path, deadline=started + 1))
    assert caught.value.reason == reason
    assert time.monotonic() - started < 3


@pytest.mark.parametrize("command", [["./nothing"], ["no-such-program-here"]])
def test_a_program_that_is_not_there_is_told(tmp_path: Path, command: list[str]) -> None:
    with pytest.raises(SourceError, match="there is no such program"):
        run(command, tmp_path, seconds=1, monotonic=time.monotonic)


def is_running(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return Path(f"/proc/{pid}/stat").read_text("ascii", "replace").rpartition(")")[2].split()[0] != "Z"


@pytest.mark.skipif(not Path("/proc/self").is_dir(), reason="looks at processes in /proc")
@pytest.mark.parametrize("ending", ["", "time.sleep(60)"], ids=["ends", "hangs"])
def test_what_a_command_has_started_ends_with_it(tmp_path: Path, ending: str) -> None:
    body = f"child = subprocess.Popen(['sleep', '60'])\nopen('pid', 'w').write(str(child.pid))\nprint('[]')\n{ending}"
    started = time.monotonic()
    try:
        run(script(tmp_path, body), tmp_path, seconds=1, monotonic=time.monotonic)
    except SourceError:
        assert ending
    assert time.monotonic() - started < 3
    pid = int((tmp_path / "pid").read_text())
    deadline = time.monotonic() + 2
    while is_running(pid) and time.monotonic() < deadline:
        os.sched_yield()
    assert not is_running(pid)


def test_the_folder_of_config_may_be_a_relative_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    command = script(tmp_path, "print(os.getcwd())")
    printed = run(command, Path(), seconds=20, monotonic=time.monotonic)
    assert Path(printed.decode().strip()) == tmp_path.resolve()
