"""Which articles of a day may be alike, so that each group of them can be looked through by itself.

Shingles are looked up in shards, by their hashes: of two articles that share enough of them, one shard at the least
holds its share of what they share. So a shard tells alone which pairs may be alike, from the hashes that fall to it,
and no pair is missed; by what all shards hold of the two most of those pairs are none. The groups that the others make
together hold every pair that `near_duplicates` would compare.
"""

from __future__ import annotations

from collections import defaultdict
from hashlib import sha256
from itertools import accumulate
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from briefing.parallel import all_done
from briefing.stories.runs import in_blocks, pairs_in, ranks_of, spans, starts_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from concurrent.futures import Executor

    from numpy.typing import NDArray

    Sizes = int | NDArray[np.int64]

RESEMBLANCE = 0.3
"""Jaccard similarity from which two articles are copies; both figures from trials on 4,200 edited reprints."""
CONTAINMENT = 0.6
"""Share of the shorter article found in the other from which it is a copy (a cut reprint, or one with a new top)."""
COMMON = 200
"""A shingle that stands in this many articles is a set phrase; it adds no new pairs."""
MANY, NEARLY_ALL = 20, 0.95
"""Copies of one article from which the next that repeats nearly all of it is not looked up by others: the first stands
for it."""
TELLING = 8
"""Hashes of a shard from which they tell that an article is such a copy; a short notice has one or two there."""

SHARDS = 4
"""More would tell less of each pair, and fewer leave processors idle; the same for every build, whoever does it."""
SAMPLED, SPARSEST = 5_000, 4
"""Articles up to which every shingle is looked up; of a larger day a sample, of one in so many at the least."""
ERRS = 3.0
"""Standard deviations by which a sample may fall short of the bounds."""
EXACTLY = 1e-9
"""What sums of decimals may be off."""


class Group(NamedTuple):
    """Articles that may be alike, by their places, in order."""

    places: tuple[int, ...]
    unlisted: Mapping[int, bytes]
    """By an article's place its shingles by which no other is paired with it: others had them before (`COMMON`)."""


class Shard(NamedTuple):
    """The hashes that fall to one shard, article by article."""

    hashes: bytes
    held: bytes
    """How many of them each article has."""
    sizes: bytes
    """How many shingles it has in all."""
    step: int
    """Of how many shingles one was taken."""


class Alike(NamedTuple):
    """What a shard tells: pairs that may be alike, as two rows of places, and which hashes list an article no more."""

    pairs: bytes
    unlisted: bytes
    hashes: bytes


def groups_of(wordings: Iterable[bytes], count: int, executor: Executor) -> list[Group]:
    """Return the groups of articles that may be alike, of so many in order of time, each known by its shingles."""
    step = min(SPARSEST, 1 + count // SAMPLED)
    joined = Joined(count)
    first: dict[bytes, int] = {}
    sampled, held, sizes, places = bytearray(), list[int](), list[int](), list[int]()
    for place, wording in enumerate(wordings):
        same = first.setdefault(sha256(wording).digest(), place)
        if same == place:
            hashes = np.frombuffer(wording, np.int64)
            sizes.append(len(hashes))
            own = hashes if step == 1 else hashes[(hashes >> 32) % step == 0]
            held.append(len(own))
            sampled += own.tobytes()
            places.append(place)
        elif wording:
            joined.join(same, place)
    unlisted: defaultdict[int, list[bytes]] = defaultdict(list)
    every, ends = np.frombuffer(sampled, np.int64), list(accumulate(held, initial=0))
    for told in all_done(executor, alike_in, ((shard,) for shard in _shards(sampled, held, sizes, step))):
        for one, other in pairs_in(told.pairs, np.int64):
            first_place, second_place = places[one], places[other]
            if joined.root(first_place) != joined.root(second_place):
                ours, theirs = (every[ends[each] : ends[each + 1]] for each in (one, other))
                if len(np.intersect1d(ours, theirs, assume_unique=True)) >= _fewest(sizes[one], sizes[other], step):
                    joined.join(first_place, second_place)
        for place, shingle in zip(*(np.frombuffer(row, np.int64) for row in told[1:]), strict=True):
            unlisted[places[place]].append(shingle.tobytes())
    return [
        Group(tuple(members), {place: b"".join(unlisted[place]) for place in members if place in unlisted})
        for members in joined.groups()
        if len(members) > 1
    ]


def _shards(sampled: bytearray, held: list[int], sizes: list[int], step: int) -> Iterator[Shard]:
    hashes = np.frombuffer(sampled, np.int64)
    places = np.repeat(np.arange(len(held), dtype=np.int32), held)
    for number in range(SHARDS):
        own = (hashes >> 20) % SHARDS == number
        counts = np.bincount(places[own], minlength=len(held))
        yield Shard(hashes[own].tobytes(), counts.tobytes(), np.array(sizes, np.int64).tobytes(), step)


def alike_in(shard: Shard) -> Alike:
    """Return which articles may be alike by what falls to one shard."""
    held, sizes = (np.frombuffer(row, np.int64) for row in (shard.held, shard.sizes))
    index = _Index(np.frombuffer(shard.hashes, np.int64), np.repeat(np.arange(len(held)), held))
    found = [np.empty((2, 0), np.int64)]
    if index.unlisted.any():  # a day of hundreds of copies: the first ones stand for all
        index, pairs = _without_copies(index, held)
        found.append(pairs)
    for later, earlier, common in index.pairs(COMMON):
        enough = common >= _fewest(sizes[later], sizes[earlier], shard.step) / SHARDS
        found.append(np.stack((later[enough], earlier[enough])))
    return Alike(
        np.concatenate(found, axis=1).tobytes(),
        index.places[index.unlisted].tobytes(),
        index.hashes[index.unlisted].tobytes(),
    )


def _fewest(one: Sizes, other: Sizes, step: int) -> Any:  # noqa: ANN401 - a number, or a row of them
    """Return how many hashes articles of such sizes share at the least that may be alike, one in `step` being taken."""
    bound = np.minimum(CONTAINMENT * np.minimum(one, other), RESEMBLANCE / (1 + RESEMBLANCE) * (one + other)) / step
    return (np.maximum(1.0, bound - ERRS * np.sqrt(bound)) if step > 1 else bound) - EXACTLY


class _Index:
    """Hashes in order, each with its articles in order of time."""

    def __init__(self, hashes: NDArray[np.int64], places: NDArray[np.int64]) -> None:
        order = np.argsort(hashes, kind="stable")
        self.hashes, self.places = hashes[order], places[order]
        self._start, self._rank = starts_of(self.hashes), ranks_of(self.hashes)
        self.unlisted = self._rank >= COMMON

    def pairs(self, most: int) -> Iterator[tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]]:
        """Yield articles, others before them, and how many hashes they share; the first so `most` of a hash count."""
        count = int(self.places.max(initial=0)) + 1
        behind = np.minimum(self._rank, most)
        for own in in_blocks(self.places, behind):
            times = behind[own]
            others = self.places[spans(self._start[own], times)]
            pairs, common = np.unique(np.repeat(self.places[own], times) * count + others, return_counts=True)
            later, earlier = np.divmod(pairs, count)
            yield later, earlier, common


def _without_copies(index: _Index, held: NDArray[np.int64]) -> tuple[_Index, NDArray[np.int64]]:
    """Return an index without articles that repeat what many before them do, and each of them with its first."""
    found = []
    for later, earlier, common in index.pairs(MANY + 1):
        nearly = (common >= TELLING) & (common >= NEARLY_ALL * np.maximum(held[later], held[earlier]))
        found.append(np.stack((later[nearly], earlier[nearly])))
    every, earlier = np.concatenate(found, axis=1)
    later, at = np.unique(every, return_index=True)
    earlier = earlier[at]
    order = np.argsort(earlier, kind="stable")
    copies = order[ranks_of(earlier[order]) >= MANY]
    kept = ~np.isin(index.places, later[copies])
    return _Index(index.hashes[kept], index.places[kept]), np.stack((later[copies], earlier[copies]))


class Joined:
    """Numbers from 0 that are joined into groups, each known by its smallest."""

    def __init__(self, count: int) -> None:
        self._above = list(range(count))

    def root(self, one: int) -> int:
        """Return the smallest number of a group."""
        above = self._above
        while above[one] != one:
            above[one] = one = above[above[one]]
        return one

    def join(self, one: int, other: int) -> None:
        """Make one group of those of two numbers."""
        one, other = self.root(one), self.root(other)
        self._above[max(one, other)] = min(one, other)

    def groups(self) -> list[list[int]]:
        """Return all groups in the order of their smallest numbers, each in order."""
        groups: defaultdict[int, list[int]] = defaultdict(list)
        for number in range(len(self._above)):
            groups[self.root(number)].append(number)
        return list(groups.values())
