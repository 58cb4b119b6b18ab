from __future__ import annotations

import pytest

from briefing.extract.web_metadata import is_slug_of


@pytest.mark.parametrize(
    ("address", "title", "expected"),
    [
        ("https://a.example/news/storm-closes-the-northern-ford", "Storm closes the northern ford", True),
        ("https://a.example/storm-closes-the-northern-ford-10192/article", "Storm closes the northern ford", True),
        (
            "https://a.example/2019/03/20/storm-closes-the-northern-ford.html?x=1#top",
            "Storm closes the northern ford!",
            True,
        ),
        ("https://a.example/bruecke-ueber-den-fluss-gesperrt_aid-99", "Brücke über den Fluss gesperrt", True),
        ("https://a.example/l-ete-sera-tres-chaud-ici", "L’été sera très chaud ici", True),
        ("https://a.example/mayors-plan-for-the-ford", "Mayor's plan for the ford", True),
        ("https://a.example/storm-closes-the-northern-ford", "LIVE: Storm closes the northern ford", False),
        ("https://a.example/storm-closes-the-northern-ford-again", "Storm closes the northern ford", False),
        ("https://a.example/ford-is-closed", "Ford is closed", False),  # three words may meet by chance
        ("https://a.example/", "Storm closes the northern ford", False),
        (None, "Storm closes the northern ford", False),
        ("https://a.example/storm-closes-the-northern-ford", "", False),
    ],
)
def test_a_title_that_an_address_was_made_of(address: str | None, title: str, *, expected: bool) -> None:
    assert is_slug_of(address, title) is expected
