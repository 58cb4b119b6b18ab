"""Language files: each loads, each says what its tables are for, and mistakes in them are named."""

from __future__ import annotations

import itertools
import re
from importlib.resources import files

import pytest

from briefing.languages import Language, language_data, languages
from briefing.languages.loading import read_language


@pytest.mark.parametrize("code", [*languages(), "mul"])
def test_a_file_loads_and_explains_each_of_its_lists(code: str) -> None:
    assert language_data(code).code == code
    lines = (files("briefing.languages") / f"{code}.toml").read_text("utf-8").splitlines()
    assert lines[0].startswith("# ")
    explained = False
    for above, line in itertools.pairwise(lines):
        if line.startswith("["):
            explained = False
        elif line.startswith("# ") and (above == "[fields]" or (above.startswith("[") and above.count(".") == 1)):
            explained = True  # a table of one kind of words, by what they mean
        elif re.match(r"[\w'-]+ = ", line):
            assert explained or above.startswith("# "), f"{code}: {line}"


def test_a_language_without_a_file_is_known_by_its_code_alone() -> None:
    found = language_data("xx")
    assert found.code == "xx"
    assert not found.stop_words
    assert not found.quotability.openers


def test_a_language_is_read_once() -> None:
    assert language_data("pt") is language_data("pt")


def test_words_are_split_and_phrases_are_kept() -> None:
    found = read_language("xx", "stop_words = '''\na b\nc\n'''\n[quotability]\nopening_phrases = ['as well', 'so']\n")
    assert found.stop_words == {"a", "b", "c"}
    assert found.quotability.opening_phrases == {"as well", "so"}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("stopwords = 'a'", "xx: unknown table or list 'stopwords'; Language has code, stop_words, "),
        ("[dates]\ndays = ['x']", "xx.dates: unknown table or list 'days'"),
        ("[writing]\nunspaced = 'yes'", "xx.writing.unspaced: "),
        ("stop_words = 3", "xx.stop_words: "),
    ],
)
def test_a_mistake_in_a_file_is_named_with_its_place(text: str, said: str) -> None:
    with pytest.raises(ValueError, match=re.escape(said)):
        read_language("xx", text)


def test_names_of_days_and_months_are_complete() -> None:
    for code in languages():
        dates = language_data(code).dates
        assert len(dates.weekdays) in {0, 7}, code
        assert len(dates.months) in {0, 12}, code


def test_the_face_is_what_others_import() -> None:
    assert isinstance(language_data("en"), Language)
