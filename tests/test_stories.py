from __future__ import annotations

import random
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefing.models import Quotability, Ranked, Sentence, Story
from briefing.stories import group
from briefing.stories.lead import story_of
from tests.making import article, ranked

WIRE = [
    "The bridge at the northern ford was closed on Monday after the river rose by two metres in one night.",
    "Lorries with flour for the eastern towns had to turn back and wait for the ferry, a driver said.",
    "Engineers hope to open one lane within a week, once the pillars have been inspected by divers.",
    "It was the third closure since January and the longest of them so far.",
]
OWN = "Our reporter walked along the bank in the morning and found the market empty but for two fishmongers."
OTHER = [
    "Voters in the valley chose a new council on Sunday, with a turnout of fifty two per cent.",
    "Counting went on through the night because of a power cut in three of the eleven wards.",
]


def hour(hours: int) -> datetime:
    return datetime(2019, 3, 20, hours, tzinfo=UTC)


def tell(
    *paragraphs: str, name: str, at: datetime | date | None = None, outlet: str | None = None, language: str = "en"
) -> Ranked:
    return ranked(article(*paragraphs, origin=f"in/{name}.txt", published=at, outlet=outlet), language=language)


ORIGINAL = tell(*WIRE, name="wire", at=hour(6))


@pytest.mark.parametrize(
    ("other", "share"),
    [
        pytest.param(tell(*WIRE, name="verbatim", at=hour(7)), 1.0, id="word for word"),
        pytest.param(tell(*WIRE[:2], name="cut", at=hour(7)), 1.0, id="cut after two paragraphs"),
        pytest.param(tell(OWN, *WIRE, name="topped", at=hour(7)), 0.79, id="behind a paragraph of its own"),
        pytest.param(
            tell(WIRE[0].replace("Monday", "Monday evening"), *WIRE[1:], name="edited", at=hour(7)), 0.94, id="edited"
        ),
    ],
)
def test_a_reprint_is_a_copy_of_the_earlier_article(other: Ranked, share: float) -> None:
    (story,) = group([other, ORIGINAL], grades={})
    assert story.independent == 1
    (copy,) = story.copies
    assert (copy.article, copy.of) == (other.article.id, ORIGINAL.article.id)
    assert copy.share == pytest.approx(share, abs=0.03)


def test_headlines_of_other_pages_make_no_copy() -> None:
    menu = [f"Bridge of the {word} opens to carts and lorries" for word in ("valley", "hill", "lake", "moor", "weir")]
    one, other = tell("The harbour stayed shut.", *menu, name="one"), tell("A school was painted.", *menu, name="other")
    torn = [
        replace(made, text=replace(made.text, sentences=tuple(map(_without_stop, made.text.sentences))))
        for made in (one, other)
    ]
    assert any(story.copies for story in group([one, other], grades={}))
    assert not any(story.copies for story in group(torn, grades={}))


def _without_stop(sentence: Sentence) -> Sentence:
    return replace(sentence, quotability=Quotability.FRAGMENT) if sentence.text.startswith("Bridge") else sentence


def test_other_news_is_another_story() -> None:
    stories = group([ORIGINAL, tell(*OTHER, name="vote", at=hour(5)), tell(OWN, name="own")], grades={})
    assert [len(story.articles) for story in stories] == [1, 1, 1]
    assert not any(story.copies for story in stories)


def test_the_undated_article_is_taken_for_the_copy() -> None:
    (story,) = group(
        [tell(*WIRE, name="a-undated"), ORIGINAL, tell(*WIRE, name="day", at=date(2019, 3, 20))], grades={}
    )
    assert {copy.of for copy in story.copies} == {ORIGINAL.article.id}


@pytest.mark.parametrize(
    ("grades", "leads"),
    [
        ({}, "first"),  # of the same length: the earlier one
        ({"Second": "A"}, "second"),  # a grade comes before time
        ({"First": "C", "Second": "B"}, "second"),
        ({"First": "B", "Second": "B"}, "first"),
    ],
)
def test_the_best_source_leads(grades: dict[str, str], leads: str) -> None:
    first = tell(*WIRE, name="first", at=hour(6), outlet="First")
    second = tell(*WIRE, name="second", at=hour(7), outlet="Second")
    (story,) = group([first, second], grades=grades)
    assert story.lead.article.origin == f"in/{leads}.txt"
    assert story.copies[0].of == first.article.id  # who leads does not change who copied


def test_a_much_longer_article_leads() -> None:
    long = tell(*WIRE, *(f"{OWN} {number}" for number in range(10)), name="long", at=hour(9))
    (story,) = group([ORIGINAL, long], grades={})
    assert story.lead is long


@pytest.mark.parametrize(("added", "leads"), [(1, "wire"), (10, "long")])
def test_a_brief_notice_leads_no_story_whatever_its_grade(added: int, leads: str) -> None:
    wire = tell(*WIRE, name="wire", at=hour(6), outlet="First")
    long = tell(*WIRE, *(f"{OWN} {number}" for number in range(added)), name="long", at=hour(9), outlet="Second")
    (story,) = group([wire, long], grades={"First": "A", "Second": "C"})
    assert story.lead.article.origin == f"in/{leads}.txt"


@pytest.mark.parametrize(
    ("early", "late", "leads"),
    [(310, 290, "late"), (290, 310, "late"), (260, 240, "early"), (240, 260, "late"), (340, 260, "late")],
)
def test_the_longer_account_leads_by_the_hundred_words_and_of_alike_ones_the_latest(
    early: int, late: int, leads: str
) -> None:
    rows = {"early": (early, hour(6)), "late": (late, hour(9))}
    ten = "The crew opened the gate at noon on that day."
    told = [tell(" ".join([ten] * (count // 10)), name=name, at=at) for name, (count, at) in rows.items()]
    assert story_of(told, (), {}).lead.article.origin == f"in/{leads}.txt"


def test_five_hundred_exact_copies_are_one_story() -> None:
    (story,) = group([tell(*WIRE, name=f"{n:03}", at=hour(6)) for n in range(500)], grades={})
    assert (len(story.articles), story.independent, len(story.copies)) == (500, 1, 499)


@pytest.mark.parametrize("paragraphs", [(), ("Yes.",), ("12 34.",), ("Two words.", "Two words.")])
def test_tiny_articles_do_not_stick_together_by_accident(paragraphs: tuple[str, ...]) -> None:
    stories = group([tell(*paragraphs, name="tiny"), ORIGINAL, tell(name="empty")], grades={})
    assert len(stories) == 3


def shape(stories: tuple[Story, ...]) -> set[tuple[str, frozenset[str], int]]:
    return {(s.id, frozenset(r.article.origin for r in s.articles), s.independent) for s in stories}


@settings(max_examples=25)
@given(st.randoms(use_true_random=False))
def test_the_order_of_arrival_does_not_matter(shuffler: random.Random) -> None:
    day = [ORIGINAL, tell(*WIRE[:3], name="cut", at=hour(7)), tell(OWN, *WIRE, name="top"), tell(*OTHER, name="vote")]
    mixed = list(day)
    shuffler.shuffle(mixed)
    assert shape(group(mixed, grades={})) == shape(group(day, grades={}))
