"""A brief against itself, and against the documents of its articles: every quotation, every text, every hash."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING

from briefing.edition import LISTING, listed_in, sum_of_listing
from briefing.plain_reading import plain_reading

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from briefing.edition import ArticleEntry, Brief, StoryEntry

SHOWN = 60
"""Characters of a sentence that a message repeats."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Originals:
    """What became of the articles' documents: how many are the same, and what is wrong, or missing, as messages."""

    same: int
    wrong: tuple[str, ...]
    absent: tuple[str, ...]
    unread: tuple[str, ...] = ()
    """Origins of articles whose document no second reading could be made of: its hash alone is checked."""


def check_originals(brief: Brief, documents: Mapping[str, bytes]) -> Originals:
    """Compare each article's `sha256` with the bytes of its document, and its quotations with what that shows.

    `documents` maps origins to bytes. What a document shows is told by a reading of its own, not by the build's.

    The origin of an article out of a document that holds many is the document's, with `#` and its entry behind it.
    """
    found = {article.origin: _document_of(article.origin, documents) for article in brief.articles}
    same = 0
    wrong: list[str] = []
    unread: list[str] = []
    for article in brief.articles:
        name = found[article.origin]
        if name is not None and sha256(documents[name]).hexdigest() == article.sha256:
            same += 1
            lacking = _not_shown(brief, article, documents[name], name)
            wrong += lacking or ()
            unread += [article.origin] if lacking is None else []
        elif name is not None:
            wrong.append(f"{article.origin}: has changed since the edition was made: its sha256 is another")
    absent = tuple(origin for origin, name in found.items() if name is None)
    return Originals(same=same, wrong=tuple(wrong), absent=absent, unread=tuple(unread))


def check_quotations(brief: Brief) -> tuple[str, ...]:
    """Return what is wrong with the quotations of a brief, as messages; nothing where all is well.

    Each article's text must have its `text_sha256`; each quotation must be `text[start:end]` of an article that is
    there; no sentence may be printed twice under the headlines.
    """
    return (
        *(message for article in brief.articles for message in _check_text(article)),
        *(
            message
            for each in brief.quotations
            for message in _check_slice(each.text, each.article, (each.start, each.end), brief)
        ),
        *_check_accounts(brief),
        *_check_corrections(brief),
        *_check_changes(brief),
        *_check_references(brief),
        *_check_repetitions(brief),
    )


def check_listing(brief: Brief, listing: bytes | None) -> tuple[str, ...]:
    """Return what is wrong with a large day's list of articles, as messages: it must be the one that brief.json names.

    It must have as many articles as the brief counts, of each outlet too, and those of the brief as they stand there.
    """
    if brief.day is None:
        return ()
    if listing is None:
        return (f"{LISTING}: is not there, but brief.json says that it lists {brief.day.articles} articles",)
    try:
        if sum_of_listing(listing) != brief.day.sha256:
            return (f"{LISTING}: has other lines than brief.json says: their sha256 is another",)
        rows = {row["id"]: row for row in listed_in(listing)}
    except (KeyError, ValueError) as error:
        return (f"{LISTING}: cannot be read: {error}",)
    unlisted = Counter(row.get("outlet") for row in rows.values() if row.get("number") is None)
    wrong = [f"{LISTING}: lists {len(rows)} articles, brief.json counts {brief.day.articles}"]
    wrong = wrong if len(rows) != brief.day.articles else []
    if unlisted != {one.outlet: one.articles for one in brief.day.unlisted}:
        wrong.append(f"{LISTING}: has other numbers of articles by outlet than brief.json")
    for article in brief.articles:
        row = rows.get(article.id, {})
        if (row.get("sha256"), row.get("number")) != (article.sha256, article.number):
            wrong.append(f"{LISTING}: does not have article {article.id} as brief.json has it")
    return tuple(wrong)


def shown(text: str) -> str:
    """Return the beginning of a sentence, in quotes."""
    return repr(text if len(text) <= SHOWN else text[: SHOWN - 1] + "…")


def _not_shown(brief: Brief, article: ArticleEntry, content: bytes, name: str) -> list[str] | None:
    """Return the quotations of an article that its document does not show, as messages; None if it is not read."""
    texts = dict.fromkeys(each.text for each in brief.quotations if each.article == article.id)
    if not texts:
        return []
    reading = plain_reading(content, name=name)
    if reading is None:
        return None
    return [f"{article.origin}: its document does not show {shown(text)}" for text in texts if not reading.holds(text)]


def _document_of(origin: str, documents: Mapping[str, bytes]) -> str | None:
    """Return which document an origin names; a `#` may belong to a file's own name, or to a file in an archive."""
    while origin not in documents:
        origin, mark, _ = origin.rpartition("#")
        if not mark:
            return None
    return origin


def _check_text(article: ArticleEntry) -> Iterator[str]:
    if sha256(article.text.encode()).hexdigest() != article.text_sha256:
        yield f"{article.origin}: its text does not match text_sha256"


def _check_corrections(brief: Brief) -> Iterator[str]:
    for one in brief.corrections:
        if one.now is not None:
            yield from _check_slice(one.now, one.article, (one.start or 0, one.end or 0), brief)


def _check_slice(text: str, name: str, place: tuple[int, int], brief: Brief) -> Iterator[str]:
    article, (start, end) = brief.by_id.get(name), place
    if article is None:
        yield f"article {name} is quoted but not listed: {shown(text)}"
    elif article.text[start:end] != text or not text:
        yield f"{article.origin}: not what stands at {start} to {end}: {shown(text)}"


def _check_changes(brief: Brief) -> Iterator[str]:
    """Yield where a figure that has changed is not what its article says; the one before may be another edition's."""
    for part in brief.parts:
        for story in (*part.stories, *part.more):
            for change in story.changes:
                for passage in (change.after, change.after_sentence):
                    yield from _check_slice(passage.text, change.article, (passage.start, passage.end), brief)
                for passage in () if change.edition else (change.before, change.before_sentence):
                    yield from _check_slice(passage.text, change.before_article, (passage.start, passage.end), brief)


def _check_accounts(brief: Brief) -> Iterator[str]:
    """Yield where a figure is not what its article says, nor where it says so, or a copy is not listed."""
    for account in brief.accounts:
        quoted = [(each.text, (each.start, each.end)) for each in (account, account.sentence, account.told_by) if each]
        for text, place in quoted:
            yield from _check_slice(text, account.article, place, brief)
        if not account.sentence.start <= account.start <= account.end <= account.sentence.end:
            yield f"a figure stands outside its sentence: {shown(account.text)}"
        for name in account.copies:
            if name not in brief.by_id:
                yield f"a figure is repeated in article {name}, which is not listed: {shown(account.text)}"
    for index, difference in enumerate(brief.figures):
        named = [account for account in difference.accounts if not account.vague]
        bounds = {"low": min(each.low for each in named), "high": max(each.high for each in named)} if named else {}
        for name, bound in bounds.items():
            given = getattr(difference, name)
            if given != bound:
                yield f"brief.json: figures[{index}].{name} is {given}, but its accounts give {bound}"


def _check_references(brief: Brief) -> Iterator[str]:
    sections = {section.id for section in brief.sections}
    for story in _stories(brief):
        for name in (story.article, *story.also):
            if name not in brief.by_id:
                yield f"story {story.id}: article {name} is not listed"
    for point in brief.key_points:
        if point.section is not None and point.section not in sections:
            yield f"a key point names section {point.section}, which is not there"


def _check_repetitions(brief: Brief) -> Iterator[str]:
    printed: set[tuple[str, int, int]] = set()
    for story in _stories(brief):
        for sentence in story.sentences:
            place = (sentence.article, sentence.start, sentence.end)
            if place in printed:
                yield f"printed twice: {shown(sentence.text)}"
            printed.add(place)


def _stories(brief: Brief) -> Iterator[StoryEntry]:
    for section in brief.parts:
        yield from (*section.stories, *section.more)
