"""Why an article stands where it stands: a verdict for every section, with the day around it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from briefing.themes.matching import Matcher
from briefing.themes.scoring import Verdict, judge, rarity, scan

if TYPE_CHECKING:
    from collections.abc import Sequence

    from briefing.models import Ranked, Text
    from briefing.themes.terms import Themes


def explain(ranked: Ranked, themes: Themes, *, day: Sequence[Ranked] = ()) -> tuple[Verdict, ...]:
    """Return a verdict for every section in order, those without a term in the article with a score of 0.

    `day` holds all articles of the day, for the rarity of terms; without it, the article is a day of its own.
    """
    matcher = Matcher(themes)
    item = scan(ranked.text, matcher)
    rare = rarity([scan(other.text, matcher) for other in day] or [item])
    verdicts = {verdict.section: verdict for verdict in judge(item, themes, rare)}
    return tuple(verdicts.get(theme.id, _silent(ranked.text, theme.id, theme.threshold)) for theme in themes.sections)


def _silent(text: Text, section: str, threshold: float) -> Verdict:
    return Verdict(
        story="",
        article=text.article.id,
        section=section,
        score=0.0,
        threshold=threshold,
        terms=(),
        title=0.0,
        relevance=(0.0,) * len(text.sentences),
    )


def beside(value: float, needed: float, between: str) -> str:
    """Return a value and what is needed, with two decimals or as many more as it takes to see that it falls short."""
    shown = (f"{value:.{digits}f}{between}{needed:.{digits}f}" for digits in range(2, 7))
    plain = (told for told in shown if value >= needed or len(set(told.split(between))) > 1)
    return next(plain, f"{value}{between}{needed}")


def missing_languages(themes: Themes, languages: Sequence[str]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Return each section with terms, and the languages of the day that it draws from and has no terms in, if any."""
    wanted = sorted(set(languages) - {"und"})
    lacking = (
        (theme.id, tuple(lang for lang in wanted if lang not in theme.languages and lang in (theme.draws or wanted)))
        for theme in themes.sections
        if theme.languages
    )
    return tuple((section, lacks) for section, lacks in lacking if lacks)
