"""What sections say beside their terms: which articles they draw from, how they rank, how much they print; the rest."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from briefing.compose import in_order
from briefing.models import Placement
from briefing.ranking import Budget, tell, worths
from briefing.themes import Rules

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from datetime import datetime

    from briefing.config import SectionSettings, Summary
    from briefing.models import Ranked, Story, Text
    from briefing.themes import Placed


def rules_of(
    sections: Iterable[SectionSettings], summary: Summary, *, rank: Callable[[Text, str], Ranked], cut_off: datetime
) -> Rules:
    """Return the rules of sections, by id; an article is ranked again for a section of another method when it is asked.

    `sections` are all of them, those that stand under others too.
    """
    known = {section.id: section for section in sections}
    again: dict[tuple[str, str], Ranked] = {}

    def ranked_for(section: str, ranked: Ranked) -> Ranked:
        method = known[section].method
        if method in {None, summary.method}:
            return ranked
        key = (ranked.article.id, str(method))
        if key not in again:
            again[key] = rank(ranked.text, str(method))
        return again[key]

    return Rules(
        year=cut_off.year,
        budgets={section.id: budget_of(section, summary) for section in known.values()},
        draws_from=lambda section, ranked: draws_from(known[section], ranked),
        ranked_for=ranked_for,
        crowded_out=lambda placements: crowded_out(placements, sections=known.values(), cut_off=cut_off),
    )


def crowded_out(
    placements: Iterable[Placement], *, sections: Iterable[SectionSettings], cut_off: datetime
) -> frozenset[tuple[str, str]]:
    """Return the stories that come after their section's `max_stories`: (story id, section id)."""
    by_section = defaultdict(list)
    for placement in placements:
        by_section[placement.section].append(placement)
    return frozenset(
        (placement.story.id, section.id)
        for section in sections
        for placement in in_order(by_section[section.id], section.sort, cut_off)[section.max_stories :]
    )


def draws_from(section: SectionSettings, ranked: Ranked) -> bool:
    """Tell whether a section takes anything from an article: by its source, its outlet and its language."""
    article = ranked.article
    outlets = {outlet.casefold() for outlet in section.outlets}
    return (
        (not section.sources or article.source in section.sources)
        and (not outlets or (article.outlet or "").casefold() in outlets)
        and (not section.languages or ranked.text.language in section.languages)
    )


def budget_of(section: SectionSettings | None, summary: Summary) -> Budget:
    """Return how much of one story is printed: as the section says, else as `summary` says, else 60 words."""
    for settings in (section, summary):
        if settings is not None and settings.sentences is not None:
            return Budget(words=None, sentences=settings.sentences)
        if settings is not None and settings.words is not None:
            return Budget(words=settings.words)
    return Budget()


def with_rest(placed: Placed, stories: Sequence[Story], *, sections: Iterable[SectionSettings], rules: Rules) -> Placed:
    """Return what was placed; where a section is the rest, with the stories that stand nowhere else in it."""
    rest = next((section for section in sections if section.rest), None)
    if rest is None:
        return placed
    there = {placement.story.id for placement in placed.placements}
    left = [_left_over(story, rest.id, rules) for story in stories if story.id not in there]
    left = [placement for placement in left if placement.quotes]
    crowded = rules.crowded_out(left)
    left = [replace(item, quotes=()) if (item.story.id, item.section) in crowded else item for item in left]
    return replace(placed, placements=(*placed.placements, *left))


def _left_over(story: Story, section: str, rules: Rules) -> Placement:
    led_by = next((ranked for ranked in story.articles if rules.draws_from(section, ranked)), None)
    values = [
        worths(rules.ranked_for(section, ranked)) if rules.draws_from(section, ranked) else (0.0,) * len(ranked.scores)
        for ranked in story.articles
    ]
    quotes = tell(story.articles, values, budget=rules.budgets[section])
    return Placement(
        story=story,
        section=section,
        score=0.0,
        terms=(),
        quotes=quotes,
        prominence=max((quote.score for quote in quotes), default=0.0),
        led_by=None if led_by is story.lead else led_by,
    )
