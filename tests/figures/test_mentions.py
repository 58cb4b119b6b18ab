"""What sentences count: the thing, what befell it, since when, who gave it; and what is no figure at all."""

from __future__ import annotations

import pytest

from briefing.figures.mentions import Mention, mentions_of
from tests.figures.day import article

COUNTED = [
    (
        "en",
        "Shells killed 18 people, including five children.",
        "18 people|five children",
        "people|children",
        "killed|killed",
    ),
    ("en", "Three men were killed and over twenty others suffered.", "Three men", "men", "killed"),
    ("en", "Some 300 fighters gave up and surrendered at dawn.", "Some 300 fighters", "fighters", "custody"),
    ("en", "The flood killed at least 12 people.", "at least 12 people", "people", "killed"),
    ("en", "Seven miners were killed and 19 wounded.", "Seven miners|19 wounded", "workers|people", "killed|wounded"),
    ("en", "It killed three fishermen and left 9 others injured.", "9 others", "people", "wounded"),
    ("en", "Officials put the toll at 31.", "31", "people", "killed"),
    ("en", "The storm destroyed 40 houses.", "40 houses", "buildings", "destroyed"),
    ("en", "The bank told of a loss of 600 million euros.", "600 million euros", "money", "lost"),
    ("en", "Turnout reached 93.8 percent.", "93.8 percent", "share", "turnout"),
    ("en", "A shell hit 13 wounded children.", "13 wounded children", "children", "wounded"),
    ("en", "Shells killed at least 100 and wounded hundreds more.", "at least 100", "people", "killed"),
    ("en", "Four people died while over 50 were injured.", "Four people|over 50", "people|people", "killed|wounded"),
    ("en", "Six people including two who died were hurt.", "", "", ""),
    ("en", "Ten people died and 50 were injured.", "Ten people|50", "people|people", "killed|wounded"),
    (
        "en",
        "On Tuesday 11 people including six children and two women were killed.",
        "11 people|six children|two women",
        "people|children|women",
        "killed|killed|killed",
    ),
    ("en", "The mayor said more than 40 people have been confirmed dead.", "more than 40 people", "people", "killed"),
    ("en", "Three deaths and 22 injuries were counted.", "Three deaths|22 injuries", "people|people", "killed|wounded"),
    ("fr", "Une centaine de combattants se sont rendus.", "Une centaine de combattants", "fighters", "custody"),
    ("fr", "La crue a fait 12 morts et 40 blessés.", "12 morts|40 blessés", "people|people", "killed|wounded"),
    ("es", "Al menos 35 personas murieron en el puerto.", "Al menos 35 personas", "people", "killed"),
    ("de", "Bei dem Unglück wurden 14 Menschen getötet.", "14 Menschen", "people", "killed"),
    ("ar", "استقبل المخيم نحو 2100 شخص قادمين من الساحل.", "نحو 2100 شخص", "people", "arrived"),
    ("ar", "قتل 12 مدنيا في القصف.", "12 مدنيا", "civilians", "killed"),
]


def mentions(text: str, language: str = "en") -> list[Mention]:
    return list(mentions_of(article(text, language=language), ("conflict",)))


def quoted(mention: Mention) -> str:
    return mention.sentence.text[mention.span.start : mention.span.end]


@pytest.mark.parametrize(("language", "text", "words", "things", "happenings"), COUNTED)
def test_a_figure_is_quoted_and_classed(language: str, text: str, words: str, things: str, happenings: str) -> None:
    found = mentions(text, language)
    assert "|".join(map(quoted, found)) == words
    assert "|".join(mention.counted for mention in found) == things
    assert "|".join(mention.happening for mention in found) == happenings


@pytest.mark.parametrize(
    "text",
    [
        "The town voted 7 to 4 and nobody was killed.",
        "Division 25 killed the talks.",
        "He was killed on May 12 at 7:30.",
        "A man of 61 was killed on Highway 214.",
        "A man of 61 was killed, and those of Division 25 were hurt.",
        "Seventeen of 40 people were killed.",
        "Two out of 40 passengers died.",
        "Mr Hale, 34, was killed in the blast.",
        "The pilot, John Roe (44), was killed.",
        "Two sisters, 7 and 9, were killed in the raid.",
        "The death toll is not known, said the mayor, 52.",
        "The death toll rises as temperatures fell to minus 20.",
        "The farm had 2,000 chickens, and 800 were killed.",
        "The farmer lost his cows: 50 were killed by lightning.",
        "Windows 7 and 8 were killed off by its maker.",
        "He said 2018 was deadly.",
        "Soldiers seized AK 47 rifles and killed nobody.",
        "The strike came after four raids that killed a farmer.",  # strikes are no dead
        "Two more people were killed.",
        "Another shell killed five people.",
        "A separate blast killed 12 people.",
        "The toll could reach 200.",
        "The mill kills 40 people each year.",
        "The ministry denied that 40 people were killed.",
        "The road was cut, two soldiers said, and nobody was killed.",
        "Nobody was killed, according to two nurses.",
        "",
    ],
)
def test_what_is_no_figure_is_left(text: str) -> None:
    assert [quoted(mention) for mention in mentions(text)] == []


@pytest.mark.parametrize(
    ("text", "told_by"),
    [
        ("Twelve people were killed, a harbour official said.", "a harbour official said"),
        ("Twelve people were killed, according to two nurses, in the flood.", "according to two nurses"),
        ("The Harbour Watch said that 12 people were killed.", "The Harbour Watch said"),
        ("Twelve people were killed.", None),
        ("Twelve people were killed, said.", None),
    ],
)
def test_who_gave_it_is_quoted(text: str, told_by: str | None) -> None:
    (found,) = mentions(text)
    assert (found.told_by and text[found.told_by.start : found.told_by.end]) == told_by


@pytest.mark.parametrize(
    ("text", "runs"),
    [
        ("Since March, 12 people have been killed.", True),
        ("12 people have been killed so far.", True),
        ("12 people were killed, the worst day since March.", False),
        ("12 people were killed on Tuesday.", False),
    ],
)
def test_a_figure_of_a_longer_time_is_known(text: str, runs: bool) -> None:  # noqa: FBT001 - a column of the table
    (found,) = mentions(text)
    assert bool(found.scope) is runs


def test_the_day_is_that_of_the_event_not_of_saying_it() -> None:
    (found,) = mentions("12 people were killed on Tuesday, a nurse said on Wednesday.")
    assert found.days == {1}


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("قتل 12 شخصا يوم الاثنين", {0}),
        ("قتل 12 شخصا مساء الأحد", {6}),
        ("قتل 12 شخصا في هجوم على اثنين من المباني", set()),  # two of them
        ("قتل 12 شخصا ولم ينج أحد", set()),  # nobody
    ],
)
def test_arabic_days_have_the_article_which_tells_them_from_two_and_somebody(text: str, days: set[int]) -> None:
    (found,) = mentions(text, "ar")
    assert found.days == days


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("12 people have been killed since February.", "قتل 12 شخصا منذ شباط", True),
        ("12 people have been killed since the war.", "12 personnes ont été tuées depuis la guerre.", True),
        ("12 people have been killed since the uprising.", "12 personnes ont été tuées depuis le siège.", False),
    ],
)
def test_times_are_the_same_in_any_language(one: str, other: str, same: bool) -> None:  # noqa: FBT001 - a column of the table
    (first,), (second,) = mentions(one), mentions(other, "ar" if "منذ" in other else "fr")
    assert (first.scope == second.scope) is same
