"""Typesetters that start warm: WeasyPrint is loaded once, and each typesetter is a fork of the process that loaded it.

A fork has what a fresh process has when its job arrives, so each is as new; only the loading is saved.
"""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import tempfile
import traceback
from multiprocessing.connection import Pipe
from pathlib import Path
from typing import TYPE_CHECKING, cast

from briefing.parallel import process
from briefing.parallel.process import Process
from briefing.parallel.worker import serve

if TYPE_CHECKING:
    import pytest

    from briefing.parallel import Terms

ROOT = Path(__file__).parents[1]
LONGEST = 64
"""Bytes of the longest number."""
LONGEST_PATH = 4096
"""Bytes of the longest path (PATH_MAX)."""


class Forge:
    """The process that has loaded, and forks; it starts with the first fork."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        self._calls, self._theirs = socket.socketpair()

    def fork(self, talk: int, complaint: int, memory_bytes: int) -> int:
        """Have a process forked in the folder of the test, that talks there; return its number."""
        if self._process is None:
            self._process = subprocess.Popen(
                [sys.executable, "-P", "-m", "tests.forge", str(self._theirs.fileno())],
                pass_fds=[self._theirs.fileno()],
                env=os.environ | {"PYTHONPATH": str(ROOT), "PYTHONHASHSEED": "0"},
                cwd=ROOT,  # a test's own folder is gone after it
            )
            self._theirs.close()
        call = b"%d %s" % (memory_bytes, os.fsencode(Path.cwd()))
        socket.send_fds(self._calls, [call], [talk, complaint])
        return int(self._calls.recv(LONGEST))

    def wait(self, pid: int) -> int:
        """Return the exit code of a fork, once it has ended."""
        self._calls.sendall(b"%d wait" % pid)
        return int(self._calls.recv(LONGEST))

    def close(self) -> None:
        """End the process."""
        self._calls.close()
        self._theirs.close()
        if self._process is not None:
            self._process.wait(30)


class Forked:
    """One fork, as `subprocess.Popen` shows a process."""

    def __init__(self, forge: Forge, pid: int) -> None:
        self._forge, self._pid = forge, pid
        self._code: int | None = None

    def kill(self) -> None:
        """End it at once."""
        if self._code is None:
            os.kill(self._pid, signal.SIGKILL)

    def wait(self) -> int:
        """Return its exit code."""
        if self._code is None:
            self._code = self._forge.wait(self._pid)
        return self._code


def start_warm(forge: Forge, patch: pytest.MonkeyPatch) -> None:
    """Let every process that has WeasyPrint loaded be a fork."""
    start = process.start_process

    def start_process(terms: Terms) -> Process:
        if not terms.load.__module__.startswith("briefing.render.pdf"):
            return start(terms)
        ours, theirs = Pipe()
        errors = tempfile.TemporaryFile()  # noqa: SIM115 - closed by Process.end
        with theirs:
            pid = forge.fork(theirs.fileno(), errors.fileno(), terms.memory_bytes)
        ours.send((terms.load, terms.prepare))
        return Process(cast("subprocess.Popen[bytes]", Forked(forge, pid)), ours, errors)

    patch.setattr(process, "start_process", start_process)


def forge(calls: socket.socket) -> None:
    """Fork for each call until there are no more."""
    from briefing.render.pdf.document import load

    load()
    while (call := socket.recv_fds(calls, LONGEST_PATH, 2))[0]:
        message, streams, _, _ = call
        number, rest = message.split(b" ", 1)
        if not streams:
            _, status = os.waitpid(int(number), 0)
            calls.sendall(b"%d" % os.waitstatus_to_exitcode(status))
            continue
        pid = os.fork()
        if pid == 0:
            calls.close()
            os.chdir(rest)
            become_worker(*streams, memory_bytes=int(number))
        for stream in streams:
            os.close(stream)
        calls.sendall(b"%d" % pid)


def become_worker(talk: int, complaint: int, *, memory_bytes: int) -> None:
    """Do jobs, and end without the rest of the program that was forked."""
    os.dup2(complaint, 2)
    os.close(complaint)
    try:
        serve(talk, memory_bytes)
    except BaseException:
        traceback.print_exc()
        os._exit(1)
    os._exit(0)


if __name__ == "__main__":
    forge(socket.socket(fileno=int(sys.argv[1])))
