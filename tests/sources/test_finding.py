"""Feeds found from a page's address, and lists of feeds, as YAML that config.yaml takes."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING

import pytest

from briefing.config import load
from briefing.sources.entries import Answer
from briefing.sources.finding import find
from briefing.sources.opml import Listed, as_yaml, feeds_of
from tests.command import call

if TYPE_CHECKING:
    from pathlib import Path

SITE = "https://tamm.example"


def rss(title: str, *titles: str) -> str:
    items = "".join(
        f"<item><title>{name}</title><pubDate>Thu, 21 Mar 2019 0{at}:40:00 GMT</pubDate></item>"
        for at, name in enumerate(titles, start=1)
    )
    return f'<rss version="2.0"><channel><title>{title}</title>{items}</channel></rss>'


Found = tuple[list[tuple[str, str]], str | None, list[str]]
"""Kind and address of what is found, why nothing is, and what was asked."""


def found_at(pages: dict[str, str | Answer]) -> Found:
    asked: list[str] = []

    def ask(address: str) -> Answer:
        asked.append(address)
        page = pages.get(address.removeprefix(SITE))
        if isinstance(page, Answer):
            return page
        kind = "text/html" if page and "<html" in page else "application/xml"
        status = 404 if page is None else 200
        content = (page or "").encode()
        return Answer(asked=address, url=address, status=status, headers={"content-type": kind}, content=content)

    found, reason = find(f"{SITE}/news", ask)
    return [(one.kind, one.url.removeprefix(SITE)) for one in found], reason, asked


HEAD = "<html><head>{}</head><body>x</body></html>"
ALTERNATE = '<link rel="alternate" type="{}" href="{}">'


def naming(*feeds: str, kind: str = "application/rss+xml") -> str:
    return HEAD.format("".join(ALTERNATE.format(kind, feed) for feed in feeds))


FRONT = "/news/2019/ferries-sail-again-on-monday"
CASES: dict[str, tuple[dict[str, str | Answer], list[tuple[str, str]]]] = {
    "itself": ({"/news": rss("Tamm", "a")}, [("feed", "/news")]),
    "head": ({"/news": naming("/r"), "/r": rss("T", "a")}, [("feed", "/r")]),
    "parameters": ({"/news": naming("a", kind="application/atom+xml; x=y"), "/a": rss("T", "a")}, [("feed", "/a")]),
    "comments last": (
        {
            "/news": naming("/comments/feed", "/c", "/r"),
            "/comments/feed": rss("Comments for Tamm", "x"),
            "/c": rss("Kommentare zu: Tamm", "y"),
            "/r": rss("Tamm", "a"),
        },
        [("feed", "/r"), ("feed", "/comments/feed"), ("feed", "/c")],
    ),
    "a link": (
        {"/news": '<html><body><a href="/en/rss.xml">RSS</a><a href="/n">n</a></body></html>', "/en/rss.xml": rss("T")},
        [("feed", "/en/rss.xml")],
    ),
    "usual": ({"/news": HEAD.format(""), "/news/feed/": rss("News", "a")}, [("feed", "/news/feed/")]),
    "each once": (
        {"/news": HEAD.format(""), "/feed/": rss("Tamm", "a"), "/rss.xml": rss("Tamm", "a")},
        [("feed", "/feed/")],
    ),
    "a section front": (
        {"/news": f'<html><body><main><a href="{FRONT}">Ferries sail again on Monday</a></main></body></html>'},
        [("page", "/news")],
    ),
    "nothing": ({"/news": HEAD.format("")}, []),
    "not even bytes": ({"/news": Answer(asked=f"{SITE}/news", url=f"{SITE}/news", status=200)}, []),
}


@pytest.mark.parametrize("name", CASES)
def test_what_is_found(name: str) -> None:
    pages, expected = CASES[name]
    found, reason, _ = found_at(pages)
    assert found == expected
    assert (reason is None) == bool(expected)


def test_a_link_header_names_a_feed() -> None:
    headers = {
        "content-type": "text/html",
        "link": '</r>; rel="alternate"; type="application/rss+xml", </c>; rel=canonical',
    }
    page = Answer(asked=f"{SITE}/news", url=f"{SITE}/news", status=200, headers=headers, content=b"<html></html>")
    assert found_at({"/news": page, "/r": rss("T", "a")})[0] == [("feed", "/r")]


@pytest.mark.parametrize(("hops", "expected"), [((301, 308), "/new"), ((301, 302), "/news")])
def test_the_address_is_that_which_lasts(hops: tuple[int, ...], expected: str) -> None:
    moved = Answer(asked=f"{SITE}/news", url=f"{SITE}/new", status=200, hops=hops, content=rss("T", "a").encode())
    assert found_at({"/news": moved})[0] == [("feed", expected)]


def test_not_more_is_asked_than_is_needed() -> None:
    links = "".join(ALTERNATE.format("application/rss+xml", f"/r{number}") for number in range(40))
    assert len(found_at({"/news": HEAD.format(links)})[2]) < 40
    assert found_at({"/news": rss("T", "a")})[2] == [f"{SITE}/news"]
    assert found_at({})[1] == "the server answered 404"


# -- OPML --------------------------------------------------------------------------------------------------------------

OPML = """<?xml version="1.0" encoding="UTF-8"?><opml version="1.0"><head><title>mine</title></head><body>
<outline text="Syria" type="rss">
<outline text="Tamm &amp; Post" title="x" type="rss" xmlUrl="https://tamm.example/rss?utm_source=a"/>
<outline text="again" xmlURL="https://TAMM.example/rss"/><outline title="" xmlUrl="feed://www.wadi.example/feed"/>
<outline text="Deep"><outline text="Tamm &amp; Post" xmlUrl="https://other.example/rss"/></outline></outline>
<outline text="https://x.example/a.xml" xmlUrl="https://x.example/a.xml"/>
<outline text="G" xmlUrl="https://news.google.com/rss/search?q=x"/><outline text="F" xmlUrl="file:///etc/passwd"/>
<outline text="P" xmlUrl="https://desk:secret@x.example/rss"/><outline text="no feed" htmlUrl="https://x.example/"/>
</body></opml>"""

YAML = '''sources:
  # Syria
  - feed: "https://tamm.example/rss?utm_source=a"
    name: "Tamm & Post"
  - feed: "https://www.wadi.example/feed"
    name: "wadi.example"
  # Syria / Deep
  - feed: "https://other.example/rss"
    name: "Tamm & Post (other.example)"
  # Feeds without a folder
  - feed: "https://x.example/a.xml"
    name: "x.example"
  # feed: "https://news.google.com/rss/search?q=x": its links lead to its own pages: name the outlets' own feeds
  # feed: "file:///etc/passwd": it is no address of the web (http or https)
  # feed: "https://x.example/rss": it has a name or a password in it: give them under `headers`, as ${NAME}
'''  # fmt: skip


def test_a_list_of_feeds_becomes_yaml(tmp_path: Path) -> None:
    (tmp_path / "feeds.opml").write_text(OPML)
    done = call("import", "feeds.opml", cwd=tmp_path)
    assert (done.returncode, done.stdout, done.stderr) == (0, YAML, "")
    sections = "sections:\n  - {id: a, title: A, terms: {en: [ferry]}}\n"
    config = load(f"version: 1\n{done.stdout}{sections}", name="config.yaml")
    assert [source.label for source in config.sources] == [
        "Tamm & Post",
        "wadi.example",
        "Tamm & Post (other.example)",
        "x.example",
    ]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("", "it is no OPML"),
        ("<html><body></body></html>", "it is no OPML"),
        ("<opml><body/></opml>", "there is no feed in it"),
        (
            '<!DOCTYPE o [<!ENTITY a SYSTEM "file:///etc/passwd">]><opml><body>&a;</body></opml>',
            "there is no feed in it",
        ),
    ],
)
def test_what_is_no_list_of_feeds_is_told(tmp_path: Path, content: str, reason: str) -> None:
    (tmp_path / "feeds.opml").write_text(content)
    done = call("import", "feeds.opml", cwd=tmp_path)
    assert done.returncode == 1
    assert reason in done.stderr


def test_half_a_list_and_deep_folders_are_read() -> None:
    deep = '<outline text="f">' * 100 + '<outline text="T" xmlUrl="https://tamm.example/rss"/>'
    assert [one.url for one in feeds_of(f"<opml><body>{deep}".encode())] == ["https://tamm.example/rss"]


def test_names_are_one_line_short_and_different() -> None:
    names = ["a\nb\x1b[31m", "n" * 90, "n" * 90, "n" * 90]
    text = as_yaml(Listed(url="https://tamm.example/rss", name=name) for name in names)
    told = [line.strip() for line in text.splitlines() if "name:" in line]
    assert told[0] == 'name: "a b [31m"'
    assert len(set(told)) == 4
    assert max(map(len, told)) <= len('name: ""') + 80


# -- the command -------------------------------------------------------------------------------------------------------


@contextmanager
def serving(pages: dict[str, str]) -> Iterator[str]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            page = pages.get(self.path)
            self.send_response(404 if page is None else 200)
            self.send_header("Content-Type", "text/html" if page and "<html" in page else "application/rss+xml")
            self.end_headers()
            self.wfile.write((page or "").encode())

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
        try:
            yield f"http://127.0.0.1:{server.server_address[1]}"
        finally:
            server.shutdown()


def test_add_prints_what_to_paste() -> None:
    page = HEAD.format(ALTERNATE.format("application/rss+xml", "/r"))
    with serving({"/": page, "/r": rss("Tamm Post", "Ferries sail", "Bakery burns", "Rain", "Sun")}) as address:
        done = call("add", f"{address}/", "--allow-private")
        refused = call("add", f"{address}/")
    assert done.returncode == 0
    assert done.stdout == (
        "sources:\n"
        "  # Tamm Post: 4 entries\n"
        "  # 2019-03-21 01:40 Ferries sail\n"
        "  # 2019-03-21 02:40 Bakery burns\n"
        "  # 2019-03-21 03:40 Rain\n"
        f'  - feed: "{address}/r"\n'
        '    name: "Tamm Post"\n'
        "    allow_private: true\n"
    )
    assert refused.returncode == 1
    assert "allow_private" in refused.stderr
