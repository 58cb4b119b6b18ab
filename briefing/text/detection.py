"""The language of a text: by hallmark words or script where these are clear, else by py3langid's model."""

from __future__ import annotations

import math
import re
import threading
from collections import Counter
from functools import cache
from hashlib import sha256
from typing import TYPE_CHECKING, Protocol, cast

from briefing.languages import language_data, languages
from briefing.models import UNDETERMINED
from briefing.parallel import kept

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

_PIECE = 320
"""Characters of one piece; a text is judged by up to five pieces, spread over it."""
_PIECES = 5
_AGREEMENT = 2 / 3
"""The share of the pieces that must speak for one language; less is a mixed text."""

_FEWEST_LETTERS = 10
_FEWEST_WORDS = 2
_MARGINS = ((20, 3.0), (150, 0.5))
_SAFE_MARGIN = 0.1
"""Up to so many letters the first language must beat the second by so much log-likelihood per root of a byte: 3 in a
few words, which names alone seldom reach; 0.5 in a sentence, of which 99.3 % are right at 30 characters and all at 60,
on running text in nine languages; beyond, the first is right even beside a close sibling."""
_CLOSE = 0.5
"""Languages no further apart than this are near relatives, between which the candidates decide."""

_FEWEST_HALLMARKS = 5
_HALLMARK_SHARE = 0.15
_RIVAL_SHARE = 0.2
_MIXED_SHARE = 0.1
_MIXED_KINDS = 4
"""Two languages with so many words each that the other does not have make a mixed text."""

_SCRIPTS = {
    "el": "\u0370-\u03ff\u1f00-\u1fff", "he": "\u0590-\u05ff", "ka": "\u10a0-\u10ff", "hy": "\u0530-\u058f",
    "th": "\u0e01-\u0e5b", "lo": "\u0e81-\u0edf", "km": "\u1780-\u17ff", "my": "\u1000-\u109f", "ta": "\u0b80-\u0bff",
    "te": "\u0c00-\u0c7f", "kn": "\u0c80-\u0cff", "ml": "\u0d00-\u0d7f", "gu": "\u0a80-\u0aff", "pa": "\u0a00-\u0a7f",
    "si": "\u0d80-\u0dff", "or": "\u0b00-\u0b7f", "ko": "\u1100-\u11ff\uac00-\ud7af", "ja": "\u3041-\u30ff",
    "zh": "\u3400-\u9fff\U00020000-\U0003ffff",
}  # fmt: skip
"""Scripts that one language writes today; Han counts as Japanese where kana stands beside it."""
_SCRIPT_SHARE = 0.8
_KANA_SHARE = 0.1
_FEWEST_SIGNS = 4

_RELATIVES = {"ary": "ar", "arz": "ar", "yue": "zh", "wuu": "zh", "nn": "no", "pcm": "en"}
"""Labels of the model that the program writes, reads and stems as one language."""
_NO_LANGUAGE = "zxx"


class _Ranker(Protocol):
    def rank(self, instance: str) -> list[tuple[str, float]]: ...


def detect(text: str, *, candidates: Sequence[str] | None = None) -> str:
    """Return the ISO 639-1 code of a text's language, or `und` where it is too short or mixed to tell.

    `candidates` decide between close languages; clear evidence for another language stands.
    """
    pieces = _pieces(text)
    marked = [_by_hallmarks(piece) for piece in pieces]
    agreed = _majority(marked, len(pieces))
    if agreed:
        return agreed
    votes = [
        mark or _by_script(piece) or _by_model(piece, candidates) for mark, piece in zip(marked, pieces, strict=True)
    ]
    named = [vote for vote in votes if vote != UNDETERMINED]
    return _majority(named, len(named)) or UNDETERMINED


def likeliest(text: str, candidates: Sequence[str]) -> str | None:
    """Return the candidate whose script or common words a headline shows most of, or None where none stands out.

    For texts too short for `detect`: it guesses among few, by words alone, and never loads the model.
    """
    script = _by_script(text)
    if script in candidates:
        return script
    table = _hallmarks()
    counts = Counter(
        mark for word in _LETTERS.findall(text.lower()) for mark in table.get(word, ()) if mark in candidates
    )
    (first, most), (_, second) = (*counts.most_common(2), ("", 0), ("", 0))[:2]
    return first if most > second else None


def _majority(votes: Sequence[str | None], of: int) -> str | None:
    """Return the language that holds enough of the votes."""
    first, count = Counter(votes).most_common(1)[0] if votes else (None, 0)
    return first if count >= _AGREEMENT * of else None


def _pieces(text: str) -> list[str]:
    """Up to five pieces of the text, cut at blanks, spread evenly."""
    size = len(text)
    count = min(_PIECES, max(1, size // (_PIECE // 2)))
    length = min(_PIECE, -(-size // count))
    if count == 1:
        return [text[:_PIECE]]
    return [_whole_words(text, (size - length) * place // (count - 1), length) for place in range(count)]


def _whole_words(text: str, start: int, length: int) -> str:
    piece = text[start : start + length]
    first, last = piece.find(" ") if start else 0, piece.rfind(" ")
    return piece[first:last] if 0 <= first < length // 4 and last > length // 2 else piece


@cache
def _hallmarks() -> dict[str, tuple[str, ...]]:
    """Every hallmark word with the languages that it marks."""
    found: dict[str, tuple[str, ...]] = {}
    for language in languages():
        for word in language_data(language).detection.hallmarks:
            found[word] = (*found.get(word, ()), language)
    return found


_LETTERS = re.compile(r"[^\W\d_]+")


def _by_hallmarks(piece: str) -> str | None:
    """Return the language whose commonest words fill the piece; `und` where two do, None where none does."""
    table = _hallmarks()
    tokens = _LETTERS.findall(piece.lower())
    hits = [(token, table[token]) for token in tokens if token in table]
    first, count = _commonest(hits)
    strangers = [(token, marked) for token, marked in hits if first not in marked]
    rival, rivals = _commonest(strangers)
    own = [token for token, marked in hits if first in marked and rival not in marked]
    others = [token for token, marked in strangers if rival in marked]
    if min(len(own), len(others)) >= _MIXED_SHARE * len(tokens) and min(len({*own}), len({*others})) >= _MIXED_KINDS:
        return UNDETERMINED
    kinds = {token for token, marked in hits if first in marked}
    clear = len(kinds) >= _FEWEST_HALLMARKS and count >= _HALLMARK_SHARE * len(tokens)
    return first if clear and rivals <= _RIVAL_SHARE * count else None


def _commonest(hits: Sequence[tuple[str, tuple[str, ...]]]) -> tuple[str, int]:
    """Return the language that most of these words mark, and how many."""
    counts = Counter(language for _, marked in hits for language in marked)
    return max(sorted(counts.items()), key=lambda item: item[1], default=("", 0))


@cache
def _script_patterns() -> dict[str, re.Pattern[str]]:
    return {language: re.compile(f"[{signs}]") for language, signs in _SCRIPTS.items()}


def _by_script(piece: str) -> str | None:
    """Return the language that alone writes the script of the piece."""
    if piece.isascii():
        return None
    letters = sum(map(str.isalpha, piece))
    counts = {language: len(pattern.findall(piece)) for language, pattern in _script_patterns().items()}
    if counts["ja"] >= _KANA_SHARE * (counts["ja"] + counts["zh"]):
        counts["ja"] += counts.pop("zh")
    first = max(counts, key=lambda language: counts[language])
    return first if counts[first] >= max(_FEWEST_SIGNS, _SCRIPT_SHARE * letters) else None


def _by_model(piece: str, candidates: Sequence[str] | None) -> str:
    letters = sum(map(str.isalpha, piece))
    if letters < _FEWEST_LETTERS or len(set(_LETTERS.findall(piece))) < _FEWEST_WORDS:
        return UNDETERMINED
    scores = _scores(piece)
    if not scores:
        return UNDETERMINED
    margin = next((margin for most, margin in _MARGINS if letters < most), _SAFE_MARGIN)
    ahead = [(language, score) for language, score in scores if scores[0][1] - score < margin]
    if len(ahead) == 1:
        return ahead[0][0]
    best = ahead[0][1]
    near = [language for language, score in ahead if best - score < _CLOSE and language in (candidates or ())]
    enough = letters >= _MARGINS[0][0]
    return near[0] if enough and len(near) == 1 else UNDETERMINED


def _scores(piece: str) -> list[tuple[str, float]]:
    """Return languages with their log-likelihood per root of a byte, best first; none where no language is written."""
    root = math.sqrt(len(piece.encode(errors="replace")))
    best: dict[str, float] = {}
    for label, score in _model().rank(piece):
        language = _RELATIVES.get(label, label)
        if label == _NO_LANGUAGE and not best:
            return []
        if len(language) == 2:
            best.setdefault(language, score / root)
    return list(best.items())


_lock = threading.Lock()
_loaded: list[_Ranker] = []


def _model() -> _Ranker:
    """Return the model, loaded once: half a second and 100 MB, most of it unpacking, unless that was done before."""
    with _lock:
        if not _loaded:
            from lzma import decompress

            from py3langid.langid import MODEL_DIR, MODEL_FILE, LanguageIdentifier

            packed = (MODEL_DIR / MODEL_FILE).read_bytes()
            version = sha256(packed).hexdigest()[:16]
            unpacked = kept("languages", version, lambda file: file.write(decompress(packed)), _read)
            _loaded.append(unpacked or cast("_Ranker", LanguageIdentifier.from_model_file(MODEL_FILE)))
        return _loaded[0]


def _read(path: Path) -> _Ranker:
    """Return the model that lies unpacked in a file; an exception where it is damaged, which its checksums tell."""
    import numpy as np
    from py3langid.langid import LanguageIdentifier

    with np.load(path, allow_pickle=False) as found:
        names = ("ptc", "pc", "classes", "nextmove", "out_feat", "nextmove_row")
        weights, priors, labels, moves, outputs, rows = (found[name] for name in names)
    return cast(
        "_Ranker",
        LanguageIdentifier(weights, priors, labels.tolist(), memoryview(moves), outputs.tolist(), tk_row=rows.tolist()),
    )
