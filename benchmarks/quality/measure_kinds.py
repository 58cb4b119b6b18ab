"""Pages that are no news on the labelled days: those known as such, left out or opinion, and others taken for them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from benchmarks.quality import Measure
from benchmarks.quality.measure_desk import DESK, labelled_days
from briefing.text import Kind, kind_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from benchmarks.quality.measure_desk import LabelledDay

NO_NEWS = {"service", "opinion", "none"}


def measures() -> Iterator[Measure]:
    """Yield how many pages that are no news are known as such, and how many others, as a negative figure."""
    if not DESK.is_dir():
        print("kinds skipped: no ../shared")
        return
    verdicts = [verdict for day in labelled_days() for verdict in _verdicts(day)]
    known = sum(is_known for is_no_news, is_known in verdicts if is_no_news)
    wrong = sum(is_known for is_no_news, is_known in verdicts if not is_no_news)
    yield Measure(name="kinds: no news, known as such", value=float(known), target=16)
    yield Measure(name="kinds: others taken for no news (negative)", value=-float(wrong), target=-4)


def _verdicts(day: LabelledDay) -> Iterator[tuple[bool, bool]]:
    """Yield, of each page, whether it is no news and whether it is known as such."""
    named = {_file(problem.origin) for problem in day.reading.problems if problem.lost}
    named |= {_file(one.article.origin) for one in day.reading.ranked if kind_of(one.text).kind is Kind.OPINION}
    for line in (DESK / day.name / "gold.jsonl").read_text("utf-8").splitlines():
        row = json.loads(line)
        yield row["kind"] in NO_NEWS, _file(row["origin"]) in named


def _file(origin: str) -> str:
    return origin.rpartition("/")[2].partition("#")[0]
