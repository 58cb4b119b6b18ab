"""The reference and the JSON Schema: current, complete, and true of the files that are shipped."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from jsonschema import Draft202012Validator

from briefing.cli.desk import SCHEMA, lay
from briefing.config import Node, Surroundings, load, read_yaml, schema_text
from briefing.config.reference import HEAD, json_schema, reference
from briefing.errors import ConfigError
from briefing.themes import compile_sections, run_examples, term_mistakes

ROOT = Path(__file__).parents[2]
DESKS = ("standard", "humanitarian", "newsroom", "security")
AROUND = Surroundings(
    folder_exists=lambda folder: folder == "seeds",
    templates=("standard",),
    more_checks=(lambda config: term_mistakes(config.sections, config.aliases),),
)


def test_the_reference_is_current() -> None:
    told = "docs/config.md is old: run `python -m briefing.config.reference > docs/config.md`"
    assert (ROOT / "docs" / "config.md").read_text("utf-8") == reference(), told


def test_the_schema_is_current() -> None:
    told = "docs/config.schema.json is old: run `briefing schema > docs/config.schema.json`"
    assert (ROOT / "docs" / "config.schema.json").read_text("utf-8") == schema_text(), told


def test_the_schema_is_one() -> None:
    Draft202012Validator.check_schema(json_schema())
    assert json_schema()["$schema"] == Draft202012Validator.META_SCHEMA["$id"]


BRIEF = {"brief": {"title": "Water", "timezone": "Europe/Paris"}}
COOKBOOK = (ROOT / "docs" / "cookbook.md").read_text("utf-8")
WRITTEN = {
    "full.yaml": (Path(__file__).parent / "full.yaml").read_text("utf-8"),
    **dict(re.findall(r"^```yaml (\S+)\n(.*?)^```$", COOKBOOK, re.MULTILINE | re.DOTALL)),
}


@pytest.mark.parametrize("name", WRITTEN)
def test_an_editor_finds_nothing_wrong_with_a_file_that_is_right(name: str) -> None:
    assert "extends" in COOKBOOK
    Draft202012Validator(json_schema()).validate(read(WRITTEN[name]).plain())


def test_an_editor_misses_what_is_missing_unless_another_file_may_have_it() -> None:
    validator = Draft202012Validator(json_schema())
    assert not validator.is_valid({"version": 1})
    assert not validator.is_valid({"sources": [{"folder": "seeds"}]})
    assert validator.is_valid({"extends": "base.yaml"})
    assert not validator.is_valid({"extends": "base.yaml", "page": {"blocks": ["front", "front"]}})


def test_an_editor_takes_one_word_for_a_list_of_one() -> None:
    validator = Draft202012Validator(json.loads(schema_text()))
    section = {"id": "water", "title": "Water", "terms": {"en": "water"}}
    assert validator.is_valid({"sources": [{"folder": "seeds"}], "sections": [section], "about": "Tamm"} | BRIEF)
    command = {"command": "./feed"}
    assert not validator.is_valid({"sources": [command], "sections": [section]} | BRIEF)


@pytest.mark.parametrize("key", ["terms", "not"])
def test_an_editor_knows_words_by_the_code_of_their_language_only(key: str) -> None:
    section = {"id": "water", "title": "Water", "terms": {"en": ["water"]}}
    validator = Draft202012Validator(json_schema())
    assert validator.is_valid({"extends": "base.yaml", "sections": [{**section, key: {"fr": ["eau"]}}]})
    assert not validator.is_valid({"extends": "base.yaml", "sections": [{**section, key: {"french": ["eau"]}}]})


def read(text: str) -> Node:
    node = read_yaml(text, name="config.yaml").node
    assert node is not None
    return node


def test_every_setting_is_described_and_every_choice_is_listed() -> None:
    blocks = {"config.yaml": json_schema(), **json_schema()["$defs"]}
    for name, block in blocks.items():
        assert block.get("description"), name
        for key, setting in block.get("properties", {}).items():
            assert len(setting.get("description", "")) > 10, f"{name}.{key}"
    assert blocks["Summary"]["properties"]["method"]["enum"][0] == "fusion"
    assert blocks["Summary"]["properties"]["method"]["default"] == "fusion"


def test_the_smallest_config_in_the_reference_loads() -> None:
    (example,) = re.findall(r"```yaml\n(.*?)```", HEAD, flags=re.DOTALL)
    assert load(example, name="config.yaml").sections[0].id == "water"


@pytest.mark.parametrize("desk", DESKS)
def test_a_desk_is_right_in_every_eye(desk: str) -> None:
    files = lay(desk)
    text = files["config.yaml"].decode()
    assert text.startswith(f"# yaml-language-server: $schema={SCHEMA}\n")
    assert files[SCHEMA] == schema_text().encode()
    config = load(text, name="config.yaml", around=AROUND)
    Draft202012Validator(json_schema()).validate(yaml.safe_load(text))
    assert all(len(section.terms) >= 2 and section.examples for section in config.sections)
    assert not run_examples(config.sections, compile_sections(config.sections, config.aliases))
    assert len([name for name in files if name.startswith("seeds/")]) >= 6


def test_the_sample_names_its_schema_and_takes_its_sections_from_the_measured_ones() -> None:
    text = (ROOT / "config.yaml").read_text("utf-8")
    assert text.startswith("# yaml-language-server: $schema=docs/config.schema.json\n")
    sample = load(text, name="config.yaml", around=AROUND)
    assert [section.id for section in sample.sections] == ["territory", "detainees", "coalition"]
    themes = compile_sections(sample.sections, sample.aliases)
    assert all(section.languages == {"en", "fr", "es", "ar"} for section in themes.sections)


def test_the_commented_delivery_of_the_sample_is_right_too() -> None:
    text = (ROOT / "config.yaml").read_text("utf-8")
    live = re.sub(r"(?m)^# (deliver:|  )", r"\1", text)
    assert len(load(live, name="config.yaml", around=AROUND).deliver) == 1


def test_the_commented_delivery_is_checked_as_well() -> None:
    text = (ROOT / "config.yaml").read_text("utf-8")
    live = re.sub(r"(?m)^# (deliver:|  )", r"\1", text).replace("${SMTP_PASSWORD}", "swordfish")
    with pytest.raises(ConfigError, match="secrets do not stand in this file"):
        load(live, name="config.yaml", around=AROUND)


def test_a_right_file_is_read_without_the_schema_which_takes_longer_than_the_file() -> None:
    program = (
        "from pathlib import Path\nfrom briefing.cli.session import load_file\n"
        "from briefing.config.reference import json_schema\n"
        "load_file(Path('config.yaml'), environ={})\nprint(json_schema.cache_info().misses)"
    )
    found = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True)
    assert found.stdout == "0\n"
