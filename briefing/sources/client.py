"""Asking over HTTP with manners, for every source of a pass at once.

One request at a time to each registrable domain, with a pause between two; what a domain asked for (Retry-After,
robots.txt) holds for all of its addresses. What each answer means is decided in `manners`; here it is done.
"""

from __future__ import annotations

import threading
from collections import defaultdict
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from hashlib import sha256
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from briefing.errors import SourceError
from briefing.sources.addresses import host_of, site_of
from briefing.sources.entries import Answer
from briefing.sources.guard import checked_url
from briefing.sources.http import BOUNDS, Bounds, Request, exchange
from briefing.sources.manners import (
    DELAYS,
    LONGEST_DELAY,
    RETRY_SECONDS,
    Decision,
    UrlState,
    ask,
    backed_off,
    decide,
    is_due,
    limited,
    memo_of,
    retry_after,
    state_of,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from briefing.config import WebSource
    from briefing.sources.entries import Purpose
    from briefing.sources.guard import Net

ROBOTS_KEPT = timedelta(days=1)
ROBOTS_BOUNDS = Bounds(size=500_000, seconds=10)
ACCEPT = {
    "feed": "application/atom+xml, application/rss+xml, application/feed+json, application/xml;q=0.9, */*;q=0.5",
    "front": "text/html, application/xhtml+xml, application/xml;q=0.9, */*;q=0.5",
    "page": "text/html, application/xhtml+xml, */*;q=0.5",
}
NO_TIME = "the pass ended before its turn"

Memos = dict[tuple[str, str], dict[str, Any]]
"""What is to be remembered, by kind (`url`, `domain`, `robots`) and key."""


@dataclass(slots=True)
class Record:
    """What was asked for one source in a pass, and what is to be remembered of it."""

    fresh: bool = False
    """Nothing was ever collected of the source: then what is known of its address from another one does not count."""
    memos: Memos = field(default_factory=dict)
    lines: list[dict[str, Any]] = field(default_factory=list)
    main: Answer | None = None
    """The answer to the first request: that to the source's own address."""
    decision: Decision | None = None
    """What that answer means."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """How a pass asks."""

    now: datetime
    deadline: float
    """By the network's monotonic clock."""
    agent: str
    every: timedelta
    proxy: Callable[[str], str | None]
    """The proxy for an address, where its source names none."""
    pressing: bool = False


class Client:
    """What all requests of a pass share; its methods are called from many threads."""

    def __init__(self, net: Net, terms: Terms, memos: Mapping[str, Mapping[str, Mapping[str, Any]]]) -> None:
        self._net, self._terms = net, terms
        self._urls = {key: state_of(memo) for key, memo in memos["url"].items()}
        self._holds = {key: datetime.fromisoformat(memo["until"]) for key, memo in memos["domain"].items()}
        self._robots: dict[str, Mapping[str, Any]] = dict(memos["robots"])
        self._locks: dict[str, threading.Lock] = defaultdict(threading.Lock)
        self._making = threading.Lock()
        self._last: dict[str, float] = {}

    def is_due(self, url: str) -> bool:
        """Tell whether an address is asked in this pass."""
        state = self._urls.get(url) or UrlState(url=url)
        return self.held_until(url) is None and is_due(state, self._terms.now, pressing=self._terms.pressing)

    def held_until(self, url: str) -> datetime | None:
        """Return until when its domain asked not to be asked; None where it did not."""
        until = self._holds.get(_domain(url))
        return until if until is not None and self._terms.now < until else None

    def get(
        self, source: WebSource, url: str, purpose: Purpose, record: Record, *, ttl: timedelta | None = None
    ) -> Answer:
        """Ask for an address within manners; never raises. What is to be remembered goes to the `record`."""
        try:
            url = checked_url(url)
        except SourceError as error:
            return Answer(asked=url, url=url, reason=error.reason)
        until = self.held_until(url)
        if until is not None:
            return Answer(asked=url, url=url, reason=f"its domain asked for patience until {until:%H:%M} UTC")
        if purpose != "feed" and source.robots == "obey" and (refusal := self._refused(source, url, record)):
            return Answer(asked=url, url=url, reason=refusal)
        if purpose == "page":
            answer = self._exchange(source, url, purpose, {}, record)
            wait = retry_after(answer.headers, self._terms.now)
            if answer.status in (429, 503) and wait is not None:
                self._hold(url, self._terms.now + wait, record)
            return answer
        return self._known(source, url, purpose, record, ttl)

    def _known(self, source: WebSource, url: str, purpose: Purpose, record: Record, ttl: timedelta | None) -> Answer:
        """Ask for an address of which something is known, and once more where that is called for."""
        terms, state = self._terms, self._urls.get(url) or UrlState(url=url)
        if record.fresh:
            state = replace(state, etag=None, modified=None, sha256="", full_at=None)
        sent = ask(state, terms.now)
        answer = self._exchange(source, url, purpose, sent, record)
        decision = decide(state, answer, terms.now, sent=sent, every=terms.every, ttl=ttl)
        if decision.again is not None and self._left() > RETRY_SECONDS:
            if decision.again == "later":
                self._net.sleep(RETRY_SECONDS)
            once_more = self._exchange(source, url, purpose, {"Cache-Control": "no-cache"}, record)
            answer, decision = once_more, decide(state, once_more, terms.now, sent={}, every=terms.every, ttl=ttl)
        self.remember(decision, record)
        if record.main is None:
            record.main, record.decision = answer, decision
        if decision.verdict == "unchanged":
            return replace(answer, status=304, content=b"")
        return replace(answer, reason=decision.reason, status=answer.status if answer.status != 304 else 0)

    def remember(self, decision: Decision, record: Record) -> None:
        """Put down what an answer means."""
        self._urls[decision.state.url] = decision.state
        record.memos["url", decision.state.url] = memo_of(decision.state)
        if decision.hold is not None:
            self._hold(decision.state.url, decision.hold, record)

    def limit(self, record: Record) -> None:
        """Take the refusal of a record for a limit of its domain."""
        if record.decision is not None:
            self.remember(limited(record.decision, self._terms.now), record)

    def disbelieve(self, record: Record) -> None:
        """Take an answer that was no feed, no sitemap for a failure: the same again is no news of "nothing changed"."""
        if record.decision is not None and record.decision.verdict != "failed":
            state, now = record.decision.state, self._terms.now
            failures = state.failures + 1
            bare = replace(state, etag=None, modified=None, sha256="", full_at=None, failures=failures)
            state = replace(bare, next_at=now + backed_off(failures))
            self.remember(Decision(state=state, verdict="failed"), record)

    def _hold(self, url: str, until: datetime, record: Record) -> None:
        self._holds[_domain(url)] = until
        record.memos["domain", _domain(url)] = {"until": until.isoformat()}

    def _left(self) -> float:
        return self._terms.deadline - self._net.monotonic()

    def _exchange(
        self, source: WebSource, url: str, purpose: Purpose | str, headers: Mapping[str, str], record: Record
    ) -> Answer:
        """Ask when the domain's turn has come, and put down what was answered."""
        lock = self._lock(_domain(url))
        if not lock.acquire(timeout=max(0.0, self._left())):
            return Answer(asked=url, url=url, reason=NO_TIME)
        try:
            self._wait(url, purpose)
            bounds = BOUNDS.get(purpose, ROBOTS_BOUNDS)
            if self._left() <= 0:
                return Answer(asked=url, url=url, reason=NO_TIME)
            own = urlsplit(url)[:2] == urlsplit(source.address)[:2]
            request = Request(
                url=url,
                agent=self._agent(source),
                bounds=replace(bounds, seconds=min(bounds.seconds, self._left())),
                headers={"Accept": ACCEPT.get(purpose, "*/*"), **headers},
                secrets={name: secret.reveal() for name, secret in source.headers.items()} if own else {},
                proxy=source.proxy or self._terms.proxy(url),
                ca_file=source.ca_file,
                unverified=site_of(source.address) if source.tls == "unverified" else "",
                allow_private=source.allow_private,
            )
            answer = exchange(request, self._net)
        finally:
            self._last[_domain(url)] = self._net.monotonic()
            lock.release()
        record.lines.append(_line(source.label, answer, self._terms.now))
        return answer

    def _agent(self, source: WebSource) -> str:
        return source.agent or self._terms.agent

    def _lock(self, domain: str) -> threading.Lock:
        with self._making:
            return self._locks[domain]

    def _wait(self, url: str, purpose: str) -> None:
        """Let the pause go by that a domain is given between two requests."""
        last = self._last.get(_domain(url))
        if last is None:
            return
        asked = (self._robots.get(_origin(url)) or {}).get("delay") or 0.0
        pause = max(DELAYS.get(purpose, 1.0), min(float(asked), LONGEST_DELAY)) - (self._net.monotonic() - last)
        if 0 < pause < self._left():
            self._net.sleep(pause)

    def _refused(self, source: WebSource, url: str, record: Record) -> str | None:
        """Return why robots.txt forbids an address, asking for it once a day; None where it does not."""
        from protego import Protego

        origin = _origin(url)
        memo = self._robots.get(origin)
        if memo is None or not timedelta(0) <= self._terms.now - datetime.fromisoformat(memo["at"]) < ROBOTS_KEPT:
            answer = self._exchange(source, f"{origin}/robots.txt", "robots", {}, record)
            if answer.reason is not None or answer.status >= 500:
                return "its robots.txt cannot be read now"
            text = answer.content.decode("utf-8", "replace") if answer.status == 200 else ""
            delay = Protego.parse(text).crawl_delay(self._agent(source))
            memo = {"at": self._terms.now.isoformat(), "text": text, "delay": delay}
            self._robots[origin] = memo
            record.memos["robots", origin] = dict(memo)
        allowed = Protego.parse(memo["text"]).can_fetch(url, self._agent(source))
        return None if allowed else "its robots.txt forbids it (`robots: ignore` asks all the same)"


def _domain(url: str) -> str:
    return site_of(url) or host_of(url)


def _origin(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"


def _line(source: str, answer: Answer, now: datetime) -> dict[str, Any]:
    """Return the line that `fetches/` has of a request; nothing secret is in an answer."""
    headers = answer.headers
    told = {
        "at": now.isoformat(),
        "source": source,
        "asked": answer.asked,
        "answered": answer.url if answer.url != answer.asked else None,
        "hops": answer.hops,
        "status": answer.status,
        "type": answer.media_type,
        "charset": answer.charset,
        "etag": headers.get("etag"),
        "modified": headers.get("last-modified"),
        "bytes": len(answer.content),
        "sha256": sha256(answer.content).hexdigest() if answer.content else None,
        "ms": round(1_000 * answer.seconds),
        "reason": answer.reason,
    }
    return {name: value for name, value in told.items() if value not in (None, "", ())}
