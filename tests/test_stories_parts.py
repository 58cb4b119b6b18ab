"""Articles that are compared part by part make the stories that they make together, wherever the parts are done."""

from __future__ import annotations

import os
import random
import sys
from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from importlib import import_module
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefing.parallel import ProcessExecutor, Shelf, batched, here
from briefing.per_document import TERMS
from briefing.stories import alike, group, runs, same_event, space
from briefing.stories.alike import Group, Joined
from briefing.stories.compared import compared, reader
from briefing.stories.near_duplicates import near_duplicates as copies_of
from briefing.stories.same_event import Comparison, Events
from briefing.stories.space import EXACTLY, NEIGHBOURS, NEXT, Space
from briefing.stories.space import TERMS as TELLING
from tests.making import article, ranked

if TYPE_CHECKING:
    from collections.abc import Iterator

    from briefing.models import Ranked

COPIES = import_module("briefing.stories.near_duplicates")  # the package has its function by that name
NOON = datetime(2021, 5, 4, 12, tzinfo=UTC)
WORDS = [f"{first}{second}{third}" for first in "bdfgklmprst" for second in "aeiou" for third in ("n", "r", "st", "lm")]


def day(seed: int, count: int = 60) -> list[Ranked]:
    """Return reprints, cut and edited, accounts that share names, and articles that are like none."""
    chance = random.Random(seed)  # noqa: S311 - the same articles each time
    lines = [" ".join(chance.choices(WORDS, k=chance.randrange(5, 14))) for _ in range(count)]
    made: list[list[str]] = []
    for _ in range(count):
        told = chance.choices(lines, k=chance.randrange(2, 8))
        if made and chance.random() < 0.5:
            told = list(chance.choice(made))
            told[chance.randrange(len(told))] = chance.choice(
                [*lines, f"{chance.choice(lines)} {chance.randrange(90)}"]
            )
        made.append(told)
    return [
        ranked(
            article(
                *(f"{line.capitalize()}." for line in told),
                origin=f"in/{number:04}.txt",
                outlet=f"Outlet {number % 7}",
                published=NOON + timedelta(hours=chance.randrange(60)),
            ),
            language=chance.choice(["en", "en", "fr"]),
        )
        for number, told in enumerate(made)
    ]


def whole_day(wordings: Iterator[bytes], count: int, _: object) -> list[Group]:
    """Stand in for what looks for groups: all is one."""
    assert len(list(wordings)) == count
    return [Group(tuple(range(count)), {})]


def together(ranked: list[Ranked]) -> list[list[Ranked]]:
    """Return the articles of one event as all pairs at once tell."""
    events = Events(ranked, reader())
    part = events._part._replace(pairs=events._candidates())
    groups = sorted(map(sorted, Comparison(part).groups()))
    return [[events.ranked[place] for place in places] for places in groups]


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize(
    "bounds",
    [{}, {"SHARDS": 1}, {"SHARDS": 13}, {"BLOCK": 3}, {"SAMPLED": 40}, {"COMMON": 4, "MANY": 1}],
    ids=str,
)
def test_copies_are_those_of_the_whole_day(seed: int, bounds: dict[str, int], monkeypatch: pytest.MonkeyPatch) -> None:
    given = day(seed)
    whole = [] if "COMMON" in bounds else [copies_of_all(given, monkeypatch)]
    for name, value in bounds.items():
        monkeypatch.setattr(runs if name == "BLOCK" else alike, name, value)
    found = [copies_of(given, reader())]
    monkeypatch.setattr(COPIES, "JOB", 1)
    found.append(copies_of(given, reader()))
    monkeypatch.setattr(COPIES, "LARGE", 2)
    found.append(copies_of(given, reader()))
    assert all(one == found[0] for one in (*found, *whole))
    assert len(found[0]) > 5


def copies_of_all(given: list[Ranked], monkeypatch: pytest.MonkeyPatch) -> list[tuple[int, int, float]]:
    with monkeypatch.context() as patch:
        patch.setattr(COPIES, "groups_of", whole_day)
        return copies_of(given, reader())


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize(("name", "value"), [("JOB", 1), ("JOB", 64), ("LARGE", 1)])
def test_events_are_those_of_the_whole_day(seed: int, name: str, value: int, monkeypatch: pytest.MonkeyPatch) -> None:
    given = day(seed)
    monkeypatch.setattr(same_event, name, value)
    found = Events(given, reader()).told(here())
    assert found == together(given)
    assert len(found) < len(given) - 5


def by_plain_loops(known: Space) -> set[tuple[int, int]]:
    """Return the pairs worth a look as one article after the other looks for them."""
    telling = {
        place: sorted(zip(weights, terms, strict=True), key=lambda pair: (-pair[0], known._terms[pair[1]]))[:TELLING]
        for place, (terms, weights) in known._vectors.items()
    }
    having: dict[int, list[int]] = {}
    for place, pairs in telling.items():
        for _, term in pairs:
            having.setdefault(term, []).append(place)
    found = set()
    for place, pairs in telling.items():
        shared = Counter[int]()
        for _, term in pairs:
            at = having[term].index(place)
            for other in having[term][max(0, at - NEXT) : at + NEXT + 1]:
                shared[other] += round(known._rare[term] * EXACTLY)
        del shared[place]
        nearest = sorted(shared, key=lambda other: (-shared[other], other))[:NEIGHBOURS]
        found |= {(min(place, other), max(place, other)) for other in nearest}
    return found


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("block", [3, 1_000, 1_000_000])
@pytest.mark.parametrize("shelf", [None, Shelf()], ids=["here", "shelf"])
def test_pairs_worth_a_look_are_those_of_plain_loops(
    seed: int, block: int, shelf: Shelf | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(runs, "BLOCK", block)
    profiles = {3 * place: compared(one).profile for place, one in enumerate(day(seed, 90))}
    known = Space(profiles, shelf)
    found = list(known.candidates())
    assert set(found) == by_plain_loops(known)
    assert len(set(found)) > 90
    assert not [*Space({}, shelf).candidates()]


@pytest.mark.parametrize("seed", range(2))
def test_events_are_the_same_from_a_shelf(seed: int) -> None:
    given = day(seed)
    assert Events(given, reader(), Shelf()).told(here()) == together(given)


def test_where_it_is_done_and_what_is_known_change_no_story() -> None:
    given = day(9, 200)
    known = {one.article.id: compared(one) for one in given[::2]}
    expected = group(given, grades={})
    mixed = random.Random(1).sample(given, len(given))  # noqa: S311 - one order of many
    with ProcessExecutor(replace(TERMS, apart=lambda *_: True), most=2) as executor:
        assert group(given, grades={}, known=known, executor=executor) == expected
        others = group(mixed, grades={}, known=known, executor=executor)
    told, again = (
        {(story.id, frozenset(one.article.id for one in story.articles), frozenset(story.copies)) for story in stories}
        for stories in (expected, others)
    )
    assert told == again


def dying(*_: Any) -> Any:  # noqa: ANN401 - as any job
    """Stand in for a job whose process is killed; it can be done where the tests run."""
    if "pytest" not in sys.modules:
        os._exit(9)
    return (ALIKE_IN if isinstance(_[0], alike.Shard) else NEAREST_IN)(*_)


ALIKE_IN, NEAREST_IN = alike.alike_in, space.nearest_in


def test_a_process_that_is_killed_costs_no_copy_and_no_event(monkeypatch: pytest.MonkeyPatch) -> None:
    given = day(3)
    copies, told = copies_of(given, reader()), Events(given, reader()).told(here())
    monkeypatch.setattr(alike, "alike_in", dying)
    monkeypatch.setattr(space, "nearest_in", dying)
    with ProcessExecutor(replace(TERMS, apart=lambda *_: True), most=1) as executor:
        assert copies_of(given, reader(), executor) == copies
        assert Events(given, reader()).told(executor) == told


@given(st.lists(st.tuples(st.integers(0, 19), st.integers(0, 19)), max_size=30))
@settings(max_examples=50)
def test_what_is_joined_is_one_group(pairs: list[tuple[int, int]]) -> None:
    joined = Joined(20)
    groups = [{number} for number in range(20)]
    for one, other in pairs:
        joined.join(one, other)
        (first,), (second,) = ([group for group in groups if each in group] for each in (one, other))
        if first is not second:
            groups.remove(second)
            first |= second
    assert joined.groups() == sorted(map(sorted, groups))


@pytest.mark.parametrize(
    ("sizes", "expected"),
    [([], []), ([9], [1]), ([1, 1, 1], [3]), ([2, 2, 2], [2, 1]), ([9, 1, 1, 1], [1, 3]), ([1, 9, 1], [2, 1])],
)
def test_small_items_are_done_together(sizes: list[int], expected: list[int]) -> None:
    assert [len(batch) for batch in batched(["x" * size for size in sizes], 3)] == expected
