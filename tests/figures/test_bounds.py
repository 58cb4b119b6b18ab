"""What bounds the work on figures: counts of amounts, mentions and pairs, never seconds."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.figures import differences, disagreement
from briefing.figures.claims import MOST_PARTS, Claim, claims_of
from briefing.figures.disagreement import CROWD, contradictions
from briefing.figures.mentions import MOST_AMOUNTS, MOST_MENTIONS, mentions_of
from briefing.stories import group
from tests.figures.day import article

if TYPE_CHECKING:
    from briefing.models import Ranked

KILLED = "The flood in Marram killed {n} people on Monday evening, when the harbour wall gave way."


def claims(*texts: str) -> tuple[Claim, ...]:
    """Return the claims of a day, each text an article of an outlet and a story of its own."""
    ranked = [article(text, outlet=f"Outlet {n}") for n, text in enumerate(texts)]
    stories = {one.article.id: f"story {n}" for n, one in enumerate(ranked)}
    return claims_of(ranked, stories, aliases={}, packs=())[0]


def problems(ranked: tuple[Ranked, ...]) -> list[str]:
    """Return what is told of figures that were not compared."""
    _, found = differences(ranked, group(ranked, grades={}), aliases={}, language="en")
    return [f"{problem.origin}: {problem.reason}" for problem in found if not problem.lost]


@pytest.mark.parametrize(("amounts", "told"), [(MOST_AMOUNTS, MOST_AMOUNTS), (MOST_AMOUNTS + 1, 0)])
def test_a_sentence_of_more_amounts_than_any_statement_has_claims_nothing(amounts: int, told: int) -> None:
    listed = ", ".join(f"{n} killed" for n in range(12, 12 + amounts))
    assert len([*mentions_of(article(f"There were {listed}."))]) == told


@pytest.mark.parametrize("sentences", [MOST_MENTIONS - 1, MOST_MENTIONS, MOST_MENTIONS + 1, 3 * MOST_MENTIONS])
def test_of_an_article_the_first_figures_are_read(sentences: int) -> None:
    text = " ".join(f"The flood killed {n} people on Monday." for n in range(12, 12 + sentences))
    read = claims(text)
    assert [one.quantity.low for one in read] == list(range(12, 12 + min(sentences, MOST_MENTIONS)))
    one = article(text)
    told = f"{one.article.origin}: more than 60 figures; the first 60 are compared with other accounts"
    assert problems((one,)) == ([told] if sentences > MOST_MENTIONS else [])


@pytest.mark.parametrize(("articles", "differ"), [(CROWD, 1), (CROWD + 1, 0)])
def test_a_name_that_everybody_has_is_not_enough_to_compare_all(articles: int, differ: int) -> None:
    day = claims(*(KILLED.format(n=12 + n % 2 * 7) for n in range(articles)))
    assert len(contradictions(day)[0]) == differ


def test_pairs_that_share_the_rarest_names_are_compared_first(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of two names, on two and on four figures, the one on two has its pair where there is room for one more only."""
    rare = [KILLED.format(n=n).replace("Marram", "Port Nial") for n in (12, 19)]
    day = claims(*(KILLED.format(n=n) for n in (12, 19, 30, 45)), *rare)
    groups, too_many = contradictions(day)
    assert (len(groups), too_many) == (2, False)
    monkeypatch.setattr(disagreement, "MOST_PAIRS", 1)
    (rarest,), too_many = contradictions(day)
    assert too_many
    assert {name for one in rarest for name in one.names} == {"port", "nial"}
    told = "figures: more than 200,000 pairs of figures; those of the most common names were not compared"
    assert problems(tuple(one.ranked for one in day)) == [told]


@pytest.mark.parametrize("articles", [400, 800])
def test_the_work_of_a_day_grows_as_its_articles_do(articles: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """A day of short reports on events of one kind: what is compared, and how many numbers are tried as the rest."""
    compared = tried = 0
    comparable, given_beside = disagreement.is_comparable, disagreement._given_beside

    def counting_comparable(one: Claim, other: Claim) -> bool:
        nonlocal compared
        compared += 1
        return comparable(one, other)

    def counting_given(*args: object) -> object:
        nonlocal tried
        for number in given_beside(*args):  # type: ignore[arg-type] # handed through
            tried += 1
            yield number

    monkeypatch.setattr(disagreement, "is_comparable", counting_comparable)
    monkeypatch.setattr(disagreement, "_given_beside", counting_given)
    towns = [f"Marram{n}" for n in range(articles // 40)]
    contradictions(
        claims(*(KILLED.format(n=10 + n * 7 % 50).replace("Marram", towns[n % len(towns)]) for n in range(articles)))
    )
    assert 0 < compared <= articles * 20
    assert 0 < tried <= compared * MOST_PARTS * 2


# each day is analysed anew
@given(st.lists(st.tuples(st.integers(3, 40), st.sampled_from(["Marram", "Oru", "Marram and Oru"])), max_size=14))
def test_the_index_finds_the_parts_that_a_search_through_the_day_finds(rows: list[tuple[int, str]]) -> None:
    day = claims(*(f"{KILLED.format(n=n).replace('Marram', where)} {n}" for n, where in rows))
    keys = {key for one in day for key in disagreement._keys(one)}
    index = disagreement.Numbers(day, keys)
    for one, other in combinations(day, 2):
        assert index.add_up(one, other) == searched(one, other, day)


def searched(one: Claim, other: Claim, day: tuple[Claim, ...]) -> bool:
    lower, higher = sorted((one, other), key=lambda claim: claim.quantity.high)
    missing = higher.quantity.low - lower.quantity.low
    near = {
        each.quantity.low
        for each in day
        if each.kind == higher.kind
        and each.article not in {lower.article, higher.article}
        and ({*each.names} & {*higher.names} or each.story == higher.story)
        and each.quantity.low < missing + 1
    }
    return missing in near or any(sum(pair) == missing for pair in combinations(sorted(near)[:MOST_PARTS], 2))
