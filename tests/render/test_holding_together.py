"""No heading and no byline ends a column or a page: what it stands over begins right below it."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any, NamedTuple

import pypdfium2
import pytest

from benchmarks.pages.gallery import templates
from briefing.config import Page
from briefing.models import Copy
from briefing.render import render
from tests.render.sample import brief_of, rendered
from tests.render.test_fitting import long_day

if TYPE_CHECKING:
    from collections.abc import Iterator

    from briefing.edition import Brief, Edition, StoryEntry

LOOK = 24
"""Characters by which a text is found."""
NEAR = 110.0
"""Points below a heading within which its text begins: a headline of three lines and a byline of four."""


class Spot(NamedTuple):
    """Where a text begins: page, points from the left and from the bottom."""

    page: int
    x: float
    y: float


class Pages:
    """Where texts stand in a PDF, whatever blanks and hyphens setting has put into them."""

    def __init__(self, content: bytes) -> None:
        self._document = pypdfium2.PdfDocument(content)
        self._texts = [page.get_textpage() for page in self._document]
        self.middle = self._document[0].get_width() / 2
        characters = [
            (number, index, character)
            for number, text in enumerate(self._texts)
            for index, character in enumerate(text.get_text_range())
            if not re.match(r"[\s\u00ad\u2060\u2010\u200b\ufffe\x02-]", character)
        ]
        self._text = "".join(character for *_, character in characters)
        self._places = [(number, index) for number, index, _ in characters]

    def find(self, text: str) -> Iterator[Spot]:
        """Yield where a text begins, wherever it stands."""
        wanted = re.sub(r"[\s\u00ad\u2060\u2010-]", "", text)[:LOOK]
        for found in re.finditer(re.escape(wanted), self._text):
            page, index = self._places[found.start()]
            left, _, _, top = self._texts[page].get_charbox(index)
            yield Spot(page, left, top)

    def close(self) -> None:
        """Close the document."""
        for text in self._texts:
            text.close()
        self._document.close()


def _heads(data: dict[str, Any], *, telling: bool) -> Iterator[tuple[str, str]]:
    """Yield what heads something, and what it heads, of an edition in English."""
    articles = {article["id"]: article for article in data["articles"]}
    points = {point["text"] for point in data["key_points"]}  # a sheet does not tell them again
    groups = [
        *((section["title"], section["stories"]) for section in data["sections"]),
        ("Also today", data["also_today"]),
    ]
    for title, stories in groups:
        for number, story in enumerate(stories):
            article = articles[story["article"]]
            outlet = article["outlet"] or "No outlet named"
            head = story["headline"] or outlet
            if number == 0:
                yield title, head
            if telling and {sentence["text"] for sentence in story["sentences"]} - points:
                yield head, story["sentences"][0]["text"]
            elif story["headline"] and not telling:
                yield head, outlet


def _holds(head: Spot, text: Spot, *, columns: bool, middle: float) -> bool:
    same = head.page == text.page and -2 < head.y - text.y < NEAR
    return same and not (columns and (head.x < middle - 9) != (text.x < middle - 9))


def torn(content: bytes, data: dict[str, Any], page: Page) -> list[tuple[str, str]]:
    """Return what does not stand right over what it heads; right-to-left texts are read back in another order."""
    pages = Pages(content)
    columns = page.template == "compact" and page.size != "phone"
    found = [
        (head, text)
        for head, text in _heads(data, telling=page.template != "digest")
        if not re.search(r"[\u0590-\u08ff]", head + text)
        and not any(
            _holds(one, other, columns=columns, middle=pages.middle)
            for one in pages.find(head)
            for other in pages.find(text)
        )
    ]
    pages.close()
    return found


def _unbroken(brief: Brief) -> Brief:
    """Tell each story in one sentence, which is too long for the page to keep it whole, and begins like no other."""

    def whole(story: StoryEntry) -> StoryEntry:
        said = replace(story.sentences[0], text=f"Since {story.id[:6]}: {brief.by_id[story.article].text}")
        return replace(story, headline=f"For {story.id[:6]}: {story.headline}", sentences=(said,))

    return replace(
        brief, sections=tuple(replace(one, stories=tuple(map(whole, one.stories))) for one in brief.sections)
    )


def _torn(edition: Edition, page: Page) -> list[tuple[str, str]]:
    made = dict(edition.files)
    return torn(made["brief.pdf"], json.loads(made["brief.json"]), page)


@pytest.mark.long
@pytest.mark.parametrize(
    ("template", "size", "articles"),
    [
        *((template, size, articles) for template in templates() for size, articles in (("a4", 60), ("phone", 30))),
        ("standard", "letter", 40),
        *(("compact", size, 32) for size in ("a4", "letter")),
    ],
)
def test_no_heading_ends_a_column_or_a_page(template: str, size: str, articles: int) -> None:
    page = Page.model_validate({"template": template, "size": size})
    edition = render(_unbroken(long_day(articles)), formats=("pdf", "json"), page=page, templates=[])
    assert _torn(edition, page) == []


@pytest.mark.parametrize("size", ["a4", "phone"])
@pytest.mark.parametrize("template", templates())
def test_none_does_in_the_sample(template: str, size: str) -> None:
    page = Page.model_validate({"template": template, "size": size})
    assert _torn(rendered("en", template, size), page) == []


def test_a_story_of_six_lines_stays_on_its_page() -> None:
    said = (
        "{0} begins here, at the mill of the town, where "
        + "the wheel has stood since the flood; " * 8
        + "it ends at {0}."
    )
    texts = [said.format(f"N{number:02}x") for number in range(24)]
    made = dict(render(brief_of(*texts, title="Told"), formats=("pdf",), page=Page(), templates=[]).files)
    pages = Pages(made["brief.pdf"])
    for number in range(24):
        (begins,) = {spot.page for spot in pages.find(f"N{number:02}x begins here")}
        assert begins in {spot.page for spot in pages.find(f"it ends at N{number:02}x")}
    pages.close()


def test_long_names_of_outlets_do_not_run_into_the_next_story() -> None:
    brief = long_day(16)
    named = [replace(one, outlet=f"{n} " + "and Intelligencer " * 4) for n, one in enumerate(brief.articles)]
    stories = [
        replace(story, article=lead.id, sentences=story.sentences[:1], also=(), status=None)
        for story, lead in zip(brief.sections[0].stories[:2], named, strict=False)
    ]
    copies = tuple(Copy(article=one.id, of=named[0].id, share=1.0) for one in named[9:])
    stories[0] = replace(stories[0], also=tuple(one.id for one in named[2:]), copies=copies, independent=8)
    section = replace(brief.sections[0], stories=tuple(stories))
    brief = replace(brief, sections=(section,), articles=tuple(named))
    made = dict(render(brief, formats=("pdf",), page=Page(), templates=[]).files)
    pages = Pages(made["brief.pdf"])
    *_, last = pages.find("and 5 others")
    after = next(spot for spot in pages.find("1 and Intelligencer") if spot.x > pages.middle and spot.page == last.page)
    pages.close()
    assert last.y > after.y + 8
