"""Small values to test with: articles, texts and stories made of plain strings."""

from __future__ import annotations

import re
from hashlib import sha256
from typing import TYPE_CHECKING

from briefing.models import Article, Paragraph, Ranked, Sentence, Text

if TYPE_CHECKING:
    from briefing.models import Moment


def article(
    *paragraphs: str,
    origin: str = "in/a.txt",
    title: str | None = None,
    outlet: str | None = None,
    published: Moment | None = None,
) -> Article:
    """Make an article of body paragraphs."""
    digest = sha256("\n\n".join(paragraphs).encode()).hexdigest()
    return Article(
        id=sha256(f"{origin}\0{digest}".encode()).hexdigest()[:12],
        origin=origin,
        title=title,
        paragraphs=tuple(Paragraph(text=text) for text in paragraphs),
        outlet=outlet,
        published=published,
        sha256=digest,
    )


def sentences(made: Article, language: str = "en") -> tuple[Sentence, ...]:
    """Cut at every full stop and count words by blanks: enough for whoever does not test the cutting."""
    found = []
    for index, (start, paragraph) in enumerate(zip(made.paragraph_starts, made.paragraphs, strict=True)):
        for match in re.finditer(r"[^.\s][^.]*\.?", paragraph.text):
            words = tuple(re.findall(r"\w+", match.group().lower()))
            found.append(
                Sentence(
                    text=match.group(),
                    paragraph=index,
                    start=start + match.start(),
                    end=start + match.end(),
                    language=language,
                    words=words,
                    stems=words,
                )
            )
    return tuple(found)


def ranked(made: Article, *, scores: tuple[float, ...] | None = None, language: str = "en") -> Ranked:
    """Rank an article: with the scores given, else falling with the position."""
    cut = sentences(made, language)
    falling = tuple(1.0 - index / (len(cut) + 1) for index in range(len(cut)))
    return Ranked(text=Text(article=made, language=language, sentences=cut), scores=scores or falling)
