"""The whole program on one screen.

Document ─extract─► Article ─analyse─► Text ─rank─► Ranked ─group─► Story ─place─► Placement ─compose─► Brief

Pure: what the sources found, the configuration, the edition, the editor's notes and an earlier brief go in as values.
What fails on the way becomes a Problem beside the flow and ends in the brief, so that documents in = printed + also
reported + problems.
"""

from __future__ import annotations

from collections import ChainMap
from contextlib import nullcontext
from dataclasses import dataclass, field, replace
from hashlib import sha256
from typing import TYPE_CHECKING, Protocol, TypeVar, cast
from zoneinfo import ZoneInfo

from briefing.compose import Also, Day, compose, continued, key_points, silence_of, weigh, weighted
from briefing.extract import (
    LATE,
    attributed,
    identified,
    in_newest_state,
    of_these_days,
    sighted,
    unread,
    within_marking,
    within_period,
    without_repetitions,
)
from briefing.figures import differences, own_updates, updates
from briefing.models import Notes
from briefing.parallel import give_back, kept_value
from briefing.per_document import Compiled, Shelves, draft_all, rank_text, read_all, readers, understand_all
from briefing.ranking import Budget
from briefing.sectioning import rules_of, with_rest, with_room
from briefing.stories import follow_ups, group
from briefing.text import analyse
from briefing.themes import compile_scope, compile_sections, outside_scope, place

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterable, Mapping, Sequence
    from concurrent.futures import Executor
    from datetime import datetime

    from briefing.compose import Continued, Earlier, Signs, Weight
    from briefing.config import Config, Outlet
    from briefing.edition import Brief, EditionInfo
    from briefing.extract import Extraction
    from briefing.figures import Mention
    from briefing.models import Article, Coverage, Delivered, Document, KeyPoint, Problem, Ranked, Story, Text
    from briefing.parallel import Shelf
    from briefing.sources import Found
    from briefing.stories import Compared
    from briefing.themes import Draft, Placed, Themes

Item = TypeVar("Item")


class Watch(Protocol):
    """Lets somebody see the items of a stage go by: a progress bar, a plain line, nothing."""

    def __call__(
        self, items: Iterable[Item], *, stage: str, total: int, seconds: float | None = None
    ) -> Iterable[Item]:
        """Return the same items in the same order; `seconds` is what a stage of one item is expected to take."""


def unwatched(
    items: Iterable[Item],
    *,
    stage: str,  # noqa: ARG001 - Watch's signature
    total: int,  # noqa: ARG001 - the same
    seconds: float | None = None,  # noqa: ARG001 - the same
) -> Iterable[Item]:
    """Return the items as they are."""
    return items


def in_view_of(watch: Watch | None, make: Callable[[], Item], *, stage: str, seconds: float) -> Item:
    """Return what is made at one go, for somebody to see how long it takes."""
    (made,) = (watch or unwatched)((make() for _ in "1"), stage=stage, total=1, seconds=seconds)
    return made


class Remember(Protocol):
    """Gives back what a stage made of the whole day the last time, where it was made of the same."""

    def __call__(self, stage: str, make: Callable[[], Item], *made_of: object) -> Item:
        """Return what `make` returns, or returned for equal values."""


def afresh(stage: str, make: Callable[[], Item], *made_of: object) -> Item:  # noqa: ARG001 - Remember's signature
    """Return what is made, each time anew."""
    return make()


NO_NOTES = Notes()


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """The day's articles as they were understood, and what was left out on the way."""

    ranked: tuple[Ranked, ...]
    problems: tuple[Problem, ...]
    passed: tuple[str, ...] = ()
    """Identities of what a scheduled edition leaves out as too old or out of scope, and no later one reads again."""
    coverage: Coverage | None = None
    compared: Mapping[str, Compared] = field(default_factory=dict, repr=False)
    mentions: Mapping[str, tuple[Mention, ...]] = field(default_factory=dict, repr=False)
    signs: Mapping[str, Signs] = field(default_factory=dict, repr=False)
    drafts: Mapping[str, Draft] = field(default_factory=dict, repr=False)
    """By an article's id what it is compared by, its first figures, what it weighs by itself, and what it says of each
    section; none of the last where terms were not looked for."""
    shelf: Shelf | None = field(default=None, repr=False, compare=False)
    """Where a large day's lie, and where more may be put."""
    marks: frozenset[str] = frozenset()
    """Ids and identities of all articles that were read, by which delivered editions are known to have read them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Assigned:
    """The day's stories: where they stand, and what they weigh."""

    stories: tuple[Story, ...]
    placed: Placed
    weights: Mapping[str, Weight]
    """By the story's id."""


def brief_of(
    reading: Reading,
    assigned: Assigned,
    *,
    config: Config,
    edition: EditionInfo,
    earlier: Earlier | None = None,
    notes: Notes = NO_NOTES,
    delivered: Delivered | None = None,
    remember: Remember = afresh,
) -> Brief:
    """Compose the brief of a day that was understood and whose stories were assigned to sections."""
    stories, placements = assigned.stories, assigned.placed.placements
    past = _continued(reading, stories, config=config, delivered=delivered)
    aliases, language, packs = config.aliases, config.brief.language, tuple(config.use)
    figures, uncompared = remember(
        "figures",
        lambda: differences(
            reading.ranked, stories, aliases=aliases, language=language, packs=packs, known=reading.mentions
        ),
        *(reading.ranked, stories, aliases, language, packs),
    )
    day = Day(
        ranked=reading.ranked,
        stories=stories,
        placements=placements,
        weights=assigned.weights,
        key_points=_key_points(assigned, config, known=past.stories if past else {}),
        problems=(*reading.problems, *uncompared),
        earlier=earlier,
        notes=notes,
        figures=figures,
        own_updates=own_updates(stories, aliases=aliases, packs=packs),
        delivered=delivered,
        continued=past,
        passed=reading.passed,
        coverage=reading.coverage,
        listed=config.brief.listed_articles,
    )
    also = Also(budget=Budget(words=None, sentences=1), max_stories=config.brief.also_stories)
    return compose(
        day,
        edition=edition,
        sections=config.sections,
        grades=config.grades,
        also=also,
        silent=silence_of([ranked.article for ranked in reading.ranked], config),
        unverified=config.unverified,
    )


def _key_points(assigned: Assigned, config: Config, *, known: Container[str]) -> tuple[KeyPoint, ...]:
    """Return the key points, of new stories whose home may have any; `known` are the ids of stories told before."""
    homes = {placement.story.id: placement.section for placement in reversed(assigned.placed.placements)}
    silent = {section.id for section in config.every_section if not section.key_points}
    return key_points(
        [story for story in assigned.stories if homes.get(story.id) not in silent and story.id not in known],
        assigned.weights,
        homes=homes,
        language=config.brief.language,
        count=config.brief.key_points,
    )


def _continued(
    reading: Reading, stories: tuple[Story, ...], *, config: Config, delivered: Delivered | None
) -> Continued | None:
    """Return how a scheduled edition's stories stand to what was delivered before it; None where nothing was."""
    if delivered is None or not delivered.editions:
        return None
    limits = config.limits
    texts = (
        analyse(article, max_sentences=limits.sentences, max_sentence_chars=limits.sentence_chars)[0]
        for _, article in delivered.recent
    )
    earlier = tuple(rank_text(text, "lead") for text in texts)
    followed = follow_ups(earlier, reading.ranked, reading.compared)
    past = group(earlier, grades=config.grades)
    changes = updates(past, stories, followed, aliases=config.aliases, packs=tuple(config.use))
    return continued(stories, past, followed, changes=changes, delivered=delivered)


def understand(
    found: Found,
    *,
    config: Config,
    edition: EditionInfo,
    delivered: Delivered | None = None,
    watch: Watch = unwatched,
    executor: Executor | None = None,
    method: str | None = None,
    terms: Compiled | None = None,
    shelf: Shelf | None = None,
) -> Reading:
    """Read documents into ranked texts; what was read before, is outside its period or scope, or no news, is left out.

    `method` ranks them in place of the config's; `terms` are the config's, looked for in passing. On a `shelf` is put
    what memory need not hold.
    """
    limits, method, shelves = config.limits, method or config.summary.method, Shelves(shelf, terms)
    with readers() if executor is None else nullcontext(executor) as workers:
        reading = read_all(found.documents, limits, workers)
        extractions = [
            replace(one, articles=tuple(map(shelves.article, one.articles)))
            for one in watch(reading, stage="extract", total=len(found.documents))
        ]
        known, early = _of_the_day(found.documents, extractions, config, edition)
        passed: tuple[str, ...] = ()
        if delivered is None:
            articles, outside = within_period(known, edition=edition, zone=ZoneInfo(edition.timezone))
        else:
            taken = unread(known, delivered, edition=edition)
            articles, outside, passed = taken.articles, taken.problems, taken.passed
        articles = tuple(map(shelves.article, articles))
        ranking = understand_all(articles, limits, method, tuple(config.use), workers, terms=terms)
        understood = list(map(shelves.take, articles, watch(ranking, stage="rank", total=len(articles))))
    scope = terms.scope if terms else compile_scope(config.about, config.aliases)
    off_topic = outside_scope([one.ranked.text for one in understood], scope, shelves.inside)
    useless = [one for one in understood if one.useless and one.ranked.article.id not in off_topic]
    dropped = off_topic.keys() | {one.ranked.article.id for one in useless}
    kept = tuple(one.ranked for one in understood if one.ranked.article.id not in dropped)
    if delivered is not None:
        passed += tuple(one.ranked.article.identity for one in understood if one.ranked.article.id in dropped)
    met = [problem for item in extractions for problem in item.problems]
    met += [problem for one in understood for problem in one.problems]
    no_news = (one.useless for one in useless if one.useless)
    left_out = (*early, *outside, *off_topic.values(), *no_news)
    return Reading(
        ranked=kept,
        problems=(*found.problems, *met, *left_out),
        passed=tuple(sorted(passed)),
        coverage=found.coverage,
        compared=shelves.compared,
        mentions=shelves.mentions,
        signs=shelves.signs,
        drafts=shelves.drafts,
        shelf=shelf,
        marks=frozenset(mark for article in known for mark in (article.id, article.identity)),
    )


def _of_the_day(
    documents: Sequence[Document], extractions: Sequence[Extraction], config: Config, edition: EditionInfo
) -> tuple[tuple[Article, ...], tuple[Problem, ...]]:
    """Return the articles of these days that may be printed, each in its newest state, and what was left out."""
    read = [
        identified(sighted(article, document))
        for document, item in zip(documents, extractions, strict=True)
        for article in item.articles
    ]
    signed, claims = attributed(read, config)
    newest, replaced = in_newest_state(signed)
    of_now, old = of_these_days(
        newest,
        start=edition.period_start or edition.cut_off - LATE,
        cut_off=edition.cut_off,
        zone=ZoneInfo(edition.timezone),
    )
    known, marked = within_marking(
        [_with_language(article, config.outlets) for article in without_repetitions(of_now)],
        marking=config.brief.marking,
        allowed=config.brief.allow_marked,
        cut_off=edition.cut_off,
    )
    return known, (*claims, *replaced, *old, *marked)


def _with_language(article: Article, outlets: Mapping[str, Outlet]) -> Article:
    """Return the article with its outlet's language where it declares none itself."""
    outlet = outlets.get(article.outlet or "")
    if article.language or outlet is None or outlet.language is None:
        return article
    return replace(article, language=outlet.language)


def assign(
    reading: Reading,
    *,
    config: Config,
    cut_off: datetime,
    themes: Themes | None = None,
    rank: Callable[[Text, str], Ranked] = rank_text,
    executor: Executor | None = None,
    remember: Remember = afresh,
) -> Assigned:
    """Group articles into stories, and place the stories in the sections that they speak to.

    `cut_off` is the edition's, from which freshness counts; `themes` are the config's sections, compiled, where the
    caller has them already. `rank` ranks a text by the method of a section that has its own; an `executor`
    compares articles and looks for terms, or both is done here.
    """
    sections = config.every_section
    weights = {name: outlet.weight for name, outlet in config.outlets.items()}
    grades = config.grades
    ranked = reading.ranked
    stories = remember(
        "group",
        lambda: weighted(
            group(ranked, grades=grades, known=reading.compared, executor=executor, shelf=reading.shelf), weights
        ),
        *(ranked, grades, weights),
    )
    if reading.shelf is not None:
        give_back(rings=True)
    rules = rules_of(sections, config.summary, rank=rank, cut_off=cut_off)
    terms = terms_of(config) if themes is None else Compiled(made_of=terms_made_of(config), themes=themes)
    unseen = [one.text for one in ranked if one.article.id not in reading.drafts]
    unseen_drafts = draft_all(unseen, terms, executor) if executor else {}
    drafts = ChainMap(unseen_drafts, cast("dict[str, Draft]", reading.drafts))
    placed = place(stories, terms.themes, rules, drafts)
    placed = with_rest(placed, stories, sections=sections, rules=rules)
    weighed = weigh(
        stories, placed.placements, cut_off=cut_off, grades=grades, packs=tuple(config.use), known=reading.signs
    )
    heaviest = config.brief.key_points
    room = with_room(placed, weighed, sections=sections, cut_off=cut_off, heaviest=heaviest)
    return Assigned(stories=stories, placed=room, weights=weighed)


def terms_of(config: Config) -> Compiled:
    """Return the terms of all sections, and of the scope, compiled, or as an earlier start kept them."""

    def make() -> Compiled:
        scope = compile_scope(config.about, config.aliases)
        return Compiled(terms_made_of(config), compile_sections(config.sections, config.aliases), scope)

    # of the sections whole: titles and thresholds too are in what is compiled, though in no article's draft
    return kept_value("terms", make, config.sections, config.about, config.aliases)


def terms_made_of(config: Config) -> str:
    """Return a hash of what the terms of all sections, and of the scope, are compiled from."""
    sections = [(one.id, one.terms, one.not_, one.weights) for one in config.every_section]
    written = repr((sections, config.about, config.aliases))
    return sha256(written.encode("utf-8", "surrogatepass")).hexdigest()
