"""Key points: what carries the day, across sections."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from briefing.compose.keypoints import key_points
from briefing.models import Placement, Quote, Standing, Story
from tests.making import article, ranked

CUT_OFF = datetime(2019, 3, 21, 5, 30, tzinfo=UTC)
WORDS = ["river", "camp", "tower", "field", "orchard", "bridge", "market", "harbour"]


def placement(
    name: str,
    section: str,
    *,
    score: float = 2.0,
    independent: int = 1,
    rank: float = 0.5,
    figure: str = "",
    standing: Standing = Standing.ALONE,
    outlet: str | None = None,
    language: str = "en",
    age: float | None = None,
) -> Placement:
    """A story of one sentence about its own words."""
    made = article(f"{name} {name}a {name}b {figure}.", origin=name, outlet=outlet)
    made = made if age is None else replace(made, published=CUT_OFF - timedelta(hours=age))
    lead = ranked(made, language=language)
    sentence = replace(lead.text.sentences[0], standing=standing)
    return Placement(
        story=Story(id=name, lead=lead, independent=independent),
        section=section,
        score=score,
        terms=(),
        quotes=(Quote(article=made, sentence=sentence, score=rank),),
    )


def names(placements: list[Placement], count: int = 4, **more: object) -> list[str]:
    found = key_points(placements, count=count, cut_off=CUT_OFF, **more)  # type: ignore[arg-type] # a table's values
    return [point.quote.article.origin for point in found]


@pytest.mark.parametrize(
    "heavier",
    [
        {"score": 4.0},
        {"independent": 3},
        {"rank": 0.7},
        {"figure": "12"},
        {"outlet": "Good"},
    ],
)
def test_what_weighs_more_comes_first(heavier: dict[str, object]) -> None:
    placements = [placement("b", "s"), placement("a", "s", **heavier)]  # type: ignore[arg-type] # a table's values
    assert names(placements, grades={"Good": "A"}) == ["a", "b"]


def test_the_language_of_the_brief_comes_first() -> None:
    placements = [placement("a", "s", language="ar", rank=0.6), placement("b", "s")]
    assert names(placements, language="en") == ["b", "a"]
    assert names(placements) == ["a", "b"]


def test_the_day_before_yesterday_makes_room() -> None:
    placements = [placement("b", "s", age=60.0), placement("a", "s", age=1.0, rank=0.4)]
    assert names(placements) == ["a", "b"]


def test_every_strong_section_has_one_before_another_has_two_and_what_weighs_more_comes_first() -> None:
    placements = [
        placement("a", "one", rank=0.9),
        placement("b", "one", rank=0.8),
        placement("c", "two", rank=0.5),
        placement("d", "three", rank=0.1),
    ]
    assert names(placements, count=2) == ["a", "c"]
    assert names(placements, count=3) == ["a", "b", "c"]


def test_what_stands_deep_in_its_article_makes_room_for_the_beginnings() -> None:
    top, deep = placement("a", "one"), placement("b", "two", rank=0.9)
    sentence = replace(deep.quotes[0].sentence, start=900, end=950)
    deep = replace(deep, quotes=(replace(deep.quotes[0], sentence=sentence),))
    assert names([top, deep]) == ["a", "b"]
    assert names([deep]) == ["b"]


def test_doubtful_points_fill_up_to_three_and_no_further() -> None:
    def deep(name: str) -> Placement:
        made = placement(name, "one", rank=0.9)
        sentence = replace(made.quotes[0].sentence, start=900, end=950)
        return replace(made, quotes=(replace(made.quotes[0], sentence=sentence),))

    top = [placement(name, "two") for name in ("river", "camp", "tower", "field")]
    first, *others = names([*map(deep, WORDS[4:]), *top[:1]], count=5)
    assert (first, len(others)) == ("river", 2)
    assert sorted(names([*map(deep, WORDS[4:]), *top], count=5)) == ["camp", "field", "river", "tower"]


def test_what_no_stop_ends_may_be_a_headline_and_makes_room() -> None:
    ended, unended = placement("a", "one"), placement("b", "two", rank=0.9)
    sentence = replace(unended.quotes[0].sentence, text="b ba bb")
    unended = replace(unended, quotes=(replace(unended.quotes[0], sentence=sentence),))
    assert names([ended, unended]) == ["a", "b"]


def test_words_that_every_sentence_has_make_no_two_points_alike() -> None:
    said = [
        article("The court in Velden said on Monday that it had rejected the appeal.", origin="court"),
        article("The navy said on Monday that it had found the ferry in the strait.", origin="navy"),
    ]
    placements = [
        Placement(
            story=Story(id=made.origin, lead=ranked(made), independent=1),
            section="s",
            score=2.0,
            terms=(),
            quotes=(Quote(article=made, sentence=ranked(made).text.sentences[0], score=0.5),),
        )
        for made in said
    ]
    assert sorted(names(placements)) == ["court", "navy"]


def test_no_two_of_one_story() -> None:
    twice = placement("a", "one", rank=0.9)
    assert names([twice, replace(twice, section="two"), placement("b", "two", rank=0.2)]) == ["a", "b"]


def test_no_two_that_say_the_same() -> None:
    one = placement("a", "one", rank=0.9)
    other = placement("b", "two", rank=0.8)
    same = replace(other, quotes=(replace(one.quotes[0], article=other.story.lead.article),))
    assert names([one, same]) == ["a"]


def test_a_story_whose_best_sentence_is_told_already_is_left_out_and_not_told_by_a_worse_one() -> None:
    one, other = placement("a", "one", rank=0.9), placement("b", "two", rank=0.8)
    same, beside = replace(one.quotes[0], score=0.8), replace(other.quotes[0], score=0.3)
    assert names([one, replace(other, quotes=(same, beside)), placement("c", "two", rank=0.2)]) == ["a", "c"]


@pytest.mark.parametrize("standing", [standing for standing in Standing if standing is not Standing.ALONE])
def test_only_sentences_that_stand_alone(standing: Standing) -> None:
    assert names([placement("a", "one", standing=standing)]) == []


def test_never_more_than_asked_for_and_none_of_nothing() -> None:
    placements = [placement(word, f"s{index % 3}") for index, word in enumerate(WORDS)]
    assert len(names(placements, count=5)) == 5
    assert names(placements, count=0) == []
    assert names([]) == []
    assert names(placements) == names(placements[::-1])


def test_an_outlet_s_weight_lifts_its_stories() -> None:
    plain, lifted = placement("river", "north"), placement("camp", "north", rank=0.45)
    assert names([plain, lifted]) == ["river", "camp"]
    lifted = replace(lifted, story=replace(lifted.story, weight=1.5))
    assert names([plain, lifted]) == ["camp", "river"]
