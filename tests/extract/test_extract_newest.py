from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

from briefing.extract import in_newest_state
from briefing.models import Article
from tests.making import article

EARLY, LATE = datetime(2021, 5, 4, 6, tzinfo=UTC), datetime(2021, 5, 4, 18, tzinfo=UTC)
TEXT = "The mill at Tessin burned on Monday night, and {} people left their homes, the brigade said."


def saved(origin: str, number: int, *, url: str | None, modified: datetime | None = None) -> Article:
    made = article(TEXT.format(number), published=date(2021, 5, 4))
    return replace(made, id=origin, origin=origin, outlet="Courier", url=url, modified=modified)


def test_a_page_that_was_saved_twice_is_one_article_in_its_newest_state() -> None:
    first = saved("a", 12, url="https://courier.example/mill/", modified=EARLY)
    last = saved("b", 40, url="http://www.courier.example/mill?utm_source=x", modified=LATE)
    kept, told = in_newest_state([last, first])
    assert kept == (last,)
    assert [(problem.origin, problem.lost) for problem in told] == [("a", True)]
    assert "b" in told[0].reason


def test_pages_of_two_addresses_two_outlets_or_two_texts_are_not_one() -> None:
    one = saved("a", 12, url="https://courier.example/mill")
    other_page = saved("b", 40, url="https://courier.example/bridge")
    other_outlet = replace(saved("c", 40, url="https://courier.example/mill"), outlet="Post")
    other_text = replace(
        article("Harbour fees rise by a tenth in May after all."),
        id="d",
        outlet="Courier",
        url="https://courier.example/mill",
    )
    first_page = saved("e", 12, url="https://courier.example/")
    again = saved("f", 12, url="https://courier.example/")
    articles = [one, other_page, other_outlet, other_text, first_page, again]
    assert in_newest_state(articles) == (tuple(articles), ())
