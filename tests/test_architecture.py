"""The lint of the architecture finds what it is for, and `--help` loads nothing slow."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parents[1]


@pytest.fixture
def lint(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """The lint script, looking at a package of the test's own."""
    spec = importlib.util.spec_from_file_location("architecture", ROOT / ".ci/architecture.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    monkeypatch.setitem(sys.modules, "architecture", module)
    spec.loader.exec_module(module)
    monkeypatch.setattr(module, "PACKAGE", tmp_path)
    return module


def lay(folder: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")


CASES = {
    "nothing wrong": (
        {
            "text/__init__.py": "from briefing.text.words import words\n",
            "text/words.py": "",
            "themes/a.py": "from briefing.text import words\n",
        },
        "",
    ),
    "past a face": (
        {"text/__init__.py": "", "text/words.py": "", "themes/a.py": "from briefing.text.words import x\n"},
        "past its face",
    ),
    "a submodule by name": (
        {"text/__init__.py": "", "text/w.py": "", "themes/a.py": "from briefing.text import w\n"},
        "past its face",
    ),
    "an effect": ({"themes/a.py": "def f():\n    import socket\n"}, "a pure module imports socket"),
    "a foreign library": ({"themes/a.py": "from sumy.nlp import x\n"}, "outside of ranking/"),
    "two stages": ({"themes/a.py": "import briefing.stories\n", "stories/__init__.py": ""}, "they meet in pipeline.py"),
    "upwards": ({"text/a.py": "import briefing.render\n", "render/__init__.py": ""}, "which stands above it"),
    "the clock": ({"render/a.py": "from datetime import datetime\nx = datetime.now()\n"}, "belongs in cli/"),
    "a circle": (
        {"render/a.py": "import briefing.delivery\n", "delivery/b.py": "def f():\n    import briefing.render\n"},
        "circle of packages: delivery ↔ render",
    ),
    "a long module": ({"text/a.py": "x = 1\n" * 451}, "at most 450"),
    "a vague name": ({"text/utils.py": ""}, "says nothing"),
}


@pytest.mark.parametrize(("files", "expected"), CASES.values(), ids=CASES)
def test_lint_finds(
    lint: ModuleType, tmp_path: Path, capsys: pytest.CaptureFixture[str], files: dict[str, str], expected: str
) -> None:
    lay(tmp_path, files)
    assert lint.main() == (1 if expected else 0)
    assert expected in capsys.readouterr().out


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
