"""The bounds within which articles are compared: rows at, just under and just over each."""

from __future__ import annotations

import pickle
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefing.stories import NEEDED, same_event
from briefing.stories.compared import compared, reader
from briefing.stories.contradictions import NEAR, Figure, _missing, facts_of
from briefing.stories.near_duplicates import _original, near_duplicates
from briefing.stories.profiles import Profile
from briefing.stories.same_event import Comparison, Events, Part, odds
from briefing.stories.space import Space, _echoes
from tests.making import article, ranked

MORNING = datetime(2021, 5, 4, 11, tzinfo=UTC)


def profile(*rows: dict[str, float], hours: float = 0.0) -> Profile:
    """Describe an article by the terms of its title and its sentences."""
    return Profile(
        id="a",
        language="en",
        outlet=None,
        published=MORNING - timedelta(hours=hours),
        weekdays=frozenset(),
        rows=rows,
        frequency={},
    )


def pairs(*profiles: Profile) -> set[tuple[int, int]]:
    return set(Space(dict(enumerate(profiles))).candidates())


@pytest.mark.parametrize(("days", "counted"), [(3.9, 3.9), (4.0, 4.0), (4.1, 4.0), (9.0, 4.0)])
def test_more_than_four_days_make_no_difference(days: float, counted: float) -> None:
    space = Space({0: profile({"mill": 1.0}), 1: profile({"mill": 1.0}, hours=24 * days)})
    assert space.features(0, 1)["days"] == pytest.approx(counted)


@pytest.mark.parametrize(("place", "met"), [(24, True), (25, True), (26, False)])
def test_an_article_is_looked_for_by_its_25_most_telling_terms(place: int, met: bool) -> None:  # noqa: FBT001 - a row
    many = {f"term{n:02}": 2.0 ** (40 - n) for n in range(1, 31)}
    assert (pairs(profile(many), profile({f"term{place:02}": 1.0})) == {(0, 1)}) is met


@pytest.mark.parametrize(("between", "met"), [(18, True), (19, True), (20, False)])
def test_a_term_pairs_an_article_with_the_next_twenty(between: int, met: bool) -> None:  # noqa: FBT001 - a row
    found = pairs(*(profile({"mill": 1.0}) for _ in range(between + 2)))
    assert ((0, between + 1) in found) is met


def test_an_article_is_compared_with_its_six_nearest() -> None:
    found = pairs(*(profile({"mill": 1.0}) for _ in range(8)))
    assert (5, 7) in found
    assert (6, 7) not in found


@pytest.mark.parametrize(
    ("shared", "of", "echo"),
    [(4, 4, False), (5, 5, True), (6, 6, True), (3, 5, False), (4, 5, True), (11, 15, False), (12, 15, True)],
)
def test_an_echo_is_four_fifths_of_a_sentence_of_five_words(shared: int, of: int, echo: bool) -> None:  # noqa: FBT001 - a row
    ours = {f"both{n}": 1.0 for n in range(of)}
    theirs = {f"both{n}": 1.0 for n in range(shared)} | {f"own{n}": 1.0 for n in range(of - shared)}
    opening = {"anvil": 1.0}
    found = _echoes(profile({}, opening, ours), profile({}, {"brook": 1.0}, theirs))
    assert found == ([(2, 2)] if echo else [])


@pytest.mark.parametrize(("first", "original"), [(0.85, 0), (0.8001, 0), (0.796, 1), (0.5, 1)])
def test_the_first_is_the_original_unless_a_later_one_holds_clearly_more(first: float, original: int) -> None:
    chosen = _original([(0, first), (1, 0.85)])
    assert chosen is not None
    assert chosen[0] == original


@pytest.mark.parametrize(("before", "copied"), [(199, True), (200, False)])
def test_a_run_of_words_in_two_hundred_articles_finds_no_more_copies(before: int, copied: bool) -> None:  # noqa: FBT001 - a row
    rows = [("so", "it", "is", "said", f"one{n}", f"two{n}") for n in range(before)]
    rows += [("so", "it", "is", "said", "by", "him"), ("so", "it", "is", "said", "by", "her")]
    given = []
    for number, words in enumerate(rows):
        one = ranked(article("One line stays here.", origin=f"in/{number:03}.txt"))
        sentence = replace(one.text.sentences[0], words=words, stems=words)
        given.append(replace(one, text=replace(one.text, sentences=(sentence,))))
    said = pickle.dumps(replace(facts_of(given[0]), head=frozenset({"a"}), stems=frozenset({"a"})))
    told = near_duplicates(given, lambda one: replace(compared(one), said=said))
    found = [(copy, original) for copy, original, _ in told]
    assert found == ([(before + 1, before)] if copied else [])


# ── one event ──


@pytest.mark.parametrize(
    ("features", "expected"),
    [({}, -2.1), ({"text": 1.0}, 10.3), ({"days": 1.0}, -4.4), ({"weekdays": 1.0}, -4.4), ({"outlet": 1.0}, -5.8)],
)
def test_what_each_feature_adds_to_the_log_odds(features: dict[str, float], expected: float) -> None:
    assert odds(features) == pytest.approx(expected)


def test_the_likeness_from_which_two_articles_tell_one_event() -> None:
    assert pytest.approx(0.6899745) == NEEDED


def events(*texts: str) -> Events:
    """Compare articles of one morning, in the order in which they are given."""
    made = [ranked(article(text, origin=f"in/{n}.txt", published=MORNING)) for n, text in enumerate(texts)]
    ordered = [replace(one.text, article=replace(one.text.article, id=str(n))) for n, one in enumerate(made)]
    return Events([replace(one, text=text) for one, text in zip(made, ordered, strict=True)], reader())


@pytest.mark.parametrize(
    ("shared", "expected"), [(("anvil", "brook"), -2.0), (("anvil", "brook", "cliff"), 2.0)], ids=["two", "three"]
)
def test_articles_of_one_language_share_three_telling_words(shared: tuple[str, ...], expected: float) -> None:
    assert events(" ".join(shared), " ".join(shared)).odds(0, 1) == expected


def test_what_speaks_against_one_event_is_too_little_for_a_pair(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(same_event, "contradicts", lambda *_: True)
    assert events("anvil brook cliff", "anvil brook cliff").odds(0, 1) == -0.4


@pytest.mark.parametrize(
    ("weights", "expected"),
    [((1.0, 0.6), 2.0), ((1.0, 0.61), 2.0), ((1.0, 0.59), -2.0), ((1.0,), -2.0), ((1.0, 1.0, 1.0), 2.0)],
)
def test_articles_of_two_languages_share_two_rare_names(weights: tuple[float, ...], expected: float) -> None:
    features = {"text": 0.5, "days": 0.0, "weekdays": 0.0, "outlet": 0.0}
    space = SimpleNamespace(rarest=max(weights), rarities=lambda *_: list(weights), features=lambda *_: features)
    part = Part({0: "en", 1: "fr"}, {}, {}, space)  # type: ignore[arg-type]  # what it asks of the space, and no more
    assert Comparison(part).seeming_odds(0, 1) == pytest.approx(expected)


def test_a_group_is_judged_by_its_first_six(monkeypatch: pytest.MonkeyPatch) -> None:
    known = events()
    monkeypatch.setattr(known, "odds", lambda one, _: {5: 1.2, 6: 6.0}.get(one, 0.0))
    assert known._mean(range(9), [9]) == pytest.approx(0.2)


AMOUNTS = st.lists(st.integers(0, 60).map(float) | st.floats(0, 1e6), max_size=12)


@given(AMOUNTS, AMOUNTS)
@settings(max_examples=60)
def test_a_figure_is_missing_where_none_is_within_a_twentieth(ours: list[float], theirs: list[float]) -> None:
    told = [Figure(number=number, beside=frozenset()) for number in ours]
    found = [one.number for one in _missing(told, sorted(theirs))]
    assert found == [one for one in ours if not any(abs(one - it) <= NEAR * max(one, it) for it in theirs)]
