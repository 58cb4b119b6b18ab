"""Whether two short lines are in different languages, told by their scripts and their commonest words."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from briefing.languages import language_data, languages

_WORDS = re.compile(r"[^\W\d_]+")


def languages_apart(one: str, other: str) -> bool:
    """Return whether two lines are surely in different languages; False where it cannot be told."""
    if _script(one) != _script(other):
        return True
    first, second = _scores(one), _scores(other)
    best_first, best_second = max(first.values()), max(second.values())
    if min(best_first, best_second) < 2:
        return False
    likely_first = {language for language, score in first.items() if score == best_first}
    likely_second = {language for language, score in second.items() if score == best_second}
    return likely_first.isdisjoint(likely_second)


def _scores(line: str) -> dict[str, int]:
    words = _WORDS.findall(line.casefold())
    return {language: sum(word in common for word in words) for language, common in _function_words().items()}


@cache
def _function_words() -> dict[str, frozenset[str]]:
    listed = {code: language_data(code).detection.function_words for code in languages()}
    return {code: words for code, words in listed.items() if words}


def _script(line: str) -> str:
    """Return the commonest script of a line's letters, by the first word of their Unicode names."""
    names = [unicodedata.name(char, "?").partition(" ")[0] for char in line if char.isalpha()]
    return max(sorted(set(names)), key=names.count, default="")
