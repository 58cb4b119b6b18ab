"""How long `briefing check` takes on the sample, as a new process each time: `python -m benchmarks.bench_check`.

Each run has one beside it that imports the libraries which reading a config takes and does nothing; the ratio is the
median of the pairs', so that a machine whose speed drifts slows both. The figure to reach, one second, is for a quiet
machine of two processors. Python's compiled modules are used where it keeps them; PYTHONPYCACHEPREFIX=/dev/null shows
what a start without any costs, those of the standard library included.
"""

from __future__ import annotations

import resource
import statistics
import subprocess
import sys
import time
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[1]
TARGET = 1.0
"""Seconds."""
PAIRS = 10

CHECK = [str(Path(sys.executable).parent / "briefing"), "check", "--date", "2019-03-21"]
BESIDE = [sys.executable, "-c", "import click, markdown_it, yaml; from pydantic import BaseModel, Field, JsonValue"]


class Cost(NamedTuple):
    """One finished run of a command, in seconds."""

    wall: float
    processor: float
    """Of all its processes."""


def cost_of(command: list[str]) -> Cost:
    """Run a command to its end; raises CalledProcessError where it fails."""
    started, spent = time.perf_counter(), _spent()
    subprocess.run(command, cwd=ROOT, capture_output=True, check=True)
    return Cost(time.perf_counter() - started, _spent() - spent)


def _spent() -> float:
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def main() -> int:
    """Measure pairs, after one that warms the disk; print, and return 1 where even the least took too long."""
    cost_of(CHECK), cost_of(BESIDE)
    runs = [(cost_of(CHECK), cost_of(BESIDE)) for _ in range(PAIRS)]
    times = [ours.wall for ours, _ in runs]
    ratio = statistics.median(ours.wall / beside.wall for ours, beside in runs)
    print(
        f"check: {min(times):.2f} s at least, {statistics.median(times):.2f} s in the median of {PAIRS}"
        f" (at most {TARGET:.0f}); {ratio:.1f} times the import of its libraries;"
        f" {min(ours.processor for ours, _ in runs):.2f} s of processor time"
    )
    return 0 if min(times) < TARGET else 1


if __name__ == "__main__":
    sys.exit(main())
