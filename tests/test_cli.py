"""The command line, as people and other programs meet it."""

from __future__ import annotations

import json
import os
import re
import resource
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from briefing.cli import COMMANDS, group
from tests.command import ROOT, call

BRIEFING = str(Path(sys.executable).parent / "briefing")
SAMPLE = ["--date", "2019-03-21", "-c", str(ROOT / "config.yaml")]
ONE = ["--format", "json"]


def run(*arguments: object, cwd: Path = ROOT, seed: str = "0") -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONHASHSEED": seed}
    command = [BRIEFING, *map(str, arguments)]
    return subprocess.run(command, cwd=cwd, capture_output=True, text=True, env=environment, check=False)


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    folder = tmp_path / "night"
    folder.mkdir()
    (folder / "a.txt").write_text("SDF units took the last pocket at Baghouz on Monday. The village is empty now.")
    (folder / "b.txt").write_text("The bakery in Raqqa opened again. Bread costs less than it did.")
    return folder


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_the_help_that_the_table_promises(name: str) -> None:
    context = group.make_context("briefing", [], resilient_parsing=True)
    command = group.get_command(context, name)
    assert command is not None
    assert command.help is not None
    first = " ".join(command.help.split("\n\n")[0].split())
    assert first == COMMANDS[name][1]


def test_help_names_every_command() -> None:
    result = run("--help")
    assert result.returncode == 0
    assert all(re.search(rf"^  {name}\b", result.stdout, re.MULTILINE) for name in COMMANDS)


def test_paths_go_to_stdout_and_words_to_stderr(tmp_path: Path, articles: Path) -> None:
    (articles / "empty.txt").touch()
    result = run("build", *SAMPLE, "-o", tmp_path / "out", articles)
    assert result.returncode == 0, result.stderr
    folder = tmp_path / "out" / "2019-03-21"
    assert result.stdout.split() == [str(folder / f"brief.{kind}") for kind in ("pdf", "html", "md", "json")]
    assert (folder / "brief.pdf").read_bytes().startswith(b"%PDF-")
    assert (tmp_path / "out" / "latest.pdf").read_bytes() == (folder / "brief.pdf").read_bytes()
    assert "left out: night/empty.txt: " in result.stderr


def test_of_many_left_out_for_one_reason_some_are_named(tmp_path: Path, articles: Path) -> None:
    for number in range(8):
        (articles / f"empty{number}.txt").touch()
    build = ("build", *SAMPLE, *ONE, "-o", tmp_path / "out", articles)
    told = [line for line in call(*build).stderr.splitlines() if line.startswith("left out")]
    assert [line.split(": ")[1] for line in told] == [*(f"night/empty{number}.txt" for number in range(5)), "3 more"]
    told = [line for line in call(*build, "-v").stderr.splitlines() if line.startswith("left out")]
    assert len(told) == 8


def test_the_same_input_gives_the_same_bytes_under_any_hash_seed(tmp_path: Path) -> None:
    files = []
    for seed in ("1", "2"):
        result = run("build", "-q", *SAMPLE, "-o", tmp_path / seed, seed=seed)
        assert result.returncode == 0, result.stderr
        folder = tmp_path / seed / "2019-03-21"
        files.append({path.name: path.read_bytes() for path in sorted(folder.iterdir())})
    assert files[0].keys() == {"brief.pdf", "brief.html", "brief.md", "brief.json", "inputs.jsonl"}
    assert [name for name in files[0] if files[0][name] != files[1][name]] == []


def test_strict_turns_problems_into_exit_3(tmp_path: Path, articles: Path) -> None:
    assert run("build", *SAMPLE, *ONE, "--strict", "-o", tmp_path / "a", articles).returncode == 0
    (articles / "empty.txt").touch()
    assert run("build", *SAMPLE, *ONE, "--strict", "-o", tmp_path / "a", articles).returncode == 3


def test_what_the_page_could_not_do_is_told_without_being_asked(tmp_path: Path, articles: Path) -> None:
    sections = "sections: [{id: a, title: A, terms: {en: [village]}}]"
    (tmp_path / "config.yaml").write_text(
        f"version: 1\nbrief: {{language: he}}\nsources: [{{folder: {articles.name}}}]\n{sections}\n"
        "page: {theme: {logo: nowhere.svg}}\n"
    )
    told = call("build", "--date", "2019-03-21", "--format", "html", cwd=tmp_path)
    assert "note: page.theme: no picture nowhere.svg" in told.stderr
    assert "note: brief.language: there is no labels.he.yaml" in told.stderr
    assert "note:" not in call("build", "-q", "--date", "2019-03-21", "--format", "html", cwd=tmp_path).stderr


def test_no_articles_at_all_is_an_error_and_overwrites_nothing(tmp_path: Path, articles: Path) -> None:
    call("build", *SAMPLE, *ONE, "-o", tmp_path / "out", articles)
    before = (tmp_path / "out" / "2019-03-21" / "brief.json").read_bytes()
    (tmp_path / "bare").mkdir()
    result = call("build", *SAMPLE, "-o", tmp_path / "out", tmp_path / "bare")
    assert result.returncode == 1
    assert "the folder holds no articles" in result.stderr
    assert "nothing was written" in result.stderr
    assert (tmp_path / "out" / "2019-03-21" / "brief.json").read_bytes() == before


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["build", "--section", "weather"], 2, "unknown section 'weather'"),
        (["build", "--format", "doc"], 2, "unknown format 'doc'"),
        (["build", "--date", "21/03/2019"], 2, "21/03/2019"),
        (["build", "--now", "2019-03-21T06:30:00"], 2, "names no time zone"),
        (["build", "nowhere"], 2, "nowhere"),
        (["build", "-c", "nowhere.yaml"], 2, "nowhere.yaml"),
        (["explain", "no such article", "--date", "2019-03-21"], 1, "no article of the day is meant"),
        (["suggest", "weather"], 2, "unknown section 'weather'"),
        (["suggest", "teritory"], 2, "unknown section 'teritory', did you mean 'territory'?"),
        (["verify", "nowhere"], 1, "nowhere"),
        (["explain", ""], 2, "say which article: a file, part of an origin or a title"),
        (["explain", " "], 2, "say which article"),
        (["explain", "flood", "--source", ""], 2, "an empty path names nothing"),
        (["verify", ""], 2, "an empty path names nothing"),
        (["build", ""], 2, "an empty path names nothing"),
        (["build", "-o", ""], 2, "an empty path names nothing"),
        (["build", "-c", ""], 2, "an empty path names nothing"),
        (["init", ""], 2, "an empty path names nothing"),
        (["install", "--into", ""], 2, "an empty path names nothing"),
        (["nonsense"], 2, "nonsense"),
    ],
)
def test_what_is_asked_wrongly_is_told_in_words(arguments: list[str], code: int, words: str) -> None:
    result = call(*arguments)
    assert result.returncode == code, result.stderr
    assert words in result.stderr
    assert "Traceback" not in result.stderr
    assert result.stdout == ""


def test_mistakes_in_the_config_are_all_told_at_once_and_nothing_is_written(tmp_path: Path) -> None:
    (tmp_path / "config.yaml").write_text(
        "version: 1\nsources:\n  - folder: nowhere\nsectoins: []\nsections:\n"
        "  - id: a\n    title: A\n    terms: {en: [x]}\n    max_stories: many\nsummary: {method: magic}\n"
    )
    result = run("build", cwd=tmp_path)
    assert result.returncode == 2
    places = re.findall(r"^config\.yaml:(\d+):\d+: ", result.stderr, re.MULTILINE)
    assert places == ["3", "4", "9", "10"], result.stderr
    assert "did you mean 'sections'?" in result.stderr
    assert sorted(path.name for path in tmp_path.iterdir()) == ["config.yaml"]


def test_only_the_section_asked_for_is_printed(tmp_path: Path) -> None:
    assert call("build", "-q", *SAMPLE, *ONE, "-o", tmp_path, "--section", "detainees").returncode == 0
    data = json.loads((tmp_path / "2019-03-21" / "brief.json").read_text("utf-8"))
    assert [section["id"] for section in data["sections"]] == ["detainees"]


def test_undated_articles_stay_undated(tmp_path: Path, articles: Path) -> None:
    call("build", "-q", *SAMPLE, "--format", "json,md", "-o", tmp_path, articles)
    data = json.loads((tmp_path / "2019-03-21" / "brief.json").read_text("utf-8"))
    assert [article["published"] for article in data["articles"]] == [None, None]
    assert "undated" in (tmp_path / "2019-03-21" / "brief.md").read_text("utf-8")


def test_the_second_day_knows_what_the_first_had(tmp_path: Path, articles: Path) -> None:
    call("build", "-q", *SAMPLE, *ONE, "-o", tmp_path, articles)
    (articles / "c.txt").write_text("Prisoners from Hajin were moved to Hasakah. They are under guard there.")
    options = [*ONE, "-c", ROOT / "config.yaml", "-o", tmp_path]
    assert call("build", "-q", "--date", "2019-03-22", *options, articles).returncode == 0
    data = json.loads((tmp_path / "2019-03-22" / "brief.json").read_text("utf-8"))
    stories = [story for section in data["sections"] for story in section["stories"]] + data["also_today"]
    status = {story["sentences"][0]["text"].split()[0]: story["status"] for story in stories}
    assert status == {"SDF": "unchanged", "Prisoners": "new", "The": "unchanged"}


def limit_files() -> None:
    resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))


def test_a_full_disk_leaves_yesterdays_files_alone(tmp_path: Path, articles: Path) -> None:
    call("build", "-q", *SAMPLE, "-o", tmp_path / "out", articles)
    before = {path: path.read_bytes() for path in (tmp_path / "out").rglob("brief.*")}
    command = [BRIEFING, "build", *SAMPLE, "-o", str(tmp_path / "out"), str(ROOT / "seeds")]
    result = subprocess.run(command, capture_output=True, text=True, check=False, preexec_fn=limit_files)
    assert result.returncode == 1, result.stderr
    assert "Traceback" not in result.stderr
    assert {path: path.read_bytes() for path in (tmp_path / "out").rglob("brief.*")} == before


def test_explain_tells_what_was_read_and_where_it_went() -> None:
    result = call("explain", "seeds/2019-03-20-al-hol-arrivals.md", "--date", "2019-03-21")
    assert result.returncode == 0, result.stderr
    for words in ("The Meridian Ledger", "Read also", "detainees", "printed in detainees", "position"):
        assert words in result.stdout


@pytest.mark.parametrize(
    ("article", "words"),
    [
        ("seeds/2019-03-20-polio.txt", "printed in also-today"),
        ("seeds/2019-03-20-screening-field.md", "in: its home, with "),
        ("seeds/2019-03-20-screening-field.md", "; a key point"),
        ("seeds/2019-03-20-polio.txt", "  weight      "),
        ("seeds/2019-03-21-lettre.eml", "from a score of"),
        ("seeds/2019-03-20-al-hol-arrivals.md", "not printed: others say more"),
        ("seeds/2019-03-20-camp-taken-daily.md", "in: its home, with "),
    ],
)
def test_explain_tells_what_the_brief_prints(article: str, words: str) -> None:
    result = call("explain", article, "--date", "2019-03-21")
    assert result.returncode == 0, result.stderr
    assert words in result.stdout


def test_explain_reads_a_file_that_is_in_no_source(articles: Path) -> None:
    result = call("explain", articles / "a.txt", "--date", "2019-03-21")
    assert result.returncode == 0, result.stderr
    assert "night/a.txt" in result.stdout


def test_explain_tells_why_a_file_was_left_out(tmp_path: Path) -> None:
    (tmp_path / "blank.txt").write_text("\n\n")
    result = call("explain", tmp_path / "blank.txt", "--date", "2019-03-21")
    assert result.returncode == 1
    assert "it was left out" in result.stderr
    assert "blank.txt: an empty file" in result.stderr


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("The {} bridge in Syria is open, the mayor said.", "is meant by 2 articles; say which"),
        ("The {} bridge is open, the mayor said.", "two.jsonl#a: names nothing that the brief is about"),
    ],
)
def test_explain_names_the_articles_of_a_file_that_holds_several(tmp_path: Path, text: str, told: str) -> None:
    lines = [json.dumps({"id": name, "text": text.format(name)}) for name in ("a", "b")]
    (tmp_path / "two.jsonl").write_text("\n".join(lines))
    result = call("explain", tmp_path / "two.jsonl", "--date", "2019-03-21")
    assert result.returncode == 1
    assert told in result.stderr


def test_explain_takes_an_untitled_article_by_the_heading_that_is_printed(tmp_path: Path) -> None:
    lines = [
        json.dumps({"id": name, "text": f"The {name} bridge in Syria is open, he said."}) for name in ("low", "high")
    ]
    (tmp_path / "two.jsonl").write_text("\n".join(lines))
    result = call("explain", "The low bridge in Syria …", "--source", tmp_path, "--date", "2019-03-21")
    assert result.returncode == 0, result.stderr
    assert "two.jsonl#low" in result.stdout


def test_suggest_proposes_terms_and_names_silent_ones() -> None:
    result = call("suggest", "detainees", "--date", "2019-03-21")
    assert result.returncode == 0, result.stderr
    assert "terms that set them apart" in result.stdout
    assert "terms that match nothing today" in result.stdout


def test_check_passes_on_the_sample_and_names_the_next_slots() -> None:
    result = call("check", "--date", "2019-03-21", "--now", "2019-03-21T04:00:00Z")
    assert result.returncode == 0, result.stderr + result.stdout
    assert "slot: Thu 2019-03-21 06:30 Europe/Paris (2019-03-21 05:30Z)" in result.stdout


@pytest.mark.usefixtures("articles")
def test_check_names_the_example_that_fails_and_what_decided(tmp_path: Path) -> None:
    (tmp_path / "config.yaml").write_text(
        "version: 1\nsources:\n  - folder: night\nsections:\n  - id: a\n    title: A\n    terms: {en: [camp]}\n"
        "    examples:\n      - The camp has fallen\n      - Rain in the hills\n"
        "    not_examples:\n      - A summer camp opens\n"
    )
    result = call("check", cwd=tmp_path)
    assert result.returncode == 1
    assert "config.yaml:10:9: section 'a'" in result.stderr
    assert "config.yaml:12:9: section 'a'" in result.stderr
    assert "camp (+" in result.stderr
    assert "config.yaml:9:" not in result.stderr


def test_verify_compares_an_edition_with_the_documents_that_are_named(tmp_path: Path, articles: Path) -> None:
    assert call("build", "-q", *SAMPLE, *ONE, "-o", tmp_path / "out", articles).returncode == 0
    edition = tmp_path / "out" / "2019-03-21"
    for sources in ((articles,), ()):  # without any named, those in the store are compared
        result = call("verify", edition, *sources)
        assert result.returncode == 0, result.stdout + result.stderr
        assert "2 articles (2 compared with their documents)" in result.stdout
    document = articles / "a.txt"
    document.write_text(document.read_text("utf-8").replace("took", "did not take"), "utf-8")
    result = call("verify", edition, articles)
    assert result.returncode == 1
    assert "night/a.txt" in result.stderr


@pytest.mark.usefixtures("articles")
def test_verify_takes_the_newest_edition_of_the_config_where_none_is_named(tmp_path: Path) -> None:
    config = tmp_path / "config.yaml"
    config.write_text("version: 1\nsources: [{folder: night}]\nsections: [{id: a, title: A, terms: {en: [pocket]}}]\n")
    assert "there is no edition" in call("verify", cwd=tmp_path).stderr
    for day in ("2019-03-20", "2019-03-21"):
        assert call("build", "-q", "--date", day, *ONE, cwd=tmp_path).returncode == 0
    result = call("verify", cwd=tmp_path)
    assert result.stdout.startswith("2019-03-21: "), result.stderr
    assert "(2 compared with their documents)" in result.stdout
    shutil.rmtree(tmp_path / "output" / "store" / "cache")  # it spares reading again, and proves nothing
    assert call("verify", cwd=tmp_path).stdout == result.stdout


def test_verify_proves_the_sample_and_catches_a_changed_word(tmp_path: Path) -> None:
    call("build", "-q", *SAMPLE, "-o", tmp_path)
    edition = tmp_path / "2019-03-21"
    result = call("verify", edition)
    assert result.returncode == 0, result.stdout + result.stderr
    page, whole = edition / "brief.md", (edition / "brief.md").read_text("utf-8")
    page.write_text(whole.replace("300 to 500", "300 to 900"), "utf-8")
    result = call("verify", edition)
    assert result.returncode == 1
    assert "300 to 900" in result.stderr
    page.write_text(whole, "utf-8")
    path = edition / "brief.json"
    path.write_text(path.read_text("utf-8").replace("riverside camp", "riverside tent", 1), "utf-8")
    result = call("verify", edition)
    assert result.returncode == 1
    assert "riverside tent" in result.stdout + result.stderr
