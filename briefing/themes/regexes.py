"""Regular expressions as terms: RE2, whose time is linear in the text whatever the expression."""

from __future__ import annotations

from collections import defaultdict
from itertools import islice
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from briefing.themes.lexicon import Span

MOST_MATCHES = 20
"""Matches of one expression that count in one sentence."""


class RegexTerms:
    """All expressions of the sections, asked at once: one RE2 set for each language."""

    def __init__(self, regexes: Sequence[tuple[int, str, str]]) -> None:
        import re2

        options = _options()
        by_language: defaultdict[str, list[tuple[int, str]]] = defaultdict(list)
        for spelling, language, pattern in regexes:
            by_language[language].append((spelling, pattern))
        self._sets = {}
        for language, entries in by_language.items():
            together = re2.Set.SearchSet(options)
            for _, pattern in entries:
                together.Add(pattern)
            together.Compile()
            self._sets[language] = (together, [(number, re2.compile(p, options)) for number, p in entries])

    def spans(self, text: str, language: str, words: int) -> Iterator[tuple[int, Span]]:
        """Yield the expressions that match, with the word at which they do, reckoned from the share of the text."""
        if language not in self._sets or not words:
            return
        together, entries = self._sets[language]
        for index in sorted(together.Match(text) or ()):
            number, expression = entries[index]
            for match in islice(expression.finditer(text), MOST_MATCHES):
                place = min(words - 1, match.start() * words // len(text))
                yield number, (place, place + 1)


def regex_fault(pattern: str) -> str | None:
    """Return what is wrong with a regular expression, or None: it must compile, and not match the empty text."""
    import re2

    try:
        compiled = re2.compile(pattern, _options())
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
