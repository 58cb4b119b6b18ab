"""Two labelled days of the project's own, with floors: homes, kinds, sentences, the first page, events, follow-ups.

What the days hold, and how a case is added, stands in tests/labelled/labels.yaml. Floors are what is reached today: one
may rise, and sinks with a reason only.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import combinations
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import pytest
import yaml

from briefing.cli.session import load_file
from briefing.edition import ALSO_TODAY, cut_off_of, plan_edition
from briefing.pipeline import Reading, assign, brief_of, understand
from briefing.sources import read_paths
from briefing.stories import follow_ups
from briefing.text import kind_of

if TYPE_CHECKING:
    from briefing.edition import Brief
    from briefing.models import Ranked
    from briefing.pipeline import Assigned

HERE = Path(__file__).parent / "labelled"
WRONG_HOMES, WRONG_KINDS, SAID_TWICE = 3, 1, 1
"""At most: articles elsewhere than in their section, taken for another kind, points of a page that tell one event."""
WRONG_PAIRS, RIGHT_PAIRS, FOLLOWED = 1, 3, 4
"""At most: pairs joined that tell two events. At least: pairs joined that tell one, and events that are followed."""
DAYS = {1: date(2031, 5, 12), 2: date(2031, 5, 13)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """A labelled day, from its articles to its brief."""

    reading: Reading
    assigned: Assigned
    brief: Brief

    @property
    def homes(self) -> dict[str, str]:
        """Where each article's story is quoted first, by the article's name."""
        parts = reversed([*self.brief.sections, self.brief.rest])
        there = {name: part.id for part in parts for story in part.stories for name in (story.article, *story.also)}
        return {named(article.origin): there[article.id] for article in self.brief.articles if article.id in there}


@cache
def labels() -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = yaml.safe_load((HERE / "labels.yaml").read_text("utf-8"))
    return found


@cache
def made(day: int) -> Made:
    config = load_file(HERE / "config.yaml", environ={})
    cut_off = cut_off_of(DAYS[day], at="07:00", zone=ZoneInfo("UTC"))
    head = plan_edition(config.brief, day=DAYS[day], built_at=cut_off, cut_off=cut_off)
    found = read_paths([HERE / f"day-{day}"], most_bytes=config.limits.document_bytes)
    reading = understand(found, config=config, edition=head)
    assigned = assign(reading, config=config, cut_off=cut_off)
    return Made(reading=reading, assigned=assigned, brief=brief_of(reading, assigned, config=config, edition=head))


def named(origin: str) -> str:
    return "/".join(Path(origin).with_suffix("").parts[-2:])


def test_every_article_has_its_label() -> None:
    assert labels().keys() == {named(str(path)) for path in HERE.glob("day-*/*.md")}


def all_ranked() -> dict[str, Ranked]:
    return {named(one.article.origin): one for day in DAYS for one in made(day).reading.ranked}


def test_homes() -> None:
    """An article stands in its section, or under "Also today" where it has none."""
    wrong = []
    for name, label in labels().items():
        home = made(int(name[4])).homes.get(name)
        wanted = ALSO_TODAY if label["home"] == "also" else label["home"]
        wrong += [(name, home)] if home != wanted and (label["weight"] > 1 or home) else []
    assert len(wrong) <= WRONG_HOMES, wrong


def test_kinds() -> None:
    """What is no news is left out, opinion is known, and no news is taken for either."""
    left = {named(problem.origin) for day in DAYS for problem in made(day).reading.problems if problem.stage == "kind"}
    found = {name: kind_of(one.text).kind.value for name, one in all_ranked().items()} | dict.fromkeys(left, "service")
    wrong = {name: kind for name, kind in found.items() if kind != labels()[name]["kind"]}
    assert {name for name in wrong if labels()[name]["kind"] == "news"} == set()
    assert len(wrong) <= WRONG_KINDS, wrong


def news(name: str) -> set[str]:
    return {all_ranked()[name].text.sentences[number - 1].text for number in labels()[name]["news"]}


def test_stories_tell_their_news_first() -> None:
    wrong = []
    for day in DAYS:
        brief = made(day).brief
        for part in (*brief.sections, brief.rest):
            for story in part.stories:
                first = story.sentences[0]
                name = named(brief.by_id[first.article].origin)
                wrong += [(name, first.text)] if labels()[name]["news"] and first.text not in news(name) else []
    assert wrong == []


@pytest.mark.parametrize("day", DAYS)
def test_the_first_page_says_what_weighs_most(day: int) -> None:
    brief = made(day).brief
    said = [(named(brief.by_id[point.article].origin), point.text) for point in brief.key_points]
    events = [labels()[name]["event"] for name, _ in said]
    assert all(text in news(name) and labels()[name]["weight"] > 1 for name, text in said)
    assert len(events) - len(set(events)) <= SAID_TWICE
    must = {label["event"] for name, label in labels().items() if label["weight"] == 3 and int(name[4]) == day}
    assert must <= set(events)


def test_events_are_one_story_and_others_are_not() -> None:
    told: set[frozenset[str]] = set()
    for day in DAYS:
        for story in made(day).assigned.stories:
            told.update(map(frozenset, combinations([named(one.article.origin) for one in story.articles], 2)))
    wanted = {
        frozenset({one, other})
        for one, other in combinations(labels(), 2)
        if one[4] == other[4] and labels()[one]["event"] == labels()[other]["event"]
    }
    assert len(told - wanted) <= WRONG_PAIRS, told - wanted
    assert len(told & wanted) >= RIGHT_PAIRS, wanted - told


def test_the_second_day_follows_the_first() -> None:
    """The second day's stories are tied to the events that go on, and none to another."""
    before, after = (made(day).reading.ranked for day in DAYS)
    names = {one.article.id: named(one.article.origin) for one in (*before, *after)}
    found = {names[new]: labels()[names[old]]["event"] for new, old in follow_ups(before, after, {}).items()}
    wanted = {name: label["follows"] for name, label in labels().items() if "follows" in label}
    assert found.items() <= wanted.items()
    assert len(found) >= FOLLOWED, wanted.keys() - found.keys()
