"""One exchange: what is asked, what is refused, and that it ends in time and within its bytes."""

from __future__ import annotations

import gzip
import socket
import time
from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.errors import SourceError
from briefing.sources.guard import Net, checked_url, dial, refused_address
from briefing.sources.http import Bounds, Request, exchange
from tests.collect.web import PUBLIC, Reply, Script, Web

SMALL = Bounds(size=1_000, seconds=10)
BRIEF = Bounds(size=1_000_000, seconds=0.4)


def request(url: str, bounds: Bounds = SMALL) -> Request:
    return Request(url=url, agent="briefing/test", bounds=bounds)


REFUSED = (
    "127.0.0.1", "10.1.2.3", "192.168.0.1", "172.31.0.1", "169.254.169.254", "100.64.0.1", "0.0.0.0", "224.0.0.1",  # noqa: S104 - refused
    "240.0.0.1", "255.255.255.255", "192.88.99.1", "::1", "::", "::7f00:1", "::ffff:127.0.0.1", "fe80::1",
    "fe80::1%eth0", "64:ff9b::7f00:1", "2002:7f00:1::", "fc00::1", "fec0::1", "ff02::1", "2001::1", "no address", "",
)  # fmt: skip


@pytest.mark.parametrize("address", REFUSED)
def test_addresses_that_are_not_asked(address: str) -> None:
    assert refused_address(address)


@pytest.mark.parametrize("address", ["8.8.8.8", "172.32.0.1", "100.128.0.1", "2606:4700::1", PUBLIC])
def test_addresses_that_are_asked(address: str) -> None:
    assert not refused_address(address)


@pytest.mark.parametrize("address", ["169.254.169.254", "fe80::1", "::", "0.0.0.0", "224.0.0.1"])  # noqa: S104
def test_not_even_a_private_source_may_lie_everywhere(address: str) -> None:
    assert refused_address(address, allow_private=True)
    assert not refused_address("127.0.0.1", allow_private=True)


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1\\@good.example/",
        "http://user:word@good.example/",
        "http://good.example/a b",
        "http://good.example/\x00",
        "http://①②⑦.⓪.⓪.①/",
        "http:///path",
        "http://good.example:0/",
        "http://good.example:port/",
        "ftp://good.example/",
        "file:///etc/passwd",
        "http://[::1/",
        "http://-/",
        "http://a%20b/",
    ],
)
def test_addresses_that_programs_read_differently_are_refused(url: str, web: Web) -> None:
    answer = exchange(request(url), web.net())
    assert (answer.status, web.dialled) == (0, [])
    assert answer.reason


def test_an_address_is_asked_in_plain_ascii() -> None:
    assert checked_url("http://пример.example:80/é?q=ü#part") == "http://xn--e1afmkfd.example/%C3%A9?q=%C3%BC"


@given(st.text(max_size=60))
def test_a_checked_address_stays_as_it_is(rest: str) -> None:
    try:
        once = checked_url(f"https://good.example/{rest}")
    except SourceError:
        return
    assert checked_url(once) == once
    assert once.isascii()


@pytest.mark.parametrize("spelt", ["127.1", "2130706433", "0x7f000001", "0177.0.0.1", "0", "localhost"])
def test_odd_spellings_of_this_machine_are_refused(spelt: str) -> None:
    dialled: list[str] = []

    def counted(address: str, port: int, seconds: float) -> socket.socket:
        dialled.append(address)
        return dial(address, port, seconds)

    answer = exchange(request(f"http://{spelt}:9/"), Net(dial=counted))
    assert "private or reserved" in (answer.reason or "")
    assert dialled == []


def test_a_name_that_changes_its_address_is_connected_to_the_checked_one(web: Web) -> None:
    web.names["rebound.example"] = [[PUBLIC], ["127.0.0.1"]]
    web.replies["http://rebound.example/a"] = Reply(b"yes")
    web.replies["http://rebound.example/b"] = Reply(b"no")
    assert exchange(request("http://rebound.example/a"), web.net()).content == b"yes"
    answer = exchange(request("http://rebound.example/b"), web.net())
    assert "private or reserved" in (answer.reason or "")
    assert web.dialled == [PUBLIC]


def test_one_private_address_among_others_is_enough_to_refuse(web: Web) -> None:
    web.names["mixed.example"] = [[PUBLIC, "10.0.0.1"]]
    assert exchange(request("http://mixed.example/"), web.net()).status == 0
    assert web.dialled == []


def test_a_redirect_is_guarded_like_an_address(web: Web) -> None:
    for target in ("http://169.254.169.254/latest/", "http://inner.example/", "file:///etc/passwd", "http://a\\@b/"):
        web.replies["http://good.example/"] = Reply(status=302, headers={"Location": target})
        web.names["inner.example"] = [["192.168.1.1"]]
        answer = exchange(request("http://good.example/"), web.net())
        assert (answer.status, bool(answer.reason)) == (0, True)
    assert set(web.dialled) == {PUBLIC}
    assert set(web.urls()) == {"http://good.example/"}


def test_redirects_are_followed_five_times_and_told(web: Web) -> None:
    for number in range(7):
        web.replies[f"http://h{number}.example/"] = Reply(
            status=301, headers={"Location": f"http://h{number + 1}.example/"}
        )
    web.replies["http://h5.example/x"] = Reply(b"")
    assert "more than 5 redirects" in (exchange(request("http://h0.example/"), web.net()).reason or "")
    web.replies["http://h3.example/"] = Reply(b"found")
    answer = exchange(request("http://h0.example/"), web.net())
    assert (answer.url, answer.hops, answer.content) == ("http://h3.example/", (301, 301, 301), b"found")


def test_an_encrypted_address_does_not_redirect_to_a_plain_one() -> None:
    from briefing.sources.http import _check_hop

    with pytest.raises(SourceError, match="from https to http"):
        _check_hop("https://good.example/", "http://good.example/", 1)


def test_secrets_go_to_the_host_that_was_named_and_to_no_other(web: Web) -> None:
    web.replies["http://good.example/"] = Reply(status=302, headers={"Location": "http://other.example/"})
    web.replies["http://other.example/"] = Reply(b"", headers={"Set-Cookie": "a=b"})
    answer = exchange(replace(request("http://good.example/"), secrets={"Authorization": "Bearer x"}), web.net())
    first, second = (headers for _, headers in web.asked)
    assert first["authorization"] == "Bearer x"
    assert "authorization" not in second
    assert "set-cookie" not in answer.headers
    assert first["user-agent"] == "briefing/test"
    assert "Bearer" not in repr(replace(request("http://good.example/"), secrets={"Authorization": "Bearer x"}))


def bomb(size: int) -> Reply:
    return Reply(gzip.compress(b"0" * size), headers={"Content-Encoding": "gzip"})


@pytest.mark.parametrize(
    ("reply", "told"),
    [
        (Reply(b"0" * 1_001), "larger than"),
        (bomb(50_000_000), "larger than"),
        (Reply(b"x", headers={"Content-Encoding": "br"}), "packed in a way"),
        (Reply(b"x", headers={"Content-Encoding": "gzip, gzip, gzip"}), "packed in a way"),
        (Reply(b"x" * 40, headers={"Content-Encoding": "gzip"}), "no HTTP that can be read"),
        (Reply(b"short", headers={"Content-Length": "50"}), "no HTTP that can be read"),
    ],
)
def test_what_is_too_large_or_packed_oddly_is_no_answer(reply: Reply, told: str, web: Web) -> None:
    web.replies["http://good.example/"] = reply
    answer = exchange(request("http://good.example/"), web.net())
    assert told in (answer.reason or "")
    assert answer.content == b""


def test_a_packed_answer_is_unpacked(web: Web) -> None:
    web.replies["http://good.example/"] = bomb(999)
    answer = exchange(request("http://good.example/"), web.net())
    assert (answer.content, answer.reason, answer.status) == (b"0" * 999, None, 200)


@pytest.mark.parametrize(
    "script",
    [
        lambda web: web.dripping(b"H"),
        lambda web: web.dripping(b"HTTP/1.1 200 OK\r\nX-Slow: "),
        lambda web: web.dripping(b"HTTP/1.1 200 OK\r\nContent-Length: 99999\r\n\r\nb"),
        lambda web: web.dripping(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\n"),
        lambda web: lambda _handler: web.stopped.wait(20),
    ],
    ids=["first bytes", "headers", "body", "chunks", "silence"],
)
def test_the_whole_exchange_ends_in_time(script: Callable[[Web], Script], web: Web) -> None:
    web.replies["http://slow.example/"] = script(web)
    began = time.monotonic()
    answer = exchange(request("http://slow.example/", BRIEF), web.net())
    assert time.monotonic() - began < BRIEF.seconds + 1
    assert answer.reason == "the answer took longer than 0.4 s"


def test_why_nobody_was_reached_is_told(web: Web) -> None:
    web.names["gone.example"] = [[]]
    answer = exchange(request("http://gone.example/"), web.net())
    assert (answer.reason, answer.ours) == (
        "its name was not resolved: temporary failure in name resolution",
        True,
    )
    refused = replace(web.net(), dial=lambda _a, _p, s: dial("127.0.0.1", 1, s))
    answer = exchange(request("http://closed.example/"), refused)
    assert (answer.reason, answer.ours) == ("no connection: connection refused", False)


def test_the_families_take_turns_and_the_next_address_is_tried(web: Web) -> None:
    tried: list[str] = []

    def flaky(address: str, port: int, seconds: float) -> socket.socket:
        tried.append(address)
        if address != PUBLIC:
            raise TimeoutError
        return web.net().dial(address, port, seconds)

    web.replies["http://both.example/"] = Reply(b"yes")
    net = replace(web.net(), resolve=lambda _h, _p: ["203.0.114.1", PUBLIC, "2606:4700::1"], dial=flaky)
    assert exchange(request("http://both.example/"), net).content == b"yes"
    assert tried == ["2606:4700::1", "203.0.114.1", PUBLIC]


def test_a_plain_address_is_asked_of_a_proxy_whole(web: Web) -> None:
    web.replies["http://good.example/a"] = Reply(b"by proxy")
    asked = replace(request("http://good.example/a"), proxy="http://proxy.example:3128")
    assert exchange(asked, web.net()).content == b"by proxy"
    inner = replace(asked, url="http://127.0.0.1/")
    assert "private or reserved" in (exchange(inner, web.net()).reason or "")
