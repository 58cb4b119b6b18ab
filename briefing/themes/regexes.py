"""Regular expressions as terms: RE2, whose time is linear in the text whatever the expression."""

from __future__ import annotations

from collections import defaultdict
from itertools import islice
from typing import TYPE_CHECKING, Any

from briefing.language import words as words_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from briefing.themes.lexicon import Span

MOST_MATCHES = 20
"""Matches of one expression that count in one sentence."""


class RegexTerms:
    """The expressions of all sections, by language."""

    def __init__(self, regexes: Sequence[tuple[int, str, str]]) -> None:
        import re2

        self._by_language: defaultdict[str, list[tuple[int, Any]]] = defaultdict(list)
        for spelling, language, pattern in regexes:
            self._by_language[language].append((spelling, re2.compile(pattern, _options())))

    def spans(self, text: str, language: str, words: int) -> Iterator[tuple[int, Span]]:
        """Yield the expressions that match, with the words that they match; no stretch is counted twice."""
        for spelling, expression in self._by_language.get(language, ()) if words else ():
            place = seen = 0
            for match in islice(expression.finditer(text), MOST_MATCHES):
                place += len(words_of(text[seen : match.start()], language))
                end = place + max(1, len(words_of(match.group(), language)))
                yield spelling, (min(place, words - 1), min(end, words))
                place, seen = place + len(words_of(match.group(), language)), match.end()


def regex_fault(pattern: str) -> str | None:
    """Return what is wrong with a regular expression, or None: it must compile, and not match the empty text."""
    import re2

    try:
        compiled = re2.compile(pattern, _options())
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
