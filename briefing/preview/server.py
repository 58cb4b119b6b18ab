"""The preview's web server: loopback only, read only, one thread a request (an effect)."""

from __future__ import annotations

from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from socketserver import TCPServer
from typing import TYPE_CHECKING

from briefing.preview.access import LOOPBACK, PAGE_POLICY, headers_of, refusal
from briefing.preview.answers import Answer, answer

if TYPE_CHECKING:
    from briefing.preview.screen import Screen

HEARTBEAT = 15.0
"""Seconds after which a waiting page is written to, so that one that is gone is noticed."""
FIRST_NUMBER = -1
"""No number of a screen: whoever begins to wait is told at once what there is."""


class Server(ThreadingHTTPServer):
    """Serves one screen."""

    daemon_threads = True

    def __init__(self, screen: Screen, port: int) -> None:
        self.screen = screen
        super().__init__((LOOPBACK, port), Handler)

    def server_bind(self) -> None:
        """Bind without asking a name server what this machine is called."""
        TCPServer.server_bind(self)
        self.server_name, self.server_port = LOOPBACK, self.server_address[1]

    @property
    def url(self) -> str:
        """The address of the page."""
        return f"http://{LOOPBACK}:{self.server_port}/"


class Handler(BaseHTTPRequestHandler):
    """Answers one connection."""

    server: Server
    protocol_version = "HTTP/1.1"
    server_version, sys_version = "briefing", ""
    timeout = 60

    def handle(self) -> None:
        """Answer requests until the other side is gone, which is nobody's fault."""
        with suppress(ConnectionError):
            super().handle()

    def do_GET(self) -> None:
        """Answer a request for a page, for data, or for news."""
        reason = refusal(
            self.headers.get_all("Host") or (),
            self.headers.get("Origin"),
            self.headers.get("Sec-Fetch-Site"),
            port=self.server.server_port,
        )
        path = self.path.partition("?")[0]
        if reason is not None:
            self._send(Answer(content=f"{reason}\n".encode(), kind="text/plain; charset=utf-8", status=403))
        elif path == "/news":
            self._send_news()
        else:
            self._send(answer(path, self.server.screen.shown))

    def _send(self, found: Answer) -> None:
        self.send_response(found.status)
        for name, value in headers_of(found.policy).items():
            self.send_header(name, value)
        self.send_header("Content-Type", found.kind)
        self.send_header("Content-Length", str(len(found.content)))
        self.end_headers()
        self.wfile.write(found.content)

    def _send_news(self) -> None:
        """Send the screen's number whenever it changes (server-sent events, WHATWG HTML 9.2)."""
        self.close_connection = True
        self.send_response(200)
        for name, value in headers_of(PAGE_POLICY).items():
            self.send_header(name, value)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Connection", "close")
        self.end_headers()
        number = FIRST_NUMBER
        while (shown := self.server.screen.wait(number, HEARTBEAT)) is not None:
            self.wfile.write(b": still here\n\n" if shown.number == number else f"data: {shown.number}\n\n".encode())
            self.wfile.flush()
            number = shown.number

    def log_message(self, *_: object) -> None:
        """Say nothing: the terminal belongs to the mistakes."""


def listen(screen: Screen, port: int) -> Server:
    """Return a server that listens on a port of the loopback interface, any free one for 0; raises OSError."""
    return Server(screen, port)
