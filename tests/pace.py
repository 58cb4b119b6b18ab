"""How fast this machine is just now, so that a limit on time is a ratio against something run beside it."""

from __future__ import annotations

import time

USUAL = 0.04
"""Seconds that the yardstick takes where a limit was set."""


def slower() -> float:
    """Return how many times slower than usual this machine is just now; at least 1."""
    started = time.process_time()
    sum(number * number for number in range(1_000_000))
    return max(1.0, (time.process_time() - started) / USUAL)
