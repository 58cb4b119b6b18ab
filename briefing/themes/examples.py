"""The examples under a section, run as headlines or sentences: those that belong must reach it, the others must not.

An example that ends with a full stop is the only sentence of an article without a title, so that its score is that of
an opening and learned words join its terms. Any other is the title of an article without sentences, and titles are
judged by terms alone. To count in either reading would let an example pass as a title whose words refuse it as the
sentence that it is; to ask for both would ask of a headline what only sentences were learned for.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from briefing.models import UNDETERMINED, Article, DecidingTerm, Paragraph, Sentence, Text
from briefing.text import likeliest, stems, words
from briefing.themes.matching import Matcher
from briefing.themes.nesting import with_paths
from briefing.themes.scoring import Verdict, judge, scan

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from briefing.config import SectionSettings
    from briefing.themes.terms import Theme, Themes


_FULL_STOP = re.compile(r"(?:(?<![.\s]\w)[.]|[。۔।])[\"'”’»)\]]*$")
"""The end of a sentence; "U.S." is none, nor is a mark that headlines have too."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ExampleFailure:
    """An example that fell on the wrong side of its section's threshold."""

    section: str
    example: str
    expected: bool
    """True where it should reach the section, False where it should not."""
    score: float
    threshold: float
    best: float
    """How far it is about the section, 0 to 1."""
    terms: tuple[DecidingTerm, ...]
    """What decided, those that added most first; empty where no term of the section stands in it."""
    path: tuple[str | int, ...] = ()
    """Where it stands in config.yaml."""


def run_examples(sections: Sequence[SectionSettings], themes: Themes) -> tuple[ExampleFailure, ...]:
    """Return the examples that fail, in the order of the file; each is judged without a day around it.

    An example may be in any language in which the section has terms; where it is too short to tell which, the one in
    which it reaches the section is taken, or else the one that gives it the highest score.
    """
    matcher = Matcher(themes)
    return tuple(
        failure
        for theme, (section, here) in zip(themes.sections, with_paths(sections), strict=True)
        for key, examples in (("examples", section.examples), ("not_examples", section.not_examples))
        for place, example in enumerate(examples)
        for failure in _failures(example, theme, themes, matcher, (*here, key, place))
    )


def _failures(
    example: str, theme: Theme, themes: Themes, matcher: Matcher, path: tuple[str | int, ...]
) -> Iterator[ExampleFailure]:
    expected = path[-2] == "examples"
    verdict = _judged(example, theme, themes, matcher)
    if (verdict is not None and verdict.reached) != expected:
        yield ExampleFailure(
            section=theme.id,
            example=example,
            expected=expected,
            score=verdict.score if verdict else 0.0,
            threshold=theme.threshold,
            best=verdict.best if verdict else 0.0,
            terms=verdict.terms if verdict else (),
            path=path,
        )


def _judged(example: str, theme: Theme, themes: Themes, matcher: Matcher) -> Verdict | None:
    """Return the best verdict on an example over the section's languages, or None where no term stands in it."""
    language = likeliest(example, sorted(theme.languages))
    languages = [language] if language else sorted(theme.languages) or [UNDETERMINED]
    verdicts = (
        verdict
        for language in languages
        for verdict in judge(scan(_read(example, language), matcher), themes, {})
        if verdict.section == theme.id
    )
    return max(verdicts, key=lambda verdict: (verdict.reached, verdict.score), default=None)


def _read(example: str, language: str) -> Text:
    """Return an example as a text of one sentence, or of a title alone."""
    row = words(example, language)
    row_stems = stems(row, language)
    if not _FULL_STOP.search(example):
        article = Article(id="", origin="", title=example, paragraphs=(), sha256="")
        return Text(article=article, language=language, sentences=(), title_words=row, title_stems=row_stems)
    article = Article(id="", origin="", title=None, paragraphs=(Paragraph(text=example),), sha256="")
    sentence = Sentence(
        text=example, paragraph=0, start=0, end=len(example), language=language, words=row, stems=row_stems
    )
    return Text(article=article, language=language, sentences=(sentence,), title_words=(), title_stems=())
