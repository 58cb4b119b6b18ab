"""A real SMTP server in a thread that does what a script says: answers, drops the line, hangs, speaks TLS."""

from __future__ import annotations

import contextlib
import socket
import socketserver
import ssl
import threading
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from email.message import EmailMessage

DROP, HANG = "DROP", "HANG"
BODY, DOT = "BODY", "DOT"
"""What the script is asked at the first byte of a message, and after its final dot."""


def agreeable(_step: str) -> str | None:
    """The script that always says yes."""
    return None


@dataclass
class Mail:
    sender: str
    recipients: list[str]
    content: bytes

    @property
    def parsed(self) -> EmailMessage:
        return message_from_bytes(self.content, policy=policy.default)


@dataclass
class Server:
    port: int
    mails: list[Mail] = field(default_factory=list)
    steps: list[str] = field(default_factory=list)
    script: Callable[[str], str | None] = agreeable

    @property
    def delivered(self) -> list[str]:
        """Every recipient of every message taken, once for each time."""
        return [recipient for mail in self.mails for recipient in mail.recipients]


class _Dropped(Exception):  # noqa: N818
    pass


class _Handler(socketserver.BaseRequestHandler):
    server: _Listener

    def handle(self) -> None:
        self.line: socket.socket = self.request
        if self.server.tls and self.server.immediate:
            self.line = self.server.tls.wrap_socket(self.line, server_side=True)
        self.pending = b""
        try:
            with contextlib.suppress(OSError, _Dropped):
                self.talk()
        finally:
            self.line.close()

    def talk(self) -> None:
        self.sender = ""
        self.recipients: list[str] = []
        self.answer("CONNECT", "220 ready")
        while (command := self.read_line()) is not None:
            verb, _, rest = command.partition(" ")
            verb = verb.upper()
            what, colon, whom = rest.partition(":")
            command = f"{verb} {what.upper() if colon else what}{colon}{whom}".strip()  # clients differ: `to:`, `TO:`
            if verb == "QUIT":
                self.answer(command, "221 bye")
                return
            self.obey(verb, command)

    def obey(self, verb: str, command: str) -> None:
        if verb == "EHLO":
            extensions = [*self.server.extensions, *(["STARTTLS"] if self.offers_tls() else [])]
            lines = ["test", *extensions]
            text = "\r\n".join(f"250{'-' if n < len(lines) - 1 else ' '}{line}" for n, line in enumerate(lines))
            self.answer("EHLO", text)
        elif verb == "STARTTLS":
            if self.answer(command, "220 go"):
                assert self.server.tls is not None
                self.line = self.server.tls.wrap_socket(self.line, server_side=True)
        elif verb == "AUTH":
            self.answer(command, "235 welcome")
        elif verb == "MAIL":
            self.sender, self.recipients = command[10:].split(">", maxsplit=1)[0], []
            self.answer(command, "250 ok")
        elif verb == "RCPT":
            if self.answer(command, "250 ok"):
                self.recipients.append(command[9:].strip("<>"))
        elif verb == "DATA":
            if self.answer("DATA", "354 go on"):
                self.take()
        else:
            self.answer(command, "250 ok")

    def take(self) -> None:
        self.fill()
        if self.server.state.script(BODY) == DROP:
            raise _Dropped
        while not self.pending.endswith(b"\r\n.\r\n"):
            self.fill()
        content, self.pending = self.pending[:-3].replace(b"\r\n..", b"\r\n."), b""
        verdict = self.server.state.script(DOT)
        if verdict is None or verdict[0] not in "45":
            self.server.state.mails.append(Mail(self.sender, list(self.recipients), content))
        self.answer(DOT, "250 taken", verdict)

    def answer(self, step: str, default: str, verdict: str | None = None) -> bool:
        """Say what the script says; True where that is the default."""
        if step != DOT:
            verdict = self.server.state.script(step)
        self.server.state.steps.append(step)
        if verdict == DROP:
            raise _Dropped
        if verdict == HANG:
            self.server.closing.wait()
            raise _Dropped
        self.line.sendall(f"{verdict or default}\r\n".encode())
        return verdict is None

    def offers_tls(self) -> bool:
        return self.server.tls is not None and not isinstance(self.line, ssl.SSLSocket)

    def read_line(self) -> str | None:
        while b"\r\n" not in self.pending:
            try:
                self.fill()
            except _Dropped:
                return None
        line, _, self.pending = self.pending.partition(b"\r\n")
        return line.decode()

    def fill(self) -> None:
        more = self.line.recv(1 << 20)
        if not more:
            raise _Dropped
        self.pending += more


class _Listener(socketserver.ThreadingTCPServer):
    daemon_threads = True
    block_on_close = True
    allow_reuse_address = True
    request_queue_size = 50

    def __init__(self, state: Server, tls: ssl.SSLContext | None, immediate: bool, extensions: list[str]) -> None:  # noqa: FBT001
        self.state, self.tls, self.immediate, self.extensions = state, tls, immediate, extensions
        self.closing = threading.Event()
        super().__init__(("127.0.0.1", state.port), _Handler)

    def handle_error(self, request: object, client_address: object) -> None:
        """Keep quiet: what matters is asked of the state."""


@contextlib.contextmanager
def smtp_server(
    script: Callable[[str], str | None] = agreeable,
    *,
    tls: ssl.SSLContext | None = None,
    immediate: bool = False,
    extensions: tuple[str, ...] = ("SIZE 50000000", "AUTH PLAIN LOGIN"),
) -> Iterator[Server]:
    state = Server(port=0, script=script)
    listener = _Listener(state, tls, immediate, list(extensions))
    state.port = listener.server_address[1]
    thread = threading.Thread(target=lambda: listener.serve_forever(poll_interval=0.01), daemon=True)
    thread.start()
    try:
        yield state
    finally:
        listener.closing.set()
        listener.shutdown()
        listener.server_close()
        thread.join()
