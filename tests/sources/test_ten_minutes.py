"""docs/ten-minutes.md, followed to the letter against a feed and a mail server on loopback; and its pictures."""

from __future__ import annotations

import json
import os
import re
import shlex
from pathlib import Path

import pytest

from briefing.render.pdf.loading import COMMANDS
from tests.collect.web import Reply, Script, Web
from tests.command import call
from tests.delivery.smtp_server import smtp_server
from tests.sources.pictures import draw
from tests.sources.test_recipes import web  # noqa: F401 - a fixture
from tests.test_cookbook import BLOCK

ROOT = Path(__file__).parents[2]
DOCUMENT = ROOT / "docs" / "ten-minutes.md"
FEED = ROOT / "tests" / "ten-minutes" / "feed.xml"
NOW = "2025-11-20T06:40:00+01:00"
TIMED = ("check", "collect", "build", "deliver", "run", "status")
LARGEST = 80_000
ITEM = re.compile(
    r"<title>([^<]*)</title>\n<link>https://river\.example/([\w-]+)</link>.*?<!\[CDATA\[(.*?)\]\]>", re.DOTALL
)
WHOLE = re.compile(r"<content:encoded>(<!\[CDATA\[\s*<p>.*?</p>).*?\]\]></content:encoded>", re.DOTALL)


def site() -> dict[str, Reply | Script | list[Reply | Script]]:
    """Return a site of one feed that holds the openings of articles, and a page for each with the whole."""
    feed = FEED.read_text("utf-8")
    openings = WHOLE.sub(r"<description>\1]]></description>", feed).replace("https:", "http:")
    head = '<title>River Post</title><link rel="alternate" type="application/rss+xml" href="/feed.xml">'
    pages = {"": "", **{path: f"<article><h1>{title}</h1>{body}</article>" for title, path, body in ITEM.findall(feed)}}
    html = {"Content-Type": "text/html; charset=utf-8"}
    return {
        "http://river.example/robots.txt": Reply(b"", status=404),
        "http://river.example/feed.xml": Reply(openings.encode(), headers={"Content-Type": "application/rss+xml"}),
        **{
            f"http://river.example/{path}": Reply(
                f"<html><head>{head}</head><body>{body}</body></html>".encode(), headers=html
            )
            for path, body in pages.items()
        },
    }


def test_ten_minutes_end_in_a_brief_of_one_s_own(
    tmp_path: Path,
    web: Web,  # noqa: F811 - the fixture
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    web.replies = site()
    told: dict[str, str] = {}
    folder, config = tmp_path, ""
    with smtp_server() as server:
        for kind, name, text in BLOCK.findall(DOCUMENT.read_text("utf-8")):
            if kind == "yaml":
                server_here = f"smtp://127.0.0.1:{server.port}\n      tls: none"
                config += text.replace("https:", "http:").replace("smtp://mail.example.org:587", server_here)
                (folder / name).write_text(config)
                continue
            for command in map(shlex.split, text.replace("add river", "add http://river").splitlines()):
                match command[0]:
                    case "sudo":
                        assert set(COMMANDS["apt-get"].split()) <= set(command)
                    case "pipx":
                        assert re.fullmatch(r"briefing-\d+\.\d+\.\d+-py3-none-any\.whl", command[-1])
                    case "cd":
                        folder = folder / command[1]
                    case "export":
                        monkeypatch.setenv(*command[1].split("="))
                    case _:
                        told[" ".join(command[1:])] = followed(command[1:], folder)
    assert '- feed: "http://river.example/feed.xml"' in told["add http://river.example"]
    assert [mail.recipients for mail in server.mails] == [["you@example.org"]] * 2  # the test, and the run
    brief = json.loads((folder / "output/2025-11-20/brief.json").read_text("utf-8"))
    titles = {section["title"]: len(section["stories"]) for section in brief["sections"]}
    assert titles == {"Floods and dams": 3, "Everything else": 2}
    if "UPDATE_PICTURES" in os.environ:
        draw(folder, server.mails[0].parsed, NOW)


def followed(words: list[str], folder: Path) -> str:
    timed = ("--now", NOW) if words[0] in TIMED else ()
    safely = ("--kind", "systemd", "--into", "units") if words[0] == "install" else ()
    done = call(*words, *timed, *safely, cwd=folder)
    assert done.returncode == 0, f"{words}\n{done.stdout}\n{done.stderr}"
    return done.stdout


@pytest.mark.parametrize("path", sorted((ROOT / "docs").glob("*.png")), ids=lambda path: path.name)
def test_a_picture_is_small_and_shown(path: Path) -> None:
    assert path.stat().st_size < LARGEST
    assert any(path.name in document.read_text("utf-8") for document in (ROOT / "README.md", DOCUMENT))
