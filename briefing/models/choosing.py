"""Values of choosing: stories, and where they belong, with the sentences that say so."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from briefing.models.reading import Article, Ranked, Sentence


@dataclass(frozen=True, slots=True, kw_only=True)
class Copy:
    """An article that repeats another: `share` of its four-word shingles stand in `of`, 0 to 1."""

    article: str
    of: str
    share: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """What happened, as told by one article or several."""

    id: str
    lead: Ranked
    others: tuple[Ranked, ...] = ()
    copies: tuple[Copy, ...] = ()
    independent: int = 1
    """How many of the articles are nobody's copy."""
    weight: float = 1.0
    """What the desk gives for the outlets that tell it: the greatest of their weights, 1 where it gives none."""

    @property
    def articles(self) -> tuple[Ranked, ...]:
        """The lead first, then the others."""
        return (self.lead, *self.others)


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """A sentence that is printed, with the article that it stands in."""

    article: Article
    sentence: Sentence
    score: float
    """What it was chosen by: its rank joined with its relevance to the section, 0 to 1."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DecidingTerm:
    """A term of a section that was found, how often, and what it added to the score."""

    term: str
    """As config.yaml writes it, or the name of the alias that it stands for."""
    count: int
    weight: float
    found: str = ""
    """Of a term with alternatives or notions, the words that were found first, one for each of its parts."""

    @property
    def told(self) -> str:
        """The term, with the words that were found where it does not say them itself."""
        return f"{self.term} ({self.found})" if self.found not in {"", self.term} else self.term


@dataclass(frozen=True, slots=True, kw_only=True)
class Placement:
    """A story in a section: why it is there, and the sentences chosen for this section."""

    story: Story
    section: str
    score: float
    terms: tuple[DecidingTerm, ...]
    quotes: tuple[Quote, ...]
    """In the order of the text, the lead article's first."""
    prominence: float = 1.0
    """What the best of the sentences that may be printed here was worth, 0 to 1: low where it is told in passing."""
    led_by: Ranked | None = None
    """The article that leads it here, where the section does not draw from the story's own lead."""
