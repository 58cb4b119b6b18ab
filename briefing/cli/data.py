"""Answers for programs: the option `--json`, and what it prints."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from collections.abc import Mapping

json_option = click.option("--json", "as_json", is_flag=True, help="For programs: the same as JSON.")


def print_json(values: Mapping[str, Any]) -> None:
    """Print one JSON object in the text's own letters; lone surrogates, which no encoding takes, as escapes."""
    text = json.dumps(values, ensure_ascii=False, indent=1)
    try:
        text.encode()
    except UnicodeEncodeError:
        text = json.dumps(values, indent=1)
    click.echo(text)
