"""`briefing install`: what starts the schedule on this machine."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from briefing.cli.delivery import opened
from briefing.cli.outcome import DONE, say
from briefing.cli.parameters import NamedPath
from briefing.cli.session import configs_option, output_option
from briefing.errors import BriefingError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from briefing.delivery import Plan


@click.command()
@configs_option
@output_option
@click.option("--kind", type=click.Choice(["auto", "systemd", "launchd", "cron"]), default="auto", show_default=True)
@click.option(
    "--into", type=NamedPath(path_type=Path, file_okay=False), default=None, help="Where the files go, to look first."
)
def install(*, config_paths: tuple[Path, ...], output: Path | None, kind: str, into: Path | None) -> int:
    """Write what starts the schedule on this machine, and print how to enable it."""
    sessions = opened(config_paths, output)
    places = [part for session in sessions for part in ("-c", str(session.path.resolve()))]
    ending = ["-o", str(output.resolve())] if output else []
    plan = _plan(kind, [_command(), "schedule", "--once", *places, *ending], sessions[0].path.resolve().parent, into)
    for path, content in plan.files:
        _write(Path(path), content)
        click.echo(path)
    say("to enable it:")
    for command in plan.commands:
        say(f"  {command}")
    say(f"secrets that the configuration takes as ${{NAME}} go there {plan.secrets}")
    return DONE


def _plan(kind: str, call: Sequence[str], home: Path, into: Path | None) -> Plan:
    from briefing.delivery import cron_plan, launchd_plan, systemd_plan

    chosen = _kind() if kind == "auto" else kind
    if chosen == "systemd":
        root = os.geteuid() == 0
        folder = into or (Path("/etc/systemd/system") if root else Path.home() / ".config/systemd/user")
        return systemd_plan(call, home=home, folder=folder, own="" if root else "--user")
    if chosen == "launchd":
        return launchd_plan(call, home=home, folder=into or Path.home() / "Library/LaunchAgents")
    return cron_plan(call, home=home)


def _kind() -> str:
    if sys.platform == "darwin":
        return "launchd"
    return "systemd" if Path("/run/systemd/system").is_dir() else "cron"


def _command() -> str:
    """Return the path of `briefing`: the one beside this Python, else the one on the PATH."""
    beside = Path(sys.executable).parent / "briefing"
    found = str(beside) if beside.exists() else shutil.which("briefing")
    if found is None:
        raise BriefingError("the command `briefing` was not found; install the package first")
    return found


def _write(path: Path, content: bytes) -> None:
    try:
        if path.exists() and path.read_bytes() != content:
            raise BriefingError(
                f"{path} is there already and starts something else; to start several briefs, name all of their "
                "configurations in one call (-c … -c …); to start these instead, remove that file"
            )
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    except OSError as error:
        raise BriefingError(
            f"{path} could not be written: {error.strerror or error}; --into names another folder"
        ) from error
