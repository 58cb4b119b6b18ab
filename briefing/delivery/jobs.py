"""One brief's round: build what is due, hand it over, tell people of trouble; doing it twice delivers once.

Slot ─build─► files ─write─► Edition on disk ─record─► Ledger ─hand over─► recipients ─settle─► DONE

A lock on the output folder keeps rounds apart, and is freed by the system when a round is killed. Every step starts
from what the ledger and the disk say, so that the next round goes on where a killed one stopped.
"""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from filelock import FileLock, Timeout

from briefing.delivery.alarms import raise_alarms
from briefing.delivery.building import BuildError
from briefing.delivery.channels.payload import payload_of
from briefing.delivery.handover import hand_over, is_open
from briefing.delivery.ledger import EditionRecord, open_ledger
from briefing.delivery.slots import SlotRecord, SlotState, duty, missed_slots, pause_after
from briefing.delivery.troubles import (
    Trouble,
    trouble_of_archive,
    trouble_without_pdf,
    troubles_of_handover,
    troubles_of_slots,
)
from briefing.edition.files import checksum, checksums, read_files, write_files
from briefing.errors import BriefingError, DeliveryError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime
    from pathlib import Path

    from briefing.delivery.building import Built
    from briefing.delivery.channels.channel import Channel
    from briefing.delivery.channels.payload import Payload
    from briefing.delivery.ledger import HandoverRecord, Ledger
    from briefing.delivery.slots import Slot, Timetable
    from briefing.edition.files import Files

LOCK = ".run.lock"


MOST_TRIES_FOR_PDF = 3
"""After so many tries a brief goes out without its PDF rather than not at all."""


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
    """Called after a round that changed something: the archive page, retention."""
    stopped: Callable[[], bool] = lambda: False
    """Whether the program is to end; asked before each step of a handover."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What a round did, and when to look again."""

    busy: bool = False
    """Another round was at work; nothing was done."""
    editions: tuple[str, ...] = ()
    """Built or handed over in this round."""
    handovers: tuple[HandoverRecord, ...] = ()
    """How the recipients of these editions stand now."""
    troubles: tuple[Trouble, ...] = ()
    wake: datetime | None = None


def run_due(job: Job, clock: Callable[[], datetime]) -> Outcome:
    """Build and hand over what is due; DeliveryError where the output folder or the ledger cannot be used."""
    try:
        with turn(job.output), open_ledger(job.output) as ledger:
            return _Round(job, ledger, clock).outcome()
    except Busy:
        return Outcome(busy=True)


class Busy(Exception):  # noqa: N818 - no error: somebody else does the work
    """Another round holds the output folder."""


@contextmanager
def turn(output: Path) -> Iterator[None]:
    """Hold an output folder for one round; raises Busy where another round does, DeliveryError where it cannot be."""
    try:
        output.mkdir(parents=True, exist_ok=True)
        lock = FileLock(output / LOCK, timeout=0)
        lock.acquire()
    except Timeout as error:
        raise Busy from error
    except OSError as error:
        raise DeliveryError(
            f"{output} cannot be written to: {error.strerror or error}; free space or permit writing, then try again"
        ) from error
    try:
        yield
    finally:
        lock.release()


def enter(files: Files, edition: str, ledger: Ledger, now: datetime, *, due: datetime | None = None) -> EditionRecord:
    """Record an edition that was made by hand, so that it is handed over like any other."""
    record = EditionRecord(edition=edition, sha256=checksum(files), files=checksums(files), due=due, built_at=now)
    ledger.built(record, None, now)
    return record


def stored(record: EditionRecord, output: Path) -> Payload:
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


class _Round:
    """One pass over one job, with the ledger open."""

    def __init__(self, job: Job, ledger: Ledger, clock: Callable[[], datetime]) -> None:
        self._job, self._ledger, self._clock = job, ledger, clock
        self._troubles: list[Trouble] = []
        self._editions: list[str] = []

    def outcome(self) -> Outcome:
        """Do the round."""
        if self._job.table is not None:
            self._note_missed(self._job.table)
            for slot in duty(self._job.table, self._clock(), self._ledger.slots()).run:
                self._build(slot)
        for record in self._ledger.slots():
            if record.state is SlotState.BUILT:
                self._hand_over(record)
        handovers = tuple(row for edition in self._editions for row in self._ledger.handovers(edition))
        self._troubles.extend(troubles_of_handover(self._job.title, handovers, self._clock()))
        if self._editions:
            self._troubles.extend(tidied(self._job, self._clock()))
        raise_alarms(self._job.alarms, self._troubles, self._ledger, self._clock())
        return Outcome(
            editions=tuple(self._editions),
            handovers=handovers,
            troubles=tuple(self._troubles),
            wake=self._wake(),
        )

    def _wake(self) -> datetime | None:
        if self._job.table is None:
            return None
        return duty(self._job.table, self._clock(), self._ledger.slots()).wake

    def _note_missed(self, table: Timetable) -> None:
        now = self._clock()
        records = self._ledger.slots()
        overdue = [r for r in records if r.state is SlotState.PLANNED and r.due + table.horizon < now]
        gone = [
            SlotRecord(edition=s.edition, due=s.due, state=SlotState.MISSED) for s in missed_slots(table, now, records)
        ]
        for record in (*overdue, *gone):
            missed = replace(record, state=SlotState.MISSED, retry_at=None)
            self._ledger.put_slot(missed, now)
            self._troubles.append(troubles_of_slots(self._job.title, missed, self._job.output))

    def _build(self, slot: Slot) -> None:
        record = self._planned(slot)
        if self._ledger.edition(slot.edition) is not None:  # made and handed over by hand before its time
            self._ledger.put_slot(replace(record, state=SlotState.BUILT), self._clock())
            return
        try:
            built = self._made(slot, record.tries)
            if self._job.skip_empty and built.articles == 0:
                self._ledger.put_slot(replace(record, state=SlotState.EMPTY), self._clock())
            else:
                self._file(slot, built.files)
        except BriefingError as error:
            now = self._clock()
            failed = replace(record, retry_at=now + pause_after(record.tries), reason=str(error))
            self._troubles.append(troubles_of_slots(self._job.title, failed, self._job.output))
            self._ledger.put_slot(failed, now)

    def _made(self, slot: Slot, tries: int) -> Built:
        """Build the slot; where its PDF fails again and again, take what stands without it."""
        try:
            return self._job.build(slot)
        except BuildError as error:
            if error.standing is None or tries < MOST_TRIES_FOR_PDF:
                raise
            self._troubles.append(trouble_without_pdf(self._job.title, slot.edition, str(error)))
            return error.standing

    def _planned(self, slot: Slot) -> SlotRecord:
        earlier = {record.edition: record for record in self._ledger.slots()}.get(slot.edition)
        tries = earlier.tries + 1 if earlier else 1
        record = SlotRecord(edition=slot.edition, due=slot.due, state=SlotState.PLANNED, tries=tries)
        self._ledger.put_slot(record, self._clock())
        return record

    def _file(self, slot: Slot, files: Files) -> None:
        write_files(slot.edition, files, self._job.output)
        now = self._clock()
        record = EditionRecord(
            edition=slot.edition, sha256=checksum(files), files=checksums(files), due=slot.due, built_at=now
        )
        self._ledger.built(record, slot, now)

    def _hand_over(self, record: SlotRecord) -> None:
        edition = self._ledger.edition(record.edition)
        if edition is None:
            raise DeliveryError(f"the ledger calls {record.edition} built, but does not know its files")
        self._editions.append(record.edition)
        try:
            payload = stored(edition, self._job.output)
        except DeliveryError as error:
            now = self._clock()
            failed = replace(record, tries=record.tries + 1, reason=str(error))
            failed = replace(failed, retry_at=now + pause_after(failed.tries))
            self._ledger.put_slot(failed, now)
            self._troubles.append(troubles_of_slots(self._job.title, failed, self._job.output))
            return
        rows = hand_over(payload, self._job.channels, self._ledger, self._clock, stopped=self._job.stopped)
        settle(record, rows, self._job.channels, self._ledger, self._clock())


def settle(
    record: SlotRecord, rows: tuple[HandoverRecord, ...], channels: tuple[Channel, ...], ledger: Ledger, now: datetime
) -> None:
    """Write a slot down as DONE, or as waiting for its next recipient."""
    resends = {channel.kind: channel.resends for channel in channels}
    waiting = [row for row in rows if is_open(row, resends=resends.get(row.channel, False))]
    if not waiting:
        ledger.put_slot(replace(record, state=SlotState.DONE, retry_at=None, reason=""), now)
        return
    retry_at = min((row.retry_at for row in waiting if row.retry_at is not None), default=now)
    ledger.put_slot(replace(record, retry_at=retry_at, reason=""), now)


def tidied(job: Job, now: datetime) -> list[Trouble]:
    """Rebuild the archive; what fails there is told, and takes nothing from the delivery."""
    try:
        job.tidy(now)
    except BriefingError as error:
        return [trouble_of_archive(job.title, str(error), now)]
    return []
