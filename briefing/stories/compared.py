"""An article as it is compared with others: worked out once, of its text alone, by whoever has the text at hand.

What compares two articles asks for nothing else, so that no text travels to where they are compared. It is held packed,
some ten kilobytes for each article: of most of them one part alone is ever asked for.
"""

from __future__ import annotations

import pickle
from array import array
from collections import OrderedDict
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING, cast
from zlib import crc32

from briefing.models import Quotability, quickly_pickled
from briefing.stories.contradictions import facts_of
from briefing.stories.profiles import profile, rows_of_keys

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from briefing.models import Ranked
    from briefing.stories.contradictions import Facts
    from briefing.stories.profiles import Profile

SHINGLE = 4
"""Words to a shingle: the usual length for news, where three-word runs recur by chance."""
KEPT = 1_000
"""Articles that are held when they were worked out here."""
LARGE = 2_000
"""Articles of a group from which it is told here, by asking for each when it is needed: together they are 20 MB."""
MOST_WORDS = 200_000
"""Words whose numbers are held; a day of a thousand articles has some forty thousand."""

Shingles = array  # of hashes, in order, each once

_NO_SENTENCES = frozenset({Quotability.FRAGMENT, Quotability.SHOWING})
"""Headlines and captions: a page has those of other pages beside its text, and two pages the same."""


@quickly_pickled
@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """What an article is compared by, in three parts."""

    wording: bytes
    """Its shingles."""
    beginning: bytes = field(compare=False)  # what is packed of equal values need not be equal
    """Its profile, and the names and figures of its title and of each sentence."""
    said: bytes = field(compare=False)
    """Its facts."""

    @property
    def shingles(self) -> Shingles[int]:
        """The hashes of its runs of words, each once and in order."""
        return array("q", self.wording)

    @property
    def profile(self) -> Profile:
        """What its beginning says, in stems."""
        return cast("Profile", pickle.loads(self.beginning)[0])  # noqa: S301 - packed below

    @property
    def keys(self) -> tuple[tuple[str, ...], ...]:
        """Names and figures of the title, then of each sentence, as languages share them."""
        return cast("tuple[tuple[str, ...], ...]", pickle.loads(self.beginning)[1])  # noqa: S301 - the same

    @property
    def facts(self) -> Facts:
        """What it says."""
        return cast("Facts", pickle.loads(self.said))  # noqa: S301 - the same


def compared(ranked: Ranked) -> Compared:
    """Return an article as it is compared with others."""
    return Compared(
        wording=_shingles(ranked).tobytes(),
        beginning=_packed((profile(ranked), tuple(map(tuple, rows_of_keys(ranked))))),
        said=_packed(facts_of(ranked)),
    )


def reader(known: Mapping[str, Compared] = MappingProxyType({})) -> Callable[[Ranked], Compared]:
    """Return what tells how an article is compared; what is `known`, by its id, is not worked out again."""
    made: OrderedDict[str, Compared] = OrderedDict()

    def read(ranked: Ranked) -> Compared:
        name = ranked.article.id
        if name in known:
            return known[name]
        made[name] = found = made.pop(name, None) or compared(ranked)
        if len(made) > KEPT:
            made.popitem(last=False)
        return found

    return read


def _packed(value: object) -> bytes:
    return pickle.dumps(value, pickle.HIGHEST_PROTOCOL)


def _shingles(ranked: Ranked) -> Shingles[int]:
    """Return the shingles as hashes, which are the same in every run: those of tuples of numbers are."""
    sentences = [item for item in ranked.text.sentences if item.quotability not in _NO_SENTENCES]
    words = [_NUMBERS[word] for item in sentences or ranked.text.sentences for word in item.words]
    if 0 < len(words) < SHINGLE:
        return array("q", (hash(tuple(words)),))
    return array("q", sorted(set(map(hash, zip(*(words[start:] for start in range(SHINGLE)), strict=False)))))


class _Numbers(dict[str, int]):
    """The numbers of words, the same in every run."""

    def __missing__(self, word: str) -> int:
        if len(self) >= MOST_WORDS:
            self.clear()
        self[word] = number = crc32(word.encode())
        return number


_NUMBERS = _Numbers()
