"""Every quotation of a `brief.json` against its article, every article's text against its hash."""

from __future__ import annotations

from hashlib import sha256
from itertools import chain
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

SHOWN = 60
"""Characters of a sentence that a message repeats."""


def check_quotations(data: Mapping[str, Any]) -> tuple[str, ...]:
    """Return what is wrong with the quotations of a `brief.json`, as messages; nothing where all is well.

    Each article's text must have its `text_sha256`; each quotation must be `text[start:end]` of an article that is
    there; no sentence may be printed twice under the headlines.
    """
    articles = {article["id"]: article for article in data["articles"]}
    return (
        *(message for article in data["articles"] for message in _check_text(article)),
        *(message for quotation in quotations(data) for message in _check_slice(quotation, articles)),
        *(message for passage in passages(data) for message in _check_slice(passage, articles)),
        *_check_accounts(data, articles),
        *_check_references(data, articles),
        *_check_repetitions(data),
    )


def _check_text(article: Mapping[str, Any]) -> Iterator[str]:
    if sha256(article["text"].encode()).hexdigest() != article["text_sha256"]:
        yield f"{article['origin']}: its text does not match text_sha256"


def _check_slice(quotation: Mapping[str, Any], articles: Mapping[str, Any]) -> Iterator[str]:
    article = articles.get(quotation["article"])
    if article is None:
        yield f"article {quotation['article']} is quoted but not listed: {shown(quotation['text'])}"
    elif article["text"][quotation["start"] : quotation["end"]] != quotation["text"] or not quotation["text"]:
        place = f"{quotation['start']} to {quotation['end']}"
        yield f"{article['origin']}: not what stands at {place}: {shown(quotation['text'])}"


def _check_references(data: Mapping[str, Any], articles: Mapping[str, Any]) -> Iterator[str]:
    sections = {section["id"] for section in data["sections"]}
    for story in _stories(data):
        for name in (story["article"], *story["also"]):
            if name not in articles:
                yield f"story {story['id']}: article {name} is not listed"
    for point in data["key_points"]:
        if point["section"] is not None and point["section"] not in sections:
            yield f"a key point names section {point['section']}, which is not there"


def _check_accounts(data: Mapping[str, Any], articles: Mapping[str, Any]) -> Iterator[str]:
    """Yield where a figure does not stand in the sentence it is said to stand in, or a copy is not listed."""
    for account in accounts(data):
        sentence = account["sentence"]
        if not sentence["start"] <= account["start"] <= account["end"] <= sentence["end"]:
            yield f"a figure stands outside its sentence: {shown(account['text'])}"
        for name in account["copies"]:
            if name not in articles:
                yield f"a figure is repeated in article {name}, which is not listed: {shown(account['text'])}"


def _check_repetitions(data: Mapping[str, Any]) -> Iterator[str]:
    printed: set[tuple[str, int, int]] = set()
    for story in _stories(data):
        for sentence in story.get("sentences", ()):
            place = (sentence["article"], sentence["start"], sentence["end"])
            if place in printed:
                yield f"printed twice: {shown(sentence['text'])}"
            printed.add(place)


def _stories(data: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    for section in data["sections"]:
        yield from chain(section["stories"], section.get("more", ()))
    yield from chain(data.get("also_today", ()), data.get("also_today_more", ()))


def quotations(data: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """Return every quotation: of the key points, the sections, and what fell in none."""
    yield from data["key_points"]
    for section in data["sections"]:
        for story in section["stories"]:
            yield from story["sentences"]
    for story in data.get("also_today", ()):
        yield from story["sentences"]


def accounts(data: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """Return every account of a figure that others give differently; none in an edition from before they were told."""
    for difference in data.get("figures", ()):
        yield from difference["accounts"]


def passages(data: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """Return every passage that such accounts quote: the figure, its sentence, and who gave it."""
    for account in accounts(data):
        for passage in (account, account["sentence"], account["told_by"]):
            if passage is not None:
                yield {**passage, "article": account["article"]}


def shown(text: str) -> str:
    """Return the beginning of a sentence, in quotes."""
    return repr(text if len(text) <= SHOWN else text[: SHOWN - 1] + "…")
