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
    taken: defaultdict[int, list[Span]] = defaultdict(list)
    for number, spans in against.items():
        taken[terms[number].section].extend(spans)
    left = {section: _without(spans, spellings) for section, spans in taken.items() if spans}
    found = {
        number: against.get(number) or _places(terms[number], left.get(terms[number].section, spellings))
        for number in touched
    }
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
        parts: list[set[Span]] = []
        for part in variant:
            parts.append({span for spelling, spans in spellings.items() if spelling in part for span in spans})
            if not parts[-1]:
                break
        else:
            found |= _together(parts) if len(parts) > 1 else parts[0]
    return tuple(sorted(found)) if found else ()


def _together(parts: Sequence[AbstractSet[Span]]) -> set[Span]:
    """Return the spans of the parts that stand within so many words of one of the rarest part."""
    found: set[Span] = set()
    for start, end in min(parts, key=len):
        near = [{span for span in part if span[1] > start - NEARBY and span[0] < end + NEARBY} for part in parts]
        if all(near) and len(near[0].union(*near)) >= len(parts):  # one word is not two of them
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
