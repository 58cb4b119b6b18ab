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

from briefing.cli.session import load_file
from briefing.config import Config, Method, Outlet
from briefing.edition.data import as_json
from briefing.extract.period import cut_off_of, plan_edition
from briefing.models import Article, Brief, Document, EditionInfo, Quote, StoryEntry
from briefing.pipeline import make_brief
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


def found_in(folder: Path) -> Found:
    return read_paths([folder], most_bytes=50_000_000)


def brief_of(found: Found, settings: Config | None = None) -> Brief:
    settings = settings or config()
    return make_brief(found, config=settings, edition=edition(settings))


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
    return [entry for part in (*brief.sections, brief.also_today) for entry in (*part.stories, *part.more)]


def printed(brief: Brief) -> list[Quote]:
    return [quote for part in (*brief.sections, brief.also_today) for entry in part.stories for quote in entry.quotes]


def test_every_sentence_is_an_exact_slice_of_its_article(brief: Brief) -> None:
    quotes = [*printed(brief), *(point.quote for point in brief.key_points)]
    assert len(quotes) >= 10
    for quote in quotes:
        sentence = quote.sentence
        assert quote.article.text[sentence.start : sentence.end] == sentence.text
        assert sentence.text in quote.article.paragraphs[sentence.paragraph].text


def test_every_document_is_accounted_for(brief: Brief) -> None:
    told = {article.origin for entry in entries(brief) for article in (entry.lead, *entry.also)}
    lost = {problem.origin for problem in brief.left_out if problem.lost}
    assert told | lost == {
        document.origin for document in found_in(REAL if len(brief.sources) == 5 else ROOT / "seeds").documents
    }
    assert not told & lost
    assert {source.article.origin for source in brief.sources} == told


def test_no_sentence_is_printed_twice(brief: Brief) -> None:
    places = Counter((quote.article.id, quote.sentence.start) for quote in printed(brief))
    assert max(places.values()) == 1


def test_sections_stand_in_the_order_of_the_config_and_are_filled(brief: Brief) -> None:
    assert [section.id for section in brief.sections] == ["territory", "detainees", "coalition"]
    assert all(entry.quotes for section in brief.sections for entry in section.stories)
    assert all(section.stories for section in brief.sections)


def test_citation_numbers_count_from_one_in_the_order_of_reading() -> None:
    made = sample_brief()
    assert [source.number for source in made.sources] == list(range(1, len(made.sources) + 1))
    first = next(iter(made.key_points)).quote.article.id
    assert made.sources[0].article.id == first


def test_every_story_has_one_place_and_tells_its_news_there() -> None:
    told = [entry for entry in entries(sample_brief()) if entry.quotes]
    assert len({entry.id for entry in told}) == len(told)
    assert all(min(quote.sentence.start for quote in entry.quotes) < NEAR_TOP for entry in told)


def test_what_fits_no_section_stands_under_also_today() -> None:
    also = {entry.lead.origin for entry in sample_brief().also_today.stories}
    assert {"seeds/2019-03-19-khabur-flood.md", "seeds/2019-03-20-polio.txt", "seeds/2019-03-20-raqqa-pont.md"} <= also


def test_reprints_are_one_story_with_the_wire_as_their_original() -> None:
    (story,) = {entry.id: entry for entry in entries(sample_brief()) if "camp-taken" in entry.lead.origin}.values()
    articles: dict[str, Article] = {article.id: article for article in (story.lead, *story.also)}
    assert len(articles) == 4
    assert story.independent == 1
    assert {articles[copy.of].origin for copy in story.copies} == {"seeds/2019-03-20-camp-taken.md"}


@pytest.mark.parametrize("method", get_args(Method))
def test_every_method_fills_the_brief(method: str) -> None:
    settings = config().model_copy(update={"summary": config().summary.model_copy(update={"method": method})})
    made = brief_of(found_in(ROOT / "seeds"), settings)
    assert all(section.stories for section in made.sections)
    assert all(q.article.text[q.sentence.start : q.sentence.end] == q.sentence.text for q in printed(made))


def test_the_order_of_the_listing_does_not_matter() -> None:
    found = found_in(ROOT / "seeds")
    documents = list(found.documents)
    random.Random(1).shuffle(documents)  # noqa: S311 - a fixed shuffle, not a secret
    shuffled = brief_of(Found(documents=tuple(documents), problems=found.problems))
    assert as_json(shuffled) == as_json(sample_brief())


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
    made = brief_of(Found(documents=(text(content),)))
    assert printed(made) or made.left_out
    assert [quote.sentence.text for quote in printed(made)]
    for quote in printed(made):
        assert quote.article.text[quote.sentence.start : quote.sentence.end] == quote.sentence.text
        assert quote.score == quote.score  # never NaN


@pytest.mark.parametrize("content", [b"", b"   \n\n ", b"\x89PNG\r\n\x1a\n" + bytes(range(256)), b"\x00" * 500])
def test_what_is_no_article_is_left_out_with_a_reason(content: bytes) -> None:
    made = brief_of(Found(documents=(text(content), text("The camp fell on Monday.", "in/b.txt"))))
    assert [problem.origin for problem in made.left_out if problem.lost] == ["in/a.txt"]
    assert all(problem.reason for problem in made.left_out)
    assert [source.article.origin for source in made.sources] == ["in/b.txt"]


def test_an_outlet_s_weight_reaches_the_page() -> None:
    settings, first = config(), sample_brief().sections[0].stories
    leading = {article.outlet for article in (first[0].lead, *first[0].also)}
    outlet = next(entry.lead.outlet for entry in first[1:] if entry.lead.outlet and entry.lead.outlet not in leading)
    raised = settings.model_copy(update={"outlets": {**settings.outlets, outlet: Outlet(weight=3.0)}})
    made = brief_of(found_in(ROOT / "seeds"), raised).sections[0].stories
    assert outlet in {article.outlet for article in (made[0].lead, *made[0].also)}
