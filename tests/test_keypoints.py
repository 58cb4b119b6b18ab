"""The first page: what a day's stories weigh, and by which sentence each is told."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from briefing.compose import Weight, key_points, weigh
from briefing.compose.weighing import FEWEST, LIGHT, SHARES
from briefing.models import Placement, Quotability, Ranked, Story
from tests.making import article, ranked

CUT_OFF = datetime(2019, 3, 21, 5, 30, tzinfo=UTC)
PLAIN = "Rain fell on Harrow Green."


def story(
    *sentences: str,
    name: str = "a",
    title: str | None = None,
    language: str = "en",
    independent: int = 1,
    outlet: str | None = None,
    age: float | None = None,
) -> Story:
    """A story of one article."""
    made = article(*sentences, origin=name, title=title, outlet=outlet)
    made = made if age is None else replace(made, published=CUT_OFF - timedelta(hours=age))
    read = ranked(made, language=language)
    words = tuple((title or "").lower().split())
    read = replace(read, text=replace(read.text, title_words=words, title_stems=words))
    return Story(id=name, lead=read, independent=independent)


def weighed(
    *stories: Story, placements: tuple[Placement, ...] = (), grades: dict[str, str] | None = None
) -> list[Weight]:
    return list(weigh(stories, placements, cut_off=CUT_OFF, grades=grades or {}).values())


def signs(one: Story) -> dict[str, float]:
    return dict(weighed(one)[0].signs)


@pytest.mark.parametrize(
    ("language", "sentence", "sign"),
    [
        ("en", "The prime minister met farmers.", "actors"),
        ("fr", "Le ministre a vu des paysans.", "actors"),
        ("es", "La ministra vio a los campesinos.", "actors"),
        ("de", "Die Landwirtschaftsministerin traf Bauern.", "actors"),
        ("pt", "O ministro viu camponeses.", "actors"),
        ("ar", "التقى الوزير مزارعين.", "actors"),
        ("en", "A farmer was arrested.", "deeds"),
        ("de", "Ein Bauer wurde festgenommen.", "deeds"),
        ("fr", "Un paysan a été arrêté.", "deeds"),
        ("en", "The economy of farms grew.", "matters"),
        ("de", "Die Landwirtschaftskrise dauert an.", "matters"),
        ("en", "Farmers met on Monday.", "today"),
        ("es", "Los campesinos se reunieron ayer.", "today"),
        ("en", "You can plant your beans.", "reader"),
        ("fr", "Plantez donc vos haricots comme vous voulez.", "reader"),
    ],
)
def test_each_sign_is_known_by_words_of_its_language(language: str, sentence: str, sign: str) -> None:
    own = signs(story(sentence, language=language))
    assert sign in own
    assert own[sign] * SHARES[sign] > 0
    assert sign not in signs(story(PLAIN))


def test_a_language_without_lists_is_weighed_by_the_other_signs() -> None:
    assert signs(story("Ministeren talte.", language="da")) == {
        "accounts": SHARES["accounts"],
        "age": signs(story(PLAIN))["age"],
    }


def test_what_somebody_is_quoted_with_is_no_talk_to_the_reader() -> None:
    assert "reader" not in signs(story('"You know that we want it," a farmer told the Post.'))


@pytest.mark.parametrize("place", [2, 3])
def test_words_count_in_the_title_and_the_first_three_sentences(place: int) -> None:
    row = [PLAIN] * place + ["A farmer was arrested."]
    assert ("deeds" in signs(story(*row))) is (place < 3)
    assert "deeds" in signs(story(PLAIN, title="Farmer arrested"))


@pytest.mark.parametrize(
    ("hours", "share"),
    [(None, None), (1.0, None), (47.0, None), (48.0 + 60.0, 0.5), (168.0, 1.0), (8_760.0, 1.0)],
)
def test_what_is_past_its_second_day_weighs_less_until_a_week_is_over(hours: float | None, share: float | None) -> None:
    weights = weighed(story(PLAIN, age=hours), story(PLAIN, name="b", age=0.0))
    assert dict(weights[0].signs).get("past") == (share and round(share * SHARES["past"], 4))


@pytest.mark.parametrize(
    ("heavier", "lighter"),
    [
        pytest.param({"independent": 3}, {}, id="more accounts"),
        pytest.param({"age": 1.0}, {"age": 60.0}, id="fresher"),
        pytest.param({"outlet": "Good"}, {"outlet": "Bad"}, id="a better grade"),
        pytest.param({}, {"title": "Is it raining?"}, id="no question"),
    ],
)
def test_what_weighs_more(heavier: dict[str, object], lighter: dict[str, object]) -> None:
    one = story(PLAIN, name="a", **heavier)  # type: ignore[arg-type] # a table's values
    other = story(PLAIN, name="b", **lighter)  # type: ignore[arg-type] # a table's values
    first, second = weighed(one, other, grades={"Good": "A", "Bad": "F"})
    assert first.total > second.total


def test_what_fits_a_section_weighs_more_by_its_score() -> None:
    stories = [story(PLAIN, name=name) for name in "abc"]
    found = [
        Placement(story=one, section="s", score=score, terms=(), quotes=())
        for one, score in zip(stories, (6.0, 2.0), strict=False)
    ]
    first, second, third = (weight.total for weight in weighed(*stories, placements=tuple(found)))
    assert first > second > third


def test_a_name_that_stories_share_joins_them_unless_most_have_it() -> None:
    lead = "A farmer met Amsel in Harrow."
    few = [story(lead if n < 2 else f"A farmer met Bode{n} in Lowfell{n}.", name=str(n)) for n in range(12)]
    all_of_them = [story(lead, name=str(n)) for n in range(12)]
    assert "shared names" in dict(weighed(*few)[0].signs)
    assert "shared names" not in dict(weighed(*few)[2].signs)
    assert "shared names" not in dict(weighed(*all_of_them)[0].signs)


ACTORS = ("minister", "court", "police", "army", "mayor")
DEEDS = ("arrested", "killed", "attacked", "resigned")


@pytest.mark.parametrize(
    ("one", "sign", "value"),
    [
        *((story(f"It named {' '.join(ACTORS[:n])}."), "actors", min(n, 4) / 4) for n in (3, 4, 5)),
        *((story(f"It was {' '.join(DEEDS[:n])}."), "deeds", 0.8 * min(n, 3) / 3) for n in (2, 3, 4)),
        (story("The economy grew."), "matters", 0.2),
        (story("It rained yesterday."), "today", 0.6),
        (story(PLAIN, title="Is it raining?"), "question", -0.5),
        (story(PLAIN, independent=1), "accounts", 0.8),
        (story(PLAIN, independent=4), "accounts", 2.4),
        (story(f"You{' rain' * 18}."), "reader", -1.5),
        (story(f"You{' rain' * 19}."), "reader", -1.5),
        (story(f"You{' rain' * 23}."), "reader", -1.5 * 20 / 24),
        (story(PLAIN, age=48.0), "age", -0.15),
        (story(PLAIN, age=24.0), "age", round(-0.3 * (1 - 0.5**0.5), 4)),
        (story(PLAIN, age=None), "age", round(-0.3 * (1 - 0.5**0.5), 4)),
    ],
)
def test_what_each_sign_adds(one: Story, sign: str, value: float) -> None:
    assert signs(one)[sign] == pytest.approx(value, abs=1e-4)


@pytest.mark.parametrize(
    ("score", "value"), [(0.0, None), (2.0, 0.2 * 0.56458), (5.9, 0.198527), (6.0, 0.2), (9.0, 0.2)]
)
def test_a_section_adds_up_to_its_full_score(score: float, value: float | None) -> None:
    one = story(PLAIN)
    placed = Placement(story=one, section="s", score=score, terms=(), quotes=())
    found = dict(weighed(one, placements=(placed,))[0].signs).get("section")
    assert found == (value if value is None else pytest.approx(value, abs=1e-4))


@pytest.mark.parametrize(("having", "value"), [(2, 0.075), (4, 0.225), (5, 0.3), (6, 0.3), (10, 0.3), (11, None)])
def test_a_name_joins_up_to_a_quarter_of_the_day_and_five_say_no_more(having: int, value: float | None) -> None:
    leads = ["A farmer met Amsel."] * having + [f"A farmer met Bode{n}." for n in range(40 - having)]
    first = weighed(*(story(lead, name=f"{n:02}") for n, lead in enumerate(leads)))[0]
    assert dict(first.signs).get("shared names") == value


@pytest.mark.parametrize(("age", "freshest"), [(48.0, -0.15), (49.0, None)])
def test_a_day_counts_from_the_cut_off_unless_all_of_it_is_old(age: float, freshest: float | None) -> None:
    assert signs(story(PLAIN, age=age)).get("age") == freshest


@pytest.mark.parametrize(("grade", "factor"), list(zip("ABCDEF", (1.15, 1.1, 1.0, 0.9, 0.8, 0.7), strict=True)))
def test_a_grade_multiplies_the_weight(grade: str, factor: float) -> None:
    one = story(PLAIN, outlet="Post", independent=4)
    graded, plain = weighed(one, grades={"Post": grade})[0].total, weighed(one)[0].total
    assert graded == pytest.approx(plain * factor, abs=1e-3)


def points(*rows: tuple[Story, float], count: int = 5, language: str = "en") -> list[str]:
    weights = {one.id: Weight(story=one.id, total=total, signs=()) for one, total in rows}
    found = key_points([one for one, _ in rows], weights, homes={}, language=language, count=count)
    return [point.quote.sentence.text for point in found]


def lead(word: str) -> str:
    return f"The {word} of Low Tarn and Ash Hill {word}s its {word}ing {word}ers."


def test_the_weightiest_come_first_and_no_more_than_asked_for() -> None:
    rows = [(story(lead(word), name=word), weight) for word, weight in (("mill", 3.0), ("ferry", 5.0), ("quay", 4.0))]
    assert points(*rows) == [lead("ferry"), lead("quay"), lead("mill")]
    assert points(*rows, count=2) == [lead("ferry"), lead("quay")]
    assert points(*rows, count=0) == []


def test_light_stories_fill_up_to_three_and_no_further() -> None:
    words = ("mill", "ferry", "quay", "weir")
    for last, expected in ((LIGHT, 4), (LIGHT - 0.01, FEWEST)):
        rows = [(story(lead(word), name=word), last) for word in words]
        assert len(points(*rows)) == expected


@pytest.mark.parametrize(("last", "expected"), [(2.3, 4), (2.29, 3)])
def test_a_fourth_point_has_a_weight_of_its_own(last: float, expected: int) -> None:
    rows = [(story(lead(word), name=word), last) for word in ("mill", "ferry", "quay", "weir")]
    assert len(points(*rows)) == expected


@pytest.mark.parametrize(("shared", "told"), [(10, 2), (11, 1)])
def test_two_points_say_the_same_from_more_than_half_of_their_words(shared: int, told: int) -> None:
    first = ["low", "tarn", *(f"anvil{n}" for n in range(18))]
    second = [*first[:shared], *(f"brook{n}" for n in range(20 - shared))]
    rows = [(story(f"{' '.join(words).capitalize()}.", name=words[-1]), 5.0) for words in (first, second)]
    assert len(points(*rows)) == told


def test_one_point_an_event_however_many_stories_tell_it() -> None:
    same = "The ferry of Low Tarn struck the quay of Ash Hill with forty farmers."
    retold = "The ferry of Low Tarn struck the quay of Ash Hill, and forty farmers swam."
    assert points((story(same, name="a"), 5.0), (story(retold, name="b"), 4.0)) == [same]


@pytest.mark.parametrize("standing", [s for s in Quotability if s is not Quotability.ALONE])
def test_a_point_can_be_read_alone(standing: Quotability) -> None:
    one = story(lead("mill"), lead("ferry"))
    first, second = one.lead.text.sentences
    text = replace(one.lead.text, sentences=(replace(first, quotability=standing), second))
    assert points((replace(one, lead=replace(one.lead, text=text)), 5.0)) == [second.text]


def test_a_point_comes_from_the_opening() -> None:
    filler = [f"He said {n}." for n in range(7)]
    assert points((story(*filler, lead("mill")), 5.0)) == [lead("mill")]
    assert points((story(*filler, "He said no.", lead("mill")), 5.0)) == []
    assert points((story("So. " * 170, lead("mill")), 5.0)) == []


def test_an_opinion_is_no_point() -> None:
    comment = story(lead("mill"), name="a", title="Opinion: the mill")
    assert points((comment, 5.0), (story(lead("ferry"), name="b"), 4.0)) == [lead("ferry")]
    assert points((replace(comment, others=(story(lead("quay"), name="c").lead,)), 5.0)) == [lead("quay")]


def test_a_story_is_quoted_in_the_language_of_the_brief_where_an_article_tells_it_in_that() -> None:
    english: Ranked = story(lead("mill"), name="en").lead
    french = story("Le moulin de Low Tarn et Ash Hill tourne avec des meules.", name="fr", language="fr")
    both = replace(french, others=(english,))
    assert points((both, 5.0)) == [lead("mill")]
    assert points((both, 5.0), language="fr") == [french.lead.text.sentences[0].text]
