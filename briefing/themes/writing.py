"""How the words of a sentence are written: in capitals, as a name, with accents, or otherwise."""

from __future__ import annotations

import re
from collections import Counter
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING

from briefing.text import fold, stop_words
from briefing.themes.lexicon import SHORT, Demand, Span

if TYPE_CHECKING:
    from collections.abc import Sequence

COMMON = frozenset(
    {"is", "us", "it", "un", "or", "am", "pm", "me", "so", "do", "go", "in", "on", "no", "et", "la", "el", "es", "ice"}
)
"""Short names that are also words, as are those of each language that stand in every text: in a text all in capitals
nobody can tell them apart."""
SHOUTED = 0.7
"""Share of capitals among letters from which a text is set in capitals, where they tell nothing."""
MARKS = frozenset(",;:!?،؛؟")
"""What ends a phrase; a full stop does not, which stands in abbreviations."""
WIDEST_GAP = 6
"""Characters between two words of a phrase."""
SHORT_WORD = 2
"""Letters up to which a word within a name may be small: de, al, of."""


class Writing:
    """A sentence's words as its text writes them; looked at only where a term asks."""

    def __init__(self, text: str, words: Sequence[str], language: str) -> None:
        self._text = text
        self._language = language
        self._gaps: dict[tuple[str, str], bool] = {}
        self._words = words
        self._forms: dict[str, list[str]] = {}

    def meets(self, demand: Demand, span: Span) -> bool:
        """Whether the words at this place are written as demanded."""
        if demand is Demand.ANY:
            return True
        places = range(*span)
        if demand is Demand.ACCENTS:
            return all(self._words[place] != fold(self._words[place]) for place in places)
        if demand is Demand.NAME:
            long_words = [place for place in places if len(self._words[place]) > SHORT_WORD] or places
            return all(self._form(place)[:1].isupper() for place in long_words)
        hidden = len(places) == 1 and self._is_a_word(self._words[span[0]]) and self._is_shouted
        return not hidden and all(re.sub(r"(?<=\w\w)['’]?s$", "", self._form(place)).isupper() for place in places)

    def is_broken(self, span: Span) -> bool:
        """Tell whether a mark always stands between two words of a phrase: "the camp, David said" has no Camp David."""
        row = self._words[span[0] : span[1]]
        return any(self._apart(one, other) for one, other in pairwise(row))

    def _apart(self, one: str, other: str) -> bool:
        key = (one, other)
        if key not in self._gaps:
            found = re.findall(
                rf"(?<!\w){re.escape(one)}(?!\w)([^\w]{{0,{WIDEST_GAP}}}?)(?<!\w){re.escape(other)}(?!\w)",
                self._text,
                re.IGNORECASE,
            )
            self._gaps[key] = bool(found) and all(not MARKS.isdisjoint(gap) for gap in found)
        return self._gaps[key]

    def _is_a_word(self, name: str) -> bool:
        return name in COMMON or name in stop_words(self._language)

    def _form(self, place: int) -> str:
        """Return a word as it is written: the n-th "is" among the words is the n-th in the text."""
        word = self._words[place]
        if word not in self._forms:
            letters = r"\.?".join(map(re.escape, word)) if len(word) <= SHORT else re.escape(word)  # U.S. is US
            self._forms[word] = re.findall(rf"(?<!\w){letters}(?!\w)", self._text, re.IGNORECASE)
        forms = self._forms[word]
        return forms[min(self._ranks[place], len(forms) - 1)] if forms else ""

    @cached_property
    def _ranks(self) -> list[int]:
        """For each word, how many of its like stand before it."""
        seen = Counter[str]()
        ranks = []
        for word in self._words:
            ranks.append(seen[word])
            seen[word] += 1
        return ranks

    @cached_property
    def _is_shouted(self) -> bool:
        letters = [letter for letter in self._text if letter.isalpha()]
        return sum(map(str.isupper, letters)) > SHOUTED * len(letters)
