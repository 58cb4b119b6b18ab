"""Who copied whom.

Near-duplicates are found by exact resemblance and containment of four-word shingles over an inverted index (Broder,
"On the resemblance and containment of documents", 1997): linear in the number of articles, and exact where sketches
guess. Of texts so alike, one that gives other figures, days or names where the earlier has its own is no copy: it has
news.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from itertools import chain
from typing import TYPE_CHECKING

from briefing.models import Quotability
from briefing.stories.contradictions import differs, head_overlap
from briefing.stories.lead import published

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from briefing.models import Ranked
    from briefing.stories.contradictions import Facts

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

Shingle = tuple[int, ...]

_NO_SENTENCES = frozenset({Quotability.FRAGMENT, Quotability.SHOWING})
"""Headlines and captions: a page has those of other pages beside its text, and two pages the same."""


def near_duplicates(ranked: Sequence[Ranked], read: Callable[[Ranked], Facts]) -> list[tuple[int, int, float]]:
    """Return (copy, original, share of the copy that stands in it) by index into `ranked`, in order of time.

    `read` tells what an article says: only those that share their wording are asked.
    """
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
        alike = [
            (other, shared[other])
            for other in sorted(shared)
            if _is_alike(shared[other], len(own), len(shingles[other]))
        ]
        copied = [
            (other, common / len(own))
            for other, common in alike
            if _is_copy(
                read(ranked[order[place]]),
                read(ranked[order[other]]),
                share=common / len(own),
                of=common / len(shingles[other]),
            )
        ]
        match = (twins[own], 1.0) if own in twins else _original(copied)
        if match is not None:
            found.append((order[place], order[match[0]], match[1]))
        if own and own not in twins:
            twins[own] = place
            for shingle in telling:
                if len(postings[shingle]) < COMMON:
                    postings[shingle].append(place)
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


def _shingles(ranked: Ranked, numbers: dict[str, int]) -> frozenset[Shingle]:
    """Return the shingles as tuples of word numbers: small, and their hashes are the same in every run."""
    sentences = [item for item in ranked.text.sentences if item.quotability not in _NO_SENTENCES]
    words = [
        numbers.setdefault(word, len(numbers)) for item in sentences or ranked.text.sentences for word in item.words
    ]
    if 0 < len(words) < SHINGLE:
        return frozenset({tuple(words)})
    return frozenset(zip(*(words[start:] for start in range(SHINGLE)), strict=False))
