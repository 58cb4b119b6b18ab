"""The commands: sources on loopback are collected, a brief is built of the store without a socket."""

from __future__ import annotations

import json
import socket
import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from briefing.cli.collect import proxy_of
from tests.collect.passes import LONG, item, rss
from tests.collect.web import Reply, Web
from tests.command import call

NOW = datetime(2019, 3, 21, 5, 20, tzinfo=UTC)
SECTIONS = (
    "sections: [{id: water, title: Water, terms: {en: [water, dam, river]}}, {id: rest, title: Rest, rest: true}]\n"
)


@pytest.mark.parametrize(
    ("url", "proxy"),
    [
        ("https://news.example/rss", "http://gate.example:3128"),
        ("http://news.example/rss", None),
        ("https://desk.example/rss", None),
        ("https://feeds.desk.example:8443/rss", None),
        ("https://notdesk.example/rss", "http://gate.example:3128"),
    ],
)
def test_the_environment_names_the_proxy_and_what_is_asked_without(
    monkeypatch: pytest.MonkeyPatch, url: str, proxy: str | None
) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "https_proxy", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HTTPS_PROXY", "gate.example:3128")
    monkeypatch.setenv("NO_PROXY", "localhost,.desk.example")
    assert proxy_of(url) == proxy


class Desk:
    """A desk whose sources are on loopback."""

    def __init__(self, folder: Path, web: Web) -> None:
        self.folder, self.web = folder, web

    def write(self, *paths: str, more: str = "") -> None:
        rows = "".join(
            f"  - {{feed: '{self.url(path)}', name: {path}, text: feed, allow_private: true}}\n" for path in paths
        )
        (self.folder / "config.yaml").write_text(f"sources:\n{rows}{SECTIONS}{more}")

    def url(self, path: str) -> str:
        return f"http://127.0.0.1:{self.web.port}/{path}"

    def serve(self, path: str, reply: Reply) -> None:
        self.web.replies[f"http://127.0.0.1/{path}"] = reply

    def call(self, *words: str | Path, now: datetime = NOW, **environ: str) -> subprocess.CompletedProcess[str]:
        return call(*words, "--now", now.isoformat(), cwd=self.folder, **environ)

    def brief(self) -> dict[str, object]:
        return json.loads((self.folder / "output" / "2019-03-21" / "brief.json").read_text("utf-8"))  # type: ignore[no-any-return]


@pytest.fixture
def desk(tmp_path: Path, web: Web, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """Make a desk whose passes do not pause between two requests to one host."""
    monkeypatch.setattr("briefing.sources.client.DELAYS", dict.fromkeys(("feed", "front", "page", "robots"), 0.0))
    return Desk(tmp_path, web)


def news(name: str, hours: float = 1, **more: str) -> str:
    return item(name, f"At {name} {LONG}", date=NOW - timedelta(hours=hours), **more)


def test_a_brief_is_made_of_what_was_collected_and_opens_no_socket(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.write("river", "gone")
    desk.serve("river", rss(news("Raqqa"), news("Old", 24 * 30), item("Undated", LONG, date=None)))
    done = desk.call("collect")
    assert (done.returncode, done.stdout) == (0, "river\t3\n")
    assert done.stderr == "gone: it is not there (404)\nasked 2 of 2 sources: 3 new, 1 failed\n"

    def refused(*_: object) -> socket.socket:
        raise AssertionError("a socket was opened")

    monkeypatch.setattr(socket, "socket", refused)
    built = desk.call("build", "--format", "json,md", "-q", now=NOW + timedelta(minutes=10))
    assert built.returncode == 0, built.stderr
    brief = desk.brief()
    article = brief["articles"][0]  # type: ignore[index]
    assert [entry["title"] for entry in brief["articles"]] == ["Raqqa"]  # type: ignore[attr-defined]
    assert article["origin"] == "river/http://river.example/news/Raqqa"
    assert (article["outlet"], article["url"]) == ("River", "http://river.example/news/Raqqa")
    coverage = brief["coverage"]
    assert (coverage["answered"], coverage["asked"]) == (1, 2)  # type: ignore[index]
    reasons = {problem["origin"]: problem["reason"] for problem in brief["left_out"]}  # type: ignore[attr-defined]
    assert reasons["gone"] == "it is not there (404); it never answered"


def test_the_first_pass_prints_nothing_old_and_a_later_one_goes_by_first_sight(desk: Desk) -> None:
    desk.write("river")
    old = [item(f"Old {number}", f"{number} {LONG}", date=None) for number in range(50)]
    desk.serve("river", rss(*old))
    desk.call("collect", now=NOW - timedelta(hours=8))
    desk.serve("river", rss(item("New", f"New {LONG}", date=None), *old))
    desk.call("collect")
    desk.call("build", "--format", "json,md", "-q", now=NOW + timedelta(minutes=10))
    assert [entry["title"] for entry in desk.brief()["articles"]] == ["New"]  # type: ignore[attr-defined]
    assert "first seen 21 Mar, 05:20" in (desk.folder / "output/2019-03-21/brief.md").read_text("utf-8")


def test_a_date_in_the_future_gives_way_to_the_first_sight_and_is_remarked_on(desk: Desk) -> None:
    desk.write("river")
    desk.serve("river", rss(news("Raqqa", 9)))
    desk.call("collect", now=NOW - timedelta(hours=8))
    desk.serve("river", rss(news("Raqqa", 9), news("Early", hours=-40)))
    desk.call("collect")
    desk.call("build", "--format", "json", "-q", now=NOW + timedelta(minutes=10))
    brief = desk.brief()
    found = {entry["title"]: entry["published"] for entry in brief["articles"]}  # type: ignore[attr-defined]
    assert found == {"Raqqa": "2019-03-20T20:20:00Z", "Early": None}
    reasons = [problem["reason"] for problem in brief["left_out"]]  # type: ignore[attr-defined]
    assert reasons == ["its date, 2019-03-22, is later than its first sight and is left out"]


def test_an_edition_that_goes_elsewhere_is_made_of_the_same_store(desk: Desk) -> None:
    desk.write("river")
    desk.serve("river", rss(news("Raqqa")))
    desk.call("collect")
    built = desk.call("build", "-o", "elsewhere", "--format", "json", "-q", now=NOW + timedelta(minutes=10))
    assert built.returncode == 0, built.stderr
    edition = desk.folder / "elsewhere" / "2019-03-21"
    assert [one["title"] for one in json.loads((edition / "brief.json").read_text("utf-8"))["articles"]] == ["Raqqa"]
    again = desk.call("build", "--inputs", edition / "inputs.jsonl", "-o", "again", "--format", "json", "-q")
    assert again.returncode == 0, again.stderr
    assert (desk.folder / "again/2019-03-21/brief.json").read_bytes() == (edition / "brief.json").read_bytes()


def test_the_feed_s_words_for_a_page_that_could_not_be_had_are_marked_as_such(desk: Desk) -> None:
    teaser = "The council of the river towns agreed on Monday on a plan for the water of Lake Assad. It will …"
    desk.write("river")
    config = desk.folder / "config.yaml"
    config.write_text(config.read_text().replace("text: feed", "text: auto"))
    gone = desk.url("gone")
    desk.serve("river", rss(news("Whole"), item("Teaser", teaser, date=NOW - timedelta(hours=1), url=gone)))
    desk.serve("gone", Reply(status=404))
    desk.call("collect")
    built = desk.call("build", "--format", "json,md,html", "-q", now=NOW + timedelta(minutes=10))
    assert built.returncode == 0, built.stderr
    assert {one["title"]: one.get("is_summary", False) for one in desk.brief()["articles"]} == {  # type: ignore[attr-defined]
        "Whole": False,
        "Teaser": True,
    }
    for name in ("brief.md", "brief.html"):
        text = (desk.folder / "output/2019-03-21" / name).read_text("utf-8")
        assert text.count("From the feed’s summary") == 2  # beside the story and in the list of sources


def test_one_article_through_five_feeds_is_one_article(desk: Desk) -> None:
    names = ["a", "b", "c", "d", "e"]
    desk.write(*names)
    for name in names:
        tail = f"?utm_source={name}"
        desk.serve(name, rss(news("Raqqa", url=f"http://river.example/raqqa{tail}")))
    desk.call("collect")
    desk.call("build", "--format", "json", "-q", now=NOW + timedelta(minutes=10))
    brief = desk.brief()
    assert [entry["url"] for entry in brief["articles"]] == ["http://river.example/raqqa"]  # type: ignore[attr-defined]


def test_exit_codes_tell_whether_anybody_answered(desk: Desk) -> None:
    desk.write("gone")
    assert desk.call("collect").returncode == 1
    assert desk.call("collect", "--all").returncode == 0  # nothing is due
    desk.write("gone", "river")
    desk.serve("river", rss(news("Raqqa")))
    assert desk.call("collect", "--strict", now=NOW + timedelta(hours=2)).returncode == 3


def test_sources_tells_how_each_stands(desk: Desk) -> None:
    desk.write("river", "gone", "other")
    desk.serve("river", rss(news("Raqqa")))
    desk.call("collect")
    desk.write("river", "gone", "new")
    done = desk.call("sources")
    assert done.returncode == 1
    rows = [line.split("\t") for line in done.stdout.splitlines()]
    assert [row[:3] for row in rows] == [
        ["river", "feed", "ok"],
        ["gone", "feed", "failing"],
        ["new", "feed", "never asked"],
    ]
    data = json.loads(desk.call("sources", "--json").stdout)["sources"]
    assert data[1]["reason"] == "it is not there (404)"
    desk.write("river")
    quiet = desk.call("collect", now=NOW + timedelta(days=8))
    assert quiet.returncode == 0
    assert "\tquiet\t" in desk.call("sources", now=NOW + timedelta(days=8)).stdout


def test_check_online_asks_each_source_and_keeps_nothing(desk: Desk) -> None:
    desk.write("river", "gone")
    desk.serve("river", rss(news("Raqqa")))
    done = desk.call("check", "--online", "--date", "2019-03-21")
    assert done.returncode == 1
    assert "sources.0.feed: it answers" in done.stdout
    assert "sources.1.feed: wrong: it is not there (404)" in done.stdout
    assert not (desk.folder / "output").exists()


def test_a_secret_goes_to_its_host_and_nowhere_else(desk: Desk) -> None:
    desk.write("river")
    path = desk.folder / "config.yaml"
    path.write_text(path.read_text().replace("name: river", 'name: river, headers: {Authorization: "${RIVER}"}'))
    desk.serve("river", rss(news("Raqqa")))
    assert "RIVER is not set" in desk.call("collect").stderr
    done = desk.call("collect", "--all", now=NOW + timedelta(hours=2), RIVER="Bearer 0xSECRET")
    assert (done.returncode, desk.web.asked[-1][1]["authorization"]) == (0, "Bearer 0xSECRET")
    desk.call("build", "-q", "--format", "json", now=NOW + timedelta(hours=3), RIVER="Bearer 0xSECRET")
    assert not [p for p in desk.folder.rglob("*") if p.is_file() and b"0xSECRET" in p.read_bytes()]


def test_what_is_forgotten_is_gone_from_store_and_editions_and_the_next_edition_says_so(desk: Desk) -> None:
    desk.write("river")
    desk.serve("river", rss(news("Raqqa"), news("Hajin")))
    desk.call("collect")
    desk.call("build", "--format", "json,md", "-q", now=NOW + timedelta(minutes=10))
    articles = {entry["title"]: entry["id"] for entry in desk.brief()["articles"]}  # type: ignore[attr-defined]
    assert articles.keys() == {"Raqqa", "Hajin"}
    done = desk.call("store", "forget", articles["Raqqa"], now=NOW + timedelta(minutes=20))
    url = "http://river.example/news/Raqqa"
    assert done.stdout.splitlines() == [f"river\t{url}", "output/2019-03-21"], done.stderr
    left = [p for p in desk.folder.rglob("*") if p.is_file() and b"At Raqqa" in p.read_bytes()]
    assert left == []
    assert not list((desk.folder / "output" / "store" / "cache").iterdir())  # where texts are packed
    assert [entry["title"] for entry in desk.brief()["articles"]] == ["Hajin"]  # type: ignore[attr-defined]
    assert "river: withdrawn on 2019-03-21" in (desk.folder / "output/2019-03-21/brief.md").read_text("utf-8")
    assert call("verify", "output/2019-03-21", cwd=desk.folder).returncode == 0
    desk.call("collect", now=NOW + timedelta(hours=1))
    desk.call("build", "--format", "json", "-q", now=NOW + timedelta(hours=30))
    brief = json.loads((desk.folder / "output" / "2019-03-22" / "brief.json").read_text("utf-8"))
    assert [entry["title"] for entry in brief["articles"]] == ["Hajin"]
    assert [problem["reason"] for problem in brief["left_out"]] == ["an article was withdrawn on 2019-03-21"]
    assert desk.call("store", "forget", url).returncode == 1


def test_what_may_still_be_remembered_of_what_is_forgotten_is_told(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def denied(_folder: Path) -> None:
        raise PermissionError(13, "Permission denied")

    desk.write("river")
    desk.serve("river", rss(news("Raqqa")))
    desk.call("collect")
    desk.call("build", "--format", "json,md", "-q", now=NOW + timedelta(minutes=10))
    monkeypatch.setattr("briefing.parallel.clear_cache", denied, raising=False)
    done = desk.call("store", "forget", "http://river.example/news/Raqqa", now=NOW + timedelta(minutes=20))
    assert (done.returncode, done.stderr) == (
        1,
        "output/store/cache may hold it still: Permission denied; remove that folder\n",
    )
    assert desk.brief()["articles"] == []


def test_a_delivered_edition_of_which_something_was_withdrawn_can_be_handed_to_others(desk: Desk) -> None:
    share = "{{folder: {{path: {}}}}}".format
    more = "schedule: {{at: ['05:30']}}\ndeliver: [{}]\n".format
    desk.write("river", more=more(share("first")))
    desk.serve("river", rss(news("Raqqa"), news("Hajin")))
    assert desk.call("run", now=NOW + timedelta(minutes=11)).returncode == 0
    desk.call("store", "forget", "http://river.example/news/Raqqa", now=NOW + timedelta(minutes=20))
    desk.write("river", more=more(f"{share('first')}, {share('second')}"))
    done = desk.call("deliver", "2019-03-21", now=NOW + timedelta(minutes=30))
    assert done.returncode == 0, done.stderr
    held = {name: (desk.folder / name / "2019-03-21/brief.md").read_text("utf-8") for name in ("first", "second")}
    assert ("At Raqqa" in held["first"], "At Raqqa" in held["second"]) == (True, False)


# ── coverage, and the run ────────────────────────────────────────────────────────────────────────────────────────

SCHEDULE = "schedule: {at: ['05:30'], build_minutes: 5}\ndeliver: [{folder: {path: share}}]\n"


def test_a_run_collects_first_holds_a_thin_brief_and_sends_it_anyway(desk: Desk) -> None:
    desk.write("river", "gone", "lost", more=f"{SCHEDULE}collect: {{on_incomplete: hold}}\n")
    desk.serve("river", rss(news("Raqqa"), news("Old", 24 * 30)))
    done = desk.call("run", now=NOW + timedelta(minutes=11))
    assert done.returncode == 4
    assert "only 1 of 3 sources answered" in done.stderr
    assert not (desk.folder / "output" / "2019-03-21").exists()
    done = desk.call("run", "--anyway", now=NOW + timedelta(minutes=15))
    assert done.returncode == 0, done.stderr
    text = (desk.folder / "share" / "2019-03-21" / "brief.md").read_text("utf-8")
    assert "- Sources: 1 of 3 answered after 05:21" in text
    assert text.index("Only 1 of 3 sources answered after 05:21.") < text.index("Bottom line")
    assert "- gone: is no longer there, has never answered" in text


def test_off_from_friday_to_monday_is_one_edition_and_nothing_twice(desk: Desk) -> None:
    desk.write("river", more=SCHEDULE)
    friday = datetime(2019, 3, 22, 5, 30, tzinfo=UTC)
    desk.serve("river", rss(item("Thursday", f"Thursday {LONG}", date=friday - timedelta(hours=9))))
    desk.call("collect", now=friday - timedelta(minutes=5))
    asked = len(desk.web.asked)
    desk.call("run", "--no-collect", now=friday + timedelta(minutes=1))
    assert len(desk.web.asked) == asked
    days = {"Friday": 9, "Saturday": 30, "Sunday": 50, "Thursday": -9}
    desk.serve("river", rss(*(item(n, f"{n} {LONG}", date=friday + timedelta(hours=h)) for n, h in days.items())))
    monday = friday + timedelta(days=3)
    done = desk.call("run", now=monday + timedelta(minutes=1))
    assert "2019-03-25: 1 sent" in done.stderr
    editions = sorted(path.name for path in (desk.folder / "share").glob("2019-*"))
    assert editions == ["2019-03-22", "2019-03-25"]
    brief = json.loads((desk.folder / "share" / editions[1] / "brief.json").read_text("utf-8"))
    assert {entry["title"] for entry in brief["articles"]} == {"Friday", "Saturday", "Sunday"}
    assert brief["edition"]["period_start"] == "2019-03-22T05:30:00Z"
