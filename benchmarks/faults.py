"""Every fault that delivery must survive, done for real: `make faults`. Exit 1 where one was not survived.

`python -m benchmarks.faults WORD…` does only the rows whose names hold one of the words.
"""

from __future__ import annotations

import multiprocessing
import re
import subprocess
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from briefing.delivery.building import Built
from briefing.delivery.runs import run_due
from tests.delivery.daemons import race, rest
from tests.delivery.desk import Clock, by_mail, files, job
from tests.delivery.kills import kill_everywhere
from tests.delivery.naughty import NAUGHTY
from tests.delivery.simulation import HOSTS, MEMORY, TIMES, ZONES, Mailbox, change_days, faults_of, simulate
from tests.delivery.smtp_server import smtp_server

if TYPE_CHECKING:
    from collections.abc import Callable

    from briefing.delivery.slots import Slot

ROOT = Path(__file__).parents[1]
YEAR = 2026
HEADERS = {"From", "List-Id", "Auto-Submitted", "Subject", "Date", "To", "Message-ID", "MIME-Version", "Content-Type"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One line of the table."""

    done: int
    survived: int
    note: str


def kills(folder: Path) -> Row:
    """Kill at effect 1, 2, 3 … until a run completes."""
    verdicts = list(kill_everywhere(folder))
    killed = [verdict for verdict in verdicts if verdict.killed]
    twice = sum(sum(verdict.delivered.values()) - len(verdict.delivered) for verdict in killed)
    return Row(
        done=len(killed),
        survived=sum(verdict.good for verdict in killed),
        note=f"same bytes and Message-ID each time; {twice} mails came twice, each after its final dot",
    )


def a_year(folder: Path) -> Row:
    """Run the loop through a year, for every zone and time in one process, on every host."""
    with multiprocessing.get_context("spawn").Pool(2) as pool:
        found = pool.map(
            _a_year_on, [(host, str(folder / str(number))) for number, host in enumerate(HOSTS)], chunksize=1
        )
    days = sum(days for days, _, _ in found)
    faults = [fault for _, faults, _ in found for fault in faults]
    ticks = sum(ticks for _, _, ticks in found)
    return Row(
        done=days,
        survived=days - len(faults),
        note=f"{len(ZONES)} zones × {len(HOSTS)} hosts × {len(TIMES)} times, {ticks:,} ticks {' '.join(faults[:3])}",
    )


def _a_year_on(order: tuple[str, str]) -> tuple[int, list[str], int]:
    host, folder = order
    start, end = datetime(YEAR, 1, 1, tzinfo=UTC), datetime(YEAR + 1, 1, 1, tzinfo=UTC)
    boxes = [Mailbox(zone, at) for zone in ZONES for at in TIMES]
    fine = change_days(YEAR, (*ZONES, *HOSTS))
    ticks = simulate(boxes, Path(folder), start=start, end=end, host=host, fine=fine)
    faults = [fault for box in boxes for fault in faults_of(box, start, end)]
    return sum(len(box.expected(start, end)) for box in boxes), faults, ticks


def clocks(folder: Path) -> Row:
    """Sleep three days; set the clock back after a brief; set it two days ahead for an hour; on every host."""
    start, noon = datetime(YEAR, 6, 1, 3, tzinfo=UTC), datetime(YEAR, 6, 1, 12, tzinfo=UTC)
    ahead = timedelta(days=2)
    days = [f"{YEAR}-06-0{number}" for number in range(1, 8)]
    cases = [
        ({noon: timedelta(days=3)}, [days[0], *days[3:]]),
        ({datetime(YEAR, 6, 1, 6, 40, tzinfo=UTC): timedelta(hours=-1)}, days),
        ({noon: ahead, noon + ahead + timedelta(hours=1): -ahead}, days),
    ]
    good = 0
    for number, (host, (jumps, expected)) in enumerate([(host, case) for host in HOSTS for case in cases]):
        box = Mailbox("UTC", "06:30")
        simulate([box], folder / str(number), start=start, end=start + timedelta(days=7), host=host, jumps=jumps)
        good += box.times == Counter(expected)
    return Row(done=len(HOSTS) * len(cases), survived=good, note="one catch-up; no second run; later days delivered")


def daemons(folder: Path) -> Row:
    """Start four daemons in the same instant, fifteen times."""
    counts = [race(folder / str(number)) for number in range(15)]
    return Row(done=15, survived=sum(set(count.values()) == {1} for count in counts), note="4 daemons, 3 recipients")


def titles(folder: Path) -> Row:
    """Deliver a brief under each naughty title and headline; the headers and parts are always the same."""
    good = 0
    with smtp_server() as server:
        for number, title in enumerate(NAUGHTY):
            build = _printing(title)
            run_due(job(folder / str(number), build, by_mail(server.port, "a@example.org")), Clock())
        for mail in server.mails:
            message = mail.parsed
            parts = [part.get_content_type() for part in message.walk()]
            good += set(message.keys()) == HEADERS and len(message.keys()) == len(HEADERS) and len(parts) == 5
    return Row(
        done=len(NAUGHTY), survived=good, note=f"{len(server.mails)} delivered; {len(HEADERS)} headers, one PDF each"
    )


def _printing(title: str) -> Callable[[Slot], Built]:
    return lambda slot: Built(files=files(slot.edition, title=title, headline=title), articles=1)


def _tested(*selection: str) -> Callable[[Path], Row]:
    """Return a row that runs tests, each of which does the fault for real."""

    def run(_folder: Path) -> Row:
        """Run them and count."""
        command = [sys.executable, "-m", "pytest", "-q", "-n0", "-p", "no:cacheprovider", *selection]
        text = subprocess.run(command, check=False, cwd=ROOT, capture_output=True, text=True).stdout
        counts = {word: int(number) for number, word in re.findall(r"(\d+) (passed|failed|skipped|error)", text)}
        done = counts.get("passed", 0) + counts.get("failed", 0) + counts.get("error", 0)
        skipped = f"{counts['skipped']} skipped: need root" if "skipped" in counts else ""
        return Row(done=done, survived=counts.get("passed", 0), note=skipped)

    return run


def at_rest(folder: Path) -> Row:
    """Keep the loop for an hour in which nothing is due."""
    config = folder / "config.yaml"
    sections = "sections: [{id: a, title: A, terms: {en: [b]}}]"
    config.write_text(f"version: 1\nsources: [{{folder: .}}]\n{sections}\nschedule: {{at: ['23:00']}}\n")
    cost = rest(config)
    share = cost["seconds"] / 36
    good = share < 1 and cost["megabytes"] < 80
    return Row(done=1, survived=int(good), note=f"{share:.4f} % of a core, {cost['megabytes']:.0f} MB")


def a_thousand(folder: Path) -> Row:
    """Serve a thousand recipients in one run, with a PDF of 200 kB."""
    names = [f"r{number}@example.org" for number in range(1000)]
    with smtp_server() as server:
        desk = job(
            folder,
            lambda slot: Built(files=files(slot.edition, pdf=bytes(range(256)) * 800), articles=1),
            by_mail(server.port, *names),
        )
        began = time.perf_counter()
        outcome = run_due(desk, Clock())
        seconds = time.perf_counter() - began
    each = Counter(server.delivered) == Counter(names) and len(outcome.deliveries) == len(names)
    return Row(done=1, survived=int(each and seconds < 20), note=f"{seconds:.1f} s, a state for each")


HERE = "tests/delivery"
ROWS: dict[str, Callable[[Path], Row]] = {
    "kill -9 at the n-th side effect": kills,
    "365 days of clock": a_year,
    "asleep, set back, ahead": clocks,
    "daemons at the same instant": daemons,
    "disk full, file limit, read-only": _tested(
        f"{HERE}/test_editions.py",
        f"{HERE}/test_jobs.py",
        "-k",
        "disk or size_limit or read_only or no_room or no_folder",
    ),
    "scripted mail server": _tested(f"{HERE}/test_smtp.py"),
    "titles that inject, naughty strings": titles,
    "ledger damaged, foreign or newer": _tested(f"{HERE}/test_ledger.py", "-k", "bad_ledger"),
    "ledger gone or empty": _tested(f"{HERE}/test_receipts.py"),
    "pipes, devices, links as files": _tested(
        f"{HERE}/test_ledger.py",
        f"{HERE}/test_status.py",
        f"{HERE}/test_smtp.py",
        "tests/test_sources.py",
        "-k",
        "no_file_of_its_folder or heartbeat or no_password or link or read_is_left_out or meanwhile",
    ),
    "loop at rest, an hour": at_rest,
    "a thousand recipients": a_thousand,
}


def main(only: list[str]) -> int:
    """Do the rows; 1 where one was not survived."""
    failed = False
    print(f"{'fault':38}{'done':>8}{'survived':>10}  {'':44}{'seconds':>8}")
    for name, act in ROWS.items():
        if only and not any(word in name for word in only):
            continue
        began = time.perf_counter()
        # a year of ledgers waits for a disk most of its time; what is asked there is the clock, not the disk
        place = str(MEMORY) if act is a_year and MEMORY.is_dir() else None
        with tempfile.TemporaryDirectory(dir=place) as folder:
            row = act(Path(folder))
        failed |= row.survived < row.done or row.done == 0
        seconds = time.perf_counter() - began
        print(f"{name:38}{row.done:8,}{row.survived:10,}  {row.note}  ({seconds:.0f} s)", flush=True)
    return int(failed)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
