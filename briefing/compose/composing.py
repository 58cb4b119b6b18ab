"""What is printed, in which order: sections, budgets, citation numbers → Brief."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from briefing.compose.corrections import corrections
from briefing.compose.entries import (
    article_entry,
    change_entry,
    difference_entry,
    head_entry,
    key_point_entry,
    note_entry,
    status_of,
    story_entry,
    without_surrogates,
)
from briefing.compose.large_days import HEADLINES, fewer_accounts, fewer_figures, shortened, whole_day, whole_section
from briefing.compose.weighing import in_order
from briefing.edition import ALSO_TODAY, Brief, Section, Silence, from_settings
from briefing.models import Notes, Placement
from briefing.ranking import tell, worths

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
    from datetime import datetime

    from briefing.compose.entries import Continued, Earlier
    from briefing.compose.weighing import Weight
    from briefing.config import Config, SectionSettings
    from briefing.edition import (
        ArticleEntry,
        DifferenceEntry,
        EditionInfo,
        KeyPointEntry,
        StoryEntry,
        WholeDay,
        WholeSection,
    )
    from briefing.models import (
        Account,
        Article,
        Correction,
        Coverage,
        Delivered,
        Difference,
        KeyPoint,
        Problem,
        Quote,
        Ranked,
        Story,
    )
    from briefing.ranking import Budget

FEWEST, LIGHT = 3, 1.6
"""Stories of "Also today" that are quoted whatever they weigh; what weighs less than this is only named behind them:
twice what one account of nothing in particular weighs."""
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
    own_updates: Mapping[str, Sequence[tuple[Account, Account]]] = field(default_factory=dict)
    """By a story's id, the figures that an outlet's last report of the day brings up to date."""
    delivered: Delivered | None = None
    """Of a scheduled edition, what was read before."""
    continued: Continued | None = None
    """How it stands to that; None where nothing was."""
    passed: tuple[str, ...] = ()
    coverage: Coverage | None = None
    listed: int = 500
    """Articles up to which the brief holds all of them."""

    @property
    def is_large(self) -> bool:
        """Whether the brief holds only what it quotes or names."""
        return len(self.ranked) > self.listed

    @property
    def most(self) -> int | None:
        """How many stories of a section are printed by headline; None where all are."""
        return HEADLINES if self.is_large else None


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
    silent: Silence,
    unverified: Collection[str] = (),
) -> Brief:
    """Return the brief: sections in the order of `sections`, what fell in none of them, sources, what was left out.

    `unverified` are the sources whose certificates are not checked. Those under a section follow it; within each a
    story stands as its `sort` says (see `ordering`).
    """
    printed = tuple(
        _section(settings, day, edition.cut_off, parent=None if settings is section else section.id)
        for section in sections
        for settings in section.family
    )
    rest = _also_today(day, also)
    key_points = tuple(key_point_entry(point) for point in day.key_points)
    figures, unprinted = _figures(day, {*_cited(key_points, printed)})
    corrected = corrections(day.delivered, day.ranked) if day.delivered else ()
    counted = (account.article for difference in figures for account in difference.accounts)
    cited = (*_cited(key_points, printed), *counted, *_cited((), (rest,)), *_compared(figures, corrected))
    articles = _articles(day, cited, grades, unverified)
    whole, listing = _whole(day, articles, (*printed, rest), rest.whole) if rest.whole else (None, b"")
    brief = Brief(
        edition=head_entry(edition),
        key_points=key_points,
        sections=printed,
        also_today=rest.stories,
        also_today_more=rest.more,
        articles=articles,
        left_out=tuple(sorted((*day.problems, *unprinted), key=lambda one: (one.origin, one.stage, one.reason))),
        note=note_entry(day.notes.brief),
        history=day.earlier.history if day.earlier else (),
        silent=silent,
        figures=figures,
        still_open=day.continued.still_open if day.continued else (),
        follows=day.delivered.editions if day.delivered else None,
        passed=day.passed,
        coverage=day.coverage,
        corrections=corrected,
        day=whole,
        listing=listing,
    )
    return without_surrogates(brief)


def _section(settings: SectionSettings, day: Day, cut_off: datetime, *, parent: str | None) -> Section:
    placed = in_order((one for one in day.placements if one.section == settings.id), settings.sort, cut_off)
    full = [one for one in placed if one.quotes][: settings.max_stories]
    told = set(map(id, full))
    more = [one for one in placed if id(one) not in told]
    family = {one.id for one in settings.family}
    return from_settings(
        Section,
        settings,
        stories=tuple(_entry(one, day) for one in full),
        more=tuple(_entry(one, day) for one in more[: day.most]),
        parent=parent,
        note=note_entry(dict(day.notes.sections).get(settings.id)),
        whole=_counts((one.story for one in day.placements if one.section in family), more, day),
    )


def _also_today(day: Day, also: Also) -> Section:
    placed = {placement.story.id for placement in day.placements}
    left = [story for story in day.stories if story.id not in placed]
    left.sort(key=lambda story: (-day.weights[story.id].total, story.id))
    heavy = sum(day.weights[story.id].total >= LIGHT for story in left)
    full = min(also.max_stories, max(heavy, FEWEST))
    more = left[full:]
    return Section(
        id=ALSO_TODAY,
        title="",
        stories=tuple(_entry(_unplaced(story, _quotes(story, also.budget)), day) for story in left[:full]),
        more=tuple(_entry(_unplaced(story, ()), day) for story in more[: day.most]),
        whole=_counts(left, more, day),
    )


def _counts(stories: Iterable[Story], more: Sequence[object], day: Day) -> WholeSection | None:
    """Return what a section counts on a large day; `more` are its own stories for which there was no room."""
    return whole_section(list(stories), untold=len(more[day.most :])) if day.is_large else None


def _whole(
    day: Day, articles: Sequence[ArticleEntry], parts: Sequence[Section], rest: WholeSection
) -> tuple[WholeDay, bytes]:
    """Return what a large day counts, and its list of articles."""
    told = {story.id for part in parts for story in (*part.stories, *part.more)}
    numbers = {article.id: article.number for article in articles}
    return whole_day(
        day.stories,
        rest=rest,
        numbers=numbers,
        told=told,
        earlier=day.earlier,
        continued=day.continued,
    )


def _quotes(story: Story, budget: Budget) -> tuple[Quote, ...]:
    return tell(story.articles, [worths(ranked) for ranked in story.articles], budget=budget)


def _unplaced(story: Story, quotes: tuple[Quote, ...]) -> Placement:
    return Placement(story=story, section="", score=0.0, terms=(), quotes=quotes)


def _entry(placement: Placement, day: Day) -> StoryEntry:
    story, past = placement.story, day.continued
    entry = story_entry(placement, status=status_of(story, day.earlier, past))
    own = tuple(change_entry(*pair) for pair in day.own_updates.get(story.id, ()))
    earlier, changes = (past.stories.get(story.id), past.changes.get(story.id, ())) if past else (None, ())
    entry = replace(entry, earlier=earlier, changes=(*changes, *own))
    return shortened(entry) if day.is_large else entry


def _figures(day: Day, told: Collection[str]) -> tuple[tuple[DifferenceEntry, ...], Sequence[Problem]]:
    """Return the figures that differ, of a large day the first ones, and what is said of the others."""
    chosen, unprinted = fewer_figures(day.figures, told) if day.is_large else (day.figures, ())
    return tuple(_difference(difference, day) for difference in chosen), unprinted


def _difference(difference: Difference, day: Day) -> DifferenceEntry:
    kept = fewer_accounts(difference) if day.is_large else difference
    return replace(difference_entry(kept), untold=len(difference.accounts) - len(kept.accounts))


def _compared(figures: Iterable[DifferenceEntry], corrected: Iterable[Correction]) -> Iterator[str]:
    """Yield the ids of articles that are named without being cited: most were met already."""
    yield from (copy for difference in figures for account in difference.accounts for copy in account.copies)
    yield from (one.article for one in corrected)


def _cited(key_points: Iterable[KeyPointEntry], sections: Iterable[Section]) -> Iterator[str]:
    """Yield the ids of articles in the order in which a reader meets them."""
    yield from (point.article for point in key_points)
    for section in sections:
        for story in section.stories:
            yield from (sentence.article for sentence in story.sentences)
            yield from (story.article, *story.also)
        for story in section.more:
            yield from (story.article, *story.also)


def _articles(
    day: Day, cited: Iterable[str], grades: Mapping[str, str], unverified: Collection[str]
) -> tuple[ArticleEntry, ...]:
    known = {ranked.article.id: ranked for ranked in day.ranked}
    return tuple(
        article_entry(
            known[name],
            number=number,
            grade=grades.get(known[name].article.outlet or ""),
            unverified=known[name].article.source in unverified,
        )
        for number, name in enumerate(dict.fromkeys(cited), start=1)
    )


# ── outlets that are silent ───────────────────────────────────────────────────────────────────────────────────────────


def silence_of(articles: Sequence[Article], config: Config) -> Silence:
    """Return the outlets and sources of the config of which none of these articles is, in the config's order.

    Where no article is of any source of the config, other files stand in for them, and no source is silent.
    """
    heard = {article.outlet for article in articles}
    brought = {article.source for article in articles if article.source}
    sources = dict.fromkeys(source.label for source in config.sources)
    return Silence(
        outlets=tuple(name for name in config.outlets if name not in heard),
        sources=tuple(name for name in sources if name not in brought) if brought else (),
    )
