#!/usr/bin/env python3
"""Lint the architecture: which module may import which, and what only the edges may touch.

Run by `make lint`; prints one line per broken rule and exits 1 if there is any. The rules stand in docs/architecture.md.
"""

from __future__ import annotations

import ast
import sys
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

PACKAGE = Path(__file__).parents[1] / "briefing"

EFFECTFUL = {"os", "pathlib", "time", "random", "socket", "smtplib", "sqlite3", "subprocess", "requests", "urllib.request", "urllib3"}
EDGES = {"cli", "sources", "store", "delivery", "edition", "render", "parallel", "preview"}
"""The rooms that may touch the world; every other one is pure."""
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
    return (PACKAGE / module.replace(".", "/") / "__init__.py").exists()


def past_a_face(path: Path) -> Iterator[tuple[int, str]]:
    """Imports of another room's insides: `from briefing.text.words import …` outside `text`."""
    own = module_of(path)
    for one in imports_of(path):
        for target in targets(one):
            if room_of(target) == room_of(own):
                continue
            inside = "." in target
            submodules = [name for name in one.names if is_package(target) and module_exists(f"{target}.{name}")]
            if inside or submodules:
                yield one.line, f"imports {target} past its face; import from briefing.{room_of(target)}"


def module_exists(module: str) -> bool:
    path = PACKAGE / module.replace(".", "/")
    return path.with_suffix(".py").exists() or (path / "__init__.py").exists()


def forbidden(path: Path) -> Iterator[tuple[int, str]]:
    """What a module may not import or call where it stands."""
    own, room = module_of(path), room_of(module_of(path))
    for one in imports_of(path):
        library = one.module
        for name in EFFECTFUL:
            if (library == name or library.startswith(f"{name}.")) and room not in EDGES and not one.only_typing:
                if not (room in PURE_READERS and name == "pathlib"):
                    yield one.line, f"a pure module imports {name}"
        for name, home in HOMES.items():
            if library.split(".")[0] == name and room != home:
                yield one.line, f"{name} is imported outside of {home}/"
        for target in targets(one):
            other = room_of(target)
            if room in STAGES and other in STAGES and other != room and (room, other) not in BETWEEN_STAGES:
                yield one.line, f"stage {room} imports stage {other}; they meet in pipeline.py"
            if room not in EDGES | {"cli"} and own != "pipeline" and other in (EDGES - {"parallel"}) | {"pipeline"}:
                yield one.line, f"{room} imports {other}, which stands above it"
    if room != "cli":
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func) in CLI_CALLS:
                yield node.lineno, f"{ast.unparse(node.func)} belongs in cli/"


def shape(path: Path) -> Iterator[tuple[int, str]]:
    """Names that say something, and modules that can be read at a sitting."""
    if path.stem in VAGUE:
        yield 1, f"the name {path.stem} says nothing"
    lines = len(path.read_text("utf-8").splitlines())
    if lines > LONGEST:
        yield LONGEST, f"{lines} lines; at most {LONGEST}"


def circles(paths: list[Path]) -> list[tuple[str, ...]]:
    """Return the circles of rooms, imports inside functions and under TYPE_CHECKING included (Tarjan 1972)."""
    edges: dict[str, set[str]] = defaultdict(set)
    for path in paths:
        own = room_of(module_of(path)) or "briefing"
        edges[own] |= {room_of(target) for one in imports_of(path) for target in targets(one)} - {own}
    index: dict[str, int] = {}
    low: dict[str, int] = {}
    stack: list[str] = []
    found: list[tuple[str, ...]] = []

    def visit(room: str) -> None:
        index[room] = low[room] = len(index)
        stack.append(room)
        for other in sorted(edges[room]):
            if other not in index:
                visit(other)
                low[room] = min(low[room], low[other])
            elif other in stack:
                low[room] = min(low[room], index[other])
        if low[room] == index[room]:
            circle = []
            while True:
                circle.append(stack.pop())
                if circle[-1] == room:
                    break
            if len(circle) > 1:
                found.append(tuple(sorted(circle)))

    for room in sorted(edges):
        if room not in index:
            visit(room)
    return found


def main() -> int:
    """Check every module; print what is wrong."""
    paths = sorted(PACKAGE.rglob("*.py"))
    wrong = [
        f"briefing/{path.relative_to(PACKAGE)}:{line}: {what}"
        for path in paths
        for rule in (past_a_face, forbidden, shape)
        for line, what in rule(path)
    ]
    wrong += [f"briefing: circle of packages: {' ↔ '.join(circle)}" for circle in circles(paths)]
    print("\n".join(wrong))  # noqa: T201 - a linter prints
    return int(bool(wrong))


if __name__ == "__main__":
    sys.exit(main())
