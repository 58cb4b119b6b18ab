"""`briefing collect`, `sources` and `store`: ask the sources, tell how they stand, take something back."""

from __future__ import annotations

import tempfile
import time
from contextlib import suppress
from dataclasses import asdict
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

import click

from briefing import __version__
from briefing.cli.output import DONE, FAILED, PROBLEMS, json_option, print_json, say
from briefing.cli.parameters import now_option
from briefing.cli.session import clock, config_file_option, configs_option, open_session, output_option
from briefing.errors import StoreError
from briefing.opening import read_regular

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from briefing.cli.session import Session
    from briefing.delivery import Incident, Note
    from briefing.models import Coverage
    from briefing.sources import Health, Pass
    from briefing.store import Memo


@click.command()
@configs_option
@output_option
@click.option("--all", "pressing", is_flag=True, help="Ask all that were not asked in the last ten minutes.")
@click.option("--strict", is_flag=True, help="Exit 3 if any source failed.")
@click.option("-q", "--quiet", is_flag=True, help="Print errors only.")
@json_option
@now_option
def collect(
    *,
    config_paths: tuple[Path, ...],
    output: Path | None,
    pressing: bool,
    strict: bool,
    quiet: bool,
    as_json: bool,
    now: datetime | None,
) -> int:
    """Ask the sources that are due and keep what is new; exit 1 if every one that was asked failed."""
    sessions = [open_session(path, output) for path in config_paths]
    passes = [make_pass(session, clock(now), pressing=pressing) for session in sessions]
    if as_json:
        told = [
            {"config": str(session.path), "void": made.void, "sources": [asdict(one) for one in made.outcomes]}
            for session, made in zip(sessions, passes, strict=True)
        ]
        print_json({"passes": told})
    return max(_told(made, quiet=quiet or as_json, strict=strict) for made in passes)


def tried_online(session: Session, now: Callable[[], datetime]) -> list[Note]:
    """Ask each source once and keep nothing; tell whether it answered, and where one has moved for good."""
    from briefing.delivery import Note

    sources = list(session.config.sources)
    places = {one.label: f"sources.{sources.index(one)}.{one.kind}" for one in session.config.collected}
    with tempfile.TemporaryDirectory() as folder:
        found = make_pass(session, now, store=Path(folder))
    notes = [
        Note(place=places[one.source], state="wrong", message=one.reason or "it did not answer")
        if one.state == "failed"
        else Note(place=places[one.source], state="ok", message="it answers")
        for one in found.outcomes
    ]
    moved = ((health.source, health.moved_to) for health in healths(session, now()) if health.moved_to)
    notes += [
        Note(place=places[source], state="note", message=f"it has moved for good; write {target}")
        for source, target in moved
    ]
    ignoring = (one.label for one in session.config.collected if getattr(one, "robots", "obey") == "ignore")
    return notes + [Note(place=places[one], state="note", message="its robots.txt is not obeyed") for one in ignoring]


def make_pass(
    session: Session,
    now: Callable[[], datetime],
    *,
    pressing: bool = False,
    patience: float = 0.0,
    store: Path | None = None,
) -> Pass:
    """Make a pass over the sources of a configuration; StoreError where somebody else is at it, or nothing is kept."""
    from briefing.per_document import read_all, readers
    from briefing.sources import Around, Net, Pass
    from briefing.sources import collect as collect_all
    from briefing.store import open_store

    config, settings = session.config, session.config.collect
    if not config.collected:
        return Pass()
    with readers() as workers, open_store(store or session.store, writing=True, patience=patience) as kept:
        around = Around(
            net=Net(),
            clock=now,
            home=session.home,
            agent=settings.agent or agent_of(session),
            every=settings.every,
            budget=settings.budget,
            read=lambda document: next(iter(read_all((document,), config.limits, workers))),
            proxy=proxy_of,
            pressing=pressing,
        )
        found = collect_all(config.collected, kept, around)
        kept.prune(now() - timedelta(days=settings.keep_days))
    return found


def proxy_of(url: str) -> str | None:
    """Return the proxy that the environment names for an address: HTTPS_PROXY or HTTP_PROXY, but for NO_PROXY."""
    from urllib.request import (  # type: ignore[attr-defined]  # which typeshed does not know
        getproxies_environment,
        proxy_bypass_environment,
    )

    parts, known = urlsplit(url), getproxies_environment()
    proxy = known.get(parts.scheme)
    if proxy is None or proxy_bypass_environment(parts.netloc, known):
        return None
    return proxy if "://" in proxy else f"http://{proxy}"


def prune_store(session: Session, now: datetime) -> None:
    """Remove what is older than `collect.keep_days`: editions of folders alone keep their documents there too."""
    from briefing.store import open_store

    if session.store.is_dir():
        with suppress(StoreError), open_store(session.store, writing=True) as kept:  # who is collecting prunes as well
            kept.prune(now - timedelta(days=session.config.collect.keep_days))


def agent_of(session: Session) -> str:
    """Return what the program calls itself: its name and version, and where its desk is found."""
    place = session.config.archive.url
    return f"briefing/{__version__}{f' (+{place})' if place else ''}"


def _told(found: Pass, *, quiet: bool, strict: bool) -> int:
    """Tell a line for each source that had something new or failed; return the exit code."""
    for outcome in found.outcomes:
        if outcome.state == "failed":
            say(f"{outcome.source}: {outcome.reason}")
        elif outcome.new and not quiet:
            click.echo(f"{outcome.source}\t{outcome.new}")
    asked = [outcome for outcome in found.outcomes if outcome.state != "waiting"]
    failed = [outcome for outcome in asked if outcome.state == "failed"]
    if found.void == "no network":
        say("nobody could be reached: nothing is held against the sources; check this machine's network")
    elif found.void == "portal":
        say("one host answers for all: a portal stands in between; nothing is held against the sources")
    if not quiet:
        say(_summary(found, asked=len(asked), failed=len(failed)))
    if asked and len(failed) == len(asked):
        return FAILED
    return PROBLEMS if strict and failed else DONE


NOTHING_TO_ASK = "no source is asked: folders are read when a brief is built"


def _summary(found: Pass, *, asked: int, failed: int) -> str:
    """Return what a pass came to, in one line."""
    if not found.outcomes:
        return NOTHING_TO_ASK
    if not asked:
        return "no source is due; --all asks those that were not asked in the last ten minutes"
    new = sum(outcome.new for outcome in found.outcomes)
    return f"asked {asked} of {len(found.outcomes)} sources: {new} new, {failed} failed"


# ── before an edition ────────────────────────────────────────────────────────────────────────────────────────────


WAIT = timedelta(minutes=15)
"""How long an edition waits for more sources to answer."""
PAUSE_SECONDS = 60
"""Between two passes meanwhile."""


def next_collect(session: Session, now: datetime) -> tuple[datetime, bool] | None:
    """Return when the next pass is due and whether it is the last before a slot; None where nothing is collected."""
    from briefing.delivery import next_slots, timetable
    from briefing.sources import is_pressing, next_pass

    config = session.config
    if not config.collected:
        return None
    table = timetable(config.schedule, config.brief.timezone) if config.schedule else None
    slot = next((slot.due for slot in next_slots(table, now, 1)), None) if table else None
    before, last = config.collect.before, _last_pass(session)
    moment = next_pass(last, every=config.collect.every, before=before, slot=slot)
    return moment, is_pressing(now, before=before, slot=slot)


def collect_before(
    session: Session, now: Callable[[], datetime], *, stopped: Callable[[], bool], anyway: bool = False
) -> None:
    """Collect just before an edition is built, unless that was done; wait or hold where too few sources answered.

    Raises DeliveryError where `on_incomplete` is `hold` and fewer than half answered.
    """
    from briefing.errors import DeliveryError

    settings, began = session.config.collect, now()
    if not session.config.collected:
        return
    last = _last_pass(session)
    if last is None or not last["pressing"] or began - datetime.fromisoformat(last["at"]) > settings.before + WAIT:
        _pass_or_say(session, now)
    coverage = coverage_now(session, now())
    while settings.on_incomplete == "wait" and coverage and coverage.is_thin and now() - began < WAIT and not stopped():
        for _ in range(PAUSE_SECONDS):
            if not stopped():
                time.sleep(1)
        _pass_or_say(session, now)
        coverage = coverage_now(session, now())
    if settings.on_incomplete == "hold" and coverage and coverage.is_thin and not anyway:
        told = f"only {coverage.answered} of {coverage.asked} sources answered, and `on_incomplete` says hold"
        raise DeliveryError(f"{told}; `briefing sources` tells why; to send it all the same: briefing run --anyway")


def _pass_or_say(session: Session, now: Callable[[], datetime]) -> None:
    try:
        patience = session.config.collect.budget.total_seconds()
        found = make_pass(session, now, pressing=True, patience=patience)
    except StoreError as error:  # the brief is made of what there is
        say(str(error))
    else:
        _told(found, quiet=True, strict=False)


def coverage_now(session: Session, now: datetime) -> Coverage | None:
    """Return how many sources answered in the last pass; None where there was none of late."""
    from briefing.sources import coverage_of

    return coverage_of(session.config.collected, _memos(session, "source", "pass", "network"), built_at=now)


def _last_pass(session: Session) -> Memo | None:
    return _memos(session, "pass")["pass"].get("last")


def _memos(session: Session, *kinds: str) -> dict[str, dict[str, Memo]]:
    """Return what the store remembers of these kinds; nothing where there is no store yet."""
    from briefing.store import has_store, open_store

    folder = session.store
    if not has_store(folder):
        return {kind: {} for kind in kinds}
    with open_store(folder) as store:
        return {kind: store.memos(kind) for kind in kinds}


def source_incidents(session: Session, now: datetime) -> list[Incident]:
    """Return what people are to hear of sources that have failed for days."""
    from briefing.delivery import source_incident
    from briefing.sources import alarms_of

    found = alarms_of(_memos(session, "source")["source"], session.config.collected, now)
    return [source_incident(session.config.brief.title, *told) for told in found]


# ── sources ──────────────────────────────────────────────────────────────────────────────────────────────────────


@click.command()
@config_file_option
@output_option
@json_option
@now_option
def sources(*, config_path: Path, output: Path | None, as_json: bool, now: datetime | None) -> int:
    """Show how each source stands: when it answered, when it had news, why it fails; exit 1 if any does."""
    session = open_session(config_path, output)
    found = healths(session, clock(now)())
    if as_json:
        print_json({"sources": [_data(health) for health in found]})
    else:
        zone = ZoneInfo(session.config.brief.timezone)
        for health in found:
            click.echo(_line(health, zone))
        if not found:
            say(NOTHING_TO_ASK)
    return FAILED if any(health.state == "failing" for health in found) else DONE


def healths(session: Session, now: datetime) -> list[Health]:
    """Return how the collected sources of a configuration stand."""
    from briefing.sources import health_of

    memos = _memos(session, "source", "url")
    return [
        health_of(source, memos["source"].get(source.label), memos["url"].get(source.address), now)
        for source in session.config.collected
    ]


def _line(health: Health, zone: ZoneInfo) -> str:
    told = [health.reason or "", *health.remarks, *([f"moved to {health.moved_to}"] if health.moved_to else [])]
    answered, news = _when(health.answered_at, zone), _when(health.new_at, zone)
    cells = (health.source, health.kind, health.state, f"answered {answered}", f"news {news}")
    return "\t".join((*cells, "; ".join(filter(None, told)))).rstrip()


def _when(moment: datetime | None, zone: ZoneInfo) -> str:
    return f"{moment.astimezone(zone):%Y-%m-%d %H:%M}" if moment else "never"


def _data(health: Health) -> dict[str, object]:
    return {name: value.isoformat() if isinstance(value, datetime) else value for name, value in asdict(health).items()}


# ── store ────────────────────────────────────────────────────────────────────────────────────────────────────────


@click.group()
def store() -> None:
    """Take something back that was collected."""


@store.command()
@click.argument("what", metavar="URL|ID")
@config_file_option
@output_option
@json_option
@now_option
def forget(*, what: str, config_path: Path, output: Path | None, as_json: bool, now: datetime | None) -> int:
    """Remove an article from the store and from kept editions; it is not taken again, whatever its source holds.

    URL|ID: its address as the brief prints it, its id in brief.json, or its key in its source.
    """
    from briefing.parallel import clear_cache
    from briefing.store import open_store

    session, moment = open_session(config_path, output), clock(now)()
    meant = _meant_by(what, session)
    with open_store(session.store, writing=True) as found:
        states = [state for one in meant for state in found.meant_by(one)]
        if not states:
            raise StoreError(f"{found.folder} holds nothing under {what!r}; give an address as the brief prints it")
        found.forget(states)
        memos = {("withdrawn", source): {"at": moment.isoformat()} for source in {state.source for state in states}}
        found.commit(memos=memos, now=moment)
    gone = sorted({(state.source, state.key) for state in states})
    urls, digests = {state.url for state in states if state.url}, {state.sha256 for state in states}
    paths, cache = [str(path) for path in _rewritten(session, urls, digests, moment)], session.cache
    try:
        clear_cache(cache)
    except OSError as error:
        raise StoreError(f"{cache} may hold it still: {error.strerror or error}; remove that folder") from error
    if as_json:
        print_json({"forgotten": [{"source": source, "key": key} for source, key in gone], "editions": paths})
        return DONE
    for line in (*map("\t".join, gone), *paths):
        click.echo(line)
    return DONE


def _meant_by(what: str, session: Session) -> set[str]:
    """Return what an article is known by in the store: what was given, and the addresses of articles with that id."""
    from briefing.edition import edition_ids, listing_beside, read_brief

    meant = {what}
    for name in edition_ids(session.output):
        with suppress(OSError, ValueError):
            folder = session.output / name
            article = read_brief(read_regular(folder / "brief.json")).by_id.get(what)
            listed = (row for row in listing_beside(folder) if row["id"] == what)
            known = [(article.sha256, article.url)] if article else [(row["sha256"], row["url"]) for row in listed]
            meant.update(name for names in known for name in names if name)
    return meant


def _rewritten(session: Session, urls: set[str], digests: set[str], now: datetime) -> Iterator[Path]:
    """Make the kept editions again that hold what was withdrawn, and the archive page; yield their folders."""
    from briefing.cli.inputs import without
    from briefing.cli.making import page_folders
    from briefing.delivery import record_again, tidy
    from briefing.edition import edition_ids, write_edition
    from briefing.inputs import FILE

    config, changed = session.config, False
    for name in edition_ids(session.output):
        path = session.output / name / FILE
        if not path.exists():
            say(f"{path.parent}: not looked into: it has no {FILE}")
            continue
        made = without(path, urls=urls, digests=digests, reason=f"withdrawn on {now:%Y-%m-%d}")
        if made is not None:
            yield write_edition(made, session.output)
            record_again(made.files, name, session.output, now)
            changed = True
    if changed:
        folders = page_folders(session)
        tidy(session.output, config.archive, brief=config.brief, templates=folders, now=now)
