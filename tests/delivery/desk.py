"""A small desk to deliver from: editions made of a few bytes, channels, jobs, a clock that stands still until moved."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from briefing.config import Email, Schedule, Webhook
from briefing.delivery.building import Built
from briefing.delivery.channels import Surroundings, payload_of
from briefing.delivery.channels.email import email_channel
from briefing.delivery.runs import Job
from briefing.delivery.slots import timetable as table_of
from briefing.edition import encodable

if TYPE_CHECKING:
    from collections.abc import Callable

    from briefing.delivery.channels import Channel, Payload
    from briefing.delivery.slots import Slot, Timetable
    from briefing.edition.files import Files

MORNING = datetime(2019, 3, 21, 5, 30, tzinfo=UTC)
"""06:30 in Paris."""

TEMPLATES = (Path(__file__).parents[2] / "templates",)


@dataclass
class Clock:
    now: datetime = MORNING

    def __call__(self) -> datetime:
        return self.now

    def move(self, **delta: float) -> None:
        self.now += timedelta(**delta)


def brief_json(
    edition: str = "2019-03-21",
    *,
    title: str = "Daily brief",
    headline: str = "A bridge is open",
    note: object = None,
) -> bytes:
    head = {"id": edition, "title": title, "date": edition[:10], "timezone": "Europe/Paris", "marking": "TLP:GREEN"}
    times = {"built_at": f"{edition[:10]}T05:30:00Z", "cut_off": f"{edition[:10]}T05:30:00Z"}
    place = {"article": "a1", "paragraph": 0, "start": 0, "end": 6, "score": 1.0}
    story = {
        "id": "s1",
        "headline": headline,
        "language": "en",
        "article": "a1",
        "also": [],
        "independent": 1,
        "status": None,
        "score": 1.0,
        "terms": [],
        "sentences": [{"text": "It is.", **place}],
    }
    article = {
        "id": "a1",
        "origin": "in/a.txt",
        "title": headline,
        "outlet": "Quay Post",
        "url": "https://quay.example/a",
        "published": None,
        "language": "en",
        "sha256": "0" * 64,
        "words": 2,
        "text": "It is.",
    }
    point = {"text": "The bridge at the quay is open again.", "section": "roads", "language": "en", **place}
    data = {
        "version": 1,
        "edition": {**head, **times, "language": "en"},
        "note": note,
        "key_points": [point],
        "sections": [{"id": "roads", "title": "Roads", "stories": [story]}],
        "articles": [article],
        "left_out": [{"origin": "in/b.bin", "stage": "extract", "reason": "no text"}],
    }
    return encodable(json.dumps(data, ensure_ascii=False)).encode()


def files(edition: str = "2019-03-21", *, pdf: bytes = b"%PDF-1.7\n.\n", **said: Any) -> Files:  # noqa: ANN401 - what brief_json takes
    return (
        ("brief.html", b"<!DOCTYPE html><p>The bridge is open."),
        ("brief.json", brief_json(edition, **said)),
        ("brief.pdf", pdf),
    )


def payload(
    edition: str = "2019-03-21",
    *,
    late: int = 0,
    pdf: bytes = b"%PDF-1.7\n.\n",
    **said: Any,  # noqa: ANN401 - what brief_json takes
) -> Payload:
    return payload_of(files(edition, pdf=pdf, **said), due=MORNING, built_at=MORNING + timedelta(minutes=late))


def table(zone: str = "Europe/Paris", /, **schedule: object) -> Timetable:
    return table_of(Schedule.model_validate({"at": ["06:30"]} | schedule), zone)


def around(home: Path = Path(), clock: Callable[[], datetime] = lambda: MORNING) -> Surroundings:
    return Surroundings(
        home=home, output=home / "output", templates=TEMPLATES, timestamp=lambda: int(clock().timestamp())
    )


def email(port: int, *to: str, environ: dict[str, str] | None = None, **more: object) -> Email:
    settings = {"to": list(to), "from": "Desk <brief@example.org>", "smtp": f"smtp://127.0.0.1:{port}", "tls": "none"}
    return Email.model_validate(settings | {"seconds": 5} | more, context={"environ": environ or {}})


def webhook(url: str, **more: object) -> Webhook:
    settings = {"url": url, "secret": "${HOOK}", "seconds": 5}
    return Webhook.model_validate(settings | more, context={"environ": {"HOOK": "whsec_c2VjcmV0"}})


def by_mail(port: int, *to: str, home: Path = Path(), **more: object) -> Channel:
    return email_channel(email(port, *to, environ=None, **more), around(home))


@dataclass
class Press:
    """Builds editions, each time with other bytes, and counts how often."""

    slots: list[Slot] = field(default_factory=list)
    articles: int = 1
    bytes_of_pdf: int = 0
    """At the least."""

    def __call__(self, slot: Slot) -> Built:
        self.slots.append(slot)
        pdf = b"%PDF-1.7\nprinting " + str(len(self.slots)).encode().ljust(self.bytes_of_pdf)
        return Built(files=files(slot.edition, pdf=pdf), articles=self.articles)


def job(
    output: Path,
    build: Callable[[Slot], Built],
    *channels: Channel,
    alarms: tuple[Channel, ...] = (),
    skip_empty: bool = False,
    timetable: Timetable | None = None,
) -> Job:
    return Job(
        title="Daily brief",
        output=output,
        table=timetable or table(),
        build=build,
        channels=channels,
        alarms=alarms,
        skip_empty=skip_empty,
    )
