"""YAML that is right, read by both parsers: layouts, quotes, comments, line folding; each with what it means."""

from __future__ import annotations

import pytest
import yaml

from briefing.config import load, read_yaml, reading
from briefing.errors import ConfigError

PARSERS = [yaml.Loader, getattr(yaml, "CLoader", yaml.Loader)]

CASES: dict[str, tuple[str, object]] = {
    "a flat block": ("a: 1\nb: x y\n", {"a": 1, "b": "x y"}),
    "a list under its key": ("a:\n- x\n- y\n", {"a": ["x", "y"]}),
    "a list in brackets over lines": ("a: [x,\n    y,\n  ]\n", {"a": ["x", "y"]}),
    "a block in braces": ("a: {b: 1, c: [2, 3], d: {}}\n", {"a": {"b": 1, "c": [2, 3], "d": {}}}),
    "blocks in a list": ("- a: 1\n  b: 2\n-\n  a: 3\n", [{"a": 1, "b": 2}, {"a": 3}]),
    "a list in a list": ("- - x\n  - y\n- [z]\n", [["x", "y"], ["z"]]),
    "nothing after a key": ("a:\nb:\n  - \n", {"a": None, "b": [None]}),
    "a comment behind a value": ("a: x # said\nb: x#y\n# c: z\n", {"a": "x", "b": "x#y"}),
    "colons inside text": (
        "a: x:y\nb: http://example.org/#top\nc: 06:30\n",
        {"a": "x:y", "b": "http://example.org/#top", "c": "06:30"},
    ),
    "single quotes": ("a: 'it''s # no: comment'\n", {"a": "it's # no: comment"}),
    "double quotes": ('a: "\\u00e9\\n\\"x\\" \\\\"\n', {"a": 'é\n"x" \\'}),
    "quotes over lines": ('a: "one\n  two\n\n  three"\n', {"a": "one two\nthree"}),
    "text over lines": ("a: one\n  two\n  three\nb: 1\n", {"a": "one two three", "b": 1}),
    "a literal block": ("a: |\n  one\n    two\n\n  three\nb: 1\n", {"a": "one\n  two\n\nthree\n", "b": 1}),
    "a folded block": ("a: >-\n  one\n  two\n\n  three\n", {"a": "one two\nthree"}),
    "an explicit key": ("? a\n: 1\n", {"a": 1}),
    "quoted keys": ("'a b': 1\n\"c: d\": 2\n", {"a b": 1, "c: d": 2}),
    "keys that look like other things": ("no: 1\n12: 2\n~: 3\n1.5: 4\n", {"no": 1, "12": 2, "~": 3, "1.5": 4}),
    "an explicit start and end": ("---\na: 1\n...\n", {"a": 1}),
    "any script": ("الباغوز: [قسد, 東部]\n", {"الباغوز": ["قسد", "東部"]}),
    "a plus, a bar, an apostrophe in a term": (
        "[a + b, c | d, l'armée, d'Oru]\n",
        ["a + b", "c | d", "l'armée", "d'Oru"],
    ),
    "an emoji": ("a: 🙂\n", {"a": "🙂"}),
    "an empty text": ("a: ''\nb: \"\"\n", {"a": "", "b": ""}),
    "a dash and a question mark in text": ("a: -x\nb: ?y\nc: x - y\n", {"a": "-x", "b": "?y", "c": "x - y"}),
}


@pytest.mark.parametrize("parser", PARSERS)
@pytest.mark.parametrize(("text", "meant"), CASES.values(), ids=CASES)
def test_yaml_means_what_it_says(text: str, meant: object, parser: type, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "PARSER", parser)
    read = read_yaml(text, name="c.yaml")
    assert not read.mistakes
    assert read.node is not None
    assert read.node.plain() == meant


@pytest.mark.skipif(not yaml.__with_libyaml__, reason="PyYAML's own parser takes it for a key without a value")
def test_a_colon_that_ends_a_word_in_brackets_is_told_in_plain_words() -> None:
    with pytest.raises(ConfigError, match=r"1:11: a ':' cannot stand here: quote the text"):
        load("en: [water:, river]", name="config.yaml")
