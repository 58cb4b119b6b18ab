"""Every message word for word: cases/NAME.yaml is read as `config.yaml`, cases/NAME.txt is what is said of it."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from briefing.cli.output import as_text
from briefing.config import Surroundings, decode, load, reading
from briefing.errors import ConfigError
from briefing.explain import mistakes_as_data
from briefing.themes import term_mistakes

CASES = Path(__file__).parent / "cases"
AROUND = Surroundings(
    folder_exists=lambda folder: folder == "seeds",
    templates=("compact", "standard"),
    read=lambda name: (CASES / name).read_bytes(),
    environ={"SMTP_PASSWORD": "swordfish", "USER": "desk"},
    more_checks=(lambda config: term_mistakes(config.sections, config.aliases),),
)
PARSERS = [pytest.param(yaml.Loader, id="python")]
if yaml.__with_libyaml__:
    PARSERS.append(pytest.param(yaml.CLoader, id="libyaml"))


def told_of(path: Path) -> ConfigError:
    with pytest.raises(ConfigError) as raised:
        load(decode(path.read_bytes(), name="config.yaml"), name="config.yaml", around=AROUND)
    return raised.value


@pytest.mark.parametrize("parser", PARSERS)
@pytest.mark.parametrize("case", sorted(CASES.glob("*.yaml")), ids=lambda path: path.stem)
def test_every_mistake_is_told_word_for_word(case: Path, parser: type, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "PARSER", parser)
    error = told_of(case)
    assert as_text(error.mistakes) + "\n" == case.with_suffix(".txt").read_text("utf-8")
    assert "swordfish" not in f"{as_text(error.mistakes)} {error!r} {mistakes_as_data(error.mistakes)}"


def test_every_expectation_has_its_case() -> None:
    assert {path.stem for path in CASES.glob("*.txt")} == {path.stem for path in CASES.glob("*.yaml")}


def test_mistakes_as_data_name_place_and_path() -> None:
    rows = mistakes_as_data(told_of(CASES / "unknown-keys.yaml").mistakes)
    assert rows[0] == {
        "file": "config.yaml",
        "line": 3,
        "column": 3,
        "end_column": 8,
        "path": "brief.titel",
        "message": "unknown key 'titel', did you mean 'title'?",
    }


def test_the_error_as_text_is_one_line_for_each_mistake() -> None:
    error = told_of(CASES / "extends.yaml")
    assert str(error).splitlines() == [str(mistake) for mistake in error.mistakes]
