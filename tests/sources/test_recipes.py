"""Every recipe of docs/sources.md, followed to the letter against a web and a mail server on loopback."""

from __future__ import annotations

import json
import re
import shlex
import socket
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from briefing.sources.guard import Net
from tests.collect.passes import LONG, rss
from tests.collect.web import Reply, Web, serving
from tests.command import call
from tests.sources.imap_server import PASSWORD, Folder
from tests.sources.imap_server import serving as serving_mail
from tests.sources.test_mail_sources import message, put
from tests.test_cookbook import BLOCK

if TYPE_CHECKING:
    from collections.abc import Iterator

DOCUMENT = Path(__file__).parents[2] / "docs/sources.md"
HEADING = re.compile(r"^## \d+\. (.+)$", re.MULTILINE)
NOW = "2019-03-21T06:30:00+01:00"
TIMED = ("collect", "build", "sources")
ITEM = (
    "<item><title>Crews of the ferries go back to work</title><link>https://www.tamm-post.example/a?utm_source=rss</link>"
    f"<pubDate>Thu, 21 Mar 2019 04:00:00 +0000</pubDate><description>{LONG}</description></item>"
)
PAGE = (
    "<html><head><title>Ferry crews meet in the harbour</title></head><body><article><h1>Ferry crews meet in the "
    "harbour</h1><p>The ferry crews met in the harbour on Wednesday, said their union in a statement of the day. They "
    "had not gone to work for nine days, and want four per cent more.</p><p>The owners of the boats were asked to come "
    "as well, but sent a letter in their place. It offers two free Sundays in a year and says that talks may go on in "
    "May, once the winter timetable has ended.</p><p>A second meeting is planned for Friday in the old customs house, "
    "a member of the union said.</p></article></body></html>"
)
SITEMAP = (
    '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:n="http://www.google.com/schemas/sitemap-news/0.9">'
    "<url><loc>http://www.wadi.example/news/7</loc><n:news><n:publication_date>2019-03-21T04:00:00Z</n:publication_date>"
    "<n:title>Ferry crews meet in the harbour</n:title></n:news></url></urlset>"
)


def recipes() -> dict[str, list[tuple[str, str, str]]]:
    """Return the blocks of each recipe (kind, file or "", text) by its title."""
    text = DOCUMENT.read_text("utf-8").partition("\n## What to do")[0]
    _, *parts = HEADING.split(text)
    return {title: BLOCK.findall(body) for title, body in zip(parts[::2], parts[1::2], strict=True)}


RECIPES = recipes()


@pytest.fixture
def web(monkeypatch: pytest.MonkeyPatch) -> Iterator[Web]:
    """A web on loopback on which every name of the recipes lies; https is taken for http."""
    with serving() as found:
        html = {"Content-Type": "text/html; charset=utf-8"}
        found.replies = {
            "http://www.tamm-post.example/news": Reply(
                b'<html><head><link rel="alternate" type="application/rss+xml" href="/rss"></head></html>', headers=html
            ),
            "http://www.tamm-post.example/rss": rss(ITEM, head="<title>Tamm Post</title>"),
            "http://www.wadi.example/harbour": Reply(b'<a href="/news/7">Ferry crews meet</a>', headers=html),
            "http://www.wadi.example/news-sitemap.xml": Reply(SITEMAP.encode(), headers={"Content-Type": "text/xml"}),
            "http://www.wadi.example/news/7": Reply(PAGE.encode(), headers=html),
        }
        usual = found.net()

        def dial(address: str, port: int, seconds: float) -> socket.socket:
            if address == "127.0.0.1":
                return socket.create_connection((address, port), seconds)
            return usual.dial(address, port, seconds)

        net = Net(resolve=usual.resolve, dial=dial, sleep=lambda _: None)
        monkeypatch.setattr("briefing.sources.guard.Net", lambda: net)
        monkeypatch.setattr("briefing.sources.Net", lambda: net, raising=False)
        yield found


def brief_in(folder: Path) -> dict[str, Any]:
    data: dict[str, Any] = json.loads((folder / "2019-03-21/brief.json").read_text("utf-8"))
    return data


def printed(desk: Path) -> list[tuple[str | None, str, str | None]]:
    return [(one["outlet"], one["title"], one["url"]) for one in brief_in(desk / "output")["articles"]]


TITLE = "Ferries, part 1"
WADI = "http://www.wadi.example"


def check(title: str, desk: Path, said: str, web: Web) -> None:
    """Look at what a recipe left and printed."""
    match title:
        case "A feed":
            assert '- feed: "http://www.tamm-post.example/rss"' in said
            assert "# 2019-03-21 04:00 Crews of the ferries go back to work" in said
            assert "Tamm Post\tfeed\tok" in said
        case "A section front":
            assert "Wadi\tpage\tok" in said
            assert not any("/news/7" in url for url in web.urls())
        case "A news sitemap":
            assert printed(desk) == [(None, "Ferry crews meet in the harbour", f"{WADI}/news/7")]
        case "Newsletters in a mailbox":
            assert printed(desk) == [("Tamm Daily", TITLE, None)]
            assert "a mail waits for you: “Please confirm your subscription”" in said
        case "A Maildir":
            assert printed(desk) == [("Tamm Daily", TITLE, None)]
        case "Anything else: a command":
            assert printed(desk) == [("Harbour office", "Harbour office counts the ferries again", None)]
        case "From the feed reader that you have":
            assert '  # Ferries\n  - feed: "http://www.tamm-post.example/rss"\n    name: "Tamm Post"\n' in said
            assert "name the outlets' own feeds" in said
        case _:
            raise AssertionError(f"a recipe whose outcome nobody looks at: {title}")


@pytest.mark.parametrize("title", RECIPES)
def test_the_recipe_does_what_it_says(title: str, tmp_path: Path, web: Web, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MAIL_PASSWORD", PASSWORD)
    mails = Folder()
    mails.add(1, message(1))
    mails.add(2, message(2, subject="Please confirm your subscription", List_Id=""))
    put(tmp_path / "Mail/news", "new/1.host", message(1, to="desk+tamm@news.example"))
    put(tmp_path / "Mail/news", "cur/2.host:2,S", message(2))
    said = ""
    with serving_mail(mails) as port:
        for kind, name, text in RECIPES[title]:
            here = text.replace("imaps://mail.example.org", f"imap://127.0.0.1:{port}").replace(
                "https://www", "http://www"
            )
            if name:
                (tmp_path / name).write_text(here.replace("only: {list_id", "allow_private: true\n    only: {list_id"))
            elif kind == "sh":
                for line in here.splitlines():
                    said += followed(shlex.split(line), tmp_path)
    check(title, tmp_path, said, web)


def followed(command: list[str], desk: Path) -> str:
    """Do what a line says, at the hour of the tests; return what it printed."""
    if command[0] == "chmod":
        (desk / command[2]).chmod(0o755)
        return ""
    timed = ("--now", NOW) if command[1] in TIMED else ()
    done = call(*command[1:], *timed, *(("--format", "json") if command[1] == "build" else ()), cwd=desk)
    assert done.returncode == 0, f"{command}\n{done.stdout}\n{done.stderr}"
    return done.stdout
