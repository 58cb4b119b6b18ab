"""The value of a written number: digits as the language groups them, and words."""

from __future__ import annotations

import re
from functools import cache

from briefing.text import number_words as table

DECIMAL_COMMA = frozenset({"fr", "es", "de"})
"""Languages that write 1,5 for one and a half (CLDR)."""
_BLANKS = re.compile(r"[\s'’٬]")
_GROUPED = {",": re.compile(r"\d{1,3}(?:,\d{3})+"), ".": re.compile(r"\d{1,3}(?:\.\d{3})+")}
_PARTS = re.compile(r"[\s-]+")
_FOUR, _TEN, _DOZEN, _TWENTY, _HUNDRED = 4, 10, 12, 20, 100


def value_of(written: str, language: str) -> float:
    """Return the value of a number in digits or words as `digits` and `number` match it."""
    return _digits_value(written, language) if written[0].isdigit() else _words_value(written.lower(), language)


def _digits_value(written: str, language: str) -> float:
    plain = _BLANKS.sub("", written)
    decimal = "," if language in DECIMAL_COMMA else "."
    group = "." if decimal == "," else ","
    whole, mark, rest = plain.replace("٫", decimal).partition(decimal)
    if mark and not rest.isdigit():  # 1.200.000 where a full stop ends a whole number, and the like
        return float(re.sub(r"\D", "", plain))
    if mark and language not in DECIMAL_COMMA and group not in whole and _GROUPED[decimal].fullmatch(plain):
        return float(f"{whole}.{rest}")
    return float(f"{whole.replace(group, '')}.{rest or 0}")


def _words_value(written: str, language: str) -> float:
    """Return what words add up to; hundreds, dozens and the French four twenties multiply what stands before them."""
    values, total = word_values(language), 0.0
    if written in alone(language):
        return alone(language)[written]
    for part in _PARTS.split(written):
        value = values.get(part) or values.get(part.removeprefix("و")) or 0.0
        multiplies = (value in {_HUNDRED, _DOZEN} and 0 < total < value) or (value, total) == (_TWENTY, _FOUR)
        total = total * value if multiplies else total + value
    return total


@cache
def word_values(language: str) -> dict[str, float]:
    """Return the words that numbers are made of, with their values."""
    return _pairs(table.VALUES[language]) | _german(language)


@cache
def alone(language: str) -> dict[str, float]:
    """Return the words that are a whole number by themselves."""
    return _pairs(table.ALONE[language])


@cache
def multiples(language: str) -> dict[str, float]:
    """Return the words that multiply, with by how much."""
    return _pairs(table.MULTIPLES[language])


def _pairs(listed: str) -> dict[str, float]:
    return {word.lower(): float(value) for word, _, value in (pair.partition("=") for pair in listed.split())}


def _german(language: str) -> dict[str, float]:
    """Return the German numbers that are one word: fünfundzwanzig."""
    if language != "de":
        return {}
    own = _pairs(table.VALUES["de"])
    units = {"ein": 1.0} | {word: value for word, value in own.items() if value < _TEN}
    tens = {word: value for word, value in own.items() if _TWENTY <= value < _HUNDRED}
    return {f"{unit}und{ten}": a + b for unit, a in units.items() for ten, b in tens.items()}
