"""The sentences of a paragraph, in one pass over its stops.

Whether a stop ends its sentence is told by what stands before it, behind it, and the language's abbreviations.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple, cast

from briefing.languages import ANY, either, language_data
from briefing.text.words import stop_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_BLANK_LINE = re.compile(r"\n[^\S\n]*\n")
_BULLET = re.compile(r"(?<!\S)[•⁃‣▪●]\s*")
_MARKER = re.compile(r"(?<!\S)(?:[•⁃‣▪●]\s*)?(\d{1,3}|[a-z])[.)]{1,2}(?=\s)|(?<!\S)[•⁃‣▪●](\d{1,3})[.)]")
_AFTER_COLON = re.compile(r"[:：]\s+(?=(?:1|a)[.)]\s)")
"""Where a list is announced that goes on in the same line."""
_LONGEST_PARENTHESIS = 300
"""Characters; a parenthesis that stays open for longer was never closed."""


def split(text: str, language: str) -> tuple[tuple[int, int], ...]:
    """Return (start, end) of each sentence of a paragraph, in order, without blanks around; linear in its length."""
    hard = sorted({found.end() for found in _BLANK_LINE.finditer(text)} | set(_list_items(text)))
    spans = []
    start = 0
    for end in (*sorted({*hard, *_ends(text, language, hard)}), len(text)):
        span = _trimmed(text, start, end)
        if span[0] < span[1]:
            spans.append(span)
        start = end
    return tuple(spans)


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def _list_items(text: str) -> Iterator[int]:
    """Where the items of a list set in one line start: `1. … 2. …`, `a) … b) …`, `• … • …`."""
    colon = _AFTER_COLON.search(text)
    first = _MARKER.match(text) or (_MARKER.match(text, colon.end()) if colon else None)
    if first is not None and first.start():
        rest = _MARKER.finditer(text, first.end())
        if not any((marker[1] or marker[2]) == _successor(first[1] or first[2]) for marker in rest):
            return
        yield first.start()
    if first is None:
        if _BULLET.match(text):
            yield from (found.start() for found in _BULLET.finditer(text))
        return
    expected = _successor(first[1] or first[2])
    for marker in _MARKER.finditer(text, first.end()):
        if (marker[1] or marker[2]) == expected:
            yield marker.start()
            expected = _successor(expected)


def _successor(marker: str) -> str:
    return str(int(marker) + 1) if marker.isdigit() else chr(ord(marker) + 1)


def _ends(text: str, language: str, hard: list[int]) -> Iterator[int]:
    """Yield the offset behind each stop that ends a sentence; `hard` are ends that stand already, sorted."""
    boundaries = _Boundaries(text, language)
    waiting = iter((*hard, len(text) + 1))
    upcoming = next(waiting)
    start = counted = depth = 0
    for found in _candidates(text):
        end = found.end()
        while upcoming <= found.start():
            start = counted = upcoming
            depth = 0
            upcoming = next(waiting)
        opened, closed = text.count("(", counted, end), text.count(")", counted, end)
        depth, counted = max(0, depth + opened - closed), end
        if depth and text.find(")", end, end + _LONGEST_PARENTHESIS) > 0:
            continue
        if end < len(text) and boundaries.ends(found, start):
            yield end
            start, depth = end, 0


_CANDIDATE = re.compile(
    r"""(?P<stop> (?<=\w)[.](?=(?:\ [.]){3}\s+\w) | (?:[.]\ ){2,}[.] | [.!?…‥؟۔।॥]++ | [。！？｡]++ )
        (?P<close> (?: ["'”’“»›«‹)\]}」』】）］_*]++ | [ \u00a0\u202f][»›](?!\w) | \[\d{1,3}\] )*+ )""",
    re.VERBOSE,
)
"""A stop with all that closes behind it; of four dots set apart, the first ends and the others open.

Possessive, so that a megabyte of dots is read once.
"""

_STOP = re.compile("[.!?…‥؟۔।॥。！？｡]")
_OPENERS = "\"'“„”‚‘’«»‹›([{「『【（¿¡—–-―•⁃‣▪●·*_ \u00a0\u202f"
_CANNOT_FOLLOW = ",;:،؛)]}%&/+="
_QUOTES = "\"'”’“»›«‹_*」』"
_QUOTED = '"“„‘«'
_OPEN_DOTS = re.compile(r"[.] [.] [.]\s+\w")
_ENGLISH_I = re.compile(r"I(?=[\s'’])")
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_DOTTED = re.compile(r"(?:[^\W\d_]{1,2}\.-?)+[^\W\d_]{1,2}")
"""U.S, a.m, J.-P, т.д: the stops inside an abbreviation."""
_PARTICLE = re.compile(r"[a-z]{1,3}[-'’]?(?=[^\W\d_])")
_ROMAN = re.compile(r"[IVX]{1,6}")
_REPORTED_CJK = re.compile(r"[，、；：とっだで]|[^，、；：。！？“「『]{0,8}[说說道喊问問答称稱]")
"""“…！”他喊道: who spoke stands behind the quotation."""
_JOINT = re.compile(r"[-'’]")

_WINDOW = 60
"""Characters before a stop in which its token and the one before are looked for."""
_LONGEST_MARKER = 6
_SHORTEST_JOINED = 3
_HEAD_CHARS = 80
"""Characters behind a stop that are looked at."""


def _candidates(text: str) -> Iterator[re.Match[str]]:
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


class _FullStop(NamedTuple):
    """A full stop: the token and the word before it, the word behind it, and whether that word opens sentences."""

    token: str
    before: str
    word: str
    starts: bool
    initial: bool
    """Whether the word behind it is one letter with a full stop of its own."""
    first: bool
    """Whether nothing but a marker can stand before it in its sentence."""


class _Known:
    """What is known of one language, ready to be looked up; each list of abbreviations with the ways to write it."""

    def __init__(self, language: str) -> None:
        own, anywhere = language_data(language), language_data(ANY)
        short = own.abbreviations if own.abbreviations.never_final else language_data("en").abbreviations
        self.never_final = _spellings(short.never_final | anywhere.abbreviations.never_final)
        self.before_number = _spellings(short.before_number)
        self.before_opener = _spellings(short.before_opener)
        self.after_number = _spellings(short.after_number)
        self.closing = _spellings(anywhere.abbreviations.closing)
        self.abbreviations = self.never_final.union(
            self.before_number, self.before_opener, self.after_number, self.closing
        )
        self.compound_endings = short.compound_endings
        self.starters = stop_words(language) | own.sentences.openers
        self.before_ordinal = own.sentences.before_ordinal
        self.particles = anywhere.sentences.name_particles
        self.ordinal_stops = own.writing.ordinal_stops
        self.joined_and = own.writing.joined_and
        verbs = either(own.sentences.after_speech)
        self.reported = re.compile(rf"(?:(?:[A-Z][\w.’'-]*|of|the|de|al) ){{0,5}}(?:{verbs})\b")
        """“…!” Mr Smith said: in some languages the name may stand before the verb."""


_known = lru_cache(maxsize=64)(_Known)


def _spellings(entries: Iterable[str]) -> frozenset[str]:
    longer = [entry for entry in entries if len(entry) > 1]  # a single capital is an initial
    small = [entry for entry in longer if entry == entry.lower()]
    return frozenset({*entries, *(entry.upper() for entry in longer), *(e[0].upper() + e[1:] for e in small)})


class _Boundaries:
    """The decisions for one text in one language."""

    def __init__(self, text: str, language: str) -> None:
        self._text = text
        self._known = _known(language)

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
        if word is None or not word[0].istitle() or word[0].lower() not in self._known.starters:
            return False
        token = self._full_stop(found.start(), start, word[0]).token
        return len(token) > 2 and token[-1].islower() and not any(mark in token for mark in "./@:")

    @staticmethod
    def _can_open(stop: str, head: str, core: str) -> bool:
        """Whether a sentence can open with `head`, whose first word is in `core`, behind this stop."""
        if stop == "." and _OPEN_DOTS.match(core):
            return True
        if head[0] in _CANNOT_FOLLOW or core[0] in _CANNOT_FOLLOW or core[0] in ".…!?":
            return False
        if len(stop.replace(" ", "")) > 1 and stop[0] == "." and _ENGLISH_I.match(core):
            return False  # "I" is a capital wherever it stands
        if core[0].islower():
            return opens_with_name(core) or (head[0] in "¿¡" and stop[0] in "!?")
        has_case = core[0].isupper() or not core[0].isalpha()
        return has_case or not (stop[0] == "…" or stop.startswith(".."))  # Arabic writers pause with dots

    def _can_end(self, found: re.Match[str], start: int, core: str) -> bool:
        """Whether a sentence can end with this stop before `core`."""
        stop, close = found["stop"], found["close"]
        if not self._text[start : found.start()].strip(". "):
            return False  # dots that open a sentence
        if close[:1] in {")", "]"} and self._text[found.start() - 1 : found.start()] in {"(", "["}:
            return False
        if stop != ".":
            return not (close and self._known.reported.match(core))
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
            starts=word.lower() in self._known.starters or word.lower().partition("'")[0] in self._known.starters,
            initial=len(word) == 1 and not word.islower() and core[1:2] == ".",
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
            return at.starts and (at.word[:1].isupper() or self._joins(at.word))
        return at.starts or not self._known.ordinal_stops or not _ROMAN.fullmatch(at.token)

    def _joins(self, word: str) -> bool:
        """Whether a word of a script without capitals opens a sentence as the next "and" does."""
        return bool(self._known.joined_and) and word.startswith(self._known.joined_and) and len(word) > _SHORTEST_JOINED

    def _listed(self, at: _FullStop) -> bool | None:
        """Return what the lists of abbreviations say of a full stop; None where they do not know its token."""
        known = self._known
        spellings = self._spellings(at)
        if not spellings.isdisjoint(known.closing):
            return at.word[:1].isupper()
        counted = at.before[-1:].isdigit()
        if counted and not spellings.isdisjoint(known.after_number):
            return not at.word[:1].isdigit()  # 8 h. 30
        if not spellings.isdisjoint(known.before_opener):
            return at.starts
        if not spellings.isdisjoint(known.never_final):
            return False
        if not spellings.isdisjoint(known.before_number):
            return not (at.word[:1].isdigit() or _ROMAN.fullmatch(at.word))
        return False if not counted and not spellings.isdisjoint(known.after_number) else None

    def _spellings(self, at: _FullStop) -> set[str]:
        """Return how a token may be listed: with the part before (`z. B.`), or behind its last hyphen or apostrophe."""
        joined = {at.before + at.token, (at.before + at.token).lower()}
        if at.before.endswith(".") and not joined.isdisjoint(self._known.abbreviations):
            return joined
        endings = {ending for ending in self._known.compound_endings if at.token.endswith(ending)}
        bare = at.token.removeprefix(self._known.joined_and or " ")
        return {at.token, bare, _JOINT.split(at.token)[-1], *endings}

    def _number_ends(self, at: _FullStop) -> bool:
        """Whether a number ends the sentence, or its full stop makes it an ordinal."""
        if not self._known.ordinal_stops or len(at.token) > 2 or not at.token.isdigit():
            return True
        if at.before[:-1] in self._known.before_number and at.before.endswith("."):
            return True
        return at.starts and at.before.lower() not in self._known.before_ordinal

    def _letter_ends(self, at: _FullStop) -> bool:
        """Whether a single letter ends the sentence ("plan B. The", "you and I. Did") or is an initial."""
        if at.token.islower():
            return at.starts
        if at.initial:
            return False
        if not at.token.isupper():  # a script without capitals
            return at.starts and not at.before.endswith(".")
        is_name = at.word.lower() in self._known.particles and at.before[-1:] != "°"
        return at.starts and not is_name
