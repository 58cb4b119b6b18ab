"""sumy's summarizers that compare every two sentences: the same numbers, by products of matrices.

Import this module late: it loads sumy and numpy.
"""

from __future__ import annotations

import math
from collections import Counter
from itertools import chain
from typing import TYPE_CHECKING, Any

import numpy as np

from briefing.ranking.analysed import Terms
from briefing.ranking.lean_import import unused_on_demand

with unused_on_demand():
    from sumy.summarizers.lex_rank import LexRankSummarizer
    from sumy.summarizers.reduction import ReductionSummarizer
    from sumy.summarizers.text_rank import TextRankSummarizer

if TYPE_CHECKING:
    from collections.abc import Sequence

    from briefing.ranking.analysed import AnalysedSentence, Floats


class ArrayLexRank(LexRankSummarizer):  # type: ignore[misc] # sumy ships no types
    """LexRank (Erkan & Radev 2004), its matrix of cosines by one product."""

    def _to_words_set(self, sentence: AnalysedSentence) -> list[str]:
        return sentence.content

    @staticmethod
    def _compute_idf(sentences: Sequence[Sequence[str]]) -> dict[str, float]:
        found = Counter(chain.from_iterable(map(dict.fromkeys, sentences)))
        return {term: math.log(len(sentences) / (1 + count)) for term, count in found.items()}

    def _create_matrix(self, sentences: Sequence[Sequence[str]], threshold: float, *_metrics: object) -> Floats:
        terms = Terms(sentences)
        linked = terms.products(self._unit_vectors(terms)) > threshold
        matrix: Floats = linked / np.maximum(linked.sum(axis=1), 1)[:, np.newaxis]
        return matrix

    def _unit_vectors(self, terms: Terms) -> Floats:
        """Return the terms' tf·idf, each sentence scaled to length one."""
        if not terms.columns.size:
            return np.zeros(0)
        most = np.ones(terms.size)
        np.maximum.at(most, terms.rows, terms.counts)
        # The logarithms are Python's, as sumy's are: numpy's may differ in the last digit.
        idf = [math.log(terms.size / (1 + count)) for count in terms.sentences_with.tolist()]
        weights = terms.counts / most[terms.rows] * np.array(idf)[terms.columns]
        lengths = np.sqrt(terms.per_sentence(weights**2))
        found: Floats = weights / np.where(lengths > 0, lengths, 1.0)[terms.rows]
        return found

    def centralities(self, document: Any) -> list[float]:  # noqa: ANN401 - sumy ships no types
        """Return the sum of each sentence's cosines with all others: continuous degree centrality, without threshold.

        Linear in the length of the text: the sum of a vector's products is its product with the sum of the vectors.
        """
        terms = Terms([sentence.content for sentence in document.sentences])
        values = self._unit_vectors(terms)
        whole = np.bincount(terms.columns, values, minlength=len(terms.terms))
        others: Floats = terms.per_sentence(values * whole[terms.columns]) - terms.per_sentence(values**2)
        return [float(value) for value in others]


class ArrayTextRank(TextRankSummarizer):  # type: ignore[misc] # sumy ships no types
    """TextRank (Mihalcea & Tarau 2004), its weights by one product."""

    def _create_matrix(self, document: Any) -> Floats:  # noqa: ANN401 - sumy ships no types
        sentences = [sentence.content for sentence in document.sentences]
        weights = _edges(sentences, lone_words=1.0)
        weights /= weights.sum(axis=1)[:, np.newaxis] + self._ZERO_DIVISION_PREVENTION
        matrix: Floats = (1.0 - self.damping) / len(sentences) + self.damping * weights
        return matrix


class ArrayReduction(ReductionSummarizer):  # type: ignore[misc] # sumy ships no types
    """Reduction (Jagadeesh, Pingali & Varma 2005): the sum of TextRank's edges."""

    def rate_sentences(self, document: Any) -> dict[Any, float]:  # noqa: ANN401 - sumy ships no types
        """Return the rating of each sentence."""
        weights = _edges([sentence.content for sentence in document.sentences], lone_words=0.0)
        np.fill_diagonal(weights, 0.0)
        return dict(zip(document.sentences, weights.sum(axis=1).tolist(), strict=True))


def _edges(sentences: Sequence[Sequence[str]], *, lone_words: float) -> Floats:
    """Return the words shared by every two sentences over the sum of the logarithms of their lengths.

    Two sentences of one word each have no such sum; where they are equal, their edge is `lone_words`.
    """
    terms = Terms(sentences)
    shared = terms.products(terms.counts)
    logarithms = np.array([math.log(len(sentence)) if sentence else 0.0 for sentence in sentences])
    norm = logarithms[:, np.newaxis] + logarithms
    return np.where(norm > 0, shared / np.where(norm > 0, norm, 1.0), shared * lone_words)
