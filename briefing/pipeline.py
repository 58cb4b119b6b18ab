"""The whole program on one screen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, TypeVar
from zoneinfo import ZoneInfo

from briefing.compose import Also, Day, compose
from briefing.extract import extract_all, without_repetitions
from briefing.keypoints import key_points
from briefing.language import analyse
from briefing.period import within_period
from briefing.selection import Budget
from briefing.stories import group
from briefing.summarise import rank
from briefing.themes import compile_sections, place

if TYPE_CHECKING:
    from collections.abc import Iterable

    from briefing.changes import Earlier
    from briefing.config.schema import Config, SectionSettings, Summary
    from briefing.models import Brief, EditionInfo
    from briefing.sources import Found

Item = TypeVar("Item")


class Watch(Protocol):
    """Lets somebody see the items of a stage go by: a progress bar, a counter, nothing."""

    def __call__(self, items: Iterable[Item], *, stage: str, total: int) -> Iterable[Item]:
        """Return the same items in the same order."""


def unwatched(items: Iterable[Item], *, stage: str, total: int) -> Iterable[Item]:  # noqa: ARG001 - Watch's signature
    """Return the items as they are."""
    return items


def make_brief(
    found: Found, *, config: Config, edition: EditionInfo, earlier: Earlier | None = None, watch: Watch = unwatched
) -> Brief:
    """Make the brief of a day.

    Document ─extract─► Article ─analyse─► Text ─rank─► Ranked ─group─► Story ─place─► Placement ─compose─► Brief

    Pure: what the sources found, the configuration, the edition and an earlier brief go in as values. What fails on
    the way becomes a Problem beside the flow and ends in the brief.
    """
    extractions = list(watch(extract_all(found.documents, config.limits), stage="extract", total=len(found.documents)))
    extracted = without_repetitions([article for item in extractions for article in item.articles])
    articles, outside = within_period(extracted, edition=edition, zone=ZoneInfo(edition.timezone))
    analysed = [
        analyse(article, max_sentences=config.limits.sentences, max_sentence_chars=config.limits.sentence_chars)
        for article in watch(articles, stage="analyse", total=len(articles))
    ]
    ranked = tuple(
        rank(text, method=config.summary.method) for text, _ in watch(analysed, stage="rank", total=len(analysed))
    )
    grades = {name: outlet.grade for name, outlet in config.outlets.items() if outlet.grade}
    stories = group(ranked, grades=grades)
    themes = compile_sections(config.sections, config.aliases)
    placements = place(
        stories, themes, budgets={s.id: budget_of(s, config.summary) for s in config.sections}
    ).placements
    day = Day(
        ranked=ranked,
        stories=stories,
        placements=placements,
        key_points=key_points(placements, count=config.brief.key_points),
        problems=(
            *found.problems,
            *(p for item in extractions for p in item.problems),
            *outside,
            *(p for _, problems in analysed for p in problems),
        ),
        earlier=earlier,
    )
    return compose(
        day,
        edition=edition,
        sections=config.sections,
        grades=grades,
        also=Also(budget=budget_of(None, config.summary), max_stories=config.brief.also_stories),
    )


def budget_of(section: SectionSettings | None, summary: Summary) -> Budget:
    """Return how much of one story is printed: as the section says, else as `summary` says, else 60 words."""
    for settings in (section, summary):
        if settings is not None and settings.sentences is not None:
            return Budget(words=None, sentences=settings.sentences)
        if settings is not None and settings.words is not None:
            return Budget(words=settings.words)
    return Budget()
