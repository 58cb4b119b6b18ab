"""The whole stage: an article becomes its sentences, words and stems, each paragraph in its own language."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import groupby
from typing import TYPE_CHECKING

from briefing.models import UNDETERMINED, Article, Problem, Quotability, Role, Sentence, Text
from briefing.text.dates import label_end, stamp_end
from briefing.text.detection import detect
from briefing.text.furniture import echo_end, opens_with_credit, own_words, seam_end, tag_end
from briefing.text.kinds import Kind, kind_of
from briefing.text.quotability import (
    ends_in_stop,
    quotability,
    speaks_of_itself,
    with_chronicles_marked,
    with_notes_marked,
    with_speakers_missed,
)
from briefing.text.quotations import passages
from briefing.text.sentences import split
from briefing.text.words import stems, stop_words, words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

_STAGE = "language"
_SAMPLE = 4_000
"""Characters of an article by which its language is told."""
_OWN_LANGUAGE = 80
"""Characters from which a paragraph may have a language of its own."""
_FOREIGN_SHARE = 0.12
"""A paragraph with fewer stop words of the article's language than this is looked at by itself."""
_EXCERPT = 60
_FEWEST_ENDED = 3
"""Lines with a stop from which an article is known to write it."""
_TAG = re.compile(r"[A-Za-z]{2,3}(?![A-Za-z])")
_PAUSE = re.compile(r"[;:،؛。，、…](?=\s|[^\x00-\x7f])|,(?=\s)|\s[–—-](?=\s)")


def analyse(
    article: Article,
    *,
    max_sentences: int = 300,
    max_sentence_chars: int = 1_000,
    language: str | None = None,
) -> tuple[Text, tuple[Problem, ...]]:
    """Return the article with its language and sentences, and what was left out or cut.

    `language` is taken for every paragraph as it is given; without it the text tells. Headings give no sentences;
    sentences over `max_sentences` are left out. A sentence of more than `max_sentence_chars` characters is cut into
    fragments, so that an article without a stop still says something.
    """
    main = language or _article_language(article)
    found = tuple(
        _sentences(
            article, max_sentence_chars, lambda text: main if language else _paragraph_language(text, language=main)
        )
    )
    if found:
        (first, cut), *others = found
        found = tuple(_without_teasers([(_as_opening(article, first), cut), *others], article.title))
    title_words = words(article.title or "", main)
    text = Text(
        article=article,
        language=main,
        sentences=with_notes_marked(
            with_chronicles_marked([sentence for sentence, _ in found[:max_sentences]], article)
        ),
        title_words=title_words,
        title_stems=stems(title_words, main),
    )
    return _with_speakers(text), tuple(_problems(article, found, max_sentences, max_sentence_chars))


def _with_speakers(text: Text) -> Text:
    """Return the text, its sentences marked that do not say whose words they are; who writes a comment is known."""
    voices = [place for place, sentence in enumerate(text.sentences) if speaks_of_itself(sentence)]
    if voices and kind_of(text).kind is Kind.OPINION:
        voices = []
    return replace(text, sentences=with_speakers_missed(text.sentences, voices))


def _article_language(article: Article) -> str:
    """Return what the body says; where it is too short to tell, what title and body say together, then the document."""
    declared = _base(article.language)
    wanted = (declared,) if declared else ()
    body = "\n".join(paragraph.text for paragraph in article.paragraphs if paragraph.role is not Role.HEADING)
    found = detect(body[:_SAMPLE], candidates=wanted)
    if found == UNDETERMINED and len(body) < _SAMPLE // 10:
        found = detect(f"{article.title or ''}\n{body}", candidates=wanted)
    return declared if found == UNDETERMINED and declared else found


def _base(tag: str | None) -> str | None:
    """Return the language of a tag such as `fr-CA`."""
    found = _TAG.match(tag or "")
    return found[0].lower() if found else None


def _sentences(article: Article, max_chars: int, language_of: Callable[[str], str]) -> Iterator[tuple[Sentence, bool]]:
    """Yield each sentence, and whether it was cut out of one that is too long."""
    for index, (paragraph, offset) in enumerate(zip(article.paragraphs, article.paragraph_starts, strict=True)):
        if paragraph.role is Role.HEADING:
            continue
        own = language_of(paragraph.text)
        for part in passages(paragraph.text, split(paragraph.text, own), max_chars):
            text = paragraph.text[part.start : part.end]
            if len(text) <= max_chars:
                stamp = label_end(text)
                stamp += own_words(text[stamp:], own)
                how = quotability(text[stamp:], own) if part.balanced else Quotability.UNBALANCED
                yield _sentence(text, own, index, start=offset + part.start, how=how, stamp=stamp), False
                continue
            for start, end in _cut(text, max_chars):
                fragment = _sentence(
                    text[start:end], own, index, start=offset + part.start + start, how=Quotability.FRAGMENT
                )
                yield fragment, True


def _without_teasers(found: Sequence[tuple[Sentence, bool]], title: str | None) -> Iterator[tuple[Sentence, bool]]:
    """Yield the sentences, lines of their own without a stop as fragments where the article's other lines end in one.

    However long, these are headlines, the page's own or other pages'. The last may be an author's slip, the first below
    a title a standfirst.
    """
    lines = [list(group) for _, group in groupby(found, key=lambda item: item[0].paragraph)]
    ended = sum(ends_in_stop(line[-1][0].text) for line in lines)
    spared = (lines[-1], lines[0] if title else lines[-1])
    for line in lines:
        (first, cut), *others = line
        if others and opens_with_credit(others[0][0].text, first.language):
            yield replace(first, quotability=Quotability.SHOWING), cut
            yield from others
            continue
        is_teaser = not others and line not in spared and not ends_in_stop(first.text)
        if is_teaser and ended >= max(_FEWEST_ENDED, len(lines) // 2) and first.quotability is Quotability.ALONE:
            yield replace(first, quotability=Quotability.FRAGMENT), cut
        else:
            yield from line


def _as_opening(article: Article, sentence: Sentence) -> Sentence:
    """Return the first sentence with what stands before its own words told; as a headline where it is the title.

    Where it leans on words behind whose seam it starts, it has nothing to lean on.
    """
    text, language = sentence.text, sentence.language
    stamped = stamp_end(text, language) or label_end(text)
    stamp = echo_end(text, article.title, stamped) or stamped
    if stamp == len(text):
        return replace(sentence, stamp=stamped, quotability=Quotability.HEADLINE)
    stamp = max(stamp + tag_end(text[stamp:], language) if stamp else 0, sentence.stamp)
    how = sentence.quotability
    if stamp != sentence.stamp and how is not Quotability.UNBALANCED:
        how = quotability(text[stamp:], language)
    if how is Quotability.NEEDS_PREVIOUS and stamp and stamp == seam_end(text, language):
        how = Quotability.FRAGMENT
    return replace(sentence, stamp=stamp, quotability=how)


def _cut(text: str, longest: int) -> Iterator[tuple[int, int]]:
    """Cut a text into pieces of at most `longest` characters, behind a mark, else before a blank, else anywhere."""
    start = 0
    while len(text) - start > longest:
        window = text[start : start + longest]
        marks = [found.end() for found in _PAUSE.finditer(window)]
        end = start + (marks[-1] if marks else window.rfind(" ") if " " in window.strip() else longest)
        yield start, end
        while text[end].isspace() and end < len(text) - 1:
            end += 1
        start = end
    yield start, len(text)


def _paragraph_language(text: str, *, language: str) -> str:
    """Return the paragraph's own language where it is long enough and unlike the article's."""
    if len(text) < _OWN_LANGUAGE:
        return language
    common = stop_words(language)
    tokens = text[:_SAMPLE].lower().split()
    if common and sum(map(common.__contains__, tokens)) >= _FOREIGN_SHARE * len(tokens):
        return language
    own = detect(text[:_SAMPLE], candidates=(language,))
    return language if own == UNDETERMINED else own


def _sentence(text: str, language: str, paragraph: int, *, start: int, how: Quotability, stamp: int = 0) -> Sentence:
    found = words(text, language)
    return Sentence(
        text=text,
        paragraph=paragraph,
        start=start,
        end=start + len(text),
        language=language,
        words=found,
        stems=stems(found, language),
        quotability=how,
        stamp=stamp,
    )


def _problems(
    article: Article, found: Sequence[tuple[Sentence, bool]], max_sentences: int, max_chars: int
) -> Iterator[Problem]:
    if len(found) > max_sentences:
        reason = f"{len(found)} sentences; the first {max_sentences} are ranked, the rest is kept as text"
        yield Problem(origin=article.origin, stage=_STAGE, reason=reason, lost=False)
    first = next((sentence for sentence, cut in found[:max_sentences] if cut), None)
    if first is not None:
        start = first.text[:_EXCERPT]
        reason = f"a sentence of more than {max_chars:,} characters is not printed whole: “{start}…”"
        yield Problem(origin=article.origin, stage=_STAGE, reason=reason, lost=False)
