"""What a user may choose in config.yaml: template, colour, logo, blocks."""

from __future__ import annotations

import json
import re
from base64 import b64encode
from dataclasses import replace
from hashlib import sha256
from typing import TYPE_CHECKING, Any

import pypdfium2
import pytest

from briefing.config import READABLE, Page, Theme, contrast
from briefing.render import render
from briefing.render.page import DARK, dark_css, light_css, readable
from briefing.verify import check_editions
from tests.render.sample import sample_brief, whole

if TYPE_CHECKING:
    from pathlib import Path

    from briefing.edition import Brief, Edition

DOT = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><circle cx="4" cy="4" r="4"/></svg>'


def _rendered(brief: Brief, page: dict[str, Any], *, folder: Path | None = None, formats: str = "html") -> Edition:
    templates = [] if folder is None else [folder]
    return render(brief, formats=formats.split(), page=Page.model_validate(page), templates=templates)


def _html(edition: Edition) -> str:
    return dict(edition.files)["brief.html"].decode()


@pytest.mark.parametrize("template", ["compact", "digest"])
def test_the_other_templates_print_their_sentences_and_links(brief: Brief, template: str) -> None:
    edition = _rendered(brief, {"template": template}, formats="pdf html json")
    files = dict(edition.files)
    data = json.loads(files["brief.json"])
    assert edition.problems == ()
    assert check_editions(edition.brief, files) == ()
    assert ("Loads of more than 24 tonnes" in _html(edition)) == (template == "compact")
    for story in data["sections"][0]["stories"]:
        assert story["headline"] in _html(edition)


def test_a_page_that_lost_some_sentences_is_no_digest(files: dict[str, bytes], brief: Brief) -> None:
    lost = files["brief.html"].replace(b"Surveyors found eleven gaps", b"Surveyors found gaps")
    assert len(check_editions(brief, {"brief.html": lost})) == 1


def test_blocks_come_as_chosen_and_sources_always(brief: Brief) -> None:
    edition = _rendered(brief, {"blocks": ["how", "sections"]}, formats="html pdf")
    html = _html(edition)
    places = [html.find(f'id="{name}"') for name in ("how", "section-roads", "sources")]
    assert places == sorted(places)
    assert min(places) > 0
    assert 'id="gaps"' not in html
    assert 'class="front"' not in html
    assert edition.problems == ()


def test_a_colour_stands_in_place_of_the_sections_own(brief: Brief) -> None:
    edition = _rendered(brief, {"theme": {"accent": "#7a1f3d"}})
    assert edition.problems == ()
    style = _html(edition).split("<style>")[1].split("</style>")[0]
    assert ".k6 { --k: #7a1f3d }" in style
    assert readable("#7a1f3d", on=DARK) in style
    policy = b64encode(sha256(style.encode()).digest()).decode()
    assert f"'sha256-{policy}'" in _html(edition).replace("&#39;", "'")


@pytest.mark.parametrize("colour", ["#ffff00", "#777777", "#ffffff", "#000000", "#7a1f3d", "#0b0bff"])
def test_a_colour_can_be_read_on_every_ground(colour: str) -> None:
    theme = Theme.model_construct(accent=colour)
    for css, grounds in ((light_css(theme), ("#ffffff", "#fdfdfb", "#f1f2f4")), (dark_css(theme), ("#14161a",))):
        used = set(re.findall(r"#[0-9a-f]{6}", css))
        assert len(used) == 1
        assert all(contrast(one, ground) >= READABLE for one in used for ground in grounds)


def test_a_logo_is_part_of_the_file(brief: Brief, tmp_path: Path) -> None:
    (tmp_path / "standard").mkdir()
    (tmp_path / "standard" / "logo.svg").write_text(DOT)
    theme = {"logo": "logo.svg", "accent": "#7a1f3d"}
    edition = _rendered(brief, {"theme": theme}, folder=tmp_path, formats="html pdf")
    assert edition.problems == ()
    assert f"data:image/svg+xml;base64,{b64encode(DOT.encode()).decode()}" in _html(edition)


def test_a_logo_that_is_not_there_is_said(brief: Brief) -> None:
    edition = _rendered(brief, {"theme": {"logo": "nosuch.png"}})
    assert "no picture nosuch.png" in edition.problems[0].reason
    assert "<img" not in _html(edition)


def test_the_labels_of_every_language_have_the_same_names() -> None:
    from briefing.render import shipped_templates
    from briefing.render.words import read_words

    folders = [shipped_templates() / "standard"]
    english = read_words("en", folders, timezone="UTC").labels
    for path in sorted(folders[0].glob("labels.*.yaml")):
        language = path.suffixes[0][1:]
        words = read_words(language, folders, timezone="UTC")
        assert words.labels.keys() == english.keys()
        for key, forms in words.labels.items():
            if isinstance(forms, dict) and key != "causes":
                assert all(words.count(key, number) for number in (0, 1, 2, 3, 11, 100))


def test_a_front_that_fills_a_page_stands_alone() -> None:
    brief = sample_brief()
    headline = "Engineers reopen the northern bridge to lorries"
    for points, has_its_page in ((brief.key_points * 2, True), (brief.key_points[:2], False)):
        pages = _pages(replace(brief, key_points=points), Page())
        assert (headline in pages[0]) is not has_its_page


def test_without_key_points_stories_begin_on_the_first_page() -> None:
    pages = _pages(replace(sample_brief(), key_points=()), Page())
    assert "Engineers reopen the northern bridge to lorries" in pages[0]


def test_a_sheet_leaves_a_story_to_its_headline_where_its_front_says_all() -> None:
    brief = sample_brief()
    (story, *others), point = brief.sections[0].stories, brief.key_points[0]
    quoted = whole(brief.by_id[point.article], text=point.text, start=point.start, end=point.end)
    said = replace(story, sentences=(quoted,))
    section = replace(brief.sections[0], stories=(said, *others))
    pages = _pages(
        replace(brief, sections=(section, *brief.sections[1:])), Page.model_validate({"template": "compact"})
    )
    text = " ".join(" ".join(pages).split())
    assert text.count(point.text[:30]) == 1
    assert (story.headline or "") in text


def _pages(brief: Brief, page: Page) -> list[str]:
    made = dict(render(brief, formats=("pdf",), page=page, templates=[]).files)
    document = pypdfium2.PdfDocument(made["brief.pdf"])
    pages = [" ".join(sheet.get_textpage().get_text_bounded().split()) for sheet in document]
    document.close()
    return pages
