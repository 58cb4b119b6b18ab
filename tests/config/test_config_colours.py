"""Colours: the contrast of WCAG, and one that is dark enough in place of one that is not."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from briefing.config import PAPER, READABLE, Theme, contrast
from briefing.config.schema import darkened


@pytest.mark.parametrize(("one", "other", "ratio"), [("#000000", "#ffffff", 21.0), ("#777777", "#ffffff", 4.48)])
def test_contrast_is_that_of_wcag(one: str, other: str, ratio: float) -> None:
    assert contrast(one, other) == pytest.approx(ratio, abs=0.01)


@given(st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}"))
@settings(max_examples=60)
def test_any_colour_can_be_made_dark_enough_and_one_that_is_stays(colour: str) -> None:
    assert contrast(darkened(colour), PAPER) >= READABLE
    assert (darkened(colour) == colour) == (contrast(colour, PAPER) >= READABLE)
    assert Theme(accent=darkened(colour)).accent == darkened(colour)


def test_a_colour_that_cannot_be_read_is_no_setting() -> None:
    with pytest.raises(ValidationError):
        Theme(accent="#ffcc00")
