"""Entries of a chronology, told from the day's news by the date that they have as a label."""

from __future__ import annotations

from datetime import date

import pytest

from briefing.models import Article, Moment, Paragraph, Quotability
from briefing.text import analyse
from briefing.text.quotability import year_label

NEWS = "The bridge of Lormes fell on Monday after a night of rain."
ENTRIES = ("2011: The bridge opens to the public.", "May 2 2014 The army shuts the bridge.")


@pytest.mark.parametrize(
    ("language", "text", "year"),
    [
        ("en", "2016: The army takes the bridge.", 2016),
        ("en", "2016 — the army takes the bridge.", 2016),
        ("en", "2014 Lormes opens its bridge.", 2014),
        ("en", "March 15, 2011 Builders begin.", 2011),
        ("en", "March 2011 - Builders begin.", 2011),
        ("en", "15.03.2011 Builders begin.", 2011),
        ("fr", "15 mars 2011 : les ouvriers commencent.", 2011),
        ("fr", "Mars 2011 : les ouvriers commencent.", 2011),
        ("es", "2 de mayo de 2014: cierran el puente.", 2014),
        ("en", "2018 was a bad year for bridges.", None),
        ("en", "2011, the year of the flood, is far away.", None),
        ("en", "In 2016, the army took the bridge.", None),
        ("en", "May 2 saw the bridge fall.", None),
        ("en", "2016-17 cost the town its bridge.", None),
        ("en", "Bridge 2016: the works.", None),
        ("en", "2016", None),
        ("en", "", None),
    ],
)
def test_the_year_of_a_label(language: str, text: str, year: int | None) -> None:
    assert year_label(text, language) == year


@pytest.mark.parametrize(
    ("published", "sentences", "entries"),
    [
        (date(2019, 3, 20), (NEWS, *ENTRIES), {1, 2}),
        (date(2019, 3, 20), (NEWS, ENTRIES[0]), set()),
        (date(2014, 5, 3), (NEWS, *ENTRIES, "2012 Lormes counts its bridges."), {1, 3}),
        (date(2011, 5, 3), (NEWS, *ENTRIES), set()),
        (None, (NEWS, *ENTRIES), set()),
        (None, (NEWS, *ENTRIES, "2016: The bridge opens again."), {1, 2, 3}),
        (None, (NEWS, *(f"2016: The bridge shuts for {count} days." for count in (3, 4, 5))), set()),
        (date(2019, 3, 20), (*ENTRIES, "2016: The bridge opens again."), {1, 2}),
    ],
)
def test_entries_are_marked_where_there_are_several_of_years_ago(
    published: Moment | None, sentences: tuple[str, ...], entries: set[int]
) -> None:
    paragraphs = tuple(Paragraph(text=text) for text in sentences)
    article = Article(id="a", origin="a", title=None, paragraphs=paragraphs, published=published, sha256="")
    text, _ = analyse(article, language="en")
    assert {
        place for place, found in enumerate(text.sentences) if found.quotability is Quotability.CHRONICLE
    } == entries
