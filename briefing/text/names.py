"""Proper names across scripts: a Latin name and its spelling in Arabic, Cyrillic, Greek or Hebrew letters.

Both are written in ASCII (anyascii), brought to one set of consonants, and compared in two steps: the consonants must
be the same, and every vowel that the other script writes must be one that the Latin spelling can have at that place.
Precision comes first: a name of three consonants is taken only where a vowel speaks for it as well, and what stays
unsure is left to `aliases`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache

FEWEST, SURE = 3, 4
"""Consonants that a name must have, and those from which they are enough without a written vowel."""

_DIGRAPHS = (
    ("sch", "x"), ("dzh", "j"), ("dj", "j"), ("gh", "g"), ("kh", "k"), ("sh", "x"), ("ch", "x"), ("th", "t"),
    ("dh", "d"), ("ph", "f"), ("zh", "j"), ("ck", "k"), ("ou", "w"), ("oo", "w"), ("ee", "i"),
)  # fmt: skip
_LETTERS = str.maketrans("qcpvw", "kkbfw")
"""Letters that Arabic and Cyrillic spellings do not tell apart."""
_VOWELS = {"a": "a", "o": "w", "u": "w", "w": "w", "i": "y", "e": "ya", "y": "y"}
"""Vowels by the letters that Arabic may write for them."""
_ALEF = str.maketrans("اآأإى", "aaaaa")
"""anyascii leaves alef out, which tells more than any other vowel."""
_HAMZA = re.compile(r"[ؤئء]|(?<=\w)[أإ]")
"""Hamza within a word: foreign names have none."""
_ARABIC_PREFIX = re.compile(r"^(?:[وفبلك]?ال|[وف]?لل|[وفبلك])(?=\w{3})")


@dataclass(frozen=True, slots=True)
class Name:
    """A word as consonants with the vowels that stand in each gap: before, between and after them."""

    consonants: str
    gaps: tuple[frozenset[str], ...]
    is_open: bool | None
    """Whether it ends in a vowel or h; None where endings are inflected."""

    @property
    def is_telling(self) -> bool:
        """Whether it has enough consonants to be known by them."""
        return len(self.consonants) >= FEWEST

    def admits(self, other: Name) -> bool:
        """Whether the other word may be this name; which vowel stands at its end does not count, only that one does."""
        pairs = zip(self.gaps[:-1], other.gaps[:-1], strict=False)
        if other.is_open not in {None, self.is_open}:
            return False
        told = len(self.consonants) >= SURE or any(other.gaps[1:-1])
        return told and self.consonants == other.consonants and all(written <= known for known, written in pairs)


def romanise(word: str) -> Name:
    """Return the consonants and vowels of a word in ASCII letters; of a doubled consonant one, of a final h none."""
    word = re.sub(r"([b-df-hj-np-tv-z])\1", r"\1", re.sub(r"[^a-z]", "", word))
    for written, sound in _DIGRAPHS:
        word = word.replace(written, sound)
    consonants: list[str] = []
    gaps: list[set[str]] = [set()]
    for letter in word.removesuffix("h").translate(_LETTERS):
        if letter in _VOWELS:
            gaps[-1].update(_VOWELS[letter])
        else:
            consonants.append(letter)
            gaps.append(set())
    is_open = word.endswith("h") or bool(gaps[-1])
    return Name("".join(consonants), tuple(frozenset(gap) for gap in gaps), is_open)


@lru_cache(maxsize=1 << 17)
def foreign_forms(word: str) -> tuple[Name, ...]:
    """Return a word of another script as names, with and without the article and particles that Arabic joins to it."""
    if word.isascii() or not word.isalpha() or _is_latin(word) or _HAMZA.search(word):
        return ()
    spellings = dict.fromkeys((word, _ARABIC_PREFIX.sub("", word)))
    names = (_foreign(spelling) for spelling in spellings)
    return tuple(name for name in dict.fromkeys(names) if name.is_telling)


def _foreign(word: str) -> Name:
    from anyascii import anyascii

    written = anyascii(word.translate(_ALEF)).lower()
    name = romanise(written.replace("e", "y"))  # a vowel that is written is one vowel, not either of two
    return name if _is_arabic(word) else replace(name, is_open=None)


def _is_arabic(word: str) -> bool:
    return "\u0600" <= word[0] <= "\u077f"


def _is_latin(word: str) -> bool:
    return word[0] < "Ͱ"  # Greek starts at U+0370, and every other script after it
