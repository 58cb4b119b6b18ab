"""Which figures are of one thing, and which of those contradict each other.

Two figures are compared where what is counted, what befell it and the time that it runs over are the same, where they
share a name or open two accounts of one story, and where neither names another day. They differ where both cannot be
right (see `agreement`), where each of the two articles gives no figure that agrees with the other's, and where neither
seems to be a part of the other, by its names or by what others count that makes up the rest. Precision comes
first: what stays unsure is not told. The constants were tried on the development days of
`benchmarks/sets/figures.jsonl`.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from itertools import combinations
from typing import TYPE_CHECKING

from briefing.figures.agreement import differ, name_same
from briefing.figures.classes import ALIKE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from briefing.figures.mentions import Mention

CROWD = 60
"""Figures of one kind that share a name from which the name says too little to compare them all."""
WITHIN = timedelta(hours=48)
"""Between two articles on one event, where both are dated."""
SAME_NAMES, MORE_NAMES, OTHER_NAMES = 0.35, 0.5, 0.6
"""Evidence from which two sentences in one language tell of one event: where both have the same names, where one has
more, and where each has some of its own. It is the share of the shorter one's own words that stand in the other, with
what the next three add."""
MAIN = 0.25
"""Where both are what two accounts of one story give first: this much more."""
SAME_DAY = 0.25
"""Where both name a day, and the same one."""
RARE = 0.2
"""Where few articles of the day tell anything of the kind: this much at the most."""
NAME = 0.05
"""For each name that they share beyond the first."""
PARTS = (1, 2)
"""How many of a sentence's other numbers a figure may make up a whole with."""
MOST_PARTS = 12
"""Other figures of which two are tried as what is missing in a lower one."""
DIGITS = 9
"""Decimals by which sums are compared."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A figure with what it is compared by."""

    mention: Mention
    names: Mapping[str, str]
    """Names beside it, by key, as they are written."""
    content: frozenset[str]
    """Stems of its sentence's own words."""
    story: str
    """The id of the story that its article tells."""
    rarity: float
    """How rare it is on that day that anything of the kind is told, 0 to 1."""
    first: bool
    """Whether it is the article's first figure of its kind that runs over no longer time."""

    @property
    def article(self) -> str:
        """The id of the article."""
        return self.mention.ranked.article.id

    @property
    def published(self) -> datetime | None:
        """When its article came out; a bare day counts from its noon."""
        moment = self.mention.ranked.article.published
        if moment is None or isinstance(moment, datetime):
            return moment
        return datetime.combine(moment, time(12), UTC)


def contradictions(told: Sequence[Told]) -> tuple[tuple[Told, ...], ...]:
    """Return groups of figures of one thing, in the order in which they were told; in each, some contradict others."""
    by_article: defaultdict[str, list[Told]] = defaultdict(list)
    for one in told:
        by_article[one.article].append(one)
    family = list(range(len(told)))
    clashing: set[int] = set()
    agreeing: list[tuple[int, int]] = []
    for i, j in _pairs(told):
        one, other = told[i], told[j]
        if not _is_comparable(one, other):
            continue
        if name_same(one.mention.quantity, other.mention.quantity):
            agreeing.append((i, j))
        elif _contradicts(one, other, by_article) and not _adds_up(one, other, told):
            clashing |= {i, j}
            _join(family, i, j)
    for i, j in agreeing:
        if (i in clashing) != (j in clashing):
            _join(family, i, j)
    return _groups(told, family, clashing)


def _pairs(told: Sequence[Told]) -> Iterator[tuple[int, int]]:
    """Yield each pair of articles' figures once that share what befell it and a name."""
    shelves: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
    for place, one in enumerate(told):
        for name in (*one.names, *([f"story {one.story}"] if one.first else [])):
            shelves[one.mention.happening, name].append(place)
    seen: set[tuple[int, int]] = set()
    for shelf in shelves.values():
        if len(shelf) <= CROWD:
            seen.update(pair for pair in combinations(shelf, 2) if told[pair[0]].article != told[pair[1]].article)
    yield from sorted(seen)


def _is_comparable(one: Told, other: Told) -> bool:
    return is_comparable(one, other) and _are_near(one, other)


def is_comparable(one: Told, other: Told) -> bool:
    """Tell whether two figures count one thing, whenever they were published."""
    a, b = one.mention, other.mention
    if a.aside or b.aside or a.several != b.several:
        return False
    same_thing = a.thing == b.thing or any({a.thing, b.thing} <= things for things in ALIKE.get(a.happening, ()))
    same_time = a.scope == b.scope and (not a.days or not b.days or bool(a.days & b.days))
    same_unit = a.quantity.unit == b.quantity.unit
    return same_thing and same_time and same_unit and _is_one_event(one, other)


def _is_one_event(one: Told, other: Told) -> bool:
    """Tell whether two sentences speak of one event, as far as their names and words show."""
    shared = one.names.keys() & other.names.keys()
    own, others = one.names.keys() - shared, other.names.keys() - shared
    are_main = _are_main(one, other)
    if one.mention.sentence.language != other.mention.sentence.language:
        days = len(one.mention.days & other.mention.days)
        return are_main or (bool(shared) and days >= (2 if own and others else 1))
    if not shared and not are_main:
        return False
    evidence = len(one.content & other.content) / max(1, min(len(one.content), len(other.content)))
    evidence += SAME_DAY if one.mention.days & other.mention.days else 0.0
    evidence += RARE * one.rarity + NAME * max(0, len(shared) - 1) + (MAIN if are_main else 0.0)
    if own and others:
        return evidence >= OTHER_NAMES and len(shared) > max(len(own), len(others))
    return round(evidence, DIGITS) >= (MORE_NAMES if own or others else SAME_NAMES)


def _are_main(one: Told, other: Told) -> bool:
    """Tell whether both are what two articles of one story give first, and no name speaks against it."""
    apart = one.names and other.names and one.names.keys().isdisjoint(other.names)
    return one.story == other.story and one.first and other.first and not apart


def _are_near(one: Told, other: Told) -> bool:
    """Tell whether two articles came out within the time of one event's news; undated ones may have."""
    first, second = one.published, other.published
    return first is None or second is None or abs(first - second) <= WITHIN


def _contradicts(one: Told, other: Told, by_article: Mapping[str, Sequence[Told]]) -> bool:
    """Tell whether two figures contradict each other, and no figure of the two articles reconciles them."""
    if not differ(one.mention.quantity, other.mention.quantity) or _may_be_part(one, other):
        return False
    outlets = {item.mention.ranked.article.outlet for item in (one, other)}
    if len(outlets) == 1 and None not in outlets:
        return False  # an outlet that counts anew brings its own figure up to date
    return not _is_told_by(one, by_article[other.article]) and not _is_told_by(other, by_article[one.article])


def _is_told_by(one: Told, others: Iterable[Told]) -> bool:
    """Tell whether an article gives this figure, too: then it does not contradict it with another.

    It may stand bare beside another ("14, nine of them in Rafah"), or be the sum of what one sentence counts.
    """
    mention = one.mention
    return any(
        other.mention.happening == mention.happening
        and other.mention.quantity.unit == mention.quantity.unit
        and not other.mention.quantity.vague
        and (name_same(mention.quantity, other.mention.quantity) or _stands_beside(mention, other.mention))
        for other in others
    )


def _stands_beside(one: Mention, other: Mention) -> bool:
    number, beside = one.quantity.low, other.beside
    sums = {other.quantity.low + sum(some) for size in PARTS for some in combinations(beside, size)}
    return one.thing == other.thing and number == one.quantity.high and number in sums.union(beside)


def _adds_up(one: Told, other: Told, told: Sequence[Told]) -> bool:
    """Tell whether the lower figure and others of the day that share a name or a story make up the higher one."""
    lower, higher = sorted((one, other), key=lambda each: each.mention.quantity.high)
    missing = higher.mention.quantity.low - lower.mention.quantity.low
    near = {
        each.mention.quantity.low
        for each in told
        if (each.mention.thing, each.mention.happening) == (higher.mention.thing, higher.mention.happening)
        and each.article not in {lower.article, higher.article}
        and not each.mention.quantity.vague
        and (each.names.keys() & higher.names.keys() or each.story == higher.story)
        and each.mention.quantity.low < missing + 1
    }
    return missing in near or any(sum(pair) == missing for pair in combinations(sorted(near)[:MOST_PARTS], 2))


def _may_be_part(one: Told, other: Told) -> bool:
    """Tell whether the lower figure has a name that the higher lacks: it may be of one place among several."""
    if _are_main(one, other) and not one.names.keys() & other.names.keys():
        return False
    lower, higher = sorted((one, other), key=lambda told: told.mention.quantity.high)
    return bool(lower.names.keys() - higher.names.keys()) and not higher.names.keys() - lower.names.keys()


def _join(family: list[int], i: int, j: int) -> None:
    old, new = sorted((family[i], family[j]), reverse=True)
    for place, root in enumerate(family):
        if root == old:
            family[place] = new


def _groups(told: Sequence[Told], family: Sequence[int], clashing: set[int]) -> tuple[tuple[Told, ...], ...]:
    """Return the families that hold a contradiction; of each article the figure that contradicts, else the first."""
    members: defaultdict[int, dict[str, int]] = defaultdict(dict)
    for place in sorted(range(len(told)), key=lambda place: (place not in clashing, place)):
        members[family[place]].setdefault(told[place].article, place)
    return tuple(
        tuple(told[place] for place in sorted(of_article.values()))
        for root, of_article in sorted(members.items())
        if any(place in clashing for place in of_article.values())
    )
