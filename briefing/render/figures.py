"""What independent accounts count differently, for `brief.json` and as plain values for a page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from briefing.render.characters import direction, encodable, label, printable
from briefing.render.stories import language_tag

if TYPE_CHECKING:
    from collections.abc import Sequence

    from briefing.models import Account, Brief, Difference, Passage
    from briefing.render.citations import Citations
    from briefing.render.words import Words

FIGURES = "figures"
"""The block of the page, and its anchor."""
LONGEST_NAME = 60
"""Characters of a name over the accounts; `brief.json` holds the whole."""
NO_COUNT = frozenset({"money", "share"})
"""What has no range beside it: the accounts name the currency, or per cent."""
MOST_WHOLE = 8
"""Accounts of a difference up to which a page does not split it: a third of a page."""


def figures_data(differences: Sequence[Difference]) -> list[dict[str, Any]]:
    """Return the differences as JSON values: `text[start:end]` of an article is what it is said to give."""
    return [
        {
            "counted": difference.thing,
            "happening": difference.happening,
            "names": [encodable(name) for name in difference.names],
            "low": difference.low,
            "high": difference.high,
            "accounts": [_account_data(account) for account in difference.accounts],
        }
        for difference in differences
    ]


def figures_view(brief: Brief, words: Words, citations: Citations) -> dict[str, Any]:
    """Return the differences with their accounts, from the lowest to the highest; citations are numbered on the way."""
    part = words.text("figures")
    year = brief.edition.date.year
    return {
        "anchor": FIGURES,
        "title": part,
        "shown": bool(brief.figures),
        "accent": 0,
        "parent": None,
        "count": words.number(len(brief.figures)),
        "differences": [
            {
                "length": "whole" if len(difference.accounts) <= MOST_WHOLE else "split",
                "title": words.text(f"happening_{difference.happening}"),
                "names": [label(name, LONGEST_NAME) for name in difference.names],
                "range": _range(difference, words),
                "accounts": [
                    _account_view(account, part, words=words, citations=citations, year=year)
                    for account in difference.accounts
                ],
            }
            for difference in brief.figures
        ],
    }


def _range(difference: Difference, words: Words) -> str | None:
    if difference.thing in NO_COUNT:
        return None
    return words.text("range", low=words.number(int(difference.low)), high=words.number(int(difference.high)))


def _account_view(account: Account, part: str, *, words: Words, citations: Citations, year: int) -> dict[str, Any]:
    language = account.language
    told_by = account.told_by
    return {
        "text": printable(account.figure.text),
        "lang": language_tag(language),
        "dir": direction(language, account.sentence.text),
        "told_by": None if told_by is None else printable(told_by.text),
        "cite": citations.cite(account.article, part),
        "when": words.when(account.article.published, year),
        "dated": account.article.published is not None,
        "latest": words.text("latest") if account.latest else None,
        "grade": citations.source(account.article).grade,
        "copies": [citations.name(article, part) for article in account.copies],
    }


def _account_data(account: Account) -> dict[str, Any]:
    return {
        "article": account.article.id,
        **_passage(account.figure),
        "language": account.language,
        "low": account.low,
        "high": account.high,
        "hedge": account.hedge,
        "vague": account.vague,
        "latest": account.latest,
        "told_by": None if account.told_by is None else _passage(account.told_by),
        "sentence": _passage(account.sentence),
        "copies": [article.id for article in account.copies],
    }


def _passage(passage: Passage) -> dict[str, Any]:
    return {"text": encodable(passage.text), "start": passage.start, "end": passage.end}
