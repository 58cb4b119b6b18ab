"""The labelled days once more, each left out while constants are chosen on the other seven.

Each constant of TRIED is set to each of its values, the others being as they are; the one that gives the other seven
days the highest score is taken, and the day that was left out is scored with all of them. So the figures tell what the
choice of these constants owes to the days. What was written by hand (word lists, the rules themselves) is not left out.
"""

from __future__ import annotations

import importlib
from collections import Counter
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING, Any

from benchmarks.quality.measure_desk import DESK, counted, figures, labelled_days, score_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from benchmarks.quality import Measure

TRIED: dict[tuple[str, str], tuple[float, ...]] = {
    ("briefing.ranking.fusion", "NEARLY_AS_GOOD"): (0.6, 0.7, 0.8),
    ("briefing.ranking.fusion", "VAGUE"): (0.7, 0.8, 0.9, 1.0),
    ("briefing.themes.placing", "NEARLY"): (0.65, 0.75, 0.85),
    ("briefing.themes.drafts", "OPENING_SENTENCES"): (3, 4, 6),
    ("briefing.themes.scoring", "MANY"): (3, 4, 5),
    ("briefing.themes.scoring", "FILED"): (1.0, 2.0, 3.0),
    ("briefing.themes.wording", "LENT"): (2.0, 4.0, 8.0),
    ("briefing.themes.wording", "ENOUGH"): (4.0, 5.0, 6.0),
    ("briefing.themes.centroids", "FEWEST"): (3, 5, 8),
    ("briefing.themes.centroids", "NEARER"): (0.0, 15.0, 25.0, 40.0),
    ("briefing.themes.centroids", "ALIKE"): (0.06, 0.08, 0.12),
    ("briefing.ranking.fusion", "MOSTLY"): (0.3, 0.5, 2.0),
    ("briefing.compose.weighing", "LIGHT"): (1.8, 2.3, 2.8, 3.3),
    ("briefing.compose.weighing", "HEAD"): (2, 3, 4),
    ("briefing.compose.weighing", "MOST_ACTORS"): (3, 4, 6),
    ("briefing.compose.weighing", "MOST_DEEDS"): (2, 3, 4),
}
SIGNS = (0.5, 1.5)
"""What the share of each sign of the first page is multiplied by, beside 1."""

Setting = tuple[str, str, Any]


def measures() -> Iterator[Measure]:
    """Yield the figures of measure_desk, each day scored with what the others chose."""
    if not DESK.is_dir():
        print("desk-held-out skipped: no ../shared")
        return
    days = labelled_days()
    tried = {setting: _by_day([setting]) for setting in _settings()}
    found = {}
    for day in days:
        best: dict[tuple[str, str], tuple[float, Setting]] = {}
        for setting, counts in tried.items():
            total: Counter[str] = sum((count for name, count in counts.items() if name != day.name), Counter())
            constant, score = _constant(setting), score_of(total)
            if constant not in best or score > best[constant][0]:
                best[constant] = (score, setting)
        with _set([setting for _, setting in best.values()]):
            found[day.name] = counted(day)
    yield from figures("desk held out", found)


def _settings() -> Iterator[Setting]:
    """Yield every setting, today's value of each constant first."""
    for (module, name), values in TRIED.items():
        now = getattr(importlib.import_module(module), name)
        yield from ((module, name, value) for value in dict.fromkeys((now, *values)))
    shares = importlib.import_module("briefing.compose.weighing").SHARES
    for sign, share in shares.items():
        yield from (("briefing.compose.weighing", "SHARES", (sign, share * factor)) for factor in (1.0, *SIGNS))


def _constant(setting: Setting) -> tuple[str, str]:
    module, name, value = setting
    return module, f"{name} {value[0]}" if isinstance(value, tuple) else name


def _by_day(settings: list[Setting]) -> dict[str, Counter[str]]:
    with _set(settings):
        return {day.name: counted(day) for day in labelled_days()}


@contextmanager
def _set(settings: list[Setting]) -> Iterator[None]:
    """Set constants for a while."""
    with ExitStack() as stack:
        for module, name, value in settings:
            stack.enter_context(_one_set(module, name, value))
        yield


@contextmanager
def _one_set(module_name: str, name: str, value: object) -> Iterator[None]:
    module = importlib.import_module(module_name)
    before = getattr(module, name)
    setattr(module, name, {**before, value[0]: value[1]} if isinstance(value, tuple) else value)
    try:
        yield
    finally:
        setattr(module, name, before)
