"""What a day's stories weigh, by plain signs of news: who acts, what happened, when, who else tells of it.

A weight is the sum of few signs of nearly equal worth, each 0 to 1 of its share. Nothing is learned: on days left out,
weights that were fitted to others do worse than a plain sum. Words are those of the title and of the first sentences,
looked up in the lists of each language's file; in a language without a list the other signs decide.
"""

from __future__ import annotations

import math
from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time, timedelta
from functools import cache, lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from briefing.models import KeyPoint, Quotability, Quote
from briefing.packs import vocabulary
from briefing.ranking import NEAR_TOP, common_share, content, names_in, worths
from briefing.text import Kind, fold, kind_of, weekdays_in

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

    from briefing.models import Moment, Placement, Ranked, Sentence, Story

HEAD = 3
"""Sentences that are looked at with the title: where news says who did what, and when."""
SHARES = {
    "actors": 1.0,
    "deeds": 0.8,
    "matters": 0.6,
    "today": 0.6,
    "section": 0.2,
    "shared names": 0.3,
    "accounts": 0.8,
    "reader": -1.5,
    "question": -0.5,
    "age": -0.3,
    "past": -0.3,
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


class Signs(NamedTuple):
    """What an article by itself adds to a story that it leads."""

    values: tuple[tuple[str, float], ...]
    """How much of each sign its own words have, 0 to 1."""
    names: frozenset[str]
    """Those of its beginning."""


def signs_of(ranked: Ranked, packs: tuple[str, ...] = ()) -> Signs:
    """Return the signs of an article's own words, to which the `packs` in use may add."""
    return Signs(tuple(_values(ranked, packs).items()), _names(ranked))


def weigh(
    stories: Sequence[Story],
    placements: Sequence[Placement],
    *,
    cut_off: datetime,
    grades: Mapping[str, str],
    packs: tuple[str, ...] = (),
    known: Mapping[str, Signs] = MappingProxyType({}),
) -> dict[str, Weight]:
    """Return what each story weighs, by its id; the weight and the grade of its outlets multiply it.

    `packs` are those that the configuration uses: they may add to the words of news. The signs of some articles are
    `known`, by their ids.
    """
    scores: dict[str, float] = {}
    for item in placements:
        scores[item.story.id] = max(scores.get(item.story.id, 0.0), item.score)
    signs_by = {one.id: known.get(one.lead.article.id) or signs_of(one.lead, packs) for one in stories}
    shared = _shared_names({story: own.names for story, own in signs_by.items()})
    present = present_of(stories, cut_off)
    found = {}
    same: dict[tuple[str, float], tuple[str, float]] = {}  # few signs differ: each is held once
    for story in stories:
        values = dict(signs_by[story.id].values) | {
            "section": min(1.0, math.log1p(scores.get(story.id, 0.0)) / math.log1p(FULL_SCORE)),
            "shared names": min(shared[story.id], MOST_SHARED) / MOST_SHARED,
            "accounts": 1.0 + math.log2(story.independent),
            "age": 1.0 - freshness(story, present),
            "past": min(1.0, max(0.0, _youngest(story, present) - HALF_LIFE) / (PAST - HALF_LIFE)),
        }
        told = ((name, round(share * values[name], 4)) for name, share in SHARES.items() if values[name])
        signs = tuple(same.setdefault(sign, sign) for sign in told)
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


def _shared_names(names: Mapping[str, Collection[str]]) -> dict[str, int]:
    """Return how many other stories of the day share with each a name that few of them have, as far as it counts.

    `names` are those of each story, by its id.
    """
    having: defaultdict[str, list[str]] = defaultdict(list)
    for story, found in names.items():
        for name in found:
            having[name].append(story)
    most = max(2, COMMON * len(names))
    shared = {}
    for story, found in names.items():
        others = {story}
        for name in found:
            if len(others) <= MOST_SHARED and 2 <= len(having[name]) <= most:
                others.update(having[name][: MOST_SHARED + 2])
        shared[story] = len(others) - 1
    return shared


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


# ── in which order stories stand in a section ─────────────────────────────────────────────────────────────────────────


HALF_LIFE = 48.0
"""Hours after which a story counts half: yesterday's still stands, the day before yesterday's makes room."""
PAST = 168.0
"""Hours, a week, after which nothing is news of the day: a folder or a chronology brings it along. It begins to count
against a story behind HALF_LIFE, so that among those of a night nothing changes."""
UNDATED_AGE = 24.0
"""Hours that an article without a date is taken to be old: neither news nor history."""


def in_order(placements: Iterable[Placement], sort: str, cut_off: datetime) -> list[Placement]:
    """Return a section's stories as they are printed, by one of ORDERS; what they quote has no part in it."""
    items = list(placements)
    order, present = ORDERS[sort], present_of((item.story for item in items), cut_off)
    return sorted(items, key=lambda item: (*order(item, present), -importance(item, present), item.story.id))


def present_of(stories: Iterable[Story], cut_off: datetime) -> datetime:
    """Return the hour from which freshness counts: the cut-off, or the latest article's where even that is old.

    So a brief of last year's articles stands in the order of their day.
    """
    articles = (ranked.article for story in stories for ranked in story.articles)
    latest = max((_hour(article.published) for article in articles if article.published is not None), default=cut_off)
    return latest if cut_off - latest > timedelta(hours=HALF_LIFE) else cut_off


def importance(placement: Placement, present: datetime) -> float:
    """Return relevance × prominence × corroboration × freshness × the outlets' weight; in the rest, all is as relevant.

    Relevance grows with how often a section's terms stand in an article, prominence with how much its best sentence
    says: an article on something else that mentions detainees at length, and at its end, comes behind one on them.
    """
    story = placement.story
    relevance = math.log2(1 + placement.score) if placement.score > 0 else 1.0
    return round(relevance * placement.prominence * standing(story) * freshness(story, present), 6)


def freshness(story: Story, present: datetime) -> float:
    """Return 1 for what was published this hour, half of it after HALF_LIFE."""
    return math.pow(0.5, _youngest(story, present) / HALF_LIFE)


def standing(story: Story) -> float:
    """Return what who tells a story makes of it: how many independently, times the weight of the weightiest outlet."""
    return math.log2(1 + story.independent) * story.weight


def weighted(stories: Iterable[Story], weights: Mapping[str, float]) -> tuple[Story, ...]:
    """Return stories with the greatest of their outlets' `weights`, by outlet; an outlet that has none counts 1."""
    return tuple(
        replace(story, weight=max(weights.get(ranked.article.outlet or "", 1.0) for ranked in story.articles))
        for story in stories
    )


def _recency(placement: Placement, present: datetime) -> tuple[float, ...]:
    """Return hours since the latest dated article; what is undated comes last."""
    dated = [ranked for ranked in placement.story.articles if ranked.article.published is not None]
    return (min((_age(ranked.article.published, present) for ranked in dated), default=math.inf),)


ORDERS: Mapping[str, Callable[[Placement, datetime], tuple[float, ...]]] = {
    "importance": lambda _placement, _present: (),
    "relevance": lambda placement, _present: (-round(placement.score, 6),),
    "time": _recency,
    "corroboration": lambda placement, _present: (-placement.story.independent,),
}
"""What a section's stories are sorted by, smallest first; importance decides between equals."""


def _youngest(story: Story, present: datetime) -> float:
    return min(_age(ranked.article.published, present) for ranked in story.articles)


def _age(published: Moment | None, present: datetime) -> float:
    """Return hours before the present; what is undated is taken to be a day old."""
    return UNDATED_AGE if published is None else max(0.0, (present - _hour(published)).total_seconds() / 3600)


def _hour(published: Moment) -> datetime:
    """Return when an article came out; a bare day counts from its noon."""
    return published if isinstance(published, datetime) else datetime.combine(published, time(12), UTC)


# ── the key points ────────────────────────────────────────────────────────────────────────────────────────────────────


FEWEST = 3
"""How many points there are before light ones are left out."""
LIGHT = 2.3
"""Weight below which a story is no point of the first page when there are enough."""
ALIKE = 0.5
"""Share of telling stems in common, of the sentence that has fewer, from which two points say the same."""
OPENING = 8
"""Sentences at the most among which a point is looked for."""


def key_points(
    stories: Sequence[Story],
    weights: Mapping[str, Weight],
    *,
    homes: Mapping[str, str],
    language: str,
    count: int,
) -> tuple[KeyPoint, ...]:
    """Return up to `count` sentences, one a story, each standing alone, weightiest first.

    `homes` tells each story's section, where it has one. A story that is told in the `language` of the brief is quoted
    in it: the first page is read by everybody.
    """
    chosen: list[KeyPoint] = []
    for story in sorted(stories, key=lambda story: (-weights[story.id].total, story.id)):
        if len(chosen) == count or (len(chosen) >= FEWEST and weights[story.id].total < LIGHT):
            break
        quote = best_of(story, language)
        if quote is not None and not any(_say_the_same(quote, other.quote) for other in chosen):
            chosen.append(KeyPoint(quote=quote, section=homes.get(story.id)))
    return tuple(chosen)


def best_of(story: Story, language: str) -> Quote | None:
    """Return the sentence of a story's opening that tells it best; None where none of its articles has one.

    An opinion is no fact of the day, whoever holds it.
    """
    for ranked in sorted(story.articles, key=lambda ranked: ranked.text.language != language):
        if kind_of(ranked.text).kind is Kind.OPINION:
            continue
        fit = [
            (value, -place, sentence)
            for place, (value, sentence) in enumerate(
                zip(worths(ranked), ranked.text.sentences[:OPENING], strict=False)
            )
            if value > 0 and sentence.start < NEAR_TOP and _reads_alone(sentence)
        ]
        if fit:
            value, _, sentence = max(fit, key=lambda item: item[:2])
            return Quote(article=ranked.article, sentence=sentence.unstamped(), score=min(value, 1.0))
    return None


def _reads_alone(sentence: Sentence) -> bool:
    return sentence.quotability is Quotability.ALONE


def _say_the_same(one: Quote, other: Quote) -> bool:
    ours, theirs = content(one.sentence), content(other.sentence)
    return common_share(ours.keys(), theirs.keys()) > ALIKE
