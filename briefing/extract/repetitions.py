"""What a day's articles repeat of each other: lines that an outlet prints in all of them, one page saved twice."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from briefing.extract.sequence import key
from briefing.models import Problem, Removal

if TYPE_CHECKING:
    from collections.abc import Sequence

    from briefing.models import Article

FEWEST = 3
"""In how many of an outlet's articles a line stands before it is furniture."""
SHARE = 0.5
"""And in what part of them."""
_EDGE = 4
"""Furniture stands near the ends: among the first or last lines."""
_COMMON = 200
"""A line that stands in so many articles tells no copy of one from another."""
_TRACKING = ("utm_", "fbclid=", "gclid=", "xtor=", "ref=", "cmpid=")
_WORD = re.compile(r"\w+")
_REASON = "stands in many of the outlet's articles"


def without_repetitions(articles: Sequence[Article]) -> tuple[Article, ...]:
    """Return the articles in their order, without the lines that their outlet prints in many of them.

    Copies of one article count once, and an article without outlet is left as it is: what strangers share is news.
    """
    by_outlet: dict[str, list[Article]] = defaultdict(list)
    for article in articles:
        if article.outlet:
            by_outlet[article.outlet.casefold()].append(article)
    furniture = {outlet: _furniture(group) for outlet, group in by_outlet.items() if len(group) >= FEWEST}
    return tuple(
        _without(article, furniture.get((article.outlet or "").casefold(), frozenset())) for article in articles
    )


def in_newest_state(articles: Sequence[Article]) -> tuple[tuple[Article, ...], tuple[Problem, ...]]:
    """Return the articles without the earlier states of a page that was saved more than once, and Problems that tell.

    It is one page where the address, the outlet and much of the text are the same.
    """
    states: dict[tuple[str, str], list[Article]] = defaultdict(list)
    for article in articles:
        address = _page_address(article.url)
        if address:
            states[address, (article.outlet or "").casefold()].append(article)
    replaced: dict[str, Article] = {}
    for saved in states.values():
        order = sorted(saved, key=lambda article: (_changed(article), len(article.text), article.origin))
        for article in order[:-1]:
            if _shares_text(article, order[-1]):
                replaced[article.id] = order[-1]
    told = [
        Problem(origin=article.origin, stage="read", reason=f"replaced by a later state of its page, {newer.origin}")
        for article in articles
        if (newer := replaced.get(article.id)) is not None
    ]
    return tuple(article for article in articles if article.id not in replaced), tuple(told)


def _page_address(url: str | None) -> str | None:
    """Return the address of a page without what does not tell it from others; None for a site's first page."""
    if not url:
        return None
    parts = urlsplit(url)
    query = "&".join(part for part in parts.query.split("&") if part and not part.lower().startswith(_TRACKING))
    path = parts.path.rstrip("/")
    host = (parts.hostname or "").removeprefix("www.")
    return f"{host}{path}?{query}" if path or query else None


def _changed(article: Article) -> str:
    moments = [moment.isoformat() for moment in (article.modified, article.published) if moment is not None]
    return max(moments, default="")


def _shares_text(one: Article, other: Article) -> bool:
    """Return whether one of two articles says much of what the other says."""
    first, second = ({*_WORD.findall(article.text.casefold())} for article in (one, other))
    return 2 * len(first & second) >= min(len(first), len(second))


def _furniture(group: Sequence[Article]) -> frozenset[str]:
    """Return the keys of lines that stand near the ends of enough articles that otherwise differ."""
    different = _one_of_each(group)
    counts = Counter(line for article in different for line in _edges(article))
    return frozenset(line for line, count in counts.items() if count >= FEWEST and count >= SHARE * len(different))


def _one_of_each(group: Sequence[Article]) -> list[Article]:
    """Leave out articles that share half of their lines with one before."""
    chosen: list[tuple[Article, int]] = []
    standing: dict[str, list[int]] = defaultdict(list)
    for article in group:
        lines = {key(paragraph.text) for paragraph in article.paragraphs}
        shared = Counter(other for line in lines for other in standing.get(line, ()))
        if not any(2 * count >= min(len(lines), chosen[other][1]) for other, count in shared.items()):
            for line in lines:
                if len(standing[line]) < _COMMON:
                    standing[line].append(len(chosen))
            chosen.append((article, len(lines)))
    return [article for article, _ in chosen]


def _edges(article: Article) -> frozenset[str]:
    lines = [key(paragraph.text) for paragraph in article.paragraphs]
    return frozenset(line for line in (*lines[:_EDGE], *lines[-_EDGE:]) if line)


def _without(article: Article, furniture: frozenset[str]) -> Article:
    """Take the furniture out; an article that is nothing else stays whole."""
    if not furniture:
        return article
    edges = {*range(_EDGE), *range(len(article.paragraphs) - _EDGE, len(article.paragraphs))}
    out = {index for index, line in enumerate(article.paragraphs) if index in edges and key(line.text) in furniture}
    if not out or len(out) == len(article.paragraphs):
        return article
    return replace(
        article,
        paragraphs=tuple(line for index, line in enumerate(article.paragraphs) if index not in out),
        removed=(*article.removed, *(Removal(text=article.paragraphs[i].text, reason=_REASON) for i in sorted(out))),
    )
