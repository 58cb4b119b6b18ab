"""The words of a text, as ranking and matching count them."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_MARKS = "".join(chr(point) for point in range(0x300, 0x2000) if unicodedata.category(chr(point)) in {"Mn", "Mc"})
_UNSPACED = (
    r"\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u3007\u3041-\u30ff"
    r"\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
)
"""Thai, Lao, Burmese, Khmer, kana and Han: scripts without spaces between words."""

_NUMBER = r"""
    \d{1,3}(?:[ \u00a0\u2009\u202f]\d{3})+(?!\d)(?:[.,]\d+)?  # 3 000; 12 500,75
    | \d+(?:[.,:'٫٬]\d+)*(?:[^\W\d_]+)?                       # 1,200; 5.000; 7:30; 5th
    | (?:[^\W\d_]\.){2,}(?:[^\W\d_](?![^\W\d_]))?            # U.S., a.m, т.д.
"""
_TOKEN = re.compile(rf"{_NUMBER} | [^\W\d_]+(?:'[^\W\d_]+)*\d*", re.VERBOSE)
_LETTER = rf"[^\W\d_{_UNSPACED}][{_MARKS}]*"
_MARKED_TOKEN = re.compile(rf"{_NUMBER} | [{_UNSPACED}]+ | (?:{_LETTER})+(?:'(?:{_LETTER})+)*\d*", re.VERBOSE)
"""The same for scripts that write without spaces or with marks that stand by themselves."""
_NEEDS_MARKS = re.compile(rf"[{_MARKS}{_UNSPACED}]")
_UNWRITTEN = re.compile(r"[\u00ad\u0591-\u05bd\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06dc\u200b-\u200f\u2060]")
"""What is printed or left out at will: soft hyphens, joiners, vowel signs of Hebrew and Arabic, the tatweel."""

_ELISION = {
    "fr": re.compile(r"(?:[cdjlmnst]|qu|jusqu|lorsqu|puisqu|quoiqu)(?=')"),
    "it": re.compile(
        r"(?:[cdlmstv]|un|gl|all|dall|dell|nell|sull|coll|quell|quest|bell|sant|tutt|nessun|ciascun|anch|com|dov|senz)(?=')"
    ),
    "ca": re.compile(r"(?:[dlmnst])(?=')"),
}
_DOTLESS = str.maketrans({"I": "ı", "İ": "i"})
_TURKIC = frozenset({"tr", "az"})


def words(text: str, language: str) -> tuple[str, ...]:
    """Return the words of a text in order: case-folded, NFC, elisions and hyphens apart, numbers whole.

    Scripts that set no spaces between words give overlapping pairs of characters.
    """
    written = text if text.isascii() else _UNWRITTEN.sub("", text)
    clean = lower(written, language).replace("’", "'").replace("ʼ", "'")
    marked = not clean.isascii() and _NEEDS_MARKS.search(clean) is not None
    tokens: list[str] = (_MARKED_TOKEN if marked else _TOKEN).findall(clean)
    found: list[str] = []
    for token in tokens:
        if token.isalpha() and not marked:
            found.append(token)
        else:
            found.extend(_parts(token, language))
    return tuple(found)


def _parts(token: str, language: str) -> Iterable[str]:
    """Return the words in a token that is not plain letters."""
    first = token[0]
    if first.isdigit():
        return (_SPACES.sub(" ", token),)
    if "." in token:
        return (token.replace(".", ""),)
    if _IS_UNSPACED.match(first):
        return _pairs(token)
    if "'" in token and language in _ELISION and (prefix := _ELISION[language].match(token)):
        return (prefix[0], token[prefix.end() + 1 :])
    return (token,)


_SPACES = re.compile(r"[\u00a0\u2009\u202f]")
_IS_UNSPACED = re.compile(rf"[{_UNSPACED}]")


def lower(text: str, language: str) -> str:
    """Fold case as the language does (Turkish keeps its two letters i apart), in NFC."""
    if language in _TURKIC:
        text = text.translate(_DOTLESS)
    return unicodedata.normalize("NFC", text.casefold().replace("i\u0307", "i"))


def _pairs(run: str) -> list[str]:
    return [run] if len(run) == 1 else [run[place : place + 2] for place in range(len(run) - 1)]


_LETTERS = str.maketrans(
    {"ø": "o", "đ": "d", "ð": "d", "ł": "l", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th", "ß": "ss", "’": "'", "ʼ": "'"}
    | {"ى": "ي", "ی": "ي", "ې": "ي", "ک": "ك", "ة": "ه", "ۀ": "ه", "ہ": "ه", "ە": "ه", "ٱ": "ا", "ё": "е"}
    | {chr(first + digit): str(digit) for first in (0x660, 0x6F0, 0x966) for digit in range(10)}
)
_ACCENTS = re.compile(r"[\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06ed\u200b-\u200f]")
_KEPT = {"й": "\ue000", "ї": "\ue001"}
"""Letters of their own that Unicode would take apart; private characters hold their place."""


@lru_cache(maxsize=1 << 18)
def fold(word: str) -> str:
    """Return a word without case and accents: é → e, ß → ss, one alef, one ya; й stays."""
    folded = word.casefold()
    if folded.isascii():
        return folded
    folded = unicodedata.normalize("NFC", folded).translate(_LETTERS)
    for letter, place in _KEPT.items():
        folded = folded.replace(letter, place)
    folded = _ACCENTS.sub("", unicodedata.normalize("NFKD", folded)).translate(_LETTERS)
    for letter, place in _KEPT.items():
        folded = folded.replace(place, letter)
    return unicodedata.normalize("NFC", folded).casefold()
