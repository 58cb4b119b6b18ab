"""`briefing run` and `briefing deliver`: from a configuration to a job, and what came of it."""

from __future__ import annotations

import os
import re
import signal
import sys
import time
from collections import Counter
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import click

from briefing.cli.making import HIDDEN, Wanted, make_edition, page_folders, scheduled
from briefing.cli.output import DONE, UNDELIVERED, code_of, counted, json_option, print_json, say, shown_progress
from briefing.cli.parameters import now_option
from briefing.cli.session import clock, config_option, configs_option, newest_edition, open_session, output_option
from briefing.delivery import (
    BuildError,
    Built,
    Job,
    Surroundings,
    build_apart,
    channels_of,
    lateness,
    next_slots,
    open_ledger,
    plain,
    timetable,
)
from briefing.errors import BriefingError, DeliveryError
from briefing.models import NOT_COLLECTED

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from briefing.cli.session import Session
    from briefing.delivery import Outcome, Slot, Timetable
    from briefing.edition import Brief, Edition, EditionInfo
    from briefing.sources import Found

FORESEEN = ("edition", "channel", "recipient")
dry_option = click.option(
    "--dry-run", "dry", is_flag=True, help="Show what would be delivered and to whom; do nothing."
)


@click.command()
@configs_option
@output_option
@dry_option
@click.option("--no-collect", "offline", is_flag=True, help="Build from what was collected before; ask no source.")
@click.option("--anyway", is_flag=True, help="Build even if `collect.on_incomplete` says hold.")
@json_option
@now_option
def run(
    *,
    config_paths: tuple[Path, ...],
    output: Path | None,
    dry: bool,
    offline: bool,
    anyway: bool,
    as_json: bool,
    now: datetime | None,
) -> int:
    """Collect, build and deliver the slot that is due; running it twice delivers once."""
    from briefing.delivery import foreseen

    sessions = opened(config_paths, output)
    if not dry:
        stopped = stop_at_signal()
        told: list[dict[str, object]] = []
        codes = [
            run_once(session, clock(now), stopped, collecting=not offline, anyway=anyway, tell=told.append)
            for session in sessions
        ]
        if as_json:
            print_json({"briefs": told})
        return max(codes)
    due = [(job.title, foreseen(job, clock(now)())) for job in (job_of(session, clock(now)) for session in sessions)]
    if as_json:
        print_json({"due": [dict(zip(FORESEEN, line, strict=True)) for _, lines in due for line in lines]})
        return DONE
    for title, lines in due:
        for line in lines:
            click.echo("\t".join(line))
        if not lines:
            say(f"{title}: nothing is due")
    return DONE


@click.command()
@click.argument("edition", required=False)
@config_option
@output_option
@click.option("--to", "only", multiple=True, metavar="RECIPIENT", help="Only to this recipient; repeatable.")
@click.option(
    "--test-to", metavar="ADDRESS", help="Mail it to this address alone, whoever has it; nothing is recorded."
)
@dry_option
@json_option
@now_option
def deliver(
    *,
    edition: str | None,
    config_path: Path,
    output: Path | None,
    only: tuple[str, ...],
    test_to: str | None,
    dry: bool,
    as_json: bool,
    now: datetime | None,
) -> int:
    """Deliver an existing edition to those who have not received it.

    EDITION: its name or its folder, such as 2019-03-21 or output/2019-03-21; the newest for --test-to.
    """
    from briefing.delivery import Outcome, lacking_of, redeliver

    session = open_session(config_path, output)
    name = Path(edition).name if edition else _newest(session, testing=test_to is not None)
    if test_to is not None:
        _test(session, name, test_to, clock(now))
        if as_json:
            print_json({"edition": name, "sent_to": test_to})
        return DONE
    job = job_of(session, clock(now), stop_at_signal())
    if not job.channels:
        raise click.UsageError(f"{session.path} names nobody under `deliver:`")
    lacking = lacking_of(job, name, only)
    if dry:
        lines = [(name, *pair) for pair in lacking]
        if as_json:
            print_json({"due": [dict(zip(FORESEEN, line, strict=True)) for line in lines]})
        for line in () if as_json else lines:
            click.echo("\t".join(line))
        return DONE
    if not lacking:
        if as_json:
            print_json(_data(job, Outcome(editions=(name,))))
        say(f"{name}: {'these have' if only else 'everybody has'} received it; nothing is delivered")
        return DONE
    begun = time.monotonic()
    outcome = redeliver(job, name, only, clock(now))
    if as_json:
        print_json(_data(job, outcome))
    return _reported(outcome, job.output, time.monotonic() - begun)


def _newest(session: Session, *, testing: bool) -> str:
    """Return the newest edition, which a test takes where none is named; whoever delivers has to name one."""
    newest = newest_edition(session)
    if not testing:
        raise click.UsageError(f"name the edition to deliver, such as {newest}")
    return newest


def _test(session: Session, edition: str, address: str, now: Callable[[], datetime]) -> None:
    """Mail an edition to one address through the first mail server under `deliver:`."""
    from briefing.delivery import payload_of, send_test
    from briefing.edition import read_files

    settings = next((one for entry in session.config.deliver for kind, one in entry if kind == "email"), None)
    if settings is None:
        raise click.UsageError(f"{session.path} names no `email` under `deliver:`")
    if not re.fullmatch(r"[^\s@<>]+@[^\s@<>]+", address):
        raise click.UsageError(f"{address!r} is no mail address such as desk@example.org")
    payload = payload_of(read_files(session.output / edition), due=None, built_at=now())
    send_test(payload, settings, _around(session, now), to=address)
    say(f"{edition}: sent to {address}; nothing is recorded")


@click.group()
def ledger() -> None:
    """Rebuild the ledger of deliveries when it is lost."""


@ledger.command("rebuild")
@config_option
@output_option
@json_option
@now_option
def rebuild_command(*, config_path: Path, output: Path | None, as_json: bool, now: datetime | None) -> int:
    """Rebuild a missing, empty or damaged ledger from the receipts beside the editions.

    Nobody who has, or may have, an edition gets it again. A damaged ledger is kept as briefing.sqlite3.damaged.
    """
    from briefing.delivery import rebuild

    session = open_session(config_path, output)
    editions = list(rebuild(session.output, clock(now)()))
    if as_json:
        print_json({"editions": editions})
    for edition in () if as_json else editions:
        click.echo(edition)
    return DONE


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


def run_once(
    session: Session,
    now: Callable[[], datetime],
    stopped: Callable[[], bool],
    *,
    collecting: bool = True,
    anyway: bool = False,
    quiet: bool = False,
    tell: Callable[[dict[str, object]], None] = lambda _: None,
) -> int:
    """Do one run and return its exit code; an error is told, and other briefs go on. `quiet` does not tell of nothing.

    `collecting` asks the sources before a slot is built, `anyway` builds it even where too few answered. People are
    told where not even the ledger works; `tell` gets what became of it as plain data.
    """
    from briefing.cli.collect import collect_before
    from briefing.delivery import forget_marks, leave_beat, report_without_ledger, run_due

    begun = time.monotonic()
    try:
        prepare = lambda: collect_before(session, now, stopped=stopped, anyway=anyway)  # noqa: E731
        job = job_of(session, now, stopped, prepare=prepare if collecting else nothing)
        if job.table is None:
            raise click.UsageError(f"{session.path} has no `schedule:`, so nothing is ever due")
        leave_beat(session.output, now())
        try:
            outcome = run_due(job, now)
        except DeliveryError as error:
            report_without_ledger(str(error), job.alarms, title=job.title, output=job.output, now=now())
            raise
        forget_marks(job.output)
    except BriefingError as error:
        say(str(error))
        tell({"title": session.config.brief.title, "output": str(session.output), "error": str(error)})
        return code_of(error)
    tell(_data(job, outcome))
    if outcome.busy and not quiet:
        say(f"{job.output}: another run is working there; nothing was done")
    elif not (quiet or outcome.editions or outcome.incidents):
        say(f"{job.title}: nothing is due{f' before {outcome.wake:%Y-%m-%d %H:%M} UTC' if outcome.wake else ''}")
    return _reported(outcome, job.output, time.monotonic() - begun)


def stop_at_signal() -> Callable[[], bool]:
    """Make SIGTERM a wish that is asked for before each step, and return what tells whether it was uttered."""
    wishes: list[int] = []
    signal.signal(signal.SIGTERM, lambda number, _frame: wishes.append(number))
    return lambda: bool(wishes)


def _data(job: Job, outcome: Outcome) -> dict[str, object]:
    """Return what a run did, and how the recipients of its editions stand."""
    return {
        "title": job.title,
        "output": str(job.output),
        "busy": outcome.busy,
        "editions": list(outcome.editions),
        "deliveries": [plain(row) for row in outcome.deliveries],
        "incidents": [{"subject": one.subject, "text": one.text} for one in outcome.incidents],
        "wake": outcome.wake.isoformat() if outcome.wake else None,
    }


def _reported(outcome: Outcome, output: Path, seconds: float) -> int:
    """Say how everybody stands, where the brief lies and how long it took; exit code 4 where anybody lacks it."""
    from briefing.delivery import DeliveryState

    for edition in outcome.editions:
        counts = Counter(row.state.value for row in outcome.deliveries if row.edition == edition)
        summary = ", ".join(f"{count} {state}" for state, count in counts.items())
        summary = summary or "built; `deliver:` names nobody"
        say(f"{edition}: {summary}, in {seconds:.1f} s; it lies in {output / edition}")
    for incident in outcome.incidents:
        say(incident.text.rstrip())
    lacking = any(row.state is not DeliveryState.SENT for row in outcome.deliveries)
    failed = any(incident.undelivered for incident in outcome.incidents)
    return UNDELIVERED if lacking or failed else DONE


# ── from a configuration to a job ────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildOrder:
    """All that a process of its own needs to build a slot."""

    config: Path
    output: Path
    slot: Slot
    built_at: datetime
    next_at: datetime | None
    number: int


def nothing() -> None:
    """Do nothing before a slot is built."""


def _around(session: Session, clock: Callable[[], datetime]) -> Surroundings:
    return Surroundings(
        home=session.home,
        output=session.output,
        templates=page_folders(session),
        timestamp=lambda: int(clock().timestamp()),
    )


def job_of(
    session: Session,
    clock: Callable[[], datetime],
    stopped: Callable[[], bool] = lambda: False,
    *,
    prepare: Callable[[], None] = nothing,
) -> Job:
    """Return the job that a configuration describes; `stopped` tells whether the program is to end.

    `prepare` is called before a slot is built; it raises BriefingError where it is not to be.
    """
    from briefing.cli.collect import prune_store, source_incidents
    from briefing.delivery import tidy

    config = session.config
    table = table_of(session)
    folders, around = page_folders(session), _around(session, clock)
    seconds = config.schedule.build_minutes * 60 if config.schedule else timedelta(minutes=15).total_seconds()

    def tidied(moment: datetime) -> None:
        tidy(session.output, config.archive, brief=config.brief, templates=folders, now=moment)
        prune_store(session, moment)

    def build(slot: Slot) -> Built:
        prepare()
        order = order_of(session, slot, table, clock())
        return build_apart(build_slot, order, seconds=seconds, stopped=stopped)

    return Job(
        title=config.brief.title,
        output=session.output,
        table=table,
        build=build,
        warnings=lambda: source_incidents(session, clock()),
        channels=tuple(map(counted, channels_of(config.deliver, around))),
        alarms=channels_of(config.on_failure, around),
        skip_empty=config.schedule is not None and config.schedule.empty == "skip",
        tidy=tidied,
        stopped=stopped,
    )


def table_of(session: Session) -> Timetable | None:
    """Return when the brief is due; None where config.yaml has no `schedule:`."""
    config = session.config
    return None if config.schedule is None else timetable(config.schedule, config.brief.timezone)


def order_of(session: Session, slot: Slot, table: Timetable | None, now: datetime) -> BuildOrder:
    """Return the order to build a slot: a punctual brief says that it was built at its time, a late one how late."""
    following = next_slots(table, slot.due, 1) if table else ()
    with open_ledger(session.output) as ledger:
        earlier = sum(record.due is not None and record.due < slot.due for record in ledger.editions())
    return BuildOrder(
        config=session.path,
        output=session.output,
        slot=slot,
        built_at=slot.due + lateness(slot.due, now.replace(second=0, microsecond=0)),
        next_at=following[0].due if following else None,
        number=earlier + 1,
    )


def build_slot(order: BuildOrder) -> Built:
    """Build a slot from what the sources hold now; BuildError with what stands where its PDF cannot be set."""
    from briefing.edition import IncompleteError

    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    session = open_session(order.config, order.output)
    head, delivered = scheduled(session, _head(session, order))
    wanted = Wanted(head=head, delivered=delivered, watch=shown_progress if sys.stderr.isatty() else None)
    try:
        made = make_edition(session, wanted, check=lambda found, brief: _check_empty(found, brief, session))
    except IncompleteError as error:
        raise BuildError(str(error), partial=_built(error.edition)) from error
    return _built(made)


def _built(made: Edition) -> Built:
    hidden = tuple(f"{one.origin}: {one.reason}" for one in made.problems if one.stage == HIDDEN)
    return Built(files=made.files, articles=made.brief.count, beside=made.beside, hidden=hidden)


def _head(session: Session, order: BuildOrder) -> EditionInfo:
    """Return the edition's head: it reads up to its slot, so that nothing falls between two editions."""
    from briefing.edition import plan_edition

    planned = plan_edition(
        session.config.brief,
        day=order.slot.day,
        built_at=order.built_at,
        cut_off=order.slot.due,
        next_at=order.next_at,
    )
    return replace(planned, id=order.slot.edition, number=order.number)


def _check_empty(found: Found, brief: Brief, session: Session) -> None:
    """Refuse, where empty days are skipped, to call a day empty on which there was something that could not be read."""
    if brief.articles or session.config.schedule is None or session.config.schedule.empty == "send":
        return
    # a folder without articles is named by its label alone, a file in it by a path
    silent = ("source", NOT_COLLECTED)
    unread = [problem for problem in found.problems if problem.stage in silent or "/" in problem.origin]
    unread += [problem for problem in brief.left_out if problem.stage == "extract"]
    if unread:
        raise BriefingError(f"not one article could be read: {unread[0].origin}: {unread[0].reason}")
