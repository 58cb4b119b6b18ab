"""Days labelled as an editor would want them: of each brief, what an editor would sign, and what it leaves out.

The days, their labels and the script that scores a brief lie in ../shared/eval/desk; what its figures mean stands at
the top of that script. Briefs are made in this process from the days' own plain configs.
"""

from __future__ import annotations

import importlib.util
import sys
from collections import Counter
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from benchmarks.quality import SHARED, Measure
from briefing.cli.session import load_file
from briefing.edition import as_data, cut_off_of, plan_edition
from briefing.pipeline import Reading, assign, brief_of, understand
from briefing.sources import read_paths

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from types import ModuleType

    from briefing.config.schema import Config
    from briefing.edition import EditionInfo

DESK = SHARED / "desk"
SHARES = {
    "signed": ("signed", "printed", 0.70),
    "signed, in sections": ("section_signed", "section", 0.73),
    "stories that tell their news": ("told", "stories", 0.86),
    "key points right": ("key_ok", "key", 0.76),
    "bottom lines right": ("bottom_ok", "bottom", 0.5),
    "what must stand on the first page": ("front", "top", 0.44),
    "events covered": ("covered", "wanted", 0.80),
}
"""Figure → what is counted, of what, and what it should reach."""
SCORE = 0.60
EPSILON = 0.02
"""How far a figure may sink: what a story grouped or read otherwise on one of the days changes."""
DAYS_OVER_LEAD = 7.0


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelledDay:
    """A day as it was read, with what it takes to make its brief."""

    name: str
    config: Config
    head: EditionInfo
    reading: Reading


def measures() -> Iterator[Measure]:
    """Yield each figure over all days together, then on how many days the brief is better than its baseline."""
    if not DESK.is_dir():
        print("desk skipped: no ../shared")
        return
    counts = {day.name: counted(day) for day in labelled_days()}
    yield from figures("desk", counts)
    above = sum(_share(counts[name], "section_signed", "section") > _lead(name) for name in counts)
    yield Measure(name="desk: days over the first two sentences", value=float(above), target=DAYS_OVER_LEAD)


def figures(label: str, counts: dict[str, Counter[str]]) -> Iterator[Measure]:
    """Yield the figures of all days together."""
    total: Counter[str] = sum(counts.values(), Counter())
    for name, (part, whole, target) in SHARES.items():
        yield Measure(name=f"{label}: {name}", value=_share(total, part, whole), target=target, epsilon=EPSILON)
    yield Measure(name=f"{label}: score", value=score_of(total), target=SCORE, epsilon=EPSILON)


def score_of(count: Counter[str]) -> float:
    """Return the harmonic mean of what is signed, what stands on the first page, and what is covered."""
    shares = [_share(count, *pair) for pair in (("signed", "printed"), ("front", "top"), ("covered", "wanted"))]
    return len(shares) / sum(1 / share for share in shares) if all(shares) else 0.0


@cache
def labelled_days() -> tuple[LabelledDay, ...]:
    """Return the days, read."""
    return tuple(_read(gold.parent) for gold in sorted(DESK.glob("*/gold.jsonl")))


def _read(folder: Path) -> LabelledDay:
    config = load_file(folder / "config.yaml", environ={})
    cut_off = cut_off_of(
        date.fromisoformat((folder / "date").read_text().strip()), at=None, zone=ZoneInfo(config.brief.timezone)
    )
    head = plan_edition(config.brief, day=cut_off.date(), built_at=cut_off, cut_off=cut_off)
    found = read_paths([folder / "articles"], most_bytes=config.limits.document_bytes)
    return LabelledDay(
        name=folder.name, config=config, head=head, reading=understand(found, config=config, edition=head)
    )


def counted(day: LabelledDay) -> Counter[str]:
    """Return what the script counts in the brief of a day."""
    assigned = assign(day.reading, config=day.config, cut_off=day.head.cut_off)
    brief = as_data(brief_of(day.reading, assigned, config=day.config, edition=day.head))
    return _counted(day.name, list(_script().printed(brief)))


def _counted(name: str, printed: list[Any]) -> Counter[str]:
    gold, top = _script().load(DESK / name)
    return Counter(_script().score(gold, top, printed, lambda _line: None))


def _lead(name: str) -> float:
    """Return the share that would be signed of the first two sentences of each article, its right section given."""
    gold, _ = _script().load(DESK / name)
    return _share(_counted(name, _script().lead(DESK / name, gold, 2)), "section_signed", "section")


def _share(count: Counter[str], part: str, whole: str) -> float:
    return count[part] / count[whole] if count[whole] else 0.0


@cache
def _script() -> ModuleType:
    """Return the script that scores, loaded from its file; nothing is written beside it."""
    spec = importlib.util.spec_from_file_location("desk_score", DESK / "score.py")
    if spec is None or spec.loader is None:
        raise ImportError(f"{DESK / 'score.py'} cannot be loaded")
    module = importlib.util.module_from_spec(spec)
    writes, sys.dont_write_bytecode = sys.dont_write_bytecode, True
    try:
        spec.loader.exec_module(module)
    finally:
        sys.dont_write_bytecode = writes
    return module
