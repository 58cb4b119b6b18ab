"""What the preview shows, what it remembers, what it watches, how it tells mistakes: without a server."""

from __future__ import annotations

import ast
import subprocess
import sys
from concurrent.futures import Executor
from dataclasses import replace
from datetime import date
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, Any

import pytest

from briefing import per_document
from briefing.cli.preview import Desk, Whole, make_day, mistakes_of
from briefing.cli.session import Session, open_session
from briefing.errors import BriefingError, ConfigError, Mistake, RenderError
from briefing.parallel import MemoryExecutor, executor, here
from briefing.preview import Day, Screen, Shown, Watched, Watcher, watched
from briefing.preview.showing import answer, state_values
from briefing.preview.watching import config_files

if TYPE_CHECKING:
    from collections.abc import Callable

    from briefing.pipeline import Item

PREVIEW = Path(__file__).parents[2] / "briefing" / "preview"
CONFIG = """\
version: 1
sources:
  - folder: night
sections:
  - {id: river, title: River, terms: {en: [river]}}
  - {id: bread, title: Bread, threshold: 2.5, terms: {en: [bakery]}}
"""


@pytest.fixture
def session(tmp_path: Path) -> Session:
    (tmp_path / "night").mkdir()
    (tmp_path / "night" / "a.txt").write_text("River rises\n\nThe river rose by two metres on Monday.")
    (tmp_path / "night" / "b.txt").write_text("Bread again\n\nThe bakery opened its doors on Tuesday morning.")
    (tmp_path / "night" / "c.txt").touch()
    (tmp_path / "config.yaml").write_text(CONFIG)
    return open_session(tmp_path / "config.yaml")


def made(session: Session, workers: Executor | None = None) -> Day:
    desk = Desk(config_path=session.path, sources=(), day=None, now=None)
    return make_day(session, desk, workers or here())


def values_of(day: Day) -> dict[str, Any]:
    values: dict[str, Any] = state_values(Shown(number=1, day=day))["day"]
    return values


def test_every_story_stands_somewhere_with_its_scores(session: Session) -> None:
    day = values_of(made(session))
    river, bread = day["sections"]
    (story,) = river["stories"]
    assert story["headline"] == "River rises"
    assert story["score"] > river["threshold"]
    assert story["terms"][0]["term"] == "river"
    assert [quote["text"] for quote in story["sentences"]] == ["The river rose by two metres on Monday."]
    assert bread["stories"] == []
    (near,) = bread["near"]
    assert (near["headline"], near["reached"], near["lacks"]) == ("Bread again", False, None)
    assert 0.6 * 2.5 <= near["score"] < 2.5
    assert [(story["headline"], story["nearest"]["section"]) for story in day["also"]] == [("Bread again", "bread")]
    assert [problem["origin"] for problem in day["left_out"]] == ["night/c.txt"]


def test_a_story_whose_score_is_enough_stands_with_what_it_lacks(session: Session) -> None:
    session.path.write_text(CONFIG.replace("threshold: 2.5,", "threshold: 0.5, weights: {bakery: 0.5},"))
    (near,) = values_of(made(open_session(session.path)))["sections"][1]["near"]
    assert near["score"] >= 0.5
    assert near["lacks"] == "reaches its score, but no sentence says enough (best 0.33 of 0.45)"


def test_what_the_page_cannot_do_stands_apart_from_what_was_left_out(session: Session) -> None:
    session.path.write_text(CONFIG + "brief: {language: he}\npage: {theme: {logo: ours.svg}}\n")
    session.home.joinpath("notes").mkdir()
    session.home.joinpath("notes", "2019-03-21.md").write_text("## rivers\n\nAsk the harbour.\n")
    desk = Desk(config_path=session.path, sources=(), day=date(2019, 3, 21), now=None)
    values = values_of(make_day(open_session(session.path), desk, here()))
    assert [remark["origin"] for remark in values["remarks"]] == ["brief.language", "page.theme", "notes/2019-03-21.md"]
    assert [problem["origin"] for problem in values["left_out"]] == ["night/c.txt"]


def test_a_misspelt_outlet_of_a_section_is_told_and_a_silent_one_is_not(session: Session) -> None:
    (session.home / "night" / "a.txt").write_text("---\noutlet: Lake Post\n---\n\nThe river rose on Monday.")
    session.path.write_text(CONFIG.replace("title: River,", "title: River, outlets: [The Lake Post, Monitor],"))
    remarks = values_of(made(open_session(session.path)))["remarks"]
    assert [(remark["origin"], remark["reason"]) for remark in remarks] == [
        ("section 'river'", "no article today is by 'The Lake Post', did you mean 'Lake Post'?")
    ]


def test_labels_that_break_off_are_a_mistake_with_their_line(session: Session) -> None:
    folder = session.home / "templates" / "standard"
    folder.mkdir(parents=True)
    (folder / "labels.en.yaml").write_text('gaps: Gaps\nsources: "Sources\n')
    with pytest.raises(RenderError) as raised:
        made(session)
    (mistake,) = mistakes_of(raised.value)
    assert (mistake.line, mistake.source) == (2, 'sources: "Sources')
    assert mistake.message == "this quotation mark is never closed"


def test_every_sentence_that_can_be_clicked_is_printed_and_found_in_its_article(session: Session) -> None:
    day = made(session)
    quotes = values_of(day)["quotes"]
    assert len(quotes) == 2
    for quote in quotes:
        assert quote["text"] in day.page.decode()
        found = answer(f"/article/{quote['article']}", Shown(number=1, day=day))
        assert found.status == 200
        assert quote["text"].encode() in found.content


def test_a_brief_without_an_article_is_told_as_a_mistake(session: Session) -> None:
    for path in (session.home / "night").iterdir():
        path.write_text("")
    with pytest.raises(BriefingError, match=r"there is no article to make a brief of \(night/a.txt: "):
        made(session)


@pytest.mark.parametrize("large", [False, True])
def test_what_is_made_of_the_same_day_is_made_once(
    session: Session,
    large: bool,  # noqa: FBT001 - a row
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    if large:
        monkeypatch.setattr(executor, "IN_MEMORY", 1)
        monkeypatch.setattr(per_document, "WORTH_SHELF", 1)
    remembered, whole, made_of = MemoryExecutor(here()), Whole(), []

    def noted(stage: str, make: Callable[[], Item], *parts: object) -> Item:
        return whole(stage, lambda: (made_of.append(stage), make())[1], *parts)  # type: ignore[func-returns-value]

    desk = Desk(config_path=session.path, sources=(), day=date(2019, 3, 21), now=None)
    stages = {
        "a title": (CONFIG.replace("title: River", "title: Rivers"), []),
        "aliases": (CONFIG + "aliases: {Rhine: [Rhein]}\n", ["figures"]),
        "grades": (CONFIG + "outlets: {Monitor: {grade: A}}\n", ["group"]),
    }
    make_day(session, desk, remembered, noted)
    for text, again in stages.values():
        for config, expected in ((text, again), (CONFIG, again)):
            made_of.clear()
            session.path.write_text(config)
            day = make_day(open_session(session.path), desk, remembered, noted)
            fresh = make_day(open_session(session.path), desk, here())
            assert (made_of, day.brief, day.page) == (expected, fresh.brief, fresh.page)
    (session.home / "night" / "z.txt").write_text("The lake froze over on Friday, the harbour master said.")
    make_day(open_session(session.path), desk, remembered, noted)
    assert made_of[-2:] == ["group", "figures"]


def test_remembering_changes_nothing_in_the_brief(session: Session) -> None:
    remembered = MemoryExecutor(here())
    first, again, fresh = (made(session, workers) for workers in (remembered, remembered, here()))
    assert first.brief == again.brief == fresh.brief
    assert first.page == again.page == fresh.page


def test_the_printed_pages_are_set_when_they_are_asked_for(session: Session) -> None:
    asked: list[str] = []

    def fails() -> bytes:
        asked.append("pdf")
        raise RenderError("brief.pdf: not set in type")

    day = made(session)
    assert answer("/brief.pdf", Shown(number=0)).status == 404
    shown = answer("/brief.pdf", Shown(number=1, day=day))
    assert (shown.status, shown.kind, shown.content[:5]) == (200, "application/pdf", b"%PDF-")
    assert day.pdf() is shown.content
    broken = Shown(number=2, day=replace(day, pdf=fails))
    assert (answer("/brief", broken).status, asked) == (200, [])
    assert answer("/brief.pdf", broken).content == b"brief.pdf: not set in type\n"


def test_the_screen_counts_what_looks_different_and_keeps_the_last_good_day(session: Session) -> None:
    screen, day = Screen(), made(session)
    screen.show(day, seconds=1)
    screen.show(made(session), seconds=2)
    assert screen.shown.number == 1
    mistake = Mistake(file="config.yaml", line=1, column=1, message="wrong")
    screen.complain((mistake,), seconds=1)
    assert (screen.shown.number, screen.shown.day, screen.shown.mistakes) == (2, day, (mistake,))
    screen.show(day, seconds=1)
    assert (screen.shown.number, screen.shown.mistakes) == (3, ())


def test_waiting_ends_with_news_with_time_and_with_the_screen(session: Session) -> None:
    screen, day = Screen(), made(session)
    assert screen.wait(0, 0) == Shown(number=0)
    thread = Thread(target=lambda: screen.show(day, seconds=1))
    thread.start()
    news = screen.wait(0, 30)
    thread.join()
    assert news is not None
    assert news.number == 1
    screen.close()
    assert screen.wait(1, 30) is None


def test_the_config_with_all_that_it_extends_is_watched(tmp_path: Path) -> None:
    for folder in ("desk", "shared", "deeper", "night", "desk/templates"):
        (tmp_path / folder).mkdir()
    (tmp_path / "desk" / "config.yaml").write_text("extends: '../shared/a.yaml'  # ours\nbroken: [\n")
    (tmp_path / "shared" / "a.yaml").write_text("extends: ../deeper/b.yaml\n")
    (tmp_path / "deeper" / "b.yaml").write_text("extends: b.yaml\n")
    (tmp_path / "one.txt").touch()
    found = watched(tmp_path / "desk" / "config.yaml", [tmp_path / "night", tmp_path / "one.txt", tmp_path / "gone"])
    assert found == Watched(
        flat=frozenset({tmp_path / "desk", tmp_path / "shared", tmp_path / "deeper", tmp_path}),
        deep=frozenset({tmp_path / "desk" / "templates", tmp_path / "night"}),
    )
    assert config_files(tmp_path / "absent.yaml") == (tmp_path / "absent.yaml",)


LOADS_IN_THREADS = """
import sys
from pathlib import Path
from briefing.preview import Watched, watching

class Started:
    def __init__(self, **_): pass
    def start(self): print("watchfiles" in sys.modules)
    def join(self): pass

watching.Thread = Started
watching.Watcher().watch(Watched(flat=frozenset({Path(".")}), deep=frozenset({Path(".")})))
"""


def test_no_thread_of_a_watcher_imports_what_it_watches_with() -> None:
    told = subprocess.run([sys.executable, "-c", LOADS_IN_THREADS], capture_output=True, text=True, check=True)
    assert told.stdout.split() == ["True", "True"]


def test_a_watcher_wakes_for_a_change_below_what_it_watches(tmp_path: Path) -> None:
    (tmp_path / "deep" / "er").mkdir(parents=True)
    watcher = Watcher()
    watcher.watch(Watched(flat=frozenset(), deep=frozenset({tmp_path / "deep"})))
    watcher.wait()  # what it watches is new
    woken = Thread(target=watcher.wait)
    woken.start()
    for number in range(1000):  # until the kernel has begun to watch
        (tmp_path / "deep" / "er" / "a.txt").write_text(str(number))
        woken.join(timeout=0.01)
        if not woken.is_alive():
            break
    assert not woken.is_alive()
    watcher.close()


def test_a_template_mistake_is_found_at_its_line(tmp_path: Path) -> None:
    path = tmp_path / "story.html.j2"
    path.write_text("<p>\n  {{ nothing }} \n</p>\n")
    (mistake,) = mistakes_of(RenderError(f"{path}:2: 'nothing' is undefined"))
    assert mistake == Mistake(
        file=str(path), line=2, column=3, width=13, message="'nothing' is undefined", source="  {{ nothing }}"
    )


def test_a_mistake_in_labels_is_found_at_its_line(tmp_path: Path) -> None:
    path = tmp_path / "labels.en.yaml"
    path.write_text("a: b\nc: [d\n")
    (mistake,) = mistakes_of(RenderError(f"{path}: cannot be read: while parsing\n  in line 2, column 4:\n"))
    assert (mistake.file, mistake.line, mistake.source) == (str(path), 2, "c: [d")


def test_other_errors_are_told_in_their_words(tmp_path: Path) -> None:
    wrong = Mistake(file="config.yaml", line=3, column=1, message="wrong")
    assert mistakes_of(ConfigError([wrong])) == (wrong,)
    (mistake,) = mistakes_of(BriefingError("page.template: there is no template 'x'"))
    assert (mistake.file, mistake.line, mistake.message) == ("", 0, "page.template: there is no template 'x'")
    (mistake,) = mistakes_of(RenderError(f"{tmp_path / 'gone.j2'}:2: absent"))
    assert mistake.line == 0


@pytest.mark.parametrize("name", ["showing"])
def test_what_decides_what_to_show_touches_nothing(name: str) -> None:
    tree = ast.parse((PREVIEW / f"{name}.py").read_text())
    imported = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    imported |= {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert not imported & {"os", "pathlib", "time", "random", "socket", "http.server", "threading", "subprocess"}
