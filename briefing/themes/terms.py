"""Sections as matching needs them: every term compiled once, with its aliases, its weight and its spellings."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING

from briefing.language import fold
from briefing.themes.lexicon import Lexicon, is_name, is_short_capitals
from briefing.themes.nesting import with_parents
from briefing.themes.regexes import regex_fault
from briefing.themes.wording import Wording, learned

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from briefing.config.schema import SectionSettings

REGEX = "regex:"
"""What a term starts with that is a regular expression."""
JOIN = " + "
"""Stands between words or phrases that must all be near one another in a sentence, in any order."""
OR = " | "
"""Stands between words or phrases of which one is enough."""
NOUNS_IN_CAPITALS = frozenset({"de", "lb"})
"""Languages whose every noun has a capital, so that a capital tells no name."""

Aliases = Mapping[str, "Sequence[str] | Mapping[str, Sequence[str]]"]
"""Each name with its other spellings, or each notion with the words for it in every language."""
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
    def parts(self) -> int:
        """How many words or phrases it takes to find it: more than one for a joined term."""
        return min(len(variant) for variant in self.variants)


@dataclass(frozen=True, slots=True, kw_only=True)
class Theme:
    """A section's identity, what it takes to stand in it, and what it is tried with."""

    id: str
    threshold: float
    languages: frozenset[str]
    """The languages in which it has terms of its own."""
    examples: tuple[str, ...] = ()
    not_examples: tuple[str, ...] = ()
    parent: str | None = None
    """The section that it stands under."""
    draws: frozenset[str] = frozenset()
    """The languages that it draws from; all where there is none."""
    wording: Wording | None = None
    """Learned weights of words that join the terms."""


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
    return Themes(
        sections=tuple(_theme(section, parent, compiler.languages_of(section)) for section, parent in nested),
        terms=terms,
        lexicon=compiler.lexicon,
        uses={spelling: tuple(users) for spelling, users in uses.items()},
    )


def _theme(section: SectionSettings, parent: str | None, languages: frozenset[str]) -> Theme:
    return Theme(
        id=section.id,
        parent=parent,
        draws=frozenset(section.languages),
        threshold=section.threshold,
        languages=languages,
        examples=tuple(section.examples),
        not_examples=tuple(section.not_examples),
        wording=learned(section.learned) if section.learned else None,
    )


class _Compiler:
    """Turns terms into spellings of one lexicon."""

    def __init__(self, sections: Sequence[SectionSettings], aliases: Aliases) -> None:
        self.lexicon = Lexicon()
        self.notions = {fold(name): words for name, words in aliases.items() if isinstance(words, Mapping)}
        """Folded name of a notion → the words for it, by language."""
        self.spelt: dict[str, frozenset[int]] = {}
        """Folded name of a notion → its spellings, once they are known: many terms name the same."""
        self.aliases = {name: found for name, found in aliases.items() if not isinstance(found, Mapping)}
        self.names: dict[str, list[str]] = defaultdict(list)
        """Folded spelling → the aliases that it belongs to."""
        for name, spellings in self.aliases.items():
            for spelling in (name, *spellings):
                self.names[_alias_key(spelling)].append(name)
        self.languages = tuple(sorted(frozenset[str]().union(*map(self.languages_of, sections))))

    def languages_of(self, section: SectionSettings) -> frozenset[str]:
        """Return the languages in which a section has words: those of its terms, and of the notions that they name."""
        written = [term for terms in section.terms.values() for term in terms]
        notions = (self.notions.get(fold(choice), {}) for term in written for choice in chain(*parts_of(term)))
        return frozenset(language for language, terms in section.terms.items() if terms).union(*notions)

    def terms(self, index: int, section: SectionSettings) -> Iterator[Term]:
        """Yield a section's terms, those of `not` behind the others."""
        weights = {term.casefold(): weight for term, weight in section.weights.items()}
        for against, by_language in ((False, section.terms), (True, section.not_)):
            found: dict[str, tuple[str, list[Variant], list[str]]] = {}
            for language, written in ((lang, term) for lang, terms in by_language.items() for term in terms):
                label = self._label(written)
                variant = self._variant(written, language)
                if not variant:
                    continue
                _, variants, languages = found.setdefault(label.casefold(), (label, [], []))
                variants.extend([variant] if variant not in variants else [])
                languages.extend([language] if language not in languages else [])
                weights.setdefault(label.casefold(), weights.get(written.casefold(), 1.0))
            for key, (label, variants, languages) in found.items():
                yield Term(
                    section=index,
                    label=label,
                    weight=weights.get(key, 1.0),
                    against=against,
                    variants=tuple(variants),
                    languages=tuple(languages),
                    is_open=OR in label or any(fold(choice) in self.notions for choice in chain(*parts_of(label))),
                )

    def _label(self, written: str) -> str:
        names = self.names.get(_alias_key(written), [])
        return names[0] if len(names) == 1 else written

    def _variant(self, written: str, language: str) -> Variant:
        if written.startswith(REGEX):
            pattern = written.removeprefix(REGEX).strip()
            return (frozenset({self.lexicon.add_regex(pattern, language)}),) if regex_fault(pattern) is None else ()
        return tuple(
            frozenset().union(*(self._spellings(choice, language) for choice in choices if choice))
            for choices in parts_of(written)
        )

    def _spellings(self, written: str, language: str) -> frozenset[int]:
        name = fold(written)
        if not self.notions.get(name):
            return self._spellings_of(written, language)
        if name not in self.spelt:
            found = (self._spellings_of(word, lang) for lang, words in self.notions[name].items() for word in words)
            self.spelt[name] = frozenset[int]().union(*found)
        return self.spelt[name]

    def _spellings_of(self, written: str, language: str) -> frozenset[int]:
        found = {self.lexicon.add_words(written, language)}
        if is_name(written) and not is_short_capitals(written) and language not in NOUNS_IN_CAPITALS:
            found.add(self.lexicon.add_everywhere(written, self.languages))
        for name in self.names.get(_alias_key(written), ()):
            for spelling in (name, *self.aliases[name]):
                found.add(self.lexicon.add_everywhere(spelling, self.languages))
        return frozenset(found)


def parts_of(written: str) -> tuple[tuple[str, ...], ...]:
    """Return a term's parts, all of which must be there, each as the choices of which one is enough."""
    parts = re.split(r"(?:^|\s)\+(?=\s|$)", written)
    return tuple(tuple(choice.strip() for choice in re.split(r"(?:^|\s)\|(?=\s|$)", part)) for part in parts)


def _alias_key(spelling: str) -> str:
    return spelling if is_short_capitals(spelling) else fold(spelling)
