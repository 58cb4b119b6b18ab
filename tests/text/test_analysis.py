"""The whole stage: articles in, texts and problems out."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefing.models import Article, Paragraph, Quotability, Role, Text
from briefing.text import analyse, is_of_years_ago, stems, words

SHARED = Path(__file__).parents[2].parent / "shared"

ENGLISH = "The convoy left the valley before dawn and it reached the second bridge by noon. The army was there for it."
FRENCH = "Le convoi a quitté la vallée avant l'aube et il est arrivé au pont vers midi. L'armée était là pour lui."


def _article(*paragraphs: str | Paragraph, title: str | None = None, language: str | None = None) -> Article:
    return Article(
        id="000000000000",
        origin="seeds/a.md",
        title=title,
        paragraphs=tuple(Paragraph(text=part) if isinstance(part, str) else part for part in paragraphs),
        language=language,
        sha256="",
    )


def _text(article: Article) -> Text:
    return analyse(article)[0]


def _assert_exact(text: Text) -> None:
    whole, place = text.article.text, 0
    for sentence in text.sentences:
        assert whole[sentence.start : sentence.end] == sentence.text
        assert sentence.text
        assert sentence.text == sentence.text.strip()
        assert sentence.start >= place
        place = sentence.end
        first = text.article.paragraph_starts[sentence.paragraph]
        assert first <= sentence.start
        assert sentence.end <= first + len(text.article.paragraphs[sentence.paragraph].text)
        assert len(sentence.stems) == len(sentence.words)


def test_sentences_words_stems_and_title() -> None:
    text = _text(_article(ENGLISH, ENGLISH, title="The convoy at the bridge"))
    _assert_exact(text)
    assert len(text.sentences) == 4
    assert text.sentences[0].words == words(text.sentences[0].text, "en")
    assert text.sentences[0].stems == stems(text.sentences[0].words, "en")
    assert text.title_words == ("the", "convoy", "at", "the", "bridge")
    assert text.title_stems == stems(text.title_words, "en")


def test_a_paragraph_has_its_own_language() -> None:
    text = _text(_article(ENGLISH, ENGLISH, ENGLISH, FRENCH, ENGLISH))
    assert text.language == "en"
    assert [sentence.language for sentence in text.sentences] == ["en"] * 6 + ["fr"] * 2 + ["en"] * 2


def test_a_short_paragraph_takes_the_language_of_the_article() -> None:
    text = _text(_article(ENGLISH, ENGLISH, "La route est fermée depuis lundi."))
    assert text.sentences[-1].language == "en"


def test_headings_are_no_sentences_and_standfirsts_are() -> None:
    text = _text(
        _article(
            Paragraph(text="The bridge was shut on Monday.", role=Role.STANDFIRST),
            Paragraph(text="What the army said", role=Role.HEADING),
            ENGLISH,
        )
    )
    _assert_exact(text)
    assert [sentence.paragraph for sentence in text.sentences] == [0, 2, 2]


@pytest.mark.parametrize(
    ("declared", "body", "language"),
    [
        ("fr", ENGLISH, "en"),
        ("fr-CA", "Baghouz.", "fr"),
        (None, "Baghouz.", "und"),
        ("x-unknown", "Baghouz.", "und"),
        ("EN", "12 300.", "en"),
    ],
)
def test_the_declared_language_informs_and_does_not_overrule(declared: str | None, body: str, language: str) -> None:
    assert _text(_article(body, language=declared)).language == language


def test_a_short_body_is_told_by_its_title() -> None:
    assert _text(_article("Baghouz.", title="The army said that it was in the hills of the east")).language == "en"


def test_sentences_over_the_limit_are_left_out_and_told() -> None:
    text, problems = analyse(_article(*["The road is shut. The bridge is open."] * 5), max_sentences=3)
    assert len(text.sentences) == 3
    (problem,) = problems
    assert (problem.origin, problem.stage, problem.lost) == ("seeds/a.md", "language", False)
    assert problem.reason == "10 sentences; the first 3 are ranked, the rest is kept as text"


@pytest.mark.parametrize(
    "body",
    [
        "The road is shut, " * 30 + "and the bridge is open.",
        "road " * 100,
        "r" * 450,
        "路" * 450,
        "الطريق مغلق، " * 40,
        f"“{'The road is shut and ' * 20}nothing moves.” All left.",
    ],
)
def test_an_over_long_sentence_is_cut_into_fragments_and_told(body: str) -> None:
    article = _article(body.strip())
    text, problems = analyse(article, max_sentence_chars=100)
    _assert_exact(text)
    assert all(len(sentence.text) <= 100 for sentence in text.sentences)
    assert text.sentences[0].quotability is Quotability.FRAGMENT
    assert sum(len(sentence.text) for sentence in text.sentences) >= 0.9 * len(article.text)
    (problem,) = problems
    assert not problem.lost
    assert problem.reason.startswith("a sentence of more than 100 characters is not printed whole: “")


def test_a_quotation_is_not_joined_beyond_the_limit() -> None:
    body = "“The road is shut. The bridge is open. The army is here,” said the mayor of the town."
    text, problems = analyse(_article(body), max_sentence_chars=50)
    assert len(text.sentences) == 3
    assert {sentence.quotability for sentence in text.sentences} == {Quotability.UNBALANCED}
    assert problems == ()


@pytest.mark.parametrize(
    "body",
    [
        "Yes.",
        "1 2 3.",
        "12, 13, 14",
        "The of and to in.",
        "的是一不。",
        "北京今天下雨。",
        "…",
        "🙂",
        "a",
        "؟",
        "الطريق",
    ],
)
def test_degenerate_texts_give_their_first_sentence(body: str) -> None:
    text, problems = analyse(_article(body))
    _assert_exact(text)
    assert [sentence.text for sentence in text.sentences] == [body]
    assert problems == ()


@pytest.mark.parametrize("paragraphs", [(), ("",), (" \u00a0", "\t")])
def test_nothing_gives_nothing(paragraphs: tuple[str, ...]) -> None:
    text, problems = analyse(_article(*paragraphs))
    assert (text.language, text.sentences, problems) == ("und", (), ())


@given(
    st.lists(st.builds(Paragraph, text=st.text(max_size=120), role=st.sampled_from(Role)), max_size=5),
    st.one_of(st.none(), st.text(max_size=30)),
)
@settings(max_examples=200)
def test_any_article_is_analysed_alike_twice(paragraphs: list[Paragraph], title: str | None) -> None:
    article = _article(*paragraphs, title=title)
    found = analyse(article, max_sentences=4, max_sentence_chars=50)
    _assert_exact(found[0])
    assert found == analyse(article, max_sentences=4, max_sentence_chars=50)
    assert len(found[0].sentences) <= 4


def test_the_hash_seed_changes_nothing() -> None:
    code = (
        "from briefing.text import analyse, stop_words; from briefing.models import Article, Paragraph\n"
        f"parts = tuple(Paragraph(text=part) for part in {[ENGLISH, FRENCH, ENGLISH]!r})\n"
        "print(analyse(Article(id='0', origin='o', title='The bridge', paragraphs=parts, sha256='')))"
    )
    outputs = {
        subprocess.run(
            [sys.executable, "-c", code], env={**os.environ, "PYTHONHASHSEED": seed}, capture_output=True, check=True
        ).stdout
        for seed in ("1", "2", "3")
    }
    assert len(outputs) == 1


@pytest.mark.skipif(not SHARED.is_dir(), reason="no ../shared")
@pytest.mark.parametrize(
    ("seed", "language"), [("000", "en"), ("001", "en"), ("002", "en"), ("003", "fr"), ("004", "en")]
)
def test_the_real_articles(seed: str, language: str) -> None:
    (path,) = (SHARED / "seeds").glob(f"{seed}_*.txt")
    text = _text(_article(*(line.strip() for line in path.read_text("utf-8").splitlines() if line.strip())))
    _assert_exact(text)
    assert text.language == language
    for sentence in text.sentences:
        half_quoted = sentence.text.count("“") != sentence.text.count("”") or sentence.text.count('"') % 2
        assert not half_quoted or sentence.quotability in {Quotability.UNBALANCED, Quotability.FRAGMENT}


@pytest.mark.skipif(not SHARED.is_dir(), reason="no ../shared")
def test_running_text_in_nine_languages() -> None:
    """The figures stand in `make quality`; here a floor that holds for every language."""
    from benchmarks.quality.measure_language import boundary_f1

    documents: dict[str, list[str]] = {}
    for line in (SHARED / "eval" / "ud_sentences_dev.jsonl").read_text("utf-8").splitlines():
        row = json.loads(line)
        documents.setdefault(row["lang"], []).extend(row["sentences"])
    assert {language for language, found in documents.items() if boundary_f1([found], language) < 0.99} == set()


TEASER = "The town of Lormes opens its new bridge over the river after nine years of work"


@pytest.mark.parametrize(
    ("lines", "standing"),
    [
        ((TEASER, "The bridge fell.", "Nine people died.", "The road is shut."), Quotability.FRAGMENT),
        ((TEASER, "The bridge fell.", "Nine people died."), Quotability.ALONE),
        (
            (TEASER, "The bridge fell and nobody was there to see it or to tell of it in town", "It rained."),
            Quotability.ALONE,
        ),
        ((TEASER + ".", "The bridge fell.", "Nine people died.", "The road is shut."), Quotability.ALONE),
    ],
    ids=["a headline among sentences", "too few to tell", "an article without stops", "a sentence"],
)
def test_a_line_without_a_stop_among_lines_with_one_is_a_headline(
    lines: tuple[str, ...], standing: Quotability
) -> None:
    article = Article(id="a", origin="a", title=None, paragraphs=tuple(Paragraph(text=x) for x in lines), sha256="")
    assert analyse(article, language="en")[0].sentences[0].quotability is standing


def test_the_last_line_may_lack_its_stop() -> None:
    lines = ("The bridge fell.", "Nine people died.", "The road is shut.", TEASER)
    article = Article(id="a", origin="a", title=None, paragraphs=tuple(Paragraph(text=x) for x in lines), sha256="")
    assert analyse(article, language="en")[0].sentences[-1].quotability is Quotability.ALONE


def test_nor_is_a_standfirst_below_a_title_a_headline() -> None:
    lines = (TEASER, "The bridge fell.", "Nine people died.", "The road is shut.")
    article = Article(
        id="a", origin="a", title="A bridge", paragraphs=tuple(Paragraph(text=x) for x in lines), sha256=""
    )
    assert analyse(article, language="en")[0].sentences[0].quotability is Quotability.ALONE


@pytest.mark.parametrize(
    ("text", "background"),
    [
        ("The valley was bombed for the first time in August 2014.", True),
        ("Depuis 2012, la vallée est assiégée.", True),
        ("منذ عام 2014 والوادي محاصر.", True),
        ("The siege that began in 2014 ended in 2018.", False),  # last year's is not history yet
        ("They hold 2,014 men and paid £2014 for bread.", False),
        ("It takes until 2030.", False),
        ("The siege ended on Monday.", False),
    ],
)
def test_what_only_names_years_long_past_is_background(text: str, *, background: bool) -> None:
    assert is_of_years_ago(text, 2019) is background
