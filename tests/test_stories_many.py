"""Days on which thousands tell one thing: bounded work, and the same stories as on a small day."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta
from importlib import import_module
from typing import TYPE_CHECKING

import pytest

from briefing.compose import weighing
from briefing.stories import alike
from briefing.stories.alike import MANY
from briefing.stories.compared import reader
from briefing.stories.lead import independent_accounts
from briefing.stories.near_duplicates import _Wording
from briefing.stories.near_duplicates import near_duplicates as copies_of
from tests.making import article, ranked

if TYPE_CHECKING:
    from briefing.models import Ranked

MODULE = import_module("briefing.stories.near_duplicates")  # the package has its function by that name
NOON = datetime(2021, 5, 4, 12, tzinfo=UTC)
WORDS = [f"{first}{second}{third}" for first in "bdfgk" for second in "aeiou" for third in ("n", "r", "st", "lm")]


def told(chance: random.Random, words: int = 60) -> str:
    return " ".join(chance.choice(WORDS) for _ in range(words))


def day(copies: int, others: int) -> list[Ranked]:
    """Return near copies of one article, each with a word of its own, among articles that are like none."""
    chance = random.Random(3)  # noqa: S311 - the same articles each time
    wire = told(chance)
    texts = [f"{wire} own{number}" for number in range(copies)] + [told(chance) for _ in range(others)]
    return [
        ranked(article(f"{text}.", origin=f"in/{number:04}.txt", published=NOON + timedelta(minutes=number)))
        for number, text in enumerate(texts)
    ]


@pytest.mark.parametrize("many", [20, 3])
def test_every_near_copy_has_the_first_for_its_original(monkeypatch: pytest.MonkeyPatch, many: int) -> None:
    monkeypatch.setattr(MODULE, "MANY", many)
    found = copies_of(day(60, 10), reader())
    assert [(copy, original) for copy, original, _ in found] == [(number, 0) for number in range(1, 60)]


def test_what_others_stand_for_is_not_looked_up(monkeypatch: pytest.MonkeyPatch) -> None:
    looked_up: list[int] = []
    kept = _Wording.look_up

    def noted(self: _Wording, place: int) -> None:
        looked_up.append(place)
        kept(self, place)

    monkeypatch.setattr(_Wording, "look_up", noted)
    copies_of(day(60, 3), reader())
    assert looked_up == [*range(MANY + 1)]  # the others are like none


def test_a_sample_of_the_shingles_finds_the_same_copies(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = copies_of(day(12, 40), reader())
    monkeypatch.setattr(MODULE, "EXACT", 10)  # one shingle in six
    monkeypatch.setattr(alike, "SAMPLED", 20)
    assert copies_of(day(12, 40), reader()) == whole


def test_accounts_are_joined_through_others_whatever_their_order() -> None:
    one, other = (article("A line.", origin=f"{name}.txt", outlet=name) for name in ("a", "b"))
    both = article("(Reuters) - A line.", origin="c.txt", outlet="b")
    wire = article("(Reuters) - Another line.", origin="d.txt", outlet="c")
    assert independent_accounts([one, other]) == 2
    for accounts in ([one, other, both, wire], [wire, both, other, one], [both, one, wire, other]):
        assert independent_accounts(accounts) == 2
    assert independent_accounts([article("A line."), article("Another.")]) == 2


def test_shared_names_are_counted_as_far_as_they_count() -> None:
    texts = [f"Here Karim met {name} twice." for name in ("Salma", "Salma", "Nadim", "Nadim", "Nadim")]
    texts += [f"Nothing at all {number}." for number in range(30)]
    made = [ranked(article(text, origin=f"in/{n}.txt")) for n, text in enumerate(texts)]
    names = {one.article.id: weighing.signs_of(one).names for one in made}
    assert list(weighing._shared_names(names).values())[:6] == [4, 4, 4, 4, 4, 0]
    few = dict(list(names.items())[1:4])
    assert list(weighing._shared_names(few).values()) == [0, 1, 1]
