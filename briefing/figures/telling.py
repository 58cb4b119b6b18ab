"""The figures of a day, each with what it is compared by."""

from __future__ import annotations

from collections import defaultdict
from functools import cache
from typing import TYPE_CHECKING

from briefing.figures.comparing import Told
from briefing.figures.mentions import mentions_of
from briefing.figures.naming import Names, bare, capitals_tell
from briefing.figures.words import happenings, things, weekdays
from briefing.text import fold, stem, stop_words

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from briefing.figures.mentions import Mention
    from briefing.models import Ranked

OPENING = 6
"""Sentences with which an article tells what it is about."""
FEW = 0.25
"""Share of the day's articles that tell anything of a kind from which the kind is not rare at all."""


def told_by(
    ranked: Sequence[Ranked], story_of: Mapping[str, str], *, aliases: Mapping[str, object]
) -> tuple[Told, ...]:
    """Return every figure of the articles, in their order; `story_of` gives the story of an article by its id."""
    mentions = [mention for one in ranked for mention in mentions_of(one)]
    names = _names(mentions, Names(aliases))
    rarity = _rarity(mentions, len(ranked))
    first = _firsts(mentions)
    return tuple(
        Told(
            mention=mention,
            names=named,
            content=_content(mention, named),
            story=story_of[mention.ranked.article.id],
            rarity=rarity[mention.happening],
            first=place in first,
        )
        for place, (mention, named) in enumerate(zip(mentions, names, strict=True))
    )


def _names(mentions: Sequence[Mention], naming: Names) -> list[dict[str, str]]:
    """Return the names beside each figure; where capitals do not tell, those that are names elsewhere on the day."""
    found = [naming.of(mention) for mention in mentions]
    sure = [capitals_tell(mention) for mention in mentions]
    known = {name for names, tells in zip(found, sure, strict=True) if tells for name in names} | naming.known
    return [
        names if tells else {key: name for key, name in names.items() if key in known}
        for names, tells in zip(found, sure, strict=True)
    ]


def _rarity(mentions: Sequence[Mention], articles: int) -> dict[str, float]:
    """Return how rare it is that an article tells a figure of a kind, 0 to 1."""
    tellers: defaultdict[str, set[str]] = defaultdict(set)
    for mention in mentions:
        if not mention.aside:
            tellers[mention.happening].add(mention.ranked.article.id)
    kinds = {mention.happening for mention in mentions}
    return {kind: max(0.0, 1 - len(tellers[kind]) / (FEW * articles)) for kind in sorted(kinds)}


def _firsts(mentions: Sequence[Mention]) -> set[int]:
    """Return the places of each article's first figure of each kind, where it opens the article.

    Figures that run over a longer time do not count; what comes late is of something else, or of a part of it.
    """
    first: dict[tuple[str, str, str], int] = {}
    for place, mention in enumerate(mentions):
        if not mention.scope and not mention.aside:
            first.setdefault((mention.ranked.article.id, mention.happening, mention.thing), place)
    return {place for place in first.values() if _opens(mentions[place])}


def _opens(mention: Mention) -> bool:
    return mention.sentence in mention.ranked.text.sentences[:OPENING]


def _content(mention: Mention, names: Mapping[str, str]) -> frozenset[str]:
    """Return the stems of what a sentence says beside the figure: no names, numbers, days nor common words."""
    text, language = mention.sentence.text, mention.sentence.language
    skipped = _told_apart(language)
    return frozenset(
        stem(text[word.start : word.end].casefold(), language)
        for word in mention.words
        if word.key not in skipped and bare(word.key) not in names and not word.key[0].isdigit()
    )


@cache
def _told_apart(language: str) -> frozenset[str]:
    """Return words that are compared in other ways, or are too common to tell."""
    days, classes = weekdays(language).keys(), things(language).keys() | happenings(language).keys()
    return frozenset(days | classes | set(map(fold, stop_words(language))))
