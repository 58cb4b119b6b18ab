"""Several daemons on one output folder, started in the same instant; and one at rest.

    python -m tests.delivery.daemons race OUTPUT PORT N  forks N daemons, which keep their loops for 20 minutes
    python -m tests.delivery.daemons rest CONFIG         keeps the loop of `briefing schedule` for an hour

The minutes are those of a clock that is moved; the processes, the locks and the ledger are real.
"""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from collections import Counter
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import time_machine

from tests.delivery.desk import MORNING, Press, by_mail, job, table
from tests.delivery.simulation import Over
from tests.delivery.smtp_server import smtp_server

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from briefing.delivery.building import Built
    from briefing.delivery.loop import Watch
    from briefing.delivery.slots import Slot

ROOT = Path(__file__).parents[2]
BUILDS = "builds"
"""Where each daemon writes a line when it builds."""

RECIPIENTS = ("a@example.org", "b@example.org", "c@example.org")


def race(folder: Path, daemons: int = 4) -> Counter[str]:
    """Start daemons in the same instant; return how often each recipient got the brief."""
    with smtp_server() as server:
        command = [sys.executable, "-m", "tests.delivery.daemons", "race", str(folder), str(server.port), str(daemons)]
        subprocess.run(command, cwd=ROOT, check=True)
    assert (folder / BUILDS).read_text() == "built\n"
    return Counter(server.delivered)


def rest(config: Path) -> dict[str, float]:
    """Return what an hour at rest costs: seconds of a core, and megabytes resident at the most."""
    command = [sys.executable, "-m", "tests.delivery.daemons", "rest", str(config)]
    done = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)
    cost: dict[str, float] = json.loads(done.stdout)
    return cost


def _race(output: Path, port: int, daemons: int) -> None:
    """Fork the daemons, let them all go at once, and wait for them; AssertionError where one fails."""
    gate, handle = os.pipe()
    children = []
    for _ in range(daemons):
        if (child := os.fork()) == 0:
            os.close(handle)
            _run(output, port, lambda: os.read(gate, 1))
            os._exit(0)
        children.append(child)
    os.close(handle)  # whoever reads from the gate now finds its end
    assert {os.waitpid(child, 0)[1] for child in children} == {0}


def _run(output: Path, port: int, wait: Callable[[], object]) -> None:
    from briefing.delivery.loop import Watch, look_at
    from briefing.delivery.runs import run_due

    press = Press()
    schedule = table()

    def build(slot: Slot) -> Built:
        hashlib.pbkdf2_hmac("sha256", b"a press takes", b"its time", 50_000)
        with (output / BUILDS).open("a") as log:
            log.write("built\n")
        return press(slot)

    moment = MORNING - timedelta(seconds=30)

    def start() -> Over:
        run_due(job(output, build, by_mail(port, *RECIPIENTS), timetable=schedule), lambda: clock[0])
        return Over()

    clock = [moment]
    wait()
    _keep([Watch(name="brief", look=lambda now: look_at(output, schedule, now), start=start)], clock, minutes=20)


def _rest(config: Path) -> None:
    import resource

    from briefing.cli.schedule import watches_of
    from briefing.cli.session import open_session

    watches = watches_of(open_session(config))
    before = resource.getrusage(resource.RUSAGE_SELF)
    _keep(watches, [MORNING - timedelta(hours=2)], minutes=60)
    after = resource.getrusage(resource.RUSAGE_SELF)
    spent = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    sys.stdout.write(json.dumps({"seconds": spent, "megabytes": _peak_kilobytes(after.ru_maxrss) / 1024}))


def _peak_kilobytes(otherwise: int) -> int:
    """Return this program's own peak; what getrusage tells counts the parent's too, from before the exec."""
    status = Path("/proc/self/status")
    if not status.exists():
        return otherwise
    return next(int(line.split()[1]) for line in status.read_text().splitlines() if line.startswith("VmHWM"))


def _keep(watches: Sequence[Watch], clock: list[datetime], *, minutes: int) -> None:
    from briefing.delivery.loop import keep

    end = clock[0] + timedelta(minutes=minutes)
    with time_machine.travel(clock[0].timestamp(), tick=False) as traveller:

        def sleep(seconds: float) -> None:
            clock[0] += timedelta(seconds=seconds)
            traveller.move_to(clock[0].timestamp())

        keep(watches, clock=lambda: clock[0], sleep=sleep, stopped=lambda: clock[0] >= end)


if __name__ == "__main__":
    if sys.argv[1] == "race":
        _race(Path(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4]))
    else:
        _rest(Path(sys.argv[2]))
