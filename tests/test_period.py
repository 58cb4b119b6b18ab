from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from briefing.config import BriefSettings
from briefing.edition import EditionInfo, cut_off_of, plan_edition
from briefing.extract.period import within_period
from briefing.models import Moment
from tests.making import article

PARIS = ZoneInfo("Europe/Paris")


def edition(hours: int | None) -> EditionInfo:
    settings = BriefSettings(timezone="Europe/Paris", period_hours=hours)
    cut_off = cut_off_of(date(2019, 3, 21), at="06:30", zone=PARIS)
    return plan_edition(settings, day=date(2019, 3, 21), built_at=cut_off, cut_off=cut_off)


def test_a_day_is_cut_off_at_its_hour_or_at_its_end() -> None:
    assert cut_off_of(date(2019, 3, 21), at="06:30", zone=PARIS) == datetime(2019, 3, 21, 5, 30, tzinfo=UTC)
    assert cut_off_of(date(2019, 3, 21), at=None, zone=PARIS) == datetime(2019, 3, 21, 23, 0, tzinfo=UTC)
    # On the night of a change of the clock the day is 23 hours long, and ends all the same.
    assert cut_off_of(date(2019, 3, 31), at=None, zone=PARIS) == datetime(2019, 3, 31, 22, 0, tzinfo=UTC)


def test_an_edition_is_named_after_its_day_and_tells_its_period() -> None:
    planned = edition(24)
    assert (planned.id, planned.date) == ("2019-03-21", date(2019, 3, 21))
    assert planned.period_start == datetime(2019, 3, 20, 5, 30, tzinfo=UTC)
    assert edition(None).period_start is None


@pytest.mark.parametrize(
    ("published", "reason"),
    [
        (datetime(2019, 3, 20, 5, 30, tzinfo=UTC), None),
        (datetime(2019, 3, 20, 5, 29, tzinfo=UTC), "published 2019-03-20, before the period"),
        (datetime(2019, 3, 21, 5, 30, tzinfo=UTC), None),
        (datetime(2019, 3, 21, 5, 31, tzinfo=UTC), "published 2019-03-21, after the cut-off"),
        (date(2019, 3, 20), None),  # some hour of that day lies within
        (date(2019, 3, 21), None),
        (date(2019, 3, 19), "published 2019-03-19, before the period"),
        (date(2019, 3, 22), "published 2019-03-22, after the cut-off"),
        (None, None),  # undated: nothing says otherwise
    ],
)
def test_articles_outside_the_period_are_left_out_and_told(published: Moment | None, reason: str | None) -> None:
    kept, problems = within_period([article("Text.", published=published)], edition=edition(24), zone=PARIS)
    assert (len(kept), [problem.reason for problem in problems]) == ((1, []) if reason is None else (0, [reason]))


def test_without_a_period_everything_is_of_the_day() -> None:
    old = article("Text.", published=date(1999, 1, 1))
    assert within_period([old], edition=edition(None), zone=PARIS) == ((old,), ())


def test_without_a_period_no_date_after_the_day_is_believed() -> None:
    late = article("Text.", published=date(2030, 3, 20))
    kept, problems = within_period([late], edition=edition(None), zone=PARIS)
    assert [one.published for one in kept] == [None]
    assert [(problem.reason, problem.lost) for problem in problems] == [
        ("its date, 2030-03-20, is after the day of the brief and is left out", False)
    ]
