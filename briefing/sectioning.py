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
    from collections.abc import Callable, Container, Iterable, Mapping, Sequence
    from datetime import datetime

    from briefing.compose import Weight
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
    )


def with_room(
    placed: Placed,
    weights: Mapping[str, Weight],
    *,
    sections: Iterable[SectionSettings],
    cut_off: datetime,
    heaviest: int,
) -> Placed:
    """Return what was placed with what sections have room for (`max_stories`); the others are left to their headlines.

    The day's `heaviest` stories come first: the first page may quote them, and whoever reads it wants to read on. A
    story that its home has no room for stands nowhere else: what is told of it there would lack its news.
    """
    known = list(sections)
    first = set(sorted(weights, key=lambda story: (-weights[story].total, story))[:heaviest])
    crowded = _crowded(placed.placements, known, first, cut_off)
    homes: dict[str, str] = {}
    for item in placed.placements:
        homes.setdefault(item.story.id, item.section)
    left = [
        item
        for item in placed.placements
        if item.section == homes[item.story.id] or (item.story.id, homes[item.story.id]) not in crowded
    ]
    crowded = _crowded(left, known, first, cut_off)  # what stands nowhere else leaves room
    kept = [
        replace(item, quotes=()) if (item.story.id, item.section) in crowded else item
        for item in left
        if item.section == homes[item.story.id] or (item.story.id, item.section) not in crowded
    ]
    return replace(placed, placements=tuple(kept))


def _crowded(
    placements: Iterable[Placement], sections: Iterable[SectionSettings], first: Container[str], cut_off: datetime
) -> frozenset[tuple[str, str]]:
    """Return the stories that come after their section's `max_stories`: (story id, section id)."""
    by_section = defaultdict(list)
    for placement in placements:
        by_section[placement.section].append(placement)
    return frozenset(
        (placement.story.id, section.id)
        for section in sections
        for placement in sorted(
            in_order(by_section[section.id], section.sort, cut_off), key=lambda item: item.story.id not in first
        )[section.max_stories :]
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
    return replace(placed, placements=(*placed.placements, *(placement for placement in left if placement.quotes)))


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
