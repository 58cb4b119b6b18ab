"""Which terms stand in a sentence, and where: one pass over its words, whatever the number of terms.

Parts of a joined term must stand near one another, and no term counts within a longer one of its section.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from itertools import chain
from typing import TYPE_CHECKING

from briefing.models import UNDETERMINED
from briefing.text import Name, fold, foreign_forms, stem
from briefing.text import stems as stems_of
from briefing.themes.lexicon import Demand, Writing
from briefing.themes.notation import RegexTerms

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from collections.abc import Set as AbstractSet

    from briefing.themes.lexicon import Pattern, Span
    from briefing.themes.terms import Term, Themes

Spans = tuple["Span", ...]
Spellings = Mapping[int, Spans]
"""spelling → where it stands."""
NEARBY = 6
"""Words between the parts of a joined term: about a clause."""


def combine(touched: Iterable[int], terms: Sequence[Term], spellings: Spellings) -> dict[int, Spans]:
    """Return which of the terms stand there and where, in order of their numbers.

    The words of a term under `not` are no others' words in that section: "taken hostage" is no "taken + town".
    """
    against = {number: _places(terms[number], spellings) for number in touched if terms[number].against}
    taken: defaultdict[int, list[Span]] = defaultdict(list)
    for number, spans in against.items():
        taken[terms[number].section].extend(spans)
    left = {section: _without(spans, spellings) for section, spans in taken.items() if spans}
    found = {
        number: against.get(number) or _places(terms[number], left.get(terms[number].section, spellings))
        for number in touched
    }
    return _uncovered({number: spans for number, spans in found.items() if spans}, terms)


def _without(taken: Sequence[Span], spellings: Spellings) -> Spellings:
    return {
        number: tuple(span for span in spans if not any(start <= span[0] and span[1] <= end for start, end in taken))
        for number, spans in spellings.items()
    }


def _places(term: Term, spellings: Spellings) -> Spans:
    """Return where a term stands: in one of its variants, each of its parts must be there, near one another."""
    found: set[Span] = set()
    for parts in _parts(term, spellings):
        if len(parts) == 1:
            found |= parts[0]
        for _, near in _together(parts) if len(parts) > 1 else ():
            found.update(*near)
    return tuple(sorted(found)) if found else ()


def one_of_each(term: Term, spellings: Spellings, known: Spans) -> Spans:
    """Return one place for each part of a joined term where it stands first, in the order of the parts.

    `known` are places of the term as `combine` found them: they come before words that another term has taken.
    """
    for parts in _parts(term, spellings):
        places = ((place not in known, place, near) for place, near in _together(parts))
        for _, place, near in sorted(places, key=lambda found: found[:2]):
            chosen: dict[int, Span] = {}
            for part in sorted(range(len(near)), key=lambda number: len(near[number])):
                free = near[part].difference(chosen.values()) or near[part]
                chosen[part] = min(free, key=lambda span: (span not in known, abs(span[0] - place[0]), span))
            return tuple(chosen[part] for part in range(len(near)))
    return ()


def _parts(term: Term, spellings: Spellings) -> Iterator[list[set[Span]]]:
    """Yield where the parts of a term stand, for each of its variants of which none is missing."""
    for variant in term.variants:
        parts: list[set[Span]] = []
        for part in variant:
            parts.append({span for spelling, spans in spellings.items() if spelling in part for span in spans})
            if not parts[-1]:
                break
        else:
            yield parts


def _together(parts: Sequence[AbstractSet[Span]]) -> Iterator[tuple[Span, list[set[Span]]]]:
    """Yield the places of the rarest part that have all parts within so many words, with what stands there of each."""
    for start, end in min(parts, key=len):
        near = [{span for span in part if span[1] > start - NEARBY and span[0] < end + NEARBY} for part in parts]
        if all(near) and len(near[0].union(*near)) >= len(parts):  # one word is not two of them
            yield (start, end), near


def _uncovered(found: Mapping[int, Spans], terms: Sequence[Term]) -> dict[int, Spans]:
    """Drop what lies within a longer term of the same section: "camp" within "al-Hol camp"."""
    by_section: defaultdict[int, list[tuple[int, Span]]] = defaultdict(list)
    for number, spans in found.items():
        by_section[terms[number].section].extend((number, span) for span in spans)
    kept: defaultdict[int, list[Span]] = defaultdict(list)
    for entries in by_section.values():
        entries.sort(key=lambda entry: (entry[1][0] - entry[1][1], not terms[entry[0]].against, entry[0], entry[1]))
        seen: list[Span] = []
        for number, span in entries:
            if not any(start <= span[0] and span[1] <= end for start, end in seen):
                kept[number].append(span)
            seen.append(span)
    return {number: tuple(sorted(kept[number])) for number in sorted(kept)}


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
                if _stands(pattern.tokens, stems, place) and pattern.admits(word, language):
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
