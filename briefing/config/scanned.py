"""What stands before the place at which a text stops being YAML: its open brackets, its texts, its comments."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

import yaml

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

Spot = tuple[int, int]
"""Line and column, both from 0."""
Token: TypeAlias = Any
"""A token of the scanner; PyYAML's classes for them share no typed interface."""

COMMENT = re.compile(r"(?:^|(?<=\s))(#.*)")
QUOTES = ("'", '"')
MOST_TOKENS = 100_000
"""Tokens that are looked at: five for each entry that a file may have."""

_OPENING = (yaml.FlowSequenceStartToken, yaml.FlowMappingStartToken)
_CLOSING = (yaml.FlowSequenceEndToken, yaml.FlowMappingEndToken)


@dataclass(frozen=True, slots=True, kw_only=True)
class Scanned:
    """A text up to its first syntax error."""

    lines: Sequence[str]
    end: Spot | None = None
    """Where the parser gave up; None where it does not say."""
    open: tuple[Spot, ...] = ()
    """The brackets and braces that are open there, from the outermost."""
    quoted: tuple[Spot, Spot] | None = None
    """The last text before it, from its first quotation mark to behind its last; None where it has none."""
    texts: tuple[tuple[Spot, Spot], ...] = ()
    """The texts that begin after the innermost open bracket."""

    @classmethod
    def up_to(cls, error: Exception, text: str, lines: Sequence[str], *, parser: Any) -> Scanned:  # noqa: ANN401 - a class of PyYAML or of libyaml
        """Return a text as it was scanned up to what the parser raised about it."""
        mark = getattr(error, "problem_mark", None)
        if mark is None:
            return cls(lines=lines)
        end, opened, texts, last = (mark.line, mark.column), list[Spot](), list[tuple[Spot, Spot]](), None
        for token in _tokens(text, end, parser):
            if isinstance(token, _OPENING):
                opened.append(_start(token))
                texts.clear()
            elif isinstance(token, _CLOSING) and opened:
                opened.pop()
            elif isinstance(token, yaml.ScalarToken):
                span = (_start(token), (token.end_mark.line, token.end_mark.column))
                texts.append(span)
                last = span if token.style in QUOTES else None
        return cls(lines=lines, end=end, open=tuple(opened), quoted=last, texts=tuple(texts))

    def at(self, spot: Spot) -> str:
        """Return the character at a place; an empty text behind the end of its line."""
        line, column = spot
        return self.lines[line][column : column + 1] if 0 <= line < len(self.lines) and column >= 0 else ""

    @property
    def at_end(self) -> bool:
        """Whether nothing but blanks stands behind the place where the parser gave up."""
        if self.end is None:
            return False
        rest = (self.lines[self.end[0]][self.end[1] :], *self.lines[self.end[0] + 1 :]) if self._inside else ()
        return not any(line.strip() for line in rest)

    @property
    def _inside(self) -> bool:
        return self.end is not None and self.end[0] < len(self.lines)

    def comments(self) -> Iterator[tuple[Spot, str]]:
        """Yield the comments between the innermost open bracket and the end, each with its place."""
        if not self.open or self.end is None:
            return
        first, start = self.open[-1]
        for number in range(first, min(self.end[0] + 1, len(self.lines))):
            for found in COMMENT.finditer(self.lines[number], start if number == first else 0):
                spot = (number, found.start(1))
                if not any(begin <= spot < end for begin, end in self.texts):
                    yield spot, found[1]


def _tokens(text: str, end: Spot, parser: Any) -> Iterator[Token]:  # noqa: ANN401 - as above
    """Yield the tokens before a place, as far as there are any."""
    try:
        for count, token in enumerate(yaml.scan(text, Loader=parser)):
            if _start(token) >= end or count > MOST_TOKENS:
                return
            yield token
    except (yaml.YAMLError, ValueError):
        return


def _start(token: Token) -> Spot:
    return token.start_mark.line, token.start_mark.column
