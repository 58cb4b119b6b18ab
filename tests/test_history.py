"""Earlier editions, read at the edge and counted."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from briefing.cli.making import MOST_PAST, earlier_than, numbered
from briefing.compose import past_edition
from briefing.config import BriefSettings
from briefing.edition import Brief, PastEdition, Section, json_bytes, plan_edition
from tests.render.sample import sample_brief

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


NOON = datetime(2024, 5, 14, 12, tzinfo=UTC)


def _brief(day: str, number: int | None = None) -> Brief:
    (story, *_), (article, *_) = sample_brief().sections[0].stories, sample_brief().articles
    made = {name: replace(story, id=name) for name in "abcde"}
    sea = Section(id="sea", title="Sea", stories=(made["a"], made["b"]), more=(made["c"],))
    harbour = Section(id="harbour", title="Harbour", stories=(made["b"], made["d"]), parent="sea")
    return Brief(
        edition=replace(sample_brief().edition, id=day, date=date.fromisoformat(day), number=number),
        key_points=(),
        sections=(sea, harbour),
        also_today=(made["e"],),
        articles=(article,),
        left_out=(),
    )


def _keep(output: Path, *days: str, number: int | None = None) -> None:
    for day in days:
        (output / day).mkdir(exist_ok=True)
        (output / day / "brief.json").write_bytes(json_bytes(_brief(day, number)))


def test_a_story_counts_once_in_a_section_and_those_under_it() -> None:
    assert past_edition(_brief("2024-05-14")) == PastEdition(
        id="2024-05-14",
        date=date(2024, 5, 14),
        articles=1,
        stories={"sea": 4, "harbour": 2, "also-today": 1},
    )


def test_the_last_editions_are_kept_oldest_first(tmp_path: Path) -> None:
    days = [f"2024-05-{day:02}" for day in range(1, 15)]
    _keep(tmp_path, *days)
    earlier = earlier_than(tmp_path, "2024-05-13")
    assert earlier is not None
    assert earlier.edition == "2024-05-12"
    assert [past.id for past in earlier.history] == days[12 - MOST_PAST : 12]


def test_an_edition_that_cannot_be_read_is_passed_over(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _keep(tmp_path, "2024-05-11", "2024-05-12", "2024-05-13")
    (tmp_path / "2024-05-12" / "brief.json").write_text('{"edition": {"id": "x", "date": "never"}, "sections": []}')
    earlier = earlier_than(tmp_path, "2024-05-14")
    assert earlier is not None
    assert [past.id for past in earlier.history] == ["2024-05-11", "2024-05-13"]
    assert "2024-05-12" in capsys.readouterr().err


def test_an_issue_is_numbered_after_the_newest_one_before_it(tmp_path: Path) -> None:
    head = plan_edition(BriefSettings(), day=date(2024, 5, 14), built_at=NOON, cut_off=NOON)
    assert numbered(head, earlier_than(tmp_path, head.id)).number == 1
    assert numbered(replace(head, number=7), None).number == 7
    _keep(tmp_path, "2024-05-10", "2024-05-11", "2024-05-12", "2024-05-15")
    _keep(tmp_path, "2024-05-11", number=41)
    for own, expected in ((None, 42), (3, 42), (60, 60)):  # of a round that knows of two slots, and of 59
        assert numbered(replace(head, number=own), earlier_than(tmp_path, head.id)).number == expected


def test_the_first_edition_has_no_past(tmp_path: Path) -> None:
    assert earlier_than(tmp_path, "2024-05-14") is None
