"""Who gave a figure, in the sentence's own words."""

from __future__ import annotations

import re
from functools import cache

from briefing.languages import language_data

LONGEST = 140
"""Characters of an attribution; a longer stretch says more than who."""
_NAME_BEFORE = re.compile(
    r"(?:\b(?:[Tt]he|an?)\s)?[^\W\d_a-z][\w-]*(?:\s(?:(?:of|for|and|the|in)\s)*[^\W\d_a-z][\w-]*)*\s$"
)
"""A name right before a verb of saying: the Observatory for Human Rights (said)."""
_COMMA = re.compile(r"[,،;]\s|\s[–—]\s|$")


def attribution(text: str, language: str, figure: tuple[int, int]) -> tuple[int, int] | None:
    """Return where a sentence says who gave the figure that stands at `figure`; None where it does not.

    The nearest part between commas that reports, those behind the figure first; else what stands before the figure as
    far as its verb of saying, or behind it from an "according to".
    """
    parts = _parts(text)
    behind = [part for part in parts if part[0] >= figure[1]]
    before = [part for part in parts if part[1] <= figure[0]]
    reports = _reports(language)
    own = next((part for part in parts if part[0] <= figure[0] < part[1]), None)
    within = None if own is None else _within(text, reports, own, figure)
    for start, end in (*behind, *reversed(before), *([within] if within else [])):
        reported = reports.sub("", text[start:end])
        # a verb alone says nothing of who
        if end - start <= LONGEST and reported != text[start:end] and reported.strip():
            return start, end
    return None


def speaks(text: str, language: str, figure: tuple[int, int]) -> bool:
    """Tell whether the figure that stands at `figure` counts those who speak: two officers said, selon deux témoins."""
    before, behind = text[: figure[0]].rstrip(), text[figure[1] :]
    return _speakers(language)[0].search(before) is not None or _speakers(language)[1].match(behind) is not None


def _within(
    text: str, reports: re.Pattern[str], part: tuple[int, int], figure: tuple[int, int]
) -> tuple[int, int] | None:
    said = next(reports.finditer(text, part[0], figure[0]), None)
    if said is not None and said.end() - part[0] <= LONGEST:
        return part[0], said.end()
    given = next(reports.finditer(text, figure[1], part[1]), None)
    if given is None or part[1] - given.start() > LONGEST:
        return None
    name = _NAME_BEFORE.search(text, figure[1], given.start())
    if given["by"] or name is None:
        return given.start(), part[1]
    return name.start(), part[1]


def _parts(text: str) -> list[tuple[int, int]]:
    """Return the parts of a sentence between commas, without the marks at their ends."""
    parts, start = [], 0
    for comma in _COMMA.finditer(text):
        part = text[start : comma.start()]
        bare = part.strip().rstrip(".!?").rstrip()
        if bare:
            begin = start + part.index(bare)
            parts.append((begin, begin + len(bare)))
        start = comma.end()
    return parts


@cache
def _speakers(language: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Return what stands right before those who speak, and what right behind them."""
    known = language_data(language).figures
    before = "|".join((*known.given_by, *known.reporting) if known.verb_first else known.given_by)
    behind = "(?!)" if known.verb_first else "|".join(known.reporting)
    return (
        re.compile(rf"\b(?:{before})$", re.IGNORECASE),
        re.compile(rf"(?:\s\w+){{0,2}}\s(?:{behind})\b", re.IGNORECASE),
    )


@cache
def _reports(language: str) -> re.Pattern[str]:
    known = language_data(language).figures
    return re.compile(rf"\b(?:(?P<by>{'|'.join(known.given_by)})|{'|'.join(known.reporting)})\b", re.IGNORECASE)
