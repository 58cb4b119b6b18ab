"""Has documents set in type by a process of its own, with a time and a memory limit."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from briefing.errors import RenderError

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from types import TracebackType


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What setting one document may cost."""

    seconds: float = 180.0
    """A twenty-page brief takes two seconds, two thousand stories under a minute."""
    memory_bytes: int = 4 * 1024**3
    """Address space, of which a twenty-page brief uses a tenth."""


class Typesetter:
    """A process that loads WeasyPrint at once and sets one document when it is asked to.

    Start it early: while it loads, the caller can do something else. Used as a context, it never outlives its caller.
    """

    def __init__(self) -> None:
        package = Path(__file__).parents[3]
        # -P keeps the current folder, which may hold anything, out of the imports
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-m", "briefing.render.pdf.typesetter"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=os.environ | {"PYTHONPATH": str(package), "PYTHONHASHSEED": "0"},
        )

    def __enter__(self) -> Self:
        """Return itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End the process, whatever it is doing."""
        self._process.kill()
        # after a time-out, `communicate` would leave open what the rest of the job was written to
        with suppress(BrokenPipeError), self._process:
            pass

    def set_in_type(self, job: dict[str, Any], limits: Limits) -> tuple[bytes, tuple[str, ...]]:
        """Return the PDF of a job and what went wrong on the way; RenderError where the limits do not allow it."""
        payload = json.dumps(job | {"memory_bytes": limits.memory_bytes}).encode()
        try:
            answer, complaint = self._process.communicate(payload, timeout=limits.seconds)
        except subprocess.TimeoutExpired as error:
            raise RenderError(f"brief.pdf: not set in type within {limits.seconds:g} seconds") from error
        if self._process.returncode != 0:
            raise RenderError(f"brief.pdf: not set in type: {_last_line(complaint, self._process.returncode)}")
        header, _, pdf = answer.partition(b"\n")
        return pdf, tuple(json.loads(header)["problems"])


@contextmanager
def typesetter_for(formats: Collection[str]) -> Iterator[Typesetter | None]:
    """Start a typesetter where a PDF is asked for, so that it loads while the brief is made; end it in any case."""
    if "pdf" not in formats:
        yield None
        return
    with Typesetter() as typesetter:
        yield typesetter


def _last_line(complaint: bytes, code: int) -> str:
    lines = complaint.decode(errors="replace").strip().splitlines()
    return lines[-1] if lines else f"the process ended with {code}"
