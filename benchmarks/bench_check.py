"""How long `briefing check` takes on the sample, as a new process each time: `python -m benchmarks.bench_check`.

Prints one line: the least and the median of ten, against the second that it may take on a quiet machine.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).parents[1]
TARGET = 1.0
"""Seconds."""
TIMES = 10


def main() -> int:
    """Measure, print, and return 1 where even the least took too long."""
    command = [str(Path(sys.executable).parent / "briefing"), "check", "--date", "2019-03-21"]
    times = []
    for _ in range(TIMES):
        started = time.perf_counter()
        subprocess.run(command, cwd=ROOT, capture_output=True, check=True)
        times.append(time.perf_counter() - started)
    print(
        f"check: {min(times):.2f} s at least, {statistics.median(times):.2f} s in the median of {TIMES}"
        f" (at most {TARGET:.0f})"
    )
    return 0 if min(times) < TARGET else 1


if __name__ == "__main__":
    sys.exit(main())
