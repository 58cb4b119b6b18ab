"""What a page set before a sentence's own words and its source ran into them: captions, headlines, agencies' tags.

Lines that lost their breaks show a seam: behind a word without any mark, a capital pronoun goes on in small letters. So
does an article where titles of works have capitals throughout. Only languages tell whose nouns have none.
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from briefing.languages import ANY, either, language_data
from briefing.text.agencies import agency_names
from briefing.text.quotations import quotations
from briefing.text.words import stop_words

_FEWEST_BEFORE = 5
_FEWEST_BEHIND = 8
"""Words on each side of a seam: fewer are a name or a title within a sentence."""
_ATTRIBUTION = 3
"""Words before a seam of which none may be a verb of saying: what follows is a quotation that lost its marks."""
_TITLE_WORDS = 4
"""Words of a headline from which it is known where it stands once more."""
_WINDOW = 40
"""Characters before a seam in which these words are looked for."""
_HEAD_CHARS = 120
"""Characters before such a headline: a date, a byline, a section."""
_WORD = re.compile(r"[^\W_]+")
_LED = re.compile(r"\b(?:19|20)\d\d\b|\b(?:title|headline)\s?:\s?$", re.IGNORECASE)
"""What may stand before a headline: a date with its year, a label."""


def own_words(text: str, language: str) -> int:
    """Return where a sentence's own words begin, behind tags and seams; 0 where nothing stands before them."""
    return max(tag_end(text, language), seam_end(text, language))


def tag_end(text: str, language: str) -> int:
    """Return where the text goes on behind the agency, or the picture's credit, that it opens with; 0 without one.

    A dateline that is set with a dash stays: it says where.
    """
    for pattern in _patterns(language).tags:
        found = pattern.match(text)
        if found and (found["capitals"] or "A").isupper() and not (found["next"] or text[found.end()]).islower():
            return found.end()
    opened = _patterns(language).agency.match(text)
    return opened.end() if opened and opened["next"].islower() else 0


def opens_with_credit(text: str, language: str) -> bool:
    """Tell whether a text opens with a picture's credit in brackets: what stands before it is the caption."""
    return _patterns(language).credit.match(f"x {text}", 1) is not None


def seam_end(text: str, language: str) -> int:
    """Return where the text goes on behind its last seam; 0 where it has none."""
    patterns = _patterns(language)
    ends = [found.end() for found in patterns.credit.finditer(text) if text[found.end()].isupper()]
    ends += (found.end() for found in patterns.seam.finditer(text) if _parts(found, text, language))
    quoted = quotations(text).whole if ends else ()
    for end in sorted(ends, reverse=True):
        enough = len(text[:end].split()) >= _FEWEST_BEFORE and len(text[end:].split()) >= _FEWEST_BEHIND
        if enough and not any(start < end < close for start, close in quoted):
            return end
    return 0


def _parts(found: re.Match[str], text: str, language: str) -> bool:
    """Whether the words around a seam belong to two sentences: no "visited The Hague", "in The", "he added The"."""
    own = language_data(language)
    before = _WORD.findall(text, max(0, found.start() - _WINDOW), found.end())[-_ATTRIBUTION:]
    said = [word.lower() for word in before]
    if own.writing.nouns_capitalised or not found["next"].islower():
        return False
    if found["close"].startswith((")", "]")):
        return True
    if len(found["opener"]) == 1 and before[-1].isalpha():
        return False  # vitamin A
    is_name = before[-1][0].isupper() and found["opener"].lower() in _parts_of_names(language)
    return not is_name and said[-1] not in stop_words(language) and own.quotability.speech_verbs.isdisjoint(said)


def _parts_of_names(language: str) -> frozenset[str]:
    """Return the openers that are also parts of names: "Kim Jong Un", "League One"."""
    own = language_data(language)
    return (own.sentences.insertion_openers | own.quotability.bare_determiners) - own.quotability.demonstratives


def echo_end(text: str, title: str | None, stamp: int) -> int:
    """Return where the text goes on behind the headline, which it says once more; 0 where it does not.

    Between the stamp, which may be empty, and a headline that comes later, a label or another date must stand. It is
    the length of the text where nothing follows.
    """
    said = _WORD.findall(title or "")
    head = text[: stamp + _HEAD_CHARS + 2 * len(title or "")]
    lowered = head.lower()
    if not said or any(word.lower() not in lowered for word in said):
        return 0  # most texts, at little cost
    once_more = re.compile(r"(?<!\w)" + r"[\W_]+".join(said) + r"(?!\w)", re.IGNORECASE)
    found = once_more.search(head, stamp)
    if found is None:
        return 0
    before = text[: found.start()]
    if _WORD.search(before, stamp) and (len(said) < _TITLE_WORDS or not _LED.search(before)):
        return 0
    behind = text[found.end() :]
    if not _WORD.search(behind):
        return len(text)
    own = behind.lstrip()
    enough = len(said) >= _TITLE_WORDS and len(own.split()) >= _FEWEST_BEHIND
    return len(text) - len(own) if enough and own != behind and _opens(own, said) else 0


def _opens(own: str, title: list[str]) -> bool:
    """Whether a text behind a headline opens a sentence that tells it: a headline may be the first words of one."""
    told = {word.lower() for word in title if len(word) > _TITLE_WORDS}
    return own[:1].isalnum() and not own[:1].islower() and len(told & set(_WORD.findall(own.lower()))) > 1


class _Patterns(NamedTuple):
    tags: tuple[re.Pattern[str], ...]
    """Tags in brackets at the head of a sentence."""
    agency: re.Pattern[str]
    """An agency's bare name at its head."""
    credit: re.Pattern[str]
    """A picture's credit within it."""
    seam: re.Pattern[str]


@cache
def _patterns(language: str) -> _Patterns:
    """Return what finds tags, credits and seams in a language."""
    own, english = language_data(language), language_data("en")
    words = own.quotability
    listed = words.speaker_pronouns | words.openers
    if own.writing.titles_capitalised:
        listed |= words.articles | words.demonstratives | _parts_of_names(language)
    openers = sorted(word.title() for word in listed if word.isalpha())
    starter = rf"(?=(?P<opener>{either(openers)})\s+(?P<next>[^\W\d_]))"
    names = "|".join((*map(re.escape, agency_names()), *language_data(ANY).boilerplate.photo_agencies))
    photo = f"(?i:{either((*english.boilerplate.photo_words, *own.boilerplate.photo_words))})"
    within = r"[(\[](?:[^()\[\]]{{0,40}}\W)?(?:{})(?:\W[^()\[\]]{{0,40}})?[)\]]".format
    behind = r"(?=(?P<next>[^\W_])|[\"“«‘'¿])"
    return _Patterns(
        tags=(
            re.compile(rf"(?P<capitals>)(?:{within(names)}|{within(photo)})\.?\s*(?:[-–—]+\s*)?{behind}"),
            re.compile(rf"\((?P<capitals>[^\W\d_]{{3,6}})\)\s*(?:[-–—]+\s*)?{behind}"),
            re.compile(rf"(?P<capitals>[^\W\d_](?:[^\W\d_]|[ .,'’-]){{1,40}}?)\s{within(names)}\s+{behind}"),
        ),
        agency=re.compile(rf"(?:{names})\s+{starter}"),
        credit=re.compile(rf"(?<=\w)\s+{within(photo)}\s+(?=\w)"),
        seam=re.compile(rf"[^\W_](?P<close>[’”'\")\]]{{0,2}})\s+{starter}"),
    )
