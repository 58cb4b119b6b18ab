"""The command line called in this process: its libraries and models are loaded once, not for each command.

What only a process can show (its start, its streams, its hash seed, its limits) is tested with one.
"""

from __future__ import annotations

import io
import subprocess
import sys
from pathlib import Path

import pytest

from briefing.cli import main

ROOT = Path(__file__).parents[1]


def call(*arguments: object, cwd: Path = ROOT, given: str = "", **environ: str) -> subprocess.CompletedProcess[str]:
    """Call the command as from a shell in `cwd`, with `given` on standard input; what nobody expects is raised."""
    command = ["briefing", *map(str, arguments)]
    out, err = (io.TextIOWrapper(io.BytesIO(), "utf-8", write_through=True) for _ in range(2))
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("OPENBLAS_NUM_THREADS", "1")  # as main() sets it
        for name, value in environ.items():
            patch.setenv(name, value)
        patch.chdir(cwd)
        patch.setattr(sys, "argv", command)
        patch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(given.encode()), "utf-8"))
        patch.setattr(sys, "stdout", out)
        patch.setattr(sys, "stderr", err)
        with pytest.raises(SystemExit) as ended:
            main()
    code = ended.value.code
    assert isinstance(code, int)
    return subprocess.CompletedProcess(command, code, _said(out), _said(err))


def _said(stream: io.TextIOWrapper) -> str:
    buffer = stream.buffer
    assert isinstance(buffer, io.BytesIO)
    return buffer.getvalue().decode()
