"""Which terms stand in a sentence, and where: one pass over its words, whatever the number of terms."""

from __future__ import annotations

from collections import defaultdict
from itertools import chain
from typing import TYPE_CHECKING

from briefing.models import UNDETERMINED
from briefing.text import Name, fold, foreign_forms, stem
from briefing.text import stems as stems_of
from briefing.themes.combining import Spans, Spellings, combine
from briefing.themes.lexicon import Demand
from briefing.themes.regexes import RegexTerms
from briefing.themes.writing import Writing

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from briefing.themes.lexicon import Pattern, Span
    from briefing.themes.terms import Themes

Found = dict[int, Spans]
"""term → where it stands."""
MOST_PLACES = 20
"""Places of one spelling that count in one sentence, so that a sentence of a megabyte costs no more than its length."""


class Matcher:
    """Finds the terms of all sections in sentences."""

    def __init__(self, themes: Themes) -> None:
        self._themes = themes
        self._lexicon = themes.lexicon
        self._regexes = RegexTerms(themes.lexicon.regexes) if themes.lexicon.regexes else None

    def terms(self, text: str, words: Sequence[str], stems: Sequence[str], language: str) -> Found:
        """Return the terms in a sentence of this language, each with the places of its words, in order."""
        return self.terms_of(self.spellings(text, words, stems, language))

    def terms_of(self, spellings: Spellings) -> Found:
        """Return the terms that the spellings of one sentence make."""
        if not spellings:
            return {}
        touched = sorted({term for spelling in spellings for term, _, _ in self._themes.uses.get(spelling, ())})
        return combine(touched, self._themes.terms, spellings)

    def holds_word_of(self, section: int, text: str, stems: Sequence[str], language: str) -> bool:
        """Whether a word or phrase of this language holds one that the section uses, in whatever letters."""
        row = text.split()
        written = (self.spellings(form, row, stems, language) for form in (text, text.title(), text.upper()))
        terms = (
            number for found in written for spelling in found for number, _, _ in self._themes.uses.get(spelling, ())
        )
        return any(self._themes.terms[number].section == section for number in terms)

    def spellings(self, text: str, words: Sequence[str], stems: Sequence[str], language: str) -> Spellings:
        """Return what stands in a sentence of this language, and where, before it is joined to terms."""
        found: defaultdict[int, set[Span]] = defaultdict(set)
        folded = [fold(word).removesuffix("'s") for word in words]
        writing = Writing(text, words, language)
        for place, pattern in chain(self._everywhere(folded), self._in_its_language(folded, words, stems, language)):
            span = (place, place + len(pattern.tokens))
            if (
                len(found[pattern.spelling]) < MOST_PLACES
                and (pattern.demand is Demand.ANY or writing.meets(pattern.demand, span))
                and not (len(pattern.tokens) > 1 and writing.is_broken(span))
            ):
                found[pattern.spelling].add(span)
        for spelling, span in self._foreign_names(words):
            found[spelling].add(span)
        if self._regexes is not None:
            for spelling, span in self._regexes.spans(text, language, len(words)):
                found[spelling].add(span)
        return {spelling: tuple(sorted(spans)[:MOST_PLACES]) for spelling, spans in found.items() if spans}

    def _everywhere(self, folded: Sequence[str]) -> Iterator[tuple[int, Pattern]]:
        by_word = self._lexicon.by_word
        for place, word in enumerate(folded):
            for pattern in by_word.get(word, ()):
                if _stands(pattern.tokens, folded, place):
                    yield place, pattern

    def _in_its_language(
        self, folded: Sequence[str], words: Sequence[str], stems: Sequence[str], language: str
    ) -> Iterator[tuple[int, Pattern]]:
        """Yield what stands there by its stems; a sentence whose language cannot be told is read in all of them."""
        if language == UNDETERMINED:
            for known in sorted(self._lexicon.by_stem):
                yield from self._in_its_language(folded, words, stems_of(words, known), known)
        by_stem = self._lexicon.by_stem.get(language, {})
        for place, word in enumerate(folded if by_stem else ()):
            for pattern in by_stem.get(stems[place], ()):
                if _stands(pattern.tokens, stems, place):
                    yield place, pattern
            if word != words[place] and (unaccented := stem(word, language)) != stems[place]:
                for pattern in by_stem.get(unaccented, ()):
                    if _stands_unaccented(pattern.tokens, folded, place, language):
                        yield place, pattern

    def _foreign_names(self, words: Sequence[str]) -> Iterator[tuple[int, Span]]:
        lexicon = self._lexicon
        if not lexicon.by_skeleton:
            return
        for place, word in enumerate(words):
            if word.isascii():
                continue
            for form in foreign_forms(word):
                for names in lexicon.by_skeleton.get(form.consonants, ()):
                    end = place + len(names)
                    if names[0].admits(form) and _all_admit(names[1:], words[place + 1 : end]):
                        for spelling in sorted(lexicon.name_spellings[names]):
                            yield spelling, (place, end)


def _stands(tokens: Sequence[str], row: Sequence[str], place: int) -> bool:
    return len(tokens) == 1 or tuple(row[place : place + len(tokens)]) == tokens


def _stands_unaccented(tokens: Sequence[str], folded: Sequence[str], place: int, language: str) -> bool:
    return tuple(stem(word, language) for word in folded[place : place + len(tokens)]) == tokens


def _all_admit(names: Sequence[Name], words: Sequence[str]) -> bool:
    return len(names) == len(words) and all(
        any(name.admits(form) for form in foreign_forms(word)) for name, word in zip(names, words, strict=True)
    )
