#!/usr/bin/env python3
"""Lint the architecture: which module may import which, and what only the edges may touch.

Run by `make lint`; prints one line for each broken rule, and exits 1 if there is any. docs/architecture.md has them.
"""

from __future__ import annotations

import ast
import sys
from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

PACKAGE = Path(__file__).parents[1] / "briefing"

EFFECTFUL = {
    "os",
    "pathlib",
    "time",
    "random",
    "socket",
    "smtplib",
    "sqlite3",
    "subprocess",
    "requests",
    "urllib.request",
    "urllib3",
}
EDGES = {"cli", "sources", "store", "delivery", "edition", "render", "parallel", "preview", "opening"}
"""The rooms that may touch the world; every other one is pure."""
VALUES = {"edition", "parallel"}
"""Edges whose face holds values that everybody may take: the printed value, the executor's interface."""
READERS = {"verify", "explain"}
"""Rooms that stand above the pipeline and the renderers: they check and tell what those made."""
PURE_READERS = {"languages", "packs"}
"""Rooms that read data files of the program itself: `pathlib` and no more."""
STAGES = {"extract", "ranking", "stories", "themes", "figures", "compose"}
"""They do not import each other; they meet in pipeline.py."""
BETWEEN_STAGES = {("stories", "ranking"), ("themes", "ranking"), ("compose", "ranking"), ("figures", "ranking")}
"""The choice under a budget and the sum of evidence are shared: ranking is a foundation to later stages."""
HOMES = {"sumy": "ranking", "jinja2": "render", "weasyprint": "render"}
"""Library → the one room that imports it."""
VAGUE = {"utils", "util", "helpers", "helper", "common", "misc", "core", "base", "manager"}
LONGEST = 450
"""Lines of a module."""
CLI_CALLS = {"print", "exit", "sys.exit", "datetime.now", "date.today", "time.time", "datetime.utcnow"}


@dataclass(frozen=True, slots=True)
class Import:
    """One import of a module of the package or of a library, wherever in the file it stands."""

    path: Path
    line: int
    module: str
    names: tuple[str, ...]
    only_typing: bool


def module_of(path: Path) -> str:
    """Return the dotted name below `briefing`: `text.words`; a package's own for its `__init__`."""
    return ".".join(path.relative_to(PACKAGE).with_suffix("").parts).removesuffix("__init__").rstrip(".")


def room_of(module: str) -> str:
    """Return the first part: the package, or the single module, at the top."""
    return module.split(".", maxsplit=1)[0]


@cache
def imports_of(path: Path) -> tuple[Import, ...]:
    """Return every import in a file, those inside functions and under TYPE_CHECKING too."""
    tree = ast.parse(path.read_text("utf-8"))
    typing = {
        id(inner)
        for node in ast.walk(tree)
        if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING"
        for inner in ast.walk(node)
    }
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found += [Import(path, node.lineno, alias.name, (), id(node) in typing) for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            names = tuple(alias.name for alias in node.names)
            found.append(Import(path, node.lineno, node.module, names, id(node) in typing))
    return tuple(found)


def targets(one: Import) -> Iterator[str]:
    """Yield the modules of this package that an import loads, below `briefing`."""
    if one.module == "briefing":
        yield from (name for name in one.names if (PACKAGE / name).is_dir() or (PACKAGE / f"{name}.py").exists())
    elif one.module.startswith("briefing."):
        yield one.module.removeprefix("briefing.")


def is_package(module: str) -> bool:
    """Tell whether a module below `briefing` is a package."""
    return (PACKAGE / module.replace(".", "/") / "__init__.py").exists()


def past_a_face(path: Path) -> Iterator[tuple[int, str]]:
    """Yield imports of another room's insides: `from briefing.text.words import …` outside `text`."""
    own = module_of(path)
    for one in imports_of(path):
        for target in targets(one):
            if room_of(target) == room_of(own):
                continue
            inside = "." in target
            submodules = [
                name
                for name in one.names
                if is_package(target) and name not in exported(target) and module_exists(f"{target}.{name}")
            ]
            if inside or submodules:
                yield one.line, f"imports {target} past its face; import from briefing.{room_of(target)}"


@cache
def exported(package: str) -> frozenset[str]:
    """Return the names that a face imports or declares."""
    tree = ast.parse((PACKAGE / package.replace(".", "/") / "__init__.py").read_text("utf-8"))
    imported = (alias.name for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) for alias in node.names)
    declared = (node.name for node in tree.body if isinstance(node, ast.FunctionDef | ast.ClassDef))
    return frozenset((*imported, *declared))


def module_exists(module: str) -> bool:
    """Tell whether there is such a module or package below `briefing`."""
    path = PACKAGE / module.replace(".", "/")
    return path.with_suffix(".py").exists() or (path / "__init__.py").exists()


def is_of(library: str, names: Iterable[str]) -> bool:
    """Tell whether a module is one of `names` or stands below one."""
    return any(library == name or library.startswith(f"{name}.") for name in names)


def foreign_libraries(path: Path) -> Iterator[tuple[int, str]]:
    """Yield effects in pure rooms, and libraries outside of the one room that imports them."""
    room = room_of(module_of(path))
    effects = EFFECTFUL - ({"pathlib"} if room in PURE_READERS else set())
    for one in imports_of(path):
        if room not in EDGES and not one.only_typing and is_of(one.module, effects):
            yield one.line, f"a pure module imports {one.module}"
        home = HOMES.get(one.module.split(".")[0], room)
        if home != room:
            yield one.line, f"{one.module} is imported outside of {home}/"


def wrong_direction(path: Path) -> Iterator[tuple[int, str]]:
    """Yield stages that import each other, and rooms that import what stands above them."""
    own, room = module_of(path), room_of(module_of(path))
    for one in imports_of(path):
        for other in map(room_of, targets(one)):
            if {room, other} <= STAGES and other != room and (room, other) not in BETWEEN_STAGES:
                yield one.line, f"stage {room} imports stage {other}; they meet in pipeline.py"
            above = (EDGES - VALUES) | {"pipeline"}
            if room not in EDGES | READERS and own != "pipeline" and other in above:
                yield one.line, f"{room} imports {other}, which stands above it"


def calls_of_the_command_line(path: Path) -> Iterator[tuple[int, str]]:
    """Yield prints, exits and looks at the clock outside of cli/."""
    if room_of(module_of(path)) == "cli":
        return
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Call) and ast.unparse(node.func) in CLI_CALLS:
            yield node.lineno, f"{ast.unparse(node.func)} belongs in cli/"


def shape(path: Path) -> Iterator[tuple[int, str]]:
    """Yield names that say nothing, and modules too long to be read at a sitting."""
    if path.stem in VAGUE:
        yield 1, f"the name {path.stem} says nothing"
    lines = len(path.read_text("utf-8").splitlines())
    if lines > LONGEST:
        yield LONGEST, f"{lines} lines; at most {LONGEST}"


def circles(paths: list[Path]) -> list[tuple[str, ...]]:
    """Return the circles of rooms, imports inside functions and under TYPE_CHECKING included."""
    edges: dict[str, set[str]] = defaultdict(set)
    for path in paths:
        own = room_of(module_of(path)) or "briefing"
        edges[own] |= {room_of(target) for one in imports_of(path) for target in targets(one)} - {own}
    reached = {room: reachable(room, edges) for room in list(edges)}
    groups = {tuple(sorted({room} | {o for o in reached[room] if room in reached.get(o, ())})) for room in reached}
    return sorted(group for group in groups if len(group) > 1)


def reachable(room: str, edges: dict[str, set[str]]) -> set[str]:
    """Return the rooms that a room imports, directly or by way of others."""
    found: set[str] = set()
    waiting = [room]
    while waiting:
        for other in edges.get(waiting.pop(), set()) - found:
            found.add(other)
            waiting.append(other)
    return found


def main() -> int:
    """Check every module; print what is wrong."""
    paths = sorted(PACKAGE.rglob("*.py"))
    wrong = [
        f"briefing/{path.relative_to(PACKAGE)}:{line}: {what}"
        for path in paths
        for rule in (past_a_face, foreign_libraries, wrong_direction, calls_of_the_command_line, shape)
        for line, what in rule(path)
    ]
    wrong += [f"briefing: circle of packages: {' ↔ '.join(circle)}" for circle in circles(paths)]
    print("\n".join(wrong))  # noqa: T201 - a linter prints
    return int(bool(wrong))


if __name__ == "__main__":
    sys.exit(main())
