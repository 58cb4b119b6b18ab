"""How far a sentence is about a section.

A term is there in a sentence by its place: once and early is 1, late less, in passing half, in a long sentence less,
repeated a little more. A sentence's relevance is 1 − exp(−0.8 · sum of weight by presence): .55 for one plain term, .80
for two, never above 1 (the noisy-or of independent evidence). Where the title, the opening or the sentences around are
about the section, a sentence too weak by itself is lifted to .45, where twice the strength of its own terms would carry
it: a word like "strikes" or "the camp" tells there. A sentence without any term stays at 0. What speaks against the
section silences the sentence that it stands in, or takes off as much as it weighs; in the title it speaks against the
whole article.
"""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING

from briefing.languages import language_data
from briefing.text import words as words_of

if TYPE_CHECKING:
    from collections.abc import Container, Mapping, Sequence

    from briefing.themes.matching import Found
    from briefing.themes.terms import Term

STRENGTH = 0.8
"""Strength of one term of weight 1 in a good place: alone it makes a relevance of .55."""
LATE = 0.85
"""How much a term is there that comes late in its sentence, where what is said is said of something else."""
PASSING = 0.5
"""And one in an insertion between commas: ", a former camp guard," tells who somebody is."""
EARLY_WORDS = 12
"""Words from the start that count as early in any sentence; in a long one its first half does."""
AGAIN, MOST_AGAIN = 0.25, 2
"""What every repetition of a term in its sentence adds, and how many repetitions do."""
CONTEXT, AROUND = 1.0, 2
"""What a title, opening or neighbours about the section add to the strength of a sentence's own terms, and how many
neighbours count each way. From 1 to 1.5 alike, with documents left out; without it a tenth of the sentences is lost."""
LONG = 40
"""Words from which a sentence is long: a term in it is there the less, by the square root."""
RELEVANT = 0.45
"""Relevance from which a sentence is about the section and may be printed in it."""
_COMMA = re.compile(r"[,،](?=\s)")
LONGEST = 8
"""Words of an insertion; a longer one tells something of its own."""
_NOTHING: frozenset[int] = frozenset()


def relevance(presences: Mapping[int, float], terms: Sequence[Term]) -> float:
    """Return 1 − exp(−strength), 0 to 1; 0 where as much speaks against it as for it."""
    return _relevance(max(0.0, strength(presences, terms)))


def strength(presences: Mapping[int, float], terms: Sequence[Term]) -> float:
    """Return what terms tell together, by their weights; below 0 where more speaks against it than for it."""
    return sum(STRENGTH * terms[term].signed_weight * presence for term, presence in presences.items())


def _relevance(strength: float) -> float:
    return round(1.0 - math.exp(-strength), 6) if strength else 0.0


def in_context(title: float, strengths: Sequence[float]) -> tuple[float, ...]:
    """Return each sentence's relevance; one too weak by itself is lifted to what is just enough, and no further.

    So a context decides which sentences may be printed, and what they say themselves which come first.
    """
    plain = [_relevance(strength) for strength in strengths]
    about = [_if_about(value) for value in plain]
    return tuple(
        value if value >= RELEVANT or not strength else max(value, _lifted(strength, title, about, place))
        for place, (value, strength) in enumerate(zip(plain, strengths, strict=True))
    )


def _lifted(strength: float, title: float, about: Sequence[float], place: int) -> float:
    context = max(_if_about(title), about[0] if place else 0.0, _around(about, place))
    return min(RELEVANT, _relevance(strength * (1.0 + CONTEXT * context)))


def _if_about(relevance: float) -> float:
    """Return a relevance that is enough by itself, else 0: weak words are no evidence for weak words elsewhere."""
    return relevance if relevance >= RELEVANT else 0.0


def _around(about: Sequence[float], place: int) -> float:
    """Return the mean relevance of the sentences around one."""
    near = [*about[max(0, place - AROUND) : place], *about[place + 1 : place + 1 + AROUND]]
    return sum(near) / len(near) if near else 0.0


def presences_of(
    found: Found, length: int, section: int, terms: Sequence[Term], *, aside: Container[int] = frozenset()
) -> dict[int, float]:
    """Return how much each term of the section is there in a sentence of this many words: about 1 for once, early.

    What stands `aside`, by its words' places, is said in passing.
    """
    presences = {}
    for number, spans in found.items():
        if terms[number].section == section:
            place = 1.0 if spans[0][0] < max(EARLY_WORDS, length / 2) else LATE
            place = PASSING if all(start in aside for start, _ in spans) else place
            count = len(spans) / terms[number].parts  # under 1: words that another term has taken already
            again = min(1.0, count) + AGAIN * min(MOST_AGAIN, max(0.0, count - 1))
            presences[number] = place * again * math.sqrt(min(1.0, LONG / length))
    return presences


def inserted(text: str, language: str) -> frozenset[int]:
    """Return the places of the words that stand in an insertion between two commas."""
    openers = language_data(language).sentences.insertion_openers
    if not openers:
        return _NOTHING
    parts = _COMMA.split(text)
    if len(parts) < 3:
        return _NOTHING
    found: set[int] = set()
    place = 0
    for number, part in enumerate(parts):
        row = words_of(part, language)
        if 0 < number < len(parts) - 1 and 0 < len(row) <= LONGEST and row[0] in openers:
            found.update(range(place, place + len(row)))
        place += len(row)
    return frozenset(found)
