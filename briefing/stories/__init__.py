"""Articles that tell the same story: near-duplicates of one another, and independent accounts of one event."""

# mypy: implicit-reexport

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from briefing.models import Copy, Story
from briefing.parallel import here
from briefing.stories.compared import Compared, compared, reader
from briefing.stories.lead import story_of
from briefing.stories.near_duplicates import near_duplicates
from briefing.stories.same_event import NEEDED, Corroboration, Events, corroborations, follow_ups

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from concurrent.futures import Executor

    from briefing.models import Ranked
    from briefing.parallel import Shelf


def group(
    ranked: Sequence[Ranked],
    *,
    grades: Mapping[str, str],
    known: Mapping[str, Compared] = MappingProxyType({}),
    executor: Executor | None = None,
    shelf: Shelf | None = None,
) -> tuple[Story, ...]:
    """Return the stories that the articles tell, in the order of their first article.

    Copies stand with their original, and originals that tell the same event with one another. `grades` gives an
    outlet's grade by its name; the best graded, most complete and latest account leads. How some articles are compared
    is `known`, by their ids; an `executor` compares them, or they are compared here. What memory need not hold
    is put on a `shelf`.
    """
    read, executor = reader(known), executor or here()
    copied = near_duplicates(ranked, read, executor)
    copies = {
        ranked[copy].article.id: Copy(
            article=ranked[copy].article.id, of=ranked[original].article.id, share=round(share, 4)
        )
        for copy, original, share in copied
    }
    originals = [one for one in ranked if one.article.id not in copies]
    story = {
        one.article.id: number
        for number, told in enumerate(Events(originals, read, shelf).told(executor))
        for one in told
    }
    for copy, original, _ in copied:  # in order of time: an original has its story before its copies
        story[ranked[copy].article.id] = story[ranked[original].article.id]
    members: dict[int, list[Ranked]] = {}
    for one in ranked:
        members.setdefault(story[one.article.id], []).append(one)
    return tuple(
        story_of(told, tuple(copies[one.article.id] for one in told if one.article.id in copies), grades)
        for told in members.values()
    )
