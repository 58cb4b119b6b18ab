"""What articles say, and whether two of them say different things: figures, days, names.

Shared wording makes neither a copy nor one event: bulletins and daily reports keep their sentences and change what they
say, and two strikes of one night are told with the same background.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from briefing.languages import language_data
from briefing.models import quickly_pickled
from briefing.stories.profiles import FEWEST_CONSONANTS, stop_stems
from briefing.text import (
    amount_words,
    consonants_in,
    dates_in,
    fold,
    number_words,
    quantities,
    reads_numbers,
    stem,
    stop_words,
    weekday_names,
    weekdays_in,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from briefing.models import Ranked, Sentence

OPENING = 5
"""Sentences, behind the title, in which the news stands."""
WINDOW = 3
"""Words before and behind a figure that say what it counts."""
REACH = 60 * WINDOW
"""Characters in which these are looked for."""
SHORTEST_NAME = 4
"""Letters of a name: shorter ones are initials, titles and what house styles write differently (US, Mr, IS)."""
SHORTEST_FRAME = 4
"""Words that two sentences must share, figures and days aside, to be one sentence with other figures."""
HALF = 0.5
"""Share of a title and first sentence that accounts of one event tell, where their figures are far apart."""
STRANGERS = 3
"""Names that titles and first sentences must each have for themselves to tell of others whatever they count."""
FAR = 2.0
"""How many times one figure must be another for them not to be of one event: tolls that rise seldom double."""
NEAR = 0.05
"""Share by which figures may differ and still be one that was rounded."""

_YEAR = re.compile(r"(?:19|20)\d\d")
_DIGIT = re.compile(r"\d")
_DOUBLED = re.compile(r"(.)\1")
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_WORD = re.compile(r"[^\W\d_]{3,}")

Numbers = tuple[float, ...]
Names = tuple[frozenset[str], ...]
Frames = Mapping[tuple[str, ...], frozenset[Numbers]]


class Figure(NamedTuple):
    """A number, and the words beside it that are neither names nor in every text."""

    number: float
    beside: frozenset[str]


@quickly_pickled
@dataclass(frozen=True, slots=True, eq=False)
class Facts:
    """What an article says in its title and opening, and what it says anywhere."""

    heading: frozenset[Figure]
    """The figures of the title and the first sentence."""
    leading: tuple[Figure, ...]
    numbers: tuple[float, ...]
    """All of its figures, each once, in order of size."""
    leading_days: frozenset[int]
    days: frozenset[int]
    dates: frozenset[tuple[int, int]]
    """Months and days of the month in the title and the opening."""
    names: Names
    """Those of the title, each by its keys."""
    called: Names
    """Those of the title and the first sentence; none in a language whose nouns all have capitals."""
    words: frozenset[str]
    """The keys of all of its words, names or not."""
    frames: Frames
    """The sentences that hold figures, by what else they hold."""
    head: frozenset[str]
    """The stems of the title and the first sentence, without those that every text has."""
    stems: frozenset[str]


def facts_of(ranked: Ranked) -> Facts:
    """Return what an article says."""
    text = ranked.text
    title = text.article.title or ""
    opening = [(title, text.language), *((s.text, s.language) for s in text.sentences[:OPENING])]
    heads = (text.title_words, *(s.words for s in text.sentences[:1]))
    nouns_too = language_data(text.language).writing.nouns_capitalised
    figures = (
        _figures_in(title, text.language),
        *(_figures_in(s.text, s.language) if _holds_number(s) else () for s in text.sentences),
    )
    names = () if nouns_too else tuple(_named(row, text.sentences) for row in heads)
    days = [weekdays_in(text.title_words, text.language)]
    days += [weekdays_in(s.words, s.language) for s in text.sentences]
    stems = [text.title_stems, *(sentence.stems for sentence in text.sentences)]
    return Facts(
        heading=frozenset(chain.from_iterable(figures[:2])),
        leading=tuple(chain.from_iterable(figures[: OPENING + 1])),
        numbers=tuple(sorted({one.number for one in chain.from_iterable(figures)})),
        leading_days=frozenset().union(*days[: OPENING + 1]),
        days=frozenset().union(*days),
        dates=frozenset(
            date[:2]
            for row, language in opening
            for date in dates_in(row, language)
            if not _YEAR.search(row[slice(*date[2:])])
        ),
        names=tuple(chain.from_iterable(names[:1])),
        called=tuple(chain.from_iterable(names[:2])),
        words=frozenset().union(
            *map(_keys, {*text.title_words, *chain.from_iterable(s.words for s in text.sentences)})
        ),
        frames=_frames(text.sentences, figures[1:]),
        head=frozenset(chain.from_iterable(stems[:2])) - stop_stems(text.language),
        stems=frozenset(chain.from_iterable(stems)),
    )


def _figures_in(text: str, language: str) -> tuple[Figure, ...]:
    """Return the figures of a text in order, whether in digits or in words; without dates and vague amounts."""
    for _, _, start, end in dates_in(text, language):
        text = text[:start] + " " * (end - start) + text[end:]
    if reads_numbers(language):
        named = [(one.high, one.start, one.end) for one in quantities(text, language) if not one.vague]
    else:
        named = [(float(re.sub(r"\D", "", found[0])), *found.span()) for found in _NUMBER.finditer(text)]
    return tuple(
        Figure(number=number, beside=_beside(text, start, end, language))
        for number, start, end in named
        if not _YEAR.fullmatch(text[start:end])
    )


def _holds_number(sentence: Sentence) -> bool:
    return _DIGIT.search(sentence.text) is not None or not amount_words(sentence.language).isdisjoint(sentence.words)


def _beside(text: str, start: int, end: int, language: str) -> frozenset[str]:
    near = text[max(0, start - REACH) : start], text[end : end + REACH]
    before, behind = _WORD.findall(near[0])[-WINDOW:], _WORD.findall(near[1])[:WINDOW]
    nouns_too = language_data(language).writing.nouns_capitalised  # a capital makes no name
    plain = [word for word in (*before, *behind) if not word[0].isupper() or nouns_too]
    return frozenset(stem(word, language) for word in plain if word not in _plain(language))


def _named(words: Sequence[str], sentences: Sequence[Sentence]) -> Names:
    """Return the keys of the words that stand with a capital within sentences, and nowhere without one."""
    plain = {word.partition("'")[0] for word in words}
    return tuple(_keys(word) for word in sorted(plain) if len(word) >= SHORTEST_NAME and _is_name(word, sentences))


def _is_name(word: str, sentences: Sequence[Sentence]) -> bool:
    written = f" {word.capitalize()}"
    return not any(word in sentence.text for sentence in sentences) and any(
        written in sentence.text and not _is_headline(sentence.text) for sentence in sentences
    )


def _is_headline(text: str) -> bool:
    """Tell whether most words of a sentence have capitals, so that these tell no names."""
    words: list[str] = _WORD.findall(text)
    return 2 * sum(word[0].isupper() for word in words) > len(words)


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
    return number_words(language)


@lru_cache(maxsize=1 << 15)
def _keys(word: str) -> frozenset[str]:
    """Return what spellings and forms of a name have in common: its consonants, its first letters (Russia, Russian)."""
    plain = _DOUBLED.sub(r"\1", fold(word.partition("'")[0]))
    consonants = consonants_in(plain) if plain.isascii() else ""
    known = consonants if len(consonants) >= FEWEST_CONSONANTS else f"{plain[:1]}{consonants}" if consonants else plain
    return frozenset({plain[:SHORTEST_NAME], known})


def differs(one: Facts, other: Facts) -> bool:
    """Tell whether each article gives figures, days or names that are its own, where the other has others."""
    days = one.leading_days - other.days and other.leading_days - one.days
    return bool(days) or _titled_otherwise(one, other) or counts_otherwise(one, other)


def counts_otherwise(one: Facts, other: Facts) -> bool:
    """Tell whether both articles have figures of their own for what is told in the same words, or in one sentence."""
    ours, theirs = _missing(one.leading, other.numbers), _missing(other.leading, one.numbers)
    counted = frozenset().union(*(their.beside for their in theirs))
    frames = one.frames.keys() & other.frames.keys()
    return not all(our.beside.isdisjoint(counted) for our in ours) or any(
        _apart(one.frames[frame], other.frames[frame]) for frame in frames
    )


def contradicts(one: Facts, other: Facts) -> bool:
    """Tell whether two articles in one language, alike as they are, cannot tell of one event.

    Their titles name what the other article does not, and nothing in common; their first sentences have several names
    each that the other says nothing of; or they count differently what is told in the same words, under other names or
    on another day, or far apart with little else in common.
    """
    if names_others(one, other):
        return True
    strange = _own_names(one.called, other.called, one, other)
    if (strange or _apart_in_time(one, other)) and counts_otherwise(one, other):
        return True
    if min(head_overlap(one, other), head_overlap(other, one)) >= HALF:
        return False
    figures = one.heading | other.heading
    ours, theirs = (
        [figure for figure in _missing(these.leading, those.numbers) if figure in figures]
        for these, those in ((one, other), (other, one))
    )
    return any(
        _ratio(our.number, their.number) > FAR and not our.beside.isdisjoint(their.beside)
        for our in ours
        for their in theirs
    )


def names_others(one: Facts, other: Facts) -> bool:
    """Tell whether titles, or first sentences, name what the other article does not, with too little in common."""
    return _own_names(one.called, other.called, one, other) >= STRANGERS or _titled_otherwise(one, other)


def head_overlap(one: Facts, other: Facts) -> float:
    """Return the share of the title and the first sentence whose words the other article has."""
    return len(one.head & other.stems) / len(one.head) if one.head else 1.0


def _apart_in_time(one: Facts, other: Facts) -> bool:
    days = one.leading_days - other.days and other.leading_days - one.days
    return bool(days or (one.dates - other.dates and other.dates - one.dates))


def _titled_otherwise(one: Facts, other: Facts) -> bool:
    """Tell whether each title names what the other article does not, and the titles share no name.

    Where they share one, who acts may just be called otherwise (Islamic State, Daesh).
    """
    shared = any(not our.isdisjoint(their) for our in one.names for their in other.names)
    return not shared and _own_names(one.names, other.names, one, other) > 0


def _own_names(ours: Names, theirs: Names, one: Facts, other: Facts) -> int:
    """Return how many names each side has at the least of which the other article says nothing."""
    return min(sum(map(other.words.isdisjoint, ours)), sum(map(one.words.isdisjoint, theirs)))


def _missing(figures: Sequence[Figure], others: Sequence[float]) -> list[Figure]:
    """Return the figures that have none like them among the others, which stand in order."""
    return [one for one in figures if not any(_near(one.number, other) for other in _beside_it(one.number, others))]


def _beside_it(number: float, others: Sequence[float]) -> Sequence[float]:
    place = bisect_left(others, number)
    return others[max(0, place - 1) : place + 1]


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
