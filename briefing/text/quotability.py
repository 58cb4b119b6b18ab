"""Whether a sentence can be quoted alone: by its opening, its ending, its quotations, and what it shows or dates.

This is the one place of that judgement. It asks the words of the sentence's language (`languages/*.toml`, table
`quotability`); in a language without them only form tells.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

from briefing.languages import ANY, either, language_data
from briefing.models import Quotability
from briefing.text.dates import date_end, is_month
from briefing.text.quotations import quotations
from briefing.text.sentences import opens_with_name
from briefing.text.words import DOTLESS, stop_words

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from briefing.languages import QuotabilityWords
    from briefing.models import Article, Sentence

_TOKEN = re.compile(r"[^\W_]+(?:['\-\u200c][^\W_]+)*|[,،:]")
_COMMA = re.compile("[,،]")
_PAUSES = frozenset(",،:")
_HEAD_CHARS = 120
_LONGEST_PHRASE = 5
_ORNAMENT = " \u00a0\u202f–—―•·*_-\"'“”„‟«»‹›‘’「」『』([{…."

_STOPS = re.compile(r"""[.!?…؟。！？۔।॥:][\s"'”’“»›«‹)\]}」』】）*_]*$""")
_CUT = re.compile(r"""(?:\[…\]|\[\.\.\.\]|\(\.\.\.\)|…|\.\.\.)$|[:,;،؛—–-]$""")
_IN_BRACKETS = re.compile(r"[(\[][^()\[\]]*(?:[)\]]\W*)?$")
"""A remark on the sentence before it: behind its bracket nothing but marks follows."""
_ASKS = re.compile(r"[?؟？՞]\W*$")
_FEWEST_WORDS = 3
_FEWEST_SIGNS = 5
"""Characters without blanks that make a sentence in a script without blanks."""
_UNENDED_WORDS = 12
"""A line without a stop is a heading or a caption up to this length, beyond it an author who forgot the stop."""

_WORDS_OF_OTHERS = 2
"""A sentence with no more words than this outside its quotations does not say who speaks."""
_ATTRIBUTION = 5
"""How many words behind a quotation may name its speaker by a pronoun."""


_SINGLE = re.compile(r"'(?:[^']|(?<=\w)'(?=\w))+[.,!?…]'(?!\w)")
"""A quotation in straight single marks, which only at the head of a sentence are no apostrophes."""


_POST = re.compile(
    r"\bpic\.twitter\.com\b|\bt\.co/\w|\btwitter\.com/\w+/status\b|^@\w+\s?:|(?<!\S)#\w+\b.*?(?<![^\s.-])#\w+"
)
"""What stands in a post of a social network, copied with its signs. It is looked for where one of these is: the search
costs as much as all else that is asked of a sentence."""

_WORDS = r"\b(?:{})\b"
_OPENING = re.compile(r"(?:\S+\s+){0,6}\S*")
"""Where "of them" points to people of the sentence before; further on it may mean people of its own sentence."""
_WORD = re.compile(r"[^\W\d_]+")
_SHORT = 4
"""Words up to this length end in `er` or `or` by chance: "over", "her", "for"."""

_YEAR = re.compile(r"(?:(?P<month>[^\W\d_]{3,10}\.?)\s)?(?:19|20)\d\d(?!\d)")
_BEHIND = re.compile(r"\s?[:–—|]\s*(?=\S)|\s-\s|\s+(?=[^\W_]|[\"“«¿(])")
_LABEL_CHARS = 90
_DIGITS = re.compile(r"(?:19|20)\d\d")
_FEWEST_ENTRIES = 2
"""Entries that make a chronology where the article's date is known."""
_FEWEST_UNDATED = 3
"""And where it is not, of two different years at least."""


def quotability(text: str, language: str) -> Quotability:
    """Return how a sentence stands by itself; whether its quotations reach beyond it is told by its paragraph."""
    known = language_data(language).quotability
    if _is_shown(text, language):
        return Quotability.SHOWING
    if _is_fragment(text, language):
        return Quotability.FRAGMENT
    if _ASKS.search(text):
        return Quotability.QUESTION
    if _pattern(language, "same_speakers", _WORDS).search(text.lower()):
        return Quotability.NEEDS_PREVIOUS
    quoted = quotations(text).whole or _in_single_marks(text)
    if quoted and not any(map(str.isalnum, text[: quoted[0][0]])):
        return _of_quotation(text, quoted, known)
    anaphoric = (
        _IN_BRACKETS.match(text)
        or _opens_anaphorically(text, language, known)
        or _names_speaker_by_pronoun(text, known)
    )
    if anaphoric or _has_dangling_pronoun(text, language, known):
        return Quotability.NEEDS_PREVIOUS
    return Quotability.ALONE


def ends_in_stop(text: str) -> bool:
    """Tell whether a text ends as sentences do: with a stop, and what closes behind it."""
    return bool(_STOPS.search(text))


def needs_stop(language: str) -> bool:
    """Tell whether a line without a stop is no sentence in a language: its writers do not leave the last one out."""
    return not language_data(language).writing.final_stop_optional


@cache
def _pattern(language: str, name: str, frame: str = "{}", flags: int = 0) -> re.Pattern[str]:
    """Return what finds one of a list of the table `quotability`, set in a frame."""
    return re.compile(frame.format(either(getattr(language_data(language).quotability, name))), flags)


def _is_shown(text: str, language: str) -> bool:
    """Tell whether a sentence is a caption or a post, or points at a picture that is not printed with it."""
    if ("#" in text or "@" in text or "t.co" in text or "twitter" in text) and _POST.search(text):
        return True
    if any(sign in text for sign in language_data(ANY).boilerplate.inline_signs) or _inline_heads().match(text):
        return True
    head = text[:_HEAD_CHARS].replace("’", "'").lstrip("([")
    return _pattern(language, "captions", flags=re.IGNORECASE).match(head) is not None


@cache
def _inline_heads() -> re.Pattern[str]:
    return re.compile(either(language_data(ANY).boilerplate.inline_heads))


def _is_fragment(text: str, language: str) -> bool:
    """Whether this is no whole sentence: cut off, without a beginning, or too short to say something."""
    if _CUT.search(text):
        return True
    body = text.lstrip(_ORNAMENT)
    if not any(map(str.isalnum, body)) or (body[0].islower() and not opens_with_name(body)):
        return True
    if language_data(language).writing.unspaced:
        return len(text) < _FEWEST_SIGNS
    count = len(text.split())
    return count < _FEWEST_WORDS or (count < _UNENDED_WORDS and needs_stop(language) and not _STOPS.search(text))


def _of_quotation(text: str, quoted: Sequence[tuple[int, int]], known: QuotabilityWords) -> Quotability:
    """Judge a sentence that opens with a quotation by what says who speaks."""
    pieces, place = [], 0
    for start, end in quoted:
        pieces.append(text[place:start])
        place = end
    tokens = [token for token in _tokens(" ".join((*pieces, text[place:]))) if token not in _PAUSES]
    if len(tokens) <= _WORDS_OF_OTHERS:
        return Quotability.QUOTATION
    near = _pieces(" ".join(tokens[:_ATTRIBUTION]))
    return Quotability.NEEDS_PREVIOUS if near & known.speaker_pronouns else Quotability.ALONE


def _in_single_marks(text: str) -> tuple[tuple[int, int], ...]:
    found = _SINGLE.match(text)
    return (found.span(),) if found else ()


def _tokens(text: str) -> list[str]:
    return _TOKEN.findall(text.replace("’", "'").lower())


def _pieces(text: str) -> frozenset[str]:
    """Return the words of a text, those with hyphens taken apart: `a-t-il` holds its pronoun."""
    return frozenset(piece for token in _tokens(text) for piece in token.split("-") if piece not in _PAUSES)


def _opens_anaphorically(text: str, language: str, known: QuotabilityWords) -> bool:
    """Whether the sentence opens with a pronoun or connective that needs the one before."""
    writing = language_data(language).writing
    head = text[:_HEAD_CHARS].lstrip(_ORNAMENT).replace("’", "'")
    if writing.unspaced:
        return head.startswith(tuple(known.opening_phrases)) and not head.startswith(tuple(known.exceptions))
    tokens = _tokens(head.translate(DOTLESS) if writing.dotless_i else head)
    if not tokens or _starts_with(tokens, known.exceptions):
        return False
    if _pattern(language, "expletives").match(" ".join(head.lower().split())):
        return False
    joined = writing.joined_and
    if joined and tokens[0][0] == joined and _is_anaphoric([tokens[0][1:], *tokens[1:]], known):
        return True
    return _is_anaphoric(tokens, known)


def _is_anaphoric(tokens: list[str], known: QuotabilityWords) -> bool:
    """Whether these first words of a sentence are listed as leaning on the one before."""
    said = [token for token in tokens[: _LONGEST_PHRASE + 1] if token not in _PAUSES]
    pairs = tuple(pairwise((*said, "")))
    first, second = pairs[0]
    return (
        tokens[0] in known.openers
        or _starts_with(said, known.opening_phrases)
        or any(mark in _PAUSES and " ".join(tokens[:place]) in known.before_comma for place, mark in enumerate(tokens))
        or (first in known.bare_determiners and second in known.verbs)
        or any(verb in known.verbs and " ".join(said[:place]) in known.ordinals for place, verb in enumerate(said))
        or (first in known.demonstratives and second in known.shell_nouns)
        or _has_bare_definite(said, known)
        or any(verb in known.speech_verbs and that in known.complementisers for verb, that in pairs[:2])
        or any(word in known.delays and mark in _PAUSES for word, mark in pairwise(tokens[:_LONGEST_PHRASE]))
    )


def _starts_with(tokens: list[str], phrases: frozenset[str]) -> bool:
    return any(" ".join(tokens[:length]) in phrases for length in range(1, _LONGEST_PHRASE + 1))


def _has_bare_definite(said: list[str], known: QuotabilityWords) -> bool:
    """Whether these first words take up by its bare name what was named before: "The aim of these actions"."""
    triples = zip(said, said[1:], said[2:], strict=False)
    if any(a in known.links and b in known.demonstratives and c in known.shell_nouns for a, b, c in triples):
        return True
    with_article = said[0] in known.articles
    noun, verb = (*said[with_article:], "", "")[:2]
    if noun not in known.known_nouns or not (with_article or "'" in noun):
        return False
    return verb in known.verbs or verb in known.speech_verbs or verb in known.event_verbs


def _names_speaker_by_pronoun(text: str, known: QuotabilityWords) -> bool:
    """Whether a pronoun stands for the speaker: ", he added." among commas, or "Speaking in Ohio, he said"."""
    segments = [_pieces(segment) for segment in _COMMA.split(text)[1:]]
    verbs, speakers = known.speech_verbs, known.speaker_pronouns
    if any(len(said) <= _ATTRIBUTION and said & verbs and said & speakers for said in segments):
        return True
    if segments and len(segments[-1]) == 1 and segments[-1] & verbs:
        return True
    introduction, comma, rest = text[:_HEAD_CHARS].partition(", ")
    first = introduction.partition(" ")[0].lower()
    introduces = comma and (first in known.introductions or first.endswith(known.participle_endings))
    return bool(introduces) and rest.partition(" ")[0] in known.introduced_pronouns


def _has_dangling_pronoun(text: str, language: str, known: QuotabilityWords) -> bool:
    """Whether a pronoun stands for people whom the sentence does not name: "stripped her of her citizenship".

    A name may be any capitalised word, a person any noun with a person's ending: where in doubt, nobody is missing.
    """
    opening = _OPENING.match(text)
    if opening and _pattern(language, "among_them", _WORDS, re.IGNORECASE).search(opening[0]):
        return True
    if not _pattern(language, "object_pronouns", _WORDS).search(text):
        return False
    return not any(
        _is_name(word, language, first=place == 0) or _is_person(word.lower(), known)
        for place, word in enumerate(_WORD.findall(text))
    )


def _is_name(word: str, language: str, *, first: bool) -> bool:
    """Whether a capital may make a name of it; at the head of a sentence only what is no common word."""
    return word[0].isupper() and not word.isupper() and not (first and word.lower() in stop_words(language))


def _is_person(word: str, known: QuotabilityWords) -> bool:
    return word in known.person_nouns or (len(word) > _SHORT and word.endswith(known.person_suffixes))


_READ = frozenset({Quotability.ALONE, Quotability.NEEDS_PREVIOUS})
"""Sentences that may be printed, alone or with the one before."""


def speaks_of_itself(sentence: Sentence) -> bool:
    """Tell whether somebody speaks of themselves outside quotation marks, and no word of the sentence says who."""
    pattern = _pattern(sentence.language, "first_person", r"(?:{})(?:\s+\w+)?")
    if sentence.quotability not in _READ or not pattern.search(sentence.text):
        return False
    own, place = [], 0
    for start, end in (*quotations(sentence.text).whole, *_in_single_marks(sentence.text)):
        own.append(sentence.text[place:start])
        place = max(place, end)
    said = " ".join((*own, sentence.text[place:]))
    # The verb behind a first person is the speaker's own: "I said" names nobody.
    return pattern.search(said) is not None and not _is_said(pattern.sub(" … ", said), sentence.language)


def _is_said(text: str, language: str) -> bool:
    """Whether a verb of saying stands in a text."""
    known = language_data(language)
    verbs, joined = known.quotability.speech_verbs, known.writing.joined_and
    pieces = _pieces(text)
    return not verbs.isdisjoint(pieces) or any(joined and piece[0] == joined and piece[1:] in verbs for piece in pieces)


def with_speakers_missed(sentences: Sequence[Sentence], voices: Collection[int]) -> tuple[Sentence, ...]:
    """Return the sentences, those of an unnamed speaker marked: quotations, and the ones whose places are `voices`.

    Such a sentence needs the one before it where that can be read alone and names somebody; else nobody knows whose
    words it holds.
    """
    marked: list[Sentence] = []
    for place, sentence in enumerate(sentences):
        how = sentence.quotability
        if place in voices or how is Quotability.QUOTATION:
            before = marked[-1] if marked else None
            led = before is not None and before.quotability is Quotability.ALONE and _names_somebody(before)
            how = Quotability.NEEDS_PREVIOUS if led else Quotability.QUOTATION
        marked.append(sentence if how is sentence.quotability else replace(sentence, quotability=how))
    return tuple(marked)


def _names_somebody(sentence: Sentence) -> bool:
    named = enumerate(_WORD.findall(sentence.text))
    return _is_said(sentence.text, sentence.language) or any(
        _is_name(word, sentence.language, first=place == 0) for place, word in named
    )


def with_chronicles_marked(sentences: Sequence[Sentence], article: Article) -> tuple[Sentence, ...]:
    """Return the sentences, those of a chronology marked as such; never the first, whose date is the article's."""
    years = [
        year_label(sentence.text, sentence.language) if place else None for place, sentence in enumerate(sentences)
    ]
    known = {year for year in years if year is not None}
    if article.published is not None:
        past = {year for year in known if year < article.published.year}
        enough = _FEWEST_ENTRIES
    else:
        past, enough = (known if len(known) > 1 else set()), _FEWEST_UNDATED
    if sum(year in past for year in years) < enough:
        return tuple(sentences)
    return tuple(
        replace(sentence, quotability=Quotability.CHRONICLE) if year in past else sentence
        for sentence, year in zip(sentences, years, strict=True)
    )


def with_notes_marked(sentences: Sequence[Sentence]) -> tuple[Sentence, ...]:
    """Return the sentences, notes to the text marked as such; behind its middle, all that follows them too."""
    first = len(sentences)
    marked = list(sentences)
    for place, sentence in enumerate(sentences):
        if _pattern(ANY, "notes").match(sentence.text):
            first = min(first, place) if 2 * place >= len(sentences) else first
            marked[place] = replace(sentence, quotability=Quotability.NOTE)
    marked[first:] = [replace(sentence, quotability=Quotability.NOTE) for sentence in marked[first:]]
    return tuple(marked)


def year_label(text: str, language: str) -> int | None:
    """Return the year of the date that a sentence has as its label, or None.

    Behind no more than a blank, what goes on in small letters belongs to the date's own sentence: "2018 was".
    """
    head = text[:_LABEL_CHARS]
    if not head[:1].isdigit() and not is_month(head.partition(" ")[0], language):
        return None  # most sentences, at little cost
    end = date_end(head, 0, language) or _year_end(head, language)
    gap = _BEHIND.match(head, end) if end else None
    if gap is None or (not gap[0].strip() and head[gap.end()].islower()):
        return None
    year = _DIGITS.search(head, 0, end)
    return int(year[0]) if year else None


def _year_end(head: str, language: str) -> int:
    """Return where a year ends that stands at the beginning, by itself or behind a month; 0 where none does."""
    found = _YEAR.match(head)
    return found.end() if found and (not found["month"] or is_month(found["month"], language)) else 0
