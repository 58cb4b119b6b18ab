"""What telling stories from one another needs to know of each article by itself, found once and small to keep."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

from briefing.stories.contradictions import facts_of, stated_in
from briefing.stories.profiles import keys_in, profile

if TYPE_CHECKING:
    from collections.abc import Mapping

    from briefing.models import Ranked
    from briefing.stories.contradictions import Facts, Stated
    from briefing.stories.profiles import Keys, Profile


@dataclass(frozen=True, slots=True)
class Traits:
    """What an article is compared by."""

    profile: Profile
    keys: Keys
    stated: Stated


def traits_of(ranked: Ranked) -> Traits:
    """Return what an article is compared by."""
    return Traits(profile(ranked), keys_in(ranked), stated_in(ranked))


class Reader:
    """Reads of each article once what it is compared by; of some it is known before, by their ids."""

    def __init__(self, known: Mapping[str, Traits] = MappingProxyType({})) -> None:
        self._traits = dict(known)
        self._facts: dict[str, Facts] = {}

    def traits(self, ranked: Ranked) -> Traits:
        """Return what an article is compared by."""
        if ranked.article.id not in self._traits:
            self._traits[ranked.article.id] = traits_of(ranked)
        return self._traits[ranked.article.id]

    def facts(self, ranked: Ranked) -> Facts:
        """Return what an article says, of which only those that are alike are asked."""
        if ranked.article.id not in self._facts:
            self._facts[ranked.article.id] = facts_of(ranked, self.traits(ranked).stated)
        return self._facts[ranked.article.id]
