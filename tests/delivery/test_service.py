from __future__ import annotations

import plistlib
import shutil
import subprocess
from pathlib import Path, PurePosixPath

import pytest

from briefing.delivery.loop import cron_plan, launchd_plan, systemd_plan

CALL = ["/opt/a desk/bin/briefing", "schedule", "--once", "-c", "/srv/50% $ure/config.yaml"]
HOME = PurePosixPath("/srv/50% $ure")


def test_a_systemd_unit_and_timer() -> None:
    plan = systemd_plan(CALL, home=HOME, folder=PurePosixPath("/units"), own="--user")
    files = {path.name: content.decode() for path, content in plan.files}
    assert list(files) == ["briefing.service", "briefing.timer"]  # a timer starts the service of its own name
    assert (
        'ExecStart="/opt/a desk/bin/briefing" schedule --once -c "/srv/50%% $$ure/config.yaml"\n'
        in files["briefing.service"]
    )
    assert "WorkingDirectory=/srv/50%% $ure\n" in files["briefing.service"]
    assert "OnCalendar=*:0/5\n" in files["briefing.timer"]
    assert "Persistent=true\n" in files["briefing.timer"]
    assert plan.commands[1] == "systemctl --user enable --now briefing.timer"


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd is not installed")
def test_systemd_finds_no_fault_with_them(tmp_path: Path) -> None:
    call = ["/bin/true", "schedule", "--once"]
    for path, content in systemd_plan(call, home=tmp_path, folder=tmp_path, own="").files:
        Path(path).write_bytes(content)
    command = ["systemd-analyze", "verify", str(tmp_path / "briefing.timer"), str(tmp_path / "briefing.service")]
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    assert "briefing." not in done.stderr


def test_a_property_list_for_launchd() -> None:
    plan = launchd_plan(CALL, home=HOME, folder=PurePosixPath("/agents"))
    ((path, content),) = plan.files
    assert path == PurePosixPath("/agents/org.briefing.schedule.plist")
    data = plistlib.loads(content)
    assert data["ProgramArguments"] == CALL
    assert data["StartInterval"] == 300
    assert plan.commands == ("launchctl bootstrap gui/$(id -u) /agents/org.briefing.schedule.plist",)


def test_a_line_for_cron_runs_as_it_is_written(tmp_path: Path) -> None:
    """Undo what cron does with %, and let a shell run the line: the words must arrive as they were."""
    home = tmp_path / "50% $ure 'desk'"
    home.mkdir()
    probe = tmp_path / "a probe"
    probe.write_text('#!/bin/sh\npwd\nprintf "%s\\n" "$@"\n')
    probe.chmod(0o755)
    plan = cron_plan([str(probe), "schedule", "-c", str(home / "config.yaml")], home=home)
    assert plan.files == ()
    echoed = plan.commands[0].removeprefix("(crontab -l 2>/dev/null; ").removesuffix(") | crontab -")
    line = subprocess.run(["sh", "-c", echoed], check=True, capture_output=True, text=True).stdout.strip()
    assert line.startswith("*/5 * * * * cd ")
    command = line.removeprefix("*/5 * * * * ").replace(r"\%", "%")
    done = subprocess.run(["sh", "-c", command], check=True, capture_output=True, text=True)
    assert not done.stdout + done.stderr  # which cron would mail every five minutes
    said = (home / "briefing.log").read_text("utf-8").splitlines()
    assert said == [str(home), "schedule", "-c", str(home / "config.yaml")]
    kept = subprocess.run(
        ["sh", "-c", plan.undo[0].replace("crontab -l", "cat").removesuffix(" | crontab -")],
        input=f"{line}\n0 1 * * * other\n", check=True, capture_output=True, text=True,
    )  # fmt: skip
    assert kept.stdout == "0 1 * * * other\n"
