"""The loop on a clock that is moved: real `schedule`, real ledgers, nothing sleeps."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
import time_machine

from briefing.delivery.loop import Look, Watch, keep
from briefing.errors import DeliveryError
from tests.delivery.simulation import HOSTS, TIMES, ZONES, Mailbox, change_days, faults_of, simulate

if TYPE_CHECKING:
    from pathlib import Path

START = datetime(2026, 6, 1, 3, 0, tzinfo=UTC)


def days(count: int) -> list[str]:
    return [f"2026-06-{1 + number:02}" for number in range(count)]


@pytest.mark.parametrize("number", range(len(HOSTS)))
def test_every_change_day_of_the_year_brings_one_brief(tmp_path: Path, number: int) -> None:
    """A third of the change days on each host, an hour of each in steps of a second; the whole is in `make faults`."""
    host = HOSTS[number]
    for first, last in change_days(2026, (*ZONES, *HOSTS))[number :: len(HOSTS)]:
        boxes = [Mailbox(zone, at) for zone in ZONES for at in TIMES]
        fine = [(first + timedelta(hours=11, minutes=30), first + timedelta(hours=12, minutes=30))]
        simulate(boxes, tmp_path / f"{first:%m%d}", start=first, end=last, host=host, fine=fine)
        assert [fault for box in boxes for fault in faults_of(box, first, last)] == []
        assert sum(len(box.handed) for box in boxes) >= len(boxes)


def test_after_three_days_asleep_one_brief_is_made_up_for(tmp_path: Path) -> None:
    box = Mailbox("UTC", "06:30")
    jumps = {START + timedelta(days=1): timedelta(days=3, hours=6)}
    simulate([box], tmp_path, start=START, end=START + timedelta(days=7), jumps=jumps)
    assert [day for _, day in box.handed] == ["2026-06-01", "2026-06-05", "2026-06-06", "2026-06-07"]


def test_the_clock_set_back_after_a_brief_brings_no_second(tmp_path: Path) -> None:
    box = Mailbox("UTC", "06:30")
    jumps = {datetime(2026, 6, 1, 6, 40, tzinfo=UTC): timedelta(hours=-1)}
    simulate([box], tmp_path, start=START, end=START + timedelta(days=3), jumps=jumps, host="Europe/Paris")
    assert [day for _, day in box.handed] == days(3)


def test_a_clock_ahead_for_an_hour_does_not_cost_later_days(tmp_path: Path) -> None:
    box = Mailbox("UTC", "06:30")
    noon = datetime(2026, 6, 1, 12, tzinfo=UTC)
    ahead = timedelta(days=2)
    jumps = {noon: ahead, noon + ahead + timedelta(hours=1): -ahead}
    simulate([box], tmp_path, start=START, end=START + timedelta(days=6), jumps=jumps)
    assert sorted(day for _, day in box.handed) == days(6)
    assert set(box.times.values()) == {1}


def test_a_clock_set_back_by_hours_is_noticed_within_a_tick(tmp_path: Path) -> None:
    box = Mailbox("UTC", "06:30")
    jumps = {datetime(2026, 6, 1, 6, 20, tzinfo=UTC): timedelta(hours=-3)}
    simulate([box], tmp_path, start=START, end=START + timedelta(hours=10), jumps=jumps, host="America/New_York")
    assert [(at.strftime("%H:%M"), day) for at, day in box.handed] == [("06:30", "2026-06-01")]


# ── rounds that take their time ──────────────────────────────────────────────────────────────────────────────────


class Slow:
    """A round that ends when it is told to."""

    def __init__(self) -> None:
        self.over = self.asked = self.stopped = False

    def ended(self) -> bool:
        return self.over

    def ask(self) -> None:
        self.asked = True

    def stop(self, _seconds: float, /) -> None:
        self.stopped = self.asked


class Bench:
    """Two briefs in one loop, one of which hangs."""

    def __init__(self) -> None:
        self.now = START
        self.runs: list[Slow] = []
        self.starts: list[datetime] = []
        self.beats: list[datetime] = []

    def run(self, *watches: Watch, minutes: float) -> None:
        end = self.now + timedelta(minutes=minutes)
        with time_machine.travel(self.now.timestamp(), tick=False) as traveller:

            def sleep(seconds: float) -> None:
                self.now += timedelta(seconds=seconds)
                traveller.move_to(self.now.timestamp())

            keep(watches, clock=lambda: self.now, sleep=sleep, stopped=lambda: self.now >= end, beat=self.beats.append)

    def start(self) -> Slow:
        self.starts.append(self.now)
        self.runs.append(Slow())
        return self.runs[-1]

    def start_short(self) -> Slow:
        slow = self.start()
        slow.over = True
        return slow


def always(_now: datetime) -> Look:
    return Look(due=True, wake=None)


def test_a_round_that_hangs_starves_nobody_and_is_ended_at_the_end() -> None:
    hanging, other = Bench(), Bench()
    watches = [Watch(name="a", look=always, start=hanging.start), Watch(name="b", look=always, start=other.start_short)]
    hanging.run(*watches, minutes=10)
    assert len(hanging.runs) == 1
    assert hanging.runs[0].stopped
    assert len(other.runs) >= 3


def test_rounds_that_leave_something_due_come_with_doubling_pauses() -> None:
    bench = Bench()
    bench.run(Watch(name="a", look=always, start=bench.start_short), minutes=300)
    waits = [round((b - a).total_seconds() / 60) for a, b in pairwise(bench.starts)]
    assert waits == sorted(waits)
    assert waits[:5] == [1, 2, 4, 8, 16]
    assert waits[-1] == 60


def test_a_ledger_that_cannot_be_read_starts_a_round_that_says_so() -> None:
    def look(_now: datetime) -> Look:
        raise DeliveryError("the ledger is damaged")

    bench = Bench()
    bench.run(Watch(name="a", look=look, start=bench.start_short), minutes=5)
    assert len(bench.runs) == 3


def test_each_tick_leaves_a_sign_of_life() -> None:
    bench = Bench()
    bench.run(Watch(name="a", look=lambda _now: Look(due=False, wake=None), start=bench.start), minutes=10)
    assert len(bench.beats) >= 20
    assert max(b - a for a, b in pairwise(bench.beats)) <= timedelta(seconds=30)
