"""Numeric claims as sentences make them: an amount, what is counted, what happened to it, since when, on which day."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from briefing.figures.lexicon import lexicon, words_of
from briefing.figures.qualifiers import attribution, counts_speakers, is_subordinate, places_of
from briefing.figures.quantified import Amount, Span
from briefing.models import Quotability
from briefing.text import amount_words, quantities, reads_numbers

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from briefing.figures.lexicon import Lexicon, Word
    from briefing.models import Ranked, Sentence
    from briefing.text import Quantity

MOST_AMOUNTS = 30
"""Amounts of a sentence from which it is a table or a list, and claims nothing; the longest of news had 28."""
_COMMA = re.compile(r"[,،;](?=\s)|\s[–—]\s")
_DIGIT = re.compile(r"\d")
_YEAR = re.compile(r"(?:19|20)\d\d")


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """A figure in a sentence; places count within the sentence."""

    ranked: Ranked
    sentence: Sentence
    lexicon: Lexicon
    """That of the sentence's language."""
    quantity: Quantity
    span: Span
    """The amount with what is counted."""
    counted: str
    """The class of what is counted."""
    happening: str
    """The class of what happened to it."""
    scope: frozenset[str]
    """Words for the time that it runs over; empty for the event itself."""
    days: frozenset[int]
    """Days of the week named beside it, Monday is 0."""
    told_by: Span | None
    """Who gave it, in the sentence's own words."""
    words: tuple[Word, ...]
    """Those of the sentence, without those that say who gave it."""
    other_places: tuple[Span, ...]
    """Names of other places than its own."""
    subordinate: bool
    """Whether it is no count of the event by itself: a part, of another time, of what followed."""
    several: bool
    """Whether it is of several places at once."""
    beside: tuple[float, ...] = ()
    """The other numbers of the sentence that count the same, or stand alone."""

    @property
    def kind(self) -> tuple[str, str]:
        """What is counted, and what happened to it."""
        return self.counted, self.happening


def mentions_of(ranked: Ranked, packs: tuple[str, ...] = ()) -> Iterator[Mention]:
    """Yield the figures of an article in order."""
    for sentence in ranked.text.sentences:
        yield from _in_sentence(ranked, sentence, packs)


def _in_sentence(ranked: Ranked, sentence: Sentence, packs: tuple[str, ...]) -> Iterator[Mention]:
    if sentence.quotability is Quotability.CHRONICLE or not reads_numbers(sentence.language):
        return
    text, known = sentence.text, lexicon(sentence.language, packs)
    found = quantities(text, known.language) if _may_claim(sentence, known) else ()
    if not 0 < len(found) <= MOST_AMOUNTS:
        return
    words = words_of(text)
    starts = (0, *(quantity.end for quantity in found))
    ends = (*(quantity.start for quantity in found[1:]), len(text))
    amounts = [
        Amount(text, known, words, quantity, Span(start, end))
        for quantity, start, end in zip(found, starts, ends, strict=False)
    ]
    bare = [amount.quantity for amount in amounts if amount.is_bare()]
    told = [mention for each in amounts if (mention := _mention(ranked, sentence, words, known, each)) is not None]
    for mention in told:
        more = mention.subordinate or _is_one_of(mention, told)
        yield replace(mention, beside=_beside(mention, told, bare), subordinate=more)


def _may_claim(sentence: Sentence, known: Lexicon) -> bool:
    """Tell at little cost whether a sentence can hold a number and something that happened to what it counts."""
    if known.cues.isdisjoint(sentence.words) or not known.figures.denials.isdisjoint(sentence.words):
        return False
    return _DIGIT.search(sentence.text) is not None or not amount_words(sentence.language).isdisjoint(sentence.words)


def _mention(
    ranked: Ranked, sentence: Sentence, words: tuple[Word, ...], known: Lexicon, amount: Amount
) -> Mention | None:
    text, quantity = sentence.text, amount.quantity
    counted = amount.counted()
    if counted is None or counts_speakers(text, known, counted.span):
        return None
    happening = counted.happening or amount.happening(counted)
    if happening is None or not known.affects(happening, counted.thing) or amount.is_apart(counted.span):
        return None
    told_by = attribution(text, known, counted.span)
    places = places_of(text, known, counted.span, amount.room)
    own = tuple(word for word in words if told_by is None or not told_by.start <= word.start < told_by.end)
    number = Span(quantity.start, quantity.end)
    return Mention(
        ranked=ranked,
        sentence=sentence,
        lexicon=known,
        quantity=quantity,
        span=counted.span,
        counted=counted.thing,
        happening=happening,
        scope=_scope(text, known, own, counted.span, happening),
        days=frozenset(known.weekdays[word.key] for word in own if word.key in known.weekdays),
        told_by=told_by,
        words=own,
        other_places=places.others,
        subordinate=amount.is_part(counted) or is_subordinate(text, known, number, counted.span, happening=happening),
        several=places.several,
    )


def _scope(text: str, known: Lexicon, words: Sequence[Word], span: Span, happening: str) -> frozenset[str]:
    """Return what says that a figure runs over a longer time: the cue, and the times that are named with it.

    A cue counts that stands before the figure or in the same part between commas: "the worst since May" is no scope.
    What money is lost over is named without a cue, too: in the third quarter.
    """
    comma = _COMMA.search(text, span.end)
    cue = known.pattern("since").search(text, 0, comma.start() if comma else len(text))
    if cue is None and happening not in known.shared.cumulative:
        return frozenset()
    named = {known.times[word.key] for word in words if word.key in known.times}
    years = {word.key for word in words if _YEAR.fullmatch(word.key)}
    return frozenset({*(["since"] if cue else []), *named, *years})


def _beside(mention: Mention, told: Sequence[Mention], bare: Sequence[Quantity]) -> tuple[float, ...]:
    """Return the other numbers of a sentence that count the same: those told of it, and those that stand alone."""
    same = [other.quantity for other in told if other.kind == mention.kind]
    other_kinds = [other.quantity for other in told if other.kind != mention.kind]
    others = [*same, *(quantity for quantity in bare if quantity not in same and quantity not in other_kinds)]
    return tuple(sorted(quantity.low for quantity in others if quantity is not mention.quantity))


def _is_one_of(mention: Mention, told: Sequence[Mention]) -> bool:
    """Tell whether a sentence counts the same once more, and more of it: then this is not all of it."""
    others = (other for other in told if other.kind == mention.kind and other.scope == mention.scope)
    return not mention.quantity.vague and any(other.quantity.low > mention.quantity.high for other in others)
