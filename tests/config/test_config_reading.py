"""YAML as it is read: scalars of YAML 1.2, what is refused, and that nothing else than a ConfigError ever escapes."""

from __future__ import annotations

import math
import re
import time
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from briefing.config import LARGEST, decode, load, read_yaml, reading
from briefing.config.reading import value_of
from briefing.errors import ConfigError, Mistake
from tests.pace import within

SMALLEST = "sources: [{folder: articles}]\nsections: [{id: water, title: Water, terms: {en: [water]}}]\n"
PARSERS = [yaml.Loader, getattr(yaml, "CLoader", yaml.Loader)]


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("17:30", "17:30"),
        ("1:2:3", "1:2:3"),
        ("no", "no"),
        ("on", "on"),
        ("Yes", "Yes"),
        ("y", "y"),
        ("010", 10),
        ("0o10", 8),
        ("0x1F", 31),
        ("0b11", "0b11"),
        ("1_000", "1_000"),
        ("+12", 12),
        ("-0", 0),
        ("1.", 1.0),
        (".5", 0.5),
        ("1e3", 1000.0),
        ("1.5e-3", 0.0015),
        ("-.inf", -math.inf),
        (".Inf", math.inf),
        ("2019-03-21", "2019-03-21"),
        ("2019-03-21T06:30:00Z", "2019-03-21T06:30:00Z"),
        ("1.2.3", "1.2.3"),
        ("true", True),
        ("FALSE", False),
        ("tRUE", "tRUE"),
        ("null", None),
        ("~", None),
        ("", None),
        ("=", "="),
        ("-", "-"),
        ("é", "é"),
    ],
)
def test_plain_scalars_are_what_yaml_1_2_takes_them_for(written: str, meant: object) -> None:
    value = value_of(written)
    assert value == meant
    assert type(value) is type(meant)


def test_not_a_number_is_a_number_that_is_none() -> None:
    assert math.isnan(float(str(value_of(".NaN"))))


@pytest.mark.parametrize("parser", PARSERS)
def test_quotes_and_blocks_make_text(parser: type, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "PARSER", parser)
    text = "a: '17'\nb: \"true\"\nc: |\n  12\nd: >-\n  ~\n1: yes\nnull: x\n"
    node = read_yaml(text, name="c.yaml").node
    assert node is not None
    assert node.plain() == {"a": "17", "b": "true", "c": "12\n", "d": "~", "1": "yes", "null": "x"}


def test_the_smallest_config_is_a_folder_and_a_section() -> None:
    config = load(SMALLEST, name="config.yaml")
    assert config.brief.timezone == "UTC"
    assert config.summary.method == "fusion"


@pytest.mark.parametrize("before", ["\ufeff", "---\n", "# a comment\n\n", "%YAML 1.2\n---\n"])
def test_what_may_stand_in_front(before: str) -> None:
    if before.startswith("%"):
        with pytest.raises(ConfigError, match="directives"):
            load(before + SMALLEST, name="config.yaml")
    else:
        assert load(before + SMALLEST, name="config.yaml") == load(SMALLEST, name="config.yaml")


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_line_ends_of_every_system(newline: str) -> None:
    assert load(SMALLEST.replace("\n", newline), name="config.yaml").sections[0].id == "water"
    with pytest.raises(ConfigError) as raised:
        load((SMALLEST + "x: 1\n").replace("\n", newline), name="config.yaml")
    assert [mistake.line for mistake in raised.value.mistakes] == [3]


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"a: 1\nb: caf\xe9\n", "c.yaml:2:7: not UTF-8 text (byte 0xe9); save the file as UTF-8"),
        ("a: 1\n".encode("utf-16"), "c.yaml:1:1: not UTF-8 text (byte 0xff); save the file as UTF-8"),
        (b"\x89PNG\r\n\x1a\n", "c.yaml:1:1: not UTF-8 text (byte 0x89); save the file as UTF-8"),
        (b"a" * 64_000_000, "c.yaml:1:1: larger than 1,000,000 bytes: this is no config"),
    ],
)
def test_bytes_that_are_no_text(content: bytes, told: str) -> None:
    with pytest.raises(ConfigError) as raised:
        decode(content, name="c.yaml")
    assert str(raised.value) == told


MANY = 18_000
LETTERS = "bcdefghi"
BOMB = "a: &a [x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"{letter}: &{letter} [{', '.join([f'*{chr(ord(letter) - 1)}'] * 9)}]\n" for letter in LETTERS
)
HOSTILE = {
    "64 megabytes": "a: b\n" * 12_800_000,
    "a bomb of aliases": BOMB,
    "a bomb of merges": "m0: &m0 {a: 1}\n"
    + "".join(f"m{n}: &m{n} {{<<: [*m{n - 1}, *m{n - 1}]}}\n" for n in range(1, 60)),
    "brackets": "[" * 5_000,
    "braces": "{a: " * 5_000,
    "dashes": "- " * 5_000,
    "questions": "? " * 5_000,
    "steps": "".join(" " * depth + "a:\n" for depth in range(1_000)),
    "unknown keys": "".join(f"key{number}: {number}\n" for number in range(MANY // 2)),
    "one key": "key: 1\n" * (MANY // 2),
    "unknown sources": "sources:\n" + "".join(f"  - {number}\n" for number in range(MANY)),
    "bare sections": "sections:\n" + "  - {id: s}\n" * (MANY // 4),
    "too many": "sources:\n" + "  - a\n" * 100_000,
    "a long line": f"version: {'x' * 900_000}\n",
    "a long key": f"{'x' * 900_000}: 1\n",
    "a long number": f"version: {'9' * 900_000}\n",
    "colons": "a:" * 300_000,
    "quotes": "'" * 500_001,
    "anchors": "".join(f"k{number}: &a{number} 1\n" for number in range(MANY // 4)),
    "a password without end": f"{'password' * 110_000} {' ' * 9_000}\n",
    "many passwords": "password " * 100_000 + ":\n",
    "addresses": "a: b: http://x:" + "://:" * 200_000 + "\n",
    "a tag that cannot be": 'version: !!int "x"\n',
    "a number in an escape": 'version: "\\U00110000"\n',
    "a huge version": "%YAML 99999999999999999999.1\n---\nversion: 1\n",
    "half a character": "version: \ud800\n",
    "a line separator": "version: \u2028 1\n",
}


@pytest.mark.parametrize("parser", PARSERS)
@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_hostile_text_ends_in_one_clean_error_within_a_second(
    text: str, parser: type, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "PARSER", parser)
    start = time.process_time()
    with pytest.raises(ConfigError) as raised:
        load(text, name="c.yaml")
    assert within(2 if parser is yaml.Loader else 1, since=start)  # PyYAML alone reads slowly
    assert raised.value.mistakes
    assert str(raised.value).startswith("c.yaml:")
    assert len(str(raised.value)) < LARGEST


SAMPLE = (Path(__file__).parents[2] / "config.yaml").read_text("utf-8")
PIECES = [
    "[",
    "]",
    "{",
    "}",
    ":",
    ": ",
    "- ",
    "\n",
    "\n  ",
    "\t",
    "&a ",
    "*a",
    "!!int ",
    "'",
    '"',
    "|\n",
    "? ",
    "<<: ",
    "#",
    "%",
    "\\",
    "0",
    "~",
]


def mistakes_of(text: str) -> tuple[Mistake, ...]:
    try:
        load(text, name="config.yaml")
    except ConfigError as error:
        return error.mistakes
    return ()


@given(st.data())
@settings(max_examples=150)
def test_a_spoiled_sample_is_read_or_refused_and_nothing_else(data: st.DataObject) -> None:
    text = SAMPLE
    for _ in range(data.draw(st.integers(1, 4))):
        start = data.draw(st.integers(0, len(text)))
        end = min(len(text), start + data.draw(st.integers(0, 30)))
        text = text[:start] + data.draw(st.sampled_from(PIECES) | st.text(max_size=5)) + text[end:]
    lines = len(text.splitlines()) + 1
    assert all(1 <= mistake.line <= lines and mistake.column >= 1 for mistake in mistakes_of(text))


@pytest.mark.parametrize("parser", PARSERS)
@given(text=st.lists(st.sampled_from(PIECES) | st.text(max_size=4), max_size=30).map("".join))
@settings(max_examples=150)
def test_any_text_is_refused_with_a_place(parser: type, text: str) -> None:
    used, reading.PARSER = reading.PARSER, parser
    try:
        with pytest.raises(ConfigError):
            load(text, name="config.yaml")
    finally:
        reading.PARSER = used


def test_one_word_is_a_list_of_one_and_several_are_told() -> None:
    text = (
        "sources: [{folder: articles}]\nabout: Harbour\naliases: {SDF: FDS}\n"
        "sections: [{id: water, title: Water, terms: {en: flood}, examples: The flood reaches the mill}]\n"
        "schedule: {at: '06:30', days: mon}\n"
    )
    config = load(text, name="config.yaml")
    assert (config.about, config.aliases) == (["Harbour"], {"SDF": ["FDS"]})
    assert (config.sections[0].terms, config.sections[0].examples) == (
        {"en": ["flood"]},
        ["The flood reaches the mill"],
    )
    assert config.schedule is not None
    assert (config.schedule.at, config.schedule.days) == (["06:30"], ["mon"])
    with pytest.raises(ConfigError, match=r"`days` must be a list, not 'mon, tue'; put it in brackets: \[mon, tue\]"):
        load(text.replace("mon", "'mon, tue'"), name="config.yaml")


def test_one_block_is_a_list_of_one() -> None:
    text = (
        "sources: {folder: articles}\nuse: conflict\ndeliver: {folder: {path: share}}\n"
        "sections: {id: water, title: Water, terms: {en: flood}}\n"
    )
    config = load(text, name="config.yaml")
    assert (len(config.sources), config.use, len(config.deliver)) == (1, ["conflict"], 1)
    assert config.sections[0].terms == {"en": ["flood"]}
    with pytest.raises(ConfigError, match="`sections` must be a list, not a block"):
        load("sources: {folder: a}\nsections: {water: {title: Water}}\n", name="config.yaml")
    with pytest.raises(ConfigError, match="each source says of which kind it is: `- folder: seeds`"):
        load("sources: articles\nsections: {id: water, title: Water, terms: {en: flood}}\n", name="config.yaml")


@pytest.mark.parametrize(
    ("written", "right", "read"),
    [
        ("6:30 am", "06:30", "'6:30 am'"),
        ("6:30", "06:30", "'6:30'"),
        ("7pm", "19:00", "'7pm'"),
        ("12 AM", "00:00", "'12 AM'"),
        ("18h05", "18:05", "'18h05'"),
        ("'0630'", "06:30", "'0630'"),
        ("0630", "06:30", "630, which is read as a number"),
        ("6", "06:00", "6, which is read as a number"),
        ("6.30", "06:30", "6.3, which is read as a number"),
        ("1805", "18:05", "1805, which is read as a number"),
    ],
)
def test_a_time_written_otherwise_is_told_as_it_is_written_here(written: str, right: str, read: str) -> None:
    sections = "sections: [{id: water, title: Water, terms: {en: [flood]}}]"
    text = f"sources: [{{folder: a}}]\n{sections}\nschedule: {{at: {written}}}\n"
    told = f"item 1 of `at` must be written {right}, on the clock of 24 hours, not {read}"
    with pytest.raises(ConfigError, match=re.escape(told)):
        load(text, name="config.yaml")
