"""Forty articles as eight outlets' feeds and pages, which servers on loopback have."""

from __future__ import annotations

import re
import sys
import threading
from contextlib import ExitStack, contextmanager
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

OUTLETS, EACH = 8, 5
"""goosepaper 0.8 takes five articles of a feed, whatever its configuration says."""
_TEASER = 150
_SENTENCES = 3
"""Of a paragraph."""


@contextmanager
def served(articles: Sequence[str]) -> Iterator[list[str]]:
    """Serve articles (a title, an empty line, the text) in turn as the outlets', and lend the addresses of their feeds.

    Each outlet has a host of its own, where loopback is a network (Linux).
    """
    with ExitStack() as stack:
        feeds = []
        for number in range(OUTLETS):
            host = f"127.0.0.{number + 2}" if sys.platform == "linux" else "127.0.0.1"
            server = stack.enter_context(ThreadingHTTPServer((host, 0), _Handler))
            web = f"http://{host}:{server.server_port}"
            _Handler.pages |= _pages(web, number, articles[number::OUTLETS])
            threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()  # seconds until it stops
            stack.callback(server.shutdown)
            feeds.append(f"{web}/feed")
        yield feeds


class _Handler(BaseHTTPRequestHandler):
    pages: dict[str, bytes] = {}  # noqa: RUF012 - of all servers, by address
    timeout = 10

    def do_GET(self) -> None:
        """Answer with a page or a feed."""
        body = self.pages.get(f"http://{self.headers['Host']}{self.path}")
        self.send_response(200 if body else 404)
        kind = "application/rss+xml" if self.path == "/feed" else "text/html; charset=utf-8"
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body or b"")))
        self.end_headers()
        self.wfile.write(body or b"")

    def log_message(self, *_: object) -> None:
        """Say nothing."""


def _pages(web: str, outlet: int, articles: Sequence[str]) -> dict[str, bytes]:
    """Return the feed and the pages of an outlet by their addresses."""
    pages, items = {}, []
    for number, article in enumerate(articles):
        title, _, text = article.partition("\n\n")
        sentences = re.split(r"(?<=[.!?])\s+", text.strip())
        paragraphs = [" ".join(sentences[at : at + _SENTENCES]) for at in range(0, len(sentences), _SENTENCES)]
        link = f"{web}/news/{number}"
        pages[link] = _page(outlet, title.strip(), paragraphs)
        items.append(
            f"<item><title>{escape(title.strip())}</title><link>{link}</link><guid>{link}</guid>"
            f"<description>{escape(text.strip()[:_TEASER])}…</description>"
            f"<pubDate>Wed, 20 Mar 2019 {number + 10}:{outlet:02}:00 GMT</pubDate></item>"
        )
    channel = f"<title>Outlet {outlet}</title><link>{web}/</link><description>News</description>{''.join(items)}"
    pages[f"{web}/feed"] = f'<?xml version="1.0"?><rss version="2.0"><channel>{channel}</channel></rss>'
    return {address: page.encode() for address, page in pages.items()}


def _page(outlet: int, title: str, paragraphs: Sequence[str]) -> str:
    menu = "".join(f'<li><a href="/{word.lower()}">{word}</a></li>' for word in ("World", "Business", "Sport"))
    text = "".join(f"<p>{escape(paragraph)}</p>" for paragraph in paragraphs)
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{escape(title)} | Outlet {outlet}</title>'
        f"</head><body><nav><ul>{menu}</ul></nav><main><article><h1>{escape(title)}</h1>{text}</article></main>"
        "<footer><p>About us | Contact | Terms of use</p></footer></body></html>"
    )
