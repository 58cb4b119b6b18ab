"""Amounts in running text: digits and words, ranges, what hedges them, percent and money; with their exact places."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from briefing.text import number_words as table
from briefing.text.number_words import Hedge
from briefing.text.numerals import alone, multiples, value_of, word_values
from briefing.text.words import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

LANGUAGES = frozenset(table.VALUES)
"""Those in which figures are read."""
MOST = 1e14
"""Larger numbers are numbers of something else."""

_DIGITS = r"\d{1,3}(?:[.,'’٬\u00a0\u2009\u202f ]\d{3}(?!\d))+(?:[.,٫]\d+)?|\d+(?:[.,٫]\d+)?"
_SIGNS = r"[a-z]{0,2}\$(?:us)?|[€£]"


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantity:
    """An amount as written at `start` to `end`, with its hedge and unit; `low` and `high` are the numbers it names."""

    start: int
    end: int
    low: float
    high: float
    """As `low` where it is no range; for a vague amount the bounds that it is taken for."""
    hedge: Hedge
    vague: bool
    """Whether it names no number ("dozens")."""
    unit: str
    """"%", a currency's name, or empty."""


def quantities(text: str, language: str) -> tuple[Quantity, ...]:
    """Return the amounts of a text in order; none in a language that is not in `LANGUAGES`."""
    return tuple(_found(text, language)) if language in LANGUAGES else ()


@cache
def amount_words(language: str) -> frozenset[str]:
    """Return the words of which an amount without digits has one, as sentences have words; none where none are read."""
    if language not in LANGUAGES:
        return frozenset()
    amounts = f"{table.VAGUE[language]}|{table.ROUND[language]}".split("|")
    plain = {word for entry in amounts for word in entry.partition("=")[0].split()}
    plain |= {*word_values(language), *alone(language)}
    return frozenset({word.casefold() for word in plain} | {fold(word) for word in plain})


def _found(text: str, language: str) -> Iterator[Quantity]:
    lower = text.lower()
    if len(lower) != len(text):  # İ is two letters in small ones, and places would shift
        return
    for match in _pattern(language).finditer(lower):
        low, high = _bounds(match, language)
        if _unit(match) and text[: match.start()].endswith("("):
            continue  # the same amount in another currency
        if 0 < low <= high < MOST:
            yield Quantity(
                start=match.start(),
                end=match.end(),
                low=low,
                high=high,
                hedge=_hedge(match, language),
                vague=match["vague"] is not None,
                unit=_unit(match),
            )


def _bounds(match: re.Match[str], language: str) -> tuple[float, float]:
    if match["vague"]:
        return _vague(language)[_plain(match["vague"])]
    if match["round"]:
        value = _round(language)[_plain(match["round"])]
        return value, value
    first = 1.0 if match["one"] else value_of(match["first"], language)
    times = multiples(language)
    by, by_too = (times[_plain(match[name])] if match[name] else 1.0 for name in ("times", "times_too"))
    if not match["second"]:
        return first * by, first * by
    second = value_of(match["second"], language)
    ends = first * (by_too if by == 1.0 and first < second else by), second * by_too
    return min(ends), max(ends)


def _hedge(match: re.Match[str], language: str) -> Hedge:
    if match["hedge"]:
        return _hedges(language)[_plain(match["hedge"])]
    dozen = match["first"] and match["first"].lower() == "dozen"
    return Hedge.ABOUT if match["round"] or match["vague"] or dozen else Hedge.NONE


def _unit(match: re.Match[str]) -> str:
    if match["percent"]:
        return "%"
    money = (match["sign"] or match["money"] or "").lower()
    return next((name for mark, name in table.CURRENCIES.items() if mark in money), "") if money else ""


@cache
def _pattern(language: str) -> re.Pattern[str]:
    """Return what finds amounts: a hedge, a number with what multiplies it or a range, a unit."""
    words = _either(word_values(language))
    also = {"ar": r"\sو?"}.get(language, rf"[\s-](?:{table.AND[language]}[\s-])?")
    one = table.ONE[language] or "(?!)"
    number = rf"(?:{_DIGITS}|{_either(alone(language))}(?!\w)|(?:(?:{one})\s(?=hundred))?{words}(?:{also}{words})*)"
    times = _either(multiples(language))
    between, and_ = table.BETWEEN[language]
    return re.compile(
        rf"""(?<![\w$€£.,/:+@#-])(?=[\d$€£{_initials(language)}])
        (?:(?P<hedge>{_either(_hedges(language))})(?:\s|(?<=['’])))?
        (?P<between>{between}\s)?
        (?:(?P<sign>{_SIGNS})\s?)?
        (?:(?P<vague>{_either(_vague(language))})
        |(?:(?P<one>{one})(?=\s{times}\b)|(?P<first>{number}))(?:[\s-](?P<times>{times})\b)?
         (?:(?(between)\s{and_}\s?|(?:\s?[–—-]\s?|\s(?:{table.TO[language]})\s))(?:{_SIGNS})?(?P<second>{number})
            (?:[\s-](?P<times_too>{times})\b)?)?
        |(?P<round>{_either(_round(language))}))
        (?:\s?(?P<percent>%|(?<=\s){_either(table.PERCENT[language].split("|"))}\b)
          |\s?(?P<money>€|(?<=\s){_either(table.MONEY[language].split("|"))}\b))?
        (?![\w/]|[.,:]\d|[-–]\w|[.,]\s\d{{3}}\b)""",
        re.VERBOSE,
    )


def _initials(language: str) -> str:
    """Return the letters that amounts begin with: without them all words of a sentence would be tried."""
    words = (word_values(language), alone(language), _hedges(language), _vague(language), _round(language))
    others = (*table.BETWEEN[language][:1], *table.ONE[language].split("|"), *table.SIGN_LETTERS)
    return "".join(sorted({word[0] for listed in words for word in listed} | {word[0] for word in others if word}))


def _either(words: Iterable[str]) -> str:
    """Return a pattern for one of the words, blanks of any kind between their parts."""
    longest_first = sorted(words, key=lambda word: (-len(word), word))
    return f"(?:{'|'.join(map(_written, longest_first)) or '(?!)'})"


def _written(words: str) -> str:
    return r"\s".join(map(re.escape, words.lower().split())).replace("'", "['’]")


@cache
def _hedges(language: str) -> dict[str, Hedge]:
    return {_plain(word): hedge for hedge, listed in table.HEDGES[language].items() for word in listed.split("|")}


@cache
def _vague(language: str) -> dict[str, tuple[float, float]]:
    pairs = (entry.partition("=") for entry in table.VAGUE[language].split("|"))
    return {
        _plain(words): (float(low), float(high)) for words, _, ends in pairs for low, _, high in [ends.partition("-")]
    }


@cache
def _round(language: str) -> dict[str, float]:
    pairs = (entry.partition("=") for entry in table.ROUND[language].split("|") if entry)
    return {_plain(words): float(value) for words, _, value in pairs}


def _plain(written: str) -> str:
    return " ".join(written.lower().replace("’", "'").split())
