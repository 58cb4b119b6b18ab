"""A brief in single lines, for messages, the archive page and feeds: no text can break out of its line."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from briefing.models import PARAGRAPH_BREAK

if TYPE_CHECKING:
    from briefing.edition.schema import ArticleEntry, Brief, EditionInfo, StoryEntry

LONGEST_LINE = 200
"""Characters of a title or headline in a message."""
LONGEST_NAME = 60
LONGEST_OPENING = 60
"""Characters of the first words that stand for a title."""
MOST_OPENING = 1_000
"""Characters of a text that are looked at for them."""

# C0 and C1 controls, line and paragraph separators, direction overrides, lone surrogates: none belongs in one line.
_UNFIT = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]+")
_SURROGATE = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """Words of an article on one line, with the outlet that they are of and where it can be read, if known."""

    text: str
    language: str
    outlet: str | None = None
    url: str | None = None
    kind: str | None = None
    """What the article is where that is no plain news."""


def encodable(text: str) -> str:
    """Return the text with lone surrogates replaced one for one, so that it is UTF-8 and its offsets stay true."""
    return _SURROGATE.sub("\ufffd", text)


def one_line(text: str, longest: int = LONGEST_LINE) -> str:
    """Return the text on one line that no header can break out of, cut at `longest` characters."""
    line = quoted_line(text)
    return line if len(line) <= longest else line[: longest - 1].rstrip() + "…"


def cut_at_word(text: str, longest: int) -> str:
    """Return a text on one line of at most so many characters; a longer one ends behind a word, with an ellipsis."""
    line = quoted_line(text)
    if len(line) <= longest:
        return line
    whole = line[: longest - 1].rpartition(" ")[0] or line[: longest - 2]
    return whole.rstrip(",;:–—-،؛ ") + " …"


def opening(text: str) -> str:
    """Return the first words of an article's text, by which it is known where it has no title; "" where it is empty."""
    return cut_at_word(text[:MOST_OPENING].partition(PARAGRAPH_BREAK)[0], LONGEST_OPENING)


def quoted_line(text: str) -> str:
    """Return the text on one line, never cut: a quotation is printed whole."""
    return " ".join(without_controls(text).split())


def without_controls(text: str) -> str:
    """Return the text with blanks for what has no place in a line."""
    return _UNFIT.sub(" ", text)


def subject(edition: EditionInfo) -> str:
    """Return what a message about an edition is headed with: marking, title, id."""
    marking = f"[{edition.marking}] " if edition.marking else ""
    return f"{marking}{one_line(edition.title)}, {edition.id}"


def key_lines(brief: Brief) -> tuple[Line, ...]:
    """Return the key points."""
    return tuple(Line(text=quoted_line(point.text), language=point.language) for point in brief.key_points)


def headlines(brief: Brief) -> tuple[tuple[str, tuple[Line, ...]], ...]:
    """Return the sections that have stories: title ("" for what fits none) and headlines."""
    parts = ((part, (*part.stories, *part.more)) for part in brief.parts)
    return tuple(
        (one_line(part.title), tuple(_headline(story, brief.by_id[story.article]) for story in stories))
        for part, stories in parts
        if stories
    )


def gap_lines(brief: Brief) -> tuple[str, ...]:
    """Return what was left out, each with its reason."""
    return tuple(one_line(f"{problem.origin}: {problem.reason}") for problem in brief.left_out)


def _headline(story: StoryEntry, article: ArticleEntry) -> Line:
    return Line(
        text=one_line(story.headline or opening(article.text)),
        language=story.language,
        outlet=one_line(article.outlet, LONGEST_NAME) if article.outlet else None,
        url=article.url,
        kind=story.kind,
    )
