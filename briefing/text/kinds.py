"""What kind of page an article is: news, analysis, opinion, a live page, service, or no article at all.

Told by points for few plain signs, each with its name, so that the verdict can be explained. What is no news is left
out with its reason; opinion, analysis and live pages are marked where they are printed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import TYPE_CHECKING

from briefing.languages import ANY, either, language_data
from briefing.models import Problem, Quotability
from briefing.text.dates import dates_in, weekdays_in

if TYPE_CHECKING:
    from collections.abc import Iterator

    from briefing.models import Text

ENOUGH = 3
"""Points from which a page is of a kind; a label of its own, or its address, is enough."""
HEAD = 10
"""Sentences in which news names its day, and somebody says something."""
READ = 60
"""Sentences that are looked at."""
SOME, MUCH = 0.005, 0.02
"""Share of words that speak to the reader, outside quotations: one point, and one more."""
OWN = 0.01
"""Share of words in which a writer speaks of themselves."""
ASKING = 0.1
"""Share of sentences that ask."""
USES = 4
"""Different words of recipes, shops and games from which a page is for use and not for news."""

LONGEST_TITLE = 120
"""Characters of a first line in which a label may stand."""
MENU = 5
"""Scraps that make a page no article; fewer may be a short one that was cut badly."""

_QUOTED = re.compile(
    r"“[^”]*”|\"[^\"]*\"|«[^»]*»|„[^“”]*[“”]|(?<!\w)‘(?:[^’]|’\w)*’(?!\w)|(?<!\w)'(?:[^']|'\w)*'(?!\w)"
)
_SCRAPS = frozenset({Quotability.FRAGMENT, Quotability.HEADLINE, Quotability.SHOWING})
_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")


class Kind(StrEnum):
    """What a page is."""

    NEWS = "news"
    ANALYSIS = "analysis"
    OPINION = "opinion"
    LIVE = "live"
    SERVICE = "service"
    """A recipe, a product test, advice, a game, an advertisement."""
    NONE = "none"
    """A menu, a wall, a fragment: not one whole sentence."""


NO_NEWS = frozenset({Kind.SERVICE, Kind.NONE})
_CALLED = {Kind.SERVICE: "a page of service", Kind.NONE: "scraps of a page"}


@dataclass(frozen=True, slots=True, kw_only=True)
class KindOfPage:
    """A verdict, and what it rests on."""

    kind: Kind
    signs: tuple[tuple[str, int], ...] = ()
    """What speaks for the kind, with its points."""

    nearly: KindOfPage | None = None
    """Of news, the kind for which most speaks though not enough."""

    @property
    def points(self) -> int:
        """How much speaks for it."""
        return sum(points for _, points in self.signs)


def no_news(text: Text) -> Problem | None:
    """Return what speaks for a page being no news; None where it is."""
    verdict = kind_of(text)
    if verdict.kind not in NO_NEWS:
        return None
    signs = ", ".join(name for name, _ in verdict.signs)
    reason = f"no news but {_CALLED[verdict.kind]}: {signs}"
    return Problem(origin=text.article.origin, stage="kind", reason=reason)


def kind_of(text: Text) -> KindOfPage:
    """Return what kind of page an article is."""
    if len(text.sentences) >= MENU and all(sentence.quotability in _SCRAPS for sentence in text.sentences):
        return KindOfPage(kind=Kind.NONE, signs=(("no whole sentence", ENOUGH),))
    for kind in (Kind.LIVE, Kind.OPINION, Kind.ANALYSIS, Kind.SERVICE):
        if labels := tuple(_labelled(text, kind)):
            return KindOfPage(kind=kind, signs=labels)
    short = []
    for kind, signs in ((Kind.SERVICE, _service(text)), (Kind.OPINION, _opinion(text))):
        found = tuple((name, points) for name, points in signs if points)
        verdict = KindOfPage(kind=kind, signs=found)
        if verdict.points >= ENOUGH:
            return verdict
        short.append(verdict)
    nearest = max(short, key=lambda verdict: verdict.points)
    return KindOfPage(kind=Kind.NEWS, nearly=nearest if nearest.points else None)


def _labelled(text: Text, kind: Kind) -> Iterator[tuple[str, int]]:
    if kind is not Kind.SERVICE and _pattern(text.language, f"{kind}_titles").search(_title(text)):
        yield "its title says so", ENOUGH
    if _pattern(ANY, f"{kind}_paths").search(_path(text)):
        yield "its address says so", ENOUGH


def _service(text: Text) -> Iterator[tuple[str, int]]:
    body, words = _own_words(text)
    reader = _share("reader", body, text.language)
    how_to = _pattern(text.language, "service_titles").search(_title(text)) is not None
    questions = sum(s.quotability is Quotability.QUESTION for s in text.sentences)
    asking = questions > ASKING * len(text.sentences) or _title(text).rstrip().endswith(("?", "؟"))
    found = {
        "its title advises or offers": 2 * how_to,
        "speaks to its reader": (reader > SOME) + (reader > MUCH),
        "words of use": 2 * (len(language_data(text.language).kinds.service_words.intersection(words)) >= USES),
    }
    yield from found.items()
    if any(found.values()):  # what is missing speaks for nothing by itself
        silent = not _is_told(text)
        yield "names no day", int(silent and not _is_dated(text))
        yield "nobody says anything", int(silent)
        yield "asks", int(asking)


def _opinion(text: Text) -> Iterator[tuple[str, int]]:
    yield "speaks of its writer", 2 * (_share("writer", _own_words(text)[0], text.language) > OWN)
    yield "nobody says anything", int(not _is_told(text))


def _own_words(text: Text) -> tuple[str, frozenset[str]]:
    """Return what an article says in its own words, as it stands and as words in small letters."""
    body = _QUOTED.sub(" ", " ".join(sentence.text for sentence in text.sentences[:READ]))
    return body, frozenset(_WORD.findall(body.casefold()))


def _share(name: str, body: str, language: str) -> float:
    """Return how many matches of a language's patterns a text has for each of its words."""
    return len(_pattern(language, name).findall(body)) / max(1, body.count(" ") + 1)


def _is_dated(text: Text) -> bool:
    today = language_data(text.language).news.today
    return any(
        not today.isdisjoint(s.words) or weekdays_in(s.words, s.language) or dates_in(s.text, s.language)
        for s in text.sentences[:HEAD]
    )


def _is_told(text: Text) -> bool:
    said = _said(text.language)
    if said is None:
        return True
    return any(said.search(sentence.text) for sentence in text.sentences[:HEAD])


def _title(text: Text) -> str:
    """Return the title in small letters; of an article without one its first line, which stands in its place."""
    first = text.article.paragraphs[0].text if text.article.paragraphs else ""
    return (text.article.title or first[:LONGEST_TITLE]).casefold()


def _path(text: Text) -> str:
    """Return the words of an article's address behind the host, in small letters."""
    return re.sub(r"^\w+://[^/]*", "", text.article.url or "").casefold()


@cache
def _said(language: str) -> re.Pattern[str] | None:
    """Return what finds that somebody says something; None where a language has no verbs of saying."""
    known = language_data(language)
    listed = [
        *known.figures.reporting,
        *known.figures.given_by,
        *map(re.escape, sorted(known.quotability.speech_verbs)),
    ]
    return re.compile(rf"(?i)(?<!\w)(?:{'|'.join(listed)})(?!\w)") if listed else None


@cache
def _pattern(language: str, name: str) -> re.Pattern[str]:
    return re.compile(either(getattr(language_data(language).kinds, name)))
