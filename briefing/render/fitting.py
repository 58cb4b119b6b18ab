"""A brief for a sheet of so many pages: fewer sentences to a story, then fewer stories in full and more by headline.

What paper leaves out of long lists is counted. Lines are estimated, not set, so that every edition of the brief prints
the same sentences whichever of them are made.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from dataclasses import dataclass, replace
from itertools import accumulate, zip_longest
from math import ceil
from typing import TYPE_CHECKING, Any
from unicodedata import east_asian_width

import yaml

from briefing.errors import RenderError
from briefing.models import Problem
from briefing.render.references import MOST_UNQUOTED, outlets_view, safe_link
from briefing.render.stories import MOST_ALSO, by_text
from briefing.render.view import MOST_HEADLINES

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Container, Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from briefing.edition import ArticleEntry, Brief, DifferenceEntry, NoteParagraph, Section, StoryEntry
    from briefing.render.words import Words

    Articles = Mapping[str, ArticleEntry]

BUDGET = "budget.yaml"
"""The file of a template that is meant for so many pages."""
FEWER = (3, 2, 1)
"""Sentences to which a story is shortened, one after the other, before any story is left to its headline."""
LISTED = 0.3
"""The share of the lines that is kept for headlines and their sources where not all of them fit."""
COUNTED = 0.1
"""The share of them that figures may take which accounts give differently, where not everything fits."""
HEADLINE, BYLINE, SMALL, SOURCE = 1.05, 0.9, 0.9, 0.82
"""Lines of the text that a line of a headline, a byline, a headline alone and a source takes."""
STORY, SECTION = 0.8, 3.0
"""Lines of the space around a story, and of a section's head."""
CLOSER = 1.3
"""How many more characters stand in a line of small type."""
SAID = 0.7
"""The share of a line that the table of figures has for what is said, beside who says it."""
TALL = frozenset({"ar", "fa", "ur"})
"""Languages whose lines stand further apart."""
TALLER, OWN_TALL = 1.14, 1.06
"""How much taller lines of them are, and a whole sheet whose own words are theirs: bylines, sources, notes."""
MASTHEAD, BACK = 16.0, 18.0
"""Lines of the head of the page, and of what is said of gaps and of how to read it."""


MOST_NAMES, MOST_REASONS = 12, 6
"""Silent outlets or articles left out for one reason that a sheet names, and reasons that it gives."""
MANY_NAMES, MANY_REASONS = 60, 40
"""Those for which a brief without a number of pages has room: a column of names, a page of reasons."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Budget:
    """What a template has room for."""

    pages: int
    lines: float
    """Of the running text, in all columns of all pages."""
    characters: int
    """In a line of the running text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """What of a brief's lists a sheet has room for."""

    headlines: Mapping[str, int]
    """How many of the headlines of each section, by its id."""
    sources: frozenset[int]
    """Those listed, by number."""
    names: int = MOST_NAMES
    reasons: int = MOST_REASONS
    tells_outlets: bool = False
    """Whether it says which outlets the sources are of that are not listed."""


def read_budget(size: str, folders: Sequence[Path]) -> Budget | None:
    """Return a template's budget on paper of a size; None where it has none. RenderError where it cannot be read.

    A budget belongs to the template that brings it, not to those that borrow from the standard one.
    """
    path = next((folder / BUDGET for folder in folders[:-1] if (folder / BUDGET).is_file()), None)
    if path is None:
        return None
    try:
        told: Any = yaml.safe_load(path.read_text(encoding="utf-8"))
        lines = told["lines"].get(size)
        if lines is None:
            return None
        return Budget(pages=int(told["pages"]), lines=float(lines), characters=int(told["characters"]))
    except (OSError, UnicodeDecodeError, yaml.YAMLError, KeyError, TypeError, ValueError, AttributeError) as error:
        raise RenderError(f"{path}: must name pages, characters in a line, and lines for each size: {error}") from error


def fitted(brief: Brief, budget: Budget | None) -> Brief:
    """Return the brief as it stands where it fits, else the fullest that does.

    Where all headlines would leave too few stories told, as many are told as leave `LISTED` of the lines for headlines.
    """
    if budget is None or estimated(brief, budget) <= budget.lines:
        return brief
    brief = _without_repeats(_with_fewer_figures(brief, budget))
    for sentences in FEWER:
        longer, brief = brief, _shortened(brief, sentences)
        if estimated(brief, budget) <= budget.lines:
            return _filled(brief, longer, budget)
    steps = list(_shorter_and_shorter(brief))
    listing = bisect_left(steps, 1, key=lambda step: estimated(_telling(brief, step), budget) <= budget.lines)
    room = (1 - LISTED) * budget.lines
    telling = bisect_left(
        steps[:-1], 1, key=lambda step: estimated_without_lists(_telling(brief, step), budget) <= room
    )
    lists_all = listing < len(steps) and 2 * sum(steps[listing]) >= sum(steps[telling])
    return _telling(brief, steps[listing if lists_all else telling])


def estimated(brief: Brief, budget: Budget, *, listed: Collection[str] | None = None) -> float:
    """Return how many lines of running text a brief takes; of its articles those `listed`, by id, or all."""
    points = sum(1.5 + _rows(point.text, budget.characters) for point in brief.key_points)
    small = CLOSER * budget.characters
    sources = sum(source_lines(each, budget) for each in brief.articles if listed is None or each.id in listed)
    sections = sum(_section_lines(section, budget, brief.by_id) for section in brief.parts)
    figures = SECTION * bool(brief.figures) + sum(_figure_lines(each, budget) for each in brief.figures)
    whole = MASTHEAD + _note_lines(brief.note, small) + points + sections + figures + sources + BACK
    return OWN_TALL * whole if brief.edition.language in TALL else whole


def estimated_without_lists(brief: Brief, budget: Budget) -> float:
    """Return how many lines a brief takes without the stories left to headlines, and the sources of them alone."""
    told = _changed(brief, lambda section: replace(section, more=()))
    return estimated(told, budget, listed=named_articles(brief))


def named_articles(brief: Brief) -> frozenset[str]:
    """Return the articles that are cited or named otherwise than by a headline alone, by id."""
    named = {article for section in brief.parts for story in section.stories for article in _named_by(story)}
    named |= {point.article for point in brief.key_points}
    named |= {article for account in brief.accounts for article in (account.article, *account.copies)}
    return frozenset(named)


def _named_by(story: StoryEntry) -> tuple[str, ...]:
    same, others = by_text(story)
    return (story.article, *others[:MOST_ALSO], *same[:MOST_ALSO], *(each.article for each in story.sentences))


def _shortened(brief: Brief, sentences: int) -> Brief:
    """Return the brief with so many sentences to a story, the first: a later one may need those before it."""
    return _changed(
        brief,
        lambda section: replace(
            section, stories=tuple(replace(story, sentences=story.sentences[:sentences]) for story in section.stories)
        ),
    )


def _without_repeats(brief: Brief) -> Brief:
    """Return the brief with each story that is left to its headline listed once, where no section tells it in full."""
    listed = {story.id for section in brief.parts for story in section.stories}

    def once(section: Section) -> Section:
        more = tuple(story for story in section.more if story.id not in listed)
        listed.update(story.id for story in more)
        return replace(section, more=more)

    return _changed(brief, once)


def _filled(brief: Brief, longer: Brief, budget: Budget) -> Brief:
    """Return the brief with stories as long as they were where there is room, the first of each section first."""
    spare = budget.lines - estimated(brief, budget)
    sections = zip(brief.parts, longer.parts, strict=True)
    pairs = [zip(short.stories, long.stories, strict=True) for short, long in sections]
    kept: dict[int, StoryEntry] = {}
    for rank in zip_longest(*pairs):
        for short, long in filter(None, rank):
            cost = _story_lines(long, budget, brief.by_id) - _story_lines(short, budget, brief.by_id)
            if cost <= spare:
                kept[id(short)], spare = long, spare - cost
    return _changed(
        brief, lambda section: replace(section, stories=tuple(kept.get(id(one), one) for one in section.stories))
    )


def _with_fewer_figures(brief: Brief, budget: Budget) -> Brief:
    """Return the brief with the first of the figures that differ, which may take `COUNTED` of the lines."""
    lines = accumulate(_figure_lines(difference, budget) for difference in brief.figures)
    kept = sum(sofar <= COUNTED * budget.lines for sofar in lines)
    if kept == len(brief.figures):
        return brief
    reason = f"{len(brief.figures) - kept} more that differ have no room on {budget.pages} pages"
    untold = Problem(origin="figures", stage="render", reason=reason, lost=False)
    return replace(brief, figures=brief.figures[:kept], left_out=(*brief.left_out, untold))


def _figure_lines(difference: DifferenceEntry, budget: Budget) -> float:
    """Return the lines of a table across both columns: a heading, then what each gives beside its outlet and day."""
    wide = SAID * 2 * CLOSER * budget.characters
    rows = (
        _rows(f"{account.text} 99", wide)
        + (_rows(account.told_by.text, wide) if account.told_by else 0)
        + (_rows(" " * 16 * len(account.copies), wide) if account.copies else 0)
        for account in difference.accounts
    )
    return 2 * SMALL * (2 + sum(rows))


def _shorter_and_shorter(brief: Brief) -> Iterator[tuple[int, ...]]:
    """Yield how many stories each section tells: all, then one less in the longest, until each tells one."""
    told = [len(section.stories) for section in brief.parts]
    yield tuple(told)
    while max(told) > 1:
        told[told.index(max(told))] -= 1
        yield tuple(told)


def _telling(brief: Brief, told: tuple[int, ...]) -> Brief:
    """Return the brief with so many stories told in each section, and the others left to their headlines."""
    number = dict(zip((section.id for section in brief.parts), told, strict=True))

    def less(section: Section) -> Section:
        full, headlines = section.stories[: number[section.id]], section.stories[number[section.id] :]
        return replace(section, stories=full, more=(*(replace(one, sentences=()) for one in headlines), *section.more))

    return _without_repeats(_changed(brief, less))


def _changed(brief: Brief, change: Callable[[Section], Section]) -> Brief:
    *sections, rest = map(change, brief.parts)
    return replace(brief, sections=tuple(sections), also_today=rest.stories, also_today_more=rest.more)


def _note_lines(note: Sequence[NoteParagraph] | None, characters: float) -> float:
    return sum(1.0 + _rows(paragraph.text, characters) for paragraph in note or ())


def _section_lines(section: Section, budget: Budget, articles: Articles) -> float:
    if not section.stories and not section.more:
        return 0.0
    told = sum(_story_lines(story, budget, articles) for story in section.stories)
    more = sum(headline_lines(story, budget, articles) for story in section.more)
    return SECTION + SMALL * bool(section.more) + _note_lines(section.note, CLOSER * budget.characters) + told + more


def headline_lines(story: StoryEntry, budget: Budget, articles: Articles) -> float:
    """Return the lines of a story that is left to its headline."""
    return SMALL * _rows(f"{story.headline or _named(articles[story.article])} 99", CLOSER * budget.characters)


def source_lines(article: ArticleEntry, budget: Budget) -> float:
    """Return the lines of an article in the list of sources."""
    return SOURCE * _rows(
        _named(article) + _host(article) + (article.author or "") + " " * 30, CLOSER * budget.characters
    )


def _story_lines(story: StoryEntry, budget: Budget, articles: Articles) -> float:
    characters = budget.characters
    also = " ".join(_named(articles[each]) for each in story.also)
    byline = BYLINE * _rows(f"{_named(articles[story.article])} {also}" + " " * 30, CLOSER * characters)
    text = " ".join(f"{sentence.text} 99" for sentence in story.sentences)
    told = (TALLER if story.language in TALL else 1.0) * _rows(text, characters)
    return STORY + HEADLINE * max(1, _rows(story.headline or "", 0.9 * characters)) + byline + told


def _host(article: ArticleEntry) -> str:
    link = safe_link(article.url)
    return link["host"] if link else ""


def _named(article: ArticleEntry) -> str:
    return article.outlet or " " * 16


def _rows(text: str, characters: float) -> int:
    """Return the lines of a text; wide characters count twice (UAX 11)."""
    wide = 0 if text.isascii() else sum(east_asian_width(char) in {"W", "F"} for char in text)
    return ceil((len(text) + wide) / characters)


# ── what paper shows of lists that are too long for it: what is left out of them is counted ───────────────────────


def shown_on(brief: Brief, budget: Budget) -> Shown:
    """Return what is shown: everything where it fits, else headlines of all sections in turn, each with its source."""
    articles = brief.by_id
    if estimated(brief, budget) <= budget.lines:
        return Shown(headlines={part.id: len(part.more) for part in brief.parts}, sources=_numbers(brief, articles))
    listed = set(named_articles(brief))
    left = budget.lines - estimated_without_lists(brief, budget) - 2 * sum(bool(part.more) for part in brief.parts)
    headlines = dict.fromkeys((part.id for part in brief.parts), 0)
    for row in zip_longest(*(part.more for part in brief.parts)):
        for part, story in zip(brief.parts, row, strict=True):
            if story is not None:
                cost = 0.0 if story.article in listed else source_lines(articles[story.article], budget)
                left -= cost + headline_lines(story, budget, articles)
                if left < 0:
                    return Shown(headlines=headlines, sources=_numbers(brief, listed))
                headlines[part.id] += 1
                listed.add(story.article)
    return Shown(headlines=headlines, sources=_numbers(brief, listed))


def shown_of(brief: Brief) -> Shown:
    """Return what a brief without a number of pages shows: all of a day that can be read through, else its beginning.

    Listed are the sources that are cited or named, and the others unless they are many.
    """
    headlines = {part.id: min(MOST_HEADLINES, len(part.more)) for part in brief.parts}
    named = named_articles(brief) | {story.article for part in brief.parts for story in part.more[: headlines[part.id]]}
    listed = brief.by_id if len(brief.by_id.keys() - named) <= MOST_UNQUOTED else named
    return Shown(
        headlines=headlines,
        sources=_numbers(brief, listed),
        names=MANY_NAMES,
        reasons=MANY_REASONS,
        tells_outlets=True,
    )


def _numbers(brief: Brief, articles: Container[str]) -> frozenset[int]:
    return frozenset(article.number for article in brief.articles if article.id in articles)


def on_sheet(view: Mapping[str, Any], shown: Shown, words: Words) -> dict[str, Any]:
    """Return the brief's plain values with their lists cut to what is shown, and what is missing counted."""
    sources = {
        kind: [s for s in view["sources"][kind] if s["number"] in shown.sources] for kind in ("quoted", "unquoted")
    }
    untold = [
        source
        for kind, kept in sources.items()
        for source in view["sources"][kind]
        if source["number"] not in shown.sources
    ]
    sections = [_cut(section, shown, words) for section in view["sections"]]
    also = _cut(view["also_today"], shown, words)
    unnamed = view["sources"]["unlisted"] + Counter(source["outlet"] for source in untold)
    cut = zip((*sections, also), (*view["sections"], view["also_today"]), strict=True)
    in_part = bool(untold) or any(len(shorter["more"]) < len(whole["more"]) for shorter, whole in cut)
    return {
        **view,
        "sections": sections,
        "also_today": also,
        "sources": {
            **view["sources"],
            **sources,
            "rest": _rest(len(untold), words),
            "by_outlet": outlets_view(unnamed, words) if shown.tells_outlets else [],
        },
        "gaps": _gaps(view["gaps"], shown, words),
        "how": [*view["how"], *([words.text("how_full")] if in_part else [])],
    }


def _cut(section: Mapping[str, Any], shown: Shown, words: Words) -> dict[str, Any]:
    most = shown.headlines[section["anchor"].removeprefix("section-")]
    return {
        **section,
        "more": section["more"][:most],
        "more_rest": " · ".join(filter(None, (_rest(len(section["more"]) - most, words), section["more_rest"])))
        or None,
        "subsections": [_cut(one, shown, words) for one in section["subsections"]],
    }


def _gaps(gaps: Mapping[str, Any], shown: Shown, words: Words) -> dict[str, Any]:
    names = {kind: _some(gaps[kind], shown, words) for kind in ("outlets", "sources", "empty")}
    reasons = {kind: gaps[kind][: shown.reasons] for kind in ("collected", "left_out", "in_part")}
    missing = sum(group["number"] for kind in reasons for group in gaps[kind][shown.reasons :])
    return {**gaps, **names, **reasons, "rest": _rest(missing, words)}


def _some(names: Iterable[str], shown: Shown, words: Words) -> list[str]:
    first, rest = [*names][: shown.names], len([*names]) - shown.names
    return [*first, *filter(None, [_rest(rest, words)])]


def _rest(number: int, words: Words) -> str | None:
    return words.count("in_full", number) if number > 0 else None
