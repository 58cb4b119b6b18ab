"""Stems: the Snowball algorithms, and a light stemmer for Ukrainian; every stem is computed once."""

from __future__ import annotations

import re
import threading
from functools import cache
from typing import TYPE_CHECKING

from briefing.text.words import fold

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

_SNOWBALL = {
    "ar": "arabic", "ca": "catalan", "cs": "czech", "da": "danish", "de": "german", "el": "greek", "en": "english",
    "es": "spanish", "et": "estonian", "eu": "basque", "fa": "persian", "fi": "finnish", "fr": "french",
    "ga": "irish", "hi": "hindi", "hu": "hungarian", "hy": "armenian", "id": "indonesian", "it": "italian",
    "lt": "lithuanian", "ne": "nepali", "nl": "dutch", "no": "norwegian", "pl": "polish", "pt": "portuguese",
    "ro": "romanian", "ru": "russian", "sr": "serbian", "sv": "swedish", "ta": "tamil", "tr": "turkish",
}  # fmt: skip
"""ISO 639-1 to the name of the Snowball algorithm (https://snowballstem.org/algorithms/)."""

_BEFORE = {
    "ar": (("^[وف](?=ال\\w{3})", ""), ("(?<=\\w{4})ات$", "")),
    "es": (("ades$", "ad"),),
    "fr": (("(?<=\\w\\wu)s$", ""),),
    "pt": (("ões$", "ão"), ("(?<=[eé])ns$", "m")),
}
"""Endings that Snowball leaves to a word and not to its plural: détenus, ciudades; "and the" before a noun."""

_MOST_STEMS = 400_000
"""Stems kept per language; a day of a thousand articles has some forty thousand."""

_lock = threading.Lock()


class _Stems(dict[str, str]):
    """The stems of one language, filled as words are asked for."""

    def __init__(self, algorithm: Callable[[str], str]) -> None:
        super().__init__()
        self._algorithm = algorithm

    def __missing__(self, word: str) -> str:
        with _lock:  # Snowball stemmers keep the word in themselves while they work
            found = fold(self._algorithm(word)) or fold(word)
            if len(self) >= _MOST_STEMS:
                self.clear()
            self[word] = found
        return found


_tables: dict[str, _Stems] = {}


def stem(word: str, language: str) -> str:
    """Return the stem of a word as `words` gives it, accents folded; a language without a stemmer keeps the word."""
    return _table(language)[word]


def stems(words: Iterable[str], language: str) -> tuple[str, ...]:
    """Return one stem for each word."""
    return tuple(map(_table(language).__getitem__, words))


def _table(language: str) -> _Stems:
    table = _tables.get(language)
    if table is None:
        table = _tables.setdefault(language, _Stems(_algorithm(language)))
    return table


def _algorithm(language: str) -> Callable[[str], str]:
    if language == "uk":
        return _stem_ukrainian
    if language not in _SNOWBALL:
        return fold
    from Stemmer import Stemmer

    algorithm: Callable[[str], str] = Stemmer(_SNOWBALL[language], 0).stemWord
    mended = [(re.compile(ending), instead) for ending, instead in _BEFORE.get(language, ())]
    return (lambda word: algorithm(_mend(word, mended))) if mended else algorithm


def _mend(word: str, endings: Iterable[tuple[re.Pattern[str], str]]) -> str:
    for ending, instead in endings:
        word = ending.sub(instead, word)
    return word


_UKRAINIAN_ENDINGS = """
ського ському ською ських ським ський ська ське ські ування юванням уванням уванні ання ення іння анням енням інням
анні енні інні ами ями ові еві єві ого ому ими ій ою ею єю ий ої их им ім іх ів їв їх їм ах ях ам ям ом ем єм ія ії
ію ією іям іями іях ості істю ість остям остями ував увала увало ували увати ують ється уться ються ться ати яти ити
іти їти ала яла ила іла ало яло ило али яли или іли ав яв ив ує ють уть ать ять ить иш еш єш ємо емо имо єте ете ите
вши лись лася лося вся тися а я о е є и і ї у ю ь й
"""
"""Endings of nouns, adjectives and verbs, and the suffixes that make nouns of verbs."""
_LONG_ENDING = 3


@cache
def _ukrainian_ending() -> re.Pattern[str]:
    endings = _UKRAINIAN_ENDINGS.split()
    short, long = ("|".join(e for e in endings if (len(e) > _LONG_ENDING) is is_long) for is_long in (False, True))
    return re.compile(rf"(?:(?<=\w{{4}})(?:{long})|(?<=\w{{3}})(?:{short}))$")


def _stem_ukrainian(word: str) -> str:
    """Cut the longest ending that leaves three letters, four before a long one."""
    return _ukrainian_ending().sub("", word, count=1)
