"""Outlets that a section draws from and no article of the day is by: a quiet day, or a misspelt name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from briefing.config import nearest, quoted

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from briefing.config import Config
    from briefing.models import Ranked


def silent_outlets(config: Config, ranked: Iterable[Ranked]) -> Iterator[tuple[str, str, str | None]]:
    """Yield (section id, outlet, the outlet of the day that was meant or None), in the order of the config."""
    there = {outlet.casefold(): outlet for one in ranked if (outlet := one.article.outlet)}
    for section in config.every_section:
        for name in section.outlets:
            if name.casefold() not in there:
                meant = nearest(name, sorted(there))
                yield section.id, name, None if meant is None else there[meant]


def told(outlet: str, meant: str | None) -> str:
    """Return that an outlet is silent, and which one may have been meant."""
    return f"no article today is by {quoted(outlet)}{f', did you mean {quoted(meant)}?' if meant else ''}"
