"""`briefing status`: how the briefs stand, for people and for monitors."""

from __future__ import annotations

import json
import os
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import click

from briefing.cli.delivery import opened
from briefing.cli.outcome import DONE, FAILED
from briefing.cli.parameters import now_option
from briefing.cli.session import clock, configs_option, output_option
from briefing.errors import DeliveryError

if TYPE_CHECKING:
    from pathlib import Path

    from briefing.cli.session import Session
    from briefing.delivery import BriefStatus


@click.command()
@configs_option
@output_option
@click.option(
    "--patience",
    type=click.FloatRange(min=0),
    default=60,
    show_default=True,
    metavar="MINUTES",
    help="How long after its time a brief may still be under way.",
)
@click.option("--json", "as_json", is_flag=True, help="For programs: the same as JSON.")
@now_option
def status(
    *, config_paths: tuple[Path, ...], output: Path | None, patience: float, as_json: bool, now: datetime | None
) -> int:
    """Last and next editions, and who has received what; exit 1 when the last success is too old."""
    from briefing.delivery import status_data, status_lines

    sessions = opened(config_paths, output)
    standings = [_standing(session, clock(now)(), timedelta(minutes=patience)) for session in sessions]
    if as_json:
        click.echo(json.dumps(status_data(standings), ensure_ascii=False, indent=1))
    else:
        for session, found in zip(sessions, standings, strict=True):
            click.echo("\n".join(status_lines(found, ZoneInfo(session.config.brief.timezone))))
    return DONE if all(found.healthy for found in standings) else FAILED


def _standing(session: Session, now: datetime, patience: timedelta) -> BriefStatus:
    from briefing.cli.rounds import table_of
    from briefing.delivery import FILE, Snapshot, last_beat, open_ledger, status_of

    if os.path.lexists(session.output) and not session.output.is_dir():
        raise DeliveryError(f"{session.output} is no folder, so nothing can be told of {session.config.brief.title}")
    books = Snapshot()
    if (session.output / FILE).exists():
        with open_ledger(session.output) as ledger:
            books = Snapshot(slots=ledger.slots(), editions=ledger.editions(), deliveries=ledger.deliveries())
    return status_of(
        session.config.brief.title,
        table_of(session),
        books,
        now=now,
        patience=patience,
        seen_at=last_beat(session.output),
    )
