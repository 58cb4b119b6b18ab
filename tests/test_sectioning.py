"""What sections have room for: who comes first, and what becomes of the others."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from briefing.compose import Weight
from briefing.models import Placement, Quote
from briefing.sectioning import with_room
from briefing.themes import Placed
from tests.themes.themed import section, story, text

CUT_OFF = datetime(2019, 3, 21, 5, 30, tzinfo=UTC)
STORIES = {name: story(text(f"The ferry of {name} left its quay on Monday.", name=name)) for name in "abcd"}
SECTIONS = [section("one", ["ferry"], max_stories=2), section("two", ["mill"], max_stories=2)]


def placement(name: str, where: str, score: float) -> Placement:
    made = STORIES[name]
    quote = Quote(article=made.lead.article, sentence=made.lead.text.sentences[0], score=1.0)
    return Placement(story=made, section=where, score=score, terms=(), quotes=(quote,), prominence=1.0)


def told(*items: Placement, heaviest: int, weights: str) -> dict[str, str]:
    """Return by section which stories are told, in small letters, and which are named by their headlines alone."""
    weighed = {
        f"s-{name}": Weight(story=f"s-{name}", total=-float(order), signs=()) for order, name in enumerate(weights)
    }
    found = with_room(
        Placed(placements=items, verdicts=()), weighed, sections=SECTIONS, cut_off=CUT_OFF, heaviest=heaviest
    )
    result: dict[str, str] = {}
    for item in found.placements:
        name = item.story.id[2:]
        result[item.section] = result.get(item.section, "") + (name if item.quotes else name.upper())
    return result


@pytest.mark.parametrize(
    ("heaviest", "expected"),
    [
        pytest.param(0, {"one": "abCD"}, id="by importance in the section"),
        pytest.param(1, {"one": "aBCd"}, id="the heaviest of the day first"),
        pytest.param(4, {"one": "abCD"}, id="by importance where all are heavy"),
    ],
)
def test_the_heaviest_of_the_day_have_room_first(heaviest: int, expected: dict[str, str]) -> None:
    items = [placement(name, "one", score) for name, score in (("a", 9.0), ("b", 7.0), ("c", 5.0), ("d", 3.0))]
    assert told(*items, heaviest=heaviest, weights="dcba") == expected


def test_a_story_without_room_at_home_stands_nowhere_else_and_leaves_room_there() -> None:
    homes = [placement(name, "one", score) for name, score in (("a", 9.0), ("b", 7.0), ("c", 5.0))]
    seconds = [placement("c", "two", 9.0), placement("a", "two", 5.0), placement("d", "two", 3.0)]
    assert told(*homes, *seconds, heaviest=0, weights="abcd") == {"one": "abC", "two": "ad"}


def test_a_story_without_room_in_its_second_section_is_not_named_there() -> None:
    homes = [placement("a", "one", 9.0), placement("b", "two", 9.0), placement("c", "two", 8.0)]
    assert told(*homes, placement("a", "two", 1.0), heaviest=0, weights="abcd") == {"one": "a", "two": "bc"}
