"""What is wrong with the terms of the sections, each mistake with its path into config.yaml."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import TYPE_CHECKING

from briefing.language import fold, words
from briefing.themes.lexicon import is_short_capitals, is_told_by_accents, plain_stop_words
from briefing.themes.nesting import Path, with_paths
from briefing.themes.regexes import regex_fault
from briefing.themes.terms import REGEX, parts_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from briefing.config.schema import SectionSettings, TermsByLanguage
    from briefing.themes.terms import Aliases

    Notions = Mapping[str, Mapping[str, Sequence[str]]]

TermMistake = tuple[Path, str]
"""Where in config.yaml, as keys and indices from the top, and what is wrong."""


def term_mistakes(sections: Sequence[SectionSettings], aliases: Aliases) -> tuple[TermMistake, ...]:
    """Return every mistake in the aliases, then in the sections' terms, weights and examples."""
    notions = {fold(name): words for name, words in aliases.items() if isinstance(words, Mapping)}
    return (
        *_alias_mistakes(aliases),
        *(mistake for section, here in with_paths(sections) for mistake in _mistakes(here, section, notions)),
    )


def _mistakes(here: Path, section: SectionSettings, notions: Notions) -> Iterator[TermMistake]:
    if not (section.rest or section.sections or any(section.terms.values())):
        yield (*here, "terms"), f"section '{section.id}' has no terms: nothing could ever stand in it"
    for key, by_language in (("terms", section.terms), ("not", section.not_)):
        yield from _unusable((*here, key), by_language, notions)
    yield from _both_ways(here, section)
    yield from _weights_of_nothing(here, section)
    yield from _contradictions(here, section)


def _unusable(here: Path, by_language: TermsByLanguage, notions: Notions) -> Iterator[TermMistake]:
    for language, terms in by_language.items():
        for place, term in enumerate(terms):
            fault = _fault(term, language, notions)
            if fault:
                yield (*here, language, place), fault


def _fault(term: str, language: str, notions: Notions) -> str | None:
    if term.startswith(REGEX):
        fault = regex_fault(term.removeprefix(REGEX).strip())
        return f"the regular expression '{term}' {fault}" if fault else None
    parts = parts_of(term)
    if not all(words(choice, language) for choices in parts for choice in choices):
        return f"the term '{term}' holds no word, or a place between '+' and '|' is empty"
    if all(any(_says_nothing(*choice) for choice in _choices(choices, language, notions)) for choices in parts):
        return f"the term '{term}' holds only words that stand in nearly every text; give words of the subject"
    return None


def _choices(written: Sequence[str], language: str, notions: Notions) -> Iterator[tuple[str, str]]:
    """Yield each choice of a part with its language; for a notion its words with theirs, as its phrases may tell much.

    "Given themselves up" is made of stop words.
    """
    for choice in written:
        notion = notions.get(fold(choice))
        if notion is None:
            yield choice, language
        else:
            yield from ((word, lang) for lang, found in notion.items() for word in found if len(words(word, lang)) == 1)


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


def _wordless(here: Path, notion: Mapping[str, Sequence[str]]) -> Iterator[TermMistake]:
    for language, found in notion.items():
        for place, word in enumerate(found):
            if not words(word, language):
                yield (*here, language, place), f"'{word}' holds no word"


def _alias_mistakes(aliases: Aliases) -> Iterator[TermMistake]:
    owners: defaultdict[str, list[str]] = defaultdict(list)
    for name in aliases:
        owners[fold(name)].append(name)
    for name, spellings in aliases.items():
        if isinstance(spellings, Mapping):
            yield from _wordless(("aliases", name), spellings)
            continue
        for place, spelling in enumerate(spellings):
            if not words(spelling, "und"):
                yield ("aliases", name, place), f"the spelling '{spelling}' holds no word"
            others = [owner for owner in owners[fold(spelling)] if owner != name]
            if others:
                yield ("aliases", name, place), f"'{spelling}' is a spelling of '{name}' and of '{others[0]}'"
            owners[fold(spelling)].append(name)
