"""What kind of page an article is, by its signs."""

from __future__ import annotations

from dataclasses import replace

import pytest

from briefing.text import Kind, analyse, kind_of, no_news
from tests.making import article

NEWS = (
    "The council of Ludden closed the bridge on Tuesday, its clerk said.",
    "Lorries must take the ferry until divers have looked at the pillars, according to the council.",
)
RECIPE = (
    "Preheat the oven and whisk the eggs with two tablespoons of sugar until you have a pale foam.",
    "Stir in the flour, then bake the cake for forty minutes and garnish it with your berries.",
    "These servings keep for three days, and you can freeze the rest.",
)
COLUMN = (
    "I have walked across this bridge for thirty years, and I know each of its rivets.",
    "My neighbours laugh at me, but I hold that a town without a bridge is no town.",
)
NOTHING = ("The bridge over the river has two lanes and a pavement for walkers.",)


def page(*paragraphs: str, title: str | None = "Bridge", url: str | None = None, language: str = "en") -> Kind:
    made = replace(article(*paragraphs, title=title), url=url)
    return kind_of(analyse(made, language=language)[0]).kind


@pytest.mark.parametrize(
    ("title", "language", "kind"),
    [
        ("Bridge of Ludden closed", "en", Kind.NEWS),
        ("Opinion: a town needs its bridge", "en", Kind.OPINION),
        ("A town needs its bridge | Opinion", "en", Kind.OPINION),
        ("Opinion polls put the mayor ahead", "en", Kind.NEWS),
        ("Analysis: why bridges fall", "en", Kind.ANALYSIS),
        ("Live: bridge closed, ferries full", "en", Kind.LIVE),
        ("Live music returns to the bridge", "en", Kind.NEWS),
        ("Kommentar: Eine Brücke fehlt", "de", Kind.OPINION),
        ("Liveticker zur Sperrung der Brücke", "de", Kind.LIVE),
        ("Tribune : un pont pour tous", "fr", Kind.OPINION),
        ("EN DIRECT - Le pont est fermé", "fr", Kind.LIVE),
        ("Análisis: por qué caen los puentes", "es", Kind.ANALYSIS),
        ("Minuto a minuto: cierra el puente", "es", Kind.LIVE),
        ("رأي: مدينة بلا جسر", "ar", Kind.OPINION),
        ("تحليل: لماذا تسقط الجسور", "ar", Kind.ANALYSIS),
        ("Opinião: uma cidade sem ponte", "pt", Kind.OPINION),
    ],
)
def test_a_label_in_the_title_is_enough(title: str, language: str, kind: Kind) -> None:
    assert page(*NEWS, title=title, language=language) is kind


def test_a_label_in_the_first_line_is_enough_where_there_is_no_title() -> None:
    assert page("Opinion: a city without a bridge", *NEWS, title=None) is Kind.OPINION
    assert page("Opinion: a city without a bridge", *NEWS, title="A city without a bridge") is Kind.NEWS


@pytest.mark.parametrize(
    ("title", "language"),
    [
        ("El Consejo de Seguridad vota una tregua", "es"),
        ("El Gobierno rechaza la oferta de paz", "es"),
        ("La junta electoral publica el calendario", "es"),
        ("Koalition legt ein Angebot vor", "de"),
        ("Court reviews two trade deals", "en"),
        ("Le club fête sa promotion en première division", "fr"),
    ],
)
def test_a_word_that_news_has_in_titles_is_no_offer(title: str, language: str) -> None:
    assert page(*NOTHING, title=title, language=language) is Kind.NEWS


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("news/2024/bridge-closed", Kind.NEWS),
        ("opinion/bridge-closed", Kind.OPINION),
        ("a/opinions-differ-on-bridge", Kind.NEWS),
        ("recipes/bridge-cake", Kind.SERVICE),
        ("live/bridge-closed", Kind.LIVE),
        ("life/bridge-closed", Kind.NEWS),
    ],
)
def test_a_section_in_the_address_is_enough(path: str, kind: Kind) -> None:
    assert page(*NEWS, url=f"https://example.org/{path}") is kind


@pytest.mark.parametrize(
    ("paragraphs", "title", "kind"),
    [
        pytest.param(NEWS, "How to cross the river", Kind.NEWS, id="a title that advises, over news"),
        pytest.param(NOTHING, "Bridge", Kind.NEWS, id="two points: no day, and nobody speaks"),
        pytest.param(NOTHING, "Where is the bridge?", Kind.NEWS, id="three: it asks, too, and nothing speaks for it"),
        pytest.param(NOTHING, "How to cross the river", Kind.SERVICE, id="a title that advises, over nothing"),
        pytest.param(RECIPE, "Bridge cake", Kind.SERVICE, id="a recipe"),
        pytest.param((*RECIPE[2:], *NEWS), "Bridge cake sold out", Kind.NEWS, id="news, with a word to the reader"),
        pytest.param(COLUMN, "The bridge", Kind.OPINION, id="a writer who speaks of himself"),
        pytest.param((f"“{COLUMN[0]} {COLUMN[1]}”", *NEWS), "The bridge", Kind.NEWS, id="somebody who is quoted"),
        pytest.param(("Home", "Contact", "Bridges", "Ferries", "Roads"), "Menu", Kind.NONE, id="five scraps"),
        pytest.param(("Home", "Contact", "Bridges", "Ferries"), "Menu", Kind.NEWS, id="four scraps"),
        pytest.param((), "Bridge", Kind.NEWS, id="no sentence at all is for others to tell"),
    ],
)
def test_signs_add_up(paragraphs: tuple[str, ...], title: str, kind: Kind) -> None:
    assert page(*paragraphs, title=title) is kind


def test_what_is_no_news_is_left_out_with_what_speaks_for_it() -> None:
    pages = [article(*NEWS, origin="in/news.md"), article(*RECIPE, origin="in/cake.md", title="Bridge cake")]
    (problem,) = filter(None, (no_news(analyse(one, language="en")[0]) for one in pages))
    assert (problem.origin, problem.stage) == ("in/cake.md", "kind")
    assert problem.reason.startswith("no news but a page of service: speaks to its reader, ")


@pytest.mark.parametrize("marks", ["''", "‘’", '""', "“”"])
def test_a_letter_that_is_quoted_does_not_make_its_reader_ours(marks: str) -> None:
    opening, closing = marks[0], marks[1]
    letter = f"{opening}You waited in the rain for your train, and you'll have your fare back{closing}"
    story = ("The railway of Ludden apologises to its passengers.", f"{letter}, its letter reads.")
    assert page(*story) is Kind.NEWS
    assert page(*(sentence.replace(opening, "").replace(closing, "") for sentence in story)) is Kind.SERVICE


def test_what_happened_yesterday_is_dated() -> None:
    told = (
        "{}the bakers of Ludden shut their ovens, and you will find no loaf." + 9 * " The price of flour has no limit."
    )
    assert page(told.format("Yesterday ")) is Kind.NEWS
    assert page(told.format("As ever ")) is Kind.SERVICE
