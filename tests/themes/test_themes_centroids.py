"""Articles that terms leave in doubt go with the day's sure articles that they are like."""

from __future__ import annotations

import pytest

from briefing.ranking import Budget
from briefing.themes import Fit, Rules, compile_sections, place
from tests.themes.themed import section, story, text

SECTIONS = [section("fishing", ["trawler", "harbour"]), section("farming", ["barley", "tractor"])]
BOATS = "cod herring nets skipper quay haddock mackerel crew deck hull"
FIELDS = "wheat sheep plough meadow silage lambs hedge barn soil fodder"


def sure(terms: str, words: str, count: int = 5) -> list[str]:
    """Make articles that are surely of one section by their terms, and share its other words."""
    return [f"The {terms} was seen in number {n} with {words} by all." for n in range(count)]


def homes(*told: str) -> dict[str, str]:
    """Return where each text has its home, by its first words."""
    stories = [story(text(line, "Nobody else spoke of it.", name=str(n))) for n, line in enumerate(told)]
    placed = place(
        stories,
        compile_sections(SECTIONS, {}),
        Rules(budgets={one.id: Budget(words=60) for one in SECTIONS}),
    )
    named = {one.id: one.lead.text.sentences[0].text for one in stories}
    return {named[d.story]: d.section for d in placed.decisions if d.fit is Fit.HOME}


DAY = (*sure("trawler in the harbour", BOATS), *sure("barley and the tractor", FIELDS))


@pytest.mark.parametrize(
    ("line", "home"),
    [
        pytest.param(
            f"A tractor and barley stood by {BOATS} and a trawler.", "fishing", id="two terms against many words"
        ),
        pytest.param(
            "A tractor and barley stood by a trawler.", "farming", id="terms decide where no other word is known"
        ),
        pytest.param(f"Men spoke of {FIELDS} for hours.", "farming", id="far nearer, and no term at all"),
        pytest.param(
            "Men spoke of cod and of sheep, of nets and of hedges.", None, id="no nearer to one than the other"
        ),
    ],
)
def test_the_sure_articles_of_the_day_draw_what_is_like_them(line: str, home: str | None) -> None:
    assert homes(*DAY, line).get(line) == home


def test_four_sure_articles_stand_for_no_section() -> None:
    few = (*sure("trawler in the harbour", BOATS, 4), *sure("barley and the tractor", FIELDS, 4))
    line = f"Men spoke of {FIELDS} for hours."
    assert line in homes(*DAY, line)
    assert line not in homes(*few, line)


def test_on_a_day_of_one_section_likeness_says_nothing() -> None:
    line = f"Men spoke of {FIELDS} for hours."
    assert line not in homes(*sure("barley and the tractor", FIELDS, 4), line)
