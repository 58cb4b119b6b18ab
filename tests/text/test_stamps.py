"""Which dates are stamped on a text, and which are its own words."""

from __future__ import annotations

import pytest

from briefing.models import Article, Paragraph, Quotability, Text
from briefing.ranking import Budget, choose, rank
from briefing.text import analyse
from briefing.text.dates import label_end, stamp_end


@pytest.mark.parametrize(
    ("language", "stamp", "text"),
    [
        ("en", "Published April 13 2017 ", "An old bridge fell on Monday."),
        ("en", "April 13, 2017 ", "At least nine people crossed the bridge."),
        ("en", "Thu Oct 6 2016 ", "Nine people crossed the bridge."),
        ("en", "Last updated at Nov 27 2017 10:45 GMT – ", "The bridge fell on Monday."),
        ("en", "Monday, 20 November 2017 ", "23 people crossed the bridge."),
        ("en", "2017-04-13 ", "“The bridge is down,” said the mayor."),
        ("en", "AFP Thursday 13 Apr 2017 ", "The bridge fell on Monday."),
        ("en", "13 April 2017 Reuters - ", "The bridge fell on Monday."),
        ("en", "13 April 2017 ", "SANA reporter in Lormes said that the bridge fell."),
        ("en", "13.04.2017Get short URL 0 13 ", "The bridge fell on Monday."),
        ("en", "13.04.2017(updated 2139 14.04.2017) Get short URL ", "The bridge fell on Monday."),
        ("en", "REUTERS Ada Marsh Europe 0041 13.04.2017Get short URL 0 18 5 ", "The bridge fell on Monday."),
        ("en", "", "Get short URL for the page of the bridge."),
        ("en", "", "AFP said on April 13 2017 Lormes lost its bridge."),
        ("en", "", "Reuters opened its office in Lormes on April 13 2017."),
        ("fr", "Publié le 13 avril 2017 ", "Le pont est tombé lundi."),
        ("fr", "jeudi 13 avril 2017 à ", ""),
        ("es", "13/04/2017 ", "El puente cayó el lunes."),
        ("de", "13. April 2017 | ", "Die Brücke fiel am Montag."),
        ("en", "", "April 13, 2017, was the day on which the bridge fell."),
        ("en", "", "April 13 saw the bridge fall."),
        ("en", "", "On April 13 2017 Lormes lost its bridge."),
        ("en", "", "2017 Lormes bridge works cost nine million."),
        ("en", "", "Published in 2017, the report named nine bridges."),
        ("en", "", "April 13 2017"),
    ],
)
def test_stamps(language: str, stamp: str, text: str) -> None:
    assert stamp_end(stamp + text, language) == (len(stamp) if text else 0)


@pytest.mark.parametrize(
    ("label", "text"),
    [
        ("10:32 ", "The bridge is shut."),
        ("10h32 ", "Le pont est fermé."),
        ("10:32 a.m. GMT – ", "“The bridge is down,” said the mayor."),
        ("[Links in this text are in French] ", "The bridge fell on 28 March."),
        ("", "10:32 was when the bridge fell."),
        ("", "10 bridges fell."),
        ("", "[The mayor of Lormes] said that the bridge fell."),
        ("", "[The mayor] Anna said that the bridge fell."),
        ("", "[Links in this text are in French]"),
        ("", "10:32"),
        ("", ""),
    ],
)
def test_hours_and_notes(label: str, text: str) -> None:
    assert label_end(label + text) == len(label)


def test_the_hours_of_a_live_report_are_left_out() -> None:
    text = _analysed("09:15 The bridge fell.", "10:32 However, nobody was hurt.", "10:45 Nine boats cross the river.")
    assert [sentence.unstamped().text[:4] for sentence in text.sentences] == ["The ", "Howe", "Nine"]
    assert text.sentences[1].quotability is Quotability.NEEDS_PREVIOUS


def _analysed(*paragraphs: str, title: str | None = None) -> Text:
    said = tuple(Paragraph(text=item) for item in paragraphs)
    return analyse(Article(id="a", origin="a", title=title, paragraphs=said, sha256=""), language="en")[0]


def test_only_the_first_sentence_is_stamped() -> None:
    text = _analysed("April 13 2017 The bridge fell on Monday.", "May 2 2011 The bridge opened to the public.")
    assert [sentence.stamp for sentence in text.sentences] == [len("April 13 2017 "), 0]


def test_a_quotation_leaves_the_stamp_out_and_stands_where_it_says() -> None:
    text = _analysed("April 13 2017 The bridge fell on Monday.")
    quote = choose([rank(text)], [(1.0,)], budget=Budget())[0]
    assert quote.sentence.text == "The bridge fell on Monday."
    assert text.article.text[quote.sentence.start : quote.sentence.end] == quote.sentence.text


@pytest.mark.parametrize(
    "paragraphs", [("April 13 2017 The bridge fell. Nine died.",), ("The bridge fell.", "Nine died.")]
)
def test_a_title_that_the_text_repeats_is_a_headline(paragraphs: tuple[str, ...]) -> None:
    text = _analysed(*paragraphs, title="The Bridge Fell")
    assert text.sentences[0].quotability is Quotability.HEADLINE
    assert text.sentences[1].quotability is not Quotability.HEADLINE
