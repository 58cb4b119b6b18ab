"""The loop that waits: every half minute it looks whether a brief is due, and starts a run for it.

The `schedule` library ticks and does nothing else: what is due is decided in UTC by `slots` and the ledger, so that
clock changes, restarts and a second daemon do no harm. Runs go on beside the loop, one at a time for each brief, so
that none of them stops or starves another.
"""

from __future__ import annotations

import plistlib
import shlex
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING, Protocol

import schedule

from briefing.delivery.ledger import has_ledger, open_ledger
from briefing.delivery.slots import duty, pause_after
from briefing.errors import BriefingError

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from pathlib import Path, PurePath

    from briefing.delivery.slots import SlotRecord, Timetable

TICK_SECONDS = 30
"""The longest that the loop sleeps."""

STOP_TIME = timedelta(seconds=7)
"""How long runs may take to end in order; then they are killed, which the ledger survives."""

LONGEST_LOOK = timedelta(hours=1)
"""After so long the ledger is read again even if nothing is expected: others write to it too."""


class Running(Protocol):
    """A run under way."""

    def ended(self) -> bool:
        """Tell, without waiting, whether it is over."""

    def ask(self) -> None:
        """Ask it to end in order."""

    def stop(self, seconds: float, /) -> None:
        """End it when it has not ended in time; the ledger knows how far it came."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """What the timetable and the ledger say: whether a run is due, and when to look again."""

    due: bool
    wake: datetime | None


def look_at(output: Path, table: Timetable, now: datetime) -> Look:
    """Return what a timetable and the ledger of an output folder say; makes no ledger where there is none."""
    records: tuple[SlotRecord, ...] = ()
    if has_ledger(output):
        with open_ledger(output) as ledger:
            records = ledger.slots()
    todo = duty(table, now, records)
    return Look(due=bool(todo.run or todo.hand), wake=todo.wake)


@dataclass(slots=True, kw_only=True)
class Watch:
    """One brief in the loop."""

    name: str
    look: Callable[[datetime], Look]
    """Raises BriefingError where the ledger cannot be read: a run is started then, which says so."""
    start: Callable[[], Running]
    running: Running | None = None
    wake: datetime | None = None
    """Not before this is anything done; None: at once."""
    runs: int = 0
    """Started one after another without settling what was due."""

    def tick(self, now: datetime) -> None:
        """Look, and start a run where one is due and none is under way."""
        if self.running is not None:
            if not self.running.ended():
                return
            self.running = None
            self.wake = None
        if self.wake is not None and now < self.wake:
            return
        look = self._looked(now)
        if not look.due:
            self.runs = 0
            self.wake = min(look.wake or now + LONGEST_LOOK, now + LONGEST_LOOK)
            return
        self._start(now)

    def reset(self) -> None:
        """Forget when to look again: the clock was set back."""
        self.wake = None

    def _looked(self, now: datetime) -> Look:
        try:
            return self.look(now)
        except BriefingError:
            return Look(due=True, wake=None)

    def _start(self, now: datetime) -> None:
        """Start a run; those that leave something due come with doubling pauses."""
        if self.runs and self.held_until is not None and now < self.held_until <= now + LONGEST_LOOK:
            self.wake = self.held_until
            return
        self.runs += 1
        self.held_until = now + pause_after(self.runs)
        self.running = self.start()

    held_until: datetime | None = field(default=None)
    """The next run for the same matter comes no sooner."""


def keep(
    watches: Sequence[Watch],
    *,
    clock: Callable[[], datetime],
    sleep: Callable[[float], object],
    stopped: Callable[[], bool],
    beat: Callable[[datetime], None] = lambda _now: None,
    every: int = TICK_SECONDS,
) -> None:
    """Tick until `stopped`, then end what is under way. `sleep` may return early."""
    last = clock()

    def tick() -> None:
        """Look after every brief once."""
        nonlocal last
        now = clock()
        for watch in watches:
            if now < last:
                watch.reset()
            watch.tick(now)
        last = now
        beat(now)

    ticker = _armed(tick, every)
    while not stopped():
        ticker.run_pending()
        idle = ticker.idle_seconds
        if idle is None or idle > every:  # the host's clock was set back: the library would wait for it to catch up
            ticker = _armed(tick, every)
            idle = every
        if not stopped():
            sleep(max(0.0, idle))
    _end([watch.running for watch in watches if watch.running is not None], clock)


def _end(runs: Sequence[Running], clock: Callable[[], datetime]) -> None:
    """End the runs together: all are asked at once, and have one deadline."""
    for running in runs:
        running.ask()
    deadline = clock() + STOP_TIME
    for running in runs:
        running.stop(max(0.0, (deadline - clock()).total_seconds()))


def _armed(tick: Callable[[], None], every: int) -> schedule.Scheduler:
    ticker = schedule.Scheduler()
    ticker.every(every).seconds.do(tick)
    ticker.run_all()
    return ticker


# ── what starts the schedule on a machine ─────────────────────────────────────────────────────────────────────────────


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
    undo: tuple[str, ...]
    """The commands that end it, once the files are gone."""
    secrets: str
    """None of these starts with the environment of a person's shell."""
    links: tuple[PurePath, ...] = ()
    """What enabling leaves beside the files, which would point nowhere without them."""


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
        undo=(f"{tool} stop briefing.timer", f"{tool} daemon-reload"),
        secrets=f"as lines NAME=value in {home / 'briefing.env'}, readable by the owner alone",
        links=(folder / "timers.target.wants" / "briefing.timer",),
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
        undo=(f"launchctl bootout gui/$(id -u)/{LABEL}",),
        secrets=f"under a key EnvironmentVariables of {path}, readable by the owner alone",
    )


def cron_plan(call: Call, *, home: PurePath) -> Plan:
    """Return a line for crontab. What it says goes to a file: cron would mail it, every time."""
    start = shlex.join(call).replace("%", r"\%")  # a bare % ends a cron command
    place = shlex.quote(str(home)).replace("%", r"\%")
    line = f"*/{MINUTES} * * * * cd {place} && {start} >>briefing.log 2>&1"
    return Plan(
        files=(),
        commands=(f"(crontab -l 2>/dev/null; echo {shlex.quote(line)}) | crontab -",),
        undo=(f"crontab -l | grep -vxF {shlex.quote(line)} | crontab -",),
        secrets="as lines NAME=value in the crontab, above this one (crontab -e)",
    )


def _unit_word(word: str) -> str:
    """Quote a word as systemd reads command lines (systemd.service(5), "Command lines")."""
    escaped = word.replace("\\", "\\\\").replace('"', '\\"').replace("%", "%%").replace("$", "$$")
    return escaped if escaped and not set(escaped) & set(" \t;'\"") else f'"{escaped}"'


def _unit_path(path: PurePath) -> str:
    """Write a path as systemd reads it in settings that take one path: specifiers escaped, blanks as they are."""
    return str(path).replace("%", "%%")
