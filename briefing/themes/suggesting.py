"""Terms that would set a section's articles apart from the rest of the day, and those that never match."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from briefing.text import stop_words
from briefing.themes.matching import Matcher
from briefing.themes.scoring import Verdict, judge, rarity, scan

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from briefing.models import Ranked, Sentence, Text
    from briefing.themes.terms import Themes

SURE = 1.64
"""z-value from which a difference is taken for real: one chance in twenty, one-sided."""
FAR_MORE = 2.0
"""How many times a section's score another section's must be to claim the article for itself."""
LEAST_ARTICLES = 2
"""Articles of the section in which a term must stand: one article's own words are no theme."""
MORE, OFTENER = 2, 3
"""How many times the articles of the rest the section's must be that have a term, and how many times their share."""
PRIOR = 0.1
"""What the day's own counts weigh as prior knowledge of how often a word is used."""

Gram = tuple[str, ...]
"""One stem, or two in a row."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """A word or two-word phrase that the section's articles use more than the rest of the day does."""

    term: str
    """In the form in which it is written most often."""
    language: str
    inside: int
    """Articles of its language that reach the section and have it in the title or a sentence."""
    outside: int
    """Those that do not reach it and have it."""
    z: float
    """Log-odds against the rest, in standard deviations."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SilentTerm:
    """A term of the section that stands in no article of the day."""

    term: str
    languages: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestions:
    """What would tune a section on this day."""

    section: str
    articles: int
    """How many articles of the day reach it."""
    terms: tuple[Suggestion, ...]
    """The most telling first, by language."""
    silent: tuple[SilentTerm, ...]


def suggest(section: str, day: Sequence[Ranked], themes: Themes, *, count: int = 12) -> Suggestions:
    """Return up to `count` terms per language that set the articles of a section apart, and its terms that match none.

    Log-odds ratio with an informative Dirichlet prior (Monroe, Colaresi and Quinn 2008, "Fightin' Words"): what is
    frequent anyway does not come out on top, and what is rare only where it is sure. What is weighed are the words of
    the articles that no other section claims, every sentence once; what is counted are all articles that have the term.
    """
    matcher = Matcher(themes)
    scans = [scan(ranked.text, matcher) for ranked in day]
    rare = rarity(scans)
    verdicts = [judge(item, themes, rare) for item in scans]
    reached = [any(v.section == section and v.reached for v in found) for found in verdicts]
    own = [any(v.section == section and v.makes_home for v in found) and _mainly(section, found) for found in verdicts]
    met = frozenset[int]().union(*(item.terms for item in scans))
    by_language: defaultdict[str, list[_Read]] = defaultdict(list)
    for item, reaches, is_own in zip(scans, reached, own, strict=True):
        by_language[item.text.language].append(_Read(text=item.text, reaches=reaches, own=is_own))
    return Suggestions(
        section=section,
        articles=sum(reached),
        terms=tuple(
            suggestion
            for language, read in sorted(by_language.items())
            for suggestion in _telling(read, language, matcher, themes.ids.index(section))[:count]
        ),
        silent=tuple(term for term in silent_terms(themes, met)[section] if by_language.keys() & set(term.languages)),
    )


def silent_terms(themes: Themes, met: frozenset[int]) -> dict[str, tuple[SilentTerm, ...]]:
    """Return each section's terms but those `met`, by the section's id; not those against it."""
    found: dict[str, list[SilentTerm]] = {section: [] for section in themes.ids}
    for number, term in enumerate(themes.terms):
        if number not in met and not term.against:
            found[themes.ids[term.section]].append(SilentTerm(term=term.label, languages=term.languages))
    return {section: tuple(terms) for section, terms in found.items()}


def _mainly(section: str, verdicts: Sequence[Verdict]) -> bool:
    """Whether no other section claims an article far more: the words of a mere visitor are those of its own section."""
    score = next(verdict.score for verdict in verdicts if verdict.section == section)
    return all(verdict.score <= FAR_MORE * score for verdict in verdicts)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Read:
    """An article of the day, as a section sees it."""

    text: Text
    reaches: bool
    own: bool
    """Whether it reaches the section, and no other claims it."""


@dataclass(frozen=True, slots=True)
class _Counts:
    """How often each gram stands in some articles, in how many of them, and how it is written."""

    tokens: Counter[Gram]
    articles: Counter[Gram]
    written: dict[Gram, Counter[str]]


def _telling(read: Sequence[_Read], language: str, matcher: Matcher, section: int) -> list[Suggestion]:
    own, rest = [one.text for one in read if one.own], [one.text for one in read if not one.own]
    if not own or not rest:
        return []
    seen: set[tuple[str, ...]] = set()
    here, there = _count(own, language, seen), _count(rest, language, seen)
    having = {reaches: _having([one.text for one in read if one.reaches is reaches]) for reaches in (True, False)}
    found = [
        Suggestion(term=term, language=language, inside=inside, outside=outside, z=round(z, 4))
        for gram, z in _log_odds(here.tokens, there.tokens)
        if z >= SURE and _leads(here.articles[gram] / len(own), there.articles[gram] / len(rest))
        if here.articles[gram] >= max(LEAST_ARTICLES, MORE * there.articles[gram])
        for inside, outside in [(having[True][gram], having[False][gram])]
        if inside >= MORE * outside
        for term in [_commonest(here.written[gram])]
        if not matcher.holds_word_of(section, term, gram, language)
    ]
    found.sort(key=lambda item: (-item.z, item.term))
    return _without_parts(found)


def _leads(inside: float, outside: float) -> bool:
    """Whether a share is so many times another; what is as common in the rest of the day sets nothing apart."""
    return inside >= OFTENER * outside


def _count(texts: Iterable[Text], language: str, told: set[tuple[str, ...]]) -> _Counts:
    """Count the sentences that were not told before: a text that five outlets reprint is one text."""
    stops = stop_words(language)
    tokens: Counter[Gram] = Counter()
    articles: Counter[Gram] = Counter()
    written: defaultdict[Gram, Counter[str]] = defaultdict(Counter)
    for text in texts:
        seen = set()
        for sentence in text.sentences:
            if sentence.words in told:
                continue
            told.add(sentence.words)
            for gram, form in _grams(sentence, stops):
                tokens[gram] += 1
                written[gram][form] += 1
                seen.add(gram)
        articles.update(seen)
    return _Counts(tokens, articles, written)


def _having(texts: Iterable[Text]) -> Counter[Gram]:
    """Return how many of the articles have each word or pair of words where a term would find it: by its stems."""
    found: Counter[Gram] = Counter()
    for text in texts:
        rows = (text.title_stems, *(sentence.stems for sentence in text.sentences))
        found.update({gram for row in rows for gram in (*((stem,) for stem in row), *pairwise(row))})
    return found


def _grams(sentence: Sentence, stops: frozenset[str]) -> Iterator[tuple[Gram, str]]:
    """Yield words that carry meaning, and pairs of them in a row, with the form in which they are written."""
    telling = [len(word) > 1 and not word[0].isdigit() and word not in stops for word in sentence.words]
    for place, (word, stem) in enumerate(zip(sentence.words, sentence.stems, strict=True)):
        if telling[place]:
            yield (stem,), word
            if place + 1 < len(telling) and telling[place + 1]:
                yield (stem, sentence.stems[place + 1]), f"{word} {sentence.words[place + 1]}"


def _log_odds(here: Counter[Gram], there: Counter[Gram]) -> Iterator[tuple[Gram, float]]:
    inside, outside = sum(here.values()), sum(there.values())
    prior = PRIOR * (inside + outside)
    for gram, count in here.items():
        own = PRIOR * (count + there[gram])
        yours, theirs = count + own, there[gram] + own
        difference = math.log(yours / (inside + prior - yours)) - math.log(theirs / (outside + prior - theirs))
        yield gram, difference / math.sqrt(1 / yours + 1 / theirs)


def _commonest(forms: Counter[str]) -> str:
    return min(forms, key=lambda form: (-forms[form], form))


def _without_parts(found: Sequence[Suggestion]) -> list[Suggestion]:
    """Drop a word that stands in the section only within a phrase already proposed, and the other way round."""
    kept: list[Suggestion] = []
    for suggestion in found:
        row = set(suggestion.term.split())
        twins = (other for other in kept if other.inside == suggestion.inside and other.outside == suggestion.outside)
        if not any(row <= set(other.term.split()) or set(other.term.split()) <= row for other in twins):
            kept.append(suggestion)
    return kept
