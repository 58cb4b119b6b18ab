"""Names in a sentence, one key for all spellings of a name."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from briefing.figures.places import HEADLINE
from briefing.figures.words import ARABIC_PREFIXES, happenings, things, times, weekdays, words_of
from briefing.languages import language_data
from briefing.text import fold, number_words, stop_words

if TYPE_CHECKING:
    from collections.abc import Mapping

    from briefing.figures.mentions import Mention

SHORTEST = 3
"""Letters of a name that is not among the aliases."""
_ARTICLES = frozenset({"al", "el", "as", "ar", "an", "at", "ad", "az", "ash", "l"})
_WITHOUT_CAPITALS = frozenset({"ar"})


class Names:
    """The names among config.yaml's aliases in every spelling, and how to tell others by their capitals.

    Aliases that are told by language are notions, not names.
    """

    def __init__(self, aliases: Mapping[str, object]) -> None:
        spelt = [
            (fold(name), spelling)
            for name, others in aliases.items()
            if isinstance(others, (list, tuple))
            for spelling in (name, *others)
        ]
        self._spellings = {tuple(word.key for word in words_of(spelling)): name for name, spelling in spelt}
        self._capitals = {tuple(word.key for word in words_of(spelling)) for _, spelling in spelt if spelling.isupper()}
        self._firsts = {key[0] for key in self._spellings if key}
        self._longest = max(map(len, self._spellings), default=1)

    @property
    def known(self) -> frozenset[str]:
        """The keys of the aliases."""
        return frozenset(self._spellings.values())

    def of(self, mention: Mention) -> dict[str, str]:
        """Return the names beside a figure, by key, as they are written."""
        text, words = mention.sentence.text, mention.words
        found: dict[str, str] = {}
        place = 0
        while place < len(words):
            size, name = self._alias(mention, place)
            if any(start <= words[place].start < end for start, end in mention.elsewhere):
                place += size
                continue
            if name:
                found.setdefault(name, text[words[place].start : words[place + size - 1].end])
            elif place and self._is_name(mention, place):
                word = words[place]
                found.setdefault(bare(word.key), text[word.start : word.end])
            place += size
        return found

    def _alias(self, mention: Mention, place: int) -> tuple[int, str | None]:
        """Return how many words at a place are a spelling of an alias, and whose; 1 and None where none is."""
        word = mention.words[place]
        firsts = _without_prefix(word.key) if mention.sentence.language == "ar" else (word.key,)
        if self._firsts.isdisjoint(firsts):
            return 1, None
        keys = [word.key for word in mention.words[place : place + self._longest]]
        text, start = mention.sentence.text, word.start
        for size in range(len(keys), 0, -1):
            for first in firsts:
                key = (first, *keys[1:size])
                written = text[start : mention.words[place + size - 1].end]
                if key in self._spellings and (key not in self._capitals or written.isupper()):
                    return size, self._spellings[key]
        return 1, None

    def _is_name(self, mention: Mention, place: int) -> bool:
        word, language = mention.words[place], mention.sentence.language
        if language in _WITHOUT_CAPITALS:
            return False
        own = bare(word.key) if "-" in word.key else word.key
        if not mention.sentence.text[word.end - len(own)].isupper():
            return False
        return len(own) >= SHORTEST and own not in _no_names(language)


def capitals_tell(mention: Mention) -> bool:
    """Tell whether capitals mark names in a sentence: not in German, nor in a headline."""
    text = mention.sentence.text
    upper = sum(text[word.start].isupper() for word in mention.words)
    return not language_data(mention.sentence.language).writing.nouns_capitalised and upper < HEADLINE * max(
        1, len(mention.words)
    )


def bare(key: str) -> str:
    """Return a name without the article that Arabic names have in Latin letters."""
    article, hyphen, name = key.partition("-")
    return name if hyphen and article in _ARTICLES and name else key


def _without_prefix(key: str) -> tuple[str, ...]:
    return (key, *(key.removeprefix(prefix) for prefix in ARABIC_PREFIXES if prefix and key.startswith(prefix)))


@cache
def _no_names(language: str) -> frozenset[str]:
    when = times(language).keys() | weekdays(language).keys()
    numbers = set(map(fold, number_words(language)))
    classes = things(language).keys() | happenings(language).keys()
    return frozenset(when | classes | numbers | set(map(fold, stop_words(language))))
