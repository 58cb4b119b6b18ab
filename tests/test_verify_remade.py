"""The files of an edition must say what its `brief.json` gives: whatever is altered in one is told with its place."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from briefing.config import Page
from briefing.edition import as_data, read_brief
from briefing.render import made_again, render
from briefing.verify import Compared, check_editions, check_remade, check_rows
from tests.render.sample import brief_of, rendered, sample_brief

if TYPE_CHECKING:
    from collections.abc import Mapping

    from briefing.edition import Brief

FORMATS = ("html", "md", "txt")


def made(brief: Brief, formats: tuple[str, ...] = FORMATS, **page: Any) -> tuple[Brief, dict[str, bytes]]:  # noqa: ANN401 - settings of Page
    edition = render(brief, formats=formats, page=Page(**page), templates=[])
    return edition.brief, dict(edition.files)


def compared(brief: Brief, files: Mapping[str, bytes]) -> Compared:
    html = files.get("brief.html", b"").decode()
    return check_remade(files, made_again(brief, html, page=None, templates=()))


@pytest.mark.parametrize(
    ("template", "language"),
    [("standard", "en"), ("standard", "ar"), ("compact", "ar"), ("compact", "fr"), ("digest", "fr")],
)
def test_an_edition_as_it_was_made_says_what_its_data_give(template: str, language: str) -> None:
    edition = rendered(language, template)
    brief, files = edition.brief, dict(edition.files)
    assert read_brief(files["brief.json"]) == brief
    assert compared(brief, files) == Compared(wrong=(), apart=())
    assert check_rows(files, made_again(brief, files["brief.html"].decode(), page=None, templates=())) == ()


def test_blocks_that_are_left_out_or_moved_are_as_the_page_has_them() -> None:
    brief, files = made(sample_brief(), (*FORMATS, "pdf"), blocks=["figures", "sections", "front"], size="phone")
    assert compared(brief, files) == Compared(wrong=(), apart=())
    alone = [sentence.text.encode() for story in brief.also_today for sentence in story.sentences]
    assert any(text not in files["brief.html"] for text in alone)
    assert check_editions(brief, files) == ()
    shorter = {**files, "brief.html": files["brief.html"].replace(b"Surveyors found eleven gaps", b"")}
    assert check_editions(brief, shorter) != ()


ALTERED = [
    ("About 1,400 passengers slept", "About 9,400 passengers slept", ("html", "md", "txt")),
    ("About 1,400 passengers", "About 9,400 passengers", ("html", "md", "txt")),
    ("900 to 1,400", "900 to 9,400", ("html", "md", "txt")),
    ("1 account", "4 accounts", ("html", "md", "txt")),
    ("(C)", "(A)", ("html", "md", "txt")),
    ("13 May, 23:05", "14 May, 23:05", ("html", "md", "txt")),
    ("Ferry crews strike", "Ferry crews riot", ("html", "md", "txt")),
    ("Surveyors found eleven gaps", "Surveyors found twelve gaps", ("html", "md", "txt")),
    ("ferry?id=7&", "ferry?id=8&", ("md", "txt")),
    ("Silence is not absence.", "Seven million died.", ("html", "md", "txt")),
    ("</h1>", "</h1><p>Seven million died.</p>", ("html",)),
    ("## Gaps", "Seven million died.\n\n## Gaps", ("md",)),
    ("New · Marram Gazette", "Marram Gazette", ("md", "txt")),
    ("وفق مسؤول في الميناء", "وفق كاذب في الميناء", ("html", "md", "txt")),
]


@pytest.fixture(scope="module")
def edition() -> tuple[dict[str, bytes], tuple[Mapping[str, str], ...]]:
    brief, files = made(sample_brief())
    return files, made_again(brief, files["brief.html"].decode(), page=None, templates=())


@pytest.mark.parametrize(
    ("old", "new", "name"), [(old, new, f"brief.{kind}") for old, new, kinds in ALTERED for kind in kinds], ids=str
)
def test_whatever_is_altered_is_told_with_its_file_and_line(
    edition: tuple[dict[str, bytes], tuple[Mapping[str, str], ...]], old: str, new: str, name: str
) -> None:
    files, pages = edition
    whole = files[name].decode()
    assert old in whole
    forged = "".join(whole.rpartition(old)[:1]) + new + whole.rpartition(old)[2]
    line = whole[: whole.rindex(old)].count("\n") + 1
    (message, *more) = check_remade({name: forged.encode()}, pages).wrong
    assert abs(int(message.removeprefix(f"{name}, line ").partition(":")[0]) - line) <= 2  # a text may begin above
    assert len(more) <= 1


def test_a_page_of_a_template_that_is_not_at_hand_is_told_apart() -> None:
    page = b"<h1>A page of our own</h1>" + b"".join(b"<p>Line %d of it.</p>" % n for n in range(50))
    assert len(compared(sample_brief(), {"brief.html": page}).apart) == 1


@pytest.mark.parametrize(("template", "language"), [("standard", "en"), ("compact", "ar"), ("digest", "fr")])
def test_a_pdf_with_another_figure_is_told(template: str, language: str) -> None:
    edition = rendered(language, template)
    files = dict(edition.files)
    again = made_again(edition.brief, files["brief.html"].decode(), page=None, templates=())
    altered = [
        {**each, "brief.html": _with(each["brief.html"], "1,400 passengers", "9,400 passengers")} for each in again
    ]
    assert any("9,400 passengers" in message for message in check_rows({"brief.pdf": files["brief.pdf"]}, altered))


def _with(html: str, old: str, new: str) -> str:
    before, mark, block = html.partition('id="figures"')
    return before + mark + block.replace(old, new)


HOSTILE = (
    "A\ud800 lone one. " + "x" * 5000,
    "<b>no</b> & *md* [x](y) \x07\u202e back.",
    "1. list\n- item # h",
    "",
    "\n\n1\n\n2",
)


@pytest.mark.parametrize("template", ["standard", "compact", "digest"])
def test_whatever_stands_in_an_article_is_made_again_as_it_was(template: str) -> None:
    brief, files = made(brief_of(*HOSTILE, title="# T\u2029 *x* \\ | <i>"), ("json", *FORMATS), template=template)
    assert read_brief(files["brief.json"]) == brief
    assert compared(brief, files) == Compared(wrong=(), apart=())


def test_data_from_before_there_were_figures_are_still_read() -> None:
    data = as_data(sample_brief())
    del data["figures"], data["silent"], data["history"], data["also_today_more"]
    brief = read_brief(json.dumps(data).encode())
    assert compared(brief, made(brief)[1]) == Compared(wrong=(), apart=())
