"""Figures beside one event's that tempt to be compared with it, and are of something else."""

from __future__ import annotations

import pytest

from tests.figures.day import article, figures, told

BASE = {
    "en": "A bomb ripped through a crowded bazaar in Peshawar on Tuesday, killing 20 people.",
    "fr": "Une bombe a explosé mardi dans un bazar bondé de Peshawar, tuant 20 personnes.",
    "es": "Una bomba estalló el martes en un bazar repleto de Peshawar y mató a 20 personas.",
    "de": "Am Dienstag wurden bei einem Anschlag auf einen vollen Basar in Peshawar 20 Menschen getötet.",
    "ar": "قتل 20 شخصا في انفجار قنبلة في سوق مزدحم في بيشاور يوم الثلاثاء.",
}
CONTRADICTING = {
    "en": "On Tuesday a bomb in a crowded bazaar in Peshawar killed 31 people.",
    "fr": "Mardi, une bombe dans un bazar bondé de Peshawar a tué 31 personnes.",
    "es": "El martes una bomba mató a 31 personas en un bazar repleto de Peshawar.",
    "de": "Bei einem Anschlag auf einen vollen Basar in Peshawar starben am Dienstag 31 Menschen.",
    "ar": "انفجار قنبلة في سوق مزدحم في بيشاور يوم الثلاثاء قتل 31 شخصا.",
}

NO_DIFFERENCE = {
    "en": """
        Two bombs killed dozens of people in a crowded bazaar in Peshawar on Tuesday.
        A bomb with 200 kg of explosives killed people in a crowded bazaar in Peshawar on Tuesday.
        Three rockets fired at the crowded bazaar in Peshawar on Tuesday killed people, a nurse said.
        Two blasts wounded and killed people in a crowded bazaar in Peshawar on Tuesday.
        A bomb packed with 90 nails killed people in a crowded bazaar in Peshawar on Tuesday.
        Two attackers killed people in a crowded bazaar in Peshawar on Tuesday.
        Two men on motorbikes killed people with a bomb in a crowded bazaar in Peshawar on Tuesday.
        Two men set off a bomb in a crowded bazaar in Peshawar on Tuesday, killing people.
        Five of those killed by the bomb in the crowded bazaar in Peshawar on Tuesday were children.
        Nine of the people killed by the bomb in the crowded bazaar in Peshawar on Tuesday were traders.
        Of the dead in the crowded bazaar in Peshawar on Tuesday, 12 people were killed at once.
        Among those killed by the bomb in the crowded bazaar in Peshawar on Tuesday were 12 people from one village.
        The bomb in the crowded bazaar in Peshawar on Tuesday killed traders, among them 12 people from one village.
        The bomb in the crowded bazaar in Peshawar on Tuesday killed traders, including 12 people from one village.
        A bomb killed 12 people at a mosque in Lahore on Tuesday, and the one in Peshawar hit a crowded bazaar.
        A bomb hit a crowded bazaar in Peshawar on Tuesday, while in Lahore another one killed 12 people.
        A bomb hit a crowded bazaar in Peshawar on Tuesday; in Lahore 12 people were killed.
        Bombs in Peshawar and Lahore killed 45 people on Tuesday, most of them in a crowded bazaar.
        Bombs killed 45 people on Tuesday in Peshawar and in Lahore, where a crowded bazaar was hit.
        Six months after 300 people were killed in Peshawar, a bomb hit a crowded bazaar on Tuesday.
        A year after a bomb killed 100 people in Peshawar, a crowded bazaar was hit on Tuesday.
        The bomb in the crowded bazaar in Peshawar on Tuesday came two weeks after a blast that killed 43 people.
        A bomb hit a crowded bazaar in Peshawar on Tuesday, where 43 people were killed by a bomb two years ago.
        On Tuesday a bomb hit the crowded bazaar in Peshawar, where a bomb killed 43 people in March 2009.
        A bomb hit a crowded bazaar in Peshawar on Tuesday, the worst since one killed 43 people there.
        Peshawar marked on Tuesday the anniversary of the bomb that killed 43 people in a crowded bazaar.
        Before Tuesday, bombs in the crowded bazaar in Peshawar had killed 43 people since January.
        Last month a bomb killed 43 people in the same crowded bazaar in Peshawar, hit again on Tuesday.
        Fifteen bodies from the bomb in the crowded bazaar in Peshawar on Tuesday were identified.
        Fifteen people killed by the bomb in the crowded bazaar in Peshawar on Tuesday were buried.
        Rescuers recovered 15 bodies from the crowded bazaar in Peshawar after the bomb on Tuesday.
        Funerals were held for 15 people killed by the bomb in the crowded bazaar in Peshawar on Tuesday.
        The bomb in the crowded bazaar in Peshawar on Tuesday killed 15 people at once, and five died later.
        The bomb in the crowded bazaar in Peshawar on Tuesday initially killed 8 people.
        At first 8 people were reported killed by the bomb in the crowded bazaar in Peshawar on Tuesday.
        After the bomb in the crowded bazaar in Peshawar on Tuesday, 8 people died later in hospital.
        The bomb in the crowded bazaar in Peshawar killed 15 people on Tuesday and five on the way to hospital.
        Eight more people were killed when the bomb hit the crowded bazaar in Peshawar on Tuesday.
        The bomb in the crowded bazaar in Peshawar on Tuesday could have killed 90 people.
        Police said nobody claimed the bomb that killed people at 9 in a crowded bazaar in Peshawar on Tuesday.
        The bomb tore through 35 stalls and killed people in a crowded bazaar in Peshawar on Tuesday.
        Six months ago, a bomb killed 43 people in the crowded bazaar in Peshawar that was hit on Tuesday.
        Initially, 8 people were reported killed by the bomb in the crowded bazaar in Peshawar on Tuesday.
        The trial over the bomb that killed 43 people in a crowded bazaar in Peshawar began on Tuesday.
        Three suspects were named on Tuesday for the bomb that killed 43 people in a crowded bazaar in Peshawar.
        Unlike the one that killed 43 people, the bomb on Tuesday in Peshawar hit a crowded bazaar.
        Two gunmen shot and killed people in a crowded bazaar in Peshawar on Tuesday.
        The 35 stalls where people were killed in a crowded bazaar in Peshawar on Tuesday stood in a row.
        The bomb in a crowded bazaar in Peshawar on Tuesday was the third in ten days; the first two killed 31 people.
        Families of 14 people killed by the bomb in a crowded bazaar in Peshawar on Tuesday were paid.
        The bomb in a crowded bazaar in Peshawar on Tuesday killed 12 people from the same family.
        Of 60 people hurt by the bomb in a crowded bazaar in Peshawar on Tuesday, nine died.
        A first bomb killed 8 people and a second killed 12 people in a crowded bazaar in Peshawar on Tuesday.
        The bomb in a crowded bazaar in Peshawar on Tuesday killed 8 people inside and 12 outside.
        Officials fear that 50 people were killed by the bomb in a crowded bazaar in Peshawar on Tuesday.
        Rumours that 90 people were killed by the bomb in a crowded bazaar in Peshawar on Tuesday are untrue.
        Nearly 300 people have been killed in bombs like that in a crowded bazaar in Peshawar on Tuesday.
        Hospitals treated 15 people killed or dying after the bomb in a crowded bazaar in Peshawar on Tuesday.
        In 48 hours bombs killed people in a crowded bazaar in Peshawar, the last on Tuesday.""",
    "fr": """
        Deux bombes ont tué des dizaines de personnes mardi dans un bazar bondé de Peshawar.
        Une bombe de 200 kg d’explosifs a tué des personnes mardi dans un bazar bondé de Peshawar.
        Cinq des personnes tuées mardi par la bombe dans un bazar bondé de Peshawar étaient des enfants.
        Parmi les victimes de la bombe dans un bazar bondé de Peshawar mardi, 12 personnes tuées venaient de Swat.
        Une bombe a tué mardi des marchands dans un bazar bondé de Peshawar, dont 12 personnes de Swat.
        Mardi, une bombe a touché un bazar bondé de Peshawar, tandis qu’à Lahore 12 personnes ont été tuées.
        Six mois après que 300 personnes ont été tuées à Peshawar, une bombe a touché un bazar bondé mardi.
        Il y a six mois, une bombe a tué 43 personnes dans le bazar bondé de Peshawar touché mardi.
        La bombe de mardi dans un bazar bondé de Peshawar rappelle celle qui a tué 43 personnes.
        Depuis janvier, les bombes ont tué 43 personnes dans le bazar bondé de Peshawar touché mardi.
        Quinze corps ont été identifiés après la bombe de mardi dans un bazar bondé de Peshawar.
        Quinze personnes tuées mardi par la bombe dans un bazar bondé de Peshawar ont été inhumées.
        La bombe a tué sur le coup 15 personnes mardi dans un bazar bondé de Peshawar.
        Dans un premier temps, la bombe a tué 15 personnes mardi dans un bazar bondé de Peshawar.
        Les bombes de Peshawar et Lahore ont tué 45 personnes mardi, la plupart dans un bazar bondé.
        Huit personnes supplémentaires ont été tuées mardi par la bombe dans un bazar bondé de Peshawar.""",
    "es": """
        Dos bombas mataron a decenas de personas el martes en un bazar repleto de Peshawar.
        Cinco de los muertos por la bomba del martes en un bazar repleto de Peshawar eran niños.
        Seis meses después de que murieran 300 personas, una bomba estalló el martes en un bazar de Peshawar.
        Hace un año una bomba mató a 43 personas en el bazar repleto de Peshawar atacado el martes.
        Quince personas muertas por la bomba del martes en un bazar repleto de Peshawar fueron identificadas.
        La bomba mató en el acto a 15 personas el martes en un bazar repleto de Peshawar.""",
    "de": """
        Zwei Bomben töteten am Dienstag Dutzende Menschen in einem vollen Basar in Peshawar.
        Fünf der Toten des Anschlags am Dienstag auf einen vollen Basar in Peshawar waren Kinder.
        Sechs Monate nachdem 300 Menschen getötet wurden, traf am Dienstag ein Anschlag einen Basar in Peshawar.
        Nach dem Anschlag vom Dienstag auf einen vollen Basar in Peshawar wurden 15 Tote beigesetzt.
        Bei dem Anschlag auf einen vollen Basar in Peshawar am Dienstag wurden zunächst 15 Menschen getötet.""",
    "ar": """
        خمسة من القتلى في انفجار قنبلة في سوق مزدحم في بيشاور يوم الثلاثاء أطفال.
        بعد ستة أشهر من مقتل 300 شخص في بيشاور انفجرت قنبلة في سوق مزدحم يوم الثلاثاء.
        تم دفن 15 شخصا قتلوا في انفجار قنبلة في سوق مزدحم في بيشاور يوم الثلاثاء.
        انتشال 15 جثة بعد انفجار قنبلة في سوق مزدحم في بيشاور يوم الثلاثاء.""",
}
ROWS = [(language, line.strip()) for language, lines in NO_DIFFERENCE.items() for line in lines.strip().splitlines()]


def of_a_day(*texts: str, language: str = "en") -> list[list[str]]:
    day = [article(text, language=language, outlet=f"Outlet {n}") for n, text in enumerate(texts)]
    return figures(told(day, aliases={"Peshawar": ["بيشاور"]}))


@pytest.mark.parametrize(("language", "other"), ROWS)
def test_what_tempts_to_be_compared_is_not(language: str, other: str) -> None:
    assert of_a_day(BASE[language], other, language=language) == []


@pytest.mark.parametrize("language", BASE)
def test_what_contradicts_is_told(language: str) -> None:
    assert len(of_a_day(BASE[language], CONTRADICTING[language], language=language)) == 1


STILL_TOLD = """
    At least 31 people were killed when a bomb went off in a crowded bazaar in Peshawar on Tuesday.
    A bomb in a crowded bazaar in Peshawar on Tuesday killed 31 people and wounded 70.
    A bomb killed 31 people, including five children, in a crowded bazaar in Peshawar on Tuesday.
    On Tuesday, a bomb in a crowded bazaar in Peshawar left 31 people dead, police in Islamabad said.
    31 killed as bomb hits crowded bazaar in Peshawar on Tuesday.
    A bomb in a crowded bazaar in Peshawar, in north-western Pakistan, killed 31 people on Tuesday."""


@pytest.mark.parametrize("other", STILL_TOLD.strip().splitlines())
def test_what_contradicts_in_other_words_is_told(other: str) -> None:
    ((first, second),) = of_a_day(BASE["en"], other.strip())
    assert first == "20 people"
    assert "31" in second


WHOLES = [
    (
        "An Israeli strike on a house in Rafah killed nine people on Tuesday.",
        "An Israeli strike on a school in Jabalia killed five people on Tuesday.",
        "Israeli strikes killed 14 people across the Gaza Strip on Tuesday, nine in Rafah and five in Jabalia.",
    ),
    (
        "A Russian strike on a house in the Gaza city of Jabalia killed five people on Tuesday.",
        "Russian strikes on houses in Gaza killed 14 people on Tuesday, nine in Rafah and five in Jabalia.",
    ),
    (
        "A Russian missile hit Kharkiv on Tuesday and killed six people.",
        "A Russian missile hit Odesa on Tuesday and killed nine people.",
        "Russian missiles hit Kharkiv and Odesa on Tuesday and killed 15 people.",
    ),
    (
        "A Russian missile killed six people on Tuesday in Kharkiv.",
        "A Russian missile killed nine people on Tuesday in Odesa.",
        "Russian missiles killed 15 people on Tuesday in Kharkiv and Odesa.",
    ),
]


@pytest.mark.parametrize("texts", WHOLES, ids=range(len(WHOLES)))
def test_parts_that_add_up_to_a_whole_do_not_differ_from_it(texts: tuple[str, ...]) -> None:
    assert of_a_day(*texts) == []
