"""`briefing schedule`: the loop, with each round in a process of its own."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import threading
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

import click

from briefing.cli.delivery import code_of_round, opened, stop_at_signal
from briefing.cli.outcome import DONE, say
from briefing.cli.parameters import now_option
from briefing.cli.session import clock, configs_option, open_session, output_option
from briefing.errors import BriefingError

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from pathlib import Path

    from briefing.cli.session import Session
    from briefing.delivery import Look, Watch


@click.command()
@configs_option
@output_option
@click.option("--once", is_flag=True, help="Do what is due now and end: for cron and timers.")
@now_option
def schedule(*, config_paths: tuple[Path, ...], output: Path | None, once: bool, now: datetime | None) -> int:
    """Stay, and do `run` at every slot; SIGTERM ends it within ten seconds."""
    sessions = opened(config_paths, output)
    for session in sessions:
        if session.config.schedule is None:
            raise click.UsageError(f"{session.path} has no `schedule:`, so nothing is ever due")
    if once:
        stopped = stop_at_signal()
        return max(code_of_round(session, clock(now), stopped) for session in sessions)
    _stay(sessions, clock(now))
    return DONE


def _stay(sessions: list[Session], now: Callable[[], datetime]) -> None:
    from briefing.delivery import keep

    wish = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda _number, _frame: wish.set())
    watches = [watch_of(session) for session in sessions]
    _notify("READY=1")
    for session in sessions:
        say(f"{session.config.brief.title}: waiting; editions go to {session.output}")
    keep(watches, clock=now, sleep=wish.wait, stopped=wish.is_set, beat=lambda moment: _beat(sessions, moment))
    _notify("STOPPING=1")


def watch_of(session: Session) -> Watch:
    """Return what the loop looks after for one configuration."""
    from briefing.delivery import Watch

    current = _Current(session, _stamp(session.path))
    return Watch(name=session.config.brief.title, look=current.look, start=lambda: _Round(current.session))


@dataclass(slots=True)
class _Current:
    """A configuration that is read again when its file changes; one with mistakes is told, and the old one stays."""

    session: Session
    stamp: int

    def look(self, now: datetime) -> Look:
        """Return what the timetable and the ledger say."""
        from briefing.cli.rounds import table_of
        from briefing.delivery import Look, look_at

        self._refresh()
        table = table_of(self.session)
        return Look(due=False, wake=None) if table is None else look_at(self.session.output, table, now)

    def _refresh(self) -> None:
        stamp = _stamp(self.session.path)
        if stamp == self.stamp:
            return
        self.stamp = stamp
        try:
            self.session = open_session(self.session.path, self.session.output)
        except BriefingError as error:
            say(f"{error}\n{self.session.path} is not taken up until it is mended")


class _Round:
    """`briefing run` in a process of its own: it may break, hang or grow without harm to the loop."""

    def __init__(self, session: Session) -> None:
        command = "import sys; from briefing.cli import main; sys.exit(main())"
        arguments = ["run", "-c", str(session.path), "-o", str(session.output)]
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
