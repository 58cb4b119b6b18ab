"""Worth against redundancy, within a budget: maximal marginal relevance (Carbonell & Goldstein 1998)."""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from briefing.models import Quotability, Quote
from briefing.ranking.candidates import NEAR_COPY, Candidate, cosine, is_same, pool_of, retells, worth_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from briefing.models import Ranked

DIVERSITY = 0.4
"""What a sentence's likeness to those already chosen weighs against its worth (1 − λ of the paper). From 0.2 to 0.4
summaries gain 0.2 on English and 0.4 on Arabic; 0.5 gains nothing more."""
LONGEST_RUN = 3
"""Sentences that a quotation may span to be printed as a whole."""

_UNFIT = frozenset({Quotability.FRAGMENT, Quotability.UNBALANCED})

_FIRST = frozenset({Quotability.NEEDS_PREVIOUS, Quotability.QUESTION})
"""What may stand as an article's first sentence: some writers open with the question that they answer."""

_Unit = tuple[Candidate, ...]
"""What is printed together or not at all."""


def choose(
    articles: Sequence[Ranked],
    values: Sequence[Sequence[float]],
    *,
    budget: Budget,
    taken: frozenset[tuple[str, int]] = frozenset(),
    others: float = 1.0,
) -> tuple[Quote, ...]:
    """Return the sentences that stand for a story, the first article's first, each article's in its order.

    `values` is what each sentence of each article is worth; what is not above 0 is never chosen. `taken` holds
    (article id, end) of what is printed elsewhere; neither that nor what says the same is printed again. Sentences
    that cannot stand alone serve only where there are no others, and bring the one before along, whatever that is
    worth; nothing is empty when something is eligible. `others` is what sentences of the other articles count against
    those of the first, where that is the best source.
    """
    pool = pool_of(articles, values, taken)
    printed = [item for item in pool if item.printed]
    free = [item for item in pool if item.value > 0 and not any(is_same(item, other) for other in printed)]
    worth = dict.fromkeys(pool, 0.0) | worth_of(free, pool, others=others)
    chosen = next(filter(None, (_chosen(units, worth, budget) for units in _tiers(free, pool, budget))), [])
    return tuple(_quote(item) for item in sorted(chosen, key=lambda item: item.place))


def _tiers(free: Sequence[Candidate], pool: Sequence[Candidate], budget: Budget) -> Iterator[Sequence[_Unit]]:
    """Yield what is looked at, one after the other until something is chosen: the best fit to be printed first."""
    # Of figures alone nobody can say what a whole sentence is: there the first comes first.
    if any(any(map(str.isalpha, item.sentence.text)) for item in free):
        yield tuple(_whole_units(free))
        yield tuple(unit for unit in _led_units(free, pool) if budget.fits(_words(unit), len(unit)))
        yield tuple((item,) for item in free if item.sentence.quotability not in _UNFIT)
    yield tuple((item,) for item in free)


def _whole_units(items: Sequence[Candidate]) -> Iterator[_Unit]:
    """Yield what can be read without the rest: a sentence, one with the one before it, a quotation from end to end."""
    by_place = {item.place: item for item in items}
    for item in items:
        article, order = item.place
        before = by_place.get((article, order - 1))
        if _stands(item):
            yield (item,)
        elif item.sentence.quotability is Quotability.NEEDS_PREVIOUS and before is not None and _stands(before):
            yield (before, item)
        elif item.sentence.quotability is Quotability.UNBALANCED and not _is_balanced(item.sentence.text):
            run = [by_place.get((article, order + ahead)) for ahead in range(LONGEST_RUN)]
            yield from islice(_balanced(run), 1)


def _led_units(items: Sequence[Candidate], pool: Sequence[Candidate]) -> Iterator[_Unit]:
    """Yield each sentence that leans on the one before with that one, which is worth nothing here but can be read."""
    by_place = {
        item.place: item
        for item in pool
        if not item.printed and _stands(item) and item.sentence.quotability is not Quotability.QUESTION
    }
    for item in items:
        article, order = item.place
        before = by_place.get((article, order - 1))
        if item.sentence.quotability is Quotability.NEEDS_PREVIOUS and before is not None:
            yield before, item


def _stands(item: Candidate) -> bool:
    """Tell whether a sentence can be read alone; an article's first needs no other: its writer gave it none."""
    return item.sentence.quotability is Quotability.ALONE or (
        item.sentence.quotability in _FIRST and item.place[1] == 0
    )


def _balanced(run: Sequence[Candidate | None]) -> Iterator[_Unit]:
    """Yield the shortest beginnings of a run of one paragraph's sentences in which every quotation is closed."""
    for size in range(2, len(run) + 1):
        members = tuple(item for item in run[:size] if item is not None)
        if len(members) < size or len({item.sentence.paragraph for item in members}) > 1:
            return
        if _is_balanced(" ".join(item.sentence.text for item in members)):
            yield members


def _is_balanced(text: str) -> bool:
    return text.count("«") == text.count("»") and text.count("“") == text.count("”") and text.count('"') % 2 == 0


def _chosen(units: Sequence[_Unit], worth: Mapping[Candidate, float], budget: Budget) -> list[Candidate]:
    """Take the best unit again and again until the budget is spent; the shortest one where none fits."""
    left = list(units)
    found: list[Candidate] = []
    words = 0
    redundancy = dict.fromkeys((item for unit in units for item in unit), 0.0)
    while left and not budget.is_spent(words, len(found)):
        best = max(left, key=lambda unit: (_relevance(unit, worth, redundancy, found), _earliness(unit)))
        left.remove(best)
        added = [item for item in best if item not in found]
        if not added or max(redundancy[item] for item in added) > NEAR_COPY:
            continue
        if any(retells(item, other) for item in added for other in found):
            continue
        if budget.fits(words + _words(added), len(found) + len(added)):
            found.extend(added)
            words += _words(added)
            for item, so_far in redundancy.items():
                redundancy[item] = max(so_far, *(cosine(item, new) for new in added))
        elif budget.is_enough(words):
            break
    if units and not found:
        shortest: _Unit = min(units, key=lambda unit: (_words(unit), unit[0].place))
        found.extend(shortest)
    return found


def _words(items: Iterable[Candidate]) -> int:
    return sum(item.length for item in items)


def _earliness(unit: _Unit) -> tuple[int, int]:
    article, sentence = unit[0].place
    return -article, -sentence


def _relevance(
    unit: _Unit, worth: Mapping[Candidate, float], redundancy: Mapping[Candidate, float], found: Sequence[Candidate]
) -> float:
    """Return the marginal relevance of a unit: what its new sentences are worth, word for word, against repetition."""
    added = [item for item in unit if item not in found] or list(unit)
    words = _words(added) or 1
    value = sum(worth[item] * item.length for item in added) / words
    return round((1 - DIVERSITY) * value - DIVERSITY * max(redundancy[item] for item in added), 9)


def _quote(item: Candidate) -> Quote:
    return Quote(article=item.ranked.article, sentence=item.sentence.unstamped(), score=min(max(item.value, 0.0), 1.0))


# ── how much is chosen ────────────────────────────────────────────────────────────────────────────────────────────────


OVERRUN = 0.2
"""The part of the budget by which the last sentence may run over it, as an editor would let it."""
ENOUGH = 0.8
"""The part of the budget from which a story may end rather than take a worse sentence that happens to fit. With
OVERRUN, summaries are as long as their budget on the average."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Budget:
    """How much of a story is printed: words, sentences, or both; ValueError without either or for less than 1."""

    words: int | None = 60
    sentences: int | None = None

    def __post_init__(self) -> None:
        if self.words is None and self.sentences is None:
            raise ValueError("a budget needs words or sentences")
        for name, amount in (("words", self.words), ("sentences", self.sentences)):
            if amount is not None and amount < 1:
                raise ValueError(f"a budget needs at least one of {name}, not {amount}")

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
