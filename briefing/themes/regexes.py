r"""Regular expressions as terms: RE2, whose time is linear in the text whatever the expression.

RE2 knows `\b`, `\w`, `\d` and `\s` of ASCII alone, so that `\barrêté\b` finds nothing. Here they are those of
Unicode, but for a `\b` within an expression.
"""

from __future__ import annotations

import re
from collections import defaultdict
from itertools import islice
from typing import TYPE_CHECKING, Any

from briefing.language import words as words_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from briefing.themes.lexicon import Span

    Search = Callable[[str, int], Any]

MOST_MATCHES = 20
"""Matches of one expression that count in one sentence."""

_WORD = r"\pL\pM\pN_"
_CLASSES = {r"\w": _WORD, r"\d": r"\p{Nd}", r"\s": r"\s\pZ"}
_NOT_IN = {r"\W": r"\w", r"\D": r"\d", r"\S": r"\s"}
_EDGE = r"\b"
_WHOLE = "_whole"
"""What the groups are called that hold a whole match."""
_PIECE = re.compile(r"\\Q.*?(?:\\E|$)|\\.|\[\^?\]?(?:\[:\^?\w+:\]|\\.|[^\]\\])*\]|.", re.DOTALL)
"""A stretch taken literally, an escape, a class of characters, or one character."""


class RegexTerms:
    """The expressions of all sections, by language."""

    def __init__(self, regexes: Sequence[tuple[int, str, str]]) -> None:
        import re2

        self._by_language: defaultdict[str, list[tuple[int, Search, tuple[int, ...]]]] = defaultdict(list)
        for spelling, language, pattern in regexes:
            expression = re2.compile(in_unicode(pattern), _options())
            wholes = tuple(group for name, group in expression.groupindex.items() if name.startswith(_WHOLE))
            self._by_language[language].append((spelling, expression.search, wholes))

    def spans(self, text: str, language: str, words: int) -> Iterator[tuple[int, Span]]:
        """Yield the expressions that match, with the words that they match; no stretch is counted twice."""
        for spelling, search, wholes in self._by_language.get(language, ()) if words else ():
            place = seen = 0
            for start, stop in islice(_matches(search, wholes, text), MOST_MATCHES):
                place += len(words_of(text[seen:start], language))
                end = place + max(1, len(words_of(text[start:stop], language)))
                yield spelling, (min(place, words - 1), min(end, words))
                place, seen = place + len(words_of(text[start:stop], language)), stop


def _matches(search: Search, wholes: Sequence[int], text: str) -> Iterator[tuple[int, int]]:
    """Yield where an expression made by `in_unicode` matches; what stands at its edges may be the next one's edge."""
    place = 0
    while place <= len(text) and (match := search(text, place)):
        start, stop = next(match.span(group) for group in wholes if match.start(group) >= 0)
        yield start, stop
        place = max(stop, place + 1)


def in_unicode(pattern: str) -> str:
    """Return the expression with the classes and the edges of Unicode; what it matches is its group that took part."""
    alternatives: list[list[str]] = [[]]
    depth = 0
    for piece in _PIECE.findall(pattern):
        depth += (piece == "(") - (piece == ")")
        if piece == "|" and not depth:
            alternatives.append([])
        else:
            alternatives[-1].append(_piece_in_unicode(piece))
    if not any(_EDGE in (pieces[0], pieces[-1]) for pieces in alternatives if pieces):
        alternatives = [[piece for pieces in alternatives for piece in ("|", *pieces)][1:]]
    return "|".join(_with_edges(pieces, f"{_WHOLE}{number}") for number, pieces in enumerate(alternatives))


def _with_edges(pieces: Sequence[str], name: str) -> str:
    before = f"(?:^|[^{_WORD}])" if pieces[:1] == [_EDGE] else ""
    behind = f"(?:$|[^{_WORD}])" if len(pieces) > 1 and pieces[-1] == _EDGE else ""
    body = "".join(pieces[bool(before) : len(pieces) - bool(behind)])
    return f"{before}(?P<{name}>{body}){behind}"


def _piece_in_unicode(piece: str) -> str:
    if piece in _CLASSES:
        return f"[{_CLASSES[piece]}]"
    if piece in _NOT_IN:
        return f"[^{_CLASSES[_NOT_IN[piece]]}]"
    if piece.startswith("[") and piece.endswith("]"):
        return re.sub(r"\\.", lambda escape: _CLASSES.get(escape[0], escape[0]), piece, flags=re.DOTALL)
    return str(piece)


def regex_fault(pattern: str) -> str | None:
    """Return what is wrong with a regular expression, or None: it must compile, and not match the empty text."""
    import re2

    try:
        re2.compile(pattern, _options())
        compiled = re2.compile(in_unicode(pattern), _options())
    except UnicodeEncodeError:
        return "cannot be read: half a character"
    except re2.error as error:
        reason = error.args[0] if error.args else "unknown reason"
        return f"cannot be read: {reason.decode() if isinstance(reason, bytes) else reason}"
    return "matches the empty text" if not pattern or compiled.search("") else None


def _options() -> object:
    import re2

    options = re2.Options()
    options.case_sensitive = False
    options.log_errors = False
    return options
