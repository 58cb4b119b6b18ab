"""What collecting must reach, measured on loopback: `make sources`. Exit 1 where something falls short.

`python -m benchmarks.sources WORD…` does only the rows whose names hold one of the words.
"""

from __future__ import annotations

import os
import signal
import sqlite3
import sys
import tempfile
import time
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from benchmarks.quality import SHARED
from briefing.config import FeedSource
from briefing.extract import parse_feed
from briefing.sources import Around, Net, Pass, collect
from briefing.store import open_store
from tests.sources.web_server import Reply, Web, rss, serving

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from multiprocessing.connection import Connection

    from briefing.extract import Extraction
    from briefing.models import Document

NOW = datetime(2019, 3, 21, 5, 40, tzinfo=UTC)
FEEDS, DRIPPING, ASKED = 200, 10, 30
ENTRIES = 1_000
WORDS = "The crews of the ferries on the Lower Tamm went back to work on Monday, said the union in the customs house. "
XML = {"Content-Type": "application/rss+xml", "ETag": '"1"', "Last-Modified": "Thu, 21 Mar 2019 04:00:00 GMT"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One line of the table."""

    value: float
    most: float
    """What it may be at the most."""
    note: str


def unread(document: Document) -> NoReturn:
    """Stand for the reading of pages, of which nothing here needs any."""
    raise AssertionError(document.origin)


def feed_sources(web: Web, count: int) -> list[FeedSource]:
    """Return feeds that lie on as many domains."""
    told = ({"feed": web.url(f"d{at}.example"), "text": "feed", "allow_private": True} for at in range(count))
    return [FeedSource.model_validate(one) for one in told]


def make_pass(
    web: Web, sources: Sequence[FeedSource], folder: Path, *, now: datetime = NOW, budget: float = 60.0
) -> tuple[Pass, float]:
    """Make a pass; return what came of it, and its seconds."""
    read: Callable[[Document], Extraction] = unread
    around = Around(
        net=Net(resolve=web.resolve),
        clock=lambda: now,
        home=folder,
        agent="briefing/test",
        every=timedelta(hours=1),
        budget=timedelta(seconds=budget),
        read=read,
    )
    began = time.perf_counter()
    with open_store(folder, writing=True) as store:
        found = collect(sources, store, around)
    return found, time.perf_counter() - began


def unchanged(folder: Path) -> Row:
    """Ask 200 feeds that answer 304."""

    def answer(host: str, path: str, headers: Mapping[str, str]) -> Reply:  # noqa: ARG001 - as a web answers
        asked = "If-None-Match" in headers or "If-none-match" in headers
        return Reply(status=304, headers=XML) if asked else Reply(content=rss(host, ("1", host, WORDS)), headers=XML)

    with serving(answer) as web:
        sources = feed_sources(web, FEEDS)
        make_pass(web, sources, folder)
        web.asked.clear()
        found, seconds = make_pass(web, sources, folder, now=NOW + timedelta(hours=2))
    states = {outcome.state for outcome in found.outcomes}
    if states != {"unchanged"} or len(web.asked) != FEEDS:
        return Row(value=float("inf"), most=2.0, note=f"states {states}, {len(web.asked)} requests")
    lines = sum(len(path.read_text().splitlines()) for path in folder.glob("fetches/*")) / FEEDS - 1
    return Row(value=seconds, most=2.0, note=f"seconds; {lines:g} lines a source")


def dripping(folder: Path) -> Row:
    """Ask 30 feeds of which 10 drip for ever."""
    budget = 3.0

    def answer(host: str, path: str, headers: Mapping[str, str]) -> Reply:  # noqa: ARG001 - as a web answers
        drips = int(host.removeprefix("d").partition(".")[0]) < DRIPPING
        return Reply(content=rss(host, ("1", host, WORDS)), headers=XML, drips=drips)

    with serving(answer) as web:
        found, seconds = make_pass(web, feed_sources(web, ASKED), folder, budget=budget)
    failed = sum(outcome.state == "failed" for outcome in found.outcomes)
    is_right = len(found.outcomes) == ASKED and failed >= DRIPPING
    return Row(
        value=seconds if is_right else float("inf"), most=budget + 0.5, note=f"seconds of {budget:g}; {failed} failed"
    )


def thousand(folder: Path) -> Row:
    """Collect 1,000 entries, against parsing them."""
    content = rss("Tamm", *((str(at), f"Ferries, part {at}", WORDS * 5 + f"Part {at}.") for at in range(ENTRIES)))

    def answer(host: str, path: str, headers: Mapping[str, str]) -> Reply:  # noqa: ARG001 - as a web answers
        return Reply(content=content, headers=XML)

    parse_feed(content)
    parsing = min(_seconds(lambda: parse_feed(content)) for _ in range(3))
    with serving(answer) as web:
        passes = [make_pass(web, feed_sources(web, 1), folder / str(turn)) for turn in range(3)]
    new = {outcome.new for found, _ in passes for outcome in found.outcomes}
    seconds = min(taken for _, taken in passes)
    value = seconds / parsing if new == {ENTRIES} else float("inf")
    return Row(value=value, most=1.2, note=f"× parsing, which takes {parsing:.2f} s; {new} new")


def _seconds(act: Callable[[], object]) -> float:
    began = time.perf_counter()
    act()
    return time.perf_counter() - began


# -- kills -------------------------------------------------------------------------------------------------------------

_WRITES = {"os.rename", "os.mkdir", "os.remove", "os.utime", "os.truncate"}


def kills(folder: Path) -> Row:
    """Kill a pass at its 1st, 2nd, 3rd … write; look at the store after the next one."""
    ours, theirs = get_context("spawn").Pipe()
    server = get_context("spawn").Process(target=_serve, args=(theirs,), daemon=True)
    server.start()
    port = ours.recv()
    bad, at = list[str](), 0
    while True:
        at += 1
        place = folder / str(at)
        ours.send(5)
        ours.recv()
        _forked(port, place, NOW, 0)
        ours.send(8)
        ours.recv()
        killed = _forked(port, place, NOW + timedelta(hours=2), at)
        _forked(port, place, NOW + timedelta(hours=4), 0)
        bad += [f"at write {at}: {fault}" for fault in _faults(place, 8)]
        if not killed:
            break
    server.kill()
    return Row(value=len(bad), most=0, note=f"damaged of {at - 1} kills{'; ' + bad[0] if bad else ''}")


def _serve(pipe: Connection) -> None:
    count = 0

    def answer(host: str, path: str, headers: Mapping[str, str]) -> Reply:  # noqa: ARG001 - as a web answers
        items = ((str(at), f"Ferries, part {at}", WORDS + f"Part {at}.") for at in range(count))
        return Reply(content=rss("Tamm", *items), headers={"Content-Type": "application/rss+xml"})

    with serving(answer) as web:
        pipe.send(web.port)
        while True:
            count = pipe.recv()
            pipe.send(None)


def _forked(port: int, place: Path, now: datetime, at: int) -> bool:
    """Make a pass in a process of its own, killed at its write number `at`; return whether it was."""
    child = os.fork()
    if child == 0:
        try:
            _die_at(at)
            web = Web(lambda *_: Reply(), port=port)
            make_pass(web, feed_sources(web, 1), place, now=now)
        finally:
            os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == -signal.SIGKILL


def _die_at(at: int) -> None:
    """Count what writes in this process (files opened to be written, renamed, synced; statements of SQL); die there."""
    count = 0

    def tick() -> None:
        nonlocal count
        count += 1
        if count == at:
            os.kill(os.getpid(), signal.SIGKILL)

    def hook(event: str, told: tuple[object, ...]) -> None:
        if event in _WRITES or (event == "open" and isinstance(told[2], int) and told[2] & (os.O_WRONLY | os.O_RDWR)):
            tick()

    sync, connect = os.fsync, sqlite3.connect

    def synced(descriptor: int) -> None:
        tick()
        sync(descriptor)

    def connected(*given: object, **named: object) -> sqlite3.Connection:
        db: sqlite3.Connection = connect(*given, **named)  # type: ignore[call-overload]
        db.set_trace_callback(lambda _: tick())
        return db

    sys.addaudithook(hook)
    os.fsync, sqlite3.connect = synced, connected  # type: ignore[assignment]


def _faults(place: Path, count: int) -> Iterator[str]:
    """Yield what is wrong in a store that must hold so many entries."""
    with open_store(place) as store:
        states = store.between(NOW - timedelta(days=9), NOW + timedelta(days=9))
        if (found := sorted(int(state.key) for state in states)) != list(range(count)):
            yield f"entries {found}"
        for state in states:
            if sha256(store.content(state)).hexdigest() != state.sha256:
                yield f"{state.key} is damaged"
    if left := [path.name for path in place.glob("objects/*/*") if len(path.name) != 64]:
        yield f"left behind: {left}"
    for file in place.glob("*.sqlite*"):
        if file.suffix.startswith(".sqlite") and not file.name.endswith(("-wal", "-shm")):
            with sqlite3.connect(file) as db:
                if db.execute("PRAGMA integrity_check").fetchone() != ("ok",):
                    yield "the state is damaged"
            db.close()


def gate(_folder: Path) -> Row:
    """Count the walls that are taken for articles, of which `make quality ARGS=gate` tells more."""
    from benchmarks.quality.measure_gate import measures

    told = {measure.name: measure for measure in measures()}
    short = [name for name, measure in told.items() if measure.value < measure.target]
    note = f"measures of the gate short of their targets{': ' + ', '.join(short) if short else ''}"
    return Row(value=len(short), most=0, note=note if SHARED.is_dir() else f"{note}; true pages skipped: no ../shared")


ROWS: dict[str, Callable[[Path], Row]] = {
    f"{FEEDS} feeds that answer 304": unchanged,
    f"{DRIPPING} of {ASKED} feeds drip for ever": dripping,
    f"{ENTRIES:,} entries collected": thousand,
    "kill -9 at the n-th write of a pass": kills,
    "walls, true pages, others' pages": gate,
}


def main(only: list[str]) -> int:
    """Do the rows; 1 where one falls short."""
    failed = False
    print(f"{'measure':38}{'value':>9}{'at most':>9}")
    for name, act in ROWS.items():
        if only and not any(word in name for word in only):
            continue
        with tempfile.TemporaryDirectory() as folder, suppress(KeyboardInterrupt):
            row = act(Path(folder))
        short = not row.value <= row.most
        failed |= short
        print(f"{name:38}{row.value:9.2f}{row.most:9.2f}  {'SHORT  ' if short else ''}{row.note}", flush=True)
    return int(failed)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
