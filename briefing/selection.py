"""Which sentences stand for a story: worth against redundancy, within a budget.

Maximal marginal relevance (Carbonell & Goldstein 1998) over the sentences of all articles that tell the story.
"""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from briefing.language import stop_words
from briefing.models import Quote, Standing

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from briefing.models import Ranked, Sentence

DIVERSITY = 0.2
"""What a sentence's likeness to those already chosen weighs against its worth. Within noise from 0.1 to 0.4."""
SUPPORT = 1.0
"""How much a sentence gains that every other article of the story says too: its worth may double. See `_supported`."""
NEAR_COPY = 0.6
"""Cosine from which two sentences say the same, so that one of them is enough; 0.4 to 0.7 choose alike."""
OVERRUN = 0.15
"""The part of the budget by which the last sentence may run over it, as an editor would let it."""
ENOUGH = 0.8
"""The part of the budget from which a story may end rather than take a worse sentence that happens to fit. With
OVERRUN, summaries are as long as their budget on the average."""

_FIT = frozenset({Standing.ALONE, Standing.NEEDS_PREVIOUS})
_UNFIT = frozenset({Standing.FRAGMENT, Standing.UNBALANCED})

_TIERS = (_FIT, frozenset(Standing) - _UNFIT, _UNFIT)
"""Which sentences are looked at, one tier after the other, until something is chosen."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Budget:
    """How much of a story is printed: words, sentences, or both; raises ValueError without either."""

    words: int | None = 60
    sentences: int | None = None

    def __post_init__(self) -> None:
        if self.words is None and self.sentences is None:
            raise ValueError("a budget needs words or sentences")

    @property
    def most_words(self) -> float:
        """The words that no choice exceeds, as long as one sentence fits in them."""
        return math.inf if self.words is None else self.words * (1 + OVERRUN)

    @property
    def most_sentences(self) -> float:
        """The sentences that no choice exceeds."""
        return math.inf if self.sentences is None else self.sentences

    def fits(self, words: int, sentences: int) -> bool:
        """Tell whether so much may be printed."""
        return words <= self.most_words and sentences <= self.most_sentences

    def is_spent(self, words: int, sentences: int) -> bool:
        """Tell whether nothing more is wanted."""
        return words >= (self.words or math.inf) or sentences >= self.most_sentences

    def is_enough(self, words: int) -> bool:
        """Tell whether a story may end here rather than take a worse sentence."""
        return self.words is not None and words >= ENOUGH * self.words


@dataclass(frozen=True, slots=True, eq=False)
class _Candidate:
    """A sentence that may be printed: where it stands, what it is worth, and what it is made of."""

    place: tuple[int, int]
    """(article, sentence) by index: the reading order."""
    ranked: Ranked
    sentence: Sentence
    value: float
    vector: dict[str, float]
    length: int
    printed: bool
    """Whether it, or an article's copy of it, stands elsewhere already."""


_Unit = tuple[_Candidate, ...]
"""What is printed together or not at all."""


def choose(
    articles: Sequence[Ranked],
    values: Sequence[Sequence[float]],
    *,
    budget: Budget,
    taken: frozenset[tuple[str, int]] = frozenset(),
) -> tuple[Quote, ...]:
    """Return the sentences that stand for a story, the first article's first, each article's in its order.

    `values` is what each sentence of each article is worth; what is not above 0 is never chosen. `taken` holds
    (article id, start) of what is printed elsewhere; neither that nor what says the same is printed again. Sentences
    that cannot stand alone serve only where there are no others; nothing is empty when something is eligible.
    """
    pool = _pool(articles, values, taken)
    printed = [item for item in pool if item.printed]
    free = [item for item in pool if item.value > 0 and not any(_same(item, other) for other in printed)]
    worth = _worth(free, pool)
    chosen: list[_Candidate] = []
    for standings in _TIERS:
        units = tuple(_units([item for item in free if item.sentence.standing in standings], standings))
        chosen = chosen or _chosen(units, worth, budget)
    return tuple(_quote(item) for item in sorted(chosen, key=lambda item: item.place))


def _pool(
    articles: Sequence[Ranked], values: Sequence[Sequence[float]], taken: frozenset[tuple[str, int]]
) -> list[_Candidate]:
    """Return every sentence once; what several articles print alike belongs to the first and is worth the most."""
    alike: dict[object, list[tuple[int, int]]] = {}
    for index, ranked in enumerate(articles):
        for order, sentence in enumerate(ranked.text.sentences):
            alike.setdefault(sentence.words or sentence.text, []).append((index, order))
    vectors = _vectors([articles[index].text.sentences[order] for (index, order), *_ in alike.values()])
    return [
        _candidate(places, vector, articles, values, taken)
        for places, vector in zip(alike.values(), vectors, strict=True)
    ]


def _candidate(
    places: Sequence[tuple[int, int]],
    vector: dict[str, float],
    articles: Sequence[Ranked],
    values: Sequence[Sequence[float]],
    taken: frozenset[tuple[str, int]],
) -> _Candidate:
    index, order = places[0]
    sentence = articles[index].text.sentences[order]
    found = [values[a][s] for a, s in places]
    return _Candidate(
        place=places[0],
        ranked=articles[index],
        sentence=sentence,
        value=max((value for value in found if math.isfinite(value)), default=0.0),
        vector=vector,
        length=_length(sentence),
        printed=any((articles[a].article.id, articles[a].text.sentences[s].start) in taken for a, s in places),
    )


def _vectors(sentences: Sequence[Sentence]) -> list[dict[str, float]]:
    """Return tf·idf of each sentence's content stems, scaled to length one."""
    counts = [Counter(_content(sentence)) for sentence in sentences]
    spread = Counter(stem for count in counts for stem in count)
    found = []
    for count in counts:
        weights = {stem: times * math.log(1 + len(counts) / spread[stem]) for stem, times in count.items()}
        length = math.sqrt(sum(weight * weight for weight in weights.values()))
        found.append({stem: weight / length for stem, weight in weights.items()})
    return found


def _content(sentence: Sentence) -> list[str]:
    common = stop_words(sentence.language)
    return [stem for word, stem in zip(sentence.words, sentence.stems, strict=True) if word not in common]


def _length(sentence: Sentence) -> int:
    """Count words as a reader does, between blanks; in scripts without blanks, as the language stage does."""
    blanks = sum(any(map(str.isalnum, token)) for token in sentence.text.split())
    return blanks if 3 * blanks >= len(sentence.words) else len(sentence.words)


def _cosine(one: _Candidate, other: _Candidate) -> float:
    small, large = sorted((one.vector, other.vector), key=len)
    return sum(weight * large[stem] for stem, weight in small.items() if stem in large)


def _same(one: _Candidate, other: _Candidate) -> bool:
    return one is other or _cosine(one, other) > NEAR_COPY


def _worth(free: Sequence[_Candidate], pool: Sequence[_Candidate]) -> dict[_Candidate, float]:
    """Return values from 0 to 1, raised by how well every other article of the story says the same.

    What independent reports agree on is the news (Nenkova & Vanderwende 2005 show it for people's summaries).
    """
    support = _support(pool)
    most = max(support.values(), default=0.0) or 1.0
    raised = {item: item.value * (1 + SUPPORT * support[item] / most) for item in free}
    highest = max(raised.values(), default=1.0)
    return {item: value / highest for item, value in raised.items()}


def _support(pool: Sequence[_Candidate]) -> dict[_Candidate, float]:
    """Return for each sentence the mean, over the other articles, of its cosine with the likest sentence there."""
    postings: dict[str, list[tuple[_Candidate, float]]] = {}
    for item in pool:
        for stem, weight in item.vector.items():
            postings.setdefault(stem, []).append((item, weight))
    others = len({item.place[0] for item in pool}) - 1
    return {item: _likest(item, postings) / others if others > 0 else 0.0 for item in pool}


def _likest(item: _Candidate, postings: Mapping[str, Sequence[tuple[_Candidate, float]]]) -> float:
    """Return the sum, over the other articles, of the highest cosine there."""
    cosines: dict[tuple[int, int], float] = {}
    for stem, weight in item.vector.items():
        for other, its_weight in postings[stem]:
            if other.place[0] != item.place[0]:
                cosines[other.place] = cosines.get(other.place, 0.0) + weight * its_weight
    highest: dict[int, float] = {}
    for (article, _), cosine in cosines.items():
        highest[article] = max(highest.get(article, 0.0), cosine)
    return sum(highest.values())


def _units(items: Sequence[_Candidate], standings: frozenset[Standing]) -> Iterator[_Unit]:
    """Yield what can be printed together: a sentence, or one that needs the one before, with it."""
    by_place = {item.place: item for item in items}
    for item in items:
        if item.sentence.standing is not Standing.NEEDS_PREVIOUS or standings is not _FIT:
            yield (item,)
            continue
        before = by_place.get((item.place[0], item.place[1] - 1))
        if before is not None and before.sentence.standing is Standing.ALONE:
            yield (before, item)


def _chosen(units: Sequence[_Unit], worth: Mapping[_Candidate, float], budget: Budget) -> list[_Candidate]:
    """Take the best unit again and again until the budget is spent; the shortest one where none fits."""
    left = list(units)
    found: list[_Candidate] = []
    words = 0
    redundancy = dict.fromkeys((item for unit in units for item in unit), 0.0)
    while left and not budget.is_spent(words, len(found)):
        best = max(left, key=lambda unit: (_relevance(unit, worth, redundancy, found), _earliness(unit)))
        left.remove(best)
        added = [item for item in best if item not in found]
        if not added or max(redundancy[item] for item in added) > NEAR_COPY:
            continue
        if budget.fits(words + _words(added), len(found) + len(added)):
            found.extend(added)
            words += _words(added)
            for item, so_far in redundancy.items():
                redundancy[item] = max(so_far, *(_cosine(item, new) for new in added))
        elif budget.is_enough(words):
            break
    if units and not found:
        shortest: _Unit = min(units, key=lambda unit: (_words(unit), unit[0].place))
        found.extend(shortest)
    return found


def _words(items: Iterable[_Candidate]) -> int:
    return sum(item.length for item in items)


def _earliness(unit: _Unit) -> tuple[int, int]:
    article, sentence = unit[0].place
    return -article, -sentence


def _relevance(
    unit: _Unit, worth: Mapping[_Candidate, float], redundancy: Mapping[_Candidate, float], found: Sequence[_Candidate]
) -> float:
    """Return the marginal relevance of a unit: what its new sentences are worth, word for word, against repetition."""
    added = [item for item in unit if item not in found] or list(unit)
    words = _words(added) or 1
    value = sum(worth[item] * item.length for item in added) / words
    return round((1 - DIVERSITY) * value - DIVERSITY * max(redundancy[item] for item in added), 9)


def _quote(item: _Candidate) -> Quote:
    return Quote(article=item.ranked.article, sentence=item.sentence, score=min(item.value, 1.0))
