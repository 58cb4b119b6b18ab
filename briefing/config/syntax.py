"""What the YAML parser complains about, in plain words; the words of libyaml and of PyYAML's own parser alike."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    import yaml


class Complaint(NamedTuple):
    """A syntax error: 0-based line and column, and what is wrong."""

    line: int
    column: int
    message: str


_WORDS = (
    # (what the parser says, ours, where: the problem or the context that it began in)
    (r"quoted scalar.*unexpected end of stream", "this quotation mark is never closed", "context"),
    (
        r"flow sequence.*(expected ',' or '\]')",
        "this [ is never closed, or a comma is missing after an item",
        "context",
    ),
    (
        r"flow mapping.*(expected ',' or '\}')",
        "this { is never closed, or a comma is missing after an entry",
        "context",
    ),
    (
        r"mapping values are not allowed",
        "a ':' cannot stand here: put the text in quotes, or check the indentation and the line above",
        "",
    ),
    (r"sequence entries are not allowed", "a list starts on a line of its own below its key", ""),
    (r"cannot start any token", "text that starts with this character must stand in quotes", ""),
    (
        r"(escape|hexd?ecimal|U00|chr\(\))",
        "an unknown escape: in \"…\" write \\\\ for a backslash, or use '…'",
        "context",
    ),
    (r"could not find expected ':'", "a ':' is missing after this key", "context"),
    (
        r"scanning (an anchor|an alias)|parsing (an anchor|an alias)",
        "text that starts with & or * must stand in quotes",
        "",
    ),
    (r"(scanning|parsing) a tag", "text that starts with ! must stand in quotes", ""),
    (r"block scalar", "after | or > the text starts on the next line", ""),
    (
        r"block (mapping|collection|sequence)",
        "this line does not fit what stands above: check the indentation and the quotes",
        "",
    ),
    (r"document start", "nothing may follow here", ""),
    (r"node content", "a value is missing here, or a bracket is closed that was never opened", ""),
)


def complaint_of(error: yaml.YAMLError | ValueError, lines: Sequence[str], last: object) -> Complaint:
    """Return place and plain words of what the parser raised about a text of these lines, `last` what it had read."""
    problem, context = getattr(error, "problem", None) or str(error), getattr(error, "context", None) or ""
    marks = {"": getattr(error, "problem_mark", None) or last, "context": getattr(error, "context_mark", None)}
    for pattern, words, where in _WORDS:
        if re.search(pattern, f"{context} {problem}"):
            return _at(marks[where] or marks[""], words, lines)
    return _at(marks[""], f"not YAML: {problem}", lines)


def _at(mark: object, message: str, lines: Sequence[str]) -> Complaint:
    """Return the complaint at a mark; what is seen to be wrong with its line goes before what the parser says of it."""
    line, column = getattr(mark, "line", 0), getattr(mark, "column", 0)
    text = lines[line] if line < len(lines) else ""
    tab = text[: len(text) - len(text.lstrip())].find("\t")
    if tab >= 0:
        return Complaint(line, tab, "a tab: indent with spaces")
    for pattern, words in _SEEN:
        seen = re.search(pattern, text)
        if seen:
            return Complaint(line, seen.end() - 1, words)
    return Complaint(line, column, message)


_SEEN = (
    (r"^\s*-(?=[^\W\d])", "a blank is missing after this '-', which starts an item of a list"),
    (r"^\s*(- )?[\w-]+:\s+[“”„‘’«»]", "this is no quotation mark of YAML, which takes \" and ' only"),
)
"""What can be told of a line by its looks, once it is known to be wrong."""
