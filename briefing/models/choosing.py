"""Values of choosing and printing: stories, where they belong, what is printed of them, and the figures in them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime  # noqa: TC003 - pydantic reads the annotations of what is printed
from enum import StrEnum
from typing import TYPE_CHECKING

from briefing.models.pickling import quickly_pickled

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


@quickly_pickled
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


# ── what is printed ───────────────────────────────────────────────────────────────────────────────────────────────────


class Status(StrEnum):
    """A story against the last brief delivered."""

    NEW = "new"
    UPDATED = "updated"
    UNCHANGED = "unchanged"


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """A piece of a note's paragraph, and where it leads if it is a link."""

    text: str
    href: str | None = None
    """Absolute: http, https or mailto."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """What the editor wrote for the day: paragraphs in the desk's own words, quoted from nowhere."""

    paragraphs: tuple[tuple[Span, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Notes:
    """The editor's note on the whole brief, and those on sections, by their ids."""

    brief: Note | None = None
    sections: tuple[tuple[str, Note], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyPoint:
    """A sentence that carries the day, and the section that it comes from (None: "also today")."""

    quote: Quote
    section: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SilentSource:
    """A source that was asked and did not answer."""

    source: str
    reason: str | None
    answered_at: datetime | None
    """When it last did; None where it never has."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """How many of the collected sources answered in time for the edition."""

    answered: int
    asked: int
    since: datetime
    """Those that answered before this do not count."""
    silent: tuple[SilentSource, ...] = ()
    no_network: tuple[datetime, datetime] | None = None
    """From when to when nobody could be reached, where that was so in the last pass."""

    @property
    def is_thin(self) -> bool:
        """Fewer than half answered."""
        return 2 * self.answered < self.asked


# ── figures ───────────────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """Words of an article where they stand: `article.text[start:end] == text`, always."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """A figure as one article gives it."""

    article: Article
    figure: Passage
    """The amount with what is counted, in the article's own words: `about 500 men`."""
    sentence: Passage
    """The whole sentence that it stands in."""
    told_by: Passage | None
    """Who gave it, in the sentence's own words; None where the sentence does not say."""
    language: str
    low: float
    high: float
    """As `low` where the article names one number; for an amount that names none, the bounds it is taken for."""
    hedge: str
    """`about`, `nearly`, `at-least`, `up-to`, or empty."""
    vague: bool
    """Whether it names no number ("several hundred")."""
    copies: tuple[Article, ...] = ()
    """The articles that repeat it as copies: no sources of their own."""
    latest: bool = False
    """Whether no other account of the same figure was published later."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """What independent accounts count differently."""

    counted: str
    """The class of what is counted: `people`, `fighters`, …"""
    happening: str
    """The class of what happened to it: `killed`, `arrived`, …"""
    names: tuple[str, ...]
    """Names that the accounts share, as one in the brief's language writes them where there is one."""
    accounts: tuple[Account, ...]
    """From the lowest to the highest."""

    @property
    def low(self) -> float:
        """The lowest number that is named."""
        return min(account.low for account in self.accounts if not account.vague)

    @property
    def high(self) -> float:
        """The highest number that is named."""
        return max(account.high for account in self.accounts if not account.vague)


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """A sentence that an edition quoted and that its article no longer holds, with what stands there now."""

    edition: str
    """That quoted it."""
    quoted: str
    language: str
    article: str
    """The id of the article in its present state."""
    outlet: str | None
    title: str | None
    changed_at: datetime | None
    """When the present state was first seen."""
    now: str | None
    """A sentence of the article, `text[start:end]`; None where none says nearly the same."""
    start: int | None = None
    end: int | None = None
