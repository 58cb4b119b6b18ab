"""Whether a stop ends its sentence: by what stands before it, behind it, and the language's abbreviations."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple, cast

from briefing.text.abbreviations import ORDINALS, abbreviations
from briefing.text.stopwords import stop_words

if TYPE_CHECKING:
    from collections.abc import Iterator

_CANDIDATE = re.compile(
    r"""(?P<stop> (?:[.]\ ){2,}[.] | [.!?…‥؟۔।॥]++ | [。！？｡]++ )
        (?P<close> (?: ["'”’“»›«‹)\]}」』】）］_*]++ | [ \u00a0\u202f][»›](?!\w) | \[\d{1,3}\] )*+ )""",
    re.VERBOSE,
)
"""A stop with all that closes behind it. Possessive, so that a megabyte of dots is read once."""

_STOP = re.compile("[.!?…‥؟۔।॥。！？｡]")
_OPENERS = "\"'“„”‚‘’«»‹›([{「『【（¿¡—–-―•⁃‣▪●·*_ \u00a0\u202f"
_CANNOT_FOLLOW = ",;:،؛)]}%&/+="
_QUOTES = "\"'”’“»›«‹_*」』"
_QUOTED = '"“„‘«'
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_DOTTED = re.compile(r"(?:[^\W\d_]{1,2}\.-?)+[^\W\d_]{1,2}")
"""U.S, a.m, J.-P, т.д: the stops inside an abbreviation."""
_PARTICLE = re.compile(r"[a-z]{1,3}[-'’]?(?=[^\W\d_])")
_ROMAN = re.compile(r"[IVX]{1,6}")
_REPORTED = re.compile(
    r"(?:(?:[A-Z][\w.’'-]*|of|the|de|al) ){0,5}"
    r"(?:said|says|asked|asks|added|adds|told|wrote|tweeted|replied|cried|shouted)\b"
)
"""“…!” Mr Smith said: in English the name may stand before the verb."""

_REPORTED_CJK = re.compile(r"[，、；：とっだで]|[^，、；：。！？“「『]{0,8}[说說道喊问問答称稱]")
"""“…！”他喊道: who spoke stands behind the quotation."""
_JOINT = re.compile(r"[-'’]")

_WINDOW = 60
"""Characters before a stop in which its token and the one before are looked for."""
_LONGEST_MARKER = 6
_HEAD_CHARS = 80
"""Characters behind a stop that are looked at."""

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


def opens_with_name(text: str) -> bool:
    """Whether a text in small letters opens with a name all the same: al-Assad, d'Estaing, iPhone."""
    particle = _PARTICLE.match(text)
    return particle is not None and text[particle.end()].isupper()


_NAME_PARTS = "de der den van von ten ter le la les du des di da do dos das del della lo al el as an so will may"
_IN_NAMES = frozenset(_NAME_PARTS.split())
"""Stop words that are also parts of names: "F. de Klerk", "J. Van Dam"."""


class _FullStop(NamedTuple):
    """A full stop: the token and the word before it, the word behind it, and whether that word opens sentences."""

    token: str
    before: str
    word: str
    starts: bool
    first: bool
    """Whether nothing but a marker can stand before it in its sentence."""


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
            return not (found["close"] and _REPORTED_CJK.match(text, end))
        if not text[end].isspace():
            return self._glued(found, start)
        head = text[end : end + _HEAD_CHARS].lstrip()
        core = head.lstrip(_OPENERS)
        if not core:
            return len(head) >= _HEAD_CHARS  # a closing mark left over at the end stays with its sentence
        return self._can_open(found["stop"], head, core) and self._can_end(found, start, core)

    def _glued(self, found: re.Match[str], start: int) -> bool:
        """Whether a sentence ends although the blank behind it is missing: `in the city.The army`."""
        end = found.end()
        word = _WORD.match(self._text, end, end + _WINDOW)
        if word is None or not word[0].istitle() or word[0].lower() not in self._starters:
            return False
        token = self._full_stop(found.start(), start, word[0]).token
        return len(token) > 2 and token[-1].islower() and not any(mark in token for mark in "./@:")

    @staticmethod
    def _can_open(stop: str, head: str, core: str) -> bool:
        """Whether a sentence can open with `head`, whose first word is in `core`, behind this stop."""
        if head[0] in _CANNOT_FOLLOW or core[0] in _CANNOT_FOLLOW or core[0] in ".…!?":
            return False
        if core[0].islower():
            return opens_with_name(core) or (head[0] in "¿¡" and stop[0] in "!?")
        has_case = core[0].isupper() or not core[0].isalpha()
        return has_case or not (stop[0] == "…" or stop.startswith(".."))  # Arabic writers pause with dots

    def _can_end(self, found: re.Match[str], start: int, core: str) -> bool:
        """Whether a sentence can end with this stop before `core`."""
        stop, close = found["stop"], found["close"]
        if close[:1] in {")", "]"} and self._text[found.start() - 1 : found.start()] in {"(", "["}:
            return False
        if stop != ".":
            return not (close and self._language == "en" and _REPORTED.match(core))
        if close and close[0] in _QUOTES and not self._is_nickname(found.start(), start):
            return True
        return self._full_stop_ends(self._full_stop(found.start(), start, core))

    def _is_nickname(self, place: int, start: int) -> bool:
        """Whether all that is quoted before the full stop at `place` are initials: Col. John “J.D.” Dorel."""
        token = self._text[max(start, place - _WINDOW) : place].rpartition(" ")[2]
        return token[:1] in _QUOTED and _DOTTED.fullmatch(token[1:]) is not None

    def _full_stop(self, place: int, start: int, core: str) -> _FullStop:
        """Return what stands around the full stop at `place` in the sentence that runs since `start`."""
        tokens = self._text[max(start, place - _WINDOW) : place].split()
        found = _WORD.match(core)
        word = (found[0] if found else core[0]).replace("’", "'")
        return _FullStop(
            token=tokens[-1].lstrip(_OPENERS) if tokens else "",
            before=tokens[-2].strip(_OPENERS) if len(tokens) > 1 else "",
            word=word,
            starts=word.lower() in self._starters or word.lower().partition("'")[0] in self._starters,
            first=place - start <= _LONGEST_MARKER,
        )

    def _full_stop_ends(self, at: _FullStop) -> bool:
        """Whether a full stop ends the sentence, by the token before it and the word behind it."""
        if at.first and not at.before and (at.token.isdigit() or len(at.token) == 1):
            return False  # the marker of a list item: `1. The first`
        if at.token[-1:].isdigit():
            return self._number_ends(at)
        listed = self._listed(at)
        if listed is not None:
            return listed
        if len(at.token) == 1 and at.token.isalpha():
            return self._letter_ends(at)
        if _DOTTED.fullmatch(at.token):
            return at.starts
        return at.starts or self._language not in ORDINALS or not _ROMAN.fullmatch(at.token)

    def _listed(self, at: _FullStop) -> bool | None:
        """Return what the lists of abbreviations say of a full stop; None where they do not know its token."""
        known = self._known
        spellings = self._spellings(at)
        if not spellings.isdisjoint(known.final):
            return at.word[:1].isupper()
        counted = at.before[-1:].isdigit()
        if counted and not spellings.isdisjoint(known.units):
            return True
        if not spellings.isdisjoint(known.sometimes):
            return at.starts
        if not spellings.isdisjoint(known.never):
            return False
        if not spellings.isdisjoint(known.numeric):
            return not (at.word[:1].isdigit() or _ROMAN.fullmatch(at.word))
        return False if not counted and not spellings.isdisjoint(known.units) else None

    def _spellings(self, at: _FullStop) -> set[str]:
        """Return how a token may be listed: with the part before (`z. B.`), or behind its last hyphen or apostrophe."""
        joined = {at.before + at.token, (at.before + at.token).lower()}
        if at.before.endswith(".") and not joined.isdisjoint(self._known.every):
            return joined
        street = {"str"} if self._language == "de" and at.token.endswith("str") else set()
        return {at.token, _JOINT.split(at.token)[-1]} | street

    def _number_ends(self, at: _FullStop) -> bool:
        """Whether a number ends the sentence, or its full stop makes it an ordinal."""
        if self._language not in ORDINALS or len(at.token) > 2 or not at.token.isdigit():
            return True
        if at.before[:-1] in self._known.numeric and at.before.endswith("."):
            return True
        return at.starts and at.before.lower() not in self._determiners

    def _letter_ends(self, at: _FullStop) -> bool:
        """Whether a single letter ends the sentence ("plan B. The", "you and I. Did") or is an initial."""
        if at.token.islower():
            return at.starts
        return not at.token.isupper() or (at.starts and (at.word.lower() not in _IN_NAMES or at.before[-1:] == "°"))
