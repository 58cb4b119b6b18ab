"""The editions that are text: golden files, readable in a diff. `UPDATE_GOLDEN=1 pytest` writes them anew."""

from __future__ import annotations

import html
import os
import re
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from markdown_it import MarkdownIt

from briefing.config import Page
from briefing.edition import read_brief
from briefing.render import render
from briefing.render.mail import Frame, mail_of
from briefing.render.words import pieces
from briefing.verify import check_editions, check_quotations
from tests.render.sample import brief_of, sample_brief

if TYPE_CHECKING:
    from briefing.edition import Brief, Edition

GOLDEN = Path(__file__).parent / "golden"


@pytest.mark.parametrize("name", ["brief.json", "brief.md", "brief.txt"])
def test_the_sample_reads_as_ever(name: str, files: dict[str, bytes]) -> None:
    golden = GOLDEN / name
    if "UPDATE_GOLDEN" in os.environ:
        golden.write_bytes(files[name])
    assert files[name].decode() == golden.read_text(encoding="utf-8")


@pytest.mark.parametrize("language", ["fr", "ar"])
def test_the_briefs_own_words_are_in_its_language(language: str) -> None:
    made = dict(render(sample_brief(language), formats=("md",), page=Page(), templates=[]).files)
    golden = GOLDEN / f"brief.{language}.md"
    if "UPDATE_GOLDEN" in os.environ:
        golden.write_bytes(made["brief.md"])
    assert made["brief.md"].decode() == golden.read_text(encoding="utf-8")


def test_data_stands_to_the_letter_of_the_contract(data: dict[str, Any]) -> None:
    """design.md, "The edition on disk"; keys may be added, none renamed or removed."""
    assert data["version"] == 1
    assert set(data["edition"]) >= {
        "id", "title", "date", "timezone", "marking", "built_at", "cut_off", "language",
    }  # fmt: skip
    assert set(data["key_points"][0]) >= {"text", "article", "start", "end", "section"}
    assert set(data["sections"][0]) >= {"id", "title", "stories"}
    assert set(data["sections"][0]["stories"][0]) >= {
        "id", "headline", "language", "article", "also", "independent", "status", "score", "terms", "sentences",
    }  # fmt: skip
    sentence = data["sections"][0]["stories"][0]["sentences"][0]
    assert set(sentence) >= {"text", "article", "paragraph", "start", "end", "score"}
    assert set(data["articles"][0]) >= {
        "id", "origin", "title", "outlet", "url", "published", "language", "sha256", "words", "text",
    }  # fmt: skip
    assert set(data["left_out"][0]) >= {"origin", "stage", "reason"}


def test_every_edition_holds_every_sentence(files: dict[str, bytes], brief: Brief) -> None:
    assert check_quotations(brief) == ()
    assert check_editions(brief, files) == ()


@pytest.mark.parametrize("template", ["standard", "compact", "digest"])
@pytest.mark.parametrize(("language", "comment"), [("en", "Comment"), ("fr", "Opinion"), ("ar", "رأي")])
def test_what_is_no_plain_news_is_marked_in_every_edition(template: str, language: str, comment: str) -> None:
    plain = sample_brief(language)
    first, *others = plain.sections
    opinion = replace(first.stories[0], kind="opinion")
    marked = replace(plain, sections=(replace(first, stories=(opinion,), more=(opinion,)), *others))
    page = Page.model_validate({"template": template})
    made = dict(render(marked, formats=("html", "md", "txt"), page=page, templates=[]).files)
    bare = dict(render(plain, formats=("html", "md", "txt"), page=page, templates=[]).files)
    _, html, text = mail_of(marked, Frame(), templates=[])
    mails = {"mail.html": html, "mail.txt": text}
    for name, text in {**{name: made[name].decode() for name in bare}, **mails}.items():
        assert comment in text, name
    assert f'<span class="status opinion">{comment}</span>' in made["brief.html"].decode()
    assert not any("status opinion" in content.decode() for content in bare.values())


def test_files_come_in_the_order_asked_for(edition: Edition) -> None:
    assert [name for name, _ in edition.files] == ["brief.pdf", "brief.html", "brief.md", "brief.json", "brief.txt"]


@pytest.mark.parametrize(
    "text",
    [
        "1. is no list, and 2) is none.",
        "# no heading",
        "- no item, *no* _stress_ and `no` code",
        "+ plus, = equals, > quotes",
        '[no](http://example.org/ "link") and ![no](picture.png)',
        "<b>no</b> <script>alert(1)</script> &amp; &lt; AT&T",
        "a | b ~~c~~ \\ d \\* e",
        "under_scores_in_words and https://example.org/_x_",
        "{{7*7}} {% raw %} ${1}",
    ],
)
def test_markdown_shows_a_sentence_as_it_stands(text: str) -> None:
    made = dict(render(brief_of(text), formats=("md",), page=Page(), templates=[]).files)
    shown = MarkdownIt("commonmark").enable(["table", "strikethrough"]).render(made["brief.md"].decode())
    plain = html.unescape(re.sub(r"<[^>]+>", "", shown))
    assert text in plain
    assert "<script" not in shown
    assert "<img" not in shown


def test_lone_surrogates_do_not_cost_the_brief() -> None:
    made = dict(
        render(brief_of("before \ud800 after."), formats=("json", "html", "md", "txt"), page=Page(), templates=[]).files
    )
    brief = read_brief(made["brief.json"])
    assert brief.articles[0].text == "before \ufffd after."
    assert check_quotations(brief) == ()
    assert check_editions(brief, made) == ()


def test_sentences_of_languages_without_spaces_stand_side_by_side() -> None:
    brief = brief_of("桥墩已经加固。", language="zh", title="北桥")
    (story,) = brief.sections[0].stories
    said = replace(story.sentences[0], language="zh")
    section = replace(brief.sections[0], stories=(replace(story, language="zh", sentences=(said, said)),))
    made = dict(render(replace(brief, sections=(section,)), formats=("md", "html"), page=Page(), templates=[]).files)
    assert r"桥墩已经加固。 \[1\]桥墩已经加固。" in made["brief.md"].decode()
    assert re.search(r"</a>桥墩已经加固。", made["brief.html"].decode())


def test_ideographs_may_break_anywhere_as_it_is() -> None:
    assert len(pieces("北桥恢复通行，货车限重。" * 40)) == 1
    assert len(pieces("，" * 100)) > 1
    assert len(pieces("abc" * 40)) > 1


def test_sources_keep_their_numbers_in_markdown() -> None:
    brief = sample_brief()
    moved = replace(brief, articles=tuple(replace(each, number=each.number + 323) for each in brief.articles))
    made = dict(render(moved, formats=("md",), page=Page(), templates=[]).files)["brief.md"].decode()
    shown = re.sub(r"<[^>]+>", "", MarkdownIt("commonmark").render(made))
    for article in moved.articles:
        assert f"\n[{article.number}] " in shown


ARABIC = "أعلنت سلطة الميناء إغلاق المرفأ الشرقي ليلتين بسبب إضراب أحد عشر طاقما من طواقم العبارات"


@pytest.mark.parametrize("kind", ["md", "txt"])
@pytest.mark.parametrize(("language", "name"), [("en", "سلمى الميناوي"), ("ar", "Ada Marsh")])
def test_a_name_of_the_other_direction_is_isolated(kind: str, language: str, name: str) -> None:
    brief = sample_brief(language)
    articles = tuple(replace(one, author=name, outlet=name, title=ARABIC) for one in brief.articles)
    brief = replace(brief, articles=articles)
    made = dict(render(brief, formats=(kind,), page=Page(), templates=[]).files)
    text = made[f"brief.{kind}"].decode()
    lines = text.replace("\n    ", " ").splitlines()
    sources = [line for line in lines if re.match(rf"(- \\)?\[.*{name}", line)]
    assert len(sources) == len(articles)
    for line in sources:
        assert line.count(f"\u2068{name}\u2069") == 2
        assert (f"\u2068{ARABIC[:9]}" in line) is (language == "en")
    # a line break ends an isolate, so each line has its own
    assert all(line.count("\u2068") == line.count("\u2069") for line in text.splitlines())
    assert check_editions(brief, made) == ()


def test_what_runs_one_way_needs_no_isolates() -> None:
    brief = brief_of("The quay reopens on Monday.", title="Quay", outlet="Marram Gazette", author="Ada Marsh")
    for text in dict(render(brief, formats=("md", "txt"), page=Page(), templates=[]).files).values():
        assert not {"\u2068", "\u2069"} & set(text.decode())
