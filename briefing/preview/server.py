"""The preview's web server: loopback only, read only, one thread a request (an effect).

A page of another site could reach a server on the loopback interface by a name of its own that resolves to 127.0.0.1
(DNS rebinding), or ask it in the reader's name; both show in the headers that the browser sets and no page can forge.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from socketserver import TCPServer
from threading import Condition
from typing import TYPE_CHECKING

from briefing.preview.showing import PAGE_POLICY, Answer, Shown, answer, state_values

if TYPE_CHECKING:
    from collections.abc import Sequence

    from briefing.errors import Mistake
    from briefing.preview.showing import Day

# ── who may read ─────────────────────────────────────────────────────────────────────────────────────────────────────


LOOPBACK = "127.0.0.1"
_NAMES = (LOOPBACK, "localhost", "[::1]")
_OWN_SITES = ("same-origin", "none")
"""Sec-Fetch-Site of our own page, and of an address that the reader typed."""


def refusal(hosts: Sequence[str], origin: str | None, site: str | None, *, port: int) -> str | None:
    """Return why a request is not answered, or None; from its Host headers, its Origin and its Sec-Fetch-Site."""
    own = {f"{name}:{port}" for name in _NAMES}
    if len(hosts) != 1 or hosts[0].strip().lower() not in own:
        return "the preview answers to this machine's own name only"
    if origin is not None and origin not in {f"http://{host}" for host in own}:
        return "the preview answers to its own page only"
    if site is not None and site not in _OWN_SITES:
        return "the preview answers to its own page only"
    return None


def headers_of(policy: str) -> dict[str, str]:
    """Return the headers of every answer."""
    return {
        "Content-Security-Policy": policy,
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "no-referrer",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Cache-Control": "no-store",
    }


# ── the screen ───────────────────────────────────────────────────────────────────────────────────────────────────────


class Screen:
    """Holds what is shown; whoever looks can wait for something new."""

    def __init__(self) -> None:
        self._news = Condition()
        self._shown = Shown(number=0)
        self._open = True

    @property
    def shown(self) -> Shown:
        """What is shown now."""
        with self._news:
            return self._shown

    def show(self, day: Day, *, seconds: float) -> None:
        """Show a day that was made without a mistake."""
        self._change(replace(self.shown, day=day, mistakes=(), seconds=seconds))

    def complain(self, mistakes: tuple[Mistake, ...], *, seconds: float) -> None:
        """Show mistakes beside the last good day."""
        self._change(replace(self.shown, mistakes=mistakes, seconds=seconds))

    def wait(self, after: int, seconds: float) -> Shown | None:
        """Return what is shown once its number is not `after`, or when the time is up; None when all is over."""
        with self._news:
            self._news.wait_for(lambda: self._shown.number != after or not self._open, timeout=seconds)
            return self._shown if self._open else None

    def close(self) -> None:
        """Let nobody wait any longer."""
        with self._news:
            self._open = False
            self._news.notify_all()

    def _change(self, shown: Shown) -> None:
        """Take over what is new; what looks the same as before is no news."""
        with self._news:
            if self._shown.number and _looks(shown) == _looks(self._shown):
                return
            self._shown = replace(shown, number=self._shown.number + 1)
            self._news.notify_all()


def _looks(shown: Shown) -> object:
    return state_values(replace(shown, number=0, seconds=0.0)), shown.day.page if shown.day else None


# ── the server ───────────────────────────────────────────────────────────────────────────────────────────────────────


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
