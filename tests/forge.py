"""Typesetters that start warm: WeasyPrint is loaded once, and each document is set by a fork of who has loaded it.

A fork has what a fresh typesetter has when its job arrives, so each is as new; only the loading is saved.
"""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from briefing.render.pdf.typesetting import Typesetter

if TYPE_CHECKING:
    import pytest

ROOT = Path(__file__).parents[1]
LONGEST = 64
"""Bytes of the longest exit code."""
LONGEST_PATH = 4096
"""Bytes of the longest path (PATH_MAX)."""


class Forge:
    """The process that has loaded, and forks a typesetter for each document; it starts with the first."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        self.calls, self._theirs = socket.socketpair()

    def fork(self, talk: int, complaint: int) -> None:
        """Have a typesetter forked in the folder of the test, that talks there; its exit code comes as a call."""
        if self._process is None:
            self._process = subprocess.Popen(
                [sys.executable, "-P", "-m", "tests.forge", str(self._theirs.fileno())],
                pass_fds=[self._theirs.fileno()],
                env=os.environ | {"PYTHONPATH": str(ROOT), "PYTHONHASHSEED": "0"},
                cwd=ROOT,  # a test's own folder is gone after it
            )
            self._theirs.close()
        socket.send_fds(self.calls, [os.fsencode(Path.cwd())], [talk, complaint])

    def close(self) -> None:
        """End the process."""
        self.calls.close()
        self._theirs.close()
        if self._process is not None:
            self._process.wait(30)


class Forked:
    """One fork, as `subprocess.Popen` shows a typesetter's process."""

    def __init__(self, forge: Forge) -> None:
        self._forge = forge
        self.returncode: int | None = None

    def __enter__(self) -> None:
        """Do nothing, as there is nothing open."""

    def __exit__(self, *_: object) -> None:
        """Do nothing: it has ended."""

    def communicate(self, payload: bytes, timeout: float | None = None) -> tuple[bytes, bytes]:
        """Have the fork answer a job; return what it wrote and what it complained of."""
        ours, theirs = socket.socketpair()
        with ours, tempfile.TemporaryFile() as complaint:
            with theirs:
                self._forge.fork(theirs.fileno(), complaint.fileno())
            ours.settimeout(timeout)
            ours.sendall(payload)
            ours.shutdown(socket.SHUT_WR)
            with ours.makefile("rb") as answer:
                written = answer.read()
            self.returncode = int(self._forge.calls.recv(LONGEST))
            complaint.seek(0)
            return written, complaint.read()

    def kill(self) -> None:
        """Do nothing: a fork ends with its document."""


def start_warm(forge: Forge, patch: pytest.MonkeyPatch) -> None:
    """Let every typesetter be a fork."""

    def start(self: Typesetter) -> None:
        self._process = Forked(forge)  # type: ignore[assignment]

    patch.setattr(Typesetter, "__init__", start)


def serve(calls: socket.socket) -> None:
    """Fork a typesetter for each call until there are no more."""
    from briefing.render.pdf.typesetter import answer, end, load

    listener = load()
    while (call := socket.recv_fds(calls, LONGEST_PATH, 2))[1]:
        folder, streams, _, _ = call
        fork = os.fork()
        if fork == 0:
            calls.close()
            os.chdir(folder)
            talk, complaint = streams
            for number, stream in enumerate((talk, talk, complaint)):
                os.dup2(stream, number)
            os.closerange(3, max(streams) + 1)  # the caller reads to the end of what is written
            end(answer(listener))
            sys.exit()
        for stream in streams:
            os.close(stream)
        _, status = os.waitpid(fork, 0)
        calls.sendall(b"%d" % os.waitstatus_to_exitcode(status))


if __name__ == "__main__":
    serve(socket.socket(fileno=int(sys.argv[1])))
