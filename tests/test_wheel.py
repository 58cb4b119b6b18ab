"""The wheel, not only the checkout: what is built from it alone works."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def unpacked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    (wheel,) = folder.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder / "site")
    return folder / "site"


def test_a_desk_is_laid_and_its_brief_built_from_the_wheel_alone(unpacked: Path, tmp_path: Path) -> None:
    environment = {**os.environ, "PYTHONPATH": str(unpacked)}

    def run(*arguments: str) -> str:
        program = "from briefing.cli import main; import briefing; print(briefing.__file__); main()"
        command = [sys.executable, "-c", program, *arguments]
        result = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
        assert result.returncode == 0, result.stderr
        return result.stdout

    assert run("init", "desk").startswith(str(unpacked))
    built = run("build", "-q", "-c", "desk/config.yaml", "--date", "2019-03-21")
    assert (tmp_path / "desk/output/2019-03-21/brief.pdf").read_bytes().startswith(b"%PDF-"), built
    assert run("verify", "-c", "desk/config.yaml", "desk/output/2019-03-21")


def test_the_readme_says_how_to_build_and_install_the_wheel(tmp_path: Path) -> None:
    readme = (ROOT / "README.md").read_text("utf-8")
    (block,) = re.findall(r"^```console\n(.*?)^```", readme, re.MULTILINE | re.DOTALL)
    install, use = (shlex.split(line.removeprefix("$ ")) for line in block.splitlines())
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel"]
    assert f"`.venv/bin/python {shlex.join(build[1:])}`" in readme
    assert (install, use[0]) == (["pipx", "install", "."], "briefing")  # what it installs is there in a fresh checkout
    site = tmp_path / "site"
    subprocess.run([*build, "-d", str(tmp_path)], cwd=ROOT, check=True, capture_output=True)
    (wheel,) = tmp_path.glob("*.whl")
    # as pipx does it, but without its dependencies, which come from an index
    offline = ["--no-index", "--no-deps", "--quiet", "--target", str(site), str(wheel)]
    subprocess.run([sys.executable, "-m", "pip", "install", *offline], cwd=tmp_path, check=True, capture_output=True)
    assert use[0] in {path.name for path in (site / "bin").iterdir()}


def test_the_wheel_holds_no_tests_and_no_output(unpacked: Path) -> None:
    tops = {path.name for path in unpacked.iterdir() if not path.name.endswith(".dist-info")}
    assert tops == {"briefing"}
