"""A command that prints a feed, a JSON Feed or JSON Lines: how everything is collected that has no kind of its own.

It is run without a shell, for a time and up to a size, and with all that it started it is ended.
"""

from __future__ import annotations

import os
import selectors
import signal
import subprocess
from contextlib import suppress
from typing import TYPE_CHECKING

from briefing.errors import SourceError
from briefing.sources.entries import Collected
from briefing.sources.feeds import feed_in, keyed

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from briefing.config import CommandSource
    from briefing.sources.entries import Reach

SECONDS = 60.0
MOST_BYTES = 10_000_000
_PIECE = 65_536
_MOST_TOLD = 4_000


def collect_command(source: CommandSource, reach: Reach) -> Collected:
    """Run a command and read what it prints; SourceError where it fails, takes too long, or prints something else."""
    seconds = max(0.0, min(SECONDS, reach.deadline - reach.monotonic()))
    printed = run(source.command, reach.home, seconds=seconds, monotonic=reach.monotonic)
    if not printed.strip():
        return Collected()
    try:
        feed = feed_in(printed)
    except ValueError as error:
        raise SourceError(source.label, "it prints neither a feed nor JSON Feed nor JSON Lines") from error
    told = (f"only its first {len(feed.entries):,} entries are read",) if feed.left else ()
    return Collected(entries=tuple(keyed(feed.entries, source)), remarks=told)


def run(command: Sequence[str], home: Path, *, seconds: float, monotonic: Callable[[], float]) -> bytes:
    """Return what a command prints; SourceError where it is not there, fails, or goes beyond its time or size.

    It starts in the folder of config.yaml, has nothing to read, and is a process group of its own, which is killed
    whole: what a script has started ends with it.
    """
    name = command[0]
    program = str((home / name).absolute()) if os.sep in name else name
    try:
        process = subprocess.Popen(  # noqa: S603 - the desk's own command, without a shell
            [program, *command[1:]],
            cwd=home,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            start_new_session=True,
        )
    except (OSError, ValueError) as error:
        is_gone = isinstance(error, FileNotFoundError)
        reason = "there is no such program" if is_gone else getattr(error, "strerror", None) or str(error)
        raise SourceError(name, f"cannot be run: {reason}") from error
    try:
        printed, told, complaint = _output(process, monotonic() + seconds, monotonic)
    finally:
        _kill_group(process)
        process.wait()
        for pipe in (process.stdout, process.stderr):
            if pipe:
                pipe.close()
    if complaint:
        raise SourceError(name, complaint.format(seconds=round(seconds)))
    if process.returncode:
        raise SourceError(name, f"it ended with {_ended(process.returncode)}{_last_line(told)}")
    return printed


def _output(
    process: subprocess.Popen[bytes], until: float, monotonic: Callable[[], float]
) -> tuple[bytes, bytes, str | None]:
    """Return what a process printed, what it complained of, and why it is ended before it ends itself."""
    printed, told = bytearray(), bytearray()
    with selectors.DefaultSelector() as selector:
        for pipe, kept in ((process.stdout, printed), (process.stderr, told)):
            if pipe is not None:
                selector.register(pipe, selectors.EVENT_READ, kept)
        while selector.get_map():
            left = until - monotonic()
            if left <= 0:
                return bytes(printed), bytes(told), "it took more than {seconds} s and was ended"
            if process.poll() is not None:  # what it left running holds the pipes
                _kill_group(process)
            for ready, _ in selector.select(min(left, 0.2)):
                piece = os.read(ready.fd, _PIECE)
                kept = ready.data
                kept += piece if kept is printed else piece[: max(0, _MOST_TOLD - len(kept))]
                if not piece:
                    selector.unregister(ready.fileobj)
            if len(printed) > MOST_BYTES:
                return b"", bytes(told), "it printed more than 10 MB and was ended"
    try:
        process.wait(max(0.0, until - monotonic()))
    except subprocess.TimeoutExpired:
        return bytes(printed), bytes(told), "it took more than {seconds} s and was ended"
    return bytes(printed), bytes(told), None


def _kill_group(process: subprocess.Popen[bytes]) -> None:
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)


def _ended(code: int) -> str:
    return f"signal {-code}" if code < 0 else f"exit code {code}"


def _last_line(told: bytes) -> str:
    lines = [line.strip() for line in told.decode("utf-8", "replace").splitlines() if line.strip()]
    text = "".join(char if char.isprintable() else " " for char in lines[-1]) if lines else ""
    return f": {text[:200]}" if text else ""
