"""From a configuration to a job: where build, channels, clock and environment meet."""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING

from briefing.cli.making import page_folders
from briefing.cli.session import open_session
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
    timetable,
)
from briefing.errors import BriefingError, RenderError

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from pathlib import Path

    from briefing.cli.session import Session
    from briefing.delivery import Slot, Timetable
    from briefing.models import Brief, Edition, EditionInfo
    from briefing.sources import Found


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildOrder:
    """All that a process of its own needs to build a slot."""

    config: Path
    output: Path
    slot: Slot
    built_at: datetime
    next_at: datetime | None
    number: int


def job_of(session: Session, clock: Callable[[], datetime], stopped: Callable[[], bool] = lambda: False) -> Job:
    """Return the job that a configuration describes; `stopped` tells whether the program is to end."""
    from briefing.delivery import tidy

    config = session.config
    table = table_of(session)
    folders = page_folders(session)
    around = Surroundings(
        home=session.home, output=session.output, templates=folders, timestamp=lambda: int(clock().timestamp())
    )
    seconds = config.schedule.build_minutes * 60 if config.schedule else timedelta(minutes=15).total_seconds()

    def build(slot: Slot) -> Built:
        """Build a slot in a process of its own."""
        return build_apart(build_slot, order_of(session, slot, table, clock()), seconds=seconds, stopped=stopped)

    def tidied(now: datetime) -> None:
        """Rebuild the archive page, remove what is too old."""
        tidy(session.output, config.archive, brief=config.brief, templates=folders, now=now)

    return Job(
        title=config.brief.title,
        output=session.output,
        table=table,
        build=build,
        channels=channels_of(config.deliver, around),
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
    from briefing.cli.making import Wanted, make_edition

    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    session = open_session(order.config, order.output)
    wanted = Wanted(head=_head(session, order))
    try:
        made = make_edition(session, wanted, check=lambda found, brief: _check_empty(found, brief, session))
    except RenderError as error:
        raise BuildError(str(error), partial=_built(error.edition) if error.edition else None) from error
    return _built(made)


def _built(made: Edition) -> Built:
    return Built(files=made.files, articles=len(made.brief.sources))


def _head(session: Session, order: BuildOrder) -> EditionInfo:
    """Return the edition's head: it reads up to its slot, so that nothing falls between two editions."""
    from briefing.extract.period import plan_edition

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
    if brief.sources or session.config.schedule is None or session.config.schedule.empty == "send":
        return
    # a folder without articles is named by its label alone, a file in it by a path
    unread = [problem for problem in found.problems if problem.stage == "source" or "/" in problem.origin]
    unread += [problem for problem in brief.left_out if problem.stage == "extract"]
    if unread:
        raise BriefingError(f"not one article could be read: {unread[0].origin}: {unread[0].reason}")
