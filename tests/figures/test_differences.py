"""Which figures are set side by side: only those that independent articles count differently, of one thing."""

from __future__ import annotations

import random
from datetime import UTC, date, datetime
from itertools import permutations
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefing.config import Limits
from briefing.extract import extract
from briefing.models import Ranked
from briefing.sources import read_paths
from briefing.text import analyse
from tests.figures.day import article, figures, told

if TYPE_CHECKING:
    from briefing.models import Difference

ROOT = Path(__file__).parents[2]
FLOOD = "The flood in Marram killed 12 people on Monday evening, when the harbour wall gave way."
MORE = "In Marram, where the harbour wall gave way to the flood on Monday, 19 people were killed, a nurse said."
THIRD = "Monday was the day on which 30 people were killed in Marram by a flood that made the harbour wall give way."
"""Words enough in common to be of one event, and too few to be a copy."""


def same_day(*texts: str, **more: Any) -> list[list[str]]:  # noqa: ANN401 - fields of Article
    """Return what is told of articles of one day, each of an outlet of its own."""
    return figures(told(article(text, outlet=f"Outlet {n}", **more) for n, text in enumerate(texts)))


def test_what_two_outlets_count_differently_is_told_in_their_words() -> None:
    (found,) = told([article(FLOOD, outlet="Gazette"), article(MORE, outlet="Wire")])
    assert (found.counted, found.happening, found.names) == ("people", "killed", ("Marram",))
    assert (found.low, found.high) == (12, 19)
    assert [account.figure.text for account in found.accounts] == ["12 people", "19 people"]
    assert [account.told_by and account.told_by.text for account in found.accounts] == [None, "a nurse said"]


@pytest.mark.parametrize(
    "other",
    [
        MORE.replace("19", "about 12"),
        MORE.replace("19", "at least ten"),
        MORE.replace("19", "dozens of"),
        MORE.replace("19 people", "19 sheep"),
        MORE.replace("19 people", "five families"),
        MORE.replace("killed", "injured"),
        MORE.replace("Monday", "Friday"),
        MORE.replace("Marram", "Port Nial"),
        MORE.replace("19 people were killed", "19 people have been killed since March"),
        MORE.replace("19 people were killed", "19 people were killed last year"),
        MORE.replace(", 19 people", ", it may be, 19 people").replace("may be", "could be that"),
        MORE.replace("19", "1,900"),
        MORE + " At first 12 people had been counted among those killed.",
        "A ferry sank off Marram and 19 people were killed while the crew slept below deck.",
        "Marram mourns 19 people.",
    ],
    ids=str,
)
def test_what_can_both_be_true_or_is_of_something_else_is_not_told(other: str) -> None:
    assert same_day(FLOOD, MORE) == [["12 people", "19 people"]]
    assert same_day(FLOOD, other) == []


def test_what_two_accounts_of_a_story_count_first_is_of_one_thing_though_each_names_others() -> None:
    rest = "Boats from Marram went out at once, and the harbour of Port Nial was closed until the morning."
    one = (
        f"Ferry sinks off Marram\n\nA ferry sank off Marram on Monday and 12 people died, the coast guard said. {rest}"
    )
    other = f"Ferry sinks off Marram\n\nThe Harbour Office of Port Nial said 19 people died on Monday. {rest}"
    assert same_day(one, other) == [["12 people", "19 people"]]
    elsewhere = other.replace("Port Nial said 19", "Quay Velt said 19")
    assert same_day(one.replace("Marram on", "Marram and Old Reach on"), elsewhere) == []


def test_a_copy_is_no_second_source_and_stands_beside_its_original() -> None:
    rest = " ".join(f"The council spoke of repairs to wall number {n} and of money for it." for n in range(9))
    (found,) = told(
        [
            article(f"{FLOOD} {rest}", outlet="Gazette", published=date(2024, 5, 13)),
            article(f"{FLOOD} {rest} It rained.", outlet="Echo", published=date(2024, 5, 14)),
            article(MORE, outlet="Wire", published=date(2024, 5, 14)),
        ]
    )
    assert [account.article.outlet for account in found.accounts] == ["Gazette", "Wire"]
    assert [[copy.outlet for copy in account.copies] for account in found.accounts] == [["Echo"], []]


def test_an_outlet_that_counts_anew_brings_its_own_figure_up_to_date() -> None:
    first, second = (
        article(text, outlet="Wire", published=datetime(2024, 5, 13, hour, tzinfo=UTC))
        for text, hour in ((FLOOD, 6), (MORE, 18))
    )
    assert told([first, second]) == ()
    third = article(THIRD, outlet="Gazette", published=datetime(2024, 5, 13, 20, tzinfo=UTC))
    (found,) = told([first, second, third])
    assert figures([found]) == [["19 people", "30 people"]]
    assert [account.latest for account in found.accounts] == [False, True]


def test_two_outlets_that_carry_one_agencys_report_are_one_account() -> None:
    both = ((FLOOD, "Gazette"), (MORE, "Echo"))
    carried = [article(f"MARRAM (AFP) – It rained for days. {text}", outlet=name) for text, name in both]
    assert told(carried) == ()
    (found,) = told([*carried, article(THIRD, outlet="Wire")])
    assert len(found.accounts) == 2


def test_articles_of_other_days_are_not_compared() -> None:
    early, late = date(2024, 5, 1), date(2024, 5, 9)
    assert told([article(FLOOD, outlet="A", published=early), article(MORE, outlet="B", published=late)]) == ()


def test_languages_meet_in_the_names_of_the_desk() -> None:
    found = told(
        [
            article("The flood in Marram killed 12 people on Monday.", outlet="A"),
            article("La crue de Marrame a tué 19 personnes lundi.", language="fr", outlet="B"),
            article("قتل 30 شخصا في فيضان مرام يوم الاثنين.", language="ar", outlet="C"),
        ],
        language="fr",
    )
    assert figures(found) == [["12 people", "19 personnes", "30 شخصا"]]
    assert found[0].names == ("Marrame",)


def test_what_names_no_number_stands_last_and_never_alone() -> None:
    vague = "La crue de Marrame a tué des dizaines de personnes lundi."
    both = [article(FLOOD, outlet="A"), article(vague, language="fr", outlet="B")]
    assert told(both) == ()
    (found,) = told([*both, article(MORE.replace("19", "60"), outlet="C")])
    assert figures([found])[0][:2] == ["12 people", "60 people"]


def sample() -> list[Ranked]:
    documents = read_paths((ROOT / "seeds",), most_bytes=1 << 20).documents
    made = [one for document in documents for one in extract(document, Limits()).articles]
    texts = [analyse(one)[0] for one in made]
    return [Ranked(text=text, scores=(0.0,) * len(text.sentences)) for text in texts]


ALIASES = {
    "SDF": ["FDS", "Forces démocratiques syriennes"],
    "ISIS": ["EI", "État islamique"],
    "Baghouz": ["الباغوز"],
    "al-Hol": ["الهول"],
}


def test_the_sample_has_the_two_that_were_written_into_it() -> None:
    found = told(sample(), ALIASES)
    assert figures(found) == [
        ["Some 300 ISIS fighters", "About 500 men", "Plusieurs centaines de combattants"],
        ["نحو 2100 شخص", "Entre 2\u202f500 et 3\u202f000 personnes", "About 3,200 people"],
    ]


def check(found: tuple[Difference, ...]) -> None:
    for difference in found:
        outlets = [account.article.outlet or account.article.id for account in difference.accounts]
        assert len(set(outlets)) == len(outlets) > 1
        assert difference.low < difference.high
        for account in difference.accounts:
            for passage in filter(None, (account.figure, account.sentence, account.told_by)):
                assert account.article.text[passage.start : passage.end] == passage.text
            assert account.sentence.start <= account.figure.start < account.figure.end <= account.sentence.end


def test_every_passage_is_a_slice_and_the_order_of_reading_changes_nothing() -> None:
    articles = sample()
    found = told(articles, ALIASES)
    check(found)
    for seed in range(3):
        random.Random(seed).shuffle(articles)  # noqa: S311 - an order, no secret
        assert told(articles, ALIASES) == found


def test_the_order_of_a_few_changes_nothing() -> None:
    texts = (FLOOD, MORE, THIRD)
    day = [article(text, outlet=f"Outlet {n}") for n, text in enumerate(texts)]
    assert len({told(order) for order in permutations(day)}) == 1


HOSTILE = [
    "killed " * 200 + "12 people",
    "12 " * 300 + "people killed",
    "(" * 400 + "12 people killed",
    "<script>12 people</script> were killed in Marram on Monday.",
    "١٢٣٤٥٦٧٨٩ شخصا قتلوا في مرام",
    "12\u202e people\u202c were killed in Marram on Monday, a nurse said.",
    "İ 12 people were killed in Marram on Monday.",
    "at least at least 12 12 people killed killed",
]


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_text_does_nothing(text: str) -> None:
    found = told([article(text, outlet="A"), article(FLOOD, outlet="B"), article(MORE, outlet="C")])
    check(found)
    assert any(account.article.outlet == "B" for difference in found for account in difference.accounts)


NUMBER = st.sampled_from(["12", "19", "at least 30", "about 300", "dozens of", "some 40"])
EVENT = st.sampled_from(["killed {} people", "injured {} men", "left {} children dead", "displaced {} families"])
PLACE = st.sampled_from(["Marram", "Port Nial", "the upper valley"])


@given(st.lists(st.tuples(NUMBER, EVENT, PLACE), min_size=2, max_size=8))
@settings(max_examples=40)
def test_whatever_is_told_holds(rows: list[tuple[str, str, str]]) -> None:
    texts = [f"On Monday the flood in {place} {event.format(number)}." for number, event, place in rows]
    check(told(article(text, outlet=f"Outlet {n}") for n, text in enumerate(texts)))
