"""What helps a user to tune sections: examples, suggestions, languages without terms."""

from __future__ import annotations

import pytest

from briefing.themes import compile_sections, missing_languages, run_examples, suggest
from briefing.themes.relevance import RELEVANT
from tests.themes.themed import ranked, section, text

SECTION = section(
    "held",
    {"en": ["prisoner", "camp", "ransom"], "fr": ["prisonnier"]},
    examples=["Prisoners reach the camp", "Les prisonniers arrivent", "Rain over the valley", "He went camping"],
    not_examples=["Wheat harvest doubles", "A camp of tents for scouts"],
)


def test_examples_that_fail_say_which_terms_decided() -> None:
    failures = run_examples([SECTION], compile_sections([SECTION], {}))
    assert [(f.example, f.expected, [term.term for term in f.terms], f.path) for f in failures] == [
        ("Rain over the valley", True, [], ("sections", 0, "examples", 2)),
        ("A camp of tents for scouts", False, ["camp"], ("sections", 0, "not_examples", 1)),
    ]
    assert failures[0].score == 0
    assert failures[1].score >= failures[1].threshold == 1


def test_a_section_without_terms_reaches_no_example() -> None:
    bare = section("bare", {}, examples=["Prisoners reach the camp"])
    assert [f.expected for f in run_examples([bare], compile_sections([bare], {}))] == [True]


def test_an_example_must_say_enough_as_well_as_score() -> None:
    weak = section("s", ["camp", "tent", "hut"], threshold=0.4, examples=["Camp, tent, hut"])
    weak = weak.model_copy(update={"weights": {"camp": 0.2, "tent": 0.2, "hut": 0.2}})
    (failure,) = run_examples([weak], compile_sections([weak], {}))
    assert failure.score >= failure.threshold
    assert 0 < failure.best < RELEVANT


@pytest.mark.parametrize(
    ("languages", "missing"),
    [
        (["en", "fr"], ()),
        (["en", "und"], ()),
        (["es", "ar", "en", "ar"], (("held", ("ar", "es")),)),
        ([], ()),
    ],
)
def test_languages_of_the_day_without_terms(languages: list[str], missing: tuple[object, ...]) -> None:
    assert missing_languages(compile_sections([SECTION], {}), languages) == missing


DAY = [
    *(
        ranked(
            text(
                f"Prisoners wait at the screening field in tent {index}.",
                "Embassies send no buses to the screening field.",
                "Guards counted every embassy letter at the camp.",
                name=f"p{index}",
            )
        )
        for index in range(4)
    ),
    *(
        ranked(
            text(
                f"Wheat prices rose in district {index} after the rain.",
                "Farmers store their wheat and wait for May.",
                name=f"w{index}",
            )
        )
        for index in range(6)
    ),
]


def test_suggested_terms_set_the_section_apart() -> None:
    found = suggest("held", DAY, compile_sections([SECTION], {}))
    terms = {item.term: item for item in found.terms}
    assert found.articles == 4
    assert "screening field" in terms or "screening" in terms
    assert not {"wheat", "prisoners", "camp", "the", "wait"} & set(terms)
    assert all(item.inside >= 2 and item.language == "en" and item.z > 1.6 for item in found.terms)
    assert [item.z for item in found.terms] == sorted((item.z for item in found.terms), reverse=True)
    assert next(iter(terms.values())).outside == 0


def test_articles_that_have_a_term_are_counted_by_what_they_reach_be_they_reprints_or_another_sections() -> None:
    reprint = ranked(text(*(sentence.text for sentence in DAY[0].text.sentences), name="r"))
    visit = ranked(text("Wheat, more wheat and wheat. Prisoners ate wheat.", title="Wheat at the screening", name="v"))
    other = section("wheat", ["wheat"], weights={"wheat": 5.0})
    found = suggest("held", [*DAY, reprint, visit], compile_sections([SECTION, other], {}))
    counts = {item.term: (item.inside, item.outside) for item in found.terms}
    assert found.articles == 6
    assert (counts["field"], counts["screening"]) == ((5, 0), (6, 0))


def test_terms_that_never_match_are_named() -> None:
    found = suggest("held", DAY, compile_sections([SECTION], {}))
    assert [(term.term, term.languages) for term in found.silent] == [("ransom", ("en",))]


def test_what_stands_in_the_rest_of_the_day_as_well_is_not_suggested() -> None:
    quiet = [ranked(text("Embassies send no buses, embassies say.", name=f"q{index}")) for index in range(3)]
    found = suggest("held", [*DAY, *quiet], compile_sections([SECTION], {}))
    assert "embassies" not in " ".join(item.term for item in found.terms).split()
    assert all(item.inside >= 2 * item.outside for item in found.terms)


def test_a_word_of_a_joined_term_is_not_suggested() -> None:
    joined = section("held", ["prisoner", "screening + ransom", "field | letter + ransom"])
    found = suggest("held", DAY, compile_sections([joined], {}))
    assert not {"screening", "field", "screening field", "letter"} & {item.term for item in found.terms}


def test_nothing_to_compare_with_gives_no_suggestion() -> None:
    themes = compile_sections([SECTION], {})
    assert suggest("held", DAY[:4], themes).terms == ()
    assert suggest("held", DAY[4:], themes).terms == ()
    assert suggest("held", [], themes).articles == 0
