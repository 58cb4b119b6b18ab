"""Places and values of config.yaml in the words of a message."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from briefing.config.mistakes import strike_out_secrets

if TYPE_CHECKING:
    from briefing.config.nodes import Path

CLIP = 40
"""Characters of a value that a message repeats."""
LONG = 1e6
"""A number from which on its digits are told by their count."""


def named(path: Path) -> str:
    """Return what a message calls a place: the key, or the item of a list by its number."""
    if not path:
        return "the file"
    if isinstance(path[-1], int):
        return f"item {path[-1] + 1} of `{next((step for step in reversed(path) if isinstance(step, str)), '')}`"
    return f"`{clipped(path[-1])}`"


def described(value: object) -> str:
    """Return a value in words: `the text 'many'`, `the whole number 5`, `nothing`, `a list`, `a block`."""
    match value:
        case None:
            return "nothing"
        case bool():
            return str(value).lower()
        case int():
            return f"the whole number {value}"
        case float():
            return f"the number {value:.1f}" if value.is_integer() and abs(value) < LONG else f"the number {value:g}"
        case str():
            return f"the text {quoted(value)}" if value else "an empty text"
        case list():
            return "a list"
        case _:
            return "a block of keys"


def quoted(text: str) -> str:
    """Return a text in quotes, clipped, what cannot be printed made visible."""
    shown = clipped(strike_out_secrets(text))
    return "'" + "".join(char if char.isprintable() else "\N{REPLACEMENT CHARACTER}" for char in shown) + "'"


def blank_in(text: str) -> str | None:
    """Return the name of the first blank that is no plain space, such as web pages and word processors put; or None."""
    blank = next((char for char in text if char.isspace() and char != " "), None)
    return None if blank is None else "a tab" if blank == "\t" else f"a {unicodedata.name(blank, 'blank').lower()}"


def clipped(text: str) -> str:
    """Return a text that is not too long for a message."""
    return text if len(text) <= CLIP else text[: CLIP - 1] + "…"


def number(value: object) -> str:
    """Return a number without digits that say nothing."""
    return f"{value:g}" if isinstance(value, float) else f"{value}"
