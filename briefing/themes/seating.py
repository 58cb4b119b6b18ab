"""Seats for stories: which sentences each section quotes of a story, and which sections only name it.

A sentence that serves two sections goes where it is more relevant (where equal, to the section that the story reaches
by more, then to the earlier one), and to the other only where the first has no room for it. No sentence is printed
twice, in whatever article it stands. A story that fits a subsection stands there, and not in the section above. Where a
section has no room for a story, the story's sentences are free for the others; it is named by its headline there only
if it tells that section more than any other.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from briefing.models import Placement, Standing
from briefing.ranking import NEAR_TOP, OTHERS, choose

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence

    from briefing.models import Quote, Ranked, Story
    from briefing.ranking import Budget
    from briefing.themes.scoring import Verdict

DEEP = 0.5
"""What a sentence counts for a story's place in a section that stands below the beginning of its article."""

Seat = tuple[str, str]
"""(story id, section id)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A story in a section before its sentences are chosen."""

    story: Story
    section: str
    parent: str | None
    best: Verdict
    values: tuple[tuple[float, ...], ...]
    """For each article, for each sentence: rank joined with relevance; 0 where it may not be printed here."""
    relevance: tuple[tuple[float, ...], ...]
    """And how relevant it is here; 0 likewise."""
    led_by: Ranked | None


def seated(
    candidates: Mapping[str, Sequence[Candidate]],
    budgets: Mapping[str, Budget],
    crowded_out: Callable[[Sequence[Placement]], frozenset[Seat]],
) -> tuple[Placement, ...]:
    """Place the stories again until no section claims sentences of a story that it has no room for.

    Where that never ends, since stories change places for ever, those without a seat keep what they claimed at first.
    """
    rounds = _Rounds(candidates, budgets)
    standing: frozenset[Seat] = frozenset()
    tried: set[frozenset[Seat]] = set()
    while standing not in tried:
        tried.add(standing)
        placements = rounds.placements(standing)
        crowded = crowded_out(placements)
        if crowded == standing:
            return _named_once(placements)
        standing = crowded
    first = rounds.placements(frozenset())
    crowded = crowded_out(first)
    return _named_once([replace(p, quotes=()) if (p.story.id, p.section) in crowded else p for p in first])


def _named_once(placements: Sequence[Placement]) -> tuple[Placement, ...]:
    """Leave out the headlines of stories that tell another section more: there they are quoted, or named."""
    best: dict[str, Placement] = {}
    for item in placements:
        known = best.get(item.story.id)
        if known is None or _telling(item) > _telling(known):
            best[item.story.id] = item
    return tuple(item for item in placements if item.quotes or item is best[item.story.id])


def _telling(placement: Placement) -> float:
    return round(placement.score * placement.prominence, 9)


class _Rounds:
    """The day's stories, settled round after round; a story for which nothing has changed stays as it was."""

    def __init__(self, candidates: Mapping[str, Sequence[Candidate]], budgets: Mapping[str, Budget]) -> None:
        self._candidates = candidates
        self._budgets = budgets
        self._order = sorted(candidates, key=lambda story: (-_best(candidates[story]), story))
        self._words = {story: _words(found[0].story) for story, found in candidates.items() if found}
        self._settled: dict[str, tuple[object, tuple[Placement, ...]]] = {}

    def placements(self, standing: frozenset[Seat]) -> tuple[Placement, ...]:
        """Settle one story after the other, the strongest first; those `standing` without a seat quote nothing."""
        printed: set[tuple[str, ...]] = set()
        chosen: dict[str, tuple[Placement, ...]] = dict.fromkeys(self._candidates, ())
        for story in self._order:
            if self._candidates[story]:
                chosen[story] = self._settle(story, printed & self._words[story], standing)
            printed.update(quote.sentence.words for placement in chosen[story] for quote in placement.quotes)
        return tuple(placement for placements in chosen.values() for placement in placements)

    def _settle(
        self, story: str, printed: Collection[tuple[str, ...]], standing: frozenset[Seat]
    ) -> tuple[Placement, ...]:
        """Settle a story, of whose sentences these are printed already; as before where that and its seats are so."""
        candidates = self._candidates[story]
        state = (frozenset(printed), tuple((story, candidate.section) in standing for candidate in candidates))
        if story not in self._settled or self._settled[story][0] != state:
            self._settled[story] = (state, _settle(candidates, self._budgets, printed, standing))
        return self._settled[story][1]


def _best(candidates: Sequence[Candidate]) -> float:
    return max((candidate.best.score for candidate in candidates), default=0.0)


def _words(story: Story) -> frozenset[tuple[str, ...]]:
    return frozenset(sentence.words for ranked in story.articles for sentence in ranked.text.sentences)


def _settle(
    candidates: Sequence[Candidate],
    budgets: Mapping[str, Budget],
    printed: Collection[tuple[str, ...]],
    standing: frozenset[Seat],
) -> tuple[Placement, ...]:
    """Place a story in subsections rather than above them, and above where a subsection finds no sentence to print."""
    below = {candidate.parent for candidate in candidates}
    lowest = [candidate for candidate in candidates if candidate.section not in below]
    named = {candidate.section for candidate in lowest if (candidate.story.id, candidate.section) in standing}
    chosen = _choose([candidate for candidate in lowest if candidate.section not in named], budgets, printed)
    chosen |= dict.fromkeys(named, ())
    silent = {candidate.section for candidate in lowest if candidate.parent and candidate.section not in chosen}
    if silent:
        return _settle([c for c in candidates if c.section not in silent], budgets, printed, standing)
    return tuple(
        _placement(candidate, chosen[candidate.section]) for candidate in lowest if candidate.section in chosen
    )


def _choose(
    candidates: Sequence[Candidate], budgets: Mapping[str, Budget], printed: Collection[tuple[str, ...]]
) -> dict[str, tuple[Quote, ...]]:
    """Choose twice: first every section among the sentences that are its own, then among those that others left."""
    chosen = {
        candidate.section: _quotes(candidate, _own(candidate, candidates), budgets, printed, elsewhere=frozenset())
        for candidate in candidates
    }
    settled: set[str] = set()
    for candidate in candidates if _is_contested(candidates) or _is_doubled(chosen.values()) else ():
        elsewhere = frozenset(
            (quote.article.id, quote.sentence.end)
            for section, quotes in chosen.items()
            if section != candidate.section
            for quote in quotes
            if quote.score > 0 or section in settled  # what is only brought along gives way
        )
        chosen[candidate.section] = _quotes(candidate, candidate.values, budgets, printed, elsewhere=elsewhere)
        settled.add(candidate.section)
    readable = {section for section, quotes in chosen.items() if any(map(_reads_by_itself, quotes))}
    return {section: quotes for section, quotes in chosen.items() if quotes and (section in readable or not readable)}


def _reads_by_itself(quote: Quote) -> bool:
    """Tell whether a story may be in a section for this sentence.

    What leans on another is company, and so is what it brings along: no reason.
    """
    return quote.score > 0 and quote.sentence.standing in {Standing.ALONE, Standing.UNBALANCED}


def _is_contested(candidates: Sequence[Candidate]) -> bool:
    """Whether sections may want the same sentence, or one that another article of the story has nearly alike."""
    if len(candidates) < 2:
        return False
    if len(candidates[0].story.articles) > 1:
        return True
    wanted = zip(*(candidate.values[0] for candidate in candidates), strict=True)
    return any(sum(value > 0 for value in values) > 1 for values in wanted)


def _is_doubled(chosen: Iterable[Sequence[Quote]]) -> bool:
    """Whether two sections brought the same sentence along."""
    places = [(quote.article.id, quote.sentence.end) for quotes in chosen for quote in quotes]
    return len(set(places)) < len(places)


def _placement(candidate: Candidate, quotes: tuple[Quote, ...]) -> Placement:
    best = candidate.best
    return Placement(
        story=candidate.story,
        section=candidate.section,
        score=best.score,
        terms=best.terms,
        quotes=quotes,
        prominence=max(_prominences(candidate), default=0.0),
        led_by=candidate.led_by,
    )


def _prominences(candidate: Candidate) -> Iterator[float]:
    """Yield what each sentence makes a story stand out by: its value, half of it below the beginning of its article.

    A story whose news is something else, and that speaks of the section further down, stands behind those on it.
    """
    for ranked, values in zip(candidate.story.articles, candidate.values, strict=True):
        for sentence, value in zip(ranked.text.sentences, values, strict=True):
            yield value if sentence.start < NEAR_TOP else DEEP * value


def _own(candidate: Candidate, candidates: Sequence[Candidate]) -> tuple[tuple[float, ...], ...]:
    """Return the candidate's values, 0 where a sentence, in whatever article, is more relevant to another section."""
    own = candidates.index(candidate)
    sentences = [ranked.text.sentences for ranked in candidate.story.articles]
    alike: defaultdict[tuple[str, ...], list[tuple[int, int]]] = defaultdict(list)
    for article, row in enumerate(sentences):
        for place, sentence in enumerate(row):
            alike[sentence.words].append((article, place))

    def is_own(article: int, sentence: int) -> bool:
        places = alike[sentences[article][sentence].words]
        rivals = [
            (max(other.relevance[a][s] for a, s in places), other.best.score, -index)
            for index, other in enumerate(candidates)
        ]
        return max(rivals)[-1] == -own

    return tuple(
        tuple(value if value and is_own(article, sentence) else 0.0 for sentence, value in enumerate(values))
        for article, values in enumerate(candidate.values)
    )


def _quotes(
    candidate: Candidate,
    values: Sequence[Sequence[float]],
    budgets: Mapping[str, Budget],
    printed: Collection[tuple[str, ...]],
    *,
    elsewhere: frozenset[tuple[str, int]],
) -> tuple[Quote, ...]:
    """Choose among the sentences of value above 0 that are printed nowhere else, nor any that is nearly the same."""
    free = [
        tuple(
            value if sentence.words not in printed else 0.0
            for sentence, value in zip(ranked.text.sentences, row, strict=True)
        )
        for ranked, row in zip(candidate.story.articles, values, strict=True)
    ]
    if not any(map(any, free)):
        return ()
    told = frozenset(
        (ranked.article.id, sentence.end)
        for ranked in (candidate.story.articles if printed else ())
        for sentence in ranked.text.sentences
        if sentence.words in printed
    )
    return choose(
        candidate.story.articles, free, budget=budgets[candidate.section], taken=elsewhere | told, others=OTHERS
    )
