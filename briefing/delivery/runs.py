"""One brief's run: build what is due, hand it over, report incidents; doing it twice delivers once.

Slot ─build─► files ─write─► Edition on disk ─record─► Ledger ─hand over─► recipients ─settle─► DONE

A lock on the output folder keeps runs apart; the system frees it when a run is killed. Every step starts from what the
ledger and the disk say, so that the next run goes on where a killed one stopped.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING

from briefing.delivery.building import BuildError
from briefing.delivery.channels import canonical, payload_of
from briefing.delivery.incidents import (
    archive_incident,
    delivery_incidents,
    pdf_incident,
    report,
    slot_incident,
    template_incident,
)
from briefing.delivery.ledger import (
    FILE,
    Busy,
    Ledger,
    LedgerLostError,
    as_delivery_error,
    create_tables,
    has_ledger,
    held,
    open_ledger,
)
from briefing.delivery.receipts import sync_receipts, with_receipts
from briefing.delivery.records import DeliveryState, EditionRecord, hand_over, read_of
from briefing.delivery.slots import SlotRecord, SlotState, duty, missed_slots, pause_after
from briefing.edition import checksum, checksums, read_files, write_files
from briefing.errors import BriefingError, DeliveryError, RenderError

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence
    from datetime import datetime
    from pathlib import Path

    from briefing.delivery.building import Built
    from briefing.delivery.channels import Channel, Payload
    from briefing.delivery.incidents import Incident
    from briefing.delivery.records import DeliveryRecord
    from briefing.delivery.slots import Slot, Timetable
    from briefing.edition import Files

MOST_TRIES_FOR_PDF = 3
"""After so many tries a brief goes out without its PDF rather than not at all."""

Line = tuple[str, str, str]
"""Edition, channel, recipient."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """One brief: when it is due, how it is made, who gets it, who hears of a failure, what is tidied up after it."""

    title: str
    output: Path
    table: Timetable | None
    build: Callable[[Slot], Built]
    channels: tuple[Channel, ...]
    alarms: tuple[Channel, ...] = ()
    skip_empty: bool = False
    tidy: Callable[[datetime], None] = lambda _now: None
    """Called after a run that changed something: the archive page, retention."""
    warnings: Callable[[], Sequence[Incident]] = tuple
    """What else people should know, after a run that changed something."""
    stopped: Callable[[], bool] = lambda: False
    """Whether the program is to end; asked before each step of a delivery."""

    def resends(self, kind: str) -> bool:
        """Return whether a channel serves once more, by itself, a recipient of whom nobody can tell."""
        return any(channel.resends for channel in self.channels if channel.kind == kind)

    def meant(self, only: Collection[str] = ()) -> list[tuple[str, str]]:
        """Return channel and name of every recipient, or of those in `only`, each once."""
        pairs = [(channel.kind, recipient) for channel in self.channels for recipient in channel.recipients]
        return [pair for pair in dict.fromkeys(pairs) if not only or pair[1] in only]


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What a run did, and when to look again."""

    busy: bool = False
    """Another run was at work; nothing was done."""
    editions: tuple[str, ...] = ()
    """Built or handed over in this run."""
    deliveries: tuple[DeliveryRecord, ...] = ()
    """How the recipients of these editions stand now."""
    incidents: tuple[Incident, ...] = ()
    wake: datetime | None = None


# ── what is due ──────────────────────────────────────────────────────────────────────────────────────────────────


def run_due(job: Job, clock: Callable[[], datetime]) -> Outcome:
    """Build and hand over what is due; DeliveryError where the output folder or the ledger cannot be used."""
    try:
        with held(job.output), open_ledger(job.output) as ledger:
            return _Run(job, ledger, clock).outcome()
    except Busy:
        return Outcome(busy=True)


class _Run:
    """One pass over one job, with the ledger open."""

    def __init__(self, job: Job, ledger: Ledger, clock: Callable[[], datetime]) -> None:
        self._job, self._ledger, self._clock = job, ledger, clock
        self._incidents: list[Incident] = []
        self._editions: list[str] = []

    def outcome(self) -> Outcome:
        """Do the run."""
        job, table = self._job, self._job.table
        if table is not None:
            self._note_missed(table)
        self._hand_over_built()
        if table is not None:
            for slot in duty(table, self._clock(), self._ledger.slots()).run:
                self._build(slot)
                self._hand_over_built()  # for the next slot is made of what this one has not delivered
        deliveries = tuple(row for edition in self._editions for row in self._ledger.deliveries(edition))
        if self._editions:
            self._incidents.extend(_tidied(job, self._clock()))
            self._incidents.extend(job.warnings())
        incidents = report(
            job.title,
            self._incidents,
            deliveries,
            channels=job.alarms,
            ledger=self._ledger,
            now=self._clock(),
        )
        return Outcome(
            editions=tuple(self._editions),
            deliveries=deliveries,
            incidents=incidents,
            wake=None if table is None else duty(table, self._clock(), self._ledger.slots()).wake,
        )

    def _hand_over_built(self) -> None:
        for record in self._ledger.slots():
            if record.state is SlotState.BUILT and record.edition not in self._editions:
                self._hand_over(record)

    def _note_missed(self, table: Timetable) -> None:
        now = self._clock()
        records = self._ledger.slots()
        overdue = [r for r in records if r.state is SlotState.PLANNED and r.due + table.horizon < now]
        gone = [
            SlotRecord(edition=s.edition, due=s.due, state=SlotState.MISSED) for s in missed_slots(table, now, records)
        ]
        for record in (*overdue, *gone):
            self._put(replace(record, state=SlotState.MISSED, retry_at=None), incident=True)

    def _build(self, slot: Slot) -> None:
        earlier = {record.edition: record for record in self._ledger.slots()}.get(slot.edition)
        tries = earlier.tries + 1 if earlier else 1
        record = SlotRecord(edition=slot.edition, due=slot.due, state=SlotState.PLANNED, tries=tries)
        self._put(record)
        if (
            self._ledger.catch_up(slot.edition) is not None
        ):  # made and handed over by hand, or before the ledger was lost
            self._put(replace(record, state=SlotState.BUILT))
            return
        try:
            built = self._built(slot, tries)
            if built.hidden:
                self._incidents.append(template_incident(self._job.title, slot.edition, built.hidden))
            if self._job.skip_empty and built.articles == 0:
                self._put(replace(record, state=SlotState.EMPTY))
                return
            write_files(slot.edition, built.files + built.beside, self._job.output)
            record_edition(built.files, slot.edition, self._ledger, self._clock(), slot=slot)
        except BriefingError as error:
            retry_at = self._clock() + pause_after(tries)
            self._put(replace(record, retry_at=retry_at, reason=str(error)), incident=True)

    def _built(self, slot: Slot, tries: int) -> Built:
        """Build the slot; where its PDF fails again and again, take what there is without it."""
        try:
            return self._job.build(slot)
        except BuildError as error:
            if error.partial is None or tries < MOST_TRIES_FOR_PDF:
                raise
            self._incidents.append(pdf_incident(self._job.title, slot.edition, str(error)))
            return error.partial

    def _hand_over(self, record: SlotRecord) -> None:
        edition = self._ledger.catch_up(record.edition)
        if edition is None:
            raise DeliveryError(f"the ledger calls {record.edition} built, but does not know its files")
        self._editions.append(record.edition)
        try:
            payload = stored_edition(edition, self._job.output)
        except DeliveryError as error:
            tries = record.tries + 1
            retry_at = self._clock() + pause_after(tries)
            self._put(replace(record, tries=tries, retry_at=retry_at, reason=str(error)), incident=True)
            return
        rows = hand_over(payload, self._job.channels, self._ledger, self._clock, stopped=self._job.stopped)
        _settle(record, rows, self._job, self._ledger, self._clock())

    def _put(self, record: SlotRecord, *, incident: bool = False) -> None:
        """Write a slot's state, and report it where it is an `incident`."""
        self._ledger.put_slot(record, self._clock())
        if incident:
            self._incidents.append(slot_incident(self._job.title, record, self._job.output))


# ── by hand ──────────────────────────────────────────────────────────────────────────────────────────────────────


def redeliver(job: Job, edition: str, only: Collection[str], clock: Callable[[], datetime]) -> Outcome:
    """Hand an edition to those who lack it, or to those named; DeliveryError where it or they are not known."""
    try:
        with held(job.output), open_ledger(job.output) as ledger:
            return _redelivered(job, edition, only, ledger, clock)
    except Busy as busy:
        raise DeliveryError(f"{job.output}: another run is at work there; try again when it is done") from busy


def lacking_of(job: Job, edition: str, only: Collection[str]) -> list[tuple[str, str]]:
    """Return channel and name of those whom `redeliver` would serve; DeliveryError as it would raise."""
    _files_of(job, edition)
    only = _named(job, only)
    rows: tuple[DeliveryRecord, ...] = ()
    if has_ledger(job.output):
        with open_ledger(job.output) as ledger:
            rows = ledger.deliveries(edition)
    has = {(row.channel, row.recipient) for row in rows if not _lacks(row, job, only)}
    return [pair for pair in job.meant(only) if pair not in has]


def foreseen(job: Job, now: datetime) -> list[Line]:
    """Return what a run would do at a moment, changing nothing."""
    if job.table is None:
        return []
    if not has_ledger(job.output):
        return [(slot.edition, *pair) for slot in duty(job.table, now, ()).run for pair in job.meant()]
    with open_ledger(job.output) as ledger:
        todo = duty(job.table, now, ledger.slots())
        lines = [(slot.edition, *pair) for slot in todo.run for pair in job.meant()]
        for edition in todo.hand:
            done = {
                (row.channel, row.recipient)
                for row in ledger.deliveries(edition)
                if not row.is_open(resends=job.resends(row.channel)) or row.is_waiting(now)
            }
            lines.extend((edition, *pair) for pair in job.meant() if pair not in done)
    return lines


def _redelivered(
    job: Job, edition: str, only: Collection[str], ledger: Ledger, clock: Callable[[], datetime]
) -> Outcome:
    files = _files_of(job, edition)
    only = _named(job, only)
    record = ledger.catch_up(edition)
    if record is None or (checksum(files) != record.sha256 and not ledger.was_delivered(edition)):
        # as it lies on the disk now, where that is new to everybody
        record = record_edition(files, edition, ledger, clock(), due=record.due if record else None)
    payload = stored_edition(record, job.output)
    now = clock()
    until = {channel.kind: now + channel.expire for channel in job.channels}
    rows = [row for row in ledger.deliveries(edition) if row.channel in until]
    ledger.put_deliveries([row.reopened(until[row.channel]) for row in rows if _lacks(row, job, only)])
    slot = {slot.edition: slot for slot in ledger.slots()}.get(edition)
    slot = slot or SlotRecord(edition=edition, due=record.due or record.built_at, state=SlotState.BUILT)
    after = hand_over(payload, job.channels, ledger, clock, only=only, stopped=job.stopped)
    _settle(slot, after, job, ledger, clock())
    incidents = (*delivery_incidents(job.title, after, clock()), *_tidied(job, clock()))
    return Outcome(editions=(edition,), deliveries=after, incidents=incidents)


def _files_of(job: Job, edition: str) -> Files:
    try:
        return read_files(job.output / edition)
    except RenderError as error:
        raise DeliveryError(f"there is no edition {edition} in {job.output}: {error}") from error


def _named(job: Job, only: Collection[str]) -> list[str]:
    """Return those in `only` as the channels name them; DeliveryError where one is no recipient."""
    known = [recipient for channel in job.channels for recipient in channel.recipients]
    spelt = {canonical(name): name for name in known}
    for name in only:
        if canonical(name) not in spelt:
            raise DeliveryError(f"{name} is nobody under `deliver:`; there are: {', '.join(known)}")
    return [spelt[canonical(name)] for name in only]


def _lacks(row: DeliveryRecord, job: Job, only: Collection[str]) -> bool:
    """Tell whether somebody lacks the edition; of whom nobody can tell, only when named or when config.yaml says so."""
    if only and row.recipient not in only:
        return False
    if row.state is DeliveryState.UNKNOWN:
        return bool(only) or job.resends(row.channel)
    return row.state is not DeliveryState.SENT


# ── steps of both ────────────────────────────────────────────────────────────────────────────────────────────────


def record_edition(
    files: Files,
    edition: str,
    ledger: Ledger,
    now: datetime,
    *,
    slot: Slot | None = None,
    due: datetime | None = None,
) -> EditionRecord:
    """Record an edition, of a slot or made by hand, so that it is handed over like any other."""
    record = EditionRecord(
        edition=edition,
        sha256=checksum(files),
        files=checksums(files),
        due=slot.due if slot else due,
        built_at=now,
    )
    ledger.built(record, slot, now, read=read_of(files))
    return record


def record_again(files: Files, edition: str, output: Path, now: datetime) -> None:
    """Record an edition that was made again without an article, where it is on record: its recipients stay as they are.

    What it has read stays too, so that no later edition holds what was withdrawn.
    """
    if not has_ledger(output):
        return
    with open_ledger(output) as ledger:
        known = ledger.edition(edition)
        if known is not None:
            record = replace(known, sha256=checksum(files), files=checksums(files))
            ledger.built(record, None, now, read=ledger.read(edition) or read_of(files))


def stored_edition(record: EditionRecord, output: Path) -> Payload:
    """Return an edition as it lies on the disk; DeliveryError where it is no longer what was built."""
    try:
        files = tuple((name, content) for name, content in read_files(output / record.edition) if name in record.files)
    except BriefingError as error:
        raise DeliveryError(f"{error}; put the edition back, or nobody can be served") from error
    if checksums(files) != dict(record.files):
        raise DeliveryError(
            f"{output / record.edition} is not what was built (the ledger has its checksums); nothing is handed over: "
            f"put the edition back as it was, or, where nobody has it yet: briefing deliver {record.edition}"
        )
    return payload_of(files, due=record.due, built_at=record.built_at)


def _settle(record: SlotRecord, rows: tuple[DeliveryRecord, ...], job: Job, ledger: Ledger, now: datetime) -> None:
    """Write a slot down as DONE, or as waiting for its next recipient."""
    sync_receipts(job.output, record.edition)
    waiting = [row for row in rows if row.is_open(resends=job.resends(row.channel))]
    if not waiting:
        ledger.put_slot(replace(record, state=SlotState.DONE, retry_at=None, reason=""), now)
        return
    retry_at = min((row.retry_at for row in waiting if row.retry_at is not None), default=now)
    ledger.put_slot(replace(record, retry_at=retry_at, reason=""), now)


def _tidied(job: Job, now: datetime) -> list[Incident]:
    """Rebuild the archive; what fails there is reported, and takes nothing from the delivery."""
    try:
        job.tidy(now)
    except BriefingError as error:
        return [archive_incident(job.title, str(error), now)]
    return []


# ── a ledger that is lost, made anew from the receipts beside the editions ────────────────────────────────────────────


RECENT = timedelta(hours=20)
"""How long after it was built an edition without a single receipt may still be on its way."""


def rebuild(output: Path, now: datetime) -> tuple[str, ...]:
    """Make the ledger of an output folder anew, return its editions; DeliveryError where it is there and whole.

    It is put in place whole; a damaged one is kept beside it.
    """
    try:
        with held(output):
            _check_lost(output)
            return _rebuilt(output, now)
    except Busy as busy:
        raise DeliveryError(f"{output}: a run is at work there; try again when it is done") from busy


def _check_lost(output: Path) -> None:
    if not with_receipts(output):
        raise DeliveryError(f"there are no receipts in {output} to rebuild a ledger from; nothing was changed")
    try:
        with open_ledger(output):
            pass
    except LedgerLostError:
        return
    raise DeliveryError(f"the ledger {output / FILE} is there and whole; nothing was changed")


def _rebuilt(output: Path, now: datetime) -> tuple[str, ...]:
    path, staged = output / FILE, output / f".{FILE}.partial"
    with as_delivery_error(path):
        _remove(staged)
        with closing(sqlite3.connect(staged, isolation_level=None)) as connection:
            connection.execute("PRAGMA synchronous = FULL")
            create_tables(connection)
            ledger = Ledger(connection, path)
            restored = [record for edition in with_receipts(output) if (record := ledger.catch_up(edition))]
            for record in restored:
                ledger.put_slot(_slot_of(record, ledger.deliveries(record.edition), now), now)
        if path.exists() and path.stat().st_size:
            path.replace(path.with_name(f"{FILE}.damaged"))
        _remove(path)
        staged.replace(path)
    return tuple(record.edition for record in restored)


def _slot_of(record: EditionRecord, rows: Collection[DeliveryRecord], now: datetime) -> SlotRecord:
    """Return how far an edition's slot has come by its receipts: still BUILT where somebody is to be served yet."""
    waiting = [row.expires_at > now for row in rows if row.is_open(resends=True)]
    on_its_way = any(waiting) or (not rows and now - record.built_at < RECENT)
    state = SlotState.BUILT if on_its_way else SlotState.DONE
    return SlotRecord(edition=record.edition, due=record.due or record.built_at, state=state)


def _remove(path: Path) -> None:
    """Remove a database, and what SQLite keeps beside it."""
    for suffix in ("", "-wal", "-shm", "-journal"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)
