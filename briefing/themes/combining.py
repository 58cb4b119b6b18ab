"""Spellings that were found → terms: joined parts near one another, and none within a longer one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from collections.abc import Set as AbstractSet

    from briefing.themes.lexicon import Span
    from briefing.themes.terms import Term

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
