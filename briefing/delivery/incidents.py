"""Incidents: what people are told when something fails (what, why, what still works, what to do), each once."""

from __future__ import annotations

import os
import tempfile
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from briefing.delivery.records import DeliveryState
from briefing.delivery.slots import SlotState
from briefing.errors import DeliveryError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime
    from pathlib import PurePath

    from briefing.delivery.channels import Channel
    from briefing.delivery.ledger import Ledger
    from briefing.delivery.records import DeliveryRecord
    from briefing.delivery.slots import SlotRecord

_MARK = ".told-"
_TERMINAL = "terminal"

PATIENCE = 3
"""Tries of one recipient before people hear that it waits: with doubling pauses some minutes."""

MOST_NAMED = 20
"""Recipients named in one notice."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Incident:
    """Something that people should know."""

    keys: tuple[str, ...]
    """What says, once it is noted, that people have been told: of each recipient, or of the whole."""
    subject: str
    text: str
    alarming: bool = True
    """False for what goes on by itself and is only worth a line on the terminal."""
    undelivered: bool = True
    """Whether somebody lacks a brief because of it."""


def slot_incident(title: str, record: SlotRecord, output: PurePath) -> Incident:
    """Return the incident of a slot that failed, or that was missed."""
    if record.state is SlotState.MISSED:
        reason = f" Last reason: {record.reason}" if record.reason else ""
        return Incident(
            keys=(f"{record.edition}:missed",),
            subject=f"{title}: no brief {record.edition}",
            text=(
                f"The brief {record.edition}, due {record.due:%Y-%m-%d %H:%M} UTC, was not made, and its time has "
                f"passed.{reason}\nLater briefs are made as usual. To make this one by hand: briefing build --date "
                f"{record.edition[:10]}, then briefing deliver {record.edition}.\n"
            ),
        )
    made = record.state is SlotState.BUILT
    return Incident(
        keys=(f"{record.edition}:{'handed' if made else 'built'}",),
        subject=f"{title}: the brief {record.edition} is late",
        text=(
            f"The brief {record.edition} could not be {'handed over' if made else 'made'}.\nReason: {record.reason}\n"
            f"It is tried again{f' at {record.retry_at:%H:%M} UTC' if record.retry_at else ''}, with doubling pauses.\n"
            f"What still works: earlier editions lie untouched in {output}; `briefing status` tells more.\n"
        ),
    )


def pdf_incident(title: str, edition: str, reason: str) -> Incident:
    """Return the incident of a brief that goes out without its PDF."""
    return Incident(
        keys=(f"{edition}:pdf",),
        subject=f"{title}: the brief {edition} goes out without its PDF",
        text=(
            f"The PDF of {edition} could not be set.\nReason: {reason}\nThe brief goes out on time all the same, "
            "with its HTML, Markdown and JSON editions.\n"
        ),
        undelivered=False,
    )


def template_incident(title: str, edition: str, hidden: Sequence[str]) -> Incident:
    """Return the incident of a brief whose own template does not show what it says."""
    lines = "".join(f"- {line}\n" for line in hidden)
    return Incident(
        keys=(f"{edition}:template",),
        subject=f"{title}: a template hides sentences of the brief {edition}",
        text=f"The brief {edition} goes out, and:\n{lines}Mend the template; `briefing verify` shows what it lacks.\n",
        undelivered=False,
    )


def archive_incident(title: str, reason: str, now: datetime) -> Incident:
    """Return the incident of an archive page that could not be rebuilt, once a day."""
    return Incident(
        keys=(f"{now:%Y-%m-%d}:archive",),
        subject=f"{title}: the archive page is not up to date",
        text=f"The page of all editions could not be rebuilt.\nReason: {reason}\nBriefs are delivered as usual.\n",
        undelivered=False,
    )


def source_incident(title: str, source: str, since: datetime, reason: str) -> Incident:
    """Return the incident of a source that has not answered for days; once for each time that it falls silent."""
    return Incident(
        keys=(f"source:{source}:{since.isoformat()}",),
        subject=f"{title}: {source} does not answer",
        text=(
            f"{source} has not answered since {since:%Y-%m-%d}.\nReason: {reason}\nIt is asked again once a day; "
            "`briefing sources` tells how all of them stand.\n"
        ),
        undelivered=False,
    )


def ledger_incident(title: str, reason: str, output: PurePath) -> Incident:
    """Return the incident of a run that could not even begin."""
    return Incident(
        keys=("ledger",),
        subject=f"{title}: no brief can be delivered",
        text=(
            f"No brief can be handed over.\nReason: {reason}\nIt is tried again, with doubling pauses.\n"
            f"What still works: earlier editions in {output}, and `briefing build -o FOLDER`.\n"
        ),
    )


def delivery_incidents(title: str, records: Iterable[DeliveryRecord], now: datetime) -> list[Incident]:
    """Return the incidents of recipients, one for each edition and state."""
    grouped: dict[tuple[str, str], list[DeliveryRecord]] = {}
    for record in records:
        if (word := _word(record)) is not None and record.changed_at <= now:
            grouped.setdefault((record.edition, word), []).append(record)
    return [_recipients_incident(title, edition, word, rows) for (edition, word), rows in grouped.items()]


def record_key(record: DeliveryRecord) -> str:
    """Return what says that people have been told of one recipient's state."""
    return f"{record.edition}:{_word(record)}:{record.channel} {record.recipient}"


def _word(record: DeliveryRecord) -> str | None:
    if record.state is DeliveryState.PENDING:
        return "waiting" if record.tries else None
    words = {DeliveryState.REFUSED: "refused", DeliveryState.EXPIRED: "given up", DeliveryState.UNKNOWN: "unknown"}
    return words.get(record.state)


def _recipients_incident(title: str, edition: str, word: str, rows: list[DeliveryRecord]) -> Incident:
    advice = {
        "waiting": "They are tried again with doubling pauses; nothing needs to be done yet.",
        "refused": "They are not tried again. Mend the address, then: briefing deliver {edition} --to ADDRESS.",
        "given up": "Their time is up. To try again: briefing deliver {edition}.",
        "unknown": "The link died at the last step, so they have it or not. Ask them, or: briefing deliver {edition} "
        "--to ADDRESS.",
    }[word].format(edition=edition)
    lines = [f"- {row.channel} {row.recipient}: {row.detail}" for row in rows[:MOST_NAMED]]
    more = [f"- and {len(rows) - MOST_NAMED} more"] if len(rows) > MOST_NAMED else []
    patient = word == "waiting" and max(row.tries for row in rows) < PATIENCE
    return Incident(
        keys=tuple(record_key(row) for row in rows),
        subject=f"{title}: {len(rows)} {'recipient' if len(rows) == 1 else 'recipients'} {word}, {edition}",
        text="\n".join([f"The brief {edition} has not reached:", *lines, *more, advice, ""]),
        alarming=not patient,
    )


# ── reporting ────────────────────────────────────────────────────────────────────────────────────────────────────


def report(
    title: str,
    incidents: Sequence[Incident],
    records: Sequence[DeliveryRecord],
    *,
    channels: Iterable[Channel],
    ledger: Ledger,
    now: datetime,
) -> tuple[Incident, ...]:
    """Tell people of each incident and of each recipient once; return what the terminal is to be told now.

    Who cannot be told now is told in the next run. Who waits is told on the terminal at each try.
    """

    def news_for(audience: str) -> list[Incident]:
        fresh = [record for record in records if not ledger.noted(f"{record_key(record)}@{audience}")]
        return [*incidents, *delivery_incidents(title, fresh, now)]

    for channel in channels:
        audience = f"{channel.kind}:{','.join(channel.recipients)}"
        for incident in news_for(audience):
            marks = [f"{key}@{audience}" for key in incident.keys]
            if incident.alarming and not all(map(ledger.noted, marks)) and _sent(channel, incident):
                ledger.note(marks, now)
    shown = news_for(_TERMINAL)
    settled = [record for record in records if record.state is not DeliveryState.PENDING]
    ledger.note([f"{record_key(record)}@{_TERMINAL}" for record in settled if _word(record)], now)
    return tuple(shown)


def report_without_ledger(reason: str, channels: Iterable[Channel], *, title: str, output: Path, now: datetime) -> None:
    """Tell people that the ledger or the output folder cannot be used: once a day where an empty file can be left."""
    incident = ledger_incident(title, reason, output)
    digest = sha256(f"{now:%Y-%m-%d} {reason}".encode()).hexdigest()[:16]
    marks = [place / f"{start}{digest}" for place, start in _places(output)]
    if any(map(os.path.lexists, marks)):
        return
    if any([_sent(channel, incident) for channel in tuple(channels)]):  # noqa: C419 - all are told, not only the first
        for mark in marks:
            with suppress(OSError):
                mark.touch()
                return


def forget_marks(output: Path) -> None:
    """Remove what `report_without_ledger` left, once things work again."""
    for place, start in _places(output):
        with suppress(OSError):
            for mark in place.glob(f"{start}*"):
                mark.unlink()


def _sent(channel: Channel, incident: Incident) -> bool:
    """Send a notice through one channel; False where it is not taken, of which there is nobody left to tell."""
    try:
        channel.send_notice(incident.subject, incident.text)
    except DeliveryError:
        return False
    return True


def _places(output: Path) -> list[tuple[Path, str]]:
    """Return where marks are left, and what their names begin with: the output folder may be what cannot be used."""
    desk = sha256(str(output.resolve()).encode()).hexdigest()[:16]
    return [(output, _MARK), (Path(tempfile.gettempdir()), f"briefing{_MARK}{desk}-")]
