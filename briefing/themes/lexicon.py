"""Spellings in tables that one pass over a sentence can look up, whatever the number of sections and terms."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache, cached_property, lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

from briefing.languages import language_data
from briefing.models import quickly_pickled
from briefing.text import Name, fold, romanise, stem, stop_words, words

if TYPE_CHECKING:
    from collections.abc import Sequence

SHORT = 4
"""Letters up to which a name in capitals matches capitals only: IS, EI, SDF; ISIL is nobody's common word, but is 4."""

Span = tuple[int, int]
"""First word and the one after the last, as indices into a sentence's words."""


class Demand(StrEnum):
    """How a spelling must be written in the text."""

    ANY = "any"
    NAME = "name"
    """With a capital, as a name: what is a name in one language may be a common word in another."""
    CAPITALS = "capitals"
    """All in capitals: IS is not "is", EI is not "ei"."""
    ACCENTS = "accents"
    """With its accents: maïs is not "mais", nor té "te"."""


@quickly_pickled
@dataclass(frozen=True, slots=True, kw_only=True)
class Pattern:
    """Words in a row, in the form that their table holds, and the spelling that they write."""

    tokens: tuple[str, ...]
    spelling: int
    demand: Demand = Demand.ANY
    word: str = ""
    """The word that it stems from, folded, where it is one word and matches by its stem."""

    def admits(self, found: str, language: str) -> bool:
        """Whether a folded word with its stem is no other one that stands in every text, as "well" is beside wells."""
        plain = plain_stop_words(language)
        return not self.word or found == self.word or found not in plain or self.word in plain


@dataclass(slots=True, kw_only=True)
class Lexicon:
    """Every spelling of every section, by its first word: filled while sections are compiled, then only read."""

    spellings: dict[tuple[str, str], int] = field(default_factory=dict)
    """(language or "*" or "regex", as written) → number of the spelling."""
    by_stem: dict[str, dict[str, list[Pattern]]] = field(default_factory=dict)
    """language → first stem → patterns of stems."""
    by_word: dict[str, list[Pattern]] = field(default_factory=dict)
    """first folded word → patterns of folded words, for every language."""
    by_skeleton: dict[str, list[tuple[Name, ...]]] = field(default_factory=dict)
    """first consonant skeleton → names, for words in other scripts."""
    name_spellings: dict[tuple[Name, ...], set[int]] = field(default_factory=dict)
    regexes: list[tuple[int, str, str]] = field(default_factory=list)
    """(spelling, language, pattern)."""

    def number(self, kind: str, written: str) -> tuple[int, bool]:
        """Return the number of a spelling, and whether it is new."""
        known = self.spellings.get((kind, written))
        if known is not None:
            return known, False
        number = self.spellings[kind, written] = len(self.spellings)
        return number, True

    def add_words(self, written: str, language: str) -> int:
        """Take up a word or phrase of one language: it matches by its stems there."""
        number, new = self.number(language, written)
        if new:
            if is_short_capitals(written):
                self._add_capitals(written, number)
            else:
                self._add_stems(written, language, number)
        return number

    def add_everywhere(self, written: str, languages: tuple[str, ...], *, transliterated: bool = True) -> int:
        """Take up a spelling that is the same thing in every language: an alias or a proper name.

        `transliterated` ones are also found in other scripts, by their consonants.
        """
        number, new = self.number("*", written)
        if transliterated and is_name(written) and not is_short_capitals(written):
            self._add_name(written, number)
        if not new:
            return number
        if is_short_capitals(written):
            self._add_capitals(written, number)
            return number
        demand = Demand.NAME if is_name(written) else Demand.ANY
        for row in _rows(written, "und"):
            told = any(is_told_by_accents(row, language) for language in languages)
            self._add_row(tuple(fold(word) for word in row), number, Demand.ACCENTS if told else demand)
        if demand is Demand.ANY:
            for language in languages:
                self._add_stems(written, language, number)
        return number

    def add_regex(self, pattern: str, language: str) -> int:
        """Take up a regular expression for the sentences of one language."""
        number, new = self.number(f"regex {language}", pattern)
        if new:
            self.regexes.append((number, language, pattern))
        return number

    def _add_stems(self, written: str, language: str, number: int) -> None:
        table = self.by_stem.setdefault(language, {})
        for row in _rows(written, language):
            demand = Demand.ACCENTS if is_told_by_accents(row, language) else Demand.ANY
            for tokens in sorted(_stemmed(row, language)):
                word = fold(row[0]) if len(row) == 1 else ""
                table.setdefault(tokens[0], []).append(
                    Pattern(tokens=tokens, spelling=number, demand=demand, word=word)
                )

    def _add_row(self, tokens: tuple[str, ...], number: int, demand: Demand) -> None:
        pattern = Pattern(tokens=tokens, spelling=number, demand=demand)
        self.by_word.setdefault(tokens[0], []).append(pattern)

    def _add_capitals(self, written: str, number: int) -> None:
        joined = fold(written.replace(".", ""))
        spelt = tuple(fold(word) for word in term_words(written, "und"))
        for row in dict.fromkeys(((joined,), (f"{joined}s",), spelt, tuple(joined))):  # EI, MPs, EE.UU., U.S.
            self._add_row(row, number, Demand.CAPITALS)

    def _add_name(self, written: str, number: int) -> None:
        names = tuple(romanise(fold(word)) for word in term_words(written, "und"))
        if all(name.is_telling for name in names):
            if names not in self.name_spellings:
                self.by_skeleton.setdefault(names[0].consonants, []).append(names)
            self.name_spellings.setdefault(names, set()).add(number)


@lru_cache(maxsize=1 << 14)
def term_words(written: str, language: str) -> tuple[str, ...]:
    """Return the words of a term or a spelling: a pack's are checked, compared and compiled."""
    return words(written, language)


def stem_rows(written: str, language: str) -> frozenset[tuple[str, ...]]:
    """Return the stems by which a word or phrase is found in its language, in every form of it."""
    return frozenset(tokens for row in _rows(written, language) for tokens in _stemmed(row, language))


def _stemmed(row: tuple[str, ...], language: str) -> set[tuple[str, ...]]:
    return {tuple(stem(word, language) for word in form) for form in {row, tuple(map(fold, row))}}


def _rows(written: str, language: str) -> list[tuple[str, ...]]:
    """Return the words of a spelling in every form that a stemmer keeps apart.

    Abbreviations also stand letter by letter, as in "U.S.-backed".
    """
    spelt = re.sub(r"\b[A-Z]{2,4}\b", lambda match: " ".join(match[0]), written)
    rows = [term_words(each, language) for each in dict.fromkeys((written, spelt))]
    return list(dict.fromkeys(form for row in rows if row for form in (row, *_forms(row, language))))


def _forms(row: tuple[str, ...], language: str) -> tuple[tuple[str, ...], ...]:
    """Return the plural of French words (Snowball keeps détenu and détenus apart), and words with joined particles."""
    if language == "fr":
        return (tuple(word if word.endswith(("s", "x")) else f"{word}s" for word in row),)
    stemming = language_data(language).stemming
    bare = row[0].removeprefix(stemming.article)
    return (
        tuple((prefix + bare, *row[1:]) for prefix in ("", *sorted(stemming.particles))) if stemming.particles else ()
    )


def is_told_by_accents(row: tuple[str, ...], language: str) -> bool:
    """Whether nothing but its accents tells a word from one that stands in every text: maïs from mais, té from te."""
    if len(row) != 1 or row[0].isascii():
        return False
    plain = fold(row[0])
    return plain.isascii() and row[0] not in stop_words(language) and plain in plain_stop_words(language)


@cache
def plain_stop_words(language: str) -> frozenset[str]:
    """Return the words that stand in every text of a language, without accents."""
    return frozenset(fold(word) for word in stop_words(language))


def is_short_capitals(written: str) -> bool:
    """Whether a term is a short name in capitals, which matches capitals only."""
    letters = written.replace(".", "")
    return letters.isalnum() and letters.isupper() and len(letters) <= SHORT


def is_name(written: str) -> bool:
    """Whether every word of some length starts with a capital, as only names do (German nouns apart)."""
    long_words = [word for word in re.findall(r"\w+", written) if len(word) > 2]
    return bool(long_words) and all(word[0].isupper() for word in long_words)


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
