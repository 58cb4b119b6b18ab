"""kill -9 at the n-th side effect: a child that runs one round and ends itself by SIGKILL when its count is reached.

Side effects are counted where they happen: every SQL statement, every file opened for writing, made, renamed, removed
or synced, and every piece sent to the mail server, once before and once after it.

    python -m tests.delivery.kills      for each line `N PORT OUTPUT` on stdin, forks a round that is killed at effect N
                                        (0: never), and prints how it ended
"""

from __future__ import annotations

import os
import signal
import smtplib
import sqlite3
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any

from briefing.config import Folder
from briefing.delivery.channels import folder_channel
from briefing.delivery.runs import run_due
from tests.delivery.desk import Clock, Press, around, by_mail, job
from tests.delivery.smtp_server import smtp_server

RECIPIENTS = ("a@example.org", "b@example.org", "c@example.org")
MOST_STARTS = 5
"""After a kill; the second start finishes, the third where the first round was in doubt."""

EFFECTS = {"os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.utime", "os.truncate", "shutil.rmtree"}


@dataclass
class Verdict:
    """What one killed run, and the runs that finished it, came to."""

    effect: int
    killed: bool
    delivered: Counter[str]
    message_ids: int
    """Different Message-IDs for one recipient, at most."""
    pdfs: int
    """Different PDFs that were handed over."""
    copies: bool
    """Whether the folder holds the same PDF."""

    @property
    def good(self) -> bool:
        """Everybody has the same bytes; at most one recipient got them twice, under one Message-ID."""
        times = [self.delivered[name] for name in RECIPIENTS]
        twice = sum(count - 1 for count in times)
        return min(times) >= 1 and twice <= 1 and self.message_ids == self.pdfs == 1 and self.copies


Rounds = Callable[[int, int, Path], int]
"""Runs a round in a process of its own, given effect, port and output; returns its exit code."""


@contextmanager
def rounds() -> Iterator[Rounds]:
    """Keep a process that has loaded everything, from which each round is forked."""
    command = [sys.executable, "-m", "tests.delivery.kills"]
    place = Path(__file__).parents[2]
    with subprocess.Popen(command, cwd=place, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as nursery:
        assert nursery.stdin is not None
        assert nursery.stdout is not None
        write, read = nursery.stdin, nursery.stdout

        def run(effect: int, port: int, output: Path) -> int:
            write.write(f"{effect} {port} {output}\n")
            write.flush()
            return int(read.readline())

        yield run
        nursery.stdin.close()


def kill_at(effect: int, folder: Path, run: Rounds, *, then: Callable[[Path], object] = str) -> Verdict:
    """Kill a run at an effect, do something, then start again until one ends by itself; return what came of it."""
    with smtp_server() as server:
        killed = run(effect, server.port, folder) == -signal.SIGKILL
        then(folder)
        assert any(run(0, server.port, folder) == 0 for _ in range(MOST_STARTS)), f"effect {effect}: never finished"
    pdfs = {next(iter(mail.parsed.iter_attachments())).get_content() for mail in server.mails}
    ids: dict[str, set[str]] = {}
    for mail in server.mails:
        ids.setdefault(mail.recipients[0], set()).add(mail.parsed["Message-ID"])
    copy = folder / "share" / "2019-03-21" / "brief.pdf"
    return Verdict(
        effect=effect,
        killed=killed,
        delivered=Counter(server.delivered),
        message_ids=max(map(len, ids.values()), default=0),
        pdfs=len(pdfs),
        copies=copy.exists() and {copy.read_bytes()} == pdfs,
    )


def kill_everywhere(folder: Path) -> Iterator[Verdict]:
    """Kill at effect 1, 2, 3 … until a run completes without being killed."""
    with rounds() as run:
        for effect in count(1):
            verdict = kill_at(effect, folder / str(effect), run)
            yield verdict
            if not verdict.killed:
                return


# ── the child ────────────────────────────────────────────────────────────────────────────────────────────────────


def main() -> None:
    for line in sys.stdin:
        effect, port, output = line.rstrip("\n").split(" ", 2)
        child = os.fork()
        if child == 0:
            os._exit(run_round(Path(output), int(port), int(effect)))
        sys.stdout.write(f"{os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])}\n")
        sys.stdout.flush()


def run_round(output: Path, port: int, effect: int) -> int:
    ticks = count(1)

    def tick() -> None:
        if next(ticks) == effect:
            os.kill(os.getpid(), signal.SIGKILL)

    watch_files(tick)
    watch_ledger(tick)
    watch_mail(tick)
    press = Press()
    press.slots.extend([None] * os.getpid())  # type: ignore[list-item] # every run prints other bytes
    channels = (by_mail(port, *RECIPIENTS), folder_channel(Folder(path="share"), around(output)))
    clock = Clock()
    # what waits after a doubt is tried a minute later
    clock.move(minutes=10 if (output / "briefing.sqlite3").exists() else 0)
    outcome = run_due(job(output, press, *channels), clock)
    return 0 if all(row.state.value == "sent" for row in outcome.deliveries) else 1


def watch_files(tick: Callable[[], None]) -> None:
    def hook(event: str, arguments: tuple[Any, ...]) -> None:
        if (
            event == "open" and isinstance(arguments[2], int) and arguments[2] & (os.O_WRONLY | os.O_RDWR | os.O_CREAT)
        ) or event in EFFECTS:
            tick()

    sys.addaudithook(hook)
    sync = os.fsync

    def synced(descriptor: int) -> None:
        sync(descriptor)
        tick()

    os.fsync = synced  # type: ignore[assignment]


def watch_ledger(tick: Callable[[], None]) -> None:
    connect = sqlite3.connect

    def connected(*arguments: Any, **more: Any) -> sqlite3.Connection:  # noqa: ANN401 - as sqlite3.connect
        db: sqlite3.Connection = connect(*arguments, **more)
        db.set_trace_callback(lambda _statement: tick())
        return db

    sqlite3.connect = connected  # type: ignore[assignment]


def watch_mail(tick: Callable[[], None]) -> None:
    send, getreply = smtplib.SMTP.send, smtplib.SMTP.getreply

    def sent(self: smtplib.SMTP, content: Any) -> None:  # noqa: ANN401 - as smtplib's
        tick()
        send(self, content)
        tick()

    def replied(self: smtplib.SMTP) -> tuple[int, bytes]:
        answer = getreply(self)
        tick()
        return answer

    smtplib.SMTP.send = sent  # type: ignore[method-assign, assignment]
    smtplib.SMTP.getreply = replied  # type: ignore[method-assign]


if __name__ == "__main__":
    main()
