"""A desk that reads and writes Portuguese: what one language file and one file of labels are enough for."""

from __future__ import annotations

import json
import shutil
from functools import cache
from pathlib import Path

import pypdfium2
import pytest

from briefing.models import Quotability
from briefing.text import detect, quantities, split
from briefing.text.quotability import quotability
from tests.command import call

DESK = Path(__file__).parent / "portuguese"


@pytest.fixture(scope="module")
def edition(tmp_path_factory: pytest.TempPathFactory) -> Path:
    desk = tmp_path_factory.mktemp("desk")
    shutil.copytree(DESK, desk, dirs_exist_ok=True)
    made = call("build", "--date", "2019-03-21", "--format", "pdf,html,md,json", cwd=desk)
    assert made.returncode == 0, made.stderr
    assert "labels.pt.yaml" not in made.stderr
    return desk / "output" / "2019-03-21"


@cache
def _brief(edition: Path) -> dict:  # type: ignore[type-arg]
    found: dict = json.loads((edition / "brief.json").read_text("utf-8"))  # type: ignore[type-arg]
    return found


def test_articles_are_known_for_portuguese_and_placed_by_their_terms(edition: Path) -> None:
    brief = _brief(edition)
    assert {article["language"] for article in brief["articles"]} == {"pt"}
    told = {section["id"]: [story["headline"] for story in section["stories"]] for section in brief["sections"]}
    assert told["obras"] == ["Ponte velha reabre ao trânsito depois de dois anos de obras"]
    (flood,) = [story for section in brief["sections"] if section["id"] == "cheias" for story in section["stories"]]
    assert flood["independent"] == 2  # two outlets tell of one flood


def test_no_printed_sentence_leans_on_another_nor_is_furniture_of_the_page(edition: Path) -> None:
    brief = _brief(edition)
    printed = [s["text"] for section in brief["sections"] for story in section["stories"] for s in story["sentences"]]
    printed += [point["text"] for point in brief["key_points"]]
    assert printed
    for text in printed:
        assert not text.startswith(("Ele ", "No entanto", "Nesta fotografia", "Além disso", "Os dois", "Esta decisão"))
    for article in brief["articles"]:
        assert "Leia também" not in article["text"]
        assert "Publicado em" not in article["text"]


def test_figures_in_words_and_digits_are_set_side_by_side(edition: Path) -> None:
    (difference,) = _brief(edition)["figures"]
    assert difference["happening"] == "wounded"
    assert sorted(account["low"] for account in difference["accounts"]) == [12, 19]


def test_every_word_of_the_brief_itself_is_portuguese(edition: Path) -> None:
    page = (edition / "brief.html").read_text("utf-8")
    for words in (
        "quinta-feira, 21 de março de 2019",
        "Em síntese",
        "Fontes",
        "Como ler este boletim",
        "Onde os números divergem",
    ):
        assert words in page
    assert 'lang="pt"' in page
    assert "Sources" not in page
    assert "Onde os números divergem" in (edition / "brief.md").read_text("utf-8")
    document = pypdfium2.PdfDocument(edition / "brief.pdf")
    text = "\n".join(leaf.get_textpage().get_text_range() for leaf in document)
    assert "Página 1 de" in text
    assert "21 de março de 2019" in text


LEANING = """
    Ele disse que a ponte reabre.
    No entanto, a ponte reabre amanhã em Ribeira de Cima.
    O acordo tinha falhado na semana passada.
    Estas declarações foram criticadas por todos.
    O primeiro foi aberto ao trânsito ontem.
    Horas depois, a ponte fechou outra vez.
    Segundo o mesmo responsável, a obra continua este ano.
    Acrescentou que a ponte está segura.
    A obra custou 3,2 milhões de euros, acrescentou ele.
    A maioria dentre eles vai regressar amanhã a casa.
"""
ALONE = """
    A ponte reabre na segunda-feira em Ribeira de Cima.
    Assim que a água descer, a escola reabre.
    Ao contrário do previsto, o dique aguentou a noite.
    O acordo entre as duas câmaras prevê uma ponte nova.
    A presidente da junta, Amélia Torrado, abriu a ponte.
"""


@pytest.mark.parametrize("text", [line.strip() for line in LEANING.strip().splitlines()])
def test_a_sentence_that_leans_is_not_quoted_alone(text: str) -> None:
    assert quotability(text, "pt") is Quotability.NEEDS_PREVIOUS


@pytest.mark.parametrize("text", [line.strip() for line in ALONE.strip().splitlines()])
def test_a_sentence_that_names_what_it_tells_is(text: str) -> None:
    assert quotability(text, "pt") is Quotability.ALONE


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Pelo menos vinte e uma pessoas", [(21, 21, "at-least", "")]),
        ("cerca de 1,5 milhões de euros", [(1.5e6, 1.5e6, "about", "euro")]),
        ("entre dois mil e três mil moradores", [(2000, 3000, "", "")]),
        ("mil e duzentos dias, centenas de tendas", [(1200, 1200, "", ""), (200, 1000, "about", "")]),
        (
            "quase cem mil, dois mil milhões, 40 por cento",
            [(1e5, 1e5, "nearly", ""), (2e9, 2e9, "", ""), (40, 40, "", "%")],
        ),
        ("uma pessoa, um homem, a meia hora", []),
    ],
)
def test_amounts_are_read(text: str, wanted: list[tuple[float, float, str, str]]) -> None:
    found = quantities(text, "pt")
    assert [(one.low, one.high, one.hedge.value, one.unit) for one in found] == wanted


def test_titles_and_abbreviations_end_no_sentence() -> None:
    text = "O Sr. Prates mora no n.º 5 da Av. Central. Segundo a Dra. Torrado, a obra custa 3,2 milhões."
    assert [text[start:end] for start, end in split(text, "pt")] == [
        "O Sr. Prates mora no n.º 5 da Av. Central.",
        "Segundo a Dra. Torrado, a obra custa 3,2 milhões.",
    ]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("A água subiu até à praça e os moradores foram levados para o pavilhão da escola pela proteção civil.", "pt"),
        ("El agua subió hasta la plaza y los vecinos fueron llevados al pabellón de la escuela.", "es"),
        ("L'acqua è salita fino alla piazza e gli abitanti sono stati portati nella palestra della scuola.", "it"),
    ],
)
def test_portuguese_is_told_from_its_neighbours(text: str, language: str) -> None:
    assert detect(text) == language
