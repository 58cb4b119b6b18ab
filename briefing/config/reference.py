"""docs/config.md, written from the schema: `python -m briefing.config.reference > docs/config.md`."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Any

from briefing.config.outline import json_schema
from briefing.config.vocabulary import SECRET
from briefing.config.wording import PATTERNS

if TYPE_CHECKING:
    from collections.abc import Iterator

HEAD = """\
# The reference of config.yaml

Written by `python -m briefing.config.reference` from the schema in `briefing/config/`; `briefing schema` prints the
same as a JSON Schema. What is not given has its default; a key that is not listed here is refused. The file is read as
YAML 1.2: `17:30`, `no` and `2019-03-21` are text, `010` is the number 10. Duplicate keys, anchors, aliases, tags and
merge keys are refused, and so is a key with nothing behind it: `~` says none on purpose. A `#` behind a blank begins a
comment, so a colour stands in quotes: `'#17557a'`. Relative paths start from the folder of config.yaml. `${NAME}`, an
environment variable, stands for secrets and for nothing else; within braces in quotes: `{password: "${NAME}"}`.

The smallest config is a folder and one section:

```yaml
sources: [{folder: articles}]
sections:
  - {id: water, title: Water, terms: {en: [water, river, drought]}}
```
"""


def reference() -> str:
    """Return the reference as Markdown: a table for each block, in the order of the file."""
    return "\n".join([HEAD, *_block("config.yaml", json_schema(), level=2, told=set())]).rstrip("\n") + "\n"


def schema_text() -> str:
    """Return the JSON Schema as text."""
    return json.dumps(json_schema(), ensure_ascii=False, indent=2) + "\n"


def _block(name: str, schema: dict[str, Any], *, level: int, told: set[str]) -> Iterator[str]:
    """Yield a block's heading and table, then those of the blocks in it that have not been told yet."""
    yield f"{'#' * level} {name}\n"
    yield f"{schema.get('description', '')}\n"
    yield "| key | takes | default | |"
    yield "|---|---|---|---|"
    required = schema.get("required", []) or (
        schema.get("then", {}).get("required", []) if name == "config.yaml" else []
    )
    properties = schema.get("properties", {})
    for key, setting in properties.items():
        default = "**required**" if key in required else _default(setting)
        told_of = str(setting.get("description", "")).replace("|", "\\|")
        yield f"| `{key}` | {_takes(setting).replace('|', chr(92) + '|')} | {default} | {told_of} |"
    yield ""
    for key, setting in properties.items():
        path = f"{name.strip('`')}.{key}".removeprefix("config.yaml.")
        for block in _references(setting):
            yield from _below(path, block, level=level, told=told)


def _below(path: str, name: str, *, level: int, told: set[str]) -> Iterator[str]:
    """Yield a block below a key, once; one that only names a kind is passed over for the kind's own settings."""
    block = json_schema()["$defs"][name]
    if name in told:
        return
    told.add(name)
    kinds = [(key, kind) for key, setting in block["properties"].items() for kind in _references(setting)]
    if len(kinds) == len(block["properties"]) == 1:
        ((key, kind),) = kinds
        yield from _below(f"{path}: {key}", kind, level=level, told=told)
    else:
        yield from _block(f"`{path}`", block, level=min(level + 1, 3), told=told)


def _takes(setting: dict[str, Any]) -> str:
    """Return in words what a setting takes."""
    if "$ref" in setting:
        return "a block"
    alternatives = setting.get("anyOf") or setting.get("oneOf")
    if alternatives:
        return " or ".join(dict.fromkeys(_takes(one) for one in alternatives if one.get("type") != "null"))
    if "enum" in setting:
        return ", ".join(f"`{value}`" for value in setting["enum"])
    if "const" in setting:
        return f"`{setting['const']}`"
    return _KINDS[setting["type"]](setting)


def _text(setting: dict[str, Any]) -> str:
    pattern = str(setting.get("pattern", ""))
    if pattern == SECRET:
        return "`${NAME}`, an environment variable"
    return PATTERNS.get(pattern, "text")


def _number(setting: dict[str, Any]) -> str:
    name = "a whole number" if setting["type"] == "integer" else "a number"
    low, high, above = setting.get("minimum"), setting.get("maximum"), setting.get("exclusiveMinimum")
    if low is not None and high is not None:
        return f"{name}, {low:,} to {high:,}"
    words = [f"from {low:,}"] if low is not None else [f"above {above:,}"] if above is not None else []
    words += [f"up to {high:,}"] if high is not None else []
    return ", ".join([name, *words])


def _list(setting: dict[str, Any]) -> str:
    blocks = [json_schema()["$defs"][name] for name in _references(setting["items"])]
    if len(blocks) > 1:
        return f"a list of blocks, each with {' or '.join(f'`{key}`' for block in blocks for key in block['required'])}"
    return "a list of blocks" if blocks else f"a list, each item {_takes(setting['items'])}"


def _mapping(setting: dict[str, Any]) -> str:
    values: object = setting.get("additionalProperties") or next(
        iter(setting.get("patternProperties", {}).values()), {}
    )
    return f"a block of names, each with {_takes(values)}" if isinstance(values, dict) and values else "a block"


_KINDS = {
    "string": _text,
    "integer": _number,
    "number": _number,
    "boolean": lambda _setting: "`true` or `false`",
    "array": _list,
    "object": _mapping,
}


def _references(setting: dict[str, Any]) -> Iterator[str]:
    """Yield the names of the blocks that a setting refers to."""
    if "$ref" in setting:
        yield setting["$ref"].rsplit("/", 1)[-1]
    for below in ("anyOf", "oneOf"):
        for alternative in setting.get(below, ()):
            yield from _references(alternative)
    for below in ("items", "additionalProperties"):
        if isinstance(setting.get(below), dict):
            yield from _references(setting[below])


def _default(setting: dict[str, Any]) -> str:
    value = setting.get("default")
    return "" if value is None or value in ([], {}) else f"`{json.dumps(value, ensure_ascii=False)}`"


if __name__ == "__main__":
    sys.stdout.write(reference())
