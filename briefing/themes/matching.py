"""Which terms stand in a sentence, and where: one pass over its words, whatever the number of terms."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING

from briefing.language import fold, stem
from briefing.themes.lexicon import Demand, Lexicon, Pattern, Span
from briefing.themes.names import Name, foreign_forms

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from collections.abc import Set as AbstractSet

    from briefing.themes.terms import Term, Themes

Spans = tuple[Span, ...]
Found = dict[int, Spans]
"""spelling or term → where it stands."""
_COMMON = frozenset(
    {"is", "us", "it", "un", "or", "am", "me", "so", "do", "go", "in", "on", "no", "et", "la", "el", "es"}
)
"""Short names that are also words: in a text all in capitals nobody can tell them apart."""
NEARBY = 6
"""Words between the parts of a joined term: about a clause."""
SHOUTED = 0.7
"""Share of capitals among letters from which a text is set in capitals, where they tell nothing."""


class Matcher:
    """Finds the terms of all sections in sentences."""

    def __init__(self, themes: Themes) -> None:
        self._themes = themes
        self._lexicon = themes.lexicon
        self._regexes = _Regexes(themes.lexicon) if themes.lexicon.regexes else None

    def terms(self, text: str, words: Sequence[str], stems: Sequence[str], language: str) -> Found:
        """Return the terms in a sentence of this language, each with the places of its words, in order."""
        spellings = self._spellings(text, words, stems, language)
        if not spellings:
            return {}
        touched = sorted({term for spelling in spellings for term, _, _ in self._themes.uses.get(spelling, ())})
        found = {number: _places(self._themes.terms[number], spellings) for number in touched}
        return _uncovered({number: spans for number, spans in found.items() if spans}, self._themes.terms)

    def holds_term_of(self, section: int, text: str, stems: Sequence[str], language: str) -> bool:
        """Whether a word or phrase of this language holds a term of the section, however its letters are written."""
        row = text.split()
        found = self.terms(text, row, stems, language) or self.terms(text.upper(), row, stems, language)
        return any(self._themes.terms[number].section == section for number in found)

    def _spellings(self, text: str, words: Sequence[str], stems: Sequence[str], language: str) -> Mapping[int, Spans]:
        found: defaultdict[int, set[Span]] = defaultdict(set)
        folded = [_fold(word) for word in words]
        for place, pattern in self._candidates(folded, words, stems, language):
            span = (place, place + len(pattern.tokens))
            if pattern.demand is Demand.ANY or _written_so(pattern.demand, text, words[: span[1]], span[0]):
                found[pattern.spelling].add(span)
        for spelling, span in self._foreign_names(folded):
            found[spelling].add(span)
        if self._regexes is not None:
            for spelling, span in self._regexes.spans(text, language, len(words)):
                found[spelling].add(span)
        return {spelling: tuple(sorted(spans)) for spelling, spans in found.items()}

    def _candidates(
        self, folded: Sequence[str], words: Sequence[str], stems: Sequence[str], language: str
    ) -> Iterator[tuple[int, Pattern]]:
        by_word, by_stem = self._lexicon.by_word, self._lexicon.by_stem.get(language, {})
        for place, word in enumerate(folded):
            for pattern in by_word.get(word, ()):
                if _stands(pattern.tokens, folded, place):
                    yield place, pattern
            if not by_stem:
                continue
            for pattern in by_stem.get(stems[place], ()):
                if _stands(pattern.tokens, stems, place):
                    yield place, pattern
            if word != words[place] and (unaccented := stem(word, language)) != stems[place]:
                for pattern in by_stem.get(unaccented, ()):
                    if _stands_unaccented(pattern.tokens, folded, place, language):
                        yield place, pattern

    def _foreign_names(self, folded: Sequence[str]) -> Iterator[tuple[int, Span]]:
        lexicon = self._lexicon
        if not lexicon.by_skeleton:
            return
        for place, word in enumerate(folded):
            if word.isascii():
                continue
            for form in foreign_forms(word):
                for names in lexicon.by_skeleton.get(form.consonants, ()):
                    end = place + len(names)
                    if names[0].admits(form) and _all_admit(names[1:], folded[place + 1 : end]):
                        for spelling in sorted(lexicon.name_spellings[names]):
                            yield spelling, (place, end)


class _Regexes:
    """All regular expressions of the sections, asked at once: one RE2 set per language."""

    def __init__(self, lexicon: Lexicon) -> None:
        import re2

        options = re2.Options()
        options.case_sensitive = False
        options.log_errors = False
        by_language: defaultdict[str, list[tuple[int, str]]] = defaultdict(list)
        for spelling, language, pattern in lexicon.regexes:
            by_language[language].append((spelling, pattern))
        self._sets = {}
        for language, entries in by_language.items():
            together = re2.Set.SearchSet(options)
            for _, pattern in entries:
                together.Add(pattern)
            together.Compile()
            self._sets[language] = (together, [(s, re2.compile(p, options)) for s, p in entries])

    def spans(self, text: str, language: str, words: int) -> Iterator[tuple[int, Span]]:
        """Yield the expressions that match, with the words around which they do, counted by their share of the text."""
        if language not in self._sets or not text:
            return
        together, entries = self._sets[language]
        for index in sorted(together.Match(text) or ()):
            spelling, expression = entries[index]
            for match in expression.finditer(text):
                first = min(words - 1, match.start() * words // len(text))
                yield spelling, (max(first, 0), max(first, 0) + 1)


def _fold(word: str) -> str:
    return fold(word).removesuffix("'s")


def _stands(tokens: Sequence[str], row: Sequence[str], place: int) -> bool:
    return len(tokens) == 1 or tuple(row[place : place + len(tokens)]) == tokens


def _stands_unaccented(tokens: Sequence[str], folded: Sequence[str], place: int, language: str) -> bool:
    return tuple(stem(word, language) for word in folded[place : place + len(tokens)]) == tokens


def _all_admit(names: Sequence[Name], folded: Sequence[str]) -> bool:
    return len(names) == len(folded) and all(
        any(name.admits(form) for form in foreign_forms(word)) for name, word in zip(names, folded, strict=True)
    )


def _written_so(demand: Demand, text: str, words: Sequence[str], first: int) -> bool:
    """Whether the words from `first` on are written as demanded: the n-th "is" of the words is the n-th of the text."""
    if demand is Demand.CAPITALS and len(words) - first == 1 and words[first] in _COMMON and _is_shouted(text):
        return False
    places = [place for place in range(first, len(words)) if len(words[place]) > 2 or len(words) - first == 1]
    return all(_form_fits(demand, text, words[: place + 1]) for place in places)


def _form_fits(demand: Demand, text: str, words: Sequence[str]) -> bool:
    word = words[-1]
    forms = re.findall(rf"(?<!\w){re.escape(word)}(?!\w)", text, re.IGNORECASE)
    form = forms[min(words.count(word), len(forms)) - 1] if forms else ""
    bare = re.sub(r"(?<=\w)['’]?s$", "", form)
    return bare.isupper() if demand is Demand.CAPITALS else form[:1].isupper()


def _is_shouted(text: str) -> bool:
    letters = [letter for letter in text if letter.isalpha()]
    return sum(map(str.isupper, letters)) > SHOUTED * len(letters)


def _places(term: Term, spellings: Mapping[int, Spans]) -> Spans:
    """Return where a term stands: in one of its variants, each of its parts must be there, near one another."""
    found: set[Span] = set()
    for variant in term.variants:
        parts = [{span for spelling in part for span in spellings.get(spelling, ())} for part in variant]
        if len(parts) == 1:
            found |= parts[0]
        elif all(parts):
            found |= _together(parts)
    return tuple(sorted(found))


def _together(parts: Sequence[AbstractSet[Span]]) -> set[Span]:
    """Return the spans of the parts that stand within so many words of one of the rarest part."""
    found: set[Span] = set()
    for start, end in min(parts, key=len):
        near = [{span for span in part if span[1] > start - NEARBY and span[0] < end + NEARBY} for part in parts]
        if all(near):
            found.update(*near)
    return found


def _uncovered(found: Found, terms: Sequence[Term]) -> Found:
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
