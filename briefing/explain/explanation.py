"""Why an article stands where it stands, as values: its story, every section, every sentence."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING

from briefing.models import Standing
from briefing.stories import corroborations
from briefing.themes import RELEVANT, beside, learned, stems_in

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from briefing.config.schema import SectionSettings
    from briefing.models import Brief, DecidingTerm, Difference, Ranked, Sentence, Story, StoryEntry, Text
    from briefing.stories import Corroboration
    from briefing.themes import Verdict, Wording

UNFIT = {
    Standing.FRAGMENT: "a fragment",
    Standing.UNBALANCED: "half of a quotation",
    Standing.QUOTATION: "mostly quotation, nobody named",
    Standing.NEEDS_PREVIOUS: "needs the sentence before",
    Standing.QUESTION: "a question, which tells nothing",
    Standing.HEADLINE: "says what the headline says",
    Standing.SHOWING: "belongs to a picture, a film or a post",
    Standing.CHRONICLE: "an entry of a chronology",
}
BY_HEADLINE = "in, by headline only"
BY_QUESTIONS = "reached, but only by headlines, questions, captions or fragments, which are not quoted"


@dataclass(frozen=True, slots=True, kw_only=True)
class SectionOutcome:
    """An article against one section."""

    section: str
    title: str
    score: float
    threshold: float
    terms: tuple[DecidingTerm, ...]
    """Those that added most first; none where no term of the section stands in the article."""
    outcome: str
    """`in`, `in, by headline only`, `near miss`, `out`, or why it is not there though it reaches the section."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wordings:
    """What the words of a sentence told a section beside its terms."""

    section: str
    by_terms: float
    """The relevance that its terms alone would give it."""
    relevance: float
    leaning: float
    """What all of its words added to its strength, or took off."""
    bias: float
    """What a sentence of unknown words has of it."""
    words: tuple[tuple[str, float], ...]
    """The stems that told most for and against, with what each has of it."""

    @property
    def others(self) -> float:
        """What the other words have of it."""
        return self.leaning - self.bias - sum(value for _, value in self.words)


@dataclass(frozen=True, slots=True, kw_only=True)
class SentenceOutcome:
    """What became of one sentence, and why."""

    sentence: Sentence
    rank: float
    parts: tuple[tuple[str, float], ...]
    """What the rank is made of: (name, value)."""
    relevance: tuple[tuple[str, float], ...]
    """(section, value) for the sections that it speaks to at all."""
    wording: tuple[Wordings, ...]
    """What its words told the sections that have learned weights, where it speaks to them or its terms do."""
    section: str | None
    """Where it is printed: the id of a section, or of what stands in none."""
    outcome: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """One article of the day, explained."""

    ranked: Ranked
    story: Story
    kin: tuple[Corroboration, ...]
    """The independent accounts of its story, and those that nearly are."""
    sections: tuple[SectionOutcome, ...]
    sentences: tuple[SentenceOutcome, ...]
    figures: tuple[Difference, ...]
    """Those in which it gives a figure, or repeats one as a copy."""


def explain_article(
    article: str,
    stories: Sequence[Story],
    *,
    brief: Brief,
    verdicts: Sequence[Verdict],
    sections: Sequence[SectionSettings],
) -> Explanation | None:
    """Return why the article of this id stands where it stands in the brief; None where no story of the day tells it.

    `verdicts` are those of the day, `sections` the settings by which they were made.
    """
    story = next((story for story in stories if article in {other.article.id for other in story.articles}), None)
    if story is None:
        return None
    ranked = next(other for other in story.articles if other.article.id == article)
    by_section = {verdict.section: verdict for verdict in verdicts if verdict.article == article}
    return Explanation(
        ranked=ranked,
        story=story,
        kin=corroborations(article, stories),
        sections=tuple(
            _section(settings, by_section.get(settings.id), _place(story, brief, settings)) for settings in sections
        ),
        sentences=tuple(
            _sentences(
                ranked, story, by_section, brief, rest=_rest(brief, sections), learnt=_learnt(sections, by_section)
            )
        ),
        figures=tuple(difference for difference in brief.figures if article in _tellers(difference)),
    )


def _learnt(sections: Sequence[SectionSettings], verdicts: Mapping[str, Verdict]) -> dict[str, Wording]:
    """Return the learned weights of the sections of which a term stands in the article."""
    named = ((section.id, section.learned) for section in sections if section.id in verdicts)
    return {name: learned(weights) for name, weights in named if weights is not None}


def _wordings(
    text: Text, index: int, verdicts: Mapping[str, Verdict], learnt: Mapping[str, Wording]
) -> Iterator[Wordings]:
    stems, language = stems_in(text, text.sentences[index])
    for name, wording in learnt.items():
        by_terms = verdicts[name].by_terms[index]
        if language in wording.languages and max(by_terms, verdicts[name].relevance[index]) > 0:
            yield Wordings(
                section=name,
                by_terms=by_terms,
                relevance=verdicts[name].relevance[index],
                leaning=wording.leaning(stems, language),
                bias=wording.bias,
                words=wording.telling(stems),
            )


def _tellers(difference: Difference) -> frozenset[str]:
    """Return the articles that give its figures, copies too."""
    accounts = difference.accounts
    return frozenset(told.id for account in accounts for told in (account.article, *account.copies))


def _rest(brief: Brief, sections: Sequence[SectionSettings]) -> frozenset[str]:
    """Return the stories that are printed for want of a section whose terms they match."""
    of_none = {section.id for section in sections if section.rest}
    parts = (brief.also_today, *(part for part in brief.sections if part.id in of_none))
    return frozenset(entry.id for part in parts for entry in (*part.stories, *part.more))


def _place(story: Story, brief: Brief, settings: SectionSettings) -> str | None:
    """Return how the story stands in a section of the brief, or in those under it; None where it does not."""
    for part in brief.sections:
        if part.id == settings.id and story.id in {entry.id for entry in part.stories}:
            return "in"
        if part.id == settings.id and story.id in {entry.id for entry in part.more}:
            return BY_HEADLINE
        if part.parent == settings.id and story.id in {entry.id for entry in (*part.stories, *part.more)}:
            return f"in {part.id}, which stands under it"
    return None


def _section(settings: SectionSettings, verdict: Verdict | None, place: str | None) -> SectionOutcome:
    outcome = place or "out"
    if place is not None and not settings.rest and (verdict is None or not (verdict.reached and verdict.drawn)):
        outcome = f"{place}, since another article of its story is"
    if verdict is not None and place is None:
        outcome = "near miss" if verdict.near_miss else "out"
        if verdict.says_too_little:
            outcome = too_little(verdict)
        if verdict.reached:
            outcome = "reached, but it serves better elsewhere" if verdict.printable else BY_QUESTIONS
        if not verdict.drawn:
            outcome = "out: the section does not draw from it"
    return SectionOutcome(
        section=settings.id,
        title=settings.title,
        score=verdict.score if verdict else 0.0,
        threshold=verdict.threshold if verdict else settings.threshold,
        terms=verdict.terms if verdict else (),
        outcome=outcome,
    )


def too_little(verdict: Verdict) -> str:
    """Return what keeps an article out whose score is enough."""
    return f"reaches its score, but no sentence says enough (best {beside(verdict.best, RELEVANT, ' of ')})"


def _sentences(
    ranked: Ranked,
    story: Story,
    verdicts: Mapping[str, Verdict],
    brief: Brief,
    *,
    rest: frozenset[str],
    learnt: Mapping[str, Wording],
) -> Iterator[SentenceOutcome]:
    parts = (*brief.sections, brief.also_today)
    printed = {place: part.id for part in parts for place in _quoted(part.stories)}
    named = [part.id for part in parts if story.id in {entry.id for entry in part.more}]
    there = [part.id for part in parts if story.id in {entry.id for entry in part.stories}]
    told = {quote.sentence.words: part.id for part in parts for entry in part.stories for quote in entry.quotes}
    for index, sentence in enumerate(ranked.text.sentences):
        place = (ranked.article.id, sentence.end)
        if place in printed:
            outcome = f"printed in {printed[place]}"
        elif sentence.words in told:
            outcome = f"not printed: the same stands in {told[sentence.words]}"
        else:
            outcome = f"not printed: {_why_not(sentence, index, None if story.id in rest else verdicts, named, there)}"
        yield SentenceOutcome(
            sentence=sentence,
            rank=ranked.scores[index],
            parts=tuple((name, values[index]) for name, values in ranked.parts),
            relevance=tuple((name, v.relevance[index]) for name, v in verdicts.items() if v.relevance[index] > 0),
            wording=tuple(_wordings(ranked.text, index, verdicts, learnt)),
            section=printed.get(place),
            outcome=outcome,
        )


def _quoted(entries: Iterable[StoryEntry]) -> Iterator[tuple[str, int]]:
    """Yield where the quotations of stories end: (article id, end)."""
    quotes = chain.from_iterable(entry.quotes for entry in entries)
    return ((quote.article.id, quote.sentence.end) for quote in quotes)


def _why_not(
    sentence: Sentence,
    index: int,
    verdicts: Mapping[str, Verdict] | None,
    named: Sequence[str],
    there: Sequence[str],
) -> str:
    """Return what kept a sentence out.

    `verdicts` is None where its story stands in no section by its terms, `named` are the parts of the brief that have
    no room for the story, `there` those that quote it.
    """
    if sentence.standing in UNFIT and (index or sentence.standing is not Standing.NEEDS_PREVIOUS):
        return UNFIT[sentence.standing]
    about = [verdict for verdict in (verdicts or {}).values() if index in verdict.relevant]
    if verdicts is not None and not about:
        return _fell_short(index, verdicts.values())
    if verdicts is not None and not any(verdict.reached for verdict in about):
        return "the article does not reach the section"
    crowded = [part for part in named if verdicts is None or part in {verdict.section for verdict in about}]
    if crowded:
        return f"{crowded[0]} has no room, and names its story by headline only"
    elsewhere = [verdict.section for verdict in about if verdict.reached and verdict.section not in there]
    if there and len(elsewhere) == len(about) > 0:
        return f"{elsewhere[0]} leaves its story to {there[0]}"
    return "others say more within the words allowed"


def _fell_short(index: int, verdicts: Iterable[Verdict]) -> str:
    """Return which section a sentence comes nearest to, and what it lacks to be about it."""
    nearest = max((verdict for verdict in verdicts if verdict.drawn), key=lambda v: v.relevance[index], default=None)
    if nearest is None or nearest.relevance[index] <= 0:
        return "about no section"
    told = beside(nearest.relevance[index], RELEVANT, " of ")
    return f"too little about {nearest.section}, to which it is nearest: {told}"
