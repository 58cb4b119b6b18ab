"""A brief against an earlier one: what is new, what has grown, what stands as it stood."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from briefing.models import Status

if TYPE_CHECKING:
    from collections.abc import Mapping

    from briefing.models import Story


@dataclass(frozen=True, slots=True, kw_only=True)
class Earlier:
    """What an earlier brief had read: its edition, and the SHA-256 of each article's text."""

    edition: str
    texts: frozenset[str]


def earlier_brief(data: Mapping[str, Any]) -> Earlier:
    """Take an earlier brief out of its brief.json; raises KeyError where it is none."""
    texts = frozenset(_fingerprint(article["text"]) for article in data["articles"])
    return Earlier(edition=data["edition"]["id"], texts=texts)


def status_of(story: Story, earlier: Earlier | None) -> Status | None:
    """Return whether all, some or none of a story's articles had been read; None where there is no earlier brief."""
    if earlier is None:
        return None
    known = [_fingerprint(ranked.article.text) in earlier.texts for ranked in story.articles]
    if all(known):
        return Status.UNCHANGED
    return Status.UPDATED if any(known) else Status.NEW


def _fingerprint(text: str) -> str:
    return sha256(text.encode()).hexdigest()
