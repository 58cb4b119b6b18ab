"""Long titles, long handling lines, many sections: the first page keeps what it must have, and nothing leaves paper."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pypdfium2
import pytest

from briefing.config import Page
from briefing.render import render
from tests.render.sample import sample_brief

if TYPE_CHECKING:
    from briefing.edition import Brief, Section

HANDLING = "For the desk only; ask before you forward it to anybody outside the desk"
TITLE = (
    "The coast and the islands: a daily brief for the desk and its partners in three towns, and what others leave out"
)


def _pages(brief: Brief, page: dict[str, Any]) -> list[str]:
    """Return the text of each page, having seen that none of it leaves the paper."""
    made = render(brief, formats=("pdf",), page=Page.model_validate(page), templates=[])
    document = pypdfium2.PdfDocument(dict(made.files)["brief.pdf"])
    texts = []
    for sheet in document:
        width, height = sheet.get_size()
        text = sheet.get_textpage()
        boxes = [text.get_charbox(index) for index in range(text.count_chars())]
        assert min(min(left, bottom) for left, bottom, _, _ in boxes) >= 0
        assert max(right for _, _, right, _ in boxes) <= width
        assert max(top for _, _, _, top in boxes) <= height
        texts.append(" ".join(text.get_text_bounded().split()))
    document.close()
    return texts


@pytest.mark.parametrize("template", ["standard", "compact"])
def test_what_the_first_page_quotes_has_its_outlet_and_hour(template: str) -> None:
    first, *_ = _pages(sample_brief(), {"template": template})
    assert "ROADS AND BRIDGES Marram Gazette, 13 May, 18:40" in first
    assert "ALSO TODAY Upland Echo, 13 May, 13:30" in first


@pytest.mark.long
@pytest.mark.parametrize(
    ("template", "size", "handling"),
    [
        *(("standard", size, HANDLING) for size in ("a4", "phone")),
        *(("compact", size, HANDLING) for size in ("letter", "phone")),
        ("standard", "phone", "x" * 199),
        ("compact", "phone", "and so on " * 25),
        ("standard", "a4", "and so on " * 25),
    ],
)
def test_long_words_of_the_head_stay_in_it(template: str, size: str, handling: str) -> None:
    brief = sample_brief()
    edition = replace(brief.edition, title=TITLE, handling=handling)
    first, *rest = _pages(replace(brief, edition=edition), {"template": template, "size": size})
    assert handling.strip()[:190].replace(" ", "") in first.replace(" ", "")
    for text in rest:
        assert "The coast and" in text  # the running title
        assert handling[:15] in text
        assert text.count("TLP:AMBER+STRICT") == 2


@pytest.mark.long
@pytest.mark.parametrize(
    ("template", "size", "length"),
    [("standard", "a4", 40), ("standard", "phone", 300), ("compact", "a4", 300)],
)
def test_many_sections_leave_the_first_page_to_what_comes_first(template: str, size: str, length: int) -> None:
    brief = sample_brief()
    sections = _headings(brief, "The coalition and its posture", 20)
    points = tuple(
        replace(point, section=f"s{n}", text=f"Point {n}: " + ("one more word " * (length // 14)).strip())
        for n, point in enumerate((*brief.key_points, *brief.key_points))
    )
    edition = replace(brief.edition, title=TITLE)
    first, *_ = _pages(
        replace(brief, edition=edition, sections=sections, key_points=points), {"template": template, "size": size}
    )
    assert "BOTTOM LINE" in first.upper()
    assert "Point 0:" in first
    assert size == "phone" or "Point 1:" in first


@pytest.mark.parametrize("size", ["a4", "letter"])
def test_five_points_of_four_lines_fill_the_first_page_and_no_more(size: str) -> None:
    brief = sample_brief()
    points = tuple(
        replace(point, text=f"Point {n}: " + ("one more word " * 16).strip())
        for n, point in enumerate((*brief.key_points, *brief.key_points)[:5])
    )
    first, second, *_ = _pages(replace(brief, key_points=points), {"size": size})
    assert [f"Point {n}:" in first for n in range(5)] == [True] * 5
    assert brief.sections[0].title in second


@pytest.mark.parametrize(("size", "count"), [("a4", 15), ("letter", 10)])
def test_the_contents_of_many_sections_end_on_the_first_page(size: str, count: int) -> None:
    brief = sample_brief()
    sections = _headings(brief, "The provinces, part", count)
    points = tuple(
        replace(point, section="s0", text=f"Point {n}: " + ("one more word " * 8).strip())
        for n, point in enumerate((*brief.key_points, *brief.key_points)[:5])
    )
    first, *_ = _pages(replace(brief, sections=sections, key_points=points), {"size": size})
    assert "How to read this brief" in first


def test_a_front_that_follows_other_blocks_has_its_page_too() -> None:
    pages = _pages(sample_brief(), {"blocks": ["sections", "front", "how"]})
    (own,) = [text for text in pages if "THE DAY IN NUMBERS" in text.upper()]
    assert "BOTTOM LINE" in own.upper()
    assert "INSIDE" in own.upper()
    told = [story.headline for section in sample_brief().sections for story in section.stories]
    assert not any(headline and headline in own for headline in told)


def _headings(brief: Brief, title: str, count: int) -> tuple[Section, ...]:
    """Return sections of one story each: what stands on the first page is their names."""
    alike = [replace(section, stories=section.stories[:1]) for section in brief.sections[:2]]
    return tuple(replace(alike[n % 2], id=f"s{n}", title=f"{title} {n}") for n in range(count))
