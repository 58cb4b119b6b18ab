"""Which sentences stand for a story: worth against redundancy, within a budget.

Maximal marginal relevance (Carbonell & Goldstein 1998) over the sentences of all articles that tell the story.
"""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from briefing.language import stop_words
from briefing.models import Quote, Standing

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from briefing.models import Ranked, Sentence

DIVERSITY = 0.4
"""What a sentence's likeness to those already chosen weighs against its worth (1 − λ of the paper). From 0.2 to 0.4
summaries gain 0.2 on English and 0.5 on Arabic; 0.5 gains nothing more."""
SUPPORT = 0.4
"""What a sentence gains for each other article of the story, as far as that article has its words too. The best
sentence's own worth is 1. On clusters of ten, 2 to 4 in all do equally well, and better than 1."""
MOST_SUPPORT = 4.0
"""What support adds at the most, so that a story told by fifty still has a best sentence of its own."""
NEAR_COPY = 0.6
"""Cosine from which two sentences say the same, so that one of them is enough; 0.4 to 0.6 choose alike."""
OVERRUN = 0.2
"""The part of the budget by which the last sentence may run over it, as an editor would let it."""
ENOUGH = 0.8
"""The part of the budget from which a story may end rather than take a worse sentence that happens to fit. With
OVERRUN, summaries are as long as their budget on the average."""
FEWEST_WORDS = 5
"""Content words below which a sentence is not taken for well supported because its only word is common."""
LONGEST_RUN = 3
"""Sentences that a quotation may span to be printed as a whole."""

_UNFIT = frozenset({Standing.FRAGMENT, Standing.UNBALANCED})


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
    chosen = next(filter(None, (_chosen(units, worth, budget) for units in _tiers(free))), [])
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
    """Return what each sentence is worth, the best 1: its value, and how far the other articles speak of the same.

    What many reports mention is what people put in their summaries (Nenkova & Vanderwende 2005).
    """
    support = _support(pool)
    others = len({item.place[0] for item in pool}) - 1
    weight = min(SUPPORT * others, MOST_SUPPORT) / (max(support.values(), default=0.0) or 1.0)
    highest = max((item.value for item in free), default=1.0)
    raised = {item: item.value / highest + weight * support[item] for item in free}
    most = max(raised.values(), default=1.0)
    return {item: worth / most for item, worth in raised.items()}


def _support(pool: Sequence[_Candidate]) -> dict[_Candidate, float]:
    """Return for each sentence the mean number of other articles in which one of its content words stands."""
    articles: dict[str, set[int]] = {}
    for item in pool:
        for stem in item.vector:
            articles.setdefault(stem, set()).add(item.place[0])
    return {
        item: sum(len(articles[stem]) - 1 for stem in item.vector) / max(len(item.vector), FEWEST_WORDS)
        for item in pool
    }


def _tiers(free: Sequence[_Candidate]) -> Iterator[Sequence[_Unit]]:
    """Yield what is looked at, one after the other until something is chosen: the best fit to be printed first."""
    # Of figures alone nobody can say what a whole sentence is: there the first comes first.
    if any(any(map(str.isalpha, item.sentence.text)) for item in free):
        yield tuple(_whole_units(free))
        yield tuple((item,) for item in free if item.sentence.standing not in _UNFIT)
    yield tuple((item,) for item in free)


def _whole_units(items: Sequence[_Candidate]) -> Iterator[_Unit]:
    """Yield what can be read without the rest: a sentence, one with the one before it, a quotation from end to end."""
    by_place = {item.place: item for item in items}
    for item in items:
        article, order = item.place
        standing = item.sentence.standing
        before = by_place.get((article, order - 1))
        # An article's first sentence needs nothing before it: its writer gave it nothing.
        if standing is Standing.ALONE or (standing is Standing.NEEDS_PREVIOUS and order == 0):
            yield (item,)
        elif standing is Standing.NEEDS_PREVIOUS and before and before.sentence.standing is Standing.ALONE:
            yield (before, item)
        elif standing is Standing.UNBALANCED and not _is_balanced(item.sentence.text):
            run = [by_place.get((article, order + ahead)) for ahead in range(LONGEST_RUN)]
            yield from islice(_balanced(run), 1)


def _balanced(run: Sequence[_Candidate | None]) -> Iterator[_Unit]:
    """Yield the shortest beginnings of a run of one paragraph's sentences in which every quotation is closed."""
    for size in range(2, len(run) + 1):
        members = tuple(item for item in run[:size] if item is not None)
        if len(members) < size or len({item.sentence.paragraph for item in members}) > 1:
            return
        if _is_balanced(" ".join(item.sentence.text for item in members)):
            yield members


def _is_balanced(text: str) -> bool:
    return text.count("«") == text.count("»") and text.count("“") == text.count("”") and text.count('"') % 2 == 0


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
