"""The schema told: as JSON Schema for editors, as docs/config.md, and as the keys that a block may have.

`python -m briefing.config.reference > docs/config.md`
"""

from __future__ import annotations

import ast
import inspect
import json
import sys
import textwrap
from functools import cache, lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, Any, cast

from briefing.config.schema import Config
from briefing.config.schema.values import FORMS, Settings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from briefing.config.messages import Path

Schema = dict[str, Any]

WORDS = {
    "string": "text",
    "integer": "a whole number",
    "number": "a number",
    "boolean": "true or false",
    "array": "a list",
    "object": "a block of `key: value` lines",
}
"""What a type of the JSON Schema is called."""

HEAD = """\
# The reference of config.yaml

Written by `python -m briefing.config.reference` from the schema in `briefing/config/`; `briefing schema` prints the
same as a JSON Schema. Omitted keys take their defaults; unknown keys are errors. The file is read as YAML 1.2: `17:30`,
`no` and `2019-03-21` are text, `010` is the number 10. Duplicate keys, anchors, aliases, tags and merge keys are
errors, and so is a key without a value: write `~` for none. A `#` after a blank begins a comment, so a colour stands in
quotes: `'#17557a'`. Relative paths start from the folder of config.yaml. `${NAME}`, an environment variable, stands for
secrets and for nothing else; within braces in quotes: `{password: "${NAME}"}`.

The smallest config is a folder and one section:

```yaml
sources: [{folder: articles}]
sections:
  - {id: water, title: Water, terms: {en: [water, river, drought]}}
```
"""


@cache
def json_schema() -> Schema:
    """Return the JSON Schema (draft 2020-12) with descriptions, defaults and enumerations. Not to be changed."""
    schema = _tidied(Config.model_json_schema(by_alias=True, mode="validation"))
    for model in Settings.__subclasses__():
        block = schema if model is Config else schema["$defs"].get(model.__name__, {})
        for attribute, told in _docstrings(model).items():
            setting = model.model_fields[attribute]
            described = block.get("properties", {}).get(setting.alias or attribute, {})
            described["description"] = told
            default = setting.get_default(call_default_factory=True, validated_data={})
            if isinstance(default, list) and default:
                described["default"] = default
    # on a domain that is reserved for examples (RFC 2606): an identifier, not an address
    head = {"$id": "https://briefing.example/config.schema.json", "title": "config.yaml of briefing"}
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **head, **schema}


def schema_text() -> str:
    """Return the JSON Schema as text."""
    return json.dumps(json_schema(), ensure_ascii=False, indent=2) + "\n"


def _docstrings(model: type[Settings]) -> dict[str, str]:
    """Return the docstring below each setting of a block, on one line."""
    body = cast("ast.ClassDef", ast.parse(textwrap.dedent(inspect.getsource(model))).body[0]).body
    return {
        attribute.target.id: " ".join(told.value.value.split())
        for attribute, told in pairwise(body)
        if isinstance(attribute, ast.AnnAssign) and isinstance(attribute.target, ast.Name)
        if attribute.target.id in model.model_fields and isinstance(told, ast.Expr)
        if isinstance(told.value, ast.Constant) and isinstance(told.value.value, str)
    }


def _tidied(value: Any) -> Any:  # noqa: ANN401 - JSON
    """Return the schema without the titles that only repeat the keys, and with descriptions on one line."""
    if isinstance(value, list):
        return [_tidied(item) for item in value]
    if not isinstance(value, dict):
        return value
    kept = {key: _tidied(item) for key, item in value.items() if not (key == "title" and isinstance(item, str))}
    if isinstance(kept.get("description"), str):
        kept["description"] = " ".join(kept["description"].split())
    return kept


# ── what may stand at a place ────────────────────────────────────────────────────────────────────────────────────


def keys_at(path: Path) -> tuple[str, ...]:
    """Return the keys that the block at a path may have, in the order of the reference; none where it names its own."""
    return tuple(dict.fromkeys(key for schema in schemas_at(path) for key in schema.get("properties", {})))


@lru_cache(maxsize=4096)
def schemas_at(path: Path) -> tuple[Schema, ...]:
    """Return the schemas that what stands at a path may follow; none where the path is unknown."""
    if not path:
        return (json_schema(),)
    below = (_below(schema, path[-1]) for schema in schemas_at(path[:-1]))
    return tuple(one for schema in below if isinstance(schema, dict) for one in _resolved(schema))


def homes() -> dict[str, list[str]]:
    """Return for each key in a block of the first level the blocks that take it: `timezone` → brief, schedule."""
    found: dict[str, dict[str, None]] = {}
    for name in keys_at(()):
        for key in keys_at((name,)) + keys_at((name, 0)):
            found.setdefault(key, {})[name] = None
    return {key: [*names] for key, names in found.items()}


def _resolved(schema: Schema) -> Iterator[Schema]:
    """Yield what a schema stands for: the target of its reference, or each of its alternatives."""
    if "$ref" in schema:
        yield from _resolved(json_schema()["$defs"][schema["$ref"].rsplit("/", 1)[-1]])
    elif alternatives := schema.get("anyOf") or schema.get("oneOf"):
        for alternative in alternatives:
            yield from _resolved(alternative)
    else:
        yield schema


def _below(schema: Schema, step: str | int) -> object:
    """Return the schema under a key or of an item, or None."""
    if isinstance(step, int):
        return schema.get("items")
    patterns = schema.get("patternProperties", {})
    return schema.get("properties", {}).get(step) or next(iter(patterns.values()), schema.get("additionalProperties"))


# ── docs/config.md ───────────────────────────────────────────────────────────────────────────────────────────────


def reference() -> str:
    """Return the reference as Markdown: a table for each block, in the order of the file."""
    return "\n".join([HEAD, *_block("config.yaml", json_schema(), level=2, told=set())]).rstrip("\n") + "\n"


def _block(name: str, schema: Schema, *, level: int, told: set[str]) -> Iterator[str]:
    """Yield a block's heading and table, then those of the blocks in it that have not been told yet."""
    yield f"{'#' * level} {name}\n\n{schema.get('description', '')}\n\n| key | takes | default | |\n|---|---|---|---|"
    required = schema.get("required") or (schema.get("then", {}).get("required", []) if level == 2 else [])
    for key, setting in schema["properties"].items():
        value = setting.get("default")
        default = "" if value in (None, [], {}) else f"`{json.dumps(value, ensure_ascii=False)}`"
        cells = (_takes(setting), "**required**" if key in required else default, setting["description"])
        yield f"| `{key}` | {' | '.join(cell.replace('|', chr(92) + '|') for cell in cells)} |"
    yield ""
    for key, setting in schema["properties"].items():
        path = f"{name.strip('`')}.{key}".removeprefix("config.yaml.")
        for block in _references(setting):
            yield from _block_below(path, block, told=told)


def _block_below(path: str, name: str, *, told: set[str]) -> Iterator[str]:
    """Yield a block below a key, once; one that only names a kind is passed over for the kind's own settings."""
    block = json_schema()["$defs"][name]
    if name in told:
        return
    told.add(name)
    kinds = [(key, kind) for key, setting in block["properties"].items() for kind in _references(setting)]
    if len(kinds) == len(block["properties"]) == 1:
        yield from _block_below(f"{path}: {kinds[0][0]}", kinds[0][1], told=told)
    else:
        yield from _block(f"`{path}`", block, level=3, told=told)


def _takes(setting: Schema) -> str:
    """Return in words what a setting takes."""
    if alternatives := setting.get("anyOf") or setting.get("oneOf"):
        return " or ".join(dict.fromkeys(_takes(one) for one in alternatives if one.get("type") != "null"))
    if choices := setting.get("enum") or ([setting["const"]] if "const" in setting else []):
        return ", ".join(f"`{value}`" for value in choices)
    match setting.get("type"):
        case "string":
            return FORMS.get(setting.get("pattern", ""), "text")
        case "array":
            kinds = [
                key for name in _references(setting["items"]) for key in json_schema()["$defs"][name]["properties"]
            ]
            if "oneOf" in setting["items"] or "anyOf" in setting["items"]:
                return f"a list of blocks, each with {' or '.join(f'`{key}`' for key in kinds)}"
            return "a list of blocks" if kinds else f"a list, each item {_takes(setting['items'])}"
        case "object":
            values = [setting.get("additionalProperties"), *setting.get("patternProperties", {}).values()]
            return f"a block of names, each with {_takes(next(value for value in reversed(values) if value))}"
        case "boolean":
            return "`true` or `false`"
        case None:
            return "a block"
    low, high, above = setting.get("minimum"), setting.get("maximum"), setting.get("exclusiveMinimum")
    if low is not None and high is not None:
        return f"{WORDS[setting['type']]}, {low:,} to {high:,}"
    bounds = [
        f"{word} {bound:,}" for word, bound in (("from", low), ("above", above), ("up to", high)) if bound is not None
    ]
    return ", ".join([WORDS[setting["type"]], *bounds])


def _references(setting: Schema) -> Iterator[str]:
    """Yield the names of the blocks that a setting refers to."""
    if "$ref" in setting:
        yield setting["$ref"].rsplit("/", 1)[-1]
    inner = [
        setting.get("items"),
        setting.get("additionalProperties"),
        *setting.get("anyOf", ()),
        *setting.get("oneOf", ()),
    ]
    for below in inner:
        if isinstance(below, dict):
            yield from _references(below)


if __name__ == "__main__":
    sys.stdout.write(reference())
