"""What a source says of who may read it: a TLP 2.0 label, an embargo; and what a brief may therefore not print."""

from __future__ import annotations

import re
from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING

from briefing.extract.dates import UnlikelyDateError, parse_moment
from briefing.extract.lines import closes
from briefing.models import Problem

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from briefing.models import Article, Moment

LEVELS = ("TLP:CLEAR", "TLP:GREEN", "TLP:AMBER", "TLP:AMBER+STRICT", "TLP:RED")
"""From the widest circle of readers to the narrowest (FIRST, TLP 2.0)."""
EMBARGO = "embargo"
MARKING = "marking"
"""Why a line that only marks is no text."""
_LABEL = re.compile(
    r"(?<![^\W_])(?:TLP|Traffic[\s-]Light[\s-]Protocol)[\s:=_-]{1,3}"
    r"(?P<level>RED|AMBER\s?[+_]?\s?STRICT|AMBER|GREEN|CLEAR|WHITE)(?![^\W_])",
    re.IGNORECASE,
)
_ANY_LABEL = _LABEL.pattern.replace("?P<level>", "?:")
_OTHER = (
    r"(?:strictly )?confidential|not for (?:publication|release|distribution)|for internal use only|secret"
    r"|(?:strictement )?confidentiel|ne pas diffuser|(?:streng )?vertraulich|nur für den dienstgebrauch|confidencial"
    r"|riservato|для служебного пользования|سري(?: للغاية)?"
)
_EMBARGO = re.compile(
    r"[\W_]*(?:(?:strictly |under )?embargo(?:ed)?|(?:publication )?sous embargo|sperrfrist|embargado|эмбарго|حظر نشر"
    r"|(?:not for (?:publication|release|broadcast)|(?:hold )?for release|ne pas publier|nicht (?:zu )?veröffentlichen"
    r"|no publicar|не публиковать|frei(?:gegeben)?(?= ab| bis))"
    r"(?: (?:before|until|after|avant|vor|antes|до|ab|bis)\b)?)"
    r"(?![^\W_])[\s:–-]*(?:until|till|jusqu(?:'|’)?(?:au?|à)|bis(?: zum)?|hasta(?: el)?|до|حتى)?\s*"
    r"(?P<until>(?:[^\W\d_]+\.?,?\s+){0,2}\d.{0,50})",
    re.IGNORECASE,
)
"""A line that begins so and goes on with a day; "the arms embargo was extended until 25 March" is news."""
_ONLY = re.compile(rf"[\W_]*(?:{_ANY_LABEL}|{_OTHER}|\s|[-–—|/:*\[\]().])+[\W_]*", re.IGNORECASE)
_PREFIX = re.compile(rf"^[\s\[(*]*{_ANY_LABEL}(?:[\s\])*:|–-]|//)*", re.IGNORECASE)
_GLOSSED = re.compile(rf"^[\s\[(*]*{_ANY_LABEL}[\s\])*]*(?:[-–—:|.(]|$)", re.IGNORECASE)
_HINT = re.compile(
    rf"TLP|traffic|embargo|sperrfrist|эмбарго|حظر نشر|for release|publi|veröffentl|frei|{_OTHER}", re.IGNORECASE
)
_MOST_CHARS = 160
_HEAD = 4
"""The lines at the head of a text, and at its foot, in which a marking stands."""


def may_mark(title: str | None, lines: Sequence[str], beside: Sequence[str] = ()) -> bool:
    """Return whether a text's title, head or foot, or what stands beside it, has a word of marking, which few have."""
    edges = (title or "", *lines[:_HEAD], *lines[-2:], *beside)
    return any(len(line) <= _MOST_CHARS and _HINT.search(line) for line in edges)


def label_in(text: str) -> str | None:
    """Return the TLP label that a text names, or None."""
    match = _LABEL.search(text)
    if match is None:
        return None
    level = re.sub(r"[\s_+]", "", match["level"].upper()).replace("WHITE", "CLEAR").replace("RSTRICT", "R+STRICT")
    return f"TLP:{level}"


def without_label(title: str | None) -> str | None:
    """Return a title without the label that stands before it."""
    return (_PREFIX.sub("", title).strip() or None) if title else title


def only_marks(text: str) -> bool:
    """Return whether a text says nothing but who may read on, or from when."""
    if len(text) > _MOST_CHARS:
        return False
    return bool((_ONLY.fullmatch(text) and re.search(r"\w", text)) or embargo_of(text))


def is_marking(line: str) -> bool:
    """Return whether a line only marks, with what its label means or without: "TLP:RED – not for disclosure"."""
    return only_marks(line) or (len(line) <= _MOST_CHARS and _GLOSSED.match(line) is not None)


def embargo_of(line: str) -> Moment | None:
    """Return until when a line puts a text under embargo, or None."""
    match = _EMBARGO.match(line) if len(line) <= _MOST_CHARS else None
    if match is None:
        return None
    try:
        return parse_moment(match["until"].strip(" .*)]"))
    except UnlikelyDateError:
        return None


def marking_of(title: str | None, lines: Sequence[str], beside: Sequence[str] = ()) -> tuple[str | None, Moment | None]:
    """Return the narrowest label and the embargo that a text's title, head and foot name, or what stands beside it."""
    edges = [title or "", *lines[:_HEAD], *lines[_HEAD:][-2:], *beside]
    labels = [label for line in edges if (line == title or _is_labelled(line)) and (label := label_in(line))]
    until = next((moment for line in edges if (moment := embargo_of(line))), None)
    return max(labels, key=LEVELS.index, default=None), until


def _is_labelled(line: str) -> bool:
    """Return whether a label in a line marks the text: a sentence about one does not."""
    label = _LABEL.search(line) if len(line) <= _MOST_CHARS else None
    return bool(label and (is_marking(line) or not closes(line) or not re.search(r"\w", line[label.end() :])))


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
