"""Articles that tell the same story, and who copied whom."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from briefing.models import Copy, Story
from briefing.stories.leading import story_of
from briefing.stories.near_copies import near_copies

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from briefing.models import Ranked

__all__ = ["group"]


def group(ranked: Sequence[Ranked], *, grades: Mapping[str, str]) -> tuple[Story, ...]:
    """Return the stories that the articles tell, in the order of their first article.

    `grades` gives an outlet's grade by its name; the best graded, most complete and earliest article leads.
    """
    copied = near_copies(ranked)
    family = list(range(len(ranked)))
    for copy, original, _ in copied:
        family[copy] = family[original]
    members = defaultdict(list)
    for index, root in enumerate(family):
        members[root].append(index)
    told = {copy: (original, share) for copy, original, share in copied}
    return tuple(
        story_of([ranked[i] for i in indices], _told(indices, told, ranked), grades) for indices in members.values()
    )


def _told(indices: list[int], told: dict[int, tuple[int, float]], ranked: Sequence[Ranked]) -> tuple[Copy, ...]:
    return tuple(
        Copy(article=ranked[i].article.id, of=ranked[told[i][0]].article.id, share=round(told[i][1], 4))
        for i in indices
        if i in told
    )
