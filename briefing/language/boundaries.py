"""Whether a stop ends its sentence: by what stands before it, behind it, and the language's abbreviations."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, cast

from briefing.language.abbreviations import ORDINALS, abbreviations
from briefing.language.stopwords import stop_words

if TYPE_CHECKING:
    from collections.abc import Iterator

_CANDIDATE = re.compile(
    r"""(?P<stop> (?:[.]\ ){2,}[.] | [.!?…‥؟۔।॥]++ | [。！？｡]++ )
        (?P<close> (?: ["'”’“»›«‹)\]}」』】）］_*]++ | [ \u00a0\u202f][»›](?!\w) | \[\d{1,3}\] )*+ )""",
    re.VERBOSE,
)
"""A stop with all that closes behind it. Possessive, so that a megabyte of dots is read once."""

_STOP = re.compile("[.!?…‥؟۔।॥。！？｡]")
_OPENERS = "\"'“„”‚‘’«»‹›([{「『【（¿¡—–-―•·*_ \u00a0\u202f"
_CANNOT_FOLLOW = ",;:،؛)]}%&/+="
_QUOTES = "\"'”’“»›«‹_*」』"
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_DOTTED = re.compile(r"(?:[^\W\d_]{1,2}\.-?)+[^\W\d_]{1,2}")
"""U.S, a.m, J.-P, т.д: the stops inside an abbreviation."""
_SMALL_NAME = re.compile(r"[a-z]{1,3}[-'’]?[^\W\d_a-z]")
"""al-Assad, d'Estaing, iPhone: a capital behind a small particle."""
_ROMAN = re.compile(r"[IVX]{1,6}")
_REPORTED = re.compile(
    r"(?:(?:[A-Z][\w.’'-]*|of|the|de|al) ){0,5}"
    r"(?:said|says|asked|asks|added|adds|told|wrote|tweeted|replied|cried|shouted)\b"
)
"""“…!” Mr Smith said: in English the name may stand before the verb."""

_TOKEN_CHARS = 40
_HEAD_CHARS = 80

_MORE_STARTERS = {
    "en": "analysts officials police yesterday tomorrow earlier researchers experts shares critics",
    "fr": "hier aujourd'hui demain selon",
    "de": "gestern heute morgen insgesamt allein zuletzt",
    "es": "ayer hoy mañana",
    "it": "ieri oggi domani",
    "pt": "ontem hoje amanhã",
    "nl": "gisteren vandaag morgen",
    "ru": "вчера сегодня завтра",
    "uk": "вчора сьогодні завтра",
    "tr": "dün bugün yarın",
}
"""What often opens a sentence, beside the stop words."""

_DETERMINERS = {
    "de": "am im vom zum zur beim der die das dem den des ab bis seit nach vor einem einen einer dieser diesem diesen "
    "und ihr ihre ihrem ihren ihrer sein seine seinem seinen seiner sonntag montag dienstag mittwoch donnerstag "
    "freitag samstag",
    "da": "den det de på til fra og",
    "no": "den det de på til fra og",
    "pl": "w z do od na po i",
    "cs": "v z do od na po a",
}
"""What stands before an ordinal number: `am 3. Juni`."""


def candidates(text: str) -> Iterator[re.Match[str]]:
    """Yield every stop of a text with what closes behind it, as groups `stop` and `close`."""
    place = 0
    while first := _STOP.search(text, place):
        found = cast("re.Match[str]", _CANDIDATE.match(text, first.start()))
        place = found.end()
        yield found


@lru_cache(maxsize=64)
def _starters(language: str) -> frozenset[str]:
    return stop_words(language) | frozenset(_MORE_STARTERS.get(language, "").split())


class Boundaries:
    """The decisions for one text in one language."""

    def __init__(self, text: str, language: str) -> None:
        self._text = text
        self._language = language
        self._known = abbreviations(language)
        self._starters = _starters(language)
        self._determiners = frozenset(_DETERMINERS.get(language, "").split())

    def ends(self, found: re.Match[str], start: int) -> bool:
        """Whether this stop, not the last thing in the text, ends the sentence that runs since `start`."""
        text, end = self._text, found.end()
        if found["stop"][0] in "。！？｡":
            return not (found["close"] and text[end] in "，、；：とっだで")
        if not text[end].isspace():
            return self._glued(found, start)
        head = text[end : end + _HEAD_CHARS].lstrip()
        core = head.lstrip(_OPENERS)
        if not core:
            return True
        return self._can_open(head, core) and self._can_end(found, start, head, core)

    def _glued(self, found: re.Match[str], start: int) -> bool:
        """Whether a sentence ends although the blank behind it is missing: `in the city.The army`."""
        end = found.end()
        word = _WORD.match(self._text, end, end + _TOKEN_CHARS)
        if word is None or not word[0].istitle() or word[0].lower() not in self._starters:
            return False
        token = self._token(found.start(), start)
        return len(token) > 2 and token[-1].islower() and not any(mark in token for mark in "./@:")

    @staticmethod
    def _can_open(head: str, core: str) -> bool:
        """Whether a sentence can open with `head`, whose first word is in `core`."""
        if head[0] in _CANNOT_FOLLOW or core[0] in ".…!?":
            return False
        return not core[0].islower() or head[0] in "¿¡" or _SMALL_NAME.match(core) is not None

    def _can_end(self, found: re.Match[str], start: int, head: str, core: str) -> bool:
        """Whether a sentence can end with this stop before `core`."""
        stop, close = found["stop"], found["close"]
        if close[:1] in {")", "]"} and self._text[found.start() - 1 : found.start()] in {"(", "["}:
            return False
        if stop != ".":
            return not (close and self._language == "en" and _REPORTED.match(core))
        if close and close[0] in _QUOTES:
            return True
        word = _WORD.match(core)
        return self._token_ends(self._token(found.start(), start), start, found.start(), word[0] if word else head[0])

    def _token(self, place: int, start: int) -> str:
        """Return what stands before `place` up to the last blank, without opening marks."""
        pieces = self._text[max(start, place - _TOKEN_CHARS) : place].split()
        return pieces[-1].lstrip(_OPENERS) if pieces else ""

    def _before(self, token: str, place: int, start: int) -> str:
        """Return the word before the token that ends at `place`."""
        pieces = self._text[max(start, place - len(token) - _TOKEN_CHARS) : place].split()
        return pieces[-2].strip(_OPENERS) if len(pieces) > 1 else ""

    def _token_ends(self, token: str, start: int, place: int, word: str) -> bool:
        """Whether a full stop behind `token` ends the sentence before `word`."""
        before = self._before(token, place, start)
        starts = word.lower() in self._starters or word.lower().replace("’", "'").partition("'")[0] in self._starters
        if (
            not before
            and (token.isdigit() or len(token) == 1)
            and not self._text[start:place].strip(_OPENERS).count(" ")
        ):
            return False  # the marker of a list item: `1. The first`
        if token[-1:].isdigit():
            return self._number_ends(token, before, starts=starts)
        listed = self._listed(token, before, word, starts=starts)
        if listed is not None:
            return listed
        if len(token) == 1 and token.isalpha():
            return self._letter_ends(token, before, starts=starts)
        if _DOTTED.fullmatch(token):
            return starts
        return starts or self._language not in ORDINALS or not _ROMAN.fullmatch(token)

    def _listed(self, token: str, before: str, word: str, *, starts: bool) -> bool | None:
        """Return what the lists of abbreviations say of a full stop behind `token`; None where they do not know it."""
        known, last = self._known, token.rpartition("-")[2]
        if before[-1:].isdigit() and token in known.units:
            return True
        if token in known.sometimes:
            return starts
        if token in known.never or last in known.never:
            return False
        if token in known.numeric:
            return not (word[:1].isdigit() or _ROMAN.fullmatch(word))
        return False if token in known.units else None

    def _number_ends(self, token: str, before: str, *, starts: bool) -> bool:
        """Whether a number ends the sentence, or its full stop makes it an ordinal."""
        if self._language not in ORDINALS or len(token) > 2 or not token.isdigit():
            return True
        return starts and before.lower() not in self._determiners

    def _letter_ends(self, token: str, before: str, *, starts: bool) -> bool:
        """Whether a single letter ends the sentence ("plan B. The", "you and I. Did") or is an initial."""
        if not token.isupper():
            return not token.islower() or starts
        return starts and (before.islower() or (token == "I" and self._language == "en"))  # noqa: S105 - the pronoun
