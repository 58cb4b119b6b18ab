"""config.yaml as a tree that knows where everything stands: scalars, lists and blocks, each with its place."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

Value = str | int | float | bool | None
Data: TypeAlias = "Value | list[Data] | dict[str, Data]"
Path = tuple[str | int, ...]
"""Keys and indexes from the top of the file: `("sections", 0, "title")`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where something stands: the file, 1-based line and column, and how many characters it takes on that line."""

    file: str
    line: int
    column: int
    width: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Scalar:
    """A single value."""

    value: Value
    place: Place
    refused: bool = False
    """The reader has already found a mistake here; nothing more is said about this value."""
    behind: str | None = None
    """Where nothing is written in a value's place: the comment on the rest of the line, or an empty text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Items:
    """A list."""

    items: tuple[Node, ...]
    place: Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One `key: value` of a block."""

    key: str
    key_place: Place
    value: Node


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A mapping: `key: value` lines in the order of the file, each key once."""

    entries: tuple[Entry, ...]
    place: Place
    _by_key: dict[str, Entry] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_by_key", {entry.key: entry for entry in self.entries})

    def entry(self, key: str) -> Entry | None:
        """Return the entry of a key, or None."""
        return self._by_key.get(key)


Node: TypeAlias = Scalar | Items | Block


def plain(node: Node) -> Data:
    """Return the tree as dicts, lists and scalars."""
    match node:
        case Scalar():
            return node.value
        case Items():
            return [plain(item) for item in node.items]
        case Block():
            return {entry.key: plain(entry.value) for entry in node.entries}


def child(node: Node, step: str | int) -> Node | None:
    """Return what stands under a key or index, or None."""
    match node, step:
        case Block(), str():
            entry = node.entry(step)
            return entry.value if entry else None
        case Items(), int():
            return node.items[step] if 0 <= step < len(node.items) else None
        case _:
            return None


def existing(node: Node, path: Path) -> Path:
    """Return the path without the steps that lead nowhere: those of a missing key, or that only a schema knows."""
    kept: list[str | int] = []
    for step in path:
        below = child(node, step)
        if below is not None:
            node = below
            kept.append(step)
    return tuple(kept)


def find(node: Node, path: Path) -> Node:
    """Return the node at an existing path; KeyError where there is none."""
    for step in path:
        below = child(node, step)
        if below is None:
            raise KeyError(path)
        node = below
    return node


def key_place(node: Node, path: Path) -> Place:
    """Return where the key at the end of an existing path stands; an item of a list stands for itself."""
    if not path:
        return node.place
    above = find(node, path[:-1])
    if isinstance(above, Block) and isinstance(path[-1], str):
        entry = above.entry(path[-1])
        if entry is not None:
            return entry.key_place
    return find(node, path).place


def value_place(node: Node, path: Path) -> Place:
    """Return where the value at an existing path stands: at its key where it is empty or starts on a later line."""
    key, value = key_place(node, path), find(node, path)
    empty = isinstance(value, Scalar) and value.value is None
    return key if empty or (key.file, key.line) != (value.place.file, value.place.line) else value.place


def leaves(node: Node, path: Path = ()) -> Iterator[tuple[Path, Scalar]]:
    """Yield every scalar with its path, in the order of the tree."""
    match node:
        case Scalar():
            yield path, node
        case Items():
            for index, item in enumerate(node.items):
                yield from leaves(item, (*path, index))
        case Block():
            for entry in node.entries:
                yield from leaves(entry.value, (*path, entry.key))


def blocks(node: Node, path: Path = ()) -> Iterator[tuple[Path, Block]]:
    """Yield every block with its path, in the order of the tree."""
    match node:
        case Items():
            for index, item in enumerate(node.items):
                yield from blocks(item, (*path, index))
        case Block():
            yield path, node
            for entry in node.entries:
                yield from blocks(entry.value, (*path, entry.key))


def lists(node: Node, path: Path = ()) -> Iterator[tuple[Path, Items]]:
    """Yield every list with its path, in the order of the tree."""
    match node:
        case Items():
            yield path, node
            for index, item in enumerate(node.items):
                yield from lists(item, (*path, index))
        case Block():
            for entry in node.entries:
                yield from lists(entry.value, (*path, entry.key))


def without(node: Node, paths: Iterable[Path]) -> Node | None:
    """Return the tree without what stands at the given paths; None where nothing is left."""
    below: dict[str | int, list[Path]] = {}
    for path in paths:
        if not path:
            return None
        below.setdefault(path[0], []).append(path[1:])
    if not below:
        return node
    match node:
        case Scalar():
            return node
        case Items():
            kept = (without(item, below.get(index, ())) for index, item in enumerate(node.items))
            return Items(items=tuple(item for item in kept if item is not None), place=node.place)
        case Block():
            pairs = ((entry, without(entry.value, below.get(entry.key, ()))) for entry in node.entries)
            return Block(
                entries=tuple(replace(entry, value=value) for entry, value in pairs if value is not None),
                place=node.place,
            )
