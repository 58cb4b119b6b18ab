"""The lexical fields that a section's words are of, whose other words speak for it too (`wording`).

Ten words name a subject, and its news is told in a hundred others. A language's file lists what belongs together, by
what it is about: elections, war, health. A section borrows from the fields that several of its own words are in.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from functools import cache
from typing import TYPE_CHECKING

from briefing.languages import language_data
from briefing.text import stems, words

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from briefing.config import SectionSettings

FEWEST = 2
"""Words of a section in one field from which it borrows the others: one is often there in another sense."""


@cache
def fields_in(language: str) -> Mapping[str, tuple[str, ...]]:
    """Return the fields that each stem of a language is in."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for name, listed in language_data(language).fields.items():
        for stem in dict.fromkeys(stems(sorted(listed), language)):
            found[stem].append(name)
    return {stem: tuple(names) for stem, names in found.items()}


def shares_of(sections: Sequence[SectionSettings]) -> dict[str, dict[str, float]]:
    """Return the fields that each section borrows from, by its id, with its share of each: 1 where no other does."""
    counts = {section.id: _counts(section) for section in sections}
    whole = sum(counts.values(), Counter[str]())
    return {section: {name: count / whole[name] for name, count in found.items()} for section, found in counts.items()}


def _counts(section: SectionSettings) -> Counter[str]:
    """Return how many of a section's words are in each field, in the language in which most are."""
    counts = Counter[str]()
    for language, terms in section.terms.items():
        known, found = fields_in(language), Counter[str]()
        for written in {*terms, *words(section.title, language)}:
            row = tuple(word.casefold() for word in words(written, language))
            found.update({name for stem in stems(row, language) if stem in known for name in known[stem]})
        counts |= Counter({name: count for name, count in found.items() if count >= FEWEST})
    return counts
