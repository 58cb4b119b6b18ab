#!/usr/bin/env python3
"""Lint the architecture: which module may import which, and what only the edges may touch.

Prints one line for each broken rule and exits 1 if there is any. The rules are in docs/architecture.md.
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
    from collections.abc import Iterator, Mapping

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
PURE_READERS = {"languages": {"pathlib"}, "packs": {"pathlib"}}
"""Rooms that read data files of the program itself, and what they may import for it."""
ABOVE = EDGES - {"parallel", "edition", "opening"} | {"pipeline"}
"""What only the edges and the rooms below may import; `edition` declares the printed value, which compose makes."""
READERS = {"pipeline", "explain", "verify"}
"""Rooms that look at what the others made."""
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
    """Tell whether a name below `briefing` is a package."""
    return (PACKAGE / module.replace(".", "/") / "__init__.py").exists()


def past_a_face(path: Path) -> Iterator[tuple[int, str]]:
    """Yield the imports of another room's insides: `from briefing.text.words import …` outside `text`."""
    own = module_of(path)
    for one in imports_of(path):
        for target in targets(one):
            if room_of(target) == room_of(own):
                continue
            submodules = [name for name in one.names if module_exists(f"{target}.{name}") and name not in face(target)]
            if "." in target or submodules:
                yield one.line, f"imports {target} past its face; import from briefing.{room_of(target)}"


@cache
def face(package: str) -> frozenset[str]:
    """Return what a package imports into its own name: a function may be called as the module that it stands in."""
    path = PACKAGE / package / "__init__.py"
    return frozenset(name for one in imports_of(path) for name in one.names) if path.exists() else frozenset()


def module_exists(module: str) -> bool:
    """Tell whether the package has a module or a package of this name."""
    path = PACKAGE / module.replace(".", "/")
    return path.with_suffix(".py").exists() or (path / "__init__.py").exists()


def foreign(path: Path) -> Iterator[tuple[int, str]]:
    """Yield the libraries that a module may not import where it stands."""
    room = room_of(module_of(path))
    allowed = EFFECTFUL if room in EDGES else PURE_READERS.get(room, set())
    for one in imports_of(path):
        for name in EFFECTFUL - allowed:
            if (one.module == name or one.module.startswith(f"{name}.")) and not one.only_typing:
                yield one.line, f"a pure module imports {name}"
        home = HOMES.get(one.module.split(".")[0], room)
        if room != home:
            yield one.line, f"{one.module.split('.')[0]} is imported outside of {home}/"


def upward(path: Path) -> Iterator[tuple[int, str]]:
    """Yield the rooms that a module may not import where it stands."""
    room = room_of(module_of(path))
    for one in imports_of(path):
        for other in map(room_of, targets(one)):
            if {room, other} <= STAGES and other != room and (room, other) not in BETWEEN_STAGES:
                yield one.line, f"stage {room} imports stage {other}; they meet in pipeline.py"
            if room not in EDGES | READERS and other in ABOVE:
                yield one.line, f"{room} imports {other}, which stands above it"


def calls(path: Path) -> Iterator[tuple[int, str]]:
    """Yield the calls that belong in cli/ alone."""
    if room_of(module_of(path)) != "cli":
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func) in CLI_CALLS:
                yield node.lineno, f"{ast.unparse(node.func)} belongs in cli/"


def shape(path: Path) -> Iterator[tuple[int, str]]:
    """Yield names that say nothing, and modules that cannot be read at a sitting."""
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
    reached = {room: reach(room, edges) for room in list(edges)}
    joined = {
        tuple(sorted({room, *(other for other in reached[room] if room in reached.get(other, set()))}))
        for room in reached
    }
    return sorted(circle for circle in joined if len(circle) > 1)


def reach(room: str, edges: Mapping[str, set[str]]) -> set[str]:
    """Return every room that one imports, directly or through others."""
    found: set[str] = set()
    ahead = [room]
    while ahead:
        new = edges.get(ahead.pop(), set()) - found
        found |= new
        ahead += new
    return found


def main() -> int:
    """Check every module; print what is wrong."""
    paths = sorted(PACKAGE.rglob("*.py"))
    wrong = [
        f"briefing/{path.relative_to(PACKAGE)}:{line}: {what}"
        for path in paths
        for rule in (past_a_face, foreign, upward, calls, shape)
        for line, what in rule(path)
    ]
    wrong += [f"briefing: circle of packages: {' ↔ '.join(circle)}" for circle in circles(paths)]
    print("\n".join(wrong))  # noqa: T201 - a linter prints
    return int(bool(wrong))


if __name__ == "__main__":
    sys.exit(main())
