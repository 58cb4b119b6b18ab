"""What is wrong with the terms of the sections, each mistake with its path into config.yaml."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING

from briefing.text import fold, words
from briefing.themes.lexicon import (
    is_name,
    is_short_capitals,
    is_told_by_accents,
    plain_stop_words,
    stem_rows,
    term_words,
)
from briefing.themes.notation import JOIN, REGEX, Names, Path, parts_of, regex_fault, with_paths
from briefing.themes.terms import stands_everywhere

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterator, Sequence

    from briefing.config import SectionSettings, TermsByLanguage
    from briefing.themes.notation import Aliases

TermMistake = tuple[Path, str]
"""Where in config.yaml, as keys and indices from the top, and what is wrong."""


def term_mistakes(sections: Sequence[SectionSettings], aliases: Aliases) -> tuple[TermMistake, ...]:
    """Return every mistake in the aliases, then in the sections' terms, weights and examples; each once."""
    names = Names(aliases)
    nested = tuple(with_paths(sections))
    languages = names.languages(section for section, _ in nested)
    found = (mistake for section, here in nested for mistake in _mistakes(here, section, names))
    return tuple(dict.fromkeys((*_alias_mistakes(aliases, languages), *found)))


def _mistakes(here: Path, section: SectionSettings, names: Names) -> Iterator[TermMistake]:
    if not (section.rest or section.sections or any(section.terms.values())):
        yield (*here, "terms"), f"section '{section.id}' has no terms: nothing could ever stand in it"
    yield from _tried_in_vain(here, section)
    for key, by_language in (("terms", section.terms), ("not", section.not_)):
        yield from _unusable((*here, key), by_language, names)
    yield from (((*here, *path), told) for path, told in contradictions(section, names))
    yield from _weight_mistakes((*here, "weights"), section, names)
    yield from _examples_at_odds(here, section)


def _tried_in_vain(here: Path, section: SectionSettings) -> Iterator[TermMistake]:
    """Yield the examples of a section that is a heading alone; the rest is refused them by the config's own checks."""
    if section.sections and not any(section.terms.values()):
        for key, examples in (("examples", section.examples), ("not_examples", section.not_examples)):
            if examples:
                told = f"section '{section.id}' has no terms of its own, so that it cannot have `{key}`"
                yield (*here, key), f"{told}; they stand under one of its `sections`"


def _unusable(here: Path, by_language: TermsByLanguage, names: Names) -> Iterator[TermMistake]:
    for language, terms in by_language.items():
        for place, term in enumerate(terms):
            yield from _faults((*here, language, place), term, language, names)


def _faults(here: Path, term: str, language: str, names: Names) -> Iterator[TermMistake]:
    if term.startswith(REGEX):
        fault = regex_fault(term.removeprefix(REGEX).strip())
        if fault:
            yield here, f"the regular expression '{term}' {fault}"
        return
    parts = parts_of(term)
    if not all(term_words(choice, language) for choices in parts for choice in choices):
        yield here, f"the term '{term}' holds no word, or a place between '+' and '|' is empty"
        return
    common = [[one for one in _choices(choices, language, names) if one.says_nothing] for choices in parts]
    if all(common):
        yield from _common_words(here, term, common)


@dataclass(frozen=True, slots=True)
class _Choice:
    """A word or phrase by which a part of a term is found; for a word of a notion, where that stands."""

    written: str
    language: str
    place: Path | None = None

    @property
    def says_nothing(self) -> bool:
        """Whether it stands in nearly every text."""
        return not is_short_capitals(self.written) and _is_all_stop_words(self.written, self.language)


def _choices(written: Sequence[str], language: str, names: Names) -> Iterator[_Choice]:
    """Yield the choices of a part; of a notion the single words alone, as its phrases may tell much.

    "Given themselves up" is made of stop words.
    """
    for choice in written:
        notion = names.notion(choice)
        if notion is None:
            yield _Choice(choice, language)
            continue
        for lang, found in notion.words.items():
            for place, word in enumerate(found):
                if len(term_words(word, lang)) == 1:
                    yield _Choice(word, lang, ("aliases", notion.name, lang, place))


def _common_words(here: Path, term: str, common: Sequence[Sequence[_Choice]]) -> Iterator[TermMistake]:
    """Yield the mistake of a term that common words meet; where one word of a notion does, at that word."""
    met = JOIN.join(choices[0].written for choices in common)
    if met == term:
        yield here, f"the term '{term}' holds only words that stand in nearly every text; give words of the subject"
    elif len(common) > 1:
        yield here, f"the term '{term}' is met by '{met}', words that stand in nearly every text"
    else:
        beside = f"stands in nearly every text, and the term '{term}' asks for no other word beside it"
        yield from ((choice.place or here, f"'{choice.written}' {beside}") for choice in common[0])


def _is_all_stop_words(written: str, language: str) -> bool:
    row, stops = term_words(written, language), plain_stop_words(language)
    return not is_told_by_accents(row, language) and all(fold(word) in stops for word in row)


def _weight_mistakes(here: Path, section: SectionSettings, names: Names) -> Iterator[TermMistake]:
    written = (
        term for by_language in (section.terms, section.not_) for terms in by_language.values() for term in terms
    )
    known = {names.key(term) for term in written}
    first: dict[str, str] = {}
    for term, weight in section.weights.items():
        key = names.key(term)
        other = first.setdefault(key, term)
        if key not in known:
            yield (*here, term), f"the weight of '{term}' belongs to no term of this section"
        elif weight != section.weights[other]:
            yield (*here, term), f"'{term}' is one term with '{other}', whose weight is {section.weights[other]:g}"


def _examples_at_odds(here: Path, section: SectionSettings) -> Iterator[TermMistake]:
    belong = {_normal(example) for example in section.examples}
    for place, example in enumerate(section.not_examples):
        if _normal(example) in belong:
            yield (*here, "not_examples", place), f"'{example}' stands under 'examples' and under 'not_examples'"


def _normal(example: str) -> tuple[str, ...]:
    return tuple(fold(word) for word in words(example, "und"))


def _wordless(here: Path, notion: Mapping[str, Sequence[str]]) -> Iterator[TermMistake]:
    for language, found in notion.items():
        for place, word in enumerate(found):
            if not term_words(word, language):
                yield (*here, language, place), f"'{word}' holds no word"


def _alias_mistakes(aliases: Aliases, languages: Sequence[str]) -> Iterator[TermMistake]:
    owners: defaultdict[str, list[str]] = defaultdict(list)
    for name in aliases:
        owners[fold(name)].append(name)
    for name, spellings in aliases.items():
        here = ("aliases", name)
        if isinstance(spellings, Mapping):
            yield from _wordless(here, spellings)
            continue
        yield from _common_spelling(here, name, name, languages)
        for place, spelling in enumerate(spellings):
            if not term_words(spelling, "und"):
                yield (*here, place), f"the spelling '{spelling}' holds no word"
            yield from _common_spelling((*here, place), spelling, name, languages)
            others = [owner for owner in owners[fold(spelling)] if owner != name]
            if others:
                yield (*here, place), f"'{spelling}' is a spelling of '{name}' and of '{others[0]}'"
            owners[fold(spelling)].append(name)


def _common_spelling(here: Path, spelling: str, name: str, languages: Sequence[str]) -> Iterator[TermMistake]:
    """Yield the mistake of a spelling that is a common word; one in capitals, or a name, is found by them alone."""
    if not term_words(spelling, "und") or is_short_capitals(spelling) or is_name(spelling):
        return
    common = next((language for language in languages if _is_all_stop_words(spelling, language)), None)
    if common is not None:
        what = "name" if spelling == name else "spelling"
        yield here, f"the {what} '{spelling}' stands in nearly every text in {common}: each would tell of '{name}'"


_Keys = frozenset["Hashable"]
"""What words are found by."""


@dataclass(frozen=True, slots=True)
class _Part:
    """What a part of a term takes under `not`, and two ways to find it, neither of which may be taken whole."""

    takes: _Keys
    here: _Keys
    everywhere: _Keys


def contradictions(section: SectionSettings, names: Names) -> Iterator[tuple[Path, str]]:
    """Yield the place of each such term in its section, with the term that it takes the words from, and how."""
    against = list(_written(section.not_))
    wanted = [(found, _parts(found, path[0], names)) for path, found in _written(section.terms) if against]
    findable = _by_key([parts for _, parts in wanted])
    for path, term in against:
        takes = _parts(term, path[0], names)
        robbed = [number for number in _likely(takes, findable) if _leaves_nothing(takes, wanted[number][1])]
        if robbed:
            yield ("not", *path), _told(term, wanted[min(robbed)][0], names)


def _written(by_language: TermsByLanguage) -> Iterator[tuple[tuple[str, int], str]]:
    for language, terms in by_language.items():
        for place, term in enumerate(terms):
            yield (language, place), term


def _by_key(terms: Sequence[Sequence[_Part]]) -> Mapping[Hashable, list[int]]:
    """Return the terms by one key of each way to find a part: thousands of terms are not compared one by one."""
    found: defaultdict[Hashable, list[int]] = defaultdict(list)
    for number, parts in enumerate(terms):
        for key in {next(iter(keys)) for part in parts for keys in (part.here, part.everywhere) if keys}:
            found[key].append(number)
    return found


def _likely(takes: Sequence[_Part], findable: Mapping[Hashable, list[int]]) -> Iterator[int]:
    rarest = min(takes, key=lambda part: sum(len(findable.get(key, ())) for key in part.takes))
    return chain.from_iterable(findable.get(key, ()) for key in rarest.takes)


def _leaves_nothing(takes: Sequence[_Part], parts: Sequence[_Part]) -> bool:
    """Whether the one is there wherever the other is, and so has words that the other cannot do without."""
    return all(any(_is_taken(part, taken.takes) for part in parts) for taken in takes)


def _is_taken(part: _Part, taken: _Keys) -> bool:
    return bool(part.here) and (part.here <= taken or part.everywhere <= taken)


def _told(term: str, robbed: str, names: Names) -> str:
    if fold(term) == fold(robbed):
        return f"the term '{term}' stands under 'terms' and under 'not'"
    if names.key(term) == names.key(robbed):
        how = f": both are spellings of '{names.label(term)}'"
    else:
        how = ": words match by their stems" if _is_simple(term) and _is_simple(robbed) else ""
    return f"the term '{term}' leaves nothing to find for '{robbed}', which stands under 'terms'{how}"


def _is_simple(term: str) -> bool:
    return [len(choices) for choices in parts_of(term)] == [1]


def _parts(term: str, language: str, names: Names) -> tuple[_Part, ...]:
    if term.startswith(REGEX):
        return (_alike((REGEX, language, term.removeprefix(REGEX).strip())),)
    return tuple(_either([_part(choice, language, names) for choice in choices]) for choices in parts_of(term))


def _either(choices: Sequence[_Part]) -> _Part:
    return _Part(
        frozenset().union(*(choice.takes for choice in choices)),
        frozenset().union(*(choice.here for choice in choices)),
        frozenset().union(*(choice.everywhere for choice in choices)),
    )


def _part(written: str, language: str, names: Names) -> _Part:
    notion = names.notion(written)
    if notion is not None:
        return _alike(("notion", notion.name))
    if any(names.spellings(written)):
        return _alike(("alias", names.key(written)))
    if is_short_capitals(written):
        stems = frozenset((language, row) for row in stem_rows(written.lower(), language))
        capitals = frozenset({("capitals", written.replace(".", ""))})
        return _Part(capitals, stems, capitals)
    stems = frozenset((language, row) for row in stem_rows(written, language))
    if stands_everywhere(written, language):
        name = frozenset({("name", fold(written))})
        return _Part(stems | name, stems, name)
    return _Part(stems, stems, stems)


def _alike(key: Hashable) -> _Part:
    keys = frozenset({key})
    return _Part(keys, keys, keys)
