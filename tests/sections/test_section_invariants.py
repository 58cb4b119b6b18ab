"""What must hold whatever sections a desk invents: nothing lost, nothing printed twice, nothing from elsewhere."""

from __future__ import annotations

from collections import Counter
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from briefing.cli.documents import find
from briefing.cli.making import plan
from briefing.cli.session import Session, open_session
from briefing.config import Config
from briefing.edition import Brief
from briefing.pipeline import Reading, assign, brief_of, understand
from briefing.sectioning import draws_from

NESTED = Path(__file__).parent / "cases" / "nested" / "config.yaml"
TERMS = ("flood", "bridge", "levee", "shelter", "school", "town hall", "engineer", "nothing of the kind")
DAY = date(2019, 3, 21)


@cache
def session() -> Session:
    return open_session(NESTED)


@cache
def reading() -> Reading:
    head = plan(session(), day=DAY, now=None)
    return understand(find(session(), ()), config=session().config, edition=head)


def some(values: tuple[str, ...]) -> st.SearchStrategy[list[str]]:
    return st.lists(st.sampled_from(values), unique=True, max_size=2)


WORDED = st.fixed_dictionaries(
    {"terms": st.lists(st.sampled_from(TERMS), min_size=1, max_size=3, unique=True).map(lambda terms: {"en": terms})},
    optional={
        "sources": some(("wires", "web")),
        "outlets": some(("North Fen Wire", "The Tarn Post", "La Vigie du Marais")),
        "languages": some(("en", "fr")),
        "method": st.sampled_from(("lead", "luhn")),
        "sort": st.sampled_from(("importance", "relevance", "time", "corroboration")),
        "key_points": st.booleans(),
        "threshold": st.sampled_from((0.0, 1.0, 3.0)),
        "sentences": st.integers(1, 4),
        "max_stories": st.integers(1, 3),
    },
)
REST = st.fixed_dictionaries({"rest": st.just(value=True)}, optional={"sources": some(("wires", "web"))})


@st.composite
def configs(draw: st.DrawFn) -> Config:
    """Invent up to four sections, some with sections under them, perhaps with one that is the rest."""
    made: list[dict[str, Any]] = []
    for section in draw(st.lists(WORDED, min_size=1, max_size=4)):
        below = draw(st.lists(WORDED, max_size=2))
        made.append({**section, "sections": below} if below else section)
    made.insert(draw(st.integers(0, len(made))), draw(REST)) if draw(st.booleans()) else None
    every = [one for section in made for one in (section, *section.get("sections", ()))]
    for number, section in enumerate(every):
        section |= {"id": f"s{number}", "title": f"Section {number}"}
    base = session().config.model_dump(by_alias=True, exclude={"sections", "extends", "schedule"}, exclude_unset=True)
    return Config.model_validate(base | {"sections": made})


def composed(config: Config) -> Brief:
    head = plan(session(), day=DAY, now=None)
    return brief_of(reading(), assign(reading(), config=config, cut_off=head.cut_off), config=config, edition=head)


@settings(max_examples=60)
@given(configs())
def test_nothing_is_lost_printed_twice_or_from_elsewhere(config: Config) -> None:
    brief = composed(config)
    known = {section.id: section for section in config.every_section}
    languages = {ranked.article.id: ranked for ranked in reading().ranked}
    parts = brief.parts
    assert [section.id for section in brief.sections] == [*known]
    entries = [(part, entry) for part in parts for entry in (*part.stories, *part.more)]
    assert {article for _, entry in entries for article in (entry.article, *entry.also)} == set(languages)
    words = {(n, s.end): s.words for n, ranked in languages.items() for s in ranked.text.sentences}
    printed = Counter(words[each.article, each.end] for _, entry in entries for each in entry.sentences)
    assert all(count == 1 for count in printed.values())
    for part, entry in entries:
        assert bool(entry.sentences) is (entry in part.stories)
        if part.id in known:
            articles = [entry.article, *(sentence.article for sentence in entry.sentences)]
            assert all(draws_from(known[part.id], languages[name]) for name in articles)
    for story in {entry.id for _, entry in entries}:
        places = {part.id for part, entry in entries if entry.id == story}
        assert not places & {part.parent for part in brief.sections if part.id in places}
    silent = {section.id for section in known.values() if not section.key_points}
    assert not silent & {point.section for point in brief.key_points}
