"""Articles held against a plain reading of their document: what it does not show is not quoted."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from briefing.extract import media_types
from briefing.extract.decoding import decode
from briefing.extract.draft import problem, remark
from briefing.models import Article, Paragraph, Removal
from briefing.plain_reading import glance, plain_reading

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from briefing.models import Document, Problem
    from briefing.plain_reading import Reading

UNLIKE_DOCUMENT = "unlike what the document shows"
_FIELDS = frozenset((media_types.JSON, media_types.JSON_LINES, media_types.CSV))
"""Kinds in which a text is a value: there is nothing to read in another way."""
_TEXTS = frozenset((media_types.TEXT, media_types.MARKDOWN))
"""Kinds whose bytes may be in any encoding: which it is, is not read twice."""
_MOST_COMPARED = 300_000_000
"""Characters that are looked through: more of them are a file of thousands of articles, each of which is short."""
_SENTENCE = re.compile(r".+?(?:[.!?…][\"'”’»)]*(?=\s)|[。！？؟।]|$)\s*", re.DOTALL)


def conserved(document: Document, articles: Sequence[Article]) -> Iterator[Article | Problem]:
    """Yield the articles without the sentences whose words the document does not show so, and remarks that tell it."""
    reading = None if _is_seen_at_a_glance(document, articles) else _reading(document, articles)
    for article in articles:
        lines = article.paragraphs if reading is None else tuple(_held(article.paragraphs, reading))
        if lines == article.paragraphs:
            yield article
            continue
        if not lines and len(article.paragraphs) > 1:  # then it was the second reading that failed
            yield remark(article.origin, "its text could not be compared with what the document shows")
            yield article
            continue
        kept = {line.text for line in lines}
        gone = [Removal(text=line.text, reason=UNLIKE_DOCUMENT) for line in article.paragraphs if line.text not in kept]
        if not lines:
            yield problem(article.origin, f"its text is {UNLIKE_DOCUMENT}; save it anew, as text or PDF")
            continue
        yield remark(article.origin, f"{len(gone)} of its paragraphs are {UNLIKE_DOCUMENT}, and are not quoted whole")
        yield replace(article, paragraphs=lines, removed=(*article.removed, *gone))


def _is_seen_at_a_glance(document: Document, articles: Sequence[Article]) -> bool:
    """Return whether all paragraphs of a page stand in it as they are, which is the rule and soon seen."""
    if media_types.media_type(document) != media_types.HTML:
        return False
    seen = glance(document.content)
    return all(line.text in seen for article in articles for line in article.paragraphs)


def _reading(document: Document, articles: Sequence[Article]) -> Reading | None:
    if not articles or media_types.media_type(document) in _FIELDS:
        return None
    content = document.content
    if media_types.media_type(document) in _TEXTS:
        content = (decode(content) or "").encode("utf-8", "ignore")
    size = len(content) * sum(len(article.paragraphs) for article in articles)
    return plain_reading(content, name=document.origin) if size <= _MOST_COMPARED else None


def _held(lines: Sequence[Paragraph], reading: Reading) -> Iterator[Paragraph]:
    """Yield the paragraphs that a document shows; of others the sentences that it shows."""
    for line in lines:
        if reading.holds(line.text):
            yield line
            continue
        piece = ""
        for match in _SENTENCE.finditer(line.text):
            if reading.holds(match[0]):
                piece += match[0]
                continue
            if piece.strip():
                yield replace(line, text=piece.strip())
            piece = ""
        if piece.strip():
            yield replace(line, text=piece.strip())
