"""`${NAME}` stands for a secret and for nothing else; and what may be a secret is never shown."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from briefing.config.nodes import leaves
from briefing.config.outline import schemas_at
from briefing.config.vocabulary import SECRET

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from briefing.config.nodes import Node, Path, Place

_REFERENCE = re.compile(r"\$\{[A-Za-z_][A-Za-z0-9_]*\}")
_GUARDED = frozenset({"deliver", "on_failure"})
"""The blocks in which secrets have their place, and in which a misspelt key may hold one."""


def misplaced_references(root: Node) -> Iterator[tuple[Path, str]]:
    """Yield each `${NAME}` in a setting that is no secret."""
    for path, leaf in leaves(root):
        if isinstance(leaf.value, str) and (match := _REFERENCE.search(leaf.value)) and not _is_secret(path):
            yield path, f"{match[0]} is filled in for secrets only, such as a password; write the value out"


def struck_out(root: Node, lines: Mapping[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    """Return the lines of each file with the values struck out that no setting but a secret one is known to take."""
    struck = {name: list(rows) for name, rows in lines.items()}
    for path, leaf in leaves(root):
        if path and path[0] in _GUARDED and isinstance(leaf.value, str) and _may_be_secret(path, leaf.value):
            _strike(struck[leaf.place.file], leaf.place)
    return {name: tuple(rows) for name, rows in struck.items()}


def _may_be_secret(path: Path, value: str) -> bool:
    known = schemas_at(path)
    return not _REFERENCE.fullmatch(value) and (not known or _is_secret(path))


def _is_secret(path: Path) -> bool:
    return any(schema.get("pattern") == SECRET for schema in schemas_at(path))


def _strike(rows: list[str], place: Place) -> None:
    """Replace a value by asterisks, as many as it has characters on its first line; further lines are never shown."""
    line, start = rows[place.line - 1], place.column - 1
    rows[place.line - 1] = line[:start] + "*" * place.width + line[start + place.width :]
