"""When a source is asked, what an answer means, how sources stand: rows at, just under and just over each bound."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from briefing.config import CollectedSource, FeedSource
from briefing.models import Coverage
from briefing.sources.entries import Answer
from briefing.sources.health import alarms_of, coverage_of, gaps_of, health_of, is_pressing, next_pass, usual_silence
from briefing.sources.manners import UrlState, ask, backed_off, decide, has_moved, is_due, retry_after, void

NOW = datetime(2019, 3, 21, 5, 20, tzinfo=UTC)
HOUR, MINUTE, DAY = timedelta(hours=1), timedelta(minutes=1), timedelta(days=1)
URL = "https://river.example/rss"


@pytest.mark.parametrize(
    ("asked", "following", "pressing", "failures", "due"),
    [
        (60 * MINUTE, 60 * MINUTE, False, 0, True),
        (54 * MINUTE, 60 * MINUTE, False, 0, True),
        (53 * MINUTE, 60 * MINUTE, False, 0, False),
        (10 * MINUTE, 24 * HOUR, True, 0, True),
        (9 * MINUTE, 24 * HOUR, True, 0, False),
        (1 * MINUTE, 24 * HOUR, True, 1, True),
        (0 * MINUTE, 24 * HOUR, True, 1, False),
        (-1 * MINUTE, 24 * HOUR, False, 0, True),
    ],
    ids=[
        "due",
        "a little early",
        "too early",
        "pressing",
        "just asked",
        "failed before",
        "just failed",
        "clock set back",
    ],
)
def test_when_an_address_is_due(
    asked: timedelta,
    following: timedelta,
    pressing: bool,  # noqa: FBT001
    failures: int,
    due: bool,  # noqa: FBT001
) -> None:
    state = UrlState(url=URL, asked_at=NOW - asked, next_at=NOW - asked + following, failures=failures)
    assert is_due(state, NOW, pressing=pressing) is due


@pytest.mark.parametrize(
    ("age", "trusted", "sent"),
    [(DAY - MINUTE, True, True), (DAY, True, False), (HOUR, False, False), (-HOUR, True, False)],
    ids=["under a day", "a day", "not believed", "from the future"],
)
def test_when_validators_are_sent(age: timedelta, trusted: bool, sent: bool) -> None:  # noqa: FBT001
    state = UrlState(url=URL, etag='"a"', full_at=NOW - age, trusted=trusted)
    assert bool(ask(state, NOW)) is sent


@pytest.mark.parametrize(
    ("headers", "ttl", "pause"),
    [
        ({}, None, HOUR),
        ({"cache-control": "max-age=60"}, None, HOUR),
        ({"cache-control": "public, max-age=7200"}, None, 2 * HOUR),
        ({"cache-control": "max-age=999999999999"}, None, DAY),
        ({"expires": "Thu, 21 Mar 2019 08:20:00 GMT"}, None, 3 * HOUR),
        ({"expires": "yesterday"}, None, HOUR),
        ({}, 4 * HOUR, 4 * HOUR),
        ({}, 99 * DAY, DAY),
    ],
)
def test_how_long_an_address_is_left_alone(headers: dict[str, str], ttl: timedelta | None, pause: timedelta) -> None:
    answer = Answer(asked=URL, url=URL, status=200, content=b"x", headers=headers)
    decision = decide(UrlState(url=URL), answer, NOW, sent={}, every=HOUR, ttl=ttl)
    assert decision.state.next_at == NOW + pause


@pytest.mark.parametrize("headers", [{"expires": "0"}, {"cache-control": "no-store"}])
def test_validators_of_what_is_not_to_be_kept_are_not_kept(headers: dict[str, str]) -> None:
    answer = Answer(asked=URL, url=URL, status=200, content=b"x", headers={"etag": '"a"', **headers})
    assert decide(UrlState(url=URL), answer, NOW, sent={}, every=HOUR, ttl=None).state.etag is None


@pytest.mark.parametrize(
    ("said", "wait"),
    [
        ("120", 2 * MINUTE),
        ("999999999", DAY),
        ("Thu, 21 Mar 2019 05:30:00 GMT", 10 * MINUTE),
        ("soon", None),
        ("", None),
    ],
)
def test_how_long_retry_after_asks_to_wait(said: str, wait: timedelta | None) -> None:
    assert retry_after({"retry-after": said}, NOW) == wait


def test_pauses_double_up_to_a_day() -> None:
    assert [backed_off(number) / HOUR for number in (1, 2, 5, 6, 99)] == [1, 2, 16, 24, 24]


def test_an_address_that_is_gone_is_asked_once_a_day() -> None:
    gone = Answer(asked=URL, url=URL, status=410)
    assert decide(UrlState(url=URL), gone, NOW, sent={}, every=HOUR, ttl=None).state.next_at == NOW + DAY


@pytest.mark.parametrize(
    ("times", "days", "hops", "moved"),
    [(5, 7, (301, 308), True), (4, 7, (301,), False), (9, 6, (301,), False), (5, 7, (301, 302), False)],
)
def test_when_an_address_has_moved_for_good(times: int, days: float, hops: tuple[int, ...], moved: bool) -> None:  # noqa: FBT001
    state = UrlState(url=URL)
    for number in range(times):
        at = NOW + number * days * DAY / (times - 1)
        answer = Answer(asked=URL, url="https://new.example/rss", status=200, content=b"x", hops=hops)
        state = decide(state, answer, at, sent={}, every=HOUR, ttl=None).state
    assert has_moved(state, at) is moved


def down(name: str) -> Answer:
    return Answer(asked=f"https://{name}/rss", url=f"https://{name}/rss", reason="no name", ours=True)


def led(name: str, to: str) -> Answer:
    return Answer(asked=f"https://{name}/rss", url=f"https://{to}/", status=200, hops=(302,))


@pytest.mark.parametrize(
    ("failed", "answered", "reason"),
    [
        ([down("a.example"), down("b.example"), down("c.example")], 0, "no network"),
        ([down("a.example"), down("b.example")], 0, None),
        ([down("a.example"), down("x.a.example"), down("b.example")], 0, None),
        ([down("a.example"), down("b.example"), down("c.example")], 1, None),
        ([led(f"{n}.example", "hotel.example") for n in "abc"], 5, "portal"),
        ([led(f"{n}.example", "hotel.example") for n in "ab"], 5, None),
        ([led(f"{n}.example", f"www.{n}.example") for n in "abc"], 5, None),
        ([], 0, None),
    ],
    ids=["three", "two", "two domains", "one answered", "portal", "two led", "to themselves", "nobody asked"],
)
def test_when_a_pass_says_nothing_of_the_sources(failed: list[Answer], answered: int, reason: str | None) -> None:
    assert void(failed, answered=answered) == reason


# ── how sources stand ────────────────────────────────────────────────────────────────────────────────────────────

FEED = FeedSource(feed=URL, name="River")
FEEDS: list[CollectedSource] = [
    FeedSource(feed=f"https://h{number}.example/rss", name=f"h{number}") for number in range(4)
]


def memo(**more: object) -> dict[str, object]:
    usual: dict[str, object] = {"address": URL, "memory": {}, "remarks": [], "answered": NOW.isoformat(), "news": []}
    return {**usual, "failures": 0, "reason": None, "asked": NOW.isoformat(), **more}


@pytest.mark.parametrize(
    ("gaps", "silence"),
    [([], 7), ([1, 1, 1], 7), ([3, 3, 3], 9), ([1, 3, 99], 9)],
)
def test_how_long_a_source_may_have_no_news(gaps: list[int], silence: int) -> None:
    news = [NOW]
    for gap in gaps:
        news.append(news[-1] + gap * DAY)
    assert usual_silence(news) == silence * DAY


@pytest.mark.parametrize(
    ("told", "state"),
    [
        (None, "never asked"),
        (memo(address="https://other.example/"), "never asked"),
        (memo(), "ok"),
        (memo(failures=1), "failing"),
        (memo(news=[(NOW - 7 * DAY).isoformat()]), "ok"),
        (memo(news=[(NOW - 7 * DAY - MINUTE).isoformat()]), "quiet"),
    ],
)
def test_how_a_source_stands(told: dict[str, object] | None, state: str) -> None:
    assert health_of(FEED, told, None, NOW).state == state


@pytest.mark.parametrize(
    ("last", "slot", "due"),
    [
        (None, None, datetime.min.replace(tzinfo=UTC)),
        (NOW - 30 * MINUTE, None, NOW + 30 * MINUTE),
        (NOW - 30 * MINUTE, NOW + 20 * MINUTE, NOW + 10 * MINUTE),
        (NOW - 30 * MINUTE, NOW + 2 * HOUR, NOW + 30 * MINUTE),
        (NOW, NOW + 10 * MINUTE, NOW + HOUR),
    ],
    ids=["never", "interval", "before a slot", "a slot far off", "it was made"],
)
def test_when_the_next_pass_is_due(last: datetime | None, slot: datetime | None, due: datetime) -> None:
    told = None if last is None else {"at": last.isoformat()}
    assert next_pass(told, every=HOUR, before=10 * MINUTE, slot=slot) == due


def test_which_pass_is_the_last_before_a_slot() -> None:
    slot = NOW + 10 * MINUTE
    assert [is_pressing(NOW - one, before=10 * MINUTE, slot=slot) for one in (MINUTE, 0 * MINUTE)] == [False, True]
    assert not is_pressing(NOW, before=10 * MINUTE, slot=None)


def coverage(*answered: timedelta | None, built_at: datetime = NOW) -> Coverage | None:
    told = {
        source.label: memo(address=source.address, answered=None if one is None else (NOW - one).isoformat())
        for source, one in zip(FEEDS, answered, strict=True)
    }
    last = {"last": {"at": NOW.isoformat(), "pressing": True, "every": 3600}}
    return coverage_of(FEEDS, {"source": told, "pass": last, "network": {}}, built_at=built_at)


@pytest.mark.parametrize(
    ("answered", "count", "thin"),
    [
        ((MINUTE, 10 * MINUTE, 11 * MINUTE, None), 2, False),
        ((MINUTE, 11 * MINUTE, 11 * MINUTE, None), 1, True),
        ((MINUTE, MINUTE, MINUTE, MINUTE), 4, False),
    ],
)
def test_who_answered_in_time(answered: tuple[timedelta | None, ...], count: int, thin: bool) -> None:  # noqa: FBT001
    found = coverage(*answered)
    assert found is not None
    assert (found.answered, found.asked, found.is_thin) == (count, 4, thin)
    assert len(found.silent) == 4 - count


def test_a_pass_of_days_ago_says_nothing_of_an_edition() -> None:
    assert coverage(MINUTE, MINUTE, MINUTE, MINUTE, built_at=NOW + DAY + MINUTE) is None


def test_what_a_short_feed_may_have_lost_is_told_once() -> None:
    lost = f"{(NOW - 9 * HOUR).isoformat()} {(NOW - HOUR).isoformat()} 20"
    told = {"River": memo(memory={"missing": lost})}
    whole = coverage(MINUTE, MINUTE, MINUTE, MINUTE)
    assert whole is not None
    zone = ZoneInfo("Europe/Paris")
    found = [gaps_of(whole, told, start=start, zone=zone) for start in (NOW - 2 * HOUR, NOW)]
    assert [[gap.reason for gap in gaps] for gaps in found] == [
        ["entries between 20 Mar 21:20 and 21 Mar 05:20 may be missing: the feed held 20"],
        [],
    ]


@pytest.mark.parametrize(("days", "told"), [(2.99, False), (3, True)])
def test_who_is_told_of_after_three_days(days: float, told: bool) -> None:  # noqa: FBT001
    since = NOW - days * DAY
    memos = {"River": memo(failures=9, failing_since=since.isoformat(), reason="it is not there (404)")}
    found = alarms_of(memos, [FEED], NOW)
    assert found == ([("River", since, "it is not there (404)")] if told else [])
