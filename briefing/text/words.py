"""Words as ranking and matching count them: tokens, folded forms, stems, stop words, names across scripts."""

from __future__ import annotations

import gzip
import re
import threading
import unicodedata
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from importlib.util import find_spec
from itertools import repeat
from typing import TYPE_CHECKING, cast

from briefing.languages import language_data

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from importlib.abc import ResourceLoader

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
_NEEDS_MARKS = re.compile(rf"[{_MARKS}{_UNSPACED}]")
_UNWRITTEN = re.compile(r"[\u00ad\u0591-\u05bd\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06dc\u200b-\u200f\u2060]")
"""What is printed or left out at will: soft hyphens, joiners, vowel signs of Hebrew and Arabic, the tatweel."""

_SPACES = re.compile(r"[\u00a0\u2009\u202f]")
_IS_UNSPACED = re.compile(rf"[{_UNSPACED}]")
DOTLESS = str.maketrans({"I": "ı", "İ": "i"})


def words(text: str, language: str) -> tuple[str, ...]:
    """Return the words of a text in order: case-folded, NFC, elisions and hyphens apart, numbers whole.

    Scripts that set no spaces between words give overlapping pairs of characters.
    """
    written = text if text.isascii() else _UNWRITTEN.sub("", text)
    clean = lower(written, language).replace("’", "'").replace("ʼ", "'")
    marked = not clean.isascii() and _NEEDS_MARKS.search(clean) is not None
    tokens: list[str] = (_marked_token() if marked else _TOKEN).findall(clean)
    found: list[str] = []
    for token in tokens:
        if token.isalpha() and not marked:
            found.append(token)
        else:
            found.extend(_parts(token, language))
    return tuple(found)


@cache
def _marked_token() -> re.Pattern[str]:
    """Return `_TOKEN` for scripts that write without spaces or with marks that stand by themselves."""
    return re.compile(rf"{_NUMBER} | [{_UNSPACED}]+ | (?:{_LETTER})+(?:'(?:{_LETTER})+)*\d*", re.VERBOSE)


def _parts(token: str, language: str) -> Iterable[str]:
    """Return the words in a token that is not plain letters."""
    first = token[0]
    if first.isdigit():
        return (_SPACES.sub(" ", token),)
    if "." in token:
        return (token.replace(".", ""),)
    if _IS_UNSPACED.match(first):
        return _pairs(token)
    if "'" in token and (prefix := _elided(language).match(token)):
        return (prefix[0], token[prefix.end() + 1 :])
    return (token,)


@cache
def _elided(language: str) -> re.Pattern[str]:
    return re.compile(rf"(?:{'|'.join(language_data(language).writing.elisions) or '(?!)'})(?=')")


def lower(text: str, language: str) -> str:
    """Fold case as the language does (Turkish keeps its two letters i apart), in NFC."""
    if language_data(language).writing.dotless_i:
        text = text.translate(DOTLESS)
    folded = text.casefold()
    return folded if folded.isascii() else unicodedata.normalize("NFC", folded.replace("i\u0307", "i"))


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


@lru_cache(maxsize=1 << 16)
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


@lru_cache(maxsize=64)
def stop_words(language: str) -> frozenset[str]:
    """Return the stop words of a language as `words` gives words, with and without accents; none if unknown."""
    listed = words(" ".join(language_data(language).stop_words), language)
    return frozenset(listed) | frozenset(map(fold, listed))


_MOST_STEMS = 100_000
"""Stems kept per language, 20 MB; a day of a thousand articles has some forty thousand."""

_lock = threading.Lock()


class _Stems(dict[str, str]):
    """The stems of one language, filled as words are asked for."""

    def __init__(self, algorithm: Callable[[str], str]) -> None:
        super().__init__()
        self._algorithm = algorithm

    def __missing__(self, word: str) -> str:
        with _lock:  # Snowball stemmers keep the word in themselves while they work
            found = fold(self._algorithm(word)) or fold(word)
            if len(self) >= _MOST_STEMS:
                self.clear()
            self[word] = found
        return found


_tables: dict[str, _Stems] = {}


def stem(word: str, language: str) -> str:
    """Return the stem of a word as `words` gives it, accents folded; a language without a stemmer keeps the word."""
    return _table(language)[word]


def stems(words: Iterable[str], language: str) -> tuple[str, ...]:
    """Return one stem for each word."""
    return tuple(map(_table(language).__getitem__, words))


def _table(language: str) -> _Stems:
    table = _tables.get(language)
    if table is None:
        table = _tables.setdefault(language, _Stems(_algorithm(language)))
    return table


def _algorithm(language: str) -> Callable[[str], str]:
    """Return Snowball's algorithm (it knows its languages by their ISO 639-1 codes), or what the language file has."""
    from Stemmer import Stemmer

    own = language_data(language).stemming
    try:
        snowball: Callable[[str], str] = Stemmer(language, 0).stemWord
    except KeyError:
        return _light_stemmer(own.endings, own.prefixes) if own.endings else fold
    plurals = [(re.compile(ending), instead) for ending, instead in own.plurals.items()]
    return (lambda word: snowball(_mend(word, plurals))) if plurals else snowball


def _mend(word: str, endings: Iterable[tuple[re.Pattern[str], str]]) -> str:
    for ending, instead in endings:
        word = ending.sub(instead, word)
    return word


_LONG_ENDING = 3


def _light_stemmer(endings: Iterable[str], prefixes: str) -> Callable[[str], str]:
    """Return what cuts the longest ending that leaves three letters, four before a long one, and prefixes that do."""
    short, long = ("|".join(e for e in endings if (len(e) > _LONG_ENDING) is is_long) for is_long in (False, True))
    ending = re.compile(rf"(?:(?<=\w{{4}})(?:{long})|(?<=\w{{3}})(?:{short}))$")
    if not prefixes:
        return lambda word: ending.sub("", word, count=1)
    prefix = re.compile(rf"^[{prefixes}]+?(?=(?![{prefixes}])\w{{3}}|\w{{3}}$)")
    return lambda word: prefix.sub("", ending.sub("", word, count=1), count=1)


# Proper names across scripts: a Latin name and its spelling in Arabic, Cyrillic, Greek or Hebrew letters. Both are
# written in ASCII (anyascii), brought to one set of consonants, and compared in two steps: the consonants must be the
# same, and every vowel that the other script writes must be one that the Latin spelling can have at that place.
# Precision comes first: a name of three consonants is taken only where a vowel speaks for it as well, and what stays
# unsure is left to `aliases`.

FEWEST, SURE = 3, 4
"""Consonants that a name must have, and those from which they are enough without a written vowel."""

_DIGRAPHS = (
    ("sch", "x"), ("dzh", "j"), ("dj", "j"), ("gh", "g"), ("kh", "k"), ("sh", "x"), ("ch", "x"), ("th", "t"),
    ("dh", "d"), ("ph", "f"), ("zh", "j"), ("ck", "k"), ("ou", "w"), ("oo", "w"), ("ee", "i"),
)  # fmt: skip
_ALIKE = str.maketrans("qcpvw", "kkbfw")
"""Letters that Arabic and Cyrillic spellings do not tell apart."""
_VOWELS = {"a": "a", "o": "w", "u": "w", "w": "w", "i": "y", "e": "ya", "y": "y"}
"""Vowels by the letters that Arabic may write for them."""
_WITHOUT_VOWELS = str.maketrans("", "", "".join(_VOWELS))
_DOUBLED, _NO_LETTERS = re.compile(r"([b-df-hj-np-tv-z])\1"), re.compile(r"[^a-z]")
_ALEF = str.maketrans("اآأإى", "aaaaa")
"""anyascii leaves alef out, which tells more than any other vowel."""
_HAMZA = re.compile(r"[ؤئء]|(?<=\w)[أإ]")
"""Hamza within a word: foreign names have none."""
_ARABIC_PREFIX = re.compile(r"^(?:[وفبلك]?ال|[وف]?لل|[وفبلك])(?=\w{3})")


@dataclass(frozen=True, slots=True)
class Name:
    """A word as consonants with the vowels that stand in each gap: before, between and after them."""

    consonants: str
    gaps: tuple[frozenset[str], ...]
    is_open: bool | None
    """Whether it ends in a vowel or h; None where endings are inflected."""

    @property
    def is_telling(self) -> bool:
        """Whether it has enough consonants to be known by them."""
        return len(self.consonants) >= FEWEST

    def admits(self, other: Name) -> bool:
        """Whether the other word may be this name; which vowel stands at its end does not count, only that one does."""
        pairs = zip(self.gaps[:-1], other.gaps[:-1], strict=False)
        if other.is_open not in {None, self.is_open}:
            return False
        told = len(self.consonants) >= SURE or any(other.gaps[1:-1])
        return told and self.consonants == other.consonants and all(written <= known for known, written in pairs)


def consonants_in(word: str) -> str:
    """Return the consonants of a word in ASCII letters; of a doubled one one, of a final h none."""
    return _sounds(word)[0].translate(_WITHOUT_VOWELS)


def romanise(word: str) -> Name:
    """Return the consonants of a word, as `consonants_in` does, and its vowels."""
    sounds, ends_in_h = _sounds(word)
    consonants: list[str] = []
    gaps: list[set[str]] = [set()]
    for letter in sounds:
        if letter in _VOWELS:
            gaps[-1].update(_VOWELS[letter])
        else:
            consonants.append(letter)
            gaps.append(set())
    is_open = ends_in_h or bool(gaps[-1])
    return Name("".join(consonants), tuple(frozenset(gap) for gap in gaps), is_open)


def _sounds(word: str) -> tuple[str, bool]:
    """Return the sounds of a word in ASCII letters, and whether it had one more, an h that is not heard."""
    word = _DOUBLED.sub(r"\1", _NO_LETTERS.sub("", word))
    for written, sound in _DIGRAPHS:
        if written in word:
            word = word.replace(written, sound)
    return word.removesuffix("h").translate(_ALIKE), word.endswith("h")


@lru_cache(maxsize=1 << 15)
def foreign_forms(word: str) -> tuple[Name, ...]:
    """Return a word of another script as names, with and without the article and particles that Arabic joins to it."""
    if word.isascii() or not word.isalpha() or _is_latin(word) or _HAMZA.search(word):
        return ()
    spellings = dict.fromkeys((word, _ARABIC_PREFIX.sub("", word)))
    names = (_foreign(spelling) for spelling in spellings)
    return tuple(name for name in dict.fromkeys(names) if name.is_telling)


def _foreign(word: str) -> Name:
    from anyascii import anyascii

    written = anyascii(word.translate(_ALEF)).lower()
    name = romanise(written.replace("e", "y"))  # a vowel that is written is one vowel, not either of two
    return name if _is_arabic(word) else replace(name, is_open=None)


def _is_arabic(word: str) -> bool:
    return "\u0600" <= word[0] <= "\u077f"


def _is_latin(word: str) -> bool:
    return word[0] < "Ͱ"  # Greek starts at U+0370, and every other script after it


# ── how often a word is used ──────────────────────────────────────────────────────────────────────────────────────────
# Figures are those of wordfreq's small lists (Speer 2022): some thirty thousand words a language, down to one in a
# million. What is rarer counts as equally rare, which does as well as the large lists at a tenth of their cost.


UNSEEN = 3e-7
"""The frequency of a word that no list has."""
_LISTS = {"bs": "sh", "hr": "sh", "nn": "nb", "no": "nb", "sr": "sh"}
"""Languages whose words stand in another's list."""


@cache
def frequencies(language: str) -> Mapping[str, float]:
    """Return the share of all words that each common word has in a language; empty where no list is known."""
    # The list is read as it lies: importing wordfreq costs a hundred milliseconds for tokenizers that we do not use.
    spec = find_spec("wordfreq")
    if spec is None or spec.loader is None or not spec.submodule_search_locations:
        return {}
    name = f"small_{_LISTS.get(language, language)}.msgpack.gz"
    loader = cast("ResourceLoader", spec.loader)
    try:
        packed = loader.get_data(f"{spec.submodule_search_locations[0]}/data/{name}")
    except OSError:
        return {}
    import msgpack

    # After a header, one list of words for each hundredth of a decade: the n-th have the frequency 10^(-n/100).
    _, *levels = msgpack.unpackb(gzip.decompress(packed), raw=False)
    known: dict[str, float] = {}
    for level, words in enumerate(levels):
        known.update(zip(words, repeat(10 ** (-level / 100))))  # as many as there are words
    return known


def frequency(word: str, language: str) -> float:
    """Return the share of all words that a word in small letters has in a language, at least `UNSEEN`."""
    known = frequencies(language)
    return known.get(word) or known.get(word.partition("'")[0], UNSEEN)
