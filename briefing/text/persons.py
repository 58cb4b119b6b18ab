"""Pronouns that stand for people whom their sentence does not name: "stripped her of her citizenship"."""

from __future__ import annotations

import re

from briefing.text.stopwords import stop_words

_OPENING = re.compile(r"(?:\S+\s+){0,6}\S*")
"""Where "of them" points to people of the sentence before; further on it may mean people of its own sentence."""
_AMONG = {
    "en": re.compile(r"\b(?:of|among) them\b", re.IGNORECASE),
    "fr": re.compile(r"\b(?:d['’]entre|parmi) (?:eux|elles)\b", re.IGNORECASE),
}
_OBJECT = re.compile(r"\b(?:her|him|herself|himself)\b")
_WORD = re.compile(r"[^\W\d_]+")
_PEOPLE = frozenset(
    """
    anyone aunt baby boy bride captain chief child colonel daughter each everyone families family friend general girl
    guard head husband infant infants judge king man medic men migrant migrants nobody nurse one parent parents patient
    pilot prince princess queen refugee sergeant someone son student uncle victim who whoever widow wife witness woman
    women
    """.split()  # noqa: SIM905 - a list of words reads better than a list of strings
)
_PERSON_SUFFIXES = ("man", "woman", "er", "or", "ist", "ian", "ee", "ant", "ess")
_SHORT = 4
"""Words up to this length end in `er` or `or` by chance: "over", "her", "for"."""


def lacks_its_person(text: str, language: str) -> bool:
    """Whether a pronoun stands for people whom the sentence does not name; told for en, and in part for fr.

    A name may be any capitalised word, a person any noun with a person's ending: where in doubt, nobody is missing.
    """
    among, opening = _AMONG.get(language), _OPENING.match(text)
    if among and opening and among.search(opening.group()):
        return True
    return language == "en" and bool(_OBJECT.search(text)) and not _names_somebody(text)


def _names_somebody(text: str) -> bool:
    words = _WORD.findall(text)
    return any(_is_name(word, first=place == 0) or _is_person(word.lower()) for place, word in enumerate(words))


def _is_name(word: str, *, first: bool) -> bool:
    """Whether a capital may make a name of it; at the head of a sentence only what is no common word."""
    return word[0].isupper() and not word.isupper() and not (first and word.lower() in stop_words("en"))


def _is_person(word: str) -> bool:
    return word in _PEOPLE or (len(word) > _SHORT and word.endswith(_PERSON_SUFFIXES))
