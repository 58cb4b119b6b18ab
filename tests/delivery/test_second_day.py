"""A scheduled edition holds what no delivered edition has read: a year on values, and three days for real."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from briefing.cli.check import gap_notes
from briefing.config import BriefSettings, Config
from briefing.delivery.slots import SlotRecord, SlotState, duty
from briefing.edition import plan_edition, read_brief
from briefing.extract.period import FLOOR, identified, unread
from briefing.models import Delivered
from briefing.verify import check_quotations
from tests.command import call
from tests.delivery.desk import table
from tests.making import article

if TYPE_CHECKING:
    from briefing.delivery.slots import Slot, Timetable
    from briefing.edition import EditionInfo
    from briefing.models import Article, Moment

MORNING = datetime(2019, 3, 21, 5, 30, tzinfo=UTC)


def head(cut_off: datetime = MORNING, *, built_at: datetime | None = None, hours: int | None = None) -> EditionInfo:
    settings = BriefSettings(timezone="Europe/Paris", period_hours=hours)
    return plan_edition(settings, day=cut_off.date(), built_at=built_at or cut_off, cut_off=cut_off)


def told(name: str, published: Moment | None = None) -> Article:
    return identified(article(f"The news of {name} is told here.", origin=f"in/{name}.txt", published=published))


# ── what is taken ────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("published", "taken"),
    [
        (None, True),
        (MORNING - timedelta(days=4), True),  # the period of config.yaml is for builds by hand
        (MORNING - timedelta(minutes=10), True),
        (MORNING + timedelta(minutes=20), False),  # of the next edition, which this one is late for
        (MORNING + timedelta(hours=5), True),  # not yet, and yet it is here: its date is wrong
        (date(2019, 3, 21), True),
        (MORNING - FLOOR - timedelta(hours=1), False),
        (date(2009, 3, 21), False),
    ],
)
def test_what_nobody_has_read_is_taken_whatever_its_date(published: Moment | None, *, taken: bool) -> None:
    late = head(built_at=MORNING + timedelta(hours=1), hours=24)
    assert bool(unread([told("one", published)], Delivered(), edition=late).articles) is taken


def test_the_floor_counts_from_the_edition_before_and_says_what_it_holds_back() -> None:
    old = told("old", MORNING - FLOOR - timedelta(days=1))
    found = unread([old], Delivered(), edition=head())
    (problem,) = found.problems
    assert (problem.origin, problem.lost) == ("in/old.txt", True)
    assert problem.reason == "published 2018-03-19, more than a year before this edition's period"
    assert found.passed == (old.identity,)
    silent = Delivered(editions=("2018-03-21",), since=MORNING - timedelta(days=200))
    assert unread([old], silent, edition=head()).articles == (old,)
    # named once: the edition that names it has read it
    assert not unread([old], Delivered(read=frozenset(found.passed)), edition=head()).problems


def test_an_article_is_known_by_its_words_or_by_its_file() -> None:
    one = told("one")
    moved = replace(one, id="0" * 12, origin="in/moved.txt")
    read_otherwise = replace(one, identity="of another release")
    corrected = identified(replace(told("one, corrected"), origin=one.origin))
    delivered = Delivered(read=frozenset({one.id, one.identity}))
    assert unread([one, moved, read_otherwise, corrected], delivered, edition=head()).articles == (corrected,)


def test_an_edition_that_is_made_again_takes_what_it_took() -> None:
    first, second, since = told("first"), told("second"), told("since")
    again = Delivered(read=frozenset({first.identity}), own=frozenset({second.identity}))
    assert unread([first, second, since], again, edition=head()).articles == (second,)


# ── a year ───────────────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass
class Desk:
    """A desk on values: what its folder holds, the editions that it made, and which of them came through."""

    timetable: Timetable
    folder: list[tuple[datetime, Article]]
    """When each article landed."""
    slots: dict[str, SlotRecord] = field(default_factory=dict)
    made: dict[str, tuple[Article, ...]] = field(default_factory=dict)
    delivered: list[tuple[str, datetime]] = field(default_factory=list)

    def wake(self, now: datetime, *, reaches: bool) -> None:
        for slot in duty(self.timetable, now, self.slots.values()).run:
            taken = unread(
                [one for landed, one in self.folder if landed <= now],
                self.read_before(slot),
                edition=head(slot.due, built_at=max(slot.due, now), hours=24),
            )
            self.slots[slot.edition] = SlotRecord(edition=slot.edition, due=slot.due, state=SlotState.DONE)
            if reaches:
                self.made[slot.edition] = taken.articles
                self.delivered.append((slot.edition, slot.due))

    def read_before(self, slot: Slot) -> Delivered:
        before = [(edition, due) for edition, due in self.delivered if due < slot.due]
        return Delivered(
            editions=tuple(edition for edition, _ in before),
            read=frozenset(one.identity for edition, _ in before for one in self.made[edition]),
            since=max((due for _, due in before), default=None),
        )


@pytest.mark.parametrize(
    "schedule",
    [
        {"days": ["mon", "tue", "wed", "thu", "fri"], "holidays": ["12-24..01-01", "2019-08-01..2019-08-20"]},
        {"at": ["06:30", "13:00", "18:15"]},
        {"missed": "all", "max_age_hours": 96},
        {"missed": "skip", "days": ["mon", "thu"]},
    ],
    ids=["weekdays", "thrice a day", "all made up", "twice a week"],
)
def test_in_a_year_every_article_is_new_in_exactly_one_edition(schedule: dict[str, object]) -> None:
    start = datetime(2019, 1, 1, tzinfo=UTC)
    folder = []
    for number in range(1500):  # one every six hours or so, dated up to three days before it lands, or not at all
        landed = start + timedelta(minutes=347 * number)
        lag = timedelta(minutes=(number * 37) % 4320 if number % 5 == 0 else (number * 7) % 45)
        published: Moment | None = landed - lag
        if number % 11 == 0:
            published = None
        elif number % 7 == 0:
            published = (landed - lag).date()
        folder.append((landed, told(f"number {number}", published)))
    desk = Desk(table(**schedule), folder)
    for hour in range(366 * 24):
        now = start + timedelta(hours=hour, minutes=32)
        asleep = hour % 1700 < 75 or hour % 97 == 6  # off for three days now and then, and for an hour more often
        if not asleep:
            desk.wake(now, reaches=hour % 13 != 5)
    times = Counter(one.identity for articles in desk.made.values() for one in articles)
    last = max(due for _, due in desk.delivered)
    assert set(times.values()) == {1}
    lost = [one.origin for landed, one in folder if landed <= last and one.identity not in times]
    assert not lost


# ── what check tells ─────────────────────────────────────────────────────────────────────────────────────────────────


def gaps(brief: dict[str, object], **schedule: object) -> list[str]:
    section = {"id": "floods", "title": "Floods", "terms": {"en": ["flood"]}}
    values: dict[str, object] = {
        "brief": brief,
        "schedule": {"at": ["06:30"]} | schedule,
        "sources": [{"folder": "in"}],
    }
    values["sections"] = [section]
    return [note.message for note in gap_notes(Config.model_validate(values), MORNING)]


def test_a_period_that_is_shorter_than_a_pause_of_the_schedule_is_told() -> None:
    weekdays = ["mon", "tue", "wed", "thu", "fri"]
    (gap,) = gaps({"period_hours": 24, "timezone": "Europe/Paris"}, days=weekdays)
    assert "24 hours leave a gap where the schedule pauses for 73, from Fri 2019-10-25" in gap  # the clock is set back
    (feast,) = gaps({"period_hours": 72}, days=weekdays, holidays=["12-24..01-01"])
    assert "2019-12-23 06:30 to Thu 2020-01-02 06:30" in feast
    assert not gaps({"period_hours": 25})  # 25 hours lie between two mornings in October
    assert not gaps({})


# ── three days for real ──────────────────────────────────────────────────────────────────────────────────────────────

CONFIG = """
brief: {title: River desk, timezone: Europe/Paris, period_hours: 24}
sources: [folder: in]
sections:
  - id: floods
    title: Floods
    terms: {en: [flood, dam, river, levee]}
  - id: elections
    title: Elections
    terms: {en: [ballot, election, candidate]}
schedule: {at: ["06:30"], days: [mon, tue, wed, thu, fri]}
deliver: [folder: {path: delivered}]
"""
BALLOT = """---
title: Ballot papers reach the islands
outlet: Quay Post
published: {date}
---

Ballot papers for the election reached the outer islands by boat on Thursday, the commission of Norvik said. Every
candidate for the council had signed the register. The election is held at the end of the month on all nine islands.
"""
DAM = """---
title: Dam breach floods valley of Arden
outlet: Hill Courier
published: {date}
---

A dam breach in the valley of Arden killed {dead} people, the governor of Arden said on {day}. The flood of the river
Arden swept through the villages of Lower Arden and Millbrook after the dam at Highwater gave way. Rescue teams search
the valley of Arden for survivors of the flood.
"""


def morning(desk: Path, day: str) -> dict[str, Any]:
    result = call("run", "--now", f"{day}T06:31:00+01:00", cwd=desk)
    assert result.returncode == 0, result.stderr
    found: dict[str, Any] = json.loads((desk / "output" / day / "brief.json").read_bytes())
    return found


def stories(brief: dict[str, Any]) -> list[dict[str, Any]]:
    parts = [*(section["stories"] for section in brief["sections"]), brief["also_today"]]
    return [story for part in parts for story in part]


def origins(brief: dict[str, Any]) -> list[str]:
    return sorted(Path(one["origin"]).name for one in brief["articles"])


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    (tmp_path / "in").mkdir()
    (tmp_path / "config.yaml").write_text(CONFIG)
    return tmp_path


def put(desk: Path, name: str, text: str, **values: object) -> None:
    (desk / "in" / name).write_text(text.format(**values))


def test_three_days(desk: Path) -> None:
    put(desk, "ballot.md", BALLOT, date="2019-03-21T18:00:00Z")
    friday = morning(desk, "2019-03-22")
    assert origins(friday) == ["ballot.md"]
    put(desk, "dam.md", DAM, date="2019-03-23T10:00:00Z", dead=72, day="Saturday")
    monday = morning(desk, "2019-03-25")  # the period of 24 hours began on Sunday
    assert origins(monday) == ["dam.md"]
    assert monday["edition"]["period_start"] == "2019-03-22T05:30:00Z"
    assert monday["follows"] == ["2019-03-22"]
    assert [story["status"] for story in stories(monday)] == ["new"]
    assert [past["headline"] for past in monday["still_open"]] == ["Ballot papers reach the islands"]
    late = ("late.md", BALLOT.replace("outer islands", "inner islands"))
    put(desk, *late, date="2019-03-25T05:20:00Z")  # dated before the slot that it came too late for
    put(desk, "more.md", DAM, date="2019-03-25T19:00:00Z", dead=86, day="Monday")
    tuesday = morning(desk, "2019-03-26")
    assert origins(tuesday) == ["late.md", "more.md"]
    late_story, grown = sorted(stories(tuesday), key=lambda story: story["status"])
    assert (late_story["status"], grown["status"]) == ("new", "updated")
    (change,) = grown["changes"]
    assert [change["before"]["text"], change["after"]["text"]] == ["72 people", "86 people"]
    assert change["edition"] == grown["earlier"]["edition"] == "2019-03-25"
    assert {point["article"] for point in tuesday["key_points"]} == {late_story["article"]}
    assert not tuesday["still_open"]
    read = read_brief((desk / "output/2019-03-26/brief.json").read_bytes())
    assert not check_quotations(read)
    wrong = replace(read, articles=tuple(replace(one, text=one.text.replace("86", "87")) for one in read.articles))
    assert any("'86 people'" in message for message in check_quotations(wrong))
    assert "“72 people” in the edition of 2019-03-25, now “86 people”" in (
        desk / "output/2019-03-26/brief.txt"
    ).read_text("utf-8")
    assert len(list((desk / "delivered").rglob("brief.json"))) == 3

    again = call("build", "--new", "--date", "2019-03-25", "--format", "json", "-o", "-", cwd=desk)
    assert again.stdout.encode() == (desk / "output/2019-03-25/brief.json").read_bytes()
    by_hand = call("build", "--date", "2019-03-26", "--format", "json", "-o", "-", cwd=desk)
    assert origins(json.loads(by_hand.stdout)) == ["more.md"]  # its period is that of config.yaml


@pytest.mark.long
def test_slots_that_are_made_up_for_together_share_what_there_is(desk: Path) -> None:
    config = CONFIG.replace("schedule: {", "schedule: {missed: all, max_age_hours: 120, ")
    (desk / "config.yaml").write_text(config)
    put(desk, "ballot.md", BALLOT, date="2019-03-21T18:00:00Z")
    morning(desk, "2019-03-22")
    put(desk, "dam.md", DAM, date="2019-03-23T10:00:00Z", dead=72, day="Saturday")
    put(desk, "more.md", DAM, date="2019-03-25T19:00:00Z", dead=86, day="Monday")
    tuesday = morning(desk, "2019-03-26")
    monday = json.loads((desk / "output/2019-03-25/brief.json").read_bytes())
    assert (origins(monday), origins(tuesday)) == (["dam.md"], ["more.md"])
    assert tuesday["follows"] == ["2019-03-22", "2019-03-25"]


def test_a_ledger_made_anew_knows_what_was_read(desk: Path) -> None:
    put(desk, "ballot.md", BALLOT, date="2019-03-21T18:00:00Z")
    morning(desk, "2019-03-22")
    for path in (desk / "output").glob("briefing.sqlite3*"):
        path.unlink()
    assert call("ledger", "rebuild", "--now", "2019-03-22T12:00:00+01:00", cwd=desk).returncode == 0
    put(desk, "dam.md", DAM, date="2019-03-23T10:00:00Z", dead=72, day="Saturday")
    assert origins(morning(desk, "2019-03-25")) == ["dam.md"]


def test_what_reached_nobody_has_read_nothing(desk: Path) -> None:
    (desk / "delivered").write_text("in the way")
    put(desk, "ballot.md", BALLOT, date="2019-03-21T18:00:00Z")
    assert call("run", "--now", "2019-03-22T06:31:00+01:00", cwd=desk).returncode == 4
    (desk / "delivered").unlink()
    put(desk, "dam.md", DAM, date="2019-03-23T10:00:00Z", dead=72, day="Saturday")
    made = call("build", "--new", "--date", "2019-03-25", "--format", "json", "-o", "-", cwd=desk)
    assert origins(json.loads(made.stdout)) == ["ballot.md", "dam.md"]


def test_new_without_a_ledger_takes_everything(desk: Path) -> None:
    put(desk, "ballot.md", BALLOT, date="2019-03-01T18:00:00Z")
    made = call("build", "--new", "--date", "2019-03-25", "--format", "json", "-o", "-", cwd=desk)
    assert origins(json.loads(made.stdout)) == ["ballot.md"]
    assert call("build", "--date", "2019-03-25", "-o", "-", "--format", "json", cwd=desk).returncode == 1
