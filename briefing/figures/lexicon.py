"""What the rules for figures know of one language and of the packs in use, compiled once."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, cached_property
from typing import TYPE_CHECKING, NamedTuple

from briefing.languages import ANY
from briefing.packs import vocabulary
from briefing.text import fold, number_words, stop_words, weekday_names

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from briefing.languages import Language

PEOPLE, MONEY, SHARE = "people", "money", "share"
"""What is counted where no noun says so, and in amounts that name a currency or per cent."""
ARABIC_PREFIXES = ("", "ال", "و", "وال", "ف", "فال", "ب", "بال", "ل", "لل", "ك", "كال")
"""The article and particles that are written as one with the word behind them."""
_ARABIC_ARTICLES = tuple(prefix for prefix in ARABIC_PREFIXES if prefix.endswith(("ال", "لل")))
"""Those that hold the article, without which the names of some days are other words: two, somebody."""
_WORD = re.compile(r"(?:[^\W_]|[\u0610-\u061a\u0640\u064b-\u065f\u0670])+(?:-[^\W_]+)*")


class Word(NamedTuple):
    """A word at `start` to `end`; `key` is what lists know it by."""

    key: str
    start: int
    end: int


def words_of(text: str) -> tuple[Word, ...]:
    """Return the words of a text, elisions apart, without the marks of Arabic."""
    return tuple([Word._make((fold(match[0]), *match.span())) for match in _WORD.finditer(text)])


@cache
def lexicon(language: str, packs: tuple[str, ...] = ()) -> Lexicon:
    """Return the lexicon of a language with what the packs in use add."""
    return Lexicon(language, vocabulary(language, packs), vocabulary(ANY, packs))


@dataclass(frozen=True, eq=False)
class Lexicon:
    """Words and patterns of one language. Classes of words are the same in all languages, which meet in them.

    Words stand in the language files as they are written and without stems: a stem such as the French `tu` (tué) would
    find the pronoun, too. A class holds what a reader would add up: families are no people, children no women. Not
    slotted: each attribute is built when a text first needs it.
    """

    language: str
    known: Language
    shared: Language

    @cached_property
    def lists(self) -> Mapping[str, frozenset[str]]:
        """The word lists of the table `figures` by name, and the `conjunctions` of numbers, as keys of words."""
        tables = {**self.known.figures._asdict(), "conjunctions": self.known.numbers.conjunctions}
        return {name: self._keys(words) for name, words in tables.items() if isinstance(words, frozenset)}

    @cached_property
    def things(self) -> Mapping[str, str]:
        """The class of each word that names what is counted."""
        return self._classes(self.known.figures.things)

    @cached_property
    def happenings(self) -> Mapping[str, str]:
        """The class of each word that names what happened to it."""
        return self._classes(self.known.figures.happenings)

    @cached_property
    def times(self) -> Mapping[str, str]:
        """The time that each word names."""
        return self._classes(self.known.figures.times)

    @cached_property
    def weekdays(self) -> Mapping[str, int]:
        """The day of the week of each word that names one, 0 for Monday."""
        named = ((fold(name), day) for name, day in weekday_names(self.language).items())
        if self.language != "ar":
            return dict(named)
        return {prefix + key.removeprefix("ال"): day for key, day in named for prefix in _ARABIC_ARTICLES}

    @cached_property
    def cues(self) -> frozenset[str]:
        """The words, as sentences have them, of which a sentence with a figure has one."""
        known = self.known.figures
        return frozenset().union(self.happenings, known.toll, *known.happenings.values())

    @cached_property
    def generic(self) -> frozenset[str]:
        """Words that say nothing of which event a sentence tells: days, classes and stop words."""
        classes = self.things.keys() | self.happenings.keys()
        return frozenset(self.weekdays.keys() | classes | set(map(fold, stop_words(self.language))))

    @cached_property
    def no_names(self) -> frozenset[str]:
        """Words that are no name of a place or party where they have a capital."""
        return self.generic | self.times.keys() | frozenset(map(fold, number_words(self.language)))

    def affects(self, happening: str, thing: str) -> bool:
        """Tell whether something can happen to a thing; else it is a misreading (four strikes that killed: no dead)."""
        shared = self.shared.figures
        return thing in (shared.persons if happening in shared.personal else shared.affected.get(happening, ()))

    def same_things(self, happening: str, things: set[str]) -> bool:
        """Tell whether things are the same ones where this happens to them: who surrenders is a captive afterwards."""
        return things <= self.shared.figures.alike.get(happening, frozenset())

    def pattern(self, *names: str) -> re.Pattern[str]:
        """Return what finds one of the patterns of some lists of the table `figures`, as whole words in any case."""
        return _compiled(self, names)

    def _classes(self, table: Mapping[str, Iterable[str]]) -> dict[str, str]:
        """Return the class of each word; a word of two counts as the first."""
        return {key: name for name, words in reversed(tuple(table.items())) for key in self._keys(words)}

    def _keys(self, words: Iterable[str]) -> frozenset[str]:
        """Return words as texts have them, folded, in Arabic behind each particle."""
        keys = frozenset(map(fold, words))
        if self.language != "ar":
            return keys
        return frozenset(prefix + key.removeprefix("ال") for key in keys for prefix in ARABIC_PREFIXES)


@cache
def _compiled(lexicon: Lexicon, names: tuple[str, ...]) -> re.Pattern[str]:
    listed = [cue for name in names for cue in getattr(lexicon.known.figures, name)]
    return re.compile(rf"\b(?:{either(listed)})\b", re.IGNORECASE)


def either(patterns: Iterable[str]) -> str:
    """Return a pattern of alternatives; it finds nothing where there are none."""
    return "|".join(patterns) or "(?!)"
