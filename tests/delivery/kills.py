"""kill -9 at the n-th side effect: a child that runs one round and ends itself by SIGKILL when its count is reached.

Side effects are counted where they happen: every SQL statement, every file opened for writing, made, renamed, removed
or synced, and every piece sent to the mail server, once before and once after it.

    python -m tests.delivery.kills OUTPUT PORT N      runs a round and is killed at effect N (0: never)
"""

from __future__ import annotations

import os
import signal
import smtplib
import sqlite3
import subprocess
import sys
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from briefing.scheduler.jobs import run_due
from tests.delivery.desk import Clock, Press, around, by_mail, job
from tests.delivery.smtp_server import smtp_server

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

RECIPIENTS = ("a@example.org", "b@example.org", "c@example.org")
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


def run_child(output: Path, port: int, effect: int) -> int:
    """Run a round in a process of its own; return its exit code."""
    command = [sys.executable, "-m", "tests.delivery.kills", str(output), str(port), str(effect)]
    return subprocess.run(command, check=False, cwd=Path(__file__).parents[2], stderr=subprocess.DEVNULL).returncode


def kill_at(effect: int, folder: Path) -> Verdict:
    """Kill a run at an effect, then start again until one ends by itself; return what came of it."""
    with smtp_server() as server:
        killed = run_child(folder, server.port, effect) == -signal.SIGKILL
        while run_child(folder, server.port, 0) != 0:
            pass
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


def kill_everywhere(folder: Path, effects: Sequence[int] | None = None) -> Iterator[Verdict]:
    """Kill at each of the effects, or at 1, 2, 3 … until a run completes without being killed."""
    number = 0
    while effects is None or number < len(effects):
        verdict = kill_at(number + 1 if effects is None else effects[number], folder / str(number))
        yield verdict
        if effects is None and not verdict.killed:
            return
        number += 1


# ── the child ────────────────────────────────────────────────────────────────────────────────────────────────────


def main(output: Path, port: int, effect: int) -> None:
    count = 0

    def tick() -> None:
        nonlocal count
        count += 1
        if count == effect:
            os.kill(os.getpid(), signal.SIGKILL)

    watch_files(tick)
    watch_ledger(tick)
    watch_mail(tick)
    from briefing.config.delivery import Folder
    from briefing.deliver.folder import folder_channel

    press = Press()
    press.slots.extend([None] * os.getpid())  # type: ignore[list-item] # every run prints other bytes
    channels = (by_mail(port, *RECIPIENTS), folder_channel(Folder(path="share"), around(output)))
    clock = Clock()
    # what waits after a doubt is tried a minute later
    clock.move(minutes=10 if (output / "briefing.sqlite3").exists() else 0)
    outcome = run_due(job(output, press, *channels), clock)
    sys.exit(0 if all(row.state.value == "sent" for row in outcome.handovers) else 1)


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
    main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
