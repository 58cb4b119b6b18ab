"""The sample's sections on sentences from which no word was learned: a fifth of the documents left out in turn.

The terms have been tried on these documents; what comes of both on news that neither has met is what is held out.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from benchmarks.fit_wording import LANGUAGES, fitted
from benchmarks.quality import SHARED, Measure
from benchmarks.quality.measure_themes import (
    PRECISION,
    RECALL,
    cases_of,
    labelled_days,
    precision_recall,
    sample_themes,
)
from briefing.themes import Wording

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from benchmarks.quality.measure_themes import Case
    from briefing.themes import Themes

FOLDS = 5


def measures() -> Iterator[Measure]:
    """Yield precision and recall of each section, documents left out."""
    if not SHARED.is_dir():
        return
    cases = left_out()
    for section in sample_themes().ids:
        precision, recall = precision_recall(cases, section)
        yield Measure(name=f"themes: {section}, precision (documents left out)", value=precision, target=PRECISION)
        yield Measure(name=f"themes: {section}, recall (documents left out)", value=recall, target=RECALL)


def left_out() -> list[Case]:
    """Return the development half, each document judged with words learned from others."""
    days, themes = labelled_days("development"), sample_themes(learned=False)
    cases = [case for day in days for case in cases_of(day, themes)]
    documents = sorted({case.document for case in cases})
    found = []
    for fold in range(FOLDS):
        held = frozenset(documents[fold::FOLDS])
        learned = _learned_from([case for case in cases if case.document not in held], themes)
        found += [case for day in days for case in cases_of(day, learned) if case.document in held]
    return found


def _learned_from(cases: Sequence[Case], themes: Themes) -> Themes:
    known = [case for case in cases if case.language in LANGUAGES]
    sections = []
    for theme in themes.sections:
        made = fitted(known, theme.id)
        wording = Wording(bias=made["bias"], weights=made["weights"], languages=frozenset(LANGUAGES))
        sections.append(replace(theme, wording=wording))
    return replace(themes, sections=tuple(sections))
