"""Figures as sentences tell them: an amount, what is counted, what befell it, since when, on which day."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING

from briefing.figures.asides import is_aside
from briefing.figures.attribution import attribution, speaks
from briefing.figures.classes import BEFALLS, OVER_TIME
from briefing.figures.counting import Counting, Span
from briefing.figures.places import places_of
from briefing.figures.words import Word, happenings, times, weekdays, words_of
from briefing.languages import language_data
from briefing.models import Quotability
from briefing.text import Quantity, amount_words, quantities, reads_numbers

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from briefing.models import Ranked, Sentence

_COMMA = re.compile(r"[,،;](?=\s)|\s[–—]\s")
_DIGIT = re.compile(r"\d")
_YEAR = re.compile(r"(?:19|20)\d\d")


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """A figure in a sentence; places count within the sentence."""

    ranked: Ranked
    sentence: Sentence
    quantity: Quantity
    span: Span
    """The amount with what is counted."""
    thing: str
    happening: str
    scope: frozenset[str]
    """Words for the time that it runs over; empty for the event itself."""
    days: frozenset[int]
    """Days of the week named beside it, Monday is 0."""
    told_by: Span | None
    """Who gave it, in the sentence's own words."""
    words: tuple[Word, ...]
    """Those of the sentence, without those that say who gave it."""
    elsewhere: tuple[Span, ...]
    """Names of other places than its own."""
    aside: bool
    """Whether it is no count of the event by itself: a part, of another time, of what followed."""
    several: bool
    """Whether it is of several places at once."""
    beside: tuple[float, ...]
    """The other numbers of the sentence that count the same, or stand alone."""


def mentions_of(ranked: Ranked) -> Iterator[Mention]:
    """Yield the figures that an article tells."""
    for sentence in ranked.text.sentences:
        if _may_count(sentence):
            yield from _in_sentence(ranked, sentence)


def _may_count(sentence: Sentence) -> bool:
    """Tell at little cost whether a sentence can hold a number and something that befell what it counts, these days."""
    language = sentence.language
    if sentence.quotability is Quotability.CHRONICLE:
        return False
    if not reads_numbers(language) or _happening_words(language).isdisjoint(sentence.words):
        return False
    if not language_data(language).figures.denials.isdisjoint(sentence.words):
        return False
    return _DIGIT.search(sentence.text) is not None or not amount_words(language).isdisjoint(sentence.words)


@cache
def _happening_words(language: str) -> frozenset[str]:
    """Return words for happenings as sentences have them, accents and all."""
    known = language_data(language).figures
    return frozenset().union(happenings(language), known.toll, *known.happenings.values())


def _in_sentence(ranked: Ranked, sentence: Sentence) -> Iterator[Mention]:
    found = quantities(sentence.text, sentence.language)
    words = words_of(sentence.text) if found else ()
    starts = (0, *(quantity.end for quantity in found))
    ends = (*(quantity.start for quantity in found[1:]), len(sentence.text))
    countings = [
        Counting(sentence.text, sentence.language, words, quantity, Span(start, end))
        for quantity, start, end in zip(found, starts, ends, strict=False)
    ]
    bare = [counting.quantity for counting in countings if counting.is_bare()]
    told = [mention for each in countings if (mention := _mention(ranked, sentence, words, each)) is not None]
    for mention in told:
        beside = _beside(mention, told, bare)
        yield replace(mention, beside=beside, aside=mention.aside or _is_one_of(mention, told))


def _beside(mention: Mention, told: Sequence[Mention], bare: Sequence[Quantity]) -> tuple[float, ...]:
    """Return the other numbers of a sentence that count the same: those told of it, and those that stand alone."""
    same = [other.quantity for other in told if _kind(other) == _kind(mention)]
    other_kinds = [other.quantity for other in told if _kind(other) != _kind(mention)]
    others = [*same, *(quantity for quantity in bare if quantity not in same and quantity not in other_kinds)]
    return tuple(sorted(quantity.low for quantity in others if quantity is not mention.quantity))


def _is_one_of(mention: Mention, told: Sequence[Mention]) -> bool:
    """Tell whether a sentence counts the same once more, and more of it: then this is not all of it."""
    others = (other for other in told if _kind(other) == _kind(mention) and other.scope == mention.scope)
    return not mention.quantity.vague and any(other.quantity.low > mention.quantity.high for other in others)


def _kind(mention: Mention) -> tuple[str, str]:
    return mention.thing, mention.happening


def _mention(ranked: Ranked, sentence: Sentence, words: tuple[Word, ...], counting: Counting) -> Mention | None:
    text, language, quantity = sentence.text, sentence.language, counting.quantity
    counted = counting.counted()
    if counted is None or speaks(text, language, counted.span):
        return None
    happening = counted.happening or counting.happening(counted)
    if happening is None or counted.thing not in BEFALLS[happening] or counting.is_apart(counted.span):
        return None
    told_by = attribution(text, language, counted.span)
    places = places_of(text, language, counted.span, counting.room)
    own = tuple(word for word in words if told_by is None or not told_by[0] <= word.start < told_by[1])
    return Mention(
        ranked=ranked,
        sentence=sentence,
        quantity=quantity,
        span=counted.span,
        thing=counted.thing,
        happening=happening,
        scope=_scope(sentence, own, counted.span, happening),
        days=_days(own, language),
        told_by=None if told_by is None else Span(*told_by),
        words=own,
        aside=counting.is_part(counted)
        or is_aside(text, language, Span(quantity.start, quantity.end), counted.span, happening=happening),
        elsewhere=places.others,
        several=places.several,
        beside=(),
    )


def _scope(sentence: Sentence, words: Sequence[Word], span: Span, happening: str) -> frozenset[str]:
    """Return what says that a figure runs over a longer time: the cue, and the times that are named with it.

    A cue counts that stands before the figure or in the same part between commas: "the worst since May" is no scope.
    What money is lost over is named without a cue, too: in the third quarter.
    """
    language = sentence.language
    comma = _COMMA.search(sentence.text, span.end)
    cue = _since(language).search(sentence.text, 0, comma.start() if comma else len(sentence.text))
    if cue is None and happening not in OVER_TIME:
        return frozenset()
    known = times(language)
    named = {known[word.key] for word in words if word.key in known}
    years = {word.key for word in words if _YEAR.fullmatch(word.key)}
    return frozenset({*(["since"] if cue else []), *named, *years})


@cache
def _since(language: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(language_data(language).figures.since)})\b", re.IGNORECASE)


def _days(words: Sequence[Word], language: str) -> frozenset[int]:
    days = weekdays(language)
    return frozenset(days[word.key] for word in words if word.key in days)
