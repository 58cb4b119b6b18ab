"""The rules that keep the middle pure and the arrows pointing one way."""

from __future__ import annotations

import ast
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "briefing"
MODULES = sorted(PACKAGE.rglob("*.py"))

EDGES = {"cli", "sources", "delivery", "edition", "render", "parallel", "preview", "opening"}
"""The places that may touch the world; `extract.guarded` and `extract.worker` keep parsers that crash in a process."""
EFFECTFUL = {
    "os",
    "pathlib",
    "time",
    "random",
    "socket",
    "smtplib",
    "sqlite3",
    "subprocess",
    "urllib.request",
    "requests",
}
STAGES = {"extract", "stories", "themes", "figures", "compose"}
FOUNDATIONS = {"plain_reading", "models", "edition", "errors", "languages", "text", "ranking", "config", "parallel"}
"""What a stage may build on: the values, the errors, and the concepts that several stages share."""
HOMES = {"sumy": "ranking", "jinja2": "render", "weasyprint": "render"}


def name_of(path: Path) -> str:
    return ".".join(path.relative_to(PACKAGE).with_suffix("").parts).removesuffix(".__init__")


def place_of(path: Path) -> str:
    return path.relative_to(PACKAGE).with_suffix("").parts[0]


@cache
def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"))


@cache
def imports_of(path: Path, *, typing_too: bool = False) -> set[str]:
    """Return the modules that a file imports anywhere in it, without those that only types need."""
    tree = tree_of(path)
    skipped = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING" and not typing_too:
            skipped |= {id(inner) for inner in ast.walk(node)}
    found = set()
    for node in ast.walk(tree):
        if id(node) in skipped:
            continue
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module} | {f"{node.module}.{alias.name}" for alias in node.names}
    return found


def matching(imports: set[str], names: set[str]) -> set[str]:
    return {one for one in imports for name in names if one == name or one.startswith(f"{name}.")}


@pytest.mark.parametrize("path", [p for p in MODULES if place_of(p) not in EDGES], ids=name_of)
def test_pure_modules_touch_nothing(path: Path) -> None:
    guards = {"extract.guarded", "extract.worker"}
    allowed = {"os", "time", "subprocess"} if name_of(path) in guards else set()
    assert matching(imports_of(path), EFFECTFUL) <= allowed


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_sumy_jinja_and_weasyprint_live_in_one_place_each(path: Path) -> None:
    for library, home in HOMES.items():
        if place_of(path) != home:
            assert not matching(imports_of(path, typing_too=True), {library})


@pytest.mark.parametrize("path", [p for p in MODULES if place_of(p) in STAGES], ids=name_of)
def test_stages_meet_only_in_the_pipeline(path: Path) -> None:
    others = {one.split(".")[1] for one in imports_of(path) if one.startswith("briefing.")}
    allowed = FOUNDATIONS | {place_of(path)}
    # Composing asks one question of the past, which is a value by then.
    if place_of(path) == "compose":
        allowed = allowed | {"changes"}
    assert others <= allowed


@pytest.mark.parametrize("path", [p for p in MODULES if place_of(p) not in EDGES | {"pipeline", "verify"}], ids=name_of)
def test_nothing_below_imports_the_edges(path: Path) -> None:
    others = {one.split(".")[1] for one in imports_of(path) if one.startswith("briefing.")}
    assert not others & (EDGES - {"edition", "parallel"} | {"pipeline"})


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_only_the_command_line_prints_exits_or_asks_for_the_time(path: Path) -> None:
    if place_of(path) == "cli":
        return
    calls = {ast.unparse(node.func) for node in ast.walk(tree_of(path)) if isinstance(node, ast.Call)}
    assert not calls & {"print", "exit", "sys.exit", "datetime.now", "date.today", "time.time", "datetime.utcnow"}


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_modules_stay_small(path: Path) -> None:
    assert len(path.read_text("utf-8").splitlines()) <= 400


def test_names_say_something() -> None:
    vague = {"utils", "util", "helpers", "helper", "common", "misc", "core", "base", "manager"}
    assert not [name for name in map(name_of, MODULES) if name.split(".")[-1] in vague]


def test_help_loads_nothing_slow() -> None:
    slow = ("sumy", "weasyprint", "numpy", "trafilatura", "pydantic", "jinja2", "nltk", "lxml", "rich", "py3langid")
    program = (
        "import sys; sys.argv = ['briefing', '--help']\n"
        "from briefing.cli import main\n"
        "try: main()\n"
        "except SystemExit: pass\n"
        f"print([name for name in {slow!r} if name in sys.modules])"
    )
    result = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert result.stdout.splitlines()[-1] == "[]"
