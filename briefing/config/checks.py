"""What is wrong with settings: pydantic's faults in plain words, and checks that it cannot make."""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from briefing.config.messages import clipped, described, named, nearest, odd_blank, quoted, suggestion
from briefing.config.reference import WORDS, homes, keys_at, schemas_at
from briefing.config.schema.values import FORMS, HIDDEN_ADDRESS, SECRET

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence

    from pydantic_core import ErrorDetails

    from briefing.config.messages import Path
    from briefing.config.reading import Node
    from briefing.config.schema import Config, SectionSettings

    Finding = tuple[Path, str]
    Check = Callable[[Config], Iterable[Finding]]

VERY_ALIKE = 0.8
"""Likeness from which a key that belongs elsewhere was meant for another one here: `language` for `languages`."""
EXCLUSIVE = (("words", "sentences"), ("password", "password_file"))
"""Settings that say the same thing in two ways."""
RESERVED = "also-today"
"""The id of what fits no section."""
TERMS_ONLY = ("terms", "not_", "weights", "threshold", "examples", "not_examples", "sections")
"""Settings of a section that has terms; the rest has none of them."""
_REFERENCE = re.compile(r"\$\{[A-Za-z_][A-Za-z0-9_]*\}")
_GUARDED = frozenset({"deliver", "on_failure"})
"""The blocks in which secrets have their place, and in which a misspelt key may hold one."""
_SECRETS_OF_SOURCES = ("password", "headers")


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


_WANTED = {
    "string_type": "text",
    "int_type": "a whole number",
    "int_from_float": "a whole number",
    "float_type": "a number",
    "bool_type": "true or false",
    "list_type": "a list",
    "dict_type": "a block of `key: value` lines",
    "model_type": "a block of `key: value` lines",
    "model_attributes_type": "a block of `key: value` lines",
    "finite_number": "a finite number",
    "greater_than_equal": "at least {ge:g}",
    "greater_than": "more than {gt:g}",
    "less_than_equal": "at most {le:g}",
    "less_than": "less than {lt:g}",
    "literal_error": "{expected}",
    "string_pattern_mismatch": "text",
}
"""What a place takes, by pydantic's types of errors."""
_SAID = {
    "too_short": "must not be empty",
    "string_too_short": "must not be empty",
    "too_long": "has more than {max_length:,} items",
    "string_too_long": "has more than {max_length:,} characters",
}


def message_of(fault: ErrorDetails, path: Path) -> str:
    """Return what is wrong at a path, and what to do."""
    kind, found, told = fault["type"], fault["input"], fault.get("ctx", {})
    if kind == "extra_forbidden":
        return _unknown_key(path, [str(step).strip("<>") for step in fault["loc"]])
    if fault["loc"][-1:] == ("[key]",):
        if path[-1] in keys_at(path[:-2]):
            return f"the key {quoted(str(path[-1]))} stands too far in: move it to the left"
        return f"the key {quoted(str(path[-1]))} must be {FORMS.get(told.get('pattern', ''), 'a short text')}"
    if kind in _SAID:
        return f"{named(path)} {_SAID[kind].format(**told)}"
    if kind not in _WANTED:
        return fault["msg"] if kind.startswith("unknown_") else f"{named(path)} {fault['msg']}"
    if found is None:
        return f"{named(path)} has no value: {give_value(path)}"
    pattern = next((schema["pattern"] for schema in schemas_at(path) if schema.get("pattern") in FORMS), "")
    wanted = FORMS[pattern] if pattern and kind.startswith("string_") else _WANTED[kind].format(**told)
    choices = re.findall(r"'([^']*)'", wanted) if kind == "literal_error" else []
    wanted = f"one of {', '.join(choices)}" if choices else wanted
    cure = _meant(str(found), choices or [wanted]) if kind == "literal_error" else _cure(kind, found, path, pattern)
    return f"{named(path)} must be {wanted}, not {described(found)}{cure}"


def _meant(found: str, allowed: list[str]) -> str:
    """Return which of some words was meant, whatever its case and its blanks."""
    by_letters = {re.sub(r"[\W_]", "", word.casefold()): word for word in allowed}
    by_letters |= {"tlpwhite": "TLP:CLEAR"} if "TLP:CLEAR" in allowed else {}  # renamed in TLP 2.0 (FIRST, August 2022)
    near = nearest(re.sub(r"[\W_]", "", found), [*by_letters])
    cure = "write it without quotes" if found in allowed else f"did you mean {by_letters[near]}?" if near else ""
    return f"; {cure}" if cure else ""


def _cure(kind: str, found: Any, path: Path, pattern: str) -> str:  # noqa: ANN401 - what YAML holds
    """Return the usual cure of a value of another type."""
    match kind, found:
        case "string_type", int() | float() if re.search(pattern, str(found)):
            return "; in quotes it is text"
        case "string_type", dict() if len(found) == 1:
            return "; text with ': ' in it stands in quotes"
        case "list_type", str() if path == ("sources",):
            return "; each source says of which kind it is: `- folder: seeds`"
        case "list_type", str() if not re.search(r"^-|\s-", found):
            return f"; put it in brackets: [{clipped(found)}]"
        case "list_type", str() | dict():
            return "; each item stands on a line of its own and starts with '- ', a hyphen and a blank"
        case "int_from_float", float() if found.is_integer():
            return f"; write {found:.0f}"
        case "bool_type", "yes" | "on" | "no" | "off":
            return f"; write {'true' if found in {'yes', 'on'} else 'false'}"
        case "dict_type", str() | list() if path == ("outlets",):
            return "; each outlet stands under its name: `Euphrates Monitor: {grade: B}`"
        case "dict_type", str() | list():
            words = found if isinstance(found, str) else ", ".join(word for word in found if isinstance(word, str))
            return f"; words stand under their language: `en: [{clipped(words) or '…'}]`"
    return ""


def _unknown_key(path: Path, steps: Sequence[str]) -> str:
    """Tell of an unknown key, and of the one that was meant, where it belongs, or those that there are.

    The kind of a source is among the `steps` that led here; the keys of other kinds are not offered.
    """
    blocks = [schema.get("properties", {}) for schema in schemas_at(path[:-1])]
    own = [block for block in blocks if path[0] == "sources" and next(iter(block), "") in steps] or blocks
    key, keys = str(path[-1]), tuple(dict.fromkeys(name for block in own for name in block))
    if blank := odd_blank(key.replace(key.strip(), "", 1)):
        return f"{blank} stands beside this key, {quoted(key.strip())}: type a plain space instead"
    if path[0] == "outlets" and key == "name":
        return f"unknown key 'name' here: the key above is the outlet's name, {quoted(str(path[1]))}"
    if len(path) > 1 and key in keys_at(()) and key not in keys:
        return f"unknown key {quoted(key)} here: it stands too far in; move it to the left margin"
    if "terms" in keys and re.fullmatch(r"[a-z]{2}", key):
        return f"unknown key {quoted(key)} here: indent a language further than the `terms` above it"
    elsewhere = homes().get(key, ())
    if elsewhere and nearest(key, keys, alike=VERY_ALIKE) is None:
        return f"unknown key {quoted(key)} here; it belongs under {' or '.join(f'`{name}`' for name in elsewhere)}"
    return f"unknown key {quoted(key)}{suggestion(key, keys)}"


def give_value(path: Path) -> str:
    """Return what to do about a key or an item without a value."""
    schema = next((one for one in schemas_at(path) if one.get("type") != "null"), {})
    wanted = FORMS.get(schema.get("pattern", "")) or WORDS.get(schema.get("type", ""), "a value")
    wanted = f"one of {', '.join(map(str, schema['enum']))}" if "enum" in schema else wanted
    return f"give it {wanted}, or remove the {'item' if isinstance(path[-1], int) else 'key'}"


# ── what the tree tells ──────────────────────────────────────────────────────────────────────────────────────────


def tree_findings(root: Node) -> Iterator[Finding]:
    """Find what pydantic cannot: keys without a value, `${NAME}` out of its place, repeated items, both of two."""
    for path, node in root.walk():
        # The schema is asked last: to build it takes longer than to read a file without mistakes.
        # Of an item whose key names its kind pydantic tells more.
        kind = len(path) == 2 and path[0] in {"sources", *_GUARDED} and isinstance(path[1], int)
        if node.comment is not None and path and not kind and schemas_at(path):
            why = " (what follows a # is a comment, unless in quotes)" if node.comment else ""
            yield path, f"{named(path)} has no value{why}: {give_value(path)}"
        elif (
            isinstance(node.value, str)
            and (match := _REFERENCE.search(node.value))
            and not _is_secret(path, HIDDEN_ADDRESS)
        ):
            yield path, f"{match[0]} is filled in for secrets only, such as a password; write the value out"
        elif isinstance(node.value, list):
            yield from _repeated(path, [item.value for item in node.value])
        elif isinstance(node.value, dict):
            for first, second in EXCLUSIVE:
                if first in node.value and second in node.value and {first, second} <= set(keys_at(path)):
                    yield (*path, second), f"`{first}` and `{second}` are both given; give only one of them"


def _repeated(path: Path, values: list[object]) -> Iterator[Finding]:
    """Find items of a list that repeat one before them, where the schema wants each once."""
    first: dict[str, int] = {}
    for index, value in enumerate(values):
        number = first.setdefault(value, index + 1) if isinstance(value, str) else index + 1
        if number <= index and any(schema.get("uniqueItems") for schema in schemas_at(path)):
            yield (*path, index), f"{named((*path, index))} repeats item {number}, {quoted(str(value))}: remove it"


def _is_secret(path: Path, *other_patterns: str) -> bool:
    return any(schema.get("pattern") in {SECRET, *other_patterns} for schema in schemas_at(path))


def struck_out(root: Node, lines: Mapping[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    """Return the lines of each file with the values struck out that no setting but a secret one is known to take."""
    struck = {name: list(rows) for name, rows in lines.items()}
    for path, node in root.walk():
        text = node.value if _may_be_secret(path) and not isinstance(node.value, list | dict) else None
        if isinstance(text, str) and not _REFERENCE.fullmatch(text) and (not schemas_at(path) or _is_secret(path)):
            rows, place = struck[node.place.file], node.place
            line, start, end = rows[place.line - 1], place.column - 1, place.column - 1 + place.width
            rows[place.line - 1] = line[:start] + "*" * place.width + line[end:]
    return {name: tuple(rows) for name, rows in struck.items()}


def _may_be_secret(path: Path) -> bool:
    """Tell whether a secret may stand here, under a key that is misspelt too."""
    if path[:1] == ("sources",):
        return any(nearest(str(step), _SECRETS_OF_SOURCES) for step in path[2:])
    return bool(path) and path[0] in _GUARDED


# ── what settings tell together ──────────────────────────────────────────────────────────────────────────────────


def config_findings(config: Config, around: Surroundings) -> Iterator[Finding]:
    """Find what settings tell together."""
    for check in (_sections_apart, _odd_sources, _odd_cluster, *around.more_checks):
        yield from check(config)
    name, templates = config.page.template, around.templates
    if templates is not None and name not in templates:
        yield ("page", "template"), f"there is no template {quoted(name)}{suggestion(name, sorted(templates))}"


def _odd_cluster(config: Config) -> Iterator[Finding]:
    """Find a cluster that is none."""
    if config.cluster is not None and config.cluster.dask is None and config.cluster.local is None:
        yield ("cluster",), "a cluster needs `dask`, the address of its scheduler, or `local`, a number of workers"


def _sections_apart(config: Config) -> Iterator[Finding]:
    """Find sections of one id or nested too deep, and a rest that is not the only one, at the top, without terms."""
    seen: dict[str, str] = {}
    rests = [path for path, section in _sections(config.sections) if section.rest and len(path) == 2]
    for path, section in _sections(config.sections):
        if section.id == RESERVED:
            yield (*path, "id"), f"'{RESERVED}' is the id of what fits no section; choose another one"
        if section.id and section.id in seen:
            yield (*path, "id"), f"section {seen[section.id]} has the id '{section.id}' too; each needs its own"
        seen.setdefault(section.id, _numbered(path))
        beside = {one.id: one.title for one in _beside(config, path)[: int(path[-1])] if one.title == section.title}
        if meant := nearest(section.id, [one for one in beside if one != section.id]):
            told = f"section '{meant}' has the title {quoted(section.title)} too: is it that one? Then write its id"
            yield (*path, "id"), f"{told}; if not, give this one another title"
        if len(path) > 2 and section.sections:
            yield (*path, "sections"), f"section '{section.id}' is a subsection; subsections have none of their own"
        if section.rest and len(path) > 2:
            yield (*path, "rest"), "a subsection cannot be the rest, which is of the whole brief"
        elif section.rest and path != rests[0]:
            yield (*path, "rest"), f"section {_numbered(rests[0])} is the rest already; there is one"
        for key in TERMS_ONLY if section.rest else ():
            if key in section.model_fields_set:
                told = f"the rest takes what matches no other section; it has no `{key.removesuffix('_')}`"
                yield (*path, key.removesuffix("_")), told


def _beside(config: Config, path: Path) -> Sequence[SectionSettings]:
    """Return the sections among which one stands."""
    beside: Sequence[SectionSettings] = config.sections
    for step in path[1:-2:2]:
        beside = beside[int(step)].sections
    return beside


def _odd_sources(config: Config) -> Iterator[Finding]:
    """Find sources that would give a secret away, and those that hold nothing that a program can read."""
    for index, source in enumerate(config.sources):
        if getattr(source, "headers", None) and source.label in config.unverified:
            yield (
                ("sources", index, "headers"),
                "with `tls: unverified` anybody may be the server: give it no `headers`",
            )
        if re.match(r"https?://news\.google\.com[/:]", source.address):
            told = "Google News leads to its own pages: name the outlets' own feeds; `briefing add URL` finds them"
            yield ("sources", index, source.kind), told


def unknown_origins(config: Config) -> Iterator[Finding]:
    """Find two sources of one name, a section's source that is not there, and an outlet that is probably misspelt."""
    names: dict[str, int] = {}
    addresses: dict[str, int] = {}
    for index, source in enumerate(config.sources):
        if source.label in names:
            key = "name" if source.name else source.kind
            yield ("sources", index, key), f"source {names[source.label]} is called {quoted(source.label)} too"
        names.setdefault(source.label, index + 1)
        if getattr(source, "grade", None) and not getattr(source, "outlet", None):
            yield ("sources", index, "grade"), "`grade` is the grade of an outlet: name it by `outlet`"
        first = addresses.setdefault(source.address, index)
        if source.label != config.sources[first].label:
            told = f"source {first + 1} is this {source.kind} too; give it one name"
            yield ("sources", index, source.kind), told
    for path, section in _sections(config.sections):
        for place, name in enumerate(section.sources):
            if name not in names:
                yield (*path, "sources", place), f"there is no source {quoted(name)}{suggestion(name, [*names])}"
        for place, name in enumerate(section.outlets):
            # An outlet that the desk says nothing of stands nowhere else; one that resembles another is misspelt.
            if name not in config.outlets and (meant := nearest(name, [*config.outlets])) is not None:
                told = f"there is no outlet {quoted(name)}, did you mean {quoted(meant)}?"
                yield (*path, "outlets", place), f"{told} If it is another one, put `{name}: {{}}` under `outlets`"


def _sections(sections: Sequence[SectionSettings], path: Path = ()) -> Iterator[tuple[Path, SectionSettings]]:
    """Yield every section with its path, those that are nested too deep as well."""
    for index, section in enumerate(sections):
        here = (*path, "sections", index)
        yield here, section
        yield from _sections(section.sections, here)


def _numbered(path: Path) -> str:
    """Return a section's number: 2, or 2.1 for the first one under it."""
    return ".".join(str(step + 1) for step in path if isinstance(step, int))


def missing_folders(config: Config, root: Node, name: str, exists: Callable[[str], bool]) -> Iterator[Finding]:
    """Find a source folder that is not there; `name` is the file that folders start from, `root` its tree."""
    for index, source in enumerate(config.sources):
        folder, path = source.address, ("sources", index, source.kind)
        if source.kind != "folder" or exists(folder):
            continue
        said_in, home = root.follow(path)[1].place.file, posixpath.dirname(name)
        told = f"there is no folder {quoted(folder)}"
        if "://" in folder:
            told += f": for an address of the web write `feed: {folder}`"
        elif folder.startswith("~"):
            told += ": write the whole path in place of the ~"
        elif not posixpath.isabs(folder) and said_in != name:
            sought = posixpath.normpath(posixpath.join(home, folder))
            told = f"there is no folder '{sought}': folders start from the file given with -c, '{name}'"
            beside = posixpath.relpath(posixpath.join(posixpath.dirname(said_in), folder), home or ".")
            told += f"; the one beside this file is '{beside}' from there" if exists(beside) else ""
        elif not posixpath.isabs(folder) and home:
            told += f" in '{home}', the folder of this file"
        yield path, told
