"""A year in minutes: the real loop, the real `schedule` library, real ledgers and files, on a clock that is moved.

Nothing sleeps: the sleep that the loop is given moves the clock instead. The host's zone is that of the process.
"""

from __future__ import annotations

import os
import time
from collections import Counter
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import time_machine

from briefing.delivery.channels import Channel
from briefing.delivery.loop import TICK_SECONDS, Watch, keep, look_at
from briefing.delivery.runs import run_due
from tests.delivery.desk import Press, job, table

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from briefing.delivery.channels import Journal, Payload

ZONES = ("Europe/Paris", "America/New_York", "Africa/Cairo", "Australia/Lord_Howe", "Asia/Beirut")
HOSTS = ("UTC", "Europe/Paris", "America/New_York")
TIMES = ("00:00", "02:30", "06:30")

MEMORY = Path("/dev/shm")  # noqa: S108 - a file system in memory, where there is one


@dataclass
class Mailbox:
    """One brief in the simulation, and what came of it."""

    zone: str
    at: str
    press: Press = field(default_factory=Press)
    handed: list[tuple[datetime, str]] = field(default_factory=list)
    """When, and which edition."""

    @property
    def times(self) -> Counter[str]:
        return Counter(edition for _, edition in self.handed)

    def channel(self, clock: Callable[[], datetime]) -> Channel:
        def hand_over(edition: Payload, recipients: Sequence[str], journal: Journal) -> None:
            journal.handing(recipients)
            self.handed.append((clock(), edition.id))
            journal.sent(recipients, "taken")

        return Channel(
            kind="box",
            recipients=("desk",),
            hand_over=hand_over,
            send_notice=lambda _subject, _text: None,
            expire=timedelta(hours=20),
        )

    def expected(self, first: datetime, last: datetime) -> list[str]:
        """Every day of the zone whose slot falls into the span."""
        zone = ZoneInfo(self.zone)
        day, found = first.astimezone(zone).date() - timedelta(days=1), []
        hour = datetime.strptime(self.at, "%H:%M").time()  # noqa: DTZ007 - a time of day
        while day <= last.astimezone(zone).date():
            if first <= datetime.combine(day, hour, zone).astimezone(UTC) < last:
                found.append(day.isoformat())
            day += timedelta(days=1)
        return found


class Over:
    """A round that is over when it has been started."""

    def ended(self) -> bool:
        return True

    def ask(self) -> None:
        return

    def stop(self, _seconds: float, /) -> None:
        return


@contextmanager
def host_zone(name: str) -> Iterator[None]:
    """Let the process live in a zone."""
    before = os.environ.get("TZ")
    os.environ["TZ"] = name
    time.tzset()
    try:
        yield
    finally:
        if before is None:
            del os.environ["TZ"]
        else:
            os.environ["TZ"] = before
        time.tzset()


def simulate(
    boxes: Sequence[Mailbox],
    folder: Path,
    *,
    start: datetime,
    end: datetime,
    host: str = "UTC",
    fine: Iterable[tuple[datetime, datetime]] = (),
    jumps: Mapping[datetime, timedelta] | None = None,
) -> int:
    """Run the loop from start to end, with steps of a second within the `fine` spans; return the number of ticks.

    `jumps`: at a moment (of the clock as it runs) the clock is set forward or back, once.
    """
    pending = dict(jumps or {})
    ticks = 0
    with host_zone(host), time_machine.travel(start.timestamp(), tick=False) as traveller:
        now = start

        def sleep(seconds: float) -> None:
            nonlocal now, ticks
            ticks += 1
            now += timedelta(seconds=seconds)
            for moment in [moment for moment in pending if moment <= now] if pending else ():
                now += pending.pop(moment)
            traveller.move_to(now.timestamp())  # a number leaves the host in its zone

        watches = [_watch(box, folder / str(number), lambda: now) for number, box in enumerate(boxes)]
        for until, every in _stretches(start, end, sorted(fine)):
            keep(watches, clock=lambda: now, sleep=sleep, stopped=lambda until=until: now >= until, every=every)  # type: ignore[misc]
    return ticks


def change_days(year: int, zones: Iterable[str]) -> list[tuple[datetime, datetime]]:
    """Return the spans of twelve hours before and after each clock change of the zones in a year, joined."""
    hours = [datetime(year, 1, 1, tzinfo=UTC) + timedelta(hours=n) for n in range(366 * 24)]
    changes = sorted(
        {
            later
            for zone in map(ZoneInfo, zones)
            for earlier, later in pairwise(hours)
            if earlier.astimezone(zone).utcoffset() != later.astimezone(zone).utcoffset()
        }
    )
    spans: list[tuple[datetime, datetime]] = []
    for change in changes:
        start, end = change - timedelta(hours=12), change + timedelta(hours=12)
        if spans and start <= spans[-1][1]:
            start = spans.pop()[0]
        spans.append((start, end))
    return spans


def faults_of(box: Mailbox, start: datetime, end: datetime) -> list[str]:
    """Return what is wrong with a brief: a day without one, a day with two, one that came late."""
    expected = box.expected(start, end)
    name = f"{box.zone} {box.at}"
    wrong = [f"{name}: {day} came {box.times[day]} times" for day in expected if box.times[day] != 1]
    due = {slot.edition: slot.due for slot in box.press.slots}
    # the first start makes the brief of the day that has begun, late as it is
    since = {day: when for day, when in due.items() if when >= start}
    wrong += [f"{name}: {day} was not asked for" for day in since if day not in expected]
    late = [day for at, day in box.handed if day in since and at - due[day] > timedelta(seconds=TICK_SECONDS)]
    return [*wrong, *(f"{name}: {day} came late" for day in late)]


def _watch(box: Mailbox, output: Path, clock: Callable[[], datetime]) -> Watch:
    schedule = table(box.zone, at=[box.at])
    desk = job(output, box.press, box.channel(clock), timetable=schedule)

    def start() -> Over:
        run_due(desk, clock)
        return Over()

    return Watch(name=box.zone, look=lambda now: look_at(output, schedule, now), start=start)


def _stretches(
    start: datetime, end: datetime, fine: Sequence[tuple[datetime, datetime]]
) -> Iterator[tuple[datetime, int]]:
    for first, last in fine:
        if start < last and first < end:
            yield min(first, end), TICK_SECONDS
            yield min(last, end), 1
    yield end, TICK_SECONDS
