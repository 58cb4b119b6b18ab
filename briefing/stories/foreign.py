"""What articles in different languages can share: proper names, by their consonants, and figures.

Names are compared across spellings and scripts (Hassaké, Hasakah, الحسكة), figures without their separators. Words that
merely look alike are left out, and so are the names that a day is about: those who act every day tell no event.
"""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import replace
from functools import lru_cache
from itertools import chain
from typing import TYPE_CHECKING

from briefing.stories.likeness import Day
from briefing.stories.profiles import IMAGINED, names_in, profile_of
from briefing.text import fold, foreign_forms, romanise

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from briefing.models import Ranked
    from briefing.stories.profiles import Profile, Words

FEWEST_SHARED = 2
"""Rare names and figures that the leads must share: with two, none of 650 articles in four languages merged wrongly."""
RARE = 0.6
"""Of what a name or figure of one article alone would weigh, the part that it must have to count as rare."""
FEWEST_CONSONANTS = 3
"""Consonants by which a name is known in any spelling; one with fewer must be spelt the same."""
SHORTEST = 3
"""Letters of a name."""
SMALLEST = 5
"""Figures below which every text has its own."""
_UNSURE = "~"
"""Before the consonants of a word that may be a name: scripts without capitals do not say which words are names."""


def keys_of(ranked: Sequence[Ranked]) -> tuple[list[Profile], Day]:
    """Return the articles as names and figures, and how rare these are on the day."""
    profiles = [_profile(one) for one in ranked]
    sure = frozenset(key for one in profiles for key in one.whole if not key.startswith(_UNSURE))
    settled = [
        replace(one, whole=_settle(one.whole, sure), lead=_settle(one.lead, sure), head=_settle(one.head, sure))
        for one in profiles
    ]
    counts = Counter(chain.from_iterable(one.whole for one in settled))
    most = len(settled) + IMAGINED
    return settled, Day(settled, {key: math.log(most / (count + 1)) for key, count in counts.items()})


def shares_enough(one: Profile, other: Profile, day: Day) -> bool:
    """Tell whether the leads of two articles share enough rare names and figures to be compared by them."""
    rare = RARE * math.log((day.size + IMAGINED) / 2)
    return sum(day.rarity[key] >= rare for key in one.lead & other.lead) >= FEWEST_SHARED


def _profile(ranked: Ranked) -> Profile:
    text = ranked.text
    names = {fold(word) for word in names_in(text.sentences)}
    title = list(_keys(text.title_words, names))
    return profile_of(ranked, title=title, rows=[list(_keys(s.words, names)) for s in text.sentences])


def words_by_key(ranked: Ranked) -> dict[str, str]:
    """Return each name and figure of an article as it stands there first, for people to read."""
    text = ranked.text
    names = {fold(word) for word in names_in(text.sentences)}
    found: dict[str, str] = {}
    for word in chain(text.title_words, *(sentence.words for sentence in text.sentences)):
        for key in _keys((word,), names):
            found.setdefault(key.removeprefix(_UNSURE), word)
    return found


def _keys(words: Iterable[str], names: set[str]) -> Iterator[str]:
    for word in words:
        if word[0].isdecimal():
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
    consonants = romanise(name).consonants
    return consonants if len(consonants) >= FEWEST_CONSONANTS else name


def _settle(keys: Words, sure: Words) -> Words:
    """Keep of the words that may be names those that are names in other articles of the day."""
    plain = (key.removeprefix(_UNSURE) for key in keys)
    return frozenset(key for key in plain if key in sure)
