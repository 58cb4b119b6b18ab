"""How far an article is about a section, by how much of its terms is there (see `relevance`).

An article's score is, over its terms, weight · rarity · log2(1 + how much of the term is there), where the title counts
twice and the first sentence a little more. So one plain mention of one term makes 1.0, the usual threshold; one in the
title 1.6. A term that comes again and again grows with the logarithm only, so that two different terms tell more than
one term repeated, and length hardly matters. Rarity on the day adds up to half of a weight, and twenty imagined
articles smooth it: a threshold means the same on a day of one article and of a thousand.
"""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import unquote

from briefing.models import UNDETERMINED, DecidingTerm, Quotability
from briefing.text import stems as stems_of
from briefing.themes.relevance import RELEVANT, inserted
from briefing.themes.terms import names_of_section

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from briefing.models import Sentence, Text
    from briefing.themes.drafts import Draft, Drafted
    from briefing.themes.matching import Found, Matcher, Spellings
    from briefing.themes.terms import Theme, Themes

PRIOR_ARTICLES, PRIOR_SHARE = 20, 0.1
"""Imagined articles, and the share of them that holds any given term, that smooth its rarity."""
COMMON_SHARE, RAREST = 0.25, 1.5
"""Share of the day's articles from which a term counts its plain weight, and what the rarest counts against it."""
FILED = 2.0
"""What the outlet's own section adds to the score: about as much as a rare term in the title."""
OFTEN = 3
"""Sentences about the section from which one word alone is its subject."""
MANY = 4
"""Terms, and sentences about the section, from which it is a subject of its own."""
NEAR = 0.6
"""Share of the threshold from which a section was nearly reached."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scan:
    """The terms of all sections in a text, which it does not hold: in its title, and in each of its sentences."""

    title: Found
    sentences: tuple[Found, ...]
    spellings: tuple[Spellings, ...]
    """What they were made of, in the title and then in each sentence."""
    inserted: tuple[frozenset[int], ...]
    """The words of each sentence that are said in passing, by their places."""

    @property
    def terms(self) -> frozenset[int]:
        """Every term that stands in the text."""
        return frozenset(self.title).union(*self.sentences)


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """An article against a section: the score, the terms that made it, and how far each sentence is about it."""

    story: str
    """The id of the story that tells it, or "" where stories are not known."""
    article: str
    section: str
    score: float
    threshold: float
    terms: tuple[DecidingTerm, ...]
    """Those that added most first; those that speak against it with a negative weight."""
    title: float
    """The relevance of the title, 0 to 1."""
    relevance: tuple[float, ...]
    """For each sentence, 0 to 1."""
    opening: float = 0.0
    """The relevance of the sentence of the article's opening that is most about the section."""
    distinct: int = 0
    """How many different words of its terms stand in the article; a phrase, and a joined term, are two."""
    drawn: bool = True
    """Whether the section draws from this article at all."""
    lent: float = 0.0
    """What was added to the score by no term of it: by words of its fields, and by what the day's sure articles are
    like (`fields`, `centroids`); below 0 where they speak against the section."""
    of_fields: float = 0.0
    """What of that the words of its fields added."""
    field_words: tuple[str, ...] = ()
    """Those that stand in the article, the most telling first, a few."""
    is_filed: bool = False
    """Whether the outlet files the article under a section of that name, as its address says."""
    is_alike: bool = False
    """Whether it is so like them, or told in words of its fields alone, that it is of the section whatever terms it
    holds."""

    @property
    def reached(self) -> bool:
        """Whether the article belongs in the section: by its score, and by one place at least that is about it.

        Many weak words make no theme where none of them tells anything. What is like the section's sure articles needs
        no words.
        """
        return self.drawn and (self.is_alike or (self._scores and self.best >= RELEVANT))

    @property
    def says_too_little(self) -> bool:
        """Whether the score is enough, and neither the title nor any sentence is."""
        return self._scores and self.best < RELEVANT and not self.is_alike

    @property
    def by_terms(self) -> float:
        """The score without what was lent."""
        return round(self.score - self.lent, 6)

    @property
    def _scores(self) -> bool:
        return self.drawn and self.by_terms > 0 and self.by_terms >= self.threshold

    @property
    def best(self) -> float:
        """The relevance of the place that is most about the section, be it the title or a sentence."""
        return max(self.title, *self.relevance, 0.0)

    @property
    def is_near_top(self) -> bool:
        """Whether the title or the opening is about the section, as a story's news is, or its outlet says so."""
        return self.is_filed or max(self.title, self.opening) >= RELEVANT

    @property
    def is_headed(self) -> bool:
        """Whether the headline is about the section."""
        return self.title >= RELEVANT

    @property
    def makes_home(self) -> bool:
        """Whether the news itself belongs to the section: by its terms, or as it is like the section's articles."""
        return self.reached and (self.is_alike or self.terms_make_home)

    @property
    def terms_make_home(self) -> bool:
        """Whether its terms stand near the top, and are borne out."""
        return self._scores and self.is_near_top and self.is_borne_out

    @property
    def is_borne_out(self) -> bool:
        """Whether two words say so, or one in the title and a sentence, in three sentences, or in a text no longer.

        The outlet's own section counts as a word.
        """
        about = len(self.relevant)
        return (
            self.distinct + self.is_filed >= 2
            or (self.is_headed and about > 0)
            or about >= OFTEN
            or len(self.relevance) <= OFTEN
        )

    @property
    def is_weighty(self) -> bool:
        """Whether the section is a second subject of the article, wherever its terms stand."""
        return self.reached and self.distinct >= MANY and len(self.relevant) >= MANY

    @property
    def near_miss(self) -> bool:
        """Whether the score fell short of the threshold by little."""
        return self.drawn and NEAR * self.threshold <= self.by_terms < self.threshold

    @property
    def relevant(self) -> tuple[int, ...]:
        """The sentences that are about the section, as indices; a title about it makes no sentence so."""
        return tuple(index for index, value in enumerate(self.relevance) if value >= RELEVANT) if self.drawn else ()

    @property
    def relevant_by_themselves(self) -> tuple[int, ...]:
        """Those of them that no context lifted to what is just enough."""
        return tuple(index for index in self.relevant if self.relevance[index] > RELEVANT)


def scan(text: Text, matcher: Matcher) -> Scan:
    """Return the terms in a text; those of a chronology tell of other days, and do not count."""
    spellings = (
        matcher.spellings(text.article.title or "", text.title_words, text.title_stems, text.language),
        *(
            {}
            if sentence.quotability is Quotability.CHRONICLE
            else matcher.spellings(sentence.text, sentence.words, *stems_in(text, sentence))
            for sentence in text.sentences
        ),
    )
    title, *sentences = map(matcher.terms_of, spellings)
    aside = tuple(
        inserted(sentence.text, sentence.language) if found else frozenset[int]()
        for found, sentence in zip(sentences, text.sentences, strict=True)
    )
    return Scan(title=title, sentences=tuple(sentences), spellings=spellings, inserted=aside)


def stems_in(text: Text, sentence: Sentence) -> tuple[Sequence[str], str]:
    """Return a sentence's stems and its language, which is its text's where it is too short to tell."""
    if sentence.language == UNDETERMINED:
        return stems_of(sentence.words, text.language), text.language
    return sentence.stems, sentence.language


def rarity(drafts: Iterable[Draft]) -> dict[int, float]:
    """Return what each term's weight is multiplied by: 1 for terms common on the day, up to 1.5 for rare ones.

    Inverse document frequency (Spärck Jones 1972), smoothed by imagined articles, bounded on both sides.
    """
    articles, total = Counter[int](), 0
    for item in drafts:
        articles.update(item.terms)
        total += 1
    return {
        term: min(RAREST, max(1.0, math.log(_share(count, total)) / math.log(COMMON_SHARE)))
        for term, count in articles.items()
    }


def _share(count: int, total: int) -> float:
    return (count + PRIOR_ARTICLES * PRIOR_SHARE) / (total + PRIOR_ARTICLES)


def judge(text: Text, draft: Draft, themes: Themes, rare: Mapping[int, float]) -> tuple[Verdict, ...]:
    """Return a verdict for every section of which a term stands in the text, in the order of the sections."""
    return tuple(_verdict(text, found, themes, rare) for found in draft.sections)


def _verdict(text: Text, found: Drafted, themes: Themes, rare: Mapping[int, float]) -> Verdict:
    theme, terms = themes.sections[found.section], themes.terms
    added = {
        met.term: terms[met.term].signed_weight * rare.get(met.term, 1.0) * math.log2(1.0 + met.amount)
        for met in found.met
    }
    deciding = (
        DecidingTerm(term=terms[met.term].label, count=met.times, weight=round(added[met.term], 6), found=met.found)
        for met in found.met
    )
    is_filed = bool(added) and not theme.names.isdisjoint(_filed_under(text.article.url, theme.languages))
    score = sum(added.values()) + (FILED if is_filed else 0.0)
    return Verdict(
        story="",
        article=text.article.id,
        section=theme.id,
        score=round(max(0.0, score), 6),
        threshold=theme.threshold,
        terms=tuple(sorted(deciding, key=lambda term: (-term.weight, term.term))),
        title=found.title,
        relevance=tuple(value or 0.0 for value in found.relevance),  # one zero for all: most are
        opening=found.opening,
        distinct=found.distinct,
        is_filed=is_filed,
    )


def _filed_under(url: str | None, languages: frozenset[str]) -> frozenset[str]:
    """Return the stems of the folders of an address, between its host and its last part."""
    _, _, path = (url or "").partition("://")
    return names_of_section(unquote(path).split("/")[1:-1], languages)


def silent(text: Text, theme: Theme) -> Verdict:
    """Return the verdict on an article that holds no term of a section."""
    return Verdict(
        story="",
        article=text.article.id,
        section=theme.id,
        score=0.0,
        threshold=theme.threshold,
        terms=(),
        title=0.0,
        relevance=(0.0,) * len(text.sentences),
    )


def beside(value: float, needed: float, between: str) -> str:
    """Return a value and what is needed, with two decimals or as many more as it takes to see that it falls short."""
    shown = (f"{value:.{digits}f}{between}{needed:.{digits}f}" for digits in range(2, 7))
    plain = (told for told in shown if value >= needed or len(set(told.split(between))) > 1)
    return next(plain, f"{value}{between}{needed}")


def missing_languages(themes: Themes, languages: Sequence[str]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Return each section with terms, and the languages of the day that it draws from and has no terms in, if any."""
    wanted = sorted(set(languages) - {"und"})
    lacking = (
        (theme.id, tuple(lang for lang in wanted if lang not in theme.languages and lang in (theme.draws or wanted)))
        for theme in themes.sections
        if theme.languages
    )
    return tuple((section, lacks) for section, lacks in lacking if lacks)
