"""What an article says that a copy of it says too: its figures, its days of the week, its names.

Shared wording alone does not make a copy: bulletins and daily reports keep their sentences and change what they say.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from briefing.language import fold, stem, stop_words, weekday_names, weekdays_in
from briefing.language.months import dates_in
from briefing.language.names import romanise
from briefing.language.numerals import word_values
from briefing.language.quantities import LANGUAGES, quantities
from briefing.stories.profiles import names_in, stop_stems

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from briefing.models import Ranked, Sentence

OPENING = 5
"""Sentences, behind the title, in which the news stands."""
WINDOW = 3
"""Words before and behind a figure that say what it counts."""
SHORTEST_NAME = 4
"""Letters of a name: shorter ones are initials, titles and what house styles write differently (US, Mr, IS)."""
FEWEST_CONSONANTS = 3
"""Consonants by which a name is known in any spelling."""
SHORTEST_FRAME = 4
"""Words that two sentences must share, figures and days aside, to be one sentence with other figures."""
NOUNS_ARE_CAPITALISED = frozenset({"de", "lb"})
HALF = 0.5
FAR = 2.0
"""How many times one figure must be another for them not to be of one event: tolls that rise seldom double."""
NEAR = 0.05
"""Share by which figures may differ and still be one that was rounded."""

_YEAR = re.compile(r"(?:19|20)\d\d")
_DOUBLED = re.compile(r"(.)\1")
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_SMALL = re.compile(r"\b(?=[a-zß-ÿ])[^\W\d_]{4,}")
_WORD = re.compile(r"[^\W\d_]{3,}")

Numbers = tuple[float, ...]
Frames = Mapping[tuple[str, ...], frozenset[Numbers]]


class Figure(NamedTuple):
    """A number, and the words beside it that are neither names nor in every text."""

    number: float
    beside: frozenset[str]


@dataclass(frozen=True, slots=True, eq=False)
class Substance:
    """What an article says in its title and opening, and what it says anywhere."""

    heading: frozenset[Figure]
    """The figures of the title and the first sentence."""
    leading: tuple[Figure, ...]
    numbers: frozenset[float]
    leading_days: frozenset[int]
    days: frozenset[int]
    dates: frozenset[tuple[int, int]]
    """Months and days of the month in the title and the opening."""
    names: tuple[frozenset[str], ...]
    """Those of the title, each by its keys."""
    words: frozenset[str]
    """The keys of all of its words, names or not."""
    frames: Frames
    """The sentences that hold figures, by what else they hold."""
    head: frozenset[str]
    """The stems of the title and the first sentence, without those that every text has."""
    stems: frozenset[str]


def differs(one: Substance, other: Substance) -> bool:
    """Tell whether each article gives figures, days or names that are its own, where the other has others."""
    days = one.leading_days - other.days and other.leading_days - one.days
    return bool(days) or _name_others(one, other) or counts_otherwise(one, other)


def counts_otherwise(one: Substance, other: Substance) -> bool:
    """Tell whether both articles have figures of their own for what is told in the same words, or in one sentence."""
    frames = one.frames.keys() & other.frames.keys()
    return next(_differing(one, other), None) is not None or any(
        _apart(one.frames[frame], other.frames[frame]) for frame in frames
    )


def contradicts(one: Substance, other: Substance) -> bool:
    """Tell whether two articles in one language, alike as they are, cannot tell of one event.

    Their titles name what the other article does not; or they count differently what is told in the same words, on
    another day, or far apart and under a title and first sentence of which the other article tells less than half.
    """
    if _name_others(one, other):
        return True
    if _apart_in_time(one, other) and counts_otherwise(one, other):
        return True
    if min(told(one, other), told(other, one)) >= HALF:
        return False
    apart = [
        _ratio(our.number, their.number)
        for our, their in _differing(one, other)
        if {our, their} <= one.heading | other.heading
    ]
    return min(apart, default=1.0) > FAR


def told(one: Substance, other: Substance) -> float:
    """Return the share of the title and the first sentence whose words the other article has."""
    return len(one.head & other.stems) / len(one.head) if one.head else 1.0


def _apart_in_time(one: Substance, other: Substance) -> bool:
    days = one.leading_days - other.days and other.leading_days - one.days
    return bool(days or (one.dates - other.dates and other.dates - one.dates))


def _name_others(one: Substance, other: Substance) -> bool:
    """Tell whether each title names what the other article does not."""
    return all(any(keys.isdisjoint(there.words) for keys in here.names) for here, there in ((one, other), (other, one)))


def _differing(one: Substance, other: Substance) -> Iterator[tuple[Figure, Figure]]:
    """Yield the figures of each opening that the other article lacks, of what is told in the same words, in pairs."""
    ours, theirs = _missing(one.leading, other.numbers), _missing(other.leading, one.numbers)
    return ((our, their) for our in ours for their in theirs if not our.beside.isdisjoint(their.beside))


def substance(ranked: Ranked) -> Substance:
    """Return what an article says."""
    text = ranked.text
    title = text.article.title or ""
    figures = [figures_in(title, text.language), *(figures_in(s.text, s.language) for s in text.sentences)]
    opening = [(title, text.language), *((s.text, s.language) for s in text.sentences[:OPENING])]
    days = [weekdays_in(text.title_words, text.language)]
    days += [weekdays_in(s.words, s.language) for s in text.sentences]
    stems = [text.title_stems, *(sentence.stems for sentence in text.sentences)]
    called = _names(text.sentences)
    return Substance(
        heading=frozenset(chain.from_iterable(figures[:2])),
        leading=tuple(chain.from_iterable(figures[: OPENING + 1])),
        numbers=frozenset(one.number for one in chain.from_iterable(figures)),
        leading_days=frozenset().union(*days[: OPENING + 1]),
        days=frozenset().union(*days),
        dates=frozenset(
            date[:2]
            for row, language in opening
            for date in dates_in(row, language)
            if not _YEAR.search(row[slice(*date[2:])])
        ),
        names=tuple(_keys(word) for word in text.title_words if word in called and len(word) >= SHORTEST_NAME),
        words=frozenset().union(
            *map(_keys, {*text.title_words, *chain.from_iterable(s.words for s in text.sentences)})
        ),
        frames=_frames(text.sentences, figures[1:]),
        head=frozenset(chain.from_iterable(stems[:2])) - stop_stems(text.language),
        stems=frozenset(chain.from_iterable(stems)),
    )


def figures_in(text: str, language: str) -> tuple[Figure, ...]:
    """Return the figures of a text in order, whether in digits or in words; without dates and vague amounts."""
    for _, _, start, end in dates_in(text, language):
        text = text[:start] + " " * (end - start) + text[end:]
    if language in LANGUAGES:
        named = [(one.high, one.start, one.end) for one in quantities(text, language) if not one.vague]
    else:
        named = [(float(re.sub(r"\D", "", found[0])), *found.span()) for found in _NUMBER.finditer(text)]
    return tuple(
        Figure(number=number, beside=_beside(text, start, end, language))
        for number, start, end in named
        if not _YEAR.fullmatch(text[start:end])
    )


def _beside(text: str, start: int, end: int, language: str) -> frozenset[str]:
    before, behind = _WORD.findall(text[:start])[-WINDOW:], _WORD.findall(text[end:])[:WINDOW]
    plain = [word for word in (*before, *behind) if not word[0].isupper() or language in NOUNS_ARE_CAPITALISED]
    return frozenset(stem(word, language) for word in plain if word not in _plain(language))


def _names(sentences: Sequence[Sentence]) -> frozenset[str]:
    """Return the words that stand with a capital within sentences and nowhere without one."""
    plain = [sentence for sentence in sentences if not _is_headline(sentence.text)]
    small = chain.from_iterable(_SMALL.findall(sentence.text) for sentence in sentences)
    return frozenset(names_in(plain)).difference(small)


def _is_headline(text: str) -> bool:
    """Tell whether most words of a sentence have capitals, so that these tell no names."""
    words: list[str] = _WORD.findall(text)
    return 2 * sum(word[0].isupper() for word in words) > len(words)


def _missing(figures: Sequence[Figure], others: frozenset[float]) -> list[Figure]:
    """Return the figures that have none like them among the others."""
    return [one for one in figures if one.number not in others and not any(_near(one.number, o) for o in others)]


def _ratio(one: float, other: float) -> float:
    return max(one, other) / max(min(one, other), 1.0)


def _near(one: float, other: float) -> bool:
    return abs(one - other) <= NEAR * max(one, other)


def _apart(ours: frozenset[Numbers], theirs: frozenset[Numbers]) -> bool:
    """Tell whether one sentence holds as many figures in both articles, and others."""
    return all(
        len(our) == len(their) and not all(_near(*pair) for pair in zip(our, their, strict=True))
        for our in ours
        for their in theirs
    )


def _frames(sentences: Sequence[Sentence], figures: Sequence[tuple[Figure, ...]]) -> Frames:
    found: defaultdict[tuple[str, ...], set[Numbers]] = defaultdict(set)
    for sentence, told in zip(sentences, figures, strict=True):
        frame = tuple(_without_numbers(sentence)) if told else ()
        if len(frame) >= SHORTEST_FRAME:
            found[frame].add(tuple(figure.number for figure in told))
    return {frame: frozenset(numbers) for frame, numbers in found.items()}


def _without_numbers(sentence: Sentence) -> Iterator[str]:
    left_out = _spelt(sentence.language) | weekday_names(sentence.language).keys()
    return (word for word in sentence.words if not word[0].isdigit() and word not in left_out)


@cache
def _plain(language: str) -> frozenset[str]:
    """Return the words beside a figure that do not say what it counts."""
    return stop_words(language) | _spelt(language)


@cache
def _spelt(language: str) -> frozenset[str]:
    return frozenset(word_values(language)) if language in LANGUAGES else frozenset()


@lru_cache(maxsize=1 << 16)
def _keys(word: str) -> frozenset[str]:
    """Return what spellings and forms of a name have in common: its consonants, its first letters (Russia, Russian)."""
    plain = _DOUBLED.sub(r"\1", fold(word.partition("'")[0]))
    consonants = romanise(plain).consonants if plain.isascii() else ""
    return frozenset({plain[:SHORTEST_NAME], consonants if len(consonants) >= FEWEST_CONSONANTS else plain})
