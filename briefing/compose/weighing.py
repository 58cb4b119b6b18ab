"""What a day's stories weigh, by plain signs of news: who acts, what happened, when, who else tells of it.

A weight is the sum of few signs of nearly equal worth, each 0 to 1 of its share. Nothing is learned: on days left out,
weights that were fitted to others do worse than a plain sum. Words are those of the title and of the first sentences,
looked up in the lists of each language's file; in a language without a list the other signs decide.
"""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from briefing.compose.ordering import freshness, present_of
from briefing.packs import vocabulary
from briefing.ranking import names_in
from briefing.text import fold, weekdays_in

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from briefing.models import Placement, Ranked, Story

HEAD = 3
"""Sentences that are looked at with the title: where news says who did what, and when."""
SHARES = {
    "actors": 1.0,
    "deeds": 0.8,
    "matters": 0.6,
    "today": 0.6,
    "section": 0.3,
    "shared names": 0.3,
    "accounts": 0.8,
    "reader": -1.5,
    "question": -0.5,
    "age": -0.3,
}
"""What each sign counts for at the most."""
MOST_ACTORS, MOST_DEEDS = 4, 3
"""Different words from which more of them say no more."""
GRADES: Mapping[str, float] = {"A": 1.15, "B": 1.1, "C": 1.0, "D": 0.9, "E": 0.8, "F": 0.7}
"""What the grade of the leading outlet multiplies by: the Admiralty scale from reliable to unreliable."""
FULL_SCORE = 6.0
"""Score in a section from which a story fits it wholly."""
COMMON = 0.25
"""Share of the day's stories from which a name is what the brief is about, and joins nothing."""
MOST_SHARED = 4
"""Other stories that share a name, from which more say no more."""
TALKING = 0.05
"""Share of words that speak to the reader, or of the writer, from which all is talk."""


_JOINED = ("ال", "وال", "بال", "فال", "لل", "و", "ب", "ل")


@dataclass(frozen=True, slots=True, kw_only=True)
class Weight:
    """What a story weighs on its day, and the signs that it has: (name, what each adds)."""

    story: str
    total: float
    signs: tuple[tuple[str, float], ...]


def weigh(
    stories: Sequence[Story],
    placements: Sequence[Placement],
    *,
    cut_off: datetime,
    grades: Mapping[str, str],
    packs: tuple[str, ...] = (),
) -> dict[str, Weight]:
    """Return what each story weighs, by its id; the weight and the grade of its outlets multiply it.

    `packs` are those that the configuration uses: they may add to the words of news.
    """
    scores: dict[str, float] = {}
    for item in placements:
        scores[item.story.id] = max(scores.get(item.story.id, 0.0), item.score)
    shared, present = _shared_names(stories), present_of(stories, cut_off)
    found = {}
    for story in stories:
        values = _values(story.lead, packs) | {
            "section": min(1.0, math.log1p(scores.get(story.id, 0.0)) / math.log1p(FULL_SCORE)),
            "shared names": min(shared[story.id], MOST_SHARED) / MOST_SHARED,
            "accounts": 1.0 + math.log2(story.independent),
            "age": 1.0 - freshness(story, present),
        }
        signs = tuple((name, round(share * values[name], 4)) for name, share in SHARES.items() if values[name])
        trust = story.weight * GRADES.get(grades.get(story.lead.article.outlet or "", "C"), 1.0)
        found[story.id] = Weight(story=story.id, total=round(trust * sum(value for _, value in signs), 4), signs=signs)
    return found


def _values(lead: Ranked, packs: tuple[str, ...]) -> dict[str, float]:
    """Return how much of each sign of its own words an article has, 0 to 1."""
    actors, deeds, matters = (
        _count(lead, _list(lead.text.language, kind, packs)) for kind in ("actors", "deeds", "matters")
    )
    return {
        "actors": min(actors, MOST_ACTORS) / MOST_ACTORS,
        "deeds": min(deeds, MOST_DEEDS) / MOST_DEEDS,
        "matters": min(matters, MOST_DEEDS) / MOST_DEEDS,
        "today": float(_is_of_today(lead)),
        "reader": min(1.0, _talk(lead) / TALKING),
        "question": float("?" in (lead.article.title or "")),
    }


def _heads(ranked: Ranked) -> list[tuple[str, ...]]:
    sentences = ranked.text.sentences[:HEAD]
    return [ranked.text.title_words, *(sentence.words for sentence in sentences)]


def _count(ranked: Ranked, listed: _WordList) -> int:
    """Return how many different words of a list stand at the top of an article."""
    words = {word for row in _heads(ranked) for word in row}
    rows = (f" {' '.join(row)} " for row in _heads(ranked))
    phrases = sum(f" {phrase} " in row for row in rows for phrase in listed.phrases)
    return sum(_holds(listed, word) for word in words) + phrases


def _is_of_today(ranked: Ranked) -> bool:
    language, today = ranked.text.language, _list(ranked.text.language, "today")
    rows = [sentence.words for sentence in ranked.text.sentences[:HEAD]]
    return any(bool(weekdays_in(row, language)) or any(_holds(today, word) for word in row) for row in rows)


def _talk(ranked: Ranked) -> float:
    """Return the share of words outside quotations that speak to the reader, or of the writer."""
    rows = [s.words for s in ranked.text.sentences[:12] if not _is_quoting(s.text)]
    rows.append(ranked.text.title_words)
    total, reader = sum(map(len, rows)), _list(ranked.text.language, "reader")
    return sum(_holds(reader, word) for row in rows for word in row) / max(1, total)


def _is_quoting(text: str) -> bool:
    return any(mark in text for mark in '"«“„')


def _shared_names(stories: Sequence[Story]) -> dict[str, int]:
    """Return how many other stories of the day share with each a name that few of them have."""
    names = {story.id: _names(story.lead) for story in stories}
    spread = Counter(name for found in names.values() for name in found)
    most = max(2, COMMON * len(stories))
    found = {}
    for story in stories:
        own = {name for name in names[story.id] if 2 <= spread[name] <= most}
        found[story.id] = sum(1 for other in stories if other.id != story.id and own & names[other.id])
    return found


def _names(ranked: Ranked) -> frozenset[str]:
    texts = [ranked.article.title or "", *(sentence.text for sentence in ranked.text.sentences[: 2 * HEAD])]
    return frozenset(fold(name) for text in texts for name in names_in(text))


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _WordList:
    """Words of one language by how they are found: whole, by their beginning or end, inside a compound, in a row."""

    language: str
    words: frozenset[str]
    beginnings: tuple[str, ...]
    ends: tuple[str, ...]
    parts: tuple[str, ...]
    phrases: tuple[str, ...]


@lru_cache(maxsize=50_000)
def _holds(listed: _WordList, word: str) -> bool:
    """Whether a word is one of a list's; Arabic joins the article and particles to it."""
    forms = [word, *(word.removeprefix(prefix) for prefix in _JOINED)] if listed.language == "ar" else [word]
    return any(
        form in listed.words
        or form.startswith(listed.beginnings)
        or form.endswith(listed.ends)
        or any(part in form for part in listed.parts)
        for form in forms
    )


@cache
def _list(language: str, kind: str, packs: tuple[str, ...] = ()) -> _WordList:
    entries = sorted(getattr(vocabulary(language, packs).news, kind))
    return _WordList(
        language=language,
        words=frozenset(entry for entry in entries if "*" not in entry),
        beginnings=tuple(entry[:-1] for entry in entries if entry.endswith("*") and not entry.startswith("*")),
        ends=tuple(entry[1:] for entry in entries if entry.startswith("*") and not entry.endswith("*")),
        parts=tuple(entry[1:-1] for entry in entries if entry.startswith("*") and entry.endswith("*")),
        phrases=tuple(entry.replace("-", " ") for entry in entries if "-" in entry and "*" not in entry),
    )
