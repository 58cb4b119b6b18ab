"""What is printed, in which order: sections, budgets, citation numbers → Brief."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import UTC, datetime, time
from typing import TYPE_CHECKING

from briefing.changes import status_of
from briefing.models import Brief, Notes, Placement, Section, Source, StoryEntry
from briefing.selection import choose

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from briefing.changes import Earlier
    from briefing.config.schema import SectionSettings
    from briefing.models import (
        Article,
        EditionInfo,
        KeyPoint,
        Moment,
        Problem,
        Ranked,
        Story,
    )
    from briefing.selection import Budget

ALSO_TODAY = "also-today"
"""The id of the section that holds what matched none."""
HALF_LIFE = 48.0
"""Hours after which a story counts half: yesterday's still stands, the day before yesterday's makes room."""
NO_NOTES = Notes()
UNDATED_AGE = 24.0
"""Hours that an article without a date is taken to be old: neither news nor history."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """The day as it was understood: every article, ranked; the stories that they tell; what was left out; the past."""

    ranked: tuple[Ranked, ...]
    stories: tuple[Story, ...]
    placements: tuple[Placement, ...]
    key_points: tuple[KeyPoint, ...]
    problems: tuple[Problem, ...]
    earlier: Earlier | None
    notes: Notes = NO_NOTES


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

    Those under a section follow it. Within each a story stands as its `sort` says: by how much it is about the section,
    how many independent articles tell it, how fresh its latest article is, or by these together.
    """
    printed = tuple(
        _section(settings, day, edition.cut_off, parent=None if settings is section else section.id)
        for section in sections
        for settings in section.family
    )
    rest = _also_today(day, also)
    return Brief(
        note=day.notes.brief,
        edition=edition,
        key_points=day.key_points,
        sections=printed,
        also_today=rest,
        sources=_sources(day, _cited(day.key_points, (*printed, rest)), grades),
        history=day.earlier.history if day.earlier else (),
        left_out=tuple(sorted(day.problems, key=lambda problem: (problem.origin, problem.stage, problem.reason))),
    )


def _section(settings: SectionSettings, day: Day, cut_off: datetime, *, parent: str | None) -> Section:
    placed = [placement for placement in day.placements if placement.section == settings.id]
    order = ORDERS[settings.sort]
    placed.sort(key=lambda item: (*order(item, cut_off), -_importance(item, cut_off), item.story.id))
    entries = tuple(_entry(item, day) for item in placed)
    full = settings.max_stories
    return Section(
        id=settings.id,
        title=settings.title,
        stories=entries[:full],
        more=entries[full:],
        parent=parent,
        when_empty=settings.when_empty,
        note=dict(day.notes.sections).get(settings.id),
    )


def _importance(placement: Placement, cut_off: datetime) -> float:
    """Return relevance times corroboration times freshness; in the rest, all is equally relevant."""
    story = placement.story
    relevance = math.log2(1 + placement.score) if placement.score > 0 else 1.0
    freshness = math.pow(0.5, _youngest(story, cut_off) / HALF_LIFE)
    return round(relevance * math.log2(1 + story.independent) * freshness, 6)


def _recency(placement: Placement, cut_off: datetime) -> tuple[float, ...]:
    """Return hours since the latest dated article; what is undated comes last."""
    dated = [ranked for ranked in placement.story.articles if ranked.article.published is not None]
    return (min((_age(ranked.article.published, cut_off) for ranked in dated), default=math.inf),)


ORDERS: Mapping[str, Callable[[Placement, datetime], tuple[float, ...]]] = {
    "importance": lambda _placement, _cut_off: (),
    "relevance": lambda placement, _cut_off: (-round(placement.score, 6),),
    "time": _recency,
    "corroboration": lambda placement, _cut_off: (-placement.story.independent,),
}
"""What a section's stories are sorted by, smallest first; importance decides between equals."""


def _youngest(story: Story, cut_off: datetime) -> float:
    return min(_age(ranked.article.published, cut_off) for ranked in story.articles)


def _age(published: Moment | None, cut_off: datetime) -> float:
    """Return hours before the cut-off; a bare day counts from its noon, what is undated as a day old."""
    if published is None:
        return UNDATED_AGE
    if not isinstance(published, datetime):
        published = datetime.combine(published, time(12), UTC)
    return max(0.0, (cut_off - published).total_seconds() / 3600)


def _also_today(day: Day, also: Also) -> Section:
    placed = {placement.story.id for placement in day.placements}
    entries = []
    for story in day.stories:
        if story.id not in placed:
            quotes = choose(story.articles, [ranked.scores for ranked in story.articles], budget=also.budget)
            entries.append(_entry(Placement(story=story, section="", score=0.0, terms=(), quotes=quotes), day))
    entries.sort(key=lambda entry: (-entry.independent, entry.lead.origin))
    return Section(
        id=ALSO_TODAY, title="", stories=tuple(entries[: also.max_stories]), more=tuple(entries[also.max_stories :])
    )


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
