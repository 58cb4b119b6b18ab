"""Strict YAML: text → a tree with places, and every refusal at once.

Refused are duplicate keys, anchors, aliases, tags, merge keys, keys that are no plain text, directives and a second
document. Size, depth and the number of entries are limited on the event stream, before anything is built from it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

import yaml

from briefing.config.decoding import check_characters, lines_of, unwanted_in
from briefing.config.mistakes import strike_out_secrets
from briefing.config.nodes import Block, Entry, Items, Node, Place, Scalar
from briefing.config.scalars import value_of
from briefing.config.scanned import COMMENT, Scanned
from briefing.config.syntax import NO_DIRECTIVES, complaint_of
from briefing.errors import Mistake

if TYPE_CHECKING:
    from collections.abc import Iterator

Event: TypeAlias = Any
"""An event of the parser; PyYAML's classes for them share no typed interface."""

DEEPEST = 20
"""Levels of nesting; the schema has eight."""
MOST_ENTRIES = 20_000
"""Keys, values and brackets of one file: a hundred and fifty sections of a hundred terms."""

PARSER: Any = getattr(yaml, "CLoader", yaml.Loader)
"""libyaml where PyYAML was built with it, ten times faster; its events are the same."""


class _StopError(Exception):
    """Nothing after this place can be understood."""


class Reader:
    """Reads one text; `mistakes` holds what was refused on the way."""

    def __init__(self, text: str, *, name: str) -> None:
        check_characters(text, name=name)
        self.name = name
        self.text = text
        self.lines = lines_of(text)
        self.mistakes: list[Mistake] = []
        self._events = self._parsed()
        self._last: object = None

    def read(self) -> Node | None:
        """Return the tree; None where the file is empty or breaks off, in which case `mistakes` says why."""
        try:
            return self._document()
        except _StopError:
            return None
        except (yaml.YAMLError, ValueError) as error:
            scanned = Scanned.up_to(error, self.text, self.lines, parser=PARSER)
            line, column, message = complaint_of(error, scanned, self._last)
            self._refuse(Place(file=self.name, line=line + 1, column=column + 1), message)
            return None

    def _parsed(self) -> Iterator[Event]:
        """Yield the parser's events, as long as there are not too many."""
        for count, event in enumerate(yaml.parse(self.text, Loader=PARSER)):
            if count > MOST_ENTRIES:
                self._stop(event, f"more than {MOST_ENTRIES:,} entries: this is no config")
            self._last = event.end_mark
            yield event

    def _document(self) -> Node | None:
        """Read the one document that the stream may hold."""
        next(self._events)  # the start of the stream
        event = next(self._events)
        if isinstance(event, yaml.StreamEndEvent):
            return None
        if event.version or event.tags:
            self._refuse(self._place(event), NO_DIRECTIVES)
        node = self._node(next(self._events), depth=1)
        next(self._events)  # the end of the document
        event = next(self._events)
        if isinstance(event, yaml.DocumentStartEvent):
            self._stop(event, "a second document starts here; a config is one document")
        return node

    def _node(self, event: Event, *, depth: int) -> Node:
        """Read the node that starts with an event."""
        if isinstance(event, yaml.AliasEvent):
            self._refuse(self._place(event), f"the alias *{event.anchor} is not taken; write the value out")
            return Scalar(value=None, place=self._place(event), refused=True)
        self._refuse_decorations(event)
        if isinstance(event, yaml.ScalarEvent):
            return self._scalar(event)
        if depth > DEEPEST:
            self._stop(event, f"nested more than {DEEPEST} levels deep")
        return self._items(event, depth) if isinstance(event, yaml.SequenceStartEvent) else self._block(event, depth)

    def _scalar(self, event: Event) -> Scalar:
        """Read a scalar: quoted and block scalars are text, plain ones what YAML 1.2 takes them for."""
        place = self._place(event)
        if self._refuse_unwanted(event):
            return Scalar(value=None, place=place, refused=True)
        if event.style or event.tag:
            return Scalar(value=event.value, place=place, refused=bool(event.tag))
        if not event.value:
            behind = None if event.anchor else self._comment_behind(event)
            return Scalar(value=None, place=place, behind=behind, refused=bool(event.anchor))
        try:
            return Scalar(value=value_of(event.value), place=place)
        except ValueError as error:
            self._refuse(place, str(error))
            return Scalar(value=None, place=place, refused=True)

    def _comment_behind(self, event: Event) -> str:
        """Return the comment behind a place on its line, or an empty text."""
        line, column = event.start_mark.line, event.start_mark.column
        found = COMMENT.search(self.lines[line], column) if line < len(self.lines) else None
        return found[1].strip() if found and not self.lines[line][column : found.start()].strip() else ""

    def _items(self, start: Event, depth: int) -> Items:
        """Read a list up to its end."""
        items = []
        while not isinstance(event := next(self._events), yaml.SequenceEndEvent):
            items.append(self._node(event, depth=depth + 1))
        return Items(items=tuple(items), place=self._place(start))

    def _block(self, start: Event, depth: int) -> Block:
        """Read a mapping up to its end; of a key that stands twice the first stays."""
        entries: dict[str, Entry] = {}
        begins_anew = False
        while not isinstance(event := next(self._events), yaml.MappingEndEvent):
            key, place = self._key(event, depth), self._place(event)
            value = self._node(next(self._events), depth=depth + 1)
            if key is not None and key in entries:
                if not begins_anew:  # what follows belongs to the item whose hyphen is missing
                    begins_anew = key == next(iter(entries)) and self._behind_hyphen(start)
                    self._refuse(place, _twice(entries[key], begins_anew=begins_anew))
            elif key is not None:
                entries[key] = Entry(key=key, key_place=place, value=value)
        place = self._place(start)
        head = next(iter(entries.values())).key_place if entries else place
        same = (head.line, head.column) == (place.line, place.column)
        return Block(entries=tuple(entries.values()), place=head if same else place)

    def _behind_hyphen(self, event: Event) -> bool:
        """Whether an event begins an item of a list, behind its hyphen."""
        line, column = event.start_mark.line, event.start_mark.column
        return bool(self.lines[line][:column].rstrip().endswith("-"))

    def _key(self, event: Event, depth: int) -> str | None:
        """Return a key as it is written, or None where it was refused."""
        if isinstance(event, yaml.ScalarEvent):
            self._refuse_decorations(event)
            if event.value == "<<" and not event.style:
                self._refuse(self._place(event), "merge keys (<<) are not taken; write the keys out")
                return None
            if not event.value:
                self._refuse(self._place(event), "a key is missing before this ':'")
                return None
            return None if self._refuse_unwanted(event) else str(event.value)
        self._refuse(self._place(event), "a key must be plain text")
        if not isinstance(event, yaml.AliasEvent):
            self._node(event, depth=depth + 1)
        return None

    def _refuse_decorations(self, event: Event) -> None:
        """Note an anchor or a tag."""
        if event.anchor is not None:
            self._refuse(
                self._place(event), f"the anchor &{event.anchor} is not taken; write the value out where it is needed"
            )
        if event.tag is not None:
            self._refuse(self._place(event), f"the tag {_short(event.tag)} is not taken; write the plain value")

    def _refuse_unwanted(self, event: Event) -> bool:
        """Note a character that an escape brought into a text; return whether there was one."""
        unwanted = unwanted_in(event.value)
        if unwanted:
            self._refuse(self._place(event), f"{unwanted} in this text: remove the escape")
        return bool(unwanted)

    def _place(self, event: Event) -> Place:
        """Return where an event stands; its width ends with its line."""
        start, end = event.start_mark, event.end_mark
        rest = len(self.lines[start.line].rstrip()) - start.column if start.line < len(self.lines) else 1
        width = end.column - start.column if end.line == start.line else rest
        return Place(file=self.name, line=start.line + 1, column=start.column + 1, width=max(1, width))

    def _refuse(self, place: Place, message: str) -> None:
        """Note a mistake."""
        source = strike_out_secrets(self.lines[place.line - 1]) if place.line <= len(self.lines) else ""
        self.mistakes.append(
            Mistake(
                file=place.file, line=place.line, column=place.column, width=place.width, message=message, source=source
            )
        )

    def _stop(self, event: Event, message: str) -> None:
        """Note a mistake after which nothing can be understood."""
        self._refuse(self._place(event), message)
        raise _StopError


def _twice(first: Entry, *, begins_anew: bool) -> str:
    """Tell of a key that stands twice, and of the hyphen that may be missing where it is the first of an item."""
    cure = "; if another item starts here, put '- ' before it" if begins_anew else ""
    return f"the key '{first.key}' stands here for the second time; the first is in line {first.key_place.line}{cure}"


def _short(tag: str) -> str:
    """Return a tag as it is written: `!!int` for YAML's own."""
    return tag.replace("tag:yaml.org,2002:", "!!")
