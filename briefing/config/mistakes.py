"""A mistake in config.yaml, and how it is told: as one line, with its line underlined, or as JSON."""

from __future__ import annotations

import json
import re
import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from briefing.errors import Mistake

_SHOWN = 100
"""Mistakes that are told on a terminal; more than that is a file of another kind."""
_WINDOW = 100
"""Characters of a line that are shown."""
_SECRET = re.compile(
    r"""(?ix) (?P<key> \b\w{0,30}(?:password|passwd|secret|token)\w{0,30} ["']?\s{0,9}:\s{0,99})
              (?P<value> [^\s,}\]][^,}\]]*)
            | (?P<user> ://[^\s/@:]*:) (?P<login> [^\s/@]+) (?=@)
            | (?P<asks> [?&][^\s?&=]{1,60}=) (?P<asked> [^\s?&"'},\]]+)"""
)
"""A password as the value of a key that says so, or in a web address; bounded, so that no line takes long."""

_PAIRS = (("key", "value"), ("user", "login"), ("asks", "asked"))


def strike_out_secrets(line: str) -> str:
    """Return the line with what looks like a password replaced by as many asterisks; `${NAME}` stays."""

    def struck(match: re.Match[str]) -> str:
        before, secret = next((match[a], match[b]) for a, b in _PAIRS if match[a] is not None)
        return match[0] if secret.lstrip("\"'").startswith("${") else before + "*" * len(secret)

    return _SECRET.sub(struck, line)


def render(mistakes: Iterable[Mistake]) -> str:
    """Return the mistakes for a terminal: each with its line, the place underlined."""
    told = list(mistakes)
    lines = [line for mistake in told[:_SHOWN] for line in (str(mistake), *_underlined(mistake))]
    if len(told) > _SHOWN:
        lines.append(f"and {len(told) - _SHOWN:,} more")
    return "\n".join(lines)


def as_json(mistakes: Iterable[Mistake]) -> str:
    """Return the mistakes as a JSON list of {file, line, column, end_column, path, message}, for editors."""
    rows = [
        {
            "file": mistake.file,
            "line": mistake.line,
            "column": mistake.column,
            "end_column": mistake.column + mistake.width,
            "path": mistake.path,
            "message": mistake.message,
        }
        for mistake in mistakes
    ]
    return json.dumps(rows, ensure_ascii=False, indent=2)


def _underlined(mistake: Mistake) -> list[str]:
    """Return the mistake's line and, below it, a line of carets; nothing where there is no line to show."""
    if not mistake.source.strip():
        return []
    line, start = _window(mistake.source, mistake.column - 1)
    marked = line[start : start + mistake.width] or " "
    margin = " " * len(f"{mistake.line}")
    blank = "".join(char if char == "\t" else " " * _cells(char) for char in line[:start])
    carets = "^" * max(1, sum(_cells(char) for char in marked.rstrip()))
    return [f"  {mistake.line} | {line}", f"  {margin} | {blank}{carets}"]


def _window(source: str, start: int) -> tuple[str, int]:
    """Return the part of a long line around an offset, and the offset in that part."""
    visible = "".join(char if char.isprintable() or char == "\t" else "\N{REPLACEMENT CHARACTER}" for char in source)
    if len(visible) <= _WINDOW:
        return visible, start
    first = max(0, min(start - _WINDOW // 2, len(visible) - _WINDOW))
    before, after = ("…" if first else ""), ("…" if first + _WINDOW < len(visible) else "")
    return before + visible[first : first + _WINDOW] + after, start - first + len(before)


def _cells(char: str) -> int:
    """Return how many columns of a terminal a character takes (UAX 11: wide ones two; combining marks none)."""
    if unicodedata.combining(char):
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1
