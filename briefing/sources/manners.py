"""When a source is asked, with what, and what its answer means: decisions over values; no network, no clock, no store.

`ask` says what to send, `decide` what an answer means for the address, `void` whether a whole pass says something of
our own network and nothing of the sources.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields, replace
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from hashlib import sha256
from typing import TYPE_CHECKING, Any, Literal
from urllib.parse import urlsplit

from briefing.sources.addresses import site_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from briefing.sources.entries import Answer

LEAST, MOST = timedelta(minutes=15), timedelta(days=1)
"""The interval between two requests, whatever is asked for."""
UNCONDITIONAL = timedelta(days=1)
"""How long validators are believed without one request that has none: servers send the same ETag for new content."""
PRESSING = timedelta(minutes=10)
"""A copy this old may be renewed just before an edition, whatever its server says of how long it keeps."""
PRESSING_AGAIN = timedelta(minutes=1)
"""The same for what did not answer."""
BACK_OFF = timedelta(hours=1)
EARLY = 0.1
"""Share of an interval that a request may come early: passes do not begin to the second."""
RETRIED = (502, 503, 504)
RETRY_SECONDS = 20.0
LIMITED = (429,)
MOVED = (301, 308)
MOVED_TIMES, MOVED_FOR = 5, timedelta(days=7)
"""So often and so long must an address have moved for good before anybody is told to write the new one."""
DELAYS = {"feed": 1.0, "front": 2.0, "page": 2.0}
"""Seconds between two requests to a registrable domain."""
LONGEST_DELAY = 10.0
"""The longest Crawl-delay that is obeyed."""
FEWEST_DOMAINS = 3
"""From so many on, what all of them do is our network's."""
SAID = {
    401: "it asks for a password (401)",
    403: "it refuses to answer (403)",
    404: "it is not there (404)",
    410: "it is gone for good (410)",
    429: "it says that it is asked too often (429)",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class UrlState:
    """What is known of an address."""

    url: str
    etag: str | None = None
    modified: str | None = None
    """Last-Modified as it came."""
    sha256: str = ""
    """Of the last content."""
    asked_at: datetime | None = None
    full_at: datetime | None = None
    """When it was last asked without validators."""
    next_at: datetime | None = None
    failures: int = 0
    """Since the last answer."""
    trusted: bool = True
    """False where a 304 hid something: then no validators are sent."""
    moved_to: str | None = None
    """Where it leads, as long as every redirect on the way is one for good."""
    moved_at: datetime | None = None
    """Since when."""
    moved_times: int = 0


def memo_of(state: UrlState) -> dict[str, Any]:
    """Return what is known of an address as JSON values."""
    told = asdict(state)
    return {name: value.isoformat() if isinstance(value, datetime) else value for name, value in told.items()}


def state_of(memo: Mapping[str, Any]) -> UrlState:
    """Return what `memo_of` wrote down; what a later release added is passed over."""
    names = {one.name for one in fields(UrlState)} & memo.keys()
    moments = {name for name in names if name.endswith("_at") and memo[name]}
    told: dict[str, Any] = {n: datetime.fromisoformat(memo[n]) if n in moments else memo[n] for n in names}
    return UrlState(**told)


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What an answer means."""

    state: UrlState
    verdict: Literal["changed", "unchanged", "failed"]
    reason: str | None = None
    """In words, where it failed."""
    again: Literal["without cache", "later"] | None = None
    """To be asked once more in this pass: at once, or after RETRY_SECONDS."""
    hold: datetime | None = None
    """Until when nothing is asked of the whole registrable domain."""


def is_due(state: UrlState, now: datetime, *, pressing: bool = False) -> bool:
    """Tell whether an address is asked now; `pressing` is the pass before an edition."""
    if state.next_at is None or state.asked_at is None:
        return True
    if pressing:
        return now - state.asked_at >= (PRESSING_AGAIN if state.failures else PRESSING) or now < state.asked_at
    early = (state.next_at - state.asked_at) * EARLY
    return now >= state.next_at - early or now < state.asked_at  # the clock was set back


def ask(state: UrlState, now: datetime) -> dict[str, str]:
    """Return the validators to send, as they came; none where they are not believed or it is time to look."""
    is_old = state.full_at is None or not timedelta(0) <= now - state.full_at < UNCONDITIONAL
    if is_old or not state.trusted:
        return {}
    sent = {"If-None-Match": state.etag, "If-Modified-Since": state.modified}
    return {name: value for name, value in sent.items() if value}


def decide(
    state: UrlState, answer: Answer, now: datetime, *, sent: Mapping[str, str], every: timedelta, ttl: timedelta | None
) -> Decision:
    """Return what an answer to a request with these validators means; `ttl` is what the feed asks for itself."""
    asked = replace(state, asked_at=now)
    if answer.status == 304 and not sent:
        asked = replace(asked, failures=state.failures + 1, next_at=now + backed_off(state.failures + 1))
        told = "it says that nothing has changed since nothing (304 to a request without validators)"
        return Decision(state=asked, verdict="failed", reason=told, again="without cache")
    if answer.reason is not None or answer.status not in (200, 304):
        return _failed(asked, answer, now)
    pause = min(MOST, max(LEAST, every, ttl or LEAST, _keeps(answer.headers, now)))
    answered = _moved(replace(asked, failures=0, next_at=now + pause), answer, now)
    validators = _validators(answer.headers)
    if answer.status == 304:
        etag, modified = validators
        return Decision(
            state=replace(answered, etag=etag or state.etag, modified=modified or state.modified), verdict="unchanged"
        )
    digest = sha256(answer.content).hexdigest()
    same_claim = any(validators) and validators == (state.etag, state.modified)
    hidden = same_claim and not sent and bool(state.sha256) and digest != state.sha256
    fetched = replace(
        answered,
        etag=validators[0],
        modified=validators[1],
        sha256=digest,
        full_at=state.full_at if sent else now,
        trusted=state.trusted and not hidden,
    )
    return Decision(state=fetched, verdict="unchanged" if digest == state.sha256 else "changed")


def _failed(asked: UrlState, answer: Answer, now: datetime) -> Decision:
    failures = asked.failures + 1
    pause = MOST if answer.status == 410 else backed_off(failures)
    state = replace(asked, failures=failures, next_at=now + pause)
    wait = retry_after(answer.headers, now)
    reason = answer.reason or SAID.get(answer.status) or f"it answers {answer.status}"
    if answer.status in LIMITED or wait is not None:
        until = now + (wait if wait is not None else backed_off(failures))
        return Decision(state=replace(state, next_at=until), verdict="failed", reason=reason, hold=until)
    again = answer.status in RETRIED or (answer.status == 0 and (answer.reason or "").startswith("no connection"))
    return Decision(state=state, verdict="failed", reason=reason, again="later" if again else None)


def limited(decision: Decision, now: datetime) -> Decision:
    """Return the decision on a 403 of a domain that refuses several of our addresses at once: a limit, no refusal."""
    until = now + backed_off(decision.state.failures)
    return replace(decision, hold=until, reason=f"{decision.reason}, as all that is asked of its domain")


def backed_off(failures: int) -> timedelta:
    """Return the pause after so many failures: 1 h, doubling up to a day, and never the end."""
    return min(MOST, BACK_OFF * (1 << min(failures - 1, 10)))


def retry_after(headers: Mapping[str, str], now: datetime) -> timedelta | None:
    """Return how long Retry-After asks to wait, as seconds or as a date, a day at most; None where it does not say."""
    said = headers.get("retry-after", "").strip()
    if said.isdigit():
        return min(MOST, timedelta(seconds=int(said[:9])))
    moment = _moment(said)
    return None if moment is None else min(MOST, max(timedelta(0), moment - now))


def _keeps(headers: Mapping[str, str], now: datetime) -> timedelta:
    """Return how long an answer says that it may be kept."""
    for part in headers.get("cache-control", "").lower().split(","):
        name, _, value = part.strip().partition("=")
        if name == "max-age" and value.strip('"').isdigit():
            return min(MOST, timedelta(seconds=int(value.strip('"')[:9])))
    expires = _moment(headers.get("expires", ""))
    return timedelta(0) if expires is None else max(timedelta(0), min(MOST, expires - now))


def _validators(headers: Mapping[str, str]) -> tuple[str | None, str | None]:
    if headers.get("expires", "").strip() == "0" or "no-store" in headers.get("cache-control", "").lower():
        return None, None
    return headers.get("etag"), headers.get("last-modified")


def _moment(text: str) -> datetime | None:
    try:
        found = parsedate_to_datetime(text)
    except ValueError:
        return None
    return found.replace(tzinfo=found.tzinfo or UTC)


def _moved(state: UrlState, answer: Answer, now: datetime) -> UrlState:
    """Return the state with what its redirects say: one for good counts when it is seen again and again."""
    if not answer.hops or any(hop not in MOVED for hop in answer.hops):
        return replace(state, moved_to=None, moved_at=None, moved_times=0)
    if answer.url != state.moved_to:
        return replace(state, moved_to=answer.url, moved_at=now, moved_times=1)
    return replace(state, moved_times=state.moved_times + 1)


def has_moved(state: UrlState, now: datetime) -> bool:
    """Tell whether an address has moved for good, as far as can be told."""
    return state.moved_at is not None and state.moved_times >= MOVED_TIMES and now - state.moved_at >= MOVED_FOR


def void(failed: Iterable[Answer], *, answered: int) -> Literal["no network", "portal"] | None:
    """Return why a pass says nothing of the sources that failed in it; None where it does.

    Where nobody answered and every failure of three domains is ours, there is no network. Where three domains lead to
    one host of another domain and nothing usable is there, somebody stands in between: a hotel, an airport.
    """
    answers = list(failed)
    if answered == 0 and answers and all(answer.ours for answer in answers):
        domains = {site_of(answer.asked) for answer in answers}
        return "no network" if len(domains) >= FEWEST_DOMAINS else None
    led: dict[str, set[str]] = {}
    for answer in answers:
        asked, came = site_of(answer.asked), site_of(answer.url)
        if answer.hops and asked != came:
            led.setdefault(urlsplit(answer.url).hostname or "", set()).add(asked)
    return "portal" if any(len(domains) >= FEWEST_DOMAINS for domains in led.values()) else None
