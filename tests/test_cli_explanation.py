"""The lines that explain an article, as a terminal shows them."""

from __future__ import annotations

import pytest

from briefing.cli.explanation import folded
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


def test_nothing_is_folded_where_no_terminal_reads() -> None:
    result = run("explain", "seeds/2019-03-20-al-hol-arrivals.md", "--date", "2019-03-21")
    assert max(map(len, result.stdout.splitlines())) > 120
