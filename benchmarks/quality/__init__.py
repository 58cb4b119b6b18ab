"""The quality gate: measures against labelled sets, held by pinned floors.

Each module here named `measure_*.py` has a function `measures()` that yields `Measure`s. `python -m benchmarks.quality`
runs them all (or those whose names contain an argument), prints a table, and fails where a value sinks below its floor
in `floors.json`. `--update` raises floors to today's values and refuses to lower one.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
SHARED = ROOT.parent / "shared" / "eval"
"""Labelled sets that are not part of the project; what needs them is skipped where they are absent."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """A figure: higher is better. `target` is what it should reach, `epsilon` how far it may sink, and `why` so far."""

    name: str
    value: float
    target: float
    epsilon: float = 0.0
    why: str = "deterministic"
