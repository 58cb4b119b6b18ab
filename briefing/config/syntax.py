"""What the YAML parser complains about, in plain words; the words of libyaml and of PyYAML's own parser alike."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from briefing.config.mistakes import strike_out_secrets
from briefing.config.naming import blank_in

if TYPE_CHECKING:
    from collections.abc import Sequence

    import yaml

    from briefing.config.scanned import Scanned


class Complaint(NamedTuple):
    """A syntax error: 0-based line and column, and what is wrong."""

    line: int
    column: int
    message: str


NO_DIRECTIVES = "directives such as %YAML are not taken; remove the line"
_UNCLOSED = "this quotation mark is never closed"
_NO_BLANK = "a blank is missing after this ':', which ends a key"
_LIST_IN_LINE = "a list starts on a line of its own below its key"
_NO_VALUE = "a value is missing here, or a bracket is closed that was never opened"
_WITHIN_BRACKETS = frozenset({_LIST_IN_LINE, _NO_VALUE})
"""What is said where a bracket was not closed in a line above as well."""

_WORDS = (
    # (what the parser says, ours, where: the problem or the context that it began in)
    (r"quoted scalar.*unexpected end of stream", _UNCLOSED, "context"),
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
    (r"quoted scalar.*document (indicator|separator)", _UNCLOSED, "context"),
    (r"unexpected ':'", "a ':' cannot stand here: put the text in quotes", ""),
    (r"mapping keys are not allowed", "a '?' cannot stand here: put the text in quotes", ""),
    (
        r"mapping values are not allowed",
        "a ':' cannot stand here: put the text in quotes, or check the indentation and the line above",
        "",
    ),
    (r"sequence entries are not allowed", _LIST_IN_LINE, ""),
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
        "context",
    ),
    (r"(scanning|parsing) a tag", "text that starts with ! must stand in quotes", "context"),
    (
        r"block scalar.*indent|leading space",
        "the text below | or > is indented all alike; remove the digit behind them",
        "context",
    ),
    (r"block scalar", "after | or > the text starts on the next line", ""),
    (
        r"block (mapping|collection|sequence)",
        "this line does not fit what stands above: check the indentation and the quotes",
        "",
    ),
    (r"document start", "nothing may follow here", ""),
    (r"directive|YAML document", NO_DIRECTIVES, ""),
    (r"node content", _NO_VALUE, ""),
)


def complaint_of(error: yaml.YAMLError | ValueError, scanned: Scanned, last: object) -> Complaint:
    """Return place and plain words of what the parser raised about a text scanned so far, `last` what it had read."""
    seen = next((found for look in _LOOKS if (found := look(scanned)) is not None), None)
    if seen is not None:
        return seen
    problem, context = getattr(error, "problem", None) or str(error), getattr(error, "context", None) or ""
    marks = {"": getattr(error, "problem_mark", None) or last, "context": getattr(error, "context_mark", None)}
    for pattern, words, where in _WORDS:
        if re.search(pattern, f"{context} {problem}"):
            if words in _WITHIN_BRACKETS and _opened_above(scanned):
                return _never_closed(scanned)
            return _at(marks[where] or marks[""], words, scanned.lines)
    return _at(marks[""], f"not YAML: {problem}", scanned.lines)


# ── what is seen in the text itself, and says more than the parser ───────────────────────────────────────────────


def _hidden_bracket(scanned: Scanned) -> Complaint | None:
    """Tell of a comment that hides the bracket which the parser misses: `{accent: #17557a}`."""
    for (line, column), comment in scanned.comments():
        if len(re.findall(r"[\]}]", comment)) > len(re.findall(r"[\[{]", comment)):
            text = re.split(r"[,\]}]|\s#", comment)[0].strip()
            shown = strike_out_secrets(scanned.lines[line])[column : column + len(text)]
            cure = f"; put the text in quotes: '{shown}'" if shown == text and re.match(r"#[^\s#']", text) else ""
            return Complaint(line, column, f"this # begins a comment, which hides the closing bracket{cure}")
    return None


def _reference_in_brackets(scanned: Scanned) -> Complaint | None:
    """Tell of `${NAME}` without quotes within braces or brackets, where `{` means something of its own."""
    if scanned.end is None or scanned.at(scanned.end) != "{":
        return None
    line, column = scanned.end[0], scanned.end[1] - 1
    found = re.compile(r"\$\{\w*\}").match(scanned.lines[line], column) if column >= 0 else None
    if found is None:
        return None
    return Complaint(line, column, f'within brackets or braces this stands in quotes: "{found[0]}"')


def _never_opened(scanned: Scanned) -> Complaint | None:
    """Tell of a bracket that closes nothing."""
    if scanned.end is None or scanned.open or (bracket := scanned.at(scanned.end)) not in {"]", "}"}:
        return None
    return Complaint(*scanned.end, f"this {bracket} closes a bracket that was never opened")


def _quotation_too_long(scanned: Scanned) -> Complaint | None:
    """Tell of a quotation mark that another text's closes, lines below."""
    if scanned.quoted is None or scanned.end is None:
        return None
    (first, column), (last, behind) = scanned.quoted
    if first == last or scanned.end[0] != last or scanned.lines[last][behind : scanned.end[1]].strip():
        return None
    return Complaint(
        first, column, f"this quotation mark is closed in line {last + 1} only: one is missing before that"
    )


def _quotation_too_short(scanned: Scanned) -> Complaint | None:
    """Tell of a quotation mark that was meant as one of the text's: `'L'Écho'`, `"Calm" returns`."""
    if scanned.quoted is None or scanned.end is None:
        return None
    (first, start), (last, behind) = scanned.quoted
    between = scanned.lines[last][behind : scanned.end[1]] if first == last == scanned.end[0] else "-"
    if between.strip() or (between and scanned.open) or not re.match(r"[^\s,:#\[\]{}]", scanned.at(scanned.end)):
        return None
    mark = scanned.at((first, start))
    other = {"'": '"', '"': "'"}[mark]
    told = f"the quoted text ends with this {mark}, and more stands behind it: put the whole in {other}…{other}"
    return Complaint(last, behind - 1, told)


_TIGHT = re.compile(r"\s*(?:- )?[A-Za-z][\w-]*:(?=[^ \t/\\:])")
"""A key with something else than a blank behind its ':', which is no web address and no path of Windows."""


def _tight_colon(scanned: Scanned) -> Complaint | None:
    """Tell of a key that its parser takes for text, since no plain space stands behind its ':'."""
    if scanned.end is None or scanned.open:
        return None
    for line in (scanned.end[0], scanned.end[0] - 1):
        found = _TIGHT.match(scanned.lines[line]) if 0 <= line < len(scanned.lines) else None
        if found is not None:
            blank = blank_in(scanned.at((line, found.end())))
            told = f"{blank} stands behind this ':': type a plain space instead" if blank else _NO_BLANK
            return Complaint(line, found.end() - 1, told)
    return None


def _line_above(scanned: Scanned) -> Complaint | None:
    """Tell of a key that its parser takes for more of the line above, which lacks its ':' or has its value already."""
    if scanned.end is None or scanned.open or scanned.at(scanned.end) != ":" or not scanned.end[0]:
        return None
    line, column = scanned.end
    own, before = re.fullmatch(r"(\s*)[\w-]+", scanned.lines[line][:column]), scanned.lines[line - 1]
    above = re.match(r"([\s-]*)[\w-]+(:?)\s+[\w\"']", before)
    if own is None or above is None:
        return None
    further = len(own[1]) - len(above[1])
    if not above[2] and ":" not in before and further == 0:
        return Complaint(line - 1, len(above[1]), "a ':' is missing after this key")
    if not above[2] or further <= 0:
        return None
    return Complaint(
        line, len(own[1]), "this key stands further in than the one above, which has a value already: align them"
    )


_LOOKS = (
    _hidden_bracket,
    _reference_in_brackets,
    _never_opened,
    _quotation_too_long,
    _quotation_too_short,
    _tight_colon,
    _line_above,
)


def _opened_above(scanned: Scanned) -> bool:
    """Whether a bracket is open from a line above, or at the end of the file."""
    return bool(scanned.open) and (scanned.at_end or (scanned.end is not None and scanned.end[0] > scanned.open[-1][0]))


def _never_closed(scanned: Scanned) -> Complaint:
    line, column = scanned.open[-1]
    return Complaint(line, column, f"this {scanned.at((line, column))} is never closed")


def _at(mark: object, message: str, lines: Sequence[str]) -> Complaint:
    """Return the complaint at a mark; what is seen to be wrong with its line goes before what the parser says of it."""
    line, column = getattr(mark, "line", 0), getattr(mark, "column", 0)
    for number in (line, line - 1):
        text = lines[number] if 0 <= number < len(lines) else ""
        indent = text[: len(text) - len(text.lstrip())]
        if blank := blank_in(indent):
            return Complaint(number, len(indent) - len(indent.lstrip(" ")), f"{blank}: indent with spaces")
    for pattern, words in _SEEN:
        seen = re.search(pattern, lines[line] if line < len(lines) else "")
        if seen:
            return Complaint(line, seen.end() - 1, words)
    return Complaint(line, column, message)


_SEEN = (
    (r"^\s*(- )?marking:\s+(?i:tlp):(?=\s)", "a marking has no blank in it, as in TLP:AMBER"),
    (r"^\s*-(?=[^\W\d])", "a blank is missing after this '-', which starts an item of a list"),
    (r"^\s*(- )?[\w-]+:\s+[“”„‘’«»]", "this is no quotation mark of YAML, which takes \" and ' only"),
)
"""What can be told of a line by its looks, once it is known to be wrong."""
