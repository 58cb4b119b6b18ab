"""What an article says, as sets of words that can be compared, and how telling each word is on the day."""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from functools import cache
from itertools import chain
from typing import TYPE_CHECKING, TypedDict

from briefing.text import stem, stop_words, weekdays_in

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from briefing.models import Moment, Ranked, Sentence

HEAD, LEAD = 40, 110
"""Words of the title and the first sentences in which the event stands, and of the paragraphs that tell it; what
follows is background more and more often."""
IMAGINED = 50
"""Articles imagined beside the day's, so that a small day does not take every word for a rare one; 20 tells less."""
PLAIN, TELLING = 0.2, 0.02
"""Share of the imagined articles in which a plain word stands, and a name or a figure."""
ENDS = 2
"""Letters below which a word tells nothing."""

_CAPITALISED = re.compile(r"(?<=[\w,] )[^\W\d_a-zß-ÿ][^\W\d_]+")
"""A word with a capital behind another word: a name, where it is not German."""

Words = frozenset[str]


@dataclass(frozen=True, slots=True, eq=False)
class Profile:
    """An article as sets of stems, or of whatever else can be compared: all of it, its lead, its head."""

    id: str
    language: str
    outlet: str | None
    published: Moment | None
    whole: Words
    lead: Words
    head: Words
    weekdays: frozenset[int]
    """Those that the lead names, 0 for Monday."""
    title: Words
    rows: tuple[Words, ...]
    """Each sentence by itself."""
    lengths: tuple[int, ...]
    """Words of the title, then of each sentence."""


def profile(ranked: Ranked) -> Profile:
    """Return what an article says in stems, without the words that every text has."""
    text = ranked.text
    stems = [sentence.stems for sentence in text.sentences]
    common = frozenset().union(*map(stop_stems, sorted({text.language, *(s.language for s in text.sentences)})))
    return profile_of(ranked, title=text.title_stems, rows=stems, without=common)


def profile_of(
    ranked: Ranked, *, title: Sequence[str], rows: Sequence[Sequence[str]], without: Words = frozenset()
) -> Profile:
    """Make a profile of what the title and each sentence hold."""
    text = ranked.text
    lengths = (len(text.title_words), *(len(sentence.words) for sentence in text.sentences))
    kept = tuple(frozenset(row) - without for row in rows)
    lead = _reach(lengths, LEAD)
    return Profile(
        id=ranked.article.id,
        language=text.language,
        outlet=ranked.article.outlet,
        published=ranked.article.published,
        weekdays=weekdays_in(chain(text.title_words, *(s.words for s in text.sentences[:lead])), text.language),
        **_parts(frozenset(title) - without, kept, lengths),
    )


def without(one: Profile, dropped: frozenset[int]) -> Profile:
    """Return a profile as if some of the sentences, by their places, did not stand in the article."""
    kept = [place for place in range(len(one.rows)) if place not in dropped]
    lengths = (one.lengths[0], *(one.lengths[place + 1] for place in kept))
    return replace(one, **_parts(one.title, tuple(one.rows[place] for place in kept), lengths))


class _Parts(TypedDict):
    """The words of an article by where they stand."""

    title: Words
    rows: tuple[Words, ...]
    lengths: tuple[int, ...]
    whole: Words
    lead: Words
    head: Words


def _parts(title: Words, rows: tuple[Words, ...], lengths: tuple[int, ...]) -> _Parts:
    return _Parts(
        title=title,
        rows=rows,
        lengths=lengths,
        whole=title.union(*rows),
        lead=title.union(*rows[: _reach(lengths, LEAD)]),
        head=title.union(*rows[: _reach(lengths, HEAD)]),
    )


def _reach(lengths: Sequence[int], words: int) -> int:
    """Return how many sentences, at least one, are needed for so many words with the title, whose length is first."""
    total = lengths[0]
    for count, length in enumerate(lengths[1:], start=1):
        total += length
        if total >= words:
            return count
    return len(lengths) - 1


@cache
def stop_stems(language: str) -> Words:
    """Return the stems of the words that every text has."""
    return frozenset(stem(word, language) for word in stop_words(language))


def words_by_stem(ranked: Ranked) -> dict[str, str]:
    """Return each stem of an article's as it stands there first, for people to read."""
    text = ranked.text
    pairs = chain(
        zip(text.title_stems, text.title_words, strict=True),
        *(zip(sentence.stems, sentence.words, strict=True) for sentence in text.sentences),
    )
    found: dict[str, str] = {}
    for stemmed, word in pairs:
        found.setdefault(stemmed, word)
    return found


def names_in(sentences: Iterable[Sentence]) -> Iterator[str]:
    """Yield the words, in small letters, that stand with a capital behind another word."""
    return (word.lower() for sentence in sentences for word in _CAPITALISED.findall(sentence.text))


def rarity(profiles: Sequence[Profile], names: Mapping[str, int]) -> dict[str, float]:
    """Return how telling each word is: the logarithm of its inverse document frequency on the day, smoothed.

    `names` says in how many articles a word stands with a capital. Words of one letter tell nothing.
    """
    counts = Counter(chain.from_iterable(one.whole for one in profiles))
    most = len(profiles) + IMAGINED

    def imagined(word: str, count: int) -> float:
        return IMAGINED * (TELLING if word[0].isdigit() or 2 * names.get(word, 0) > count else PLAIN)

    return {
        word: math.log(most / (count + imagined(word, count))) if len(word) >= ENDS else 0.0
        for word, count in counts.items()
    }


def names_of(ranked: Sequence[Ranked]) -> dict[str, int]:
    """Return in how many articles each stem stands with a capital behind another word."""
    by_language: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for one in ranked:
        by_language[one.text.language].update(set(names_in(one.text.sentences)))
    counts: Counter[str] = Counter()
    for language, words in by_language.items():
        for word, count in words.items():
            counts[stem(word, language)] += count
    return counts
