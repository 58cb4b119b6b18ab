"""Articles grouped by the event that they tell: pairs worth a look, then average linkage from the likeliest down."""

from __future__ import annotations

from collections import defaultdict
from itertools import combinations
from typing import TYPE_CHECKING

from briefing.stories.contradicting import contradicts
from briefing.stories.foreign import keys_of, shares_enough, words_by_key
from briefing.stories.likeness import Day, features, likeness, shared_words
from briefing.stories.profiles import names_of, profile, rarity, without, words_by_stem

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from briefing.models import Ranked
    from briefing.stories.profiles import Profile
    from briefing.stories.substance import Substance

SAME = 0.82
"""Likeness from which two articles make their groups one: 0.9 of the pairs are right then where dates are known, and
where they are not but for events that resemble one another in all but the year."""
TOGETHER = 0.7
"""Mean likeness that the two groups must have: one pair that is alike by chance does not join them, while several
that are likely bear one another out. From 0.65 to 0.75 nothing is lost; from 0.6 on alike events run together."""
TERMS = 25
"""Of an article's lead, the rarest words by which others like it are looked for."""
NEIGHBOURS = 6
"""Articles with which each is compared."""
COMMON = 40
"""A word in the leads of more articles finds none: it is what the day is about."""
LOOKED_AT = 6
"""Members by which a group is judged, so that a story told by hundreds is not compared pair by pair."""
LOOKED_INTO = 0.5
"""Likeness by words from which it is asked what the articles say, which only speaks against."""
CONTRADICTED = 0.4
"""Likeness of articles that contradict each other: too little for a pair, and for a group that one of them is in."""
HALF = 0.5
"""Likeness that two articles must have without the sentences that stand in both."""
ECHOED = 0.8
"""Share of the longer one's words that two sentences must have in common to be one that both took from elsewhere."""
FEWEST_ECHOED = 5
"""Words of such a sentence."""
FIRST = 10
"""Sentences of each article in which such ones are looked for."""
DIGITS = 9
"""Decimals by which likenesses are compared."""

Pair = tuple[int, int]


class Events:
    """The articles of a day as they can be compared, in the order of their ids whatever the order they come in."""

    def __init__(self, ranked: Sequence[Ranked], read: Callable[[Ranked], Substance]) -> None:
        """Take the articles; what they can share across languages is looked at only where there are several.

        `read` tells what an article says: only those that are alike are asked.
        """
        self.ranked = sorted(ranked, key=lambda one: one.article.id)
        self._stems = [profile(one) for one in self.ranked]
        self._day = Day(self._stems, rarity(self._stems, names_of(self.ranked)))
        several = len({one.language for one in self._stems}) > 1
        self._keys, self._key_day = keys_of(self.ranked) if several else ([], self._day)
        self._places = {one.article.id: place for place, one in enumerate(self.ranked)}
        self._known: dict[Pair, float] = {}
        self._read = read

    def groups(self) -> list[list[Ranked]]:
        """Return the articles that tell the same event together.

        Groups grow from the likeliest pair down and by their mean likeness, so that a chain of articles, each like the
        next, is no story.
        """
        groups = {index: [index] for index in range(len(self.ranked))}
        group_of = list(groups)
        likely = ((-self.likeness(*pair), pair) for pair in self._candidates())
        for _, (one, other) in sorted(found for found in likely if found[0] <= -SAME):
            first, second = sorted((group_of[one], group_of[other]))
            if first != second and self._mean(groups[first], groups[second]) >= TOGETHER:
                for member in groups[second]:
                    group_of[member] = first
                groups[first] = sorted(groups[first] + groups.pop(second))
        return [[self.ranked[index] for index in members] for members in groups.values()]

    def compared(self) -> Iterator[tuple[str, str, dict[str, float]]]:
        """Yield the pairs of articles in one language that are compared, by their ids, with their features."""
        for one, other in candidates(self._stems, self._day):
            first, second = self._stems[one], self._stems[other]
            if first.language == second.language:
                yield first.id, second.id, features(first, second, self._day)

    def likeness(self, one: int, other: int) -> float:
        """Return how likely two articles, by their places in the order of ids, tell the same event."""
        pair = (min(one, other), max(one, other))
        if pair not in self._known:
            profiles, day = self._compared(*pair)
            alike = profiles is self._stems or shares_enough(profiles[pair[0]], profiles[pair[1]], day)
            self._known[pair] = round(self._likeness(*pair) if alike else 0.0, DIGITS)
        return self._known[pair]

    def _likeness(self, one: int, other: int) -> float:
        """Return the likeness of two articles by their words, unless what they say speaks against it."""
        profiles, day = self._compared(one, other)
        first, second = profiles[one], profiles[other]
        value = likeness(features(first, second, day))
        if value < LOOKED_INTO or profiles is not self._stems:
            return value
        if contradicts(self._read(self.ranked[one]), self._read(self.ranked[other])):
            return min(value, CONTRADICTED)
        ours, theirs = echoes(first, second)
        by_themselves = likeness(features(without(first, ours), without(second, theirs), day)) if ours else value
        return value if by_themselves >= HALF else by_themselves

    def likenesses(self, article: str) -> dict[str, float]:
        """Return how likely each article of the day tells the same event as one, all by their ids."""
        return {other: self.likeness(self._places[article], place) for other, place in self._places.items()}

    def shared(self, one: str, other: str) -> tuple[str, ...]:
        """Return what the leads of two articles share, by their ids, as the first writes it."""
        first, second = self._places[one], self._places[other]
        profiles, day = self._compared(first, second)
        written = (words_by_stem if profiles is self._stems else words_by_key)(self.ranked[first])
        words = shared_words(profiles[first], profiles[second], day)
        return tuple(dict.fromkeys(written.get(word, word) for word in words))

    def _compared(self, one: int, other: int) -> tuple[Sequence[Profile], Day]:
        """Return by what two articles are compared: in one language by their words, else by names and figures."""
        if self._stems[one].language == self._stems[other].language:
            return self._stems, self._day
        return self._keys, self._key_day

    def _candidates(self) -> list[Pair]:
        return sorted({*candidates(self._stems, self._day), *candidates(self._keys, self._key_day)})

    def _mean(self, one: Sequence[int], other: Sequence[int]) -> float:
        values = [self.likeness(a, b) for a in one[:LOOKED_AT] for b in other[:LOOKED_AT]]
        return sum(values) / len(values)


def echoes(one: Profile, other: Profile) -> tuple[frozenset[int], frozenset[int]]:
    """Return the sentences of each article that stand in the other too, by their places: background, not the event.

    Sentences that open both articles are none: two accounts may begin with the words of one agency.
    """
    ours, theirs = (
        [(place, row) for place, row in enumerate(rows[:FIRST]) if len(row) >= FEWEST_ECHOED]
        for rows in (one.rows, other.rows)
    )
    pairs = [
        (here, there)
        for here, row in ours
        for there, like in theirs
        if (here or there) and len(row & like) >= ECHOED * max(len(row), len(like))
    ]
    return frozenset(here for here, _ in pairs), frozenset(there for _, there in pairs)


def candidates(profiles: Sequence[Profile], day: Day) -> Iterator[Pair]:
    """Yield the pairs that share rare words of their leads: for each article, those that share most."""
    postings: defaultdict[str, list[int]] = defaultdict(list)
    for index, one in enumerate(profiles):
        for word in sorted(one.lead, key=day.order.__getitem__)[:TERMS]:
            postings[word].append(index)
    shared: defaultdict[Pair, float] = defaultdict(float)
    for word, indices in sorted(postings.items()):  # in one order, so that sums are the same to the last bit
        if 1 < len(indices) <= COMMON:
            weight = day.rarity[word]
            for pair in combinations(indices, 2):
                shared[pair] += weight
    nearest: defaultdict[int, list[tuple[float, int]]] = defaultdict(list)
    for (first, second), weight in shared.items():
        nearest[first].append((-weight, second))
        nearest[second].append((-weight, first))
    for index, others in nearest.items():
        yield from ((min(index, other), max(index, other)) for _, other in sorted(others)[:NEIGHBOURS])
