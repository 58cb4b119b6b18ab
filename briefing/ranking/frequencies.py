"""sumy's summarizers that count words: the same numbers, without its slowest loops and without the hash seed.

Import this module late: it loads sumy and numpy.
"""

from __future__ import annotations

import heapq
from collections import Counter
from itertools import chain
from typing import TYPE_CHECKING, Any

import numpy as np

from briefing.ranking.analysed import Terms
from briefing.ranking.lean_import import unused_on_demand

with unused_on_demand():
    from sumy.summarizers.kl import KLSummarizer
    from sumy.summarizers.lsa import LsaSummarizer
    from sumy.summarizers.luhn import LuhnSummarizer
    from sumy.summarizers.sum_basic import SumBasicSummarizer

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from briefing.ranking.analysed import AnalysedSentence, Floats, Integers


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
