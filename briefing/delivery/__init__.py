"""Every morning, once: what is due is built and handed over, retried, and reported.

`runs` does what is due and hands editions over again, `building` builds in a process of its own, `loop` waits;
`ledger` remembers, `receipts` lie beside the editions, `lost_ledger` makes a lost ledger of them; `incidents` says what
went wrong, `status` how things stand, `service` writes what starts the loop.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from briefing.delivery.archive import tidy as tidy
    from briefing.delivery.building import BuildError as BuildError
    from briefing.delivery.building import Built as Built
    from briefing.delivery.building import build_apart as build_apart
    from briefing.delivery.channels import Surroundings as Surroundings
    from briefing.delivery.channels import channels_of as channels_of
    from briefing.delivery.channels.checks import Note as Note
    from briefing.delivery.channels.checks import delivery_notes as delivery_notes
    from briefing.delivery.channels.checks import online_notes as online_notes
    from briefing.delivery.incidents import forget_marks as forget_marks
    from briefing.delivery.incidents import report_without_ledger as report_without_ledger
    from briefing.delivery.ledger import has_ledger as has_ledger
    from briefing.delivery.ledger import open_ledger as open_ledger
    from briefing.delivery.loop import Look as Look
    from briefing.delivery.loop import Watch as Watch
    from briefing.delivery.loop import keep as keep
    from briefing.delivery.loop import look_at as look_at
    from briefing.delivery.lost_ledger import rebuild as rebuild
    from briefing.delivery.reads import delivered_before as delivered_before
    from briefing.delivery.records import DeliveryRecord as DeliveryRecord
    from briefing.delivery.records import DeliveryState as DeliveryState
    from briefing.delivery.runs import Job as Job
    from briefing.delivery.runs import Outcome as Outcome
    from briefing.delivery.runs import check_unsent as check_unsent
    from briefing.delivery.runs import foreseen as foreseen
    from briefing.delivery.runs import lacking_of as lacking_of
    from briefing.delivery.runs import redeliver as redeliver
    from briefing.delivery.runs import run_due as run_due
    from briefing.delivery.service import Plan as Plan
    from briefing.delivery.service import cron_plan as cron_plan
    from briefing.delivery.service import launchd_plan as launchd_plan
    from briefing.delivery.service import systemd_plan as systemd_plan
    from briefing.delivery.slots import Slot as Slot
    from briefing.delivery.slots import Timetable as Timetable
    from briefing.delivery.slots import lateness as lateness
    from briefing.delivery.slots import next_slots as next_slots
    from briefing.delivery.slots import slots_between as slots_between
    from briefing.delivery.slots import timetable as timetable
    from briefing.delivery.status import BriefStatus as BriefStatus
    from briefing.delivery.status import Snapshot as Snapshot
    from briefing.delivery.status import last_beat as last_beat
    from briefing.delivery.status import leave_beat as leave_beat
    from briefing.delivery.status import status_data as status_data
    from briefing.delivery.status import status_lines as status_lines
    from briefing.delivery.status import status_of as status_of

_NAMES = {
    "archive": "tidy",
    "building": "BuildError Built build_apart",
    "channels": "Surroundings channels_of",
    "channels.checks": "Note delivery_notes online_notes",
    "incidents": "forget_marks report_without_ledger",
    "ledger": "has_ledger open_ledger",
    "loop": "Look Watch keep look_at",
    "lost_ledger": "rebuild",
    "reads": "delivered_before",
    "records": "DeliveryRecord DeliveryState",
    "runs": "Job Outcome check_unsent foreseen lacking_of redeliver run_due",
    "service": "Plan cron_plan launchd_plan systemd_plan",
    "slots": "Slot Timetable lateness next_slots slots_between timetable",
    "status": "BriefStatus Snapshot last_beat leave_beat status_data status_lines status_of",
}
"""Module → the names that others import from here; each module is loaded when one of its names is asked for."""

_PLACES = {name: module for module, names in _NAMES.items() for name in names.split()}

if not TYPE_CHECKING:  # a type checker is to know the names above, and no others

    def __getattr__(name: str) -> object:
        """Load a public name when it is asked for."""
        if name not in _PLACES:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        value = getattr(import_module(f"{__name__}.{_PLACES[name]}"), name)
        globals()[name] = value
        return value
