"""What no single setting can tell: settings that contradict each other, or name what is not there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from briefing.config.wording import quoted, suggestion

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator

    from briefing.config.nodes import Path
    from briefing.config.schema import Config, SectionSettings, Summary

    Finding = tuple[Path, str]
    Check = Callable[[Config], Iterable[Finding]]


def duplicate_ids(config: Config) -> Iterator[Finding]:
    """Find two sections of one id."""
    seen: dict[str, int] = {}
    for index, section in enumerate(config.sections):
        if section.id and section.id in seen:
            yield (
                ("sections", index, "id"),
                f"section {seen[section.id] + 1} has the id '{section.id}' too; an id is given once",
            )
        seen.setdefault(section.id, index)


def both_lengths(config: Config) -> Iterator[Finding]:
    """Find words and sentences both given."""
    blocks: list[tuple[Path, Summary | SectionSettings]] = [(("summary",), config.summary)]
    blocks += [(("sections", index), section) for index, section in enumerate(config.sections)]
    for path, block in blocks:
        if block.words is not None and block.sentences is not None:
            yield (*path, "sentences"), "`words` and `sentences` are both given; the length is told by one of them"


def missing_folders(config: Config, folder_exists: Callable[[str], bool]) -> Iterator[Finding]:
    """Find a source folder that is not there."""
    for index, source in enumerate(config.sources):
        if not folder_exists(source.folder):
            yield ("sources", index, "folder"), f"there is no folder {quoted(source.folder)}"


def unknown_template(config: Config, templates: Collection[str]) -> Iterator[Finding]:
    """Find a template that is not there."""
    name = config.page.template
    if name not in templates:
        yield ("page", "template"), f"there is no template {quoted(name)}{suggestion(name, sorted(templates))}"


CHECKS: tuple[Check, ...] = (duplicate_ids, both_lengths)
"""The checks that need nothing but the configuration; those of terms and examples belong to `themes`."""
