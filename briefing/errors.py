"""Every error raised on purpose.

BriefingError
├── ConfigError      nothing has run; carries every mistake        exit 2
├── SourceError      a whole source is out of reach                printed in the brief
├── StoreError       what was collected cannot be kept or read     exit 1
├── RenderError      the brief could not be set in type            exit 1
└── DeliveryError    the edition exists; handing it over failed    exit 4; a retry is safe

An article that fails is no error but a `Problem`, a value beside the flow: printed in the brief; exit 0, or 3 with
--strict. A message says what is wrong, where (an origin, or a YAML path and line) and what to do. What is not one of
these is a bug and keeps its traceback.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


class BriefingError(Exception):
    """The root: catching it catches every error that the program raises on purpose."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mistake:
    """One mistake: the place (1-based line and column, in characters), what is wrong and what to do.

    Line 0 is no place in the file: there is none, or it cannot be read.
    """

    file: str
    line: int
    column: int
    message: str
    width: int = 1
    """How many characters are meant, from `column` on."""
    source: str = ""
    """The line as it stands in the file, with secrets struck out; empty where there is none to show."""
    path: str = ""
    """The key's place in the file as programs name it: `sections.0.title`; empty for the file as a whole."""

    def __str__(self) -> str:
        place = f":{self.line}:{self.column}" if self.line else ""
        return f"{self.file}{place}: {self.message}"


class ConfigError(BriefingError):
    """The configuration has mistakes; nothing has run. `mistakes` holds all of them, in file order."""

    def __init__(self, mistakes: Sequence[Mistake]) -> None:
        self.mistakes = tuple(mistakes)
        super().__init__("\n".join(str(mistake) for mistake in self.mistakes))


class SourceError(BriefingError):
    """A whole source is out of reach."""

    def __init__(self, origin: str, reason: str) -> None:
        self.origin = origin
        self.reason = reason
        super().__init__(f"{origin}: {reason}")


class StoreError(BriefingError):
    """What was collected cannot be kept or read."""


class RenderError(BriefingError):
    """The brief could not be set in type, or its files could not be written."""


class DeliveryError(BriefingError):
    """The edition exists, but handing it over failed; a retry is safe."""
