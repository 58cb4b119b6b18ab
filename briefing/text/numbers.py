"""Amounts in running text: digits and words, ranges, what hedges them, percent and money; with their exact places.

Numbers in words are read by text2num where it knows the language, else by the values of the language file. The words
around them (hedges, ranges, vague amounts, currencies) are in the language file, table `numbers`; a language without
that table has no amounts.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from itertools import takewhile
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from briefing.languages import language_data
from briefing.models import quickly_pickled
from briefing.text.words import fold

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

_Meaning = TypeVar("_Meaning")

MOST = 1e14
"""Larger numbers are numbers of something else."""
_LIBRARY = frozenset({"da", "de", "en", "es", "fr", "it", "nl", "pt"})
"""Languages whose numbers in words text2num reads."""
_MARK = "ꙮ"
"""Stands in for each letter of a number in words that text2num has read: a letter that no text has."""

_DIGITS = r"\d{1,3}(?:[.,'’٬\u00a0\u2009\u202f ]\d{3}(?!\d))+(?:[.,٫]\d+)?|\d+(?:[.,٫]\d+)?"
_SIGNS = r"[a-z]{0,2}\$(?:us)?|[€£]"
_SIGN_LETTERS = "uac"
"""Letters that stand before a dollar's sign: US$, A$, C$."""
_SIGNED = {"$": "dollar", "€": "euro", "£": "pound"}
_BLANKS = re.compile(r"[\s'’٬]")
_GROUPED = {",": re.compile(r"\d{1,3}(?:,\d{3})+"), ".": re.compile(r"\d{1,3}(?:\.\d{3})+")}
_TOKEN = re.compile(r"\w+|[^\w\s]")
_DOZEN, _HUNDRED = 12, 100


class Hedge(StrEnum):
    """What a text says of the exactness of a figure."""

    NONE = ""
    ABOUT = "about"
    NEARLY = "nearly"
    AT_LEAST = "at-least"
    UP_TO = "up-to"


@quickly_pickled
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


def reads_numbers(language: str) -> bool:
    """Tell whether amounts are read in a language."""
    return bool(language_data(language).numbers.hedges)


def quantities(text: str, language: str) -> tuple[Quantity, ...]:
    """Return the amounts of a text in order; none in a language whose numbers are not read."""
    return tuple(_found(text, language)) if reads_numbers(language) else ()


@cache
def number_words(language: str) -> frozenset[str]:
    """Return the words that numbers are made of and multiplied by."""
    known, tables = language_data(language).numbers, _tables(language)
    return known.words | tables.values.keys() | tables.multiples.keys()


@cache
def amount_words(language: str) -> frozenset[str]:
    """Return the words of which an amount without digits has one, as sentences have words; none where none are read."""
    known, tables = language_data(language).numbers, _tables(language)
    plain = {word for amount in (*tables.vague, *tables.round) for word in amount.split()}
    plain |= known.words | tables.values.keys() | known.alone
    return frozenset({word.casefold() for word in plain} | {fold(word) for word in plain})


def _found(text: str, language: str) -> Iterator[Quantity]:
    lower = text.lower()
    if len(lower) != len(text) or _MARK in text:  # İ is two letters in small ones, and places would shift
        return
    lower, spelt = _marked(lower, language) if language in _LIBRARY else (lower, {})
    for match in _pattern(language).finditer(lower):
        low, high = _bounds(match, language, spelt)
        if _unit(match, language) and text[: match.start()].endswith("("):
            continue  # the same amount in another currency
        if 0 < low <= high < MOST:
            yield Quantity(
                start=match.start(),
                end=match.end(),
                low=low,
                high=high,
                hedge=_hedge(match, language),
                vague=match["vague"] is not None,
                unit=_unit(match, language),
            )


class _Token(NamedTuple):
    """A word or mark as text2num takes it."""

    written: str
    start: int
    end: int
    parts: bool = False
    """Whether it parts two numbers."""

    def text(self) -> str:
        return self.written

    def nt_separated(self, _previous: _Token) -> bool:
        return False

    def not_a_number_part(self) -> bool:
        return self.parts


def _marked(lower: str, language: str) -> tuple[str, Mapping[int, float]]:
    """Return a text with its numbers in words marked, and their values by where they start.

    What multiplies (`two million`) is left for the pattern, which reads it behind digits and ranges, too; so is what
    belongs to a vague or round amount, and "one", which is an article in most languages.
    """
    if not _spelt(language).search(lower):
        return lower, {}
    from text_to_num import find_numbers  # type: ignore[import-untyped]

    known, multiples = language_data(language).numbers, _tables(language).multiples
    one = re.compile("|".join(known.one))
    tokens = _ranges_parted([_Token(found[0], *found.span()) for found in _TOKEN.finditer(lower)], language)
    fixed = [found.span() for found in _fixed(language).finditer(lower)]
    values: dict[int, float] = {}
    for found in find_numbers(tokens, language, 0.0):
        value, words = found.value, tokens[found.start : found.end]
        if found.is_ordinal or (len(words) == 1 and not _is_number(words[0], lower, language)):
            continue
        whole = words[0].start, words[-1].end
        if len(words) > 1 and words[-1].written in multiples:
            value /= multiples[words.pop().written]
        if words[0].written in multiples and found.start and one.fullmatch(tokens[found.start - 1].written):
            words.insert(0, tokens[found.start - 1])  # a hundred and five
        start, end = words[0].start, words[-1].end
        if value > 1 and not any(first <= whole[0] and whole[1] <= last for first, last in fixed):
            values[start] = value
            lower = f"{lower[:start]}{_MARK * (end - start)}{lower[end:]}"
    return lower, values


def _ranges_parted(tokens: list[_Token], language: str) -> list[_Token]:
    """Return the tokens, the "and" of "between two thousand and three thousand" as what parts two numbers."""
    known = language_data(language).numbers
    between, and_ = known.between
    part = re.compile(rf"{_spelt(language).pattern}|(?:{'|'.join((and_, *known.one))})$")
    for place, token in enumerate(tokens):
        if token.written == between:
            behind = enumerate(tokens[place + 1 :], start=place + 1)
            number = takewhile(lambda each: part.match(each[1].written), behind)
            joints = [index for index, word in number if word.written == and_]
            if len(joints) == 1:
                tokens[joints[0]] = tokens[joints[0]]._replace(parts=True)
    return tokens


def _is_number(word: _Token, lower: str, language: str) -> bool:
    """Tell whether a word that text2num takes for a number is one by itself: no plural ("tens") and no multiple."""
    known, tables = language_data(language).numbers, _tables(language)
    listed = number_words(language)
    if word.written not in listed and word.written.removesuffix("s") in listed:
        return False
    before = lower[: word.start].split()[-1:] or [""]
    multiplies = before[0][-1:].isdigit() or before[0] in tables.values
    return word.written not in tables.multiples or (word.written in known.alone and not multiplies)


@cache
def _spelt(language: str) -> re.Pattern[str]:
    """Return what finds at little cost that a text may hold a number in words: how such a word begins."""
    return re.compile(rf"\b{_either(number_words(language))}")


@cache
def _fixed(language: str) -> re.Pattern[str]:
    """Return what finds words that are no number though one is in them: vague and round amounts, per cent."""
    tables = _tables(language)
    percent = language_data(language).numbers.percent
    return re.compile(rf"\b{_either((*tables.vague, *tables.round, *percent))}\b")


def _bounds(match: re.Match[str], language: str, spelt: Mapping[int, float]) -> tuple[float, float]:
    tables = _tables(language)
    if match["vague"]:
        return tables.vague[_plain(match["vague"])]
    if match["round"]:
        value = tables.round[_plain(match["round"])]
        return value, value
    first = 1.0 if match["one"] else _value(match, "first", language, spelt)
    by, by_too = (tables.multiples[_plain(match[name])] if match[name] else 1.0 for name in ("times", "times_too"))
    if not match["second"]:
        return first * by, first * by
    second = _value(match, "second", language, spelt)
    ends = first * (by_too if by == 1.0 and first < second else by), second * by_too
    return min(ends), max(ends)


def _value(match: re.Match[str], group: str, language: str, spelt: Mapping[int, float]) -> float:
    written = match[group]
    if written[0] == _MARK:
        return spelt[match.start(group)]
    return _digits_value(written, language) if written[0].isdigit() else _words_value(written, language)


def _digits_value(written: str, language: str) -> float:
    """Return the value of digits as the language groups them."""
    plain = _BLANKS.sub("", written)
    has_comma = language_data(language).writing.decimal_comma
    decimal, group = (",", ".") if has_comma else (".", ",")
    whole, mark, rest = plain.replace("٫", decimal).partition(decimal)
    if mark and not rest.isdigit():  # 1.200.000 where a full stop ends a whole number, and the like
        return float(re.sub(r"\D", "", plain))
    if mark and not has_comma and group not in whole and _GROUPED[decimal].fullmatch(plain):
        return float(f"{whole}.{rest}")
    return float(f"{whole.replace(group, '')}.{rest or 0}")


def _words_value(written: str, language: str) -> float:
    """Return what words add up to by the language file's values; hundreds multiply what stands before them."""
    known, tables = language_data(language), _tables(language)
    if written in known.numbers.alone:
        return tables.multiples[written]
    total = 0.0
    for part in written.split():
        value = tables.values.get(part) or tables.values.get(part.removeprefix(known.writing.joined_and)) or 0.0
        total = total * value if value == _HUNDRED and 0 < total < value else total + value
    return total


def _hedge(match: re.Match[str], language: str) -> Hedge:
    if match["hedge"]:
        return _tables(language).hedges[_plain(match["hedge"])]
    dozen = match["one"] and _tables(language).multiples[_plain(match["times"])] == _DOZEN
    return Hedge.ABOUT if match["round"] or match["vague"] or dozen else Hedge.NONE


def _unit(match: re.Match[str], language: str) -> str:
    if match["percent"]:
        return "%"
    money = match["sign"] or match["money"]
    if not money:
        return ""
    signed = next((name for sign, name in _SIGNED.items() if sign in money), None)
    return signed or _tables(language).currencies[_plain(money)]


@cache
def _pattern(language: str) -> re.Pattern[str]:
    """Return what finds amounts: a hedge, a number with what multiplies it or a range, a unit."""
    known, tables = language_data(language).numbers, _tables(language)
    words = _either(tables.values)
    number = (
        rf"(?:{_DIGITS}|{_MARK}++|{_either(tables.values and known.alone)}(?!\w)|{words}(?:{_joint(language)}{words})*)"
    )
    times, one, to = _either(tables.multiples), "|".join(known.one) or "(?!)", "|".join(known.range_words)
    between, and_ = known.between
    return re.compile(
        rf"""(?<![\w$€£.,/:+@#-])(?=[\d$€£{_MARK}{_initials(language)}])
        (?:(?P<hedge>{_either(tables.hedges)})(?:\s|(?<=['’])))?
        (?P<between>{between}\s)?
        (?:(?P<sign>{_SIGNS})\s?)?
        (?:(?P<vague>{_either(tables.vague)})
        |(?:(?P<one>{one})(?=\s{times}\b)|(?P<first>{number}))(?:[\s-](?P<times>{times})\b)?
         (?:(?(between)\s{and_}\s?|(?:\s?[–—-]\s?|\s(?:{to})\s))(?:{_SIGNS})?(?P<second>{number})
            (?:[\s-](?P<times_too>{times})\b)?)?
        |(?P<round>{_either(tables.round)}))
        (?:\s?(?P<percent>%|(?<=\s){_either(known.percent)}\b)
          |\s?(?P<money>€|(?<=\s){_either(tables.currencies)}\b))?
        (?![\w/]|[.,:]\d|[-–]\w|[.,]\s\d{{3}}\b)""",
        re.VERBOSE,
    )


def _joint(language: str) -> str:
    """Return what joins the words of a number that the language file reads."""
    known = language_data(language)
    if known.writing.joined_and:
        return rf"\s{known.writing.joined_and}?"
    return rf"[\s-](?:{_either(known.numbers.conjunctions)}[\s-])?"


def _initials(language: str) -> str:
    """Return the letters that amounts begin with: without them all words of a sentence would be tried."""
    known, tables = language_data(language).numbers, _tables(language)
    listed = (tables.values, known.alone, tables.hedges, tables.vague, tables.round)
    others = (*known.between[:1], *(word for each in known.one for word in each.split("|")), *_SIGN_LETTERS)
    return "".join(sorted({word[0].lower() for words in listed for word in words} | {word[0] for word in others}))


def _either(words: Iterable[str]) -> str:
    """Return a pattern for one of the words, blanks of any kind between their parts."""
    longest_first = sorted(words, key=lambda word: (-len(word), word))
    return f"(?:{'|'.join(map(_written, longest_first)) or '(?!)'})"


def _written(words: str) -> str:
    return r"\s".join(map(re.escape, words.lower().split())).replace("'", "['’]")


class _Tables:
    """Tables of a language file by their words as `_plain` gives them."""

    def __init__(self, language: str) -> None:
        known = language_data(language).numbers
        self.values = _each(known.values, float)
        self.multiples = _each(known.multiples, float)
        self.round = _each(known.round, float)
        self.vague = _each(known.vague, _ends)
        self.hedges = _each(known.hedges, Hedge)
        self.currencies = _each(known.currencies, str)


_tables = cache(_Tables)


def _ends(bounds: str) -> tuple[float, float]:
    low, _, high = bounds.partition("-")
    return float(low), float(high)


def _each(table: Mapping[str, Iterable[str]], meaning: Callable[[str], _Meaning]) -> dict[str, _Meaning]:
    """Return a table that lists words by what they mean as one that gives what each word means."""
    return {_plain(words): meaning(key) for key, listed in table.items() for words in listed}


def _plain(written: str) -> str:
    return " ".join(written.lower().replace("’", "'").split())
