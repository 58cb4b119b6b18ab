"""Whether two amounts can both be right."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from briefing.text import Hedge

if TYPE_CHECKING:
    from briefing.text import Quantity

ABOUT = 0.1
"""Share by which "about" may be off."""
NEARLY = 0.02
"""Share by which "nearly" may fall short of the truth that it stays under."""
ROUNDED = 0.05
"""Share by which a round number may be off at the most; half of its last figure that is no zero, if that is less."""
COUNTED = 100
"""Numbers below are taken to be counted, not rounded."""
FAR = 20.0
"""Times by which two amounts differ from which they are not of one thing: a misreading, or a part and its whole."""


def agree(one: Quantity, other: Quantity) -> bool:
    """Tell whether two amounts of the same unit leave room for one truth."""
    (low, high), (low_too, high_too) = bounds(one), bounds(other)
    return low <= high_too and low_too <= high


def differ(one: Quantity, other: Quantity) -> bool:
    """Tell whether two amounts contradict each other; those that name no number never do."""
    if one.vague or other.vague or agree(one, other):
        return False
    return max(one.high, other.high) < FAR * min(one.low, other.low)


def name_same(one: Quantity, other: Quantity) -> bool:
    """Tell whether two amounts name the same number, whatever they say of its being the least or the most."""
    (low, high), (low_too, high_too) = _named(one), _named(other)
    return low <= high_too and low_too <= high


def bounds(quantity: Quantity) -> tuple[float, float]:
    """Return the least and the most that an amount may stand for."""
    if quantity.hedge is Hedge.AT_LEAST:
        return quantity.low, math.inf
    if quantity.hedge is Hedge.UP_TO:
        return 0.0, quantity.high
    return _named(quantity)


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
    if value < COUNTED or value != int(value):
        return 0.0
    zeros = len(str(int(value))) - len(str(int(value)).rstrip("0"))
    return min(ROUNDED * value, 10.0**zeros / 2) if zeros else 0.0
