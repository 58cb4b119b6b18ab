"""Seven kinds of day on which pages are looked at, by name; each is made in the language asked for."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from briefing.edition import PastStory
from tests.render.sample import as_point, brief_of, sample_brief
from tests.render.test_fitting import long_day

if TYPE_CHECKING:
    from collections.abc import Callable

    from briefing.edition import Brief

SENTENCE = "The harbour board said on Monday that the ferry to the northern islands would stop again for eleven days. "


def _in(language: str, brief: Brief) -> Brief:
    return replace(brief, edition=replace(brief.edition, language=language))


def one_article(language: str) -> Brief:
    """A day of one article, which is the first page, too."""
    brief = brief_of(SENTENCE.strip(), title="The ferry stops again")
    return _in(language, replace(brief, key_points=(as_point(brief.sections[0].stories[0].sentences[0], None),)))


def long_stories(language: str) -> Brief:
    """Stories of half a page each, which no page has room for below another one and a half."""
    return _in(language, brief_of(*((f"{n}. " + SENTENCE * (5 + n % 4)).strip() for n in range(14)), title="Ferry"))


def headlines_alone(language: str) -> Brief:
    """Two stories in each section, and many headlines below them."""
    brief = long_day(48)
    parts = [
        replace(part, stories=part.stories[:2], more=tuple(replace(one, sentences=()) for one in part.stories[2:]))
        for part in brief.sections
    ]
    return _in(language, replace(brief, sections=tuple(parts)))


def still_open(language: str) -> Brief:
    """The sample with what earlier editions left open, and no title over any article."""
    past = [
        PastStory(edition="2019-03-20", headline=f"The dredger is late, part {n}", language="en", outlet=None, url=None)
        for n in range(24)
    ]
    brief = sample_brief(language)
    return replace(brief, still_open=tuple(past), articles=tuple(replace(each, title=None) for each in brief.articles))


DAYS: dict[str, Callable[[str], Brief]] = {
    "sample": sample_brief,
    "one article": one_article,
    "sixteen stories": lambda language: _in(language, long_day(16)),
    "sixty stories": lambda language: _in(language, long_day(60)),
    "long stories": long_stories,
    "headlines alone": headlines_alone,
    "still open": still_open,
}
