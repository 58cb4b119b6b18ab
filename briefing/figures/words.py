"""Words of a sentence with their places, and the classes that tables put them in."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from briefing.languages import language_data
from briefing.text import fold, weekday_names

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_WORD = re.compile(r"(?:[^\W_]|[\u0610-\u061a\u0640\u064b-\u065f\u0670])+(?:-[^\W_]+)*")
ARABIC_PREFIXES = ("", "ال", "و", "وال", "ف", "فال", "ب", "بال", "ل", "لل", "ك", "كال")
"""The article and particles that are written as one with the word behind them."""
_ARABIC_ARTICLES = tuple(prefix for prefix in ARABIC_PREFIXES if prefix.endswith(("ال", "لل")))
"""Those that hold the article, without which the names of some days are other words: two, somebody."""


class Word(NamedTuple):
    """A word at `start` to `end`; `key` is what tables know it by."""

    key: str
    start: int
    end: int


def words_of(text: str) -> tuple[Word, ...]:
    """Return the words of a text, elisions apart, without the marks of Arabic."""
    return tuple([Word._make((fold(match[0]), *match.span())) for match in _WORD.finditer(text)])


@cache
def things(language: str) -> Mapping[str, str]:
    """Return the class of each word that names a thing."""
    return _classes(language_data(language).figures.things, language)


@cache
def happenings(language: str) -> Mapping[str, str]:
    """Return the class of each word that names a happening."""
    return _classes(language_data(language).figures.happenings, language)


@cache
def times(language: str) -> Mapping[str, str]:
    """Return the time that each word names."""
    return _classes(language_data(language).figures.times, language)


def listed(words: Iterable[str], language: str) -> frozenset[str]:
    """Return words of a list as keys."""
    return frozenset(form for word in words for form in _forms(word, language))


@cache
def weekdays(language: str) -> Mapping[str, int]:
    """Return the day of the week of each word that names one, 0 for Monday."""
    return {form: day for name, day in weekday_names(language).items() for form in _day_forms(fold(name), language)}


def _day_forms(key: str, language: str) -> tuple[str, ...]:
    if language != "ar":
        return (key,)
    return tuple(prefix + key.removeprefix("ال") for prefix in _ARABIC_ARTICLES)


def _classes(table: Mapping[str, Iterable[str]], language: str) -> dict[str, str]:
    return {
        form: name
        for name, words in reversed(tuple(table.items()))
        for word in words
        for form in _forms(word, language)
    }


def _forms(word: str, language: str) -> tuple[str, ...]:
    key = fold(word)
    if language != "ar":
        return (key,)
    bare = key.removeprefix("ال")
    return tuple(prefix + bare for prefix in ARABIC_PREFIXES)
