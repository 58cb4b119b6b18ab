"""How alike the beginnings of two articles are, and which of a day's articles are worth comparing.

Pairs are found over an inverted index with bounded buckets, so that the work grows with the number of articles, also
where all of them tell one event.
"""

from __future__ import annotations

import math
from array import array
from bisect import bisect_left
from collections import Counter, defaultdict
from heapq import nsmallest
from itertools import chain
from typing import TYPE_CHECKING, Self

from briefing.stories.lead import days_between
from briefing.stories.profiles import cosine, rarity, summed, vector
from briefing.text import UNSEEN

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from briefing.models import Moment
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
    """Articles, by their places on the day, as vectors of what can be compared.

    Vectors are held as arrays of the numbers of terms and of what these weigh.
    """

    def __init__(self, profiles: Mapping[int, Profile]) -> None:
        """Weigh every article once; how rare a term is counts among these articles."""
        numbers: dict[str, int] = {}
        self._told: dict[int, tuple[Moment | None, frozenset[int], str | None]] = {}
        self._vectors: dict[int, tuple[array[int], array[float]]] = {}
        counts, used = array("L"), array("d")
        languages, listed = set[str](), False
        for place, one in profiles.items():
            total = summed(one.rows)
            terms = array("L", (numbers.setdefault(term, len(numbers)) for term in total))
            new = len(numbers) - len(counts)
            counts.extend([0] * new)
            used.extend([UNSEEN] * new)
            for term in terms:
                counts[term] += 1
            for name, frequency in one.frequency.items():
                number = numbers[name]
                used[number] = max(used[number], frequency)
            self._vectors[place] = terms, array("d", total.values())
            self._told[place] = one.published, one.weekdays, one.outlet
            languages.add(one.language)
            listed = listed or bool(one.frequency)
        rare = rarity(counts, used, len(profiles), languages=languages if listed else ())
        self._rare: Sequence[float] | Mapping[int, float] = rare
        self.rarest = max(rare, default=0.0)
        self._numbers: Mapping[str, int] = numbers
        self._terms: Sequence[str] | Mapping[int, str] = list(numbers)
        for place, (terms, total_of) in self._vectors.items():
            self._vectors[place] = _weighed(terms, total_of, rare)

    def among(self, places: Iterable[int]) -> Self:
        """Return what is known of some of the articles, which is little beside the whole."""
        some = object.__new__(type(self))
        some.rarest = self.rarest
        some._vectors = {place: self._vectors[place] for place in places if place in self._vectors}
        some._told = {place: self._told[place] for place in some._vectors}
        numbers = {number for terms, _ in some._vectors.values() for number in terms}
        some._rare = {number: self._rare[number] for number in numbers}
        some._terms = {number: self._terms[number] for number in numbers}
        some._numbers = {term: number for number, term in some._terms.items()}
        return some

    def rare(self, term: str) -> float:
        """Return how telling a term is; 0 for one that is in no article."""
        number = self._numbers.get(term)
        return 0.0 if number is None else self._rare[number]

    def features(self, one: int, other: int) -> dict[str, float]:
        """Return what speaks for and against one event: cosines, days, and flags."""
        (first, weekdays, outlet), (second, others, another) = self._told[one], self._told[other]
        days = days_between(first, second)
        return {
            "text": self._cosine(one, other),
            "days": 0.0 if days is None else min(days, LONGEST),
            "weekdays": float(bool(weekdays and others and not weekdays & others)),
            "outlet": float(outlet is not None and outlet == another),
        }

    def without_echoes(self, first: Profile, second: Profile) -> float | None:
        """Return the cosine of two articles but for the sentences that stand in both; None where none does."""
        echoes = _echoes(first, second)
        if not echoes:
            return None
        ours, theirs = (
            vector((row for place, row in enumerate(profile.rows) if place not in dropped), self.rare)
            for profile, dropped in ((first, {a for a, _ in echoes}), (second, {b for _, b in echoes}))
        )
        return cosine(ours, theirs)

    def rarities(self, one: int, other: int) -> list[float]:
        """Return how telling the terms are that two articles share."""
        return [self._rare[term] for term in {*self._vectors[one][0]}.intersection(self._vectors[other][0])]

    def shared(self, one: int, other: int) -> tuple[str, ...]:
        """Return the terms that two articles share, the most telling first."""
        both = {*self._vectors[one][0]}.intersection(self._vectors[other][0])
        return tuple(sorted((self._terms[term] for term in both), key=lambda term: (-self.rare(term), term)))

    def candidates(self) -> Iterator[Pair]:
        """Yield the pairs that share telling terms: for each article, those that share most."""
        telling = {place: self._telling(place) for place in self._vectors}
        counts = Counter[int](chain.from_iterable(telling.values()))
        postings: defaultdict[int, array[int]] = defaultdict(lambda: array("L"))
        for place, terms in telling.items():
            for term in terms:
                if counts[term] > 1:
                    postings[term].append(place)
        for place, terms in telling.items():
            shared: defaultdict[int, float] = defaultdict(float)
            for term in terms:  # in one order, so that sums are the same to the last bit
                if counts[term] > 1:
                    for other in _next_to(place, postings[term]):
                        shared[other] += self._rare[term]
            nearest = nsmallest(NEIGHBOURS, ((-weight, other) for other, weight in shared.items()))
            yield from ((min(place, other), max(place, other)) for _, other in nearest)

    def _telling(self, place: int) -> array[int]:
        """Return the most telling terms of an article, in the order of the alphabet."""
        terms, weights = self._vectors[place]
        most = nsmallest(TERMS, zip(weights, terms, strict=True), key=lambda pair: (-pair[0], self._terms[pair[1]]))
        return array("L", sorted((term for _, term in most), key=self._terms.__getitem__))

    def _cosine(self, one: int, other: int) -> float:
        (terms, weights), (others, their) = self._vectors[one], self._vectors[other]
        long = dict(zip(others, their, strict=True))
        return math.fsum(weight * long[term] for term, weight in zip(terms, weights, strict=True) if term in long)


def _weighed(terms: array[int], counts: array[float], rare: array[float]) -> tuple[array[int], array[float]]:
    """Return the terms that tell anything, and what they weigh in a vector of length 1."""
    told = [(term, math.sqrt(count) * rare[term]) for term, count in zip(terms, counts, strict=True) if rare[term] > 0]
    length = math.sqrt(math.fsum(weight * weight for _, weight in told))
    return array("L", (term for term, _ in told)), array("d", (weight / length for _, weight in told))


def _next_to(place: int, places: array[int]) -> Iterator[int]:
    """Yield the places that stand next to one, before and behind it."""
    at = bisect_left(places, place)
    yield from places[max(0, at - NEXT) : at]
    yield from places[at + 1 : at + 1 + NEXT]


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
