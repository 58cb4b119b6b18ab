"""Small days to place: texts made of plain sentences, sections made of plain terms."""

from __future__ import annotations

from typing import TYPE_CHECKING

from briefing.config import SectionSettings
from briefing.models import Article, Paragraph, Ranked, Sentence, Story, Text
from briefing.text import stems, words

if TYPE_CHECKING:
    from collections.abc import Sequence


def text(*sentences: str, title: str | None = None, language: str = "en", name: str = "a") -> Text:
    """Make a text of one paragraph for each sentence."""
    article = Article(
        id=name, origin=name, title=title, paragraphs=tuple(Paragraph(text=item) for item in sentences), sha256=""
    )
    title_words = words(title or "", language)
    return Text(
        article=article,
        language=language,
        sentences=tuple(
            _sentence(item, index, start, language)
            for index, (item, start) in enumerate(zip(sentences, article.paragraph_starts, strict=True))
        ),
        title_words=title_words,
        title_stems=stems(title_words, language),
    )


def _sentence(item: str, index: int, start: int, language: str) -> Sentence:
    row = words(item, language)
    return Sentence(
        text=item,
        paragraph=index,
        start=start,
        end=start + len(item),
        language=language,
        words=row,
        stems=stems(row, language),
    )


def ranked(made: Text) -> Ranked:
    """Rank a text by position."""
    count = len(made.sentences)
    return Ranked(text=made, scores=tuple(1 - index / (count + 1) for index in range(count)))


def story(*texts: Text) -> Story:
    """Make a story told by these texts, named after the first."""
    lead, *others = map(ranked, texts)
    return Story(id=f"s-{lead.article.id}", lead=lead, others=tuple(others), independent=len(texts))


def section(name: str, terms: dict[str, list[str]] | Sequence[str], **more: object) -> SectionSettings:
    """Make a section; terms without a language are English."""
    by_language = terms if isinstance(terms, dict) else {"en": list(terms)}
    return SectionSettings.model_validate({"id": name, "title": name.title(), "terms": by_language, **more})
