"""A brief against an earlier one: what is new, what has grown, what stands as it stood."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING

from briefing.edition import ALSO_TODAY, PastEdition
from briefing.models import Status

if TYPE_CHECKING:
    from briefing.edition import Brief
    from briefing.models import Story


@dataclass(frozen=True, slots=True, kw_only=True)
class Earlier:
    """What an earlier brief had read: its edition, and the SHA-256 of each article's text."""

    edition: str
    texts: frozenset[str]
    history: tuple[PastEdition, ...] = ()
    """It and those before it, oldest first."""
    number: int = 0
    """The newest issue number among them; 0 where none of them is an issue."""


def earlier_brief(brief: Brief) -> Earlier:
    """Return what a brief that was delivered had read."""
    return Earlier(edition=brief.edition.id, texts=frozenset(_fingerprint(article.text) for article in brief.articles))


def past_edition(brief: Brief) -> PastEdition:
    """Return how much a brief had: articles, and the stories of each section with those under it."""
    families = {section.id: brief.family_of(section) for section in brief.sections} | {ALSO_TODAY: (brief.rest,)}
    return PastEdition(
        id=brief.edition.id,
        date=brief.edition.date,
        articles=len(brief.articles),
        stories={
            name: len({story.id for section in family for story in (*section.stories, *section.more)})
            for name, family in families.items()
        },
    )


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
