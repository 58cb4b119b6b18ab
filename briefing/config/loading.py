"""The text of config.yaml → Config, or every mistake in it at its place. Pure: what lies outside is read by parameters.

text ─extended──────► tree ─pydantic─► Config ─checks─► Config
                        └ faults, and what is left without them: checked all the same, so that all is told at once
"""

from __future__ import annotations

import posixpath
import re
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from pydantic import Field, ValidationError

from briefing.config.checks import (
    Surroundings,
    config_findings,
    message_of,
    missing_folders,
    struck_out,
    tree_findings,
    unknown_origins,
)
from briefing.config.messages import named, nearest, quoted, suggestion
from briefing.config.reading import Node, Tree, decode, read_yaml
from briefing.config.reference import keys_at
from briefing.config.schema import Config, SectionSettings
from briefing.config.schema.sources import Source
from briefing.config.schema.values import Name, TermsByLanguage
from briefing.errors import ConfigError, Mistake
from briefing.packs import aliases_of, packs

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from pydantic_core import ErrorDetails

    from briefing.config.checks import Finding
    from briefing.config.messages import Path


MOST_MISTAKES = 500
"""Mistakes that are put into words; a file with more was not written by a person."""
MOST_FILES = 5
"""How many files may extend each other; deeper ones nobody can follow."""
PRINTED = frozenset({"id", "title", "when_empty"})
"""What a section says to its readers. One of these alone in an extending file keeps its terms and all else below."""
WORDS_OF_A_PACK = "-words.yaml"
"""`extends: conflict-words.yaml` is how a file says `use: conflict` that was written before there were packs."""
_SEVERAL = re.compile(r"[,;\n]|(?:^|\s)-")
"""What stands between several items that were meant, or before each of them."""
_OF_WORDS = (("about",), ("use",))
"""The lists of words at the top of the file; one word in place of another list says nothing."""
ROUNDS = 6
"""How often faults are cut out: what is left may lack something in its turn, up to the top of the file."""


NOWHERE = Surroundings()


def load(text: str, *, name: str, around: Surroundings = NOWHERE) -> Config:
    """Return the configuration; raises ConfigError with every mistake in file order. `name` is printed in messages."""
    tree = _with_packs(_extended(text.removeprefix("\ufeff"), name=name, read=around.read))
    root = tree.node
    if root is None or (root.value is None and not root.refused):
        told = "the file is empty; `briefing init` lays one to start from"
        empty = Mistake(file=name, line=1, column=1, message=told)
        raise ConfigError(tree.sorted(tree.mistakes) or [empty])
    config, faults = _validated(Config, root, around.environ)
    while (listed := _with_lists(root, faults)) is not root:  # a block that was one item may hold another
        root = listed
        config, faults = _validated(Config, root, around.environ)
    findings = [*tree_findings(root)]
    if config is None or findings:
        tree = replace(tree, lines=struck_out(root, tree.lines))
    mistakes = [*tree.mistakes, *_fault_mistakes(faults, root, tree), *_placed(findings, root, tree)]
    sound = (config, root) if config else _sound_part(root, faults, around.environ)
    if sound is not None:
        at_fault = {_path(fault, root) for fault in faults}
        # What is amiss where something is at fault, and in all that holds it, may follow from the fault alone.
        above = {path[:length] for path in at_fault for length in range(len(path) + 1)}
        found = [*config_findings(sound[0], around), *missing_folders(*sound, name, around.folder_exists)]
        # Where the sources or outlets are at fault, the very name that a section uses may be lacking.
        if not (tree.incomplete or {fault["loc"][:1] for fault in faults} & {("sources",), ("outlets",)}):
            found += unknown_origins(sound[0])
        mistakes += _placed((finding for finding in found if finding[0] not in above), sound[1], tree)
    if config is None or mistakes:
        raise ConfigError(tree.sorted(mistakes))
    return config


def _with_lists(root: Node, faults: Iterable[ErrorDetails]) -> Node:
    """Return the tree with each word, time or block that stands where a list of such belongs in a list of its own."""
    for fault in faults:
        path, node = root.follow(fault["loc"])
        if fault["type"] == "list_type" and not node.refused and _is_one(node.value, path):
            root = _replaced(root, path, replace(node, value=[replace(node, key=None)]))
    return root


def _is_one(value: object, path: Path) -> bool:
    """Tell whether a value is one item of the list that belongs at a path, and not several, or something else."""
    match value:
        case bool():
            return False
        case dict():
            return not value.keys().isdisjoint(keys_at((*path, 0)))
        case str():
            return not _SEVERAL.search(value) and path[-1:] != ("command",) and (len(path) > 1 or path in _OF_WORDS)
    return isinstance(value, int | float) and path == ("schedule", "at")  # elsewhere a number is no item either


def _replaced(root: Node, path: Path, node: Node) -> Node:
    """Return a tree in which a node stands at a path."""
    if not path:
        return node
    step, *rest = path
    match root.value, step:
        case dict() as entries, str():
            return replace(root, value={**entries, step: _replaced(entries[step], tuple(rest), node)})
        case list() as items, int():
            below = _replaced(items[step], tuple(rest), node)
            return replace(root, value=[*items[:step], below, *items[step + 1 :]])
    return root


def _placed(findings: Iterable[Finding], node: Node, tree: Tree) -> Iterator[Mistake]:
    """Yield findings as mistakes; one about what is not there has been told as missing."""
    for path, message in findings:
        known, found = node.follow(path)
        if known == path:
            yield tree.mistake(found.told_at, message, path)


# ── extends: a file laid over another one ────────────────────────────────────────────────────────────────────────


def _extended(text: str, *, name: str, read: Callable[[str], bytes] | None, chain: tuple[str, ...] = ()) -> Tree:
    """Return a file laid over the one that it `extends`; `chain` holds the files that led here.

    Blocks are joined key by key, the extending file's values first; lists replace each other, but for `sections`: one
    of the same id is replaced where it stands, or translated (`PRINTED`), a new one comes behind. ConfigError for what
    is no text file.
    """
    own = read_yaml(text, name=name)
    node, entry = own.node, own.node and own.node.child("extends")
    if node is None or entry is None:
        return own
    own = replace(own, incomplete=True)
    if not isinstance(entry.value, str):
        return own
    other = posixpath.normpath(posixpath.join(posixpath.dirname(name), entry.value))
    chain = (*chain, posixpath.normpath(name))
    try:
        base_text = decode(_content(other, read, chain), name=other)
        base = _extended(base_text, name=other, read=read, chain=chain)
    except LookupError as refusal:
        return replace(own, mistakes=(*own.mistakes, own.mistake(entry.place, str(refusal.args[0]), ("extends",))))
    except ConfigError as error:
        return replace(own, mistakes=(*own.mistakes, *error.mistakes))
    if not (base.mistakes or (base.node and isinstance(base.node.value, dict))):
        told = f"'{other}' must be a block of `key: value` lines to be extended"
        return replace(own, mistakes=(*own.mistakes, own.mistake(entry.place, told, ("extends",))))
    return Tree(
        node=_joined(node, base.node) if base.node else node,
        mistakes=(*own.mistakes, *base.mistakes),
        lines={**own.lines, **base.lines},
        incomplete=base.incomplete or base.node is None,
    )


def _content(other: str, read: Callable[[str], bytes] | None, chain: tuple[str, ...]) -> bytes:
    """Return the bytes of the file that `extends` names; LookupError says why not."""
    if other in chain:
        raise LookupError(f"'{other}' extends this file in its turn")
    if len(chain) >= MOST_FILES:
        raise LookupError(f"more than {MOST_FILES} files extend each other")
    if read is None:
        raise LookupError("`extends` cannot be followed from here")
    try:
        return read(other)
    except FileNotFoundError as error:
        pack = posixpath.basename(other).removesuffix(WORDS_OF_A_PACK)
        if other.endswith(WORDS_OF_A_PACK) and pack in packs():
            return f"use: {pack}".encode()
        raise LookupError(f"there is no file '{other}'") from error
    except OSError as error:
        raise LookupError(f"cannot read '{other}': {error.strerror or error}") from error


def _joined(over: Node, base: Node) -> Node:
    """Return a block laid over another one, the extended file's keys first."""
    if not (isinstance(over.value, dict) and isinstance(base.value, dict)):
        return over
    entries = {key: value for key, value in base.value.items() if key != "extends"}
    for key, value in over.value.items():
        join = _joined_sections if key == "sections" else _joined
        entries[key] = join(value, entries[key]) if key in entries else value
    return replace(over, value=entries)


def _joined_sections(over: Node, below: Node) -> Node:
    """Return the extended file's sections, those of the same id replaced or translated, the new ones behind."""
    if not (isinstance(over.value, list) and isinstance(below.value, list)):
        return over
    known = {section_id(section): section for section in below.value if section_id(section) is not None}
    replacing, new = dict[str | None, Node](), list[Node]()
    for section in over.value:
        if section_id(section) in known.keys() - replacing.keys():
            replacing[section_id(section)] = _translated(section, known[section_id(section)])
        else:
            new.append(section)
    return replace(over, value=[replacing.get(section_id(section), section) for section in below.value] + new)


def _translated(section: Node, below: Node) -> Node:
    """Return a section that brings nothing but words for its readers with all else of the one below; others stand."""
    return _joined(section, below) if isinstance(section.value, dict) and section.value.keys() <= PRINTED else section


def section_id(section: Node) -> str | None:
    """Return a section's id, or None where it has none that is text."""
    entry = section.child("id")
    return entry.value if entry and isinstance(entry.value, str) else None


# ── use: the aliases of packs ────────────────────────────────────────────────────────────────────────────────────


def _with_packs(tree: Tree) -> Tree:
    """Return a file laid over the aliases of the packs that it uses, later ones over earlier ones."""
    entry = tree.node and tree.node.child("use")
    named = (entry.value if isinstance(entry.value, list) else [entry]) if entry else []
    for one in reversed(named):
        if tree.node is None or not isinstance(one.value, str):
            continue  # the schema tells of it
        if one.value in packs():
            words = _words(one.value)
            node = _joined(tree.node, words.node) if words.node else tree.node
            tree = replace(tree, node=node, lines={**tree.lines, **words.lines})
        else:
            told = f"unknown pack {quoted(one.value)}{suggestion(one.value, packs())}"
            tree = replace(tree, mistakes=(*tree.mistakes, tree.mistake(one.told_at, told, ("use",))))
    return tree


@cache
def _words(pack: str) -> Tree:
    """Return the names and notions of a pack as a tree."""
    return read_yaml(aliases_of(pack), name=f"{pack}/words.yaml")


# ── what pydantic finds ──────────────────────────────────────────────────────────────────────────────────────────


def _validated(model: type[Config], node: Node, environ: Mapping[str, str]) -> tuple[Config | None, list[ErrorDetails]]:
    """Return the configuration that a tree describes, or None and everything that pydantic finds wrong with it."""
    try:
        return model.model_validate(node.plain(), context={"environ": environ}), []
    except ValidationError as error:
        return None, error.errors(include_url=False)


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


def _sound_part(root: Node, faults: list[ErrorDetails], environ: Mapping[str, str]) -> tuple[Config, Node] | None:
    """Return what is left of a tree without its faults, as configuration and as tree; None where nothing is."""
    node: Node | None = root if len(faults) <= MOST_MISTAKES else None
    for _ in range(ROUNDS):
        if node is None:
            return None
        config, found = _validated(_parts(), node, environ)
        if config is not None:
            return config, node
        node = _without(node, {_path(fault, node) for fault in found})
    return None


def _without(node: Node, paths: Iterable[Path]) -> Node | None:
    """Return the tree without what stands at the given paths; None where nothing is left."""
    below: dict[str | int, list[Path]] = {}
    for path in paths:
        if not path:
            return None
        below.setdefault(path[0], []).append(path[1:])
    match node.value if below else None:
        case list() as items:
            kept = [_without(item, below.get(index, ())) for index, item in enumerate(items)]
            return replace(node, value=[item for item in kept if item is not None])
        case dict() as entries:
            pairs = [(key, _without(item, below.get(key, ()))) for key, item in entries.items()]
            return replace(node, value={key: item for key, item in pairs if item is not None})
    return node


def _path(fault: ErrorDetails, root: Node) -> Path:
    """Return the path of a fault in the tree; where something is missing, that of the block that lacks it."""
    return root.follow(fault["loc"][:-1] if fault["type"] == "missing" else fault["loc"])[0]


def _fault_mistakes(faults: list[ErrorDetails], root: Node, tree: Tree) -> Iterator[Mistake]:
    """Yield the faults as mistakes; of very many the first, and how many more there are."""
    unknown = [_path(fault, root) for fault in faults[:MOST_MISTAKES] if fault["type"] == "extra_forbidden"]
    misspelt = {(path[:-1], nearest(str(path[-1]), keys_at(path[:-1]))) for path in unknown}
    misspelt |= {((), str(path[-1])) for path in unknown}  # too far in
    for fault in faults[:MOST_MISTAKES]:
        kind, (path, node) = fault["type"], (_path(fault, root), root.follow(_path(fault, root))[1])
        if kind == "missing" and ((path, fault["loc"][-1]) in misspelt or (not path and tree.incomplete)):
            continue  # it stands there under another name, or may stand in a file that could not be read
        if node.refused or (node.comment is not None and kind not in {"extra_forbidden", "unknown_kind"}):
            continue  # told of already, or told as without a value
        of_key = kind in {"extra_forbidden", "missing"} or fault["loc"][-1:] == ("[key]",)
        message = _lacking(path, fault, tree, root) if kind == "missing" else message_of(fault, path)
        yield tree.mistake(node.key_place if of_key else node.told_at, message, path)
    if len(faults) > MOST_MISTAKES:
        last = root.follow(_path(faults[MOST_MISTAKES], root))[1]
        yield tree.mistake(last.key_place, f"{len(faults) - MOST_MISTAKES:,} more mistakes from here on")


def _lacking(path: Path, fault: ErrorDetails, tree: Tree, root: Node) -> str:
    """Tell what a block lacks: a section by its id, which may be another's, mistyped."""
    own = section_id(root.follow(path)[1]) if path[-2:-1] == ("sections",) else None
    told = f"{f'section {quoted(own)}' if own else named(path)} lacks `{fault['loc'][-1]}`"
    if not own or not (tree.node and tree.node.child("extends")):
        return told
    beside = root.follow(path[:-1])[1].value
    ids = [section_id(one) or "" for one in beside] if isinstance(beside, list) else []
    meant = nearest(own, [one for one in ids if one and one != own])
    asked = f"; if it is {quoted(meant)}, write that: " if meant else "; "
    return f"{told}{asked}it replaces one of the same id as a whole"
