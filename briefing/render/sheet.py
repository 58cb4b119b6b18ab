"""What paper shows of a brief whose lists are too long for it: what is left out of them is counted."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import zip_longest
from typing import TYPE_CHECKING, Any

from briefing.render.fitting import estimated, estimated_without_lists, headline_lines, source_lines, told_of
from briefing.render.references import MOST_UNQUOTED
from briefing.render.view import MOST_HEADLINES

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Mapping, Sequence

    from briefing.edition import Brief
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
    articles = brief.by_id
    if estimated(brief, budget) <= budget.lines:
        return Shown(headlines={part.id: len(part.more) for part in brief.parts}, sources=_numbers(brief, articles))
    listed = set(told_of(brief))
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
    named = told_of(brief) | {story.article for part in brief.parts for story in part.more[: headlines[part.id]]}
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
