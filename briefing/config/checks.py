"""What no single setting can tell: settings that contradict each other, or name what is not there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from briefing.config.nodes import blocks
from briefing.config.outline import keys_at
from briefing.config.wording import quoted, suggestion

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator

    from briefing.config.nodes import Node, Path
    from briefing.config.schema import Config

    Finding = tuple[Path, str]
    Check = Callable[[Config], Iterable[Finding]]


EXCLUSIVE = (("words", "sentences"), ("password", "password_file"))
"""Settings that say the same thing in two ways."""


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


def both_given(root: Node) -> Iterator[Finding]:
    """Find pairs of settings of which only one has its meaning: a length in words and one in sentences."""
    for path, block in blocks(root):
        for first, second in EXCLUSIVE:
            if block.entry(first) and block.entry(second) and {first, second} <= set(keys_at(path)):
                yield (*path, second), f"`{first}` and `{second}` are both given; only one of them can count"


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
