from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.sources.addresses import canonical_url, identity_url, site_of


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("HTTPS://News.Example:443/a?utm_source=rss&id=7&fbclid=x#top", "https://news.example/a?id=7"),
        ("http://news.example:8080", "http://news.example:8080/"),
        ("https://news.example/a?reference=7&utmost=1", "https://news.example/a?reference=7&utmost=1"),
        ("https://news.example/a?b=&c", "https://news.example/a?b=&c"),
        ("https://news.example./A/B", "https://news.example/A/B"),
        ("http://[2001:DB8::1]:80/x", "http://[2001:db8::1]/x"),
        ("https://news.example:port/x", "https://news.example/x"),
        ("mailto:desk@news.example", "mailto:desk@news.example"),
        ("no address", "no address"),
        ("http://[broken", "http://[broken"),
    ],
)
def test_identity(url: str, expected: str) -> None:
    assert identity_url(url) == expected


@given(st.text(alphabet="htps:/?#&=.[]@abu_ÄZ7% ", max_size=40))
def test_an_identity_is_its_own(url: str) -> None:
    assert identity_url(identity_url(f"https://{url}")) == identity_url(f"https://{url}")


@pytest.mark.parametrize(
    ("canonical", "expected"),
    [
        (None, "https://m.tamm.example/news/ferry-7"),
        ("https://www.tamm.example/news/ferry-7?utm_source=x", "https://www.tamm.example/news/ferry-7"),
        ("https://www.tamm.example/ferry-7", "https://www.tamm.example/ferry-7"),
        ("https://www.tamm.example/ferr", "https://m.tamm.example/news/ferry-7"),  # the front page, or nearly
        ("https://tamm.example.org/news/ferry-7", "https://m.tamm.example/news/ferry-7"),
        ("/news/ferry-7", "https://m.tamm.example/news/ferry-7"),
    ],
)
def test_a_canonical_address_is_believed_on_its_own_site_alone(canonical: str | None, expected: str) -> None:
    assert canonical_url("https://m.tamm.example/news/ferry-7#x", canonical) == expected


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://a.b.guardian.co.uk/x", "guardian.co.uk"),
        ("https://www.sana.sy/en", "sana.sy"),
        ("http://a.b.unknown-suffix", "b.unknown-suffix"),
        ("http://127.0.0.1:8000/", "127.0.0.1"),
        ("http://[::1]/", "::1"),
        ("http://localhost/", "localhost"),
        ("nowhere", ""),
    ],
)
def test_site(url: str, expected: str) -> None:
    assert site_of(url) == expected
