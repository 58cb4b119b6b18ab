"""A pass over the sources: what is asked, what is kept, and what is held against whom."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from briefing.config import FeedSource, PageSource, SitemapSource
from briefing.sources.collecting import Pass
from briefing.sources.collectors import SOURCES
from briefing.store import open_store
from tests.collect.passes import LONG, NIGHT, Night, item, rss
from tests.collect.web import Reply, Web

HOUR = timedelta(hours=1)
HTML = {"Content-Type": "text/html"}
FEED = FeedSource(feed="http://river.example/rss", name="River")


@pytest.fixture
def night(tmp_path: Path, web: Web) -> Night:
    return Night(tmp_path / "store", web)


def told(found: Pass) -> list[tuple[str, str, int]]:
    return [(outcome.source, outcome.state, outcome.new) for outcome in found.outcomes]


def test_entries_are_kept_once_and_their_later_states_beside_them(night: Night) -> None:
    night.web.replies[FEED.feed] = rss(item("one"), item("two"))
    assert told(night.collect(FEED)) == [("River", "new", 2)]
    night.web.replies[FEED.feed] = rss(item("three"), item("two"), item("one", LONG + "Forty came."))
    assert told(night.collect(FEED, later=HOUR)) == [("River", "new", 2)]
    assert night.titles() == ["one", "one", "three", "two"]
    assert [state.first_pass for state in night.states()] == [True, True, False, True]
    assert [state.first_seen - NIGHT for state in night.states()] == [HOUR * 0, HOUR * 0, HOUR, HOUR * 0]
    with open_store(night.folder) as store:
        assert b"Forty came." in store.content(night.states()[1])


def test_a_change_of_markup_or_blanks_is_none(night: Night) -> None:
    night.web.replies[FEED.feed] = rss(item("one"))
    night.collect(FEED)
    night.web.replies[FEED.feed] = rss(item("one", f"&lt;p class='x'&gt;  {LONG}&lt;/p&gt;"))
    assert told(night.collect(FEED, later=HOUR)) == [("River", "unchanged", 0)]


def test_a_source_is_asked_once_in_its_interval(night: Night) -> None:
    night.web.replies[FEED.feed] = rss(item("one"))
    night.collect(FEED)
    found = night.collect(FEED, later=timedelta(minutes=40))
    assert [(o.state, o.reason) for o in found.outcomes] == [("waiting", "not due yet")]
    assert told(night.collect(FEED, later=timedelta(minutes=16))) == [("River", "unchanged", 0)]
    assert len(night.web.asked) == 2


@pytest.mark.parametrize(
    ("head", "headers"),
    [("<ttl>180</ttl>", {}), ("", {"Cache-Control": "max-age=10800"})],
    ids=["ttl", "max-age"],
)
def test_a_feed_that_wants_longer_pauses_gets_them_but_for_the_last_pass(
    head: str, headers: dict[str, str], night: Night
) -> None:
    reply = rss(item("one"), head=f"<title>River</title>{head}")
    night.web.replies[FEED.feed] = Reply(reply.body, headers={**reply.headers, **headers})
    night.collect(FEED)
    night.collect(FEED, later=HOUR)
    asked = len(night.web.asked)
    assert told(night.collect(FEED, later=HOUR))[0][1] == "waiting"
    assert len(night.web.asked) == asked
    assert told(night.collect(FEED, pressing=True))[0][1] != "waiting"


def test_validators_are_sent_as_they_came_and_a_day_later_none(night: Night) -> None:
    headers = {"ETag": 'W/"a-gzip"', "Last-Modified": "Wed, 20 Mar 2019 20:00:00 GMT"}
    night.web.replies[FEED.feed] = [Reply(rss(item("one")).body, headers=headers), Reply(status=304)]
    assert told(night.collect(FEED)) == [("River", "new", 1)]
    assert told(night.collect(FEED, later=HOUR)) == [("River", "unchanged", 0)]
    first, second = (sent for _, sent in night.web.asked)
    assert "if-none-match" not in first
    assert (second["if-none-match"], second["if-modified-since"]) == tuple(headers.values())
    night.web.replies[FEED.feed] = Reply(rss(item("one"), item("two")).body, headers=headers)
    assert told(night.collect(FEED, later=24 * HOUR)) == [("River", "new", 1)]
    assert "if-none-match" not in night.web.asked[-1][1]
    night.collect(FEED, later=HOUR)  # the 304 hid an entry: from now on its validators are not believed
    assert "if-none-match" not in night.web.asked[-1][1]
    assert night.memo("url", FEED.feed)["trusted"] is False


def test_the_newest_validators_are_sent_even_if_one_of_them_stays(night: Night) -> None:
    stays = "Wed, 20 Mar 2019 20:00:00 GMT"
    night.web.replies[FEED.feed] = [
        Reply(rss(item(name)).body, headers={"ETag": f'"{name}"', "Last-Modified": stays}) for name in ("a", "b")
    ]
    night.collect(FEED)
    night.collect(FEED, later=HOUR)
    night.collect(FEED, later=HOUR)
    assert [sent.get("if-none-match") for _, sent in night.web.asked] == [None, '"a"', '"b"']


def test_a_304_that_nobody_asked_for_is_asked_once_more_and_then_a_failure(night: Night) -> None:
    night.web.replies[FEED.feed] = [Reply(status=304), rss(item("one"))]
    assert told(night.collect(FEED)) == [("River", "new", 1)]
    assert night.web.asked[1][1]["cache-control"] == "no-cache"
    other = FeedSource(feed="http://other.example/rss")
    night.web.replies[other.feed] = Reply(status=304)
    assert "304 to a request without validators" in (night.collect(other).outcomes[0].reason or "")


@pytest.mark.parametrize("wait", ["7200", "Thu, 21 Mar 2019 00:00:00 GMT"])
def test_retry_after_holds_for_the_whole_registrable_domain(wait: str, night: Night) -> None:
    one, other = (FeedSource(feed=f"http://{name}.tumblr.example/rss") for name in ("a", "b"))
    night.web.replies[one.feed] = Reply(status=429, headers={"Retry-After": wait})
    night.web.replies[other.feed] = rss(item("one"))
    night.collect(one)
    for minutes in (1, 60, 58):
        found = night.collect(one, other, later=timedelta(minutes=minutes), pressing=True)
        assert {outcome.reason for outcome in found.outcomes} == {"its domain asked for patience until 00:00 UTC"}
    assert night.web.urls() == [one.feed]
    night.collect(one, other, later=timedelta(minutes=2))
    assert len(night.web.urls()) == 3


def test_several_refusals_of_one_domain_are_a_limit(night: Night) -> None:
    one, other = (FeedSource(feed=f"http://{name}.tumblr.example/rss") for name in ("a", "b"))
    for feed in (one, other):
        night.web.replies[feed.feed] = Reply(status=403)
    night.collect(one, other)
    assert {o.state for o in night.collect(one, other, later=timedelta(minutes=50)).outcomes} == {"waiting"}
    assert {o.state for o in night.collect(one, other, later=timedelta(minutes=50)).outcomes} == {"failed"}


def test_one_request_at_a_time_to_a_domain_and_a_pause_between_two(night: Night) -> None:
    feeds = [FeedSource(feed=f"http://h{number}.river.example/rss") for number in range(6)]
    for feed in feeds:
        night.web.replies[feed.feed] = rss(item("one"))
    night.collect(*feeds)
    assert len(night.web.asked) == 6
    assert sum(night.web.peak.values()) == 6
    assert len(night.slept) == 5
    assert all(0.5 < pause <= 1 for pause in night.slept)


def test_a_failure_backs_off_and_never_gives_up(night: Night) -> None:
    night.web.replies[FEED.feed] = Reply(status=404)
    asked = []
    for _ in range(80):
        before = len(night.web.asked)
        found = night.collect(FEED, later=HOUR)
        asked.append(len(night.web.asked) > before)
    assert found.outcomes[0].state in {"failed", "waiting"}
    assert [hour for hour, was in enumerate(asked) if was][:5] == [0, 1, 3, 7, 15]
    assert any(asked[-25:])
    assert night.memo("source", "River")["reason"] == "it is not there (404)"
    night.web.replies[FEED.feed] = rss(item("one"))
    assert told(night.collect(FEED, later=24 * HOUR)) == [("River", "new", 1)]
    assert night.memo("source", "River")["failures"] == 0


def test_a_server_that_is_busy_is_asked_once_more_in_the_pass(night: Night) -> None:
    night.web.replies[FEED.feed] = [Reply(status=503), rss(item("one"))]
    assert told(night.collect(FEED)) == [("River", "new", 1)]
    assert night.slept[0] == 20


def test_where_all_fail_alike_it_is_our_network(night: Night) -> None:
    feeds = [FeedSource(feed=f"http://h{number}.example/rss") for number in "abc"]
    for feed in feeds:
        night.web.replies[feed.feed] = rss(item("one"))
        night.web.names[f"{feed.feed.split('/')[2]}"] = [[], [], ["203.0.114.7"]]
    found = night.collect(*feeds)
    assert {outcome.state for outcome in found.outcomes} == {"new"}
    assert (found.void, night.slept) == (None, [5, 15])
    for feed in feeds:
        night.web.names[f"{feed.feed.split('/')[2]}"] = [[]]
    found = night.collect(*feeds, later=HOUR)
    assert found.void == "no network"
    assert [night.memo("source", feed.label)["failures"] for feed in feeds] == [0, 0, 0]
    assert night.memo("network", "last")["why"] == "no network"


def test_a_portal_that_answers_for_everybody_changes_nothing(night: Night) -> None:
    feeds = [FeedSource(feed=f"http://h{number}.example/rss") for number in range(27)]
    for feed in feeds:
        night.web.replies[feed.feed] = Reply(status=302, headers={"Location": "http://login.hotel.example/"})
    night.web.replies["http://login.hotel.example/"] = Reply(
        b"<html><body>Room number?", headers={"Content-Type": "text/html"}
    )
    found = night.collect(*feeds)
    assert found.void == "portal"
    with open_store(night.folder) as store:
        assert [store.memos(kind) for kind in ("url", "source", "domain")] == [{}, {}, {}]


def test_feeds_that_moved_to_one_host_are_no_portal(night: Night) -> None:
    feeds = [FeedSource(feed=f"http://h{number}.example/rss") for number in range(3)]
    for number, feed in enumerate(feeds):
        target = f"http://feeds.proxy.example/{number}"
        night.web.replies[feed.feed] = Reply(status=301, headers={"Location": target})
        night.web.replies[target] = rss(item("one"))
    assert {outcome.state for outcome in night.collect(*feeds).outcomes} == {"new"}


def test_a_page_in_place_of_a_feed_is_a_failure_the_next_time_too(night: Night) -> None:
    night.web.replies[FEED.feed] = Reply(b"<html><body>Moved", headers={"Content-Type": "text/html", "ETag": '"a"'})
    for _ in range(2):
        outcome = night.collect(FEED, later=2 * HOUR).outcomes[0]
        assert (outcome.state, "a web page and not with a feed" in (outcome.reason or "")) == ("failed", True)


def test_a_pass_ends_within_its_budget(night: Night) -> None:
    feeds = [FeedSource(feed=f"http://h{number}.example/rss") for number in range(12)]
    for feed in feeds[:4]:
        night.web.replies[feed.feed] = night.web.dripping(b"HTTP/1.1 200 OK\r\n\r\n")
    for feed in feeds[4:]:
        night.web.replies[feed.feed] = rss(item("one"))
    net = night.web.net()
    began = net.monotonic()
    found = night.collect(*feeds, budget=timedelta(seconds=1))
    assert net.monotonic() - began < 3
    assert [outcome.state for outcome in found.outcomes] == ["failed"] * 4 + ["new"] * 8


def test_what_failed_before_is_asked_last(night: Night, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("briefing.sources.collecting.AT_ONCE", 1)
    feeds = [FeedSource.model_validate({"feed": f"http://d{number}.example/rss"}) for number in range(8)]
    night.web.replies = {feed.feed: rss(item("x")) for feed in feeds}
    night.collect(*feeds)
    first = night.web.urls()[0]
    night.web.replies[first] = Reply(status=404)
    night.collect(*feeds, later=HOUR)
    night.web.asked.clear()
    night.collect(*feeds, later=HOUR * 4)
    assert night.web.urls()[-1] == first
    assert len(night.web.urls()) == len(feeds)


def test_two_passes_at_once_are_told_apart(night: Night) -> None:
    from briefing.errors import StoreError

    with open_store(night.folder, writing=True), pytest.raises(StoreError, match="is at work there"):
        night.collect(FEED)


# ── who an entry is ──────────────────────────────────────────────────────────────────────────────────────────────


def test_an_entry_is_known_by_its_guid_or_else_by_its_address(night: Night) -> None:
    night.web.replies[FEED.feed] = rss(
        item("one", guid="same"),
        item("two", guid="same"),
        item("three", guid="own"),
        item("four", url="http://river.example/4?utm_source=rss&amp;id=7#top"),
    )
    night.collect(FEED)
    assert [state.key for state in night.states()] == [
        "http://river.example/4?id=7",
        "http://river.example/news/one",
        "http://river.example/news/two",
        "own",
    ]
    assert {state.url for state in night.states()} >= {"http://river.example/4?id=7"}


def test_a_json_feed_and_a_feed_without_dates_are_read(night: Night) -> None:
    items = [{"id": "1", "title": "One", "url": "/1", "content_html": "<p>Water.</p>"}]
    feed = {"version": "https://jsonfeed.org/version/1.1", "title": "River", "items": items}
    body = json.dumps(feed).encode()
    night.web.replies[FEED.feed] = Reply(body, headers={"Content-Type": "application/feed+json"})
    night.collect(FEED)
    state = night.states()[0]
    assert (state.key, state.url, state.published, state.outlet) == ("1", "http://river.example/1", None, "River")


@pytest.mark.parametrize(
    "reply",
    [
        Reply(
            json.dumps({"items": [{"id": "a\ud800", "title": "T \ud83d", "content_text": "Water \udc00."}]}).encode()
        ),
        rss(item("T &#xD83D;", "Water &#55357;.")),
        rss(item("T &#55357;&#56832;", "Water &#xd83d;&#xDE00;.")),
    ],
)
def test_half_a_character_costs_no_feed(night: Night, reply: Reply) -> None:
    night.web.replies[FEED.feed] = reply
    assert night.collect(FEED).outcomes[0].reason is None
    assert [(state.title or "")[:1] for state in night.states()] == ["T"]


def test_what_no_reader_expects_costs_its_source_alone(night: Night, monkeypatch: pytest.MonkeyPatch) -> None:
    def confused(_source: object, _reach: object) -> None:
        raise RecursionError

    monkeypatch.setitem(SOURCES, "sitemap", confused)
    night.web.replies[FEED.feed] = rss(item("one"))
    found = night.collect(FEED, SitemapSource(sitemap="http://river.example/map.xml"))
    assert [outcome.state for outcome in found.outcomes] == ["new", "failed"]
    assert found.outcomes[1].reason == "what it holds cannot be read (RecursionError); please report it"


def test_a_feed_that_breaks_off_loses_its_last_entry_and_says_so(night: Night) -> None:
    whole = rss(item("one"), item("two")).body
    night.web.replies[FEED.feed] = Reply(whole[: whole.rindex(b"spring")])
    night.collect(FEED)
    assert night.titles() == ["one"]
    assert night.memo("source", "River")["remarks"] == ["the feed breaks off before its end"]


def test_of_a_feed_without_end_the_first_entries_are_read(night: Night) -> None:
    night.web.replies[FEED.feed] = rss(*(item(f"n{number}", "Water.") for number in range(2_500)))
    night.collect(FeedSource(feed=FEED.feed, text="feed", name="River"))
    assert len(night.states()) == 2_000
    assert night.memo("source", "River")["remarks"] == ["only its first 2,000 entries are read"]


def test_pages_of_older_entries_are_asked_for_only_where_none_is_known(night: Night) -> None:
    later = "<link rel='next' href='http://river.example/rss?page=2' xmlns='http://www.w3.org/2005/Atom'/>"
    second = "http://river.example/rss?page=2"
    night.web.replies[second] = rss(item("three", date=NIGHT + HOUR), item("two"))
    night.web.replies[FEED.feed] = rss(item("two"), head=f"<title>River</title>{later}")
    night.collect(FEED)
    assert second not in night.web.urls()
    night.web.replies[FEED.feed] = rss(item("four", date=NIGHT + 5 * HOUR), head=f"<title>River</title>{later}")
    night.collect(FEED, later=6 * HOUR)
    assert night.titles() == ["four", "three", "two"]
    night.web.replies[FEED.feed] = rss(item("six", date=NIGHT + 20 * HOUR))
    night.collect(FEED, later=18 * HOUR)
    missing = str(night.memo("source", "River")["memory"]["missing"]).split()  # type: ignore[index]
    assert [datetime.fromisoformat(moment) - NIGHT for moment in missing[:2]] == [6 * HOUR, 20 * HOUR]
    assert missing[2] == "1"


# ── full text ────────────────────────────────────────────────────────────────────────────────────────────────────

ARTICLE = "".join(
    f"<p>The council of the river towns agreed on point {number} of its plan for the water of the great dam, "
    f"and the engineers of district {number} said that they would begin in the spring.</p>"
    for number in range(1, 9)
)


def page(title: str, body: str = ARTICLE) -> Reply:
    text = f"<html><head><title>{title}</title></head><body><article><h1>{title}</h1>{body}</article></body></html>"
    return Reply(text.encode(), headers={"Content-Type": "text/html; charset=utf-8"})


TEASER = "The council of the river towns agreed on a plan for the water of the great dam …"


def test_the_page_of_a_teaser_is_fetched_and_its_text_taken(night: Night) -> None:
    url = "http://river.example/news/Council-agrees-on-water-plan"
    night.web.replies[FEED.feed] = rss(item("Council agrees on water plan", TEASER), item("Whole"))
    night.web.replies[url] = page("Council agrees on water plan")
    night.collect(FEED)
    assert night.web.urls() == [FEED.feed, "http://river.example/robots.txt", url]
    state = next(state for state in night.states() if state.title != "Whole")
    assert (state.media_type, state.charset, state.note) == ("text/html", "utf-8", None)
    night.collect(FEED, later=HOUR)
    assert night.web.urls().count(url) == 1


def test_a_wall_is_not_taken_and_the_feed_s_own_text_stays_with_the_reason(night: Night) -> None:
    night.web.replies[FEED.feed] = rss(item("Council agrees on water plan", TEASER))
    night.web.replies["http://river.example/news/Council-agrees-on-water-plan"] = page(
        "Your privacy", "<p>We and our partners store cookies. Accept all or manage your choices.</p>" * 9
    )
    night.collect(FEED)
    state = night.states()[0]
    assert state.media_type == "application/json"
    assert (state.note or "").startswith("the page was not taken: ")


def test_robots_txt_is_obeyed_for_pages_and_kept_for_a_day(night: Night) -> None:
    night.web.replies["http://river.example/robots.txt"] = Reply(b"User-agent: *\nDisallow: /news/")
    night.web.replies[FEED.feed] = rss(item("Council", TEASER))
    night.collect(FEED)
    assert "robots.txt forbids it" in (night.states()[0].note or "")
    night.collect(FEED, later=HOUR)
    assert night.web.urls().count("http://river.example/robots.txt") == 1
    night.collect(FeedSource(feed=FEED.feed, name="Rude", robots="ignore"))
    assert night.web.urls()[-1] == "http://river.example/news/Council"


def test_a_source_is_asked_by_its_own_agent_which_robots_txt_may_forbid(night: Night) -> None:
    night.web.replies["http://river.example/robots.txt"] = Reply(b"User-agent: rude-bot\nDisallow: /\n")
    night.web.replies[FEED.feed] = rss(item("Council", TEASER))
    night.collect(FeedSource(feed=FEED.feed, agent="rude-bot/1"))
    assert "robots.txt forbids it" in (night.states()[0].note or "")
    assert {headers["user-agent"] for _, headers in night.web.asked} == {"rude-bot/1"}


# ── section fronts and sitemaps ──────────────────────────────────────────────────────────────────────────────────

FRONT = PageSource(page="http://river.example/syria/", name="Front")


def front(*names: str) -> Reply:
    links = "".join(f'<a href="/news/{name}">The {name.replace("-", " ")}</a>' for name in names)
    text = f'<html><body><nav><a href="/about/us-and-our-many-friends">About us and our friends</a></nav><main>{links}'
    return Reply(text.encode(), headers={"Content-Type": "text/html"})


def test_a_section_front_gives_what_it_did_not_link_to_before(night: Night) -> None:
    night.web.replies[FRONT.page] = front("old-story-of-the-dam")
    assert told(night.collect(FRONT)) == [("Front", "unchanged", 0)]
    new = "council-agrees-on-water-plan"
    night.web.replies[FRONT.page] = front(new, "old-story-of-the-dam")
    night.web.replies[f"http://river.example/news/{new}"] = page("The council agrees on water plan")
    assert told(night.collect(FRONT, later=HOUR)) == [("Front", "new", 1)]
    assert [state.url for state in night.states()] == [f"http://river.example/news/{new}"]
    assert told(night.collect(FRONT, later=HOUR)) == [("Front", "unchanged", 0)]
    assert night.web.urls().count(f"http://river.example/news/{new}") == 1


def test_links_by_pattern_are_taken_wherever_they_stand(night: Night) -> None:
    source = PageSource(page=FRONT.page, links="^/about/", name="Front")
    night.web.replies[FRONT.page] = front("x")
    night.collect(source)
    with open_store(night.folder) as store:
        assert list(store.marks("Front")) == ["http://river.example/about/us-and-our-many-friends"]


def test_a_page_without_articles_is_a_failure_in_words(night: Night) -> None:
    night.web.replies[FRONT.page] = Reply(b"<html><body>Nothing", headers={"Content-Type": "text/html"})
    assert night.collect(FRONT).outcomes[0].reason == "it links to nothing that looks like an article"


def test_a_news_sitemap_gives_what_is_of_these_days(night: Night) -> None:
    source = SitemapSource(sitemap="http://river.example/map.xml", name="Map")
    row = (
        "<url><loc>http://river.example/news/{0}</loc><news:news><news:publication_date>{1}</news:publication_date>"
        "<news:title>{2}</news:title></news:news></url>"
    )
    rows = row.format("new", "2019-03-20T20:00:00Z", "Council agrees on water plan") + row.format(
        "old", "2016-01-01T00:00:00Z", "Council met"
    )
    text = f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="n">{rows}</urlset>'
    index = (
        '<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><sitemap><loc>http://river.example/a.xml'
        "</loc></sitemap></sitemapindex>"
    )
    night.web.replies[source.sitemap] = Reply(index.encode())
    night.web.replies["http://river.example/a.xml"] = Reply(text.encode())
    night.web.replies["http://river.example/news/new"] = page("Council agrees on water plan")
    assert told(night.collect(source)) == [("Map", "new", 1)]
    assert night.states()[0].published == datetime.fromisoformat("2019-03-20T20:00:00+00:00")
    assert "http://river.example/news/old" not in night.web.urls()


def test_an_index_of_indexes_is_walked_once_and_what_it_lacks_is_told(night: Night) -> None:
    source = SitemapSource(sitemap="http://river.example/map.xml", name="Map")
    row = "<url><loc>http://river.example/news/new</loc><lastmod>2019-03-20T20:00:00Z</lastmod></url>"

    def index(*names: str) -> Reply:
        rows = "".join(f"<sitemap><loc>http://river.example/{name}.xml</loc></sitemap>" for name in names)
        return Reply(
            f'<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{rows}</sitemapindex>'.encode()
        )

    night.web.replies |= {
        source.sitemap: index("map", "gone", "years"),
        "http://river.example/years.xml": index("map", "years", "now"),
        "http://river.example/now.xml": Reply(f"<urlset>{row}</urlset>".encode()),
        "http://river.example/news/new": page("Council agrees on water plan"),
    }
    night.collect(source)
    asked = [url for url in night.web.urls() if url.endswith(".xml")]
    assert sorted(asked) == [f"http://river.example/{name}.xml" for name in ("gone", "map", "now", "years")]
    assert night.memo("source", "Map")["remarks"][0] == "http://river.example/gone.xml: it answers 404"  # type: ignore[index]
    later = row.replace("news/new", "news/later").replace("20:00", "22:30")
    night.web.replies["http://river.example/now.xml"] = Reply(f"<urlset>{row}{later}</urlset>".encode())
    night.web.replies["http://river.example/news/later"] = page("Council sells the old town hall")
    night.collect(source, later=HOUR)
    assert "http://river.example/news/later" in night.web.urls()  # though the index is as it was
    night.web.replies["http://river.example/now.xml"] = Reply(status=500)
    (outcome,) = night.collect(source, later=HOUR).outcomes
    assert (outcome.state, outcome.reason) == ("failed", "http://river.example/now.xml: it answers 500")


def test_an_address_alone_in_a_sitemap_is_matched_by_its_words_or_not_taken(night: Night) -> None:
    source = SitemapSource(sitemap="http://river.example/map.xml", name="Map")
    names = ("council-agrees-on-the-water-of-the-dam", "mayor-sells-the-old-town-hall", "123456.html")
    rows = "".join(
        f"<url><loc>http://river.example/{name}</loc><lastmod>2019-03-20T20:00:00Z</lastmod></url>" for name in names
    )
    text = f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{rows}</urlset>'
    night.web.replies[source.sitemap] = Reply(text.encode())
    other = ARTICLE.replace("council", "choir").replace("water", "songs")
    for name, body in zip(names, (ARTICLE, ARTICLE, other), strict=True):
        night.web.replies[f"http://river.example/{name}"] = page("News", body)
    night.collect(source)
    assert [state.url for state in night.states()] == [f"http://river.example/{names[0]}"]
