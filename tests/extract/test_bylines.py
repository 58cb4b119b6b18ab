"""Who may bear an outlet's name, and what becomes of a claim."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from briefing.config import Config
from briefing.extract import attributed
from briefing.extract.bylines import skeleton
from tests.making import article

SEEN = datetime(2026, 3, 2, tzinfo=UTC)
CONFIG = Config.model_validate(
    {
        "sources": [
            {"folder": "in"},
            {"feed": "https://tide.example/rss", "name": "tide", "outlet": "Daily Tide", "grade": "A"},
            {"feed": "https://all.example/rss", "name": "all"},
        ],
        "outlets": {
            "Harbour Wire": {"grade": "B", "hosts": ["www.harbour.example"], "list_ids": ["<wire.lists.example>"]},
            "Upland Echo": {"grade": "C"},
            "El Eco": {"language": "es"},
        },
        "sections": [{"id": "sea", "title": "The sea", "terms": {"en": ["sea"]}}],
    }
)
ITS_OWN = "https://harbour.example/a"


@pytest.mark.parametrize(
    ("outlet", "url", "sender"),
    [
        ("Harbour Wire", ITS_OWN, ""),
        ("Harbour Wire", "https://news.harbour.example:8443/a", ""),
        ("Harbour Wire", "https://evil.example@HARBOUR.example./a", ""),
        ("HARBOUR WIRE", ITS_OWN, ""),
        ("Hаrbоur Wire", ITS_OWN, ""),  # its own host may write it as it likes
        ("Harbour Wire", None, "wire.lists.example"),
        ("Harbour Wire", "https://archive.example/1", "mail.harbour.example"),  # of a mail its sender counts
    ],
)
@pytest.mark.parametrize("seen", [None, SEEN])
def test_a_name_is_borne_by_its_hosts_and_lists(
    outlet: str, url: str | None, sender: str, seen: datetime | None
) -> None:
    made = replace(article("Rain."), outlet=outlet, url=url, sender=sender, first_seen=seen, source="all")
    (kept,), told = attributed([made], CONFIG)
    assert (kept.outlet, kept.claimed, told) == ("Harbour Wire", None, ())


@pytest.mark.parametrize(
    ("outlet", "url", "sender", "host"),
    [
        ("Harbour Wire", "https://evil.example/a", "", "evil.example"),
        ("Harbour Wire", "https://www.evil.example/harbour.example", "", "evil.example"),
        ("Harbour Wire", "https://harbour.example@evil.example/", "", "evil.example"),
        ("Harbour Wire", "https://harbour.example.evil.example/", "", "harbour.example.evil.example"),
        ("Harbour Wire", "https://notharbour.example/", "", "notharbour.example"),
        ("Harbour Wire", "https://evil.example\\.harbour.example/", "", None),  # browsers open evil.example
        ("Harbour Wire", ITS_OWN, "evil.example", "evil.example"),
        ("Harbour Wire", "https://hаrbour.example/", "", "xn--hrbour-3nf.example"),
        ("harbour  wire", "https://evil.example/a", "", "evil.example"),
        ("H\u0430rbour Wire", "https://evil.example/a", "", "evil.example"),  # a Cyrillic a
        ("Ηаrbοur\u200b Wire", None, "", None),  # Greek, Cyrillic, a blank without width
        ("Ｈａｒｂｏｕｒ Ｗｉｒｅ", "https://evil.example/a", "", "evil.example"),
        ("Harbour W\u0131re", None, "", None),
        ("Harbour Wlre", "https://evil.example/a", "", "evil.example"),
        ("Harb0ur Wire", "https://evil.example/a", "", "evil.example"),
        ("UpIand Echo", None, "", None),  # a capital I for an l
    ],
)
def test_what_another_calls_itself_is_a_claim_and_told(
    outlet: str, url: str | None, sender: str, host: str | None
) -> None:
    made = replace(article("Rain."), outlet=outlet, url=url, sender=sender)
    (kept,), (problem,) = attributed([made], CONFIG)
    assert kept.outlet == (host or None)
    assert kept.claimed == outlet
    assert outlet in problem.reason
    assert not problem.lost


@pytest.mark.parametrize(
    ("outlet", "source", "seen", "grade"),
    [
        ("Harbour Wire", "in", None, "B"),  # without an address a folder's file is the desk's word
        ("Harbour Wire", "all", SEEN, None),  # what came over the network has no such word
        ("Upland Echo", "in", None, "C"),
        ("Upland Echo", "all", SEEN, None),  # nobody says which hosts are its
        ("Daily Tide", "tide", SEEN, "A"),  # the desk has named the source's outlet
        ("Daily Tide", "all", SEEN, None),
        ("Harbour Wire", "tide", SEEN, None),
        ("Another", "all", SEEN, None),
    ],
)
def test_without_a_host_the_desk_speaks_or_nobody(
    outlet: str, source: str, seen: datetime | None, grade: str | None
) -> None:
    made = replace(article("Rain."), outlet=outlet, source=source, first_seen=seen)
    (kept,), told = attributed([made], CONFIG)
    assert CONFIG.grades.get(kept.outlet or "") == grade
    assert (len(told) == 1) == (grade is None and outlet != "Another")


@pytest.mark.parametrize("outlet", ["upland echo", "Úpland Echo", "El Eco", "The Evening Standing", None])
def test_another_spelling_is_left_as_it_is_and_has_no_grade(outlet: str | None) -> None:
    made = replace(article("Rain."), outlet=outlet, url="https://any.example/a")
    assert attributed([made], CONFIG) == ((made,), ())
    assert CONFIG.grades.get(outlet or "") is None


def test_names_of_other_scripts_are_told_apart() -> None:
    names = ["Правда", "Известия", "Καθημερινή", "صوت الجزيرة", "صوت الفرات", "Ilha", "Harbour Wire", "Harbor Wire"]
    assert len(set(map(skeleton, names))) == len(names)
