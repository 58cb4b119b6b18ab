"""A value that is none of those that there are, and the one that was meant."""

from __future__ import annotations

import re
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any

from briefing.config.naming import described, named

if TYPE_CHECKING:
    from collections.abc import Sequence

    from briefing.config.nodes import Path

RENAMED = {"tlpwhite": "TLP:CLEAR", "white": "TLP:CLEAR"}
"""Names that a standard gave up: of TLP 1.0 in 2.0 (FIRST, August 2022)."""


def literal(path: Path, found: object, told: dict[str, Any]) -> str:
    """Tell of a value that is none of those that there are, and of the one that was meant."""
    allowed = [word.strip("'") for word in told["expected"].replace(" or ", ", ").split(", ")]
    choice = f"must be {allowed[0]}" if len(allowed) == 1 else f"must be one of {', '.join(allowed)}"
    told_so = f"{named(path)} {choice}, not {described(found)}"
    if not isinstance(found, str):
        return told_so
    if found in allowed:
        return f"{told_so}; write it without quotes"
    if _letters(found) in RENAMED:
        return f"{told_so}; it is the old name of {RENAMED[_letters(found)]}"
    near = _meant(found[:100], allowed)
    return told_so + (f"; did you mean {near}?" if near else "")


def _meant(found: str, allowed: Sequence[str]) -> str | None:
    """Return which of some words was meant, whatever its case, its blanks and what all of them begin with; or None."""
    common = _letters(_shared_beginning(allowed)) if len(allowed) > 1 else ""
    by_letters = {_letters(word).removeprefix(common): word for word in allowed}
    near = get_close_matches(_letters(found).removeprefix(common), by_letters, n=1)
    return by_letters[near[0]] if near else None


def _shared_beginning(words: Sequence[str]) -> str:
    first, last = min(words), max(words)
    return next((first[:at] for at, char in enumerate(first) if not last.startswith(char, at)), first)


def _letters(text: str) -> str:
    return re.sub(r"[\W_]", "", text.casefold())
