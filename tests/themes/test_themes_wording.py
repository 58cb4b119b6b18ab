"""Learned weights of words: what they add to terms, what they cannot do alone, and where they say nothing."""

from __future__ import annotations

import json
import math
from pathlib import Path
from typing import get_args

import pytest

import briefing.themes
from briefing.config import Learned
from briefing.themes import Wording, compile_sections, explain, learned
from briefing.themes.relevance import RELEVANT
from briefing.themes.wording import FILE, MOST_TOLD, features
from tests.themes.themed import ranked, section, text

OWN = Wording(bias=-0.1, weights={"fell": 0.6, "wheat": -0.9, "#": 0.3}, languages=frozenset({"en"}))
NAMES = get_args(Learned)


def relevance_of(*sentences: str, learned: str | None, language: str = "en", terms: str = "village") -> list[float]:
    settings = section("s", [terms]).model_copy(update={"learned": learned})
    (verdict,) = explain(ranked(text(*sentences, language=language)), compile_sections([settings], {}))
    return [*verdict.relevance]


def test_a_leaning_is_the_bias_and_the_weights_over_the_root_of_how_many_words_there_are() -> None:
    assert OWN.leaning(("fell", "fell", "12", "7", "town"), "en") == pytest.approx(-0.1 + (0.6 + 0.3) / math.sqrt(3))
    assert OWN.leaning(("town",), "en") == -0.1


def test_other_languages_and_nothing_lean_neither_way() -> None:
    assert OWN.leaning(("fell",), "de") == 0.0
    assert OWN.leaning((), "en") == 0.0


def test_the_words_that_told_most_are_named_with_what_each_added() -> None:
    assert OWN.telling(("town", "fell", "wheat", "3")) == (("wheat", -0.45), ("fell", 0.3), ("#", 0.15))
    many = Wording(bias=0, weights={f"w{n}": n / 10 for n in range(1, 10)}, languages=frozenset({"en"}))
    assert len(many.telling(tuple(many.weights))) == MOST_TOLD


def test_words_against_are_named_beside_more_and_stronger_ones_for() -> None:
    words = {"a": 0.9, "b": 0.8, "c": 0.7, "d": 0.6, "e": -0.1, "f": -0.2, "g": -0.3, "h": 0.0}
    told = Wording(bias=0, weights=words, languages=frozenset({"en"})).telling(tuple(words))
    assert [word for word, _ in told] == ["a", "b", "g", "f"]
    few = Wording(bias=0, weights={**words, "f": 0.0, "g": 0.0}, languages=frozenset({"en"})).telling(tuple(words))
    assert [word for word, _ in few] == ["a", "b", "c", "e"]


@pytest.mark.parametrize("name", NAMES)
def test_every_name_of_the_schema_has_its_weights(name: str) -> None:
    wording = learned(name)
    assert wording.languages == {"en", "es", "fr"}
    assert wording.bias < 0
    assert len(wording.weights) == 1000
    assert all(abs(weight) < 8 and word in features([word]) for word, weight in wording.weights.items())


def test_the_file_holds_these_and_no_others() -> None:
    path = Path(briefing.themes.__file__).with_name(FILE)
    assert set(json.loads(path.read_text("utf-8"))["sections"]) == set(NAMES)


def test_words_lift_a_sentence_about_the_section_and_lower_one_that_only_holds_its_term() -> None:
    taken = "Rebels besieged the village and seized control of its territory after clashes."
    visited = "A teacher of the village was called home to gather water for people."
    (plain_taken,), (plain_visited,) = relevance_of(taken, learned=None), relevance_of(visited, learned=None)
    assert plain_taken == pytest.approx(plain_visited, abs=0.1)
    assert relevance_of(taken, learned="territory")[0] > plain_taken
    assert relevance_of(visited, learned="territory")[0] < RELEVANT <= plain_visited


def test_words_without_a_term_tell_only_beside_sentences_that_are_about_the_section() -> None:
    term = "The village fell to the army."
    without = "Troops besieged, recaptured and liberated control after clashes, a siege and an offensive."
    far = ("Rain fell on the farms.",) * 6
    beside = relevance_of(term, without, learned="territory", terms="village fell")
    apart = relevance_of(*far, term, *far, without, learned="territory", terms="village fell")
    assert beside[1] == RELEVANT
    assert 0 < apart[-1] < RELEVANT
    assert relevance_of(term, without, learned=None, terms="village fell")[1] == 0


def test_a_language_that_was_not_learned_is_left_to_its_terms() -> None:
    said = "Das Dorf village liegt am Fluss."
    settings = section("s", ["village"])
    terms = {"de": ["village"]}
    plain, leaning = (
        explain(
            ranked(text(said, language="de")),
            compile_sections([settings.model_copy(update={"terms": terms, "learned": name})], {}),
        )[0]
        for name in (None, "territory")
    )
    assert leaning.relevance == plain.relevance == leaning.by_terms
