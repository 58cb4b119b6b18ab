"""`extends: other.yaml`: a file laid over another one.

Blocks are joined key by key, the extending file's values before the extended one's; lists replace each other, but for
`sections`: a section of the same id is replaced where it stands, a new one comes behind. Each value keeps its place, so
that a mistake points into the file that it stands in.
"""

from __future__ import annotations

import posixpath
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from briefing.config.decoding import decode
from briefing.config.mistakes import strike_out_secrets
from briefing.config.nodes import Block, Entry, Items, Node, Place, Scalar
from briefing.config.reader import Reader
from briefing.errors import ConfigError, Mistake

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

KEY = "extends"
MOST_FILES = 5
"""How many files may extend each other; deeper ones nobody can follow."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Extended:
    """The tree of a file and of those that it extends, what was refused on the way, and the lines of each file."""

    node: Node | None
    mistakes: tuple[Mistake, ...]
    lines: dict[str, tuple[str, ...]]
    """By file name, in the order in which the files were read."""
    incomplete: bool = False
    """A file that is extended could not be read, so that nothing can be said to be missing."""
    replaced: Mapping[str, str] = field(default_factory=dict)
    """The ids of sections that a file gives in the place of another file's, each with the name of that file."""

    def mistake(self, place: Place, message: str, *, path: str = "") -> Mistake:
        """Return a mistake at a place, with its line."""
        lines = self.lines.get(place.file, ())
        source = strike_out_secrets(lines[place.line - 1]) if place.line <= len(lines) else ""
        return Mistake(
            file=place.file,
            line=place.line,
            column=place.column,
            width=place.width,
            message=message,
            source=source,
            path=path,
        )

    def order(self, place: Place | Mistake) -> tuple[int, int, int]:
        """Return what places are sorted by: the file, the line, the column."""
        files = [*self.lines]
        return files.index(place.file) if place.file in files else len(files), place.line, place.column

    def position(self, mistake: Mistake) -> tuple[int, int, int, str]:
        """Return what mistakes are sorted by: place, then words."""
        return (*self.order(mistake), mistake.message)


def extended(text: str, *, name: str, read: Callable[[str], bytes] | None) -> Extended:
    """Return a file laid over those that it extends; raises ConfigError for a text that is no text file."""
    return _extended(text, name=name, read=read, chain=(posixpath.normpath(name),))


def _extended(text: str, *, name: str, read: Callable[[str], bytes] | None, chain: tuple[str, ...]) -> Extended:
    """Read one file, and below it the one that it extends; `chain` are the files that led here and this one."""
    reader = Reader(text, name=name)
    own = Extended(node=reader.read(), mistakes=tuple(reader.mistakes), lines={name: reader.lines})
    entry = own.node.entry(KEY) if isinstance(own.node, Block) else None
    if entry is None:
        return own
    if not (isinstance(entry.value, Scalar) and isinstance(entry.value.value, str)):
        return replace(own, incomplete=True)
    other = posixpath.normpath(posixpath.join(posixpath.dirname(name), entry.value.value))
    try:
        base_text = decode(_content(other, read=read, chain=chain), name=other)
        base = _extended(base_text, name=other, read=read, chain=(*chain, other))
    except _NotFollowedError as refusal:
        return _unfollowed(own, own.mistake(entry.value.place, str(refusal), path=KEY))
    except ConfigError as error:
        return _unfollowed(own, *error.mistakes)
    if not isinstance(base.node, Block) and not base.mistakes:
        told = f"'{other}' must be a block of `key: value` lines to be extended"
        return _unfollowed(own, own.mistake(entry.value.place, told, path=KEY))
    return _over(own, base)


def _over(own: Extended, base: Extended) -> Extended:
    """Return a file's tree laid over the one that it extends, with what was refused in either."""
    node = own.node
    if isinstance(node, Block) and isinstance(base.node, Block):
        node = _joined(node, base.node)
    return Extended(
        node=node,
        mistakes=(*own.mistakes, *base.mistakes),
        lines={**own.lines, **base.lines},
        incomplete=base.incomplete or base.node is None,
        replaced={**base.replaced, **_replaced(own.node, base.node)},
    )


def _replaced(over: Node | None, below: Node | None) -> dict[str, str]:
    """Return the ids of the sections that stand in both files, each with the name of the extended one."""
    known = {section_id(section): section.place.file for section in _sections(below)}
    return {
        name: known[name] for section in _sections(over) if (name := section_id(section)) is not None and name in known
    }


def _sections(node: Node | None) -> tuple[Node, ...]:
    entry = node.entry("sections") if isinstance(node, Block) else None
    return entry.value.items if entry is not None and isinstance(entry.value, Items) else ()


def _unfollowed(own: Extended, *mistakes: Mistake) -> Extended:
    """Return a file whose base could not be read."""
    return replace(own, mistakes=(*own.mistakes, *mistakes), incomplete=True)


class _NotFollowedError(Exception):
    """The file that `extends` names is not read, and why."""


def _content(other: str, *, read: Callable[[str], bytes] | None, chain: tuple[str, ...]) -> bytes:
    """Return the bytes of the file that `extends` names."""
    if other in chain:
        raise _NotFollowedError(f"'{other}' extends this file in its turn")
    if len(chain) >= MOST_FILES:
        raise _NotFollowedError(f"more than {MOST_FILES} files extend each other")
    if read is None:
        raise _NotFollowedError("`extends` cannot be followed from here")
    try:
        return read(other)
    except FileNotFoundError as error:
        raise _NotFollowedError(f"there is no file '{other}'") from error
    except OSError as error:
        raise _NotFollowedError(f"cannot read '{other}': {error.strerror or error}") from error


def _joined(over: Block, base: Block) -> Block:
    """Return a block laid over another one, the extended file's keys first."""
    entries = {entry.key: entry for entry in base.entries if entry.key != KEY}
    for entry in over.entries:
        below = entries.get(entry.key)
        entries[entry.key] = entry if below is None else _joined_entry(entry, below)
    return Block(entries=tuple(entries.values()), place=over.place)


def _joined_entry(over: Entry, below: Entry) -> Entry:
    """Return an entry laid over the one of the same key."""
    value: Node = over.value
    match over.value, below.value:
        case Block(), Block():
            value = _joined(over.value, below.value)
        case Items(), Items() if over.key == "sections":
            value = _joined_sections(over.value, below.value)
    return Entry(key=over.key, key_place=over.key_place, value=value)


def _joined_sections(over: Items, below: Items) -> Items:
    """Return the extended file's sections, those of the same id replaced, the new ones behind."""
    known = {section_id(section) for section in below.items} - {None}
    replacing: dict[str | None, Node] = {}
    new = []
    for section in over.items:
        if section_id(section) in known and section_id(section) not in replacing:
            replacing[section_id(section)] = section
        else:
            new.append(section)
    kept = (replacing.get(section_id(section), section) for section in below.items)
    return Items(items=(*kept, *new), place=over.place)


def section_id(section: Node) -> str | None:
    """Return a section's id, or None where it has none that is text."""
    entry = section.entry("id") if isinstance(section, Block) else None
    value = entry.value.value if entry is not None and isinstance(entry.value, Scalar) else None
    return value if isinstance(value, str) else None
