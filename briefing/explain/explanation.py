"""Why an article stands where it stands, as values: its story, every section, every sentence."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING

from briefing.models import Quotability
from briefing.ranking import NEARLY_AS_GOOD, worths
from briefing.stories import corroborations
from briefing.text import kind_of
from briefing.themes import NEARLY, RELEVANT, Fit, beside

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from briefing.compose import Weight
    from briefing.config import SectionSettings
    from briefing.edition import ArticleEntry, Brief, DifferenceEntry, StoryEntry
    from briefing.models import DecidingTerm, Ranked, Sentence, Story
    from briefing.pipeline import Assigned
    from briefing.stories import Corroboration
    from briefing.text import KindOfPage
    from briefing.themes import Decision, Verdict

UNFIT = {
    Quotability.FRAGMENT: "a fragment",
    Quotability.UNBALANCED: "half of a quotation",
    Quotability.QUOTATION: "somebody’s words, and not whose",
    Quotability.NEEDS_PREVIOUS: "needs the sentence before",
    Quotability.QUESTION: "a question, which tells nothing",
    Quotability.HEADLINE: "says what the headline says",
    Quotability.SHOWING: "belongs to a picture, a film or a post",
    Quotability.CHRONICLE: "an entry of a chronology",
    Quotability.NOTE: "a note under the text",
}
Place = tuple[str, int]
"""Where a sentence ends: (article id, offset); a date stamped on it may change where it begins."""
BY_HEADLINE = "in, by headline only"


@dataclass(frozen=True, slots=True, kw_only=True)
class SectionOutcome:
    """An article against one section."""

    section: str
    title: str
    score: float
    threshold: float
    lent: float
    """How much of the score no term makes: likeness to the day's sure articles, and words of the section's fields."""
    of_fields: float
    """How much of that these words make."""
    field_words: tuple[str, ...]
    """Some of them, the most telling first."""
    terms: tuple[DecidingTerm, ...]
    """Those that added most first; none where no term of the section stands in the article."""
    outcome: str
    """`in` or `in, by headline only` with its ground, `near miss`, `out`, or what keeps it out though it reaches it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SentenceOutcome:
    """What became of one sentence, and why."""

    sentence: Sentence
    rank: float
    parts: tuple[tuple[str, float], ...]
    """What the rank is made of: (name, value)."""
    relevance: tuple[tuple[str, float], ...]
    """(section, value) for the sections that it speaks to at all."""
    section: str | None
    """Where it is printed: the id of a section, or of what stands in none."""
    outcome: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """One article of the day, explained."""

    ranked: Ranked
    story: Story
    weight: Weight
    """What the story weighs on its day, by which signs."""
    place: int
    """Which of the day's stories it is by weight, from 1."""
    is_key_point: bool
    kin: tuple[Corroboration, ...]
    """The independent accounts of its story, and those that nearly are."""
    sections: tuple[SectionOutcome, ...]
    sentences: tuple[SentenceOutcome, ...]
    articles: Mapping[str, ArticleEntry]
    """Those of the day by their ids."""
    figures: tuple[DifferenceEntry, ...]
    """Those in which it gives a figure, or repeats one as a copy."""

    @property
    def kind(self) -> KindOfPage:
        """What kind of page the article is."""
        return kind_of(self.ranked.text)


def explain_article(
    article: str, assigned: Assigned, *, brief: Brief, sections: Sequence[SectionSettings]
) -> Explanation | None:
    """Return why the article of this id stands where it stands in the brief; None where no story of the day tells it.

    `assigned` is what the brief was made of, `sections` the settings by which it was made.
    """
    stories = assigned.stories
    story = next((story for story in stories if article in {other.article.id for other in story.articles}), None)
    if story is None:
        return None
    ranked = next(other for other in story.articles if other.article.id == article)
    verdicts = {verdict.section: verdict for verdict in assigned.placed.verdicts if verdict.article == article}
    decisions = {decision.section: decision for decision in assigned.placed.decisions if decision.story == story.id}
    weight = assigned.weights[story.id]
    told = {other.article.id for other in story.articles}
    return Explanation(
        ranked=ranked,
        story=story,
        weight=weight,
        place=1 + sum(other.total > weight.total for other in assigned.weights.values()),
        is_key_point=any(point.article in told for point in brief.key_points),
        kin=corroborations(article, stories),
        sections=tuple(
            _section(settings, verdicts.get(settings.id), decisions, _place(story, brief, settings))
            for settings in sections
        ),
        sentences=tuple(_sentences(ranked, story, verdicts, brief, words=_words_by_place(stories))),
        articles=brief.by_id,
        figures=tuple(difference for difference in brief.figures if article in _tellers(difference)),
    )


def _tellers(difference: DifferenceEntry) -> frozenset[str]:
    """Return the articles that give its figures, copies too."""
    accounts = difference.accounts
    return frozenset(told for account in accounts for told in (account.article, *account.copies))


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


def _section(
    settings: SectionSettings, verdict: Verdict | None, decisions: Mapping[str, Decision], place: str | None
) -> SectionOutcome:
    """Return how an article stands to a section: where its story is, or what keeps it out."""
    decision = decisions.get(settings.id)
    outcome = place or "out"
    if place is not None and decision is not None and decision.fit is not Fit.WEAK:
        outcome = f"{place}: {_ground(decision)}"
        if verdict is None or decision.best.article != verdict.article:
            outcome += ", by another article of its story"
    elif place is None and verdict is not None:
        outcome = _kept_out(verdict, decisions)
    return SectionOutcome(
        section=settings.id,
        title=settings.title,
        score=verdict.score if verdict else 0.0,
        threshold=verdict.threshold if verdict else settings.threshold,
        lent=verdict.lent if verdict else 0.0,
        of_fields=verdict.of_fields if verdict else 0.0,
        field_words=verdict.field_words if verdict else (),
        terms=verdict.terms if verdict else (),
        outcome=outcome,
    )


def _ground(decision: Decision) -> str:
    best = decision.best
    if decision.fit is Fit.SECOND:
        weighty = f"{best.distinct} different words in {len(best.relevant)} sentences make it a second subject"
        return weighty if best.is_weighty else "nearly as much of its news as at home"
    if not best.terms_make_home and best.of_fields > best.lent - best.of_fields:
        return "its home, being told in words of its fields far more than in any other's"
    if not best.terms_make_home:
        return "its home, being far more like the section's articles of the day than any other's"
    words = f"{best.distinct} different words" if best.distinct > 1 else "one word"
    return f"its home, with {words} of it in the {'title' if best.title >= RELEVANT else 'opening'} and below"


def _kept_out(verdict: Verdict, decisions: Mapping[str, Decision]) -> str:
    """Return why an article stands not in a section of which it has a term, and what would put it there."""
    if not verdict.drawn:
        return "out: the section does not draw from it"
    if verdict.says_too_little:
        return too_little(verdict)
    if not verdict.reached:
        return "near miss" if verdict.near_miss else "out"
    if not verdict.makes_home:
        return f"too weak: {lacking(verdict)}"
    home = next((found for found in decisions.values() if found.fit is Fit.HOME), None)
    if home is None:
        return "out"
    needed = NEARLY * home.best.score
    if verdict.score < needed:
        return f"its home is {home.section}; from a score of {needed:.2f} it would stand here too"
    if decisions[verdict.section].fit is Fit.WEAK and not verdict.is_headed:
        return f"its home is {home.section}, and its headline is not about this section, which has news of its own"
    return f"its home is {home.section}, which prints what there is to say"


def lacking(verdict: Verdict) -> str:
    """Return what an article that reaches a section lacks to have its home there."""
    if not verdict.is_near_top:
        return "no term of it in the title or the opening says enough"
    return "one term alone; a second one, or the same in the title and in a sentence, would make it its home"


def too_little(verdict: Verdict) -> str:
    """Return what keeps an article out whose score is enough."""
    return f"reaches its score, but no sentence says enough (best {beside(verdict.best, RELEVANT, ' of ')})"


def _sentences(
    ranked: Ranked,
    story: Story,
    verdicts: Mapping[str, Verdict],
    brief: Brief,
    *,
    words: Mapping[Place, tuple[str, ...]],
) -> Iterator[SentenceOutcome]:
    parts = brief.parts
    printed = {place: part.id for part in parts for place in _quoted(part.stories)}
    said = {words[place]: part for place, part in printed.items()}
    named = [part.id for part in parts if story.id in {entry.id for entry in part.more}]
    there = [part.id for part in parts if story.id in {entry.id for entry in part.stories}]
    own = worths(ranked)
    firsts = [n for n, sentence in enumerate(ranked.text.sentences) if (ranked.article.id, sentence.end) in printed]
    for index, sentence in enumerate(ranked.text.sentences):
        place = (ranked.article.id, sentence.end)
        if place in printed:
            outcome = f"printed in {printed[place]}"
        elif sentence.words in said:
            outcome = f"not printed: the same stands in {said[sentence.words]}"
        elif not own[index]:
            outcome = f"not printed: {UNFIT.get(sentence.quotability, 'too short to be read alone')}"
        elif named and not there:
            outcome = f"not printed: {named[0]} has no room, and names its story by headline only"
        elif firsts and index < firsts[0] and own[index] >= NEARLY_AS_GOOD * max(own):
            outcome = "not printed: it stands before the sentence that tells the news"
        else:
            outcome = "not printed: others say more"
        yield SentenceOutcome(
            sentence=sentence,
            rank=ranked.scores[index],
            parts=tuple((name, values[index]) for name, values in ranked.parts),
            relevance=tuple((name, v.relevance[index]) for name, v in verdicts.items() if v.relevance[index] > 0),
            section=printed.get(place),
            outcome=outcome,
        )


def _quoted(entries: Iterable[StoryEntry]) -> Iterator[Place]:
    """Yield where the quotations of stories end."""
    quotations = chain.from_iterable(entry.sentences for entry in entries)
    return ((quotation.article, quotation.end) for quotation in quotations)


def _words_by_place(stories: Iterable[Story]) -> dict[Place, tuple[str, ...]]:
    """Return the words of every sentence of the day."""
    return {
        (ranked.article.id, sentence.end): sentence.words
        for story in stories
        for ranked in story.articles
        for sentence in ranked.text.sentences
    }
