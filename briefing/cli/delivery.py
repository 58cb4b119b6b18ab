"""`briefing run` and `briefing deliver`: handing editions over."""

from __future__ import annotations

import signal
from pathlib import Path
from typing import TYPE_CHECKING

import click

from briefing.cli.outcome import DONE, UNDELIVERED, code_of, say
from briefing.cli.parameters import now_option
from briefing.cli.session import clock, config_option, configs_option, open_session, output_option
from briefing.errors import BriefingError, DeliveryError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from briefing.cli.session import Session
    from briefing.delivery import DeliveryRecord, Job, Outcome

dry_option = click.option("--dry-run", "dry", is_flag=True, help="Show what would happen, and to whom; do nothing.")


@click.command()
@configs_option
@output_option
@dry_option
@now_option
def run(*, config_paths: tuple[Path, ...], output: Path | None, dry: bool, now: datetime | None) -> int:
    """Build and deliver the slot that is due; running it twice delivers once."""
    sessions = opened(config_paths, output)
    if dry:
        for session in sessions:
            _foretell(session, clock(now))
        return DONE
    stopped = stop_at_signal()
    return max(code_of_round(session, clock(now), stopped) for session in sessions)


@click.command()
@click.argument("edition")
@config_option
@output_option
@click.option("--to", "only", multiple=True, metavar="RECIPIENT", help="Only to this one; may be given again.")
@dry_option
@now_option
def deliver(
    *, edition: str, config_path: Path, output: Path | None, only: tuple[str, ...], dry: bool, now: datetime | None
) -> int:
    """Hand an existing edition to those who lack it.

    EDITION: its name or its folder, such as 2019-03-21 or output/2019-03-21.
    """
    from briefing.cli.rounds import job_of
    from briefing.delivery import lacking_of, redeliver

    session = open_session(config_path, output)
    job = job_of(session, clock(now), stop_at_signal())
    name = Path(edition).name
    if not job.channels:
        raise click.UsageError(f"{session.path} names nobody under `deliver:`")
    lacking = lacking_of(job, name, only)
    if dry:
        for channel, recipient in lacking:
            click.echo(f"{name}\t{channel}\t{recipient}")
        return DONE
    if not lacking:
        say(f"{name}: nobody {'of these ' if only else ''}lacks it; nothing is handed over")
        return DONE
    return _told(redeliver(job, name, only, clock(now)))


def opened(config_paths: Sequence[Path], output: Path | None) -> list[Session]:
    """Load the configurations; DeliveryError where two of them keep their editions in one folder."""
    sessions = [open_session(path, output) for path in config_paths]
    places: dict[Path, Path] = {}
    for session in sessions:
        place = session.output.resolve()
        if place in places:
            raise DeliveryError(
                f"{places[place]} and {session.path} both keep their editions in {session.output}; give one of them "
                "another folder: `archive: {folder: …}`"
            )
        places[place] = session.path
    return sessions


def code_of_round(session: Session, now: Callable[[], datetime], stopped: Callable[[], bool]) -> int:
    """Do one round and return its exit code; an error is told, and other briefs go on."""
    try:
        return run_once(session, now, stopped)
    except BriefingError as error:
        say(str(error))
        return code_of(error)


def run_once(session: Session, now: Callable[[], datetime], stopped: Callable[[], bool]) -> int:
    """Do one round; exit code 4 where anybody lacks the brief. People are told where not even the ledger works."""
    from briefing.cli.rounds import job_of
    from briefing.delivery import forget_marks, leave_beat, report_without_ledger, run_due

    job = job_of(session, now, stopped)
    if job.table is None:
        raise click.UsageError(f"{session.path} has no `schedule:`, so nothing is ever due")
    leave_beat(session.output, now())
    try:
        outcome = run_due(job, now)
    except DeliveryError as error:
        report_without_ledger(str(error), job.alarms, title=job.title, output=job.output, now=now())
        raise
    forget_marks(job.output)
    return _told_of_round(outcome, job)


def stop_at_signal() -> Callable[[], bool]:
    """Make SIGTERM a wish that is asked for before each step, and return what tells whether it was uttered."""
    wishes: list[int] = []
    signal.signal(signal.SIGTERM, lambda number, _frame: wishes.append(number))
    return lambda: bool(wishes)


def _told_of_round(outcome: Outcome, job: Job) -> int:
    if outcome.busy:
        say(f"{job.output}: another run is at work there; nothing was done")
        return DONE
    if not outcome.editions and not outcome.incidents:
        say(f"{job.title}: nothing is due{f' before {outcome.wake:%Y-%m-%d %H:%M} UTC' if outcome.wake else ''}")
    return _told(outcome)


def _told(outcome: Outcome) -> int:
    """Say how everybody stands; exit code 4 where anybody lacks the brief."""
    from briefing.delivery import DeliveryState

    for edition in outcome.editions:
        rows = [row for row in outcome.deliveries if row.edition == edition]
        say(f"{edition}: {_summary(rows)}")
    for incident in outcome.incidents:
        say(incident.text.rstrip())
    lacking = any(row.state is not DeliveryState.SENT for row in outcome.deliveries)
    failed = any(incident.undelivered for incident in outcome.incidents)
    return UNDELIVERED if lacking or failed else DONE


def _summary(rows: Sequence[DeliveryRecord]) -> str:
    counts: dict[str, int] = {}
    for row in rows:
        counts[row.state.value] = counts.get(row.state.value, 0) + 1
    return ", ".join(f"{count} {state}" for state, count in counts.items()) or "built; nobody is named under `deliver:`"


def _foretell(session: Session, now: Callable[[], datetime]) -> None:
    """Print what a round would do: edition, channel, recipient, one line each."""
    from briefing.cli.rounds import job_of
    from briefing.delivery import foreseen

    job = job_of(session, now)
    lines = foreseen(job, now())
    for edition, channel, recipient in lines:
        click.echo(f"{edition}\t{channel}\t{recipient}")
    if not lines:
        say(f"{job.title}: nothing is due")
