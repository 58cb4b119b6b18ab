"""Whether two amounts can both be right."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.figures.disagreement import agree, differ, name_same
from briefing.text import Quantity, quantities


def amount(text: str) -> Quantity:
    (found,) = quantities(text, "en")
    return found


@pytest.mark.parametrize(
    ("one", "other", "contradict"),
    [
        ("about 500", "480", False),
        ("300", "500", True),
        ("at least 300", "500", False),
        ("at least 300", "200", True),
        ("up to 500", "300", False),
        ("up to 500", "600", True),
        ("more than 70", "at least 100", False),
        ("2,500 to 3,000", "2,900", False),
        ("2,500 to 3,000", "3,200", True),
        ("750 million", "751 million", False),
        ("5 billion", "4.9 billion", False),
        ("31", "32", True),
        ("93.87", "90", True),
        ("almost 90", "88", False),
        ("dozens", "12", False),
        ("several hundred", "300", False),
        ("12", "280,000", False),  # too far apart to be of one thing
    ],
)
def test_amounts_contradict_each_other_or_not(one: str, other: str, contradict: bool) -> None:  # noqa: FBT001
    assert differ(amount(one), amount(other)) is contradict
    assert differ(amount(other), amount(one)) is contradict


def test_the_least_of_many_names_its_own_number() -> None:
    assert agree(amount("at least 58"), amount("72"))
    assert not name_same(amount("at least 58"), amount("72"))
    assert name_same(amount("at least 58"), amount("58"))


@given(st.integers(1, 10**9))
def test_a_number_agrees_with_itself(value: int) -> None:
    assert agree(amount(f"{value}"), amount(f"about {value}"))
    assert not differ(amount(f"{value}"), amount(f"{value}"))
