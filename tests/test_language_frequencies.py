"""How often words are used, and which agency a text is from."""

from __future__ import annotations

from dataclasses import replace

import pytest

from briefing.models import Removal
from briefing.text.agencies import agency_of
from briefing.text.words import UNSEEN, frequencies, frequency
from tests.making import article


@pytest.mark.parametrize(
    ("plain", "rare", "language"),
    [
        ("people", "girders", "en"),
        ("ville", "passerelle", "fr"),
        ("ciudad", "pasarela", "es"),
        ("stadt", "brückenpfeiler", "de"),
        ("مدينة", "مطحنة", "ar"),
        ("grad", "kotarizacija", "hr"),
    ],
)
def test_a_plain_word_is_more_frequent_than_a_rare_one(plain: str, rare: str, language: str) -> None:
    assert frequency(plain, language) > 10 * frequency(rare, language) >= 10 * UNSEEN


@pytest.mark.parametrize("language", ["ku", "und", "", "../en"])
def test_a_language_without_a_list_has_none(language: str) -> None:
    assert frequencies(language) == {}
    assert frequency("people", language) == UNSEEN


def test_a_possessive_counts_as_its_word() -> None:
    assert frequency("minister's", "en") >= frequency("minister", "en") / 100


@pytest.mark.parametrize(
    ("opening", "agency"),
    [
        ("PARIS (AFP) - The bridge fell.", "AFP"),
        ("(Reuters) - The bridge fell.", "Reuters"),
        ("EFE.- El puente cayó.", "EFE"),
        ("Berlin (dpa/lno) – Die Brücke fiel.", "dpa"),
        ("باريس (أ ف ب) - سقط الجسر.", "AFP"),
        ("Reuters reported that the bridge fell.", None),
        ("The bridge fell. (AFP) - said a paper.", None),
        ("He told AFP - and others - that it fell.", None),
        ("A map (APACHE) – of the bridge.", None),
    ],
)
def test_a_dateline_names_the_agency(opening: str, agency: str | None) -> None:
    assert agency_of(article(opening)) == agency


@pytest.mark.parametrize(
    ("author", "removed", "agency"),
    [
        ("AFP", (), "AFP"),
        ("Orange avec AFP", (), "AFP"),
        (None, (Removal(text="Por Agencia EFE", reason="byline"),), "EFE"),
        (None, (Removal(text="Read more from AFP", reason="read also"),), None),
        ("Anna Afp-Berg", (), None),
        (None, (), None),
    ],
)
def test_a_byline_names_the_agency(author: str | None, removed: tuple[Removal, ...], agency: str | None) -> None:
    made = replace(article("The bridge fell."), author=author, removed=removed)
    assert agency_of(made) == agency
