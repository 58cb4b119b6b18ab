"""Stories into sections, and the sentences that each section prints of them.

A sentence may be printed in a section only if it is about that section. Which of several sections prints it, and what
becomes of a story that a section has no room for, is settled when the stories are seated.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from briefing.themes.matching import Matcher
from briefing.themes.relevance import RELEVANT
from briefing.themes.scoring import Verdict, joined, judge, rarity, scan
from briefing.themes.seating import Candidate, seated

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from briefing.models import Placement, Ranked, Story
    from briefing.ranking import Budget
    from briefing.themes.seating import Seat
    from briefing.themes.terms import Themes


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """Where every story stands, and why: a verdict for every article and every section with a term in it."""

    placements: tuple[Placement, ...]
    """By story in the given order, then by section in theirs."""
    verdicts: tuple[Verdict, ...]
    met: frozenset[int] = frozenset()
    """The terms that stand in an article of the day, as indices into the themes' terms."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """What sections say beside their terms, each asked by the section's id."""

    budgets: Mapping[str, Budget]
    """How much of one story is printed."""
    draws_from: Callable[[str, Ranked], bool] = lambda _section, _ranked: True
    ranked_for: Callable[[str, Ranked], Ranked] = lambda _section, ranked: ranked
    """Ranks an article's sentences by the section's own method; asked only for stories that reach the section."""
    crowded_out: Callable[[Sequence[Placement]], frozenset[Seat]] = lambda _placements: frozenset()
    """Which of these stories their sections have no room for: (story id, section id)."""


def place(stories: Sequence[Story], themes: Themes, rules: Rules) -> Placed:
    """Return every story's place in every section that it reaches, with the sentences chosen for that section.

    What is placed where does not depend on the order of the stories.
    """
    matcher = Matcher(themes)
    scans = {ranked.article.id: scan(ranked.text, matcher) for story in stories for ranked in story.articles}
    rare = rarity(scans.values())
    verdicts = {
        story.id: [
            _drawn(judge(scans[ranked.article.id], themes, rare, story=story.id), ranked, rules)
            for ranked in story.articles
        ]
        for story in stories
    }
    candidates = {story.id: _candidates(story, verdicts[story.id], themes, rules) for story in stories}
    return Placed(
        placements=seated(candidates, rules.budgets, rules.crowded_out),
        verdicts=tuple(verdict for story in stories for article in verdicts[story.id] for verdict in article),
        met=frozenset[int]().union(*(item.terms for item in scans.values())),
    )


def _drawn(verdicts: tuple[Verdict, ...], ranked: Ranked, rules: Rules) -> tuple[Verdict, ...]:
    return tuple(
        verdict if rules.draws_from(verdict.section, ranked) else replace(verdict, drawn=False) for verdict in verdicts
    )


def _candidates(
    story: Story, verdicts: Sequence[tuple[Verdict, ...]], themes: Themes, rules: Rules
) -> tuple[Candidate, ...]:
    """Return the sections that the story reaches by its best article."""
    found = []
    for theme in themes.sections:
        section = theme.id
        own = [next((v for v in article if v.section == section and v.drawn), None) for article in verdicts]
        best = max((v for v in own if v is not None), key=lambda v: (v.reached, v.score, v.article), default=None)
        values = tuple(_values(r, v, rules) for r, v in zip(story.articles, own, strict=True))
        if best is not None and best.reached and any(map(any, values)):
            lead = next(ranked for ranked in story.articles if rules.draws_from(section, ranked))
            found.append(
                Candidate(
                    story=story,
                    section=section,
                    parent=theme.parent,
                    led_by=None if lead is story.lead else lead,
                    best=best,
                    values=values,
                    relevance=tuple(_relevance(r, v) for r, v in zip(story.articles, own, strict=True)),
                )
            )
    return tuple(found)


def _values(ranked: Ranked, verdict: Verdict | None, rules: Rules) -> tuple[float, ...]:
    """Return what each sentence is worth in the section: its rank there, joined with its relevance by its terms.

    Learned words decide which may be printed, and not which of them is first.
    """
    if verdict is None:
        return (0.0,) * len(ranked.scores)
    printable = set(verdict.printable)
    scores = rules.ranked_for(verdict.section, ranked).scores
    return tuple(
        joined(score, max(relevance, RELEVANT)) if index in printable else 0.0
        for index, (score, relevance) in enumerate(zip(scores, verdict.by_terms, strict=True))
    )


def _relevance(ranked: Ranked, verdict: Verdict | None) -> tuple[float, ...]:
    """Return how far each sentence that may be printed is about the section, half by its terms; 0 for the others.

    The words of two sections are learned on scales of their own, and cannot tell alone which has a sentence.
    """
    if verdict is None:
        return (0.0,) * len(ranked.scores)
    printable = set(verdict.printable)
    return tuple(
        (by_terms + relevance) / 2 if index in printable else 0.0
        for index, (by_terms, relevance) in enumerate(zip(verdict.by_terms, verdict.relevance, strict=True))
    )
