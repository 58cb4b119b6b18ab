"""A brief against an earlier one: what is new, what has grown, what stands as it stood."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from briefing.models import PastEdition, Status

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from briefing.models import Story

ALSO_TODAY = "also-today"
"""Where a past edition counts the stories that fitted no section."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Earlier:
    """What an earlier brief had read: its edition, and the SHA-256 of each article's text."""

    edition: str
    texts: frozenset[str]
    history: tuple[PastEdition, ...] = ()
    """It and those before it, oldest first."""
    number: int = 0
    """The newest issue number among them; 0 where none of them is an issue."""


def earlier_brief(data: Mapping[str, Any]) -> Earlier:
    """Take an earlier brief out of its brief.json; raises KeyError where it is none."""
    texts = frozenset(_fingerprint(article["text"]) for article in data["articles"])
    return Earlier(edition=data["edition"]["id"], texts=texts)


def past_edition(data: Mapping[str, Any]) -> PastEdition:
    """Count what an earlier brief.json holds; raises KeyError, TypeError or ValueError where it is none."""
    sections = data["sections"]
    families = {
        one["id"]: [other for other in sections if one["id"] in (other["id"], other.get("parent"))] for one in sections
    }
    families[ALSO_TODAY] = [{"stories": data["also_today"], "more": data.get("also_today_more", ())}]
    return PastEdition(
        id=data["edition"]["id"],
        date=date.fromisoformat(data["edition"]["date"]),
        articles=len(data["articles"]),
        stories=tuple((name, len(_stories(family))) for name, family in families.items()),
    )


def _stories(sections: Iterable[Mapping[str, Any]]) -> set[str]:
    return {story["id"] for section in sections for story in (*section["stories"], *section.get("more", ()))}


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
