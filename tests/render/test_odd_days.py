"""Days that are not like others: nothing to read, no titles, an article after the cut-off."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pypdfium2
import pytest

from briefing.config import Page
from briefing.edition import Silence, headlines, opening, read_brief
from briefing.render import render
from briefing.render.fitting import on_sheet, shown_of
from briefing.render.mail import Frame, mail_of
from briefing.render.templates import template_folders
from briefing.render.view import view_of
from briefing.render.words import read_words
from briefing.verify import check_editions
from tests.render.sample import brief_of, sample_brief
from tests.render.test_fitting import long_day

if TYPE_CHECKING:
    from briefing.edition import Brief

TEMPLATES = ("standard", "compact", "digest")
LONG = "Aircraft carried out strikes on the road and the ridge " * 4 + "before dawn."


def _files(brief: Brief, template: str = "standard") -> dict[str, bytes]:
    page = Page.model_validate({"template": template})
    made = render(brief, formats=("pdf", "html", "md", "txt", "json"), page=page, templates=[])
    assert made.problems == ()
    return dict(made.files)


def _texts(files: dict[str, bytes]) -> dict[str, str]:
    document = pypdfium2.PdfDocument(files["brief.pdf"])
    paper = " ".join(" ".join(page.get_textpage().get_text_bounded() for page in document).split())
    document.close()
    return {name: files[f"brief.{name}"].decode() for name in ("html", "md", "txt")} | {"pdf": paper}


def empty_day() -> Brief:
    """Make a day without an article."""
    brief = brief_of()
    silent = Silence(outlets=(), sources=("letters", "reports"))
    edition = replace(brief.edition, period_start=None)
    return replace(brief, edition=edition, sections=(replace(brief.sections[0], stories=()),), silent=silent)


@pytest.mark.parametrize("template", TEMPLATES)
def test_a_day_without_an_article_says_so(template: str) -> None:
    files = _files(empty_day(), template)
    for text in _texts(files).values():
        assert "No article was found for this edition." in text
        assert "letters, reports" in text
        assert "undated" not in text
        assert "Bottom line" not in text
        assert "left out" not in text.split("How to read")[0]
    assert 'id="sources"' not in files["brief.html"].decode()
    assert len(pypdfium2.PdfDocument(files["brief.pdf"])) == 1


@pytest.mark.parametrize("template", TEMPLATES)
def test_what_has_no_title_goes_by_its_first_words_wherever_it_stands(template: str) -> None:
    brief = brief_of("The silo took in 3,200 tonnes of grain. Nobody knew why.", LONG, "A third one, told.", title=None)
    (section,) = brief.sections
    first, second, third = section.stories
    brief = replace(brief, sections=(replace(section, stories=(first, third), more=(second,)),))
    files = _files(brief, template)
    for text in _texts(files).values():
        whole = " ".join(text.split())
        assert "The silo took in 3,200 tonnes of grain. Nobody knew why." in whole
        assert "Aircraft carried out" in whole
        assert "before dawn" not in whole
        assert "Untitled" not in whole
        assert "in/" not in whole
    assert check_editions(read_brief(files["brief.json"]), files) == ()
    assert json.loads(files["brief.json"])["sections"][0]["stories"][0]["headline"] is None
    names = [line.text for _, lines in headlines(brief) for line in lines]
    assert names == [opening(article.text) for article in (brief.articles[0], brief.articles[2], brief.articles[1])]
    for name in names:
        assert name in " ".join(_texts(files)["md"].split())
        assert name in mail_of(brief, Frame(), templates=[]).html


def test_a_page_does_not_head_a_story_with_the_words_that_it_begins_with() -> None:
    brief = brief_of("The silo took in 3,200 tonnes of grain. Nobody knew why.", "Rain fell.", title=None)
    (section,) = brief.sections
    first, second = section.stories
    elsewhere = replace(second, sentences=first.sentences)  # it quotes another account
    page = _texts(_files(replace(brief, sections=(replace(section, stories=(first, elsewhere)),))))["html"]
    assert page.count('class="untitled"') == 1
    assert 'aria-label="The silo took in 3,200 tonnes of grain. Nobody knew why."' in page
    assert "Rain fell." in page


def test_outlets_that_are_not_named_are_not_counted_as_none() -> None:
    texts = ("The silo took in 3,200 tonnes of grain.", "A second one, told.")
    assert "1 outlet" in _texts(_files(brief_of(*texts, outlet="Marram Gazette")))["md"]
    for text in _texts(_files(brief_of(*texts))).values():
        assert "0 outlets" not in text
        assert "stories" in text


def test_an_article_after_the_cut_off_is_told_in_its_place() -> None:
    brief = brief_of("A bridge was closed.", published=datetime(2024, 5, 15, 9, tzinfo=UTC))
    late = replace(brief, edition=replace(brief.edition, period_start=None))
    assert "Latest article: 15 May, 11:00 (Paris)" in _texts(_files(late))["md"]
    assert "Cut-off" not in _texts(_files(late))["md"]
    # a period keeps to its end
    assert "Cut-off: 14 May, 06:12 (Paris)" in _texts(_files(brief))["md"]


@pytest.mark.parametrize(("days", "name"), [(0, "Cut-off: 14 May, 06:12"), (1, "Latest article: 15 May (Paris)")])
def test_a_day_without_an_hour_is_later_only_where_the_day_is(days: int, name: str) -> None:
    day = sample_brief().edition.date + timedelta(days=days)
    brief = brief_of("A bridge was closed.", published=day)
    assert name in _texts(_files(replace(brief, edition=replace(brief.edition, period_start=None))))["md"]


def crowded_day(articles: int) -> Brief:
    """Make a day of which each section tells five stories and lists all others by their headlines."""
    brief = long_day(articles)
    told = tuple(replace(one, stories=one.stories[:5], more=one.stories[5:]) for one in brief.sections)
    return replace(brief, sections=told[:3], also_today=told[3].stories, also_today_more=brief.also_today_more)


@pytest.mark.long
def test_a_crowded_day_is_readable_and_nothing_is_lost() -> None:
    brief = crowded_day(600)
    files = _files(brief)
    document = pypdfium2.PdfDocument(files["brief.pdf"])
    assert len(document) < 16
    document.close()
    assert check_editions(read_brief(files["brief.json"]), files) == ()
    html = files["brief.html"].decode()
    assert all(article.title and article.title in html for article in brief.articles)
    assert html.count("<details") == 4  # three sections and the sources
    assert "and 121 more in the full brief" in _texts(files)["pdf"]


def test_what_a_crowded_day_does_not_print_is_counted() -> None:
    brief = crowded_day(600)
    words = read_words("en", template_folders("standard", []), timezone="Europe/Paris")
    view = on_sheet(view_of(brief, words), shown_of(brief), words)
    for before, after in zip(brief.sections, view["sections"], strict=True):
        assert len(after["more"]) == 24
        assert after["more_rest"] == f"and {len(before.more) - 24} more in the full brief"
    listed = len(view["sources"]["quoted"]) + len(view["sources"]["unquoted"])
    counted = [int(told.rpartition("(")[2].rstrip(")")) for told in view["sources"]["by_outlet"]]
    assert listed == 20 + 3 * 24
    assert listed + sum(counted) == len(brief.articles)
    assert view["how"][-1].startswith("“The full brief”")


def test_an_ordinary_day_is_printed_whole() -> None:
    brief = sample_brief()
    words = read_words("en", template_folders("standard", []), timezone="Europe/Paris")
    view = view_of(brief, words)
    assert on_sheet(view, shown_of(brief), words) == view


def test_the_place_of_the_hours_is_named_in_the_language() -> None:
    brief = sample_brief("ar")
    edition = replace(brief.edition, timezone="Asia/Jerusalem")
    assert "(القدس)" in _texts(_files(replace(brief, edition=edition)))["md"]
