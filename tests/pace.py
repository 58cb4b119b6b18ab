"""How fast this machine is just now, so that a limit on time is a ratio against something run beside it."""

from __future__ import annotations

import time

USUAL = 0.04
"""Seconds that the yardstick takes where a limit was set."""


def within(limit: float, *, since: float) -> bool:
    """Tell whether the processor time spent since a moment of `time.process_time` keeps to a limit in seconds.

    The yardstick is run only where the limit alone is exceeded: it takes longer than most of what it measures.
    """
    spent = time.process_time() - since
    return spent < limit or spent < limit * _slower()


def _slower() -> float:
    """Return how many times slower than usual this machine is just now."""
    started = time.process_time()
    sum(number * number for number in range(1_000_000))
    return (time.process_time() - started) / USUAL
