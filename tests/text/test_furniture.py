"""Captions, headlines and agencies' tags that a source ran into a sentence, and what only looks like them."""

from __future__ import annotations

import pytest

from briefing.models import Article, Paragraph, Quotability, Text
from briefing.text import analyse
from briefing.text.furniture import own_words

CAPTION = "Anna Marsh outside the court yesterday, where she was banned from "
LATER = "has lost her seat on the board of the harbour."


@pytest.mark.parametrize(
    ("language", "furniture", "text"),
    [
        ("en", CAPTION + "driving ", f"The sister of the mayor {LATER}"),
        ("en", "Anna Marsh on the old bridge of Lormes ", f"Her sister, also a former mayor, {LATER}"),
        ("en", "Boats wait below the bridge (above) ", f"A sister of the mayor {LATER}"),
        ("en", "Boats below the bridge on 3 May 2016 ", f"A sister of the mayor {LATER}"),
        ("en", "One boat waits below the bridge They saw it fall at noon ", f"The sister of the mayor {LATER}"),
        ("fr", "Une femme devant le pont de Lormes fermé ", "Elle a perdu son siège au conseil du port vendredi."),
        ("es", "Una mujer ante el puente de la ciudad cerrado ", "Ella perdió su puesto en la junta del puerto ayer."),
        (
            "ru",
            "Женщина стоит у закрытого городского моста ",
            "Она потеряла вчера свое место в совете городского порта.",
        ),
        ("en", "Boats wait below the bridge ", "The sister of the mayor lost her seat."),
        ("en", "(CNN)", "Nine people crossed the bridge."),
        ("en", "(AFP) ", "Nine people crossed the bridge."),
        ("en", "(Lormes Post and Agencies) ", "“The bridge is down,” said the mayor."),
        ("en", "(Reuters Photo) ", "Nine people crossed the bridge."),
        ("en", "NEW LORMES (Reuters) ", "The bridge fell on Monday."),
        ("en", "AFP ", "The bridge fell on Monday."),
        (
            "en",
            "Boats below the bridge at noon (Photo AFP) ",
            "Lormes lost its oldest bridge on Monday, the mayor said.",
        ),
        ("de", "(dpa) - ", "Die Brücke fiel am Montag."),
        ("es", "(EFE).- ", "El puente cayó el lunes."),
        ("ru", "(ТАСС) ", "Мост упал в понедельник."),
        ("ar", "(رويترز) - ", "سقط الجسر يوم الاثنين."),
    ],
)
def test_own_words_stand_behind_furniture(language: str, furniture: str, text: str) -> None:
    assert own_words(furniture + text, language) == len(furniture)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", f"The mayor and her sister from Lormes visited The Hague, where she {LATER}"),
        ("en", f"The mayor of the old town was adding The Guardian said her sister {LATER}"),
        ("en", f"The bridge over the river was closed in May the year in which she {LATER}"),
        ("en", f"The bridge over the river was closed in The long street where she {LATER}"),
        ("en", f"The bridge is down at last wrote Anna Marsh The sister of the mayor {LATER}"),
        ("en", "The doctors in the harbour gave vitamin A supplements to all children under five on Monday."),
        ("en", "The nine sailors met the northern leader Kim Jong Un in the harbour of Lormes on Monday."),
        ("en", "The club from the harbour of Lormes went down to League One in the rainy spring of that year."),
        ("en", f"The mayor of Lormes read the old poem “We crossed The bridge at noon” when she {LATER}"),
        ("en", "The bridge below Lormes They saw it fall on Monday at noon in the rain."),
        ("en", "The bridge below the town of Lormes fell They saw it fall at noon today."),
        ("fr", "La chaîne diffuse ce vendredi soir la série La maison de papier dans toute la région de Lormes."),
        ("es", "La cadena estrena este viernes por la noche la serie La casa de papel en toda la región."),
        (
            "de",
            "Anna Marsch vor dem Gericht der kleinen Stadt Lormes gestern Die Schwester der Anna hat alles verloren.",
        ),
        ("de", "Der Hafen von Lormes bittet alle Gäste freundlich Sie mögen die alte Brücke nicht mehr betreten."),
        ("en", "INDIANAPOLIS (AP) — The bridge fell on Monday."),
        ("en", "(The mayor) Anna said that the bridge fell."),
        ("en", "(AFP) reporters saw the bridge fall."),
        ("en", "(AFP)"),
        ("en", "AFP reporters saw the bridge fall."),
        ("en", "AFP The Hague office saw the bridge fall."),
        ("en", "Boats below the bridge at noon (Photo AFP) were seen by nine people in the harbour."),
        ("en", "Reuters President Anna Marsh saw the bridge fall."),
        ("ar", "قال (رويترز) إن الجسر سقط يوم الاثنين في المدينة القديمة قرب النهر والميناء الكبير"),
    ],
)
def test_what_only_looks_like_furniture(language: str, text: str) -> None:
    assert own_words(text, language) == 0


TITLE = "Old bridge of Lormes falls"
LEAD = "Nine people were on the bridge of Lormes when it fell."


def _analysed(*paragraphs: str, title: str | None = TITLE) -> Text:
    said = tuple(Paragraph(text=item) for item in paragraphs)
    return analyse(Article(id="a", origin="a", title=title, paragraphs=said, sha256=""), language="en")[0]


@pytest.mark.parametrize(
    ("before", "text"),
    [
        ("Old Bridge of Lormes Falls ", LEAD),
        ("April 13 2017 Old bridge of Lormes falls ", LEAD),
        ("Posted on April 13 2017 by Ada Marsh Old bridge of Lormes falls ", LEAD),
        ("Old bridge of Lormes falls Reuters ", "The bridge of Lormes fell on Monday morning."),
        ("", "Old bridge of Lormes falls on nine people in the night."),
        ("", "Old bridge of Lormes falls Monday to the delight of nine people who live below."),
        ("", "Old bridge of Lormes falls The bridge fell."),
        ("", "The mayor says old bridge of Lormes falls Nine people were on the bridge of Lormes."),
    ],
)
def test_a_headline_before_the_lead_is_left_out(before: str, text: str) -> None:
    sentence = _analysed(before + text).sentences[0]
    assert sentence.unstamped().text == text
    assert sentence.quotability is Quotability.ALONE


@pytest.mark.parametrize(
    "text",
    [
        "Old bridge of Lormes falls.",
        "18:14 Old bridge of Lormes falls.",
        "Mon Jul 11 2016 title: Old bridge of Lormes falls.",
        "Print this page Tuesday 19 July 2016 16:45 Old bridge of Lormes falls.",
    ],
)
def test_a_headline_is_no_sentence_whatever_dates_it(text: str) -> None:
    assert _analysed(text, LEAD).sentences[0].quotability is Quotability.HEADLINE


def test_an_opening_that_leans_on_what_was_cut_off_is_a_fragment() -> None:
    first = _analysed("Anna Marsh outside the court of Lormes yesterday He was once the mayor of the old town.")
    assert first.sentences[0].quotability is Quotability.FRAGMENT


def test_a_caption_before_its_credit_is_shown_not_said() -> None:
    text = _analysed("Boats wait below the fallen bridge on 3 May. (Reuters Photo) " + LEAD)
    assert [sentence.quotability for sentence in text.sentences] == [Quotability.SHOWING, Quotability.ALONE]
    assert text.sentences[1].unstamped().text == LEAD


def test_what_is_left_is_a_slice_of_the_article() -> None:
    text = _analysed(CAPTION + f"driving The sister of the mayor {LATER}", "(AFP) Nine people crossed the bridge.")
    for sentence in (one.unstamped() for one in text.sentences):
        assert text.article.text[sentence.start : sentence.end] == sentence.text
    assert [one.unstamped().text[:4] for one in text.sentences] == ["The ", "Nine"]
