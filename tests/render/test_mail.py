"""The mail is the brief: what its reader sees first, how long it is, and that no article can do more than be read."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta
from html.parser import HTMLParser
from typing import TYPE_CHECKING

import pytest

from briefing.config import Page
from briefing.edition import PastStory, cut_at_word
from briefing.render import render
from briefing.render.mail import MOST_BYTES, Frame, mail_of
from tests.render.sample import article, as_point, brief_of, sample_brief, story_of, whole

if TYPE_CHECKING:
    from briefing.edition import Brief
    from briefing.render import Mail

HOSTILE = (
    "<img src=x onerror=alert(1)> & \"quoted\" 'single'",
    "</p></td></table><script>alert(1)</script>",
    "{{7*7}} {% raw %} ${1}",
    "]]> <!-- comment --> <style>body{display:none}</style>",
    "javascript:alert(1) \u202eright to left\u202c \u2028line",
)


def made(brief: Brief, **frame: object) -> Mail:
    return mail_of(brief, Frame(**frame), templates=[])  # type: ignore[arg-type]  # fields of Frame


def day_of(stories: int, sentences: int) -> Brief:
    """Make a day of so many stories, each of so many sentences of twenty words."""
    text = "The harbour board said on Monday that the ferry to the northern islands would stop again for eleven days. "
    entries = [
        replace(article(text * sentences, f"{n:012}", f"in/{n}.md"), number=n + 1, outlet=f"Harbour Wire {n}",
                title=f"Ferry number {n} stops again", url=f"https://wire{n}.example/2019/03/21/ferry-stops-again")
        for n in range(stories)
    ]  # fmt: skip
    told = [
        story_of(one, sentences=tuple(whole(one, text=text.strip(), end=len(text) - 1) for _ in range(sentences)))
        for one in entries
    ]
    brief = sample_brief()
    per = -(-stories // len(brief.sections))
    parts = [
        replace(part, stories=tuple(told[i * per : (i + 1) * per]), more=()) for i, part in enumerate(brief.sections)
    ]
    points = tuple(as_point(story.sentences[0], brief.sections[0].id) for story in told[:5])
    return replace(
        brief, key_points=points, sections=tuple(parts), also_today=(), articles=tuple(entries), figures=(), left_out=()
    )


class Reader(HTMLParser):
    """Collects tags, attributes and visible words."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self._off = 0
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        self._off += tag in {"style", "title"}

    def handle_endtag(self, tag: str) -> None:
        self._off -= tag in {"style", "title"}

    def handle_data(self, data: str) -> None:
        if not self._off:
            self.words += data.split()


@pytest.mark.parametrize("language", ["en", "fr", "ar"])
def test_the_first_words_are_the_bottom_line(language: str) -> None:
    brief = sample_brief(language)
    subject, html, text = made(brief)
    first = brief.key_points[0].text.split()
    assert Reader(html).words[: len(first)] == first
    marking, _, rest = text.partition("\n\n")
    assert marking.splitlines()[0] == brief.edition.marking
    assert rest.split()[: len(first)] == first
    assert subject.startswith(f"[{brief.edition.marking}] {brief.edition.title}")
    assert " ".join(first[:4]) in subject


def test_every_sentence_of_the_brief_stands_in_both_bodies_with_its_outlet() -> None:
    brief = sample_brief()
    _, html, text = made(brief)
    seen, flat = " ".join(Reader(html).words), " ".join(text.split())
    for quotation in brief.quotations:
        outlet = brief.by_id[quotation.article].outlet or "No outlet named"
        for body in (seen, flat):
            assert " ".join(quotation.text.split()) in body
            assert outlet in body
    for name in ("Where figures differ", "Gaps"):
        assert name in seen
    for origin in (*(each.origin for each in brief.articles), *(problem.origin for problem in brief.left_out)):
        assert origin not in html + text


def test_every_link_into_the_text_arrives() -> None:
    brief = sample_brief()
    tags = Reader(made(brief).html).tags
    places = {attributes["id"] for _, attributes in tags if "id" in attributes}
    wanted = [href[1:] for _, attributes in tags if (href := attributes.get("href") or "").startswith("#")]
    assert len(wanted) >= 2 * len(brief.key_points)
    assert set(wanted) <= places


def test_what_goes_on_and_what_is_still_open_is_told() -> None:
    past = PastStory(
        edition="2019-03-20", headline="The dredger is late", language="en", outlet="Harbour Wire", url=None
    )
    brief = replace(sample_brief(), still_open=(past,))
    (first, *others), *sections = (part.stories for part in brief.sections)
    changed = replace(first, kind="opinion", earlier=replace(past, headline="Ferries wait"))
    parts = (replace(brief.sections[0], stories=(changed, *others)), *brief.sections[1:])
    point = replace(brief.key_points[0], article=changed.article, section=brief.sections[0].id)
    brief = replace(brief, sections=parts, key_points=(point, *brief.key_points[1:]))
    _, html, text = made(brief)
    for body in (html, text):
        assert "The dredger is late" in body
        assert "Goes on from “Ferries wait” in the edition of 2019-03-20" in body
    assert text.split("\n\n")[1].startswith("Comment: ")
    page = dict(render(brief, formats=("html",), page=Page(), templates=[]).files)["brief.html"].decode()
    assert '<span class="language">Comment</span>' in page
    assert html.count(">Comment</span>") >= 2
    assert sections


@pytest.mark.parametrize(("stories", "sentences", "told"), [(40, 3, 40), (40, 12, 0), (600, 3, 0)])
def test_no_mail_is_so_long_that_it_is_cut_off(stories: int, sentences: int, told: int) -> None:
    brief = day_of(stories, sentences)
    _, html, _ = made(brief)
    assert len(html.encode()) <= MOST_BYTES < 100_000 * 3 // 4
    assert ("Shortened to what mail programs show" in html) is (told == 0)
    assert all(section.title in html for section in brief.sections)
    assert html.count("The harbour board said") >= max(5, 3 * told)


def test_a_short_mail_has_key_points_and_headlines() -> None:
    brief = sample_brief()
    _, html, text = made(brief, body="short")
    assert all(point.text in text.replace("\n  ", " ").replace("\n", " ") for point in brief.key_points)
    story = brief.sections[0].stories[0]
    assert story.headline is not None
    assert story.headline in html
    assert text.count(story.sentences[-1].text[:40]) <= 1
    assert len(html) < len(made(brief).html)


def test_the_foot_says_whom_to_ask_and_how_to_leave() -> None:
    _, html, text = made(
        sample_brief(), pdf="attached", contact="Questions: <the night desk>", unsubscribe="https://desk.example/stop"
    )
    assert "Questions: &lt;the night desk&gt;" in html
    assert 'href="https://desk.example/stop"' in html
    assert text.endswith("Questions: <the night desk>\nUnsubscribe: https://desk.example/stop\n")
    assert "The whole brief is attached as a PDF." in text
    assert "desk.example" not in made(sample_brief(), unsubscribe="javascript:alert(1)").html


@pytest.mark.parametrize("text", HOSTILE)
def test_what_an_article_says_is_text_and_nothing_else(text: str) -> None:
    brief = brief_of(text, title=text, outlet=text, url="https://evil.example/'\"><b>")
    brief = replace(brief, key_points=(as_point(brief.sections[0].stories[0].sentences[0], None),))
    subject, html, plain = made(brief, late=(timedelta(minutes=9), brief.edition.built_at))
    allowed = {name for name, _ in Reader(made(sample_brief()).html).tags}
    reader = Reader(html)
    assert {name for name, _ in reader.tags} <= allowed | {"wbr"}
    assert not any(name.startswith("on") or name == "src" for _, attributes in reader.tags for name in attributes)
    assert "evil.example" not in html
    assert not re.search("[\u2028\u202e]", plain + subject)


def test_nothing_is_loaded_from_anywhere() -> None:
    html = made(sample_brief(), link="https://desk.example/brief.pdf").html
    assert not re.search(r"(?i)<(img|link|script|iframe|object|base)\b|\bsrc=|url\(|@import", html)
    assert re.search(r'<p class="by" style="[^"]*font: ?13px', html)


@pytest.mark.parametrize(
    ("text", "cut"),
    [
        ("One two three", "One two three"),
        ("One two three four", "One two three …"),
        ("Onetwothreefourfive", "Onetwothreefo …"),
        ("One two, three four", "One two …"),
        ("Bcc: a\r\nX: b", "Bcc: a X: b"),
    ],
)
def test_a_lead_is_cut_behind_a_word(text: str, cut: str) -> None:
    assert cut_at_word(text, 15) == cut
