"""What pydantic finds wrong with a tree → mistakes with their places, and the part of the tree that is sound."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from pydantic import Field, ValidationError

from briefing.config.extending import section_id
from briefing.config.naming import named, quoted
from briefing.config.nodes import Scalar, existing, find, key_place, plain, value_place, without
from briefing.config.outline import keys_at
from briefing.config.schema import Config, Name, SectionSettings, Source, TermsByLanguage
from briefing.config.wording import message_of, nearest

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from pydantic_core import ErrorDetails

    from briefing.config.extending import Extended
    from briefing.config.nodes import Node, Path, Place
    from briefing.errors import Mistake

MOST_MISTAKES = 500
"""Mistakes that are put into words; a file with more was not written by a person."""
MOST_PLACED = 2_000
"""Mistakes that are put in the order of the file before the first ones are put into words."""
ROUNDS = 6
"""How often faults are cut out: what is left may lack something in its turn, up to the top of the file."""

_TOLD_ALL_THE_SAME = frozenset({"extra_forbidden", "unknown_kind"})
"""Faults that say more of a key or an item than that nothing stands behind it."""
_OF_ANY_NAME = ("aliases", "outlets")
"""Blocks whose keys are the desk's own names."""
_ABOUT_KEYS = "[key]"
"""What pydantic puts behind a key that is at fault itself."""


@cache
def _parts() -> type[Config]:
    """Return a configuration of which required parts may be missing: what is checked where something is at fault."""

    class Section(SectionSettings):
        id: Name = ""
        title: str = ""
        terms: TermsByLanguage = Field(default_factory=dict)
        sections: list[Section] = Field(default_factory=list)  # type: ignore[assignment] # as below

    class Parts(Config):
        sources: list[Source] = Field(default_factory=list)
        sections: list[Section] = Field(default_factory=list)  # type: ignore[assignment] # a list of what it was, and read only

    return Parts


def validated(model: type[Config], node: Node, environ: Mapping[str, str]) -> tuple[Config | None, list[ErrorDetails]]:
    """Return the configuration that a tree describes, or None and everything that pydantic finds wrong with it."""
    try:
        return model.model_validate(plain(node), context={"environ": environ}), []
    except ValidationError as error:
        return None, error.errors(include_url=False)


def worded(faults: list[ErrorDetails], tree: Extended, root: Node) -> list[Mistake]:
    """Return the faults as mistakes; of very many the first, and how many more there are."""
    misspelt = _misspelt(faults[:MOST_MISTAKES], root)
    placed = [
        (place, path, fault)
        for fault in faults[:MOST_PLACED]
        for path, place in _placed(fault, tree, root)
        if fault["type"] != "missing" or (path, fault["loc"][-1]) not in misspelt
    ]
    placed.sort(key=lambda row: tree.order(row[0]))
    mistakes = [_mistake(place, path, fault, tree) for place, path, fault in placed[:MOST_MISTAKES]]
    if len(placed) > MOST_MISTAKES:
        more = f"{len(faults) - MOST_MISTAKES:,} more mistakes from here on"
        mistakes.append(tree.mistake(placed[MOST_MISTAKES][0], more))
    return mistakes


def _misspelt(faults: list[ErrorDetails], root: Node) -> set[tuple[Path, str | None]]:
    """Return the blocks and keys that are there misspelt, or too far in: they are not told to be missing as well."""
    unknown = [_path(fault, root) for fault in faults if fault["type"] == "extra_forbidden"]
    too_far_in = {((), str(path[-1])) for path in unknown}
    return too_far_in | {(path[:-1], nearest(str(path[-1]), keys_at(path[:-1]))) for path in unknown}


def sound_part(root: Node, faults: list[ErrorDetails], environ: Mapping[str, str]) -> tuple[Config, Node] | None:
    """Return what is left of a tree without its faults, as configuration and as tree; None where nothing is."""
    node: Node | None = root if len(faults) <= MOST_MISTAKES else None
    for _ in range(ROUNDS):
        if node is None:
            return None
        config, found = validated(_parts(), node, environ)
        if config is not None:
            return config, node
        node = without(node, {_path(fault, node) for fault in found})
    return None


def above_faults(faults: list[ErrorDetails], root: Node) -> set[Path]:
    """Return where something is at fault, and all that holds it: what is amiss there may follow from that alone."""
    paths = [_path(fault, root) for fault in faults]
    return {path[:length] for path in paths for length in range(len(path) + 1)}


def _path(fault: ErrorDetails, root: Node) -> Path:
    """Return the path of a fault in the tree; where something is missing, that of the block that lacks it."""
    loc = tuple(step for step in fault["loc"] if step != _ABOUT_KEYS)
    return existing(root, loc[:-1] if fault["type"] == "missing" else loc)


def _placed(fault: ErrorDetails, tree: Extended, root: Node) -> Iterator[tuple[Path, Place]]:
    """Yield a fault's path and place, unless the reader told of it or what is missing may stand in an unread file."""
    path = _path(fault, root)
    node = find(root, path)
    if isinstance(node, Scalar) and (
        node.refused or (node.behind is not None and fault["type"] not in _TOLD_ALL_THE_SAME)
    ):
        return  # the reader told of it, or `blanks` does
    if fault["type"] == "missing" and not path and tree.incomplete:
        return
    of_key = fault["type"] in {"extra_forbidden", "missing"} or fault["loc"][-1:] == (_ABOUT_KEYS,)
    yield path, (key_place if of_key else value_place)(root, path)


def _mistake(place: Place, path: Path, fault: ErrorDetails, tree: Extended) -> Mistake:
    """Return a fault in words."""
    told = _lacking(path, fault, tree) if fault["type"] == "missing" else message_of(fault, path)
    return tree.mistake(place, told, path=".".join(str(step) for step in path))


def _lacking(path: Path, fault: ErrorDetails, tree: Extended) -> str:
    """Tell what a block lacks: a section by its id, and whether it has that of a section in an extended file."""
    own = section_id(find(tree.node, path)) if tree.node is not None and path[-2:-1] == ("sections",) else None
    told = f"{f'section {quoted(own)}' if own else named(path)} lacks `{fault['loc'][-1]}`"
    other = tree.replaced.get(own) if own and len(path) == 2 else None
    if other:
        return f"{told}; it takes the place of the one in '{other}' as a whole"
    return told + (_taken_for_a_name(str(fault["loc"][-1]), tree.node) if not path else "")


def _taken_for_a_name(key: str, root: Node | None) -> str:
    """Tell where a key of the file stands too far in, in a block in which any name is right."""
    for path in ((block, key) for block in _OF_ANY_NAME):
        if root is not None and existing(root, path) == path:
            return f"; in line {key_place(root, path).line} it stands under `{path[0]}`: move it to the left"
    return ""
