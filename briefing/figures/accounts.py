"""A group of figures as it is told: one account for each outlet, from the lowest to the highest."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime
from itertools import combinations
from typing import TYPE_CHECKING

from briefing.figures.agreement import differ
from briefing.models import Account, Difference, Passage

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from briefing.figures.comparing import Told
    from briefing.figures.counting import Span
    from briefing.models import Article, Ranked

MOST_NAMES = 3
"""Names that are told over the accounts."""


def difference_of(group: Sequence[Told], copies: Mapping[str, Sequence[Ranked]], *, language: str) -> Difference | None:
    """Return a group of figures as a difference; None where only earlier figures of one outlet contradicted others.

    `copies` gives the copies of an article by its id.
    """
    told = _newest(group)
    if not any(differ(one.mention.quantity, other.mention.quantity) for one, other in combinations(told, 2)):
        return None
    latest = _latest(told)
    accounts = [account_of(one, copies.get(one.article, ()), latest=one is latest) for one in told]
    accounts.sort(key=lambda account: (account.vague, account.low, account.high, account.article.origin))
    return Difference(
        thing=told[0].mention.thing,
        happening=told[0].mention.happening,
        names=_names(told, language),
        accounts=tuple(accounts),
    )


def _newest(group: Sequence[Told]) -> list[Told]:
    """Return each outlet's last figure: what it counts anew brings its own figure up to date."""
    newest: dict[str, Told] = {}
    for one in sorted(group, key=lambda told: told.published or datetime.min.replace(tzinfo=UTC)):
        newest[one.mention.ranked.article.outlet or one.article] = one
    return [one for one in group if one in newest.values()]


def account_of(one: Told, copies: Sequence[Ranked], *, latest: bool) -> Account:
    """Return a figure as its article gives it."""
    mention, article = one.mention, one.mention.ranked.article
    sentence = mention.sentence
    figure = _passage(one, mention.span)
    return Account(
        article=article,
        figure=figure,
        sentence=Passage(text=sentence.text, start=sentence.start, end=sentence.end),
        told_by=None if mention.told_by is None else _passage(one, mention.told_by),
        language=sentence.language,
        low=mention.quantity.low,
        high=mention.quantity.high,
        hedge=mention.quantity.hedge.value,
        vague=mention.quantity.vague,
        copies=_repeating(figure.text, copies),
        latest=latest,
    )


def _passage(one: Told, span: Span) -> Passage:
    sentence = one.mention.sentence
    return Passage(
        text=sentence.text[span.start : span.end],
        start=sentence.start + span.start,
        end=sentence.start + span.end,
    )


def _repeating(words: str, copies: Sequence[Ranked]) -> tuple[Article, ...]:
    """Return the copies that still have the figure: one may have been cut."""
    return tuple(copy.article for copy in copies if words in copy.article.text)


def _latest(told: Sequence[Told]) -> Told | None:
    """Return what was published after all the others; None where that cannot be told."""
    times = [one.published for one in told]
    dated = [each for each in times if each is not None]
    if len(dated) < len(told) or dated.count(max(dated)) > 1:
        return None
    return told[dated.index(max(dated))]


def _names(told: Sequence[Told], language: str) -> tuple[str, ...]:
    """Return the names that most accounts share, at least two of them, as one in the brief's language writes them."""
    counts = Counter(name for one in told for name in one.names)
    shared = sorted((name for name in counts if counts[name] > 1), key=lambda name: (-counts[name], name))
    by_language = sorted(told, key=lambda one: one.mention.sentence.language != language)
    return tuple(next(one.names[name] for one in by_language if name in one.names) for name in shared[:MOST_NAMES])
