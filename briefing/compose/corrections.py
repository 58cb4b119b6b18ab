"""What an outlet has changed in an article since a delivered edition quoted it: both wordings, side by side."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from briefing.models import Correction
from briefing.text import Kind, kind_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from briefing.models import Delivered, Quoted, Ranked, Sentence

LIKE = 0.5
"""Share of the words of two sentences, those of either counted once, from which one is the other in new words."""
MOST = 20
_WORD = re.compile(r"\w+")


def corrections(delivered: Delivered, ranked: Sequence[Ranked]) -> tuple[Correction, ...]:
    """Return the sentences that delivered editions quoted and that their articles no longer hold, the newest first.

    Only an article that was collected in both states is looked at, and none that is written on all day (a live report).
    Blanks and punctuation are no change.
    """
    changed = {
        one.article.url: one
        for one in ranked
        if one.article.changed_at is not None and one.article.url and kind_of(one.text).kind is not Kind.LIVE
    }
    found: dict[tuple[str, str], Correction] = {}
    for quoted in delivered.quoted:
        now = changed.get(quoted.url)
        if now is None or (quoted.url, quoted.text) in found:
            continue
        if f" {_plain(quoted.text)} " not in f" {_plain(now.article.text)} ":
            found[quoted.url, quoted.text] = _entry(quoted, now)
    return tuple(found.values())[:MOST]


def _entry(quoted: Quoted, now: Ranked) -> Correction:
    article = now.article
    like = _likest(quoted.text, now.text.sentences)
    return Correction(
        edition=quoted.edition,
        quoted=quoted.text,
        language=quoted.language,
        article=article.id,
        outlet=article.outlet,
        title=article.title,
        changed_at=article.changed_at,
        now=None if like is None else like.text,
        start=None if like is None else like.start,
        end=None if like is None else like.end,
    )


def _likest(text: str, sentences: Sequence[Sentence]) -> Sentence | None:
    """Return the sentence that says most nearly the same, where one does."""
    words = {*_plain(text).split()}
    shares = [(_share(words, {*_plain(one.text).split()}), -number) for number, one in enumerate(sentences)]
    share, number = max(shares, default=(0.0, 0))
    return sentences[-number] if share >= LIKE else None


def _share(one: set[str], other: set[str]) -> float:
    return len(one & other) / max(1, len(one | other))


def _plain(text: str) -> str:
    return " ".join(_WORD.findall(text.casefold()))
