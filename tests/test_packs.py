"""The vocabulary of a domain as a folder of data: what it adds, and that adding one is no more than that."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

import briefing.packs
from briefing.compose import weigh
from briefing.config import load
from briefing.figures.mentions import mentions_of
from briefing.figures.quantified import lexicon
from briefing.languages import languages
from briefing.packs import packs, vocabulary
from briefing.stories import group
from tests.figures.day import article

FLOODS = Path(__file__).parent / "packs"
CUT_OFF = datetime(2024, 5, 14, 6, tzinfo=UTC)
DESK = "sources: [{folder: in}]\nsections: [{id: one, title: One, terms: {en: [high water]}}]\n"


def counted(text: str, *used: str) -> list[tuple[str, str]]:
    return [mention.kind for mention in mentions_of(article(text), used)]


@pytest.fixture
def floods(monkeypatch: pytest.MonkeyPatch) -> None:
    """Put a folder with one pack, `floods`, in the place of the program's own."""
    monkeypatch.setattr(briefing.packs, "FOLDER", FLOODS)


@pytest.mark.parametrize("pack", packs())
def test_all_that_a_pack_of_the_program_holds_is_read(pack: str) -> None:
    known = {"words.yaml", "mul.toml", *(f"{code}.toml" for code in languages())}
    assert {path.name for path in (briefing.packs.FOLDER / pack).iterdir()} <= known
    changed = {code for code in ("mul", *languages()) if vocabulary(code, (pack,)) != vocabulary(code)}
    assert changed == {path.stem for path in (briefing.packs.FOLDER / pack).glob("*.toml")}


@pytest.mark.parametrize(
    ("text", "without", "with_it"),
    [
        ("Some 300 fighters surrendered at dawn.", [], [("fighters", "custody")]),
        ("Police arrested 40 protesters at dawn.", [("protesters", "custody")], [("protesters", "custody")]),
        ("A shell killed 12 people.", [("people", "killed")], [("people", "killed")]),
        ("Jets carried out 11 strikes.", [], [("strikes", "struck")]),
        ("The storm destroyed 40 tents.", [], [("tents", "destroyed")]),
        ("The bank told of a loss of 600 million euros.", [("money", "lost")], [("money", "lost")]),
    ],
)
def test_what_only_one_domain_counts_is_counted_where_its_pack_is_used(
    text: str, without: list[tuple[str, str]], with_it: list[tuple[str, str]]
) -> None:
    assert counted(text) == without
    assert counted(text, "conflict") == with_it


def test_a_pack_adds_to_the_words_by_which_news_is_weighed() -> None:
    """An article that names three things of a conflict in its title, and nothing else that weighs."""
    (story,) = group([article("Nobody knows more.", title="Rebels, militiamen and insurgents in the hills")], grades={})
    without, with_it = (
        dict(weigh([story], [], cut_off=CUT_OFF, grades={}, packs=used)[story.id].signs) for used in ((), ("conflict",))
    )
    assert "actors" not in without
    assert with_it == {**without, "actors": 0.75}


@pytest.mark.usefixtures("floods")
def test_a_folder_is_a_pack() -> None:
    assert packs() == ("floods",)
    assert counted("The river breached 14 dykes and killed 12 boaters.") == []
    found = [("dykes", "breached"), ("people", "killed")]
    assert counted("The river breached 14 dykes and killed 12 boaters.", "floods") == found
    config = load(f"use: floods\naliases: {{Marram: [Marrame]}}\n{DESK}", name="config.yaml")
    assert config.aliases == {"high water": {"en": ["flood", "inundation"]}, "Marram": ["Marrame"]}


@pytest.mark.usefixtures("floods")
def test_a_later_pack_adds_to_an_earlier_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "one").mkdir()
    (tmp_path / "two").mkdir()
    (tmp_path / "one" / "en.toml").write_text("[figures.things]\nquays = 'quay'\n", "utf-8")
    (tmp_path / "two" / "en.toml").write_text("[figures.things]\nquays = 'quays'\n[writing]\ndecimal_comma = true\n")
    monkeypatch.setattr(briefing.packs, "FOLDER", tmp_path)
    known = vocabulary("en", ("one", "two"))
    assert known.figures.things["quays"] == {"quay", "quays"}
    assert known.writing.decimal_comma
    assert known.stop_words == vocabulary("en").stop_words
    assert lexicon("en", ("one", "two")).things["quays"] == "quays"


def test_a_table_that_nothing_reads_is_an_error_with_its_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "bad").mkdir()
    (tmp_path / "bad" / "en.toml").write_text("[figures]\nthinks = 'quay'\n", "utf-8")
    monkeypatch.setattr(briefing.packs, "FOLDER", tmp_path)
    with pytest.raises(ValueError, match=r"^bad/en\.figures: unknown table or list 'thinks'"):
        vocabulary("en", ("bad",))
