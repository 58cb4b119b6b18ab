"""`extends`: a file laid over another one."""

from __future__ import annotations

import pytest

from briefing.config import Config, Surroundings, load
from briefing.config.loading import MOST_FILES
from briefing.errors import ConfigError

BASE = """\
brief: {title: The shared desk, timezone: Europe/Paris, key_points: 3}
sources: [{folder: shared}]
outlets: {Monitor: {grade: B}, Gazette: {grade: C}}
aliases: {SDF: [FDS]}
sections:
  - {id: water, title: Water, terms: {en: [water]}, max_stories: 2}
  - {id: food, title: Food, terms: {en: [bread]}}
"""


def loaded(text: str, files: dict[str, str], name: str = "config.yaml") -> Config:
    def read(path: str) -> bytes:
        if path not in files:
            raise FileNotFoundError(2, "No such file or directory", path)
        return files[path].encode()

    return load(text, name=name, around=Surroundings(read=read))


def test_blocks_are_joined_and_lists_replaced() -> None:
    config = loaded(
        "extends: base.yaml\nbrief: {title: Mine}\nsources: [{folder: mine}]\n"
        "outlets: {Monitor: {language: en}, Courier: {grade: A}}\naliases: {SDF: [SDS]}\n",
        {"base.yaml": BASE},
    )
    assert (config.brief.title, config.brief.timezone, config.brief.key_points) == ("Mine", "Europe/Paris", 3)
    assert [source.address for source in config.sources] == ["mine"]
    assert {name: (outlet.grade, outlet.language) for name, outlet in config.outlets.items()} == {
        "Monitor": ("B", "en"),
        "Gazette": ("C", None),
        "Courier": ("A", None),
    }
    assert config.aliases == {"SDF": ["SDS"]}


def test_a_section_of_the_same_id_is_replaced_where_it_stands_and_a_new_one_comes_behind() -> None:
    config = loaded(
        "extends: base.yaml\nsections:\n"
        "  - {id: roads, title: Roads, terms: {en: [road]}}\n"
        "  - {id: water, title: Rivers, terms: {en: [river]}}\n",
        {"base.yaml": BASE},
    )
    assert [(section.id, section.title) for section in config.sections] == [
        ("water", "Rivers"),
        ("food", "Food"),
        ("roads", "Roads"),
    ]
    assert config.sections[0].max_stories == 10


def test_a_section_that_is_only_translated_keeps_its_terms() -> None:
    config = loaded(
        "extends: base.yaml\nbrief: {language: fr}\nsections:\n  - {id: water, title: Eau, when_empty: Rien.}\n",
        {"base.yaml": BASE},
    )
    water, food = config.sections
    assert (water.title, water.when_empty, water.max_stories) == ("Eau", "Rien.", 2)
    assert (water.terms, food.title) == ({"en": ["water"]}, "Food")


def test_a_path_starts_from_the_file_that_names_it() -> None:
    files = {"desks/shared/base.yaml": "extends: ../all.yaml\nsummary: {words: 80}\n", "desks/all.yaml": BASE}
    config = loaded("extends: shared/base.yaml\n", files, name="desks/config.yaml")
    assert (config.brief.title, config.summary.words) == ("The shared desk", 80)


def test_as_many_files_as_people_can_follow() -> None:
    chain = {f"{number}.yaml": f"extends: {number + 1}.yaml\n" for number in range(1, MOST_FILES - 1)}
    assert loaded("extends: 1.yaml\n", {**chain, f"{MOST_FILES - 1}.yaml": BASE}).sections[0].id == "water"
    chain[f"{MOST_FILES - 1}.yaml"] = f"extends: {MOST_FILES}.yaml\n"
    with pytest.raises(ConfigError, match=r"^4\.yaml:1:10: more than 5 files extend each other$"):
        loaded("extends: 1.yaml\n", {**chain, f"{MOST_FILES}.yaml": BASE})


def test_two_sections_of_one_id_in_one_file_stay_a_mistake() -> None:
    twice = "extends: base.yaml\nsections:\n" + "  - {id: roads, title: Roads, terms: {en: [road]}}\n" * 2
    with pytest.raises(ConfigError, match=r"^config\.yaml:4:10: section 3 has the id 'roads' too"):
        loaded(twice, {"base.yaml": BASE})
    again = "extends: base.yaml\nsections:\n" + "  - {id: water, title: Rivers, terms: {en: [river]}}\n" * 2
    with pytest.raises(ConfigError, match="'water' too"):
        loaded(again, {"base.yaml": BASE})


@pytest.mark.parametrize("text", ["", "# nothing\n", "null\n", "- a\n", "root:x:0\n"])
def test_a_file_without_settings_is_not_passed_over(text: str) -> None:
    with pytest.raises(ConfigError) as raised:
        loaded("extends: base.yaml\n" + BASE, {"base.yaml": text})
    assert str(raised.value) == ("config.yaml:1:10: 'base.yaml' must be a block of `key: value` lines to be extended")


def test_without_a_reader_nothing_is_followed() -> None:
    with pytest.raises(ConfigError, match=r"^config\.yaml:1:10: `extends` cannot be followed from here$"):
        load("extends: base.yaml\n", name="config.yaml")


BASE_OF_DESKS = "sources:\n  - folder: seeds\nsections: [{id: water, title: Water, terms: {en: [water]}}]\n"


@pytest.mark.parametrize(
    ("there", "told"),
    [
        ("", ""),
        ("../seeds", "; the one beside this file is '../seeds' from there"),
    ],
)
def test_a_folder_of_the_extended_file_is_told_as_it_was_sought(there: str, told: str) -> None:
    around = Surroundings(read=lambda _: BASE_OF_DESKS.encode(), folder_exists=lambda folder: folder == there)
    with pytest.raises(ConfigError) as raised:
        load("extends: ../base.yaml\n", name="desks/camp.yaml", around=around)
    assert str(raised.value) == (
        "base.yaml:2:13: there is no folder 'desks/seeds': folders start from the file given with -c,"
        f" 'desks/camp.yaml'{told}"
    )


def test_a_folder_is_sought_beside_a_file_that_lies_elsewhere() -> None:
    with pytest.raises(ConfigError, match=r"there is no folder 'seeds' in 'desks', the folder of this file$"):
        load(BASE_OF_DESKS, name="desks/camp.yaml", around=Surroundings(folder_exists=lambda _: False))
