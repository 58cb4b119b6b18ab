"""Errors raised on purpose, as mistakes with their places: a config's own, and a template's by the line it names."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from briefing.errors import ConfigError, Mistake

if TYPE_CHECKING:
    from briefing.errors import BriefingError

_PLACE = re.compile(r"(?P<file>[^\n]+?):(?P<line>\d+): (?P<message>.+)", re.DOTALL)
_FILE = re.compile(r"(?P<file>[^\n]+?): (?P<message>.+)", re.DOTALL)
_YAML_PLACE = re.compile(r"line (?P<line>\d+), column (?P<column>\d+)")
LARGEST = 2_000_000
"""Bytes of a template that are looked into for the line."""


def mistakes_of(error: BriefingError) -> tuple[Mistake, ...]:
    """Return what an error tells, at the line of the file that its message names where it names one."""
    if isinstance(error, ConfigError):
        return error.mistakes
    text = str(error)
    if (found := _PLACE.fullmatch(text)) and Path(found["file"]).is_file():
        return (_in_file(Path(found["file"]), int(found["line"]), found["message"]),)
    if (found := _FILE.fullmatch(text)) and Path(found["file"]).is_file():
        places = list(_YAML_PLACE.finditer(found["message"]))
        line = int(places[-1]["line"]) if places else 0
        return (_in_file(Path(found["file"]), line, found["message"]),)
    return (Mistake(file="", line=0, column=1, message=text),)


def _in_file(path: Path, number: int, message: str) -> Mistake:
    """Return a mistake in a line of a file; all of the line is meant, without the blanks around it."""
    try:
        lines = path.read_bytes()[:LARGEST].decode("utf-8", "replace").splitlines()
    except OSError:
        lines = []
    source = lines[number - 1] if 0 < number <= len(lines) else ""
    text = source.strip()
    column = len(source) - len(source.lstrip()) + 1
    return Mistake(
        file=str(path), line=number, column=column, message=message, width=max(1, len(text)), source=source.rstrip()
    )
