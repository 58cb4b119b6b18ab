"""What no single setting can tell: settings that contradict each other, or name what is not there."""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING

from briefing.config.naming import quoted
from briefing.config.nodes import Scalar, blocks, existing, lists, value_place
from briefing.config.outline import keys_at, schemas_at
from briefing.config.wording import nearest, suggestion

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Sequence

    from briefing.config.nodes import Node, Path
    from briefing.config.schema import Config, SectionSettings

    Finding = tuple[Path, str]
    Check = Callable[[Config], Iterable[Finding]]


EXCLUSIVE = (("words", "sentences"), ("password", "password_file"))
"""Settings that say the same thing in two ways."""


RESERVED = "also-today"
"""The id of what fits no section."""
TERMS_ONLY = ("terms", "not_", "weights", "threshold", "examples", "not_examples", "sections")
"""Settings of a section that has terms; the rest has none of them."""


def duplicate_ids(config: Config) -> Iterator[Finding]:
    """Find two sections of one id, and one that has the id of what fits none."""
    seen: dict[str, str] = {}
    for path, section in _sections(config):
        if section.id == RESERVED:
            yield (*path, "id"), f"'{RESERVED}' is the id of what fits no section; give another one"
        if section.id and section.id in seen:
            yield (*path, "id"), f"section {seen[section.id]} has the id '{section.id}' too; an id is given once"
        seen.setdefault(section.id, _numbered(path))


def misplaced_sections(config: Config) -> Iterator[Finding]:
    """Find sections that are nested too deep, and a rest that is not the only one, at the top, and without terms."""
    rests = [path for path, section in _sections(config) if section.rest and len(path) == 2]
    for path, section in _sections(config):
        if len(path) > 2 and section.sections:
            yield (*path, "sections"), f"section '{section.id}' stands under another one; below it there are no more"
        if section.rest and len(path) > 2:
            yield (*path, "rest"), "the rest is of the whole brief: it cannot stand under another section"
        elif section.rest and path != rests[0]:
            yield (*path, "rest"), f"section {_numbered(rests[0])} is the rest already; there is one"
        if section.rest:
            for key in (name.removesuffix("_") for name in TERMS_ONLY if name in section.model_fields_set):
                yield (*path, key), f"the rest takes what matches no other section; it has no `{key}`"


def unknown_origins(config: Config) -> Iterator[Finding]:
    """Find two sources of one name, and sections that draw from a source that is not there, or a misspelt outlet."""
    names: dict[str, int] = {}
    for index, source in enumerate(config.sources):
        if source.called in names:
            key = "name" if source.name else "folder"
            yield ("sources", index, key), f"source {names[source.called]} is called {quoted(source.called)} too"
        names.setdefault(source.called, index + 1)
    yield from _folders_of_two_names(config)
    for path, section in _sections(config):
        for place, name in enumerate(section.sources):
            if name not in names:
                told = suggestion(name, [*names])
                yield (*path, "sources", place), f"there is no source {quoted(name)}{told}"
        for place, name in enumerate(section.outlets):
            # An outlet that the desk says nothing of stands nowhere else; one that resembles another is misspelt.
            if name not in config.outlets and (meant := nearest(name, [*config.outlets])) is not None:
                told = f"there is no outlet {quoted(name)}, did you mean {quoted(meant)}?"
                yield (*path, "outlets", place), f"{told} If it is another one, put `{name}: {{}}` under `outlets`"


def _folders_of_two_names(config: Config) -> Iterator[Finding]:
    folders: dict[str, int] = {}
    for index, source in enumerate(config.sources):
        first = folders.setdefault(source.folder, index)
        if first != index and source.called != config.sources[first].called:
            yield ("sources", index, "folder"), f"source {first + 1} is this folder too; a folder has one name"


def _sections(config: Config) -> Iterator[tuple[Path, SectionSettings]]:
    """Yield every section with its path, those that are nested too deep as well."""
    yield from _below((), config.sections)


def _below(path: Path, sections: Sequence[SectionSettings]) -> Iterator[tuple[Path, SectionSettings]]:
    for index, section in enumerate(sections):
        here = (*path, "sections", index)
        yield here, section
        yield from _below(here, section.sections)


def _numbered(path: Path) -> str:
    """Return a section's number: 2, or 2.1 for the first one under it."""
    return ".".join(str(step + 1) for step in path if isinstance(step, int))


def both_given(root: Node) -> Iterator[Finding]:
    """Find pairs of settings of which only one has its meaning: a length in words and one in sentences."""
    for path, block in blocks(root):
        for first, second in EXCLUSIVE:
            if block.entry(first) and block.entry(second) and {first, second} <= set(keys_at(path)):
                yield (*path, second), f"`{first}` and `{second}` are both given; only one of them can count"


def repeated_items(root: Node) -> Iterator[Finding]:
    """Find items of a list that say again what one before them says, where the schema wants each once."""
    for path, items in lists(root):
        first: dict[str, int] = {}
        for index, item in enumerate(items.items):
            if not (isinstance(item, Scalar) and isinstance(item.value, str)):
                continue
            number = first.setdefault(item.value, index + 1)
            # The schema is asked last: to build it takes longer than to read a file without mistakes.
            if number <= index and any(schema.get("uniqueItems") for schema in schemas_at(path)):
                told = f"item {index + 1} of `{path[-1]}` repeats item {number}, {quoted(item.value)}"
                yield (*path, index), f"{told}; each stands there once"


def missing_folders(config: Config, root: Node, *, name: str, exists: Callable[[str], bool]) -> Iterator[Finding]:
    """Find a source folder that is not there; `name` is the file that folders start from, `root` its tree."""
    for index, source in enumerate(config.sources):
        if not exists(source.folder):
            path = ("sources", index, "folder")
            yield path, f"there is no folder {_sought(source.folder, root, path, name=name, exists=exists)}"


def _sought(folder: str, root: Node, path: Path, *, name: str, exists: Callable[[str], bool]) -> str:
    """Return where a folder was sought, and why there, where that is not plain to see: the file extends, or is far."""
    if "://" in folder:
        return f"{quoted(folder)}: articles are read from folders, not from the web"
    if folder.startswith("~"):
        return f"{quoted(folder)}: write the whole path in place of the ~"
    home, said_in = posixpath.dirname(name), value_place(root, existing(root, path)).file
    if posixpath.isabs(folder) or (said_in == name and not home):
        return quoted(folder)
    if said_in == name:
        return f"{quoted(folder)} in '{home}', the folder of this file"
    beside = posixpath.relpath(posixpath.join(posixpath.dirname(said_in), folder), home or ".")
    cure = f"; the one beside this file is '{beside}' from there" if exists(beside) else ""
    sought = posixpath.normpath(posixpath.join(home, folder))
    return f"'{sought}': folders start from the file given with -c, '{name}'{cure}"


def unknown_template(config: Config, templates: Collection[str]) -> Iterator[Finding]:
    """Find a template that is not there."""
    name = config.page.template
    if name not in templates:
        yield ("page", "template"), f"there is no template {quoted(name)}{suggestion(name, sorted(templates))}"
