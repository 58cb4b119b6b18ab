"""How the briefs stand: last and next edition, who has what, what waits, whether the last success is too old. Pure."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from briefing.delivery.receipts import Handed
from briefing.delivery.slots import SlotState, next_slots, slots_between

if TYPE_CHECKING:
    from collections.abc import Sequence

    from briefing.delivery.receipts import EditionRecord, HandoverRecord
    from briefing.delivery.slots import SlotRecord, Timetable

RECENT = timedelta(days=31)
"""How far back slots are asked for when there is nothing newer to judge by."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipient:
    """One recipient of the last edition."""

    channel: str
    name: str
    state: str
    since: datetime
    tries: int
    retry_at: datetime | None
    detail: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """One brief."""

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
    recipients: tuple[Recipient, ...]
    """Of the newest edition, then those of earlier ones who still wait."""
    waiting: tuple[str, ...]
    """What is tried again, and since when."""
    overdue: tuple[str, ...]
    """Why the last success is too old; empty where all is well."""
    seen_at: datetime | None
    """When the loop, or a round that cron started, was last at work."""

    @property
    def healthy(self) -> bool:
        """Whether the last success is new enough."""
        return not self.overdue


@dataclass(frozen=True, slots=True, kw_only=True)
class Books:
    """What the ledger holds."""

    slots: Sequence[SlotRecord] = ()
    editions: Sequence[EditionRecord] = ()
    handovers: Sequence[HandoverRecord] = ()


def standing(
    title: str,
    table: Timetable | None,
    books: Books,
    *,
    now: datetime,
    patience: timedelta,
    seen_at: datetime | None = None,
) -> Standing:
    """Return how a brief stands; `patience` is how long after its time a brief may still be under way."""
    edition = max(books.editions, key=lambda record: record.built_at, default=None)
    slots = {record.edition: record for record in books.slots}
    slot = slots.get(edition.edition) if edition else None
    following = next_slots(table, now, 1) if table else ()
    good = [record for record in books.editions if _succeeded(record, books, slots)]
    late = edition.built_at - edition.due if edition and edition.due else timedelta()
    return Standing(
        title=title,
        last=edition.edition if edition else None,
        state=slot.state.value if slot else None,
        built_at=edition.built_at if edition else None,
        late_minutes=max(0, int(late.total_seconds()) // 60),
        next=following[0].edition if following else None,
        next_at=following[0].due if following else None,
        last_success=max((record.built_at for record in good), default=None),
        recipients=tuple(_recipient(row) for row in books.handovers if edition and row.edition == edition.edition),
        waiting=(*_failed_slots(books), *_waiting_recipients(books)),
        overdue=_overdue(table, books, good, begun=_begun(books, seen_at), until=now - patience),
        seen_at=seen_at,
    )


def as_data(standings: Sequence[Standing]) -> dict[str, Any]:
    """Return the standings as JSON values, stable in name and shape."""
    return {
        "version": 1,
        "healthy": all(standing.healthy for standing in standings),
        "briefs": [_plain(asdict(standing) | {"healthy": standing.healthy}) for standing in standings],
    }


def as_lines(standing: Standing, zone: Any) -> list[str]:  # noqa: ANN401 - a tzinfo
    """Return the lines that people read."""
    lines = [standing.title]
    if standing.last is None:
        lines.append("  last   none yet")
    else:
        late = f", {standing.late_minutes} min late" if standing.late_minutes >= 5 else ""
        lines.append(
            f"  last   {standing.last}  {standing.state or 'made by hand'}, built {_at(standing.built_at, zone)}{late}"
        )
    lines.append(
        f"  next   {standing.next}  {_at(standing.next_at, zone)}" if standing.next else "  next   none: no schedule"
    )
    if standing.seen_at is not None:
        lines.append(f"  alive  {_at(standing.seen_at, zone)}")
    lines.extend(
        f"  {row.state:9}{row.channel} {row.name}, {_at(row.since, zone)}{f': {row.detail}' if row.detail else ''}"
        for row in standing.recipients
    )
    lines.extend(f"  waits  {text}" for text in standing.waiting)
    lines.extend(f"  LATE   {text}" for text in standing.overdue)
    return lines


def _recipient(row: HandoverRecord) -> Recipient:
    return Recipient(
        channel=row.channel,
        name=row.recipient,
        state=row.state.value,
        since=row.changed_at,
        tries=row.tries,
        retry_at=row.retry_at,
        detail=row.detail,
    )


def _succeeded(record: EditionRecord, books: Books, slots: dict[str, SlotRecord]) -> bool:
    """Tell whether an edition reached somebody, or had nobody to reach."""
    states = [row.state for row in books.handovers if row.edition == record.edition]
    if not states:
        slot = slots.get(record.edition)
        return slot is not None and slot.state is SlotState.DONE
    return Handed.SENT in states


def _failed_slots(books: Books) -> list[str]:
    return [
        f"{record.edition} is tried again at {record.retry_at:%H:%M} UTC: {record.reason}"
        for record in books.slots
        if record.state is not SlotState.MISSED and record.retry_at is not None and record.reason
    ]


def _waiting_recipients(books: Books) -> list[str]:
    return [
        f"{row.edition} {row.channel} {row.recipient} since {row.since:%Y-%m-%d %H:%M} UTC, "
        f"{row.tries} {'try' if row.tries == 1 else 'tries'}: {row.detail or 'not begun'}"
        for row in books.handovers
        if row.state in {Handed.PENDING, Handed.SENDING} or (row.state is Handed.UNKNOWN and row.retry_at)
    ]


def _begun(books: Books, seen_at: datetime | None) -> datetime | None:
    """Return the first sign that the desk was at work, or None: before that, nobody waited for a brief."""
    signs = [*(record.due for record in books.slots), *(record.built_at for record in books.editions)]
    return min([*signs, seen_at] if seen_at else signs, default=None)


def _overdue(
    table: Timetable | None,
    books: Books,
    good: Sequence[EditionRecord],
    *,
    begun: datetime | None,
    until: datetime,
) -> tuple[str, ...]:
    """Return why the last success is too old: the newest slot that had time enough is neither done nor empty."""
    if table is None or begun is None:
        return ()
    slots = [slot for slot in slots_between(table, until - RECENT, until) if slot.due >= begun]
    if not slots:
        return ()
    newest = slots[-1]
    settled = {record.edition for record in books.slots if record.state is SlotState.EMPTY}
    settled |= {record.edition for record in good}
    if newest.edition in settled or any(record.due == newest.due for record in good):
        return ()
    last = max((record.built_at for record in good), default=None)
    if last is not None and last >= newest.due:
        return ()
    since = f"the last success was built {last:%Y-%m-%d %H:%M} UTC" if last else "there has been no success yet"
    return (f"{newest.edition} was due {newest.due:%Y-%m-%d %H:%M} UTC and has reached nobody; {since}",)


def _at(moment: datetime | None, zone: Any) -> str:  # noqa: ANN401 - a tzinfo
    return "" if moment is None else f"{moment.astimezone(zone):%Y-%m-%d %H:%M}"


def _plain(value: Any) -> Any:  # noqa: ANN401 - JSON values
    match value:
        case datetime():
            return value.isoformat()
        case dict():
            return {key: _plain(item) for key, item in value.items()}
        case list() | tuple():
            return [_plain(item) for item in value]
    return value
