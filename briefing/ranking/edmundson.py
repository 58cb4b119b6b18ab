"""Edmundson's method as sumy has it: key words, title and location.

Import this module late: it loads sumy.
"""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, Any

from briefing.ranking.analysed import AnalysedSentence, paragraphs_of, unused_on_demand
from briefing.text import stop_words

with unused_on_demand():
    from sumy.models.dom import ObjectDocumentModel, Paragraph
    from sumy.summarizers.edmundson import EdmundsonSummarizer

if TYPE_CHECKING:
    from briefing.models import Text


class _Title(AnalysedSentence):
    """The title as the heading by which sumy knows what an article is about."""

    @property
    def is_heading(self) -> bool:
        """Always: sumy looks for title words in headings."""
        return True


def edmundson_of(text: Text) -> Any:  # noqa: ANN401 - sumy ships no types
    """Return sumy's summarizer, its key words drawn from the text itself and its null words the stop words.

    Cue words are left out: they would need a list for each language, and sumy brings none.
    """
    stems = dict(chain.from_iterable(zip(s.words, s.stems, strict=True) for s in text.sentences))
    stems.update(zip(text.title_words, text.title_stems, strict=True))
    summarizer = EdmundsonSummarizer(lambda word: stems.get(word, word), cue_weight=0.0, key_weight=1.0)
    common = stop_words(text.language)
    # sumy refuses empty sets; the empty string is no word.
    summarizer.bonus_words = {word for word in stems if word not in common} | {""}
    summarizer.null_words = common | {""}
    return summarizer


def titled_document_of(text: Text) -> Any:  # noqa: ANN401 - sumy ships no types
    """Return sumy's document with the title as a heading inside the first paragraph."""
    paragraphs = paragraphs_of(text)
    if text.title_words and paragraphs:
        title = _Title(
            text.article.title or "",
            words=text.title_words,
            stems=text.title_stems,
            stop_words=stop_words(text.language),
        )
        paragraphs[0] = Paragraph([title, *paragraphs[0].sentences])
    return ObjectDocumentModel(paragraphs)
