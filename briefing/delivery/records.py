"""Delivery records: how far an edition has come to each recipient, and serving those who lack it.

PENDING → SENDING → UNKNOWN → SENT | REFUSED | PENDING, and EXPIRED when the time for retries is up. A recipient is
UNKNOWN from just before the last step until the answer is written down, so that a kill or a dead link in between leaves
the truth.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, fields, replace
from datetime import UTC, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any, TypeVar

from briefing.delivery.slots import LONGEST_PAUSE, SlotRecord, SlotState, pause_after
from briefing.edition import LISTING, listed_in, read_files
from briefing.errors import BriefingError, RenderError
from briefing.models import Delivered

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
    from pathlib import Path

    from briefing.delivery.channels import Channel, Payload
    from briefing.delivery.ledger import Ledger
    from briefing.edition import Files

MOST_DOUBTS = 2
"""How often the link may die after the last step before a person is asked: no mail comes more than twice."""

NO_LONGER = "no longer in config.yaml"


class DeliveryState(StrEnum):
    """How far an edition has come to one recipient."""

    PENDING = "pending"
    """Not sent yet, or refused for the moment and tried again at `retry_at`."""
    SENDING = "sending"
    """Being sent; found at a start, it means that nothing was handed over."""
    UNKNOWN = "unknown"
    """Written just before the last step: the recipient has it or not, and nobody can tell."""
    SENT = "sent"
    REFUSED = "refused"
    """Refused for good."""
    EXPIRED = "expired"
    """Tried until its time was up."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EditionRecord:
    """An edition as it was built: its files' checksums change only where an article of it is withdrawn."""

    edition: str
    sha256: str
    files: Mapping[str, str]
    """SHA-256 by name."""
    due: datetime | None
    """None for an edition that was made by hand."""
    built_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """What one edition has read."""

    marks: frozenset[str] = frozenset()
    """Ids and identities of its articles, those that it passed over as too old with them."""
    follows: tuple[str, ...] | None = None
    """The editions that were delivered before it; None where it was made by hand of all that there was."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliveryRecord:
    """One recipient of one edition."""

    edition: str
    channel: str
    recipient: str
    state: DeliveryState = DeliveryState.PENDING
    tries: int = 0
    doubts: int = 0
    """How often the link died after the last step."""
    retry_at: datetime | None = None
    expires_at: datetime
    since: datetime
    changed_at: datetime
    detail: str = ""

    def is_open(self, *, resends: bool) -> bool:
        """Tell whether this recipient will still be served without anybody's help."""
        if self.state is DeliveryState.UNKNOWN:
            return resends and self.doubts < MOST_DOUBTS
        return self.state in {DeliveryState.PENDING, DeliveryState.SENDING}

    def is_waiting(self, now: datetime) -> bool:
        """Tell whether a retry waits; a pause longer than any we make comes from a clock that was wrong."""
        return self.retry_at is not None and now < self.retry_at <= now + LONGEST_PAUSE

    def reopened(self, until: datetime) -> DeliveryRecord:
        """Return the record of a recipient whom a person wants served again."""
        return replace(self, state=DeliveryState.PENDING, tries=0, doubts=0, retry_at=None, expires_at=until)

    def postponed(self, reason: str, now: datetime) -> DeliveryRecord:
        """Return the record with its next try, or EXPIRED where that would come too late."""
        retry_at = now + pause_after(self.tries)
        if retry_at > self.expires_at:
            return replace(self, state=DeliveryState.EXPIRED, retry_at=None, detail=reason)
        return replace(self, state=DeliveryState.PENDING, retry_at=retry_at, detail=reason)

    def answered(self) -> DeliveryRecord:
        """Return the record without the doubt of this try: there was an answer, so nobody got it twice."""
        return replace(self, doubts=self.doubts - 1) if self.state is DeliveryState.UNKNOWN else self


Record = TypeVar("Record", EditionRecord, DeliveryRecord, SlotRecord)
_STATES: dict[type, type[StrEnum]] = {DeliveryRecord: DeliveryState, SlotRecord: SlotState}
_MOMENTS = ("due", "built_at", "retry_at", "expires_at", "since", "changed_at")


def plain(record: EditionRecord | DeliveryRecord | SlotRecord) -> dict[str, Any]:
    """Return a record as JSON and SQLite hold it: moments are kept as ISO 8601 in UTC."""
    values = asdict(record)
    return values | {name: values[name].astimezone(UTC).isoformat() for name in _MOMENTS if values.get(name)}


def restored(kind: type[Record], kept: Mapping[str, Any]) -> Record:
    """Return the record that `plain` gave; ValueError or TypeError for what it cannot have given."""
    values = {field.name: kept[field.name] for field in fields(kind) if field.name in kept}
    values |= {name: datetime.fromisoformat(values[name]) for name in _MOMENTS if values.get(name) is not None}
    if kind in _STATES:
        values["state"] = _STATES[kind](values["state"])
    return kind(**values)


@dataclass(slots=True)
class LedgerJournal:
    """The journal of one channel for one edition, kept in the ledger; the clock is a parameter."""

    ledger: Ledger
    records: dict[str, DeliveryRecord]
    clock: Callable[[], datetime]
    stopped: Callable[[], bool] = lambda: False
    """Asked before each step; a step that has begun is always recorded."""

    def sending(self, recipients: Sequence[str]) -> None:
        """Write SENDING; raises KeyboardInterrupt where the program is to end."""
        self._go_on()
        self._put(recipients, lambda record: replace(record, state=DeliveryState.SENDING, tries=record.tries + 1))

    def handing(self, recipients: Sequence[str]) -> None:
        """Write UNKNOWN, one doubt more; raises KeyboardInterrupt where the program is to end."""
        self._go_on()
        detail = "interrupted at the last step"
        self._put(
            recipients,
            lambda record: replace(record, state=DeliveryState.UNKNOWN, doubts=record.doubts + 1, detail=detail),
        )

    def sent(self, recipients: Sequence[str], detail: str) -> None:
        """Write SENT."""
        self._put(recipients, lambda record: replace(record, state=DeliveryState.SENT, retry_at=None, detail=detail))

    def later(self, recipients: Sequence[str], reason: str) -> None:
        """Write PENDING with the moment of the next try, or EXPIRED."""
        now = self.clock()
        self._put(recipients, lambda record: record.answered().postponed(reason, now))

    def refused(self, recipients: Sequence[str], reason: str) -> None:
        """Write REFUSED."""
        refused = DeliveryState.REFUSED
        self._put(recipients, lambda record: replace(record.answered(), state=refused, retry_at=None, detail=reason))

    def unknown(self, recipients: Sequence[str], reason: str) -> None:
        """Write why nobody can tell, and when it may be tried once more."""
        now = self.clock()
        self._put(recipients, lambda record: replace(record, retry_at=now + pause_after(record.tries), detail=reason))

    def _go_on(self) -> None:
        if self.stopped():
            raise KeyboardInterrupt

    def _put(self, recipients: Sequence[str], change: Callable[[DeliveryRecord], DeliveryRecord]) -> None:
        now = self.clock()
        for recipient in recipients:
            self.records[recipient] = replace(change(self.records[recipient]), changed_at=now)
        self.ledger.put_deliveries([self.records[recipient] for recipient in recipients])


def hand_over(
    payload: Payload,
    channels: Sequence[Channel],
    ledger: Ledger,
    clock: Callable[[], datetime],
    *,
    only: Collection[str] = (),
    stopped: Callable[[], bool] = lambda: False,
) -> tuple[DeliveryRecord, ...]:
    """Hand an edition to everybody who lacks it and whose time has come, or `only` to some; return how all stand."""
    for channel in channels:
        now = clock()
        until = max(payload.due or now, payload.built_at) + channel.expire
        meant = [recipient for recipient in channel.recipients if not only or recipient in only]
        ledger.expect(payload.id, channel.kind, dict.fromkeys(meant, until), now)
    for channel in channels:
        now = clock()
        served = {
            record.recipient: record
            for record in ledger.deliveries(payload.id)
            if record.channel == channel.kind and record.recipient in channel.recipients
            if record.is_open(resends=channel.resends) and not record.is_waiting(now)
            if not only or record.recipient in only
        }
        if served:
            _serve(payload, channel, LedgerJournal(ledger, served, clock, stopped))
    _dismiss(payload.id, channels, ledger, clock())
    return ledger.deliveries(payload.id)


def _serve(payload: Payload, channel: Channel, journal: LedgerJournal) -> None:
    names = tuple(journal.records)
    journal.sending(names)
    try:
        channel.hand_over(payload, names, journal)
    except BriefingError as error:  # a missing secret, a template with a mistake: other channels go on
        unserved = [name for name in names if journal.records[name].state is DeliveryState.SENDING]
        journal.later(unserved, str(error))


def _dismiss(edition: str, channels: Iterable[Channel], ledger: Ledger, now: datetime) -> None:
    """Give up those whom config.yaml does not name any longer."""
    named = {(channel.kind, recipient) for channel in channels for recipient in channel.recipients}
    gone = [
        replace(record, state=DeliveryState.EXPIRED, retry_at=None, detail=NO_LONGER, changed_at=now)
        for record in ledger.deliveries(edition)
        if (record.channel, record.recipient) not in named and record.is_open(resends=True)
    ]
    if gone:
        ledger.put_deliveries(gone)


# ── what editions have read ───────────────────────────────────────────────────────────────────────────────────────────
# An edition counts once somebody has it, or may have it, or once it is done and nobody is named to get it. What failed,
# and what reached nobody, has read nothing: the next edition holds it.


_GOT = {DeliveryState.SENT, DeliveryState.UNKNOWN}


def read_of(files: Files) -> Read:
    """Return what an edition has read, as its brief.json and its list say; nothing where they say nothing."""
    try:
        named = dict(files)
        data = json.loads(named["brief.json"])
        listed = listed_in(named[LISTING]) if LISTING in named else ()
        articles = [mark for one in (*data["articles"], *listed) for mark in (one["id"], one.get("identity")) if mark]
        follows = data.get("follows")
        return Read(
            marks=frozenset((*articles, *data.get("passed", ()))), follows=None if follows is None else tuple(follows)
        )
    except (KeyError, TypeError, ValueError):
        return Read()


def delivered_before(due: datetime, edition: str, *, ledger: Ledger, output: Path) -> Delivered:
    """Return what was read before an edition that is due; of one on record, what it followed and took then."""
    own = _read(edition, ledger, output) if ledger.edition(edition) else Read()
    if own.follows is None:
        known = [one for one in _delivered(ledger) if moment_of(one) < due and one.edition != edition]
    else:
        known = [one for one in ledger.editions() if one.edition in own.follows]
    known.sort(key=lambda record: (moment_of(record), record.edition))
    read = [_read(record.edition, ledger, output).marks for record in known]
    return Delivered(
        editions=tuple(record.edition for record in known),
        read=frozenset().union(*read),
        since=moment_of(known[-1]) if known else None,
        own=None if own.follows is None else own.marks,
    )


def _read(edition: str, ledger: Ledger, output: Path) -> Read:
    """Return what an edition has read; from its files where the ledger does not have it, being older or made anew."""
    on_record = ledger.read(edition)
    if on_record is not None:
        return on_record
    try:
        return read_of(read_files(output / edition))
    except RenderError:
        return Read()


def moment_of(record: EditionRecord) -> datetime:
    """Return when an edition was due, or was made by hand."""
    return record.due or record.built_at


def _delivered(ledger: Ledger) -> list[EditionRecord]:
    """Return the editions that count as having read."""
    rows = ledger.deliveries()
    handed = {row.edition for row in rows}
    got = {row.edition for row in rows if row.state in _GOT}
    done = {slot.edition for slot in ledger.slots() if slot.state is SlotState.DONE} - handed
    return [record for record in ledger.editions() if record.edition in got | done]
