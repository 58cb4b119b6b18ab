"""What the words of a sentence tell of a section beside its terms, by weights learned from labelled sentences.

Terms say what a section is about, one by one; whether a sentence speaks of it hangs on all of its words. The leaning of
a sentence is a linear classifier's score: bias + Σ weight / √(number of different words), over its stems, numbers being
alike. Weights are those of ridge regression on the labels −1 and 1 (regularised least squares classification: Rifkin,
Yeo and Poggio 2003), the rarer class counting more; `python -m benchmarks.fit_wording` makes them anew. A leaning is on
the scale of a sentence's strength, to which it is added (see `relevance`).
"""

from __future__ import annotations

import json
import math
import pkgutil
from dataclasses import dataclass
from functools import cache
from itertools import zip_longest
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

FILE = "learned.json"
"""A part of the program, as its code is: `languages`, and for each of `sections` a `bias` and `weights` by stem."""
NUMBER = "#"
"""Stands for every number."""
MOST_TOLD = 4
"""Words that are named as those which a leaning came of."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """Weights of words for one section."""

    bias: float
    """The leaning of a sentence of unknown words."""
    weights: Mapping[str, float]
    """By stem."""
    languages: frozenset[str]
    """Those of the sentences that it was learned from; it says nothing of others."""

    def leaning(self, stems: Sequence[str], language: str) -> float:
        """Return what the words of a sentence add to its strength, or take off; 0 in a language that is not known."""
        words = features(stems)
        if language not in self.languages or not words:
            return 0.0
        return self.bias + sum(self.weights.get(word, 0.0) for word in words) / math.sqrt(len(words))

    def telling(self, stems: Sequence[str]) -> tuple[tuple[str, float], ...]:
        """Return the words that told most, as many of them for as against while there are, with what each added."""
        words = features(stems)
        told = [(word, self.weights[word] / math.sqrt(len(words))) for word in words if word in self.weights]
        told.sort(key=lambda pair: (-abs(pair[1]), pair[0]))
        sides = ([pair for pair in told if pair[1] > 0], [pair for pair in told if pair[1] < 0])
        turns = [pair for pairs in zip_longest(*sides) for pair in pairs if pair is not None]
        return tuple(pair for pair in told if pair in turns[:MOST_TOLD])


def features(stems: Sequence[str]) -> frozenset[str]:
    """Return the different stems of a sentence, all numbers as one."""
    return frozenset(NUMBER if stem.isdigit() else stem for stem in stems)


@cache
def learned(name: str) -> Wording:
    """Return the weights of that name which come with the program; KeyError where there are none."""
    data = json.loads(pkgutil.get_data(__package__, FILE) or "")
    section = data["sections"][name]
    return Wording(bias=section["bias"], weights=section["weights"], languages=frozenset(data["languages"]))
