"""What tells a user how to tune a section: terms to add, terms that match nothing or strangers, failed examples."""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from briefing.languages import language_data
from briefing.models import UNDETERMINED, Article, DecidingTerm, Paragraph, Sentence, Text
from briefing.text import UNSEEN, fold, frequency, likeliest, stems, stop_words, words
from briefing.themes.centroids import by_likeness
from briefing.themes.drafts import draft
from briefing.themes.lexicon import Demand
from briefing.themes.matching import Matcher
from briefing.themes.notation import with_paths
from briefing.themes.scoring import Verdict, judge, rarity, scan
from briefing.themes.wording import by_fields

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator, Sequence

    from briefing.config import SectionSettings
    from briefing.models import Ranked
    from briefing.themes.terms import Term, Theme, Themes

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
OWN_WORD = 0.05
"""Share of its term's frequency from which a word with the same stem is a word of its own, and no rare form."""
FAR_COMMONER = 8.0
"""How many times as common as its plural a singular may be: "well" is no singular of "wells"."""
FAR, FAR_AS_COMMON = 0.6, 0.5
"""In a language whose endings are not listed: share of a term's letters below which a word is another, where it is at
least so many times as common ("parte" and "partido"). Of terms in ten languages, four in a hundred meet such a word."""
MOST_STRANGERS = 3
"""Strangers of one term that are told."""
AROUND = 3
"""Words on each side of a stranger that are quoted."""
_FULL_STOP = re.compile(r"(?:(?<![.\s]\w)[.]|[。۔।])[\"'”’»)\]]*$")
"""The end of a sentence; "U.S." is none, nor is a mark that headlines have too."""

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
    texts = [ranked.text for ranked in day]
    drafts = [draft(text, scan(text, matcher), themes) for text in texts]
    rare = rarity(drafts)
    judged = [judge(text, item, themes, rare) for text, item in zip(texts, drafts, strict=True)]
    verdicts = by_likeness(by_fields(judged, texts, themes), texts, themes)
    reached = [any(v.section == section and v.reached for v in found) for found in verdicts]
    own = [any(v.section == section and v.makes_home for v in found) and _mainly(section, found) for found in verdicts]
    met = frozenset[int]().union(*(item.terms for item in drafts))
    by_language: defaultdict[str, list[_Seen]] = defaultdict(list)
    for text, reaches, is_own in zip(texts, reached, own, strict=True):
        by_language[text.language].append(_Seen(text=text, reaches=reaches, own=is_own))
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Stranger:
    """Another word that has the stem of a section's term and brings articles to the section."""

    term: str
    word: str
    example: str
    """The words around it where it stands first."""
    articles: int
    """Articles that reach the section and have such words where the term itself does not stand."""


def strangers(themes: Themes, day: Sequence[Ranked], reached: Container[tuple[str, str]]) -> dict[str, list[Stranger]]:
    """Return the strangers of terms of one plain word by section, of each term those in most articles first.

    `reached` holds (article id, section id). An article that has the term in a plain form too has no stranger.
    """
    met: defaultdict[tuple[int, str], list[str]] = defaultdict(list)
    for ranked in day:
        for number, found in _plainly_met(ranked.text, themes).items():
            term, section = themes.terms[number], themes.ids[themes.terms[number].section]
            if (ranked.article.id, section) in reached and all(
                _is_another(word, term.label.casefold(), ranked.text.language) for word in found
            ):
                for word, phrase in found.items():
                    met[number, word].append(phrase)
    told: defaultdict[str, list[Stranger]] = defaultdict(list)
    counts = Counter[int]()
    for (number, word), phrases in sorted(met.items(), key=lambda item: (item[0][0], -len(item[1]), item[0][1])):
        counts[number] += 1
        if counts[number] <= MOST_STRANGERS:
            term = themes.terms[number]
            stranger = Stranger(term=term.label, word=word, example=phrases[0], articles=len(phrases))
            told[themes.ids[term.section]].append(stranger)
    return told


def _plainly_met(text: Text, themes: Themes) -> dict[int, dict[str, str]]:
    """Return for each term of one plain word the words that meet it by their stems, with the phrase of the first."""
    table = themes.lexicon.by_stem.get(text.language, {})
    found: defaultdict[int, dict[str, str]] = defaultdict(dict)
    rows = [(text.article.title or "", text.title_words, text.title_stems)]
    rows += [(s.text, s.words, s.stems) for s in text.sentences if s.language == text.language]
    for written, row, row_stems in rows:
        for word, stem in zip(row, row_stems, strict=True):
            for pattern in table.get(stem, ()):
                if not pattern.admits(fold(word), text.language):
                    continue
                if len(pattern.tokens) == 1 and pattern.demand is Demand.ANY:
                    for number, _, _ in themes.uses.get(pattern.spelling, ()):
                        if word not in found[number] and _is_plain_word(themes.terms[number]):
                            found[number][word] = _phrase(written, word)
    return {number: words for number, words in found.items() if words}


def _is_plain_word(term: Term) -> bool:
    return not (term.against or term.is_open) and term.parts == 1 and term.label.isalpha()


def _phrase(written: str, word: str) -> str:
    near = rf"(?:\S+\s+){{0,{AROUND}}}\S*?(?<!\w){re.escape(word)}(?!\w)\S*(?:\s+\S+){{0,{AROUND}}}"
    found = re.search(near, written, re.IGNORECASE)
    return " ".join(found[0].split()) if found else word


def _is_another(word: str, term: str, language: str) -> bool:
    """Whether a word with a term's stem is evidently no form of it: neither by its ending nor by how common it is."""
    stemming = language_data(language).stemming
    if word == term:
        return False
    if not stemming.plural_endings:
        return _is_far(fold(word), fold(term)) and frequency(word, language) >= FAR_AS_COMMON * frequency(
            term, language
        )
    common = _shared(word, term)
    ending, other = word[common:], term[common:]
    likely = frequency(word, language) / frequency(term, language)
    if (ending in stemming.plural_endings and len(other) <= 1) or (other in stemming.plural_endings and not ending):
        return likely >= FAR_COMMONER
    regular = ending.removeprefix(term[-1]) in stemming.inflections or ending in stemming.inflections
    return not (regular and len(other) <= 1) and frequency(word, language) > UNSEEN and likely >= OWN_WORD


def _is_far(word: str, term: str) -> bool:
    """Whether a word begins like a term and shares so little of it that a stemmer must have cut into its root."""
    return 2 <= _shared(word, term) < FAR * len(term)


def _shared(one: str, other: str) -> int:
    """Return how many letters two words have in common from their beginning."""
    shorter = min(len(one), len(other))
    return next((place for place in range(shorter) if one[place] != other[place]), shorter)


def _mainly(section: str, verdicts: Sequence[Verdict]) -> bool:
    """Whether no other section claims an article far more: the words of a mere visitor are those of its own section."""
    score = next(verdict.score for verdict in verdicts if verdict.section == section)
    return all(verdict.score <= FAR_MORE * score for verdict in verdicts)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Seen:
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


def _telling(read: Sequence[_Seen], language: str, matcher: Matcher, section: int) -> list[Suggestion]:
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


@dataclass(frozen=True, slots=True, kw_only=True)
class ExampleFailure:
    """An example that fell on the wrong side of its section's threshold."""

    section: str
    example: str
    expected: bool
    """True where it should reach the section, False where it should not."""
    score: float
    threshold: float
    best: float
    """How far it is about the section, 0 to 1."""
    terms: tuple[DecidingTerm, ...]
    """What decided, those that added most first; empty where no term of the section stands in it."""
    path: tuple[str | int, ...] = ()
    """Where it stands in config.yaml."""


def run_examples(sections: Sequence[SectionSettings], themes: Themes) -> tuple[ExampleFailure, ...]:
    """Return the examples that fail, in the order of the file; each is judged without a day around it.

    An example may be in any language in which the section has terms; where it is too short to tell which, the one in
    which it reaches the section is taken, or else the one that gives it the highest score.
    """
    matcher = Matcher(themes)
    return tuple(
        failure
        for theme, (section, here) in zip(themes.sections, with_paths(sections), strict=True)
        for key, examples in (("examples", section.examples), ("not_examples", section.not_examples))
        for place, example in enumerate(examples)
        for failure in _failures(example, theme, themes, matcher, (*here, key, place))
    )


def _failures(
    example: str, theme: Theme, themes: Themes, matcher: Matcher, path: tuple[str | int, ...]
) -> Iterator[ExampleFailure]:
    expected = path[-2] == "examples"
    verdict = _judged(example, theme, themes, matcher)
    if (verdict is not None and verdict.reached) != expected:
        yield ExampleFailure(
            section=theme.id,
            example=example,
            expected=expected,
            score=verdict.score if verdict else 0.0,
            threshold=theme.threshold,
            best=verdict.best if verdict else 0.0,
            terms=verdict.terms if verdict else (),
            path=path,
        )


def _judged(example: str, theme: Theme, themes: Themes, matcher: Matcher) -> Verdict | None:
    """Return the best verdict on an example over the section's languages, or None where no term stands in it."""
    language = likeliest(example, sorted(theme.languages))
    languages = [language] if language else sorted(theme.languages) or [UNDETERMINED]
    verdicts = (
        verdict
        for text in (_as_text(example, language) for language in languages)
        for verdict in judge(text, draft(text, scan(text, matcher), themes), themes, {})
        if verdict.section == theme.id
    )
    return max(verdicts, key=lambda verdict: (verdict.reached, verdict.score), default=None)


def _as_text(example: str, language: str) -> Text:
    """Return an example as a text of one sentence, or of a title alone."""
    row = words(example, language)
    row_stems = stems(row, language)
    if not _FULL_STOP.search(example):
        article = Article(id="", origin="", title=example, paragraphs=(), sha256="")
        return Text(article=article, language=language, sentences=(), title_words=row, title_stems=row_stems)
    article = Article(id="", origin="", title=None, paragraphs=(Paragraph(text=example),), sha256="")
    sentence = Sentence(
        text=example, paragraph=0, start=0, end=len(example), language=language, words=row, stems=row_stems
    )
    return Text(article=article, language=language, sentences=(sentence,), title_words=(), title_stems=())
