"""Handing an edition to those who lack it: who is served now, and what becomes of each.

PENDING → SENDING → UNKNOWN → SENT | REFUSED | PENDING, and EXPIRED when the time of retries is up. A recipient stands
as UNKNOWN from just before the last step until its answer is written down, so that a kill or a dead link in between
leaves the truth.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from briefing.delivery.ledger import Handed
from briefing.delivery.slots import LONGEST_PAUSE, pause_after
from briefing.errors import BriefingError

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Sequence
    from datetime import datetime

    from briefing.delivery.channels.channel import Channel
    from briefing.delivery.channels.payload import Payload
    from briefing.delivery.ledger import HandoverRecord, Ledger

MOST_DOUBTS = 2
"""How often the link may die after the last step before a person is asked: no mail comes more than twice."""

NO_LONGER = "no longer in config.yaml"


@dataclass(slots=True)
class LedgerJournal:
    """The journal of one channel for one edition, kept in the ledger; the clock is a parameter."""

    ledger: Ledger
    records: dict[str, HandoverRecord]
    clock: Callable[[], datetime]
    stopped: Callable[[], bool] = lambda: False
    """Asked before each step; a step that has begun is always recorded."""

    def sending(self, recipients: Sequence[str]) -> None:
        """Write SENDING; raises KeyboardInterrupt where the program is to end."""
        self._go_on()
        self._put(recipients, lambda record: replace(record, state=Handed.SENDING, tries=record.tries + 1))

    def handing(self, recipients: Sequence[str]) -> None:
        """Write UNKNOWN, one doubt more; raises KeyboardInterrupt where the program is to end."""
        self._go_on()
        self._put(
            recipients,
            lambda record: replace(
                record, state=Handed.UNKNOWN, doubts=record.doubts + 1, detail="interrupted at the last step"
            ),
        )

    def sent(self, recipients: Sequence[str], detail: str) -> None:
        """Write SENT."""
        self._put(recipients, lambda record: replace(record, state=Handed.SENT, retry_at=None, detail=detail))

    def later(self, recipients: Sequence[str], reason: str) -> None:
        """Write PENDING with the moment of the next try, or EXPIRED."""
        now = self.clock()
        self._put(recipients, lambda record: postponed(settled(record), reason, now))

    def refused(self, recipients: Sequence[str], reason: str) -> None:
        """Write REFUSED."""
        self._put(
            recipients, lambda record: replace(settled(record), state=Handed.REFUSED, retry_at=None, detail=reason)
        )

    def unknown(self, recipients: Sequence[str], reason: str) -> None:
        """Write why nobody can tell, and when it may be tried once more."""
        now = self.clock()
        self._put(recipients, lambda record: replace(record, retry_at=now + pause_after(record.tries), detail=reason))

    def _go_on(self) -> None:
        if self.stopped():
            raise KeyboardInterrupt

    def _put(self, recipients: Sequence[str], change: Callable[[HandoverRecord], HandoverRecord]) -> None:
        now = self.clock()
        for recipient in recipients:
            self.records[recipient] = replace(change(self.records[recipient]), changed_at=now)
        self.ledger.put_handovers([self.records[recipient] for recipient in recipients])


def hand_over(
    payload: Payload,
    channels: Sequence[Channel],
    ledger: Ledger,
    clock: Callable[[], datetime],
    *,
    only: Collection[str] = (),
    stopped: Callable[[], bool] = lambda: False,
) -> tuple[HandoverRecord, ...]:
    """Hand an edition to everybody who lacks it and whose time has come, or `only` to some; return how all stand."""
    for channel in channels:
        now = clock()
        until = max(payload.due or now, payload.built_at) + channel.expire
        meant = [recipient for recipient in channel.recipients if not only or recipient in only]
        ledger.expect(payload.id, channel.kind, dict.fromkeys(meant, until), now)
    for channel in channels:
        records = lacking(ledger.handovers(payload.id), channel, clock())
        served = {record.recipient: record for record in records if not only or record.recipient in only}
        if served:
            _serve(payload, channel, LedgerJournal(ledger, served, clock, stopped))
    _dismiss(payload.id, channels, ledger, clock())
    return ledger.handovers(payload.id)


def lacking(records: Iterable[HandoverRecord], channel: Channel, now: datetime) -> tuple[HandoverRecord, ...]:
    """Return those of a channel's recipients that are served now."""
    mine = [r for r in records if r.channel == channel.kind and r.recipient in channel.recipients]
    return tuple(record for record in mine if is_open(record, resends=channel.resends) and not is_waiting(record, now))


def is_open(record: HandoverRecord, *, resends: bool) -> bool:
    """Tell whether a recipient will still be served without anybody's help."""
    if record.state is Handed.UNKNOWN:
        return resends and record.doubts < MOST_DOUBTS
    return record.state in {Handed.PENDING, Handed.SENDING}


def is_waiting(record: HandoverRecord, now: datetime) -> bool:
    """Tell whether a retry waits; a pause longer than any we make comes from a clock that was wrong."""
    return record.retry_at is not None and now < record.retry_at <= now + LONGEST_PAUSE


def reopened(record: HandoverRecord, until: datetime) -> HandoverRecord:
    """Return the record of a recipient whom a person wants served again."""
    return replace(record, state=Handed.PENDING, tries=0, doubts=0, retry_at=None, expires_at=until)


def postponed(record: HandoverRecord, reason: str, now: datetime) -> HandoverRecord:
    """Return the record with its next try, or EXPIRED where that would come too late."""
    retry_at = now + pause_after(record.tries)
    if retry_at > record.expires_at:
        return replace(record, state=Handed.EXPIRED, retry_at=None, detail=reason)
    return replace(record, state=Handed.PENDING, retry_at=retry_at, detail=reason)


def settled(record: HandoverRecord) -> HandoverRecord:
    """Return the record without the doubt of this try: there was an answer, so it is known that nobody got it twice."""
    return replace(record, doubts=record.doubts - 1) if record.state is Handed.UNKNOWN else record


def _serve(payload: Payload, channel: Channel, journal: LedgerJournal) -> None:
    names = tuple(journal.records)
    journal.sending(names)
    try:
        channel.hand_over(payload, names, journal)
    except BriefingError as error:  # a missing secret, a template with a mistake: other channels go on
        unserved = [name for name in names if journal.records[name].state is Handed.SENDING]
        journal.later(unserved, str(error))


def _dismiss(edition: str, channels: Iterable[Channel], ledger: Ledger, now: datetime) -> None:
    """Give up those who are to be served no more because config.yaml does not name them any longer."""
    named = {(channel.kind, recipient) for channel in channels for recipient in channel.recipients}
    gone = [
        replace(record, state=Handed.EXPIRED, retry_at=None, detail=NO_LONGER, changed_at=now)
        for record in ledger.handovers(edition)
        if (record.channel, record.recipient) not in named and is_open(record, resends=True)
    ]
    if gone:
        ledger.put_handovers(gone)
