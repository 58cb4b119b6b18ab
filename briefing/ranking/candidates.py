"""Sentences that may be printed: what each says, how alike two are, and what each is worth."""

from __future__ import annotations

import math
import re
from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from typing import TYPE_CHECKING

from briefing.text import stop_words

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from collections.abc import Set as AbstractSet

    from briefing.models import Ranked, Sentence

SUPPORT = 0.4
"""What a sentence gains for each other article of the story, as far as that article has its words too. The best
sentence's own worth is 1. On clusters of ten, 2 to 4 in all do equally well, and better than 1."""
MOST_SUPPORT = 4.0
"""What support adds at the most, so that a story told by fifty still has a best sentence of its own."""
NEAR_COPY = 0.5
"""Cosine from which two sentences say the same, so that one of them is enough. From 0.5 to 0.6 summaries score alike;
the lower, the less often two accounts of a story say one thing twice. At 0.45 a standfirst yields to its own echo."""
RETOLD = 0.45
"""Share of the content words of the sentence that has fewer, from which two accounts' sentences tell one thing."""
OTHERS = 0.9
"""What a sentence of another article counts against one of the article that leads: it must say something more."""
FOREIGN = 0.6
"""What it counts in another language than the leading article's: a summary in two languages is for few."""
NEAR_TOP = 600
"""Characters at the beginning of an article in which its news stands: about four sentences."""
FEWEST_WORDS = 5
"""Content words below which a sentence is not taken for well supported because its only word is common."""

_WORD = re.compile(r"[^\W_](?:\S*[^\W_])?")
"""From a token's first letter or digit to its last."""


@dataclass(frozen=True, eq=False)
class Candidate:
    """A sentence that may be printed: where it stands, what it is worth, and what it is made of.

    Of most sentences only the stems are asked for; the rest is computed when it is.
    """

    place: tuple[int, int]
    """(article, sentence) by index: the reading order."""
    ranked: Ranked
    sentence: Sentence
    value: float
    counts: Counter[str]
    """Its content stems."""
    rarity: Mapping[str, float]
    """Of every stem, the inverse of the number of sentences that have it, as a logarithm."""
    printed: bool
    """Whether it, or an article's copy of it, stands elsewhere already."""

    @cached_property
    def vector(self) -> dict[str, float]:
        """Its tf·idf, scaled to length one."""
        weights = {stem: times * self.rarity[stem] for stem, times in self.counts.items()}
        length = math.sqrt(sum(weight * weight for weight in weights.values()))
        return {stem: weight / length for stem, weight in weights.items()}

    @cached_property
    def length(self) -> int:
        """Its words as a reader counts them, between blanks; in scripts without blanks, as the language stage does."""
        blanks = len(_WORD.findall(self.sentence.text))
        return blanks if 3 * blanks >= len(self.sentence.words) else len(self.sentence.words)


def pool_of(
    articles: Sequence[Ranked], values: Sequence[Sequence[float]], taken: frozenset[tuple[str, int]]
) -> list[Candidate]:
    """Return every sentence once, worth the most that it is in any article; it is the first's that gives it a value."""
    alike: dict[object, list[tuple[int, int]]] = {}
    for index, ranked in enumerate(articles):
        for order, sentence in enumerate(ranked.text.sentences):
            alike.setdefault(sentence.words or sentence.text, []).append((index, order))
    counts = [content(articles[index].text.sentences[order]) for (index, order), *_ in alike.values()]
    spread = Counter(chain.from_iterable(counts))
    rarity = {stem: math.log(1 + len(counts) / count) for stem, count in spread.items()}
    return [
        _candidate(places, made_of, rarity, articles=articles, values=values, taken=taken)
        for places, made_of in zip(alike.values(), counts, strict=True)
    ]


def _candidate(
    places: Sequence[tuple[int, int]],
    counts: Counter[str],
    rarity: Mapping[str, float],
    *,
    articles: Sequence[Ranked],
    values: Sequence[Sequence[float]],
    taken: frozenset[tuple[str, int]],
) -> Candidate:
    index, order = next(((a, s) for a, s in places if values[a][s] > 0), places[0])
    sentence = articles[index].text.sentences[order]
    found = [values[a][s] for a, s in places]
    return Candidate(
        place=(index, order),
        ranked=articles[index],
        sentence=sentence,
        value=max((value for value in found if math.isfinite(value)), default=0.0),
        counts=counts,
        rarity=rarity,
        printed=bool(taken)
        and any((articles[a].article.id, articles[a].text.sentences[s].end) in taken for a, s in places),
    )


def content(sentence: Sentence) -> Counter[str]:
    """Return how often each stem stands in a sentence, without those of words that every text has."""
    common = stop_words(sentence.language)
    return Counter([stem for word, stem in zip(sentence.words, sentence.stems, strict=True) if word not in common])


def common_share(one: AbstractSet[str], other: AbstractSet[str]) -> float:
    """Return the share of common stems in the set that has fewer (the overlap coefficient); 0 where one is empty."""
    return len(one & other) / max(1, min(len(one), len(other)))


def cosine(one: Candidate, other: Candidate) -> float:
    """Return how alike two sentences are, 0 to 1."""
    small, large = sorted((one.vector, other.vector), key=len)
    return sum(weight * large[stem] for stem, weight in small.items() if stem in large)


def is_same(one: Candidate, other: Candidate) -> bool:
    """Tell whether two sentences say the same."""
    return one is other or cosine(one, other) > NEAR_COPY


def retells(one: Candidate, other: Candidate) -> bool:
    """Tell whether a sentence of one account tells what a sentence of another does, in whatever other words it has."""
    return one.place[0] != other.place[0] and common_share(one.counts.keys(), other.counts.keys()) > RETOLD


def worth_of(free: Sequence[Candidate], pool: Sequence[Candidate], *, others: float = 1.0) -> dict[Candidate, float]:
    """Return what each sentence is worth, the best 1: its value, and how far the other articles speak of the same.

    What many reports mention is what people put in their summaries (Nenkova & Vanderwende 2005). Articles but the first
    count `others` times as much, and again less in another language than the first's.
    """
    support = _support(pool)
    articles = len({item.place[0] for item in pool})
    weight = min(SUPPORT * (articles - 1), MOST_SUPPORT) / (max(support.values(), default=0.0) or 1.0)
    highest = max((item.value for item in free), default=1.0)
    language = next((item.ranked.text.language for item in pool if item.place[0] == 0), None)
    raised = {
        item: (item.value / highest + weight * support[item]) * _standing(item, language, others) for item in free
    }
    most = max(raised.values(), default=1.0)
    return {item: worth / most for item, worth in raised.items()}


def _standing(item: Candidate, language: str | None, others: float) -> float:
    """Return what an article's place in the story makes of its sentences."""
    if item.place[0] == 0:
        return 1.0
    return others if language in {None, item.ranked.text.language} else others * FOREIGN


def _support(pool: Sequence[Candidate]) -> dict[Candidate, float]:
    """Return for each sentence the mean number of other articles in which one of its content words stands."""
    if len({item.place[0] for item in pool}) < 2:
        return dict.fromkeys(pool, 0.0)
    stems: dict[int, set[str]] = {}
    for item in pool:
        stems.setdefault(item.place[0], set()).update(item.counts)
    others = {stem: count - 1 for stem, count in Counter(chain.from_iterable(stems.values())).items()}
    return {item: sum(map(others.__getitem__, item.counts)) / max(len(item.counts), FEWEST_WORDS) for item in pool}
