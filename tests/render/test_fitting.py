"""Two pages, however long the day is."""

from __future__ import annotations

from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pypdfium2
import pytest

from briefing.config import Page
from briefing.edition import ArticleEntry, Brief, Section, Silence, StoryEntry, read_brief
from briefing.errors import RenderError
from briefing.models import Problem
from briefing.render import render
from briefing.render.fitting import Budget, estimated, fitted, on_sheet, shown_on
from briefing.render.templates import template_folders
from briefing.render.view import view_of
from briefing.render.words import read_words
from briefing.verify import check_editions, check_quotations
from tests.render.sample import article, sample_brief, story_of, whole

SAID = (
    "Crews of the night ferries stopped work at ten on Monday evening, for the {n}th time, until a roster is signed.",
    "The company ran three of its eleven boats with officers alone, as it had said it would on day {n}.",
    "About 1,400 passengers slept in terminal {n}, where the port handed out blankets and tea until the morning.",
)
BUDGET = Budget(pages=2, lines=228, characters=60)


def _article(n: int) -> ArticleEntry:
    return replace(
        article(" ".join(said.format(n=n) for said in SAID), sha256(str(n).encode()).hexdigest()[:12], f"in/{n}.md"),
        title=f"Night ferries stand still for the {n}th time as crews ask for a new roster",
        outlet=f"Harbour Wire {n % 13}",
        url=f"https://harbour-wire.example/{n}",
        published=sample_brief().edition.cut_off,
        number=n + 1,
    )


def _story(entry: ArticleEntry) -> StoryEntry:
    said, at = [], 0
    for text in entry.text.split(". "):
        end = min(at + len(text) + 1, len(entry.text))
        said.append(whole(entry, text=entry.text[at:end], start=at, end=end, score=0.5))
        at = end + 1
    return story_of(entry, terms=(), sentences=tuple(said))


def long_day(articles: int) -> Brief:
    """Make a day of so many articles, each a story of three sentences, in four sections."""
    made = [_article(n) for n in range(articles)]
    sections = tuple(
        Section(id=f"s{part}", title=f"Part {part}", stories=tuple(map(_story, made[part::4]))) for part in range(4)
    )
    return replace(
        sample_brief(),
        key_points=(),
        sections=sections,
        also_today=(),
        articles=tuple(made),
        left_out=(),
        history=(),
        silent=Silence(),
        figures=(),
    )


@pytest.mark.parametrize(("articles", "size"), [(1, "a4"), (60, "a4"), (60, "letter"), (150, "letter"), (500, "a4")])
def test_the_compact_template_takes_two_pages(articles: int, size: str) -> None:
    page = Page.model_validate({"template": "compact", "size": size})
    edition = render(long_day(articles), formats=("pdf", "html", "json"), page=page, templates=[])
    files = dict(edition.files)
    assert edition.problems == ()
    assert len(pypdfium2.PdfDocument(files["brief.pdf"])) <= 2
    brief = read_brief(files["brief.json"])
    assert check_quotations(brief) == ()
    assert check_editions(brief, files) == ()
    told = [story.id for section in brief.sections for story in (*section.stories, *section.more)]
    assert sorted(told) == sorted(brief.by_id)


@pytest.mark.parametrize("articles", [60, 100, 300, 2000])
def test_what_a_sheet_has_no_room_for_is_counted(articles: int) -> None:
    brief = fitted(long_day(articles), BUDGET)
    shown = shown_on(brief, BUDGET)
    for section in brief.sections:
        assert len(section.stories) + len(section.more) == articles / 4
        assert shown.headlines[section.id] <= len(section.more)
    listed = {one.id for one in brief.articles if one.number in shown.sources}
    told = [story for section in brief.sections for story in section.stories]
    assert listed >= {story.article for story in told}
    assert len(listed) == len(told) + sum(shown.headlines.values())
    assert (articles > 60) == (len(listed) < articles)
    assert len(told) >= 10  # the sheet is not a list of headlines


def test_what_is_counted_is_printed_so() -> None:
    brief = fitted(long_day(300), BUDGET)
    folders = template_folders("compact", [])
    words = read_words("en", folders, timezone="Europe/Paris")
    view = on_sheet(view_of(brief, words), shown_on(brief, BUDGET), words)
    listed = view["sources"]["quoted"] + view["sources"]["unquoted"]
    assert view["sources"]["rest"] == f"and {300 - len(listed)} more in the full brief"
    for before, after in zip(brief.sections, view["sections"], strict=True):
        assert after["more_rest"] == f"and {len(before.more) - len(after['more'])} more in the full brief"


def test_figures_take_a_tenth_of_a_sheet_and_the_rest_is_counted() -> None:
    (difference, *_) = sample_brief().figures
    long = long_day(60)
    articles = (*long.articles, *(replace(one, number=900 + one.number) for one in sample_brief().articles))
    brief = replace(long, articles=articles, figures=(difference,) * 90)
    shorter = fitted(brief, BUDGET)
    assert 2 <= len(shorter.figures) <= 20
    (told,) = shorter.left_out
    assert told.reason == f"{90 - len(shorter.figures)} more that differ have no room on 2 pages"
    page = Page.model_validate({"template": "compact"})
    assert render(brief, formats=("pdf",), page=page, templates=[]).problems == ()


def test_gaps_of_a_sheet_name_some_and_count_the_rest() -> None:
    lost = tuple(Problem(origin=f"in/{n}.txt", stage="read", reason=f"reason {n % 9}") for n in range(180))
    brief = replace(sample_brief(), left_out=lost, silent=Silence(outlets=tuple(f"Outlet {n}" for n in range(40))))
    words = read_words("en", template_folders("compact", []), timezone="Europe/Paris")
    gaps = on_sheet(view_of(brief, words), shown_on(brief, BUDGET), words)["gaps"]
    assert gaps["outlets"][12:] == ["and 28 more in the full brief"]
    assert [group["count"] for group in gaps["left_out"]] == ["20 documents"] * 6
    assert gaps["rest"] == "and 60 more in the full brief"


def test_what_fits_stays_as_it_is() -> None:
    brief = sample_brief()
    assert fitted(brief, BUDGET) is brief
    assert fitted(brief, None) is brief


def test_sentences_go_before_stories() -> None:
    brief = long_day(24)
    budget = replace(BUDGET, lines=estimated(brief, BUDGET) - 7)
    shorter = fitted(brief, budget)
    assert [len(section.stories) for section in shorter.sections] == [6, 6, 6, 6]
    lengths = [[len(story.sentences) for story in section.stories] for section in shorter.sections]
    assert {length for section in lengths for length in section} == {2, 3}
    assert all(section == sorted(section, reverse=True) for section in lengths)  # the first of each are told in full
    assert budget.lines - 5 < estimated(shorter, budget) <= budget.lines


def test_stories_go_to_their_headlines_from_the_longest_section() -> None:
    brief = long_day(40)
    shorter = fitted(brief, BUDGET)
    counts = [len(section.stories) for section in shorter.sections]
    assert max(counts) - min(counts) <= 1
    assert sum(counts) < 40
    assert sum(len(section.more) for section in shorter.sections) + sum(counts) == 40


def test_a_story_left_to_its_headline_is_listed_once() -> None:
    brief = long_day(60)
    first, second, *rest = brief.sections
    doubled = replace(brief, sections=(first, replace(second, more=first.stories), *rest))
    shorter = fitted(doubled, BUDGET)
    listed = [story.id for section in shorter.sections for story in (*section.stories, *section.more)]
    assert len(listed) == len(set(listed)) == 60


def test_a_day_that_takes_more_pages_is_told(tmp_path: Path) -> None:
    (tmp_path / "compact").mkdir()
    (tmp_path / "compact" / "budget.yaml").write_text("{pages: 2, characters: 60, lines: {a4: 9999}}")
    page = Page.model_validate({"template": "compact"})
    edition = render(long_day(40), formats=("pdf",), page=page, templates=[tmp_path])
    (problem,) = edition.problems
    assert problem.reason == "it takes 4 pages where 2 are meant"


@pytest.mark.parametrize("text", ["pages: [", "2", "{pages: 2}", "{pages: two, characters: 60, lines: {a4: 9}}"])
def test_a_wrong_budget_is_told(tmp_path: Path, text: str) -> None:
    (tmp_path / "compact").mkdir()
    (tmp_path / "compact" / "budget.yaml").write_text(text)
    page = Page.model_validate({"template": "compact"})
    with pytest.raises(RenderError, match=r"budget\.yaml: must name pages"):
        render(sample_brief(), formats=("md",), page=page, templates=[tmp_path])
