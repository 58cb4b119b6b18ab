"""Articles that tell one event, put together: pairwise precision and recall, and B³ (Bagga & Baldwin 1998).

A wrong merge hides a story and mixes facts, so that precision must be 0.9; recall is what this leaves.
"""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from benchmarks.quality import ROOT, SHARED, Measure
from benchmarks.quality.story_sets import (
    Pairs,
    alike,
    b_cubed,
    by_event,
    clusters,
    conflict,
    count,
    desk_days,
    labels,
    official,
    sample,
    translated,
    undated,
)
from briefing.stories import group

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from benchmarks.quality.story_sets import Day, Truth

PRECISION = 0.9
EPSILON, WHY = 0.02, "some hundred pairs: a sentence that is cut otherwise moves a few"
LANGUAGES = ("fr", "es", "de", "ru")
HALVES = (("fitted", 0), ("held", 1))


def measures() -> Iterator[Measure]:
    """Yield each set's precision, recall and B³ F1; what needs ../shared only where it is there."""
    if (SHARED / "en_syria_2011_2018.jsonl").exists():
        yield from _of_conflict()
        for half, number in HALVES:
            yield from _figures(f"alike events, undated ({half})", *alike(number, topics=20), recall=0.5)
        yield from _of_alike_events()
        yield from _of_desk_days()
        yield from _figures("RPM2, undated", *clusters(by="id"), recall=0.1)
        yield _measure("stories: RPM2, topics, precision", _precision(*clusters(by="topic")), target=1.0)
        yield from _of_other_languages()
        yield _measure("stories: official texts left apart", _left_apart(official()), target=1.0)
    days, truth = [sample(ROOT / "seeds")], labels("seeds")
    yield from _figures("the sample", days, truth, recall=0.5)


def _of_conflict() -> Iterator[Measure]:
    truth = labels("en_syria_2011_2018")
    for half, number in HALVES:
        yield from _figures(f"conflict, three days ({half})", conflict(number, days=3), truth, recall=0.4)
        yield from _figures(f"conflict, a month ({half})", conflict(number, days=30), truth, recall=0.5)
    yield from _figures("conflict, undated (held)", undated(conflict(1, days=3)), truth, recall=0.15)


def _of_alike_events() -> Iterator[Measure]:
    """Yield B³ on ECB+, where every event has another like it: all in one day, a topic a day, an event a day."""
    topics, truth = alike(None, topics=1)
    everything = [tuple(chain.from_iterable(topics))]
    for name, days, target in (
        ("all in one day", everything, 0.88),
        ("one topic a day", topics, 0.75),
        ("one event a day", by_event(topics, truth), 0.75),
    ):
        yield _measure(f"stories: alike events, {name}, B³ F1", b_cubed(days, truth, grouped), target=target)


def _of_desk_days() -> Iterator[Measure]:
    days = list(desk_days())
    if days:
        found = [count([day], truth, grouped) for day, truth in days]
        total = Pairs(*(sum(getattr(one, name) for one in found) for name in ("right", "wrong", "missed")))
        yield _measure("stories: desk days, right pairs", total.right, target=16)
        yield _measure("stories: desk days, wrong pairs (negative)", -total.wrong, target=-8)


def _of_other_languages() -> Iterator[Measure]:
    for language in LANGUAGES:
        days, truth = translated(language)
        pairs = count(days, truth, grouped)
        name = f"stories: English and {language}"
        yield _measure(f"{name}, precision", pairs.precision, target=PRECISION)
        yield _measure(f"{name}, recall", pairs.recall, target=0.3)


def _figures(name: str, days: Sequence[Day], truth: Truth, *, recall: float) -> Iterator[Measure]:
    pairs = count(days, truth, grouped)
    yield _measure(f"stories: {name}, precision", pairs.precision, target=PRECISION)
    yield _measure(f"stories: {name}, recall", pairs.recall, target=recall)
    yield _measure(f"stories: {name}, B³ F1", b_cubed(days, truth, grouped), target=b_cubed(days, truth, alone))


def _measure(name: str, value: float, *, target: float) -> Measure:
    return Measure(name=name, value=value, target=target, epsilon=EPSILON, why=WHY)


def _precision(days: Sequence[Day], truth: Truth) -> float:
    return count(days, truth, grouped).precision


def grouped(day: Day) -> list[list[str]]:
    """Return the ids of the articles of each story that the program finds."""
    return [[ranked.article.id for ranked in story.articles] for story in group(day, grades={})]


def alone(day: Day) -> list[list[str]]:
    """Return every article as a story of its own: what B³ must exceed."""
    return [[ranked.article.id] for ranked in day]


def _left_apart(days: Sequence[Day]) -> float:
    """Return the share of articles that no independent account was put with: here none tells another's event."""
    stories = [story for day in days for story in group(day, grades={})]
    merged = sum(len(story.articles) for story in stories if story.independent > 1)
    return 1 - merged / sum(len(story.articles) for story in stories)
