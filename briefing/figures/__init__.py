"""Numbers that are reported, by whom, and where they disagree.

Sentence ─amounts (language)─► figures (mentions) ─names, words, story─► contradictions (comparing) ─► Difference

A figure is an amount with what is counted and what befell it, read by rules on word lists in English, French, Spanish,
German and Arabic. Only what independent articles count differently is told; see `comparing` for when that is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from briefing.figures.accounts import difference_of
from briefing.figures.comparing import contradictions
from briefing.figures.telling import told_by
from briefing.figures.updating import updates

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from briefing.models import Difference, Ranked, Story

__all__ = ["differences", "updates"]

DIGITS = 6


def differences(
    ranked: Sequence[Ranked], stories: Sequence[Story], *, aliases: Mapping[str, object], language: str
) -> tuple[Difference, ...]:
    """Return what independent articles count differently, by most accounts first, then by how far they are apart.

    `aliases` are those of config.yaml; names are told in the brief's `language` where an account has them in it.
    """
    originals, copies = _originals(ranked, stories)
    story_of = {one.article.id: story.id for story in stories for one in story.articles}
    told = told_by(originals, story_of, aliases=aliases)
    found = (difference_of(group, copies, language=language) for group in contradictions(told))
    return tuple(sorted((one for one in found if one), key=_importance))


def _originals(
    ranked: Sequence[Ranked], stories: Sequence[Story]
) -> tuple[list[Ranked], dict[str, tuple[Ranked, ...]]]:
    """Return the articles that copy none, by id, and the copies of each."""
    of = {copy.article: copy.of for story in stories for copy in story.copies}
    copies: dict[str, tuple[Ranked, ...]] = {}
    originals = []
    for one in sorted(ranked, key=lambda item: item.article.id):
        root = one.article.id
        while root in of:
            root = of[root]
        if root == one.article.id:
            originals.append(one)
        else:
            copies[root] = (*copies.get(root, ()), one)
    return originals, copies


def _importance(difference: Difference) -> tuple[int, float, str]:
    apart = difference.high / difference.low
    first = difference.accounts[0]
    return -len(difference.accounts), -round(apart, DIGITS), f"{first.article.origin} {first.figure.start:09}"
