"""Which other outlets are said to have the same text as the one that leads a story."""

from __future__ import annotations

from dataclasses import replace

import pytest

from briefing.models import Copy, StoryEntry
from briefing.render.stories import by_text
from tests.making import article
from tests.render.sample import sample_brief

LEAD, FIRST, SECOND, THIRD = (article("Text.", origin=name) for name in ["lead", "first", "second", "third"])


def copy(one: str, of: str) -> Copy:
    return Copy(article=one, of=of, share=1.0)


@pytest.mark.parametrize(
    ("copies", "same"),
    [
        ((), []),
        ((copy(FIRST.id, LEAD.id),), [FIRST]),
        ((copy(LEAD.id, FIRST.id),), [FIRST]),  # a better outlet leads with the other's text
        ((copy(LEAD.id, FIRST.id), copy(SECOND.id, FIRST.id)), [FIRST, SECOND]),
        ((copy(SECOND.id, FIRST.id), copy(THIRD.id, SECOND.id)), []),  # of each other, and not of the lead
        ((copy(SECOND.id, FIRST.id), copy(FIRST.id, LEAD.id)), [FIRST, SECOND]),
    ],
)
def test_the_same_text_is_that_of_the_lead(copies: tuple[Copy, ...], same: list[object]) -> None:
    entry: StoryEntry = replace(
        sample_brief().sections[0].stories[0], lead=LEAD, also=(FIRST, SECOND, THIRD), copies=copies
    )
    found, others = by_text(entry)
    assert found == same
    assert others == [one for one in entry.also if one not in same]
