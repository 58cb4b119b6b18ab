"""Whom config.yaml names and who brought no article."""

from __future__ import annotations

from typing import TYPE_CHECKING

from briefing.edition import Silence

if TYPE_CHECKING:
    from collections.abc import Sequence

    from briefing.config import Config
    from briefing.models import Article


def silence_of(articles: Sequence[Article], config: Config) -> Silence:
    """Return the outlets and sources of the config of which none of these articles is, in the config's order.

    Where no article is of any source of the config, other files stand in for them, and no source is silent.
    """
    heard = {article.outlet for article in articles}
    brought = {article.source for article in articles if article.source}
    sources = dict.fromkeys(source.label for source in config.sources)
    return Silence(
        outlets=tuple(name for name in config.outlets if name not in heard),
        sources=tuple(name for name in sources if name not in brought) if brought else (),
    )
