"""What is printed, in which order: sections, budgets, citation numbers → Brief."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from briefing.compose.changes import status_of
from briefing.compose.ordering import in_order
from briefing.models import Brief, Notes, Placement, Section, Source, StoryEntry
from briefing.ranking import tell, worths

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import datetime

    from briefing.compose.changes import Earlier
    from briefing.compose.weighing import Weight
    from briefing.config import SectionSettings
    from briefing.models import (
        Article,
        Difference,
        EditionInfo,
        KeyPoint,
        Problem,
        Quote,
        Ranked,
        Story,
    )
    from briefing.ranking import Budget

ALSO_TODAY = "also-today"
"""The id of the section that holds what matched none."""
NO_NOTES = Notes()


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """The day as it was understood: every article, ranked; the stories that they tell; what was left out; the past."""

    ranked: tuple[Ranked, ...]
    stories: tuple[Story, ...]
    placements: tuple[Placement, ...]
    key_points: tuple[KeyPoint, ...]
    weights: Mapping[str, Weight]
    """By the story's id."""
    problems: tuple[Problem, ...]
    earlier: Earlier | None
    notes: Notes = NO_NOTES
    figures: tuple[Difference, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Also:
    """How much is printed of what fits no section."""

    budget: Budget
    max_stories: int


def compose(
    day: Day,
    *,
    edition: EditionInfo,
    sections: Sequence[SectionSettings],
    grades: Mapping[str, str],
    also: Also,
) -> Brief:
    """Return the brief: sections in the order of `sections`, what fell in none of them, sources, what was left out.

    Those under a section follow it; within each a story stands as its `sort` says (see `ordering`).
    """
    printed = tuple(
        _section(settings, day, edition.cut_off, parent=None if settings is section else section.id)
        for section in sections
        for settings in section.family
    )
    rest = _also_today(day, also)
    counted = (account.article for difference in day.figures for account in difference.accounts)
    cited = (*_cited(day.key_points, printed), *counted, *_cited((), (rest,)))
    return Brief(
        note=day.notes.brief,
        edition=edition,
        key_points=day.key_points,
        sections=printed,
        also_today=rest,
        sources=_sources(day, cited, grades),
        history=day.earlier.history if day.earlier else (),
        figures=day.figures,
        left_out=tuple(sorted(day.problems, key=lambda problem: (problem.origin, problem.stage, problem.reason))),
    )


def _section(settings: SectionSettings, day: Day, cut_off: datetime, *, parent: str | None) -> Section:
    placed = (placement for placement in day.placements if placement.section == settings.id)
    entries = tuple(_entry(item, day) for item in in_order(placed, settings.sort, cut_off))
    full = [entry for entry in entries if entry.quotes][: settings.max_stories]
    return Section(
        id=settings.id,
        title=settings.title,
        stories=tuple(full),
        more=tuple(entry for entry in entries if entry not in full),
        parent=parent,
        when_empty=settings.when_empty,
        note=dict(day.notes.sections).get(settings.id),
    )


def _also_today(day: Day, also: Also) -> Section:
    placed = {placement.story.id for placement in day.placements}
    left = [story for story in day.stories if story.id not in placed]
    left.sort(key=lambda story: (-day.weights[story.id].total, story.id))
    full = also.max_stories
    return Section(
        id=ALSO_TODAY,
        title="",
        stories=tuple(_entry(_unplaced(story, _quotes(story, also.budget)), day) for story in left[:full]),
        more=tuple(_entry(_unplaced(story, ()), day) for story in left[full:]),
    )


def _quotes(story: Story, budget: Budget) -> tuple[Quote, ...]:
    return tell(story.articles, [worths(ranked) for ranked in story.articles], budget=budget)


def _unplaced(story: Story, quotes: tuple[Quote, ...]) -> Placement:
    return Placement(story=story, section="", score=0.0, terms=(), quotes=quotes)


def _entry(placement: Placement, day: Day) -> StoryEntry:
    story, lead = placement.story, placement.led_by or placement.story.lead
    return StoryEntry(
        id=story.id,
        headline=lead.article.title,
        language=lead.text.language,
        lead=lead.article,
        also=tuple(ranked.article for ranked in story.articles if ranked is not lead),
        copies=story.copies,
        independent=story.independent,
        status=status_of(story, day.earlier),
        score=placement.score,
        terms=placement.terms,
        quotes=placement.quotes,
    )


def _cited(key_points: Iterable[KeyPoint], sections: Iterable[Section]) -> Iterator[Article]:
    """Yield the articles in the order in which a reader meets them."""
    yield from (point.quote.article for point in key_points)
    for section in sections:
        for entry in section.stories:
            yield from (quote.article for quote in entry.quotes)
            yield entry.lead
            yield from entry.also
        for entry in section.more:
            yield entry.lead
            yield from entry.also


def _sources(day: Day, cited: Iterable[Article], grades: Mapping[str, str]) -> tuple[Source, ...]:
    texts = {ranked.article.id: ranked.text for ranked in day.ranked}
    order = dict.fromkeys(article.id for article in cited)
    return tuple(
        Source(
            number=number,
            article=texts[article_id].article,
            language=texts[article_id].language,
            words=sum(len(sentence.words) for sentence in texts[article_id].sentences),
            grade=grades.get(texts[article_id].article.outlet or ""),
        )
        for number, article_id in enumerate(order, start=1)
    )
