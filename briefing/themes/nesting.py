"""Sections with those under them, flat, in the order of printing."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from briefing.config import SectionSettings

Path = tuple[str | int, ...]
"""Where something stands in config.yaml, as keys and indices from the top."""


def with_parents(sections: Sequence[SectionSettings]) -> Iterator[tuple[SectionSettings, str | None]]:
    """Yield every section with the id of the one that it stands under."""
    for section in sections:
        for one in section.family:
            yield one, None if one is section else section.id


def with_paths(sections: Sequence[SectionSettings]) -> Iterator[tuple[SectionSettings, Path]]:
    """Yield every section with its path."""
    for index, section in enumerate(sections):
        yield section, ("sections", index)
        for place, below in enumerate(section.sections):
            yield below, ("sections", index, "sections", place)
