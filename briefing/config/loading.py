"""The text of config.yaml → Config, or every mistake in it. Pure: what lies outside is read through parameters."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from briefing.config.blanks import without_value
from briefing.config.checks import (
    both_given,
    duplicate_ids,
    misplaced_sections,
    missing_folders,
    repeated_items,
    unknown_origins,
    unknown_template,
)
from briefing.config.extending import extended
from briefing.config.faults import above_faults, sound_part, validated, worded
from briefing.config.nodes import Scalar, existing, value_place
from briefing.config.schema import Config
from briefing.config.secrecy import misplaced_references, struck_out
from briefing.errors import ConfigError, Mistake

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence

    from briefing.config.checks import Check, Finding
    from briefing.config.extending import Extended
    from briefing.config.nodes import Node


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """What a configuration may refer to; by default all that it names exists, and nothing else is read."""

    folder_exists: Callable[[str], bool] = lambda _: True
    templates: Collection[str] | None = None
    """The names that there are; None where any will do."""
    read: Callable[[str], bytes] | None = None
    """Reads the file that `extends` names; raises OSError."""
    environ: Mapping[str, str] = field(default_factory=dict)
    """Where `${NAME}` is looked up."""
    more_checks: Sequence[Check] = ()
    """Checks of other modules: Config → (path, message)…"""


NOWHERE = Surroundings()

NAMING = ("sources", "outlets")
"""Blocks whose names sections use: where one is at fault itself, it may lack the very name that a section uses."""


def load(text: str, *, name: str, around: Surroundings = NOWHERE) -> Config:
    """Return the configuration; raises ConfigError with every mistake in file order. `name` is printed in messages."""
    tree = extended(text.removeprefix("\ufeff"), name=name, read=around.read)
    root = tree.node
    if root is None or (isinstance(root, Scalar) and root.value is None and not root.refused):
        raise ConfigError(sorted(tree.mistakes, key=tree.position) or [_empty(name)])
    told = [*misplaced_references(root), *both_given(root), *repeated_items(root), *without_value(root)]
    config, faults = validated(Config, root, around.environ)
    if config is None or told:
        tree = replace(tree, lines=struck_out(root, tree.lines))
    mistakes = [*tree.mistakes, *worded(faults, tree, root), *_placed(told, root, tree)]
    sound = (config, root) if config else sound_part(root, faults, around.environ)
    if sound is not None:
        at_fault = {str(fault["loc"][0]) for fault in faults if fault["loc"]}
        whole = not tree.incomplete and at_fault.isdisjoint(NAMING)
        above = above_faults(faults, root)
        found = (*_findings(sound[0], around), *missing_folders(*sound, name=name, exists=around.folder_exists))
        mistakes += _placed((finding for finding in found if finding[0] not in above), sound[1], tree)
        mistakes += _placed(unknown_origins(sound[0]) if whole else (), sound[1], tree)
    if config is None or mistakes:
        raise ConfigError(sorted(dict.fromkeys(mistakes), key=tree.position))
    return config


def _empty(name: str) -> Mistake:
    return Mistake(file=name, line=1, column=1, message="the file is empty; `briefing init` lays one to start from")


def _placed(findings: Iterable[Finding], node: Node, tree: Extended) -> Iterator[Mistake]:
    """Yield findings as mistakes, each at its place."""
    for path, message in findings:
        if existing(node, path) != path:
            continue  # what is not there has been told of as missing
        place = value_place(node, path)
        yield tree.mistake(place, message, path=".".join(str(step) for step in path))


def _findings(config: Config, around: Surroundings) -> Iterator[Finding]:
    """Yield what no single setting tells."""
    for check in (duplicate_ids, misplaced_sections, *around.more_checks):
        yield from check(config)
    if around.templates is not None:
        yield from unknown_template(config, around.templates)
