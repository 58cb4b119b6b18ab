"""A list of feeds from a feed reader (OPML), and sources as the lines of YAML to paste into config.yaml. Pure."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, TypeAlias

from briefing.sources.addresses import AGGREGATORS, host_of, identity_url

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    _Tree: TypeAlias = Any

OPML_BYTES = 10_000_000
NAME_CHARS = 80
"""As config.yaml has it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """A source to be pasted."""

    url: str
    kind: str = "feed"
    name: str | None = None
    comments: tuple[str, ...] = ()
    """Lines above it."""
    settings: tuple[tuple[str, str], ...] = ()
    """Further keys, their values as YAML."""
    refused: str | None = None
    """Why it cannot be a source: then it stands as a comment."""


def feeds_of(content: bytes) -> tuple[Listed, ...]:
    """Return the feeds of an OPML file in its order, each once; ValueError where it is none.

    A folder is what holds others, whatever it calls its type; its name stands above the first feed in it.
    """
    from lxml import etree

    parser = etree.XMLParser(recover=True, resolve_entities=False, no_network=True, huge_tree=False)
    try:
        tree = etree.fromstring(content.strip(), parser)
    except etree.XMLSyntaxError:
        tree = None
    if tree is None or (isinstance(tree.tag, str) and _name(tree) != "opml"):
        raise ValueError("it is no OPML: no <opml> in it")
    found: dict[str, Listed] = {}
    above: tuple[str, ...] = ()
    for listed, folders in _outlines(tree, ()):
        if identity_url(listed.url) in found:
            continue
        heading = (" / ".join(folders) or "Feeds without a folder",) if folders != above else ()
        found[identity_url(listed.url)] = replace(listed, comments=heading)
        above = folders
    return tuple(found.values())


def _outlines(node: _Tree, folders: tuple[str, ...]) -> Iterator[tuple[Listed, tuple[str, ...]]]:
    """Yield the feeds below a node with the names of the folders that they are in."""
    waiting = [(node, folders)]
    while waiting:
        inner, path = waiting.pop()
        if not isinstance(inner.tag, str):
            continue
        told = {name.lower(): " ".join(value.split()) for name, value in inner.attrib.items()}
        title = told.get("text") or told.get("title") or ""
        if _name(inner) == "outline" and told.get("xmlurl"):
            yield _listed(told["xmlurl"], title), path
        below = (*path, title) if title and _name(inner) == "outline" else path
        waiting += [(child, below) for child in reversed(inner)]


def _listed(url: str, title: str) -> Listed:
    """Return a feed under its title; where a reader wrote none, or the address, under its host."""
    for scheme in ("feed://", "feed:"):
        if url.lower().startswith(scheme):
            rest = url[len(scheme) :]
            url = rest if "://" in rest else f"https://{rest.lstrip('/')}"
    name = title if title and "://" not in title else host_of(url).removeprefix("www.")
    refused = why_refused(url)
    return Listed(url=_without_password(url.partition("#")[0]), name=name or None, refused=refused)


def _without_password(url: str) -> str:
    scheme, sign, rest = url.partition("://")
    place, slash, path = rest.partition("/")
    return f"{scheme}{sign}{place.rpartition('@')[2]}{slash}{path}"


def why_refused(url: str) -> str | None:
    """Return why an address cannot be a source, with what to do; None where it can."""
    host = host_of(url)
    if not host or any(char in url for char in ' \\"<>') or not url.isprintable():
        return "it is no address of the web (http or https)"
    if "@" in url.partition("://")[2].partition("/")[0]:
        return "it has a name or a password in it: give them under `headers`, as ${NAME}"
    if host in AGGREGATORS:
        return "its links lead to its own pages: name the outlets' own feeds"
    return None


def _name(node: _Tree) -> str:
    return str(node.tag).rpartition("}")[2].lower()


# -- YAML --------------------------------------------------------------------------------------------------------------


def as_yaml(sources: Iterable[Listed]) -> str:
    """Return sources as a block of YAML; no two have the same name, and what is refused is a comment."""
    lines = ["sources:"]
    names: set[str] = set()
    for source in sources:
        lines += [f"  # {_one_line(comment)}".rstrip() for comment in source.comments]
        if source.refused:
            lines.append(f"  # {source.kind}: {_quoted(source.url)}: {source.refused}")
            continue
        lines.append(f"  - {source.kind}: {_quoted(source.url)}")
        if name := _unique(source, names):
            lines.append(f"    name: {_quoted(name)}")
        lines += [f"    {key}: {value}" for key, value in source.settings]
    return "\n".join(lines) + "\n"


def _unique(source: Listed, names: set[str]) -> str | None:
    """Return a name that no source before has: with the host behind it, or else a number."""
    name = _one_line(source.name or "")[:NAME_CHARS].strip()
    if not name:
        return None
    host, number = host_of(source.url), 2
    candidate = name
    while candidate in names:
        tail = f" ({host})" if number == 2 else f" ({host} {number - 1})"
        candidate = f"{name[: NAME_CHARS - len(tail)].strip()}{tail}"
        number += 1
    names.add(candidate)
    return candidate


def _one_line(text: str) -> str:
    return " ".join("".join(char if char.isprintable() else " " for char in text).split())


def _quoted(text: str) -> str:
    """Return a text as YAML has it in double quotes, as JSON does."""
    return json.dumps(_one_line(text), ensure_ascii=False)
