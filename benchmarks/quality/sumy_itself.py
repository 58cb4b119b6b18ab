"""sumy's own classes, untouched, on the sentences, words, stems and stop words that this program ranks.

Both what the faster classes are held to, and what the fusion is measured against.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from benchmarks.quality import SHARED
from briefing.models import Article, Paragraph
from briefing.text import analyse, stop_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from briefing.models import Text

SETS = ("fr_orangesum_dev", "en_cnndm_dev", "ar_easc_dev", "en_syria_2011_2018")
"""Sets of real articles: 1,075 in all."""
FASTER = ("lex-rank", "text-rank", "luhn", "sum-basic", "reduction")
"""The methods whose loops are replaced by arrays."""


class _Words:
    """sumy's tokenizer by duck type: it knows the words of the sentences already."""

    def __init__(self, text: Text) -> None:
        self._words = {sentence.text: sentence.words for sentence in text.sentences}

    def to_words(self, sentence: str) -> tuple[str, ...]:
        """Return the words as the language stage found them."""
        return self._words[sentence]


def document_of(text: Text) -> Any:  # noqa: ANN401 - sumy ships no types
    """Return sumy's document of a text whose sentences are all different."""
    from sumy.models.dom import ObjectDocumentModel, Paragraph, Sentence

    words = _Words(text)
    distinct = dict.fromkeys(sentence.text for sentence in text.sentences)
    return ObjectDocumentModel([Paragraph([Sentence(sentence, words) for sentence in distinct])])


def summarizer_of(method: str, text: Text) -> Any:  # noqa: ANN401 - sumy ships no types
    """Return sumy's own summarizer with the text's stems and stop words."""
    stems = {
        word: stem for sentence in text.sentences for word, stem in zip(sentence.words, sentence.stems, strict=True)
    }
    summarizer = _class_of(method)(lambda word: stems.get(word, word))
    summarizer.stop_words = stop_words(text.language)
    return summarizer


def _class_of(method: str) -> Any:  # noqa: ANN401 - sumy ships no types
    from sumy.summarizers.kl import KLSummarizer
    from sumy.summarizers.lex_rank import LexRankSummarizer
    from sumy.summarizers.lsa import LsaSummarizer
    from sumy.summarizers.luhn import LuhnSummarizer
    from sumy.summarizers.reduction import ReductionSummarizer
    from sumy.summarizers.sum_basic import SumBasicSummarizer
    from sumy.summarizers.text_rank import TextRankSummarizer

    return {
        "kl": KLSummarizer,
        "lex-rank": LexRankSummarizer,
        "lsa": LsaSummarizer,
        "luhn": LuhnSummarizer,
        "reduction": ReductionSummarizer,
        "sum-basic": SumBasicSummarizer,
        "text-rank": TextRankSummarizer,
    }[method]


def own_ratings(method: str, text: Text) -> list[float]:
    """Return the ratings of sumy's own class for the text's distinct sentences."""
    from briefing.ranking.analysed import ratings

    return ratings(summarizer_of(method, text), document_of(text))


def array_ratings(method: str, text: Text) -> list[float]:
    """Return the ratings of the class that computes the same with arrays."""
    from briefing.ranking import analysed, summarizers

    classes: dict[str, Any] = {
        "lex-rank": summarizers.ArrayLexRank,
        "text-rank": summarizers.ArrayTextRank,
        "reduction": summarizers.ArrayReduction,
        "luhn": summarizers.ArrayLuhn,
        "sum-basic": summarizers.ArraySumBasic,
        "lsa": summarizers.ArrayLsa,
        "kl": summarizers.ArrayKL,
    }
    summarizer = classes[method]()
    summarizer.stop_words = stop_words(text.language)
    return analysed.ratings(summarizer, analysed.document_of(text))


def order_of(rated: list[float]) -> list[int]:
    """Return the sentences by their rating, ties by their place."""
    return sorted(range(len(rated)), key=lambda index: (-round(rated[index], 9), index))


def text_of(raw: str, *, title: str | None = None, number: int = 0) -> Text:
    """Return a raw text, one paragraph a line, analysed."""
    paragraphs = tuple(Paragraph(text=line.strip()) for line in raw.splitlines() if line.strip())
    made = Article(id=f"{number:012d}", origin=f"text {number}", title=title or None, paragraphs=paragraphs, sha256="")
    return analyse(made, max_sentences=1_000)[0]


def real_texts(count: int) -> Iterator[Text]:
    """Yield real articles, analysed, each in one language throughout, as sumy knows only one."""
    found = 0
    for name in SETS:
        for line in (SHARED / f"{name}.jsonl").read_text("utf-8").splitlines():
            record = json.loads(line)
            text = text_of(record["text"], title=record.get("title"), number=found)
            if text.sentences and {sentence.language for sentence in text.sentences} == {text.language}:
                found += 1
                yield text
            if found == count:
                return
