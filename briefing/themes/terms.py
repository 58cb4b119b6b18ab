"""Sections as matching needs them: every term compiled once, with its aliases, its weight and its spellings."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from itertools import chain
from typing import TYPE_CHECKING

from briefing.languages import language_data
from briefing.text import fold, stem, words
from briefing.themes.fields import shares_of
from briefing.themes.lexicon import Lexicon, is_name, is_short_capitals
from briefing.themes.notation import OR, REGEX, Names, parts_of, regex_fault, with_parents

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from briefing.config import SectionSettings
    from briefing.themes.notation import Aliases

LONGEST_NAME, SHORTEST_NAME = 4, 4
"""Words of a section's name, and letters of a word that tells it: "war, crime and justice"."""

Variant = tuple[frozenset[int], ...]
"""One way to find a term: for each of its parts, the spellings that will do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """A term of a section, in all the languages in which it was written alike."""

    section: int
    label: str
    """As config.yaml writes it, or the name of the alias that it stands for."""
    weight: float
    against: bool
    variants: tuple[Variant, ...]
    languages: tuple[str, ...]
    is_open: bool
    """Whether it does not say by itself which words it stands for: it has alternatives, or names a notion."""

    @property
    def signed_weight(self) -> float:
        """The weight; negative where the term speaks against the section."""
        return -self.weight if self.against else self.weight

    @property
    def is_phrase(self) -> bool:
        """Whether it is written as several words in a row."""
        return not self.is_open and len(self.label.split()) > 1 and not self.label.startswith(REGEX)

    @property
    def parts(self) -> int:
        """How many words or phrases it takes to find it: more than one for a joined term."""
        return min(len(variant) for variant in self.variants)


@dataclass(frozen=True, slots=True, kw_only=True)
class Theme:
    """A section's identity, and what it takes to stand in it."""

    id: str
    threshold: float
    languages: frozenset[str]
    """The languages in which it has terms of its own."""
    parent: str | None = None
    """The section that it stands under."""
    draws: frozenset[str] = frozenset()
    """The languages that it draws from; all where there is none."""
    names: frozenset[str] = frozenset()
    """Stems of what an outlet may call such a section in its addresses: words of its title and id, and its terms."""
    fields: Mapping[str, float] = field(default_factory=dict)
    """The lexical fields that it borrows from, with its share of each (`fields`)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Themes:
    """All sections, compiled."""

    sections: tuple[Theme, ...]
    terms: tuple[Term, ...]
    lexicon: Lexicon
    uses: dict[int, tuple[tuple[int, int, int], ...]]
    """spelling → the (term, variant, part) that it serves."""

    @property
    def ids(self) -> tuple[str, ...]:
        """The sections' ids in order."""
        return tuple(section.id for section in self.sections)


def compile_sections(sections: Sequence[SectionSettings], aliases: Aliases) -> Themes:
    """Return the sections, each with those under it behind it, compiled; what `term_mistakes` names is left out."""
    nested = tuple(with_parents(sections))
    sections = [section for section, _ in nested]
    compiler = _Compiler(sections, aliases)
    terms = tuple(term for index, section in enumerate(sections) for term in compiler.terms(index, section))
    uses: defaultdict[int, list[tuple[int, int, int]]] = defaultdict(list)
    for number, term in enumerate(terms):
        for variant_number, variant in enumerate(term.variants):
            for part_number, part in enumerate(variant):
                for spelling in sorted(part):
                    uses[spelling].append((number, variant_number, part_number))
    fields = shares_of(sections)
    return Themes(
        sections=tuple(
            _theme(section, parent, compiler.names.languages_of(section), fields[section.id])
            for section, parent in nested
        ),
        terms=terms,
        lexicon=compiler.lexicon,
        uses={spelling: tuple(users) for spelling, users in uses.items()},
    )


def _theme(
    section: SectionSettings, parent: str | None, languages: frozenset[str], fields: Mapping[str, float]
) -> Theme:
    return Theme(
        id=section.id,
        parent=parent,
        draws=frozenset(section.languages),
        threshold=section.threshold,
        languages=languages,
        fields=fields,
        names=names_of_section(chain([section.title, section.id], *section.terms.values()), languages),
    )


def names_of_section(written: Iterable[str], languages: Iterable[str]) -> frozenset[str]:
    """Return the stems, in any of the languages, of what is written as one word or as few.

    A section has a short name; of what is longer, such as a headline in an address, no word is one.
    """
    found = (words(item, "und") for item in written)
    kept = {fold(word) for row in found if len(row) <= LONGEST_NAME for word in row if len(word) >= SHORTEST_NAME}
    return frozenset(stem(word, language) for word in kept for language in languages)


class _Compiler:
    """Turns terms into spellings of one lexicon."""

    def __init__(self, sections: Sequence[SectionSettings], aliases: Aliases) -> None:
        self.lexicon = Lexicon()
        self.names = Names(aliases)
        self.spelt: dict[str, frozenset[int]] = {}
        """Name of a notion → its spellings, once they are known: many terms name the same."""
        self.languages = self.names.languages(sections)

    def terms(self, index: int, section: SectionSettings) -> Iterator[Term]:
        """Yield a section's terms, those of `not` behind the others."""
        weights = {self.names.key(term): weight for term, weight in section.weights.items()}
        for against, by_language in ((False, section.terms), (True, section.not_)):
            found: dict[str, tuple[str, list[Variant], list[str]]] = {}
            for language, written in ((lang, term) for lang, terms in by_language.items() for term in terms):
                variant = self._variant(written, language)
                if not variant:
                    continue
                _, variants, languages = found.setdefault(self.names.key(written), (self.names.label(written), [], []))
                variants.extend([variant] if variant not in variants else [])
                languages.extend([language] if language not in languages else [])
            for key, (label, variants, languages) in found.items():
                yield Term(
                    section=index,
                    label=label,
                    weight=weights.get(key, 1.0),
                    against=against,
                    variants=tuple(variants),
                    languages=tuple(languages),
                    is_open=OR in label or any(map(self.names.notion, chain(*parts_of(label)))),
                )

    def _variant(self, written: str, language: str) -> Variant:
        if written.startswith(REGEX):
            pattern = written.removeprefix(REGEX).strip()
            return (frozenset({self.lexicon.add_regex(pattern, language)}),) if regex_fault(pattern) is None else ()
        return tuple(
            frozenset().union(*(self._spellings(choice, language) for choice in choices if choice))
            for choices in parts_of(written)
        )

    def _spellings(self, written: str, language: str) -> frozenset[int]:
        notion = self.names.notion(written)
        if notion is None:
            return self._spellings_of(written, language)
        if notion.name not in self.spelt:
            found = (
                self._spellings_of(word, lang, transliterated=False)
                for lang, words in notion.words.items()
                for word in words
            )
            self.spelt[notion.name] = frozenset[int]().union(*found)
        return self.spelt[notion.name]

    def _spellings_of(self, written: str, language: str, *, transliterated: bool = True) -> frozenset[int]:
        """Return the spellings of a word; one of a notion's many is not looked for in other scripts.

        Among hundreds of words some have the consonants of a common one there: Chammal those of Arabic "north".
        """
        found = {self.lexicon.add_words(written, language)}
        if stands_everywhere(written, language):
            found.add(self.lexicon.add_everywhere(written, self.languages, transliterated=transliterated))
        found.update(
            self.lexicon.add_everywhere(spelling, self.languages) for spelling in self.names.spellings(written)
        )
        return frozenset(found)


def stands_everywhere(written: str, language: str) -> bool:
    """Whether a term of one language is a name, which is found in the others too."""
    capital_tells = not language_data(language).writing.nouns_capitalised
    return capital_tells and is_name(written) and not is_short_capitals(written)
