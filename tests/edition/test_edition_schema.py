"""brief.json and its schema: whatever is written reads back as it was, to the byte."""

from __future__ import annotations

import json
import sys
from dataclasses import MISSING, fields, is_dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from types import NoneType
from typing import Any, get_args, get_origin, get_type_hints

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefing.edition import Brief, as_data, json_bytes, read_brief
from briefing.edition import schema as declared
from briefing.models import Status
from tests.render.sample import sample_brief

ROOT = Path(__file__).parents[1]
GOLDEN = ROOT / "render" / "golden" / "brief.json"

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
TIMES = st.datetimes(datetime(1900, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 - it is drawn
PLAIN: dict[Any, st.SearchStrategy[Any]] = {
    str: TEXT,
    int: st.integers(0, 2**40),
    float: st.floats(allow_nan=False, allow_infinity=False),
    bool: st.booleans(),
    NoneType: st.none(),
    date: st.dates(date(1900, 1, 1)),
    datetime: TIMES.map(lambda at: at.replace(microsecond=0)),
    Status: st.sampled_from(Status),
}
NAMES = {"datetime": datetime} | vars(declared)
"""What the hints of fields name, but for the values of their own module."""


def some(kind: Any) -> st.SearchStrategy[Any]:  # noqa: ANN401 - whatever the schema declares
    """Return what draws values of a type of the schema."""
    if kind in PLAIN:
        return PLAIN[kind]
    if isinstance(kind, type) and is_dataclass(kind):
        parts = {
            name: some(hint) for name, hint in get_type_hints(kind, vars(sys.modules[kind.__module__]) | NAMES).items()
        }
        return st.builds(kind, **parts | ({"version": st.just(1), "listing": st.just(b"")} if kind is Brief else {}))
    inside = [some(each) for each in get_args(kind) if each is not ...]
    if get_origin(kind) is tuple:
        return st.lists(*inside, max_size=2).map(tuple) if ... in get_args(kind) else st.tuples(*inside)
    return st.dictionaries(*inside, max_size=2) if get_origin(kind) is dict else st.one_of(inside)


def test_the_golden_brief_reads_back_to_the_byte() -> None:
    content = GOLDEN.read_bytes()
    assert json_bytes(read_brief(content)) == content
    assert read_brief(content) == sample_brief()


@settings(max_examples=60)
@given(some(Brief))
def test_any_brief_reads_back_as_it_was(brief: Brief) -> None:
    assert read_brief(json_bytes(brief)) == brief
    assert json_bytes(read_brief(json_bytes(brief))) == json_bytes(brief)


def test_keys_of_a_later_release_are_passed_over() -> None:
    data = as_data(sample_brief())
    data["weather"] = {"sky": "clear"}
    data["sections"][0]["stories"][0]["tone"] = "bitter"
    assert read_brief(json.dumps(data).encode()) == sample_brief()


def test_an_edition_of_the_first_release_is_read() -> None:
    """The keys of design.md and no others."""
    assert (
        read_brief(json.dumps(_with_required_keys(as_data(sample_brief()), Brief)).encode()).edition.id == "2024-05-14"
    )


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"{}", "edition: "),
        (b"[1, ", "Invalid JSON"),
        (GOLDEN.read_bytes().replace(b'"version": 1', b'"version": 2'), "version: 2 is not 1"),
        (GOLDEN.read_bytes().replace(b'"score": 7.25', b'"score": "7.25"'), "sections.0.stories.0.score: "),
        (GOLDEN.read_bytes().replace(b'"2024-05-14T04:12:00Z"', b'"yesterday"'), "edition.cut_off: "),
    ],
)
def test_what_is_no_brief_is_refused_with_its_place(content: bytes, message: str) -> None:
    with pytest.raises(ValueError, match=message.replace(".", r"\.")):
        read_brief(content)


def test_keys_stand_in_the_order_in_which_they_are_declared() -> None:
    data = as_data(sample_brief())
    for written, kind in ((data, Brief), (data["articles"][0], declared.ArticleEntry)):
        assert list(written) == [field.name for field in fields(kind) if field.name in written]


def _with_required_keys(data: Any, kind: Any) -> Any:  # noqa: ANN401 - JSON, and the type that it has
    """Return data without the keys that have a default."""
    if isinstance(data, list):
        return [_with_required_keys(each, next(iter(get_args(kind)), None)) for each in data]
    if not (isinstance(data, dict) and is_dataclass(kind)):
        return data
    hints = get_type_hints(kind, vars(declared))
    return {
        field.name: _with_required_keys(data[field.name], hints[field.name])
        for field in fields(kind)
        if field.default is MISSING
    }
