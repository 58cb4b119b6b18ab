"""What the rules for figures know of one language and of the packs in use, compiled once."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from briefing.languages import ANY, either
from briefing.packs import vocabulary
from briefing.text import fold, number_words, stop_words, weekday_names

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from briefing.languages import Figures, Language

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


class Lexicon:
    """Words and patterns of one language. Classes of words are the same in all languages, which meet in them.

    Words stand in the language files as they are written and without stems: a stem such as the French `tu` (tué) would
    find the pronoun, too. A class holds what a reader would add up: families are no people, children no women.
    """

    def __init__(self, language: str, packs: tuple[str, ...]) -> None:
        self.language = language
        self.known: Language = vocabulary(language, packs)
        self.figures: Figures = self.known.figures
        self.shared: Figures = vocabulary(ANY, packs).figures
        tables = {**self.figures._asdict(), "conjunctions": self.known.numbers.conjunctions}
        self.lists = {name: self._keys(words) for name, words in tables.items() if isinstance(words, frozenset)}
        """The word lists of the table `figures` by name, and the `conjunctions` of numbers, as keys of words."""
        self.things, self.happenings, self.times = (
            self._classes(table) for table in (self.figures.things, self.figures.happenings, self.figures.times)
        )
        """The class of each word that names what is counted, what happened to it, and a time."""
        self.weekdays = {
            key: day
            for name, day in weekday_names(language).items()
            for key in self._joined(fold(name), _ARABIC_ARTICLES)
        }
        """The day of the week of each word that names one, 0 for Monday."""
        self.cues = frozenset().union(self.happenings, self.figures.toll, *self.figures.happenings.values())
        """The words, as sentences have them, of which a sentence with a figure has one."""
        self.generic = frozenset({*self.weekdays, *self.things, *self.happenings, *map(fold, stop_words(language))})
        """Words that say nothing of which event a sentence tells: days, classes and stop words."""
        self.no_names = self.generic.union(self.times, map(fold, number_words(language)))
        """Words that name no place or party where they have a capital."""

    def affects(self, happening: str, thing: str) -> bool:
        """Tell whether something can happen to a thing; else it is a misreading (four strikes that killed: no dead)."""
        personal = happening in self.shared.personal
        return thing in (self.shared.persons if personal else self.shared.affected.get(happening, ()))

    def same_things(self, happening: str, things: set[str]) -> bool:
        """Tell whether things are the same ones where this happens to them: who surrenders is a captive afterwards."""
        return things <= self.shared.alike.get(happening, frozenset())

    def pattern(self, *names: str) -> re.Pattern[str]:
        """Return what finds one of the patterns of some lists of the table `figures`, as whole words in any case."""
        return _compiled(self, names)

    def _classes(self, table: Mapping[str, Iterable[str]]) -> dict[str, str]:
        """Return the class of each word; a word of two counts as the first."""
        return {key: name for name, words in reversed(tuple(table.items())) for key in self._keys(words)}

    def _keys(self, words: Iterable[str]) -> frozenset[str]:
        """Return words as texts have them, folded, in Arabic behind each particle."""
        return frozenset(key for word in words for key in self._joined(fold(word), ARABIC_PREFIXES))

    def _joined(self, key: str, prefixes: Iterable[str]) -> Iterator[str]:
        if self.language != "ar":
            yield key
        else:
            yield from (prefix + key.removeprefix("ال") for prefix in prefixes)


@cache
def lexicon(language: str, packs: tuple[str, ...] = ()) -> Lexicon:
    """Return the lexicon of a language with what the packs in use add."""
    return Lexicon(language, packs)


@cache
def _compiled(known: Lexicon, names: tuple[str, ...]) -> re.Pattern[str]:
    listed = [cue for name in names for cue in getattr(known.figures, name)]
    return re.compile(rf"\b(?:{either(listed)})\b", re.IGNORECASE)
