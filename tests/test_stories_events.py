from __future__ import annotations

import random
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefing.models import Moment, Ranked, Story
from briefing.stories import NEEDED, corroborations, group
from briefing.text import analyse
from tests.making import article

BRIDGE = (
    "Lorry brings down the footbridge at Ottermouth, two hurt",
    (
        "A lorry loaded with gravel struck the footbridge at Ottermouth on Tuesday morning and brought half of it "
        "down, police said. Two walkers were taken to hospital with broken bones."
    ),
    (
        "The driver, a man of 58, had missed the sign for a height of 3.40 metres. The railway below stays closed "
        "until engineers have lifted the girders away."
    ),
)
SPAN = (
    "Ottermouth footbridge partly collapses after a lorry hits it",
    (
        "Half of the footbridge over the railway at Ottermouth fell on Tuesday after a gravel lorry hit its girders. "
        "Two walkers were injured and are being treated for broken bones, the hospital said."
    ),
    (
        "The sign before the bridge gives a height of 3.40 metres, which the driver had overlooked, according to "
        "police. Trains are replaced by buses."
    ),
)
PONT = (
    "Ottermouth : un camion fait tomber une passerelle",
    (
        "Un camion chargé de gravier a percuté mardi matin la passerelle de Ottermouth, près de la gare de Fennmoor, "
        "dont la moitié s'est effondrée, a indiqué la police de Great Larkham."
    ),
    (
        "Le conducteur, un homme de 58 ans, n'avait pas vu le panneau limitant la hauteur à 3,40 mètres. Deux "
        "promeneurs ont été conduits à l'hôpital de Larkham."
    ),
)
ABROAD = (
    "Lorry brings down a footbridge in Ottermouth",
    (
        "A lorry struck the footbridge of Ottermouth near the station of Fennmoor on Tuesday, and half of it fell, the "
        "police of Great Larkham said."
    ),
    (
        "The driver, a man of 58, had missed the sign that gives 3.40 metres. Two walkers were taken to a hospital in "
        "Larkham."
    ),
)
OTHER_BRIDGE = (
    "Swing bridge at Nether Quay closed for repairs",
    (
        "The swing bridge at Nether Quay will be closed to cars for six weeks from Monday so that its bearings can be "
        "renewed, the county council said."
    ),
    "Cyclists may cross on a ferry. The last repair, in 2009, took four months longer than had been planned.",
)
VOTE = (
    "Valley elects a new council",
    "Voters in the Sedge valley chose a new council on Sunday, with a turnout of fifty-two per cent, the clerk said.",
    "Counting went on through the night because of a power cut in three of the eleven wards.",
)
BEES = (
    "Beekeepers count their losses",
    "Beekeepers around Thornwick lost a third of their hives in the wet winter, their association said on Friday.",
    "Sugar is dear, and some will give up, its chairwoman said.",
)
MORNING = datetime(2021, 5, 4, 11, tzinfo=UTC)


def tell(
    told: tuple[str, ...],
    *,
    name: str,
    outlet: str | None = None,
    at: Moment | None = MORNING,
    language: str | None = None,
) -> Ranked:
    title, *paragraphs = told
    made = article(*paragraphs, origin=f"in/{name}.txt", title=title, outlet=outlet, published=at)
    text, _ = analyse(made, language=language)
    return Ranked(text=text, scores=tuple(1 / (1 + place) for place in range(len(text.sentences))))


FIRST = tell(BRIDGE, name="bridge", outlet="The Ottermouth Echo")
SECOND = tell(SPAN, name="span", outlet="Coastal Post", at=MORNING + timedelta(hours=3))
REST = [tell(OTHER_BRIDGE, name="quay"), tell(VOTE, name="vote"), tell(BEES, name="bees")]


def together(*articles: Ranked) -> set[frozenset[str]]:
    return {
        frozenset(one.article.origin for one in story.articles)
        for story in group(articles, grades={})
        if story.independent > 1
    }


BOTH = {frozenset({"in/bridge.txt", "in/span.txt"})}


def test_two_accounts_of_one_event_are_one_story_told_twice() -> None:
    stories = group([FIRST, *REST, SECOND], grades={})
    assert [len(story.articles) for story in stories] == [2, 1, 1, 1]
    assert (stories[0].independent, stories[0].copies) == (2, ())


@pytest.mark.parametrize(
    ("other", "expected"),
    [
        pytest.param(SECOND, BOTH, id="three hours later"),
        pytest.param(tell(SPAN, name="span", at=date(2021, 5, 4)), BOTH, id="a bare day"),
        pytest.param(tell(SPAN, name="span", at=MORNING + timedelta(days=2)), BOTH, id="two days later"),
        pytest.param(tell(SPAN, name="span", at=MORNING + timedelta(days=3)), set(), id="three days later"),
        pytest.param(tell(SPAN, name="span", outlet="The Ottermouth Echo"), set(), id="by the same outlet"),
        pytest.param(
            tell(
                tuple(text.replace("Tuesday", "Saturday") for text in SPAN), name="span", at=MORNING + timedelta(days=2)
            ),
            set(),
            id="on another day",
        ),
        pytest.param(tell((SPAN[0], OTHER_BRIDGE[1], VOTE[2]), name="span"), set(), id="alike by its title alone"),
    ],
)
def test_time_outlet_and_weekday_speak_for_and_against(other: Ranked, expected: set[frozenset[str]]) -> None:
    assert together(FIRST, other, *REST) == expected


@pytest.mark.parametrize(
    ("outlets", "opening", "accounts"),
    [
        pytest.param(("The Echo", "Coastal Post"), "", 2, id="two outlets"),
        pytest.param(("The Echo", "The Echo"), "", 1, id="one outlet, worded anew"),
        pytest.param((None, None), "", 2, id="outlets that nobody names"),
        pytest.param(("The Echo", "Coastal Post"), "OTTERMOUTH (AFP) - ", 1, id="one agency in both datelines"),
        pytest.param(("The Echo", "Coastal Post"), "(Reuters) - ", 1, id="an agency without a place"),
        pytest.param(("The Echo", "Coastal Post"), "Reuters had reported that ", 2, id="an agency that is told of"),
    ],
)
def test_one_outlet_is_one_account_and_so_is_one_agency(
    outlets: tuple[str | None, str | None], opening: str, accounts: int
) -> None:
    first, second = (
        tell((told[0], opening + told[1], told[2]), name=name, outlet=outlet)
        for told, name, outlet in zip((BRIDGE, SPAN), ("bridge", "span"), outlets, strict=True)
    )
    story = next(story for story in group([first, second, *REST], grades={}) if len(story.articles) == 2)
    assert story.independent == accounts


def test_an_event_is_recognised_in_another_language_by_names_and_figures() -> None:
    french = tell(PONT, name="pont", outlet="Le Littoral", language="fr")
    english = tell(ABROAD, name="abroad", outlet="Coastal Post", language="en")
    assert together(french, english, *REST) == {frozenset({"in/pont.txt", "in/abroad.txt"})}
    (kin,) = corroborations(french.article.id, group([french, english, *REST], grades={}))
    assert {"ottermouth", "fennmoor", "58", "3,40"} <= set(kin.shared)


def test_a_copy_stands_with_the_account_that_it_copies() -> None:
    copy = tell(("Another title", *SPAN[1:]), name="copy", outlet="Daily Tide", at=MORNING + timedelta(hours=5))
    (story, *others) = group([FIRST, SECOND, copy, *REST], grades={"Daily Tide": "A"})
    assert (len(story.articles), story.independent, len(others)) == (3, 2, 3)
    assert [(one.article, one.of) for one in story.copies] == [(copy.article.id, SECOND.article.id)]
    assert story.lead is copy  # the best grade leads, also as a copy


@pytest.mark.parametrize(
    ("grades", "leads"),
    [
        ({}, "span"),  # as long as the other, and later
        ({"Coastal Post": "B"}, "span"),
        ({"Coastal Post": "C", "The Ottermouth Echo": "B"}, "bridge"),
        ({"The Ottermouth Echo": "E"}, "span"),  # no grade is better than a bad one
    ],
)
def test_the_best_source_leads_a_story_of_several_accounts(grades: dict[str, str], leads: str) -> None:
    story = group([FIRST, SECOND, *REST], grades=grades)[0]
    assert story.lead.article.origin == f"in/{leads}.txt"


def shape(stories: tuple[Story, ...]) -> set[tuple[str, frozenset[str], int]]:
    return {(s.id, frozenset(one.article.origin for one in s.articles), s.independent) for s in stories}


@settings(max_examples=20)
@given(st.randoms(use_true_random=False))
def test_the_order_of_arrival_does_not_matter(shuffler: random.Random) -> None:
    day = [FIRST, SECOND, tell(PONT, name="pont", language="fr"), tell(ABROAD, name="abroad"), *REST]
    mixed = list(day)
    shuffler.shuffle(mixed)
    assert shape(group(mixed, grades={})) == shape(group(day, grades={}))


def test_a_chain_of_articles_is_no_story() -> None:
    """Each shares a paragraph's matter with the next, the first and the last share nothing."""
    links = [BRIDGE, (SPAN[0], SPAN[1], VOTE[1]), (VOTE[0], VOTE[1], VOTE[2]), (BEES[0], VOTE[2], BEES[1]), BEES]
    day = [tell(told, name=f"{place}", outlet=f"Outlet {place}") for place, told in enumerate(links)]
    assert all(len(story.articles) < 3 for story in group(day, grades={}))


def test_why_two_articles_are_one_story_is_told_by_what_they_share() -> None:
    stories = group([FIRST, SECOND, *REST], grades={})
    (kin, *near) = corroborations(FIRST.article.id, stories)
    assert (kin.article, kin.same, kin.likeness >= NEEDED) == (SECOND.article.id, True, True)
    assert {"ottermouth", "footbridge"} <= set(kin.shared)
    assert not near


def test_a_near_miss_is_told_with_its_likeness() -> None:
    later = tell(SPAN, name="span", outlet="Coastal Post", at=MORNING + timedelta(days=3))
    (kin,) = corroborations(FIRST.article.id, group([FIRST, later, *REST], grades={}))
    assert (kin.article, kin.same) == (later.article.id, False)
    assert 0.2 <= kin.likeness < NEEDED


def test_a_copy_has_the_kin_of_what_it_copies() -> None:
    copy = tell(("Another title", *BRIDGE[1:]), name="copy", at=MORNING + timedelta(hours=5))
    stories = group([FIRST, SECOND, copy, *REST], grades={})
    assert [kin.article for kin in corroborations(copy.article.id, stories)] == [SECOND.article.id]


@pytest.mark.parametrize("told", [("Yes",), ("", "12 34."), ("Title", "Title."), ("A", "b c d")])
def test_tiny_articles_do_not_stick_together(told: tuple[str, ...]) -> None:
    day = [tell(told, name=name, at=None) for name in ("one", "two")]
    assert len(group([*day, FIRST], grades={})) >= 2


def test_one_name_in_common_makes_no_event_of_two_notices() -> None:
    """Two undated notices of two sentences are alike by one rare name; an event takes more in common."""
    taken = tell(
        ("", "Militia units took the last post at Varkesh on Monday.", "The hamlet is empty."), name="a", at=None
    )
    moved = tell(("", "Prisoners from Varkesh were moved to the north.", "They are under guard."), name="b", at=None)
    assert len(group([taken, moved], grades={})) == 2


def test_an_empty_day_has_no_story() -> None:
    assert group([], grades={}) == ()
