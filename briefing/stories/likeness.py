"""How likely it is that two articles tell of the same event, and by which words: a logistic model of a few features.

Likeness by words alone merges a day on one subject into a lump. What keeps events apart is what the lead says, whether
the head of each article is told in the other, when both came out and which days of the week they name, and that an
outlet seldom tells an event twice.
"""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING

from briefing.stories.times import days_between

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from briefing.stories.profiles import Profile, Words

WEIGHTS: Mapping[str, float] = {
    "whole": 2.4,
    "lead": 4.2,
    "head": 2.9,
    "opening": 2.1,
    "own": 0.4,
    "shared": 1.2,
    "days": -1.9,
    "undated": -3.3,
    "weekdays": -1.8,
    "outlet": -3.7,
    "small": -7.5,
}
"""What each feature adds to the log-odds, fitted by logistic regression with a ridge of 1 on a conflict's
news, dated and undated, and on ECB+ (Cybulska & Vossen 2014), where every event has another like it. `undated` came out
at -1.9, and is set by hand: without a date nothing keeps two alike events apart, and nine merges in ten were not right.
"""
BIAS = -1.9
LONGEST = 4.0
"""Days after which more make no difference."""
FEW = 4
"""Articles in which a word stands that is an event's own, and not the day's subject."""
SMALL = 25
"""Articles on the day at which its word counts say half of what they would on a large one."""


@dataclass(frozen=True, slots=True)
class Weights:
    """Sums over an article's words: squared for the whole and the lead, plain for the head."""

    whole: float
    lead: float
    head: float


class Day:
    """What likeness depends on beside the two articles: how rare words are, and how many articles there are."""

    def __init__(self, profiles: Sequence[Profile], rarity: Mapping[str, float]) -> None:
        """Weigh every article once: the sums over its words are asked for with each article that it is compared to."""
        self.rarity = rarity
        rarest = sorted(rarity, key=lambda word: (-rarity[word], word))
        self.order = {word: place for place, word in enumerate(rarest)}
        self.counts = Counter(chain.from_iterable(one.whole for one in profiles))
        self.squares = {word: weight * weight for word, weight in rarity.items()}
        self.weights = {one: self._weigh(one) for one in profiles}
        self.size = len(self.weights)

    def weights_of(self, one: Profile) -> Weights:
        """Return the sums over an article's words, of one that is not of the day's, or not as it is there, too."""
        return self.weights.get(one) or self._weigh(one)

    def _weigh(self, one: Profile) -> Weights:
        return Weights(whole=self.square(one.whole), lead=self.square(one.lead), head=self.weight(one.head))

    def weight(self, words: Words) -> float:
        """Return how telling words are together, the same in whatever order they come."""
        return math.fsum(map(self.rarity.__getitem__, words))

    def square(self, words: Words) -> float:
        """Return the squared length of words as a vector."""
        return math.fsum(map(self.squares.__getitem__, words))


def likeness(found: Mapping[str, float]) -> float:
    """Return the probability that two articles with such features tell of the same event, as the model sees it."""
    odds = BIAS + math.fsum(WEIGHTS[name] * value for name, value in found.items())
    return 1 / (1 + math.exp(-odds))


def features(one: Profile, other: Profile, day: Day) -> dict[str, float]:
    """Return what the model weighs, in the order of `WEIGHTS`: shares and flags, logarithms of weights, and days."""
    days = days_between(one.published, other.published)
    ours, theirs = day.weights_of(one), day.weights_of(other)
    lead = one.lead & other.lead
    told = (
        _part(day.weight(one.head & other.whole), ours.head),
        _part(day.weight(other.head & one.whole), theirs.head),
    )
    opening = (
        _part(day.weight(one.head & other.lead), ours.head),
        _part(day.weight(other.head & one.lead), theirs.head),
    )
    return {
        "whole": _part(day.square(one.whole & other.whole), math.sqrt(ours.whole * theirs.whole)),
        "lead": _part(day.square(lead), math.sqrt(ours.lead * theirs.lead)),
        "head": min(told),
        "opening": min(opening),
        "own": math.log1p(day.weight(frozenset(word for word in one.head & other.head if day.counts[word] <= FEW))),
        "shared": math.log1p(day.weight(lead)),
        "days": 0.0 if days is None else min(days, LONGEST),
        "undated": float(days is None),
        "weekdays": float(bool(one.weekdays and other.weekdays and not one.weekdays & other.weekdays)),
        "outlet": float(one.outlet is not None and one.outlet == other.outlet),
        "small": SMALL / (SMALL + day.size),
    }


def shared_words(one: Profile, other: Profile, day: Day) -> tuple[str, ...]:
    """Return the words that the leads of two articles share, the most telling first."""
    telling = [word for word in one.lead & other.lead if day.rarity[word] > 0]
    return tuple(sorted(telling, key=day.order.__getitem__))


def _part(common: float, most: float) -> float:
    return common / most if most else 0.0
