"""The whole stage: an article becomes its sentences, words and stems, each paragraph in its own language."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from briefing.language.detection import detect
from briefing.language.quotations import passages
from briefing.language.sentences import split
from briefing.language.standing import standing
from briefing.language.stemming import stems
from briefing.language.stopwords import stop_words
from briefing.language.words import words
from briefing.models import UNDETERMINED, Article, Problem, Role, Sentence, Standing, Text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_STAGE = "language"
_SAMPLE = 4_000
"""Characters of an article by which its language is told."""
_OWN_LANGUAGE = 80
"""Characters from which a paragraph may have a language of its own."""
_FOREIGN_SHARE = 0.12
"""A paragraph with fewer stop words of the article's language than this is looked at by itself."""
_EXCERPT = 60


def analyse(
    article: Article,
    *,
    max_sentences: int = 300,
    max_sentence_chars: int = 1_000,
    candidates: Sequence[str] | None = None,
) -> tuple[Text, tuple[Problem, ...]]:
    """Return the article with its language and sentences, and what was cut or cannot be printed.

    Headings give no sentences. Sentences over `max_sentences` are left out; one of more than `max_sentence_chars`
    characters counts as a fragment.
    """
    language = _article_language(article, candidates)
    found = tuple(_sentences(article, language, max_sentence_chars, candidates))
    kept = found[:max_sentences]
    title_words = words(article.title or "", language)
    text = Text(
        article=article,
        language=language,
        sentences=kept,
        title_words=title_words,
        title_stems=stems(title_words, language),
    )
    return text, tuple(_problems(article, found, kept, max_sentence_chars))


def _article_language(article: Article, candidates: Sequence[str] | None) -> str:
    """Return what the body says; where it is too short to tell, what title and body say together, then the document."""
    declared = _base(article.language)
    wanted = (*(candidates or ()), *((declared,) if declared else ()))
    body = "\n".join(paragraph.text for paragraph in article.paragraphs if paragraph.role is not Role.HEADING)
    found = detect(body[:_SAMPLE], candidates=wanted)
    if found == UNDETERMINED and len(body) < _SAMPLE // 10:
        found = detect(f"{article.title or ''}\n{body}", candidates=wanted)
    return declared if found == UNDETERMINED and declared else found


def _base(tag: str | None) -> str | None:
    """Return the language of a tag such as `fr-CA`."""
    return tag.replace("_", "-").partition("-")[0].lower() if tag else None


def _sentences(article: Article, language: str, max_chars: int, candidates: Sequence[str] | None) -> Iterator[Sentence]:
    for index, (paragraph, offset) in enumerate(zip(article.paragraphs, article.paragraph_starts, strict=True)):
        if paragraph.role is Role.HEADING:
            continue
        own = _paragraph_language(paragraph.text, language, candidates)
        for part in passages(paragraph.text, split(paragraph.text, own)):
            start, text = offset + part.start, paragraph.text[part.start : part.end]
            how = _standing(text, own, balanced=part.balanced, max_chars=max_chars)
            yield _sentence(text, own, index, start=start, how=how)


def _standing(text: str, language: str, *, balanced: bool, max_chars: int) -> Standing:
    """Tell how a sentence stands; a longer one than can be printed counts as a fragment."""
    if len(text) > max_chars:
        return Standing.FRAGMENT
    return standing(text, language) if balanced else Standing.UNBALANCED


def _paragraph_language(text: str, language: str, candidates: Sequence[str] | None) -> str:
    """Return the paragraph's own language where it is long enough and unlike the article's."""
    if len(text) < _OWN_LANGUAGE:
        return language
    common = stop_words(language)
    tokens = text[:_SAMPLE].lower().split()
    if common and sum(map(common.__contains__, tokens)) >= _FOREIGN_SHARE * len(tokens):
        return language
    own = detect(text[:_SAMPLE], candidates=(*(candidates or ()), language))
    return language if own == UNDETERMINED else own


def _sentence(text: str, language: str, paragraph: int, *, start: int, how: Standing) -> Sentence:
    found = words(text, language)
    return Sentence(
        text=text,
        paragraph=paragraph,
        start=start,
        end=start + len(text),
        language=language,
        words=found,
        stems=stems(found, language),
        standing=how,
    )


def _problems(
    article: Article, found: Sequence[Sentence], kept: Sequence[Sentence], max_chars: int
) -> Iterator[Problem]:
    if len(found) > len(kept):
        reason = f"{len(found)} sentences; the first {len(kept)} are ranked, the rest is kept as text"
        yield Problem(origin=article.origin, stage=_STAGE, reason=reason, lost=False)
    long = [sentence for sentence in kept if len(sentence.text) > max_chars]
    for sentence in islice(long, 1):
        reason = (
            f"{len(long)} sentence(s) of more than {max_chars:,} characters cannot be printed; "
            f"the first starts “{sentence.text[:_EXCERPT]}…”"
        )
        yield Problem(origin=article.origin, stage=_STAGE, reason=reason, lost=False)
