"""Days of a few short articles, as the stage of figures is handed them."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING

from briefing.figures import differences
from briefing.models import Article, Difference, Paragraph, Ranked
from briefing.stories import group
from briefing.text import analyse

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date, datetime

ALIASES = {"Marram": ["مرام", "Marrame"], "League": ["LG", "Ligue"], "a place": {"en": ["harbour"]}}


def article(
    text: str,
    *,
    language: str = "en",
    outlet: str | None = None,
    published: datetime | date | None = None,
    title: str | None = None,
) -> Ranked:
    """Return an article of one paragraph, understood."""
    digest = sha256(f"{outlet}{text}".encode()).hexdigest()
    made = Article(
        id=digest[:12],
        origin=f"in/{digest[:6]}.md",
        title=title,
        paragraphs=(Paragraph(text=text),),
        outlet=outlet,
        published=published,
        language=language,
        sha256=digest,
    )
    understood, _ = analyse(made, language=language)
    return Ranked(text=understood, scores=(0.0,) * len(understood.sentences))


def told(
    articles: Iterable[Ranked],
    aliases: Mapping[str, object] = ALIASES,
    language: str = "en",
    packs: tuple[str, ...] = ("conflict",),
) -> tuple[Difference, ...]:
    """Return where the articles of a day differ."""
    ranked = tuple(articles)
    return differences(ranked, group(ranked, grades={}), aliases=aliases, language=language, packs=packs)[0]


def figures(found: Iterable[Difference]) -> list[list[str]]:
    """Return the accounts' own words, group by group."""
    return [[account.figure.text for account in difference.accounts] for difference in found]
