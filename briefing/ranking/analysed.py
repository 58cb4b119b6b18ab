"""An analysed text as sumy's document: words, stems and terms as the language stage found them.

Import this module late: it loads sumy and numpy.
"""

from __future__ import annotations

import math
from collections import Counter
from itertools import chain
from typing import TYPE_CHECKING, Any

import numpy as np

from briefing.ranking.lean_import import unused_on_demand

with unused_on_demand():
    from sumy.models.dom import Sentence

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Integers = NDArray[np.int64]


class AnalysedSentence(Sentence):  # type: ignore[misc] # sumy ships no types
    """A sentence of sumy's whose words and stems are already known; `content` are the stems but for stop words."""

    __slots__ = ("content", "given", "stems")

    def __init__(self, text: str, *, words: Sequence[str], stems: Sequence[str], stop_words: frozenset[str]) -> None:
        super().__init__(text, None)
        self.given = tuple(words)
        self.stems = tuple(stems)
        self.content = [stem for word, stem in zip(words, stems, strict=True) if word not in stop_words]

    @property
    def words(self) -> tuple[str, ...]:
        """The words as the language stage found them."""
        return self.given


def ratings(summarizer: Any, document: Any) -> list[float]:  # noqa: ANN401 - sumy ships no types
    """Return the rating of every sentence in the order of the text; what is no number counts as 0."""
    rated: dict[int, float] = {}

    def read(infos: Iterable[Any]) -> tuple[()]:
        rated.update((info.order, float(info.rating)) for info in infos)
        return ()

    with np.errstate(divide="ignore", invalid="ignore"):
        summarizer(document, read)
    found = (rated.get(order, 0.0) for order in range(len(document.sentences)))
    return [rating if math.isfinite(rating) else 0.0 for rating in found]


class Terms:
    """The terms of some sentences as parallel arrays: one entry for each distinct term of each sentence."""

    def __init__(self, sentences: Sequence[Sequence[str]]) -> None:
        counts = [Counter(sentence) for sentence in sentences]
        numbers: dict[str, int] = {}
        for count in counts:
            for term in count:
                numbers.setdefault(term, len(numbers))
        self.terms = list(numbers)
        self.size = len(sentences)
        self.rows: Integers = np.repeat(np.arange(self.size), [len(count) for count in counts])
        self.columns: Integers = np.fromiter((numbers[term] for count in counts for term in count), np.int64)
        self.counts: Floats = np.fromiter(chain.from_iterable(count.values() for count in counts), np.float64)
        self.sentences_with: Integers = np.bincount(self.columns, minlength=len(numbers))

    def per_sentence(self, values: Floats) -> Floats:
        """Sum the entries' values for each sentence."""
        return np.bincount(self.rows, values, minlength=self.size).astype(np.float64)

    def products(self, values: Floats) -> Floats:
        """Return the dot product of every two sentences, sentences × sentences."""
        shared = self.sentences_with > 1
        places = np.cumsum(shared) - 1
        kept = shared[self.columns]
        dense = np.zeros((self.size, int(shared.sum())))
        dense[self.rows[kept], places[self.columns[kept]]] = values[kept]
        found: Floats = dense @ dense.T
        # Terms of one sentence alone meet only themselves: their part of the diagonal needs no column.
        np.fill_diagonal(found, self.per_sentence(values**2))
        return found
