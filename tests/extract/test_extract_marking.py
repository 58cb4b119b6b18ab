"""Who may read a source, as it says itself, and what a brief may therefore not print."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from briefing.extract.marking import is_marking, marking_of, within_marking, without_label
from tests.making import article

CUT_OFF = datetime(2021, 5, 4, 5, tzinfo=UTC)


@pytest.mark.parametrize(
    ("line", "only"),
    [
        ("TLP:RED", True),
        ("TLP: AMBER+STRICT", True),
        ("CONFIDENTIAL - NOT FOR PUBLICATION", True),
        ("*** TLP:GREEN ***", True),
        ("EMBARGOED UNTIL 6 MAY 2021 00:01 GMT", True),
        ("Sperrfrist: 6. Mai 2021", True),
        ("TLP:RED means that nobody else may read it.", False),
        ("The embargo on grain ended on Monday.", False),
        ("Confidential papers were found in the mill.", False),
    ],
)
def test_a_line_that_only_marks(line: str, *, only: bool) -> None:
    assert is_marking(line) is only


def test_the_narrowest_label_and_the_embargo_count() -> None:
    lines = ["TLP:GREEN", "Embargoed until 6 May 2021", "The mill burned.", "TLP:AMBER"]
    assert marking_of("[TLP:CLEAR] Mill", lines) == ("TLP:AMBER", date(2021, 5, 6))
    assert marking_of("Mill burns", ["The mill burned on Monday."]) == (None, None)
    assert without_label("[TLP:RED] River note") == "River note"


@pytest.mark.parametrize(
    ("marked", "brief", "allowed", "kept"),
    [
        ("TLP:RED", "TLP:GREEN", (), False),
        ("TLP:RED", "TLP:RED", (), True),
        ("TLP:RED", "TLP:GREEN", ("TLP:RED",), True),
        ("TLP:AMBER+STRICT", "TLP:AMBER", (), False),
        ("TLP:AMBER", "TLP:AMBER", (), True),
        ("TLP:AMBER", None, (), False),
        ("TLP:GREEN", None, (), True),
        (None, "TLP:GREEN", (), True),
    ],
)
def test_a_brief_prints_nothing_above_its_marking(
    marked: str | None, brief: str | None, allowed: tuple[str, ...], *, kept: bool
) -> None:
    one = replace(article("Text."), marking=marked)
    found, told = within_marking([one], marking=brief, allowed=allowed, cut_off=CUT_OFF)
    assert found == ((one,) if kept else ())
    assert bool(told) is not kept


@pytest.mark.parametrize(
    ("until", "allowed", "kept"),
    [
        (datetime(2021, 5, 6, tzinfo=UTC), (), False),
        (datetime(2021, 5, 4, 5, tzinfo=UTC), (), True),
        (date(2021, 5, 6), (), False),
        (date(2021, 5, 6), ("embargo",), True),
        (date(2021, 5, 4), (), True),
    ],
)
def test_what_is_under_embargo_waits(until: date, allowed: tuple[str, ...], *, kept: bool) -> None:
    one = replace(article("Text."), embargo=until)
    assert bool(within_marking([one], marking="TLP:RED", allowed=allowed, cut_off=CUT_OFF)[0]) is kept
