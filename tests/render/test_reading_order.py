"""What runs from right to left is read back from the page in order."""

from __future__ import annotations

import re
from dataclasses import replace

import pypdfium2
import pytest

from briefing.config import Page
from briefing.render import render
from briefing.verify.editions import in_order
from tests.render.sample import sample_brief

# of the sample's harbour, without vowel marks
ONE = "أعلنت سلطة الميناء إغلاق المرفأ الشرقي ليلتين بسبب إضراب 11 طاقما."
TWO = "وقضى نحو 900 راكب ليلتهم في صالة المرفأ، وفق مسؤول في الميناء."
THREE = "وصلت ثلاث سفن من الشمال قبل الفجر وبقيت خارج المرفأ حتى المساء."


@pytest.mark.parametrize("template", ["standard", "compact"])
def test_citations_do_not_move_what_stands_around_them(template: str) -> None:
    brief = sample_brief("ar")
    section = brief.sections[1]
    story = section.stories[1]
    said = tuple(replace(story.sentences[0], text=text) for text in (ONE, TWO, THREE))
    section = replace(section, stories=(replace(story, sentences=said),))
    page = Page.model_validate({"template": template})
    made = render(replace(brief, sections=(section,)), formats=("pdf",), page=page, templates=[])
    document = pypdfium2.PdfDocument(dict(made.files)["brief.pdf"])
    read = " ".join(" ".join(sheet.get_textpage().get_text_bounded() for sheet in document).split())
    document.close()
    words = re.findall(r"\w+", read)
    wanted = re.findall(r"\w+", f"{ONE} {TWO} {THREE}")
    start = next(n for n, word in enumerate(words) if words[n : n + 6] == wanted[:6])
    told = [word for word in words[start : start + len(wanted) + 3] if word != "5"]
    assert told[: len(wanted)] == wanted


@pytest.mark.parametrize(("language", "mark"), [("en", "\u200e"), ("ar", "\u200f")])
def test_an_author_of_the_other_direction_does_not_take_the_date_along(language: str, mark: str) -> None:
    brief = sample_brief(language)
    name = "سلمى الميناوي" if language == "en" else "Ada Marsh"
    articles = tuple(replace(article, author=name) for article in brief.articles)
    made = render(replace(brief, articles=articles), formats=("html",), page=Page(), templates=[])
    html = dict(made.files)["brief.html"].decode()
    assert re.search(rf"{name}[^<]*{mark} · \d", html)
    assert not re.search(rf"{name} · \d", html)


@pytest.mark.parametrize(
    ("text", "held"),
    [
        (f"x {ONE} 5 y", True),
        (ONE.replace("ليلتين", "12 ليلتين"), True),  # a number between two lines
        (" ".join(reversed(ONE.split())), False),
        (ONE.replace("إغلاق", "فتح"), False),
        ("ليلتين بسبب إضراب 11 طاقما. 3 أعلنت سلطة الميناء إغلاق المرفأ الشرقي", True),  # a column ended in it
        ("إضراب 11 طاقما. أعلنت سلطة الميناء الشرقي ليلتين بسبب إغلاق المرفأ", False),
    ],
)
def test_words_out_of_order_are_noticed(text: str, held: bool) -> None:  # noqa: FBT001 - what is expected
    assert in_order(text)(ONE) is held
