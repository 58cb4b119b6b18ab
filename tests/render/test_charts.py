"""Stories by edition: bars with their numbers, in every edition that can show them."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from briefing.config import Page
from briefing.edition import PastEdition
from briefing.render import render, shipped_templates
from briefing.render.references import HEIGHT, history_view
from briefing.render.view import accents_of
from briefing.render.words import read_words

if TYPE_CHECKING:
    from briefing.edition import Brief

WORDS = read_words("en", [shipped_templates() / "standard"], timezone="UTC")
FIRST = date(2024, 5, 1)


def _view(brief: Brief) -> dict[str, Any]:
    view = history_view(brief, WORDS, accents_of(brief))
    assert view is not None
    return view


def test_the_first_edition_has_no_chart(brief: Brief) -> None:
    first = replace(brief, history=())
    assert history_view(first, WORDS, accents_of(first)) is None
    made = dict(render(first, formats=("html", "md", "txt"), page=Page(), templates=[]).files)
    assert not [name for name, content in made.items() if b"Stories in" in content]


def test_every_section_has_its_counts_in_words_too(brief: Brief) -> None:
    rows = _view(brief)["rows"]
    assert [row["line"] for row in rows] == [
        "Roads and bridges: 4, 1, 2",
        "The sea: –, 5, 3",
        "Health: 1, 0, 0",
        "Also today: 0, 3, 2",
    ]


def test_bars_stand_on_one_scale_and_leave_unknown_places_empty(brief: Brief) -> None:
    view = _view(brief)
    assert view["most"] == "tallest bar: 5"
    roads, sea, health, _ = (row["bars"] for row in view["rows"])
    assert [bar["height"] for bar in roads] == [16.0, 4.0, 8.0]
    assert [bar["height"] for bar in sea] == [HEIGHT, 12.0]
    assert [bar["height"] for bar in health] == [4.0, 1.0, 1.0]
    assert all(bar["y"] + bar["height"] == HEIGHT for bar in (*roads, *sea, *health))
    assert {bar["x"] for bar in sea} < {bar["x"] for bar in roads}


@pytest.mark.parametrize("editions", [1, 9])
def test_bars_stay_inside_of_the_chart(brief: Brief, editions: int) -> None:
    days = [FIRST + timedelta(days=n) for n in range(editions)]
    history = tuple(PastEdition(id=str(day), date=day, articles=3, stories={"roads": 40}) for day in days)
    view = _view(replace(brief, history=history))
    ends = [bar["x"] + 7 for row in view["rows"] for bar in row["bars"]]
    assert max(ends) == view["width"]
    assert min(bar["x"] for row in view["rows"] for bar in row["bars"]) >= 0


def test_text_of_a_chart_is_text(files: dict[str, bytes]) -> None:
    page = files["brief.html"].decode()
    chart = page[page.index('class="history"') : page.index('class="scale"')]
    assert chart.count("<svg") == 4
    assert "<text" not in chart
    assert re.findall(r'class="value">(\d+)<', chart) == ["2", "3", "0", "2"]
