from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefing.text import dates_in


@pytest.mark.parametrize(
    ("language", "text", "dates"),
    [
        ("en", "On Jan. 8, forces advanced.", [(1, 8, "Jan. 8")]),
        ("en", "January 9: strikes go on", [(1, 9, "January 9")]),
        ("en", "It began on 3rd of October 2016 and ended on October 5th.", [(10, 3, None), (10, 5, "October 5th")]),
        ("en", "Posted May 12,000 times; 30 may come, May 7:30", []),
        ("en", "The 45 March hares", []),
        ("fr", "le 1er mai et le 8 janvier 2020", [(5, 1, "1er mai"), (1, 8, "8 janvier 2020")]),
        ("de", "am 8. Januar", [(1, 8, "8. Januar")]),
        ("es", "el 8 de enero de 2020", [(1, 8, "8 de enero de 2020")]),
        ("ru", "8 января", [(1, 8, "8 января")]),
        ("ar", "يوم 8 يناير", [(1, 8, "8 يناير")]),
        ("xx", "8 January", []),
    ],
)
def test_dates_are_read_where_they_stand(language: str, text: str, dates: list[tuple[int, int, str | None]]) -> None:
    found = dates_in(text, language)
    assert [(month, day) for month, day, _, _ in found] == [(month, day) for month, day, _ in dates]
    assert all(written in {None, text[s:e]} for (_, _, s, e), (_, _, written) in zip(found, dates, strict=True))


@settings(max_examples=50)
@given(st.text(), st.sampled_from(["en", "fr", "de", "ar", "ru"]))
def test_whatever_the_text_a_date_stands_in_it(text: str, language: str) -> None:
    for month, day, start, end in dates_in(text, language):
        assert 1 <= month <= 12
        assert 1 <= day <= 31
        assert 0 <= start < end <= len(text)
