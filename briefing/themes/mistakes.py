"""What is wrong with the terms of the sections, each mistake with its path into config.yaml."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from briefing.language import fold, words
from briefing.themes.lexicon import is_short_capitals, is_told_by_accents, plain_stop_words
from briefing.themes.nesting import Path, with_paths
from briefing.themes.regexes import regex_fault
from briefing.themes.terms import REGEX, parts_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from briefing.config.schema import SectionSettings, TermsByLanguage

TermMistake = tuple[Path, str]
"""Where in config.yaml, as keys and indices from the top, and what is wrong."""


def term_mistakes(sections: Sequence[SectionSettings], aliases: Mapping[str, Sequence[str]]) -> tuple[TermMistake, ...]:
    """Return every mistake in the aliases, then in the sections' terms, weights and examples."""
    return (
        *_alias_mistakes(aliases),
        *(mistake for section, here in with_paths(sections) for mistake in _mistakes(here, section)),
    )


def _mistakes(here: Path, section: SectionSettings) -> Iterator[TermMistake]:
    if not (section.rest or section.sections or any(section.terms.values())):
        yield (*here, "terms"), f"section '{section.id}' has no terms: nothing could ever stand in it"
    for key, by_language in (("terms", section.terms), ("not", section.not_)):
        yield from _unusable((*here, key), by_language)
    yield from _both_ways(here, section)
    yield from _weights_of_nothing(here, section)
    yield from _contradictions(here, section)


def _unusable(here: Path, by_language: TermsByLanguage) -> Iterator[TermMistake]:
    for language, terms in by_language.items():
        for place, term in enumerate(terms):
            fault = _fault(term, language)
            if fault:
                yield (*here, language, place), fault


def _fault(term: str, language: str) -> str | None:
    if term.startswith(REGEX):
        fault = regex_fault(term.removeprefix(REGEX).strip())
        return f"the regular expression '{term}' {fault}" if fault else None
    parts = parts_of(term)
    if not all(words(choice, language) for choices in parts for choice in choices):
        return f"the term '{term}' holds no word, or a place between '+' and '|' is empty"
    if all(any(_says_nothing(choice, language) for choice in choices) for choices in parts):
        return f"the term '{term}' holds only words that stand in nearly every text; give words of the subject"
    return None


def _says_nothing(phrase: str, language: str) -> bool:
    return not is_short_capitals(phrase) and _is_all_stop_words(words(phrase, language), language)


def _is_all_stop_words(row: tuple[str, ...], language: str) -> bool:
    stops = plain_stop_words(language)
    return not is_told_by_accents(row, language) and all(fold(word) in stops for word in row)


def _both_ways(here: Path, section: SectionSettings) -> Iterator[TermMistake]:
    for language, terms in section.not_.items():
        wanted = {fold(term) for term in section.terms.get(language, ())}
        for place, term in enumerate(terms):
            if fold(term) in wanted:
                yield (*here, "not", language, place), f"the term '{term}' stands under 'terms' and under 'not'"


def _weights_of_nothing(here: Path, section: SectionSettings) -> Iterator[TermMistake]:
    known = {
        term.casefold()
        for by_language in (section.terms, section.not_)
        for terms in by_language.values()
        for term in terms
    }
    for term in section.weights:
        if term.casefold() not in known:
            yield (*here, "weights", term), f"the weight of '{term}' belongs to no term of this section"


def _contradictions(here: Path, section: SectionSettings) -> Iterator[TermMistake]:
    belong = {_normal(example) for example in section.examples}
    for place, example in enumerate(section.not_examples):
        if _normal(example) in belong:
            yield (*here, "not_examples", place), f"'{example}' stands under 'examples' and under 'not_examples'"


def _normal(example: str) -> tuple[str, ...]:
    return tuple(fold(word) for word in words(example, "und"))


def _alias_mistakes(aliases: Mapping[str, Sequence[str]]) -> Iterator[TermMistake]:
    owners: defaultdict[str, list[str]] = defaultdict(list)
    for name in aliases:
        owners[fold(name)].append(name)
    for name, spellings in aliases.items():
        for place, spelling in enumerate(spellings):
            if not words(spelling, "und"):
                yield ("aliases", name, place), f"the spelling '{spelling}' holds no word"
            others = [owner for owner in owners[fold(spelling)] if owner != name]
            if others:
                yield ("aliases", name, place), f"'{spelling}' is a spelling of '{name}' and of '{others[0]}'"
            owners[fold(spelling)].append(name)
