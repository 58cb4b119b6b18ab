from __future__ import annotations

from dataclasses import replace

import pytest

from benchmarks.quality.story_sets import b_cubed, count, same
from briefing.compose import Weight
from briefing.explain import Explanation, as_values, explanation_lines
from briefing.models import Story
from briefing.stories import Corroboration
from tests.making import article, ranked

LEAD = ranked(article("The ferry sank at its berth.", origin="in/lead.txt"))
OTHER = ranked(article("A ferry went down in the harbour.", origin="in/other.txt"))
KIN = (
    Corroboration(
        article=OTHER.article.id, origin="in/other.txt", same=True, likeness=0.9312, shared=("ferry", "berth")
    ),
    Corroboration(article="0123456789ab", origin="in/near.txt", same=False, likeness=0.4, shared=()),
)
EXPLAINED = Explanation(
    articles={},
    ranked=LEAD,
    story=Story(id="s1", lead=LEAD, others=(OTHER,), independent=2),
    weight=Weight(story="s1", total=1.4, signs=(("deeds", 0.8), ("today", 0.6))),
    place=3,
    is_key_point=True,
    kin=KIN,
    figures=(),
    sections=(),
    sentences=(),
)


def test_people_are_told_what_makes_two_articles_one_story_and_what_keeps_them_apart() -> None:
    lines = list(explanation_lines(EXPLAINED))
    assert "  same event  in/other.txt: likeness 0.93; both leads say ferry, berth" in lines
    assert "  near miss   in/near.txt: likeness 0.40 of 0.69; both leads say nothing alike" in lines


def test_people_are_told_what_a_story_weighs_and_why() -> None:
    lines = list(explanation_lines(EXPLAINED))
    assert "  weight      1.40, number 3 of the day: deeds +0.80, today +0.60; a key point" in lines
    assert as_values(EXPLAINED)["weight"] == {
        "total": 1.4,
        "place": 3,
        "signs": {"deeds": 0.8, "today": 0.6},
        "key_point": True,
    }


def test_a_kind_is_told_with_the_signs_that_decided() -> None:
    column = ranked(article("I know my ferry, and I love it.", "My neighbours laugh at me."), language="en")
    explained = replace(EXPLAINED, ranked=column)
    signs = {"speaks of its writer": 2, "nobody says anything": 1}
    lines = list(explanation_lines(explained))
    assert "  kind        opinion, 3 points: speaks of its writer +2, nobody says anything +1" in lines
    assert as_values(explained)["kind"] == {"name": "opinion", "points": 3, "signs": signs, "nearly": None}
    near = "1 of 3 points for opinion: nobody says anything +1"
    assert f"  kind        news; {near}" in list(explanation_lines(EXPLAINED))
    assert as_values(EXPLAINED)["kind"]["nearly"]["points"] == 1


def test_programs_are_told_the_same() -> None:
    story = as_values(EXPLAINED)["story"]
    assert story["accounts"] == [
        {"id": OTHER.article.id, "origin": "in/other.txt", "likeness": 0.9312, "shared": ["ferry", "berth"]}
    ]
    assert [kin["origin"] for kin in story["near_misses"]] == ["in/near.txt"]


DAY = tuple(ranked(article("Text.", origin=f"in/{name}.txt")) for name in "abcd")
A, B, C, D = (one.article.id for one in DAY)
TRUTH = {A: ("one", frozenset({"one"})), B: ("one", frozenset({"one"})), C: (C, frozenset({"one"}))}


def test_what_is_open_counts_neither_way() -> None:
    assert [same(TRUTH, A, other) for other in (B, C, D)] == [True, None, False]


@pytest.mark.parametrize(
    ("groups", "precision", "recall", "f1"),
    [
        ([[A, B], [C], [D]], 1.0, 1.0, 1.0),
        ([[A, B, C], [D]], 1.0, 1.0, 1.0),  # C may go with them
        ([[A], [B], [C], [D]], 1.0, 0.0, 2 * 0.75 / 1.75),
        ([[A, B, D], [C]], 1 / 3, 1.0, 2 * (2 / 3) / (5 / 3)),
    ],
)
def test_groups_are_measured_by_pairs_and_by_articles(
    groups: list[list[str]], precision: float, recall: float, f1: float
) -> None:
    pairs = count([DAY], TRUTH, lambda _day: groups)
    assert (pairs.precision, pairs.recall) == pytest.approx((precision, recall))
    assert b_cubed([DAY], TRUTH, lambda _day: groups) == pytest.approx(f1)
