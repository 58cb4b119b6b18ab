"""Every path of the schema with a wrong type, an unknown neighbour, a missing requirement: an error at the right line.

The paths are those of full.yaml, which a test holds to the schema; what is wrong is judged by jsonschema; where it
stands, by PyYAML. Each spoiled document is also the first figure of `benchmarks`: all of them must be told.
"""

from __future__ import annotations

import copy
import time
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeAlias

import pytest
import yaml
from jsonschema import Draft202012Validator

from briefing.config import Surroundings, load
from briefing.config.reference import json_schema, keys_at, schemas_at
from briefing.errors import ConfigError
from tests.pace import within

Steps = tuple[str | int, ...]
Data: TypeAlias = Any
"""What YAML holds: dicts, lists and scalars, to be walked along paths."""

AROUND = Surroundings(read=lambda _: b"version: 1\n")
TEXT = (Path(__file__).parent / "full.yaml").read_text("utf-8")
FULL: Data = yaml.load(TEXT, Loader=yaml.BaseLoader)  # noqa: S506 - it builds texts, lists and dicts only
VALIDATOR = Draft202012Validator(json_schema())
PART = Draft202012Validator({key: rule for key, rule in json_schema().items() if key not in {"if", "then"}})
"""For one block of the file alone."""
WRONG: tuple[Any, ...] = ("many words", 7, 2.5, True, None, [], [7], {}, {"zzz": 1})
LONGEST = 1.0
"""Seconds of processor time for one error."""


def typed(value: Data, steps: Steps = ()) -> Data:
    """Return full.yaml's data with numbers where its texts are numbers and the schema takes them."""
    if isinstance(value, dict):
        return {key: typed(item, (*steps, key)) for key, item in value.items()}
    if isinstance(value, list):
        return [typed(item, (*steps, index)) for index, item in enumerate(value)]
    kinds = {schema.get("type") for schema in schemas_at(steps)}
    if "boolean" in kinds:
        return value == "true"
    if "integer" in kinds or steps == ("version",):
        return int(value)
    return float(value) if "number" in kinds else value


DATA = typed(FULL)


def paths(value: Data, steps: Steps = ()) -> list[Steps]:
    below = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [steps, *(path for key, item in below for path in paths(item, (*steps, key)))]


OTHER_LENGTH: Steps = ("summary", "sentences")
"""What full.yaml cannot hold, as `words` stands beside it."""
WHOLE = {**DATA, "summary": {**DATA["summary"], "sentences": 3}}
PATHS = [*paths(DATA), OTHER_LENGTH]
BLOCKS = [path for path in paths(DATA) if keys_at(path)]


def at(data: Data, steps: Steps) -> Data:
    for step in steps:
        data = data[step]
    return data


def spoiled(steps: Steps, value: Data) -> Data:
    if not steps:
        return value
    data = {**DATA, steps[0]: copy.deepcopy(DATA[steps[0]])}
    at(data, steps[:-1])[steps[-1]] = value
    if steps == OTHER_LENGTH:
        del data["summary"]["words"]
    return data


def is_wrong(steps: Steps, value: Data) -> bool:
    """Tell whether a value is of a wrong type there; the blocks beside it are right, as a test of its own says."""
    if isinstance(value, str) and steps and (_is_list_of_words(at(WHOLE, steps)) or steps[:-1] == ("aliases",)):
        return False  # one word is a list of one; an alias is a list or a block
    data = spoiled(steps, value)
    return not (PART.is_valid({steps[0]: data[steps[0]]}) if steps else VALIDATOR.is_valid(data))


def _is_list_of_words(data: Data) -> bool:
    """Tell whether one word could stand for a list; that of a command is its words."""
    return isinstance(data, list) and all(isinstance(item, str) for item in data)


def written(data: Data) -> str:
    return yaml.dump(data, Dumper=getattr(yaml, "CSafeDumper", yaml.SafeDumper), sort_keys=False, allow_unicode=True)


@lru_cache(maxsize=8)
def composed(text: str) -> Data:
    return yaml.compose(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))


def line_of(text: str, steps: Steps) -> int:
    """Return the 1-based line of the key, or of the item of a list, at the end of a path."""
    node = composed(text)
    line = node.start_mark.line
    for step in steps:
        if isinstance(step, str):
            key, node = next((key, value) for key, value in node.value if key.value == step)
            line = key.start_mark.line
        else:
            node = node.value[step]
            line = node.start_mark.line
    return int(line) + 1


def mistakes_in(text: str) -> list[tuple[int, str, str]]:
    start = time.process_time()
    with pytest.raises(ConfigError) as raised:
        load(text, name="config.yaml", around=AROUND)
    assert within(LONGEST, since=start)
    return [(mistake.line, mistake.path, mistake.message) for mistake in raised.value.mistakes]


def named(path: Steps) -> str:
    return ".".join(map(str, path)) or "top"


def test_the_full_file_is_right_and_holds_every_setting() -> None:
    assert load(written(DATA), name="config.yaml", around=AROUND).archive.keep_days == 365
    VALIDATOR.validate(DATA)
    given = {step for path in PATHS for step in path if isinstance(step, str)}
    settings = {key for path in BLOCKS for key in keys_at(path)}
    assert settings <= given
    for path in BLOCKS:
        alike = [other for other in BLOCKS if keys_at(other) == keys_at(path)]
        assert {path[-1] for path in PATHS if path[:-1] in alike and path} >= set(keys_at(path)), path


@pytest.mark.parametrize("path", PATHS, ids=named)
def test_a_wrong_type_is_told_at_its_line(path: Steps) -> None:
    wrong = [value for value in WRONG if is_wrong(path, value)]
    assert len(wrong) >= 3
    for value in wrong[PATHS.index(path) % 3 :: 3]:  # a third of them here, the others at the paths beside it
        data = spoiled(path, value)
        text = written(data)
        lines = {line for line, _, _ in mistakes_in(text)}
        inside = {line_of(text, other) for other in paths(data) if other[: len(path)] == path} if path else {1}
        assert lines
        assert lines <= inside, value
        # A list in a list's place, or a block in a block's, is at fault for what it holds; an alias may be either.
        taken = (list, dict) if path[:1] == ("aliases",) and len(path) > 1 else type(at(WHOLE, path))
        if not (value and isinstance(value, taken)):
            assert line_of(text, path) in lines, value


@pytest.mark.parametrize("path", BLOCKS, ids=named)
def test_an_unknown_neighbour_is_told_at_its_line(path: Steps) -> None:
    for key in ("zzz", *(f"{known}x" for known in at(DATA, path))):
        data = copy.deepcopy(DATA)
        at(data, path)[key] = "some words"
        text = written(data)
        ((line, where, message),) = mistakes_in(text)
        assert line == line_of(text, (*path, key))
        assert where == ".".join(map(str, (*path, key)))
        assert message.startswith(f"unknown key '{key}'")
        if key != "zzz":
            assert message.endswith(f", did you mean '{key[:-1]}'?")


REQUIRED: list[Steps] = [(key,) for key in json_schema()["then"]["required"]]
REQUIRED += [
    (*path, key)
    for path in BLOCKS
    for schema in schemas_at(path)
    for key in schema.get("required", ())
    if key in at(DATA, path)
]


@pytest.mark.parametrize("path", REQUIRED, ids=named)
def test_a_missing_requirement_is_told_at_the_block_that_lacks_it(path: Steps) -> None:
    data = copy.deepcopy(DATA)
    del at(data, path[:-1])[path[-1]]
    text = written(data)
    ((line, _, message),) = mistakes_in(text)
    assert line == line_of(text, path[:-1])
    assert str(path[-1]) in message
