"""The whole program on one screen.

Document ─extract─► Article ─analyse─► Text ─rank─► Ranked ─group─► Story ─place─► Placement ─compose─► Brief

Pure: what the sources found, the configuration, the edition, the editor's notes and an earlier brief go in as values.
What fails on the way becomes a Problem beside the flow and ends in the brief, so that documents in = printed + also
reported + problems.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Protocol, TypeVar
from zoneinfo import ZoneInfo

from briefing.compose import Also, Day, compose, key_points, silence_of, weigh, weighted
from briefing.extract import extract_all, without_repetitions
from briefing.extract.period import within_period
from briefing.extract.unread import identified, unread
from briefing.figures import differences
from briefing.models import Notes
from briefing.ranking import Budget, rank
from briefing.sectioning import rules_of, with_rest
from briefing.stories import group
from briefing.text import analyse
from briefing.themes import compile_sections, outside_scope, place

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from datetime import datetime

    from briefing.compose import Earlier, Weight
    from briefing.config import Config, Limits, Outlet
    from briefing.edition import Brief, EditionInfo
    from briefing.extract import Extraction
    from briefing.models import Article, Delivered, Document, Problem, Ranked, Story, Text
    from briefing.sources import Found
    from briefing.themes import Placed, Themes

Item = TypeVar("Item")


class Watch(Protocol):
    """Lets somebody see the items of a stage go by: a progress bar, a plain line, nothing."""

    def __call__(self, items: Iterable[Item], *, stage: str, total: int) -> Iterable[Item]:
        """Return the same items in the same order."""


def unwatched(items: Iterable[Item], *, stage: str, total: int) -> Iterable[Item]:  # noqa: ARG001 - Watch's signature
    """Return the items as they are."""
    return items


@dataclass(frozen=True, slots=True, kw_only=True)
class Stages:
    """What is done to each article by itself; who makes one day's brief again and again passes stages that remember."""

    extract: Callable[[Iterable[Document], Limits], Iterable[Extraction]] = extract_all
    analyse: Callable[[Article, Limits], tuple[Text, tuple[Problem, ...]]] = lambda article, limits: analyse(
        article, max_sentences=limits.sentences, max_sentence_chars=limits.sentence_chars
    )
    rank: Callable[[Text, str], Ranked] = lambda text, method: rank(text, method=method)


STAGES = Stages()
NO_NOTES = Notes()


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """The day's articles as they were understood, and what was left out on the way."""

    ranked: tuple[Ranked, ...]
    problems: tuple[Problem, ...]
    passed: tuple[str, ...] = ()
    """Identities of what a scheduled edition leaves out as too old."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Assigned:
    """The day's stories: where they stand, and what they weigh."""

    stories: tuple[Story, ...]
    placed: Placed
    weights: Mapping[str, Weight]
    """By the story's id."""


def make_brief(
    found: Found,
    *,
    config: Config,
    edition: EditionInfo,
    earlier: Earlier | None = None,
    notes: Notes = NO_NOTES,
    delivered: Delivered | None = None,
    watch: Watch = unwatched,
) -> Brief:
    """Make the brief of a day: understand its articles, assign its stories to sections, compose the page.

    A scheduled edition is given what was `delivered` before it, and holds what none of that had read.
    """
    reading = understand(found, config=config, edition=edition, delivered=delivered, watch=watch)
    assigned = assign(reading.ranked, config=config, cut_off=edition.cut_off)
    return brief_of(
        reading, assigned, config=config, edition=edition, earlier=earlier, notes=notes, delivered=delivered
    )


def brief_of(
    reading: Reading,
    assigned: Assigned,
    *,
    config: Config,
    edition: EditionInfo,
    earlier: Earlier | None = None,
    notes: Notes = NO_NOTES,
    delivered: Delivered | None = None,
) -> Brief:
    """Compose the brief of a day that was understood and whose stories were assigned to sections."""
    stories, placements = assigned.stories, assigned.placed.placements
    homes = {placement.story.id: placement.section for placement in reversed(placements)}
    silent = {section.id for section in config.every_section if not section.key_points}
    day = Day(
        ranked=reading.ranked,
        stories=stories,
        placements=placements,
        weights=assigned.weights,
        key_points=key_points(
            [story for story in stories if homes.get(story.id) not in silent],
            assigned.weights,
            homes=homes,
            language=config.brief.language,
            count=config.brief.key_points,
        ),
        problems=reading.problems,
        earlier=earlier,
        notes=notes,
        figures=differences(reading.ranked, stories, aliases=config.aliases, language=config.brief.language),
        delivered=delivered,
        passed=reading.passed,
    )
    also = Also(budget=Budget(words=None, sentences=1), max_stories=config.brief.also_stories)
    return compose(
        day,
        edition=edition,
        sections=config.sections,
        grades=_grades(config),
        also=also,
        silent=silence_of([ranked.article for ranked in reading.ranked], config),
    )


def understand(
    found: Found,
    *,
    config: Config,
    edition: EditionInfo,
    delivered: Delivered | None = None,
    watch: Watch = unwatched,
    stages: Stages = STAGES,
) -> Reading:
    """Read documents into ranked texts; what was read before, or is outside its period or scope, is left out."""
    limits = config.limits
    extractions = list(watch(stages.extract(found.documents, limits), stage="extract", total=len(found.documents)))
    extracted = without_repetitions(
        [
            identified(replace(article, source=document.source))
            for document, item in zip(found.documents, extractions, strict=True)
            for article in item.articles
        ]
    )
    known = [_with_language(article, config.outlets) for article in extracted]
    passed: tuple[str, ...] = ()
    if delivered is None:
        articles, outside = within_period(known, edition=edition, zone=ZoneInfo(edition.timezone))
    else:
        taken = unread(known, delivered, edition=edition)
        articles, outside, passed = taken.articles, taken.problems, taken.passed
    analysed = [stages.analyse(article, limits) for article in watch(articles, stage="analyse", total=len(articles))]
    texts = [text for text, _ in analysed]
    off_topic = outside_scope(texts, config.about, config.aliases)
    kept = [text for text in texts if text.article.id not in off_topic]
    ranked = tuple(stages.rank(text, config.summary.method) for text in watch(kept, stage="rank", total=len(kept)))
    met = [problem for item in extractions for problem in item.problems]
    met += [problem for _, problems in analysed for problem in problems]
    return Reading(ranked=ranked, problems=(*found.problems, *met, *outside, *off_topic.values()), passed=passed)


def _with_language(article: Article, outlets: Mapping[str, Outlet]) -> Article:
    """Return the article with its outlet's language where it declares none itself."""
    outlet = outlets.get(article.outlet or "")
    if article.language or outlet is None or outlet.language is None:
        return article
    return replace(article, language=outlet.language)


def assign(
    ranked: tuple[Ranked, ...],
    *,
    config: Config,
    cut_off: datetime,
    themes: Themes | None = None,
    stages: Stages = STAGES,
) -> Assigned:
    """Group articles into stories, and place the stories in the sections that they speak to.

    `cut_off` is the edition's, from which freshness counts; `themes` are the config's sections, compiled, where the
    caller has them already.
    """
    sections = config.every_section
    weights = {name: outlet.weight for name, outlet in config.outlets.items()}
    grades = _grades(config)
    stories = weighted(group(ranked, grades=grades), weights)
    rules = rules_of(sections, config.summary, rank=stages.rank, cut_off=cut_off)
    placed = place(stories, themes or compile_sections(config.sections, config.aliases), rules)
    placed = with_rest(placed, stories, sections=sections, rules=rules)
    return Assigned(
        stories=stories, placed=placed, weights=weigh(stories, placed.placements, cut_off=cut_off, grades=grades)
    )


def _grades(config: Config) -> dict[str, str]:
    return {name: outlet.grade for name, outlet in config.outlets.items() if outlet.grade}
