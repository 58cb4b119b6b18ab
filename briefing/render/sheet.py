"""What paper shows of a brief whose lists are too long for it: what is left out of them is counted."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import zip_longest
from typing import TYPE_CHECKING, Any

from briefing.render.fitting import estimated, headline_lines, sections_of, source_lines, without_lists
from briefing.render.references import MOST_UNQUOTED
from briefing.render.sections import MOST_HEADLINES

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from briefing.models import Brief
    from briefing.render.fitting import Budget
    from briefing.render.words import Words

MOST_NAMES, MOST_REASONS = 12, 6
"""Silent outlets or articles left out for one reason that a sheet names, and reasons that it gives."""
MANY_NAMES, MANY_REASONS = 60, 40
"""Those for which a brief without a number of pages has room: a column of names, a page of reasons."""
MOST_OUTLETS = 100
"""Outlets that are named, those with most articles first, where the articles are not."""


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


def shown_of(brief: Brief) -> Shown:
    """Return what a brief without a number of pages shows: all of a day that can be read through, else its beginning.

    Listed are the sources that are cited or named, and the others unless they are many.
    """
    headlines = {section.id: min(MOST_HEADLINES, len(section.more)) for section in sections_of(brief)}
    leads = {story.lead.id for section in sections_of(brief) for story in section.more[: headlines[section.id]]}
    named = leads | {source.article.id for source in without_lists(brief).sources}
    others = [source for source in brief.sources if source.article.id not in named]
    listed = [source for source in brief.sources if len(others) <= MOST_UNQUOTED or source.article.id in named]
    return Shown(
        headlines=headlines,
        sources=frozenset(source.number for source in listed),
        names=MANY_NAMES,
        reasons=MANY_REASONS,
        tells_outlets=True,
    )


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
    in_part = bool(untold) or any(section["more_rest"] for section in (*sections, also))
    return {
        **view,
        "sections": sections,
        "also_today": also,
        "sources": {
            **view["sources"],
            **sources,
            "rest": _rest(len(untold), words),
            "by_outlet": _outlets(untold, words) if shown.tells_outlets else [],
        },
        "gaps": _gaps(view["gaps"], shown, words),
        "how": [*view["how"], *([words.text("how_full")] if in_part else [])],
    }


def _cut(section: Mapping[str, Any], shown: Shown, words: Words) -> dict[str, Any]:
    most = shown.headlines[section["anchor"].removeprefix("section-")]
    return {
        **section,
        "more": section["more"][:most],
        "more_rest": _rest(len(section["more"]) - most, words),
        "subsections": [_cut(one, shown, words) for one in section["subsections"]],
    }


def _outlets(sources: Sequence[Mapping[str, Any]], words: Words) -> list[str]:
    """Return the outlets of sources with their numbers, most first; those of many others are counted together."""
    counts = Counter(source["outlet"] if source["named"] else words.text("no_outlet") for source in sources)
    ranked = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    rest = sum(number for _, number in ranked[MOST_OUTLETS:])
    named = [f"{outlet} ({words.number(number)})" for outlet, number in ranked[:MOST_OUTLETS]]
    return [*named, *([words.count("and_others", rest)] if rest else [])]


def _gaps(gaps: Mapping[str, Any], shown: Shown, words: Words) -> dict[str, Any]:
    names = {kind: _named(gaps[kind], shown, words) for kind in ("outlets", "sources", "empty")}
    reasons = {
        kind: [{**group, "origins": _named(group["origins"], shown, words)} for group in gaps[kind][: shown.reasons]]
        for kind in ("left_out", "in_part")
    }
    missing = sum(len(group["origins"]) for kind in reasons for group in gaps[kind][shown.reasons :])
    return {**gaps, **names, **reasons, "rest": _rest(missing, words)}


def _named(names: Iterable[str], shown: Shown, words: Words) -> list[str]:
    first, rest = [*names][: shown.names], len([*names]) - shown.names
    return [*first, *filter(None, [_rest(rest, words)])]


def _rest(number: int, words: Words) -> str | None:
    return words.count("in_full", number) if number > 0 else None
