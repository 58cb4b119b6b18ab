"""Stories into sections, and the sentences that each section prints of them.

A sentence may be printed in a section only if it is about that section; one that serves two goes where it is more
relevant (the earlier section, where equal), and to the other only where the first has no room for it. No sentence is
printed twice, in whatever article it stands. A story that fits a subsection stands there, and not in the section above.
Where a section has no room for a story, it names it, and the story's sentences are free for the others.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from briefing.models import Placement, Standing
from briefing.selection import OTHERS, choose
from briefing.themes.matching import Matcher
from briefing.themes.scoring import RELEVANT, Verdict, joined, judge, rarity, scan

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence

    from briefing.models import Quote, Ranked, Story
    from briefing.selection import Budget
    from briefing.themes.terms import Themes


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """Where every story stands, and why: a verdict for every article and every section with a term in it."""

    placements: tuple[Placement, ...]
    """By story in the given order, then by section in theirs."""
    verdicts: tuple[Verdict, ...]
    met: frozenset[int] = frozenset()
    """The terms that stand in an article of the day, as indices into the themes' terms."""


_Seat = tuple[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Candidate:
    """A story in a section before its sentences are chosen."""

    story: Story
    section: str
    parent: str | None
    best: Verdict
    values: tuple[tuple[float, ...], ...]
    """For each article, for each sentence: rank joined with relevance; 0 where it may not be printed here."""
    relevance: tuple[tuple[float, ...], ...]
    led_by: Ranked | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """What sections say beside their terms, each asked by the section's id."""

    budgets: Mapping[str, Budget]
    """How much of one story is printed."""
    draws_from: Callable[[str, Ranked], bool] = lambda _section, _ranked: True
    ranked_for: Callable[[str, Ranked], Ranked] = lambda _section, ranked: ranked
    """Ranks an article's sentences by the section's own method; asked only for stories that reach the section."""
    crowded_out: Callable[[Sequence[Placement]], frozenset[_Seat]] = lambda _placements: frozenset()
    """Which of these stories their sections have no room for: (story id, section id)."""


def place(stories: Sequence[Story], themes: Themes, rules: Rules) -> Placed:
    """Return every story's place in every section that it reaches, with the sentences chosen for that section.

    What is placed where does not depend on the order of the stories.
    """
    matcher = Matcher(themes)
    scans = {ranked.article.id: scan(ranked.text, matcher) for story in stories for ranked in story.articles}
    rare = rarity(scans.values())
    verdicts = {
        story.id: [
            _drawn(judge(scans[ranked.article.id], themes, rare, story=story.id), ranked, rules)
            for ranked in story.articles
        ]
        for story in stories
    }
    candidates = {story.id: _candidates(story, verdicts[story.id], themes, rules) for story in stories}
    return Placed(
        placements=_seated(candidates, rules),
        verdicts=tuple(verdict for story in stories for article in verdicts[story.id] for verdict in article),
        met=frozenset[int]().union(*(item.terms for item in scans.values())),
    )


def _seated(candidates: Mapping[str, Sequence[_Candidate]], rules: Rules) -> tuple[Placement, ...]:
    """Place the stories again until no section claims sentences of a story that it has no room for.

    Who was crowded out stays so, for a sentence set free can only bring stories into other sections: it ends.
    """
    standing: frozenset[_Seat] = frozenset()
    while True:
        placements = _placements(candidates, rules.budgets, standing)
        crowded = rules.crowded_out(placements)
        if crowded <= standing:
            return placements
        standing |= crowded


def _placements(
    candidates: Mapping[str, Sequence[_Candidate]], budgets: Mapping[str, Budget], standing: frozenset[_Seat]
) -> tuple[Placement, ...]:
    """Settle one story after the other, the day's strongest first; those `standing` without a seat quote nothing."""
    printed: set[tuple[str, ...]] = set()
    chosen: dict[str, tuple[Placement, ...]] = {}
    for story in sorted(candidates, key=lambda story: (-_best(candidates[story]), story)):
        chosen[story] = _settle(candidates[story], budgets, printed, standing)
        printed.update(quote.sentence.words for placement in chosen[story] for quote in placement.quotes)
    return tuple(placement for story in candidates for placement in chosen[story])


def _drawn(verdicts: tuple[Verdict, ...], ranked: Ranked, rules: Rules) -> tuple[Verdict, ...]:
    return tuple(
        verdict if rules.draws_from(verdict.section, ranked) else replace(verdict, drawn=False) for verdict in verdicts
    )


def _best(candidates: Sequence[_Candidate]) -> float:
    return max((candidate.best.score for candidate in candidates), default=0.0)


def _candidates(
    story: Story, verdicts: Sequence[tuple[Verdict, ...]], themes: Themes, rules: Rules
) -> tuple[_Candidate, ...]:
    """Return the sections that the story reaches by its best article."""
    found = []
    for theme in themes.sections:
        section = theme.id
        own = [next((v for v in article if v.section == section and v.drawn), None) for article in verdicts]
        best = max((v for v in own if v is not None), key=lambda v: (v.score, v.article), default=None)
        if best is not None and best.reached:
            lead = next(ranked for ranked in story.articles if rules.draws_from(section, ranked))
            found.append(
                _Candidate(
                    story=story,
                    section=section,
                    parent=theme.parent,
                    led_by=None if lead is story.lead else lead,
                    best=best,
                    values=tuple(_values(r, v, rules) for r, v in zip(story.articles, own, strict=True)),
                    relevance=tuple(
                        v.relevance if v else (0.0,) * len(r.scores) for r, v in zip(story.articles, own, strict=True)
                    ),
                )
            )
    return tuple(found)


def _values(ranked: Ranked, verdict: Verdict | None, rules: Rules) -> tuple[float, ...]:
    if verdict is None:
        return (0.0,) * len(ranked.scores)
    relevant = set(verdict.relevant)
    scores = rules.ranked_for(verdict.section, ranked).scores
    return tuple(
        joined(score, max(relevance, RELEVANT)) if index in relevant else 0.0
        for index, (score, relevance) in enumerate(zip(scores, verdict.relevance, strict=True))
    )


def _settle(
    candidates: Sequence[_Candidate],
    budgets: Mapping[str, Budget],
    printed: Collection[tuple[str, ...]],
    standing: frozenset[_Seat],
) -> tuple[Placement, ...]:
    """Place a story in subsections rather than above them, and above where a subsection finds no sentence to print."""
    below = {candidate.parent for candidate in candidates}
    lowest = [candidate for candidate in candidates if candidate.section not in below]
    named = [candidate for candidate in lowest if (candidate.story.id, candidate.section) in standing]
    chosen = _choose([candidate for candidate in lowest if candidate not in named], budgets, printed)
    chosen |= {candidate.section: () for candidate in named}
    silent = {candidate.section for candidate in lowest if candidate.parent and candidate.section not in chosen}
    if silent:
        return _settle([c for c in candidates if c.section not in silent], budgets, printed, standing)
    return tuple(
        _placement(candidate, chosen[candidate.section]) for candidate in lowest if candidate.section in chosen
    )


def _choose(
    candidates: Sequence[_Candidate], budgets: Mapping[str, Budget], printed: Collection[tuple[str, ...]]
) -> dict[str, tuple[Quote, ...]]:
    """Choose twice: first every section among the sentences that are its own, then among those that others left."""
    chosen = {
        candidate.section: _quotes(candidate, _own(candidate, candidates), budgets, printed, elsewhere=frozenset())
        for candidate in candidates
    }
    for candidate in candidates if _is_contested(candidates) else ():
        elsewhere = frozenset(
            (quote.article.id, quote.sentence.start)
            for section, quotes in chosen.items()
            if section != candidate.section
            for quote in quotes
        )
        chosen[candidate.section] = _quotes(candidate, candidate.values, budgets, printed, elsewhere=elsewhere)
    readable = {section for section, quotes in chosen.items() if any(map(_reads_by_itself, quotes))}
    return {section: quotes for section, quotes in chosen.items() if quotes and (section in readable or not readable)}


def _reads_by_itself(quote: Quote) -> bool:
    """Tell whether a story may be in a section for this sentence; what leans on another is company, no reason."""
    return quote.sentence.standing in {Standing.ALONE, Standing.UNBALANCED}


def _is_contested(candidates: Sequence[_Candidate]) -> bool:
    """Whether sections may want the same sentence, or one that another article of the story has nearly alike."""
    if len(candidates) < 2:
        return False
    if len(candidates[0].story.articles) > 1:
        return True
    wanted = zip(*(candidate.values[0] for candidate in candidates), strict=True)
    return any(sum(value > 0 for value in values) > 1 for values in wanted)


def _placement(candidate: _Candidate, quotes: tuple[Quote, ...]) -> Placement:
    best = candidate.best
    return Placement(
        story=candidate.story,
        section=candidate.section,
        score=best.score,
        terms=best.terms,
        quotes=quotes,
        led_by=candidate.led_by,
    )


def _own(candidate: _Candidate, candidates: Sequence[_Candidate]) -> tuple[tuple[float, ...], ...]:
    """Return the candidate's values, 0 where a sentence, in whatever article, is more relevant to another section."""
    own = candidates.index(candidate)
    sentences = [ranked.text.sentences for ranked in candidate.story.articles]
    alike: defaultdict[tuple[str, ...], list[tuple[int, int]]] = defaultdict(list)
    for article, row in enumerate(sentences):
        for place, sentence in enumerate(row):
            alike[sentence.words].append((article, place))

    def is_own(article: int, sentence: int) -> bool:
        places = alike[sentences[article][sentence].words]
        rivals = [(max(other.relevance[a][s] for a, s in places), -index) for index, other in enumerate(candidates)]
        return max(rivals)[1] == -own

    return tuple(
        tuple(value if value and is_own(article, sentence) else 0.0 for sentence, value in enumerate(values))
        for article, values in enumerate(candidate.values)
    )


def _quotes(
    candidate: _Candidate,
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
    return choose(candidate.story.articles, free, budget=budgets[candidate.section], taken=elsewhere, others=OTHERS)
