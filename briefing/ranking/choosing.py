"""Worth against redundancy, within a budget: maximal marginal relevance (Carbonell & Goldstein 1998)."""

from __future__ import annotations

import math
import re
from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from itertools import chain, islice
from typing import TYPE_CHECKING

from briefing.models import Quotability, Quote
from briefing.text import stop_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
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
WITHIN = 0.7
"""Share of its content words from which a sentence is another's with an end of its own."""
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
    """Tell whether two sentences say the same, or one of them nearly all that the other says."""
    return one is other or cosine(one, other) > NEAR_COPY or _is_within(one, other)


def _is_within(one: Candidate, other: Candidate) -> bool:
    fewer = min(len(one.counts), len(other.counts))
    return fewer >= FEWEST_WORDS and common_share(one.counts.keys(), other.counts.keys()) >= WITHIN


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


# ── the choice ────────────────────────────────────────────────────────────────────────────────────────────────────────


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
