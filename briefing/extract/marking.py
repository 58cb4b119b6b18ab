"""What a source says of who may read it: a TLP 2.0 label, an embargo; and what a brief may therefore not print."""

from __future__ import annotations

import re
from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING

from briefing.extract.dates import UnlikelyDateError, parse_moment
from briefing.models import Problem

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from briefing.models import Article, Moment

LEVELS = ("TLP:CLEAR", "TLP:GREEN", "TLP:AMBER", "TLP:AMBER+STRICT", "TLP:RED")
"""From the widest circle of readers to the narrowest (FIRST, TLP 2.0)."""
EMBARGO = "embargo"
MARKING = "marking"
"""Why a line that only marks is no text."""
_LABEL = re.compile(r"\bTLP\s?[:=-]\s?(?P<level>RED|AMBER\s?\+\s?STRICT|AMBER|GREEN|CLEAR|WHITE)\b", re.IGNORECASE)
_OTHER = (
    r"(?:strictly )?confidential|not for (?:publication|release|distribution)|for internal use only|secret"
    r"|(?:strictement )?confidentiel|ne pas diffuser|(?:streng )?vertraulich|nur für den dienstgebrauch|confidencial"
    r"|riservato|для служебного пользования|سري(?: للغاية)?"
)
_EMBARGO = re.compile(
    r"(?:(?:strictly |under )?embargo(?:ed)?|sous embargo|embargo|sperrfrist|embargado|эмбарго|حظر نشر)\b[\s:–-]*"
    r"(?:until|till|jusqu(?:'|’)?(?:au?|à)|bis(?: zum)?|hasta(?: el)?|do|до|حتى)?\s*(?P<until>.{0,60})",
    re.IGNORECASE,
)
_ONLY = re.compile(
    rf"[\W_]*(?:{_LABEL.pattern.replace('?P<level>', '?:')}|{_OTHER}|\s|[-–—|/:*\[\]().])+[\W_]*", re.IGNORECASE
)
_PREFIX = re.compile(rf"^[\s\[(*]*{_LABEL.pattern.replace('?P<level>', '?:')}[\s\])*:|–-]*", re.IGNORECASE)
_HINT = re.compile(rf"\bTLP\b|embargo|sperrfrist|эмбарго|حظر نشر|{_OTHER}", re.IGNORECASE)
_MOST_CHARS = 120
_HEAD = 4
"""The lines at the head of a text, and at its foot, in which a marking stands."""


def may_mark(title: str | None, lines: Sequence[str]) -> bool:
    """Return whether a text's title, head or foot has a word of marking at all, which few have."""
    edges = (title or "", *lines[:_HEAD], *lines[-2:])
    return any(len(line) <= _MOST_CHARS and _HINT.search(line) for line in edges)


def label_in(text: str) -> str | None:
    """Return the TLP label that a text names, or None."""
    match = _LABEL.search(text)
    if match is None:
        return None
    level = re.sub(r"\s", "", match["level"].upper()).replace("WHITE", "CLEAR")
    return f"TLP:{level}"


def without_label(title: str | None) -> str | None:
    """Return a title without the label that stands before it."""
    return (_PREFIX.sub("", title).strip() or None) if title else title


def is_marking(line: str) -> bool:
    """Return whether a line only says who may read the text, or from when on."""
    if len(line) > _MOST_CHARS:
        return False
    return bool(_ONLY.fullmatch(line) and re.search(r"\w", line)) or bool(_EMBARGO.match(line) and embargo_of(line))


def embargo_of(line: str) -> Moment | None:
    """Return until when a line puts a text under embargo, or None."""
    match = _EMBARGO.search(line) if len(line) <= _MOST_CHARS else None
    if match is None:
        return None
    try:
        return parse_moment(match["until"].strip(" .*)]"))
    except UnlikelyDateError:
        return None


def marking_of(title: str | None, lines: Sequence[str]) -> tuple[str | None, Moment | None]:
    """Return the narrowest label and the embargo that a text's title, head and foot name."""
    edges = [title or "", *lines[:_HEAD], *lines[_HEAD:][-2:]]
    labels = [label for line in edges if len(line) <= _MOST_CHARS and (label := label_in(line))]
    until = next((moment for line in edges if (moment := embargo_of(line))), None)
    return max(labels, key=LEVELS.index, default=None), until


def within_marking(
    articles: Sequence[Article], *, marking: str | None, allowed: Collection[str], cut_off: datetime
) -> tuple[tuple[Article, ...], tuple[Problem, ...]]:
    """Return the articles that a brief of this marking may print, and a Problem for each of the others.

    A source marked TLP:AMBER or above is for a brief of that marking at least; one under embargo is for later.
    `allowed` are the markings that config.yaml lets in all the same.
    """
    own = LEVELS.index(marking) if marking in LEVELS else 0
    kept: list[Article] = []
    told: list[Problem] = []
    for article in articles:
        reason = None
        if article.marking in LEVELS[2:] and LEVELS.index(article.marking) > own and article.marking not in allowed:
            above = f"above this brief's {marking or 'none'}"
            reason = f"marked {article.marking}, {above}; `brief.allow_marked` would let it in"
        elif article.embargo is not None and _starts(article.embargo) > cut_off and EMBARGO not in allowed:
            reason = f"under embargo until {article.embargo:%Y-%m-%d}; `brief.allow_marked` would let it in"
        if reason is None:
            kept.append(article)
        else:
            told.append(Problem(origin=article.origin, stage="read", reason=reason))
    return tuple(kept), tuple(told)


def _starts(moment: Moment) -> datetime:
    is_hour = isinstance(moment, datetime)
    return moment if is_hour else datetime.combine(moment, time(), UTC) - timedelta(hours=14)  # type: ignore[return-value] # the earliest zone
