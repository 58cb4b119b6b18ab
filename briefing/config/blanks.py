"""Keys and items with nothing behind them, and the `#` that often took it, as in `accent: #17557a`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from briefing.config.naming import named, quoted
from briefing.config.nodes import leaves
from briefing.config.outline import schemas_at
from briefing.config.wording import KINDS, PATTERNS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from briefing.config.nodes import Node, Path


KINDRED = frozenset({"sources", "deliver", "on_failure"})
"""Lists whose items name their kind by their key."""


def without_value(root: Node) -> Iterator[tuple[Path, str]]:
    """Yield each known key and each item that nothing is written behind; `~` and `null` say nothing on purpose."""
    for path, leaf in leaves(root):
        if leaf.behind is not None and not _names_kind(path) and (schemas := schemas_at(path)):
            yield path, f"{named(path)} has no value: {_cure(path, leaf.behind, schemas)}"


def _names_kind(path: Path) -> bool:
    """Whether an item stands there whose key names its kind, which `wording` tells more of; or the file as a whole."""
    return not path or (len(path) == 2 and path[0] in KINDRED and isinstance(path[1], int))


def _cure(path: Path, comment: str, schemas: tuple[dict[str, Any], ...]) -> str:
    """Return what to do: put in quotes what the `#` took, remove the `#`, or give a value."""
    what = "item" if isinstance(path[-1], int) else "key"
    whole = re.split(r"\s#", comment)[0].strip()
    bare = whole.lstrip("#").strip()
    free = any(schema.get("type") == "string" and not {"pattern", "enum"} & set(schema) for schema in schemas)
    if _fits(whole, schemas) or (free and re.match(r"#[^\s#]", whole)):
        return f"a # begins a comment; put the text in quotes: {quoted(whole)}"
    if _fits(bare, schemas):
        return f"{quoted(bare)} stands in a comment; remove the # before it, or the {what}"
    behind = "what stands behind # is a comment; " if comment else ""
    return f"{behind}give it {_wanted(schemas)}, or remove the {what}"


def _fits(text: str, schemas: tuple[dict[str, Any], ...]) -> bool:
    """Whether a text is what a place takes, so far as that is a choice, a pattern or a number."""
    return bool(text) and any(
        text in schema["enum"]
        if "enum" in schema
        else re.search(schema["pattern"], text)
        if "pattern" in schema
        else schema.get("type") in {"integer", "number"} and text.isdecimal()
        for schema in schemas
    )


def _wanted(schemas: tuple[dict[str, Any], ...]) -> str:
    """Return what a place takes, in words."""
    schema = next((one for one in schemas if one.get("type") != "null"), {})
    if "enum" in schema:
        return f"one of {', '.join(map(str, schema['enum']))}"
    return PATTERNS.get(schema.get("pattern", ""), KINDS.get(schema.get("type", ""), "a value"))
