"""Where a story's home is, where else it stands, and which sentences each section prints of it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefing.models import Quotability, Story
from briefing.ranking import Budget
from briefing.themes import Fit, Placed, Rules, compile_sections, place
from tests.themes.themed import section, story, text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from briefing.models import Text

SECTIONS = [
    section("land", ["enclave", "village", "siege"]),
    section("held", ["prisoner", "camp", "surrender", "guard"]),
    section("force", ["coalition", "airstrike"]),
]
THEMES = compile_sections(SECTIONS, {})
LAND = "Fighters of Old Mill Ridge lost the last village of the enclave on Monday morning."
HELD = "Prisoners from Low Tarn were taken to a camp behind the hills after the surrender."
CAMP = "A guard in Ash Hill counted the prisoners of the camp twice on Tuesday."
ONE = "Farmers of Old Mill Ridge left the village on Monday with all their sheep."
NEUTRAL = "Rain fell on Harrow Green and Low Tarn while farmers counted their wheat."
FILLER = [f"Number {count} of Harrow Green counted the sacks of Low Tarn and went home." for count in range(12)]


def placed(stories: Sequence[Story], words: int = 60, **rules: object) -> Placed:
    budgets = {item.id: Budget(words=words) for item in SECTIONS}
    return place(stories, THEMES, Rules(budgets=budgets, **rules))  # type: ignore[arg-type] # a table's values


def printed(found: Placed) -> dict[tuple[str, str], list[str]]:
    return {(p.story.id, p.section): [quote.sentence.text for quote in p.quotes] for p in found.placements}


def fits(found: Placed) -> dict[str, Fit]:
    return {decision.section: decision.fit for decision in found.decisions}


@pytest.mark.parametrize(
    ("made", "fit"),
    [
        pytest.param(text(LAND, *FILLER[:3]), Fit.HOME, id="two terms in the opening"),
        pytest.param(text(ONE, *FILLER[:3]), Fit.WEAK, id="one term in the opening"),
        pytest.param(text(ONE, *FILLER[:2]), Fit.HOME, id="one term in a text of three sentences"),
        pytest.param(text(ONE, *FILLER[:3], title="A village leaves"), Fit.HOME, id="title and a sentence"),
        pytest.param(text(*FILLER[:4], title="A village leaves"), Fit.WEAK, id="one term in the title alone"),
        pytest.param(text(ONE, *FILLER[:2], "The village was empty."), Fit.WEAK, id="one term in two sentences"),
        pytest.param(
            text(ONE, *FILLER[:2], "The village was empty.", "Nobody saw the village."),
            Fit.HOME,
            id="one term in three sentences",
        ),
        pytest.param(text(*FILLER[:3], LAND), Fit.HOME, id="in the fourth sentence"),
        pytest.param(text(*FILLER[:4], LAND), Fit.WEAK, id="in the fifth sentence"),
        pytest.param(text("Rain fell on Low Tarn. " * 27, LAND), Fit.WEAK, id="behind the first 600 characters"),
        pytest.param(text(*FILLER[:4], title="The siege of the village"), Fit.HOME, id="two terms in the title"),
    ],
)
def test_a_home_takes_terms_near_the_top_that_are_borne_out(made: Text, fit: Fit) -> None:
    found = placed([story(made)])
    assert fits(found) == {"land": fit}
    assert [item.section for item in found.placements] == (["land"] if fit is Fit.HOME else [])


@pytest.mark.parametrize(
    ("terms", "sentence", "fit"),
    [
        (["stock market"], "The stock market of Low Tarn fell on Monday by a tenth.", Fit.HOME),
        (["stock + market"], "The market of Low Tarn sold its stock on Monday by noon.", Fit.HOME),
        (["market"], "The market of Low Tarn sold its stock on Monday by noon.", Fit.WEAK),
        (["market | stock"], "The market of Low Tarn sold its stock on Monday by noon.", Fit.WEAK),
    ],
)
def test_what_takes_two_words_to_find_bears_itself_out(terms: list[str], sentence: str, fit: Fit) -> None:
    themes = compile_sections([section("money", terms)], {})
    found = place([story(text(sentence, *FILLER[:3]))], themes, Rules(budgets={"money": Budget()}))
    assert [decision.fit for decision in found.decisions] == [fit]


def test_the_home_tells_its_news_whatever_words_it_holds() -> None:
    news = "Water reached Low Tarn and Ash Hill on Monday night."
    assert printed(placed([story(text(news, LAND))])) == {("s-a", "land"): [news]}


def test_the_score_decides_which_of_two_homes() -> None:
    both = "The village of Old Mill Ridge took in prisoners of the enclave who had left the camp."
    more_held = placed([story(text(both, HELD))])
    more_land = placed([story(text(both, LAND, title="The siege of the village"))])
    assert [found.placements[0].section for found in (more_held, more_land)] == ["held", "land"]


def test_where_equal_the_earlier_section_is_the_home() -> None:
    alike = [section("land", ["barley", "tractor"]), section("held", ["trawler", "harbour"])]
    one = story(text("The barley of the tractor saw the trawler of Low Tarn and its harbour."))
    found = place([one], compile_sections(alike, {}), Rules(budgets={item.id: Budget() for item in alike}))
    assert found.placements[0].section == "land"


def weighing(weight: float) -> Placed:
    """Place a story that has two terms of both sections in its only sentences, those of one of this weight."""
    sections = [
        section("one", ["ferry", "quay"]),
        section("two", ["mill", "weir"], weights={"mill": weight, "weir": weight}),
    ]
    made = text(
        "The ferry of Low Tarn left its quay on Monday.",
        "The mill of Ash Hill and its weir stand since 1790 on Tarn Beck.",
    )
    return place([story(made)], compile_sections(sections, {}), Rules(budgets={"one": Budget(), "two": Budget()}))


def test_a_second_section_has_nearly_the_score_of_the_home() -> None:
    full = {decision.section: decision.best.score for decision in weighing(1.0).decisions}
    limit = 0.75 * full["one"] / full["two"]
    assert fits(weighing(limit * 1.01)) == {"one": Fit.HOME, "two": Fit.SECOND}
    assert fits(weighing(limit * 0.99)) == {"one": Fit.HOME, "two": Fit.WEAK}


@pytest.mark.parametrize(
    ("rest", "fit"),
    [
        ([HELD, CAMP, "A guard said the camp of Ash Hill was full.", "Low Tarn sent a guard."], Fit.SECOND),
        ([HELD, CAMP, "A guard said the camp of Ash Hill was full."], Fit.WEAK),
        ([HELD, "The camp was full.", "Ash Hill has a camp.", "The camp of Low Tarn is old."], Fit.WEAK),
    ],
    ids=["four words in four sentences", "in three sentences", "three words in four sentences"],
)
def test_a_second_subject_has_many_words_in_many_sentences_wherever_they_stand(rest: list[str], fit: Fit) -> None:
    title = "The village, the enclave and the siege"
    found = placed([story(text(LAND, *FILLER, *rest, title=title))])
    assert fits(found) == {"land": Fit.HOME, "held": fit}


def test_a_second_section_prints_only_what_is_about_it_and_not_said_at_home() -> None:
    found = printed(weighing(1.0))
    assert found["s-a", "one"] == ["The ferry of Low Tarn left its quay on Monday."]
    assert found["s-a", "two"] == ["The mill of Ash Hill and its weir stand since 1790 on Tarn Beck."]
    only = text("The ferry and the quay of Low Tarn saw the mill of Ash Hill and its weir on Monday.")
    sections = [section("one", ["ferry", "quay"]), section("two", ["mill", "weir"])]
    both = place([story(only)], compile_sections(sections, {}), Rules(budgets={"one": Budget(), "two": Budget()}))
    assert [item.section for item in both.placements] == ["one"]


def test_a_second_section_prints_no_sentence_that_only_others_lift_to_it() -> None:
    """A weak word tells by its title, opening or neighbours at home; elsewhere those are about another subject."""
    made = text(
        "The ferry of Low Tarn left its quay on Monday.",
        "A quay of the ferry was closed for a day.",
        "A shed of Low Tarn was painted in green on Tuesday.",
        "The mill of Ash Hill was sold with its weir on Tuesday.",
        title="The ferry, the quay, the mill and the weir",
    )
    sections = [section("one", ["ferry", "quay"]), section("two", ["mill", "weir", "shed"], weights={"shed": 0.45})]
    found = place([story(made)], compile_sections(sections, {}), Rules(budgets={"one": Budget(), "two": Budget()}))
    verdict = next(verdict for verdict in found.verdicts if verdict.section == "two")
    assert verdict.relevant == (2, 3)
    assert printed(found)["s-a", "two"] == ["The mill of Ash Hill was sold with its weir on Tuesday."]


def test_a_second_section_prints_no_background_of_years_ago() -> None:
    old = "The mill of Ash Hill and its weir were sold to Low Tarn in August 2014."
    made = text(
        "The ferry of Low Tarn left its quay on Monday.", old, title="The ferry, the quay, the mill and the weir"
    )
    sections = [section("one", ["ferry", "quay"]), section("two", ["mill", "weir"])]
    budgets = {"one": Budget(), "two": Budget()}

    def second(year: int) -> list[str]:
        found = place([story(made)], compile_sections(sections, {}), Rules(budgets=budgets, year=year))
        return printed(found).get(("s-a", "two"), [])

    assert second(2015) == [old]
    assert second(2016) == []


def test_a_story_stands_in_the_subsection_that_it_fits_and_not_above_it() -> None:
    above = section("water", ["flood", "river", "ferry"], sections=[section("ferries", ["ferry", "quay"])])
    themes = compile_sections([above], {})
    budgets = {name: Budget() for name in themes.ids}
    river = story(text("The flood of the river reached Low Tarn on Monday.", name="r"))
    ferry = story(text("The ferry of Low Tarn left its quay in the flood on Monday.", name="f"))
    found = place([river, ferry], themes, Rules(budgets=budgets))
    assert [(item.story.id, item.section) for item in found.placements] == [("s-r", "water"), ("s-f", "ferries")]


@pytest.mark.parametrize("standing", [Quotability.QUESTION, Quotability.SHOWING, Quotability.HEADLINE])
def test_what_tells_nothing_is_not_printed(standing: Quotability) -> None:
    made = text(LAND, "Fighters of Low Tarn held a village on Monday.")
    first, second = made.sentences
    made = replace(made, sentences=(replace(first, quotability=standing), second))
    assert printed(placed([story(made)])) == {("s-a", "land"): [second.text]}


def test_a_chronology_takes_a_story_nowhere() -> None:
    made = text(NEUTRAL, LAND)
    old = replace(made, sentences=tuple(replace(item, quotability=Quotability.CHRONICLE) for item in made.sentences))
    assert [item.section for item in placed([story(made)]).placements] == ["land"]
    assert placed([story(old)]).placements == ()


def test_a_section_takes_a_story_by_any_of_its_articles_and_prints_only_those_that_it_draws_from() -> None:
    told = story(
        text(LAND, name="a"), text("A village of the enclave near Ash Hill fell, said the Tarn Post.", name="b")
    )
    found = placed([told], draws_from=lambda _section, one: one.article.id == "b")
    (item,) = found.placements
    assert [quote.article.id for quote in item.quotes] == ["b"]
    assert item.led_by is told.others[0]


def test_an_account_without_a_sentence_changes_nothing() -> None:
    whole = text(LAND, name="a")
    empty = replace(text(name="b", title="The siege of the village ends"), sentences=())
    assert printed(placed([story(whole, empty)])) == printed(placed([story(whole)]))


def test_of_a_sentence_that_two_stories_share_the_one_that_fits_better_has_it() -> None:
    better = text(LAND, title="The siege of the village", name="b")
    found = printed(placed([story(text(LAND, name="a")), story(better)]))
    assert found == {("s-a", "land"): [], ("s-b", "land"): [LAND]}


def test_verdicts_name_their_story_and_only_sections_with_a_term() -> None:
    found = placed([story(text(LAND, name="a"), text(NEUTRAL, name="b"))])
    assert [(v.story, v.article, v.section) for v in found.verdicts] == [("s-a", "a", "land")]


DAYS = st.lists(
    st.lists(st.sampled_from([LAND, HELD, CAMP, ONE, NEUTRAL]), min_size=1, max_size=5, unique=True), max_size=6
)


@given(DAYS, st.randoms(use_true_random=False))
@settings(max_examples=60)
def test_the_order_of_the_stories_changes_nothing(day: list[list[str]], random: st.DataObject) -> None:
    stories = [story(text(*sentences, name=f"n{index}")) for index, sentences in enumerate(day)]
    shuffled = list(stories)
    random.shuffle(shuffled)  # type: ignore[attr-defined] # hypothesis types its Random as data
    assert printed(placed(stories)) == printed(placed(shuffled))


@given(DAYS, st.integers(10, 60))
@settings(max_examples=60)
def test_no_sentence_is_printed_twice_and_every_quote_is_a_slice_of_its_article(
    day: list[list[str]], words: int
) -> None:
    found = placed([story(text(*sentences, name=f"n{index}")) for index, sentences in enumerate(day)], words=words)
    quotes = [quote for placement in found.placements for quote in placement.quotes]
    assert len({quote.sentence.text for quote in quotes}) == len(quotes)
    assert all(q.article.text[q.sentence.start : q.sentence.end] == q.sentence.text for q in quotes)
    assert len(found.placements) == len(printed(found))


@pytest.mark.parametrize(
    ("url", "made", "home"),
    [
        pytest.param("https://a.example/held/2019/camp", text(*FILLER[:4], CAMP), "held", id="the section's id"),
        pytest.param("https://a.example/en/Coalitions/x", text(*FILLER, ONE, "An airstrike."), "force", id="a term"),
        pytest.param("https://a.example/held/x", text(*FILLER[:4]), None, id="no word of the section in the text"),
        pytest.param("https://a.example/held", text(*FILLER[:4], CAMP), None, id="the last part is the article's"),
        pytest.param("https://a.example/how-men-held-on-to-sheep/2", text(*FILLER[:4], CAMP), None, id="a headline"),
        pytest.param(
            "https://a.example/held/x", text(LAND, *FILLER[:4], ONE, "A guard slept."), "land", id="terms outweigh it"
        ),
    ],
)
def test_the_outlets_own_section_counts_as_a_word_near_the_top(url: str, made: Text, home: str | None) -> None:
    filed = replace(made, article=replace(made.article, url=url))
    found = fits(placed([story(filed)]))
    assert next((section for section, fit in found.items() if fit is Fit.HOME), None) == home


@pytest.mark.parametrize(
    ("title", "others", "fit"),
    [
        pytest.param(None, [], Fit.SECOND, id="the section has no news of its own"),
        pytest.param(
            None,
            ["The trawler and its skipper left the harbour of Low Tarn."],
            Fit.WEAK,
            id="it has, and the headline is about something else",
        ),
        pytest.param(
            "Barley, silage, plough and tractor by a trawler",
            ["The trawler and its skipper left the harbour of Low Tarn."],
            Fit.SECOND,
            id="it has, and the headline is about it",
        ),
    ],
)
def test_an_aside_wants_a_headline_where_the_section_has_news_of_its_own(
    title: str | None, others: list[str], fit: Fit
) -> None:
    own = [
        section("held", ["barley", "tractor", "plough", "silage"]),
        section("land", ["trawler", "harbour", "skipper", "herring"]),
    ]
    asides = [f"The {word} of Low Tarn was seen by all on Monday." for word in own[1].terms["en"]]
    both = text(
        "The barley, the tractor and the plough stood by the silage.",
        "Rain fell on Low Tarn. " * 27,
        *asides,
        title=title,
    )
    stories = [story(both), *(story(text(other, name=f"other-{n}")) for n, other in enumerate(others))]
    found = place(stories, compile_sections(own, {}), Rules(budgets={item.id: Budget() for item in own}))
    about = {decision.section: decision.fit for decision in found.decisions if decision.story == "s-a"}
    assert about == {"held": Fit.HOME, "land": fit}
