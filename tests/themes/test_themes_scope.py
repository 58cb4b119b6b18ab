"""What the whole brief is about, and which articles name none of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from briefing.themes import compile_scope, outside_scope
from tests.themes.themed import text

if TYPE_CHECKING:
    from briefing.themes.notation import Aliases

ALIASES: Aliases = {"Low Tarn": ["Basse-Tarn", "تارن"], "weather": {"en": ["rain"]}}
PLAIN = "Rain fell on the valley all night."
FAR = [f"Farmer number {count} counted the sacks of his barn and went home to his wife." for count in range(12)]


@pytest.mark.parametrize(
    ("sentences", "title", "inside"),
    [
        pytest.param([PLAIN], "Low Tarn is dry", True, id="in the title"),
        pytest.param(["Rain fell on Low Tarn all night."], None, True, id="in the opening"),
        pytest.param([*FAR, "Rain fell on Low Tarn."], None, False, id="once below"),
        pytest.param([*FAR, "Rain fell on Low Tarn.", "Low Tarn was wet."], None, True, id="twice below"),
        pytest.param([*FAR, "From Low Tarn to Low Tarn it rained."], None, True, id="twice in one sentence"),
        pytest.param([PLAIN], "Rain again", False, id="nowhere"),
        pytest.param(["La crue est à Basse-Tarn."], None, True, id="by another spelling"),
        pytest.param(["Rain fell on Ash Hill."], None, True, id="another name of the list"),
    ],
)
def test_an_article_names_something_near_its_top_or_twice(
    sentences: list[str],
    title: str | None,
    inside: bool,  # noqa: FBT001 - a table's value
) -> None:
    made = text(*sentences, title=title)
    left = outside_scope([made], compile_scope(["Low Tarn", "Ash Hill"], ALIASES))
    assert (not left) is inside
    assert [(problem.origin, problem.stage, problem.lost) for problem in left.values()] == (
        [] if inside else [("a", "scope", True)]
    )


def test_a_name_is_found_in_any_language_and_script() -> None:
    arabic = text("هطل المطر على تارن.", language="ar")
    german = text("Regen fiel auf Low Tarn.", language="de")
    assert outside_scope([arabic, german], compile_scope(["Low Tarn"], ALIASES)) == {}


def test_a_brief_about_nothing_in_particular_takes_everything() -> None:
    assert outside_scope([text(PLAIN)], compile_scope([], ALIASES)) == {}
