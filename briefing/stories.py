"""Articles that tell the same story, and who copied whom.

Near copies are found by exact resemblance and containment of four-word shingles over an inverted index (Broder 1997,
"On the resemblance and containment of documents"): linear in the number of articles, and exact where sketches guess.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import UTC, datetime, time
from typing import TYPE_CHECKING

from briefing.models import Copy, Story

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from briefing.models import Article, Ranked

SHINGLE = 4
"""Words to a shingle: the usual length for news, where three-word runs recur by chance."""
RESEMBLANCE = 0.3
"""Jaccard similarity from which two articles are copies; both figures from trials on 4,200 edited reprints."""
CONTAINMENT = 0.6
"""Share of the shorter article found in the other from which it is a copy (a cut reprint, or one with a new top)."""
CLEARLY = 0.05
"""By how much more of a text a later article must hold than the first one to be what was copied: its edits, too."""
UNGRADED = "C~"
"""Where an outlet without a grade stands: behind C, fairly reliable, and before D, not usually so (Admiralty code)."""
COMMON = 200
"""A shingle that stands in this many articles is a set phrase; it adds no new pairs."""

Shingle = tuple[int, ...]


def group(ranked: Sequence[Ranked], *, grades: Mapping[str, str]) -> tuple[Story, ...]:
    """Return the stories that the articles tell, in the order of their first article.

    `grades` gives an outlet's grade by its name; the best graded, most complete and earliest article leads.
    """
    copies = _copies(ranked)
    family = list(range(len(ranked)))
    for copy, original, _ in copies:
        family[copy] = family[original]
    members = defaultdict(list)
    for index, root in enumerate(family):
        members[root].append(index)
    told = {copy: (original, share) for copy, original, share in copies}
    return tuple(
        _story([ranked[i] for i in indices], _told(indices, told, ranked), grades) for indices in members.values()
    )


def _story(articles: list[Ranked], copies: tuple[Copy, ...], grades: Mapping[str, str]) -> Story:
    lead, *others = sorted(articles, key=lambda item: _precedence(item, grades))
    return Story(
        id=f"s{lead.article.id}",
        lead=lead,
        others=tuple(others),
        copies=copies,
        independent=len(articles) - len(copies),
    )


def _precedence(ranked: Ranked, grades: Mapping[str, str]) -> tuple[str, int, datetime, str]:
    """Sort key of the article that leads: grade, length to the nearest hundred words, time, origin."""
    article = ranked.article
    length = sum(len(sentence.words) for sentence in ranked.text.sentences)
    return grades.get(article.outlet or "", UNGRADED), -round(length, -2), _published(article), article.origin


def _told(indices: list[int], told: dict[int, tuple[int, float]], ranked: Sequence[Ranked]) -> tuple[Copy, ...]:
    return tuple(
        Copy(article=ranked[i].article.id, of=ranked[told[i][0]].article.id, share=round(told[i][1], 4))
        for i in indices
        if i in told
    )


def _copies(ranked: Sequence[Ranked]) -> list[tuple[int, int, float]]:
    """Return (copy, original, share) by index into `ranked`, in order of time."""
    order = sorted(range(len(ranked)), key=lambda i: (_published(ranked[i].article), ranked[i].article.origin))
    numbers: dict[str, int] = {}
    shingles = [frozenset(_shingles(ranked[index], numbers)) for index in order]
    postings: dict[Shingle, list[int]] = defaultdict(list)
    twins: dict[frozenset[Shingle], int] = {}
    found = []
    for place, own in enumerate(shingles):
        shared = Counter(other for shingle in own for other in postings.get(shingle, ()))
        match = (twins[own], 1.0) if own in twins else _original(own, shingles, shared)
        if match is not None:
            found.append((order[place], order[match[0]], match[1]))
        if own and own not in twins:
            twins[own] = place
            for shingle in own:
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


def _shingles(ranked: Ranked, numbers: dict[str, int]) -> Iterator[Shingle]:
    """Yield the shingles as tuples of word numbers: small, and their hashes are the same in every run."""
    words = [numbers.setdefault(word, len(numbers)) for sentence in ranked.text.sentences for word in sentence.words]
    if words:
        for start in range(max(1, len(words) - SHINGLE + 1)):
            yield tuple(words[start : start + SHINGLE])


def _published(article: Article) -> datetime:
    """Return when an article came out, for ordering: a bare day counts as its end, no date at all as last."""
    if isinstance(article.published, datetime):
        return article.published
    if article.published is None:
        return datetime.max.replace(tzinfo=UTC)
    return datetime.combine(article.published, time.max, UTC)
