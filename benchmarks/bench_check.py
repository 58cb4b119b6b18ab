"""How long `briefing check` takes on the sample, as a new process each time: `python -m benchmarks.bench_check`.

Measured twice: with Python's compiled modules where it keeps them, as on every start but the first, and without any,
as on the first or where PYTHONDONTWRITEBYTECODE is set. Each run has one beside it that imports the libraries which
reading a config takes and does nothing; the ratio is the median of the pairs', so that a machine whose speed drifts
slows both. The figure to reach, one second, is for a quiet machine of two processors.
"""

from __future__ import annotations

import os
import resource
import statistics
import subprocess
import sys
import tempfile
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


def cost_of(command: list[str], environ: dict[str, str]) -> Cost:
    """Run a command to its end; raises CalledProcessError where it fails."""
    started, spent = time.perf_counter(), _spent()
    subprocess.run(command, cwd=ROOT, capture_output=True, check=True, env=environ)
    return Cost(time.perf_counter() - started, _spent() - spent)


def _spent() -> float:
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def measure(label: str, environ: dict[str, str]) -> float:
    """Print what pairs of runs took, after one that warms the disk; return the least."""
    cost_of(CHECK, environ), cost_of(BESIDE, environ)
    runs = [(cost_of(CHECK, environ), cost_of(BESIDE, environ)) for _ in range(PAIRS)]
    times = [ours.wall for ours, _ in runs]
    ratio = statistics.median(ours.wall / beside.wall for ours, beside in runs)
    print(
        f"check, {label:22} {min(times):.2f} s at least, {statistics.median(times):.2f} s in the median of {PAIRS},"
        f" {ratio:.1f} times the import of its libraries;"
        f" {min(ours.processor for ours, _ in runs):.2f} s of processor time",
        flush=True,
    )
    return min(times)


def main() -> int:
    """Measure, print, and return 1 where even the least took too long."""
    usual = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    with tempfile.TemporaryDirectory() as kept, tempfile.TemporaryDirectory() as empty:
        compiled = measure("compiled modules kept:", usual | {"PYTHONPYCACHEPREFIX": kept})
        cold = measure("nothing kept:", usual | {"PYTHONPYCACHEPREFIX": empty, "PYTHONDONTWRITEBYTECODE": "1"})
    print(f"at most {TARGET:.0f} s: {'ok' if max(compiled, cold) < TARGET else 'too long'}")
    return 0 if max(compiled, cold) < TARGET else 1


if __name__ == "__main__":
    sys.exit(main())
