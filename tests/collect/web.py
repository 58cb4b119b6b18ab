"""A web server on loopback that does as it is told, under any host's name; a network whose names all lead to it."""

from __future__ import annotations

import socket
import threading
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from briefing.sources.guard import Net

PUBLIC = "203.0.114.7"
"""An address that is no private one; the network below dials the server in its place."""
Script = Callable[[BaseHTTPRequestHandler], None]


@dataclass(frozen=True)
class Reply:
    """What is answered to a GET."""

    body: bytes = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)


@dataclass
class Web:
    """What is answered under each address (`http://host/path`), and what was asked."""

    port: int = 0
    replies: dict[str, Reply | Script | list[Reply | Script]] = field(default_factory=dict)
    """A list is answered one after another, its last one from then on."""
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    """Address and headers (small letters), in order."""
    dialled: list[str] = field(default_factory=list)
    peak: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    """How many requests were under way at once at most, by host."""
    names: dict[str, list[list[str]]] = field(default_factory=dict)
    """What a name stands for, one look-up after another; every other name is PUBLIC."""
    stopped: threading.Event = field(default_factory=threading.Event)
    _busy: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def net(self) -> Net:
        """Return a network on which every public address is this server."""
        return Net(resolve=self._resolve, dial=self._dial, sleep=lambda _seconds: None)

    def urls(self) -> list[str]:
        """Return the addresses that were asked for, in order."""
        return [url for url, _ in self.asked]

    def _resolve(self, host: str, port: int) -> list[str]:
        del port
        if host.replace(".", "").isdigit() or ":" in host:
            return [host]
        known = self.names.get(host)
        if known is None:
            return [PUBLIC]
        found = known.pop(0) if len(known) > 1 else known[0]
        if not found:
            raise socket.gaierror(-3, "Temporary failure in name resolution")
        return found

    def _dial(self, address: str, port: int, seconds: float) -> socket.socket:
        del port
        self.dialled.append(address)
        return socket.create_connection(("127.0.0.1", self.port), seconds)

    def answer(self, handler: BaseHTTPRequestHandler) -> None:
        """Answer one request."""
        host = handler.headers.get("Host", "").partition(":")[0]
        url = handler.path if handler.path.startswith("http") else f"http://{host}{handler.path}"
        with self._lock:
            self.asked.append((url, {name.lower(): value for name, value in handler.headers.items()}))
            self._busy[host] += 1
            self.peak[host] = max(self.peak[host], self._busy[host])
            reply = self.replies.get(url, Reply(status=404))
            if isinstance(reply, list):
                reply = reply.pop(0) if len(reply) > 1 else reply[0]
        try:
            if not isinstance(reply, Reply):
                reply(handler)
                return
            handler.send_response(reply.status)
            for name, value in {"Content-Length": str(len(reply.body)), **reply.headers}.items():
                handler.send_header(name, value)
            handler.end_headers()
            handler.wfile.write(reply.body)
        finally:
            with self._lock:
                self._busy[host] -= 1

    def dripping(self, first: bytes) -> Script:
        """Return a script that sends some bytes and then one more each 50 ms, for ever."""

        def drip(handler: BaseHTTPRequestHandler) -> None:
            piece = first
            while not self.stopped.wait(0.05):
                try:
                    handler.wfile.write(piece)
                except OSError:
                    return
                piece = b"a"

        return drip


@contextmanager
def serving() -> Iterator[Web]:
    """Serve on a free port of loopback."""
    web = Web()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            web.answer(self)

        def log_message(self, *_: object) -> None:
            pass

    class Server(ThreadingHTTPServer):
        request_queue_size = 128
        daemon_threads = True

        def handle_error(self, *_: object) -> None:
            """Be silent: clients that hang up are the point of some tests."""

    server = Server(("127.0.0.1", 0), Handler)
    web.port = server.server_port
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield web
    finally:
        web.stopped.set()
        server.shutdown()
        server.server_close()
        thread.join()
