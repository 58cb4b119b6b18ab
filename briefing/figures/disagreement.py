"""Which figures are of one thing, and which of those contradict each other.

Two figures are compared where what is counted, what happened to it and the time that it runs over are the same, where
they share a name or open two accounts of one story, and where neither names another day. They differ where both cannot
be right, where each of the two articles gives no figure that agrees with the other's, and where neither seems to be a
part of the other, by its names or by what others count that makes up the rest. Precision comes first: what stays unsure
is not told. The constants were tried on the development days of `benchmarks/sets/figures.jsonl`.
"""

from __future__ import annotations

import math
from array import array
from collections import defaultdict
from datetime import timedelta
from heapq import merge
from itertools import chain, combinations, groupby, islice, takewhile
from typing import TYPE_CHECKING

from briefing.figures.claims import MOST_PARTS
from briefing.text import Hedge, fold, sources_of

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator, Mapping, Sequence

    from briefing.figures.claims import Claim
    from briefing.text import Quantity

    _Key = tuple[tuple[str, str], str]

Pair = tuple[int, int]

ABOUT = 0.1
"""Share by which "about" may be off."""
NEARLY = 0.02
"""Share by which "nearly" may fall short of the truth that it stays under."""
ROUNDED = 0.05
"""Share by which a round number may be off at the most; half of its last figure that is no zero, if that is less."""
EXACT = 100
"""Numbers below are taken to be counted, not rounded."""
FAR = 20.0
"""Times by which two amounts differ from which they are not of one thing: a misreading, or a part and its whole."""

CROWD = 60
"""Figures of one kind that share a name from which the name says too little to compare them all."""
MOST_PAIRS = 200_000
"""Pairs of a day that are compared; those that share the rarest names come first."""
WITHIN = timedelta(hours=48)
"""Between two articles on one event, where both are dated."""
SAME_NAMES, MORE_NAMES, OTHER_NAMES = 0.35, 0.5, 0.6
"""Evidence from which two sentences in one language tell of one event: where both have the same names, where one has
more, and where each has some of its own. It is the share of the shorter one's own words that stand in the other, with
what the next three add."""
SAME_DAY = 0.25
"""Where both name a day, and the same one."""
RARE = 0.2
"""Where few articles of the day tell anything of the kind: this much at the most."""
NAME = 0.05
"""For each name that they share beyond the first."""
DIGITS = 9
"""Decimals by which sums are compared."""


# ── two amounts ──────────────────────────────────────────────────────────────────────────────────────────────────────


def agree(one: Quantity, other: Quantity) -> bool:
    """Tell whether two amounts of the same unit leave room for one truth."""
    return _overlap(_bounds(one), _bounds(other))


def differ(one: Quantity, other: Quantity) -> bool:
    """Tell whether two amounts contradict each other; those that name no number never do."""
    if one.vague or other.vague or agree(one, other):
        return False
    return max(one.high, other.high) < FAR * min(one.low, other.low)


def name_same(one: Quantity, other: Quantity) -> bool:
    """Tell whether two amounts name the same number, whatever they say of its being the least or the most."""
    return _overlap(_named(one), _named(other))


def _bounds(quantity: Quantity) -> tuple[float, float]:
    """Return the least and the most that an amount may stand for."""
    if quantity.hedge is Hedge.AT_LEAST:
        return quantity.low, math.inf
    if quantity.hedge is Hedge.UP_TO:
        return 0.0, quantity.high
    return _named(quantity)


def _overlap(one: tuple[float, float], other: tuple[float, float]) -> bool:
    return one[0] <= other[1] and other[0] <= one[1]


def _named(quantity: Quantity) -> tuple[float, float]:
    low, high = quantity.low, quantity.high
    if quantity.vague:
        return low, high
    if quantity.hedge is Hedge.ABOUT:
        return low * (1 - ABOUT), high * (1 + ABOUT)
    if quantity.hedge is Hedge.NEARLY:
        return low * (1 - ABOUT), high * (1 + NEARLY)
    slack = _rounding(low) if low == high else 0.0
    return low - slack, high + slack


def _rounding(value: float) -> float:
    """Return by how much a number without a hedge may have been rounded."""
    if value < EXACT or value != int(value):
        return 0.0
    zeros = len(str(int(value))) - len(str(int(value)).rstrip("0"))
    return min(ROUNDED * value, 10.0**zeros / 2) if zeros else 0.0


# ── two claims ───────────────────────────────────────────────────────────────────────────────────────────────────────


def is_comparable(one: Claim, other: Claim) -> bool:
    """Tell whether two figures count one thing, whenever they were published."""
    if one.subordinate or other.subordinate or one.several != other.several:
        return False
    (counted, happening), (another, _) = one.kind, other.kind
    same_thing = counted == another or one.lexicon.same_things(happening, {counted, another})
    same_time = one.scope == other.scope and (not one.days or not other.days or bool(one.days & other.days))
    same_unit = one.quantity.unit == other.quantity.unit
    return same_thing and same_time and same_unit and _is_one_event(one, other)


def _is_one_event(one: Claim, other: Claim) -> bool:
    """Tell whether two sentences speak of one event, as far as their names and words show."""
    shared = {*one.names}.intersection(other.names)
    own, others = {*one.names} - shared, {*other.names} - shared
    are_main = _are_main(one, other)
    if one.language != other.language:
        days = len(one.days & other.days)
        return are_main or (bool(shared) and days >= (2 if own and others else 1))
    if are_main or not shared:
        return are_main
    evidence = len({*one.content}.intersection(other.content)) / max(1, min(len(one.content), len(other.content)))
    evidence += SAME_DAY if one.days & other.days else 0.0
    evidence += RARE * one.rarity + NAME * max(0, len(shared) - 1)
    if own and others:
        return evidence >= OTHER_NAMES and len(shared) > max(len(own), len(others))
    return round(evidence, DIGITS) >= (MORE_NAMES if own or others else SAME_NAMES)


def _are_main(one: Claim, other: Claim) -> bool:
    """Tell whether both are what two articles of one story give first, and no name speaks against it.

    In one language that is where each sentence has a name that the other article never has.
    """
    if one.story != other.story or not (one.first and other.first):
        return False
    if one.language != other.language:
        return not (one.names and other.names) or not {*one.names}.isdisjoint(other.names)
    return not (_lacks_a_name(other, one) and _lacks_a_name(one, other))


def _lacks_a_name(one: Claim, other: Claim) -> bool:
    """Tell whether the article of one figure never has a name that stands beside the other, or has it apart from it.

    Apart are the other places that its own sentence names.
    """
    names = [name.rpartition("-")[2] for name in {*other.names}.difference(one.names)]
    if not names:
        return False
    text, sentence = fold(one.ranked.article.text), fold(one.mention.sentence.text)
    return any(name not in text or name in sentence for name in names)


def _are_near(one: Claim, other: Claim) -> bool:
    """Tell whether two articles came out within the time of one event's news; undated ones may have."""
    first, second = one.published, other.published
    return first is None or second is None or abs(first - second) <= WITHIN


def _may_be_part(one: Claim, other: Claim) -> bool:
    """Tell whether the lower figure has a name that the higher lacks: it may be of one place among several."""
    if _are_main(one, other) and {*one.names}.isdisjoint(other.names):
        return False
    lower, higher = ({*claim.names} for claim in _by_size(one, other))
    return lower > higher


def _by_size(one: Claim, other: Claim) -> list[Claim]:
    return sorted((one, other), key=lambda claim: claim.quantity.high)


# ── the claims of a day ──────────────────────────────────────────────────────────────────────────────────────────────


def contradictions(claims: Sequence[Claim]) -> tuple[tuple[tuple[Claim, ...], ...], bool]:
    """Return groups of figures of one thing, and whether there were too many pairs to compare them all.

    In each group some contradict others; groups and figures come in the order in which they were told.
    """
    pairs, too_many = _pairs(claims)
    agreeing, contrary = list[Pair](), list[Pair]()
    for i, j in pairs:
        one, other = claims[i], claims[j]
        if not (is_comparable(one, other) and _are_near(one, other)):
            continue
        if name_same(one.quantity, other.quantity):
            agreeing.append((i, j))
        elif _contradict(claims, i, j):
            contrary.append((i, j))
    numbers = Numbers(claims, {key for pair in contrary for key in _keys(_by_size(*(claims[at] for at in pair))[1])})
    contradicting = [(i, j) for i, j in contrary if not numbers.add_up(claims[i], claims[j])]
    clashing = set(chain.from_iterable(contradicting))
    above = array("L", range(len(claims)))
    for i, j in (*contradicting, *(pair for pair in agreeing if len(clashing.intersection(pair)) == 1)):
        low, high = sorted((_root(above, i), _root(above, j)))
        above[high] = low
    members: defaultdict[int, dict[str, int]] = defaultdict(dict)
    roots = {_root(above, place) for place in clashing}
    in_groups = (place for place in range(len(claims)) if _root(above, place) in roots)
    for place in sorted(in_groups, key=lambda place: (place not in clashing, place)):
        members[_root(above, place)].setdefault(claims[place].article, place)
    # of each article the figure that contradicts, else the first
    groups = tuple(
        tuple(claims[place] for place in sorted(of_article.values())) for _, of_article in sorted(members.items())
    )
    return groups, too_many


def _pairs(claims: Sequence[Claim]) -> tuple[Iterator[Pair], bool]:
    """Return each pair of articles' figures once that may be of one thing, and whether some were left out.

    They share what happened and a name, or open two accounts of one story.
    """
    numbers: dict[tuple[str, str], int] = {}
    shelves: list[array[int]] = []
    for place, one in enumerate(claims):
        for name in (*one.names, *([f"story {one.story}"] if one.first else [])):
            number = numbers.setdefault((one.kind[1], name), len(shelves))
            if number == len(shelves):
                shelves.append(array("L"))
            shelves[number].append(place)
    del numbers
    pairs, count = set[int](), len(claims)
    too_many = False
    for shelf in sorted((shelf for shelf in shelves if 1 < len(shelf) <= CROWD), key=len):
        if len(pairs) >= MOST_PAIRS:
            too_many = True
            break
        pairs.update(i * count + j for i, j in combinations(shelf, 2) if claims[i].article != claims[j].article)
    return (divmod(pair, count) for pair in sorted(pairs)), too_many


def _root(above: array[int], place: int) -> int:
    """Return the lowest place of a group; `above` leads there from each of its places, by ever shorter ways."""
    while above[place] != place:
        above[place] = above[above[place]]
        place = above[place]
    return place


def _contradict(claims: Sequence[Claim], i: int, j: int) -> bool:
    """Tell whether two figures, by their places, contradict each other, and neither of their articles explains it.

    An outlet, or an agency, that counts anew brings its own figure up to date.
    """
    one, other = claims[i], claims[j]
    if not differ(one.quantity, other.quantity) or _may_be_part(one, other):
        return False
    if sources_of(one.ranked.article) & sources_of(other.ranked.article):
        return False
    return not (_is_given(one, _beside(claims, j)) or _is_given(other, _beside(claims, i)))


def _beside(claims: Sequence[Claim], place: int) -> Iterator[Claim]:
    """Yield the figures of one article, which stand together."""
    name = claims[place].article
    for step in (-1, 1):
        at = place if step == 1 else place - 1
        while 0 <= at < len(claims) and claims[at].article == name:
            yield claims[at]
            at += step


class Numbers:
    """The numbers of a day by kind and name, with the articles that give each, to look for what makes up a whole."""

    def __init__(self, claims: Iterable[Claim], keys: Container[_Key]) -> None:
        """Take the numbers of figures that are found by some of the `keys`."""
        tellers: defaultdict[_Key, defaultdict[float, set[str]]] = defaultdict(lambda: defaultdict(set))
        for one in claims:
            for key in () if one.quantity.vague else _keys(one):
                if key in keys:
                    tellers[key][one.quantity.low].add(one.article)
        self._tellers = {key: dict(sorted(numbers.items())) for key, numbers in tellers.items()}

    def add_up(self, one: Claim, other: Claim) -> bool:
        """Tell whether the lower figure and others of the day that share a name or a story make up the higher one."""
        lower, higher = _by_size(one, other)
        missing = higher.quantity.low - lower.quantity.low
        own = {lower.article, higher.article}
        tellers = [self._tellers.get(key, {}) for key in _keys(higher)]
        if any(missing in numbers and not numbers[missing] <= own for numbers in tellers):
            return True
        lowest_first = (number for number, _ in groupby(merge(*(_given_beside(own, numbers) for numbers in tellers))))
        parts = islice(takewhile(lambda number: number < missing, lowest_first), MOST_PARTS)
        return any(sum(pair) == missing for pair in combinations(parts, 2))


def _keys(claim: Claim) -> list[_Key]:
    """Return what a figure's number is looked up by: its kind with each of its names, and with its story."""
    return [(claim.kind, name) for name in (*claim.names, f"story {claim.story}")]


def _given_beside(own: set[str], numbers: Mapping[float, set[str]]) -> Iterator[float]:
    """Yield the numbers that another article than these gives."""
    return (number for number, articles in numbers.items() if not articles <= own)


def _is_given(one: Claim, others: Iterable[Claim]) -> bool:
    """Tell whether an article gives this figure, too: then it does not contradict it with another.

    It may stand bare beside another ("14, nine of them in Rafah"), or be the sum of what one sentence counts.
    """
    number = one.quantity
    return any(
        other.kind[1] == one.kind[1]
        and other.quantity.unit == number.unit
        and not other.quantity.vague
        and (
            name_same(number, other.quantity)
            or (other.kind == one.kind and number.low == number.high and number.low in other.wholes)
        )
        for other in others
    )
