"""Terms under `not` that leave nothing for a term of the same section to find, spelt alike or not."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING

from briefing.text import fold
from briefing.themes.lexicon import is_short_capitals, stem_rows
from briefing.themes.notation import REGEX, parts_of
from briefing.themes.terms import stands_everywhere

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterator, Mapping, Sequence

    from briefing.config import SectionSettings, TermsByLanguage
    from briefing.themes.nesting import Path
    from briefing.themes.notation import Names

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
