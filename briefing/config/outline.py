"""The shape of config.yaml as a JSON Schema, for editors, for the reference, and to name the keys of a block."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from briefing.config.schema import Config

if TYPE_CHECKING:
    from collections.abc import Iterator

    from briefing.config.nodes import Path

DIALECT = "https://json-schema.org/draft/2020-12/schema"
IDENTIFIER = "https://briefing.example/config.schema.json"
"""On a domain that is reserved for examples (RFC 2606): an identifier, not an address."""


@cache
def json_schema() -> dict[str, Any]:
    """Return the JSON Schema (draft 2020-12) with descriptions, defaults and enumerations. Not to be changed."""
    schema = Config.model_json_schema(by_alias=True, mode="validation")
    return {"$schema": DIALECT, "$id": IDENTIFIER, **_without_titles(schema), "title": "config.yaml of briefing"}


def keys_at(path: Path) -> tuple[str, ...]:
    """Return the keys that the block at a path may have, in the order of the reference; none where it names its own."""
    keys = [key for schema in _at(json_schema(), path) for key in schema.get("properties", {})]
    return tuple(dict.fromkeys(keys))


def resolved(schema: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield what a schema stands for: the target of its reference, or each of its alternatives."""
    if "$ref" in schema:
        name = schema["$ref"].rsplit("/", 1)[-1]
        yield from resolved(json_schema()["$defs"][name])
    elif "anyOf" in schema or "oneOf" in schema:
        for alternative in schema.get("anyOf", schema.get("oneOf")):
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
