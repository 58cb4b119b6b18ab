"""Whether a sentence can be read without its neighbours."""

from __future__ import annotations

from briefing.models import Standing


def standing(text: str, language: str) -> Standing:
    """Return how a sentence stands by itself."""
    return Standing.ALONE
