"""Mistakes in terms, weights, examples and aliases: what is said, and where it points."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest

from briefing.themes import compile_sections, term_mistakes
from tests.themes.themed import section

if TYPE_CHECKING:
    from briefing.themes.notation import Aliases


@pytest.mark.parametrize(
    ("terms", "more", "path", "message"),
    [
        ({}, {}, ("sections", 0, "terms"), "section 's' has no terms: nothing could ever stand in it"),
        ({"en": []}, {}, ("sections", 0, "terms"), "section 's' has no terms: nothing could ever stand in it"),
        (
            {"en": ["camp", "of the"]},
            {},
            ("sections", 0, "terms", "en", 1),
            "the term 'of the' holds only words that stand in nearly every text; give words of the subject",
        ),
        (
            {"fr": ["de la + du"]},
            {},
            ("sections", 0, "terms", "fr", 0),
            "the term 'de la + du' holds only words that stand in nearly every text; give words of the subject",
        ),
        (
            {"en": ["camp | + tents"]},
            {},
            ("sections", 0, "terms", "en", 0),
            "the term 'camp | + tents' holds no word, or a place between '+' and '|' is empty",
        ),
        (
            {"en": ["!?"]},
            {},
            ("sections", 0, "terms", "en", 0),
            "the term '!?' holds no word, or a place between '+' and '|' is empty",
        ),
        (
            {"en": ["regex:(camp"]},
            {},
            ("sections", 0, "terms", "en", 0),
            "the regular expression 'regex:(camp' cannot be read: missing ): (camp",
        ),
        (
            {"en": ["regex:a*"]},
            {},
            ("sections", 0, "terms", "en", 0),
            "the regular expression 'regex:a*' matches the empty text",
        ),
        (
            {"en": [r"regex:camp\C"]},
            {},
            ("sections", 0, "terms", "en", 0),
            r"the regular expression 'regex:camp\C' asks for a byte with \C; write . for any character",
        ),
        (
            {"en": ["camp"]},
            {"not": {"en": ["Camp"]}},
            ("sections", 0, "not", "en", 0),
            "the term 'Camp' stands under 'terms' and under 'not'",
        ),
        (
            {"en": ["camp"]},
            {"weights": {"cmap": 2.0}},
            ("sections", 0, "weights", "cmap"),
            "the weight of 'cmap' belongs to no term of this section",
        ),
        (
            {"en": ["camp"]},
            {"examples": ["A camp falls."], "not_examples": ["a camp  falls"]},
            ("sections", 0, "not_examples", 0),
            "'a camp  falls' stands under 'examples' and under 'not_examples'",
        ),
    ],
)
def test_a_mistake(
    terms: dict[str, list[str]], more: dict[str, object], path: tuple[str | int, ...], message: str
) -> None:
    assert term_mistakes([section("s", terms, **more)], {}) == ((path, message),)


def test_short_names_in_capitals_are_no_stop_words() -> None:
    assert term_mistakes([section("s", ["IS", "US"])], {}) == ()


@pytest.mark.parametrize(
    ("term", "language", "taken"), [("maïs", "fr", True), ("mais", "fr", False), ("où", "fr", False)]
)
def test_a_word_that_only_its_accents_tell_from_a_stop_word(*, term: str, language: str, taken: bool) -> None:
    assert (term_mistakes([section("s", {language: [term]})], {}) == ()) is taken


def test_a_spelling_of_two_names() -> None:
    aliases = {"ISIS": ["Daesh"], "Other": ["daesh"]}
    assert term_mistakes([section("s", ["camp"])], aliases) == (
        (("aliases", "Other", 0), "'daesh' is a spelling of 'Other' and of 'ISIS'"),
    )


@pytest.mark.parametrize(
    ("spelling", "refused"),
    [("us", "en"), ("Us", "en"), ("the", "en"), ("pour", "fr"), ("US", ""), ("U.S.", ""), ("May", ""), ("den", "")],
)
def test_a_spelling_that_is_a_common_word(spelling: str, refused: str) -> None:
    told = f"the spelling '{spelling}' stands in nearly every text in {refused}: each would tell of 'United States'"
    mistakes = term_mistakes([section("s", {"en": ["camp"], "fr": ["camp"]})], {"United States": ["USA", spelling]})
    assert mistakes == (((("aliases", "United States", 1), told),) if refused else ())


@pytest.mark.parametrize(
    ("terms", "against", "how"),
    [
        ("SDF", "FDS", ": both are spellings of 'SDF'"),
        ("prisoner", "prisoners", ": words match by their stems"),
        ("Camp", "camps", ": words match by their stems"),
        ("camp", "Camps", ": words match by their stems"),
        ("strip + citizenship", "citizenship", ""),
        ("tents | huts", "huts | tents | caves", ""),
        ("AIDS", "aid", ": words match by their stems"),
        ("taking + town", "towns + taking", ""),
        ("aid", "AIDS", None),
        ("camps", "al-Hol camp", None),
        ("tents | huts", "huts", None),
        ("citizenship", "strip + citizenship", None),
        ("taking + town", "taking + village", None),
    ],
)
def test_a_term_to_which_another_leaves_nothing(terms: str, against: str, how: str | None) -> None:
    aliases: Aliases = {"SDF": ["FDS", "SDS"], "taking": {"en": ["seize", "win"]}}
    told = f"the term '{against}' leaves nothing to find for '{terms}', which stands under 'terms'{how}"
    settings = section("s", [terms], **{"not": {"en": [against]}})
    assert term_mistakes([settings], aliases) == ((("sections", 0, "not", "en", 0), told),) * (how is not None)


def test_thousands_of_terms_are_held_against_thousands() -> None:
    settings = section(
        "s", [f"a{n} + town" for n in range(5_000)], **{"not": {"en": [f"b{n} + towns" for n in range(5_000)]}}
    )
    started = time.process_time()
    assert term_mistakes([settings], {}) == ()
    assert time.process_time() - started < 5


def test_only_what_is_one_in_every_language_leaves_nothing_in_another() -> None:
    aliases = {"SDF": ["FDS"]}
    settings = section("s", {"en": ["SDF", "Baghouz", "prison"]}, **{"not": {"fr": ["FDS", "Baghouz", "prison"]}})
    paths = [path for path, _ in term_mistakes([settings], aliases)]
    assert paths == [("sections", 0, "not", "fr", 0), ("sections", 0, "not", "fr", 1)]


@pytest.mark.parametrize(
    ("weights", "mistaken"),
    [
        ({"SDF": 3.0, "FDS": 3.0}, ()),
        ({"SDF": 3.0, "FDS": 2.0}, ("'FDS' is one term with 'SDF', whose weight is 3",)),
        ({"WATER": 3.0, "water": 0.5}, ("'water' is one term with 'WATER', whose weight is 3",)),
        ({"SDS": 3.0}, ()),
    ],
)
def test_two_weights_of_one_term(weights: dict[str, float], mistaken: tuple[str, ...]) -> None:
    settings = section("s", ["SDF", "water"], weights=weights)
    mistakes = term_mistakes([settings], {"SDF": ["FDS", "SDS"]})
    assert mistakes == tuple((("sections", 0, "weights", [*weights][-1]), told) for told in mistaken)


@pytest.mark.parametrize(
    ("term", "path", "message"),
    [
        ("taking + a place", None, ""),
        ("given up", None, ""),
        ("whom", None, ""),
        (
            "taking",
            ("aliases", "taking", "en", 0),
            "'take' stands in nearly every text, and the term 'taking' asks for no other word beside it",
        ),
        (
            "the | town",
            ("sections", 0, "terms", "en", 0),
            "'the' stands in nearly every text, and the term 'the | town' asks for no other word beside it",
        ),
        (
            "taking + the | town",
            ("sections", 0, "terms", "en", 0),
            "the term 'taking + the | town' is met by 'take + the', words that stand in nearly every text",
        ),
        ("hollow", ("aliases", "hollow", "fr", 0), "'–' holds no word"),
    ],
)
def test_a_mistake_in_a_notion(term: str, path: tuple[str | int, ...] | None, message: str) -> None:
    notions = {
        "taking": {"en": ["take", "seize"]},
        "a place": {"en": ["town"], "fr": ["ville"]},
        "given up": {"en": ["given themselves up"]},
        "whom": {"en": ["fighters"]},
    }
    hollow = {"hollow": {"fr": ["–"], "en": ["cave"]}} if term == "hollow" else {}
    assert term_mistakes([section("s", [term])], {**notions, **hollow}) == (((path, message),) if path else ())


@pytest.mark.parametrize("key", ["examples", "not_examples"])
def test_examples_of_a_heading_without_terms(key: str) -> None:
    heading = section("s", {}, **{key: ["A camp falls."], "sections": [section("t", ["camp"])]})
    told = (
        f"section 's' has no terms of its own, so that it cannot have `{key}`; they stand under one of its `sections`"
    )
    assert term_mistakes([heading], {}) == ((("sections", 0, key), told),)


def test_a_faulty_expression_is_left_out_of_what_is_compiled() -> None:
    assert [term.label for term in compile_sections([section("s", ["camp", "regex:("])], {}).terms] == ["camp"]


@pytest.mark.parametrize("pattern", ["(a+)+$", "(a|a)*b", r"(.*)*x", "((a{0,30}){0,30}){0,30}"])
def test_an_expression_that_would_explode_elsewhere(pattern: str) -> None:
    started = time.process_time()
    mistakes = term_mistakes([section("s", [f"regex:{pattern}"])], {})
    assert time.process_time() - started < 2
    assert all("regular expression" in message for _, message in mistakes)
