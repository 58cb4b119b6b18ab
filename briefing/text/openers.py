"""The openings of a language, ready to be looked up."""

from __future__ import annotations

from dataclasses import dataclass, fields
from functools import lru_cache

from briefing.text.opening_words import OPENING_WORDS


@dataclass(frozen=True, slots=True, kw_only=True)
class Openers:
    """The openings of one language; what a language has no list for is empty."""

    words: frozenset[str] = frozenset()
    phrases: frozenset[str] = frozenset()
    before_comma: frozenset[str] = frozenset()
    bare: frozenset[str] = frozenset()
    verbs: frozenset[str] = frozenset()
    ranked: frozenset[str] = frozenset()
    pointing: frozenset[str] = frozenset()
    shells: frozenset[str] = frozenset()
    sayings: frozenset[str] = frozenset()
    that: frozenset[str] = frozenset()
    clears: frozenset[str] = frozenset()
    leads: frozenset[str] = frozenset()
    delays: frozenset[str] = frozenset()
    speakers: frozenset[str] = frozenset()


_PHRASED = frozenset({"phrases", "before_comma", "ranked", "clears"})


@lru_cache(maxsize=64)
def openers(language: str) -> Openers | None:
    """Return the openings of a language; None where there is no list."""
    data = OPENING_WORDS.get(language)
    if data is None:
        return None
    lists = {field.name: data.get(field.name, "") for field in fields(Openers)}
    return Openers(**{name: _entries(listed, name) for name, listed in lists.items()})


def _entries(listed: str, name: str) -> frozenset[str]:
    pieces = listed.split(";") if name in _PHRASED else listed.split()
    return frozenset(" ".join(piece.split()) for piece in pieces if piece.strip())
