from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from briefing.compose import Also, Day, Earlier, Weight, compose, earlier_brief, weigh, weighted
from briefing.config import BriefSettings, SectionSettings, Sort
from briefing.edition import Brief, Silence, StoryEntry, as_data, plan_edition
from briefing.models import KeyPoint, Placement, Problem, Quote, Ranked, Status, Story
from briefing.ranking import Budget
from tests.making import article, ranked

CUT_OFF = datetime(2019, 3, 21, 5, 30, tzinfo=UTC)
EDITION = plan_edition(BriefSettings(), day=date(2019, 3, 21), built_at=CUT_OFF, cut_off=CUT_OFF)
SECTIONS = [
    SectionSettings(id="north", title="North", terms={"en": ["north"]}, max_stories=2),
    SectionSettings(id="south", title="South", terms={"en": ["south"]}),
]


def tell(name: str, *, hours: float | None = 1.0, text: str = "") -> Ranked:
    published = None if hours is None else CUT_OFF - timedelta(hours=hours)
    return ranked(
        article(text or f"The {name} road was closed. Nobody passed.", origin=f"in/{name}", published=published)
    )


def story(*told: Ranked, independent: int | None = None) -> Story:
    lead, *others = told
    return Story(id=f"s-{lead.article.origin}", lead=lead, others=tuple(others), independent=independent or len(told))


def placed(what: Story, section: str = "north", score: float = 3.0) -> Placement:
    first = what.lead.text.sentences[0]
    quote = Quote(article=what.lead.article, sentence=first, score=0.5)
    return Placement(story=what, section=section, score=score, terms=(), quotes=(quote,))


def brief(
    stories: list[Story],
    placements: list[Placement],
    *,
    earlier: Earlier | None = None,
    points: int = 0,
    sections: list[SectionSettings] = SECTIONS,
    weights: dict[str, Weight] | None = None,
    also_stories: int = 1,
    unverified: tuple[str, ...] = (),
) -> Brief:
    chosen = tuple(KeyPoint(quote=item.quotes[0], section=item.section) for item in placements[::-1][:points])
    day = Day(
        ranked=tuple(told for one in stories for told in one.articles),
        stories=tuple(stories),
        placements=tuple(placements),
        key_points=chosen,
        weights=weights or weigh(stories, placements, cut_off=EDITION.cut_off, grades={}),
        problems=(
            Problem(origin="in/z", stage="extract", reason="empty"),
            Problem(origin="in/y", stage="read", reason="a"),
        ),
        earlier=earlier,
    )
    also = Also(budget=Budget(words=None, sentences=1), max_stories=also_stories)
    silent = Silence()
    return compose(day, edition=EDITION, sections=sections, grades={}, also=also, silent=silent, unverified=unverified)


def leads(made: Brief, entries: Iterable[StoryEntry]) -> list[str]:
    return [made.by_id[entry.article].origin for entry in entries]


def order(made: Brief, section: int = 0) -> list[str]:
    return leads(made, (*made.sections[section].stories, *made.sections[section].more))


@pytest.mark.parametrize(
    ("first", "second"),
    [
        pytest.param((story(tell("b")), 6.0), (story(tell("a")), 3.0), id="what is more about the section"),
        pytest.param((story(tell("b", hours=2)), 3.0), (story(tell("a", hours=40)), 3.0), id="what is fresher"),
        pytest.param((story(tell("b"), tell("c")), 3.0), (story(tell("a")), 3.0), id="what two tell independently"),
        pytest.param((story(tell("b", hours=20)), 3.0), (story(tell("a", hours=None)), 3.0), id="dated today"),
        pytest.param((story(tell("b", hours=None)), 3.0), (story(tell("a", hours=40)), 3.0), id="undated before old"),
        pytest.param((story(tell("a")), 3.0), (story(tell("b")), 3.0), id="by id where all is equal"),
        pytest.param((replace(story(tell("b")), weight=1.1), 3.0), (story(tell("a")), 3.0), id="the weightier outlet"),
    ],
)
def test_what_comes_first(first: tuple[Story, float], second: tuple[Story, float]) -> None:
    for pair in ([first, second], [second, first]):
        made = brief([one for one, _ in pair], [placed(one, score=score) for one, score in pair])
        assert order(made) == [first[0].lead.article.origin, second[0].lead.article.origin]


@pytest.mark.parametrize(
    ("sort", "expected"),
    [
        ("importance", ["in/newest", "in/telling", "in/undated", "in/told-twice"]),
        ("relevance", ["in/telling", "in/newest", "in/told-twice", "in/undated"]),
        ("time", ["in/newest", "in/telling", "in/told-twice", "in/undated"]),
        ("corroboration", ["in/told-twice", "in/newest", "in/telling", "in/undated"]),
    ],
)
def test_a_section_sorts_as_it_says(sort: Sort, expected: list[str]) -> None:
    rows = [
        (story(tell("undated", hours=None)), 2.0),
        (story(tell("telling", hours=60)), 9.0),
        (story(tell("newest", hours=1)), 3.0),
        (story(tell("told-twice", hours=90), tell("again", hours=95)), 3.0),
    ]
    section = SectionSettings(id="north", title="North", terms={"en": ["north"]}, sort=sort)
    for some in (rows, rows[::-1]):
        made = brief([one for one, _ in some], [placed(one, score=score) for one, score in some], sections=[section])
        assert order(made) == expected


def test_a_brief_of_old_articles_is_in_the_order_of_their_day() -> None:
    decade = 24 * 3650.0
    stories = [story(tell("b", hours=decade)), story(tell("a", hours=decade + 60)), story(tell("c", hours=None))]
    assert order(brief(stories, [placed(item) for item in stories])) == ["in/b", "in/c", "in/a"]


def test_a_section_prints_its_budget_and_lists_the_rest() -> None:
    stories = [story(tell(name)) for name in "abcd"]
    made = brief(stories, [placed(one, score=9.0 - place) for place, one in enumerate(stories)])
    assert leads(made, made.sections[0].stories) == ["in/a", "in/b"]
    assert leads(made, made.sections[0].more) == ["in/c", "in/d"]
    assert [section.id for section in made.sections] == ["north", "south"]
    assert made.sections[1].stories == ()


def test_what_is_placed_nowhere_stands_under_also_today_within_its_bound() -> None:
    stories = [story(tell(name)) for name in "abc"]
    made = brief(stories, [placed(stories[0])])
    assert leads(made, made.also_today) == ["in/b"]
    assert leads(made, made.also_today_more) == ["in/c"]
    assert [sentence.text for sentence in made.also_today[0].sentences] == ["The b road was closed."]
    assert made.also_today[0].score == 0.0


def test_a_section_under_another_says_so_and_an_outlet_whose_certificate_nobody_checked_too() -> None:
    below = SectionSettings(id="coast", title="Coast", terms={"en": ["coast"]})
    sections = [SECTIONS[0].model_copy(update={"sections": [below]}), SECTIONS[1]]
    open_one, checked = (
        replace(one, text=replace(one.text, article=replace(one.article, source=one.article.origin[-1])))
        for one in (tell("a"), tell("b"))
    )
    stories = [story(open_one), story(checked)]
    made = brief(stories, [placed(one) for one in stories], sections=sections, unverified=("a",))
    assert [(section.id, section.parent) for section in made.sections] == [
        ("north", None),
        ("coast", "north"),
        ("south", None),
    ]
    assert {article.origin: article.unverified for article in made.articles} == {"in/a": True, "in/b": False}


@pytest.mark.parametrize(("outlets", "quoted"), [(2.0, 4), (1.99, 3)], ids=["heavy enough", "just under"])
def test_light_stories_under_also_today_are_quoted_up_to_three_and_named_behind(outlets: float, quoted: int) -> None:
    stories = [replace(story(tell(name, hours=None)), weight=outlets) for name in "abcd"]
    weights = {one.id: Weight(story=one.id, total=1.6 * outlets / 2.0, signs=()) for one in stories}
    made = brief(stories, [], weights=weights, also_stories=9)
    assert len(made.also_today) == quoted
    assert len(made.also_today_more) == 4 - quoted


def test_sources_are_numbered_as_a_reader_meets_them_and_none_is_missing() -> None:
    stories = [story(tell("a"), tell("e")), story(tell("b")), story(tell("c")), story(tell("d"))]
    placements = [placed(stories[0], score=9), placed(stories[1], score=5), placed(stories[2], section="south")]
    made = brief(stories, placements, points=1)
    assert [article.origin for article in made.articles] == ["in/c", "in/a", "in/e", "in/b", "in/d"]
    assert [article.number for article in made.articles] == [1, 2, 3, 4, 5]


def test_what_was_left_out_is_listed_by_origin() -> None:
    assert [problem.origin for problem in brief([], []).left_out] == ["in/y", "in/z"]


def test_stories_are_held_against_an_earlier_brief() -> None:
    old, new = tell("a"), tell("b")
    yesterday = brief([story(old)], [])
    stories = [story(old), story(new), story(tell("c", text=old.article.text), tell("d"))]
    made = brief(stories, [placed(one, section="south") for one in stories], earlier=earlier_brief(yesterday))
    status = {made.by_id[entry.article].origin: entry.status for entry in made.sections[1].stories}
    assert status == {"in/a": Status.UNCHANGED, "in/b": Status.NEW, "in/c": Status.UPDATED}
    without = brief(stories, [placed(one, section="south") for one in stories])
    assert {entry.status for entry in without.sections[1].stories} == {None}


def test_a_story_has_the_weight_of_its_weightiest_outlet() -> None:
    def told(name: str, outlet: str | None) -> Ranked:
        return ranked(article("The road was closed.", origin=f"in/{name}", outlet=outlet))

    stories = [
        story(told("a", "Rumour")),
        story(told("b", "Rumour"), told("c", None)),
        story(told("d", None), told("e", "Agency")),
    ]
    assert [one.weight for one in weighted(stories, {"Rumour": 0.5, "Agency": 2.0})] == [0.5, 1.0, 2.0]
    made = brief(list(weighted(stories, {"Rumour": 3.0})), [])
    assert leads(made, (*made.also_today, *made.also_today_more)) == ["in/b", "in/a", "in/d"]


def test_what_is_told_in_passing_comes_after_what_its_article_is_about() -> None:
    passing, about = (placed(story(tell(name)), score=score) for name, score in (("a", 6.0), ("b", 4.0)))
    made = brief([passing.story, about.story], [replace(passing, prominence=0.4), replace(about, prominence=0.7)])
    assert order(made) == ["in/b", "in/a"]


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("The north road", None),
        ("Opinion: the north road", "opinion"),
        ("Analysis: the north road", "analysis"),
        ("Live: the north road is closed", "live"),
    ],
)
def test_a_page_that_is_no_plain_news_is_marked(title: str, kind: str | None) -> None:
    told = ranked(article("The north road was closed.", origin="in/a", title=title, published=CUT_OFF))
    one = story(told)
    made = brief([one], [placed(one)])
    assert made.sections[0].stories[0].kind == kind
    assert as_data(made)["sections"][0]["stories"][0].get("kind") == kind
