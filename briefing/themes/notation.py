"""How sections and their terms are written in config.yaml, and what its aliases make of them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import chain, islice
from typing import TYPE_CHECKING, Any
from unicodedata import category

from briefing.text import fold
from briefing.text import words as words_of
from briefing.themes.lexicon import is_short_capitals

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from briefing.config import SectionSettings
    from briefing.themes.lexicon import Span

    Match = Callable[[str, int], Any]

REGEX = "regex:"
"""What a term starts with that is a regular expression."""
JOIN = " + "
"""Stands between words or phrases that must all be near one another in a sentence, in any order."""
OR = " | "
"""Stands between words or phrases of which one is enough."""

Aliases = Mapping[str, "Sequence[str] | Mapping[str, Sequence[str]]"]
"""Each name with its other spellings, or each notion with the words for it in every language."""


def parts_of(written: str) -> tuple[tuple[str, ...], ...]:
    """Return a term's parts, all of which must be there, each as the choices of which one is enough."""
    parts = re.split(r"(?:^|\s)\+(?=\s|$)", written)
    return tuple(tuple(choice.strip() for choice in re.split(r"(?:^|\s)\|(?=\s|$)", part)) for part in parts)


@dataclass(frozen=True, slots=True, kw_only=True)
class Notion:
    """A notion as config.yaml writes it, with the words for it by language."""

    name: str
    words: Mapping[str, Sequence[str]]


class Names:
    """What the aliases say of a term: the names that it is a spelling of, the notion that it stands for."""

    def __init__(self, aliases: Aliases) -> None:
        self._notions = {
            fold(name): Notion(name=name, words=found)
            for name, found in aliases.items()
            if isinstance(found, Mapping) and found
        }
        self._spellings = {name: (name, *found) for name, found in aliases.items() if not isinstance(found, Mapping)}
        self._owners: defaultdict[str, list[str]] = defaultdict(list)
        """Folded spelling → the aliases that it belongs to."""
        for name, spellings in self._spellings.items():
            for spelling in spellings:
                self._owners[_alias_key(spelling)].append(name)

    def notion(self, written: str) -> Notion | None:
        """Return the notion of this name."""
        return self._notions.get(fold(written))

    def spellings(self, written: str) -> Iterator[str]:
        """Yield every spelling of the names that this is a spelling of."""
        for name in self._owners.get(_alias_key(written), ()):
            yield from self._spellings[name]

    def label(self, written: str) -> str:
        """Return what a term is called: the name that it is a spelling of, if that is one; otherwise as written."""
        names = self._owners.get(_alias_key(written), [])
        return names[0] if len(names) == 1 else written

    def key(self, written: str) -> str:
        """Return what terms of one section that are one have in common, whichever spelling is written."""
        return self.label(written).casefold()

    def languages_of(self, section: SectionSettings) -> frozenset[str]:
        """Return the languages in which a section has words: those of its terms, and of the notions that they name."""
        written = [term for terms in section.terms.values() for term in terms]
        notions = (
            notion.words for term in written for choice in chain(*parts_of(term)) if (notion := self.notion(choice))
        )
        return frozenset(language for language, terms in section.terms.items() if terms).union(*notions)

    def languages(self, sections: Iterable[SectionSettings]) -> tuple[str, ...]:
        """Return the languages in which any of the sections has words, in order."""
        return tuple(sorted(frozenset[str]().union(*map(self.languages_of, sections))))


def _alias_key(spelling: str) -> str:
    return spelling if is_short_capitals(spelling) else fold(spelling)


Path = tuple[str | int, ...]
"""Where something stands in config.yaml, as keys and indices from the top."""


def with_parents(sections: Sequence[SectionSettings]) -> Iterator[tuple[SectionSettings, str | None]]:
    """Yield every section with the id of the one that it stands under."""
    for section in sections:
        for one in section.family:
            yield one, None if one is section else section.id


def with_paths(sections: Sequence[SectionSettings]) -> Iterator[tuple[SectionSettings, Path]]:
    """Yield every section with its path."""
    for index, section in enumerate(sections):
        yield section, ("sections", index)
        for place, below in enumerate(section.sections):
            yield below, ("sections", index, "sections", place)


# ── regular expressions ───────────────────────────────────────────────────────────────────────────────────────────────
# RE2 knows `\b`, `\w` and `\s` of ASCII alone, and has nothing that looks around, so that `\barrêté\b` finds nothing.
# So each character of a text is set between two marks of its kind, which RE2's own `\b` can tell: `_é__t__é_- -`.
# Each character that an expression asks for is asked for with its marks; what stands between characters stays as it
# is.


MOST_MATCHES = 20
"""Matches of one expression that count in one sentence."""

_WORD, _SPACE, _NEWLINE, _OTHER = "_", " ", "\n", "-"
"""The marks: that of a word is a word character to RE2, that of a newline has `(?m)^` and `(?m)$` next to it."""
_MARKS = _WORD + _SPACE + _NEWLINE + _OTHER
_KINDS = {r"\w": _WORD, r"\W": _SPACE + _NEWLINE + _OTHER, r"\s": _SPACE + _NEWLINE, r"\S": _WORD + _OTHER}
"""The marks around what a class takes."""
_IN_BRACKETS = {r"\W": r"\s", r"\S": r"\w", r"\d": r"\p{Nd}", r"\D": r"\P{Nd}"}
"""What stands for a class among others: it takes nothing more than the class, whose marks tell the whole of it."""
_ANY = "(?s:.)"
_ONE = re.compile(
    r"""
      (?P<between> \(\?(?:P?<\w+>|[imsU-]*[:)]) | [()|^$*+?] | \\[bBAz] | \{(?:0|[1-9][0-9]*)(?:,(?:0|[1-9][0-9]*)?)?\})
    | \\Q (?P<literal> .*?) (?:\\E|\Z)
    | \[ (?P<but>\^?) (?P<among> \]?(?:\[:\^?\w+:\]|\\.|[^\]\\])*) \]
    | \\[pP](?:\{\^?\w+\}|.) | \\x(?:\{\w+\}|..) | \\[0-7]{1,3} | \\. | .
    """,
    re.DOTALL | re.VERBOSE,
)
"""What stands between characters, a stretch taken literally, a class in brackets, or what else asks for a character."""


class RegexTerms:
    """The expressions of all sections, by language."""

    def __init__(self, regexes: Sequence[tuple[int, str, str]]) -> None:
        self._by_language: defaultdict[str, list[tuple[int, Match]]] = defaultdict(list)
        for spelling, language, pattern in regexes:
            self._by_language[language].append((spelling, _compiled(pattern)))

    def spans(self, text: str, language: str, words: int) -> Iterator[tuple[int, Span]]:
        """Yield the expressions that match, with the words that they match; no stretch is counted twice."""
        expressions = self._by_language.get(language, ()) if words else ()
        marked = text.translate(_MARKED) if expressions else ""
        for spelling, match in expressions:
            place = seen = 0
            for start, stop in islice(_matches(match, marked), MOST_MATCHES):
                place += len(words_of(text[seen:start], language))
                end = place + max(1, len(words_of(text[start:stop], language)))
                yield spelling, (min(place, words - 1), min(end, words))
                place, seen = place + len(words_of(text[start:stop], language)), stop


class _Marked(dict[int, str]):
    """Code point → the character between its marks; filled as texts bring them."""

    def __missing__(self, code: int) -> str:
        character = chr(code)
        kind = category(character)
        if character == "_" or kind[0] in "LMN":
            mark = _WORD
        elif character == "\n":
            mark = _NEWLINE
        else:
            mark = _SPACE if kind[0] == "Z" or character in "\t\f\r" else _OTHER
        self[code] = mark + character + mark
        return self[code]


_MARKED = _Marked()


def _matches(match: Match, marked: str) -> Iterator[tuple[int, int]]:
    """Yield where an expression matches, as places in the text without marks."""
    place = 0
    while 3 * place <= len(marked) and (found := match(marked, 3 * place)):
        start, stop = (at // 3 for at in found.span(1))
        yield start, stop
        place = max(stop, start + 1)


def _compiled(pattern: str) -> Match:
    """Return what finds an expression in a marked text, from a character on; group 1 is what the pattern matches."""
    import re2

    found: Match = re2.compile(f"(?s:.{{3}})*?({''.join(map(_for_marked, _ONE.finditer(pattern)))})", _options()).match
    return found


def _for_marked(piece: re.Match[str]) -> str:
    if piece["between"]:
        return piece[0]
    if piece["literal"] is not None:
        return "".join(_asked(_MARKS, rf"\x{{{ord(character):x}}}") for character in piece["literal"])
    if piece["among"] is not None:
        return _class(piece["but"], piece["among"])
    if piece[0] in _KINDS:
        return _asked(_KINDS[piece[0]], _ANY)
    return _asked(_MARKS, _IN_BRACKETS.get(piece[0], piece[0]))


def _class(but: str, among: str) -> str:
    r"""Return a class in brackets; `[^\W\d_]` is what has a word's marks and is neither a digit nor `_`."""
    told = {mark for escape in re.findall(r"\\.", among, re.DOTALL) for mark in _KINDS.get(escape, "")}
    plain = re.sub(r"\\.", lambda escape: _IN_BRACKETS.get(escape[0], escape[0]), among, flags=re.DOTALL)
    if but:
        return _asked((mark for mark in _MARKS if mark not in told), f"[^{plain}]")
    return f"(?:{_asked(_MARKS, f'[{plain}]')}|{_asked(told, _ANY)})" if told else _asked(_MARKS, f"[{plain}]")


def _asked(marks: Iterable[str], character: str) -> str:
    around = "".join(rf"\x{ord(mark):02x}" for mark in sorted(marks))
    return f"(?:[{around}]{character}[{around}])" if around else r"[^\x00-\x{10ffff}]"


def regex_fault(pattern: str) -> str | None:
    """Return what is wrong with a regular expression, or None: it must compile, and not match the empty text."""
    import re2

    try:
        re2.compile(pattern, _options())
        if any(piece[0] == r"\C" for piece in _ONE.finditer(pattern)):
            return r"asks for a byte with \C; write . for any character"
        match = _compiled(pattern)
    except UnicodeEncodeError:
        return "cannot be read: half a character"
    except re2.error as error:
        reason = error.args[0] if error.args else "unknown reason"
        return f"cannot be read: {reason.decode() if isinstance(reason, bytes) else reason}"
    return "matches the empty text" if not pattern or match("", 0) else None


def _options() -> object:
    import re2

    options = re2.Options()
    options.case_sensitive = False
    options.log_errors = False
    return options
