"""Strict YAML: bytes → a tree in which everything knows its place, and every refusal at once.

Scalars are those of YAML 1.2 (chapter 10.3): `17:30`, `no` and dates are text, `010` is the number 10. Duplicate keys,
anchors, aliases, tags, merge keys, directives and second documents are refused; size, depth and the number of entries
are limited on the parser's events, before anything is built from them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

import yaml

from briefing.config.messages import NO_DIRECTIVES, complaint, strike_out_secrets
from briefing.errors import ConfigError, Mistake

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from briefing.config.messages import Path

Event: TypeAlias = Any
"""An event of the parser; PyYAML's classes for them share no typed interface."""

LARGEST = 1_000_000
"""Bytes of one file; a desk of two hundred sections takes a tenth of that."""
DEEPEST = 20
"""Levels of nesting; the schema has eight."""
MOST_ENTRIES = 20_000
"""Keys, values and brackets of one file: a hundred and fifty sections of a hundred terms."""
LONGEST_NUMBER = 40
"""Digits of a number; no setting needs more, and Python refuses to read some thousands of them."""
PARSER: Any = getattr(yaml, "CLoader", yaml.Loader)
"""libyaml where PyYAML was built with it, ten times faster; its events are the same."""

_LINE_BREAK = re.compile(r"\r\n|\r|\n")
_UNWANTED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]")
"""What is not printable in YAML 1.2 (5.1), and three line breaks that YAML 1.1 parsers see and editors do not."""
_COMMENT = re.compile(r"\s*(?<!\S)(#.*)")
_CONSTANTS = dict.fromkeys(("", "~", "null", "Null", "NULL")) | {
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
    **dict.fromkeys((".nan", ".NaN", ".NAN"), float("nan")),
}
_INTEGERS = (re.compile(r"[-+]?[0-9]+"), 10), (re.compile(r"0o[0-7]+"), 8), (re.compile(r"0x[0-9a-fA-F]+"), 16)
_FLOAT = re.compile(r"[-+]?((\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?|\.(inf|Inf|INF))")


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands: the file, 1-based line and column, and how many characters it takes on that line."""

    file: str
    line: int
    column: int
    width: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """A scalar, a list or a block, with its place."""

    value: str | float | bool | list[Node] | dict[str, Node] | None
    place: Place
    key: Place | None = None
    """Where the key stands whose value this is."""
    refused: bool = False
    """A mistake has been found here already; nothing more is said about this value."""
    comment: str | None = None
    """Where nothing is written in a value's place: the comment on the rest of the line, or an empty text."""

    def child(self, step: str | int) -> Node | None:
        """Return what stands under a key or an index, or None."""
        match self.value, step:
            case dict(), str():
                return self.value.get(step)
            case list(), int():
                return self.value[step] if 0 <= step < len(self.value) else None
        return None

    def follow(self, path: Path) -> tuple[Path, Node]:
        """Return how far a path leads, without the steps that only a schema knows, and what stands there."""
        node, known = self, list[str | int]()
        for step in path:
            if (below := node.child(step)) is not None:
                node = below
                known.append(step)
        return tuple(known), node

    def walk(self, path: Path = ()) -> Iterator[tuple[Path, Node]]:
        """Yield this node and all below it with their paths, in the order of the file."""
        yield path, self
        if isinstance(self.value, list | dict):
            steps = self.value.items() if isinstance(self.value, dict) else enumerate(self.value)
            for step, below in steps:
                yield from below.walk((*path, step))

    def plain(self) -> Any:  # noqa: ANN401 - what YAML holds
        """Return the tree as dicts, lists and scalars."""
        match self.value:
            case list():
                return [item.plain() for item in self.value]
            case dict():
                return {key: item.plain() for key, item in self.value.items()}
        return self.value

    @property
    def key_place(self) -> Place:
        """Where the key stands, or an item of a list itself."""
        return self.key or self.place

    @property
    def told_at(self) -> Place:
        """Where a mistake in the value is told: at its key where the value is empty or starts on a later line."""
        same_line = (self.key_place.file, self.key_place.line) == (self.place.file, self.place.line)
        return self.place if same_line and self.value is not None else self.key_place


@dataclass(frozen=True, slots=True, kw_only=True)
class Tree:
    """A file laid over those that it extends, what was refused on the way, and the lines of each file."""

    node: Node | None
    mistakes: tuple[Mistake, ...]
    lines: dict[str, tuple[str, ...]]
    """By file name, in the order in which the files were read."""
    incomplete: bool = False
    """A file that is extended could not be read, so that nothing can be said to be missing."""

    def mistake(self, place: Place, message: str, path: Path = ()) -> Mistake:
        """Return a mistake at a place, with its line."""
        return _mistake(place, message, self.lines.get(place.file, ()), path)

    def sorted(self, mistakes: Iterable[Mistake]) -> list[Mistake]:
        """Return mistakes, each once, by file, line and column."""
        number = {name: index for index, name in enumerate(self.lines)}
        key = lambda one: (number.get(one.file, len(number)), one.line, one.column, one.message)  # noqa: E731
        return sorted(dict.fromkeys(mistakes), key=key)


def _mistake(place: Place, message: str, lines: tuple[str, ...] = (), path: Path = ()) -> Mistake:
    return Mistake(
        file=place.file,
        line=place.line,
        column=place.column,
        width=place.width,
        message=message,
        source=strike_out_secrets(lines[place.line - 1]) if place.line <= len(lines) else "",
        path=".".join(map(str, path)),
    )


def decode(content: bytes, *, name: str) -> str:
    """Return the text of a config file; raises ConfigError where it is too large or not UTF-8 text."""
    _check_size(len(content), name)
    content = content.removeprefix(b"\xef\xbb\xbf")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        told = f"not UTF-8 text (byte 0x{content[error.start]:02x}); save the file as UTF-8"
        raise ConfigError([_mistake(_end_of(content[: error.start].decode("utf-8"), name), told)]) from error


def _check_size(size: int, name: str) -> None:
    if size > LARGEST:
        raise ConfigError([_mistake(Place(name, 1, 1), f"larger than {LARGEST:,} bytes: this is no config")])


def _end_of(text: str, name: str) -> Place:
    lines = _LINE_BREAK.split(text)
    return Place(name, len(lines), len(lines[-1]) + 1)


def value_of(text: str) -> str | float | bool | None:
    """Return what a plain scalar stands for; raises ValueError for a number of more than `LONGEST_NUMBER` digits."""
    if text in _CONSTANTS:
        return _CONSTANTS[text]
    if text[0] not in "+-.0123456789":
        return text
    for pattern, base in _INTEGERS:
        if pattern.fullmatch(text):
            if len(text) > LONGEST_NUMBER:
                raise ValueError(f"a number of more than {LONGEST_NUMBER} digits")
            return int(text, base)
    return float(text.replace(".i", "i").replace(".I", "I")) if _FLOAT.fullmatch(text) else text


def read_yaml(text: str, *, name: str) -> Tree:
    """Return a text as a tree; its node is None where the text is empty or breaks off, and `mistakes` says why.

    Raises ConfigError for what is no text file.
    """
    _check_size(len(text), name)
    lines = tuple(_LINE_BREAK.split(text))
    if unwanted := _UNWANTED.search(text):
        told = f"the character U+{ord(unwanted[0]):04X}, which a text file cannot hold"
        raise ConfigError([_mistake(_end_of(text[: unwanted.start()], name), told, lines)])
    reader = _Reader(text, name, lines)
    return Tree(node=reader.read(), mistakes=tuple(reader.mistakes), lines={name: lines})


class _StopError(Exception):
    """Nothing after this place can be understood."""


class _Reader:
    """Reads one text; `mistakes` holds what was refused on the way."""

    def __init__(self, text: str, name: str, lines: tuple[str, ...]) -> None:
        self.text, self.name, self.lines = text, name, lines
        self.mistakes: list[Mistake] = []
        self._events = self._parsed()
        self._last: object = None

    def read(self) -> Node | None:
        try:
            return self._document()
        except _StopError:
            return None
        except (yaml.YAMLError, ValueError) as error:
            (line, column), told = complaint(error, self.lines, last=self._last)
            self._refuse(Place(self.name, line + 1, column + 1), told)
            return None

    def _parsed(self) -> Iterator[Event]:
        """Yield the parser's events, as long as there are not too many."""
        for count, event in enumerate(yaml.parse(self.text, Loader=PARSER)):
            if count > MOST_ENTRIES:
                self._stop(event, f"more than {MOST_ENTRIES:,} entries: this is no config")
            self._last = event.end_mark
            yield event

    def _document(self) -> Node | None:
        next(self._events)  # the start of the stream
        event = next(self._events)
        if isinstance(event, yaml.StreamEndEvent):
            return None
        if event.version or event.tags:
            self._refuse(self._place(event), NO_DIRECTIVES)
        node = self._node(next(self._events))
        next(self._events)  # the end of the document
        event = next(self._events)
        if isinstance(event, yaml.DocumentStartEvent):
            self._stop(event, "a second document starts here; a config is one document")
        return node

    def _node(self, event: Event, *, depth: int = 1, key: Place | None = None) -> Node:
        """Return the node that starts with an event."""
        place, refused = self._place(event), self._refuse_decorations(event)
        if isinstance(event, yaml.SequenceStartEvent | yaml.MappingStartEvent) and depth > DEEPEST:
            self._stop(event, f"nested more than {DEEPEST} levels deep")
        match event:
            case yaml.AliasEvent():
                return Node(value=None, place=place, key=key, refused=True)
            case yaml.ScalarEvent():
                return self._scalar(event, place, key, refused=refused)
            case yaml.SequenceStartEvent():
                items = []
                while not isinstance(event := next(self._events), yaml.SequenceEndEvent):
                    items.append(self._node(event, depth=depth + 1))
                return Node(value=items, place=place, key=key)
        return self._block(event, place, key, depth)

    def _scalar(self, event: Event, place: Place, key: Place | None, *, refused: bool) -> Node:
        """Return a scalar: quoted and block scalars are text, plain ones what YAML 1.2 takes them for."""
        value, comment = event.value, None
        refused = self._refuse_unwanted(event) or refused
        if not (event.style or refused):
            try:
                value = value_of(event.value)
            except ValueError as error:
                self._refuse(place, str(error))
                refused = True
        if not (event.value or event.style or refused):
            line, column = event.start_mark.line, event.start_mark.column
            found = _COMMENT.match(self.lines[line], column) if line < len(self.lines) else None
            comment = found[1].strip() if found else ""
        return Node(value=None if refused else value, place=place, key=key, refused=refused, comment=comment)

    def _block(self, start: Event, place: Place, key: Place | None, depth: int) -> Node:
        """Return a mapping; of a key that stands twice the first stays."""
        entries: dict[str, Node] = {}
        begins_anew = False
        while not isinstance(event := next(self._events), yaml.MappingEndEvent):
            name, at = self._key(event, depth), self._place(event)
            value = self._node(next(self._events), depth=depth + 1, key=at)
            if name is None or begins_anew:  # what follows belongs to the item whose hyphen is missing
                continue
            if first := entries.get(name):
                before = self.lines[start.start_mark.line][: start.start_mark.column].rstrip()
                begins_anew = name == next(iter(entries)) and before.endswith("-")
                cure = "; if another item starts here, put '- ' before it" if begins_anew else ""
                self._refuse(at, f"the key '{name}' is given twice, first in line {first.key_place.line}{cure}")
            else:
                entries[name] = value
        head = next((entry.key for entry in entries.values()), None) or place
        same = (head.line, head.column) == (place.line, place.column)
        return Node(value=entries, place=head if same else place, key=key)

    def _key(self, event: Event, depth: int) -> str | None:
        """Return a key as it is written, or None where it was refused."""
        if not isinstance(event, yaml.ScalarEvent):
            self._refuse(self._place(event), "a key must be plain text")
            if not isinstance(event, yaml.AliasEvent):
                self._node(event, depth=depth + 1)
            return None
        self._refuse_decorations(event)
        if event.value == "<<" and not event.style:
            self._refuse(self._place(event), "merge keys (<<) are not supported; write the keys out")
        elif not event.value:
            self._refuse(self._place(event), "a key is missing before this ':'")
        elif not self._refuse_unwanted(event):
            return str(event.value)
        return None

    def _refuse_decorations(self, event: Event) -> bool:
        """Note an alias, an anchor or a tag; return whether there was one."""
        if event.anchor is None and getattr(event, "tag", None) is None:
            return False
        tag = (getattr(event, "tag", None) or "").replace("tag:yaml.org,2002:", "!!")
        kind = "alias *" if isinstance(event, yaml.AliasEvent) else "anchor &"
        found = [f"{kind}{event.anchor}"] if event.anchor is not None else []
        for what in [*found, f"tag {tag}"] if tag else found:
            self._refuse(self._place(event), f"the {what} is not supported; write the plain value out")
        return bool(found or tag)

    def _refuse_unwanted(self, event: Event) -> bool:
        """Note a character that an escape brought into a text; return whether there was one."""
        unwanted = _UNWANTED.search(event.value)
        if unwanted:
            self._refuse(self._place(event), f"the character U+{ord(unwanted[0]):04X} in this text: remove the escape")
        return bool(unwanted)

    def _place(self, event: Event) -> Place:
        """Return where an event stands; its width ends with its line."""
        start, end = event.start_mark, event.end_mark
        rest = len(self.lines[start.line].rstrip()) - start.column if start.line < len(self.lines) else 1
        width = end.column - start.column if end.line == start.line else rest
        return Place(self.name, start.line + 1, start.column + 1, max(1, width))

    def _refuse(self, place: Place, message: str) -> None:
        self.mistakes.append(_mistake(place, message, self.lines))

    def _stop(self, event: Event, message: str) -> None:
        self._refuse(self._place(event), message)
        raise _StopError
