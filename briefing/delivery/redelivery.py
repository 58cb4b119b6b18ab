"""Handing an existing edition over by hand, and saying beforehand who would get what."""

from __future__ import annotations

from typing import TYPE_CHECKING

from briefing.delivery.handover import hand_over, is_open, is_waiting, reopened
from briefing.delivery.jobs import Busy, Outcome, enter, settle, stored, tidied, turn
from briefing.delivery.ledger import FILE, Handed, open_ledger
from briefing.delivery.slots import SlotRecord, SlotState, duty
from briefing.delivery.troubles import troubles_of_handover
from briefing.edition.files import checksum, read_files
from briefing.errors import DeliveryError, RenderError

if TYPE_CHECKING:
    from collections.abc import Callable, Collection
    from datetime import datetime

    from briefing.delivery.jobs import Job
    from briefing.delivery.ledger import EditionRecord, HandoverRecord, Ledger
    from briefing.edition.files import Files

Line = tuple[str, str, str]
"""Edition, channel, recipient."""


def redeliver(job: Job, edition: str, only: Collection[str], clock: Callable[[], datetime]) -> Outcome:
    """Hand an edition to those who lack it, or to those named; DeliveryError where it or they are not known."""
    try:
        with turn(job.output), open_ledger(job.output) as ledger:
            return _redelivered(job, edition, only, ledger, clock)
    except Busy as busy:
        raise DeliveryError(f"{job.output}: another round is at work there; try again when it is done") from busy


def lacking_of(job: Job, edition: str, only: Collection[str]) -> list[tuple[str, str]]:
    """Return channel and name of those whom `redeliver` would serve; DeliveryError as it would raise."""
    _files(job, edition)
    _check_names(job, only)
    rows: tuple[HandoverRecord, ...] = ()
    if (job.output / FILE).exists():
        with open_ledger(job.output) as ledger:
            rows = ledger.handovers(edition)
    has = {(row.channel, row.recipient) for row in rows if not _is_served(row, job, only)}
    return [pair for pair in _meant(job, only) if pair not in has]


def foreseen(job: Job, now: datetime) -> list[Line]:
    """Return what a round would do at a moment, changing nothing."""
    if job.table is None:
        return []
    if not (job.output / FILE).exists():
        return [(slot.edition, *pair) for slot in duty(job.table, now, ()).run for pair in _meant(job, ())]
    with open_ledger(job.output) as ledger:
        records = ledger.slots()
        todo = duty(job.table, now, records)
        lines = [(slot.edition, *pair) for slot in todo.run for pair in _meant(job, ())]
        for edition in todo.hand:
            done = {(r.channel, r.recipient) for r in ledger.handovers(edition) if not _is_due(r, job, now)}
            lines.extend((edition, *pair) for pair in _meant(job, ()) if pair not in done)
    return lines


def _redelivered(
    job: Job, edition: str, only: Collection[str], ledger: Ledger, clock: Callable[[], datetime]
) -> Outcome:
    files = _files(job, edition)
    _check_names(job, only)
    record = _entered(files, edition, ledger, clock())
    payload = stored(record, job.output)
    now = clock()
    until = {channel.kind: now + channel.expire for channel in job.channels}
    rows = [row for row in ledger.handovers(edition) if row.channel in until]
    ledger.put_handovers([reopened(row, until[row.channel]) for row in rows if _is_served(row, job, only)])
    slot = {slot.edition: slot for slot in ledger.slots()}.get(edition)
    slot = slot or SlotRecord(edition=edition, due=record.due or record.built_at, state=SlotState.BUILT)
    after = hand_over(payload, job.channels, ledger, clock, only=only, stopped=job.stopped)
    settle(slot, after, job.channels, ledger, clock())
    troubles = (*troubles_of_handover(job.title, after, clock()), *tidied(job, clock()))
    return Outcome(editions=(edition,), handovers=after, troubles=troubles)


def _entered(files: Files, edition: str, ledger: Ledger, now: datetime) -> EditionRecord:
    """Return the edition on record, as it lies on the disk now where that is new to everybody."""
    record = ledger.edition(edition)
    if record is None:
        return enter(files, edition, ledger, now)
    if checksum(files) == record.sha256 or ledger.was_handed_out(edition):
        return record
    return enter(files, edition, ledger, now, due=record.due)


def _files(job: Job, edition: str) -> Files:
    try:
        return read_files(job.output / edition)
    except RenderError as error:
        raise DeliveryError(f"there is no edition {edition} in {job.output}: {error}") from error


def _check_names(job: Job, only: Collection[str]) -> None:
    known = [recipient for channel in job.channels for recipient in channel.recipients]
    for name in only:
        if name not in known:
            raise DeliveryError(f"{name} is nobody under `deliver:`; there are: {', '.join(known)}")


def _meant(job: Job, only: Collection[str]) -> list[tuple[str, str]]:
    pairs = [(channel.kind, recipient) for channel in job.channels for recipient in channel.recipients]
    return [pair for pair in dict.fromkeys(pairs) if not only or pair[1] in only]


def _is_served(row: HandoverRecord, job: Job, only: Collection[str]) -> bool:
    """Tell whether somebody lacks the edition; of whom nobody can tell, only when named or when config.yaml says so."""
    if only and row.recipient not in only:
        return False
    if row.state is Handed.UNKNOWN:
        return bool(only) or any(channel.resends for channel in job.channels if channel.kind == row.channel)
    return row.state is not Handed.SENT


def _is_due(row: HandoverRecord, job: Job, now: datetime) -> bool:
    resends = any(channel.resends for channel in job.channels if channel.kind == row.channel)
    return is_open(row, resends=resends) and not is_waiting(row, now)
