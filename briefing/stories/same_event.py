"""Articles grouped by the event that they tell: pairs worth a look, then average linkage from the likeliest down.

How likely two articles tell one event is a logistic model of a few numbers: how alike their beginnings are, in rare
words, when both came out and which days of the week they name, and that an outlet seldom tells an event twice. What
each of them says may speak against it (see `contradictions`). An event and its direct follow-up are one.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from briefing.parallel import all_done, batched
from briefing.stories.alike import Joined
from briefing.stories.compared import LARGE, reader
from briefing.stories.contradictions import contradicts, names_others
from briefing.stories.profiles import foreign_profile, sure_names, words_by_key, words_by_stem
from briefing.stories.space import Space

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from concurrent.futures import Executor

    from briefing.models import Ranked, Story
    from briefing.parallel import Shelf
    from briefing.stories.compared import Compared

WEIGHTS: Mapping[str, float] = {"text": 12.4, "days": -2.3, "weekdays": -2.3, "outlet": -3.7}
"""What each feature adds to the log-odds, fitted by logistic regression with a ridge of 1 on one half of a conflict's
news, dated and undated, and of ECB+ (Cybulska & Vossen 2014) by one event, by one topic and by many a day."""
BIAS = -2.1
FOREIGN_TEXT, FOREIGN_BIAS = 10.0, -3.0
"""The same for names and figures across languages."""
FEWEST_WORDS = 3
"""Telling words that articles in one language must share: one name does not make an event of two short notices."""
FEWEST_SHARED = 2
"""Rare names and figures that articles in two languages must share."""
RARE = 0.6
"""Of what a name or figure of one article alone would weigh, the part that it must have to count as rare."""
ALONE, TOGETHER = 0.8, 0.0
"""Log-odds that the likeliest pair of two groups must have, and all of their pairs in the mean: where two articles
stand alone nothing bears them out."""
NEEDED = 1 / (1 + math.exp(-ALONE))
"""The likeness from which two articles are taken for accounts of one event."""
SURE = 2.0
"""Log-odds beyond which more make no difference: one pair that is alike by chance does not join two groups."""
LOOKED_AT = 6
"""Members by which a group is judged, so that a story told by hundreds is not compared pair by pair."""
KEPT, FACTS, PROFILES = 1 << 18, 1_000, 500
"""Pairs whose log-odds are held, and articles of which it is held what they say, and how they begin."""
JOB = 64
"""Articles that one job groups, but for those that may all be of one event."""
CONTRADICTED = -0.4
"""Log-odds of articles that contradict each other: too little for a pair, and for a group that one of them is in."""
DIGITS = 9
"""Decimals by which log-odds are compared."""
WORTH_TELLING, MOST_TOLD, MOST_SHARED = 0.2, 3, 8
"""The likeness from which an account of another story is a near miss, how many of them are told, and how many words."""

Pair = tuple[int, int]
Item = TypeVar("Item")


@dataclass(frozen=True, slots=True, kw_only=True)
class Corroboration:
    """An independent account that is of the same story as an article, or nearly so."""

    article: str
    origin: str
    same: bool
    """Whether it is of the same story."""
    likeness: float
    """How likely the two tell the same event, 0 to 1."""
    shared: tuple[str, ...]
    """Words, or across languages names and figures, that both begin with: the most telling first."""


def corroborations(article: str, stories: Sequence[Story]) -> tuple[Corroboration, ...]:
    """Return the accounts of an article's own story, then its near misses, each the likeliest first.

    A copy has those of the article that was copied.
    """
    story = next(story for story in stories if article in {one.article.id for one in story.articles})
    copied = {copy.article: copy.of for one in stories for copy in one.copies}
    own = {one.article.id for one in story.articles}
    while article in copied:
        article = copied[article]
    events = Events([one for story in stories for one in story.articles if one.article.id not in copied], reader())
    likeness = events.likenesses(article)
    others = sorted(
        (one.article for one in events.ranked if one.article.id != article),
        key=lambda other: (-likeness[other.id], other.origin),
    )
    near = [other for other in others if other.id not in own and likeness[other.id] >= WORTH_TELLING]
    return tuple(
        Corroboration(
            article=other.id,
            origin=other.origin,
            same=other.id in own,
            likeness=likeness[other.id],
            shared=events.shared(article, other.id)[:MOST_SHARED],
        )
        for other in (*(other for other in others if other.id in own), *near[:MOST_TOLD])
    )


class Part(NamedTuple):
    """Articles that may tell of one event, by their places, with all that it takes to tell."""

    languages: Mapping[int, str]
    articles: Mapping[int, Compared]
    native: Mapping[str, Space]
    """By their words, in each language."""
    foreign: Space
    """By names and figures, across languages."""
    pairs: Sequence[Pair] = ()
    """Those that are likely to."""


class _Lazily(Mapping[int, Item]):
    """What is made of articles, by their places, when it is asked for."""

    def __init__(self, places: Sequence[int], make: Callable[[int], Item]) -> None:
        self._places, self._make = places, make

    def __getitem__(self, place: int) -> Item:
        return self._make(place)

    def __iter__(self) -> Iterator[int]:
        return iter(self._places)

    def __len__(self) -> int:
        return len(self._places)


class Comparison:
    """Articles, by their places in the order of their ids, as they are compared."""

    def __init__(self, part: Part) -> None:
        self._part = part
        self._known: dict[Pair, float] = {}
        self._facts = lru_cache(FACTS)(lambda place: part.articles[place].facts)
        self._profile = lru_cache(PROFILES)(lambda place: part.articles[place].profile)

    def groups(self) -> list[list[int]]:
        """Return the articles that tell the same event together.

        Groups grow from the likeliest pair down and by their mean likeness, so that a chain of articles, each like the
        next, is no story.
        """
        groups = {index: [index] for index in self._part.languages}
        first_of = {index: [index] for index in groups}  # the members by which a group is judged
        group_of = {index: index for index in groups}
        likely = ((-self.odds(*pair), pair) for pair in self._part.pairs)
        for _, (one, other) in sorted(found for found in likely if found[0] <= -ALONE):
            first, second = sorted((group_of[one], group_of[other]), key=lambda name: len(groups[name]))
            if first != second and self._mean(first_of[first], first_of[second]) >= TOGETHER:
                for member in groups[first]:  # the fewer go over to the more
                    group_of[member] = second
                groups[second] += groups.pop(first)
                first_of[second] = sorted(first_of[second] + first_of.pop(first))[:LOOKED_AT]
        return list(groups.values())

    def odds(self, one: int, other: int) -> float:
        """Return the log-odds that two articles, by their places in the order of ids, tell the same event."""
        pair = (min(one, other), max(one, other))
        if pair not in self._known:
            if len(self._known) >= KEPT:
                self._known.clear()
            found = self.seeming_odds(*pair)
            if found >= CONTRADICTED and self.space(*pair) is not self._part.foreign:
                found = self._checked(*pair, found)
            self._known[pair] = round(max(-SURE, min(SURE, found)), DIGITS)
        return self._known[pair]

    def seeming_odds(self, one: int, other: int) -> float:
        """Return the log-odds by words, or across languages by names and figures; no less than they come to."""
        space = self.space(one, other)
        rarities = space.rarities(one, other)
        if space is not self._part.foreign:
            return odds(space.features(one, other)) if len(rarities) >= FEWEST_WORDS else -SURE
        if sum(rare >= RARE * space.rarest for rare in rarities) < FEWEST_SHARED:
            return -SURE
        features = space.features(one, other)
        added = math.fsum(WEIGHTS[name] * features[name] for name in ("days", "weekdays", "outlet"))
        return FOREIGN_BIAS + FOREIGN_TEXT * features["text"] + added

    def space(self, one: int, other: int) -> Space:
        """Return by what two articles are compared: in one language by their words, else by names and figures."""
        language = self._part.languages[one]
        return self._part.native[language] if language == self._part.languages[other] else self._part.foreign

    def _checked(self, one: int, other: int, value: float) -> float:
        """Return the log-odds by words, unless what the articles say speaks against it, or what both took elsewhere."""
        if contradicts(self._facts(one), self._facts(other)):
            return CONTRADICTED
        space = self.space(one, other)
        cosine = space.without_echoes(self._profile(one), self._profile(other))
        if cosine is None:
            return value
        by_themselves = odds({**space.features(one, other), "text": cosine})
        return value if by_themselves >= 0 else by_themselves

    def _mean(self, one: Sequence[int], other: Sequence[int]) -> float:
        values = [self.odds(a, b) for a in one[:LOOKED_AT] for b in other[:LOOKED_AT]]
        return math.fsum(values) / len(values)


def told_together(parts: Sequence[Part]) -> list[list[int]]:
    """Return the articles of each part that tell the same event together, by their places."""
    return [group for part in parts for group in Comparison(part).groups()]


class Events(Comparison):
    """The articles of a day as they can be compared, in the order of their ids whatever the order they come in."""

    def __init__(
        self, ranked: Sequence[Ranked], read: Callable[[Ranked], Compared], shelf: Shelf | None = None
    ) -> None:
        """Take the articles; what they can share across languages is looked at only where there are several.

        `read` tells how an article is compared; on a `shelf` is put what memory need not hold.
        """
        self.ranked = sorted(ranked, key=lambda one: one.article.id)
        self._places = {one.article.id: place for place, one in enumerate(self.ranked)}
        by_language: defaultdict[str, list[int]] = defaultdict(list)
        for place, one in enumerate(self.ranked):
            by_language[one.text.language].append(place)
        articles = _Lazily(range(len(self.ranked)), lambda place: read(self.ranked[place]))
        native = {
            language: Space(_Lazily(places, lambda place: articles[place].profile), shelf)
            for language, places in by_language.items()
        }
        several = range(len(self.ranked)) if len(by_language) > 1 else range(0)
        sure = sure_names(articles[place].keys for place in several)
        foreign = Space(
            _Lazily(several, lambda place: foreign_profile(articles[place].profile, articles[place].keys, sure)), shelf
        )
        languages = {place: one.text.language for place, one in enumerate(self.ranked)}
        super().__init__(Part(languages, articles, native, foreign))

    def told(self, executor: Executor) -> list[list[Ranked]]:
        """Return the articles that tell the same event together, as an executor tells.

        No group grows beyond the articles that likely pairs join, so that these are grouped by themselves.
        """
        joined = Joined(len(self.ranked))
        likely = [pair for pair in self._candidates(executor) if round(self.seeming_odds(*pair), DIGITS) >= ALONE]
        for pair in likely:
            joined.join(*pair)
        pairs_of: defaultdict[int, list[Pair]] = defaultdict(list)
        for pair in likely:
            pairs_of[joined.root(pair[0])].append(pair)
        together = joined.groups()
        alone = [group for group in together if len(group) == 1]
        batches = batched((group for group in together if 1 < len(group) <= LARGE), JOB)
        jobs = ((tuple(self._part_of(group, pairs_of[group[0]]) for group in batch),) for batch in batches)
        found = [*alone, *chain.from_iterable(all_done(executor, told_together, jobs))]
        for group in (group for group in together if len(group) > LARGE):
            languages = {place: self._part.languages[place] for place in group}
            part = self._part._replace(languages=languages, pairs=tuple(pairs_of[group[0]]))
            found += told_together([part])
        return [[self.ranked[index] for index in members] for members in sorted(map(sorted, found))]

    def _part_of(self, places: Sequence[int], pairs: Sequence[Pair]) -> Part:
        whole = self._part
        languages = {place: whole.languages[place] for place in places}
        return Part(
            languages,
            {place: whole.articles[place] for place in places},
            {language: whole.native[language].among(places) for language in sorted({*languages.values()})},
            whole.foreign.among(places),
            tuple(pairs),
        )

    def across_days(self) -> Iterator[tuple[Ranked, Ranked, float]]:
        """Yield the pairs worth a look with the log-odds that one follows up the other in a later edition.

        Within a day an outlet seldom tells an event twice, and every day between two articles counts; from one edition
        to the next that is how a follow-up looks.
        """
        for one, other in self._candidates():
            space = self.space(one, other)
            if space is self._part.foreign:
                value = self.odds(one, other)
            else:
                features = space.features(one, other)
                value = odds({**features, "outlet": 0.0, "weekdays": 0.0, "days": min(features["days"], 1.0)})
            yield self.ranked[one], self.ranked[other], value

    def likenesses(self, article: str) -> dict[str, float]:
        """Return how likely each article of the day tells the same event as one, all by their ids."""
        place = self._places[article]
        return {other: 1 / (1 + math.exp(-self.odds(place, there))) for other, there in self._places.items()}

    def shared(self, one: str, other: str) -> tuple[str, ...]:
        """Return what two articles share, by their ids, as the first writes it; the most telling first."""
        first, second = self._places[one], self._places[other]
        space = self.space(first, second)
        written = (words_by_key if space is self._part.foreign else words_by_stem)(self.ranked[first])
        return tuple(dict.fromkeys(written.get(term, term) for term in space.shared(first, second)))

    def _candidates(self, executor: Executor | None = None) -> list[Pair]:
        spaces = (*self._part.native.values(), self._part.foreign)
        return sorted({pair for space in spaces for pair in space.candidates(executor)})


def odds(features: Mapping[str, float]) -> float:
    """Return the log-odds that two articles with such features tell of one event."""
    return BIAS + math.fsum(WEIGHTS[name] * value for name, value in features.items())


# ── what follows up what was delivered ────────────────────────────────────────────────────────────────────────────────


def follow_ups(
    earlier: Sequence[Ranked], new: Sequence[Ranked], known: Mapping[str, Compared] = MappingProxyType({})
) -> dict[str, str]:
    """Return, by a new article's id, the likeliest earlier article of the same event; how some are compared is `known`.

    What speaks against it is other names, not other figures: those are what a follow-up brings. A page that is found
    again under its address is the same one.
    """
    read = reader(known)
    before = {one.article.id for one in earlier}
    best: dict[str, tuple[float, str]] = {}
    for one, other, value in Events([*earlier, *new], read).across_days():
        if value < ALONE or (one.article.id in before) == (other.article.id in before):
            continue
        old, now = (one, other) if one.article.id in before else (other, one)
        if not names_others(read(old).facts, read(now).facts):
            best[now.article.id] = max(best.get(now.article.id, (0.0, "")), (value, old.article.id))
    pages = {one.article.url: one.article.id for one in earlier if one.article.url}
    found = {now: old for now, (_, old) in best.items()}
    return found | {one.article.id: pages[one.article.url] for one in new if one.article.url in pages}
