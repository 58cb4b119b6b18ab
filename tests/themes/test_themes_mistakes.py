"""Mistakes in terms, weights, examples and aliases: what is said, and where it points."""

from __future__ import annotations

import time

import pytest

from briefing.themes import compile_sections, term_mistakes
from tests.themes.themed import section


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
    ("term", "path", "message"),
    [
        ("taking + a place", None, ""),
        ("given up", None, ""),
        ("whom", None, ""),
        (
            "taking",
            ("sections", 0, "terms", "en", 0),
            "the term 'taking' holds only words that stand in nearly every text; give words of the subject",
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


def test_a_faulty_expression_is_left_out_of_what_is_compiled() -> None:
    assert [term.label for term in compile_sections([section("s", ["camp", "regex:("])], {}).terms] == ["camp"]


@pytest.mark.parametrize("pattern", ["(a+)+$", "(a|a)*b", r"(.*)*x", "((a{0,30}){0,30}){0,30}"])
def test_an_expression_that_would_explode_elsewhere(pattern: str) -> None:
    started = time.perf_counter()
    mistakes = term_mistakes([section("s", [f"regex:{pattern}"])], {})
    assert time.perf_counter() - started < 2
    assert all("regular expression" in message for _, message in mistakes)
