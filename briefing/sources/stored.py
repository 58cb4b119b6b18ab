"""Documents from the store: what was collected of an edition's time, each article once and in its newest state."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from hashlib import sha256
from typing import TYPE_CHECKING

from briefing.errors import StoreError
from briefing.extract import LATE
from briefing.models import Document, Problem, Sighting
from briefing.sources.addresses import site_of
from briefing.sources.folder import Found

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from briefing.config import CollectedSource
    from briefing.store import State, Store

EARLY = timedelta(minutes=15)
"""How far the clock of a source may run ahead of ours."""
MARGIN = timedelta(days=1)
"""How long before an edition's period an entry may have been seen: what it was too early for is not lost."""
_GUID_CHARS = 80


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """The time of which an edition is: from `start` to `cut_off`, as it was known `until`."""

    start: datetime
    cut_off: datetime
    until: datetime


def read_store(
    store: Store, sources: Sequence[CollectedSource], span: Span, hold: Callable[[Document], Document] = lambda one: one
) -> Found:
    """Return what these sources held, as `hold` does.

    What was there when one was first asked counts where its date is of the time.
    """
    by_label = {source.label: source for source in sources}
    newest: dict[tuple[str, str], State] = {}
    changed: set[tuple[str, str]] = set()
    for state in store.between(span.start - MARGIN, max(span.cut_off, span.until)):
        if state.source in by_label:
            before = newest.get((state.source, state.key)) or (_before(state, store) if _was_known(state) else None)
            if before is not None and (before.fingerprint is None) == (state.fingerprint is None):
                changed.add((state.source, state.key))
            newest[state.source, state.key] = state
    chosen = list(_each_once([state for state in newest.values() if _may_count(state, span)], [*by_label]))
    documents, problems = [], list[Problem]()
    for state in chosen:
        origin = _origin(state)
        try:
            content = store.content(state)
        except StoreError as error:
            problems.append(Problem(origin=origin, stage="read", reason=str(error)))
            continue
        changed_at = state.seen_at if (state.source, state.key) in changed else None
        documents.append(hold(_document(state, origin, content, by_label[state.source], changed_at)))
        if state.note:
            problems.append(Problem(origin=origin, stage="read", reason=state.note, lost=False))
    return Found(documents=tuple(sorted(documents, key=lambda one: one.origin)), problems=tuple(problems))


def _may_count(state: State, span: Span) -> bool:
    """Tell whether an entry can be of the time, as far as its source dates it; its document has the last word.

    What is of later is left to the next edition without a word.
    """
    if isinstance(state.published, datetime) and state.published <= state.first_seen + EARLY:
        if state.published > span.cut_off:
            return False
    elif not isinstance(state.published, date) and state.first_seen > span.cut_off:
        return False
    if state.published is None:
        return not state.first_pass
    day = state.published.date() if isinstance(state.published, datetime) else state.published
    strict = state.first_pass and not _was_known(state)
    return day >= ((span.start if strict else span.start - LATE) - timedelta(days=1)).date()


def _each_once(states: Iterable[State], labels: list[str]) -> Iterator[State]:
    """Yield each article once, though several feeds hold it: with its page rather than without, first seen first."""
    rank = {label: number for number, label in enumerate(labels)}
    ordered = sorted(states, key=lambda one: (one.fingerprint is None, one.first_seen, rank[one.source], one.key))
    urls: set[str] = set()
    words: set[tuple[str, str]] = set()
    for state in ordered:
        said = (site_of(state.url or ""), state.words)
        if (state.url and state.url in urls) or said in words:
            continue
        urls.add(state.url or "")
        words.add(said)
        yield state


def _origin(state: State) -> str:
    """Return where an entry was found, as people would name it: its source, its address, and what else tells it."""
    key = "" if state.key == state.url else state.key
    key = key if len(key) <= _GUID_CHARS and key.isprintable() else sha256(key.encode()).hexdigest()[:12]
    return f"{state.source}/{'#'.join(part for part in (state.url, key) if part)}"


def _was_known(state: State) -> bool:
    return state.first_seen < state.seen_at


def _before(state: State, store: Store) -> State | None:
    """Return the state before one; None where that is kept no longer."""
    return next((one for one in reversed(store.states_of(state)) if one.seen_at < state.seen_at), None)


def _document(
    state: State, origin: str, content: bytes, source: CollectedSource, changed_at: datetime | None
) -> Document:
    return Document(
        origin=origin,
        media_type=state.media_type,
        content=content,
        source=state.source,
        charset=state.charset,
        sighting=Sighting(
            first_seen=state.first_seen,
            first_pass=state.first_pass,
            url=state.url,
            title=state.title,
            published=state.published,
            outlet=state.outlet,
            language=state.language,
            named_outlet=source.outlet,
            changed_at=changed_at,
            is_summary=state.note is not None,
        ),
    )
