"""What a term finds, and what it must not: a table of sentences."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest

from briefing.themes.matching import Matcher
from briefing.themes.scoring import scan
from briefing.themes.terms import compile_sections
from tests.themes.themed import section, text

if TYPE_CHECKING:
    from briefing.themes.notation import Aliases

ALIASES = {
    "SDF": ["FDS", "Syrian Democratic Forces", "Forces démocratiques syriennes", "قوات سوريا الديمقراطية"],
    "ISIS": ["IS", "EI", "Daesh", "Islamic State", "État islamique", "داعش"],
    "United States": ["US", "U.S.", "EE.UU.", "américain"],
}

ETE = "que cet été sec fut"


def found(terms: dict[str, list[str]], sentence: str, language: str, aliases: Aliases) -> list[str]:
    themes = compile_sections([section("s", terms)], aliases)
    scanned = scan(text(sentence, language=language), Matcher(themes))
    return [themes.terms[number].label for number in scanned.sentences[0]]


@pytest.mark.parametrize(
    ("term", "language", "sentence", "there"),
    [
        ("enclave", "en", "The enclaves were shelled.", True),
        ("enclave", "en", "Nobody enclosed the yard.", False),
        ("front line", "en", "They drove to the Front Lines at dawn.", True),
        ("front line", "en", "In front of the line stood a guard.", False),
        ("libération", "fr", "LA LIBERATION DE LA VILLE", True),
        ("dernière poche", "fr", "Les dernieres poches tombent.", True),
        ("wells", "en", "The town, as well as its camp, has fallen.", False),
        ("wells", "en", "A WELL has run dry; THE WELLS ARE DRY.", True),
        ("biens", "fr", "Elle va bien.", False),
        ("partido", "es", "Forma parte del plan.", False),
        ("will", "en", "The will was read; it will be contested.", True),
        ("détenu", "fr", "Les détenus attendent.", True),
        ("détenu", "fr", "Une détenue attend.", True),
        ("armée", "fr", "L’armée avance.", True),
        ("prisión", "es", "Las prisiones están llenas.", True),
        ("سجن", "ar", "نُقل الرجال إلى السجن", True),
        ("معتقل", "ar", "زار الوفد المعتقلين", True),
        ("strip + citizenship", "en", "Citizenship was stripped from her.", True),
        ("strip + citizenship", "en", "She was stripped of her clothes.", False),
        ("seize | take + town | village", "en", "Troops seized two villages.", True),
        (
            "seize + town",
            "en",
            "They seized a ship with all of its oil and then sailed on for nine days past the town.",
            False,
        ),
        ("US troops", "en", "U.S. troops left.", True),
        ("US-backed", "en", "U.S.-backed forces left.", True),
        (r"regex:\bT-?72s?\b", "en", "Two T72s burned.", True),
        (r"regex:\bT-?72s?\b", "en", "Two trucks burned.", False),
        (r"regex:\barrêté\b", "fr", "Un homme a été arrêté, dit-on.", True),
        (r"regex:\barrêté\b", "fr", "Des femmes arrêtées.", False),
        (r"regex:\béva\w+", "fr", "Les évadés courent encore.", True),
        (r"regex:\béva\w+", "fr", "Il a réévalué le risque.", False),
        (r"regex:sitia[\w-]+ó\b", "es", "El ejército sitia-tomó la villa.", True),
        (r"regex:\bétat\b|\bélu\b", "fr", "Un élu parle.", True),
        (r"regex:\bétat\b|\bélu\b", "fr", "Les réélus parlent.", False),
        (r"regex:قصف\b", "ar", "استمر القصف على المدينة.", True),
        (r"regex:\bقصف\b", "ar", "استمر القصف على المدينة.", False),
        (r"regex:(?i)\bété\b", "fr", ETE, True),
        (r"regex:(?i:\bété\b)", "fr", ETE, True),
        (r"regex:(\bété\b|\bhiver\b)", "fr", ETE, True),
        (r"regex:cet \bété", "fr", ETE, True),
        (r"regex:\bété\b.*\bsec\b", "fr", ETE, True),
        (r"regex:\bét\b|\bté\b", "fr", ETE, False),
        (r"regex:(\bte|\btes) \b", "fr", ETE, False),
        (r"regex:t\Bé\b", "fr", ETE, True),
        (r"regex:\Bété", "fr", ETE, False),
        (r"regex:\b[^\W\d_]{3}\b", "fr", ETE, True),
        (r"regex:\b[\w]{3} [^\W]{4}\b", "fr", ETE, False),
        (r"regex:[\Dq]é[\s\W]", "fr", ETE, True),
        (r"regex:[^\S] été [^\s\w]", "fr", ETE, False),
        (r"regex:\Qt é\E+té\b", "fr", ETE, True),
        (r"regex:[[:alpha:]]t \p{Latin}t\x{e9}\b", "fr", ETE, True),
        ("100 %", "en", "It rose by 100.", True),
        ("C++", "en", "He writes C by hand.", True),
        ("maïs", "fr", "Le prix du maïs baisse.", True),
        ("Maïs", "fr", "Maïs et manioc se vendent bien.", True),
        ("maïs", "fr", "Mais rien ne baisse.", False),
        ("maïs", "fr", "Le marché ouvre en mai.", False),
        ("prix | maïs", "fr", "Mais rien ne baisse.", False),
        ("té", "es", "La cosecha de té crece.", True),
        ("té", "es", "Te esperan en casa.", False),
    ],
)
def test_a_term_in_its_own_language(term: str, language: str, sentence: str, there: bool) -> None:  # noqa: FBT001 - a table
    assert bool(found({language: [term]}, sentence, language, {})) is there


@pytest.mark.parametrize(
    ("sentence", "language", "there"),
    [
        ("IS lost the town.", "en", True),
        ("Is this the town?", "en", False),
        ("It is lost.", "en", False),
        ("IT IS LOST AND NOBODY KNOWS WHO HOLDS THE TOWN", "en", False),
        ("ISIS LOSES THE TOWN", "en", True),
        ("The IS's last town.", "en", True),
        ("L’EI recule.", "fr", True),
        ("Daesh recule.", "fr", True),
        ("Ce sont des ei de poule.", "fr", False),
        ("Le groupe Etat islamique recule.", "fr", True),
        ("El Islamic State retrocede.", "es", True),
        ("Un islamic state of mind.", "fr", False),
        ("تراجع تنظيم داعش", "ar", True),
        ("ومقاتلو داعش", "ar", True),
    ],
)
def test_an_alias_in_every_language(sentence: str, language: str, there: bool) -> None:  # noqa: FBT001 - a table
    assert (found({"en": ["ISIS"]}, sentence, language, ALIASES) == ["ISIS"]) is there
    assert (found({"fr": ["Daesh"]}, sentence, language, ALIASES) == ["ISIS"]) is there


@pytest.mark.parametrize(
    ("sentence", "language", "there"),
    [
        ("U.S. troops left.", "en", True),
        ("It told us that troops left.", "en", False),
        ("Las tropas de EE.UU. se van.", "es", True),
        ("Les troupes américaines partent.", "fr", True),
    ],
)
def test_an_alias_within_a_joined_term(sentence: str, language: str, there: bool) -> None:  # noqa: FBT001 - a table
    terms = {"en": ["United States + troops"], "fr": ["United States + troupes"], "es": ["United States + tropas"]}
    assert bool(found(terms, sentence, language, ALIASES)) is there


@pytest.mark.parametrize(
    ("name", "sentence", "language", "there"),
    [
        ("Baghouz", "Le village de Baghouz tombe.", "fr", True),
        ("Baghouz", "وصلوا من الباغوز", "ar", True),
        ("Baghouz", "قرب باغوز", "ar", True),
        ("Baghouz", "بغض النظر عن ذلك", "ar", False),
        ("Baghouz", "Бои за Багуз продолжаются.", "ru", True),
        ("Manbij", "انفجار في منبج", "ar", True),
        ("Mosul", "وصلوا إلى الموصل", "ar", True),
        ("Mosul", "قال مسؤول إن المصلحة عامة", "ar", False),
        ("Putin", "قال بوتين ذلك", "ar", True),
        ("Putin", "قال الباحثون ذلك في باطن الأرض", "ar", False),
        ("Macron", "مقارنة بين أمرين", "ar", False),
        ("Deir Hassan", "انفجار في دير حسن", "ar", False),  # Deir has two consonants
        ("Raqqa", "عاد السكان إلى الرقة", "ar", False),  # two consonants tell too little: an alias is needed
        ("Mars", "Il est né en mars.", "fr", False),
        ("Mars", "La sonde Mars Express.", "fr", True),
        ("march", "Il est né en march.", "fr", False),
    ],
)
def test_a_proper_name_in_other_languages(name: str, sentence: str, language: str, there: bool) -> None:  # noqa: FBT001 - a table
    assert bool(found({"en": [name]}, sentence, language, {})) is there


@pytest.mark.parametrize(
    ("sentence", "language", "there"),
    [
        ("The WHO and the EU met.", "en", ["WHO", "EU"]),
        ("THE EU MET ON MONDAY AND NOBODY KNOWS WHO CAME", "en", ["EU"]),
        ("IL Y A EU DES MORTS DANS LA NUIT", "fr", []),
    ],
)
def test_a_short_name_that_is_a_word_is_hidden_by_capitals(sentence: str, language: str, there: list[str]) -> None:
    assert found({"en": ["WHO", "EU"], "fr": ["EU"]}, sentence, language, {}) == there


@pytest.mark.parametrize(
    ("sentence", "there"),
    [
        ("They met at Camp David on Monday.", True),
        ("They met at “Camp” David on Monday.", True),
        ("He left the camp, David Miller said.", False),
        ("He left the camp; David Miller stayed at Camp David.", True),
        ("The camp: David Miller tells what he saw.", False),
    ],
)
def test_a_phrase_ends_at_a_mark(sentence: str, there: bool) -> None:  # noqa: FBT001 - a table
    assert bool(found({"en": ["Camp David", "camp David Miller"]}, sentence, "en", {})) is there


def test_a_word_of_a_notion_is_not_looked_for_in_other_scripts() -> None:
    allies = {"ally": {"fr": ["Chammal"], "en": ["coalition"]}}
    assert found({"en": ["ally"]}, "L’opération Chammal continue.", "fr", allies) == ["ally"]
    assert found({"en": ["ally"]}, "قتل عشرة مدنيين في شمال سوريا", "ar", allies) == []
    assert found({"en": ["Chammal"]}, "عملية شمال", "ar", {}) == ["Chammal"]


def test_a_sentence_of_no_known_language_is_read_in_all_of_them() -> None:
    terms = {"en": ["enclaves"], "fr": ["prisonnier"]}
    assert found(terms, "Enclave, prisonniers: 12.", "und", {}) == ["enclaves", "prisonnier"]


def test_a_longer_term_covers_a_shorter_one() -> None:
    labels = found({"en": ["camp", "al-Hol camp"]}, "They reached al-Hol camp by lorry.", "en", {})
    assert labels == ["al-Hol camp"]


def test_what_speaks_against_covers_what_speaks_for() -> None:
    themes = compile_sections(
        [section("s", ["territory"], **{"not": {"en": ["territorial dispute over territory"]}})], {}
    )
    scanned = scan(text("A territorial dispute over territory goes on."), Matcher(themes))
    assert [themes.terms[number].against for number in scanned.sentences[0]] == [True]


def test_words_of_a_term_against_join_no_other() -> None:
    more = {"not": {"en": ["taken hostage"]}, "weights": {"taken hostage": 0.1}}
    themes = compile_sections([section("s", ["taken + town"], **more)], {})
    scanned = scan(text("They were taken hostage in a town.", "They had taken the town."), Matcher(themes))
    assert [[themes.terms[number].label for number in found] for found in scanned.sentences] == [
        ["taken hostage"],
        ["taken + town"],
    ]


NOTIONS: Aliases = {
    "taking": {"en": ["take", "took", "seize"], "fr": ["prendre", "pris"]},
    "a place": {"en": ["town", "village"], "fr": ["ville", "village"]},
    "a side": {"en": ["rebels", "ISIS"]},
    **ALIASES,
}


@pytest.mark.parametrize(
    ("terms", "sentence", "language", "there"),
    [
        (["taking + a place"], "They took two villages.", "en", True),
        (["Taking + A place"], "Ils ont pris la ville.", "fr", True),
        (["taking + a place"], "They took two hills.", "en", False),
        (["taking + a place"], "Le village a été took.", "fr", False),  # each word in its language
        (["a place"], "A place for all.", "en", False),  # the name of a notion is no word for it
        (["a side | soldiers + a place"], "Soldiers left the town.", "en", True),
        (["a side + taking"], "L'EI a pris une colline.", "fr", True),  # an alias within a notion
    ],
)
def test_a_notion_stands_for_its_words_in_every_language(
    *, terms: list[str], sentence: str, language: str, there: bool
) -> None:
    assert bool(found({"en": terms}, sentence, language, NOTIONS)) is there


def test_a_section_speaks_the_languages_of_its_notions() -> None:
    (theme,) = compile_sections([section("s", ["taking + a place"])], NOTIONS).sections
    assert theme.languages == {"en", "fr"}


def test_a_sentence_of_a_megabyte_costs_no_more_than_its_length() -> None:
    themes = compile_sections([section("s", ["IS", "Baghouz", "camp + is", r"regex:(a*)*b"])], ALIASES)
    long_sentence = text("is camp Baghouz aaaa " * 40_000)
    started = time.perf_counter()
    scanned = scan(long_sentence, Matcher(themes))
    assert time.perf_counter() - started < 10
    assert scanned.terms


def test_an_expression_stands_where_its_words_are() -> None:
    themes = compile_sections([section("s", [r"regex:\bl.?officier\b", r"regex:lost \w+"])], {})
    scanned = scan(text("Extraordinarily long words; they lost ground and l'officier left."), Matcher(themes))
    assert {spans for found in scanned.sentences for spans in found.values()} == {((4, 6),), ((7, 8),)}
