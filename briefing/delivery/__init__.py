"""Every morning, once: what is due is built and handed over, retried, and reported.

`runs` does what is due and hands editions over again, `building` builds in a process of its own, `loop` waits;
`ledger` remembers, `receipts` lie beside the editions, and a lost ledger is made of them; `incidents` says what went
wrong, `status` how things stand.
"""

# mypy: implicit-reexport

from __future__ import annotations

from typing import TYPE_CHECKING

from briefing.faces import late

if TYPE_CHECKING:
    from briefing.delivery.archive import tidy
    from briefing.delivery.building import BuildError, Built, build_apart
    from briefing.delivery.channels import Channel, Journal, Payload, Surroundings, channels_of, payload_of
    from briefing.delivery.channels.checks import Note, delivery_notes, online_notes
    from briefing.delivery.channels.email import send_test
    from briefing.delivery.incidents import Incident, forget_marks, report_without_ledger, source_incident
    from briefing.delivery.ledger import check_unsent, has_ledger, open_ledger
    from briefing.delivery.loop import Look, Plan, Watch, cron_plan, keep, launchd_plan, look_at, systemd_plan
    from briefing.delivery.records import DeliveryRecord, DeliveryState, delivered_before, plain
    from briefing.delivery.runs import Job, Outcome, foreseen, lacking_of, rebuild, record_again, redeliver, run_due
    from briefing.delivery.slots import Slot, Timetable, lateness, next_slots, slots_between, timetable
    from briefing.delivery.status import (
        BriefStatus,
        Snapshot,
        last_beat,
        leave_beat,
        status_data,
        status_lines,
        status_of,
    )
else:
    __getattr__ = late(__name__)
