"""Who copied whom.

Near copies are found by exact resemblance and containment of four-word shingles over an inverted index (Broder 1997,
"On the resemblance and containment of documents"): linear in the number of articles, and exact where sketches guess.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from itertools import chain
from typing import TYPE_CHECKING

from briefing.stories.times import published

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from briefing.models import Ranked

SHINGLE = 4
"""Words to a shingle: the usual length for news, where three-word runs recur by chance."""
RESEMBLANCE = 0.3
"""Jaccard similarity from which two articles are copies; both figures from trials on 4,200 edited reprints."""
CONTAINMENT = 0.6
"""Share of the shorter article found in the other from which it is a copy (a cut reprint, or one with a new top)."""
CLEARLY = 0.05
"""By how much more of a text a later article must hold than the first one to be what was copied: its edits, too."""
COMMON = 200
"""A shingle that stands in this many articles is a set phrase; it adds no new pairs."""

Shingle = tuple[int, ...]


def near_copies(ranked: Sequence[Ranked]) -> list[tuple[int, int, float]]:
    """Return (copy, original, share of the copy that stands in it) by index into `ranked`, in order of time."""
    order = sorted(range(len(ranked)), key=lambda i: (published(ranked[i].article), ranked[i].article.origin))
    numbers: dict[str, int] = {}
    shingles = [_shingles(ranked[index], numbers) for index in order]
    counts = Counter(chain.from_iterable(shingles))
    repeated = {shingle for shingle, count in counts.items() if count > 1}
    postings: dict[Shingle, list[int]] = defaultdict(list)
    twins: dict[frozenset[Shingle], int] = {}
    found = []
    for place, own in enumerate(shingles):
        telling = own & repeated
        shared = Counter(chain.from_iterable(filter(None, map(postings.get, telling))))
        match = (twins[own], 1.0) if own in twins else _original(own, shingles, shared)
        if match is not None:
            found.append((order[place], order[match[0]], match[1]))
        if own and own not in twins:
            twins[own] = place
            for shingle in telling:
                if len(postings[shingle]) < COMMON:
                    postings[shingle].append(place)
    return found


def _original(
    own: frozenset[Shingle], shingles: Sequence[frozenset[Shingle]], shared: Mapping[int, int]
) -> tuple[int, float] | None:
    """Return which earlier article was copied, and the share of the copy that stands in it; None where none was.

    `shingles` is in order of time: of several that would do, the earliest, unless a later one holds clearly more.
    """
    copied = [
        (other, shared[other] / len(own))
        for other in sorted(shared)
        if _is_copy(shared[other], len(own), len(shingles[other]))
    ]
    most = max((share for _, share in copied), default=0.0)
    return next(((other, share) for other, share in copied if share >= most - CLEARLY), None)


def _is_copy(common: int, own: int, other: int) -> bool:
    return common / (own + other - common) >= RESEMBLANCE or common / min(own, other) >= CONTAINMENT


def _shingles(ranked: Ranked, numbers: dict[str, int]) -> frozenset[Shingle]:
    """Return the shingles as tuples of word numbers: small, and their hashes are the same in every run."""
    words = [numbers.setdefault(word, len(numbers)) for sentence in ranked.text.sentences for word in sentence.words]
    if 0 < len(words) < SHINGLE:
        return frozenset({tuple(words)})
    return frozenset(zip(*(words[start:] for start in range(SHINGLE)), strict=False))
