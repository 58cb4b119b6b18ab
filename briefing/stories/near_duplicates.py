"""Who copied whom.

Near-duplicates are found by exact resemblance and containment of four-word shingles over an inverted index (Broder,
"On the resemblance and containment of documents", 1997): linear in the number of articles, and exact where sketches
guess. Of texts so alike, one that gives other figures, days or names where the earlier has its own is no copy: it has
news.

What may be alike is looked for first (see `alike`); who copied whom is told of each such group by itself.
"""

from __future__ import annotations

import math
from array import array
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from hashlib import sha256
from heapq import nsmallest
from typing import TYPE_CHECKING, NamedTuple, Self, overload

from briefing.parallel import all_done, batched, here
from briefing.stories.alike import COMMON, CONTAINMENT, ERRS, MANY, NEARLY_ALL, RESEMBLANCE, groups_of
from briefing.stories.compared import LARGE
from briefing.stories.contradictions import differs, head_overlap
from briefing.stories.lead import published

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from concurrent.futures import Executor

    from briefing.models import Ranked
    from briefing.stories.compared import Compared
    from briefing.stories.contradictions import Facts

CLEARLY = 0.05
"""By how much more of a text a later article must hold than the first one to be what was copied: its edits, too."""
HEAD = 0.25
"""Share of the words of a title and first sentence that an article told in the same words has, if in others' order; an
article on something else that repeats a paragraph of background has less."""

EXACT = 5_000
"""Articles of a group up to which every shingle is looked up; of a larger one a sample that stays as large, and what it
finds is compared whole."""
COMPARED = 100
"""Articles that are compared whole with each, those that share most of the sample."""
KEPT = 1_000
"""Articles of which is held what they say."""
SHINGLED = 4_000
"""Articles whose shingles are held, 13 MB."""
JOB = 64
"""Articles that one job looks through, but for a group that is larger by itself."""

Copied = tuple[int, int, float]


class Alike(NamedTuple):
    """A group of articles that may be alike, in order of time."""

    places: tuple[int, ...]
    articles: Sequence[Compared]
    unlisted: Mapping[int, bytes]


def near_duplicates(
    ranked: Sequence[Ranked], read: Callable[[Ranked], Compared], executor: Executor | None = None
) -> list[Copied]:
    """Return (copy, original, share of the copy that stands in it) by index into `ranked`, in order of time.

    `read` tells how an article is compared.
    """
    executor = executor or here()
    order = sorted(range(len(ranked)), key=lambda i: (published(ranked[i].article), ranked[i].article.origin))
    groups = groups_of((read(ranked[index]).wording for index in order), len(order), executor)

    large, small = ([each for each in groups if (len(each.places) > LARGE) is found] for found in (True, False))
    jobs = (
        (tuple(Alike(p, tuple(read(ranked[order[place]]) for place in p), unlisted) for p, unlisted in batch),)
        for batch in batched(small, JOB, size=lambda group: len(group.places))
    )
    found = [copied for told in all_done(executor, copies_in, jobs) for copied in told]
    for places, unlisted in large:
        found += copies_in([Alike(places, _Asked([ranked[order[place]] for place in places], read), unlisted)])
    return [(order[copy], order[original], share) for copy, original, share in sorted(found)]


class _Asked(Sequence["Compared"]):
    """Articles as they are compared, each asked for when it is needed."""

    def __init__(self, ranked: Sequence[Ranked], read: Callable[[Ranked], Compared]) -> None:
        self._ranked, self._read = ranked, read

    @overload
    def __getitem__(self, at: int) -> Compared: ...
    @overload
    def __getitem__(self, at: slice) -> Self: ...
    def __getitem__(self, at: int | slice) -> Compared | Self:
        return type(self)(self._ranked[at], self._read) if isinstance(at, slice) else self._read(self._ranked[at])

    def __len__(self) -> int:
        return len(self._ranked)


def copies_in(groups: Sequence[Alike]) -> list[Copied]:
    """Return (copy, original, share of the copy that stands in it), by their places on the day."""
    return [
        (group.places[copy], group.places[original], share)
        for group in groups
        for copy, original, share in _told(group)
    ]


def _told(group: Alike) -> Iterator[Copied]:
    """Yield who copied whom in one group, by their places in it."""
    articles = group.articles
    wording = _Wording(group)
    says = lru_cache(KEPT)(lambda place: articles[place].facts)
    twins: dict[bytes, int] = {}
    following = Counter[int]()
    for place, article in enumerate(articles):
        same = sha256(article.wording).digest()
        if article.wording and same in twins:
            yield place, twins[same], 1.0
            continue
        size, sizes = wording.sizes[place], wording.sizes
        alike = [(other, common) for other, common in wording.shared(place) if _is_alike(common, size, sizes[other])]
        copied = [
            (other, common / size)
            for other, common in alike
            if _is_copy(says(place), says(other), share=common / size, of=common / sizes[other])
        ]
        match = _original(copied)
        if match is not None:
            yield place, *match
            following[match[0]] += match[1] >= NEARLY_ALL
        twins[same] = place
        if match is None or match[1] < NEARLY_ALL or following[match[0]] <= wording.many:
            wording.look_up(place)


class _Wording:
    """The shingles of a group's articles, by their places in order of time, and an index of those that several have."""

    def __init__(self, group: Alike) -> None:
        self._places, self._unlisted = group.places, group.unlisted
        self._step = 1 + len(group.places) // EXACT
        self.many = MANY if self._step == 1 else 0
        self._postings: dict[int, bytes] = {}  # places, packed: most shingles have one or two
        self.sizes = [len(article.wording) // 8 for article in group.articles]
        self.of = lru_cache(SHINGLED)(lambda place: group.articles[place].shingles)
        """Returns the shingles of an article, each once and in order."""

    def shared(self, place: int) -> Iterator[tuple[int, int]]:
        """Yield the earlier articles that share many shingles with one, with how many, in order of time."""
        posted = b"".join(filter(None, map(self._postings.get, self._sample(place))))
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
        unlisted = set(array("q", self._unlisted.get(self._places[place], b"")))
        for shingle in self._sample(place):
            posted = self._postings.get(shingle, b"")
            if len(posted) < COMMON * len(written) and shingle not in unlisted:
                self._postings[shingle] = posted + written

    def _sample(self, place: int) -> Sequence[int]:
        """Return the shingles of an article, of a large group a sample of them."""
        step, own = self._step, self.of(place)
        return own if step == 1 else [one for one in own if (one >> 32) % step == 0]


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
