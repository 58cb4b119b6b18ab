"""From a text to sumy's document and back to its sentences.

Import this module late: it loads sumy.
"""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any

from briefing.ranking.analysed import AnalysedSentence
from briefing.ranking.lean_import import unused_on_demand
from briefing.text import stop_words

with unused_on_demand():
    from sumy.models.dom import ObjectDocumentModel, Paragraph

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from briefing.models import Sentence, Text

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


def _analysed(sentence: Sentence) -> AnalysedSentence:
    return AnalysedSentence(
        sentence.text, words=sentence.words, stems=sentence.stems, stop_words=stop_words(sentence.language)
    )


def _distinct(text: Text) -> Iterator[tuple[int, Sentence]]:
    """Yield the first occurrence of each sentence: sumy rates by wording, and prints what is said twice twice."""
    seen: set[str] = set()
    for order, sentence in enumerate(text.sentences):
        if sentence.text not in seen and len(seen) < MOST_SENTENCES:
            seen.add(sentence.text)
            yield order, sentence
