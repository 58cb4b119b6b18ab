"""A section borrows the words of the lexical fields that its own words are of."""

from __future__ import annotations

import pytest

from briefing.config import SectionSettings
from briefing.languages import language_data, languages
from briefing.ranking import Budget
from briefing.themes import Fit, Placed, Rules, compile_sections, place
from briefing.themes.fields import shares_of
from tests.themes.themed import section, story, text

HEALTH = section("health", ["hospital", "doctor", "vaccine", "disease"])
SPORT = section("sport", ["football", "match", "coach", "league"])
WAR = section("war", ["army", "missile", "ceasefire", "troops"])
ILL = ("Patients with symptoms of the infection wait for treatment.", "Nurses in quarantine fear an epidemic.")


def day(sections: list[SectionSettings], *told: tuple[str, ...], language: str = "en") -> Placed:
    stories = [story(text(*lines, name=str(number), language=language)) for number, lines in enumerate(told)]
    return place(stories, compile_sections(sections, {}), Rules(budgets={one.id: Budget(words=60) for one in sections}))


def home(found: Placed, name: str = "s-0") -> str | None:
    homes = [decision for decision in found.decisions if decision.story == name and decision.fit is Fit.HOME]
    return homes[0].section if homes else None


@pytest.mark.parametrize(
    ("lines", "wanted"),
    [
        pytest.param(ILL, "health", id="no term, and many words of its fields"),
        pytest.param(("Patients wait for the bus.", "Nobody else spoke of it."), None, id="one word is too little"),
        pytest.param(
            ("Patients of the clinic saw the striker score a goal in the final.", "The tournament is in quarantine."),
            None,
            id="as much of another section's",
        ),
        pytest.param(
            ("The actress of the film sang at the festival after her surgery.", "The album of the singer won awards."),
            None,
            id="more of a field that no section has",
        ),
        pytest.param(
            ("The coach of the hospital saw a doctor and a match.", "Patients with symptoms wait for treatment."),
            "health",
            id="equal terms, and its words besides",
        ),
    ],
)
def test_words_of_a_field_speak_for_the_section_that_has_it(lines: tuple[str, ...], wanted: str | None) -> None:
    assert home(day([SPORT, HEALTH], lines)) == wanted


def test_what_every_article_of_the_day_says_tells_none_from_another() -> None:
    line = ("Soldiers with artillery took the bridge.", "Rebels in tanks fired shells at fighters during the battle.")
    assert home(day([WAR, HEALTH], line)) == "war"
    assert home(day([WAR, HEALTH], *[line] * 40)) is None


def test_one_word_of_a_field_borrows_nothing() -> None:
    assert home(day([section("places", ["hospital", "barley"]), SPORT], ILL)) is None


def test_sections_share_a_field_by_how_many_words_of_it_they_have() -> None:
    more, fewer = section("more", ["hospital", "doctor", "vaccine"]), section("fewer", ["patient", "nurse"])
    shares = shares_of([more, fewer, WAR])
    assert (shares["more"]["health"], shares["fewer"]["health"]) == (0.6, 0.4)
    assert shares["war"] == {"war": 1.0}


def test_a_field_is_the_same_in_every_language() -> None:
    french = ("Les patients contaminés par le virus attendent un traitement.", "L'épidémie gagne les cliniques.")
    assert home(day([HEALTH, SPORT], french, language="fr")) == "health"


def test_a_verdict_names_the_words_that_moved_it() -> None:
    (verdict,) = (one for one in day([SPORT, HEALTH], ILL).verdicts if one.section == "health")
    assert verdict.of_fields > 0
    assert verdict.is_alike
    assert set(verdict.field_words) <= {
        "patients",
        "symptoms",
        "infection",
        "treatment",
        "nurses",
        "quarantine",
        "epidemic",
    }


@pytest.mark.parametrize("code", [code for code in languages() if language_data(code).fields])
def test_languages_have_the_same_fields(code: str) -> None:
    assert language_data(code).fields.keys() <= language_data("en").fields.keys()
