"""One pass over the sources: ask those that are due, keep what is new.

sources ─is due?─► Collector ─entries─► new states ─commit─► Store         eight sources at once, each committed whole

What fails is judged when the pass is over: where everything failed alike, it is our network that did, and nothing is
held against the sources.
"""

from __future__ import annotations

import importlib
from collections import Counter
from concurrent.futures import FIRST_COMPLETED, ThreadPoolExecutor, wait
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from hashlib import sha256
from typing import TYPE_CHECKING, Any, Literal

from briefing.edition import encodable
from briefing.errors import BriefingError, SourceError
from briefing.sources.addresses import site_of
from briefing.sources.client import NO_TIME, Client, Record, Terms
from briefing.sources.collectors import SOURCES
from briefing.sources.entries import Collected, Entry, Reach
from briefing.sources.feeds import plain
from briefing.sources.gate import Seen
from briefing.sources.guard import Watched
from briefing.sources.manners import EARLY, PRESSING, PRESSING_AGAIN, backed_off, void
from briefing.store import State

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from briefing.config import CollectedSource
    from briefing.extract import Extraction
    from briefing.models import Document
    from briefing.sources.guard import Net
    from briefing.store import Memo, Store

AT_ONCE = 8
PAGES_REMEMBERED = timedelta(days=30)
OLD = timedelta(hours=96)
"""How long before a pass something may be dated to be fetched, the first time that a source is asked."""
OUR_PAUSES = (5.0, 15.0, 30.0, 60.0)
"""Seconds after which a pass in which nobody could be reached is begun again."""
MOST_NEWS = 20
"""Moments at which a source had something new that are remembered: its usual gap is between them."""
LIMITED_TOGETHER = 2
"""Addresses of one domain that refuse (403) in one pass from which that is a limit."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Around:
    """What a pass works with."""

    net: Net
    clock: Callable[[], datetime]
    home: Path
    agent: str
    every: timedelta
    budget: timedelta
    read: Callable[[Document], Extraction]
    proxy: Callable[[str], str | None] = lambda _url: None
    """The proxy for an address, where its source names none."""
    pressing: bool = False
    """Just before an edition: what was asked ten minutes ago is asked again, whatever pause it has."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What came of a source in a pass."""

    source: str
    state: Literal["new", "unchanged", "failed", "waiting"]
    new: int = 0
    """Entries that were new, or newly changed."""
    reason: str | None = None
    """Why it failed, or until when it waits."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pass:
    """What a pass came to."""

    outcomes: tuple[Outcome, ...] = ()
    """One for each source, in the config's order."""
    void: Literal["no network", "portal"] | None = None
    """Why what failed says nothing of the sources."""


@dataclass(slots=True, kw_only=True)
class _Asked:
    """What one source answered, before it is judged."""

    source: CollectedSource
    record: Record = field(default_factory=Record)
    collected: Collected | None = None
    reason: str | None = None


def collect(sources: Sequence[CollectedSource], store: Store, around: Around) -> Pass:
    """Ask the sources that are due and keep what they hold; StoreError where it cannot be kept."""
    began, until = around.clock(), around.net.monotonic() + around.budget.total_seconds()
    told = {"at": began.isoformat(), "pressing": around.pressing, "every": int(around.every.total_seconds())}
    store.commit(memos={("pass", "last"): told}, now=began)
    outcomes: dict[str, Outcome] = {}
    todo, reason = list(sources), None
    for pause in (*OUR_PAUSES, None):
        found, reason = _attempt(todo, store, around, until)
        outcomes |= {outcome.source: outcome for outcome in found}
        left = until - around.net.monotonic()
        if reason != "no network" or pause is None or left <= pause:
            break
        around.net.sleep(pause)
        todo = [source for source in todo if outcomes[source.label].state == "failed"]
    if reason is not None:
        nobody = {"from": began.isoformat(), "to": around.clock().isoformat(), "why": reason}
        store.commit(memos={("network", "last"): nobody}, now=around.clock())
    return Pass(outcomes=tuple(outcomes[source.label] for source in sources), void=reason)


def _attempt(
    sources: Sequence[CollectedSource], store: Store, around: Around, until: float
) -> tuple[list[Outcome], Literal["no network", "portal"] | None]:
    """Ask once; return what came of each source, and why what failed says nothing of them."""
    now = around.clock()
    terms = Terms(
        now=now,
        deadline=until,
        agent=around.agent,
        every=around.every,
        proxy=around.proxy,
        pressing=around.pressing,
    )
    client = Client(around.net, terms, {kind: store.memos(kind) for kind in ("url", "domain", "robots")})
    memos = store.memos("source")
    waiting = {source.label: told for source in sources if (told := _waits(source, client, memos, around, now))}
    due = [source for source in sources if source.label not in waiting]
    due.sort(key=lambda source: _turn(source, memos.get(source.label), now))
    outcomes = [Outcome(source=label, state="waiting", reason=reason) for label, reason in waiting.items()]
    failed: list[_Asked] = []
    for asked in _answers(due, store, client, around, terms, memos):
        if asked.collected is not None:
            outcomes.append(_keep(asked, store, memos.get(asked.source.label), now))
        else:
            failed.append(asked)
    reason = void([a.record.main for a in failed if a.record.main is not None], answered=len(due) - len(failed))
    outcomes += _failures(failed, store, client, memos, now, void=reason is not None)
    return outcomes, reason


def _turn(source: CollectedSource, memo: Memo | None, now: datetime) -> tuple[bool, bytes]:
    """Return what sources are asked by: those that failed come last, of the others not always the same ones."""
    return bool(memo and memo.get("failures")), sha256(f"{now.date()}{source.label}".encode()).digest()


def _waits(
    source: CollectedSource, client: Client, memos: dict[str, Memo], around: Around, now: datetime
) -> str | None:
    """Return why a source is not asked in this pass; None where it is due."""
    is_web = source.kind in ("feed", "page", "sitemap")
    until = client.held_until(source.address) if is_web else None
    if until is not None:
        return f"its domain asked for patience until {until:%H:%M} UTC"
    memo = memos.get(source.label, {})
    if "asked" not in memo or not _is_of(source, memo):
        return None
    if is_web:
        return None if client.is_due(source.address) else "not due yet"
    since = now - datetime.fromisoformat(memo["asked"])
    pause = max(around.every, backed_off(memo["failures"])) if memo.get("failures") else around.every
    hurried = PRESSING_AGAIN if memo.get("failures") else PRESSING
    wanted = hurried if around.pressing else pause * (1 - EARLY)
    return "not due yet" if timedelta(0) <= since < wanted else None


def _answers(
    due: Sequence[CollectedSource],
    store: Store,
    client: Client,
    around: Around,
    terms: Terms,
    memos: dict[str, Memo],
) -> Iterator[_Asked]:
    """Yield what each source answered, as it does; those that have not by the end of the pass are cut off."""
    if due:
        load_libraries()
    pages: dict[str, list[Seen]] = {}
    for state in store.pages(terms.now - PAGES_REMEMBERED):
        pages.setdefault(state.fingerprint or "", []).append(Seen(url=state.url or "", title=state.title))
    marks = {source.label: store.marks(source.label) for source in due}
    with ThreadPoolExecutor(AT_ONCE) as pool:
        running = {
            pool.submit(_ask, source, client, around, terms, memos.get(source.label), marks[source.label], pages)
            for source in due
        }
        try:
            while running:
                done, running = wait(running, return_when=FIRST_COMPLETED)
                for future in done:
                    yield future.result()
        finally:
            pool.shutdown(wait=False, cancel_futures=True)


def load_libraries() -> None:
    """Load what is slow to load before there are threads, which would meet it half loaded."""
    for library in ("feedparser", "lxml.html", "protego", "tld", "urllib3.connection"):
        importlib.import_module(library)


def _ask(
    source: CollectedSource,
    client: Client,
    around: Around,
    terms: Terms,
    memo: Memo | None,
    marks: dict[str, str],
    pages: dict[str, list[Seen]],
) -> _Asked:
    """Have its kind ask one source."""
    asked = _Asked(source=source)
    if around.net.monotonic() >= terms.deadline:
        asked.reason = NO_TIME
        return asked
    known = memo is not None and memo["answered"] is not None and _is_of(source, memo)
    memory: dict[str, str] = memo["memory"] if memo is not None and known else {}
    asked.record.fresh = not known
    ttl = timedelta(seconds=int(memory["ttl"])) if memory.get("ttl", "").isdigit() else None
    with Watched(around.net, terms.deadline) as watched:
        reach = Reach(
            now=terms.now,
            deadline=terms.deadline,
            monotonic=around.net.monotonic,
            home=around.home,
            memory=memory,
            is_first=not known,
            since=terms.now - OLD,
            mark_of=marks.get,
            get=lambda url, purpose: client.get(source, url, purpose, asked.record, ttl=ttl),  # type: ignore[arg-type]
            read=around.read,
            pages_of=lambda fingerprint: tuple(pages.get(fingerprint, ())),
            connect=lambda host, port: watched.connect(
                host, port, allow_private=getattr(source, "allow_private", False)
            ),
        )
        try:
            asked.collected = _encodable(SOURCES[source.kind](source, reach))
        except SourceError as error:
            asked.reason = error.reason
        except BriefingError as error:  # a secret that is not set
            asked.reason = str(error)
        except Exception as error:  # whatever one source holds, the others are kept
            asked.reason = f"what it holds cannot be read ({type(error).__name__}); please report it"
    for entry in asked.collected.entries if asked.collected else ():
        if entry.fingerprint:
            pages.setdefault(entry.fingerprint, []).append(Seen(url=entry.url or "", title=entry.title))
    return asked


_TEXTS = ("key", "url", "title", "outlet", "language")


def _encodable(collected: Collected) -> Collected:
    """Return what a source holds with lone surrogates, which JSON can write, replaced."""

    def changed(entry: Entry) -> Entry:
        texts = {name: value for name in _TEXTS if (value := getattr(entry, name))}
        better: dict[str, Any] = {name: encodable(value) for name, value in texts.items()}
        return replace(entry, **better) if better != texts else entry

    return replace(collected, entries=tuple(map(changed, collected.entries)))


# ── what is kept ─────────────────────────────────────────────────────────────────────────────────────────────────


def _keep(asked: _Asked, store: Store, memo: Memo | None, now: datetime) -> Outcome:
    """Keep what a source holds: new entries, new states of known ones, and that it answered."""
    source, collected = asked.source, asked.collected or Collected()
    is_first = memo is None or memo["answered"] is None or not _is_of(source, memo)
    marks = store.marks(source.label)
    held = {entry.key: entry.mark or sha256(entry.content).hexdigest() for entry in collected.entries}
    changed = [entry for entry in collected.entries if marks.get(entry.key) != held[entry.key] and entry.content]
    known = store.newest(source.label, [entry.key for entry in changed if entry.key in marks])
    states = [
        (state, entry.content)
        for entry in changed
        if (state := _new_state(entry, source.label, known.get(entry.key), is_first=is_first, now=now)) is not None
    ]
    passed = {key: marks.get(key, "") for key in collected.passed_over}
    fresh = 0 if is_first else len(states)
    store.commit(
        states,
        marks={(source.label, key): mark for key, mark in {**passed, **held}.items()},
        first_pass=is_first,
        memos={**asked.record.memos, ("source", source.label): _answered(asked, memo, is_first, fresh, now)},
        now=now,
    )
    store.log(now.date(), asked.record.lines)
    return Outcome(source=source.label, state="new" if states else "unchanged", new=len(states))


def _new_state(entry: Entry, source: str, known: State | None, *, is_first: bool, now: datetime) -> State | None:
    """Return the state in which an entry is new; None where its words are those of the last one.

    A teaser does not take the place of the page that was taken before.
    """
    text = entry.text or plain(entry.content.decode("utf-8", "replace"))
    words = sha256(f"{entry.title or ''}\0{text}".encode("utf-8", "replace")).hexdigest()
    if known is not None and (known.words == words or (known.fingerprint and not entry.fingerprint)):
        return None
    return State(
        source=source,
        key=entry.key,
        seen_at=now,
        first_seen=known.first_seen if known else now,
        first_pass=known.first_pass if known else is_first,
        sha256=sha256(entry.content).hexdigest(),
        words=words,
        media_type=entry.media_type,
        charset=entry.charset,
        url=entry.url,
        title=entry.title,
        published=entry.published,
        outlet=entry.outlet,
        language=entry.language,
        fingerprint=entry.fingerprint,
        note=entry.note,
    )


def _answered(asked: _Asked, memo: Memo | None, is_first: bool, fresh: int, now: datetime) -> Memo:  # noqa: FBT001
    """Return what is remembered of a source that answered."""
    collected = asked.collected or Collected()
    at = now.isoformat()
    news = [] if is_first or memo is None else memo.get("news", [])
    if is_first:  # how often it has news is told by the dates of what it holds
        dated = [entry.published for entry in collected.entries if isinstance(entry.published, datetime)]
        news = sorted(moment.isoformat() for moment in dated if moment <= now)
    elif fresh:
        news = [*news, at]
    remarks = (memo or {}).get("remarks", []) if collected.unchanged else list(collected.remarks)
    return {
        "address": asked.source.address,
        "memory": dict(collected.memory),
        "remarks": remarks,
        "asked": at,
        "answered": at,
        "failures": 0,
        "failing_since": None,
        "reason": None,
        "news": news[-MOST_NEWS:],
    }


def _is_of(source: CollectedSource, memo: Memo) -> bool:
    """Tell whether what is remembered under a source's name is of its present address."""
    return bool(memo["address"] == source.address)


def _failures(
    failed: Sequence[_Asked],
    store: Store,
    client: Client,
    memos: dict[str, Memo],
    now: datetime,
    *,
    void: bool,
) -> list[Outcome]:
    """Note what failed, unless the pass is void: then nothing is held against anybody."""
    refusing = Counter(site_of(a.source.address) for a in failed if a.record.main and a.record.main.status == 403)
    outcomes = []
    for asked in failed:
        client.disbelieve(asked.record)
        if refusing[site_of(asked.source.address)] >= LIMITED_TOGETHER:
            client.limit(asked.record)
        if not void and asked.reason != NO_TIME:
            memo = memos.get(asked.source.label)
            if memo is None or not _is_of(asked.source, memo):
                memo = {"address": asked.source.address, "memory": {}, "remarks": [], "answered": None, "news": []}
            noted = {
                **memo,
                "asked": now.isoformat(),
                "reason": asked.reason,
                "failures": memo.get("failures", 0) + 1,
                "failing_since": memo.get("failing_since") or now.isoformat(),
            }
            told: dict[tuple[str, str], dict[str, Any]] = {("source", asked.source.label): noted}
            store.commit(memos={**asked.record.memos, **told}, now=now)
        store.log(now.date(), asked.record.lines)
        outcomes.append(Outcome(source=asked.source.label, state="failed", reason=asked.reason))
    return outcomes
