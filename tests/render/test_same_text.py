"""Which other outlets are said to have the same text as the one that leads a story."""

from __future__ import annotations

from dataclasses import replace

import pytest

from briefing.models import Copy
from briefing.render.stories import by_text
from tests.render.sample import sample_brief

LEAD, FIRST, SECOND, THIRD = "lead", "first", "second", "third"


def copy(one: str, of: str) -> Copy:
    return Copy(article=one, of=of, share=1.0)


@pytest.mark.parametrize(
    ("copies", "same"),
    [
        ((), []),
        ((copy(FIRST, LEAD),), [FIRST]),
        ((copy(LEAD, FIRST),), [FIRST]),  # a better outlet leads with the other's text
        ((copy(LEAD, FIRST), copy(SECOND, FIRST)), [FIRST, SECOND]),
        ((copy(SECOND, FIRST), copy(THIRD, SECOND)), []),  # of each other, and not of the lead
        ((copy(SECOND, FIRST), copy(FIRST, LEAD)), [FIRST, SECOND]),
    ],
)
def test_the_same_text_is_that_of_the_lead(copies: tuple[Copy, ...], same: list[object]) -> None:
    story = sample_brief().sections[0].stories[0]
    entry = replace(story, article=LEAD, also=(FIRST, SECOND, THIRD), copies=copies)
    found, others = by_text(entry)
    assert found == same
    assert others == [one for one in entry.also if one not in same]
