"""Small changes to the modules that decide, and whether tests notice: `make mutate`. Exit 1 where none does.

Each change is made in a copy of the project, never in the checkout. One that the tests beside its module let pass is
built: it is a gap in the tests if the sample or a desk of `briefing init` is then printed differently.
"""

from __future__ import annotations

import argparse
import ast
import hashlib
import importlib.util
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from copy import deepcopy
from dataclasses import dataclass
from itertools import chain, zip_longest
from pathlib import Path
from queue import SimpleQueue
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

ROOT = Path(__file__).parents[1]
SECONDS = 120
"""The longest that tests or a build may take: a change that makes them go on for ever has been noticed."""

_CHOOSING = ("tests/test_selection.py", "tests/test_news.py", "tests/test_summarise.py")
_PLACING = tuple(f"tests/themes/test_themes_{name}.py" for name in ("placing", "scope", "scoring", "tuning"))
_COMPOSING = ("tests/test_keypoints.py", "tests/test_compose.py", "tests/test_silence.py", "tests/test_history.py")
_STORIES = tuple(
    f"tests/test_stories{name}.py" for name in ("", "_copies", "_bounds", "_events", "_apart", "_explained")
)

TESTS: dict[str, tuple[str, ...]] = {
    "ranking/choosing.py": _CHOOSING,
    "ranking/fusion.py": _CHOOSING,
    "themes/placing.py": _PLACING,
    "themes/relevance.py": _PLACING,
    "themes/scoring.py": _PLACING,
    "compose/weighing.py": _COMPOSING,
    "compose/composing.py": _COMPOSING,
    "stories/near_duplicates.py": _STORIES,
    "stories/same_event.py": _STORIES,
    "stories/lead.py": _STORIES,
    "delivery/slots.py": ("tests/delivery/test_slots.py",),
}
"""Each module that decides, and the tests beside it."""

_OPPOSITE: dict[type, tuple[type, ...]] = {
    ast.Lt: (ast.LtE, ast.GtE),
    ast.LtE: (ast.Lt, ast.Gt),
    ast.Gt: (ast.GtE, ast.LtE),
    ast.GtE: (ast.Gt, ast.Lt),
    ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq,),
    ast.In: (ast.NotIn,),
    ast.NotIn: (ast.In,),
    ast.Is: (ast.IsNot,),
    ast.IsNot: (ast.Is,),
    ast.Add: (ast.Sub,),
    ast.Sub: (ast.Add,),
    ast.Mult: (ast.Div,),
    ast.Div: (ast.Mult,),
    ast.And: (ast.Or,),
    ast.Or: (ast.And,),
}
_NAMES = {"min": "max", "max": "min"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One small change: the module with it, and what to show of it."""

    module: str
    line: int
    before: str
    after: str
    source: str

    def __str__(self) -> str:
        return f"{self.module}:{self.line}: {self.before} → {self.after}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """Whether the tests noticed a change, and where they did not, whether it is printed."""

    change: Change
    noticed: bool
    printed: bool = False

    def __str__(self) -> str:
        if self.noticed:
            return "noticed"
        return "survives, CHANGES WHAT IS PRINTED" if self.printed else "survives, changes nothing printed"


# ── making changes ───────────────────────────────────────────────────────────────────────────────────────────────


def changes_of(module: str, source: str) -> Iterator[Change]:
    """Yield every small change of a module."""
    tree = ast.parse(source)
    hidden = _annotations(tree)
    for number, node in enumerate(ast.walk(tree)):
        if id(node) in hidden:
            continue
        for variant in range(len(_variants(node))):
            changed = deepcopy(tree)
            target = next(item for order, item in enumerate(ast.walk(changed)) if order == number)
            after = _variants(target)[variant]
            _Replacing(target, after).visit(changed)
            yield Change(
                module=module,
                line=getattr(node, "lineno", 0),
                before=_shown(node),
                after=_shown(after),
                source=ast.unparse(ast.fix_missing_locations(changed)) + "\n",
            )


class _Replacing(ast.NodeTransformer):
    """Puts one node where another stands."""

    def __init__(self, target: ast.AST, after: ast.AST) -> None:
        self.target, self.after = target, after

    def visit(self, node: ast.AST) -> ast.AST:
        """Return the new node for the old one, and every other as it is."""
        return self.after if node is self.target else self.generic_visit(node)


def _annotations(tree: ast.AST) -> set[int]:
    """Return what stands in annotations: they decide nothing."""
    roots = [
        getattr(node, field)
        for node in ast.walk(tree)
        for field in ("annotation", "returns")
        if getattr(node, field, None) is not None
    ]
    return {id(node) for root in roots for node in ast.walk(root)}


def _variants(node: ast.AST) -> list[ast.AST]:
    """Return what may stand in a node's place; the same in number and order for equal nodes."""
    match node:
        case ast.Compare(ops=[only]):
            return [_with(node, ops=[new()]) for new in _OPPOSITE[type(only)]]
        case ast.Compare(ops=[first, *rest]):
            return [_with(node, ops=[new(), *rest]) for new in _OPPOSITE[type(first)][:1]] + [
                _with(node, ops=[first, *rest[:-1], new()]) for new in _OPPOSITE[type(rest[-1])][:1]
            ]
        case ast.BinOp(op=operator) | ast.BoolOp(op=operator):
            return [_with(node, op=new()) for new in _OPPOSITE.get(type(operator), ())]
        case ast.UnaryOp(op=ast.Not() | ast.USub(), operand=operand):
            return [operand]
        case ast.Constant(value=bool(value)):
            return [ast.Constant(not value)]
        case ast.Constant(value=int(number)):
            return [ast.Constant(number + 1), *([ast.Constant(number - 1)] if number > 0 else [])]
        case ast.Constant(value=float(number)):
            return [ast.Constant(round(number * part, 9)) for part in (1.1, 0.9)] if number else [ast.Constant(0.1)]
        case ast.If(orelse=[], body=[ast.Return() | ast.Continue() | ast.Raise()]):
            return [ast.Pass()]
        case ast.Name(id=name) if name in _NAMES:
            return [ast.Name(_NAMES[name], ctx=ast.Load())]
    return []


def _with(node: ast.AST, **fields: object) -> ast.AST:
    changed = deepcopy(node)
    for name, value in fields.items():
        setattr(changed, name, value)
    return changed


def _shown(node: ast.AST) -> str:
    text = " ".join(ast.unparse(node).split())
    return text if len(text) <= 70 else f"{text[:67]}…"


def drawn(seed: int, count: int, only: Sequence[str] = ()) -> list[Change]:
    """Return changes drawn by a seed, as evenly from the modules as these have changes; SystemExit for one gone."""
    gone = [
        path for path in (*(f"briefing/{module}" for module in TESTS), *chain(*TESTS.values())) if not _is_there(path)
    ]
    if gone:
        raise SystemExit(f"benchmarks/mutate.py: TESTS names what is gone: {', '.join(sorted(set(gone)))}")
    columns = []
    for module in TESTS:
        if only and not any(word in module for word in only):
            continue
        found = list(changes_of(module, (ROOT / "briefing" / module).read_text("utf-8")))
        random.Random(f"{seed} {module}").shuffle(found)  # noqa: S311 - nothing secret
        columns.append(found)
    rows = (change for row in zip_longest(*columns) for change in row if change is not None)
    return [change for _, change in zip(range(count), rows, strict=False)]


def _is_there(path: str) -> bool:
    return (ROOT / path).is_file()


# ── trying them ──────────────────────────────────────────────────────────────────────────────────────────────────


def copied(folder: Path) -> Path:
    """Return a copy of the project in a folder; the changes are made there."""
    unwanted = shutil.ignore_patterns(".git", ".venv", "output", "__pycache__", ".*_cache", ".hypothesis")
    shutil.copytree(ROOT, folder, ignore=unwanted, symlinks=True)
    return folder


def tried(change: Change, copy: Path, printed: dict[str, str]) -> Verdict:
    """Run the tests beside a change, and build it where they let it pass; the copy is afterwards as before."""
    path = copy / "briefing" / change.module
    kept = path.read_bytes()
    try:
        path.write_text(change.source, "utf-8")
        # Its time and size may be those of the change before, by which compiled files are told apart.
        Path(importlib.util.cache_from_source(str(path))).unlink(missing_ok=True)
        if not passes(copy, TESTS[change.module]):
            return Verdict(change=change, noticed=True)
        return Verdict(
            change=change, noticed=False, printed=print_of(copy, change.module) != printed[_probe(change.module)]
        )
    finally:
        path.write_bytes(kept)
        Path(importlib.util.cache_from_source(str(path))).unlink(missing_ok=True)


def passes(copy: Path, tests: Sequence[str]) -> bool:
    """Tell whether tests pass in a copy."""
    options = ("-x", "-q", "-p", "no:cacheprovider", "-p", "no:xdist", "--hypothesis-seed=0")
    return _run(copy, "-m", "pytest", *options, *tests) is not None


def print_of(copy: Path, module: str) -> str:
    """Return a digest of what a copy prints, or of what its timetable decides; a build that fails has its own."""
    said = _run(copy, "-c", f"from benchmarks.mutate import {_probe(module)}; print({_probe(module)}())")
    return said.splitlines()[-1] if said else "fails"


def _probe(module: str) -> str:
    return "digest_of_duties" if module == "delivery/slots.py" else "digest_of_briefs"


def _run(copy: Path, *arguments: str) -> str | None:
    """Return what a Python process in a copy prints; None where it fails or does not end."""
    environ = os.environ | {"PYTHONPATH": str(copy), "OPENBLAS_NUM_THREADS": "1"}
    try:
        ended = subprocess.run(
            [sys.executable, *arguments],
            cwd=copy,
            env=environ,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return None
    return ended.stdout if ended.returncode == 0 else None


def digest_of_briefs() -> str:
    """Build the sample and the desks of `briefing init` as JSON and Markdown; return a digest of them."""
    from briefing.cli import main

    digest = hashlib.sha256()
    for config in (ROOT / "config.yaml", *sorted((ROOT / "briefing" / "desks").glob("*/config.yaml"))):
        with tempfile.TemporaryDirectory() as folder:
            sys.argv = ["briefing", "build", "-q", "-c", str(config), "--date", "2019-03-21", "-o", folder]
            sys.argv += ["--now", "2019-03-21T05:30Z", "--format", "json,md"]
            try:
                main()
            except SystemExit as ended:
                if ended.code:
                    raise
            for path in sorted(path for path in Path(folder).rglob("brief.*")):
                digest.update(path.name.encode() + path.read_bytes())
    return digest.hexdigest()


def digest_of_duties() -> str:
    """Ask timetables of all kinds at many moments what is due; return a digest of the answers."""
    from datetime import UTC, datetime, timedelta

    from briefing.config import Schedule
    from briefing.delivery import slots

    found: list[object] = [slots.pause_after(tries) for tries in range(12)]
    for start in (datetime(2026, 3, 26, tzinfo=UTC), datetime(2026, 12, 29, tzinfo=UTC)):
        for missed in ("latest", "all", "skip"):
            for at in (["06:30"], ["17:00", "02:30"]):
                schedule = Schedule.model_validate(
                    {"at": at, "days": ["mon", "tue", "thu", "fri", "sat"], "holidays": ["12-31..01-01"]}
                    | {"missed": missed, "grace_hours": 20, "max_age_hours": 50}
                )
                table = slots.timetable(schedule, "Europe/Paris")
                known = [
                    slots.SlotRecord(edition=slot.edition, due=slot.due, state=state, tries=1, retry_at=retry_at)
                    for slot, state in zip(slots.next_slots(table, start, 5), slots.SlotState, strict=True)
                    for retry_at in (slot.due + timedelta(minutes=30) if state is slots.SlotState.PLANNED else None,)
                ]
                for minutes in range(0, 6 * 24 * 60, 10):
                    now = start + timedelta(minutes=minutes)
                    for records in ((), known[:2], known):
                        found += (slots.duty(table, now, records), slots.missed_slots(table, now, records))
                found += (slots.next_slots(table, start, 20), slots.lateness(start, start + timedelta(minutes=5)))
    return hashlib.sha256(repr(found).encode()).hexdigest()


def main(arguments: Sequence[str] | None = None) -> int:
    """Make the changes, say what became of each, and count."""
    asked = argparse.ArgumentParser(prog="make mutate", description=__doc__)
    asked.add_argument("modules", nargs="*", help="only modules whose names hold one of these words")
    asked.add_argument("--seed", type=int, default=14)
    asked.add_argument("--count", type=int, default=96)
    asked.add_argument("--jobs", type=int, default=2, help="changes tried at a time")
    options = asked.parse_args(arguments)
    begun = time.monotonic()
    changes = drawn(options.seed, options.count, options.modules)
    with tempfile.TemporaryDirectory(prefix="mutate-") as folder:
        copies: SimpleQueue[Path] = SimpleQueue()
        for number in range(options.jobs):
            copies.put(copied(Path(folder) / str(number)))
        first = copies.get()
        for tests in {TESTS[change.module] for change in changes}:
            if not passes(first, tests):
                raise SystemExit(f"these fail without any change: {' '.join(tests)}")
        printed = {_probe(module): module for module in {change.module for change in changes}}
        printed = {probe: print_of(first, module) for probe, module in printed.items()}
        if "fails" in printed.values():
            raise SystemExit("building fails without any change")
        copies.put(first)

        def verdict_on(change: Change) -> Verdict:
            copy = copies.get()
            try:
                return tried(change, copy, printed)
            finally:
                copies.put(copy)

        verdicts = []
        with ThreadPoolExecutor(options.jobs) as pool:
            for verdict in pool.map(verdict_on, changes):
                verdicts.append(verdict)
                print(f"{verdict.change}: {verdict}", flush=True)
    return _counted(verdicts, f"seed {options.seed}, {time.monotonic() - begun:.0f} s")


def _counted(verdicts: Sequence[Verdict], note: str) -> int:
    made = Counter(verdict.change.module for verdict in verdicts)
    alive = Counter(verdict.change.module for verdict in verdicts if not verdict.noticed)
    gaps = Counter(verdict.change.module for verdict in verdicts if verdict.printed)
    print(f"\n{'module':30} changes survive printed")
    for module, count in made.items():
        print(f"{module:30} {count:7} {alive[module]:7} {gaps[module]:7}")
    print(f"{'all':30} {made.total():7} {alive.total():7} {gaps.total():7}   {note}")
    return 1 if gaps else 0


if __name__ == "__main__":
    sys.exit(main())
