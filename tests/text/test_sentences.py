"""Where sentences end: a table of our own per language, and what must always hold."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefing.text import split

SET = Path(__file__).parents[2] / "benchmarks" / "sets" / "sentences.jsonl"
ROWS = [json.loads(line) for line in SET.read_text("utf-8").splitlines()]
LANGUAGES = ("en", "fr", "de", "es", "it", "pt", "nl", "ru", "uk", "ar", "tr", "fa", "zh", "und")


def _sentences(text: str, language: str) -> list[str]:
    return [text[start:end] for start, end in split(text, language)]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row['lang']}: {row['sentences'][0][:40]}")
def test_the_set(row: dict[str, object]) -> None:
    language, sentences = str(row["lang"]), list(map(str, row["sentences"]))  # type: ignore[call-overload]
    joint = "" if language == "zh" else " "
    assert _sentences(joint.join(sentences), language) == sentences


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("", []),
        (" \u00a0\n\t", []),
        ("No stop at all", ["No stop at all"]),
        ("...", ["..."]),
        ("  Blanks around.  ", ["Blanks around."]),
        ("One paragraph.\n\nAnother without stop\n\nA third.", ["One paragraph.", "Another without stop", "A third."]),
        ("A line\nbroken in two. Then more.", ["A line\nbroken in two.", "Then more."]),
        ("1. Bread 2. Salt 3. Water", ["1. Bread", "2. Salt", "3. Water"]),
        ("a) Bread b) Salt", ["a) Bread", "b) Salt"]),
        ("• Bread • Salt", ["• Bread", "• Salt"]),
        ("He left the city.The army stayed.", ["He left the city.", "The army stayed."]),
        ("See example.The for the rest.", ["See example.", "The for the rest."]),
        ("Open www.example.org/a.The page", ["Open www.example.org/a.The page"]),
        ("The end.[12] The start.", ["The end.[12]", "The start."]),
        ("He came (see p. 4. It is long) and left. Gone.", ["He came (see p. 4. It is long) and left.", "Gone."]),
        ("An open ( never closes. The rest follows.", ["An open ( never closes.", "The rest follows."]),
        ("Is it (?) true? Yes (!) it is.", ["Is it (?) true?", "Yes (!) it is."]),
        ("It fell to 2° C. The river froze.", ["It fell to 2° C.", "The river froze."]),
        ("We saw Mr. F. de Wit. He waved.", ["We saw Mr. F. de Wit.", "He waved."]),
        ("He asked: why? iPhones are dear.", ["He asked: why?", "iPhones are dear."]),
        ("Col. John “J.D.” Dorel left. He waved.", ["Col. John “J.D.” Dorel left.", "He waved."]),
        ("He came from the “U.S.” The road was shut.", ["He came from the “U.S.”", "The road was shut."]),
        ("He said no. ”", ["He said no. ”"]),
        ('It could take weeks ... ", he said. Gone.', ['It could take weeks ... ", he said.', "Gone."]),
        ("Il est 9 h.\u00a0« Partons\u202f! » Il part.", ["Il est 9 h.", "« Partons\u202f! »", "Il part."]),
    ],
)
def test_edges(text: str, sentences: list[str]) -> None:
    assert _sentences(text, "fr" if "«" in text else "en") == sentences


@given(st.text(max_size=300), st.sampled_from(LANGUAGES))
@settings(max_examples=300)
def test_any_text_is_covered_in_order(text: str, language: str) -> None:
    _assert_covered(text, language)


@given(
    st.lists(
        st.sampled_from([*'.!?…。" «»“”‘’()[]¿\n', " ", "A", "b", "He ", "U.S", "1", "12", "etc", "ا", "漢", "• "])
    ),
    st.sampled_from(LANGUAGES),
)
@settings(max_examples=400)
def test_any_heap_of_stops_is_covered_in_order(pieces: list[str], language: str) -> None:
    _assert_covered("".join(pieces), language)


def _assert_covered(text: str, language: str) -> None:
    place = 0
    for start, end in split(text, language):
        assert place <= start < end <= len(text)
        assert not text[place:start].strip()
        assert text[start:end] == text[start:end].strip()
        place = end
    assert not text[place:].strip()


@pytest.mark.parametrize("piece", ["a", ".", "? ", "A. ", "(a. B ", "1. ", '"a. ', "“A b. ", "He left. ", "。", "• "])
def test_a_long_paragraph_is_read_once(piece: str) -> None:
    """Anything quadratic would need minutes here."""
    _assert_covered(piece * (300_000 // len(piece)), "en")
