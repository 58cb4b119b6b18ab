"""What an adapter hands over, and what extraction as a whole returns."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from briefing.models import Article, Document, Paragraph, Problem, Removal, Translation

if TYPE_CHECKING:
    from datetime import date

    from briefing.config import Limits


UNDECODABLE = "no text in any encoding; save it as UTF-8"


@dataclass(frozen=True, slots=True, kw_only=True)
class Extraction:
    """The articles of one document, in its order, and what was left out of it."""

    articles: tuple[Article, ...] = ()
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """An article as an adapter found it: nothing is cleaned, nothing is judged."""

    entry: str = ""
    """What tells it from the others in its document: a number, a line, a member's name."""
    lines: tuple[Paragraph, ...]
    """One for each paragraph, heading and standfirst, in order."""
    title: str | None = None
    title_translation: str | None = None
    other_titles: tuple[str, ...] = ()
    """What else the document calls it: a line near the start that says one of them is the title once more."""
    removed: tuple[Removal, ...] = ()
    """Lines that the adapter could tell from the article's by its format: links, hidden text."""
    outlet: str | None = None
    sender: str = ""
    url: str | None = None
    author: str | None = None
    published: str | date | None = None
    """A datetime or date where the adapter knows it, else the words that the document has for it."""
    modified: str | date | None = None
    language: str | None = None
    translation: Translation | None = None
    marks: tuple[str, ...] = ()
    """What its fields say of who may read it, and from when on, as lines: TLP:RED, embargo 2021-05-04."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Inner:
    """A document inside a document: a member of an archive, an attachment, a page that a browser has saved."""

    document: Document
    entry: str
    removed: tuple[Removal, ...] = ()
    """What stands around it in the outer document and is no text."""
    url: str | None = None
    """Where it was saved from."""
    marks: tuple[str, ...] = ()
    """What the outer document says of who may read it."""


Found = Draft | Inner | Problem
Adapter = Callable[[Document, "Limits"], Iterator[Found]]
"""Reads the drafts of one document, and Problems for what it cannot read; raises nothing of its own."""


def problem(origin: str, reason: str) -> Problem:
    """Return the Problem of something that this stage leaves out."""
    return Problem(origin=origin, stage="extract", reason=reason)


def remark(origin: str, reason: str) -> Problem:
    """Return the Problem of something that is printed all the same."""
    return replace(problem(origin, reason), lost=False)


def cut_at(most: int) -> str:
    """Return how it is said that only so many characters of a text are read."""
    return f"only its first {most:,} characters are read (limits.text_chars)"
