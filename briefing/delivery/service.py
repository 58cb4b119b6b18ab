"""What starts the schedule on a machine: a systemd unit and timer, a launchd plist, or a line for cron. Pure."""

from __future__ import annotations

import plistlib
import shlex
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import PurePath

MINUTES = 5
"""Between two looks: the ledger decides what is due, so that a look too many does nothing, and retries come soon."""

LABEL = "org.briefing.schedule"

Call = Sequence[str]
"""The words of the command that looks once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """Files to write, by path, the commands that a person types to enable them, and where secrets go."""

    files: tuple[tuple[PurePath, bytes], ...]
    commands: tuple[str, ...]
    secrets: str
    """None of these starts with the environment of a person's shell."""


def systemd_plan(call: Call, *, home: PurePath, folder: PurePath, own: str) -> Plan:
    """Return a unit and a timer; `own` is `--user` for one's own session, or empty for the machine's."""
    start = " ".join(_unit_word(word) for word in call)
    unit = (
        "[Unit]\nDescription=The brief that is due\nAfter=network-online.target\nWants=network-online.target\n\n"
        f"[Service]\nType=oneshot\nWorkingDirectory={_unit_path(home)}\n"
        f"# secrets that config.yaml takes as ${{NAME}}: one NAME=value a line, readable by the owner alone\n"
        f"EnvironmentFile=-{_unit_path(home / 'briefing.env')}\nExecStart={start}\nTimeoutStopSec=15\nNice=5\n"
        "NoNewPrivileges=true\n"
    )
    timer = (
        f"[Unit]\nDescription=Looks every {MINUTES} minutes whether a brief is due\n\n"
        f"[Timer]\nOnCalendar=*:0/{MINUTES}\nAccuracySec=1s\nPersistent=true\n\n[Install]\nWantedBy=timers.target\n"
    )
    tool = f"systemctl {own}".strip()
    linger = ("loginctl enable-linger",) if own else ()
    return Plan(
        files=((folder / "briefing.service", unit.encode()), (folder / "briefing.timer", timer.encode())),
        commands=(f"{tool} daemon-reload", f"{tool} enable --now briefing.timer", *linger),
        secrets=f"as lines NAME=value in {home / 'briefing.env'}, readable by the owner alone",
    )


def launchd_plan(call: Call, *, home: PurePath, folder: PurePath) -> Plan:
    """Return a property list for launchd."""
    content = {
        "Label": LABEL,
        "ProgramArguments": list(call),
        "WorkingDirectory": str(home),
        "StartInterval": MINUTES * 60,
        "RunAtLoad": True,
        "StandardErrorPath": str(home / "briefing.log"),
    }
    path = folder / f"{LABEL}.plist"
    return Plan(
        files=((path, plistlib.dumps(content)),),
        commands=(f"launchctl bootstrap gui/$(id -u) {shlex.quote(str(path))}",),
        secrets=f"under a key EnvironmentVariables of {path}, readable by the owner alone",
    )


def cron_plan(call: Call, *, home: PurePath) -> Plan:
    """Return a line for crontab."""
    start = shlex.join(call).replace("%", r"\%")  # a bare % ends a cron command
    place = shlex.quote(str(home)).replace("%", r"\%")
    line = f"*/{MINUTES} * * * * cd {place} && {start}"
    return Plan(
        files=(),
        commands=(f"(crontab -l 2>/dev/null; echo {shlex.quote(line)}) | crontab -",),
        secrets="as lines NAME=value in the crontab, above this one (crontab -e)",
    )


def _unit_word(word: str) -> str:
    """Quote a word as systemd reads command lines (systemd.service(5), "Command lines")."""
    escaped = word.replace("\\", "\\\\").replace('"', '\\"').replace("%", "%%").replace("$", "$$")
    return escaped if escaped and not set(escaped) & set(" \t;'\"") else f'"{escaped}"'


def _unit_path(path: PurePath) -> str:
    """Write a path as systemd reads it in settings that take one path: specifiers escaped, blanks as they are."""
    return str(path).replace("%", "%%")
