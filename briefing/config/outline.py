"""The shape of config.yaml as a JSON Schema, for editors, for the reference, and to name the keys of a block."""

from __future__ import annotations

import ast
import inspect
import textwrap
from functools import cache, lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, Any, cast

from briefing.config.schema import Config
from briefing.config.vocabulary import Settings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from briefing.config.nodes import Path

DIALECT = "https://json-schema.org/draft/2020-12/schema"
IDENTIFIER = "https://briefing.example/config.schema.json"
"""On a domain that is reserved for examples (RFC 2606): an identifier, not an address."""


@cache
def json_schema() -> dict[str, Any]:
    """Return the JSON Schema (draft 2020-12) with descriptions, defaults and enumerations. Not to be changed."""
    schema = _without_titles(Config.model_json_schema(by_alias=True, mode="validation"))
    for name, model in _models().items():
        block = schema if model is Config else schema["$defs"].get(name, {})
        for attribute, told in _told(model).items():
            setting = model.model_fields[attribute]
            described = block.get("properties", {}).get(setting.alias or attribute, {})
            described["description"] = told
            made = setting.get_default(call_default_factory=True, validated_data={})
            if isinstance(made, list) and made:
                described["default"] = made
    return {"$schema": DIALECT, "$id": IDENTIFIER, "title": "config.yaml of briefing", **schema}


def _models() -> dict[str, type[Settings]]:
    """Return every block by the name of its class."""
    return {model.__name__: model for model in sorted(Settings.__subclasses__(), key=lambda model: model.__name__)}


def _told(model: type[Settings]) -> dict[str, str]:
    """Return the docstring below each attribute of a block, on one line."""
    body = cast("ast.ClassDef", ast.parse(textwrap.dedent(inspect.getsource(model))).body[0]).body
    return {
        attribute.target.id: " ".join(inspect.cleandoc(told.value.value).split())
        for attribute, told in pairwise(body)
        if isinstance(attribute, ast.AnnAssign) and isinstance(attribute.target, ast.Name)
        if isinstance(told, ast.Expr) and isinstance(told.value, ast.Constant) and isinstance(told.value.value, str)
    }


def keys_at(path: Path) -> tuple[str, ...]:
    """Return the keys that the block at a path may have, in the order of the reference; none where it names its own."""
    keys = [key for schema in schemas_at(path) for key in schema.get("properties", {})]
    return tuple(dict.fromkeys(keys))


@lru_cache(maxsize=4096)
def schemas_at(path: Path) -> tuple[dict[str, Any], ...]:
    """Return the schemas that what stands at a path may follow; none where the path is unknown."""
    return tuple(_at(json_schema(), path))


@cache
def homes() -> dict[str, tuple[str, ...]]:
    """Return for each key in a block of the first level the blocks that take it: `timezone` → brief, schedule."""
    found: dict[str, list[str]] = {}
    for name, setting in json_schema()["properties"].items():
        for schema in resolved(setting):
            for block in resolved(schema.get("items", schema)):
                for key in block.get("properties", {}):
                    found.setdefault(key, []).append(name)
    return {key: tuple(dict.fromkeys(names)) for key, names in found.items()}


def resolved(schema: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield what a schema stands for: the target of its reference, or each of its alternatives."""
    if "$ref" in schema:
        name = schema["$ref"].rsplit("/", 1)[-1]
        yield from resolved(json_schema()["$defs"][name])
    elif "anyOf" in schema or "oneOf" in schema:
        for alternative in schema.get("anyOf") or schema["oneOf"]:
            yield from resolved(alternative)
    else:
        yield schema


def _at(schema: dict[str, Any], path: Path) -> Iterator[dict[str, Any]]:
    """Yield the schemas of what stands at a path."""
    for candidate in resolved(schema):
        if not path:
            yield candidate
            continue
        step, rest = path[0], path[1:]
        below = candidate.get("items") if isinstance(step, int) else _below(candidate, step)
        if isinstance(below, dict):
            yield from _at(below, rest)


def _below(schema: dict[str, Any], key: str) -> object:
    """Return the schema under a key, or None."""
    patterns = schema.get("patternProperties", {})
    named = schema.get("properties", {}).get(key)
    return named or next(iter(patterns.values()), None) or schema.get("additionalProperties")


def _without_titles(value: Any) -> Any:  # noqa: ANN401 - JSON
    """Return the schema without the titles that only repeat the keys, and with descriptions on one line."""
    if isinstance(value, list):
        return [_without_titles(item) for item in value]
    if not isinstance(value, dict):
        return value
    kept = {key: _without_titles(item) for key, item in value.items() if not (key == "title" and isinstance(item, str))}
    if isinstance(kept.get("description"), str):
        kept["description"] = " ".join(kept["description"].split())
    return kept
