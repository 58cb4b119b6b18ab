"""What people are told when something fails: what, why, what still works, what to do. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from briefing.delivery.receipts import Handed
from briefing.delivery.slots import SlotState

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime
    from pathlib import PurePath

    from briefing.delivery.receipts import HandoverRecord
    from briefing.delivery.slots import SlotRecord

PATIENCE = 3
"""Tries of one recipient before people hear that it waits: with doubling pauses some minutes."""

MOST_NAMED = 20
"""Recipients named in one notice."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Trouble:
    """Something that people should know; `key` says what has been told already."""

    key: str
    subject: str
    text: str
    alarming: bool = True
    """False for what goes on by itself and is only worth a line on the terminal."""
    undelivered: bool = True
    """Whether somebody lacks a brief because of it."""


def troubles_of_slots(title: str, record: SlotRecord, output: PurePath) -> Trouble:
    """Return the trouble of a slot that failed, or that was missed."""
    if record.state is SlotState.MISSED:
        reason = f" Last reason: {record.reason}" if record.reason else ""
        return Trouble(
            key=f"{record.edition}:missed",
            subject=f"{title}: no brief {record.edition}",
            text=(
                f"The brief {record.edition}, due {record.due:%Y-%m-%d %H:%M} UTC, was not made, and its time has "
                f"passed.{reason}\nLater briefs are made as usual. To make this one by hand: briefing build --date "
                f"{record.edition[:10]}, then briefing deliver {record.edition}.\n"
            ),
        )
    made = record.state is SlotState.BUILT
    return Trouble(
        key=f"{record.edition}:{'handed' if made else 'built'}",
        subject=f"{title}: the brief {record.edition} is late",
        text=(
            f"The brief {record.edition} could not be {'handed over' if made else 'made'}.\nReason: {record.reason}\n"
            f"It is tried again{f' at {record.retry_at:%H:%M} UTC' if record.retry_at else ''}, with doubling pauses.\n"
            f"What still works: earlier editions lie untouched in {output}; `briefing status` tells more.\n"
        ),
    )


def trouble_without_pdf(title: str, edition: str, reason: str) -> Trouble:
    """Return the trouble of a brief that goes out without its PDF."""
    return Trouble(
        key=f"{edition}:pdf",
        subject=f"{title}: the brief {edition} goes out without its PDF",
        text=(
            f"The PDF of {edition} could not be set.\nReason: {reason}\nThe brief goes out on time all the same, "
            "with its HTML, Markdown and JSON editions.\n"
        ),
        undelivered=False,
    )


def trouble_of_archive(title: str, reason: str, now: datetime) -> Trouble:
    """Return the trouble of an archive page that could not be rebuilt, once a day."""
    return Trouble(
        key=f"{now:%Y-%m-%d}:archive",
        subject=f"{title}: the archive page is not up to date",
        text=f"The page of all editions could not be rebuilt.\nReason: {reason}\nBriefs are delivered as usual.\n",
        undelivered=False,
    )


def trouble_without_ledger(title: str, reason: str, output: PurePath) -> Trouble:
    """Return the trouble of a round that could not even begin."""
    return Trouble(
        key="ledger",
        subject=f"{title}: no brief can be delivered",
        text=(
            f"No brief can be handed over.\nReason: {reason}\nIt is tried again, with doubling pauses.\n"
            f"What still works: earlier editions in {output}, and `briefing build -o FOLDER`.\n"
        ),
    )


def troubles_of_handover(title: str, records: Iterable[HandoverRecord], now: datetime) -> list[Trouble]:
    """Return the troubles of recipients, one for each edition and state."""
    grouped: dict[tuple[str, str], list[HandoverRecord]] = {}
    for record in records:
        if (word := _word(record)) is not None and record.changed_at <= now:
            grouped.setdefault((record.edition, word), []).append(record)
    return [_trouble_of_recipients(title, edition, word, rows) for (edition, word), rows in grouped.items()]


def _word(record: HandoverRecord) -> str | None:
    if record.state is Handed.PENDING:
        return "waiting" if record.tries else None
    return {Handed.REFUSED: "refused", Handed.EXPIRED: "given up", Handed.UNKNOWN: "unknown"}.get(record.state)


def _trouble_of_recipients(title: str, edition: str, word: str, rows: list[HandoverRecord]) -> Trouble:
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
    return Trouble(
        key=f"{edition}:{word}:{','.join(sorted({row.channel for row in rows}))}",
        subject=f"{title}: {len(rows)} {'recipient' if len(rows) == 1 else 'recipients'} {word}, {edition}",
        text="\n".join([f"The brief {edition} has not reached:", *lines, *more, advice, ""]),
        alarming=not patient,
    )
