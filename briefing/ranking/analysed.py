"""An analysed text as sumy's document, and its ratings back: words and stems as the language stage found them.

Import this module late: it loads sumy and numpy.
"""

from __future__ import annotations

import importlib
import math
import sys
from collections import Counter
from contextlib import contextmanager
from itertools import chain, groupby
from types import ModuleType
from typing import TYPE_CHECKING, Any

import numpy as np

from briefing.text import stop_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from numpy.typing import NDArray

    from briefing.models import Sentence as TextSentence
    from briefing.models import Text

    Floats = NDArray[np.float64]
    Integers = NDArray[np.int64]

# ── sumy without what it imports and this program does not use: 0.8 s of every start become 0.1 s ──
# sumy loads all of NLTK for stemmers, and requests to fetch pages; stems come from the language stage, and nothing here
# fetches. Both still load where sumy asks for something of them.


_UNUSED = (("nltk", "nltk.stem", "nltk.stem.snowball"), ("requests",))
"""The modules that sumy imports, each after its parents."""


class _OnDemand(ModuleType):
    """Stands in for a module, and imports it when something of it is asked for."""

    def __getattr__(self, name: str) -> object:
        if name.startswith("__"):
            raise AttributeError(name)
        return getattr(importlib.import_module(self.__name__), name)


@contextmanager
def unused_on_demand() -> Iterator[None]:
    """Keep those modules from loading while sumy is imported; one that is loaded already stays as it is."""
    stand_ins: dict[str, ModuleType] = {}
    for family in _UNUSED:
        if not any(name in sys.modules for name in family):
            stand_ins.update((name, _OnDemand(name)) for name in family)
    for name, module in stand_ins.items():
        parent, _, child = name.rpartition(".")
        if parent:
            setattr(stand_ins[parent], child, module)
    sys.modules.update(stand_ins)
    try:
        yield
    finally:
        for name, module in stand_ins.items():
            if sys.modules.get(name) is module:
                del sys.modules[name]


with unused_on_demand():
    from sumy.models.dom import ObjectDocumentModel, Paragraph, Sentence


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


# ── from a text to sumy's document and back to its sentences ──


MOST_SENTENCES = 1_000
"""Distinct sentences of one article that sumy rates, for its graphs are quadratic; what follows counts by its place."""


def document_of(text: Text) -> Any:  # noqa: ANN401 - sumy ships no types
    """Return sumy's document of the text's distinct sentences, paragraph by paragraph."""
    return ObjectDocumentModel(paragraphs_of(text))


def paragraphs_of(text: Text) -> list[Any]:
    """Return sumy's paragraphs of the text's distinct sentences."""
    return [
        Paragraph([_analysed(sentence) for _, sentence in members])
        for _, members in groupby(_distinct(text), key=lambda item: item[1].paragraph)
    ]


def spread_over(text: Text, rated: Sequence[float]) -> list[float]:
    """Return the ratings of a document's sentences for each sentence of the text; a repetition has its first's."""
    by_text = {sentence.text: rating for (_, sentence), rating in zip(_distinct(text), rated, strict=True)}
    lowest = min(rated, default=0.0)
    return [by_text.get(sentence.text, lowest) for sentence in text.sentences]


def _analysed(sentence: TextSentence) -> AnalysedSentence:
    return AnalysedSentence(
        sentence.text, words=sentence.words, stems=sentence.stems, stop_words=stop_words(sentence.language)
    )


def _distinct(text: Text) -> Iterator[tuple[int, TextSentence]]:
    """Yield the first occurrence of each sentence: sumy rates by wording, and prints what is said twice twice."""
    seen: set[str] = set()
    for order, sentence in enumerate(text.sentences):
        if sentence.text not in seen and len(seen) < MOST_SENTENCES:
            seen.add(sentence.text)
            yield order, sentence
