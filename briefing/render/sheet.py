"""What a sheet of so many pages shows of a brief whose headlines do not all fit: what is left out of it is counted."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import zip_longest
from typing import TYPE_CHECKING, Any

from briefing.render.fitting import estimated, headline_lines, sections_of, source_lines, without_lists

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from briefing.models import Brief
    from briefing.render.fitting import Budget
    from briefing.render.words import Words

MOST_NAMES, MOST_REASONS = 12, 6
"""Silent outlets or articles left out for one reason that are named, and reasons that are given."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """What of a brief's lists a sheet has room for."""

    headlines: Mapping[str, int]
    """How many of the headlines of each section, by its id."""
    sources: frozenset[int]
    """Those listed, by number."""


def shown_on(brief: Brief, budget: Budget) -> Shown:
    """Return what is shown: everything where it fits, else headlines of all sections in turn, each with its source."""
    numbers = {source.article.id: source.number for source in brief.sources}
    sections = sections_of(brief)
    if estimated(brief, budget) <= budget.lines:
        return Shown(headlines={s.id: len(s.more) for s in sections}, sources=frozenset(numbers.values()))
    told = without_lists(brief)
    listed = {source.number for source in told.sources}
    left = budget.lines - estimated(told, budget) - 2 * sum(bool(section.more) for section in sections)
    headlines = dict.fromkeys((section.id for section in sections), 0)
    for row in zip_longest(*(section.more for section in sections)):
        for section, story in zip(sections, row, strict=True):
            if story is not None:
                number = numbers[story.lead.id]
                cost = 0.0 if number in listed else source_lines(story.lead, budget)
                left -= cost + headline_lines(story, budget)
                if left < 0:
                    return Shown(headlines=headlines, sources=frozenset(listed))
                headlines[section.id] += 1
                listed.add(number)
    return Shown(headlines=headlines, sources=frozenset(listed))


def on_sheet(view: Mapping[str, Any], shown: Shown, words: Words) -> dict[str, Any]:
    """Return the brief's plain values with their lists cut to what is shown, and what is missing counted."""
    sources = {
        kind: [s for s in view["sources"][kind] if s["number"] in shown.sources] for kind in ("quoted", "unquoted")
    }
    missing = sum(len(view["sources"][kind]) - len(kept) for kind, kept in sources.items())
    return {
        **view,
        "sections": [_cut(section, shown, words) for section in view["sections"]],
        "also_today": _cut(view["also_today"], shown, words),
        "sources": {**view["sources"], **sources, "rest": _rest(missing, words)},
        "gaps": _gaps(view["gaps"], words),
    }


def _cut(section: Mapping[str, Any], shown: Shown, words: Words) -> dict[str, Any]:
    most = shown.headlines[section["anchor"].removeprefix("section-")]
    return {
        **section,
        "more": section["more"][:most],
        "more_rest": _rest(len(section["more"]) - most, words),
        "subsections": [_cut(one, shown, words) for one in section["subsections"]],
    }


def _gaps(gaps: Mapping[str, Any], words: Words) -> dict[str, Any]:
    names = {kind: _named(gaps[kind], words) for kind in ("outlets", "sources", "empty")}
    reasons = {
        kind: [{**group, "origins": _named(group["origins"], words)} for group in gaps[kind][:MOST_REASONS]]
        for kind in ("left_out", "in_part")
    }
    missing = sum(len(group["origins"]) for kind in reasons for group in gaps[kind][MOST_REASONS:])
    return {**gaps, **names, **reasons, "rest": _rest(missing, words)}


def _named(names: Iterable[str], words: Words) -> list[str]:
    first, rest = [*names][:MOST_NAMES], len([*names]) - MOST_NAMES
    return [*first, *filter(None, [_rest(rest, words)])]


def _rest(number: int, words: Words) -> str | None:
    return words.count("in_full", number) if number > 0 else None
