"""sumy's summarizers: the same numbers, by products of matrices, without its slowest loops and without the hash seed.

Import this module late: it loads sumy and numpy.
"""

from __future__ import annotations

import heapq
import math
from collections import Counter
from itertools import chain
from typing import TYPE_CHECKING, Any

import numpy as np

from briefing.ranking.analysed import Terms, unused_on_demand

with unused_on_demand():
    from sumy.summarizers.kl import KLSummarizer
    from sumy.summarizers.lex_rank import LexRankSummarizer
    from sumy.summarizers.lsa import LsaSummarizer
    from sumy.summarizers.luhn import LuhnSummarizer
    from sumy.summarizers.reduction import ReductionSummarizer
    from sumy.summarizers.sum_basic import SumBasicSummarizer
    from sumy.summarizers.text_rank import TextRankSummarizer

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from briefing.ranking.analysed import AnalysedSentence, Floats, Integers


# ── those that count words ──


class ArrayLuhn(LuhnSummarizer):  # type: ignore[misc] # sumy ships no types
    """Luhn (1958): clusters of words that recur, read off their places."""

    def __call__(self, document: Any, sentences_count: Any) -> tuple[Any, ...]:  # noqa: ANN401 - sumy ships no types
        """Return what sumy returns: the sentences that `sentences_count` picks."""
        counts = Counter(chain.from_iterable(sentence.content for sentence in document.sentences))
        significant = frozenset(stem for stem, count in counts.items() if count > 1)
        best: tuple[Any, ...] = self._get_best_sentences(
            document.sentences, sentences_count, self.rate_sentence, significant
        )
        return best

    def _get_chunk_ratings(self, sentence: AnalysedSentence, significant_stems: frozenset[str]) -> list[float]:
        chunks: list[list[int]] = []
        for place, stem in enumerate(sentence.stems):
            if stem not in significant_stems:
                continue
            if chunks and place - chunks[-1][-1] <= self.max_gap_size:
                chunks[-1].append(place)
            else:
                chunks.append([place])
        return [len(chunk) ** 2 / (chunk[-1] - chunk[0] + 1) if len(chunk) > 1 else 0.0 for chunk in chunks]


class ArraySumBasic(SumBasicSummarizer):  # type: ignore[misc] # sumy ships no types
    """SumBasic (Nenkova & Vanderwende 2005), its best sentence found lazily: probabilities only ever fall."""

    def _get_content_words_in_sentence(self, sentence: AnalysedSentence) -> list[str]:
        return sentence.content

    def _get_all_content_words_in_doc(self, sentences: Iterable[AnalysedSentence]) -> list[str]:
        return list(chain.from_iterable(sentence.content for sentence in sentences))

    def _compute_ratings(self, sentences: Sequence[AnalysedSentence]) -> dict[AnalysedSentence, int]:
        probabilities = self._compute_tf(sentences)
        queue = [(-value, order, 0) for order, value in enumerate(self.averages(sentences))]
        heapq.heapify(queue)
        found: dict[AnalysedSentence, int] = {}
        while queue:
            value, order, seen = heapq.heappop(queue)
            content = sentences[order].content
            if seen < len(found):
                value = -self._compute_average_probability_of_words(probabilities, content)
                heapq.heappush(queue, (value, order, len(found)))
                continue
            found[sentences[order]] = -len(found)
            self._update_tf(probabilities, content)
        return found

    def averages(self, sentences: Sequence[AnalysedSentence]) -> list[float]:
        """Return the average probability of each sentence's words, before any is chosen."""
        probabilities = self._compute_tf(sentences)
        return [self._compute_average_probability_of_words(probabilities, sentence.content) for sentence in sentences]


class ArrayLsa(LsaSummarizer):  # type: ignore[misc] # sumy ships no types
    """LSA (Steinberger & Ježek 2004), its rows in an order that does not change with the hash seed."""

    def _create_dictionary(self, document: Any) -> dict[str, int]:  # noqa: ANN401 - sumy ships no types
        content = dict.fromkeys(chain.from_iterable(sentence.content for sentence in document.sentences))
        return {term: row for row, term in enumerate(content)}

    def _create_matrix(self, document: Any, dictionary: dict[str, int]) -> Floats:  # noqa: ANN401 - sumy ships no types
        matrix = np.zeros((len(dictionary), len(document.sentences)))
        for column, sentence in enumerate(document.sentences):
            for stem in sentence.stems:
                if stem in dictionary:
                    matrix[dictionary[stem], column] += 1
        return matrix

    def _compute_term_frequency(self, matrix: Floats, smooth: float = 0.4) -> Floats:
        most = matrix.max(axis=0)
        found: Floats = np.where(most > 0, smooth + (1.0 - smooth) * matrix / np.where(most > 0, most, 1.0), matrix)
        return found


class ArrayKL(KLSummarizer):  # type: ignore[misc] # sumy ships no types
    """KL-Sum (Haghighi & Vanderwende 2009) in quadratic time: a sentence changes the divergence only by its own words.

    sumy counts content words of the candidate, but every word of what is already chosen; so does this.
    """

    def _compute_ratings(self, sentences: Sequence[AnalysedSentence]) -> dict[AnalysedSentence, int]:
        everything = Terms([sentence.words for sentence in sentences])
        if not everything.columns.size:
            return {sentence: -order for order, sentence in enumerate(sentences)}
        content = np.array([term not in self.stop_words for term in everything.terms], dtype=bool)
        share: Floats = np.bincount(everything.columns, everything.counts) * content
        share /= max(share.sum(), 1.0)
        kept = content[everything.columns]
        rows, columns, counts = everything.rows[kept], everything.columns[kept], everything.counts[kept]
        lengths = np.bincount(rows, counts, minlength=len(sentences)).astype(np.float64)
        chosen = np.zeros(len(share))
        left = np.ones(len(sentences), dtype=bool)
        found: dict[AnalysedSentence, int] = {}
        for _ in sentences:
            divergence = _divergences(share, chosen, (rows, columns, counts), lengths)
            # Rounded, so that what is equal but for the order of a sum is equal.
            best = int(np.argmin(np.where(left, np.round(divergence, 12), np.inf)))
            found[sentences[best]] = -len(found)
            left[best] = False
            chosen += np.bincount(
                everything.columns[everything.rows == best],
                everything.counts[everything.rows == best],
                minlength=len(share),
            )
        return found


def _divergences(share: Floats, chosen: Floats, entries: tuple[Integers, Integers, Floats], lengths: Floats) -> Floats:
    """Return KL(document ‖ chosen + candidate) for every candidate, over the words of chosen and candidate."""
    rows, columns, counts = entries
    size = len(lengths)
    has = (chosen > 0) & (share > 0)
    kept = share[has]
    base = float(np.sum(kept * np.log(kept / chosen[has])))
    before, own = chosen[columns], share[columns]
    after = own * np.log(own / (before + counts))
    change = np.where(before > 0, after - own * np.log(own / np.where(before > 0, before, 1.0)), after)
    mass = float(kept.sum()) + np.bincount(rows, np.where(before > 0, 0.0, own), minlength=size)
    total = lengths + chosen.sum()
    found: Floats = base + np.bincount(rows, change, minlength=size) + mass * np.log(np.where(total > 0, total, 1.0))
    return found


# ── those that compare every two sentences ──


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
