"""A large day: its brief holds what it quotes or names, counts the rest, and has a list of all articles beside it."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime
from hashlib import sha256
from itertools import chain
from typing import TYPE_CHECKING

from briefing.compose.entries import moment, status_of
from briefing.edition import OutletCount, WholeDay, WholeSection, encodable, listing_of
from briefing.models import Problem, Status

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from briefing.compose.entries import Continued, Earlier
    from briefing.edition import StoryEntry
    from briefing.models import Difference, Moment, Story

HEADLINES = 60
"""Stories of a section that are printed by headline; paper prints fewer."""
ACCOUNTS = 24
"""Accounts of a story that are named."""
FIGURES, GIVEN, COPIES = 12, 8, 4
"""Figures that accounts give differently, accounts of each, and copies of an account, that are printed."""


def whole_section(stories: Collection[Story], *, untold: int) -> WholeSection:
    """Return what a section counts of `stories`, those of the sections under it among them."""
    return WholeSection(
        stories=len({story.id for story in stories}),
        articles=len({ranked.article.id for story in stories for ranked in story.articles}),
        untold=untold,
    )


def shortened(entry: StoryEntry) -> StoryEntry:
    """Return a story with the first of its accounts, and those that it quotes or compares; the others are counted."""
    used = {each.article for each in entry.sentences}
    used |= {name for change in entry.changes for name in (change.article, change.before_article)}
    also = tuple(name for place, name in enumerate(entry.also) if place < ACCOUNTS or name in used)
    of = {copy.article: copy.of for copy in entry.copies}

    def chain_of(name: str) -> Iterator[str]:
        """Yield an article and those that it was copied from, one from the other."""
        yield name
        while name in of:
            name = of[name]
            yield name

    *_, original = chain_of(entry.article)
    left = set(entry.also).difference(also)
    kept = {name for one in (entry.article, *also) for name in chain_of(one)}
    copies = sum(original in chain_of(name) for name in left)
    return replace(
        entry,
        also=also,
        copies=tuple(copy for copy in entry.copies if copy.article in kept),
        untold=len(left) - copies,
        untold_copies=copies,
    )


def fewer_accounts(difference: Difference) -> Difference:
    """Return what accounts count differently with the lowest and the highest of them."""
    accounts = difference.accounts
    if len(accounts) > GIVEN:
        named = [place for place, account in enumerate(accounts) if not account.vague]
        ends = {
            min(named, key=lambda place: accounts[place].low),
            max(named, key=lambda place: accounts[place].high),
            *range(GIVEN // 2 - 1),
            *range(len(accounts) - GIVEN // 2 + 1, len(accounts)),
        }
        accounts = tuple(accounts[place] for place in sorted(ends))
    return replace(difference, accounts=tuple(replace(account, copies=account.copies[:COPIES]) for account in accounts))


def fewer_figures(figures: Sequence[Difference], told: Collection[str]) -> tuple[Sequence[Difference], list[Problem]]:
    """Return the first figures that differ, and how many are left out; those of articles that are `told` go first."""
    first = sorted(figures, key=lambda one: not any(account.article.id in told for account in one.accounts))[:FIGURES]
    left = len(figures) - len(first)
    reason = f"{left} more that differ have no room in the brief of a large day"
    return first, [Problem(origin="figures", stage="compose", reason=reason, lost=False)] * bool(left)


def whole_day(
    stories: Sequence[Story],
    *,
    rest: WholeSection,
    numbers: Mapping[str, int],
    told: Collection[str],
    earlier: Earlier | None,
    continued: Continued | None,
) -> tuple[WholeDay, bytes]:
    """Return what a day counts, and the list of its articles: articles.jsonl.gz.

    `numbers` has the citation numbers of those in the brief by their ids, `told` the ids of stories in it.
    """
    ranked = [one for story in stories for one in story.articles]
    articles = [one.article for one in ranked]
    unlisted = Counter(article.outlet for article in articles if article.id not in numbers)
    statuses = [status_of(story, earlier, continued) for story in stories]
    listing, digest = listing_of(_rows(stories, numbers, told))
    return WholeDay(
        articles=len(articles),
        stories=len(stories),
        new=sum(status is Status.NEW for status in statuses) if any(statuses) else None,
        outlets=len({article.outlet for article in articles if article.outlet}),
        languages=dict(sorted(Counter(one.text.language for one in ranked).items())),
        published=tuple(_ends(article.published for article in articles)),
        rest=rest,
        unlisted=tuple(
            OutletCount(outlet=outlet, articles=count)
            for outlet, count in sorted(unlisted.items(), key=lambda item: (-item[1], item[0] or ""))
        ),
        sha256=digest,
    ), listing


def _ends(published: Iterable[Moment | None]) -> Iterator[Moment]:
    """Yield the first and the last of the moments, then of the plain days."""
    known = [each for each in published if each is not None]
    hours = [each.astimezone(UTC).replace(microsecond=0) for each in known if isinstance(each, datetime)]
    days = [each for each in known if not isinstance(each, datetime)]
    if hours:
        yield from {min(hours): None, max(hours): None}
    if days:
        yield from {min(days): None, max(days): None}


def _rows(stories: Iterable[Story], numbers: Mapping[str, int], told: Collection[str]) -> Iterator[dict[str, object]]:
    """Yield what is told of each article, in the order of their origins."""
    placed = chain.from_iterable(((one, story.id) for one in story.articles) for story in stories)
    for ranked, story in sorted(placed, key=lambda pair: (pair[0].article.origin, pair[0].article.id)):
        article, published = ranked.article, moment(ranked.article.published)
        row = {
            "id": article.id,
            "origin": article.origin,
            "title": article.title,
            "outlet": article.outlet,
            "url": article.url,
            "published": None if published is None else published.isoformat().replace("+00:00", "Z"),
            "language": ranked.text.language,
            "sha256": article.sha256,
            "text_sha256": sha256(encodable(article.text).encode()).hexdigest(),
            "identity": article.identity,
            "story": story,
            "status": "listed" if article.id in numbers else "story" if story in told else "counted",
            "number": numbers.get(article.id),
        }
        yield {name: encodable(value) if isinstance(value, str) else value for name, value in row.items()}
