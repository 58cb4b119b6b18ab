"""What is due: a pure function of the moment, the timetable and what the ledger says has been done.

A slot is a wall-clock time on a day of the timetable. In a gap of the clock it moves forward by the gap, in an overlap
the first of the two instants counts (RFC 5545, section 3.3.5). Everything else is in UTC.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from functools import lru_cache
from typing import TYPE_CHECKING, get_args
from zoneinfo import ZoneInfo

from briefing.config import Weekday

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from briefing.config import Schedule

PUNCTUAL = timedelta(minutes=5)
"""A slot that is begun within this time is not called missed, nor its brief late."""

LONGEST_PAUSE = timedelta(hours=1)
"""Between two tries of one slot or one recipient."""

FIRST_PAUSE = timedelta(minutes=1)

_YEAR = timedelta(days=366)
_WEEKDAYS: tuple[str, ...] = get_args(Weekday)


class SlotState(StrEnum):
    """How far a slot has come; the last three are final."""

    PLANNED = "planned"
    """It is being built, or building it failed and is tried again."""
    BUILT = "built"
    """Its edition lies on the disk with its checksum in the ledger; recipients may still lack it."""
    DONE = "done"
    """Nothing more happens by itself; what each recipient got stands in the ledger."""
    EMPTY = "empty"
    """There was nothing to print, and config.yaml says to send nothing then."""
    MISSED = "missed"
    """Its time passed; a note for people, which does not keep the slot from being done when the clock is set back."""


FINAL = frozenset({SlotState.DONE, SlotState.EMPTY})


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """A moment at which an edition is due (UTC), and the name of the edition's folder."""

    edition: str
    due: datetime
    day: date
    """The day of the edition in the brief's zone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SlotRecord:
    """A slot as the ledger knows it."""

    edition: str
    due: datetime
    state: SlotState
    tries: int = 0
    retry_at: datetime | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Timetable:
    """When a brief is due: times of day on certain days in one zone, and what happens to slots that were missed."""

    times: tuple[time, ...]
    weekdays: frozenset[int]
    """0 is Monday."""
    zone: ZoneInfo
    holidays: tuple[tuple[str, str], ...] = ()
    """First and last day, both included, each `YYYY-MM-DD` or, for every year, `MM-DD`."""
    grace: timedelta = timedelta(hours=20)
    missed: str = "latest"
    max_age: timedelta = timedelta(hours=72)

    @property
    def horizon(self) -> timedelta:
        """How old a slot may be and still be made up for."""
        return self.max_age if self.missed == "all" else self.grace


@dataclass(frozen=True, slots=True, kw_only=True)
class Duty:
    """What is to be done now, and when to look again (None: there is no later slot)."""

    run: tuple[Slot, ...]
    """To be built and handed over."""
    hand: tuple[str, ...]
    """Editions that are built, and that some recipients lack whose time has come."""
    wake: datetime | None


def timetable(schedule: Schedule, zone: str) -> Timetable:
    """Return the timetable that `schedule:` describes; `zone` is the brief's IANA zone, unless it names its own."""
    return Timetable(
        times=tuple(sorted(time.fromisoformat(at) for at in set(schedule.at))),
        weekdays=frozenset(_WEEKDAYS.index(day) for day in schedule.days),
        zone=ZoneInfo(schedule.timezone or zone),
        holidays=tuple(_span(text) for text in schedule.holidays),
        grace=timedelta(hours=schedule.grace_hours),
        missed=schedule.missed,
        max_age=timedelta(hours=schedule.max_age_hours),
    )


def slots_between(table: Timetable, after: datetime, until: datetime) -> tuple[Slot, ...]:
    """Return the slots with `after < due <= until`, in order; never two at one instant."""
    first = after.astimezone(table.zone).date() - timedelta(days=1)
    last = until.astimezone(table.zone).date() + timedelta(days=1)
    found = {slot.due: slot for slot in _slots_on(table, first, last) if after < slot.due <= until}
    return tuple(found[due] for due in sorted(found))


def next_slots(table: Timetable, after: datetime, count: int) -> tuple[Slot, ...]:
    """Return the next `count` slots after a moment, fewer where a year holds fewer."""
    found: tuple[Slot, ...] = ()
    reach = timedelta(days=2)
    while len(found) < count and reach <= 2 * _YEAR:
        found = slots_between(table, after, after + reach)
        reach *= 4
    return found[:count]


def duty(table: Timetable, now: datetime, records: Iterable[SlotRecord]) -> Duty:
    """Return what is due at `now`, knowing what the ledger records."""
    known = tuple(records)
    by_edition = {record.edition: record for record in known if record.state is not SlotState.MISSED}
    final = {record.due for record in by_edition.values() if record.state in FINAL}
    slots = slots_between(table, now - table.horizon, now)
    unfinished = [slot for slot in slots if slot.due not in final and not _is_final(by_edition.get(slot.edition))]
    chosen = [slot for slot in unfinished if _is_wanted(table, slot, newest=slots[-1], now=now, records=by_edition)]
    waits = {slot.edition: waiting_until(by_edition.get(slot.edition), now) for slot in chosen}
    built = {record.edition: waiting_until(record, now) for record in known if record.state is SlotState.BUILT}
    later = [wait for wait in (*waits.values(), *built.values()) if wait is not None]
    later.extend(slot.due for slot in next_slots(table, now, 1))
    return Duty(
        run=tuple(slot for slot in chosen if waits[slot.edition] is None and slot.edition not in built),
        hand=tuple(edition for edition, wait in built.items() if wait is None),
        wake=min(later, default=None),
    )


def missed_slots(table: Timetable, now: datetime, records: Iterable[SlotRecord]) -> tuple[Slot, ...]:
    """Return the slots since the newest one on record that nobody will make up for any more."""
    known = tuple(records)
    newest = max((record.due for record in known if record.due <= now), default=None)
    if newest is None:
        return ()
    # by name too: another time zone, or another hour, gives an edition on record another moment
    spared = {slot.edition for slot in duty(table, now, known).run} | {record.edition for record in known}
    since = slots_between(table, max(newest, now - _YEAR), now)
    return tuple(slot for slot in since if slot.edition not in spared)


def waiting_until(record: SlotRecord | None, now: datetime) -> datetime | None:
    """Return until when a failed slot waits; a pause longer than any we make comes from a clock that was wrong."""
    if record is None or record.retry_at is None or not now < record.retry_at <= now + LONGEST_PAUSE:
        return None
    return record.retry_at


def pause_after(tries: int) -> timedelta:
    """Return the pause after the n-th failed try: 1, 2, 4 … minutes, at most an hour."""
    return min(FIRST_PAUSE * (1 << min(max(tries - 1, 0), 10)), LONGEST_PAUSE)


def lateness(due: datetime, at: datetime) -> timedelta:
    """Return how late something due came, or zero where it was punctual."""
    late = at - due
    return late if late >= PUNCTUAL else timedelta()


# ── the calendar ─────────────────────────────────────────────────────────────────────────────────────────────────


def _slots_on(table: Timetable, first: date, last: date) -> Iterator[Slot]:
    for number in range((last - first).days + 1):
        yield from _slots_of_day(table, first + timedelta(days=number))


@lru_cache(maxsize=4096)
def _slots_of_day(table: Timetable, day: date) -> tuple[Slot, ...]:
    if day.weekday() not in table.weekdays or any(_within(day, span) for span in table.holidays):
        return ()
    several = len(table.times) > 1
    return tuple(
        Slot(
            edition=f"{day:%Y-%m-%d}-{at:%H%M}" if several else f"{day:%Y-%m-%d}",
            due=_instant(day, at, table.zone),
            day=day,
        )
        for at in table.times
    )


def _instant(day: date, at: time, zone: ZoneInfo) -> datetime:
    """Return the instant of a wall-clock time; `fold=0` is the first of two, and moves forward in a gap (PEP 495)."""
    return datetime.combine(day, at, zone).astimezone(UTC)


def _within(day: date, span: tuple[str, str]) -> bool:
    first, last = span
    text = f"{day:%Y-%m-%d}"[-len(first) :]
    return first <= text <= last if first <= last else text >= first or text <= last


def _span(text: str) -> tuple[str, str]:
    first, _, last = text.partition("..")
    return first, last or first


def _is_final(record: SlotRecord | None) -> bool:
    return record is not None and record.state in FINAL


def _is_wanted(table: Timetable, slot: Slot, *, newest: Slot, now: datetime, records: Mapping[str, SlotRecord]) -> bool:
    if table.missed == "all":  # since the first on record: before that, nobody waited for a brief
        return slot == newest or any(record.due < slot.due for record in records.values())
    if slot != newest:
        return False
    return table.missed == "latest" or slot.edition in records or not lateness(slot.due, now)
