"""The lines that explain an article, as a terminal shows them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from briefing.explain import folded
from tests.command import call
from tests.test_cli import run


@pytest.mark.parametrize(
    ("line", "shown"),
    [
        ("", ""),
        ("  short", "  short"),
        ("\n  after an empty line", "\n  after an empty line"),
        (
            "  the bridge over the lower canal reopened on Tuesday",
            "  the bridge over the lower canal\n      reopened on Tuesday",
        ),
        ("  " + "x" * 60, "  " + "x" * 60),
    ],
)
def test_lines_are_folded_between_words(line: str, shown: str) -> None:
    assert folded(line, 40) == shown


def test_each_section_names_the_sentences_that_made_its_score() -> None:
    result = run("explain", "seeds/2019-03-20-al-hol-arrivals.md", "--date", "2019-03-21")
    lines = result.stdout.splitlines()
    detainees = next(line for line in lines if line.startswith("  detainees "))
    first = int(detainees.partition("; in sentences ")[2].partition(" ")[0])
    place = next(index for index, line in enumerate(lines) if line.startswith(f"{first:5}. "))
    assert "detainees 0." in lines[place + 1]


@pytest.mark.parametrize(
    ("weight", "threshold", "outcome"),
    [
        (0.5, 0.4, "0.82 : 0.40  reaches its score, but no sentence says enough (best 0.33 of 0.45); "),
        (0.74, 0, "1.22 : 0.00  reaches its score, but no sentence says enough (best 0.447 of 0.450); "),
        (1, 2, "1.64 : 2.00  near miss; "),
        (1, 5, "1.64 : 5.00  out; "),
    ],
)
def test_an_outcome_says_what_fell_short(tmp_path: Path, weight: float, threshold: float, outcome: str) -> None:
    (tmp_path / "night").mkdir()
    (tmp_path / "night" / "a.txt").write_text("The camp has fallen on Monday, said the mayor of the town nearby.")
    (tmp_path / "config.yaml").write_text(
        "version: 1\nsources: [{folder: night}]\nsections:\n  - id: camps\n    title: Camps\n"
        f"    terms: {{en: [fort | camp]}}\n    weights: {{fort | camp: {weight}}}\n    threshold: {threshold}\n"
    )
    told = call("explain", "a.txt", cwd=tmp_path).stdout
    assert f"  camps          {outcome}fort | camp (camp) ×1 (" in told
    (found,) = json.loads(call("explain", "a.txt", "--json", cwd=tmp_path).stdout)["sections"]
    assert f"{found['outcome']}; " == outcome.partition("  ")[2]
    assert (found["terms"][0]["term"], found["terms"][0]["found"]) == ("fort | camp", "camp")


def test_nothing_is_folded_where_no_terminal_reads() -> None:
    result = run("explain", "seeds/2019-03-20-al-hol-arrivals.md", "--date", "2019-03-21")
    assert max(map(len, result.stdout.splitlines())) > 120
