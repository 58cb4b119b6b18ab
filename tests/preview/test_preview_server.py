"""The server's doors: who is let in, and what is sent with every answer."""

from __future__ import annotations

import json
import socket
from http.client import HTTPConnection
from threading import Thread
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest

from briefing.preview import Screen, listen
from briefing.preview.server import Server, refusal

if TYPE_CHECKING:
    from collections.abc import Iterator

PORT = 8437


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    screen = Screen()
    found = listen(screen, 0)
    thread = Thread(target=found.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield found
    screen.close()
    found.shutdown()
    found.server_close()
    thread.join()


def ask(server: Server, path: str, *, method: str = "GET", **headers: str) -> tuple[int, dict[str, str], bytes]:
    connection = HTTPConnection("127.0.0.1", server.server_port, timeout=10)
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    connection.request(method, path, headers=named)
    answer = connection.getresponse()
    content = answer.read()
    connection.close()
    return answer.status, dict(answer.getheaders()), content


@pytest.mark.parametrize(
    ("hosts", "origin", "site", "allowed"),
    [
        (["127.0.0.1:8437"], None, None, True),
        (["localhost:8437"], None, "none", True),
        (["LOCALHOST:8437"], None, "none", True),
        (["[::1]:8437"], None, None, True),
        (["127.0.0.1:8437"], "http://127.0.0.1:8437", "same-origin", True),
        ([], None, None, False),
        (["127.0.0.1:8437", "127.0.0.1:8437"], None, None, False),
        (["127.0.0.1"], None, None, False),
        (["127.0.0.1:80"], None, None, False),
        (["127.0.0.1.evil.example:8437"], None, None, False),
        (["evil.example:8437"], None, "none", False),
        (["evil.example"], None, None, False),
        (["127.0.0.1:8437"], "http://evil.example", None, False),
        (["127.0.0.1:8437"], "https://127.0.0.1:8437", None, False),
        (["127.0.0.1:8437"], "http://127.0.0.1:9999", None, False),
        (["127.0.0.1:8437"], "null", None, False),
        (["127.0.0.1:8437"], None, "cross-site", False),
        (["127.0.0.1:8437"], None, "same-site", False),
    ],
)
def test_only_this_machine_and_its_own_page_are_let_in(
    hosts: list[str], origin: str | None, site: str | None, *, allowed: bool
) -> None:
    assert (refusal(hosts, origin, site, port=PORT) is None) is allowed


@pytest.mark.parametrize(
    "path", ["/", "/state", "/brief", "/brief.pdf", "/news", "/article/0123456789ab", "/preview.js"]
)
def test_a_foreign_host_gets_nothing_from_any_address(server: Server, path: str) -> None:
    status, _, content = ask(server, path, Host=f"evil.example:{server.server_port}")
    assert (status, content) == (403, b"the preview answers to this machine's own name only\n")
    assert ask(server, path, Origin="http://evil.example")[0] == 403


@pytest.mark.parametrize("path", ["/", "/state", "/brief", "/preview.css", "/preview.js", "/nothing"])
def test_every_answer_has_a_policy_and_opens_nothing_to_others(server: Server, path: str) -> None:
    _, headers, _ = ask(server, path)
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert headers["Cache-Control"] == "no-store"
    assert not [name for name in headers if name.lower().startswith("access-control-")]


def test_the_brief_is_sandboxed_wherever_it_is_opened(server: Server) -> None:
    policy = ask(server, "/brief")[1]["Content-Security-Policy"]
    assert policy.startswith("sandbox allow-same-origin;")
    assert "allow-scripts" not in policy


@pytest.mark.parametrize(
    "path", ["/../pyproject.toml", "/..%2f..%2fetc/passwd", "/page.html", "//etc/passwd", "/article/"]
)
def test_no_other_file_can_be_read(server: Server, path: str) -> None:
    assert ask(server, path)[0] == 404


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS", "PATCH"])
def test_nothing_can_be_changed(server: Server, method: str) -> None:
    assert ask(server, "/state", method=method)[0] == 501


def test_before_the_first_brief_the_state_says_so(server: Server) -> None:
    state = json.loads(ask(server, "/state")[2])
    assert state == {"number": 0, "seconds": 0.0, "mistakes": [], "day": None}


def test_it_listens_on_loopback_only(server: Server) -> None:
    assert server.socket.getsockname()[0] == "127.0.0.1"
    assert urlsplit(server.url).hostname == "127.0.0.1"


def test_news_tells_the_number_at_once_and_a_reader_who_leaves_is_let_go(server: Server) -> None:
    with socket.create_connection(("127.0.0.1", server.server_port), timeout=10) as connection:
        connection.sendall(f"GET /news HTTP/1.1\r\nHost: 127.0.0.1:{server.server_port}\r\n\r\n".encode())
        received = b""
        while b"data: " not in received:
            received += connection.recv(4096)
    assert b"text/event-stream" in received
    assert received.endswith(b"data: 0\n\n")


def test_a_port_that_is_taken_is_told(server: Server) -> None:
    with pytest.raises(OSError, match="in use"):
        listen(Screen(), server.server_port)
