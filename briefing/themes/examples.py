"""The examples under a section, run as headlines: those that belong must reach it, the others must not."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from briefing.language import likeliest, stems, words
from briefing.models import UNDETERMINED, Article, DecidingTerm, Text
from briefing.themes.matching import Matcher
from briefing.themes.nesting import with_paths
from briefing.themes.scoring import Scan, Verdict, judge, scan

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from briefing.config.schema import SectionSettings
    from briefing.themes.terms import Theme, Themes


@dataclass(frozen=True, slots=True, kw_only=True)
class ExampleFailure:
    """An example that fell on the wrong side of its section's threshold."""

    section: str
    example: str
    expected: bool
    """True where it should reach the section, False where it should not."""
    score: float
    threshold: float
    terms: tuple[DecidingTerm, ...]
    """What decided, those that added most first; empty where no term of the section stands in it."""
    path: tuple[str | int, ...] = ()
    """Where it stands in config.yaml."""


def run_examples(sections: Sequence[SectionSettings], themes: Themes) -> tuple[ExampleFailure, ...]:
    """Return the examples that fail, in the order of the file; each is judged as a headline without a day around it.

    An example may be in any language in which the section has terms; where it is too short to tell which, the one that
    gives it the highest score is taken.
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
    verdict = judge_headline(example, theme, themes, matcher)
    if (verdict is not None and verdict.reached) != expected:
        yield ExampleFailure(
            section=theme.id,
            example=example,
            expected=expected,
            score=verdict.score if verdict else 0.0,
            threshold=theme.threshold,
            terms=verdict.terms if verdict else (),
            path=path,
        )


def judge_headline(headline: str, theme: Theme, themes: Themes, matcher: Matcher) -> Verdict | None:
    """Return the best verdict on a headline over the section's languages, or None where no term stands in it."""
    language = likeliest(headline, sorted(theme.languages))
    languages = [language] if language else sorted(theme.languages) or [UNDETERMINED]
    verdicts = (
        verdict
        for language in languages
        for verdict in judge(_scan(headline, language, matcher), themes, {})
        if verdict.section == theme.id
    )
    return max(verdicts, key=lambda verdict: verdict.score, default=None)


def _scan(headline: str, language: str, matcher: Matcher) -> Scan:
    row = words(headline, language)
    article = Article(id="", origin="", title=headline, paragraphs=(), sha256="")
    row_stems = stems(row, language)
    text = Text(article=article, language=language, sentences=(), title_words=row, title_stems=row_stems)
    return scan(text, matcher)
