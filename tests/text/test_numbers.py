"""Amounts in running text: what they name, and exactly where they stand."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefing.languages import languages
from briefing.text import quantities, reads_numbers

ABOUT, NEARLY, LEAST, UP_TO = "about", "nearly", "at-least", "up-to"
CASES: list[tuple[str, str, list[tuple[str, float, float, str]]]] = [
    ("en", "About 3,200 people came.", [("About 3,200", 3200, 3200, ABOUT)]),
    ("en", "between 400 and 600 men", [("between 400 and 600", 400, 600, "")]),
    ("en", "2,500–3,000 sheep, 20 to 30 goats", [("2,500–3,000", 2500, 3000, ""), ("20 to 30", 20, 30, "")]),
    ("en", "one hundred and twenty-five boats", [("one hundred and twenty-five", 125, 125, "")]),
    ("en", "two dozen eggs, half a dozen hens", [("two dozen", 24, 24, ""), ("half a dozen", 6, 6, ABOUT)]),
    ("en", "more than 60,000 souls", [("more than 60,000", 60000, 60000, LEAST)]),
    ("en", "up to 1.5 million tonnes", [("up to 1.5 million", 1.5e6, 1.5e6, UP_TO)]),
    ("en", "from 2 to 3 million", [("2 to 3 million", 2e6, 3e6, "")]),
    ("en", "several hundred rafts", [("several hundred", 200, 1000, ABOUT)]),
    ("en", "nearly $1.5 billion was lost", [("nearly $1.5 billion", 1.5e9, 1.5e9, NEARLY)]),
    ("en", "at 7:30 on 12/10, the 5th of the 24-year-olds, AK-47", []),
    ("en", "200, 000 people", []),
    ("fr", "entre 2\u202f500 et 3\u202f000 personnes", [("entre 2\u202f500 et 3\u202f000", 2500, 3000, "")]),
    (
        "fr",
        "une centaine de barques, deux mille sacs",
        [("une centaine", 100, 100, ABOUT), ("deux mille", 2000, 2000, "")],
    ),
    ("fr", "près d’un milliard d’euros", [("près d’un milliard d’euros", 1e9, 1e9, NEARLY)]),
    ("fr", "quatre-vingt-dix moutons, 15.000 sacs", [("quatre-vingt-dix", 90, 90, ""), ("15.000", 15000, 15000, "")]),
    (
        "es",
        "unos 500 hombres, 1,2 millones de dólares",
        [("unos 500", 500, 500, ABOUT), ("1,2 millones de dólares", 1.2e6, 1.2e6, "")],
    ),
    (
        "es",
        "entre 2.500 y 3.000 sacos, treinta y cinco",
        [("entre 2.500 y 3.000", 2500, 3000, ""), ("treinta y cinco", 35, 35, "")],
    ),
    (
        "de",
        "rund 48.000 Kunden, dreißig Zelte, fünfundzwanzig Boote",
        [("rund 48.000", 48000, 48000, ABOUT), ("dreißig", 30, 30, ""), ("fünfundzwanzig", 25, 25, "")],
    ),
    (
        "de",
        "bis zu zwei Millionen Euro, 1,5 Prozent",
        [("bis zu zwei Millionen Euro", 2e6, 2e6, UP_TO), ("1,5 Prozent", 1.5, 1.5, "")],
    ),
    ("ar", "نحو 2100 شخص و٣٥٠ خيمة", [("نحو 2100", 2100, 2100, ABOUT)]),
    ("ar", "أكثر من تسعين في المئة", [("أكثر من تسعين في المئة", 90, 90, LEAST)]),
    (
        "ar",
        "بين 2500 و3000 شخص، نحو عشرة آلاف",
        [("بين 2500 و3000", 2500, 3000, ""), ("نحو عشرة آلاف", 10000, 10000, ABOUT)],
    ),
    ("ar", "عدة مئات من الجنود", [("عدة مئات", 200, 1000, ABOUT)]),
    (
        "en",
        "between six and eight, two and two",
        [("between six and eight", 6, 8, ""), ("two", 2, 2, ""), ("two", 2, 2, "")],
    ),
    ("en", "between one hundred and two hundred", [("between one hundred and two hundred", 100, 200, "")]),
    ("en", "over a hundred billion dollars", [("over a hundred billion dollars", 1e11, 1e11, LEAST)]),
    (
        "en",
        "more than half a million, a hundred and five",
        [("more than half a million", 5e5, 5e5, LEAST), ("a hundred and five", 105, 105, "")],
    ),
    ("en", "tens of millions, a dozen, two-thirds, the first second", [("a dozen", 12, 12, ABOUT)]),
    ("fr", "vingt et un morts, soixante et onze", [("vingt et un", 21, 21, ""), ("soixante et onze", 71, 71, "")]),
    (
        "fr",
        "quatre-vingt-dix-sept, deux ou trois mille",
        [("quatre-vingt-dix-sept", 97, 97, ""), ("deux ou trois mille", 2000, 3000, "")],
    ),
    ("fr", "41 pour cent, cent pour cent", [("41 pour cent", 41, 41, ""), ("cent pour cent", 100, 100, "")]),
    (
        "es",
        "veintiún mil, dos mil millones de dólares",
        [("veintiún mil", 21000, 21000, ""), ("dos mil millones de dólares", 2e9, 2e9, "")],
    ),
    (
        "de",
        "dreihundertfünfzig, mehrere hundert",
        [("dreihundertfünfzig", 350, 350, ""), ("mehrere hundert", 200, 1000, ABOUT)],
    ),
    ("de", "zwei bis drei Millionen", [("zwei bis drei Millionen", 2e6, 3e6, "")]),
    ("pl", "około 500 osób", []),
]


@pytest.mark.parametrize(("language", "text", "wanted"), CASES)
def test_an_amount_is_read_as_it_is_written(
    language: str, text: str, wanted: list[tuple[str, float, float, str]]
) -> None:
    found = quantities(text, language)
    assert [(text[one.start : one.end], one.low, one.high, one.hedge.value) for one in found] == wanted


@pytest.mark.parametrize(
    ("text", "unit"), [("41 percent", "%"), ("$35,000", "dollar"), ("7 million euros", "euro"), ("7 boats", "")]
)
def test_what_it_is_in_is_told(text: str, unit: str) -> None:
    (found,) = quantities(text, "en")
    assert found.unit == unit


def test_the_same_amount_in_another_currency_counts_once() -> None:
    assert len(quantities("a loss of €7 million ($8.1 million) in May", "en")) == 1


@given(st.text(max_size=80), st.sampled_from(sorted(filter(reads_numbers, languages()))))
@settings(max_examples=150)
def test_any_text_is_read_and_every_place_lies_in_it(text: str, language: str) -> None:
    places = [0]
    for one in quantities(text, language):
        places += [one.start, one.end]
        assert 0 < one.low <= one.high
    assert places == sorted(places)
    assert places[-1] <= len(text)


@given(st.integers(2, 999_999), st.sampled_from([("en", ","), ("fr", "\u202f"), ("fr", " "), ("es", "."), ("de", ".")]))
@settings(max_examples=60)
def test_thousands_are_parted_as_the_language_parts_them(value: int, how: tuple[str, str]) -> None:
    language, mark = how
    (found,) = quantities(f"{value:,}".replace(",", mark), language)
    assert found.low == found.high == value
