"""Who copied whom.

Near-duplicates are found by exact resemblance and containment of four-word shingles over an inverted index (Broder,
"On the resemblance and containment of documents", 1997): linear in the number of articles, and exact where sketches
guess. Of texts so alike, one that gives other figures, days or names where the earlier has its own is no copy: it has
news.
"""

from __future__ import annotations

import math
from array import array
from bisect import bisect_left
from collections import Counter, OrderedDict, defaultdict
from hashlib import sha256
from heapq import nsmallest
from itertools import chain
from typing import TYPE_CHECKING
from zlib import crc32

from briefing.models import Quotability
from briefing.stories.contradictions import differs, head_overlap
from briefing.stories.lead import days_between, published
from briefing.stories.profiles import cosine, rarity, summed, vector
from briefing.text import UNSEEN

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from briefing.models import Moment, Ranked
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

EXACT = 5_000
"""Articles up to which every shingle is looked up; of a larger day a sample that stays as large, and what it finds is
compared whole."""
ERRS, COMPARED = 3.0, 100
"""Standard deviations by which a sample may fall short of the bounds, and how many articles are compared whole with
each, those that share most of the sample."""
MANY, NEARLY_ALL = 20, 0.95
"""Copies of one article from which the next that repeats nearly all of it is not looked up by others: the first stands
for it."""
KEPT = 10_000
"""Articles whose shingles are held: 25 MB of them."""
MOST_WORDS = 100_000
"""Words whose numbers are held; a day of a thousand articles has some forty thousand."""
SLOTS = 4_096
"""Bits for the shingles of each article, or the sample of them, by which those are told that no other has: a dozen for
each of them."""

Shingles = array  # of hashes, in order, each once

_NO_SENTENCES = frozenset({Quotability.FRAGMENT, Quotability.SHOWING})
"""Headlines and captions: a page has those of other pages beside its text, and two pages the same."""


def near_duplicates(ranked: Sequence[Ranked], read: Callable[[Ranked], Facts]) -> list[tuple[int, int, float]]:
    """Return (copy, original, share of the copy that stands in it) by index into `ranked`, in order of time.

    `read` tells what an article says: only those that share their wording are asked.
    """
    order = sorted(range(len(ranked)), key=lambda i: (published(ranked[i].article), ranked[i].article.origin))
    wording = _Wording([ranked[index] for index in order])
    twins: dict[bytes, int] = {}
    following = Counter[int]()
    found = []
    for place, index in enumerate(order):
        own = wording.of(place)
        same = sha256(own).digest()
        if own and same in twins:
            found.append((index, order[twins[same]], 1.0))
            continue
        size, sizes = len(own), wording.sizes
        alike = [(other, common) for other, common in wording.shared(place) if _is_alike(common, size, sizes[other])]
        copied = [
            (other, common / size)
            for other, common in alike
            if _is_copy(
                read(ranked[index]),
                read(ranked[order[other]]),
                share=common / size,
                of=common / sizes[other],
            )
        ]
        match = _original(copied)
        if match is not None:
            found.append((index, order[match[0]], match[1]))
            following[match[0]] += match[1] >= NEARLY_ALL
        twins[same] = place
        if match is None or match[1] < NEARLY_ALL or following[match[0]] <= wording.many:
            wording.look_up(place)
    return found


class _Wording:
    """The shingles of a day's articles, by their places in order of time, and an index of those that several have.

    What is held for each article does not grow with its length: shingles are made again when they are asked for.
    """

    def __init__(self, ranked: Sequence[Ranked]) -> None:
        self._ranked = ranked
        self._step = 1 + len(ranked) // EXACT
        self.many = MANY if self._step == 1 else 0
        self._postings: dict[int, bytes] = {}  # places, packed: most shingles have one or two
        self._seen: OrderedDict[int, Shingles[int]] = OrderedDict()
        self.sizes = array("L")
        mask = (1 << (SLOTS * len(ranked) // self._step).bit_length()) - 1
        self._mask, once, self._again = mask, bytearray(mask // 8 + 1), bytearray(mask // 8 + 1)
        for place in range(len(ranked)):
            own = self.of(place)
            self.sizes.append(len(own))
            for shingle in self._sampled(own):
                byte, bit = (shingle & mask) >> 3, 1 << (shingle & 7)
                if once[byte] & bit:
                    self._again[byte] |= bit
                once[byte] |= bit

    def of(self, place: int) -> Shingles[int]:
        """Return the shingles of an article, each once and in order."""
        self._seen[place] = found = self._seen.pop(place, None) or _shingles(self._ranked[place])
        if len(self._seen) > KEPT:
            self._seen.popitem(last=False)
        return found

    def shared(self, place: int) -> Iterator[tuple[int, int]]:
        """Yield the earlier articles that share many shingles with one, with how many, in order of time."""
        posted = b"".join(filter(None, map(self._postings.get, self._telling(place))))
        met = Counter(memoryview(posted).cast("I"))
        if self._step == 1:
            size, sizes = self.sizes[place], self.sizes
            # most others share a sentence at the most, and are passed over at little cost
            yield from sorted(pair for pair in met.items() if 4 * pair[1] >= size or 4 * pair[1] >= sizes[pair[0]])
            return
        own = set(self.of(place))
        likely = (
            (-common, other) for other, common in met.items() if common >= self._fewest(len(own), self.sizes[other])
        )
        for other in sorted(other for _, other in nsmallest(COMPARED, likely)):
            yield other, len(own.intersection(self.of(other)))

    def _fewest(self, own: int, other: int) -> float:
        """Return how many shingles of the sample two articles share that may be alike."""
        bound = min(CONTAINMENT * min(own, other), RESEMBLANCE / (1 + RESEMBLANCE) * (own + other)) / self._step
        return max(1.0, bound - ERRS * math.sqrt(bound))

    def look_up(self, place: int) -> None:
        """Put an article into the index."""
        written = array("I", (place,)).tobytes()
        for shingle in self._telling(place):
            posted = self._postings.get(shingle, b"")
            if len(posted) < COMMON * len(written):
                self._postings[shingle] = posted + written

    def _telling(self, place: int) -> list[int]:
        """Return the shingles of an article that others may have, of a large day a sample of them."""
        mask, again = self._mask, self._again
        return [one for one in self._sampled(self.of(place)) if again[(one & mask) >> 3] & (1 << (one & 7))]

    def _sampled(self, shingles: Shingles[int]) -> Sequence[int]:
        step = self._step
        return shingles if step == 1 else [one for one in shingles if (one >> 32) % step == 0]


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


def _shingles(ranked: Ranked) -> Shingles[int]:
    """Return the shingles as hashes, which are the same in every run: those of tuples of numbers are."""
    sentences = [item for item in ranked.text.sentences if item.quotability not in _NO_SENTENCES]
    words = [_NUMBERS[word] for item in sentences or ranked.text.sentences for word in item.words]
    if 0 < len(words) < SHINGLE:
        return array("q", (hash(tuple(words)),))
    return array("q", sorted(set(map(hash, zip(*(words[start:] for start in range(SHINGLE)), strict=False)))))


class _Numbers(dict[str, int]):
    """The numbers of words, the same in every run."""

    def __missing__(self, word: str) -> int:
        if len(self) >= MOST_WORDS:
            self.clear()
        self[word] = number = crc32(word.encode())
        return number


_NUMBERS = _Numbers()


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
    """Articles, by their places on the day, as vectors of what can be compared.

    Vectors are held as arrays of the numbers of terms and of what these weigh; profiles are asked for again when the
    sentences of two articles are compared one by one.
    """

    def __init__(self, profiles: Mapping[int, Profile]) -> None:
        """Weigh every article once; how rare a term is counts among these articles."""
        self._profiles = profiles
        self._numbers: dict[str, int] = {}
        self._told: dict[int, tuple[Moment | None, frozenset[int], str | None]] = {}
        self._vectors: dict[int, tuple[array[int], array[float]]] = {}
        counts, used = array("L"), array("d")
        languages, listed = set[str](), False
        for place, one in profiles.items():
            total = summed(one.rows)
            terms = array("L", (self._numbers.setdefault(term, len(self._numbers)) for term in total))
            new = len(self._numbers) - len(counts)
            counts.extend([0] * new)
            used.extend([UNSEEN] * new)
            for term in terms:
                counts[term] += 1
            for name, frequency in one.frequency.items():
                number = self._numbers[name]
                used[number] = max(used[number], frequency)
            self._vectors[place] = terms, array("d", total.values())
            self._told[place] = one.published, one.weekdays, one.outlet
            languages.add(one.language)
            listed = listed or bool(one.frequency)
        self._rare = rarity(counts, used, len(profiles), languages=languages if listed else ())
        self.rarest = max(self._rare, default=0.0)
        self._terms = list(self._numbers)
        for place, (terms, total_of) in self._vectors.items():
            self._vectors[place] = _weighed(terms, total_of, self._rare)

    def rare(self, term: str) -> float:
        """Return how telling a term is; 0 for one that is in no article."""
        return self._rare[self._numbers[term]] if term in self._numbers else 0.0

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

    def without_echoes(self, one: int, other: int) -> float:
        """Return the cosine of two articles but for the sentences that stand in both."""
        first, second = self._profiles[one], self._profiles[other]
        echoes = _echoes(first, second)
        if not echoes:
            return self._cosine(one, other)
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
