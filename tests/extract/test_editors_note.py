"""What becomes of an editor's note: clean text and links that may be followed, whatever is in the file."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefing.extract import clean_line, read_notes
from briefing.extract.editors_note import NOTE_BYTES
from briefing.models import Note, Notes, Span

SECTIONS = ("territory", "camps")


def read(text: str) -> Notes:
    return read_notes(text.encode(), origin="notes/2019-03-21.md", sections=SECTIONS)[0]


def spans(text: str) -> list[tuple[str, str | None]]:
    note = read(text).brief
    return [(span.text, span.href) for paragraph in (note.paragraphs if note else ()) for span in paragraph]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("One line\nand the next.", [("One line and the next.", None)], id="lines of a paragraph"),
        pytest.param("One.\n\nTwo.", [("One.", None), ("Two.", None)], id="paragraphs"),
        pytest.param("**Bold**, *slanted*, `plain`.", [("Bold, slanted, plain.", None)], id="emphasis"),
        pytest.param("# Head\n\nText.", [("Head", None), ("Text.", None)], id="another heading"),
        pytest.param("- one\n- two", [("• ", None), ("one", None), ("• ", None), ("two", None)], id="list"),
        pytest.param(
            "See [it](https://a.example/?b=1&c=2).",
            [("See ", None), ("it", "https://a.example/?b=1&c=2"), (".", None)],
            id="link",
        ),
        pytest.param("<https://a.example/x>", [("https://a.example/x", "https://a.example/x")], id="bare address"),
        pytest.param("<mailto:d@a.example>", [("d@a.example", "mailto:d@a.example")], id="mail address"),
        pytest.param(
            "[x](javascript:alert(1)) [y](file:///etc/passwd)", [("x", None), (" ", None), ("y", None)], id="no"
        ),
        pytest.param("[x](/etc/passwd) [y](data:text/html,z)", [("x", None), (" ", None), ("y", None)], id="no either"),
        pytest.param("a <b>bold</b> ![pic](p.png)", [("a bold pic", None)], id="markup and pictures"),
        pytest.param("<div>\nall of it\n</div>", [], id="a block of markup"),
        pytest.param("a\u202eb\u0007c\ufeff", [("abc", None)], id="what cannot be printed"),
        pytest.param("cafe\u0301", [("caf\u00e9", None)], id="normal form"),
        pytest.param("", [], id="nothing"),
        pytest.param("\n \n\t\n", [], id="blanks"),
    ],
)
def test_a_note_becomes_plain_text_and_links(text: str, expected: list[tuple[str, str | None]]) -> None:
    assert spans(text) == expected


def test_headings_that_name_a_section_begin_its_note() -> None:
    notes = read(
        "For all.\n\n## territory\n\nOn it.\n\n### Deeper\n\nStill on it.\n\n## Camps\n\n## nowhere\n\nOn what?"
    )
    assert notes.brief == Note(paragraphs=((Span(text="For all."),), (Span(text="nowhere"),), (Span(text="On what?"),)))
    assert notes.sections == (
        ("territory", Note(paragraphs=((Span(text="On it."),), (Span(text="Deeper"),), (Span(text="Still on it."),)))),
    )


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"x" * (NOTE_BYTES + 1), "more than 20,000 bytes"),
        (bytes(range(1, 32)) * 40, "it is no text"),
        (b"## nowhere\n\nText.", "no section has the id 'nowhere'"),
    ],
)
def test_what_is_wrong_is_told_and_loses_nothing(content: bytes, reason: str) -> None:
    _, (problem,) = read_notes(content, origin="notes/2019-03-21.md", sections=SECTIONS)
    assert problem.reason.startswith(reason)
    assert (problem.origin, problem.stage, problem.lost) == ("notes/2019-03-21.md", "note", False)


PIECES = st.sampled_from(
    ["## territory\n", "[a](", "https://a.example", ")", "<", ">", "*", "`", "\n\n", "- ", "\u202e", "é"]
)


@settings(max_examples=150)
@given(
    st.one_of(
        st.binary(max_size=300),
        st.lists(PIECES | st.text(max_size=8), max_size=30).map(lambda p: "".join(p).encode("utf-8", "replace")),
    )
)
def test_whatever_is_in_the_file_comes_out_clean(content: bytes) -> None:
    notes, _ = read_notes(content, origin="n", sections=SECTIONS)
    found = [note for note in (notes.brief, *(note for _, note in notes.sections)) if note]
    for paragraph in (paragraph for note in found for paragraph in note.paragraphs):
        assert "".join(span.text for span in paragraph).strip()
        for span in paragraph:
            assert clean_line(span.text) == span.text.strip()
            assert span.href is None or span.href.startswith(("http:", "https:", "mailto:"))


def test_a_hostile_note_costs_little() -> None:
    for text in ("[" * NOTE_BYTES, "> " * (NOTE_BYTES // 2), "*a " * (NOTE_BYTES // 3), "<" * NOTE_BYTES):
        read(text)
