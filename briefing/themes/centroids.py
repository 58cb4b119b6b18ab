"""What the day's sure articles say of the others: those that are like them in all their words are of their section.

Ten words a section leave many articles between two of them, and miss others. The articles that are surely of one
section have a thousand words more: their centroid stands for the section (Rocchio 1971). An article's score rises or
falls by how much nearer it is to that one than to the others; one that is far nearer needs none of its terms.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from briefing.themes.drafts import vector_of
from briefing.themes.scoring import silent

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterator, Mapping, Sequence

    from briefing.models import Text
    from briefing.themes.drafts import Vector
    from briefing.themes.scoring import Verdict
    from briefing.themes.terms import Themes

SURE, CLEARLY = 2.0, 2.0
"""Score from which a home is sure, and how many times that of any other section it must be."""
FEWEST = 5
"""Sure stories in one language that stand for a section; of fewer, each one's own words count too much."""
NEARER, MOST = 25.0, 4.0
"""What a cosine beyond the mean of all sections adds to a score, and how much that may be. It must outweigh a term,
which alone is often a stranger. From 20 to 40 alike, on five lists of terms and on days of 30 to 150 articles."""
ALIKE, APART = 0.08, 1.5
"""Cosine beyond the mean from which an article is of a section by that alone, and how many times the next section's it
must be, as on days with one subject all is alike. Of articles without a home by their terms such were right 8 of 9
times on eight labelled days, and always on five lists of terms; at .06 two in three."""


def by_likeness(
    verdicts: Sequence[Sequence[Verdict]],
    texts: Sequence[Text],
    themes: Themes,
    *,
    followers: Container[str] = frozenset(),
    vectors: Callable[[Text], Vector] = vector_of,
) -> list[tuple[Verdict, ...]]:
    """Return each article's verdicts, moved by how like it is to the day's sure articles of each section.

    Where it is so like those of a section that has no verdict, it gets one. `followers` are the ids of articles that do
    not lead their story: one article stands for each, however often it was reprinted. `vectors` gives a text's words.
    """
    homes = [
        None if text.article.id in followers else _sure_home(found) for found, text in zip(verdicts, texts, strict=True)
    ]
    centroids: defaultdict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    sizes = Counter[tuple[str, str]]()
    for home, text in zip(homes, texts, strict=True):
        if home is not None:
            sizes[text.language, home] += 1
            centroids[text.language, home].update(vectors(text))
    by_language: defaultdict[str, dict[str, Counter[str]]] = defaultdict(dict)
    for (language, section), size in sizes.items():
        if size >= FEWEST:
            by_language[language][section] = centroids[language, section]
    near = {language: _Centroids(known) for language, known in by_language.items() if len(known) > 1}
    moved = []
    for found, home, text in zip(verdicts, homes, texts, strict=True):
        if text.language in near:
            cosines = near[text.language].cosines(vectors(text), home)
            moved.append(tuple(_moved(found, cosines, text, themes)))
        else:
            moved.append(tuple(found))
    return moved


class _Centroids:
    """The sums of several sections' sure articles, side by side: a word is looked up once for all of them."""

    def __init__(self, known: Mapping[str, Mapping[str, float]]) -> None:
        self._sections = tuple(known)
        self._squared = [sum(weight * weight for weight in one.values()) for one in known.values()]
        stems = set().union(*known.values())
        self._weights = {stem: tuple(one.get(stem, 0.0) for one in known.values()) for stem in stems}

    def cosines(self, vector: Vector, home: str | None) -> dict[str, float]:
        """Return how near an article is to each section's others; of its `home` it is taken out."""
        met = [(weight, self._weights[stem]) for stem, weight in vector.items() if stem in self._weights]
        found = {}
        for place, (section, squared) in enumerate(zip(self._sections, self._squared, strict=True)):
            dot = sum(weight * weights[place] for weight, weights in met)
            if section == home:
                dot, squared = dot - 1.0, squared - 2 * dot + 1.0  # noqa: PLW2901 - without the article itself
            found[section] = dot / math.sqrt(squared) if squared > 0 else 0.0
        return found


def _sure_home(verdicts: Sequence[Verdict]) -> str | None:
    homes = [verdict for verdict in verdicts if verdict.makes_home and verdict.score >= SURE]
    best = max(homes, key=lambda verdict: verdict.score, default=None)
    if best is None or any(v is not best and v.reached and CLEARLY * v.score > best.score for v in verdicts):
        return None
    return best.section


def _moved(found: Sequence[Verdict], near: Mapping[str, float], text: Text, themes: Themes) -> Iterator[Verdict]:
    mean = sum(near.values()) / len(near)
    nearest, second = sorted(near, key=lambda section: -near[section])[:2]
    stands_out = near[nearest] >= max(mean + ALIKE, APART * near[second])
    for theme in themes.sections:
        verdict = next((one for one in found if one.section == theme.id), None)
        is_alike = stands_out and theme.id == nearest
        if verdict is None and is_alike:
            verdict = silent(text, theme)
        if verdict is not None:
            lent = round(max(-MOST, -verdict.score, min(MOST, NEARER * (near.get(theme.id, mean) - mean))), 6)
            yield replace(
                verdict,
                score=round(verdict.score + lent, 6),
                lent=round(verdict.lent + lent, 6),
                is_alike=is_alike or verdict.is_alike,
            )
