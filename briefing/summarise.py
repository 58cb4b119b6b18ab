"""Summaries for use in other programs: text in, sentences with their offsets out."""

from __future__ import annotations

import re
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING

from briefing.models import UNDETERMINED, Article, Paragraph
from briefing.ranking import METHODS, Budget, choose, rank
from briefing.text import analyse

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from briefing.models import Problem, Quote, Ranked

MOST_SENTENCES = 1_000
"""Sentences of one text that are ranked; the rest is not looked at."""

_LINE = re.compile(r"[^\s](?:[^\n\r\x0b\x0c\x85\u2028\u2029]*[^\s])?")
_SENTENCE_END = re.compile(r"[.!?…:;؟。！？][\"'”’»)\]]*$")
_COMMAS = ",،、"
_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One of several documents that are summarised together."""

    text: str
    id: str | None = None
    title: str | None = None
    language: str | None = None
    """As its publisher declares it; what the text itself says goes before."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SummarySentence:
    """A sentence of a summary: always `text == source.text[start:end]`."""

    text: str
    start: int
    end: int
    score: float
    """0 to 1."""
    doc: int = 0
    """Which of the sources it stands in, by index."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """The sentences that stand for a text, in reading order; none where the text has none."""

    language: str
    """ISO 639-1, or `und`; of the first source where there are several."""
    sentences: tuple[SummarySentence, ...]
    problems: tuple[str, ...] = ()
    """What was cut or cannot be printed, in words for people."""


def summarise(
    text: str,
    *,
    title: str | None = None,
    language: str | None = None,
    words: int | None = 60,
    sentences: int | None = None,
    method: str = "fusion",
) -> Summary:
    """Return the sentences that stand for a text.

    Paragraphs are lines; a line that ends in a comma is one with the next, and so is one that goes on in small letters.
    `language` (ISO 639-1) is taken as it is given, and told from the text where it is None. `words` may be overrun by
    a fifth; give `words=None, sentences=3` to count sentences instead. Raises ValueError for an unknown method or an
    empty budget.
    """
    source = Source(text=text, title=title)
    return summarise_together([source], language=language, words=words, sentences=sentences, method=method)


def summarise_together(
    sources: Sequence[Source],
    *,
    language: str | None = None,
    words: int | None = 60,
    sentences: int | None = None,
    method: str = "fusion",
) -> Summary:
    """Return one summary of several texts that tell the same story; see `summarise` for the rest.

    The first source leads. What the others say too counts for more; what is said already is not said again.
    """
    if method not in METHODS:
        message = f"unknown method {method!r}; there are {', '.join(METHODS)}"
        raise ValueError(message)
    budget = Budget(words=words, sentences=sentences)
    readings = [_read(index, source, language, method) for index, source in enumerate(sources)]
    quotes = choose([item.ranked for item in readings], [item.ranked.scores for item in readings], budget=budget)
    return Summary(
        language=readings[0].ranked.text.language if readings else UNDETERMINED,
        sentences=tuple(readings[int(quote.article.id)].found(quote) for quote in quotes),
        problems=tuple(problem.reason for item in readings for problem in item.problems),
    )


@dataclass(frozen=True, slots=True)
class _Reading:
    """A source as the program reads it, and the way back to its own offsets."""

    index: int
    text: str
    lines: tuple[tuple[int, int], ...]
    """Where each paragraph stands in the source."""
    ranked: Ranked
    problems: tuple[Problem, ...]

    def found(self, quote: Quote) -> SummarySentence:
        """Return a chosen sentence where it stands in the source."""
        paragraph = quote.sentence.paragraph
        shift = self.lines[paragraph][0] - quote.article.paragraph_starts[paragraph]
        start, end = quote.sentence.start + shift, quote.sentence.end + shift
        return SummarySentence(
            text=self.text[start:end], start=start, end=end, score=round(quote.score, 6), doc=self.index
        )


def _read(index: int, source: Source, language: str | None, method: str) -> _Reading:
    lines = tuple(_paragraphs(source.text))
    article = Article(
        id=f"{index:012d}",
        origin=source.id or f"text {index + 1}",
        title=source.title or None,
        # Character for character, so that offsets hold.
        paragraphs=tuple(Paragraph(text=_UNPRINTABLE.sub(" ", source.text[start:end])) for start, end in lines),
        language=source.language,
        sha256=sha256(source.text.encode(errors="surrogatepass")).hexdigest(),
    )
    text, problems = analyse(article, max_sentences=MOST_SENTENCES, language=language)
    return _Reading(index, source.text, lines, rank(text, method=method), problems)


def _paragraphs(text: str) -> Iterator[tuple[int, int]]:
    """Yield where the paragraphs stand: lines, but for those that a break tears apart."""
    start = end = -1
    for line in _LINE.finditer(text):
        if end >= 0 and _goes_on(text[max(start, end - 10) : end], text[line.start()]):
            end = line.end()
            continue
        if end >= 0:
            yield start, end
        start, end = line.span()
    if end >= 0:
        yield start, end


def _goes_on(before: str, first: str) -> bool:
    """Tell whether a line that ends so and one that starts so are one."""
    return before[-1] in _COMMAS or (first.islower() and not _SENTENCE_END.search(before))
