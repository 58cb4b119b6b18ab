"""A home for every story, and the sentences that each section prints of it.

A story's home is the section that it reaches by most among those in which its news lies: near the top, and borne out.
There it tells its own news, whatever words that takes. A second section takes it with real weight only, and where it
has news of its own only under a headline that is about it; then it prints what it says about that section and has not
said at home. What no section takes is left to "Also today". An article that names nothing of what the whole brief is
about (`about`) is out of scope before any section is asked.
"""

from __future__ import annotations

from collections import ChainMap, Counter
from dataclasses import dataclass, replace
from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING, cast

from briefing.config import SectionSettings
from briefing.models import Placement, Problem
from briefing.ranking import NEAR_TOP, tell, worths
from briefing.text import is_of_years_ago
from briefing.themes.centroids import by_likeness
from briefing.themes.drafts import draft
from briefing.themes.matching import Matcher
from briefing.themes.scoring import Verdict, judge, rarity, scan
from briefing.themes.terms import compile_sections
from briefing.themes.wording import by_fields

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

    from briefing.models import Quote, Ranked, Sentence, Story, Text
    from briefing.ranking import Budget
    from briefing.themes.drafts import Draft
    from briefing.themes.notation import Aliases
    from briefing.themes.terms import Themes

NEARLY = 0.75
"""Share of the home's score from which a section near the top is a second one."""
ANYWHERE = 2
"""How often an article must name something below its opening: once is in passing."""


class Fit(StrEnum):
    """How a story stands to a section."""

    HOME = "home"
    SECOND = "second"
    WEAK = "weak"
    """It reaches the section, and not by enough."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """Where a story stands towards a section that one of its articles reaches, and by which article."""

    story: str
    section: str
    fit: Fit
    best: Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """Where every story stands, and why: a verdict for every article and every section with a term in it."""

    placements: tuple[Placement, ...]
    """By story in the given order, the home first."""
    verdicts: tuple[Verdict, ...]
    decisions: tuple[Decision, ...] = ()
    met: frozenset[int] = frozenset()
    """The terms that stand in an article of the day, as indices into the themes' terms."""

    def without_reasons(self) -> Placed:
        """Return what is printed where, and no more why."""
        return replace(self, verdicts=(), decisions=())

    def only_by(self, section: str) -> tuple[tuple[str, int], ...]:
        """Return the terms that alone bring stories to a section and to no home there, with how many, most first."""
        weak = [d.best for d in self.decisions if d.section == section and d.fit is Fit.WEAK and d.best.distinct == 1]
        return tuple(Counter(best.terms[0].term for best in weak).most_common())


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """What sections say beside their terms, each asked by the section's id."""

    budgets: Mapping[str, Budget]
    """How much of one story is printed."""
    year: int = 0
    """The edition's, which undated articles are taken to be of; 0 where nobody asks."""
    draws_from: Callable[[str, Ranked], bool] = lambda _section, _ranked: True
    ranked_for: Callable[[str, Ranked], Ranked] = lambda _section, ranked: ranked
    """Ranks an article's sentences by the section's own method; asked only for stories that stand in the section."""


def place(
    stories: Sequence[Story], themes: Themes, rules: Rules, known: Mapping[str, Draft] = MappingProxyType({})
) -> Placed:
    """Return every story's home and second sections, with the sentences chosen for each.

    What is placed where does not depend on the order of the stories. `known` are drafts of articles, by their ids.
    """
    matcher = Matcher(themes)
    articles = [(story.id, ranked) for story in stories for ranked in story.articles]
    rest = [ranked.text for _, ranked in articles if ranked.article.id not in known]
    made = {text.article.id: draft(text, scan(text, matcher), themes) for text in rest}
    drafts = ChainMap(made, cast("dict[str, Draft]", known))
    rare = rarity(drafts[ranked.article.id] for _, ranked in articles)
    judged = by_likeness(
        by_fields(
            [judge(ranked.text, drafts[ranked.article.id], themes, rare) for _, ranked in articles],
            [ranked.text for _, ranked in articles],
            themes,
            words=lambda text: drafts[text.article.id].words_of_fields,
        ),
        [ranked.text for _, ranked in articles],
        themes,
        followers={ranked.article.id for story in stories for ranked in story.others},
        vectors=lambda text: drafts[text.article.id].vector,
    )
    verdicts: dict[str, list[tuple[Verdict, ...]]] = {story.id: [] for story in stories}
    for (story, ranked), found in zip(articles, judged, strict=True):
        verdicts[story].append(_drawn(found, ranked, rules, story=story))
    parents = {theme.id: theme.parent for theme in themes.sections}
    decisions = _without_asides({story.id: decide(verdicts[story.id], parents) for story in stories})
    return Placed(
        placements=tuple(_all_told(stories, decisions, verdicts, rules)),
        verdicts=tuple(verdict for story in stories for article in verdicts[story.id] for verdict in article),
        decisions=tuple(decision for story in stories for decision in decisions[story.id]),
        met=frozenset(rare),
    )


def _drawn(verdicts: tuple[Verdict, ...], ranked: Ranked, rules: Rules, *, story: str) -> tuple[Verdict, ...]:
    return tuple(replace(verdict, story=story, drawn=rules.draws_from(verdict.section, ranked)) for verdict in verdicts)


def decide(articles: Sequence[Sequence[Verdict]], parents: Mapping[str, str | None]) -> tuple[Decision, ...]:
    """Return a story's home, then its second sections, then those that it reaches by too little.

    Rule: the terms must stand near the top and be borne out for a home; the score decides which of several it is. A
    story that fits a subsection stands there, and not in the section above.
    """
    best: dict[str, Verdict] = {}
    for verdict in (verdict for article in articles for verdict in article if verdict.reached):
        known = best.get(verdict.section)
        if known is None or (verdict.makes_home, verdict.score) > (known.makes_home, known.score):
            best[verdict.section] = verdict
    home = _home(best, parents)
    seconds = {section for section in best if home is not None and _is_second(best[section], best[home])} - {home}
    above = {parents[section] for section in (*seconds, home) if section is not None}
    fits = {section: Fit.SECOND if section in seconds - above else Fit.WEAK for section in best}
    if home is not None:
        fits[home] = Fit.HOME
    order = list(Fit)
    ranked = sorted(best, key=lambda section: (order.index(fits[section]), -best[section].score))
    return tuple(Decision(story=best[s].story, section=s, fit=fits[s], best=best[s]) for s in ranked)


def _without_asides(decisions: Mapping[str, tuple[Decision, ...]]) -> dict[str, tuple[Decision, ...]]:
    """Return the decisions; a section that is some story's home is a second one only of those with a headline on it.

    What it prints of others are asides, of which an editor would sign one in three, and under a headline two in three.
    """
    homes = {decision.section for found in decisions.values() for decision in found if decision.fit is Fit.HOME}
    return {
        story: tuple(
            replace(one, fit=Fit.WEAK)
            if one.fit is Fit.SECOND and one.section in homes and not one.best.is_headed
            else one
            for one in found
        )
        for story, found in decisions.items()
    }


def _home(best: Mapping[str, Verdict], parents: Mapping[str, str | None]) -> str | None:
    sections = list(parents)
    homes = [section for section in sections if section in best and best[section].makes_home]
    if not homes:
        return None
    home = max(homes, key=lambda section: best[section].score)
    below = [section for section in best if parents[section] == home]
    return max(below, key=lambda section: best[section].score, default=home)


def _is_second(verdict: Verdict, home: Verdict) -> bool:
    return verdict.is_weighty or (verdict.makes_home and verdict.score >= NEARLY * home.score)


def _all_told(
    stories: Sequence[Story],
    decisions: Mapping[str, Sequence[Decision]],
    verdicts: Mapping[str, Sequence[Sequence[Verdict]]],
    rules: Rules,
) -> list[Placement]:
    """Return every story in its sections; of sentences that two of them share, the one that fits better has them."""
    said: set[str] = set()
    found: dict[str, tuple[Placement, ...]] = {}
    for story in sorted(stories, key=lambda story: (-_best(decisions[story.id]), story.id)):
        told = tuple(_told(story, decisions[story.id], verdicts[story.id], rules, said))
        said.update(_wording(quote.sentence) for placement in told for quote in placement.quotes)
        found[story.id] = tuple(replace(one, quotes=tuple(map(_printed, one.quotes))) for one in told)
    return [placement for story in stories for placement in found[story.id]]


def _wording(sentence: Sentence) -> str:
    return " ".join(sentence.words)


def _printed(quote: Quote) -> Quote:
    """Return a quote without the words of its sentence, of which a large day would hold millions."""
    return replace(quote, sentence=replace(quote.sentence, words=(), stems=()))


def _best(decisions: Sequence[Decision]) -> float:
    return max((decision.best.score for decision in decisions), default=0.0)


def _told(
    story: Story,
    decisions: Sequence[Decision],
    verdicts: Sequence[Sequence[Verdict]],
    rules: Rules,
    said: Collection[str],
) -> Iterable[Placement]:
    """Yield the story in its sections: its news at home, elsewhere what is about the section and not said yet."""
    printed: list[Quote] = []
    for decision in decisions:
        if decision.fit is Fit.WEAK:
            continue
        section = decision.section
        values = [
            _values(ranked, rules, section, said)
            if decision.fit is Fit.HOME
            else _about(_values(ranked, rules, section, said), article, ranked, section=section, year=rules.year)
            for ranked, article in zip(story.articles, verdicts, strict=True)
        ]
        quotes = tell(story.articles, values, budget=rules.budgets[section], printed=printed)
        printed.extend(quotes)
        if quotes or decision.fit is Fit.HOME:
            lead = next((ranked for ranked in story.articles if rules.draws_from(section, ranked)), story.lead)
            yield Placement(
                story=story,
                section=section,
                score=decision.best.score,
                terms=decision.best.terms,
                quotes=quotes,
                prominence=max((quote.score for quote in quotes), default=0.0),
                led_by=None if lead is story.lead else lead,
            )


def _values(ranked: Ranked, rules: Rules, section: str, said: Collection[str]) -> tuple[float, ...]:
    if not rules.draws_from(section, ranked):
        return (0.0,) * len(ranked.scores)
    values = zip(worths(rules.ranked_for(section, ranked)), ranked.text.sentences, strict=True)
    return tuple(0.0 if _wording(sentence) in said else value for value, sentence in values)


def _about(
    values: Sequence[float], article: Sequence[Verdict], ranked: Ranked, *, section: str, year: int
) -> tuple[float, ...]:
    """Return what an article's sentences are worth in a second section: those about it that tell no background."""
    about = next((set(verdict.relevant_by_themselves) for verdict in article if verdict.section == section), set())
    now = ranked.article.published.year if ranked.article.published else year
    return tuple(
        value if place in about and not is_of_years_ago(sentence.text, now) else 0.0
        for place, (value, sentence) in enumerate(zip(values, ranked.text.sentences, strict=True))
    )


def compile_scope(about: Sequence[str], aliases: Aliases) -> Themes | None:
    """Return what the brief is about, compiled; None where it is about anything.

    Each name is looked for in every language and, as a name, in other scripts; `aliases` lend it their spellings.
    """
    section = SectionSettings(id="about", title="about", terms={"en": list(about)})
    return compile_sections([section], {**{name: [] for name in about}, **aliases}) if about else None


def outside_scope(
    texts: Sequence[Text], scope: Themes | None, known: Mapping[str, bool] = MappingProxyType({})
) -> dict[str, Problem]:
    """Return a Problem for each article that names nothing of the scope, by its id; none where there is no scope.

    Of some articles it is `known`, by their ids, whether they do.
    """
    if scope is None:
        return {}
    matcher = Matcher(scope)
    return {
        text.article.id: Problem(
            origin=text.article.origin, stage="scope", reason="names nothing that the brief is about (`about`)"
        )
        for text in texts
        if not (known[text.article.id] if text.article.id in known else is_inside(text, matcher))
    }


def is_inside(text: Text, matcher: Matcher) -> bool:
    """Whether the title or the opening names something that the brief is about, or the text does so twice."""
    if matcher.terms(text.article.title or "", text.title_words, text.title_stems, text.language):
        return True
    met = 0
    for sentence in text.sentences:
        found = matcher.terms(sentence.text, sentence.words, sentence.stems, sentence.language)
        met += sum(map(len, found.values()))
        if met >= ANYWHERE or (met and sentence.start < NEAR_TOP):
            return True
    return False
