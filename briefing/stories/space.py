"""How alike the beginnings of two articles are, and which of a day's articles are worth comparing.

Pairs are found over an inverted index with bounded buckets, so that the work grows with the number of articles, also
where all of them tell one event. It is looked through in jobs, each of some articles with what stands next to them.
"""

from __future__ import annotations

import math
from array import array
from collections.abc import Hashable
from typing import TYPE_CHECKING, NamedTuple, Self, TypeAlias, TypeVar, cast

import numpy as np

from briefing.parallel import Shelved, all_done, here
from briefing.stories.lead import days_between
from briefing.stories.profiles import cosine, rarity, summed, vector
from briefing.stories.runs import in_blocks, pairs_in, ranks_of, spans, starts_of
from briefing.text import UNSEEN

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from concurrent.futures import Executor

    from numpy.typing import NDArray

    from briefing.models import Moment
    from briefing.parallel import Shelf
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
EXACTLY = 1 << 20
"""Parts of 1 in which rarities are summed: whole numbers come to the same in any order."""

Pair = tuple[int, int]
Weighed: TypeAlias = "tuple[array[int], array[float]]"
Value = TypeVar("Value", bound=Hashable)


class Space:
    """Articles, by their places on the day, as vectors of what can be compared.

    Vectors are arrays of the numbers of terms and of what these weigh, held here or put on a shelf.
    """

    def __init__(self, profiles: Mapping[int, Profile], shelf: Shelf | None = None) -> None:
        """Weigh every article once; how rare a term is counts among these articles."""
        numbers: dict[str, int] = {}
        self._told: dict[int, tuple[Moment | None, frozenset[int], str | None]] = {}
        self._vectors: dict[int, Weighed] | Shelved[int, Weighed] = {}
        if shelf is not None:
            self._vectors = Shelved(shelf, pack=_packed, unpack=_unpacked)
        known: dict[Hashable, Hashable] = {}

        def once(value: Value) -> Value:
            return cast("Value", known.setdefault(value, value))

        counts, used = array("I"), array("d")
        languages, listed = set[str](), False
        for place, one in profiles.items():
            total = summed(one.rows)
            terms = array("I", (numbers.setdefault(term, len(numbers)) for term in total))
            new = len(numbers) - len(counts)
            counts.extend([0] * new)
            used.extend([UNSEEN] * new)
            for term in terms:
                counts[term] += 1
            for name, frequency in one.frequency.items():
                number = numbers[name]
                used[number] = max(used[number], frequency)
            self._vectors[place] = terms, array("d", total.values())
            self._told[place] = once(one.published), once(one.weekdays), once(one.outlet)
            languages.add(one.language)
            listed = listed or bool(one.frequency)
        rare = rarity(counts, used, len(profiles), languages=languages if listed else ())
        self._rare: Sequence[float] | Mapping[int, float] = rare
        self.rarest = max(rare, default=0.0)
        self._numbers: Mapping[str, int] = numbers
        self._terms: Sequence[str] | Mapping[int, str] = list(numbers)
        for place in self._told:
            self._vectors[place] = _weighed(*self._vectors[place], rare)

    def among(self, places: Iterable[int]) -> Self:
        """Return what is known of some of the articles, which is little beside the whole."""
        some = object.__new__(type(self))
        some.rarest = self.rarest
        some._told = {place: self._told[place] for place in places if place in self._told}
        some._vectors = {place: self._vectors[place] for place in some._told}
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

    def candidates(self, executor: Executor | None = None) -> Iterator[Pair]:
        """Yield the pairs that share telling terms: for each article, those that share most, as an executor tells."""
        places = list(self._told)
        alphabet = np.empty(len(self._terms), np.int64)
        alphabet[sorted(range(len(alphabet)), key=self._terms.__getitem__)] = np.arange(len(alphabet))
        telling = [_telling(self._vectors[place], alphabet) for place in places]
        whose = np.repeat(np.arange(len(places), dtype=np.int32), [len(row) for row in telling])
        terms = np.concatenate([*telling, np.empty(0, np.int32)])
        jobs = ((part,) for part in _neighbourhoods(whose, terms, np.rint(np.array(self._rare) * EXACTLY)))
        for told in all_done(executor or here(), nearest_in, jobs):
            for one, other in pairs_in(told, np.int32):
                yield places[min(one, other)], places[max(one, other)]

    def _cosine(self, one: int, other: int) -> float:
        (terms, weights), (others, their) = self._vectors[one], self._vectors[other]
        long = dict(zip(others, their, strict=True))
        return math.fsum(weight * long[term] for term, weight in zip(terms, weights, strict=True) if term in long)


def _weighed(terms: array[int], counts: array[float], rare: array[float]) -> Weighed:
    """Return the terms that tell anything, and what they weigh in a vector of length 1."""
    told = [(term, math.sqrt(count) * rare[term]) for term, count in zip(terms, counts, strict=True) if rare[term] > 0]
    length = math.sqrt(math.fsum(weight * weight for _, weight in told))
    return array("I", (term for term, _ in told)), array("d", (weight / length for _, weight in told))


def _packed(vector: Weighed) -> bytes:
    terms, weights = vector
    return weights.tobytes() + terms.tobytes()


def _unpacked(packed: bytes) -> Weighed:
    weights, terms = array("d"), array("I")
    size = len(packed) // (weights.itemsize + terms.itemsize) * weights.itemsize
    weights.frombytes(packed[:size])
    terms.frombytes(packed[size:])
    return terms, weights


def _telling(vector: Weighed, alphabet: NDArray[np.int64]) -> NDArray[np.int32]:
    """Return the most telling terms of an article; of those that tell as much, the first of the alphabet."""
    terms, weights = (np.array(row) for row in vector)
    return terms[np.lexsort((alphabet[terms], -weights))[:TERMS]].astype(np.int32)


class Neighbourhood(NamedTuple):
    """Some articles, each by its telling terms with the articles that stand next to it by the term, as rows."""

    whose: bytes
    weights: bytes
    """What each term weighs, in parts of `EXACTLY`."""
    times: bytes
    """How many articles stand next to it."""
    near: bytes
    """Those, term by term."""


def _neighbourhoods(
    whose: NDArray[np.int32], terms: NDArray[np.int32], rare: NDArray[np.float64]
) -> Iterator[Neighbourhood]:
    """Yield the neighbourhoods of all articles.

    `whose` and `terms` are the articles, in order, and the telling terms of each; `rare` is what a term weighs.
    """
    order = np.argsort(terms, kind="stable")
    posted, terms = whose[order], terms[order]
    start, at, size = starts_of(terms), np.arange(len(terms)), np.bincount(terms)
    low = np.maximum(start, at - NEXT)
    times = np.minimum(start + size[terms], at + NEXT + 1) - low
    for own in in_blocks(posted, np.where(times > 1, times, 0)):
        near = posted[spans(low[own], times[own])]
        rows = (posted[own], rare[terms[own]], times[own].astype(np.int32), near)
        yield Neighbourhood(*(row.tobytes() for row in rows))


def nearest_in(part: Neighbourhood) -> bytes:
    """Return each article with the others with which it shares most, of those next to it, as two rows of numbers."""
    whose, times, near = (np.frombuffer(row, np.int32) for row in (part.whose, part.times, part.near))
    count = int(near.max(initial=0)) + 1
    pairs, which = np.unique(np.repeat(whose, times).astype(np.int64) * count + near, return_inverse=True)
    shared = np.bincount(which, weights=np.repeat(np.frombuffer(part.weights), times))
    one, other = np.divmod(pairs, count)
    order = np.lexsort((other, -shared, one))
    order = order[one[order] != other[order]]
    order = order[ranks_of(one[order]) < NEIGHBOURS]
    return np.stack((one[order], other[order])).astype(np.int32).tobytes()


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
