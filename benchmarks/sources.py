"""What collecting must reach, measured on loopback: `make sources`. Exit 1 where something falls short.

`python -m benchmarks.sources WORD…` does only the rows whose names hold one of the words.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

from benchmarks.quality import ROOT, SHARED
from briefing.config import FeedSource
from briefing.extract import parse_feed
from tests.collect.passes import LONG, Night, item, rss
from tests.collect.web import Reply, serving
from tests.command import call

if TYPE_CHECKING:
    from collections.abc import Callable
    from http.server import BaseHTTPRequestHandler

    from briefing.sources import Pass

FEEDS, DRIPPING, ASKED, ENTRIES = 200, 10, 30, 1_000
BUDGET = timedelta(seconds=3)
HOUR = timedelta(hours=1)
TOWNS = ("Abel", "Boor", "Cest", "Dorn", "Egge", "Farn", "Gild", "Hamm", "Isen", "Jork", "Kaas", "Lund")


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One line of the table."""

    value: float
    most: float
    """What it may be at the most."""
    note: str


def feeds(count: int) -> list[FeedSource]:
    """Return feeds that lie on as many domains."""
    return [FeedSource.model_validate({"feed": f"http://d{at}.example/rss", "text": "feed"}) for at in range(count)]


def timed(night: Night, count: int, **around: object) -> tuple[Pass, float, float]:
    """Make a pass; return what came of it, its seconds, and those of the processor."""
    began, worked = time.perf_counter(), time.process_time()
    found = night.collect(*feeds(count), later=timedelta(hours=2), **around)
    return found, time.perf_counter() - began, time.process_time() - worked


def unchanged(folder: Path) -> Row:
    """Ask 200 feeds that answer 304."""

    def answer(handler: BaseHTTPRequestHandler) -> None:
        known = "If-None-Match" in handler.headers
        content = b"" if known else rss(item("Ferries sail")).body
        handler.send_response_only(304 if known else 200)
        handler.send_header("ETag", '"1"')
        handler.send_header("Content-Length", str(len(content)))
        handler.end_headers()
        handler.wfile.write(content)

    with serving() as web:
        web.replies = {feed.feed: answer for feed in feeds(FEEDS)}
        night = Night(folder, web)
        timed(night, FEEDS)
        web.asked.clear()
        found, seconds, _ = timed(night, FEEDS)
    states = {outcome.state for outcome in found.outcomes}
    is_right = states == {"unchanged"} and len(web.asked) == FEEDS
    lines = sum(len(path.read_text("utf-8").splitlines()) for path in folder.glob("fetches/*")) / FEEDS - 1
    note = f"seconds; {lines:g} lines a source" if is_right else f"states {states}, {len(web.asked)} requests"
    return Row(value=seconds if is_right and lines <= 1 else float("inf"), most=2.0, note=note)


def dripping(folder: Path) -> Row:
    """Ask 30 feeds of which 10 drip for ever."""
    with serving() as web:
        drip = web.dripping(b"HTTP/1.1 200 OK\r\nContent-Length: 9999\r\n\r\n")
        web.replies = {feed.feed: drip if at < DRIPPING else rss(item("x")) for at, feed in enumerate(feeds(ASKED))}
        found, seconds, _ = timed(Night(folder, web), ASKED, budget=BUDGET)
    failed = sum(outcome.state == "failed" for outcome in found.outcomes)
    is_right = len(found.outcomes) == ASKED and failed >= DRIPPING
    budget = BUDGET.total_seconds()
    note = f"seconds of {budget:g}; {ASKED - failed} answered"
    return Row(value=seconds if is_right else float("inf"), most=budget + 0.5, note=note)


def thousand(folder: Path) -> Row:
    """Collect 1,000 entries, against parsing them; seconds of the processor, best of three."""
    reply = rss(*(item(f"Ferries, part {at}", LONG + f"Part {at}.") for at in range(ENTRIES)))
    parse_feed(reply.body)
    parsing = []
    for _ in range(3):
        worked = time.process_time()
        parse_feed(reply.body)
        parsing.append(time.process_time() - worked)
    with serving() as web:
        web.replies = {feeds(1)[0].feed: Reply(reply.body, headers=reply.headers)}
        nights = [Night(folder / str(turn), web) for turn in range(3)]
        for night in nights:
            night.collect()  # which makes the store
        passes = [timed(night, 1) for night in nights]
    new = {outcome.new for found, *_ in passes for outcome in found.outcomes}
    value = min(worked for *_, worked in passes) / min(parsing) if new == {ENTRIES} else float("inf")
    return Row(value=value, most=1.2, note=f"× parsing, which takes {min(parsing):.2f} s; {new} new")


def kills(_folder: Path) -> Row:
    """Kill a pass at its 1st, 2nd, 3rd … write; the store is whole, and complete at the next pass."""
    return _tested(
        "each was whole and complete at the next pass", "tests/collect/test_store.py", "-k", "killed_anywhere"
    )


def rules(_folder: Path) -> Row:
    """Do the tests of every rule: manners, addresses, redirects, portals, mail, commands, walls."""
    return _tested("a script for each rule", "tests/collect", "tests/sources", "-k", "not killed_anywhere")


def _tested(note: str, *selection: str) -> Row:
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *selection]
    environ = {**os.environ, "EVERY_KILL": "1"}
    done = subprocess.run(command, cwd=ROOT, env=environ, capture_output=True, text=True, check=False)
    passed, failed = (
        sum(map(int, re.findall(rf"(\d+) {word}", done.stdout))) for word in ("passed", "(?:failed|error)")
    )
    failed += passed == 0
    return Row(value=failed, most=0, note=f"failed, {passed} passed; {note}")


def gate(_folder: Path) -> Row:
    """Hold the measures of the gate, which `make quality ARGS=gate` prints."""
    from benchmarks.quality.measure_gate import measures

    short = [measure.name for measure in measures() if measure.value < measure.target]
    note = f"measures short of their targets{''.join(f'; {name}' for name in short)}"
    return Row(value=len(short), most=0, note=note if SHARED.is_dir() else f"{note}; true pages skipped: no ../shared")


# ── a night ──────────────────────────────────────────────────────────────────────────────────────────────────────


def a_night(desk: Path) -> Row:
    """Collect a desk of ten sources over a night, deliver at 06:30, and make the brief again without a network."""
    with serving() as web:
        _lay_desk(desk, web.port)
        moment = datetime(2019, 3, 20, 18, 0, tzinfo=UTC)
        while moment < datetime(2019, 3, 21, 6, 30, tzinfo=UTC):
            _publish(web.replies, moment, web.port)
            done = call("collect", "-q", "--now", moment.isoformat(), cwd=desk)
            if done.returncode:
                raise SystemExit(done.stderr)
            moment += 2 * HOUR
        done = call("run", "--now", "2019-03-21T06:31:00+00:00", cwd=desk)
        edition = desk / "output" / "2019-03-21"
        brief = json.loads((edition / "brief.json").read_text("utf-8"))
        again = desk / "again"
        command = [sys.executable, "-c", "import sys; from briefing.cli import main; sys.exit(main())"]
        arguments = ["build", "--inputs", str(edition / "inputs.jsonl"), "-o", str(again)]
        unshare = ["unshare", "-rn"] if shutil.which("unshare") else []
        environ = {**os.environ, "PYTHONPATH": str(ROOT)}
        subprocess.run([*unshare, *command, *arguments], cwd=desk, env=environ, check=True, capture_output=True)
        same = _hashes(edition) == _hashes(again / "2019-03-21")
    coverage, sources = brief["coverage"], {article["origin"].partition("/")[0] for article in brief["articles"]}
    told = f"{len(brief['articles'])} articles of {len(sources)} sources, {coverage['answered']} answered"
    return Row(
        value=10 - len(sources) + (not same), most=0, note=f"sources missing; {told}; same bytes offline: {same}"
    )


def _lay_desk(desk: Path, port: int) -> None:
    """Write a configuration of five feeds, two section fronts, a sitemap, a command and a folder."""
    web = f"http://127.0.0.1:{port}"
    rows = [f"  - {{feed: '{web}/feed{n}', name: feed{n}, text: feed, allow_private: true}}" for n in range(5)]
    rows += [f"  - {{page: '{web}/front{n}', name: front{n}, allow_private: true}}" for n in range(2)]
    rows += [f"  - {{sitemap: '{web}/map.xml', name: map, allow_private: true}}"]
    rows += ["  - {command: [./channel], name: channel}", "  - {folder: articles}"]
    sections = "sections: [{id: water, title: Water, terms: {en: [water, dam, river]}}]\n"
    more = "schedule: {at: ['06:30']}\ndeliver: [{folder: {path: share}}]\n"
    (desk / "config.yaml").write_text("sources:\n" + "\n".join(rows) + "\n" + sections + more)
    (desk / "articles").mkdir()
    (desk / "articles" / "dam.md").write_text(f"# The dam\n\nThe dam in the folder. {LONG}")
    posts = [{"id": "1", "title": "Post", "text": f"A post. {LONG}", "date_published": "2019-03-20T17:00:00Z"}]
    (desk / "channel").write_text(f"#!/bin/sh\necho '{json.dumps({'title': 'Channel', 'items': posts})}'\n")
    (desk / "channel").chmod(0o755)


def _publish(replies: dict[str, Any], moment: datetime, port: int) -> None:
    """Publish an hour's news everywhere."""
    hour, web = moment.hour, "http://127.0.0.1"
    for number in range(5):
        rows = [
            item(f"News {number} {h}", f"In hour {h} of {number}: {LONG}", date=moment - n * HOUR)
            for n, h in enumerate(range(hour, hour - 5, -1))
        ]
        replies[f"{web}/feed{number}"] = rss(*rows)
    for name, word in (("front0", "ferries"), ("front1", "bridges"), ("map", "schools")):
        title = f"Council agrees on the {word} of district {TOWNS[hour % len(TOWNS)]} by the dam"
        path = f"/{name}/news/{hour}-council-agrees-on-{word}"
        place = TOWNS[hour % len(TOWNS)]
        told = f"The {word} of district {place} by the dam were what the council agrees on. {LONG[:300]}"
        body = "".join(f"<p>{told}</p><p>Point {n} of the {word}: {TOWNS[n]}. {LONG[:200]}</p>" for n in range(4))
        html = f"<html><head><title>{title}</title></head><body><article><h1>{title}</h1>{body}</article></body></html>"
        replies[web + path] = Reply(html.encode(), headers={"Content-Type": "text/html"})
        if name == "map":
            row = f"<url><loc>{web}:{port}{path}</loc><lastmod>{moment.isoformat()}</lastmod></url>"
            whole = f"<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'>{row}</urlset>"
            replies[f"{web}/map.xml"] = Reply(whole.encode())
        else:
            page = f"<html><body><main><a href='{path}'>{title}</a></main></body></html>"
            replies[f"{web}/{name}"] = Reply(page.encode(), headers={"Content-Type": "text/html"})


def _hashes(folder: Path) -> dict[str, str]:
    return {path.name: sha256(path.read_bytes()).hexdigest() for path in folder.glob("brief.*")}


ROWS: dict[str, Callable[[Path], Row]] = {
    f"{FEEDS} feeds that answer 304": unchanged,
    f"{DRIPPING} of {ASKED} feeds drip for ever": dripping,
    f"{ENTRIES:,} entries collected": thousand,
    "kill -9 at each write of a pass": kills,
    "walls, true pages, others' pages": gate,
    "a night of ten sources": a_night,
    "rules": rules,
}


def main(only: list[str]) -> int:
    """Do the rows; 1 where one falls short."""
    failed = False
    print(f"{'measure':34}{'value':>8}{'at most':>9}")
    for name, act in ROWS.items():
        if only and not any(word in name for word in only):
            continue
        began = time.perf_counter()
        with tempfile.TemporaryDirectory() as folder:
            row = act(Path(folder))
        short = not row.value <= row.most
        failed |= short
        took = time.perf_counter() - began
        print(
            f"{name:34}{row.value:8.2f}{row.most:9.2f}  {'SHORT: ' if short else ''}{row.note}  ({took:.0f} s)",
            flush=True,
        )
    return int(failed)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
