"""Whether a sentence can be read without its neighbours: by its opening, its ending and the quotations in it."""

from __future__ import annotations

import re
from itertools import pairwise

from briefing.models import Standing
from briefing.text.boundaries import opens_with_name
from briefing.text.openers import Openers, openers
from briefing.text.persons import lacks_its_person
from briefing.text.quotations import quotations
from briefing.text.showing import is_shown
from briefing.text.told_before import takes_up

_TOKEN = re.compile(r"[^\W_]+(?:['\-\u200c][^\W_]+)*|[,،:]")
_COMMA = re.compile("[,،]")
_PAUSES = frozenset(",،:")
_HEAD_CHARS = 120
_LONGEST_PHRASE = 5
_ORNAMENT = " \u00a0\u202f–—―•·*_-\"'“”„‟«»‹›‘’「」『』([{…."

_STOPS = re.compile(r"""[.!?…؟。！？۔।॥:][\s"'”’“»›«‹)\]}」』】）*_]*$""")
_CUT = re.compile(r"""(?:\[…\]|\[\.\.\.\]|\(\.\.\.\)|…|\.\.\.)$|[:,;،؛—–-]$""")
_ASKS = re.compile(r"[?؟？՞]\W*$")
_FEWEST_WORDS = 3
_FEWEST_SIGNS = 5
"""Characters without blanks that make a sentence in a script without blanks."""
_UNENDED_WORDS = 12
"""A line without a stop is a heading or a caption up to this length, beyond it an author who forgot the stop."""
WITHOUT_STOPS = frozenset({"th", "lo", "km", "my", "ar", "fa", "ur", "zh", "ja"})
"""Languages whose writers leave the last stop out, or have none."""
_UNSPACED = frozenset({"zh", "ja", "th", "lo", "km", "my"})

_WORDS_OF_OTHERS = 2
"""A sentence with no more words than this outside its quotations does not say who speaks."""
_ATTRIBUTION = 5
"""How many words behind a quotation may name its speaker by a pronoun."""

_PERSONS = frozenset({"he", "she"})

_EXPLETIVE = {
    "en": re.compile(
        r"it(?:'s| is| was| has been| had been| will be| would be| may be| might be| remains| remained| became| becomes"
        r"| seems| seemed| appears| appeared) (?!(?:\w+ )?(?:expected|said|believed|due|set|designed|built|used|likely"
        r"|able|ready|going|scheduled|made|meant|intended|based|located|forced|unable|thought) )"
        r"(?:\S+ ){1,8}?(?:that|whether|to|if|how|who|when|what|why|since)\b"
    ),
    "fr": re.compile(
        r"il est \d"
        r"|il (?:n')?(?:est|était|sera|serait|paraît|devient|a été) (?:pas |très |aussi |plus )?\w+ (?:\S+ ){0,3}?"
        r"(?:que|qu'|de|d'|à)"
        r"|(?:c'est|c'était|ce n'est pas|ce sera|ce fut|ce sont) (?:\S+ ){1,10}?(?:que|qui|qu')"
    ),
}
"""Openings whose pronoun stands for a clause that follows: "It is unclear whether", "Il est possible que"."""


_SAME_SPEAKER = {
    "en": re.compile(
        r"\bthe same (?:officials?|sources?|spokes\w+|officers?|commanders?|witness(?:es)?|diplomats?|minister)\b"
    ),
    "fr": re.compile(
        r"\b(?:l[ea]s?|du|des|aux?) mêmes? (?:responsables?|sources?|porte-parole|officiers?|commandants?|témoins?"
        r"|diplomates?|ministre|rapport)\b"
    ),
    "es": re.compile(
        r"\b(?:el|la|l[oa]s|del|al) mism[oa]s? (?:funcionari\w+|fuentes?|portavoz|oficial|comandante|testigos?"
        r"|diplomátic\w+|ministr\w+|informe)\b"
    ),
}
"""Who speaks was named before: "d'après le même responsable"."""


def standing(text: str, language: str) -> Standing:
    """Return how a sentence stands by itself; whether its quotations reach beyond it is told by its paragraph."""
    if is_shown(text, language):
        return Standing.SHOWING
    if _is_fragment(text, language):
        return Standing.FRAGMENT
    if _ASKS.search(text):
        return Standing.QUESTION
    same = _SAME_SPEAKER.get(language)
    if same and same.search(text.lower()):
        return Standing.NEEDS_PREVIOUS
    quoted = quotations(text).whole
    known = openers(language)
    if quoted and quoted[0][0] <= 1:
        return _standing_of_quotation(text, quoted, known)
    if text[:1] in {"(", "["} and text.rstrip()[-1:] in {")", "]", "."} and text.count("(") <= 1:
        return Standing.NEEDS_PREVIOUS
    if known and (
        _points_back(text, language, known) or _reports_back(text, known) or lacks_its_person(text, language)
    ):
        return Standing.NEEDS_PREVIOUS
    return Standing.ALONE


def ends_in_stop(text: str, language: str = "") -> bool:
    """Tell whether a text ends as sentences of its language do: with a stop, and what closes behind it."""
    return language in WITHOUT_STOPS or bool(_STOPS.search(text))


def _is_fragment(text: str, language: str) -> bool:
    """Whether this is no whole sentence: cut off, without a beginning, or too short to say something."""
    if _CUT.search(text):
        return True
    body = text.lstrip(_ORNAMENT)
    if not any(map(str.isalnum, body)) or (body[0].islower() and not opens_with_name(body)):
        return True
    if language in _UNSPACED:
        return len(text) < _FEWEST_SIGNS
    count = len(text.split())
    if count < _FEWEST_WORDS:
        return True
    return count < _UNENDED_WORDS and language not in WITHOUT_STOPS and not _STOPS.search(text)


def _standing_of_quotation(text: str, quoted: tuple[tuple[int, int], ...], known: Openers | None) -> Standing:
    """Judge a sentence that opens with a quotation by what says who speaks."""
    outside = _outside(text, quoted)
    tokens = [token for token in _tokens(outside) if token not in _PAUSES]
    if len(tokens) <= _WORDS_OF_OTHERS:
        return Standing.QUOTATION
    near = _pieces(" ".join(tokens[:_ATTRIBUTION]))
    return Standing.NEEDS_PREVIOUS if known and near & known.speakers else Standing.ALONE


def _outside(text: str, quoted: tuple[tuple[int, int], ...]) -> str:
    pieces, place = [], 0
    for start, end in quoted:
        pieces.append(text[place:start])
        place = end
    return " ".join((*pieces, text[place:]))


def _tokens(text: str) -> list[str]:
    return _TOKEN.findall(text.replace("’", "'").lower())


def _pieces(text: str) -> frozenset[str]:
    """Return the words of a text, those with hyphens taken apart: `a-t-il` holds its pronoun."""
    return frozenset(piece for token in _tokens(text) for piece in token.split("-") if piece not in _PAUSES)


def _points_back(text: str, language: str, known: Openers) -> bool:
    """Whether the sentence opens with a pronoun or connective that needs the one before."""
    head = text[:_HEAD_CHARS].lstrip(_ORNAMENT).replace("’", "'")
    if language == "zh":
        return head.startswith(tuple(known.phrases)) and not head.startswith(tuple(known.clears))
    tokens = _tokens(head if language != "tr" else head.replace("İ", "i").replace("I", "ı"))
    expletive = _EXPLETIVE.get(language)
    if (
        not tokens
        or (expletive and expletive.match(" ".join(head.lower().split())))
        or _starts_with(tokens, known.clears)
    ):
        return False
    if language == "ar" and tokens[0][0] == "و" and _leans([tokens[0][1:], *tokens[1:]], language, known):
        return True
    return _leans(tokens, language, known)


def _reports_back(text: str, known: Openers) -> bool:
    """Whether a pronoun stands for the speaker: ", he added." among commas, or "Speaking in Ohio, he said"."""
    segments = [_pieces(segment) for segment in _COMMA.split(text)[1:]]
    if any(len(said) <= _ATTRIBUTION and said & known.sayings and said & known.speakers for said in segments):
        return True
    if segments and len(segments[-1]) == 1 and segments[-1] & known.sayings:
        return True
    introduction, comma, rest = text[:_HEAD_CHARS].partition(", ")
    first = introduction.partition(" ")[0].lower()
    leads = known.leads and comma and (first in known.leads or first.endswith("ing"))
    return bool(leads) and rest.partition(" ")[0] in _PERSONS


def _leans(tokens: list[str], language: str, known: Openers) -> bool:
    """Whether these first words of a sentence are listed as leaning on the one before."""
    said = [token for token in tokens[: _LONGEST_PHRASE + 1] if token not in _PAUSES]
    pairs = tuple(pairwise((*said, "")))
    return (
        tokens[0] in known.words
        or _starts_with(said, known.phrases)
        or any(mark in _PAUSES and " ".join(tokens[:place]) in known.before_comma for place, mark in enumerate(tokens))
        or (pairs[0][0] in known.bare and pairs[0][1] in known.verbs)
        or any(verb in known.verbs and " ".join(said[:place]) in known.ranked for place, verb in enumerate(said))
        or (pairs[0][0] in known.pointing and pairs[0][1] in known.shells)
        or takes_up(said, language, known)
        or any(verb in known.sayings and that in known.that for verb, that in pairs[:2])
        or any(word in known.delays and mark in _PAUSES for word, mark in pairwise(tokens[:_LONGEST_PHRASE]))
    )


def _starts_with(tokens: list[str], phrases: frozenset[str]) -> bool:
    return any(" ".join(tokens[:length]) in phrases for length in range(1, _LONGEST_PHRASE + 1))
