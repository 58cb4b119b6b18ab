"""Rows of the ledger's tables as records, and back; moments are kept as ISO 8601 in UTC."""

from __future__ import annotations

import json
from datetime import UTC, datetime

from briefing.delivery.records import DeliveryRecord, DeliveryState, EditionRecord
from briefing.delivery.slots import SlotRecord, SlotState


def slot_of(row: tuple[str, str, str, int, str | None, str]) -> SlotRecord:
    """Return a slot."""
    edition, due, state, tries, retry_at, reason = row
    return SlotRecord(
        edition=edition,
        due=moment_of(due),
        state=SlotState(state),
        tries=tries,
        retry_at=maybe(retry_at),
        reason=reason,
    )


def delivery_of(row: tuple[str, str, str, str, int, int, str | None, str, str, str, str]) -> DeliveryRecord:
    """Return a recipient of an edition."""
    edition, channel, recipient, state, tries, doubts, retry_at, expires_at, since, changed_at, detail = row
    return DeliveryRecord(
        edition=edition,
        channel=channel,
        recipient=recipient,
        state=DeliveryState(state),
        tries=tries,
        doubts=doubts,
        retry_at=maybe(retry_at),
        expires_at=moment_of(expires_at),
        since=moment_of(since),
        changed_at=moment_of(changed_at),
        detail=detail,
    )


def edition_of(row: tuple[str, str, str, str | None, str]) -> EditionRecord:
    """Return an edition."""
    edition, sha256, files, due, built_at = row
    return EditionRecord(
        edition=edition, sha256=sha256, files=json.loads(files), due=maybe(due), built_at=moment_of(built_at)
    )


def row_of(edition: EditionRecord) -> tuple[str, str, str, str | None, str]:
    """Return the row of an edition."""
    files, due = json.dumps(dict(edition.files)), optional(edition.due)
    return edition.edition, edition.sha256, files, due, text_of(edition.built_at)


def values_of(record: DeliveryRecord) -> dict[str, str | int | None]:
    """Return the row of a recipient, by column."""
    plain = ("edition", "channel", "recipient", "tries", "doubts", "detail")
    moments = ("retry_at", "expires_at", "since", "changed_at")
    values = {name: getattr(record, name) for name in plain}
    return values | {"state": record.state.value} | {name: optional(getattr(record, name)) for name in moments}


def text_of(moment: datetime) -> str:
    """Return a moment as it is kept."""
    return moment.astimezone(UTC).isoformat()


def optional(moment: datetime | None) -> str | None:
    """Return a moment as it is kept, where there is one."""
    return None if moment is None else text_of(moment)


def moment_of(text: str) -> datetime:
    """Return a moment."""
    return datetime.fromisoformat(text)


def maybe(text: str | None) -> datetime | None:
    """Return a moment, where there is one."""
    return None if text is None else moment_of(text)
