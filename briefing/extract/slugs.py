"""Addresses that were made of a headline: `/sport/storm-closes-the-northern-ford-10192/`."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

_FEWEST_WORDS = 4
"""Shorter headlines stand in an address by chance."""
_WORD = re.compile(r"[a-z0-9]+")
_ENDING = re.compile(r"\.[a-z]{2,5}$")
_NUMBERED = re.compile(r"\d|^(?:aid|id|article|artikel|art|html?)$")
"""What stands beside the headline in an address: numbers, and what announces them."""
_GERMAN = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})


def is_slug_of(address: str | None, title: str) -> bool:
    """Whether an address holds a title word for word, with nothing but numbers beside it.

    Most publishing systems make the address of the headline once and leave it when they edit the page.
    """
    tokens = _slug(address)
    return any(_stands_in(words, tokens) for words in _spellings(title)) if tokens else False


def _slug(address: str | None) -> list[str]:
    """Return the words of the address's part with the most hyphens."""
    parts = urlsplit(address or "").path.lower().split("/")
    longest = max(parts, key=lambda part: part.count("-"))
    return _WORD.findall(_ENDING.sub("", longest)) if longest.count("-") >= _FEWEST_WORDS - 1 else []


def _spellings(title: str) -> set[tuple[str, ...]]:
    """Return the ways in which a title is written in an address: apostrophes dropped or parting, umlauts resolved."""
    from anyascii import anyascii

    plain = title.lower()
    return {
        tuple(_WORD.findall(anyascii(re.sub("['’]", apostrophe, spelling)).lower()))
        for spelling in (plain, plain.translate(_GERMAN))
        for apostrophe in ("", " ")
    }


def _stands_in(words: tuple[str, ...], tokens: list[str]) -> bool:
    size = len(words)
    return size >= _FEWEST_WORDS and any(
        tuple(tokens[start : start + size]) == words
        and all(_NUMBERED.search(token) for token in (*tokens[:start], *tokens[start + size :]))
        for start in range(len(tokens) - size + 1)
    )
