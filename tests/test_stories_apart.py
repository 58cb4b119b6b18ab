"""Short articles that resemble one another, with what they must become: one story, a copy, or stories of their own."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from briefing.models import Ranked
from briefing.stories import group
from briefing.text import analyse
from tests.making import article

MORNING = datetime(2024, 5, 7, 8, tzinfo=UTC)  # a Tuesday

Told = tuple[str, ...]


def tell(told: Told, *, name: str, hours: float = 0, outlet: str | None = None, language: str = "en") -> Ranked:
    title, *paragraphs = told
    at = MORNING + timedelta(hours=hours)
    made = article(*paragraphs, origin=name, title=title, outlet=outlet or f"The {name}", published=at)
    return Ranked(text=analyse(made, language=language)[0], scores=())


def grouped(*articles: Ranked) -> str:
    """Return the stories as `a b | c`, with `b=a` for a copy b of a, in the order of their names."""
    name = {one.article.id: one.article.origin for one in articles}
    stories = []
    for story in group(articles, grades={}):
        of = {copy.article: f"={name[copy.of]}" for copy in story.copies}
        stories.append(" ".join(sorted(f"{one.article.origin}{of.get(one.article.id, '')}" for one in story.articles)))
    return " | ".join(sorted(stories))


def edited(told: Told, **words: str) -> Told:
    """Return the text with words exchanged."""
    for old, new in words.items():
        told = tuple(part.replace(old.replace("_", " "), new) for part in told)
    return told


MILL = (
    "Blast at mill kills 12",
    "A blast in a flour mill at Ludden killed 12 people on Tuesday, the fire service said.",
    "Dust in a silo had caught fire, it said. The roof of the mill was thrown into a field.",
    "Forty firemen were at work until the evening, and 3,000 tonnes of flour were lost.",
)
SHELLING = (
    "Shelling kills three in Kherson",
    "Shelling killed three people and wounded seven in the city of Kherson on Monday, governor Oleh Prokin said.",
    "Shells hit a block of flats and a bus stop in the Korabel district, he wrote. Rescuers were at work there.",
    (
        "The city comes under fire almost every day from positions across the river. The army there "
        "denies that it aims at civilians."
    ),
)
NEXT_SHELLING = (
    "Shelling kills two in Kherson",
    "Shelling killed two people and wounded four in the city of Kherson on Tuesday, governor Oleh Prokin said.",
    "Shells hit a house and a chemist's shop in the Dnipro district, he wrote. Rescuers were at work there.",
    SHELLING[3],
)
ELSEWHERE = edited(
    NEXT_SHELLING,
    two_people="one person",
    four="nine",
    kills_two="kills one",
    Kherson="Nikopol",
    Oleh_Prokin="Ivan Lysko",
)
BULLETIN = (
    "Flood bulletin no. 12",
    (
        "The Ouse stood at 4.2 metres at York on Monday morning, and warnings are in force for 14 "
        "places. Three people were rescued in Selby."
    ),
    (
        "Residents are asked to keep away from the water and to carry valuables upstairs. The next "
        "bulletin follows tomorrow."
    ),
    "Closed roads are listed on the council's page.",
)
NEXT_BULLETIN = (
    "Flood bulletin no. 13",
    (
        "The Ouse stood at 4.9 metres at York on Tuesday morning, and warnings are in force for 31 "
        "places. Nine people were rescued in Selby."
    ),
    *BULLETIN[2:],
)
FIRE = (
    "Fire burns tents at Areesha camp",
    "A fire burned 40 tents in the camp of Areesha in the night to Monday, its administration said.",
    "Stoves are the usual cause. Families live close together there, and water has to be brought in by lorry.",
    "Aid groups asked for blankets and tents.",
)
NEXT_FIRE = edited(FIRE, burned_40_tents="burned 400 tents and killed two people", Monday="Tuesday")
SINKING = (
    "Boat sinks off Sfax",
    "Eight people drowned when a boat sank off Sfax on Monday, the coast guard said.",
    (
        "The boat had left a beach near the town in the evening and was bound for Lampedusa. Such boats "
        "are made of thin metal and often overladen."
    ),
    "The search goes on, a spokesman said.",
)
NEXT_SINKING = edited(SINKING, Eight="Fifteen", Monday="Tuesday")
AIR_FORCE = (
    "The air force said it had shot down 61 of 74 attack drones that were launched overnight from "
    "three directions, and that electronic jamming had sent nine more astray."
)
SCHOOL = (
    "Drones hit school in Kharkiv, five hurt",
    "Attack drones struck a school in Kharkiv early on Tuesday and hurt five people, the mayor said.",
    "Windows were blown out in two blocks of flats beside it and firemen led 30 tenants outside.",
    AIR_FORCE,
)
SCHOOL_TOO = (
    "Five wounded as drone strikes Kharkiv school",
    (
        "Five people were wounded when a drone struck a school in the city of Kharkiv before dawn on "
        "Tuesday, according to its mayor."
    ),
    "The blast blew out windows in neighbouring flats, from which firemen brought 30 people to safety.",
    AIR_FORCE,
)
HOTEL = (
    "Drones hit hotel in Odesa, three hurt",
    "Attack drones struck a seaside hotel in Odesa early on Tuesday and hurt three people, the regional governor said.",
    "A fire in the roof burned until dawn and guests spent the night in a shelter.",
    AIR_FORCE,
)
LORRIES = (
    "Bomb hits aid lorries near Gao",
    (
        "A bomb buried in the road destroyed two lorries with food aid near Gao on Tuesday and killed a "
        "driver, the aid agency said."
    ),
    "The agency suspended deliveries to 40,000 refugees until the attack has been looked into.",
)
LORRIES_TOO = (
    "Driver killed by roadside bomb in northern Mali",
    (
        "A driver was killed on Tuesday when a roadside bomb tore apart two lorries carrying food near "
        "Gao in northern Mali, the aid agency said."
    ),
    "It was suspending deliveries to 40,000 refugees, a spokeswoman said.",
)
VOTE = (
    "Vote in Mali is put off again",
    "Mali's rulers put off the vote for a third time on Tuesday, citing the safety of voters in the north.",
    LORRIES[1],
    "Parties in Bamako called the delay a coup by calendar. The vote had been set for February.",
)
BACKGROUND = "No group said that it had done it. The city in the north-west of Pakistan has seen many such bombings."
MOSQUE = (
    "Bomb at Peshawar mosque kills 20",
    "A bomb went off among worshippers at a mosque in Peshawar on Tuesday and killed 20 people, police said.",
    "The blast brought down the roof of the prayer hall, and 60 wounded were taken to the Lady Reading hospital.",
    BACKGROUND,
)
MOSQUE_TOO = (
    "At least 24 dead in mosque bombing in Peshawar",
    (
        "At least 24 people were killed on Tuesday as a bomb tore through a mosque in Peshawar during "
        "prayers, a hospital said."
    ),
    "The roof fell on the worshippers. Doctors at the Lady Reading hospital asked for blood.",
)
MARKET = (
    "Market blast in Peshawar leaves 8 dead",
    "Eight people died when a bomb on a motorcycle exploded in a vegetable market in Peshawar on Tuesday, police said.",
    "Stalls burned for an hour, and 25 wounded were taken to the Lady Reading hospital.",
    BACKGROUND,
)
BUILDER = (
    "Builder jailed for seven years over fatal fire in Leeds",
    (
        "A builder was jailed for seven years at Leeds Crown Court on Tuesday for a fire that killed a "
        "tenant in Harehills."
    ),
    "Judge Amy Orton said that Dean Pratt, 44, had blocked the only stairs with rubble.",
    "The hearing at Leeds Crown Court lasted nine days.",
)
BUILDER_TOO = (
    "Seven years for builder whose rubble blocked stairs in fatal Leeds fire",
    (
        "Dean Pratt, a builder of 44, has been sent to prison for seven years for a fire in which a "
        "tenant of a house in Harehills died."
    ),
    "Leeds Crown Court heard on Tuesday that rubble had blocked the stairs.",
)
NURSE = (
    "Nurse jailed for two years over theft of drugs in Leeds",
    (
        "A nurse was jailed for two years at Leeds Crown Court on Tuesday for the theft of morphine from "
        "a ward in Headingley."
    ),
    "Judge Amy Orton said that Carol Finch, 39, had betrayed her patients.",
    "The hearing at Leeds Crown Court lasted four days.",
)

NIGHT = (
    "Drones fall on Kyiv",
    "Drones fell on Kyiv on Tuesday and hurt four people, Mayor Petro Danko said.",
    "The people of Kyiv spent the night in the metro. Trams stood still until noon.",
)
BOMB = (
    "Islamic State bomb kills six in Mosul",
    "A bomb of Islamic State killed six people in Mosul on Tuesday, police said.",
    "The men of Islamic State had left the city in March, and it was thought safe. Shops were closed.",
)
PORT = (
    "Norland hits Kharkiv, five hurt",
    "Drones of Norland struck Kharkiv on Tuesday and hurt five people, the mayor said.",
    "Rescuers were at work in the morning. The army of Norland denies that it aims at civilians.",
)

OTHERS = [
    tell(told, name=f"other{number}", hours=number)
    for number, told in enumerate(
        (
            (
                "Bees winter badly",
                "Beekeepers around Thornwick lost a third of their hives in the wet winter, one said.",
            ),
            (
                "New council for the valley",
                "Voters in the Sedge valley chose a council on Sunday; 52 per cent took part.",
            ),
            ("Bridge closed for repairs", "The swing bridge at Nether Quay will be closed to cars for six weeks."),
            (
                "Ferry gets a new engine",
                "The ferry between Holm and Stray will sail by battery from June, its owner said.",
            ),
            ("Museum finds lost map", "A chart of 1611 was found behind a cupboard in the museum of Great Larkham."),
        )
    )
]


@pytest.mark.parametrize(
    ("first", "second", "hours"),
    [
        pytest.param(SHELLING, NEXT_SHELLING, 24, id="one town, two days"),
        pytest.param(NEXT_SHELLING, ELSEWHERE, 2, id="one day, two towns"),
        pytest.param(SHELLING, ELSEWHERE, 26, id="two days, two towns"),
        pytest.param(FIRE, NEXT_FIRE, 24, id="fires in one camp"),
        pytest.param(SINKING, NEXT_SINKING, 24, id="sinkings off one town"),
        pytest.param(SCHOOL, HOTEL, 1, id="one night, and the air force's sentence"),
        pytest.param(LORRIES, VOTE, 1, id="a sentence of background"),
        pytest.param(VOTE, LORRIES, 1, id="a sentence of background, told earlier"),
        pytest.param(MOSQUE, MARKET, 4, id="two bombs in one town"),
        pytest.param(PORT, edited(PORT, Kharkiv="Odesa", five="three"), 1, id="two towns hit by one army"),
        pytest.param(BUILDER, NURSE, 3, id="two verdicts of one court"),
    ],
)
def test_other_events_in_the_same_words_are_other_stories(first: Told, second: Told, hours: float) -> None:
    a, b = tell(first, name="a"), tell(second, name="b", hours=hours)
    assert grouped(a, b) == "a | b"
    assert grouped(a, b, *OTHERS).startswith("a | b | ")


@pytest.mark.parametrize(
    ("first", "second"),
    [
        pytest.param(MILL, edited(MILL, **{"12": "21"}), id="a toll corrected"),
        pytest.param(SCHOOL, SCHOOL_TOO, id="two accounts, and the air force's sentence"),
        pytest.param(LORRIES, LORRIES_TOO, id="two accounts of an attack"),
        pytest.param(MOSQUE, MOSQUE_TOO, id="two accounts with two tolls"),
        pytest.param(BUILDER, BUILDER_TOO, id="two accounts of a verdict"),
    ],
)
def test_independent_accounts_of_one_event_are_one_story(first: Told, second: Told) -> None:
    a, b = tell(first, name="a"), tell(second, name="b", hours=2)
    assert grouped(a, b) == "a b"
    assert grouped(a, b, *OTHERS).startswith("a b | ")


def test_yesterdays_bulletin_does_not_stand_for_todays() -> None:
    old, new = (
        tell(told, name=name, hours=hours, outlet="River Office")
        for told, name, hours in ((BULLETIN, "a", -24), (NEXT_BULLETIN, "b", 0))
    )
    assert grouped(old, new) == "a | b"


@pytest.mark.parametrize(
    "reprint",
    [
        pytest.param(MILL, id="word for word"),
        pytest.param(("Explosion rocks village", *MILL[1:]), id="another title"),
        pytest.param(MILL[:3], id="cut"),
        pytest.param(edited(MILL, **{"12": "twelve", "Forty": "40", "3,000": "3000"}), id="numbers in words"),
        pytest.param(edited(MILL, **{"12": "a dozen"}), id="a dozen"),
        pytest.param(edited(MILL, **{"3,000": "nearly 3,100"}), id="rounded"),
        pytest.param(edited(MILL, on_Tuesday="this morning", firemen="firefighters"), id="house style"),
        pytest.param(edited(MILL, **{"on Tuesday": "on Tuesday, May 7"}), id="a date"),
        pytest.param((MILL[0], "LUDDEN, May 7, 2024 – " + MILL[1], *MILL[2:]), id="a dateline"),
        pytest.param((MILL[0], "The shock could be felt in Stray, 9 miles away.", *MILL[1:]), id="a top of its own"),
        pytest.param((*MILL, "Two other mills burned in 2019."), id="an end of its own"),
        pytest.param(edited(MILL, Ludden="Luden"), id="a name spelt otherwise"),
    ],
)
def test_an_edited_reprint_is_a_copy(reprint: Told) -> None:
    assert grouped(tell(MILL, name="a"), tell(reprint, name="b", hours=1)) == "a b=a"


@pytest.mark.parametrize(
    ("told", "written"),
    [
        pytest.param(NIGHT, {"Kyiv": "Kiev"}, id="in another spelling"),
        pytest.param(BOMB, {"Islamic State": "Daesh"}, id="by another name"),
    ],
)
def test_a_name_written_otherwise_is_the_same(told: Told, written: dict[str, str]) -> None:
    assert grouped(tell(told, name="a"), tell(edited(told, **written), name="b", hours=1)) == "a b=a"


@pytest.mark.parametrize(
    ("language", "told", "changed"),
    [
        (
            "fr",
            (
                "Explosion dans un moulin : 12 morts",
                "Une explosion dans un moulin de Ludden a fait 12 morts mardi, ont indiqué les pompiers.",
                "La poussière d'un silo avait pris feu. Le toit a été projeté dans un champ.",
            ),
            {"12": "vingt et un"},
        ),
        (
            "de",
            (
                "12 Tote bei Explosion in Mühle",
                "Bei einer Explosion in einer Mühle in Ludden sind am Dienstag 12 Menschen ums Leben gekommen.",
                "Staub in einem Silo hatte Feuer gefangen. Das Dach wurde auf ein Feld geschleudert.",
            ),
            {"12": "21"},
        ),
        (
            "ru",
            (
                "Взрыв на мельнице: 12 погибших",
                "При взрыве на мельнице в Луддене во вторник погибли 12 человек, сообщили пожарные.",
                "Загорелась пыль в хранилище. Крышу отбросило в поле, где работали крестьяне.",
            ),
            {"12": "21"},
        ),
        (
            "ar",
            (
                "مقتل 12 شخصا في انفجار مطحنة",
                "قتل 12 شخصا يوم الثلاثاء في انفجار وقع في مطحنة للدقيق قرب البلدة، بحسب رجال الإطفاء.",
                "واشتعل الغبار في الصومعة وسقط السقف في حقل مجاور كان يعمل فيه فلاحون.",
            ),
            {"12": "21"},
        ),
    ],
)
def test_a_changed_toll_is_no_copy_in_any_language(language: str, told: Told, changed: dict[str, str]) -> None:
    first = tell(told, name="a", language=language)
    assert grouped(first, tell(told, name="b", hours=1, language=language)) == "a b=a"
    assert "=" not in grouped(first, tell(edited(told, **changed), name="b", hours=1, language=language))


def test_a_figure_far_down_is_substance_too() -> None:
    body = tuple(
        f"The {place} of the valley was searched by volunteers." for place in ("north", "south", "east", "west")
    )
    long = (*MILL[:3], *body, "Insurers put the damage at 30 million pounds.")
    changed = edited(long, **{"30 million": "90 million"})
    assert grouped(tell(long, name="a"), tell(long, name="b", hours=1)) == "a b=a"
    assert "=" not in grouped(tell(long, name="a"), tell(changed, name="b", hours=1))


def test_a_copy_is_credited_to_the_version_that_it_repeats() -> None:
    corrected = edited(MILL, **{"12": "21"})
    day = [tell(MILL, name="a"), tell(corrected, name="b", hours=1), tell(corrected, name="c", hours=2)]
    assert grouped(*day) == "a b c=b"


@pytest.mark.parametrize(
    ("grades", "leads"),
    [
        ({}, "c"),  # as long, and the latest, though its copy is later still
        ({"The b": "B"}, "b"),
        ({"The d": "B"}, "d"),
    ],
)
def test_the_latest_account_leads_and_the_original_stands_for_its_copies(grades: dict[str, str], leads: str) -> None:
    risen = ("Toll of mill blast rises to 14", MILL[1].replace("12", "14"), *MILL[2:])
    day = [
        tell(MILL, name="a"),
        tell(MILL, name="b", hours=1),
        tell(risen, name="c", hours=2),
        tell(risen, name="d", hours=3),
    ]
    (story,) = group(day, grades=grades)
    assert (story.independent, story.lead.article.origin) == (2, leads)


def test_an_account_without_a_date_does_not_lead_for_being_late() -> None:
    title, *paragraphs = edited(MILL, **{"12": "21"})
    made = article(*paragraphs, origin="b", title=title, outlet="The b")
    undated = Ranked(text=analyse(made, language="en")[0], scores=())
    (story,) = group([tell(MILL, name="a"), undated], grades={})
    assert (story.independent, story.lead.article.origin) == (2, "a")
