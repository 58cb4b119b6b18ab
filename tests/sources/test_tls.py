"""Encrypted connections: whose certificates are taken, and that a deadline ends them too."""

from __future__ import annotations

import json
import socket
import ssl
import subprocess
import threading
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest

from briefing.config import MailboxSource, load
from briefing.errors import ConfigError, SourceError
from briefing.sources.guard import Net
from briefing.sources.http import Bounds, Request, exchange
from briefing.sources.mailbox import collect_mailbox
from tests.command import call
from tests.sources.imap_server import PASSWORD, USER, Folder, serving
from tests.sources.test_mail_sources import message, reach, titles
from tests.sources.test_recipes import NOW, web  # noqa: F401 - a fixture

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SECTIONS = "sections: [{id: a, title: A, terms: {en: [ferry]}}]\n"


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("tls")
    command = (
        "openssl req -x509 -newkey rsa:2048 -nodes -keyout key.pem -out cert.pem -days 2 -subj /CN=news.example "
        "-addext subjectAltName=DNS:news.example,IP:127.0.0.1"
    )
    try:
        subprocess.run(command.split(), cwd=folder, check=True, capture_output=True)
    except FileNotFoundError:
        pytest.skip("openssl is not installed")
    return folder


def context_of(certificate: Path) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate / "cert.pem", certificate / "key.pem")
    return context


@contextmanager
def answering(certificate: Path, *, drips: bool = False) -> Iterator[int]:
    """Serve one page over TLS, or a body of which a byte comes now and then; yield the port."""
    over = threading.Event()

    def answer(line: socket.socket) -> None:
        try:
            with context_of(certificate).wrap_socket(line, server_side=True) as secure:
                secure.recv(65_536)
                secure.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 4\r\n\r\n")
                while drips and not over.wait(0.05):
                    secure.sendall(b"")
                secure.sendall(b"true")
        except OSError:
            return

    def serve() -> None:
        while True:
            try:
                line, _ = listener.accept()
            except OSError:
                return
            threading.Thread(target=answer, args=(line,), daemon=True).start()

    with socket.create_server(("127.0.0.1", 0)) as listener:
        threading.Thread(target=serve, daemon=True).start()
        yield listener.getsockname()[1]
        over.set()


def ask(
    port: int, host: str = "news.example", *, seconds: float = 5.0, **terms: str | None
) -> tuple[bytes, str | None]:
    net = Net(resolve=lambda _host, _port: ["127.0.0.1"])
    request = Request(
        url=f"https://{host}:{port}/",
        agent="briefing/test",
        bounds=Bounds(size=1_000, seconds=seconds),
        allow_private=True,
        **terms,  # type: ignore[arg-type]
    )
    answer = exchange(request, net)
    return answer.content, answer.reason


def test_whose_certificates_are_taken(certificate: Path) -> None:
    own = str(certificate / "cert.pem")
    with answering(certificate) as port:
        assert ask(port)[1] == "its certificate is not trusted: self-signed certificate"
        assert ask(port, ca_file=own) == (b"true", None)
        assert "Hostname mismatch" in str(ask(port, "other.example", ca_file=own)[1])
        assert ask(port, unverified="news.example") == (b"true", None)
        assert ask(port, "cdn.news.example", unverified="news.example") == (b"true", None)
        assert "not trusted" in str(ask(port, "other.example", unverified="news.example")[1])


def test_a_body_that_drips_over_tls_ends_in_time(certificate: Path) -> None:
    with answering(certificate, drips=True) as port:
        began = time.monotonic()
        assert ask(port, seconds=0.4, unverified="news.example")[1] == "the answer took longer than 0.4 s"
        assert time.monotonic() - began < 1.0


def test_a_mailbox_over_tls(certificate: Path, tmp_path: Path) -> None:
    folder = Folder()
    folder.add(1, message(1))
    told = {"user": USER, "password": "${MAIL}"}
    with serving(folder, context_of(certificate)) as port:
        told["mailbox"] = f"imaps://127.0.0.1:{port}/Newsletters"
        strict = MailboxSource.model_validate(told, context={"environ": {"MAIL": PASSWORD}})
        with pytest.raises(SourceError, match="its certificate is not trusted: self-signed certificate"):
            collect_mailbox(strict, reach(tmp_path))
        trusting = strict.model_copy(update={"ca_file": str(certificate / "cert.pem")})
        assert titles(collect_mailbox(trusting, reach(tmp_path))) == ["Ferries, part 1"]
        hanging = Folder(hang_in_body=1, drip=True)
        hanging.add(1, message(1))
    with serving(hanging, context_of(certificate)) as port:
        slow = trusting.model_copy(update={"mailbox": f"imaps://127.0.0.1:{port}/Newsletters"})
        began = time.monotonic()
        with pytest.raises(SourceError, match="fell silent"):
            collect_mailbox(slow, reach(tmp_path, deadline=began + 0.6))
        assert time.monotonic() - began < 1.5


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        ('{feed: "https://news.google.com/rss/search?q=x"}', "Google News leads to its own pages"),
        ('{feed: "https://a.example/", tls: unverified, headers: {Cookie: "${X}"}}', "give it no `headers`"),
    ],
)
def test_sources_that_make_no_sense_are_refused_with_a_hint(source: str, reason: str) -> None:
    with pytest.raises(ConfigError, match=reason):
        load(f"version: 1\nsources: [{source}]\n{SECTIONS}", name="config.yaml")


@pytest.mark.usefixtures("web")
def test_the_brief_says_beside_the_outlet_that_nobody_checked(tmp_path: Path) -> None:
    source = '{feed: "http://www.tamm-post.example/rss", tls: unverified, text: feed}'
    (tmp_path / "config.yaml").write_text(f"version: 1\nsources: [{source}]\n{SECTIONS}")
    assert call("collect", "--now", NOW, cwd=tmp_path).returncode == 0
    assert call("build", "--now", NOW, "--format", "json,md,html", cwd=tmp_path).returncode == 0
    edition = tmp_path / "output/2019-03-21"
    assert [one["unverified"] for one in json.loads((edition / "brief.json").read_text())["articles"]] == [True]
    assert "Tamm Post (connection not verified) ·" in (edition / "brief.md").read_text()
    assert "connection not verified" in (edition / "brief.html").read_text()
