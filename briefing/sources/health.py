"""How the sources stand, by what the store remembers of them: for `briefing sources`, the brief's head and its gaps."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Literal

from briefing.models import NOT_COLLECTED, Coverage, Problem, SilentSource
from briefing.sources.manners import PRESSING, has_moved, state_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from zoneinfo import ZoneInfo

    from briefing.config import CollectedSource
    from briefing.store import Memo

QUIET_TIMES, QUIET_LEAST = 3, timedelta(days=7)
"""A source that answers is quiet once it had nothing new for so many of its usual gaps, and so long at the least."""
ALARM = timedelta(days=3)
"""How long a source may fail before people are told of it."""
FRESH = timedelta(hours=24)
"""How old the last pass may be to say anything of an edition."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Health:
    """How a source stands."""

    source: str
    kind: str
    state: Literal["ok", "failing", "quiet", "never asked"]
    answered_at: datetime | None = None
    failures: int = 0
    reason: str | None = None
    new_at: datetime | None = None
    """When it last had something new."""
    remarks: tuple[str, ...] = ()
    moved_to: str | None = None
    """Where it has moved for good."""


def health_of(source: CollectedSource, memo: Memo | None, url: Memo | None, now: datetime) -> Health:
    """Return how a source stands by what is remembered of it and of its address."""
    if memo is None or memo["address"] != source.address:
        return Health(source=source.label, kind=source.kind, state="never asked")
    news = [datetime.fromisoformat(moment) for moment in memo["news"]]
    quiet = bool(news) and now - news[-1] > usual_silence(news)
    remarks = list(memo["remarks"])
    known = None if url is None else state_of(url)
    if known is not None and not known.trusted:
        remarks.append("its validators hid something new; they are not sent")
    return Health(
        source=source.label,
        kind=source.kind,
        state="failing" if memo["failures"] else "quiet" if quiet else "ok",
        answered_at=_moment(memo["answered"]),
        failures=memo["failures"],
        reason=memo["reason"],
        new_at=news[-1] if news else None,
        remarks=tuple(remarks),
        moved_to=known.moved_to if known is not None and has_moved(known, now) else None,
    )


def usual_silence(news: Sequence[datetime]) -> timedelta:
    """Return for how long a source that had news at these moments may have none before it is called quiet."""
    gaps = [later - earlier for earlier, later in pairwise(news)]
    return max(QUIET_LEAST, QUIET_TIMES * sorted(gaps)[len(gaps) // 2]) if gaps else QUIET_LEAST


def coverage_of(
    sources: Sequence[CollectedSource], memos: Mapping[str, Mapping[str, Memo]], *, built_at: datetime
) -> Coverage | None:
    """Return how many sources answered in the last pass before an edition; None where there was none of late.

    `memos` are those of the kinds `source`, `pass` and `network`.
    """
    last = memos["pass"].get("last")
    if last is None or not sources:
        return None
    began = datetime.fromisoformat(last["at"])
    if not -FRESH <= built_at - began <= FRESH:
        return None
    since = began - (PRESSING if last["pressing"] else timedelta(seconds=last["every"]))
    told = {source.label: memos["source"].get(source.label) for source in sources}
    answered = {label: _moment(memo["answered"]) if memo else None for label, memo in told.items()}
    in_time = {label for label, moment in answered.items() if moment is not None and moment >= since}
    network = memos["network"].get("last")
    down = network and (datetime.fromisoformat(network["from"]), datetime.fromisoformat(network["to"]))
    return Coverage(
        answered=len(in_time),
        asked=len(sources),
        since=since,
        silent=tuple(
            SilentSource(source=label, reason=(memo or {}).get("reason"), answered_at=answered[label])
            for label, memo in told.items()
            if label not in in_time
        ),
        no_network=down if down and down[0] >= began else None,
    )


def gaps_of(coverage: Coverage, memos: Mapping[str, Memo], *, start: datetime, zone: ZoneInfo) -> list[Problem]:
    """Return what the brief says of sources that did not answer, and of what a short feed may have lost."""
    gaps = []
    if coverage.no_network:
        first, last = (f"{moment.astimezone(zone):%H:%M}" for moment in coverage.no_network)
        gaps.append(_gap("network", f"no network from {first} to {last}"))
    for silent in coverage.silent:
        since = f"{silent.answered_at.astimezone(zone):%Y-%m-%d %H:%M}" if silent.answered_at else None
        last = f"it last answered {since}" if since else "it never answered"
        gaps.append(_gap(silent.source, f"{silent.reason or 'it was not asked in time'}; {last}"))
    for label, memo in memos.items():
        lost = str(memo["memory"].get("missing", "")).split()
        if len(lost) == 3 and datetime.fromisoformat(lost[1]) >= start:
            first, last = (f"{datetime.fromisoformat(moment).astimezone(zone):%d %b %H:%M}" for moment in lost[:2])
            told = f"entries between {first} and {last} may be missing: the feed held {lost[2]}"
            gaps.append(_gap(label, told))
    return gaps


def withdrawn_since(memos: Mapping[str, Memo], start: datetime) -> list[Problem]:
    """Return what the brief says of articles that the desk has withdrawn since a moment, by their sources."""
    moments = {source: datetime.fromisoformat(memo["at"]) for source, memo in memos.items()}
    return [_gap(source, f"an article was withdrawn on {at:%Y-%m-%d}") for source, at in moments.items() if at >= start]


def next_pass(last: Memo | None, *, every: timedelta, before: timedelta, slot: datetime | None) -> datetime:
    """Return when the next pass is due: at its interval, and once more shortly before the next slot."""
    if last is None:
        return datetime.min.replace(tzinfo=UTC)
    began = datetime.fromisoformat(last["at"])
    usual = began + every
    if slot is None or began >= slot - before:
        return usual
    return min(usual, slot - before)


def is_pressing(now: datetime, *, before: timedelta, slot: datetime | None) -> bool:
    """Tell whether a pass that begins now is the last one before a slot."""
    return slot is not None and slot - before <= now


def alarms_of(
    memos: Mapping[str, Memo], sources: Sequence[CollectedSource], now: datetime
) -> list[tuple[str, datetime, str]]:
    """Return the sources that have failed for so long that people are told: name, since when, why."""
    told = []
    for source in sources:
        memo: Mapping[str, Any] = memos.get(source.label) or {}
        since = _moment(memo.get("failing_since"))
        if since is not None and now - since >= ALARM:
            told.append((source.label, since, str(memo["reason"])))
    return told


def _gap(origin: str, reason: str) -> Problem:
    return Problem(origin=origin, stage=NOT_COLLECTED, reason=reason)


def _moment(text: object) -> datetime | None:
    return datetime.fromisoformat(text) if isinstance(text, str) else None
