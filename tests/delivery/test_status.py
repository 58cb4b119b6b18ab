from __future__ import annotations

import json
import os
from datetime import timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest

from briefing.delivery.building import BuildError
from briefing.delivery.ledger import open_ledger
from briefing.delivery.runs import run_due
from briefing.delivery.status import HEARTBEAT, Snapshot, last_beat, leave_beat, status_data, status_lines, status_of
from tests.delivery.desk import MORNING, Clock, Press, by_mail, job, table
from tests.delivery.smtp_server import smtp_server
from tests.delivery.test_smtp import A, B, once

if TYPE_CHECKING:
    from pathlib import Path

    from briefing.delivery.building import Built
    from briefing.delivery.slots import Slot
    from briefing.delivery.status import BriefStatus

PARIS = ZoneInfo("Europe/Paris")


def stand(output: Path, *, hours: float = 0, patience: int = 60) -> BriefStatus:
    with open_ledger(output) as ledger:
        books = Snapshot(slots=ledger.slots(), editions=ledger.editions(), deliveries=ledger.deliveries())
    now = MORNING + timedelta(hours=hours)
    return status_of("Daily brief", table(), books, now=now, patience=timedelta(minutes=patience))


def test_a_delivered_brief_stands_well(tmp_path: Path) -> None:
    with smtp_server() as server:
        run_due(job(tmp_path, Press(), by_mail(server.port, A, B)), Clock())
    found = stand(tmp_path)
    assert found.healthy
    assert (found.last, found.state, found.next) == ("2019-03-21", "done", "2019-03-22")
    assert status_lines(found, PARIS) == [
        "Daily brief",
        "  last   2019-03-21  done, built 2019-03-21 06:30",
        "  next   2019-03-22  2019-03-22 06:30",
        "  sent     email a@example.org, 2019-03-21 06:30: 250 taken",
        "  sent     email b@example.org, 2019-03-21 06:30: 250 taken",
    ]


def test_who_waits_is_named_with_the_reason_and_since_when(tmp_path: Path) -> None:
    with smtp_server(once(f"RCPT TO:<{B}>", "450 greylisted", times=9)) as server:
        run_due(job(tmp_path, Press(), by_mail(server.port, A, B)), Clock())
    found = stand(tmp_path, hours=2)
    assert found.healthy
    assert found.waiting == ("2019-03-21 email b@example.org since 2019-03-21 05:30 UTC, 1 try: 450 greylisted",)


@pytest.mark.parametrize(("hours", "healthy"), [(23.9, True), (24.9, True), (25, False), (48, False)])
def test_a_last_success_that_is_too_old_is_told(tmp_path: Path, hours: float, healthy: bool) -> None:  # noqa: FBT001
    run_due(job(tmp_path, Press()), Clock())
    found = stand(tmp_path, hours=hours)
    assert found.healthy is healthy
    if not healthy:
        assert "has reached nobody; the last success was built 2019-03-21 05:30 UTC" in found.overdue[0]


def test_a_brief_that_reached_nobody_is_no_success(tmp_path: Path) -> None:
    with smtp_server(once("RCPT", "550 no", times=9)) as server:
        run_due(job(tmp_path, Press(), by_mail(server.port, A)), Clock())
    found = stand(tmp_path, hours=2)
    assert not found.healthy
    assert found.last_success is None
    assert [row.state for row in found.recipients] == ["refused"]


def test_an_empty_day_is_no_failure(tmp_path: Path) -> None:
    run_due(job(tmp_path, Press(articles=0), skip_empty=True), Clock())
    assert stand(tmp_path, hours=2).healthy


def test_a_desk_that_has_never_been_at_work_is_late_with_nothing(tmp_path: Path) -> None:
    found = stand(tmp_path, hours=2)
    assert found.healthy
    assert status_lines(found, PARIS)[1] == "  last   none yet"


@pytest.mark.parametrize(("begun", "healthy"), [(timedelta(minutes=1), True), (-timedelta(minutes=1), False)])
def test_a_desk_is_late_with_slots_since_it_began(begun: timedelta, healthy: bool) -> None:  # noqa: FBT001
    now, hour = MORNING + timedelta(hours=2), timedelta(hours=1)
    found = status_of("Daily brief", table(), Snapshot(), now=now, patience=hour, seen_at=MORNING + begun)
    assert found.healthy is healthy
    assert healthy or "there has been no success yet" in found.overdue[0]


def test_a_first_brief_that_fails_is_late_with_its_slot(tmp_path: Path) -> None:
    def fails(_slot: Slot) -> Built:
        raise BuildError("no articles")

    run_due(job(tmp_path, fails), Clock(MORNING + timedelta(minutes=30)))
    assert "there has been no success yet" in stand(tmp_path, hours=2).overdue[0]


def test_the_same_for_programs(tmp_path: Path) -> None:
    run_due(job(tmp_path, Press()), Clock(MORNING + timedelta(minutes=130)))
    data = json.loads(json.dumps(status_data([stand(tmp_path, hours=3)])))
    assert data["healthy"] is True
    (brief,) = data["briefs"]
    assert brief["late_minutes"] == 130
    assert brief["next_at"] == "2019-03-22T05:30:00+00:00"
    assert sorted(brief) == [
        "built_at", "healthy", "last", "last_success", "late_minutes", "next", "next_at", "overdue", "recipients",
        "seen_at", "state", "title", "waiting",
    ]  # fmt: skip


def test_a_heartbeat_is_put_in_place_of_whatever_stands_there(tmp_path: Path) -> None:
    target = tmp_path / "elsewhere"
    target.write_text("precious")
    for make in (lambda path: path.symlink_to(target), os.mkfifo):
        beat = tmp_path / "output" / HEARTBEAT
        leave_beat(tmp_path / "output", MORNING)
        beat.unlink()
        make(beat)
        assert last_beat(tmp_path / "output") is None
        leave_beat(tmp_path / "output", MORNING)
        assert last_beat(tmp_path / "output") == MORNING
        assert beat.is_file()
        assert not beat.is_symlink()
    assert target.read_text() == "precious"
