"""Who copied whom.

Near-duplicates are found by exact resemblance and containment of four-word shingles over an inverted index (Broder,
"On the resemblance and containment of documents", 1997): linear in the number of articles, and exact where sketches
guess. Of texts so alike, one that gives other figures, days or names where the earlier has its own is no copy: it has
news.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from itertools import chain, count
from typing import TYPE_CHECKING

from briefing.models import Quotability
from briefing.stories.contradictions import differs, head_overlap
from briefing.stories.lead import days_between, published
from briefing.stories.profiles import cosine, rarity, vector

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence

    from briefing.models import Ranked
    from briefing.stories.contradictions import Facts
    from briefing.stories.profiles import Profile

SHINGLE = 4
"""Words to a shingle: the usual length for news, where three-word runs recur by chance."""
RESEMBLANCE = 0.3
"""Jaccard similarity from which two articles are copies; both figures from trials on 4,200 edited reprints."""
CONTAINMENT = 0.6
"""Share of the shorter article found in the other from which it is a copy (a cut reprint, or one with a new top)."""
CLEARLY = 0.05
"""By how much more of a text a later article must hold than the first one to be what was copied: its edits, too."""
HEAD = 0.25
"""Share of the words of a title and first sentence that an article told in the same words has, if in others' order; an
article on something else that repeats a paragraph of background has less."""
COMMON = 200
"""A shingle that stands in this many articles is a set phrase; it adds no new pairs."""

_NO_SENTENCES = frozenset({Quotability.FRAGMENT, Quotability.SHOWING})
"""Headlines and captions: a page has those of other pages beside its text, and two pages the same."""


def near_duplicates(ranked: Sequence[Ranked], read: Callable[[Ranked], Facts]) -> list[tuple[int, int, float]]:
    """Return (copy, original, share of the copy that stands in it) by index into `ranked`, in order of time.

    `read` tells what an article says: only those that share their wording are asked.
    """
    order = sorted(range(len(ranked)), key=lambda i: (published(ranked[i].article), ranked[i].article.origin))
    numbers: defaultdict[Hashable, int] = defaultdict(count().__next__)
    shingles = [_shingles(ranked[index], numbers) for index in order]
    sizes = list(map(len, shingles))
    counts = Counter(chain.from_iterable(shingles))
    repeated = {shingle for shingle, times in counts.items() if times > 1}
    postings: dict[int, list[int]] = defaultdict(list)
    twins: dict[frozenset[int], int] = {}
    found = []
    for place, own in enumerate(shingles):
        telling = own & repeated
        shared = Counter(chain.from_iterable(filter(None, map(postings.get, telling))))
        size = len(own)
        near = (  # most share a sentence at the most, and need no closer look
            (other, common) for other, common in shared.items() if 4 * common >= size or 4 * common >= sizes[other]
        )
        alike = sorted((other, common) for other, common in near if _is_alike(common, size, sizes[other]))
        copied = [
            (other, common / size)
            for other, common in alike
            if _is_copy(
                read(ranked[order[place]]),
                read(ranked[order[other]]),
                share=common / size,
                of=common / sizes[other],
            )
        ]
        match = (twins[own], 1.0) if own in twins else _original(copied)
        if match is not None:
            found.append((order[place], order[match[0]], match[1]))
        if own and own not in twins:
            twins[own] = place
            for shingle in telling:
                bucket = postings[shingle]
                if len(bucket) < COMMON:
                    bucket.append(place)
    return found


def _original(copied: Sequence[tuple[int, float]]) -> tuple[int, float] | None:
    """Return which earlier article was copied, and the share of the copy that stands in it; None where none was.

    `copied` is in order of time: of several that would do, the earliest, unless a later one holds clearly more.
    """
    most = max((share for _, share in copied), default=0.0)
    return next(((other, share) for other, share in copied if share >= most - CLEARLY), None)


def _is_alike(common: int, own: int, other: int) -> bool:
    return common / (own + other - common) >= RESEMBLANCE or common / min(own, other) >= CONTAINMENT


def _is_copy(one: Facts, other: Facts, *, share: float, of: float) -> bool:
    """Tell whether neither article has news of its own: figures, days, names, or a beginning that the other lacks.

    What one article has of its own may be its beginning only where it is little beside the `share` that both have.
    """
    unsure = [pair for pair, held in (((one, other), share), ((other, one), of)) if held < CONTAINMENT]
    return all(head_overlap(*pair) >= HEAD for pair in unsure) and not differs(one, other)


def _shingles(ranked: Ranked, numbers: Mapping[Hashable, int]) -> frozenset[int]:
    """Return the shingles by their numbers on the day: small, and their hashes are the same in every run."""
    sentences = [item for item in ranked.text.sentences if item.quotability not in _NO_SENTENCES]
    words = [numbers[word] for item in sentences or ranked.text.sentences for word in item.words]
    if 0 < len(words) < SHINGLE:
        return frozenset({numbers[tuple(words)]})
    return frozenset(map(numbers.__getitem__, zip(*(words[start:] for start in range(SHINGLE)), strict=False)))


# ── how alike two texts are ───────────────────────────────────────────────────────────────────────────────────────────
# Pairs are found over an inverted index with bounded buckets, so that the work grows with the number of articles, also
# where all of them tell one event.


LONGEST = 4.0
"""Days after which more make no difference."""
TERMS = 25
"""Of an article, the most telling terms by which others like it are looked for."""
NEXT = 20
"""Articles that share a term with which each is paired by it."""
NEIGHBOURS = 6
"""Articles with which each is compared, those with which it shares most."""
ECHOED = 0.8
"""Share of the longer one's words that two sentences must have in common to be one that both took from elsewhere."""
FEWEST_ECHOED = 5
"""Words of such a sentence."""

Pair = tuple[int, int]


class Space:
    """Articles, by their places on the day, as vectors of what can be compared."""

    def __init__(self, profiles: Mapping[int, Profile]) -> None:
        """Weigh every article once; how rare a term is counts among these articles."""
        self.profiles = profiles
        self.rare = rarity(list(profiles.values()))
        self.texts = {place: vector(one.rows, self.rare) for place, one in profiles.items()}

    def features(self, one: int, other: int) -> dict[str, float]:
        """Return what speaks for and against one event: cosines, days, and flags."""
        first, second = self.profiles[one], self.profiles[other]
        days = days_between(first.published, second.published)
        return {
            "text": cosine(self.texts[one], self.texts[other]),
            "days": 0.0 if days is None else min(days, LONGEST),
            "weekdays": float(bool(first.weekdays and second.weekdays and not first.weekdays & second.weekdays)),
            "outlet": float(first.outlet is not None and first.outlet == second.outlet),
        }

    def without_echoes(self, one: int, other: int) -> float:
        """Return the cosine of two articles but for the sentences that stand in both."""
        first, second = self.profiles[one], self.profiles[other]
        echoes = _echoes(first, second)
        if not echoes:
            return cosine(self.texts[one], self.texts[other])
        ours, theirs = (
            vector((row for place, row in enumerate(profile.rows) if place not in dropped), self.rare)
            for profile, dropped in ((first, {a for a, _ in echoes}), (second, {b for _, b in echoes}))
        )
        return cosine(ours, theirs)

    def shared(self, one: int, other: int) -> tuple[str, ...]:
        """Return the terms that two articles share, the most telling first."""
        return tuple(sorted(self.texts[one].keys() & self.texts[other].keys(), key=lambda t: (-self.rare[t], t)))

    def candidates(self) -> Iterator[Pair]:
        """Yield the pairs that share telling terms: for each article, those that share most."""
        postings: defaultdict[str, list[int]] = defaultdict(list)
        for place, weighed in self.texts.items():
            for term in sorted(weighed, key=lambda term: (-weighed[term], term))[:TERMS]:
                postings[term].append(place)
        shared: defaultdict[int, defaultdict[int, float]] = defaultdict(lambda: defaultdict(float))
        for term, places in sorted(postings.items()):  # in one order, so that sums are the same to the last bit
            weight = self.rare[term]
            for at, place in enumerate(places[:-1], 1):
                row = shared[place]
                for other in places[at : at + NEXT]:
                    row[other] += weight
        nearest: defaultdict[int, list[tuple[float, int]]] = defaultdict(list)
        for first, row in shared.items():
            for second, weight in row.items():
                nearest[first].append((-weight, second))
                nearest[second].append((-weight, first))
        for place, others in nearest.items():
            yield from ((min(place, other), max(place, other)) for _, other in sorted(others)[:NEIGHBOURS])


def _echoes(one: Profile, other: Profile) -> list[Pair]:
    """Return the sentences that stand in both articles, by their places: background, not the event.

    Sentences that open both articles are none: two accounts may begin with the words of one agency.
    """
    ours, theirs = (
        [(place, row.keys()) for place, row in enumerate(profile.rows) if place and len(row) >= FEWEST_ECHOED]
        for profile in (one, other)
    )
    return [
        (here, there)
        for here, row in ours
        for there, like in theirs
        if (here > 1 or there > 1) and len(row & like) >= ECHOED * max(len(row), len(like))
    ]
