"""The invariants of the whole program, on the sample and on the real documents."""

from __future__ import annotations

import random
from collections import Counter
from datetime import date
from functools import cache
from pathlib import Path
from typing import get_args
from zoneinfo import ZoneInfo

import pytest

from briefing.cli.making import Day, brief_of_day
from briefing.cli.session import load_file
from briefing.config import Config, Method, Outlet
from briefing.edition import Brief, EditionInfo, SentenceEntry, StoryEntry, cut_off_of, plan_edition
from briefing.models import Document, Notes
from briefing.ranking import NEAR_TOP
from briefing.sources import Found, read_paths

ROOT = Path(__file__).parents[1]
REAL = ROOT.parent / "shared" / "seeds"
needs_real = pytest.mark.skipif(not REAL.is_dir(), reason="no ../shared")


@cache
def config() -> Config:
    return load_file(ROOT / "config.yaml", environ={})


def edition(settings: Config) -> EditionInfo:
    cut_off = cut_off_of(date(2019, 3, 21), at="06:30", zone=ZoneInfo("Europe/Paris"))
    return plan_edition(settings.brief, day=date(2019, 3, 21), built_at=cut_off, cut_off=cut_off)


def about_anything() -> Config:
    return config().model_copy(update={"about": []})


def found_in(folder: Path) -> Found:
    return read_paths([folder], most_bytes=50_000_000)


def brief_of(found: Found, settings: Config | None = None) -> Brief:
    settings = settings or config()
    day = Day(found=found, head=edition(settings), notes=Notes(), earlier=None, delivered=None)
    return brief_of_day(day, settings)[1]


@cache
def sample_brief() -> Brief:
    return brief_of(found_in(ROOT / "seeds"))


@cache
def real_brief() -> Brief:
    return brief_of(found_in(REAL))


@pytest.fixture(params=["sample", pytest.param("real", marks=needs_real)])
def brief(request: pytest.FixtureRequest) -> Brief:
    return sample_brief() if request.param == "sample" else real_brief()


def entries(brief: Brief) -> list[StoryEntry]:
    return [entry for part in brief.parts for entry in (*part.stories, *part.more)]


def leads(brief: Brief, entry: StoryEntry) -> str:
    return brief.by_id[entry.article].origin


def outlets(brief: Brief, entry: StoryEntry) -> set[str | None]:
    return {brief.by_id[name].outlet for name in (entry.article, *entry.also)}


def printed(brief: Brief) -> list[SentenceEntry]:
    return [sentence for part in brief.parts for entry in part.stories for sentence in entry.sentences]


def test_every_sentence_is_an_exact_slice_of_its_article(brief: Brief) -> None:
    assert len([*brief.quotations]) >= 10
    for each in brief.quotations:
        assert brief.by_id[each.article].text[each.start : each.end] == each.text
    for sentence in printed(brief):
        assert sentence.text in brief.by_id[sentence.article].text.split("\n\n")[sentence.paragraph]


def test_every_document_is_accounted_for(brief: Brief) -> None:
    told = {brief.by_id[name].origin for entry in entries(brief) for name in (entry.article, *entry.also)}
    lost = {problem.origin for problem in brief.left_out if problem.lost}
    assert told | lost == {
        document.origin for document in found_in(REAL if len(brief.articles) == 5 else ROOT / "seeds").documents
    }
    assert not told & lost
    assert {article.origin for article in brief.articles} == told


def test_no_sentence_is_printed_twice(brief: Brief) -> None:
    places = Counter((sentence.article, sentence.start) for sentence in printed(brief))
    assert max(places.values()) == 1


def test_sections_stand_in_the_order_of_the_config_and_are_filled(brief: Brief) -> None:
    assert [section.id for section in brief.sections] == ["territory", "detainees", "coalition"]
    assert all(entry.sentences for section in brief.sections for entry in section.stories)
    assert all(section.stories for section in brief.sections)


def test_citation_numbers_count_from_one_in_the_order_of_reading() -> None:
    made = sample_brief()
    assert [article.number for article in made.articles] == list(range(1, len(made.articles) + 1))
    assert made.articles[0].id == made.key_points[0].article


def test_every_story_has_one_place_and_tells_its_news_there() -> None:
    told = [entry for entry in entries(sample_brief()) if entry.sentences]
    assert len({entry.id for entry in told}) == len(told)
    assert all(min(sentence.start for sentence in entry.sentences) < NEAR_TOP for entry in told)


def test_what_fits_no_section_stands_under_also_today() -> None:
    also = {leads(sample_brief(), entry) for entry in sample_brief().also_today}
    assert {"seeds/2019-03-19-khabur-flood.md", "seeds/2019-03-20-polio.txt", "seeds/2019-03-20-raqqa-pont.md"} <= also


def test_reprints_are_one_story_with_the_wire_as_their_original() -> None:
    brief = sample_brief()
    (story,) = {entry.id: entry for entry in entries(brief) if "camp-taken" in leads(brief, entry)}.values()
    assert len({story.article, *story.also}) == 5  # the eve's report of the camp is told by one outlet more
    assert story.independent == 2
    assert {brief.by_id[copy.of].origin for copy in story.copies} == {"seeds/2019-03-20-camp-taken.md"}


@pytest.mark.parametrize("method", get_args(Method))
def test_every_method_fills_the_brief(method: str) -> None:
    settings = config().model_copy(update={"summary": config().summary.model_copy(update={"method": method})})
    made = brief_of(found_in(ROOT / "seeds"), settings)
    assert all(section.stories for section in made.sections)
    assert all(made.by_id[q.article].text[q.start : q.end] == q.text for q in printed(made))


def test_the_order_of_the_listing_does_not_matter() -> None:
    found = found_in(ROOT / "seeds")
    documents = list(found.documents)
    random.Random(1).shuffle(documents)  # noqa: S311 - a fixed shuffle, not a secret
    shuffled = brief_of(Found(documents=tuple(documents), problems=found.problems))
    assert shuffled == sample_brief()


def text(content: str | bytes, name: str = "in/a.txt") -> Document:
    raw = content.encode() if isinstance(content, str) else content
    return Document(origin=name, media_type="text/plain", content=raw)


HOSTILE = (
    "The SDF took the enclave <img src=file:///etc/passwd> on Monday, a commander {{7*7}} said. "
    "[click](javascript:alert(1)) and the caliphate ended there."
)


@pytest.mark.parametrize(
    "content",
    [
        "Only one sentence about Baghouz.",
        "123 456. 789 1000. 11 12.",
        "the of and to. in is it that. was for on are.",
        "巴古兹的最后一个营地被攻占了。战斗仍在继续。平民已经撤离。",
        HOSTILE,
        "CAMP TAKEN. ALL CAPITALS HERE. NOBODY KNOWS WHY.",
        "Caf\xe9 fran\xe7ais \xe0 Baghouz. Une phrase de plus.".encode("latin-1"),
        "Baghouz est tombé. Les combats continuent.".encode("utf-16"),
        b"\xef\xbb\xbfThe camp fell.\x00 It was over.",
        "A b\u202ei\u202dd\u2066i in the camp. \u0007 Bells rang.",
    ],
)
def test_degenerate_and_hostile_texts_give_a_sentence(content: str | bytes) -> None:
    made = brief_of(Found(documents=(text(content),)), about_anything())
    assert printed(made) or made.left_out
    assert [sentence.text for sentence in printed(made)]
    for sentence in printed(made):
        assert made.by_id[sentence.article].text[sentence.start : sentence.end] == sentence.text
        assert sentence.score == sentence.score  # never NaN


@pytest.mark.parametrize("content", [b"", b"   \n\n ", b"\x89PNG\r\n\x1a\n" + bytes(range(256)), b"\x00" * 500])
def test_what_is_no_article_is_left_out_with_a_reason(content: bytes) -> None:
    made = brief_of(Found(documents=(text(content), text("The camp fell on Monday.", "in/b.txt"))), about_anything())
    assert [problem.origin for problem in made.left_out if problem.lost] == ["in/a.txt"]
    assert all(problem.reason for problem in made.left_out)
    assert [article.origin for article in made.articles] == ["in/b.txt"]


def test_an_outlet_s_weight_reaches_the_page() -> None:
    settings, brief = config(), sample_brief()
    first, *others = brief.sections[0].stories
    leading = (brief.by_id[entry.article].outlet for entry in others)
    outlet = next(name for name in leading if name and name not in outlets(brief, first))
    lowered = {name: Outlet(weight=0.1) for name in outlets(brief, first)}
    raised = settings.model_copy(update={"outlets": {**settings.outlets, **lowered, outlet: Outlet(weight=3.0)}})
    made = brief_of(found_in(ROOT / "seeds"), raised)
    assert outlet in outlets(made, made.sections[0].stories[0])
