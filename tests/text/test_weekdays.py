"""The days of the week, as sentences of many languages name them."""

from __future__ import annotations

import pytest

from briefing.text import weekdays_in, words


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "Talks opened on Monday and end on Friday.", {0, 4}),
        ("en", "Talks opened in May.", set()),
        ("fr", "La ville est tombée mercredi soir.", {2}),
        ("de", "Am Sonnabend fiel die Stadt.", {5}),
        ("es", "La ciudad cayó el miércoles.", {2}),
        ("pt", "A cidade caiu na terça-feira.", {1}),
        ("ru", "Город пал в среду.", {2}),
        ("uk", "Місто впало у п'ятницю.", {4}),
        ("sv", "Staden föll på lördagen.", {5}),
        ("ar", "سقطت المدينة يوم الاربعاء", {2}),
        ("fa", "شهر روز پنج‌شنبه سقوط کرد", {3}),
        ("zh", "该市于星期日陷落，周一重开。", {6, 0}),
        ("ja", "町は金曜日に陥落した。", {4}),
        ("xx", "Monday", set()),
    ],
)
def test_days_are_told_by_their_names(language: str, text: str, expected: set[int]) -> None:
    assert weekdays_in(words(text, language), language) == expected
