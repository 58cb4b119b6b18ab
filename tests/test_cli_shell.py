"""What shells, manuals and terminals get of the command line."""

from __future__ import annotations

import os
import pty
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import nullcontext
from pathlib import Path

import pytest

from briefing.cli import COMMANDS, output
from briefing.cli.desk import SHELLS, SPLITS_ALL, SPLITS_ONCE, STATUSES, manual_page
from briefing.cli.output import shown_progress
from briefing.render import FORMATS

BIN = Path(sys.executable).parent
BRIEFING = str(BIN / "briefing")
SLOW = ("sumy", "weasyprint", "numpy", "trafilatura", "pydantic", "jinja2", "lxml", "py3langid", "yaml", "watchfiles")


def run(*command: str, **environment: str) -> subprocess.CompletedProcess[str]:
    path = f"{BIN}{os.pathsep}{os.environ['PATH']}"
    return subprocess.run(
        command, capture_output=True, text=True, env={**os.environ, "PATH": path, **environment}, check=False
    )


def completions(line: str, shell: str = "bash") -> list[str]:
    words = line.split(" ")
    found = run(
        BRIEFING, _BRIEFING_COMPLETE=f"{shell}_complete", COMP_WORDS=line, COMP_CWORD=str(len(words) - 1)
    ).stdout
    return [row.split(",", 1)[1] for row in found.splitlines() if row]


def test_every_command_is_completed() -> None:
    assert completions("briefing ") == list(COMMANDS)
    assert completions("briefing s") == [name for name in COMMANDS if name.startswith("s")]


def test_options_of_the_group_and_of_a_command_are_completed() -> None:
    assert "--version" in completions("briefing --")
    assert completions("briefing build --str") == ["--strict"]
    assert completions("briefing init --example n") == ["newsroom"]


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """A config that extends another one; a broken one, so that nothing can have loaded it."""
    (tmp_path / "base.yaml").write_text(
        "sections:\n  - id: water\n    title: Water\n  - {id: 'food', title: Food}\n  # - id: old\n"
    )
    (tmp_path / "config.yaml").write_text(
        'extends: base.yaml\nsections: [{id: "camps", title: [}, {title: x, id: wells}]\nlist_id: no.example.org\n'
    )
    return tmp_path


def test_the_ids_of_sections_are_completed_from_the_config_and_what_it_extends(desk: Path) -> None:
    name = str(desk / "config.yaml")
    assert completions(f"briefing build -c {name} --section ") == ["water", "food", "camps", "wells"]
    assert completions(f"briefing suggest -c {name} w") == ["water", "wells"]
    assert completions(f"briefing suggest -c {desk / 'none.yaml'} ") == []
    assert completions(f"briefing suggest -c {desk} ") == []


def test_formats_are_completed_one_after_the_other_and_templates_by_name() -> None:
    assert completions("briefing build --format ") == [*FORMATS]
    assert completions("briefing build --format pdf,h") == ["pdf,html"]
    assert completions("briefing build --format pdf,html,") == ["pdf,html,md", "pdf,html,json", "pdf,html,txt"]
    assert completions("briefing init --template c") == ["compact"]


@pytest.mark.parametrize(
    "line",
    [
        "briefing b",
        "briefing build --",
        "briefing check --o",
        "briefing preview --",
        "briefing build --section t",
        "briefing build --format pdf,",
        "briefing suggest t",
        "briefing init --template c",
    ],
)
def test_completing_loads_nothing_slow(line: str) -> None:
    program = (
        "import sys, atexit\n"
        f"atexit.register(lambda: print([name for name in {SLOW!r} if name in sys.modules], file=sys.stderr))\n"
        "sys.argv = ['briefing']\n"
        "from briefing.cli import main\n"
        "main()\n"
    )
    words = line.split(" ")
    environment = {"_BRIEFING_COMPLETE": "bash_complete", "COMP_WORDS": line, "COMP_CWORD": str(len(words) - 1)}
    result = run(sys.executable, "-c", program, **environment)
    assert result.stdout
    assert result.stderr.splitlines()[-1] == "[]"


@pytest.mark.parametrize("shell", SHELLS)
def test_the_script_of_each_shell_is_its_language(shell: str) -> None:
    program = shutil.which(shell)
    if program is None:
        pytest.skip(f"no {shell} on this machine")
    script = run(BRIEFING, "completion", shell).stdout
    assert "_BRIEFING_COMPLETE" in script
    result = subprocess.run([program, "-n"], input=script, capture_output=True, text=True, check=False)
    assert (result.returncode, result.stderr) == (0, "")


def test_bash_itself_completes() -> None:
    if shutil.which("bash") is None:
        pytest.skip("no bash on this machine")
    asked = 'eval "$(briefing completion bash)"; COMP_WORDS=(briefing ver); COMP_CWORD=1; _briefing_completion briefing'
    result = run("bash", "-c", f'{asked}; printf "%s\\n" "${{COMPREPLY[@]}}"')
    assert result.stdout == "verify\n", result.stderr


def test_bash_itself_completes_a_list_of_formats() -> None:
    if shutil.which("bash") is None:
        pytest.skip("no bash on this machine")
    words = "COMP_WORDS=(briefing build --format pdf,t); COMP_CWORD=3; _briefing_completion briefing"
    result = run("bash", "-c", f'eval "$(briefing completion bash)"; {words}; printf "%s\\n" "${{COMPREPLY[@]}}"')
    assert result.stdout == "pdf,txt\n", result.stderr


def test_the_script_for_fish_keeps_the_commas_of_a_list() -> None:
    script = run(BRIEFING, "completion", "fish").stdout
    assert (SPLITS_ONCE in script, SPLITS_ALL in script) == (True, False)


def test_fish_itself_completes() -> None:
    if shutil.which("fish") is None:
        pytest.skip("no fish on this machine")
    result = run("fish", "-c", "briefing completion fish | source; complete -C 'briefing ver'")
    assert result.stdout.split("\t")[0].strip() == "verify", result.stderr
    listed = run("fish", "-c", "briefing completion fish | source; complete -C 'briefing build --format pdf,t'")
    assert listed.stdout == "pdf,txt\n", listed.stderr


def test_a_shell_that_is_not_known_is_told() -> None:
    result = run(BRIEFING, "completion", "tcsh")
    assert result.returncode == 2
    assert "'bash', 'zsh', 'fish'" in result.stderr


def test_the_manual_holds_every_command_every_option_and_every_exit_code() -> None:
    page = manual_page()
    assert page.isascii()
    for name, (_, text) in COMMANDS.items():
        assert f".SS {name}\n" in page
        assert f"briefing {name}" in page
        assert len(text.split()[0]) > 1
    helped = run(BRIEFING, "check", "--help").stdout
    for option in re.findall(r"--[a-z-]+", helped):
        assert option == "--help" or option.replace("-", r"\-") in page
    assert r"\-\-date YYYY\-MM\-DD" in page
    assert ", ".join(FORMATS) in page
    assert [code for code, _ in STATUSES] == list("01234")


def test_groff_has_nothing_to_say_against_the_manual() -> None:
    if shutil.which("groff") is None:
        pytest.skip("no groff on this machine")
    result = subprocess.run(
        ["groff", "-man", "-Tutf8", "-ww", "-P-cbou"], input=manual_page(), capture_output=True, text=True, check=False
    )
    assert (result.returncode, result.stderr) == (0, "")
    assert "SIGTERM ends it within ten seconds" in " ".join(result.stdout.split())


def on_a_terminal(*command: str, **environment: str) -> str:
    """Return what a command writes when its streams are a terminal."""
    try:
        ours, theirs = pty.openpty()
    except OSError:
        pytest.skip("no pseudo-terminals on this machine")
    plain = {name: value for name, value in os.environ.items() if name not in {"NO_COLOR", "TERM"}}
    with subprocess.Popen(
        command, stdin=theirs, stdout=theirs, stderr=theirs, env={**plain, "TERM": "xterm", **environment}
    ) as process:
        os.close(theirs)
        written = b""
        while True:
            try:
                chunk = os.read(ours, 65536)
            except OSError:  # the other side is closed
                break
            if not chunk:
                break
            written += chunk
        process.wait()
    os.close(ours)
    return written.decode()


def test_colours_stand_on_a_terminal_only_and_not_with_no_color(tmp_path: Path) -> None:
    config = tmp_path / "config.yaml"
    config.write_text("version: 1\nsectoins: []\n")
    command = (BRIEFING, "check", "-c", str(config))
    coloured, plain = on_a_terminal(*command), run(*command).stderr
    assert "\x1b[" in coloured
    assert "\x1b[" not in on_a_terminal(*command, NO_COLOR="1")
    assert "\x1b[" not in on_a_terminal(*command, TERM="dumb")
    assert "\x1b[" not in plain
    assert re.sub(r"\x1b\[[0-9;]*m", "", coloured).replace("\r\n", "\n") == plain


def test_a_run_on_a_terminal_shows_how_far_it_is_and_what_came_of_it(tmp_path: Path) -> None:
    (tmp_path / "night").mkdir()
    (tmp_path / "night" / "dam.txt").write_text("The dam\n\nThe dam on the river broke at noon, the board said.\n")
    config = tmp_path / "config.yaml"
    config.write_text(
        "sources: {folder: night}\nsections: {id: water, title: Water, terms: {en: dam}}\nschedule: {at: '06:30'}\n"
        "deliver: {folder: {path: share}}\n"
    )
    command = (BRIEFING, "run", "-c", str(config), "--now", "2019-03-21T06:31:00+00:00")
    told = re.sub(r"\x1b\[[0-9;?]*[a-zA-Z]", "", on_a_terminal(*command).replace("\r", "\n")).strip().splitlines()
    for stage in ("extract", "rank", "group", "compose", "typeset", "send"):
        assert any(line.startswith(f"{stage:8}  [") and "100%" in line for line in told), stage
    assert re.fullmatch(rf"2019-03-21: 1 sent, in [\d.]+ s; it lies in {tmp_path}/output/2019-03-21", told[-1])


def test_a_bar_that_fills_by_the_clock_waits_for_the_end(monkeypatch: pytest.MonkeyPatch) -> None:
    drawn: list[int] = []
    monkeypatch.setattr(output, "_TICK", 0.001)

    class Bar:
        pos = 0

        def update(self, steps: int) -> None:
            self.pos += steps
            drawn.append(self.pos)

    monkeypatch.setattr(output, "_bar", lambda *_: nullcontext(Bar()))

    def slowly() -> Iterator[str]:
        time.sleep(0.05)
        yield "a"

    assert list(shown_progress(slowly(), stage="typeset", total=1, seconds=0.01)) == ["a"]
    assert drawn == sorted(drawn)
    assert drawn[-2:] == [95, 100]
