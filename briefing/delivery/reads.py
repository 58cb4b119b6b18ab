"""What editions have read: the articles that no later scheduled edition holds as new.

An edition counts once somebody has it, or may have it, or once it is done and nobody is named to get it. What failed,
and what reached nobody, has read nothing: the next edition holds it.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from briefing.delivery.records import DeliveryState, Read
from briefing.delivery.slots import SlotState
from briefing.edition import read_files
from briefing.errors import RenderError
from briefing.models import Delivered

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from briefing.delivery.ledger import Ledger
    from briefing.delivery.records import EditionRecord
    from briefing.edition import Files

_GOT = {DeliveryState.SENT, DeliveryState.UNKNOWN}


def read_of(files: Files) -> Read:
    """Return what an edition has read, as its brief.json says; nothing where that says nothing."""
    try:
        data = json.loads(dict(files)["brief.json"])
        articles = [mark for one in data["articles"] for mark in (one["id"], one.get("identity")) if mark]
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
