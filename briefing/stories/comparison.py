"""How alike articles are: the numbers by which pairs are judged, and which pairs are worth it.

Pairs are found over an inverted index with bounded buckets, so that the work grows with the number of articles, also
where all of them tell one event.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from briefing.stories.lead import days_between
from briefing.stories.profiles import cosine, rarity, vector

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from briefing.stories.profiles import Profile

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
        shared: defaultdict[Pair, float] = defaultdict(float)
        for term, places in sorted(postings.items()):  # in one order, so that sums are the same to the last bit
            for pair in _next_to_each(places):
                shared[pair] += self.rare[term]
        nearest: defaultdict[int, list[tuple[float, int]]] = defaultdict(list)
        for (first, second), weight in shared.items():
            nearest[first].append((-weight, second))
            nearest[second].append((-weight, first))
        for place, others in nearest.items():
            yield from ((min(place, other), max(place, other)) for _, other in sorted(others)[:NEIGHBOURS])


def _next_to_each(places: Sequence[int]) -> Iterable[Pair]:
    return ((place, other) for at, place in enumerate(places) for other in places[at + 1 : at + 1 + NEXT])


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
