"""Spellings that were found → terms: joined parts near one another, and none within a longer one."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from collections.abc import Set as AbstractSet

    from briefing.themes.lexicon import Span
    from briefing.themes.terms import Term

Spans = tuple["Span", ...]
NEARBY = 6
"""Words between the parts of a joined term: about a clause."""


def combine(touched: Iterable[int], terms: Sequence[Term], spellings: Mapping[int, Spans]) -> dict[int, Spans]:
    """Return which of the terms stand there and where, in order of their numbers.

    The words of a term under `not` are no others' words in that section: "taken hostage" is no "taken + town".
    """
    against = {number: _places(terms[number], spellings) for number in touched if terms[number].against}
    found = dict(against)
    for number in touched:
        if number not in against:
            taken = [
                span
                for other, spans in against.items()
                if terms[other].section == terms[number].section
                for span in spans
            ]
            found[number] = _places(terms[number], _without(taken, spellings) if taken else spellings)
    return _uncovered({number: spans for number, spans in found.items() if spans}, terms)


def _without(taken: Sequence[Span], spellings: Mapping[int, Spans]) -> Mapping[int, Spans]:
    return {
        number: tuple(span for span in spans if not any(start <= span[0] and span[1] <= end for start, end in taken))
        for number, spans in spellings.items()
    }


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
