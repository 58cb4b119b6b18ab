"""Places, values and mistakes in words: did-you-mean, secrets struck out, the YAML parser in plain English."""

from __future__ import annotations

import re
import unicodedata
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

Path = tuple[str | int, ...]
"""Keys and indexes from the top of the file: `("sections", 0, "title")`."""
Spot = tuple[int, int]
"""Line and column, both from 0."""

CLIP = 40
"""Characters of a value that a message repeats."""
ALIKE = 0.65
"""Likeness (difflib's ratio) from which another word was meant: `order` is `words` to 0.6, `tile` `title` to 0.89."""
MOST_NAMED = 24
"""Words that are listed where none is near the one that was written: as many as a section has keys."""

_SECRET = re.compile(
    r"""(?ix) (?P<key> \b\w{0,30}(?:password|passwd|secret|token)\w{0,30} ["']?\s{0,9}:\s{0,99})
              (?P<value> [^\s,}\]][^,}\]]*)
            | (?P<user> ://[^\s/@:]*:) (?P<login> [^\s/@]+) (?=@)
            | (?P<asks> [?&][^\s?&=]{1,60}=) (?P<asked> [^\s?&"'},\]]+)"""
)
"""A password as the value of a key that says so, or in a web address; bounded, so that no line takes long."""


def named(path: Path) -> str:
    """Return what a message calls a place: the key, or the item of a list by its number."""
    if not path:
        return "the file"
    if isinstance(path[-1], int):
        return f"item {path[-1] + 1} of `{next((step for step in reversed(path) if isinstance(step, str)), '')}`"
    return f"`{clipped(path[-1])}`"


def described(value: object) -> str:
    """Return a value in words: `'many'`, `5`, `true`, `nothing`, `a list`, `a block`."""
    match value:
        case None:
            return "nothing"
        case str():
            return quoted(value)
        case list() | dict():
            return "a list" if isinstance(value, list) else "a block"
        case _:
            return clipped(str(value).lower())


def clipped(text: str) -> str:
    """Return a text that is not too long for a message."""
    return text if len(text) <= CLIP else text[: CLIP - 1] + "…"


def quoted(text: str) -> str:
    """Return a text in quotes, clipped, what cannot be printed made visible."""
    shown = clipped(strike_out_secrets(text))
    return "'" + "".join(char if char.isprintable() else "\N{REPLACEMENT CHARACTER}" for char in shown) + "'"


def odd_blank(text: str) -> str | None:
    """Return the name of the first blank that is no plain space, such as web pages and word processors put; or None."""
    blank = next((char for char in text if char.isspace() and char != " "), None)
    return None if blank is None else "a tab" if blank == "\t" else f"a {unicodedata.name(blank, 'blank').lower()}"


def nearest(word: str, known: Sequence[str], *, alike: float = ALIKE) -> str | None:
    """Return the known word that was meant, or None where none is near."""
    return next(iter(get_close_matches(word.casefold().strip()[:100], known, n=1, cutoff=alike)), None)


def suggestion(word: str, known: Sequence[str]) -> str:
    """Return `, did you mean 'x'?` or, where nothing is near, `; known here: x, y` unless there are too many."""
    near = nearest(word, known)
    if near is not None:
        return f", did you mean {quoted(near)}?"
    return f"; known here: {', '.join(known)}" if 0 < len(known) <= MOST_NAMED else ""


def strike_out_secrets(line: str) -> str:
    """Return the line with what looks like a password replaced by as many asterisks; `${NAME}` stays."""

    def struck(match: re.Match[str]) -> str:
        before, secret = (group for group in match.groups() if group is not None)
        return match[0] if secret.lstrip("\"'").startswith("${") else before + "*" * len(secret)

    return _SECRET.sub(struck, line)


# ── YAML that cannot be parsed ───────────────────────────────────────────────────────────────────────────────────

NO_DIRECTIVES = "directives such as %YAML are not supported; remove the line"
_QUOTE_IT = "text that starts with this character must stand in quotes"
_NEVER_CLOSED = "this bracket is never closed, or a comma is missing after an item"
_ENDS = "the quoted text ends here, and more follows: quote all of it with the other mark"
_TIGHT = r"^\s*(- )?[A-Za-z][\w-]*(?P<at>:)[^ \t/\\:]"  # no web address, no path of Windows
_PAIR = r"(?P<q>[\"'])((?!(?P=q)).)*(?P<at>(?P=q))"
_LONGEST = 1_000
"""Characters of a line that are looked at."""
_COMPLAINTS = (
    # what the parser says (libyaml or PyYAML); a line, and what it looks like: that where the parser stopped (here, or
    # up to there: before), the one above, the one where its context began, that of an open quotation; what is wrong
    ("", "here", r"^ *(?P<at>[^\S ])", "indent with plain spaces only"),
    ("", "above", r"^ *(?P<at>[^\S ])", "indent with plain spaces only"),
    ("flow", "context", r"\s(?P<at>#[^\[{]*[\]}])", "this # starts a comment and hides the bracket: quote the text"),
    ("flow", "here", r"[\s,:](?P<at>\$\{\w*\})", "within brackets or braces, ${…} must stand in quotes"),
    ("block", "here", r"^[^\[{]*[\[{].*[\]}](?P<at>[\]}])", "this bracket closes one that was never opened"),
    ("block", "before", rf"{_PAIR}\s*$", _ENDS),
    ("flow", "before", rf"{_PAIR}$", _ENDS),
    ("block", "quotation", "", "this quotation mark is closed some lines below only: one is missing before that"),
    ("", "here", r"^\s*(- )?marking:\s+(?i:tlp)(?P<at>:)\s", "a marking has no blank in it, as in TLP:AMBER"),
    ("", "here", r"^\s*(?P<at>-)[^\W\d]", "a blank is missing after this '-', which starts an item of a list"),
    ("", "here", r"^\s*(- )?[\w-]+:\s+(?P<at>[“”„‘’«»])", "YAML takes only \" and ' as quotation marks"),
    ("key|value|block", "here", _TIGHT, "a plain space is missing after this ':'"),
    ("key|value|block", "above", _TIGHT, "a plain space is missing after this ':'"),
    ("mapping values", "above", r"^\s*(- )?(?P<at>[\w-]+)\s+[\w\"'][^:]*$", "a ':' is missing after this key"),
    ("mapping values", "before", r"^\s*(?P<at>[\w-]+)$", "this key is indented too far: align it with the one above"),
    ("node content|sequence entries", "above", r"(?P<at>[\[{])\s*$", _NEVER_CLOSED),
    (r"escape|hexd?ecimal|U00|chr\(\)", "context", "", "unknown escape: write \\\\ for a backslash, or use '…'"),
    ("quoted scalar", "context", "", "this quotation mark is never closed"),
    ("flow (sequence|mapping).*expected ','", "context", "", _NEVER_CLOSED),
    ("unexpected ':'|mapping values", "here", "", "a ':' cannot stand here: quote the text, or check the indentation"),
    ("mapping keys", "here", "", "a '?' cannot stand here: put the text in quotes"),
    ("sequence entries", "here", "", "a list starts on a line of its own below its key"),
    ("cannot start any token", "here", "", _QUOTE_IT),
    ("could not find expected ':'", "context", "", "a ':' is missing after this key"),
    ("(scanning|parsing) an? (anchor|alias|tag)", "context", "", _QUOTE_IT),
    ("block scalar.*indent|leading space", "context", "", "remove the digit after | or >"),
    ("block scalar", "here", "", "after | or > the text starts on the next line"),
    ("block (map|coll|seq)", "here", "", "this does not fit the lines above: check indentation and quotes"),
    ("document start", "here", "", "nothing may follow here"),
    ("directive|YAML document", "here", "", NO_DIRECTIVES),
    ("node content", "here", "", "a value is missing here"),
)


def complaint(error: Exception, lines: Sequence[str], *, last: Any) -> tuple[Spot, str]:  # noqa: ANN401 - PyYAML's and libyaml's marks share no interface
    """Return place and plain words of what the parser raised; `last` is the mark of what it had read before."""
    mark = getattr(error, "problem_mark", None) or last
    spot = (mark.line, mark.column) if mark else (0, 0)
    began = getattr(error, "context_mark", None) or mark
    problem = f"{getattr(error, 'context', None) or ''} {getattr(error, 'problem', None) or error}"
    for said, where, look, words in _COMPLAINTS:
        if not re.search(said, problem):
            continue
        line, column = (began.line, began.column) if where == "context" and began else spot
        line = line - 1 if where == "above" else line
        text = lines[line][:_LONGEST] if 0 <= line < len(lines) else ""
        if where == "quotation":
            mark_before = text[:column].rstrip()[-1:]
            odd = [n for n in range(line) if mark_before in {"'", '"'} and lines[n].count(mark_before) % 2]
            if odd:
                return (odd[-1], lines[odd[-1]].index(mark_before)), words
        elif not look:
            return (line, column), words
        elif found := re.search(look, text[:column] if where == "before" else text):
            return (line, found.start("at")), words
    return spot, f"not YAML:{problem}"
