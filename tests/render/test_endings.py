"""How pages begin and end: full to the foot, under a heading, and never with a rest of what stands before."""

from __future__ import annotations

from typing import Any

import pypdfium2
import pytest

from benchmarks.pages.endings import faults
from briefing.config import Page
from briefing.render import render
from briefing.render.templates import template_folders
from briefing.render.words import read_words
from tests.render.days import DAYS
from tests.render.sample import rendered


def _labels(language: str = "en") -> dict[str, Any]:
    return dict(read_words(language, template_folders("standard", []), timezone="UTC").labels)


@pytest.mark.parametrize(
    ("template", "size", "language", "day"),
    [
        ("standard", "a4", "en", "sixteen stories"),
        ("standard", "a4", "fr", "long stories"),
        ("standard", "phone", "ar", "still open"),
        ("compact", "a4", "en", "sixteen stories"),
        ("compact", "phone", "en", "sample"),
        ("compact", "phone", "fr", "headlines alone"),
        ("digest", "a4", "fr", "headlines alone"),
    ],
)
def test_every_page_is_full_and_headed(template: str, size: str, language: str, day: str) -> None:
    page = Page.model_validate({"template": template, "size": size})
    made = dict(render(DAYS[day](language), formats=("pdf",), page=page, templates=[]).files)
    assert faults(made["brief.pdf"], _labels(language), template=template, size=size) == []


def test_a_page_that_says_nothing_of_its_section_is_found() -> None:
    page = Page.model_validate({"template": "digest"})
    content = dict(render(DAYS["sixty stories"]("en"), formats=("pdf",), page=page, templates=[]).files)["brief.pdf"]
    assert faults(content, _labels(), template="digest", size="a4") == []
    blind = _labels() | {"continued": "{title}, further"}
    assert any("under no heading" in fault for fault in faults(content, blind, template="digest", size="a4"))


def test_a_screen_ends_with_its_text() -> None:
    document = pypdfium2.PdfDocument(dict(rendered(size="phone").files)["brief.pdf"])
    heights = {round(page.get_height()) for page in document}
    document.close()
    assert len(heights) > 2
    assert all(height <= 195 * 72 / 25.4 + 1 for height in heights)
