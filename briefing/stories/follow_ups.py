"""Which earlier article a new one follows up: on another day figures move, and an outlet tells its own story on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from briefing.stories.contradictions import facts_reader, names_others
from briefing.stories.same_event import ALONE, Events

if TYPE_CHECKING:
    from collections.abc import Sequence

    from briefing.models import Ranked


def follow_ups(earlier: Sequence[Ranked], new: Sequence[Ranked]) -> dict[str, str]:
    """Return, by a new article's id, the likeliest earlier article of the same event.

    What speaks against it is other names, not other figures: those are what a follow-up brings. A page that is found
    again under its address is the same one.
    """
    read = facts_reader()
    before = {one.article.id for one in earlier}
    best: dict[str, tuple[float, str]] = {}
    for one, other, value in Events([*earlier, *new], read).across_days():
        if value < ALONE or (one.article.id in before) == (other.article.id in before):
            continue
        old, now = (one, other) if one.article.id in before else (other, one)
        if not names_others(read(old), read(now)):
            best[now.article.id] = max(best.get(now.article.id, (0.0, "")), (value, old.article.id))
    pages = {one.article.url: one.article.id for one in earlier if one.article.url}
    found = {now: old for now, (_, old) in best.items()}
    return found | {one.article.id: pages[one.article.url] for one in new if one.article.url in pages}
