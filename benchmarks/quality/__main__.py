"""Runs every measure and holds the floors."""

from __future__ import annotations

import argparse
import importlib
import json
import pkgutil
import sys
import time
from typing import TYPE_CHECKING

import benchmarks.quality as here
from benchmarks.quality import ROOT, SHARED

if TYPE_CHECKING:
    from collections.abc import Iterator

    from benchmarks.quality import Measure

DIGITS = 4
"""Decimals of a floor: a value is rounded like its floor before the two are compared."""
FLOORS = ROOT / "benchmarks" / "floors.json"


def _modules(wanted: list[str]) -> Iterator[str]:
    """Yield the modules asked for: by their whole name (`desk-held-out`), else by a part of it."""
    names = [module.name for module in pkgutil.iter_modules(here.__path__) if module.name.startswith("measure_")]
    words = [word.replace("-", "_") for word in wanted] or [""]
    for name in names:
        if any(name == f"measure_{word}" if f"measure_{word}" in names else word in name for word in words):
            yield name


def _verdict(measure: Measure, floor: float | None) -> str:
    if floor is not None and round(measure.value, DIGITS) < floor - measure.epsilon - 1e-9:
        return f"SANK below its floor {floor:.4f}"
    return (
        "ok"
        if measure.value >= measure.target - 1e-9
        else f"short of its target by {measure.target - measure.value:.4f}"
    )


def main(argv: list[str]) -> int:
    """Run the measures; 1 where one sank below its floor, else 0."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.quality", description=__doc__)
    parser.add_argument("only", nargs="*", help="a measure module's name, or a part of several")
    parser.add_argument("--update", action="store_true", help="raise the floors to today's values; never lowers one")
    options = parser.parse_args(argv)
    floors: dict[str, float] = json.loads(FLOORS.read_text("utf-8")) if FLOORS.exists() else {}
    if not SHARED.is_dir():
        print("measures on ../shared/eval skipped: no ../shared")
    failed = False
    for name in _modules(options.only):
        started = time.perf_counter()
        for measure in importlib.import_module(f"benchmarks.quality.{name}").measures():
            floor = floors.get(measure.name)
            verdict = _verdict(measure, floor)
            failed = failed or verdict.startswith("SANK")
            print(f"{measure.name:58} {measure.value:9.4f}  target {measure.target:9.4f}  {verdict}", flush=True)
            if options.update:
                today = round(measure.value, DIGITS)
                floors[measure.name] = today if floor is None else max(floor, today)
        print(f"  ({name}: {time.perf_counter() - started:.1f} s)", flush=True)
    if options.update and not failed:
        FLOORS.write_text(json.dumps(floors, indent=2, sort_keys=True) + "\n", "utf-8")
    return int(failed)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
