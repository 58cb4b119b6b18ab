"""The gate: whether a page that was fetched for an entry is that entry's article, or a wall, or something else.

A server answers a program with consent walls, payment hints, log-ins, checks of the browser, "not found" in a page that
says 200, and invented texts for robots. What tells them all is that they are not the article which the feed announced;
lists of their phrases come second. Pure: `extract` reads the page, the store looks up what other pages said.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from briefing.sources.addresses import identity_url, site_of
from briefing.text import detect, stem, stop_words, words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from briefing.extract import Extraction
    from briefing.models import Article
    from briefing.sources.entries import Answer

TITLE_SHARE = 2 / 3
"""Of a title's content words, how many the page's text must have; or else of the summary's …"""
SUMMARY_SHARE = 0.20
"""… runs of three words. Measured by `make quality ARGS=gate`."""
FEWEST_TITLE_WORDS = 2
"""A single word stands in another page by chance."""
FEWEST_WORDS = 60
TEASER_WORDS = 250
"""What a page that is not free shows of an article is no teaser from here on, unless it breaks off."""
LAST = 3
"""Paragraphs in which it is seen to."""
ECHO = 0.6
"""A line of which this much is the title repeats it (a heading, a search for it) and is no witness."""

_HTML = frozenset({"text/html", "application/xhtml+xml"})
_NOT_FREE = re.compile(rb'"isAccessibleForFree"\s*:\s*"?false', re.IGNORECASE)
_BREAKS_OFF = re.compile(r"(?:…|\.\.\.|\[…\]|\[\.\.\.\])\W*$")
_DIGIT = re.compile(r"\d")
_UNSPACED = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]")
"""Thai, Lao, Burmese, Khmer, kana and Han."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Announced:
    """What a feed says of an entry whose page was fetched."""

    url: str
    title: str | None = None
    text: str = ""
    """Its summary or text, without markup."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """A page of the last 30 days with the same `fingerprint`."""

    url: str
    title: str | None = None


@dataclass(frozen=True, slots=True)
class Taken:
    """The page is the article."""

    article: Article


@dataclass(frozen=True, slots=True)
class Refused:
    """The page is not taken; the reason is a clause for people: "it is a wall: …"."""

    reason: str


def judge(announced: Announced, answer: Answer, found: Extraction, seen: Sequence[Seen] = ()) -> Taken | Refused:
    """Return whether the answer to an entry's address is its article, and if not, the first reason against it.

    `found` is what `extract` made of the page; `seen` what the store knows for its `fingerprint`.
    """
    reason = next(_about_the_answer(announced, answer, found), None)
    article = found.articles[0] if found.articles and not reason else None
    if article is None:
        return Refused(reason or _why_empty(found))
    reason = next(_about_the_text(announced, article, answer, seen), None)
    return Refused(reason) if reason else Taken(article)


def fingerprint(announced: Announced, article: Article) -> str:
    """Return by what a text is known again under another address: its words without numbers and the entry's title.

    So a wall that shows the time, a request's number or the words that were asked for is still the same wall.
    """
    told = _content_words(announced.title or "", _language_of(article))
    kept = [word for line in _witnesses(article, told) for word in line.words if not _DIGIT.search(word)]
    return hashlib.sha256(" ".join(kept).encode()).hexdigest()


def _about_the_answer(announced: Announced, answer: Answer, found: Extraction) -> Iterator[str]:
    if answer.reason:
        yield answer.reason
    if "challenge" in answer.headers.get("cf-mitigated", "").lower():
        yield "the server asks for a check of the browser"
    if answer.status != 200:
        yield f"the server answered {answer.status}"
    if answer.media_type not in _HTML:
        yield f"it is no page but {answer.media_type or 'of no type'}"
    if site_of(answer.url) != site_of(announced.url):
        own = found.articles[0].url if found.articles else None
        if not own or identity_url(own) != identity_url(announced.url):
            yield f"the address leads to another site, {site_of(answer.url)}"


def _about_the_text(announced: Announced, article: Article, answer: Answer, seen: Sequence[Seen]) -> Iterator[str]:
    size = _size(article.text)
    if _NOT_FREE.search(answer.content) and (size < TEASER_WORDS or _breaks_off(article)):
        yield "the page is not free to read"
    if size < FEWEST_WORDS:
        yield f"the page has only {size} words"
    if size <= _size(announced.text):
        yield "the page has no more text than the feed"
    if not is_about(announced, article):
        yield "the page is not the article that the feed announces"
    if other := next((one for one in seen if _is_another(one, announced)), None):
        yield f"the same text came for another article, {identity_url(other.url)}"


def _why_empty(found: Extraction) -> str:
    reasons = (problem.reason.removeprefix("no article: ") for problem in found.problems if problem.lost)
    return next(reasons, "no article in the page")


def _breaks_off(article: Article) -> bool:
    return any(_BREAKS_OFF.search(paragraph.text) for paragraph in article.paragraphs[-LAST:])


def _is_another(one: Seen, announced: Announced) -> bool:
    """Whether a text that was seen is another entry's: another address, and another title."""
    titles = [" ".join((title or "").casefold().split()) for title in (one.title, announced.title)]
    return identity_url(one.url) != identity_url(announced.url) and titles[0] != titles[1]


# -- whether a page is what was announced ------------------------------------------------------------------------------


def is_about(announced: Announced, article: Article) -> bool:
    """Return whether an article's text has the words of a title, or runs of words of a summary, that announced it.

    The title on the page is no witness: a server may repeat it above anything. In scripts that set no blanks between
    words the words are overlapping pairs of characters, and a run of three is four characters.
    """
    language = _language_of(article)
    title = _content_words(announced.title or "", language)
    lines = tuple(_witnesses(article, title))
    if len(title) >= FEWEST_TITLE_WORDS:
        stems = {stem(word, language) for line in lines for word in line.words}
        if sum(stem(word, language) in stems for word in title) >= TITLE_SHARE * len(title):
            return True
    wanted = _runs(words(announced.text, language))
    held = {run for line in lines for run in _runs(line.words)}
    return bool(wanted) and len(wanted & held) >= SUMMARY_SHARE * len(wanted)


@dataclass(frozen=True, slots=True)
class _Line:
    """A paragraph of a page, and its words."""

    words: tuple[str, ...]


def _witnesses(article: Article, title: frozenset[str]) -> Iterator[_Line]:
    """Yield the paragraphs that do not merely repeat a title."""
    language = _language_of(article)
    for paragraph in article.paragraphs:
        said = words(paragraph.text, language)
        own = [word for word in said if word not in stop_words(language)]
        if not title or sum(word in title for word in own) < ECHO * len(own):
            yield _Line(said)


def _content_words(text: str, language: str) -> frozenset[str]:
    """Return the words of a title but those too common to tell a text from another."""
    return frozenset(words(text, language)) - stop_words(language)


def _runs(said: Sequence[str]) -> set[tuple[str, ...]]:
    return set(zip(said, said[1:], said[2:], strict=False))


@lru_cache(maxsize=256)
def _detected(text: str) -> str:
    return detect(text)


def _language_of(article: Article) -> str:
    return _detected(article.text[:2_000])


def _size(text: str) -> int:
    """Return how many words a text has; in scripts without blanks two characters count as one."""
    said = words(text, "und")
    return len(said) - sum(map(bool, map(_UNSPACED.match, said))) // 2
