"""How sections and their terms are written in config.yaml, and what its aliases make of them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING

from briefing.text import fold
from briefing.themes.lexicon import is_short_capitals

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from briefing.config import SectionSettings

REGEX = "regex:"
"""What a term starts with that is a regular expression."""
JOIN = " + "
"""Stands between words or phrases that must all be near one another in a sentence, in any order."""
OR = " | "
"""Stands between words or phrases of which one is enough."""

Aliases = Mapping[str, "Sequence[str] | Mapping[str, Sequence[str]]"]
"""Each name with its other spellings, or each notion with the words for it in every language."""


def parts_of(written: str) -> tuple[tuple[str, ...], ...]:
    """Return a term's parts, all of which must be there, each as the choices of which one is enough."""
    parts = re.split(r"(?:^|\s)\+(?=\s|$)", written)
    return tuple(tuple(choice.strip() for choice in re.split(r"(?:^|\s)\|(?=\s|$)", part)) for part in parts)


@dataclass(frozen=True, slots=True, kw_only=True)
class Notion:
    """A notion as config.yaml writes it, with the words for it by language."""

    name: str
    words: Mapping[str, Sequence[str]]


class Names:
    """What the aliases say of a term: the names that it is a spelling of, the notion that it stands for."""

    def __init__(self, aliases: Aliases) -> None:
        self._notions = {
            fold(name): Notion(name=name, words=found)
            for name, found in aliases.items()
            if isinstance(found, Mapping) and found
        }
        self._spellings = {name: (name, *found) for name, found in aliases.items() if not isinstance(found, Mapping)}
        self._owners: defaultdict[str, list[str]] = defaultdict(list)
        """Folded spelling → the aliases that it belongs to."""
        for name, spellings in self._spellings.items():
            for spelling in spellings:
                self._owners[_alias_key(spelling)].append(name)

    def notion(self, written: str) -> Notion | None:
        """Return the notion of this name."""
        return self._notions.get(fold(written))

    def spellings(self, written: str) -> Iterator[str]:
        """Yield every spelling of the names that this is a spelling of."""
        for name in self._owners.get(_alias_key(written), ()):
            yield from self._spellings[name]

    def label(self, written: str) -> str:
        """Return what a term is called: the name that it is a spelling of, if that is one; otherwise as written."""
        names = self._owners.get(_alias_key(written), [])
        return names[0] if len(names) == 1 else written

    def key(self, written: str) -> str:
        """Return what terms of one section that are one have in common, whichever spelling is written."""
        return self.label(written).casefold()

    def languages_of(self, section: SectionSettings) -> frozenset[str]:
        """Return the languages in which a section has words: those of its terms, and of the notions that they name."""
        written = [term for terms in section.terms.values() for term in terms]
        notions = (
            notion.words for term in written for choice in chain(*parts_of(term)) if (notion := self.notion(choice))
        )
        return frozenset(language for language, terms in section.terms.items() if terms).union(*notions)

    def languages(self, sections: Iterable[SectionSettings]) -> tuple[str, ...]:
        """Return the languages in which any of the sections has words, in order."""
        return tuple(sorted(frozenset[str]().union(*map(self.languages_of, sections))))


def _alias_key(spelling: str) -> str:
    return spelling if is_short_capitals(spelling) else fold(spelling)


Path = tuple[str | int, ...]
"""Where something stands in config.yaml, as keys and indices from the top."""


def with_parents(sections: Sequence[SectionSettings]) -> Iterator[tuple[SectionSettings, str | None]]:
    """Yield every section with the id of the one that it stands under."""
    for section in sections:
        for one in section.family:
            yield one, None if one is section else section.id


def with_paths(sections: Sequence[SectionSettings]) -> Iterator[tuple[SectionSettings, Path]]:
    """Yield every section with its path."""
    for index, section in enumerate(sections):
        yield section, ("sections", index)
        for place, below in enumerate(section.sections):
            yield below, ("sections", index, "sections", place)
