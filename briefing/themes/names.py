"""Proper names across scripts: a Latin name and its spelling in Arabic, Cyrillic, Greek or Hebrew letters.

Both are written in ASCII (anyascii), brought to one set of consonants, and compared in two steps: the consonants must
be the same, and every vowel that the other script writes must be one that the Latin spelling can have at that place.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

TELLING = 3
"""Consonants from which a name is taken: with two, one Arabic word in twenty would be some place or other."""

_DIGRAPHS = (
    ("sch", "s"), ("dzh", "j"), ("dj", "j"), ("gh", "g"), ("kh", "k"), ("sh", "s"), ("ch", "s"), ("th", "t"),
    ("dh", "d"), ("ph", "f"), ("zh", "j"), ("ck", "k"), ("ou", "w"), ("oo", "w"), ("ee", "i"),
)  # fmt: skip
_LETTERS = str.maketrans("qcpvw", "kkbfw")
"""Letters that Arabic and Cyrillic spellings do not tell apart."""
_VOWELS = {"o": "w", "u": "w", "w": "w", "i": "y", "e": "y", "y": "y"}
"""Vowels by the letter that Arabic writes for them; a and h are written or not as the scribe pleases."""
_ARABIC_PREFIX = re.compile(r"^(?:[وفبلك]?ال|[وف]?لل|[وفبلك])(?=\w{3})")


@dataclass(frozen=True, slots=True)
class Name:
    """A word as consonants with the vowels that stand in each gap between them."""

    consonants: str
    gaps: tuple[frozenset[str], ...]

    @property
    def is_telling(self) -> bool:
        """Whether it has enough consonants to be known by them."""
        return len(self.consonants) >= TELLING

    def admits(self, other: Name) -> bool:
        """Whether the other word may be this name: same consonants, no vowel that this one lacks (the ending apart)."""
        pairs = zip(self.gaps[:-1], other.gaps[:-1], strict=False)
        return self.consonants == other.consonants and all(written <= known for known, written in pairs)


def romanise(word: str) -> Name:
    """Return the consonants and vowels of a word in ASCII letters."""
    for written, sound in _DIGRAPHS:
        word = word.replace(written, sound)
    word = re.sub(r"[^a-z]", "", word).translate(_LETTERS)
    consonants: list[str] = []
    gaps: list[set[str]] = [set()]
    for letter in word:
        if letter in _VOWELS:
            gaps[-1].add(_VOWELS[letter])
        elif letter not in "ah" and (gaps[-1] or consonants[-1:] != [letter]):
            consonants.append(letter)
            gaps.append(set())
    return Name("".join(consonants), tuple(frozenset(gap) for gap in gaps))


@lru_cache(maxsize=1 << 17)
def foreign_forms(word: str) -> tuple[Name, ...]:
    """Return a word of another script as names, with and without the article and particles that Arabic joins to it."""
    if word.isascii() or not word.isalpha() or _is_latin(word):
        return ()
    from anyascii import anyascii

    spellings = dict.fromkeys((word, _ARABIC_PREFIX.sub("", word)))
    names = (romanise(anyascii(spelling).lower()) for spelling in spellings)
    return tuple(name for name in dict.fromkeys(names) if name.is_telling)


def _is_latin(word: str) -> bool:
    return word[0] < "Ͱ"  # Greek starts at U+0370, and every other script after it
