"""In whose words an article is told: those of a section's lexical fields speak for it beside its terms.

An article's score rises or falls by how much of it is told in words of the section's fields, and how much in those of
others. One that is told in them alone needs no term.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from itertools import chain
from typing import TYPE_CHECKING

from briefing.themes.drafts import words_of_fields
from briefing.themes.fields import fields_in
from briefing.themes.scoring import silent

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from briefing.models import Text
    from briefing.themes.drafts import Words
    from briefing.themes.scoring import Verdict
    from briefing.themes.terms import Themes

LENT = 4.0
"""What is added to the score of an article told in words of one section's fields alone, beside what others get."""
DOUBT = 2.0
"""Strength that is imagined in none, so that one word moves little."""
ENOUGH, APART = 5.0, 2.0
"""Strength from which an article is of a section by that alone, and how many times the next section's it must be. From
4 to 6 and 1.5 to 3 alike on twelve labelled days."""
OTHERS = 1.5
"""What a field counts that no section has: an article on films and their stars is no news of their illness."""
RARE, SMOOTHED = 0.05, 20
"""Share of the day's articles up to which a word counts in full, and imagined articles without it: what every article
of a war says tells none from another."""
SHOWN = 4
"""Words that are told of those that moved a score."""


def by_fields(
    verdicts: Sequence[Sequence[Verdict]],
    texts: Sequence[Text],
    themes: Themes,
    *,
    words: Callable[[Text], Words] = words_of_fields,
) -> list[tuple[Verdict, ...]]:
    """Return each article's verdicts, moved by how much of it is told in words of each section's fields.

    Where it is told in those of a section that has no verdict, it gets one. `words` gives those of a text.
    """
    shares = {theme.id: theme.fields for theme in themes.sections if theme.fields}
    if not shares:
        return [tuple(found) for found in verdicts]
    having, sizes = defaultdict[str, Counter[str]](Counter), Counter[str]()
    for text in texts:
        sizes[text.language] += 1
        having[text.language].update(stem for stem, _, _ in words(text))
    owned = frozenset(chain.from_iterable(shares.values()))
    moved = []
    for found, text in zip(verdicts, texts, strict=True):
        told = _told(words(text), having[text.language], sizes[text.language], text.language, shares, owned)
        moved.append(tuple(_moved(found, told, text, themes)) if told.sections else tuple(found))
    return moved


@dataclass(frozen=True, slots=True, kw_only=True)
class _Told:
    """In whose words an article is told."""

    sections: dict[str, float]
    """How strong those of each section's fields are."""
    others: float
    """How strong those of the strongest field are that no section has."""
    words: Mapping[str, tuple[str, ...]]
    """The most telling for each section."""


def _told(
    found: Words,
    having: Mapping[str, int],
    size: int,
    language: str,
    shares: Mapping[str, Mapping[str, float]],
    owned: frozenset[str],
) -> _Told:
    known = fields_in(language)
    sections: dict[str, float] = defaultdict(float)
    others: dict[str, float] = defaultdict(float)
    telling: defaultdict[str, list[tuple[float, str]]] = defaultdict(list)
    for stem, word, amount in found:
        fields = known[stem]
        rare = min(1.0, math.log((having[stem] + 1) / (size + SMOOTHED)) / math.log(RARE))
        value = math.log2(1.0 + amount) * rare
        for name in fields:
            if name not in owned:
                others[name] += value
        for section, share in shares.items():
            mine = value * max((share.get(name, 0.0) for name in fields), default=0.0)
            if mine > 0:
                sections[section] += mine
                telling[section].append((-mine, word))
    return _Told(
        sections=sections,
        others=OTHERS * max(others.values(), default=0.0),
        words={section: tuple(word for _, word in sorted(rows)[:SHOWN]) for section, rows in telling.items()},
    )


def _moved(found: Sequence[Verdict], told: _Told, text: Text, themes: Themes) -> Iterator[Verdict]:
    """Yield the verdicts, each with what its section's fields add beside the mean of all, and one more at the most."""
    by_section = told.sections
    whole = sum(by_section.values()) + told.others + DOUBT
    mean = sum(by_section.values()) / whole / len(themes.sections)
    first = max(by_section, key=lambda section: (by_section[section], section))
    second = max(told.others, *(value for section, value in by_section.items() if section != first), 0.0)
    is_told = by_section[first] >= max(ENOUGH, APART * second)
    for theme in themes.sections:
        is_alike = is_told and theme.id == first
        verdict = next((one for one in found if one.section == theme.id), None)
        if verdict is None and is_alike:
            verdict = silent(text, theme)
        if verdict is not None:
            lent = round(max(-verdict.score, LENT * (by_section.get(theme.id, 0.0) / whole - mean)), 6)
            yield replace(
                verdict,
                score=round(verdict.score + lent, 6),
                lent=lent,
                of_fields=lent,
                field_words=told.words.get(theme.id, ()),
                is_alike=is_alike,
            )
