"""How the briefs stand: last and next edition, who has what, what waits, whether the last success is too old."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, fields
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from briefing.delivery.records import DeliveryRecord, DeliveryState
from briefing.delivery.slots import PUNCTUAL, SlotState, next_slots, slots_between
from briefing.opening import read_regular

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path
    from zoneinfo import ZoneInfo

    from briefing.delivery.records import EditionRecord
    from briefing.delivery.slots import SlotRecord, Timetable

HEARTBEAT = ".heartbeat"
"""Holds when the loop, or a run that cron started, was last at work, as ISO 8601."""

_MOST_BYTES = 100

RECENT = timedelta(days=31)
"""How far back slots are asked for when there is nothing newer to judge by."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """What the ledger holds at one moment."""

    slots: Sequence[SlotRecord] = ()
    editions: Sequence[EditionRecord] = ()
    deliveries: Sequence[DeliveryRecord] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class BriefStatus:
    """How one brief stands."""

    title: str
    last: str | None
    """The newest edition that was built."""
    state: str | None
    """Of its slot: built, done, …"""
    built_at: datetime | None
    late_minutes: int
    next: str | None
    next_at: datetime | None
    last_success: datetime | None
    """When the newest edition that reached somebody, or that nobody waited for, was built."""
    recipients: tuple[DeliveryRecord, ...]
    """Of the newest edition."""
    waiting: tuple[str, ...]
    """What is tried again, and since when; of earlier editions too."""
    overdue: tuple[str, ...]
    """Why the last success is too old; empty where all is well."""
    seen_at: datetime | None
    """When the loop, or a run that cron started, was last at work."""

    @property
    def healthy(self) -> bool:
        """Whether the last success is new enough."""
        return not self.overdue


def status_of(
    title: str,
    table: Timetable | None,
    snapshot: Snapshot,
    *,
    now: datetime,
    patience: timedelta,
    seen_at: datetime | None = None,
) -> BriefStatus:
    """Return how a brief stands; `patience` is how long after its time a brief may still be under way."""
    edition = max(snapshot.editions, key=lambda record: record.built_at, default=None)
    slots = {record.edition: record for record in snapshot.slots}
    slot = slots.get(edition.edition) if edition else None
    following = next_slots(table, now, 1) if table else ()
    good = [record for record in snapshot.editions if _succeeded(record, snapshot, slots)]
    late = edition.built_at - edition.due if edition and edition.due else timedelta()
    return BriefStatus(
        title=title,
        last=edition.edition if edition else None,
        state=slot.state.value if slot else None,
        built_at=edition.built_at if edition else None,
        late_minutes=max(0, int(late.total_seconds()) // 60),
        next=following[0].edition if following else None,
        next_at=following[0].due if following else None,
        last_success=max((record.built_at for record in good), default=None),
        recipients=tuple(row for row in snapshot.deliveries if edition and row.edition == edition.edition),
        waiting=tuple(_waiting(snapshot)),
        overdue=_overdue(table, snapshot, good, seen_at=seen_at, until=now - patience),
        seen_at=seen_at,
    )


def status_data(statuses: Sequence[BriefStatus]) -> dict[str, Any]:
    """Return how the briefs stand as JSON values, stable in name and shape."""
    briefs = [
        {field.name: _plain(getattr(status, field.name)) for field in fields(status)} | {"healthy": status.healthy}
        for status in statuses
    ]
    return {"version": 1, "healthy": all(status.healthy for status in statuses), "briefs": briefs}


def status_lines(status: BriefStatus, zone: ZoneInfo) -> list[str]:
    """Return the lines that people read."""

    def at(moment: datetime | None) -> str:
        return "" if moment is None else f"{moment.astimezone(zone):%Y-%m-%d %H:%M}"

    lines = [status.title, "  last   none yet"]
    if status.last is not None:
        late = f", {status.late_minutes} min late" if timedelta(minutes=status.late_minutes) >= PUNCTUAL else ""
        lines[1] = f"  last   {status.last}  {status.state or 'made by hand'}, built {at(status.built_at)}{late}"
    lines.append(f"  next   {status.next}  {at(status.next_at)}" if status.next else "  next   none: no schedule")
    if status.seen_at is not None:
        lines.append(f"  alive  {at(status.seen_at)}")
    for row in status.recipients:
        detail = f": {row.detail}" if row.detail else ""
        lines.append(f"  {row.state:9}{row.channel} {row.recipient}, {at(row.changed_at)}{detail}")
    lines.extend(f"  waits  {text}" for text in status.waiting)
    lines.extend(f"  LATE   {text}" for text in status.overdue)
    return lines


def _succeeded(record: EditionRecord, snapshot: Snapshot, slots: dict[str, SlotRecord]) -> bool:
    """Tell whether an edition reached somebody, or had nobody to reach."""
    states = [row.state for row in snapshot.deliveries if row.edition == record.edition]
    if not states:
        slot = slots.get(record.edition)
        return slot is not None and slot.state is SlotState.DONE
    return DeliveryState.SENT in states


def _waiting(snapshot: Snapshot) -> list[str]:
    slots = [
        f"{record.edition} is tried again at {record.retry_at:%H:%M} UTC: {record.reason}"
        for record in snapshot.slots
        if record.state is not SlotState.MISSED and record.retry_at is not None and record.reason
    ]
    recipients = [
        f"{row.edition} {row.channel} {row.recipient} since {row.since:%Y-%m-%d %H:%M} UTC, "
        f"{row.tries} {'try' if row.tries == 1 else 'tries'}: {row.detail or 'not begun'}"
        for row in snapshot.deliveries
        if row.state in {DeliveryState.PENDING, DeliveryState.SENDING}
        or (row.state is DeliveryState.UNKNOWN and row.retry_at)
    ]
    return slots + recipients


def _overdue(
    table: Timetable | None,
    snapshot: Snapshot,
    good: Sequence[EditionRecord],
    *,
    seen_at: datetime | None,
    until: datetime,
) -> tuple[str, ...]:
    """Return why the last success is too old: the newest slot that had time enough is neither done nor empty."""
    signs = [record.due for record in snapshot.slots] + [record.built_at for record in snapshot.editions]
    begun = min([*signs, *([seen_at] if seen_at else [])], default=None)  # before that, nobody waited for a brief
    if table is None or begun is None:
        return ()
    slots = [slot for slot in slots_between(table, until - RECENT, until) if slot.due >= begun]
    if not slots:
        return ()
    newest = slots[-1]
    settled = {record.edition for record in snapshot.slots if record.state is SlotState.EMPTY}
    settled |= {record.edition for record in good}
    last = max((record.built_at for record in good), default=None)
    if newest.edition in settled or any(record.due == newest.due for record in good):
        return ()
    if last is not None and last >= newest.due:
        return ()
    since = f"the last success was built {last:%Y-%m-%d %H:%M} UTC" if last else "there has been no success yet"
    return (f"{newest.edition} was due {newest.due:%Y-%m-%d %H:%M} UTC and has reached nobody; {since}",)


def _plain(value: Any) -> Any:  # noqa: ANN401 - JSON values
    match value:
        case datetime():
            return value.isoformat()
        case DeliveryRecord():
            names = ("channel", "state", "tries", "retry_at", "detail")
            row = {name: _plain(getattr(value, name)) for name in names}
            return {**row, "name": value.recipient, "since": value.changed_at.isoformat()}
        case tuple():
            return [_plain(item) for item in value]
    return value


# ── the sign of life, for watchdogs too ──────────────────────────────────────────────────────────────────────────────


def leave_beat(output: Path, now: datetime) -> None:
    """Write that somebody is at work; where that cannot be written, the run that meets the reason tells it.

    The file is put in place whole, so that a link or a pipe of its name is replaced and never written to.
    """
    staged = output / f"{HEARTBEAT}.partial"
    with suppress(OSError):
        output.mkdir(parents=True, exist_ok=True)
        staged.unlink(missing_ok=True)
        with staged.open("x", encoding="ascii") as file:
            file.write(now.astimezone(UTC).isoformat(timespec="seconds"))
        staged.replace(output / HEARTBEAT)


def last_beat(output: Path) -> datetime | None:
    """Return when somebody was last at work on an output folder, or None."""
    try:
        return datetime.fromisoformat(read_regular(output / HEARTBEAT, most_bytes=_MOST_BYTES).decode("ascii"))
    except (OSError, ValueError):
        return None
