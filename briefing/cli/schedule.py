"""`briefing schedule`, `status` and `install`: the loop, how the briefs stand, and what starts the loop."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import threading
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import click

from briefing.cli.output import DONE, FAILED, json_option, print_json, say
from briefing.cli.parameters import NamedPath, now_option
from briefing.cli.run import opened, run_once, stop_at_signal, table_of
from briefing.cli.session import clock, configs_option, open_session, output_option
from briefing.errors import BriefingError, DeliveryError
from briefing.opening import read_regular

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from briefing.cli.session import Session
    from briefing.delivery import BriefStatus, Look, Plan, Watch


@click.command()
@configs_option
@output_option
@click.option("--once", is_flag=True, help="Do what is due now, then exit: for cron and timers.")
@click.option("-q", "--quiet", is_flag=True, help="With --once, say nothing where nothing is due.")
@now_option
def schedule(
    *, config_paths: tuple[Path, ...], output: Path | None, once: bool, quiet: bool, now: datetime | None
) -> int:
    """Keep running: `collect` at its interval, `run` at every slot; SIGTERM ends it within ten seconds."""
    sessions = opened(config_paths, output)
    for session in sessions:
        if session.config.schedule is None:
            raise click.UsageError(f"{session.path} has no `schedule:`, so nothing is ever due")
    if once:
        stopped = stop_at_signal()
        for session in sessions:
            _collect_once(session, clock(now))
        return max(run_once(session, clock(now), stopped, quiet=quiet) for session in sessions)
    _stay(sessions, clock(now))
    return DONE


def _stay(sessions: list[Session], now: Callable[[], datetime]) -> None:
    from briefing.delivery import keep

    wish = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda _number, _frame: wish.set())
    watches = [watch for session in sessions for watch in watches_of(session)]
    _notify("READY=1")
    for session in sessions:
        say(f"{session.config.brief.title}: waiting; editions go to {session.output}")
    keep(watches, clock=now, sleep=wish.wait, stopped=wish.is_set, beat=lambda moment: _beat(sessions, moment))
    _notify("STOPPING=1")


def _collect_once(session: Session, now: Callable[[], datetime]) -> None:
    """Make a pass over the sources where one is due; where it cannot be kept, a brief is made all the same."""
    from briefing.cli.collect import make_pass, next_collect

    try:
        due = next_collect(session, now())
        if due is not None and due[0] <= now():
            make_pass(session, now, pressing=due[1])
    except BriefingError as error:
        say(str(error))


def watches_of(session: Session) -> list[Watch]:
    """Return what the loop looks after for one configuration: its sources and its slots."""
    from briefing.delivery import Watch

    current = _Current(session, _stamp(session.path))
    title = session.config.brief.title
    return [
        Watch(name=f"{title}, sources", look=current.look_at_sources, start=lambda: _Run(current.collecting())),
        Watch(name=title, look=current.look, start=lambda: _Run(["run", *current.places()])),
    ]


@dataclass(slots=True)
class _Current:
    """A configuration that is read again when its file changes; one with mistakes is told, and the old one stays."""

    session: Session
    stamp: int
    pressing: bool = False
    """Whether the pass that is due is the last one before a slot."""

    def look(self, now: datetime) -> Look:
        """Return what the timetable and the ledger say."""
        from briefing.delivery import Look, look_at

        self._refresh()
        table = table_of(self.session)
        return Look(due=False, wake=None) if table is None else look_at(self.session.output, table, now)

    def look_at_sources(self, now: datetime) -> Look:
        """Return what the interval and the store say."""
        from briefing.cli.collect import next_collect
        from briefing.delivery import Look

        self._refresh()
        due = next_collect(self.session, now)
        self.pressing = due is not None and due[1]
        return Look(due=due is not None and due[0] <= now, wake=due[0] if due else None)

    def places(self) -> list[str]:
        """Return where the configuration lies and its editions go, for a command."""
        return ["-c", str(self.session.path), "-o", str(self.session.output)]

    def collecting(self) -> list[str]:
        """Return the command that makes the pass which was last found due."""
        return ["collect", "-q", *self.places(), *(["--all"] if self.pressing else [])]

    def _refresh(self) -> None:
        stamp = _stamp(self.session.path)
        if stamp == self.stamp:
            return
        self.stamp = stamp
        try:
            self.session = open_session(self.session.path, self.session.output)
        except BriefingError as error:
            say(f"{error}\n{self.session.path} is ignored until it is fixed; the old configuration stays in use")


class _Run:
    """A command in a process of its own: it may break, hang or grow without harm to the loop."""

    def __init__(self, arguments: Sequence[str]) -> None:
        command = "import sys; from briefing.cli import main; sys.exit(main())"
        self._process = subprocess.Popen([sys.executable, "-c", command, *arguments], stdin=subprocess.DEVNULL)  # noqa: S603 - our own command

    def ended(self) -> bool:
        """Tell whether it is over."""
        return self._process.poll() is not None

    def ask(self) -> None:
        """Ask it to end in order."""
        self._process.terminate()

    def stop(self, seconds: float, /) -> None:
        """Kill it when it has not ended in time."""
        try:
            self._process.wait(seconds)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()


def _beat(sessions: list[Session], moment: datetime) -> None:
    """Leave a sign of life: in each output folder, and for systemd's watchdog."""
    from briefing.delivery import leave_beat

    for session in sessions:
        leave_beat(session.output, moment)
    _notify("WATCHDOG=1")


def _notify(message: str) -> None:
    """Tell systemd how we are (sd_notify(3)); nothing where it does not ask."""
    place = os.environ.get("NOTIFY_SOCKET")
    if not place:
        return
    with suppress(OSError), socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as line:
        line.sendto(message.encode(), f"\0{place[1:]}" if place.startswith("@") else place)


def _stamp(path: Path) -> int:
    try:
        return path.stat().st_mtime_ns
    except OSError:
        return 0


# ── status ───────────────────────────────────────────────────────────────────────────────────────────────────────────


@click.command()
@configs_option
@output_option
@click.option(
    "--patience",
    type=click.FloatRange(min=0),
    default=60,
    show_default=True,
    metavar="MINUTES",
    help="How long after its time a brief may still be in progress.",
)
@json_option
@now_option
def status(
    *, config_paths: tuple[Path, ...], output: Path | None, patience: float, as_json: bool, now: datetime | None
) -> int:
    """Show the last and next editions and who has received what; exit 1 when the last success is too old."""
    from briefing.delivery import status_data, status_lines

    sessions = opened(config_paths, output)
    statuses = [_status(session, clock(now)(), timedelta(minutes=patience)) for session in sessions]
    if as_json:
        print_json(status_data(statuses))
    else:
        for session, found in zip(sessions, statuses, strict=True):
            click.echo("\n".join(status_lines(found, ZoneInfo(session.config.brief.timezone))))
    return DONE if all(found.healthy for found in statuses) else FAILED


def _status(session: Session, now: datetime, patience: timedelta) -> BriefStatus:
    from briefing.delivery import Snapshot, has_ledger, last_beat, open_ledger, status_of

    if os.path.lexists(session.output) and not session.output.is_dir():
        raise DeliveryError(f"{session.output} is no folder, so nothing can be told of {session.config.brief.title}")
    snapshot = Snapshot()
    if has_ledger(session.output):
        with open_ledger(session.output) as ledger:
            snapshot = Snapshot(slots=ledger.slots(), editions=ledger.editions(), deliveries=ledger.deliveries())
    return status_of(
        session.config.brief.title,
        table_of(session),
        snapshot,
        now=now,
        patience=patience,
        seen_at=last_beat(session.output),
    )


# ── install ──────────────────────────────────────────────────────────────────────────────────────────────────────────


@click.command()
@configs_option
@output_option
@click.option("--kind", type=click.Choice(["auto", "systemd", "launchd", "cron"]), default="auto", show_default=True)
@click.option(
    "--into",
    type=NamedPath(path_type=Path, file_okay=False),
    default=None,
    help="Write the files here instead, to look at them first.",
)
@click.option("--remove", is_flag=True, help="Remove the files again, and print how to disable what they start.")
@json_option
def install(
    *,
    config_paths: tuple[Path, ...],
    output: Path | None,
    kind: str,
    into: Path | None,
    remove: bool,
    as_json: bool,
) -> int:
    """Write the service files that start the schedule, and print how to enable them."""
    sessions = opened(config_paths, output)
    places = [part for session in sessions for part in ("-c", str(session.path.resolve()))]
    ending = ["-o", str(output.resolve())] if output else []
    plan = _plan(
        kind, [_command(), "schedule", "--once", "--quiet", *places, *ending], sessions[0].path.resolve().parent, into
    )
    links = [path for path in map(Path, plan.links) if remove and path.is_symlink()]
    for path, content in [*plan.files, *((path, b"") for path in links)]:
        (_remove if remove else _write)(Path(path), content)
    paths = [str(path) for path in (*dict(plan.files), *links)]
    commands = plan.undo if remove else plan.commands
    if as_json:
        print_json({"files": paths, "commands": commands, "secrets": None if remove else plan.secrets})
        return DONE
    for name in paths:
        click.echo(name)
    say("to stop what is running:" if remove else "to enable it:")
    for command in commands:
        say(f"  {command}")
    say(
        "config.yaml, the editions and the ledger stay"
        if remove
        else f"secrets that the configuration names as ${{NAME}} go there {plan.secrets}"
    )
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


def _remove(path: Path, _content: bytes) -> None:
    try:
        path.unlink(missing_ok=True)
    except OSError as error:
        raise BriefingError(f"{path} cannot be removed: {error.strerror or error}") from error


def _write(path: Path, content: bytes) -> None:
    try:
        if path.exists() and read_regular(path) != content:
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
