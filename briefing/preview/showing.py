"""What the preview shows, as values, as the JSON that its page reads, and as the answer to each address. Pure."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any

from briefing.errors import BriefingError
from briefing.explain import as_values, explain_article, too_little

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from briefing.config import SectionSettings
    from briefing.edition import Brief, KeyPointEntry, Section, SentenceEntry, StoryEntry
    from briefing.errors import Mistake
    from briefing.models import DecidingTerm, Problem
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
    pdf: Callable[[], bytes] = bytes
    """Sets the PDF edition, which takes seconds: only when somebody looks at it."""


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
            _entry(entry, day.brief) | {"nearest": _nearest(entry, day)}
            for entry in (*day.brief.also_today, *day.brief.also_today_more)
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
        "stories": [_entry(entry, day.brief) for entry in section.stories],
        "more": [_entry(entry, day.brief) for entry in section.more],
        "near": list(_near(section, day)),
    }


def _entry(entry: StoryEntry, brief: Brief) -> dict[str, Any]:
    lead = brief.by_id[entry.article]
    return {
        "headline": entry.headline or lead.origin,
        "language": entry.language,
        "article": lead.id,
        "outlet": lead.outlet or lead.origin,
        "articles": 1 + len(entry.also) + entry.untold + entry.untold_copies,
        "score": round(entry.score, DIGITS),
        "terms": _terms(entry.terms),
        "sentences": [_quote(sentence) for sentence in entry.sentences],
    }


def _terms(terms: Iterable[DecidingTerm]) -> list[dict[str, Any]]:
    return [{"term": term.told, "count": term.count, "weight": round(term.weight, DIGITS)} for term in terms]


def _quote(quotation: KeyPointEntry | SentenceEntry) -> dict[str, Any]:
    return {"text": quotation.text, "article": quotation.article, "start": quotation.start}


def _quotes(brief: Brief) -> list[dict[str, Any]]:
    """Return every sentence that the page prints, each once."""
    return [_quote(each) for each in {(each.article, each.start): each for each in brief.quotations}.values()]


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


# ── what each address answers ────────────────────────────────────────────────────────────────────────────────────────


_HARDENED = "base-uri 'none'; form-action 'none'"
PAGE_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; frame-src 'self'; img-src data:; "
    f"frame-ancestors 'none'; require-trusted-types-for 'script'; {_HARDENED}"
)
BRIEF_POLICY = (
    "sandbox allow-same-origin; default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:; "
    f"frame-ancestors 'self'; {_HARDENED}"
)
"""Nothing runs in the brief and nothing is loaded for it; its own page may look into it, to tell what was clicked."""

PDF_POLICY = f"frame-ancestors 'none'; {_HARDENED}"
"""What forbids styles or frames would forbid the browser's own viewer of PDFs."""

HTML, JSON, PLAIN = "text/html; charset=utf-8", "application/json", "text/plain; charset=utf-8"
FILES = {
    "/": ("page.html", HTML),
    "/preview.css": ("preview.css", "text/css; charset=utf-8"),
    "/preview.js": ("preview.js", "text/javascript; charset=utf-8"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What is sent: the status, the type, the bytes, the policy that a browser is told."""

    content: bytes
    kind: str
    status: int = 200
    policy: str = PAGE_POLICY


NOT_FOUND = Answer(content=b"there is nothing here\n", kind=PLAIN, status=404)
NOT_YET = Answer(content=b"<!doctype html><title>Preview</title>\n", kind=HTML, policy=BRIEF_POLICY)


def answer(path: str, shown: Shown) -> Answer:
    """Return the answer to a path (without its query)."""
    if path in FILES:
        name, kind = FILES[path]
        return Answer(content=_file(name), kind=kind)
    if path == "/state":
        return _json(state_values(shown))
    if path == "/brief":
        return NOT_YET if shown.day is None else Answer(content=shown.day.page, kind=HTML, policy=BRIEF_POLICY)
    if path == "/brief.pdf" and shown.day is not None:
        return _pdf(shown.day)
    if path.startswith("/article/") and shown.day is not None:
        return _article(path.removeprefix("/article/"), shown)
    return NOT_FOUND


def _pdf(day: Day) -> Answer:
    try:
        return Answer(content=day.pdf(), kind="application/pdf", policy=PDF_POLICY)
    except BriefingError as error:
        return Answer(content=f"{error}\n".encode(), kind=PLAIN, status=500)


def _article(name: str, shown: Shown) -> Answer:
    if shown.day is None:
        return NOT_FOUND
    explained = explain_article(
        name,
        shown.day.assigned,
        brief=shown.day.brief,
        sections=shown.day.sections,
    )
    return NOT_FOUND if explained is None else _json(as_values(explained))


def _json(values: object) -> Answer:
    """Escaped to ASCII: lone surrogates pass, and nothing in it can be taken for markup in another encoding."""
    return Answer(content=json.dumps(values).encode(), kind=JSON)


@cache
def _file(name: str) -> bytes:
    return resources.files(__package__).joinpath(name).read_bytes()
