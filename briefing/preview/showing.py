"""What the preview shows, as values, and as the JSON that its page reads. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from briefing.explain.explanation import too_little

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from briefing.config import SectionSettings
    from briefing.errors import Mistake
    from briefing.models import Brief, DecidingTerm, Problem, Quote, Section, StoryEntry
    from briefing.pipeline import Assigned
    from briefing.themes import Verdict

DIGITS = 2
"""Decimals of the scores that people read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """A brief as it was made, with what it was made of."""

    page: bytes
    """The HTML edition."""
    brief: Brief
    sections: tuple[SectionSettings, ...]
    assigned: Assigned
    remarks: tuple[Problem, ...] = ()
    """What the page could not do as it was asked to, and what is amiss with the editor's notes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """What stands on the screen: the last good day, and what is wrong with the files as they are now."""

    number: int
    """Counts up with every change; 0 before the first brief is made."""
    day: Day | None = None
    mistakes: tuple[Mistake, ...] = ()
    seconds: float = 0.0
    """How long making it took."""


def state_values(shown: Shown) -> dict[str, Any]:
    """Return what the page shows beside the brief: mistakes, and the sections with what fell where."""
    return {
        "number": shown.number,
        "seconds": round(shown.seconds, 2),
        "mistakes": [_mistake(mistake) for mistake in shown.mistakes],
        "day": None if shown.day is None else _day(shown.day),
    }


def _mistake(mistake: Mistake) -> dict[str, Any]:
    """Return a mistake with its line cut into what stands before, in and behind the place that is meant."""
    start = min(mistake.column - 1, len(mistake.source))
    return {
        "place": f"{mistake.file}:{mistake.line}:{mistake.column}" if mistake.line else mistake.file,
        "line": mistake.line,
        "message": mistake.message,
        "source": [
            mistake.source[:start],
            mistake.source[start : start + mistake.width],
            mistake.source[start + mistake.width :],
        ],
    }


def _day(day: Day) -> dict[str, Any]:
    printed = list(zip(day.sections, day.brief.sections, strict=True))
    return {
        "title": day.brief.edition.title,
        "date": day.brief.edition.date.isoformat(),
        "sections": [_section(settings, section, day) for settings, section in printed],
        "also": [
            _entry(entry) | {"nearest": _nearest(entry, day)}
            for entry in (*day.brief.also_today.stories, *day.brief.also_today.more)
        ],
        "remarks": [_problem(problem) for problem in day.remarks],
        "left_out": [_problem(problem) for problem in day.brief.left_out if problem not in day.remarks],
        "quotes": _quotes(day.brief),
    }


def _section(settings: SectionSettings, section: Section, day: Day) -> dict[str, Any]:
    return {
        "id": settings.id,
        "title": settings.title,
        "parent": section.parent,
        "when_empty": section.when_empty,
        "threshold": settings.threshold,
        "stories": [_entry(entry) for entry in section.stories],
        "more": [_entry(entry) for entry in section.more],
        "near": list(_near(section, day)),
    }


def _entry(entry: StoryEntry) -> dict[str, Any]:
    return {
        "headline": entry.headline or entry.lead.origin,
        "language": entry.language,
        "article": entry.lead.id,
        "outlet": entry.lead.outlet or entry.lead.origin,
        "articles": 1 + len(entry.also),
        "score": round(entry.score, DIGITS),
        "terms": _terms(entry.terms),
        "sentences": [_quote(quote) for quote in entry.quotes],
    }


def _terms(terms: Iterable[DecidingTerm]) -> list[dict[str, Any]]:
    return [{"term": term.told, "count": term.count, "weight": round(term.weight, DIGITS)} for term in terms]


def _quote(quote: Quote) -> dict[str, Any]:
    return {"text": quote.sentence.text, "article": quote.article.id, "start": quote.sentence.start}


def _quotes(brief: Brief) -> list[dict[str, Any]]:
    """Return every sentence that the page prints, each once."""
    sections = (*brief.sections, brief.also_today)
    quotes = [point.quote for point in brief.key_points]
    quotes += [quote for section in sections for entry in section.stories for quote in entry.quotes]
    return [_quote(quote) for quote in {(quote.article.id, quote.sentence.start): quote for quote in quotes}.values()]


def _near(section: Section, day: Day) -> Iterator[dict[str, Any]]:
    """Yield the stories that nearly reached a section, or reached it with no sentence to print; the nearest first."""
    family = [part for part in day.brief.sections if section.id in {part.id, part.parent}]
    there = {entry.id for part in family for entry in (*part.stories, *part.more)}
    best: dict[str, Verdict] = {}
    for verdict in _by_score(day.assigned.placed.verdicts):
        close = verdict.near_miss or verdict.says_too_little or verdict.reached
        if close and verdict.section == section.id and verdict.story not in there:
            best.setdefault(verdict.story, verdict)
    stories = {story.id: story for story in day.assigned.stories}
    for verdict in best.values():
        article = stories[verdict.story].lead.article
        yield {
            "headline": article.title or article.origin,
            "language": stories[verdict.story].lead.text.language,
            "article": verdict.article,
            "outlet": article.outlet or article.origin,
            "score": round(verdict.score, DIGITS),
            "reached": verdict.reached,
            "lacks": too_little(verdict) if verdict.says_too_little else None,
            "terms": _terms(verdict.terms),
        }


def _nearest(entry: StoryEntry, day: Day) -> dict[str, Any] | None:
    """Return the section that a story which fits none came nearest to."""
    own = [
        verdict
        for verdict in _by_score(day.assigned.placed.verdicts)
        if verdict.story == entry.id and verdict.score > 0
    ]
    return {"section": own[0].section, "score": round(own[0].score, DIGITS)} if own else None


def _by_score(verdicts: Sequence[Verdict]) -> list[Verdict]:
    return sorted(verdicts, key=lambda verdict: (-round(verdict.score, 9), verdict.story, verdict.section))


def _problem(problem: Problem) -> dict[str, Any]:
    return {"origin": problem.origin, "reason": problem.reason, "lost": problem.lost}
