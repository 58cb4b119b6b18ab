"""Figures that a story brings up to date: what an earlier edition gave, and what is given now."""

from __future__ import annotations

from typing import TYPE_CHECKING

from briefing.figures.accounts import account_of
from briefing.figures.agreement import FAR, name_same
from briefing.figures.comparing import is_comparable
from briefing.figures.telling import told_by

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from briefing.figures.comparing import Told
    from briefing.models import Account, Story

Kind = tuple[str, str]
"""What is counted, and what happened to it."""


def updates(
    past: Sequence[Story], stories: Sequence[Story], followed: Mapping[str, str], *, aliases: Mapping[str, object]
) -> dict[str, tuple[tuple[Account, Account], ...]]:
    """Return, by a story's id, what the `past` stories that it follows up counted, and what it counts now.

    `followed` names, by a new article's id, the earlier one that it follows up. The latest figure of each day counts,
    of its kind the one that an article gives first; a figure that was given before is no change.
    """
    story_of = {one.article.id: story for story in past for one in story.articles}
    found: dict[str, tuple[tuple[Account, Account], ...]] = {}
    for story in stories:
        names = [one.article.id for one in story.articles]
        before = list(
            {id(old): old for old in (story_of[followed[name]] for name in names if name in followed)}.values()
        )
        ranked = [one for old in before for one in old.articles] + [*story.articles] if before else []
        told = told_by(ranked, {one.article.id: story.id for one in ranked}, aliases=aliases)
        kinds: dict[Kind, tuple[list[Told], list[Told]]] = {}
        for one in told:
            if not one.mention.quantity.vague and not one.mention.aside:
                kind = (one.mention.thing, one.mention.happening)
                kinds.setdefault(kind, ([], []))[one.article in names].append(one)
        if pairs := tuple(pair for earlier, now in kinds.values() if (pair := _change(earlier, now))):
            found[story.id] = pairs
    return found


def _change(before: Sequence[Told], after: Sequence[Told]) -> tuple[Account, Account] | None:
    for now in _latest_first(after):
        if any(name_same(then.mention.quantity, now.mention.quantity) for then in before):
            continue  # it tells once more what was told
        for then in _latest_first(before):
            low, high = sorted((then.mention.quantity.low, now.mention.quantity.low))
            if is_comparable(then, now) and high < FAR * low:
                return account_of(then, (), latest=False), account_of(now, (), latest=True)
    return None


def _latest_first(told: Sequence[Told]) -> list[Told]:
    """Return figures by the hour of their articles, the latest first, and of one hour what opens an article."""
    dated = sorted(told, key=lambda one: not one.first)
    return sorted(dated, key=lambda one: one.published.timestamp() if one.published else 0.0, reverse=True)
