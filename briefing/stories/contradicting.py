"""Whether two articles say different things: figures, days, names.

Shared wording makes neither a copy nor one event: bulletins and daily reports keep their sentences and change what they
say, and two strikes of one night are told with the same background.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from briefing.stories.substance import Figure, Names, Numbers, Substance

HALF = 0.5
"""Share of a title and first sentence that accounts of one event tell, where their figures are far apart."""
STRANGERS = 2
"""Names that first sentences must each have for themselves to tell of others: with one, spellings are enough."""
FAR = 2.0
"""How many times one figure must be another for them not to be of one event: tolls that rise seldom double."""
NEAR = 0.05
"""Share by which figures may differ and still be one that was rounded."""


def differs(one: Substance, other: Substance) -> bool:
    """Tell whether each article gives figures, days or names that are its own, where the other has others."""
    days = one.leading_days - other.days and other.leading_days - one.days
    return bool(days) or _titled_otherwise(one, other) or counts_otherwise(one, other)


def counts_otherwise(one: Substance, other: Substance) -> bool:
    """Tell whether both articles have figures of their own for what is told in the same words, or in one sentence."""
    frames = one.frames.keys() & other.frames.keys()
    return next(_differing(one, other), None) is not None or any(
        _apart(one.frames[frame], other.frames[frame]) for frame in frames
    )


def contradicts(one: Substance, other: Substance) -> bool:
    """Tell whether two articles in one language, alike as they are, cannot tell of one event.

    Their titles name what the other article does not, and nothing in common; or they count differently what is told in
    the same words, under such titles or on another day, or far apart, with other names in the first sentences or little
    else in common there.
    """
    if _titled_otherwise(one, other):
        return True
    named = _own_names(one.names, other.names, one, other) > 0
    if (named or _apart_in_time(one, other)) and counts_otherwise(one, other):
        return True
    if min(told(one, other), told(other, one)) >= HALF and _own_names(one.called, other.called, one, other) < STRANGERS:
        return False
    apart = [
        _ratio(our.number, their.number)
        for our, their in _differing(one, other)
        if {our, their} <= one.heading | other.heading
    ]
    return min(apart, default=1.0) > FAR


def told(one: Substance, other: Substance) -> float:
    """Return the share of the title and the first sentence whose words the other article has."""
    return len(one.head & other.stems) / len(one.head) if one.head else 1.0


def _apart_in_time(one: Substance, other: Substance) -> bool:
    days = one.leading_days - other.days and other.leading_days - one.days
    return bool(days or (one.dates - other.dates and other.dates - one.dates))


def _titled_otherwise(one: Substance, other: Substance) -> bool:
    """Tell whether each title names what the other article does not, and the titles share no name.

    Where they share one, who acts may just be called otherwise (Islamic State, Daesh).
    """
    shared = any(not our.isdisjoint(their) for our in one.names for their in other.names)
    return not shared and _own_names(one.names, other.names, one, other) > 0


def _own_names(ours: Names, theirs: Names, one: Substance, other: Substance) -> int:
    """Return how many names each side has at the least of which the other article says nothing."""
    return min(sum(map(other.words.isdisjoint, ours)), sum(map(one.words.isdisjoint, theirs)))


def _differing(one: Substance, other: Substance) -> Iterator[tuple[Figure, Figure]]:
    """Yield the figures of each opening that the other article lacks, of what is told in the same words, in pairs."""
    ours, theirs = _missing(one.leading, other.numbers), _missing(other.leading, one.numbers)
    return ((our, their) for our in ours for their in theirs if not our.beside.isdisjoint(their.beside))


def _missing(figures: Sequence[Figure], others: frozenset[float]) -> list[Figure]:
    """Return the figures that have none like them among the others."""
    return [one for one in figures if one.number not in others and not any(_near(one.number, o) for o in others)]


def _ratio(one: float, other: float) -> float:
    return max(one, other) / max(min(one, other), 1.0)


def _near(one: float, other: float) -> bool:
    return abs(one - other) <= NEAR * max(one, other)


def _apart(ours: frozenset[Numbers], theirs: frozenset[Numbers]) -> bool:
    """Tell whether one sentence holds as many figures in both articles, and others."""
    return all(
        len(our) == len(their) and not all(_near(*pair) for pair in zip(our, their, strict=True))
        for our in ours
        for their in theirs
    )
