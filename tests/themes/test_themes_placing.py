"""Where stories go, and which sentences each section prints of them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefing.models import Ranked, Standing, Story
from briefing.ranking import Budget
from briefing.themes import Placed, Rules, compile_sections, place
from tests.themes.themed import section, story, text

if TYPE_CHECKING:
    from collections.abc import Sequence

SECTIONS = [
    section("land", ["enclave", "village", "siege"]),
    section("held", ["prisoner", "camp", "surrender"]),
    section("force", ["coalition", "airstrike"]),
]
THEMES = compile_sections(SECTIONS, {})
LAND = "Fighters lost the last village of the enclave on Monday morning."
HELD = "Prisoners were taken to a camp behind the hills after the surrender."
BOTH = "The enclave emptied when its prisoners reached the camp by lorry."
FORCE = "Coalition pilots flew two sorties over the river on Sunday."
NEUTRAL = "Rain fell on the valley and farmers counted their sacks of wheat."


def placed(stories: Sequence[Story], words: int = 60) -> Placed:
    return place(stories, THEMES, Rules(budgets={item.id: Budget(words=words) for item in SECTIONS}))


def printed(found: Placed) -> dict[tuple[str, str], list[str]]:
    return {(p.story.id, p.section): [quote.sentence.text for quote in p.quotes] for p in found.placements}


def test_a_story_serves_two_sections_each_with_its_own_sentences() -> None:
    found = placed([story(text(LAND, NEUTRAL, HELD))])
    assert printed(found) == {("s-a", "land"): [LAND], ("s-a", "held"): [HELD]}


def test_a_neutral_sentence_is_not_printed_because_its_article_is() -> None:
    assert printed(placed([story(text(NEUTRAL, LAND))])) == {("s-a", "land"): [LAND]}


def test_a_title_about_the_section_brings_no_neutral_sentence_into_it() -> None:
    assert placed([story(text(NEUTRAL, "Nobody else came.", title="The siege ends"))]).placements == ()
    found = placed([story(text(NEUTRAL, LAND, title="The siege ends"))])
    assert printed(found) == {("s-a", "land"): [LAND]}


@pytest.mark.parametrize("standing", [Standing.QUESTION, Standing.SHOWING, Standing.FRAGMENT])
def test_what_tells_nothing_brings_no_story_into_a_section(standing: Standing) -> None:
    made = text(LAND, NEUTRAL)
    first, second = made.sentences
    made = replace(made, sentences=(replace(first, standing=standing), second))
    assert placed([story(made)]).placements == ()
    assert printed(placed([story(made), story(text(LAND, name="b"))])) == {("s-b", "land"): [LAND]}


def test_an_article_of_fragments_alone_is_quoted_all_the_same() -> None:
    made = text(LAND, NEUTRAL)
    made = replace(made, sentences=tuple(replace(item, standing=Standing.FRAGMENT) for item in made.sentences))
    assert printed(placed([story(made)])) == {("s-a", "land"): [LAND]}


def test_what_speaks_to_no_section_is_placed_nowhere() -> None:
    assert placed([story(text(NEUTRAL))]).placements == ()


def test_a_sentence_for_two_sections_goes_where_it_is_more_relevant() -> None:
    assert printed(placed([story(text(BOTH))])) == {("s-a", "held"): [BOTH]}


def test_where_equal_the_earlier_section_has_it() -> None:
    assert printed(placed([story(text("The enclave holds prisoners."))])) == {
        ("s-a", "land"): ["The enclave holds prisoners."]
    }


def test_where_equal_the_section_has_it_that_the_story_is_more_about() -> None:
    sentences = ("The enclave holds prisoners.", HELD)
    assert printed(placed([story(text(*sentences))])) == {("s-a", "held"): list(sentences)}


def test_a_chronology_takes_a_story_nowhere() -> None:
    made = text(NEUTRAL, LAND)
    old = replace(made, sentences=tuple(replace(item, standing=Standing.CHRONICLE) for item in made.sentences))
    assert printed(placed([story(made)])) == {("s-a", "land"): [LAND]}
    assert placed([story(old)]).placements == ()


def test_what_one_section_has_no_room_for_is_free_for_the_other() -> None:
    sentences = (HELD, BOTH, "The surrender filled the camp with prisoners for a second night.")
    found = placed([story(text(*sentences))], words=12)
    assert [section for _, section in printed(found)] == ["land", "held"]
    assert printed(found)["s-a", "land"] == [BOTH]


@pytest.mark.parametrize(
    ("sentences", "full", "expected"),
    [
        pytest.param([LAND, BOTH, HELD], {"held"}, {"land": 2, "held": 0}, id="told most where there is no room"),
        pytest.param([LAND, BOTH, HELD], {"land"}, {"held": 2}, id="told most where it is quoted"),
        pytest.param([LAND, BOTH, HELD], {"land", "held"}, {"held": 0}, id="no room anywhere"),
    ],
)
def test_a_headline_alone_stands_only_where_its_story_tells_most(
    sentences: list[str], full: set[str], expected: dict[str, int]
) -> None:
    rules = Rules(
        budgets={item.id: Budget(words=60) for item in SECTIONS},
        crowded_out=lambda items: frozenset((p.story.id, p.section) for p in items if p.section in full),
    )
    found = place([story(text(*sentences))], THEMES, rules)
    assert {placement.section: len(placement.quotes) for placement in found.placements} == expected


@pytest.mark.parametrize(
    ("before", "expected"),
    [
        pytest.param(NEUTRAL, {"held": [NEUTRAL, "They reached the camp as prisoners."]}, id="of no section"),
        pytest.param(LAND, {"land": [LAND]}, id="wanted by another section, which can be read by itself"),
    ],
)
def test_what_leans_on_the_sentence_before_brings_it_along_unless_another_section_prints_it(
    before: str, expected: dict[str, list[str]]
) -> None:
    leaning = text("Nobody came.", before, "They reached the camp as prisoners.")
    *others, last = leaning.sentences
    leaning = replace(leaning, sentences=(*others, replace(last, standing=Standing.NEEDS_PREVIOUS)))
    found = printed(placed([story(leaning)]))
    assert {section: sentences for (_, section), sentences in found.items()} == expected


def test_an_account_without_a_sentence_changes_nothing() -> None:
    whole = text(LAND, name="a")
    empty = replace(text(name="b", title="The siege of the village ends"), sentences=())
    assert printed(placed([story(whole, empty)])) == printed(placed([story(whole)]))


def test_a_passing_remark_is_less_prominent() -> None:
    first, last = placed([story(text(HELD, NEUTRAL, "Nobody came.", LAND))]).placements
    assert (first.section, last.section) == ("land", "held")
    assert 0 < first.prominence < last.prominence <= 1


def test_copies_do_not_print_a_sentence_twice() -> None:
    found = placed([story(text(LAND, HELD, name="a"), text(LAND, HELD, FORCE, name="b"))])
    quotes = [sentence for sentences in printed(found).values() for sentence in sentences]
    assert sorted(quotes) == sorted([LAND, HELD, FORCE])


def test_a_story_that_speaks_of_the_section_at_its_end_stands_out_less() -> None:
    filler = [f"Farmer number {count} counted his sacks of wheat and went home." for count in range(12)]
    even = [
        Story(id="s", lead=Ranked(text=one, scores=(0.5,) * len(one.sentences)), independent=1)
        for one in (text(LAND, *filler), text(*filler, LAND))
    ]
    top, end = (placed([one]).placements[0].prominence for one in even)
    assert end == pytest.approx(top / 2)


def test_a_story_is_where_one_of_its_articles_belongs_whatever_another_scores_that_says_too_little() -> None:
    words = ["river", "ferry", "mill", "weir", "bank", "quay"]
    themes = compile_sections([section("water", [*words, "flood"], weights=dict.fromkeys(words, 0.5))], {})
    weak = text(*(f"Nobody could say on Monday what the {word} had been worth." for word in words), name="weak")
    strong = text("The flood reached the town on Monday.", name="strong")
    found = place([story(weak, strong)], themes, Rules(budgets={"water": Budget(words=60)}))
    assert {v.article: (v.reached, v.score >= v.threshold) for v in found.verdicts} == {
        weak.article.id: (False, True),
        strong.article.id: (True, True),
    }
    assert printed(found) == {("s-weak", "water"): ["The flood reached the town on Monday."]}


def test_every_quote_is_a_slice_of_its_article() -> None:
    for placement in placed([story(text(LAND, NEUTRAL, HELD, FORCE))]).placements:
        for quote in placement.quotes:
            assert quote.article.text[quote.sentence.start : quote.sentence.end] == quote.sentence.text


def test_verdicts_name_their_story_and_only_sections_with_a_term() -> None:
    found = placed([story(text(LAND, name="a"), text(NEUTRAL, name="b"))])
    assert [(v.story, v.article, v.section) for v in found.verdicts] == [("s-a", "a", "land")]


DAYS = st.lists(
    st.lists(st.sampled_from([LAND, HELD, BOTH, FORCE, NEUTRAL]), min_size=1, max_size=5, unique=True), max_size=6
)


@given(DAYS, st.randoms(use_true_random=False))
@settings(max_examples=60, deadline=None)
def test_the_order_of_the_stories_changes_nothing(day: list[list[str]], random: st.DataObject) -> None:
    stories = [story(text(*sentences, name=f"n{index}")) for index, sentences in enumerate(day)]
    shuffled = list(stories)
    random.shuffle(shuffled)  # type: ignore[attr-defined] # hypothesis types its Random as data
    assert printed(placed(stories)) == printed(placed(shuffled))


@given(DAYS, st.integers(10, 60))
@settings(max_examples=60, deadline=None)
def test_no_sentence_is_printed_twice_and_every_story_is_once_in_a_section(day: list[list[str]], words: int) -> None:
    stories = [story(text(*sentences, name=f"n{index}")) for index, sentences in enumerate(day)]
    found = placed(stories, words=words)
    quotes = [sentence for sentences in printed(found).values() for sentence in sentences]
    assert len(quotes) == len(set(quotes))
    assert len(found.placements) == len(printed(found))
    assert NEUTRAL not in quotes
    assert all(placement.quotes for placement in found.placements)
