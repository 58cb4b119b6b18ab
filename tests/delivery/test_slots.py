from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefing.delivery.slots import (
    LONGEST_PAUSE,
    SlotRecord,
    SlotState,
    duty,
    lateness,
    missed_slots,
    next_slots,
    pause_after,
    slots_between,
)
from tests.delivery.desk import MORNING, table

if TYPE_CHECKING:
    from briefing.delivery.slots import Slot

ZONES = ("Europe/Paris", "America/New_York", "Africa/Cairo", "Australia/Lord_Howe", "Asia/Beirut")


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def record(edition: str, due: datetime, state: SlotState = SlotState.DONE, **more: object) -> SlotRecord:
    return SlotRecord(edition=edition, due=due, state=state, **more)  # type: ignore[arg-type]


def names(slots: tuple[Slot, ...]) -> list[str]:
    return [slot.edition for slot in slots]


@pytest.mark.parametrize(
    ("zone", "at", "day", "due"),
    [
        ("Europe/Paris", "06:30", "2019-03-21", "2019-03-21T05:30"),
        ("Europe/Paris", "02:30", "2026-03-29", "2026-03-29T01:30"),  # a gap of an hour: 03:30 on the wall
        ("Europe/Paris", "02:30", "2026-10-25", "2026-10-25T00:30"),  # an overlap: the first 02:30
        ("America/New_York", "02:30", "2026-03-08", "2026-03-08T07:30"),
        ("America/New_York", "01:30", "2026-11-01", "2026-11-01T05:30"),
        ("Africa/Cairo", "00:00", "2026-04-24", "2026-04-23T22:00"),  # midnight falls into the gap: 01:00 on the wall
        ("Asia/Beirut", "00:00", "2026-03-29", "2026-03-28T22:00"),
        ("Australia/Lord_Howe", "02:15", "2026-10-04", "2026-10-03T15:45"),  # a gap of half an hour: 02:45
        ("Australia/Lord_Howe", "01:45", "2026-04-05", "2026-04-04T14:45"),  # an overlap of half an hour
        ("Asia/Kathmandu", "06:30", "2026-01-01", "2026-01-01T00:45"),
    ],
)
def test_a_wall_clock_time_becomes_one_instant(zone: str, at: str, day: str, due: str) -> None:
    found = slots_between(table(zone, at=[at]), utc(day) - timedelta(days=2), utc(day) + timedelta(days=2))
    assert [slot.due for slot in found if slot.edition == day] == [utc(due)]


def test_a_day_that_a_zone_leaves_out_has_no_slot() -> None:
    found = slots_between(table("Pacific/Apia"), utc("2011-12-28"), utc("2012-01-02"))
    assert "2011-12-30" not in names(found)
    assert len({slot.due for slot in found}) == len(found)


@given(
    zone=st.sampled_from((*ZONES, "Pacific/Chatham", "America/Nuuk", "Africa/Casablanca")),
    at=st.times().map(lambda at: f"{at:%H:%M}"),
    start=st.datetimes(datetime(2015, 1, 1), datetime(2035, 1, 1)),  # noqa: DTZ001 - made aware below
)
@settings(max_examples=150)
def test_every_day_has_exactly_one_slot(zone: str, at: str, start: datetime) -> None:
    begin = start.replace(tzinfo=UTC)
    found = slots_between(table(zone, at=[at]), begin, begin + timedelta(days=30))
    assert [slot.due for slot in found] == sorted({slot.due for slot in found})
    days = [slot.day for slot in sorted(found, key=lambda slot: slot.day)]
    assert days == [days[0] + timedelta(days=n) for n in range(len(days))]
    assert len(days) in {29, 30, 31}
    for slot in found:  # on the wall it is the time asked for, or later by a gap
        wall = slot.due.astimezone(ZoneInfo(zone)).replace(tzinfo=None)
        asked = datetime.combine(slot.day, datetime.strptime(at, "%H:%M").time())  # noqa: DTZ007 - a time of day
        assert timedelta() <= wall - asked <= timedelta(hours=1)


def test_weekdays_and_holidays_have_none() -> None:
    schedule = table(
        "UTC",
        days=["mon", "tue", "wed", "thu", "fri"],
        holidays=["2026-12-25", "12-29..01-02", "2026-12-23..2026-12-24"],
    )
    found = slots_between(schedule, utc("2026-12-20"), utc("2027-01-06"))
    assert names(found) == ["2026-12-21", "2026-12-22", "2026-12-28", "2027-01-04", "2027-01-05"]


def test_several_times_a_day_name_their_editions_by_time() -> None:
    found = slots_between(table("UTC", at=["17:00", "06:30"]), utc("2019-03-20T20:00"), utc("2019-03-21T20:00"))
    assert names(found) == ["2019-03-21-0630", "2019-03-21-1700"]


def test_a_changed_timetable_does_not_repeat_a_slot() -> None:
    done = [record("2019-03-21", utc("2019-03-21T06:30"))]
    assert duty(table("UTC", at=["06:30", "17:00"]), utc("2019-03-21T07:00"), done).run == ()
    assert duty(table("UTC", at=["07:00"]), utc("2019-03-21T07:30"), done).run == ()


@pytest.mark.parametrize(
    ("now", "run"),
    [
        ("2019-03-21T05:29:59", []),
        ("2019-03-21T05:30:00", ["2019-03-21"]),
        ("2019-03-22T01:29:59", ["2019-03-21"]),  # within the grace of 20 hours
        ("2019-03-22T01:30:00", []),
        ("2019-03-22T05:30:00", ["2019-03-22"]),
    ],
)
def test_a_slot_is_due_from_its_time_until_its_grace_is_over(now: str, run: list[str]) -> None:
    done = [record("2019-03-20", utc("2019-03-20T05:30"))]
    assert names(duty(table(), utc(now), done).run) == run


@pytest.mark.parametrize(
    ("schedule", "run", "missed"),
    [
        ({"missed": "latest"}, ["2019-03-23"], ["2019-03-21", "2019-03-22"]),
        ({"missed": "skip"}, [], ["2019-03-21", "2019-03-22", "2019-03-23"]),
        ({"missed": "all"}, ["2019-03-21", "2019-03-22", "2019-03-23"], []),
        ({"missed": "all", "max_age_hours": 30}, ["2019-03-22", "2019-03-23"], ["2019-03-21"]),
    ],
)
def test_after_three_days_asleep(schedule: dict[str, object], run: list[str], missed: list[str]) -> None:
    done = [record("2019-03-20", utc("2019-03-20T05:30"))]
    now = utc("2019-03-23T09:00")
    assert names(duty(table(**schedule), now, done).run) == run
    assert names(missed_slots(table(**schedule), now, done)) == missed


def test_a_punctual_slot_is_not_missed_under_skip() -> None:
    assert names(duty(table(missed="skip"), MORNING + timedelta(minutes=2), ()).run) == ["2019-03-21"]
    begun = [record("2019-03-21", MORNING, SlotState.PLANNED, tries=1)]
    assert names(duty(table(missed="skip"), MORNING + timedelta(hours=2), begun).run) == ["2019-03-21"]


def test_a_first_start_makes_only_the_brief_of_the_day() -> None:
    assert names(duty(table(), MORNING + timedelta(hours=3), ()).run) == ["2019-03-21"]
    assert names(duty(table(missed="all"), MORNING + timedelta(hours=3), ()).run) == ["2019-03-21"]
    assert missed_slots(table(), MORNING + timedelta(hours=3), ()) == ()


def test_the_clock_set_back_does_not_run_a_slot_again() -> None:
    done = [record("2019-03-21", MORNING)]
    assert duty(table(), MORNING - timedelta(hours=1), done).run == ()
    assert duty(table(), MORNING + timedelta(minutes=1), done).run == ()


def test_days_after_a_clock_that_was_ahead_are_still_delivered() -> None:
    records = [
        record("2019-03-21", MORNING),
        record("2019-03-22", MORNING + timedelta(days=1), SlotState.MISSED),
        record("2019-03-23", MORNING + timedelta(days=2)),
    ]
    for days, due in ((0, []), (1, ["2019-03-22"]), (2, []), (3, ["2019-03-24"])):
        assert names(duty(table(), MORNING + timedelta(days=days, minutes=1), records).run) == due


def test_a_failed_slot_waits_for_its_next_try() -> None:
    wait = MORNING + timedelta(minutes=4)
    failed = [record("2019-03-21", MORNING, SlotState.PLANNED, tries=2, retry_at=wait)]
    todo = duty(table(), MORNING + timedelta(minutes=3), failed)
    assert (todo.run, todo.wake) == ((), wait)
    assert names(duty(table(), wait, failed).run) == ["2019-03-21"]


def test_a_wait_that_a_wrong_clock_wrote_is_not_kept() -> None:
    failed = [record("2019-03-21", MORNING, SlotState.PLANNED, retry_at=MORNING + timedelta(days=2))]
    assert names(duty(table(), MORNING, failed).run) == ["2019-03-21"]


def test_a_built_edition_is_handed_over_and_never_built_again() -> None:
    built = [record("2019-03-21", MORNING, SlotState.BUILT)]
    todo = duty(table(), MORNING + timedelta(minutes=1), built)
    assert (todo.run, todo.hand) == ((), ("2019-03-21",))
    older = [record("2019-03-21", MORNING, SlotState.BUILT), record("2019-03-22", MORNING + timedelta(days=1))]
    assert duty(table(), MORNING + timedelta(days=1, hours=1), older).hand == ("2019-03-21",)


def test_pauses_double_up_to_an_hour() -> None:
    minutes = [pause_after(tries).total_seconds() / 60 for tries in (0, 1, 2, 3, 4, 5, 6, 7, 8, 500)]
    assert minutes == [1, 1, 2, 4, 8, 16, 32, 60, 60, 60]
    assert pause_after(10**9) == LONGEST_PAUSE


def test_late_is_what_comes_five_minutes_after_its_time() -> None:
    assert lateness(MORNING, MORNING + timedelta(minutes=4, seconds=59)) == timedelta()
    assert lateness(MORNING, MORNING + timedelta(minutes=5)) == timedelta(minutes=5)


def test_the_next_slots_are_found_across_long_holidays() -> None:
    schedule = table("UTC", days=["mon"], holidays=["01-01..11-30"])
    assert names(next_slots(schedule, utc("2026-01-10"), 3)) == ["2026-12-07", "2026-12-14", "2026-12-21"]
    assert next_slots(table("UTC", holidays=["01-01..12-31"]), utc("2026-01-10"), 3) == ()


@pytest.mark.parametrize(
    ("day", "works"),
    [
        ("2026-12-28", True),
        ("2026-12-29", False),
        ("2026-12-31", False),
        ("2027-01-01", False),
        ("2027-01-02", False),
        ("2027-01-03", True),
    ],
)
def test_a_span_over_new_year_holds_its_first_and_its_last_day(day: str, works: bool) -> None:  # noqa: FBT001 - a row
    found = slots_between(table("UTC", holidays=["12-29..01-02"]), utc(day), utc(day) + timedelta(hours=23))
    assert names(found) == ([day] if works else [])


@pytest.mark.parametrize(
    ("ahead", "waits"),
    [
        (timedelta(seconds=-1), False),
        (timedelta(), False),
        (timedelta(seconds=1), True),
        (LONGEST_PAUSE - timedelta(seconds=1), True),
        (LONGEST_PAUSE, True),
        (LONGEST_PAUSE + timedelta(seconds=1), False),
    ],
)
def test_a_slot_waits_for_its_next_try_no_longer_than_the_longest_pause(ahead: timedelta, waits: bool) -> None:  # noqa: FBT001 - a row
    failed = [record("2019-03-21", MORNING, SlotState.PLANNED, tries=1, retry_at=MORNING + ahead)]
    assert names(duty(table(), MORNING, failed).run) == ([] if waits else ["2019-03-21"])


@pytest.mark.parametrize(
    ("late", "run"),
    [
        (timedelta(minutes=5, seconds=-1), ["2019-03-21"]),
        (timedelta(minutes=5), []),
        (timedelta(minutes=5, seconds=1), []),
    ],
)
def test_under_skip_a_slot_is_made_while_it_is_punctual(late: timedelta, run: list[str]) -> None:
    assert names(duty(table(missed="skip"), MORNING + late, ()).run) == run


@pytest.mark.parametrize(
    ("hours", "run"),
    [(29.9, ["2019-03-21", "2019-03-22"]), (30, ["2019-03-22"]), (30.1, ["2019-03-22"])],
)
def test_under_all_a_slot_is_made_up_for_until_it_is_too_old(hours: float, run: list[str]) -> None:
    done = [record("2019-03-20", MORNING - timedelta(days=1))]
    assert names(duty(table(missed="all", max_age_hours=30), MORNING + timedelta(hours=hours), done).run) == run
