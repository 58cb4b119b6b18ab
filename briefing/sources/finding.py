"""Feeds found from the address of a page: is it one itself, what does it name, what lies where feeds usually lie.

What is asked goes through a function; nothing is found like this while a brief is made.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING
from urllib.parse import urljoin

from briefing.extract import moment_told
from briefing.sources.addresses import host_of, identity_url, site_of
from briefing.sources.feeds import feed_in
from briefing.sources.opml import Listed, why_refused
from briefing.sources.pages import links_in

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from briefing.extract import Feed
    from briefing.models import Moment
    from briefing.sources.entries import Answer

MOST_CANDIDATES = 12
SHOWN = 3
"""Titles of each."""
_TYPES = ("application/rss+xml", "application/atom+xml", "application/rdf+xml", "application/feed+json", "text/xml+rss")
_MAYBE = ("application/xml", "text/xml", "application/json")
_USUAL = ("feed/", "rss/", "rss.xml", "feed.xml", "atom.xml", "index.xml", "feed.json", "?feed=rss2")
_FEED_LIKE = re.compile(r"(?:^|[/.=_-])(?:rss2?|feeds?|atom|rdf)(?:[/.&?=_-]|$)", re.IGNORECASE)
_COMMENTS = re.compile(r"comment|kommentar|comentario|commento|коммент|تعليق|コメント|评论", re.IGNORECASE)
_LINK_HEADER = re.compile(r"<([^<>]*)>([^<]*)")


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundSource:
    """A feed, or where there is none a page with links to articles, and what it held last."""

    url: str
    kind: str = "feed"
    title: str | None = None
    last: tuple[tuple[str, Moment | None], ...] = ()
    """The newest titles, with their dates."""
    count: int = 0
    is_of_comments: bool = False


def ask_once(agent: str, *, allow_private: bool = False) -> Callable[[str], Answer]:
    """Return what asks for an address once, within the bounds of a feed."""
    from briefing.sources.guard import Net
    from briefing.sources.http import BOUNDS, Request, exchange

    net = Net()
    return lambda url: exchange(Request(url=url, agent=agent, bounds=BOUNDS["feed"], allow_private=allow_private), net)


def find(url: str, ask: Callable[[str], Answer]) -> tuple[tuple[FoundSource, ...], str | None]:
    """Return the feeds that an address leads to, those of comments last, and why there is none.

    Where a page has no feed and links to what looks like articles, it is itself the one source that is found.
    """
    answer = ask(url)
    if answer.reason is not None or answer.status != 200:
        return (), answer.reason or f"the server answered {answer.status}"
    if feed := _feed(answer):
        return (_found(answer, feed),), None
    named = _distinct(_named(answer))
    found = [*_asked(named, ask)] or [*_asked(_distinct(_usual(answer.url)), ask)]
    if found:
        return tuple(sorted(found, key=lambda one: one.is_of_comments)), None
    links = links_in(answer.content, base=answer.url, pattern=None)
    if not links:
        return (), "it is no feed, names none, and links to nothing that looks like an article"
    last = tuple((link.title or link.url, None) for link in links[:SHOWN])
    return (FoundSource(url=_lasting(answer), kind="page", title=None, last=last, count=len(links)),), None


def listed(found: FoundSource, *, allow_private: bool = False) -> Listed:
    """Return a source that was found as it is pasted, its last titles above it."""
    noun = "entries" if found.kind == "feed" else "links to articles; no feed was found"
    comments = [f"{found.title or host_of(found.url)}: {found.count} {noun}"]
    if found.is_of_comments:
        comments[0] = f"comments of readers, not articles: {comments[0]}"
    comments += [f"{_written(moment)} {title}" for title, moment in found.last]
    return Listed(
        url=found.url,
        kind=found.kind,
        name=found.title or host_of(found.url),
        comments=tuple(comments),
        settings=(("allow_private", "true"),) if allow_private else (),
        refused=why_refused(found.url),
    )


def _written(moment: Moment | None) -> str:
    if moment is None:
        return "undated:"
    return f"{moment:%Y-%m-%d %H:%M}" if isinstance(moment, datetime) else f"{moment}"


def _feed(answer: Answer) -> Feed | None:
    try:
        feed = feed_in(answer.content, charset=answer.charset)
    except ValueError:
        return None
    is_page = "html" in answer.media_type or answer.content[:200].lstrip().lower().startswith(
        (b"<!doctype html", b"<html")
    )
    return None if is_page and not feed.entries else feed


def _found(answer: Answer, feed: Feed) -> FoundSource:
    dated = [(entry, moment_told(entry.published, language=entry.language)) for entry in feed.entries]
    url = _lasting(answer)
    return FoundSource(
        url=url,
        title=" ".join((feed.title or "").split()) or None,
        last=tuple((" ".join((entry.title or "untitled").split()), moment) for entry, moment in dated[:SHOWN]),
        count=len(feed.entries),
        is_of_comments=bool(_COMMENTS.search(url) or _COMMENTS.search(feed.title or "")),
    )


def _lasting(answer: Answer) -> str:
    """Return the address that a source is best asked at: where it moved for good, the new one."""
    return answer.url if answer.hops and all(hop in (301, 308) for hop in answer.hops) else answer.asked


def _asked(candidates: list[str], ask: Callable[[str], Answer]) -> Iterator[FoundSource]:
    """Yield those of some addresses that are feeds, each once however many lead to it."""
    seen: set[tuple[str | None, tuple[str, ...]]] = set()
    for url in candidates[:MOST_CANDIDATES]:
        answer = ask(url)
        feed = _feed(answer) if answer.reason is None and answer.status == 200 else None
        if feed is None:
            continue
        found = _found(answer, feed)
        says = (found.title, tuple(title for title, _ in found.last))
        if says not in seen:
            seen.add(says)
            yield found


def _distinct(urls: Iterator[str]) -> list[str]:
    return list({identity_url(url): url for url in urls if host_of(url)}.values())


def _named(answer: Answer) -> Iterator[str]:
    """Yield the addresses that a page names: in a Link header, in its head, then in links that look like a feed's."""
    for target, parameters in _LINK_HEADER.findall(answer.headers.get("link", "")):
        if "alternate" in parameters and any(kind in parameters for kind in _TYPES):
            yield urljoin(answer.url, target)
    import lxml.html

    try:
        tree = lxml.html.document_fromstring(answer.content or b"<html/>")
    except (ValueError, lxml.etree.ParserError):
        return
    links = [(link, (link.get("rel") or "").lower().split()) for link in tree.iter("link")]
    for kinds in (_TYPES, _MAYBE):
        for link, relations in links:
            if {"alternate", "feed"} & {*relations} and (link.get("type") or "").split(";")[0].strip().lower() in kinds:
                yield from _joined(answer.url, link.get("href"))
    for anchor in tree.iter("a"):
        for url in _joined(answer.url, anchor.get("href")):
            if _FEED_LIKE.search(url.partition("://")[2].partition("/")[2]) and site_of(url) == site_of(answer.url):
                yield url


def _joined(base: str, target: str | None) -> Iterator[str]:
    try:
        yield urljoin(base, (target or "").strip())
    except ValueError:
        return


def _usual(url: str) -> Iterator[str]:
    """Yield where feeds usually lie: below the page, and below the site."""
    below = url.partition("?")[0].partition("#")[0]
    for base in dict.fromkeys((below if below.endswith("/") else f"{below}/", urljoin(url, "/"))):
        yield from (urljoin(base, name) for name in (_USUAL[:2] if base != urljoin(url, "/") else _USUAL))
