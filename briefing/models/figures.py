"""Values of figures: what outlets count, and where they differ."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from briefing.models.reading import Article


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
