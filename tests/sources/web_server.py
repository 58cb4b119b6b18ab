"""A web on loopback: every name is this machine, and what each address answers is a function."""

from __future__ import annotations

import threading
import time
from collections import Counter
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """What is answered."""

    content: bytes = b""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    drips: bool = False
    """Whether a byte comes each tenth of a second, for ever, in place of the content."""


@dataclass(slots=True)
class Web:
    """What was asked, and who was asked at once."""

    answer: Callable[[str, str, Mapping[str, str]], Reply]
    """Host, path and headers → what is answered."""
    port: int = 0
    asked: list[str] = field(default_factory=list)
    at_once: Counter[str] = field(default_factory=Counter)
    """The most requests to a host that were open together."""
    over: threading.Event = field(default_factory=threading.Event)
    _open: Counter[str] = field(default_factory=Counter)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def resolve(self, host: str, port: int) -> list[str]:  # noqa: ARG002 - as the resolver is called
        """Return where every name of this web is."""
        return ["127.0.0.1"]

    def url(self, host: str, path: str = "/feed") -> str:
        """Return an address of this web."""
        return f"http://{host}:{self.port}{path}"


def _handler(web: Web) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            host = self.headers.get("Host", "").partition(":")[0]
            with web._lock:
                web.asked.append(f"{host}{self.path}")
                web._open[host] += 1
                web.at_once[host] = max(web.at_once[host], web._open[host])
            try:
                self._reply(web.answer(host, self.path, dict(self.headers)))
            finally:
                with web._lock:
                    web._open[host] -= 1

        def _reply(self, reply: Reply) -> None:
            self.send_response_only(reply.status)
            for name, value in reply.headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(10_000_000 if reply.drips else len(reply.content)))
            self.end_headers()
            while reply.drips and not web.over.wait(0.1):
                self.wfile.write(b" ")
            self.wfile.write(reply.content)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    return Handler


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128

    def handle_error(self, *_: object) -> None:
        """Say nothing of a client that hung up."""


@contextmanager
def serving(answer: Callable[[str, str, Mapping[str, str]], Reply]) -> Iterator[Web]:
    """Serve a web until the block ends."""
    web = Web(answer)
    with _Server(("127.0.0.1", 0), _handler(web)) as server:
        web.port = server.server_address[1]
        threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
        try:
            yield web
        finally:
            web.over.set()
            server.shutdown()


def rss(title: str, *items: tuple[str, str, str], pause: float = 0.0) -> bytes:
    """Return a feed: guid, title and text of each item."""
    time.sleep(pause) if pause else None
    listed = "".join(
        f"<item><guid>{guid}</guid><title>{name}</title><pubDate>Thu, 21 Mar 2019 04:00:00 GMT</pubDate>"
        f"<description>{text}</description></item>"
        for guid, name, text in items
    )
    return f'<rss version="2.0"><channel><title>{title}</title>{listed}</channel></rss>'.encode()
