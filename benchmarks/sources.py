"""Collecting, measured against a server on loopback: `make sources`. Exit 1 where a figure is missed, a rule broken.

The rules are tests (`tests/collect`, `tests/sources`), one or more for each row below; here they run by row, with a
pass killed at every side effect. The figures are measured here.
"""

from __future__ import annotations

import json
import os
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

from briefing.config import FeedSource
from briefing.extract import parse_feed
from tests.collect.passes import LONG, Night, item, rss
from tests.collect.web import Reply, serving
from tests.command import call

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

ROOT = Path(__file__).parents[1]
HOUR = timedelta(hours=1)
ROWS = (
    ("walls and true pages", "tests/sources/test_walls.py tests/sources/test_gate.py"),
    ("slow heads and bodies", "tests/collect/test_http.py -k ends_in_time"),
    ("rebinding, redirects, odd spellings", "tests/collect/test_http.py -k 'changes_its_address or redirect or spell'"),
    ("validators that stick or lie", "tests/collect/test_passes.py -k 'validators or 304'"),
    ("Retry-After for a whole domain", "tests/collect/test_passes.py -k 'retry_after or limit'"),
    ("one connection to a domain", "tests/collect/test_passes.py -k one_request"),
    ("a portal, no network", "tests/collect/test_passes.py -k 'portal or our_network'"),
    ("the first pass prints nothing old", "tests/collect/test_collect_cli.py -k 'first_pass or future'"),
    ("off from Friday to Monday", "tests/collect/test_collect_cli.py -k friday"),
    ("corrected at the source", "tests/collect/test_corrections.py"),
    ("made again without a network", "tests/collect/test_inputs.py"),
    ("killed at every side effect", "tests/collect/test_store.py"),
    ("mail, Maildir, commands", "tests/sources/test_mail_sources.py tests/sources/test_command_source.py"),
)
"""What must hold, and the tests that show it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A measured value and its limit."""

    name: str
    value: float
    most: float
    unit: str

    @property
    def good(self) -> bool:
        """Whether it keeps to its limit."""
        return self.value <= self.most


def rule(name: str, tests: str) -> bool:
    """Run the tests of a row; print how it went."""
    command = f"{sys.executable} -m pytest -q -p no:cacheprovider {tests}"
    environ = {**os.environ, "EVERY_KILL": "1"}
    done = subprocess.run(command, shell=True, cwd=ROOT, env=environ, capture_output=True, text=True, check=False)  # noqa: S602 - our own words
    last = done.stdout.strip().splitlines()[-1] if done.stdout.strip() else done.stderr.strip()
    print(f"{'ok  ' if done.returncode == 0 else 'FAIL'}  {name:42} {last}", flush=True)
    return done.returncode == 0


def figures() -> Iterator[Figure]:
    """Measure what has a limit."""
    yield from _unchanged()
    yield from _many_entries()
    yield from _dripping()


def _unchanged() -> Iterator[Figure]:
    """Time a pass over 200 feeds that answer 304, and count its lines."""
    with serving() as web, tempfile.TemporaryDirectory() as folder:
        feeds = [FeedSource(feed=f"http://h{number}.example/rss", text="feed") for number in range(200)]
        whole = Reply(rss(item("one", "Water.")).body, headers={"ETag": '"a"'})
        web.replies |= {feed.feed: [whole, Reply(status=304)] for feed in feeds}
        night = Night(Path(folder), web)
        night.collect(*feeds)
        seconds = min(_seconds(lambda: night.collect(*feeds, later=HOUR)) for _ in range(3))
        lines = sum(path.read_text("utf-8").count("\n") for path in (Path(folder) / "fetches").iterdir())
    yield Figure(name="200 feeds that answer 304", value=seconds, most=2.0, unit="s")
    yield Figure(name="lines a source of a pass without news", value=lines / 200 / 4, most=1.0, unit="")


def _many_entries() -> Iterator[Figure]:
    """Compare collecting a feed of 1,000 entries with parsing it."""
    with serving() as web, tempfile.TemporaryDirectory() as folder:
        feed = FeedSource(feed="http://river.example/rss", text="feed")
        reply = rss(*(item(f"n{number}", f"{number} {LONG}") for number in range(1_000)))
        web.replies[feed.feed] = reply
        ratios = []
        for number in range(5):
            parsing = _seconds(lambda: parse_feed(reply.body))
            night = Night(Path(folder) / str(number), web)
            ratios.append(_seconds(lambda night=night: night.collect(feed)) / parsing)  # type: ignore[misc]
    yield Figure(name="collecting 1,000 entries against parsing", value=min(ratios), most=1.2, unit="×")


def _dripping() -> Iterator[Figure]:
    """Time a pass of 30 sources of which 10 drip for ever, with a budget of three seconds."""
    budget = 3.0
    with serving() as web, tempfile.TemporaryDirectory() as folder:
        feeds = [FeedSource(feed=f"http://h{number}.example/rss", text="feed") for number in range(30)]
        for number, feed in enumerate(feeds):
            web.replies[feed.feed] = rss(item("one")) if number % 3 else web.dripping(b"HTTP/1.1 200 OK\r\n\r\n")
        night = Night(Path(folder), web)
        seconds = _seconds(lambda: night.collect(*feeds, budget=timedelta(seconds=budget)))
    yield Figure(name="30 sources of which 10 drip, 3 s allowed", value=seconds, most=budget + 0.5, unit="s")


def _seconds(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


# ── a night ──────────────────────────────────────────────────────────────────────────────────────────────────────


def night() -> bool:
    """Collect a desk of ten sources over a night, deliver at 06:30, and make the brief again without a network."""
    with serving() as web, tempfile.TemporaryDirectory() as name:
        desk = Path(name)
        _lay_desk(desk, web.port)
        moment = datetime(2019, 3, 20, 18, 0, tzinfo=UTC)
        while moment < datetime(2019, 3, 21, 6, 30, tzinfo=UTC):
            _publish(web.replies, moment)
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
    told = f"{len(brief['articles'])} articles of {len(sources)} sources"
    told += f", {coverage['answered']} of {coverage['asked']} answered"
    print(f"{'ok  ' if same else 'FAIL'}  {'a night of ten sources, made again offline':42} {told}")
    return same and len(sources) == 10


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
    feed = json.dumps({"title": "Channel", "items": [{"id": "1", "title": "Post", "text": f"A post. {LONG}"}]})
    (desk / "channel").write_text(
        f"#!/bin/sh\nif test -e seen; then echo '{feed}'; else touch seen; echo '{feed}'; fi\n"
    )
    (desk / "channel").chmod(0o755)


def _publish(replies: dict[str, Any], moment: datetime) -> None:
    """Publish an hour's news everywhere."""
    hour, web = moment.hour, "http://127.0.0.1"
    for number in range(5):
        rows = [item(f"News {number} {h}", f"In hour {h} of {number}: {LONG}", date=moment - n * HOUR)
                for n, h in enumerate(range(hour, hour - 5, -1))]  # fmt: skip
        replies[f"{web}/feed{number}"] = rss(*rows)
    for name in ("front0", "front1", "map"):
        title = f"Council of {name} agrees in hour {hour} on its water plan"
        path = f"/{name}/news/{hour}-council-agrees-on-water-plan"
        body = "".join(
            f"<p>In hour {hour} the council of {name} agrees on its water plan, point {n}: {LONG[:300]}</p>"
            for n in range(4)
        )
        html = f"<html><head><title>{title}</title></head><body><article><h1>{title}</h1>{body}</article></body></html>"
        replies[web + path] = Reply(html.encode(), headers={"Content-Type": "text/html"})
        if name == "map":
            row = f"<url><loc>{web}{path}</loc><lastmod>{moment.isoformat()}</lastmod></url>"
            replies[f"{web}/map.xml"] = Reply(
                f"<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'>{row}</urlset>".encode()
            )
        else:
            page = f"<html><body><main><a href='{path}'>{title}</a></main></body></html>"
            replies[f"{web}/{name}"] = Reply(page.encode(), headers={"Content-Type": "text/html"})


def _hashes(folder: Path) -> dict[str, str]:
    return {path.name: sha256(path.read_bytes()).hexdigest() for path in folder.glob("brief.*")}


def main() -> int:
    """Run all; return the exit code."""
    good = True
    for figure in figures():
        good &= figure.good
        verdict = "ok  " if figure.good else "FAIL"
        print(f"{verdict}  {figure.name:42} {figure.value:.2f} {figure.unit} (at most {figure.most:g})", flush=True)
    good &= night()
    for name, tests in ROWS:
        good &= rule(name, tests)
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
