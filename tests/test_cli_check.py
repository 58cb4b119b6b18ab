"""`briefing check`: what it finds on a desk of one's own."""

from __future__ import annotations

import json
import os
import re
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from briefing.cli import check as fonts
from briefing.cli.check import characters_without_font
from briefing.config import Config, Surroundings, load
from briefing.delivery import Note, delivery_notes, online_notes
from briefing.explain import by_script
from tests.command import call
from tests.delivery.smtp_server import smtp_server

HEAD = """\
version: 1
sources:
  - folder: night
sections:
  - id: camp
    title: Camps
    terms: {en: [camp, tent, volcano]}
    examples: [The camp has fallen]
"""


def config_with(tail: str, environ: Mapping[str, str] | None = None) -> Config:
    return load(HEAD + tail, name="config.yaml", around=Surroundings(environ=environ or {}))


def notes(tail: str, home: Path, **environ: str) -> list[tuple[str, str, str]]:
    return [(note.place, note.state, note.message) for note in delivery_notes(config_with(tail, environ), home)]


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    (tmp_path / "night").mkdir()
    (tmp_path / "night" / "a.txt").write_text("The camp fell on Monday. Nobody was left in the tents by the river.")
    (tmp_path / "night" / "b.txt").write_text(
        "Les habitants du village ont quitté leurs maisons dans la nuit de lundi."
    )
    (tmp_path / "night" / "c.txt").touch()
    (tmp_path / "config.yaml").write_text(HEAD)
    return tmp_path


def check(desk: Path, *options: str, **environ: str) -> subprocess.CompletedProcess[str]:
    return call("check", "--now", "2019-03-21T04:00:00Z", *options, cwd=desk, **environ)


def test_suggest_says_that_it_has_nothing_to_propose(desk: Path) -> None:
    told = call("suggest", "camp", cwd=desk)
    assert "no term to propose: no other word stands in two of them and hardly elsewhere" in told.stdout


def test_suggest_refuses_a_section_that_has_no_terms_to_tune(desk: Path) -> None:
    (desk / "config.yaml").write_text(
        HEAD + "  - {id: others, title: Others, rest: true}\n  - id: places\n    title: Places\n    sections:\n"
        "      - {id: harbour, title: Harbour, terms: {en: [port]}}\n"
    )
    rest, heading = call("suggest", "others", cwd=desk), call("suggest", "places", "--json", cwd=desk)
    assert (rest.returncode, rest.stdout, heading.returncode, heading.stdout) == (1, "", 1, "")
    assert "section 'others' takes what no other one does (`rest: true`): it has no terms to tune" in rest.stderr
    assert "section 'places' has no terms of its own to tune; try `briefing suggest harbour`" in heading.stderr
    assert call("suggest", "harbour", cwd=desk).returncode == 0


def test_the_same_is_told_to_people_and_to_programs(desk: Path) -> None:
    (desk / "config.yaml").write_text(HEAD + 'schedule: {at: ["06:30"]}\nbrief: {timezone: Europe/Paris}\n')
    lines = check(desk)
    assert (lines.returncode, lines.stderr) == (0, "")
    for words in (
        "config.yaml: no mistakes",
        "examples: the one falls where it should",
        "articles: 2 (en 1, fr 1)",
        "left out: night/c.txt: ",
        "section 'camp' has no terms in fr, in which there are articles today",
        "section 'camp': 1 article; 1 of its terms in today's languages matches nothing (`briefing suggest",
        "deliver: note: nobody is named",
        "slot: Thu 2019-03-21 06:30 Europe/Paris (2019-03-21 05:30Z)",
    ):
        assert words in lines.stdout
    data = json.loads(check(desk, "--json").stdout)
    assert data["ok"]
    assert data["articles"]["languages"] == {"en": 1, "fr": 1}
    assert data["sections"] == [
        {
            "id": "camp",
            "articles": 1,
            "silent_terms": 1,
            "languages_without_terms": ["fr"],
            "homes": 1,
            "lone_term": None,
            "strangers": [],
        }
    ]
    assert data["slots"][0] == {"local": "2019-03-21T06:30:00+01:00", "utc": "2019-03-21T05:30:00Z"}
    assert data["online"] is None


def test_an_example_that_fails_is_told_with_its_line(desk: Path) -> None:
    (desk / "config.yaml").write_text(HEAD.replace("The camp has fallen", "Rain in the hills"))
    result = check(desk, "--json")
    assert result.returncode == 1
    data = json.loads(result.stdout)
    assert not data["ok"]
    (failed,) = data["examples"]["failed"]
    assert (failed["line"], failed["column"], failed["path"]) == (8, 16, "sections.0.examples.0")
    assert "should belong here" in failed["message"]


@pytest.mark.parametrize(
    ("section", "told"),
    [
        (
            "{en: [camp]}\n    weights: {camp: 0.5}\n    threshold: 0.4\n    examples: [The camp has fallen]",
            "should belong here, and scores 0.79 where 0.40 is needed, but it does not say enough (0.33 of 0.45)",
        ),
        (
            "{en: [camp]}\n    weights: {camp: 0.1}\n    threshold: 0\n    examples: [The camp has fallen]",
            "should belong here, and scores 0.16 where more than 0.00 is needed, but it does not say enough (0.08 ",
        ),
        (
            "{en: [camp]}\n    threshold: 1.585\n    examples: [The camp has fallen]",
            "should belong here, but scores 1.58496 where 1.58500 is needed",
        ),
        (
            "{en: [camp | tent + fall | burn]}\n    not_examples: [The camp and a tent fall]",
            "should not belong here, but scores 1.70 where 1.00 is needed: camp | tent + fall | burn (tent + fall) (+",
        ),
    ],
)
def test_a_failed_example_says_what_it_lacked(desk: Path, section: str, told: str) -> None:
    (desk / "config.yaml").write_text(HEAD.partition("{en:")[0] + section + "\n")
    (failed,) = json.loads(check(desk, "--json").stdout)["examples"]["failed"]
    assert failed["message"].startswith(f"section 'camp': the example {told}")


def test_mistakes_are_data_for_editors(desk: Path) -> None:
    (desk / "config.yaml").write_text(HEAD.replace("title", "titel"))
    result = check(desk, "--json")
    assert result.returncode == 2
    data: dict[str, Any] = json.loads(result.stdout)
    assert not data["ok"]
    assert data["mistakes"][0]["message"] == "unknown key 'titel', did you mean 'title'?"
    assert (data["mistakes"][0]["line"], data["mistakes"][0]["column"], data["mistakes"][0]["end_column"]) == (6, 5, 10)


def test_two_sections_of_the_same_stories_are_told(desk: Path) -> None:
    (desk / "night" / "d.txt").write_text("A second camp was opened on Friday. The tents came by lorry from the port.")
    (desk / "config.yaml").write_text(HEAD + "  - {id: tents, title: Tents, terms: {en: [tent, camp]}}\n")
    assert "sections 'camp' and 'tents' overlap: they share 2 stories today" in check(desk).stdout


MAIL = "deliver:\n  - email: {to: [a@example.org], from: b@example.org, smtp: 'smtp://mail.example.org:587'"


@pytest.mark.parametrize(
    ("content", "mode", "expected"),
    [
        (b"word\n", 0o600, []),
        (b"word\n", 0o644, [("note", "key can be read by everybody on this machine; chmod 600 keeps it to you")]),
        (b"word\n", 0o640, [("note", "key can be read by its group; chmod 600 keeps it to you")]),
        (b" \n", 0o600, [("wrong", "key is empty")]),
        (None, 0, [("wrong", "key cannot be read: it is no regular file (a pipe, a socket or a device)")]),
    ],
)
def test_a_file_for_the_password_is_looked_into(
    tmp_path: Path, content: bytes | None, mode: int, expected: list[tuple[str, str]]
) -> None:
    if content is None:
        os.mkfifo(tmp_path / "key")
    else:
        (tmp_path / "key").write_bytes(content)
        (tmp_path / "key").chmod(mode)
    found = notes(MAIL + ", user: me, password_file: key}\n", tmp_path)
    assert [(state, said) for place, state, said in found if place.endswith("password_file")] == expected


@pytest.mark.parametrize(
    ("tail", "expected"),
    [
        (MAIL + "}\n", []),
        (MAIL + ", user: b, password: '${SECRET}'}\n", []),
        (
            MAIL + ", user: b, password: '${ABSENT}'}\n",
            [("deliver.0.email.password", "wrong", "the environment variable ABSENT is not set")],
        ),
        (
            MAIL + ", user: b, password_file: gone}\n",
            [("deliver.0.email.password_file", "wrong", "gone cannot be read: No such file or directory")],
        ),
        (
            MAIL + ", ca_file: gone.pem}\n",
            [("deliver.0.email.ca_file", "wrong", "gone.pem cannot be read: No such file or directory")],
        ),
        (
            MAIL + ", user: b}\n",
            [("deliver.0.email", "wrong", "`user` without `password` or `password_file` cannot log in")],
        ),
        (
            MAIL + ", password: '${SECRET}'}\n",
            [("deliver.0.email", "wrong", "a password without `user` is never used")],
        ),
        (
            MAIL + ", tls: none}\n",
            [("deliver.0.email.tls", "note", "the brief may travel in the clear; `required` insists")],
        ),
        (
            MAIL.replace("[a@", "[a@example.org, a@") + "}\n",
            [("deliver.0.email.to", "note", "a@example.org stands there 2 times; mailed once")],
        ),
        (
            "deliver:\n  - webhook: {url: 'http://desk.example.org/in', secret: '${ABSENT}'}\n",
            [
                ("deliver.0.webhook.secret", "wrong", "the environment variable ABSENT is not set"),
                ("deliver.0.webhook.url", "note", "the brief travels in the clear; https:// protects it"),
            ],
        ),
        (
            "deliver:\n  - folder: {path: taken/below}\n",
            [("deliver.0.folder", "wrong", "taken/below is no folder that can be written to")],
        ),
        ("deliver:\n  - folder: {path: new/folder}\n", []),
        (
            "deliver:\n  - folder: {path: /proc/none}\n",
            [("deliver.0.folder", "wrong", "/proc/none is no folder that can be written to")],
        ),
        (
            "deliver:\n  - notify: {name: Chat, url: '${ABSENT}'}\n",
            [("deliver.0.notify", "wrong", "the environment variable ABSENT is not set")],
        ),
    ],
)
def test_what_would_keep_the_brief_from_being_handed_over_is_told(
    tmp_path: Path, tail: str, expected: list[tuple[str, str, str]]
) -> None:
    (tmp_path / "taken").touch()
    found = notes(tail, tmp_path, SECRET="hidden-word")  # noqa: S106 - no secret
    assert [note for note in found if note[1] != "ok" and note[0] != "on_failure"] == expected
    assert "hidden-word" not in str(found)


def test_a_delivery_that_cannot_work_makes_the_check_fail(desk: Path) -> None:
    (desk / "config.yaml").write_text(HEAD + MAIL + ", user: b, password: '${ABSENT}'}\n")
    result = check(desk)
    assert result.returncode == 1
    assert "deliver.0.email: smtp://mail.example.org:587, STARTTLS required; 1 recipient\n" in result.stdout
    assert "deliver.0.email.password: wrong: the environment variable ABSENT is not set\n" in result.stdout


def test_online_a_server_is_asked_and_nothing_is_sent(tmp_path: Path) -> None:
    with smtp_server() as server:
        mail = MAIL.replace("mail.example.org:587", f"127.0.0.1:{server.port}") + ", tls: none}\n"
        assert list(online_notes(config_with(mail), tmp_path)) == [
            Note(place="deliver.0.email", state="ok", message="the server lets us in")
        ]
        assert server.mails == []
    (note,) = online_notes(config_with(mail), tmp_path)
    assert note.state == "wrong"
    assert "cannot be reached" in note.message


def test_online_a_web_address_is_reached_or_not(tmp_path: Path) -> None:
    tail = "deliver:\n  - webhook: {url: 'http://127.0.0.1:9/in', secret: '${KEY}', seconds: 5}\n"
    (note,) = online_notes(config_with(tail, {"KEY": "k"}), tmp_path)
    assert note.state == "wrong"
    assert re.match(r"http://127\.0\.0\.1:9/…[0-9a-f]{8} cannot be reached", note.message)


def test_characters_without_a_font_are_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(fonts, "_asked", lambda command: "20-7e a0\n20-40 e9\n" if command[0] == "fc-list" else "995")
    assert characters_without_font(["café \n\u200d\ue000", "কখ"], folders=[]) == ("ক", "খ")
    (tmp_path / "fonts").mkdir()
    (tmp_path / "fonts" / "own.ttf").touch()
    assert characters_without_font(["ক", "খ"], folders=[tmp_path]) == ("খ",)
    assert by_script("কখж") == {"BENGALI": ["ক", "খ"], "CYRILLIC": ["ж"]}


def test_without_fontconfig_nobody_can_tell(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fonts, "which", lambda _: None)
    assert characters_without_font(["a"], folders=[]) is None


def test_a_language_that_a_section_draws_nothing_of_is_not_missed(desk: Path) -> None:
    french = desk / "night" / "b.html"
    (desk / "night" / "b.txt").unlink()
    french.write_text(
        '<html lang="fr"><head><title>Nuit</title><meta property="og:site_name" content="Gazette"></head><body>'
        "<article><p>Les habitants du village ont quitté leurs maisons dans la nuit de lundi.</p></article>"
    )
    missed = "section 'camp' has no terms in fr"
    assert missed in check(desk).stdout
    (desk / "config.yaml").write_text(HEAD + "    outlets: [Monitor]\noutlets: {Monitor: {}, Gazette: {}}\n")
    assert missed not in check(desk).stdout


def test_an_outlet_that_no_article_is_by_is_told_with_the_one_that_was_meant(desk: Path) -> None:
    (desk / "night" / "d.txt").write_text("---\noutlet: Harbour Gazette\n---\n\nThe camp by the harbour is shut.")
    (desk / "config.yaml").write_text(HEAD + "    outlets: [harbour gazette, Harbor Gazete, Monitor]\n")
    told = [line for line in check(desk).stdout.splitlines() if "no article" in line]
    assert told == [
        "section 'camp': no article today is by 'Harbor Gazete', did you mean 'Harbour Gazette'?",
        "section 'camp': no article today is by 'Monitor'",
    ]
    assert json.loads(check(desk, "--json").stdout)["silent_outlets"] == [
        {"section": "camp", "outlet": "Harbor Gazete", "meant": "Harbour Gazette"},
        {"section": "camp", "outlet": "Monitor", "meant": None},
    ]


def test_a_section_without_examples_is_told(desk: Path) -> None:
    (desk / "config.yaml").write_text(HEAD.replace("    examples: [The camp has fallen]\n", ""))
    assert "examples: none; under `examples` a section shows what belongs there\n" in check(desk).stdout


PAGE = "brief: {language: he}\npage: {theme: {logo: ours.svg}}\n"


def test_what_the_page_cannot_do_is_told_before_it_is_set(desk: Path) -> None:
    (desk / "config.yaml").write_text(HEAD + PAGE)
    (desk / "notes").mkdir()
    (desk / "notes" / "2019-03-21.md").write_text("## camps\n\nAsk the field.\n")
    (desk / "templates" / "standard").mkdir(parents=True)
    (desk / "templates" / "standard" / "style.css").write_text("body {{{\n")
    result = check(desk)
    assert result.returncode == 0
    assert (
        "brief.language: note: there is no labels.he.yaml in the templates: the brief's own words are in en\n"
        in result.stdout
    )
    assert "page.theme: note: no picture ours.svg of up to a megabyte lies in templates/standard\n" in result.stdout
    assert (
        "templates/standard/style.css:1: note: this { is never closed: what follows it is not applied\n"
        in result.stdout
    )
    assert "notes/2019-03-21.md: note: " in result.stdout
    told = [(note["place"], note["state"]) for note in json.loads(check(desk, "--json").stdout)["page"]]
    assert [state for _, state in told] == ["note"] * 4
    (desk / "templates" / "standard" / "labels.en.yaml").write_text('sources: "\n')
    broken = check(desk)
    assert broken.returncode == 1
    assert (
        "page.template: wrong: templates/standard/labels.en.yaml:1: this quotation mark is never closed\n"
        in broken.stdout
    )


@pytest.mark.parametrize(("stories", "told"), [(3, True), (2, False)])
def test_a_term_that_alone_brings_stories_to_a_section_is_told(tmp_path: Path, stories: int, *, told: bool) -> None:
    days = [
        "A match lay in the barn. Cows looked on. Nobody smoked. Hay burns fast. The vet left.",
        "One match lit the oven. Bread rose slowly. Bakers sang. Flour is dear. Rye sells well.",
        "His match box was empty. Fishermen waited. Nets dried. The tide turned. Gulls cried.",
    ]
    (tmp_path / "night").mkdir()
    for number, day in enumerate(days[:stories]):
        (tmp_path / "night" / f"{number}.txt").write_text(day)
    (tmp_path / "config.yaml").write_text(
        "version: 1\nsources: [{folder: night}]\nsections:\n  - {id: sport, title: Sport, terms: {en: [match, goal]}}\n"
    )
    found = check(tmp_path)
    line = f"section 'sport': {stories} stories reach it by 'match' alone and have no home there; join it with a second"
    assert (line in found.stdout) is told
    assert json.loads(check(tmp_path, "--json").stdout)["sections"][0]["lone_term"] == (
        {"term": "match", "stories": stories} if told else None
    )


def test_words_that_only_share_a_terms_stem_are_told_with_a_phrase(tmp_path: Path) -> None:
    pages = {
        "en": "The curtains have matching cushions. The baker sells good bread. Nobody asked why.",
        "es": "La mayor parte del pueblo se quedó en casa. Los vecinos no dijeron nada durante toda la noche.",
        "fr": "Un coup de vent a renversé la tente du marchand hier. Les voisins ont tout ramassé avant la nuit.",
    }
    (tmp_path / "night").mkdir()
    for name, page in pages.items():
        (tmp_path / "night" / f"{name}.txt").write_text(page)
    (tmp_path / "config.yaml").write_text(
        "version: 1\nsources: [{folder: night}]\nsections:\n"
        "  - {id: sport, title: Sport, terms: {en: [match], es: [partido, noche], fr: [coupe]}}\n"
        "  - {id: oil, title: Oil, terms: {en: [goods]}}\n"
    )
    lines = check(tmp_path).stdout
    assert (
        "section 'sport': 'match' also finds 'matching' in 1 article (“The curtains have matching cushions.”); words "
        r"match by their stems: write the phrase that you mean, or `regex:\bmatch\b` for this form alone" in lines
    )
    found = {
        section["id"]: section["strangers"] for section in json.loads(check(tmp_path, "--json").stdout)["sections"]
    }
    assert [(one["term"], one["word"], one["example"]) for one in found["sport"]] == [
        ("match", "matching", "The curtains have matching cushions."),
        ("coupe", "coup", "Un coup de vent a"),
    ]
    assert [(one["term"], one["word"]) for one in found["oil"]] == [("goods", "good")]


@pytest.mark.parametrize(
    "page",
    [
        "The matches were short. Rain fell on the hills. Nobody came.",
        "The matching shirts were sold before the match. Rain fell on the hills.",
        "A match's length matters little. They matched each other. Rain fell on the hills.",
    ],
)
def test_forms_of_a_term_are_no_strangers(tmp_path: Path, page: str) -> None:
    (tmp_path / "night").mkdir()
    (tmp_path / "night" / "a.txt").write_text(page)
    (tmp_path / "config.yaml").write_text(
        "version: 1\nsources: [{folder: night}]\nsections: [{id: sport, title: Sport, terms: {en: [match]}}]\n"
    )
    (section,) = json.loads(check(tmp_path, "--json").stdout)["sections"]
    assert (section["articles"], section["strangers"]) == (1, [])
