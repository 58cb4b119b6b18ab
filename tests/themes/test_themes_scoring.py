"""Scores and relevance: what counts more than what, and what a threshold of 1 means."""

from __future__ import annotations

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefing.models import Text
from briefing.text import words
from briefing.themes import Themes, Verdict, beside, compile_sections
from briefing.themes.drafts import draft
from briefing.themes.matching import Matcher
from briefing.themes.relevance import RELEVANT, inserted
from briefing.themes.scoring import judge, rarity, scan, silent
from tests.themes.themed import section, text

FILLER = "Rain fell on the valley and farmers counted their sacks of wheat."
THEMES = compile_sections(
    [
        section(
            "s",
            ["enclave", "siege", "surrender", "river", "US troops"],
            weights={"siege": 2.0, "river": 0.5},
            **{"not": {"en": ["tax enclave", "football"]}},
        )
    ],
    {},
)


def verdict(made: Text, day: tuple[Text, ...] = (), themes: Themes = THEMES) -> Verdict:
    """The first section's; without a day, the article is a day of its own."""
    matcher = Matcher(themes)
    item = draft(made, scan(made, matcher), themes)
    verdicts = judge(
        made, item, themes, rarity([draft(other, scan(other, matcher), themes) for other in day or (made,)])
    )
    return next((one for one in verdicts if one.section == themes.ids[0]), silent(made, themes.sections[0]))


LATE = "The farmers who had come down from the hills in the last days of the long winter said nothing of the enclave."


@pytest.mark.parametrize(
    ("more", "less"),
    [
        (text(FILLER, title="The enclave"), text("The enclave.", FILLER)),
        (text("The enclave saw a surrender."), text("The enclave saw the enclave.")),
        (text("The siege goes on."), text("The enclave goes on.")),
        (text("The enclave goes on."), text("The river goes on.")),
        (text(FILLER, "The enclave is quiet."), text(FILLER, LATE)),
        (text("The enclave."), text(FILLER, "The enclave.")),
        (text("The enclave.", "An enclave."), text("The enclave.", FILLER)),
        (text("The enclave.", title="News"), text("The enclave.", title="Football")),
        (text("The enclave."), text("The tax enclave.")),
        (text("The enclave is quiet."), text("The enclave is quiet" + " and so are the fields around it" * 6 + ".")),
        (text("The farmers were far from the enclave."), text("The mayor, a farmer of the enclave, went home.")),
    ],
)
def test_what_counts_more(more: Text, less: Text) -> None:
    assert verdict(more).score > verdict(less).score


@pytest.mark.parametrize(
    ("language", "sentence", "told"),
    [
        ("en", "The mayor, a former camp guard, opened the library.", "a former camp guard"),
        ("en", "Bread, unlike in the flood year, will be cheaper.", "unlike in the flood year"),
        (
            "en",
            "The mayor, who once led 1,500 men, and a baker, an old friend, met.",
            "who once led 1,500 men an old friend",
        ),
        ("fr", "Le maire, un ancien gardien du camp, a ouvert la bibliothèque.", "un ancien gardien du camp"),
        ("es", "El alcalde, antiguo guardia del campo, abrió la biblioteca.", "antiguo guardia del campo"),
        ("de", "Der Bürgermeister, ein früherer Lagerwächter, eröffnete die Bücherei.", "ein früherer Lagerwächter"),
        ("en", "They took Lormes, Avallon, and Vézelay.", ""),
        ("en", "A guard, who had been in the camp for nine long years by then, opened the gate.", ""),
        ("en", "The mayor, a former camp guard.", ""),
        ("ar", "قال رئيس البلدية، وهو حارس سابق، إن المكتبة مفتوحة.", ""),
    ],
)
def test_what_is_inserted_between_commas(language: str, sentence: str, told: str) -> None:
    row = words(sentence, language)
    assert [row[place] for place in sorted(inserted(sentence, language))] == list(words(told, language))


def test_what_is_said_in_passing_makes_no_sentence_about_it() -> None:
    passing, about = (
        verdict(text("The mayor, a former surrender monitor, opened the library.")),
        verdict(text("Four hamlets, the mayor said on Monday, were told late of the surrender.")),
    )
    assert passing.relevance[0] < RELEVANT <= about.relevance[0]
    assert passing.score < about.score


def test_one_plain_mention_reaches_the_usual_threshold_and_a_late_one_does_not() -> None:
    quiet = tuple(text("The enclave.", name=f"d{index}") for index in range(5))
    assert verdict(text(FILLER, "The enclave is quiet."), quiet).reached
    late = verdict(text(FILLER, LATE), quiet)
    assert late.near_miss
    assert not late.reached


def test_a_score_of_faint_hints_alone_is_no_near_miss_but_says_too_little() -> None:
    found = verdict(text("The river.", "A river.", "The river.", "A river."))
    assert found.score > found.threshold == 1
    assert (found.says_too_little, found.reached, found.near_miss) == (True, False, False)
    assert found.best == max(found.relevance) < RELEVANT


def test_a_threshold_of_0_is_never_just_missed() -> None:
    found = verdict(text("The river."), themes=compile_sections([section("s", ["river"], threshold=0)], {}))
    assert (found.reached, found.near_miss, found.says_too_little) == (True, False, False)
    found = verdict(text("The sea."), themes=compile_sections([section("s", ["river"], threshold=0)], {}))
    assert (found.reached, found.near_miss, found.says_too_little) == (False, False, False)


@pytest.mark.parametrize(
    ("value", "needed", "told"),
    [
        (0.33, 0.45, "0.33 of 0.45"),
        (0.446789, 0.45, "0.447 of 0.450"),
        (0.45, 0.45, "0.45 of 0.45"),
        (1.584963, 1.585, "1.58496 of 1.58500"),
        (0.999999, 1, "0.999999 of 1.000000"),
        (1.0, 1.00000001, "1.0 of 1.00000001"),
        (2, 1, "2.00 of 1.00"),
    ],
)
def test_what_falls_short_is_never_rounded_to_what_it_falls_short_of(value: float, needed: float, told: str) -> None:
    assert beside(value, needed, " of ") == told


def test_a_sentence_that_speaks_against_is_silent_but_leaves_the_others_their_say() -> None:
    found = verdict(text("The tax enclave attracts football clubs.", "The enclave surrenders."))
    assert found.relevance[0] == 0
    assert found.relevance[1] > 0.5
    assert found.reached


@pytest.mark.parametrize("terms", [{"en": ["SDF"], "fr": ["FDS"]}, {"fr": ["FDS"], "en": ["SDF"]}, {"en": ["SDF"]}])
@pytest.mark.parametrize("weighted", ["SDF", "FDS", "SDS"])
def test_the_weight_of_any_spelling_is_the_name_s(terms: dict[str, list[str]], weighted: str) -> None:
    themes = compile_sections([section("s", terms, weights={weighted: 3.0})], {"SDF": ["FDS", "SDS"]})
    assert [(term.label, term.weight) for term in themes.terms] == [("SDF", 3.0)]


def test_terms_say_how_often_they_stand_and_what_they_added() -> None:
    found = verdict(text("The enclave, the enclave.", "A river.", title="Enclave"))
    assert [(term.term, term.count) for term in found.terms] == [("enclave", 3), ("river", 1)]
    assert sum(term.weight for term in found.terms) == pytest.approx(found.score, abs=1e-5)


NOTIONS = {"taking": {"en": ["clear", "capture", "seize"]}, "place": {"en": ["camp", "al-Hol camp", "town"]}}


@pytest.mark.parametrize(
    ("term", "said", "told", "count"),
    [
        ("taking + place", "Sappers clear tunnels under captured camp.", "taking + place (captured + camp)", 1),
        ("taking + place", "Troops seize and capture a camp.", "taking + place (capture + camp)", 1),
        ("place + taking", "Troops seize and capture a camp.", "place + taking (camp + capture)", 1),
        ("taking + taking", "Troops seize and capture a camp.", "taking + taking (seize + capture)", 1),
        ("battle | fight | clash", "The battle: fights and clashes.", "battle | fight | clash (battle)", 3),
        ("place", "A town, a camp.", "place (town)", 2),
        ("camp", "A camp.", "camp", 1),
        ("seize + camp", "They seize a camp.", "seize + camp", 1),
    ],
)
def test_a_term_is_told_as_it_is_written_with_one_word_for_each_part(
    term: str, said: str, told: str, count: int
) -> None:
    found = verdict(text(said), themes=compile_sections([section("s", [term])], NOTIONS))
    assert [(one.term, one.told, one.count) for one in found.terms] == [(term, told, count)]


def test_a_part_that_a_longer_term_has_taken_is_told_all_the_same() -> None:
    themes = compile_sections([section("s", ["taking + place", "al-Hol camp"])], {**NOTIONS, "place": {"en": ["camp"]}})
    found = verdict(text("They seize al-Hol camp."), themes=themes)
    assert {one.told for one in found.terms} == {"al-Hol camp", "taking + place (seize + camp)"}
    assert {one.count for one in found.terms} == {1}


def test_a_title_counts_twice_and_an_opening_a_quarter_more() -> None:
    further_down, opening = verdict(text(FILLER, "The enclave.")).score, verdict(text("The enclave.")).score
    titled = verdict(text(FILLER, title="The enclave")).score
    assert opening / further_down == pytest.approx(math.log2(2.25), abs=1e-5)
    assert titled / further_down == pytest.approx(math.log2(3.0), abs=1e-5)


def test_a_term_that_is_rare_on_the_day_counts_half_as_much_again() -> None:
    made = text("The enclave is quiet.")
    day = (made, *(text(FILLER, name=f"o{number}") for number in range(300)))
    common = tuple(text("The enclave.", name=f"h{number}") for number in range(300))
    assert verdict(made, day).score == pytest.approx(1.5 * verdict(made, (made, *common)).score, abs=1e-5)


def test_a_score_has_six_digits_behind_the_point() -> None:
    scores = [verdict(text(*["The enclave."] * count)).score for count in range(1, 9)]
    assert [round(score, 6) for score in scores] == scores


def test_no_term_no_score() -> None:
    found = verdict(text(FILLER))
    assert (found.score, found.terms, found.relevant, found.reached) == (0, (), (), False)


def test_a_text_without_sentences() -> None:
    assert verdict(text(title="The enclave")).reached
    assert verdict(text()).score == 0


@given(others=st.integers(0, 60), holding=st.integers(0, 60))
@settings(max_examples=30)
def test_the_day_moves_a_score_by_half_at_the_most(others: int, holding: int) -> None:
    made = text("The enclave is quiet.", FILLER)
    day = tuple(text("The enclave.", name=f"h{i}") for i in range(holding))
    day += tuple(text(FILLER, name=f"o{i}") for i in range(others))
    alone, among = verdict(made).score, verdict(made, (made, *day)).score
    assert 1.0 <= among <= 1.5 * 1.25
    assert alone >= 1.0


@given(st.lists(st.sampled_from(["The enclave.", "A siege.", FILLER, "The river.", "US troops."]), max_size=12))
@settings(max_examples=60)
def test_a_sentence_more_never_lowers_the_score(sentences: list[str]) -> None:
    before = verdict(text(FILLER, *sentences)).score
    assert verdict(text(FILLER, *sentences, "A surrender.")).score > before - 1e-9


@pytest.mark.parametrize(
    ("made", "told"),
    [
        (text(FILLER, FILLER, FILLER, FILLER, "The river is high."), False),
        (text(FILLER, FILLER, FILLER, FILLER, "The river is high.", title="The enclave"), True),
        (text("The enclave is quiet.", FILLER, FILLER, FILLER, "The river is high."), True),
        (text(FILLER, FILLER, "A siege.", "A surrender.", "The river is high.", "The siege.", "The surrender."), True),
        (text(FILLER, FILLER, FILLER, FILLER, "The river is high.", FILLER, FILLER, "The siege."), False),
        (text("The river.", FILLER, FILLER, FILLER, "The river is high.", title="The river"), False),
        (text("The enclave.", FILLER, FILLER, FILLER, "The river and the tax enclave.", title="The enclave"), False),
    ],
)
def test_a_weak_term_tells_where_title_opening_or_neighbours_do(*, made: Text, told: bool) -> None:
    assert (4 in verdict(made).relevant) is told


def test_a_sentence_without_a_term_stays_silent_in_any_context() -> None:
    assert verdict(text("The enclave.", FILLER, "The siege.", title="The enclave")).relevance[1] == 0


def test_a_context_lifts_no_further_than_enough_and_leaves_what_tells_by_itself() -> None:
    alone = verdict(text("The enclave is quiet.", FILLER, "The river is high."))
    among = verdict(text("The enclave is quiet.", "A siege.", "The river is high.", "A siege.", title="The enclave"))
    assert alone.relevance[0] == among.relevance[0]
    assert among.relevance[2] == RELEVANT
