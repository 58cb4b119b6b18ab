"""Days of the year as a text writes them: 8 January, Jan. 8, le 8 janvier, 8. Januar."""

from __future__ import annotations

import re
from functools import cache

_MONTHS = {
    "ar": "يناير فبراير|شباط مارس|آذار أبريل|نيسان مايو|أيار يونيو|حزيران يوليو|تموز أغسطس|آب سبتمبر|أيلول أكتوبر "
    "نوفمبر ديسمبر",
    "de": "januar|jänner februar märz april mai juni juli august september oktober november dezember",
    "en": "january|jan february|feb march|mar april|apr may june|jun july|jul august|aug september|sept|sep "
    "october|oct november|nov december|dec",
    "es": "enero febrero marzo abril mayo junio julio agosto septiembre|setiembre octubre noviembre diciembre",
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "it": "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre",
    "pt": "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro",
    "ru": "января февраля марта апреля мая июня июля августа сентября октября ноября декабря",
}
"""From January to December as dates write them, other forms behind a bar."""

CAPITALISED = frozenset({"de", "en"})
"""Languages that write months with a capital, by which May is known from may."""

_DIGIT = re.compile(r"\d")


def dates_in(text: str, language: str) -> tuple[tuple[int, int, int, int], ...]:
    """Return the dates of a text as (month, day, start, end), years within; none in a language that is not listed."""
    if language not in _MONTHS or not _DIGIT.search(text):
        return ()
    found = []
    for match in _pattern(language).finditer(text):
        day = int(match["day"] or match["behind"])
        month = _numbers(language)[(match["month"] or match["before"]).lower()]
        if 1 <= day <= 31:
            found.append((month, day, match.start(), match.end()))
    return tuple(found)


def is_month(word: str, language: str) -> bool:
    """Tell whether a word is a month's name in a language, or short for it; a stop behind it is allowed."""
    return language in _MONTHS and word.lower().rstrip(".") in _numbers(language)


@cache
def _numbers(language: str) -> dict[str, int]:
    months = enumerate(_MONTHS[language].split(), start=1)
    return {form: number for number, forms in months for form in forms.split("|")}


@cache
def _pattern(language: str) -> re.Pattern[str]:
    forms = sorted(_numbers(language), key=len, reverse=True)
    names = "|".join(form.capitalize() if language in CAPITALISED else form for form in forms)
    year = r"(?:,?\s?(?:de\s)?(?:19|20)\d\d)?(?!\d)"
    return re.compile(
        rf"\b(?P<day>\d{{1,2}})(?:st|nd|rd|th|er|º)?\.?\s(?:de\s|of\s)?(?P<month>{names})\b\.?{year}"
        rf"|\b(?P<before>{names})\.?\s(?P<behind>\d{{1,2}})(?:st|nd|rd|th)?{year}(?![:.,]\d)",
        re.NOFLAG if language in CAPITALISED else re.IGNORECASE,
    )
