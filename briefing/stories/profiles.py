"""What an article says near its beginning, as vectors that can be compared, and how telling each word is.

How rare a word is says the language at large, not the day: on a day with one subject the words of that subject are in
every article, and tell an event all the same. The day's own counts are laid over those of many imagined articles.
"""

from __future__ import annotations

import math
import re
from array import array
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from itertools import chain
from typing import TYPE_CHECKING

from briefing.languages import language_data
from briefing.models import quickly_pickled
from briefing.text import (
    UNSEEN,
    consonants_in,
    fold,
    foreign_forms,
    frequencies,
    frequency,
    stem,
    stop_words,
    weekdays_in,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence

    from briefing.models import Moment, Ranked, Sentence

SENTENCES = 8
"""Sentences, behind the title, in which the event is told; 6 to 12 do as well, and more is background."""
NAME = 2
"""What a name counts beside a plain word."""
IMAGINED, UNLISTED = 300, 50
"""Articles imagined beside the day's, whose words are as frequent as in the language at large; fewer where no list
says how frequent they are, so that the day's own counts decide."""
LENGTH = 300
"""Words of an imagined article."""
PLAIN = 1.0
"""Rarity, in nats, up to which a word tells nothing: it stands in every third article."""
FIGURE = 1e-6
"""The frequency of a number."""
ENDS = 2
"""Letters below which a word tells nothing."""

FEWEST_CONSONANTS = 3
"""Consonants by which a name is known in any spelling; one with fewer must be spelt the same."""
SHORTEST = 3
"""Letters of a name."""
SMALLEST = 5
"""Figures below which every text has its own."""
_UNSURE = "~"
"""Before the consonants of a word that may be a name: scripts without capitals do not say which words are names."""
_CAPITALISED = re.compile(r"(?<=[\w,] )[^\W\d_a-zß-ÿ][^\W\d_]+")
"""A word with a capital behind another word: a name, where it is not German."""

Row = dict[str, float]
Vector = dict[str, float]


@quickly_pickled
@dataclass(frozen=True, slots=True, eq=False)
class Profile:
    """The title and the first sentences of an article by what can be compared: stems, or names and figures."""

    id: str
    language: str
    outlet: str | None
    published: Moment | None
    weekdays: frozenset[int]
    """Those that the title and the first sentences name, 0 for Monday."""
    rows: tuple[Row, ...]
    """The title, then each sentence: its terms, with what they count there."""
    frequency: Mapping[str, float]
    """The share of all words of the language that each term has at the least."""


def profile(ranked: Ranked) -> Profile:
    """Return what an article says in stems, without the words that every text has."""
    text = ranked.text
    first = text.sentences[:SENTENCES]
    plain = frozenset().union(*map(stop_stems, sorted({text.language, *(s.language for s in first)})))
    names = (
        set()
        if language_data(text.language).writing.nouns_capitalised
        else set(names_in(text.sentences[: SENTENCES + 2]))
    )
    rows, known = [], dict[str, float]()
    pairs = ((text.title_words, text.title_stems), *((one.words, one.stems) for one in first))
    for words, stems in pairs:
        row: Row = {}
        for word, stemmed in zip(words, stems, strict=True):
            if len(stemmed) >= ENDS and stemmed not in plain:
                row[stemmed] = row.get(stemmed, 0.0) + (NAME if word in names else 1)
                used = FIGURE if word[0].isdigit() else frequency(word, text.language)
                known[stemmed] = max(used, known.get(stemmed, UNSEEN))
        rows.append(row)
    article = ranked.article
    told = tuple(chain(text.title_words, *(sentence.words for sentence in text.sentences[: SENTENCES // 2])))
    return Profile(
        id=article.id,
        language=text.language,
        outlet=article.outlet,
        published=article.published,
        weekdays=weekdays_in(told, text.language),
        rows=tuple(rows),
        frequency=known,
    )


def sure_names(days: Iterable[Iterable[Sequence[str]]]) -> frozenset[str]:
    """Return the names and figures of a day, as languages share them, of which no script leaves any doubt."""
    return frozenset(key for rows in days for row in rows for key in row if not key.startswith(_UNSURE))


def foreign_profile(known: Profile, keys: Sequence[Sequence[str]], sure: Container[str]) -> Profile:
    """Return an article as what other languages share with it: proper names by their consonants, and figures.

    Names are compared across spellings and scripts (Hassaké, Hasakah, الحسكة), figures without their separators. Of
    the words that may be names, those are kept that are names in another article of the day, `sure`.
    """
    rows = ([key.removeprefix(_UNSURE) for key in row] for row in keys[: SENTENCES + 1])
    return replace(known, rows=tuple({key: 1.0 for key in row if key in sure} for row in rows), frequency={})


def rows_of_keys(ranked: Ranked) -> Iterator[list[str]]:
    """Yield the names and figures of the title, then of each sentence, as languages share them."""
    text = ranked.text
    names = {fold(word) for word in names_in(text.sentences)}
    for words in (text.title_words, *(sentence.words for sentence in text.sentences)):
        yield list(_keys(words, names))


def rarity(counts: array[int], used: array[float], articles: int, *, languages: Iterable[str]) -> array[float]:
    """Return how telling each term of a language's articles is: the logarithm of its inverse document frequency.

    `counts` are the articles that have it, `used` its share of all words of its language, which `languages` tell.
    """
    imagined = IMAGINED if any(map(frequencies, languages)) else UNLISTED
    most = articles + imagined
    return array(
        "d",
        (
            max(0.0, math.log(most / (count + imagined * -math.expm1(-LENGTH * share))) - PLAIN)
            for count, share in zip(counts, used, strict=True)
        ),
    )


def summed(rows: Iterable[Row]) -> Row:
    """Return what each term counts in all rows together."""
    total: Row = {}
    for row in rows:
        for term, count in row.items():
            total[term] = total.get(term, 0.0) + count
    return total


def vector(rows: Iterable[Row], rare: Callable[[str], float]) -> Vector:
    """Return rows together as a vector of length 1: the root of what a term counts, times how rare it is."""
    weighed = {term: math.sqrt(count) * rare(term) for term, count in summed(rows).items() if rare(term) > 0}
    length = math.sqrt(math.fsum(value * value for value in weighed.values()))
    return {term: value / length for term, value in weighed.items()} if length else {}


def cosine(one: Vector, other: Vector) -> float:
    """Return the cosine of two vectors of length 1."""
    short, long = sorted((one, other), key=len)
    return math.fsum(value * long[term] for term, value in short.items() if term in long)


@cache
def stop_stems(language: str) -> frozenset[str]:
    """Return the stems of the words that every text has."""
    return frozenset(stem(word, language) for word in stop_words(language))


def names_in(sentences: Iterable[Sentence]) -> Iterator[str]:
    """Yield the words, in small letters, that stand with a capital behind another word."""
    return (word.lower() for sentence in sentences for word in _CAPITALISED.findall(sentence.text))


def words_by_stem(ranked: Ranked) -> dict[str, str]:
    """Return each stem of an article as it stands there first, for people to read."""
    text = ranked.text
    pairs = chain(
        zip(text.title_stems, text.title_words, strict=True),
        *(zip(sentence.stems, sentence.words, strict=True) for sentence in text.sentences),
    )
    return _first(pairs)


def words_by_key(ranked: Ranked) -> dict[str, str]:
    """Return each name and figure of an article as it stands there first, for people to read."""
    text = ranked.text
    names = {fold(word) for word in names_in(text.sentences)}
    words = chain(text.title_words, *(sentence.words for sentence in text.sentences))
    return _first((key.removeprefix(_UNSURE), word) for word in words for key in _keys((word,), names))


def _first(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    found: dict[str, str] = {}
    for term, word in pairs:
        found.setdefault(term, word)
    return found


def _keys(words: Iterable[str], names: set[str]) -> Iterator[str]:
    for word in words:
        if word.isascii() and word[0] > "9":  # most words; they are folded but for accents
            if word in names and len(word) >= SHORTEST:
                yield _known_by(word)
        elif word[0].isdecimal():
            figure = "".join(str(int(character)) for character in word if character.isdecimal())
            if int(figure) >= SMALLEST:
                yield f"#{figure}"
        elif (plain := fold(word)).isascii():
            if plain in names and len(plain) >= SHORTEST:
                yield _known_by(plain)
        else:
            yield from (_UNSURE + name.consonants for name in foreign_forms(word))


@lru_cache(maxsize=1 << 16)
def _known_by(name: str) -> str:
    consonants = consonants_in(name)
    return consonants if len(consonants) >= FEWEST_CONSONANTS else name
