"""ROUGE-1 and ROUGE-2 (Lin 2004), F1 of multisets of n-grams, with a tokenizer that keeps every script.

The usual package's default tokenizer deletes accents and Arabic letters. Here words are runs of letters, marks and
digits in NFC, lower case; English words of more than three letters are stemmed with Porter's stemmer, as the usual
package does.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from functools import lru_cache
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

_WORD = re.compile(r"[^\W_](?:[^\W_]|[\u0300-\u036f])*")
_UNWRITTEN = re.compile(r"[\u0610-\u061a\u0640\u064b-\u065f\u0670]")
"""Arabic vowel signs and the tatweel, which writers set or leave out at will."""
_STEMMED_FROM = 4


def tokens(text: str, language: str) -> tuple[str, ...]:
    """Return the words that ROUGE compares."""
    found = _WORD.findall(_UNWRITTEN.sub("", unicodedata.normalize("NFC", text).lower()))
    return tuple(map(_stem, found)) if language == "en" else tuple(found)


def f1(candidate: Sequence[str], reference: Sequence[str], n: int) -> float:
    """Return ROUGE-n F1 of two token sequences, 0 to 100."""
    own, wanted = _grams(candidate, n), _grams(reference, n)
    shared = sum((own & wanted).values())
    return 200.0 * shared / (sum(own.values()) + sum(wanted.values())) if shared else 0.0


def mean_f1(candidate: str, references: Sequence[str], n: int, *, language: str) -> float:
    """Return the mean of ROUGE-n F1 over several references."""
    own = tokens(candidate, language)
    return sum(f1(own, tokens(reference, language), n) for reference in references) / len(references)


def _grams(words: Sequence[str], n: int) -> Counter[tuple[str, ...]]:
    return Counter(zip(*(words[start:] for start in range(n)), strict=False))


@lru_cache(maxsize=100_000)
def _stem(word: str) -> str:
    return _porter()(word) if len(word) >= _STEMMED_FROM else word


@lru_cache(maxsize=1)
def _porter() -> Callable[[str], str]:
    from Stemmer import Stemmer

    return cast("Callable[[str], str]", Stemmer("porter").stemWord)
