"""What an outlet prints in many of its articles on a day is its furniture."""

from __future__ import annotations

from briefing.extract import without_repetitions
from briefing.models import Article, Removal
from tests.making import article

FURNITURE = "The Gazette is read in eleven valleys and belongs to its readers."
REASON = "stands in many of the outlet's articles"


def day(*texts: tuple[str, ...], outlet: str | None = "Canal Gazette") -> list[Article]:
    return [article(*lines, origin=f"in/{number}.txt", outlet=outlet) for number, lines in enumerate(texts)]


def story(number: int) -> tuple[str, ...]:
    return tuple(f"This is sentence {place} of story {number}, and of no other." for place in range(6))


def test_a_line_in_most_articles_of_an_outlet_goes() -> None:
    found = without_repetitions(day(*((*story(number), FURNITURE) for number in range(4)), story(9)))
    assert all(FURNITURE not in one.text for one in found)
    assert [one.removed for one in found[:4]] == [(Removal(text=FURNITURE, reason=REASON),)] * 4
    assert found[4].removed == ()


def test_twice_changes_nothing() -> None:
    once = without_repetitions(day(*((FURNITURE, *story(number)) for number in range(4))))
    assert without_repetitions(once) == once


def test_two_articles_or_a_few_of_many_are_not_enough() -> None:
    two = day(*((*story(number), FURNITURE) for number in range(2)))
    assert without_repetitions(two) == tuple(two)
    few = day(*((*story(number), FURNITURE) for number in range(3)), *(story(number) for number in range(3, 10)))
    assert without_repetitions(few) == tuple(few)


def test_copies_of_one_article_are_no_furniture() -> None:
    copies = day(*((*story(1), f"Ending {number} of the copy.") for number in range(5)))
    assert without_repetitions(copies) == tuple(copies)


def test_strangers_share_news() -> None:
    unknown = day(*((*story(number), FURNITURE) for number in range(5)), outlet=None)
    assert without_repetitions(unknown) == tuple(unknown)
    different = [
        article(*story(number), FURNITURE, origin=f"in/{number}", outlet=f"Outlet {number}") for number in range(5)
    ]
    assert without_repetitions(different) == tuple(different)


def test_a_line_in_the_middle_stays() -> None:
    middle = day(*((*story(number)[:5], FURNITURE, *story(number + 50)[:5]) for number in range(4)))
    assert without_repetitions(middle) == tuple(middle)


def test_order_is_kept_and_nothing_is_emptied() -> None:
    bare = day(*((FURNITURE,) for _ in range(1)), *((*story(number), FURNITURE) for number in range(3)))
    found = without_repetitions(bare)
    assert [one.origin for one in found] == [one.origin for one in bare]
    assert found[0].text == FURNITURE
