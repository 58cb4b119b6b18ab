"""What tells a story's news: rows at, just under and just over each bound of `worths` and `tell`."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from briefing.models import Quotability
from briefing.ranking import Budget, tell, worths
from briefing.ranking.fusion import AS_GOOD
from tests.test_selection import CREWS, FERRY, SCHOOLS, STORM, made, texts

if TYPE_CHECKING:
    from briefing.models import Ranked

NAMED = "Crews from Alba and Brem cleared the road."
ALONE, NEEDS = Quotability.ALONE, Quotability.NEEDS_PREVIOUS


@pytest.mark.parametrize(
    ("values", "told"),
    [
        ((1.0, 0.69, 0.0), [STORM]),
        ((1.0, 0.7, 0.0), [STORM, SCHOOLS]),
        ((1.0, 0.71, 0.0), [STORM, SCHOOLS]),
        ((0.5, 0.34, 0.0), [STORM]),
        ((0.5, 0.36, 0.0), [STORM, SCHOOLS]),
        ((0.9, 1.0, 0.8), [SCHOOLS, FERRY]),  # what stands before the best is a scene
        ((0.94, 1.0, 0.8), [SCHOOLS, FERRY]),
        ((0.96, 1.0, 0.8), [STORM, SCHOOLS, FERRY]),  # but for what is as good
        ((0.0, 0.0, 0.0), []),
        ((0.0, 0.0, 0.1), [FERRY]),
    ],
)
def test_what_is_nearly_as_good_follows_the_best(values: tuple[float, ...], told: list[str]) -> None:
    assert texts(tell([made(STORM, SCHOOLS, FERRY)], [values], budget=Budget(words=60))) == told


@pytest.mark.parametrize(
    ("line", "follows"),
    [
        ("The ferry, said Alba's mayor, is “gone for good”.", True),
        ("“The ferry is gone for good”, said Alba's mayor.", False),
    ],
)
def test_what_follows_is_told_in_the_reporters_words(line: str, *, follows: bool) -> None:
    told = texts(tell([made(STORM, line)], [(1.0, 1.0)], budget=Budget(words=60)))
    assert told == [STORM, line][: 1 + follows]
    assert texts(tell([made(line, STORM)], [(1.0, 0.0)], budget=Budget(words=60))) == [line]


@pytest.mark.parametrize(
    ("budget", "told"),
    [
        (Budget(words=8), [STORM]),  # with a fifth more, nine words: two sentences have ten
        (Budget(words=9), [STORM, SCHOOLS]),
        (Budget(words=10), [STORM, SCHOOLS]),
        (Budget(words=1), [STORM]),  # one, whatever its length
        (Budget(words=None, sentences=1), [STORM]),
        (Budget(words=None, sentences=2), [STORM, SCHOOLS]),
    ],
)
def test_what_follows_keeps_within_the_budget(budget: Budget, told: list[str]) -> None:
    assert texts(tell([made(STORM, SCHOOLS)], [(1.0, 0.9)], budget=budget)) == told


def titled(ranked: Ranked) -> Ranked:
    return replace(ranked, text=replace(ranked.text, title_words=("a",), title_stems=("a",)))


@pytest.mark.parametrize(("score", "first"), [(0.84, True), (0.82, False)])
def test_without_a_title_the_first_sentence_is_worth_more(score: float, first: bool) -> None:  # noqa: FBT001 - a row
    untitled = replace(made(NAMED, "Crews out of Alba reached Brem."), scores=(score, 1.0))
    one, other = worths(untitled)
    assert (one >= AS_GOOD * other) is first
    one, other = worths(titled(untitled))
    assert one < AS_GOOD * other


@pytest.mark.parametrize(
    ("line", "worth"),
    [
        ("Crews from Alba cleared the road today.", 0.8),
        (NAMED, 1.0),
        ("Crews from Alba, Brem and Corrow cleared roads.", 1.0),
        ("Crews from Alba and Brem cleared the road", 0.8),  # no stop
        ("Crews cleared the whole long road", 0.64),
        ("Crews of Alba reached Brem.", 0.0),  # five words
        ("Crews out of Alba reached Brem.", 1.0),
        ("Crews sent out of Alba reached Brem.", 1.0),
    ],
)
def test_a_sentence_is_worth_what_it_tells_by_itself(line: str, worth: float) -> None:
    assert worths(titled(made(NAMED, line))) == pytest.approx((1.0, worth))


@pytest.mark.parametrize(
    ("standing", "worth"), [((ALONE, ALONE), (1, 1)), ((NEEDS, ALONE), (1, 1)), ((ALONE, NEEDS), (1, 0))]
)
def test_only_an_articles_first_sentence_may_lean_on_none(
    standing: tuple[Quotability, Quotability], worth: tuple[float, float]
) -> None:
    lines = ((NAMED, standing[0]), ("Crews out of Alba reached Brem.", standing[1]))
    assert worths(titled(made(*lines))) == worth


def test_one_that_is_too_short_serves_where_all_are() -> None:
    assert worths(titled(made(CREWS, STORM))) == pytest.approx((0.8, 0.8))


@pytest.mark.parametrize(
    ("line", "told"),
    [("Alba against Brem 12 to 14", False), ("Alba against Brem in 12 lines", True), ("Alba against Brem", True)],
)
def test_a_row_of_a_table_is_worth_nothing_even_where_there_is_nothing_else(line: str, *, told: bool) -> None:
    assert (worths(made((line, Quotability.FRAGMENT)))[0] > 0) is told
