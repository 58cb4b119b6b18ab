"""What the whole brief is about: names, places and parties of which an article must name one to be read further."""

from __future__ import annotations

from typing import TYPE_CHECKING

from briefing.config import SectionSettings
from briefing.models import Problem
from briefing.ranking import NEAR_TOP
from briefing.themes.matching import Matcher
from briefing.themes.terms import compile_sections

if TYPE_CHECKING:
    from collections.abc import Sequence

    from briefing.models import Text
    from briefing.themes.notation import Aliases

ANYWHERE = 2
"""How often an article must name something below its opening: once is in passing."""


def outside_scope(texts: Sequence[Text], about: Sequence[str], aliases: Aliases) -> dict[str, Problem]:
    """Return a Problem for each article that names nothing of `about`, by its id; none where `about` is empty.

    Each name is looked for in every language and, as a name, in other scripts; `aliases` lend it their spellings.
    """
    if not about:
        return {}
    section = SectionSettings(id="about", title="about", terms={"en": list(about)})
    matcher = Matcher(compile_sections([section], {**{name: [] for name in about}, **aliases}))
    return {
        text.article.id: Problem(
            origin=text.article.origin, stage="scope", reason="names nothing that the brief is about (`about`)"
        )
        for text in texts
        if not _is_inside(text, matcher)
    }


def _is_inside(text: Text, matcher: Matcher) -> bool:
    """Whether the title or the opening names something that the brief is about, or the text does so twice."""
    if matcher.terms(text.article.title or "", text.title_words, text.title_stems, text.language):
        return True
    met = 0
    for sentence in text.sentences:
        found = matcher.terms(sentence.text, sentence.words, sentence.stems, sentence.language)
        met += sum(map(len, found.values()))
        if met >= ANYWHERE or (met and sentence.start < NEAR_TOP):
            return True
    return False
