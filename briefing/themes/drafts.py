"""What an article says of each section, whatever else the day brings: all that is left to count is how rare a term is.

It is worked out where the text is at hand, and takes the place of the text where stories are placed.
"""

from __future__ import annotations

import math
import pickle
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple, cast

from briefing.models import quickly_pickled
from briefing.ranking import NEAR_TOP
from briefing.text import frequency, stop_words
from briefing.themes.fields import fields_in
from briefing.themes.matching import one_of_each
from briefing.themes.notation import JOIN
from briefing.themes.relevance import in_context, presences_of, relevance, strength

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from briefing.models import Text
    from briefing.themes.scoring import Scan
    from briefing.themes.terms import Term, Themes

TITLE = 2.0
"""What a term in the title counts against one in a sentence."""
OPENING = 1.25
"""What the first sentence counts against one further down."""
OPENING_SENTENCES = 4
"""Sentences at the most in which a story tells its news."""
COMPARED = 40
"""Sentences that are compared; 25 to 100 alike."""
SHORTEST = 3
"""Letters of a word that tells something."""
PLAIN = 3e-3
"""Share of all words of a language from which a word tells nothing."""

BEGINNING = 8
"""Sentences that are looked at for words of lexical fields, with the title."""

Vector = dict[str, float]
Words = tuple[tuple[str, str, float], ...]
"""Stems, each with the word that has it first and what it counts."""


class Met(NamedTuple):
    """A term that tells of a section in a text."""

    term: int
    amount: float
    """How much of it is there in all."""
    times: int
    """How often it is there."""
    found: str
    """The words that stood for it first, where it is open to several."""


@quickly_pickled
@dataclass(frozen=True, slots=True, kw_only=True)
class Drafted:
    """What a text says of one section, as a verdict has it (`scoring`)."""

    section: int
    met: tuple[Met, ...]
    title: float
    relevance: tuple[float, ...]
    opening: float
    distinct: int


@quickly_pickled
@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What a text says of each section of which a term stands in it, in their order."""

    terms: frozenset[int]
    """Every term that stands in the text."""
    sections: tuple[Drafted, ...]
    words: bytes = field(repr=False)
    """Its words, as it is compared with other articles by them, packed."""
    of_fields: bytes = field(repr=False)
    """Those of its beginning that are of any lexical field, packed."""

    @property
    def vector(self) -> Vector:
        """Its words, as it is compared with other articles by them."""
        return cast("Vector", pickle.loads(self.words))  # noqa: S301 - packed below

    @property
    def words_of_fields(self) -> Words:
        """Those of its beginning that are of any lexical field."""
        return cast("Words", pickle.loads(self.of_fields))  # noqa: S301 - packed below


def draft(text: Text, item: Scan, themes: Themes) -> Draft:
    """Return what a text says of each section, by the terms that stand in it."""
    touched = sorted({themes.terms[term].section for term in item.terms})
    return Draft(
        terms=item.terms,
        sections=tuple(_drafted(text, item, themes.terms, section) for section in touched),
        words=pickle.dumps(vector_of(text), pickle.HIGHEST_PROTOCOL),
        of_fields=pickle.dumps(words_of_fields(text), pickle.HIGHEST_PROTOCOL),
    )


def _drafted(text: Text, item: Scan, terms: Sequence[Term], section: int) -> Drafted:
    opening = [s.start < NEAR_TOP for s in text.sentences[:OPENING_SENTENCES]]
    title = presences_of(item.title, len(text.title_words), section, terms)
    sentences = [
        presences_of(found, len(sentence.words), section, terms, aside=aside)
        for found, sentence, aside in zip(item.sentences, text.sentences, item.inserted, strict=True)
    ]
    headed, told = relevance(title, terms), [strength(presences, terms) for presences in sentences]
    about = in_context(headed, [max(0.0, amount) for amount in told])
    amounts = _amounts(title, sentences, terms)
    counts = Counter[int]()
    for found in filter(None, (item.title, *item.sentences)):
        for number in found.keys() & amounts.keys():
            counts[number] += len(found[number]) // terms[number].parts
    return Drafted(
        section=section,
        met=tuple(
            Met(
                term=number,
                amount=amount,
                times=max(1, counts[number]),
                found=_as_found(terms[number], number, text, item) if terms[number].is_open else "",
            )
            for number, amount in amounts.items()
        ),
        title=headed,
        relevance=about,
        opening=max(about[: max(1, sum(opening))], default=0.0),
        distinct=_distinct(frozenset(title).union(*sentences), terms),
    )


def _distinct(found: Iterable[int], terms: Sequence[Term]) -> int:
    """Return how many words speak for the section: what takes two words to find bears itself out."""
    own = [terms[term] for term in found if not terms[term].against]
    return sum(2 if term.parts > 1 or term.is_phrase else 1 for term in own)


def _amounts(
    title: Mapping[int, float], sentences: Sequence[Mapping[int, float]], terms: Sequence[Term]
) -> dict[int, float]:
    """Return how much of each term that counts is there, in the order in which they stand there first."""
    mass = defaultdict(float, {term: TITLE * presence for term, presence in title.items()})
    for place, presences in enumerate(sentences):
        if relevance(presences, terms) > 0:
            for term, presence in presences.items():
                if not terms[term].against:
                    mass[term] += presence * (OPENING if place == 0 else 1.0)
    return mass


def _as_found(term: Term, number: int, text: Text, item: Scan) -> str:
    """Return the words of a term that were found first, one for each of its parts."""
    rows = (text.title_words, *(sentence.words for sentence in text.sentences))
    places = zip((item.title, *item.sentences), item.spellings, rows, strict=True)
    known, spelt, words = next((found[number], spelt, words) for found, spelt, words in places if number in found)
    spans = one_of_each(term, spelt, known) if term.parts > 1 else known[:1]
    return JOIN.join(" ".join(words[start:end]) for start, end in spans)


def vector_of(text: Text) -> Vector:
    """Return an article's stems by the logarithm of how often they stand in it, and how rare they are; of length 1."""
    common = stop_words(text.language)
    counts = Counter[str]()
    used: dict[str, float] = {}
    rows = ((text.title_words, text.title_stems), *((s.words, s.stems) for s in text.sentences[:COMPARED]))
    pairs = Counter(chain.from_iterable(zip(words, stems, strict=True) for words, stems in rows))
    for (word, stem), count in pairs.items():
        if word not in common and len(word) >= SHORTEST and word[0].isalpha():
            counts[stem] += count
            used[stem] = max(used.get(stem, 0.0), frequency(word, text.language))
    weights = {
        stem: (1 + math.log(count)) * math.log(PLAIN / used[stem])
        for stem, count in counts.items()
        if used[stem] < PLAIN
    }
    length = math.sqrt(sum(weight * weight for weight in weights.values())) or 1.0
    return {stem: weight / length for stem, weight in weights.items()}


def words_of_fields(text: Text) -> Words:
    """Return the stems of an article's beginning that are of any lexical field, with what they count."""
    known = fields_in(text.language)
    if not known:
        return ()
    rows = [(TITLE, text.title_words, text.title_stems)]
    rows += [(1.0 if place else OPENING, s.words, s.stems) for place, s in enumerate(text.sentences[:BEGINNING])]
    shown: dict[str, str] = {}
    amounts: defaultdict[str, float] = defaultdict(float)
    for worth, words, stems in rows:
        for word, stem in zip(words, stems, strict=True):
            if stem in known:
                shown.setdefault(stem, word)
                amounts[stem] += worth
    return tuple((stem, shown[stem], amount) for stem, amount in amounts.items())
